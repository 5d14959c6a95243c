//! Reads exactly these files again, as they were read before: what a repair and a rebuild ask for.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::loss::Loss;
use super::place::Place;
use super::plan::{Change, Plan, State};
use super::{SyncOptions, follow};
use crate::error::{Error, Result};
use crate::index::manifest::{FileEntry, Manifest, file_key};
use crate::index::writer::Writer;
use crate::intake::{Delivery, Habits, Job, Ledger, Progress, ReadOptions, deliver};
use crate::source::{self, Found};

/// Files by their roots and names, as in a manifest.
pub(crate) type Files = BTreeMap<String, BTreeSet<String>>;

/// Where those of `files` are that can be found, by their roots; what is left in `files` is gone.
pub(crate) fn locate(files: &mut Files) -> BTreeMap<String, Vec<Found>> {
    let mut located = BTreeMap::new();
    for (root, names) in files.iter_mut() {
        // What cannot be walked cannot be read either: it stays among those that are gone.
        let found = source::walk(Path::new(root)).flatten();
        let found = found.filter(|found| names.contains(&found.file) && opens(found));
        let found: Vec<Found> = found.collect();
        for found in &found {
            names.remove(&found.file);
        }
        located.insert(root.clone(), found);
    }
    files.retain(|_, names| !names.is_empty());
    located
}

fn opens(found: &Found) -> bool {
    std::fs::File::open(&found.path).is_ok()
}

/// What a file gives when it is read.
#[derive(Debug, Clone, Default)]
pub(crate) struct Given {
    /// How many articles.
    pub(crate) articles: u64,
    /// Some of it is no article, or cannot be read.
    pub(crate) is_damaged: bool,
    /// It ends with that.
    pub(crate) breaks_off: bool,
}

/// What shall be done without looking at other files.
#[derive(Default)]
pub(crate) struct Again {
    /// The files to be read, by their roots.
    pub(crate) files: BTreeMap<String, Vec<Found>>,
    /// The keys of files whose articles shall be removed.
    pub(crate) gone: Vec<String>,
}

impl Again {
    /// Reads the files without an index, and gives their roots and names with what came of them.
    pub(crate) fn try_out(
        &self,
        read: &ReadOptions,
        progress: &mut dyn Progress,
    ) -> Result<Vec<(&str, &str, Given)>> {
        let files = self.files.iter();
        let files: Vec<(&str, &Found)> = files
            .flat_map(|(root, found)| found.iter().map(move |found| (root.as_str(), found)))
            .collect();
        let mut given = vec![Given::default(); files.len()];
        let jobs = files.iter().enumerate().map(|(number, (_, found))| Job {
            number,
            home: Arc::from(""),
            found: (*found).clone(),
        });
        progress.begin(
            files.len() as u64,
            files.iter().map(|(_, found)| found.size).sum(),
        );
        let receive = &mut |delivery: Delivery, _: &Habits| {
            match delivery {
                Delivery::Member(..) => {}
                Delivery::Article(number, _) => {
                    given[number].articles += 1;
                    given[number].breaks_off = false;
                }
                Delivery::Rejected(number, ..) => {
                    given[number].is_damaged = true;
                    given[number].breaks_off = true;
                }
                Delivery::Done(number) => {
                    let found = files[number].1;
                    progress.advance(found.size, given[number].articles, &found.file);
                }
            }
            Ok(ControlFlow::Continue(()))
        };
        deliver(jobs, read, &mut Habits::default(), receive)?;
        progress.end();
        let given = given.into_iter().zip(&files);
        Ok(given
            .map(|(given, (root, found))| (*root, found.file.as_str(), given))
            .collect())
    }

    /// Does it in the index in `dir`, and gives the number of articles that there are then.
    pub(crate) fn carry_out(
        self,
        dir: &Path,
        options: &SyncOptions,
        ledger: &mut Ledger,
        progress: &mut dyn Progress,
    ) -> Result<u64> {
        let mut writer = Writer::open_on(&options.disk, dir, options.resources)?;
        let reading = options.read.fingerprint();
        let mut plan = Plan::default();
        plan.gone = self.gone;
        for (root, found) in self.files {
            let path = PathBuf::from(&root);
            let place = Place::of(&path, &mut writer.manifest)?;
            let root: Arc<str> = place.root.as_str().into();
            for found in found {
                let change = change(&root, found, &mut writer.manifest, &reading)?;
                plan.changes.push(change);
            }
        }
        // Whoever repairs has been asked; a new index has nothing to lose.
        let loss = Loss::of(&plan, &mut writer, true)?;
        let (_, articles) = follow(writer, &plan, loss, options, ledger, progress)?;
        Ok(articles)
    }
}

/// The change that reads a file, marked as unfinished in the manifest.
fn change(root: &Arc<str>, found: Found, manifest: &mut Manifest, reading: &str) -> Result<Change> {
    let state = State::of(&found, None, reading).map_err(|error| Error::Read {
        path: found.path.clone(),
        error,
    })?;
    let (State::New(entry) | State::Touched(entry)) = state else {
        unreachable!("nothing is known of it that it could agree with");
    };
    let files = manifest.roots.entry(root.to_string()).or_default();
    let unfinished = FileEntry::unfinished(files.get(&found.file));
    files.insert(found.file.clone(), unfinished);
    Ok(Change {
        root: Arc::clone(root),
        key: file_key(root, &found.file),
        found,
        entry,
    })
}

/// How files are read that were read with the options of which this is the fingerprint, and otherwise as `base` says.
pub(crate) fn as_before(base: &ReadOptions, reading: &str) -> Result<ReadOptions> {
    base.with_fingerprint(reading).ok_or_else(|| Error::Invalid {
        what: "repair".into(),
        why: format!("files were read with options that this program does not know ({reading}); index them again"),
    })
}
