//! Step 5: an index and the files it was made from. The files are invented, and made here.

mod backup;
mod check;
mod damaged;
mod duplicates;
mod failures;
mod faults;
pub(crate) mod kill;
mod model;
mod reading;
mod rebuild;
mod repair;
mod resumed;
mod roots;
mod store;
mod torture;
mod versions;

use std::collections::BTreeMap;
use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use morgue::index::Status;
use morgue::index::sync::{SyncOptions, SyncReport, sync};
use morgue::index::writer::Resources;
use morgue::intake::{Entry, Ledger, Outcome};
use morgue::search::Request;
use morgue::{Archive, Article, Result};

use crate::intake::Report;

/// A folder of files, and beside it one for their index.
pub(crate) struct Desk {
    folder: tempfile::TempDir,
    pub(crate) options: SyncOptions,
}

/// What a run has said.
pub(crate) struct Run {
    pub(crate) report: SyncReport,
    pub(crate) ledger: Ledger,
    pub(crate) entries: Vec<Entry>,
}

impl Desk {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("files")).unwrap();
        let options = SyncOptions {
            resources: Resources {
                threads: 1,
                memory: 15_000_000,
            },
            yes: true,
            ..SyncOptions::default()
        };
        Desk { folder, options }
    }

    pub(crate) fn index(&self) -> PathBuf {
        self.folder.path().join("index")
    }

    /// The path of a file, or of the folder of all of them: ``.
    pub(crate) fn path(&self, file: &str) -> PathBuf {
        let files = self.folder.path().canonicalize().unwrap().join("files");
        if file.is_empty() {
            files
        } else {
            files.join(file)
        }
    }

    pub(crate) fn write(&self, file: &str, text: impl AsRef<[u8]>) {
        let path = self.path(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub(crate) fn remove(&self, file: &str) {
        fs::remove_file(self.path(file)).unwrap();
    }

    /// Brings the index up to date with these files and folders.
    pub(crate) fn try_sync(&self, roots: &[&str]) -> Result<Run> {
        let roots: Vec<PathBuf> = roots.iter().map(|root| self.path(root)).collect();
        let report = Report::default();
        let mut ledger = Ledger::new(Some(Box::new(report.clone())));
        let done = sync(&self.index(), &roots, &self.options, &mut ledger, &mut ())?;
        Ok(Run {
            report: done,
            ledger,
            entries: report.entries(),
        })
    }

    /// The same, and then nothing is left to do.
    #[track_caller]
    pub(crate) fn sync(&self, roots: &[&str]) -> Run {
        let run = self.try_sync(roots).unwrap();
        let before = fs::read(self.index().join("meta.json")).unwrap();
        let again = self.try_sync(roots).unwrap().report;
        assert_eq!(
            (again.added, again.changed, again.removed),
            (0, 0, 0),
            "a second run"
        );
        let after = fs::read(self.index().join("meta.json")).unwrap();
        assert!(before == after, "a second run has committed");
        assert_eq!(run.report.articles, self.archive().articles().unwrap());
        run
    }

    pub(crate) fn archive(&self) -> Archive {
        Archive::open(&self.index()).unwrap()
    }

    pub(crate) fn status(&self) -> Status {
        self.archive().status().unwrap()
    }

    /// Every article by its id.
    pub(crate) fn articles(&self) -> BTreeMap<String, Article> {
        articles(&self.archive())
    }

    /// The ids and headlines of all articles, one a line.
    pub(crate) fn listing(&self) -> Vec<String> {
        let line = |(id, article): (_, &Article)| format!("{id}: {}", article.headline);
        self.articles().iter().map(line).collect()
    }
}

impl Run {
    /// The files of this outcome's records, in the order of the report.
    pub(crate) fn records(&self, outcome: Outcome) -> Vec<&Entry> {
        let wanted = |entry: &&Entry| entry.record.is_some() && entry.outcome == outcome;
        self.entries.iter().filter(wanted).collect()
    }
}

/// Every article of an archive by its id. No id occurs twice.
pub(crate) fn articles(archive: &Archive) -> BTreeMap<String, Article> {
    let mut articles = BTreeMap::new();
    let mut take = |hit: morgue::search::Hit| {
        let article = archive.article(&hit.id).unwrap();
        assert_eq!(article.headline, hit.headline);
        let before = articles.insert(hit.id, article);
        assert_eq!(before, None, "an id occurs twice");
        ControlFlow::Continue(())
    };
    archive.export(&Request::default(), &mut take).unwrap();
    articles
}

/// A line of JSON.
pub(crate) fn line(id: &str, headline: &str) -> String {
    format!(
        "{{\"id\": \"{id}\", \"headline\": \"{headline}\", \"date\": \"1963-08-14\", \
         \"body\": \"The harbour office has told the {headline} to wait until the ferry sails.\"}}\n"
    )
}

/// A text file.
pub(crate) fn text(headline: &str) -> String {
    format!(
        "{headline}\n\nThe harbour office said on Tuesday that the ferry would sail again before the end of the month.\n"
    )
}

/// The names of the files in a folder.
pub(crate) fn names_in(dir: &Path) -> Vec<String> {
    let entries = fs::read_dir(dir).unwrap();
    let mut names: Vec<String> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

/// The names of the files of an index that hold the articles, one of each segment.
pub(crate) fn stores(dir: &Path) -> Vec<String> {
    let mut names = names_in(dir);
    names.retain(|name| {
        let extension = Path::new(name).extension();
        extension.is_some_and(|extension| extension == "store")
    });
    names
}
