//! `morgue index`: brings the index up to date with files and folders. stdout stays empty.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use clap::Args;
use clap::builder::RangedU64ValueParser;
use morgue::index::rebuild;
use morgue::index::sync::{SyncOptions, SyncReport, sync};
use morgue::intake::Ledger;
use morgue::{Archive, Error};

use super::follow::Follow;
use super::interrupt::Interrupt;
use super::machine::Machine;
use super::progress::{Bar, Interruptible};
use super::reading::Reading;
use super::{Exit, Printer, ledger, watch};

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  morgue index sample-corpus
  morgue index archive.csv --map headline=title --map date='#3' --date-order dmy
  morgue index /srv/news --watch --memory 2GB
  morgue index --rebuild")]
pub(super) struct Index {
    /// Files and folders; archives and compressed files are opened
    #[arg(required_unless_present = "rebuild", value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Build the index anew beside the old one, which answers until then; from the same files where no PATH is given
    #[arg(long)]
    rebuild: bool,
    #[command(flatten)]
    reading: Reading,
    #[command(flatten)]
    machine: Machine,
    /// Make what has come in safe, and open to searches, after so many articles; all of a file that has changed comes at once
    #[arg(long, value_name = "N", default_value_t = SyncOptions::default().commit_every, value_parser = RangedU64ValueParser::<u64>::new().range(1..))]
    commit_every: u64,
    /// Go on watching the paths, and keep the index up to date with them until interrupted
    #[arg(long, conflicts_with = "rebuild")]
    watch: bool,
    /// Go ahead without asking, also where many articles would be removed
    #[arg(long, short)]
    yes: bool,
}

pub(super) fn run(args: &Index, dir: &Path, printer: &Printer) -> anyhow::Result<Exit> {
    let mut options = SyncOptions {
        read: args.reading.options(),
        yes: args.yes,
        commit_every: args.commit_every,
        ..SyncOptions::default()
    };
    args.machine.set(&mut options);
    if args.watch {
        args.reading.refuse_report_among(&args.paths)?;
    }
    let reports = args.reading.report()?;
    let interrupt = Interrupt::caught();
    // Where it cannot be caught, it ends the program as it ends others.
    let wish = interrupt.as_ref().map(Interrupt::wish).unwrap_or_default();
    let follow = match interrupt {
        _ if !args.watch => None,
        interrupt => Some(Follow::begin(&args.paths, interrupt?)),
    };
    let mut ledger = Ledger::new(reports.next());
    let begun = Instant::now();
    let mut bar = Interruptible::new(printer, wish.clone());
    if args.rebuild && Archive::open(dir).is_ok() {
        // What a run that was cut off has left: afterwards all that is there counts as known.
        wish.while_idle(|| watch::deliver(dir, printer));
    }
    let run = if args.rebuild { rebuild } else { sync };
    let mut done = run(dir, &args.paths, &options, &mut ledger, &mut bar);
    if let Err(error @ Error::Loss(_)) = &done
        && wish.while_idle(|| printer.is_willing(error))
    {
        ledger = Ledger::new(reports.next());
        let options = SyncOptions {
            yes: true,
            ..options.clone()
        };
        done = run(dir, &args.paths, &options, &mut ledger, &mut bar);
    }
    let done = done.map_err(|error| placed(error, dir))?;
    if bar.is_broken_off() && follow.is_none() {
        drop(bar);
        ledger::tell(&ledger, args.reading.is_reported(), printer);
        anyhow::bail!(
            "stopped before the end; {} articles are in the index, and the next run goes on there",
            done.articles
        );
    }
    drop(bar);
    printer.note(changes(&done, &ledger, begun.elapsed()));
    ledger::tell(&ledger, args.reading.is_reported(), printer);
    let deliver = || watch::deliver(dir, printer);
    if let Some(follow) = follow {
        deliver();
        return Ok(follow.run(dir, &options, &reports, printer));
    }
    // Deliveries may be broken off anywhere: the next run makes up for them.
    wish.while_idle(deliver);
    Ok(Exit::Found)
}

/// What `search --sync` does first: the same with nothing asked, told in one line where something is new.
pub(super) fn bring_up_to_date(
    dir: &Path,
    paths: &[PathBuf],
    printer: &Printer,
) -> anyhow::Result<()> {
    let begun = Instant::now();
    let mut ledger = Ledger::default();
    let mut options = SyncOptions::default();
    Machine::default().set(&mut options);
    let report = sync(dir, paths, &options, &mut ledger, &mut Bar::new(printer))?;
    if report.added + report.changed + report.removed > 0 {
        printer.note(changes(&report, &ledger, begun.elapsed()));
    }
    watch::deliver(dir, printer);
    let rejected = ledger.files.rejected + ledger.records.rejected;
    if rejected > 0 {
        printer.warning(format!(
            "{rejected} files or records were rejected; `morgue index` tells which"
        ));
    }
    Ok(())
}

/// An error of the system that names no place is one of the index: what is wrong with files that are read is in the ledger.
pub(super) fn placed(error: Error, dir: &Path) -> Error {
    match error {
        Error::Io(error) if error.raw_os_error().is_some() => Error::Write {
            path: dir.to_owned(),
            error,
        },
        other => other,
    }
}

/// What changed, how long it took, and how fast that was.
pub(super) fn changes(report: &SyncReport, ledger: &Ledger, time: Duration) -> String {
    let SyncReport {
        added,
        changed,
        removed,
        unchanged,
        kept,
        articles: all,
    } = report;
    let articles = ledger.records.accepted.saturating_sub(*kept);
    let as_before = match kept {
        0 => String::new(),
        kept => format!("; {kept} more of the same files were there already"),
    };
    let rate = u128::from(articles) * 1000 / time.as_millis().max(1);
    format!(
        "indexed {articles} articles in {:.1} s ({rate} a second){as_before}; files: {added} added, {changed} changed, {removed} removed, {unchanged} unchanged; the archive has {all} articles",
        time.as_secs_f64()
    )
}
