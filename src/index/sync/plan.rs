//! What must be done for an index to agree with its files.

use std::collections::{BTreeMap, HashSet};
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use super::SyncReport;
use crate::error::{Error, Result};
use crate::format::Rejection;
use crate::index::manifest::{FileEntry, Manifest, Root, file_key};
use crate::intake::Ledger;
use crate::source::{self, Found, SkipReason};

/// A file that must be read.
pub(super) struct Change {
    /// The root it lies below, as the manifest names it.
    pub(super) root: String,
    /// The term under which its articles are found.
    pub(super) key: String,
    pub(super) found: Found,
    /// Its size, time and hash; no articles yet.
    pub(super) entry: FileEntry,
}

/// The difference between the files and the index.
#[derive(Default)]
pub(super) struct Plan {
    pub(super) changes: Vec<Change>,
    /// The keys of files that are gone.
    pub(super) gone: Vec<String>,
    /// How many articles came from files that are gone.
    pub(super) lost_articles: u64,
    added: u64,
    changed: u64,
    unchanged: u64,
    /// Entries of the manifest have new times.
    touched: bool,
}

impl Plan {
    /// Compares the files below `roots` with the manifest. Entries of files that are gone are taken out of it, those of files
    /// that must be read are marked unfinished; files that cannot be opened are rejected, and keep what they gave before.
    pub(super) fn make(roots: &[PathBuf], manifest: &mut Manifest, ledger: &mut Ledger) -> Result<Self> {
        let mut plan = Plan::default();
        for root in roots {
            let place = Place::of(root, manifest)?;
            plan.compare(root, &place, manifest, ledger)?;
        }
        plan.reread_duplicates(manifest)?;
        Ok(plan)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.changes.is_empty() && self.gone.is_empty() && !self.touched
    }

    pub(super) fn report(&self) -> SyncReport {
        SyncReport {
            added: self.added,
            changed: self.changed,
            removed: self.gone.len() as u64,
            unchanged: self.unchanged,
            articles: 0,
        }
    }

    fn compare(&mut self, root: &Path, place: &Place, manifest: &mut Manifest, ledger: &mut Ledger) -> Result<()> {
        let mut before = place.take_known(manifest);
        let mut after = Root::new();
        for found in source::walk(root) {
            let mut found = match found {
                Ok(found) => found,
                Err((file, rejection)) => {
                    let file = place.name(&file);
                    ledger.reject_file(&file, &rejection)?;
                    if let Some(entry) = before.remove(&file).filter(|_| rejection.reason == SkipReason::Unreadable) {
                        after.insert(file, entry);
                    }
                    continue;
                }
            };
            found.file = place.name(&found.file);
            let known = before.remove(&found.file);
            match State::of(&found, known.as_ref()) {
                Ok(State::Same) => {
                    self.unchanged += 1;
                    after.extend(known.map(|entry| (found.file, entry)));
                }
                Ok(State::Touched(entry)) => {
                    self.unchanged += 1;
                    self.touched = true;
                    after.insert(found.file, entry);
                }
                Ok(State::New(entry)) => {
                    *(if known.is_some() { &mut self.changed } else { &mut self.added }) += 1;
                    after.insert(found.file.clone(), unfinished(known.as_ref()));
                    let key = file_key(&place.root, &found.file);
                    self.changes.push(Change { root: place.root.clone(), key, found, entry });
                }
                Err(error) => {
                    ledger.reject_file(&found.file, &Rejection::new(SkipReason::Unreadable, error.to_string()))?;
                    after.extend(known.map(|entry| (found.file, entry)));
                }
            }
        }
        for (file, entry) in before {
            self.gone.push(file_key(&place.root, &file));
            self.lost_articles += entry.articles;
        }
        manifest.roots.entry(place.root.clone()).or_default().extend(after);
        Ok(())
    }

