//! `morgue key`: makes, lists and removes the keys that a server asks for.

use std::io::Write;
use std::path::PathBuf;

use clap::{Args, Subcommand};
use morgue::output::terminal::clean;
use morgue::serve::{Keys, Scope};

use super::{Exit, Printer};

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  morgue key add desk --keys keys.json
  morgue key add prometheus --scope metrics --keys keys.json
  morgue serve --listen 0.0.0.0:7878 --keys keys.json

A key is shown once, when it is made; the file keeps a hash. A server that runs sees at once what is added or removed.")]
pub(super) struct Key {
    /// The file of keys
    #[arg(
        long,
        global = true,
        value_name = "FILE",
        env = "MORGUE_KEYS",
        default_value = "keys.json"
    )]
    keys: PathBuf,
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Make a key, and print it
    Add {
        /// Whose it is
        name: String,
        /// What it is good for: read, export, mcp, metrics; by default the first three
        #[arg(long, value_name = "SCOPE", value_delimiter = ',')]
        scope: Vec<Scope>,
    },
    /// List the keys: name, what each is good for, when it was made
    List,
    /// Remove a key
    Remove {
        /// Whose it is
        name: String,
    },
}

pub(super) fn run(args: &Key, printer: &Printer) -> anyhow::Result<Exit> {
    let mut keys = Keys::read(&args.keys)?;
    match &args.action {
        Action::Add { name, scope } => {
            let usual = [Scope::Read, Scope::Export, Scope::Mcp];
            let text = keys.add(name, if scope.is_empty() { &usual } else { scope })?;
            keys.write(&args.keys)?;
            let mut out = printer.data();
            writeln!(out, "{text}")?;
            out.flush()?;
            printer.note("it is not shown again");
        }
        Action::List => {
            let mut out = printer.data();
            for key in &keys.keys {
                let scopes: Vec<_> = key.scopes.iter().map(|scope| scope.name()).collect();
                let (scopes, made) = (scopes.join(","), key.made.format("%F"));
                writeln!(out, "{}\t{scopes}\t{made}", clean(&key.name))?;
            }
            out.flush()?;
        }
        Action::Remove { name } => {
            if !keys.remove(name) {
                anyhow::bail!("there is no key `{name}` in `{}`", args.keys.display());
            }
            keys.write(&args.keys)?;
        }
    }
    Ok(Exit::Found)
}
