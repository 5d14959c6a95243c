//! `morgue backup`: a consistent copy of the index, also while it is being written.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use clap::Args;
use morgue::index::disk::Disk;
use morgue::index::{self, Copied};

use super::progress::Bar;
use super::{Exit, Printer};

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  morgue backup /mnt/safe/morgue
  morgue search --index /mnt/safe/morgue ferry")]
pub(super) struct Backup {
    /// A new or empty folder, or an older backup of this index: what has not changed is not copied again
    #[arg(value_name = "DEST")]
    dest: PathBuf,
}

pub(super) fn run(args: &Backup, dir: &Path, printer: &Printer) -> anyhow::Result<Exit> {
    let begun = Instant::now();
    let disk = Disk::default();
    let copied = index::backup(dir, &args.dest, &disk, &mut Bar::new(printer))?;
    printer.note(summary(&copied, begun.elapsed()));
    Ok(Exit::Found)
}

/// How much was copied, and how fast.
pub(super) fn summary(copied: &Copied, time: Duration) -> String {
    let Copied {
        files,
        bytes,
        kept,
        articles,
    } = copied;
    let rate = u128::from(*bytes) / time.as_micros().max(1);
    let megabytes = bytes / 1_000_000;
    format!(
        "copied {files} files ({megabytes}.{} MB) in {:.1} s ({rate} MB a second), {kept} were there already; {articles} articles",
        bytes / 100_000 % 10,
        time.as_secs_f64()
    )
}
