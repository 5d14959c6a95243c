//! Step 11: the command line. One file a subcommand, holding both how it is typed and how it is done; a row in
//! [`Command`] and an arm in [`run`] are all else that a new one takes.
//!
//! The only place that names clap, and with [`printer`] the only one that writes to the screen. stdout carries data only.

mod backup;
mod check;
mod explain;
mod explained;
mod follow;
mod formats;
mod index;
mod interrupt;
mod key;
mod ledger;
mod log;
mod machine;
mod mcp;
mod printer;
mod progress;
mod read;
mod reading;
mod restore;
mod search;
mod serve;
mod show;
mod status;
mod values;
mod watch;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Args, ColorChoice, Parser, Subcommand};

pub(crate) use printer::{Printer, is_closed_pipe};

/// A full-text search engine for a newspaper's archive.
#[derive(Debug, Parser)]
#[command(version, propagate_version = true, max_term_width = 100)]
pub(crate) struct Cli {
    #[command(flatten)]
    pub(crate) globals: Globals,
    #[command(subcommand)]
    command: Command,
}

/// What every command takes.
#[derive(Debug, Args)]
pub(crate) struct Globals {
    /// The folder of the index
    #[arg(
        long,
        global = true,
        value_name = "DIR",
        env = "MORGUE_INDEX",
        default_value = "index"
    )]
    index: PathBuf,
    /// Print no summaries, warnings, hints or progress; errors still
    #[arg(long, short, global = true)]
    quiet: bool,
    /// When to use colour
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    color: ColorChoice,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Bring the index up to date with files and folders
    Index(index::Index),
    /// Read articles and print them as JSON Lines, without an index
    Read(read::Read),
    /// Search the index
    Search(search::Search),
    /// Print one article, its versions, or what differs between them
    #[command(disable_version_flag = true)]
    Show(show::Show),
    /// Tell how a query is understood
    Explain(explain::Explain),
    /// Save searches, and have what is new to them delivered after every indexing run
    #[command(subcommand)]
    Watch(watch::Watch),
    /// Answer searches over HTTP, for browsers and programs
    Serve(serve::Serve),
    /// Answer an agent over stdin and stdout (Model Context Protocol)
    Mcp(mcp::Mcp),
    /// Make, list and remove the keys that a server asks for
    Key(key::Key),
    /// Tell what is in the index
    Status(status::Status),
    /// Check that the index is whole, file by file and article by article
    Check(check::Check),
    /// Copy the index as it is now, also while it is being written
    Backup(backup::Backup),
    /// Put a backup in the place of the index
    Restore(restore::Restore),
    /// List the formats that are read
    Formats(formats::Formats),
}

/// How a command ended, as the shell sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exit {
    /// Something was found, or done.
    Found = 0,
    /// All went well, and there is nothing.
    Nothing = 1,
    /// It could not be done.
    Failed = 2,
}

impl Exit {
    /// [`Exit::Found`] where there is something.
    fn found(something: bool) -> Self {
        if something {
            Exit::Found
        } else {
            Exit::Nothing
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> ExitCode {
        ExitCode::from(exit as u8)
    }
}

/// A usage error with a better tip where an option was perhaps meant as a part of the query: `morgue search -sport`.
pub(crate) fn with_tip(mut usage: clap::Error) -> clap::Error {
    let invalid = usage.get(ContextKind::InvalidArg).map(ToString::to_string);
    let is_short = invalid.is_some_and(|arg| arg.starts_with('-') && !arg.starts_with("--"));
    if usage.kind() == ErrorKind::UnknownArgument && is_short {
        let tip = "what is searched for may begin with `-` after `--`: morgue search -- -sport";
        usage.insert(
            ContextKind::Suggested,
            ContextValue::StyledStrs(vec![tip.into()]),
        );
    }
    usage
}

/// Does what was asked.
pub(crate) fn run(cli: Cli, printer: &Printer) -> anyhow::Result<Exit> {
    let dir = &cli.globals.index;
    match cli.command {
        Command::Index(args) => index::run(&args, dir, printer),
        Command::Read(args) => read::run(&args, printer),
        Command::Search(args) => search::run(&args, dir, printer),
        Command::Show(args) => show::run(&args, dir, printer),
        Command::Explain(args) => explain::run(&args, dir, printer),
        Command::Watch(args) => watch::run(&args, dir, printer),
        Command::Serve(args) => serve::run(&args, dir, printer),
        Command::Mcp(args) => mcp::run(&args, dir, printer),
        Command::Key(args) => key::run(&args, printer),
        Command::Status(args) => status::run(&args, dir, printer),
        Command::Check(args) => check::run(&args, dir, printer),
        Command::Backup(args) => backup::run(&args, dir, printer),
        Command::Restore(args) => restore::run(&args, dir, printer),
        Command::Formats(args) => formats::run(&args, printer),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_commands_are_well_formed() {
        Cli::command().debug_assert();
    }
}
