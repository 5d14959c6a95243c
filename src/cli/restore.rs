//! `morgue restore`: puts a backup in the place of the index, when all of it is whole.

use std::path::{Path, PathBuf};
use std::time::Instant;

use clap::Args;
use morgue::index;
use morgue::index::disk::Disk;

use super::backup::summary;
use super::progress::Bar;
use super::{Exit, Printer};

#[derive(Debug, Args)]
pub(super) struct Restore {
    /// The folder that `morgue backup` has made
    #[arg(value_name = "SRC")]
    src: PathBuf,
}

pub(super) fn run(args: &Restore, dir: &Path, printer: &Printer) -> anyhow::Result<Exit> {
    let begun = Instant::now();
    let disk = Disk::default();
    let copied = index::restore(&args.src, dir, &disk, &mut Bar::new(printer))?;
    printer.note(summary(&copied, begun.elapsed()));
    Ok(Exit::Found)
}
