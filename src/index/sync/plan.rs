//! What must be done for an index to agree with its files.

use std::collections::HashSet;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use super::SyncReport;
use super::place::Place;
use crate::error::Result;
use crate::format::Rejection;
use crate::index::manifest::{FileEntry, Manifest, Root, file_key};
use crate::intake::Ledger;
use crate::source::{self, Found, SkipReason, readable};

/// A file that must be read.
pub(super) struct Change {
    /// The root it lies below, as the manifest names it.
    pub(super) root: Arc<str>,
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
    /// The keys of those that have not come back under another name, and how many articles came from each.
    pub(super) lost: Vec<(String, u64)>,
    /// What is known of the files that are gone.
    gone_entries: Vec<FileEntry>,
    added: u64,
    changed: u64,
    unchanged: u64,
    /// Entries of the manifest are new, though no file is.
    touched: bool,
}

impl Plan {
    /// Compares the files below `roots` (absolute, none in another) with the manifest. Entries of files that are gone are
    /// taken out of it, those of files that must be read are marked unfinished; files that cannot be opened are rejected, and
    /// keep what they gave before. `reading` is what the user says about the reading: files that were read otherwise change.
    pub(super) fn make(
        roots: &[PathBuf],
        manifest: &mut Manifest,
        reading: &str,
        ledger: &mut Ledger,
    ) -> Result<Self> {
        let mut plan = Plan {
            touched: manifest.unsettled,
            ..Plan::default()
        };
        for root in roots {
            let place = Place::of(root, manifest)?;
            for (key, entry) in place.absorb(manifest) {
                plan.gone.push(key);
                plan.gone_entries.push(entry);
            }
            plan.compare(root, &place, manifest, reading, ledger)?;
        }
        let here: HashSet<&str> = plan
            .changes
            .iter()
            .map(|change| change.entry.hash.as_str())
            .collect();
        let gone = plan.gone.iter().zip(&plan.gone_entries);
        let lost = gone.filter(|(_, entry)| !here.contains(entry.hash.as_str()));
        plan.lost = lost
            .map(|(key, entry)| (key.clone(), entry.articles))
            .collect();
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
            ..SyncReport::default()
        }
    }

    fn compare(
        &mut self,
        path: &Path,
        place: &Place,
        manifest: &mut Manifest,
        reading: &str,
        ledger: &mut Ledger,
    ) -> Result<()> {
        let (mut before, mut after) = (place.take_known(manifest), Root::new());
        let root: Arc<str> = place.root.as_str().into();
        for found in source::walk(path) {
            let mut found = match found {
                Ok(found) => found,
                Err((file, rejection)) => {
                    // A path that cannot be walked at all is named as it was given.
                    let whole = file == readable(path.as_os_str().as_encoded_bytes());
                    let file = if whole { file } else { place.name(&file) };
                    ledger.reject_file(&file, &rejection)?;
                    if rejection.reason == SkipReason::Unreadable {
                        keep(&mut before, &mut after, if whole { "" } else { &file });
                    }
                    continue;
                }
            };
            found.file = place.name(&found.file);
            let known = before.remove(&found.file);
            match State::of(&found, known.as_ref(), reading) {
                Ok(State::Same) => {
                    self.unchanged += 1;
                    after.extend(known.map(|entry| (found.file, entry)));
                }
                Ok(State::Touched(entry)) => {
                    self.unchanged += 1;
                    // That its time can be trusted by now is noted with the next commit, and not worth one.
                    self.touched |= known.is_none_or(|known| {
                        known.changed.is_some() || known.modified != entry.modified
                    });
                    after.insert(found.file, entry);
                }
                Ok(State::New(entry)) => {
                    *(if known.is_some() {
                        &mut self.changed
                    } else {
                        &mut self.added
                    }) += 1;
                    let unfinished = FileEntry {
                        reading: reading.to_owned(),
                        ..FileEntry::unfinished(known.as_ref())
                    };
                    after.insert(found.file.clone(), unfinished);
                    let key = file_key(&root, &found.file);
                    self.changes.push(Change {
                        root: root.clone(),
                        key,
                        found,
                        entry,
                    });
                }
                Err(error) => {
                    ledger.reject_file(
                        &found.file,
                        &Rejection::new(SkipReason::Unreadable, error.to_string()),
                    )?;
                    after.extend(known.map(|entry| (found.file, entry)));
                }
            }
        }
        for (file, entry) in before {
            self.gone.push(file_key(&root, &file));
            self.gone_entries.push(entry);
        }
        manifest
            .roots
            .entry(place.root.clone())
            .or_default()
            .extend(after);
        Ok(())
    }
}

/// What cannot be looked at now is taken for what it was: the entries of `name`, and of all that lies in it.
fn keep(before: &mut Root, after: &mut Root, name: &str) {
    let below = |file: &str| {
        file.strip_prefix(name)
            .is_some_and(|rest| name.is_empty() || rest.is_empty() || rest.starts_with('/'))
    };
    let begins_so = before
        .range(name.to_owned()..)
        .map(|(file, _)| file)
        .take_while(|file| file.starts_with(name));
    let kept: Vec<String> = begins_so.filter(|file| below(file)).cloned().collect();
    after.extend(kept.iter().filter_map(|file| before.remove_entry(file)));
}

/// How a file compares with what is known of it.
pub(super) enum State {
    Same,
    /// Its time has changed, its bytes have not.
    Touched(FileEntry),
    New(FileEntry),
}

impl State {
    pub(super) fn of(found: &Found, known: Option<&FileEntry>, reading: &str) -> io::Result<Self> {
        let (modified, changed) = (found.modified.map(nanoseconds), trusted(found.changed));
        // Who says nothing about the reading is content with how it was read.
        let known = known.filter(|known| reading.is_empty() || known.reading == reading);
        let is_timed = known.is_some_and(|known| {
            modified.is_some() && (known.size, known.modified) == (found.size, modified)
        });
        if let Some(known) = known
            && is_timed
            && known.changed == changed
            && (changed.is_some() || found.changed.is_none())
        {
            return Ok(State::Same);
        }
        let mut hasher = blake3::Hasher::new();
        hasher.update_reader(File::open(&found.path)?)?;
        let hash = hasher.finalize().to_hex().to_string();
        Ok(match known {
            // Nothing better is known than before: it is not worth a commit.
            Some(known) if known.hash == hash && is_timed && changed.is_none() => State::Same,
            Some(known) if known.hash == hash => State::Touched(FileEntry {
                modified,
                changed,
                size: found.size,
                ..known.clone()
            }),
            _ => State::New(FileEntry {
                size: found.size,
                modified,
                changed,
                hash,
                reading: reading.to_owned(),
                ..FileEntry::default()
            }),
        })
    }
}

/// For so long after a change another one may have the same time: clocks of file systems tick slowly.
const TICK: i128 = 2_000_000_000;

/// The time of a file's last change, when it is long enough ago to tell it from the next one.
fn trusted(changed: Option<i128>) -> Option<i64> {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).ok()?;
    let now = i128::try_from(now.as_nanos()).ok()?;
    let changed = changed.filter(|changed| now - changed > TICK)?;
    i64::try_from(changed).ok()
}

fn nanoseconds(time: SystemTime) -> i64 {
    let signed = |nanos: u128| i64::try_from(nanos).unwrap_or(i64::MAX);
    match time.duration_since(UNIX_EPOCH) {
        Ok(after) => signed(after.as_nanos()),
        Err(before) => -signed(before.duration().as_nanos()),
    }
}
