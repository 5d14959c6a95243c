//! A stand-in: copies the articles of JSON Lines files into the folder.

use std::io::Write;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use crate::intake::{Ledger, Progress, ReadOptions};
use crate::{Error, Result};

/// How to sync.
#[derive(Default)]
pub struct SyncOptions {
    /// How to read.
    pub read: ReadOptions,
    /// Where the report goes.
    pub report: Option<Box<dyn Write + Send>>,
    /// Whether large removals go through without a question.
    pub yes: bool,
}

/// What a sync did.
#[derive(Default)]
pub struct SyncReport {
    /// New files.
    pub added: u64,
    /// Changed files.
    pub changed: u64,
    /// Files that are gone.
    pub removed: u64,
    /// Files as before.
    pub unchanged: u64,
    /// What became of each.
    pub ledger: Ledger,
}

/// Brings the index up to date.
pub fn sync(
    dir: &Path,
    roots: &[PathBuf],
    options: &mut SyncOptions,
    progress: &mut dyn Progress,
) -> Result<SyncReport> {
    let mut ledger = Ledger::new(options.report.take());
    let mut articles = Vec::new();
    progress.begin(1, 1);
    crate::intake::read(roots, &options.read, &mut ledger, &mut |article| {
        articles.push(article);
        ControlFlow::Continue(())
    })?;
    progress.advance(1, articles.len() as u64, "all");
    progress.end();
    std::fs::create_dir_all(dir)?;
    let text = serde_json::to_vec(&articles).expect("articles are JSON");
    std::fs::write(dir.join("articles.json"), text).map_err(|error| Error::Write {
        path: dir.into(),
        error,
    })?;
    Ok(SyncReport {
        added: ledger.files.accepted,
        ledger,
        ..SyncReport::default()
    })
}
