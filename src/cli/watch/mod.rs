//! `morgue watch`: saved searches. What they find for the first time is delivered after every indexing run.

mod add;
mod shown;

use std::io::Write;
use std::path::Path;

use chrono::NaiveDate;
use clap::{Args, Subcommand};
use morgue::Error;
use morgue::alert::{self, Options, Report};
use morgue::output::{json, terminal::clean};

use super::show::As;
use super::{Exit, Printer, values};

#[derive(Debug, Subcommand)]
pub(super) enum Watch {
    /// Save a search, and say where to deliver what is new to it
    Add(Box<add::Add>),
    /// List the saved searches, and how their deliveries go
    List {
        /// What to print
        #[arg(long, short, value_name = "NAME", default_value = "text")]
        output: As,
    },
    /// Print all that is known of a saved search, but for the values of its headers
    Show {
        /// Its name
        name: String,
        /// What to print
        #[arg(long, short, value_name = "NAME", default_value = "text")]
        output: As,
    },
    /// Remove a saved search, and what waits for its delivery
    Remove {
        /// Its name
        name: String,
    },
    /// Print what a saved search would deliver now, as JSON Lines; nothing is delivered
    Test {
        /// Its name
        name: String,
        #[command(flatten)]
        today: Today,
    },
    /// Deliver what is new now, without indexing; what has failed is tried again at once
    Run {
        #[command(flatten)]
        today: Today,
    },
}

#[derive(Debug, Args)]
pub(super) struct Today {
    /// The day that `date:last-week` and its like start from, instead of the clock's
    #[arg(long, value_name = "DATE", value_parser = values::day)]
    today: Option<NaiveDate>,
}

impl Today {
    fn options(&self) -> Options {
        Options {
            today: self.today,
            ..Options::default()
        }
    }
}

pub(super) fn run(args: &Watch, dir: &Path, printer: &Printer) -> anyhow::Result<Exit> {
    match args {
        Watch::Add(args) => add::run(args, dir, printer),
        Watch::List { output } => {
            let listed = alert::list(dir)?;
            let mut out = printer.data();
            match output {
                As::Text => shown::list(&mut out, &listed)?,
                As::Json => json::write_line(&mut out, &listed)?,
            }
            out.flush()?;
            Ok(Exit::found(!listed.is_empty()))
        }
        Watch::Show { name, output } => {
            let listed = alert::find(dir, name)?;
            let mut out = printer.data();
            match output {
                As::Text => shown::one(&mut out, &listed)?,
                As::Json => json::write_line(&mut out, &listed)?,
            }
            out.flush()?;
            Ok(Exit::Found)
        }
        Watch::Remove { name } => {
            alert::remove(dir, name, &Options::default())?;
            printer.note(format!("`{name}` is removed"));
            Ok(Exit::Found)
        }
        Watch::Test { name, today } => test(dir, name, &today.options(), printer),
        Watch::Run { today } => {
            let options = Options {
                at_once: true,
                ..today.options()
            };
            let report = alert::run(dir, &options)?;
            tell(&report, printer);
            if !report.failed.is_empty() || !report.unasked.is_empty() {
                return Ok(Exit::Failed);
            }
            Ok(Exit::found(!report.delivered.is_empty()))
        }
    }
}

fn test(dir: &Path, name: &str, options: &Options, printer: &Printer) -> anyhow::Result<Exit> {
    let mut out = printer.data();
    let (mut count, mut written) = (0_u64, Ok(()));
    alert::test(dir, name, options, &mut |hit| {
        count += 1;
        if written.is_ok() {
            written = json::write_line(&mut out, &hit);
        }
    })?;
    written?;
    out.flush()?;
    let waiting = alert::find(dir, name)?.waiting;
    printer.note(format!("{} to deliver", shown::articles(count)));
    if waiting > 0 {
        printer.note(format!(
            "{waiting} earlier deliveries wait; `morgue watch show {name}` tells why"
        ));
    }
    Ok(Exit::found(count > 0))
}

/// What follows every indexing run: delivers what is new. A watch that fails is told, and the run has not failed.
pub(super) fn deliver(dir: &Path, printer: &Printer) {
    match alert::run(dir, &Options::default()) {
        Ok(report) => tell(&report, printer),
        // Whoever has the index now will do it.
        Err(Error::Locked { .. }) => {}
        Err(error) => printer.warning(format!(
            "the watches did not run: {}",
            clean(&error.to_string())
        )),
    }
}

fn tell(report: &Report, printer: &Printer) {
    for (watch, count) in &report.delivered {
        printer.note(format!(
            "watch `{}`: {} delivered ({} {})",
            watch.name,
            shown::articles(*count),
            watch.to.kind(),
            clean(&watch.to.place())
        ));
    }
    for (watch, failure) in &report.failed {
        printer.warning(format!(
            "watch `{}` could not deliver ({}): {}; it is tried again after {}",
            watch.name,
            watch.to.kind(),
            clean(&failure.why),
            shown::moment(failure.again)
        ));
    }
    for (name, error) in &report.unasked {
        printer.warning(format!(
            "watch `{name}` could not search: {}; it will miss nothing",
            clean(&error.to_string())
        ));
    }
}
