//! `morgue index --watch`: looks at the paths over and over, and brings the index up to date when they have changed and are quiet.
//!
//! It looks with the same walk as indexing does, so it sees what indexing would see: on network drives too, which send no news of
//! what other machines change, and with any number of folders. A look costs a stat a file; between two of them it rests ten times
//! as long as one took.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use chrono::Local;
use morgue::index::sync::{SyncOptions, SyncReport, sync};
use morgue::intake::Ledger;
use morgue::source::walk;

use super::index::{changes, placed};
use super::interrupt::Interrupt;
use super::progress::Interruptible;
use super::reading::Reports;
use super::{Exit, Printer, watch};

/// How long nothing may have changed before it is indexed, so that a burst is one round.
const QUIET: Duration = Duration::from_millis(500);
/// Who never rests is indexed after so long.
const PATIENCE: Duration = Duration::from_secs(10);
/// The longest rest between two looks.
const LONGEST_REST: Duration = Duration::from_secs(60);
/// A look is at most one part of so many of the time.
const REST: u32 = 10;
/// How long watches wait at most, where nothing is indexed.
const DELIVER: Duration = Duration::from_secs(60);
/// What failed is tried again after so long, also where no file has changed: the disk may have room again.
const AGAIN: Duration = Duration::from_secs(30);

/// A path that is watched.
struct Watched {
    path: PathBuf,
    /// What it looked like when it was last indexed, or tried to be.
    indexed: u64,
    /// What it looks like now, and since when it has been something else than what is indexed.
    now: u64,
    changed: Option<Instant>,
    /// When it failed, and what was told then.
    failed: Option<(Instant, String)>,
}

impl Watched {
    fn new(path: &Path) -> Self {
        let now = look(path);
        Watched {
            path: path.to_owned(),
            indexed: now,
            now,
            changed: None,
            failed: None,
        }
    }

    /// Looks again; whether it is time to index.
    fn is_due(&mut self) -> bool {
        let before = std::mem::replace(&mut self.now, look(&self.path));
        if self.now == self.indexed {
            self.changed = None;
            let failed = self.failed.as_ref();
            return failed.is_some_and(|(at, _)| at.elapsed() >= AGAIN);
        }
        let since = *self.changed.get_or_insert_with(Instant::now);
        self.now == before || since.elapsed() >= PATIENCE
    }
}

/// All that indexing compares of the files below a path, as one number.
fn look(path: &Path) -> u64 {
    let mut hasher = DefaultHasher::new();
    for found in walk(path) {
        match found {
            Ok(found) => (found.file, found.size, found.modified).hash(&mut hasher),
            Err((file, rejection)) => (file, rejection.detail).hash(&mut hasher),
        }
    }
    hasher.finish()
}

/// Paths as they look before they are indexed.
pub(super) struct Follow {
    watched: Vec<Watched>,
    interrupt: Interrupt,
}

impl Follow {
    /// Looks at the paths. Being interrupted is their orderly end.
    pub(super) fn begin(paths: &[PathBuf], interrupt: Interrupt) -> Self {
        let watched = paths.iter().map(|path| Watched::new(path)).collect();
        Follow { watched, interrupt }
    }

    /// Keeps the index up to date until it is interrupted.
    pub(super) fn run(
        mut self,
        dir: &Path,
        options: &SyncOptions,
        reports: &Reports,
        printer: &Printer,
    ) -> Exit {
        let count = self.watched.len();
        let paths = if count == 1 { "path" } else { "paths" };
        printer.note(format!("watching {count} {paths}; Ctrl-C ends it"));
        let (mut rest, mut delivered) = (QUIET, Instant::now());
        while !self.interrupt.after(rest) {
            let begun = Instant::now();
            let due: Vec<&mut Watched> = self
                .watched
                .iter_mut()
                .filter_map(|path| path.is_due().then_some(path))
                .collect();
            rest = (begun.elapsed() * REST).clamp(QUIET, LONGEST_REST);
            if due.is_empty() {
                // An embargo ends, or it is time to try again, though no file has changed.
                if delivered.elapsed() >= DELIVER {
                    watch::deliver(dir, printer);
                    delivered = Instant::now();
                }
                continue;
            }
            let paths: Vec<PathBuf> = due.iter().map(|watched| watched.path.clone()).collect();
            let begun = Instant::now();
            let mut ledger = Ledger::new(reports.next());
            let mut bar = Interruptible::new(printer, self.interrupt.wish());
            let done = sync(dir, &paths, options, &mut ledger, &mut bar)
                .map_err(|error| placed(error, dir));
            drop(bar);
            let told = done.as_ref().err().map(ToString::to_string);
            match &done {
                Ok(report) => tell(report, &ledger, begun.elapsed(), printer),
                Err(_) if due.iter().all(|watched| watched.has_told(told.as_deref())) => {}
                Err(error) => {
                    printer.warning(format!("{}  nothing was indexed: {error}", time()));
                    if let Some(hint) = error.hint() {
                        printer.hint(hint);
                    }
                }
            }
            for watched in due {
                // What has changed meanwhile is seen by the next look.
                watched.indexed = watched.now;
                watched.changed = None;
                watched.failed = told.clone().map(|told| (Instant::now(), told));
            }
            watch::deliver(dir, printer);
            delivered = Instant::now();
        }
        printer.note("stopped; the index is whole");
        Exit::Found
    }
}

impl Watched {
    /// Whether this is what was told the last time.
    fn has_told(&self, told: Option<&str>) -> bool {
        self.failed.as_ref().map(|(_, before)| before.as_str()) == told
    }
}

/// One line for a round in which something was done.
fn tell(report: &SyncReport, ledger: &Ledger, took: Duration, printer: &Printer) {
    let rejected = ledger.files.rejected + ledger.records.rejected;
    if report.added + report.changed + report.removed == 0 {
        return;
    }
    let rejected = match rejected {
        0 => String::new(),
        count => format!("; {count} files or records rejected"),
    };
    printer.note(format!(
        "{}  {}{rejected}",
        time(),
        changes(report, ledger, took)
    ));
}

fn time() -> String {
    Local::now().format("%H:%M:%S").to_string()
}
