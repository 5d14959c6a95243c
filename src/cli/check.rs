//! `morgue check`: whether the index is whole, and what is damaged; `--repair` mends it.

use std::io::Write;
use std::path::Path;

use clap::Args;
use morgue::Error;
use morgue::alert;
use morgue::index::sync::SyncOptions;
use morgue::index::{self, Health, Repair};
use morgue::intake::Ledger;
use morgue::output::json;
use morgue::output::terminal::clean;

use super::machine::Machine;
use super::progress::Bar;
use super::show::As;
use super::{Exit, Printer, ledger};

/// How many pieces of damage are named in the text; all are in the JSON.
const NAMED: usize = 50;

#[derive(Debug, Args)]
pub(super) struct Check {
    /// What to print
    #[arg(long, short, value_name = "NAME", default_value = "text")]
    output: As,
    /// Build what is damaged anew, from the files it came from and from no others
    #[arg(long)]
    repair: bool,
    /// Go ahead also where articles are lost for good, because their files are gone or damaged
    #[arg(long, short, requires = "repair")]
    yes: bool,
}

pub(super) fn run(args: &Check, dir: &Path, printer: &Printer) -> anyhow::Result<Exit> {
    if args.repair {
        return repair(args, dir, printer);
    }
    let mut health = index::check(dir)?;
    if alert::are_hidden(dir) {
        printer.note("the watches are another user's, and were not checked");
    } else {
        health.damage.extend(alert::check(dir)?);
    }
    tell(args.output, &health, printer)?;
    if health.damage.is_empty() {
        return Ok(Exit::Found);
    }
    printer.hint("`morgue check --repair` builds what is damaged anew");
    anyhow::bail!("the index in `{}` is damaged", dir.display())
}

fn repair(args: &Check, dir: &Path, printer: &Printer) -> anyhow::Result<Exit> {
    let mut options = SyncOptions {
        yes: args.yes,
        ..SyncOptions::default()
    };
    Machine::default().set(&mut options);
    let mut account = Ledger::default();
    let mut bar = Bar::new(printer);
    let mut done = index::repair(dir, &options, &mut account, &mut bar);
    if let Err(error @ Error::Loss(_)) = &done
        && printer.is_willing(error)
    {
        options.yes = true;
        done = index::repair(dir, &options, &mut account, &mut bar);
    }
    let mut done = done?;
    drop(bar);
    let watches = alert::repair(dir, &alert::Options::default())?;
    done.found.damage.extend(watches);
    tell(args.output, &done.found, printer)?;
    let Repair {
        files,
        rebuilt,
        lost,
        ..
    } = done;
    if rebuilt {
        printer.note("rebuilt from all of its files");
    } else if files > 0 {
        printer.note(format!("repaired; files read again: {files}"));
    }
    if rebuilt || files > 0 {
        ledger::tell(&account, true, printer);
    }
    if lost > 0 {
        printer.warning(format!(
            "{lost} articles are lost: their files are gone or damaged"
        ));
    }
    Ok(Exit::Found)
}

/// Prints what is damaged, and says how much was looked at.
fn tell(output: As, health: &Health, printer: &Printer) -> anyhow::Result<()> {
    let mut out = printer.data();
    match output {
        As::Text => {
            for damage in health.damage.iter().take(NAMED) {
                writeln!(out, "{}", clean(&damage.to_string()))?;
            }
            if let Some(more) = health.damage.len().checked_sub(NAMED + 1) {
                writeln!(out, "and {} more", more + 1)?;
            }
        }
        As::Json => json::write_line(&mut out, health)?,
    }
    out.flush()?;
    printer.note(format!(
        "{} files and {} articles checked",
        health.files, health.articles
    ));
    if health.unfinished > 0 {
        printer.note(format!(
            "{} files were not read to their end: the next `morgue index` reads them again",
            health.unfinished
        ));
    }
    Ok(())
}