    /// A file whose articles were duplicates of those of a file that is gone or has changed must be read again.
    fn reread_duplicates(&mut self, manifest: &mut Manifest) -> Result<()> {
        let mut stale: HashSet<String> = self.gone.iter().cloned().collect();
        stale.extend(self.changes.iter().map(|change| change.key.clone()));
        for (root, files) in &mut manifest.roots {
            let again: Vec<String> = files
                .iter()
                .filter(|(_, entry)| entry.duplicate_of.iter().any(|key| stale.contains(key)))
                .map(|(file, _)| file.clone())
                .collect();
            for file in again {
                let Some(entry) = files.get_mut(&file) else { continue };
                let entry = std::mem::replace(entry, unfinished(Some(entry)));
                let path = if Path::new(root).is_dir() { Path::new(root).join(&file) } else { PathBuf::from(root) };
                let found = Found { path, file, size: entry.size, modified: None };
                let key = file_key(root, &found.file);
                let entry = FileEntry { size: entry.size, modified: entry.modified, hash: entry.hash, ..FileEntry::default() };
                self.unchanged = self.unchanged.saturating_sub(1);
                self.changed += 1;
                self.changes.push(Change { root: root.clone(), key, found, entry });
            }
        }
        Ok(())
    }
}

/// The entry of a file that is about to be read. While the manifest holds it the file is not known to be in the index,
/// nor out of it: a next run reads it again, or removes it when it has gone meanwhile.
fn unfinished(known: Option<&FileEntry>) -> FileEntry {
    FileEntry { articles: known.map_or(0, |entry| entry.articles), ..FileEntry::default() }
}

/// How a file compares with what is known of it.
enum State {
    Same,
    /// Its time has changed, its bytes have not.
    Touched(FileEntry),
    New(FileEntry),
}

impl State {
    fn of(found: &Found, known: Option<&FileEntry>) -> io::Result<Self> {
        let modified = found.modified.map(nanoseconds);
        if let Some(known) = known
            && known.size == found.size
            && known.modified == modified
            && modified.is_some()
        {
            return Ok(State::Same);
        }
        let mut hasher = blake3::Hasher::new();
        hasher.update_reader(File::open(&found.path)?)?;
        let hash = hasher.finalize().to_hex().to_string();
        Ok(match known {
            Some(known) if known.hash == hash => State::Touched(FileEntry { modified, size: found.size, ..known.clone() }),
            _ => State::New(FileEntry { size: found.size, modified, hash, ..FileEntry::default() }),
        })
    }
}

fn nanoseconds(time: SystemTime) -> i64 {
    let signed = |nanos: u128| i64::try_from(nanos).unwrap_or(i64::MAX);
    match time.duration_since(UNIX_EPOCH) {
        Ok(after) => signed(after.as_nanos()),
        Err(before) => -signed(before.duration().as_nanos()),
    }
}

/// Where a root stands among those of the manifest. No root lies in another: `archive` and then `archive/1987` is one root.
struct Place {
    /// The root of the manifest.
    root: String,
    /// What the names of its files begin with, when it lies below that root.
    prefix: String,
}

impl Place {
    fn of(root: &Path, manifest: &mut Manifest) -> Result<Self> {
        let absolute = root.canonicalize().map_err(|error| Error::Read { path: root.to_owned(), error })?;
        for known in manifest.roots.keys() {
            if let Ok(below) = absolute.strip_prefix(known) {
                let below = below.to_string_lossy().replace('\\', "/");
                // A single file keeps its name below the folder that holds it.
                let folder = if absolute.is_file() { below.rsplit_once('/').map_or("", |(folder, _)| folder) } else { &below };
                let prefix = if folder.is_empty() { String::new() } else { format!("{folder}/") };
                return Ok(Place { root: known.clone(), prefix });
            }
        }
        Ok(Place { root: absolute.to_string_lossy().into_owned(), prefix: String::new() })
    }

    fn name(&self, file: &str) -> String {
        format!("{}{file}", self.prefix)
    }

    /// Takes out of the manifest what it knows below this place, and what it knew of roots that lie in it now.
    fn take_known(&self, manifest: &mut Manifest) -> Root {
        let Some(known) = manifest.roots.get_mut(&self.root) else { return Root::new() };
        let (taken, left): (BTreeMap<_, _>, BTreeMap<_, _>) =
            std::mem::take(known).into_iter().partition(|(file, _)| file.starts_with(&self.prefix));
        *known = left;
        taken
    }
}
