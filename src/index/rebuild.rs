//! An index is built anew beside the old one, which answers until the new one takes its place: for a new layout, or when
//! what the index knows of its files is lost.
//!
//! What was indexed is read from the old manifest, whatever version wrote it; see [`Known`]. The exchange is in `swap`.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::holder::Held;
use super::kept::{self, For};
use super::loss::Loss;
use super::manifest::{self, Manifest};
use super::swap::{self, Beside};
use super::sync::again::{Again, as_before, locate};
use super::sync::{SyncOptions, SyncReport, sync};
use super::writer::Writer;
use super::{META, holds_index, open_index, schema};
use crate::error::{Error, Result};
use crate::intake::{Ledger, Progress, absolute};
use crate::source::{self, SkipReason};

/// Builds the index in `dir` anew from the files below `roots`, or from those that it was built from before when none is
/// given. Until that is done the old one can be searched; then the new one takes its place. A rebuild that is cut off is
/// taken up by the next one.
///
/// # Errors
/// [`Error::NoIndex`] when there is none and no root is given, [`Error::Invalid`] when the roots are not known, [`Error::Loss`] when the
/// new index has less than two thirds of the records of the old one, or what files gave that are damaged now, without `yes`; [`Error::Locked`], [`Error::Read`] for
/// a root that does not exist.
pub fn rebuild(
    dir: &Path,
    roots: &[PathBuf],
    options: &SyncOptions,
    ledger: &mut Ledger,
    progress: &mut dyn Progress,
) -> Result<SyncReport> {
    swap::complete(dir);
    if Known::of(dir).is_none() {
        let nothing_yet = !holds_index(dir) || matches!(open_index(dir), Ok((_, None)));
        return match (nothing_yet, roots.is_empty()) {
            (true, true) => Err(Error::NoIndex(dir.to_owned())),
            (true, false) => sync(dir, roots, options, ledger, progress),
            (false, _) => Err(Error::NotAnIndex(dir.to_owned())),
        };
    }
    let held = Held::take(dir)?;
    // Under the lock: now it stays so.
    let known = Known::of(dir).unwrap_or_default();
    let fewest = known.articles - known.articles / 3;
    build(dir, held, &known, roots, fewest, options, ledger, progress)
}

/// Builds beside `dir`, whose lock is held, and puts the new index in its place when it has at least `fewest` records.
#[expect(
    clippy::too_many_arguments,
    reason = "what sync takes, and what is known"
)]
pub(super) fn build(
    dir: &Path,
    held: Held,
    known: &Known,
    roots: &[PathBuf],
    fewest: u64,
    options: &SyncOptions,
    ledger: &mut Ledger,
    progress: &mut dyn Progress,
) -> Result<SyncReport> {
    let roots = known.or_given(roots)?;
    swap::sweep(&options.disk, dir).map_err(|error| Error::Write {
        path: dir.to_owned(),
        error,
    })?;
    let new = Beside::Rebuild.of(dir);
    let mark = format!("{} {roots:?}", schema::fingerprint());
    swap::prepare(&options.disk, &new, &mark)?;
    known.hand_on_homes(&new, &roots, options)?;
    if options.read.fingerprint().is_empty() {
        known.read_as_before(&new, options, ledger, progress)?;
    }
    let report = sync(&new, &roots, options, ledger, progress)?;
    if progress.wants_end() {
        return Err(Error::Invalid {
            what: "rebuild".into(),
            why: "it was broken off; the next one goes on there".into(),
        });
    }
    let made_of = Known::of(&new).unwrap_or_default();
    let records = made_of.articles;
    if records < fewest && !options.yes {
        let why = format!(
            "only {records} articles were found, and the index has {}",
            known.articles
        );
        return Err(Error::Loss(why));
    }
    known.lost_to(&made_of, &roots).refuse(options.yes)?;
    let made = Held::take(&new)?;
    kept::carry_over(&options.disk, dir, &new, For::Other)?;
    swap::put(&options.disk, made, dir, Some(held))?;
    Ok(report)
}

/// What an index of any version, perhaps a damaged one, tells of what it was made from.
#[derive(Default)]
pub(super) struct Known {
    homes: BTreeMap<String, String>,
    /// The roots, and the files of each that were read with options of their own.
    roots: BTreeMap<String, BTreeMap<String, String>>,
    /// How many articles it has, copies and versions counted too.
    articles: u64,
    /// What it has of each file, by the path: the same below any root.
    files: BTreeMap<PathBuf, Of>,
}

/// What an index has of a file.
#[derive(Debug, Clone, Copy)]
struct Of {
    articles: u64,
    /// Some of the file is no article, or could not be read.
    is_damaged: bool,
}

/// What every manifest has had, and every payload.
#[derive(Deserialize)]
struct AnyManifest {
    #[serde(default)]
    roots: BTreeMap<String, BTreeMap<String, AnyEntry>>,
    #[serde(default)]
    homes: BTreeMap<String, String>,
}

#[derive(Deserialize)]
struct AnyEntry {
    #[serde(default)]
    articles: u64,
    #[serde(default)]
    reading: String,
    #[serde(default)]
    rejected: u64,
    #[serde(default)]
    hash: String,
}

#[derive(Default, Deserialize)]
struct AnyPayload {
    #[serde(default)]
    manifest: String,
    #[serde(default)]
    homes: BTreeMap<String, String>,
}

#[derive(Deserialize)]
struct AnyMeta {
    segments: Vec<AnySegment>,
    payload: Option<String>,
}

#[derive(Deserialize)]
struct AnySegment {
    max_doc: u64,
    deletes: Option<AnyDeletes>,
}

#[derive(Deserialize)]
struct AnyDeletes {
    num_deleted_docs: u64,
}

impl Known {
    /// What the index in `dir` tells; none when it is no index of ours, or cannot tell anything.
    pub(super) fn of(dir: &Path) -> Option<Self> {
        let meta = fs::read(dir.join(META)).ok();
        let meta: Option<AnyMeta> = meta.and_then(|text| serde_json::from_slice(&text).ok());
        let payload: Option<AnyPayload> = meta
            .as_ref()
            .and_then(|meta| serde_json::from_str(meta.payload.as_ref()?).ok());
        // An index of another program is none of ours.
        if meta.is_some() && payload.is_none() {
            return None;
        }
        let payload = payload.unwrap_or_default();
        if let Some(manifest) = read_any(&dir.join(&payload.manifest)) {
            return Some(Known::told_by(manifest));
        }
        if !payload.homes.is_empty() {
            let articles = meta.iter().flat_map(|meta| &meta.segments).map(|segment| {
                let deleted = segment.deletes.as_ref().map_or(0, |it| it.num_deleted_docs);
                segment.max_doc.saturating_sub(deleted)
            });
            let roots = payload.homes.keys().cloned();
            return Some(Known {
                articles: articles.sum(),
                roots: roots.map(|root| (root, BTreeMap::new())).collect(),
                homes: payload.homes,
                files: BTreeMap::new(),
            });
        }
        // A torn commit: any manifest that can be read names the roots.
        let names = fs::read_dir(dir).ok()?.flatten().map(|it| it.file_name());
        let names: BTreeSet<_> = names
            .filter(|name| name.to_str().is_some_and(manifest::is_manifest))
            .collect();
        let mut newest_first = names.into_iter().rev();
        newest_first
            .find_map(|name| read_any(&dir.join(name)))
            .map(Known::told_by)
    }

    fn told_by(manifest: AnyManifest) -> Self {
        let entries = manifest.roots.values().flat_map(BTreeMap::values);
        let articles = entries.map(|entry| entry.articles).sum();
        let mut files = BTreeMap::new();
        for (root, entries) in &manifest.roots {
            let path_of = paths_below(Path::new(root));
            files.extend(entries.iter().map(|(file, entry)| {
                let of = Of {
                    articles: entry.articles,
                    is_damaged: entry.rejected > 0 || entry.hash.is_empty(),
                };
                (path_of(file), of)
            }));
        }
        Known {
            articles,
            files,
            homes: manifest.homes,
            roots: manifest
                .roots
                .into_iter()
                .map(|(root, files)| {
                    let own = files
                        .into_iter()
                        .filter(|(_, entry)| !entry.reading.is_empty());
                    (
                        root,
                        own.map(|(file, entry)| (file, entry.reading)).collect(),
                    )
                })
                .collect(),
        }
    }

    /// How many articles the index has.
    pub(super) fn articles(&self) -> u64 {
        self.articles
    }

    /// What this index has of files below `roots` that are damaged now or cannot be read, and that `new`, which was made of
    /// them, has not. A file that is gone, or has fewer articles and nothing wrong with it, has been changed by somebody.
    fn lost_to(&self, new: &Known, roots: &[PathBuf]) -> Loss {
        let mut loss = Loss::default();
        // Most often none is missing, and nothing need be looked at.
        let mut closed: Option<Vec<PathBuf>> = None;
        for (path, before) in self.files.iter().filter(|(_, it)| it.articles > 0) {
            let now = new.files.get(path).copied().unwrap_or_else(|| {
                let closed = closed.get_or_insert_with(|| new.closed_below(roots));
                Of {
                    articles: 0,
                    is_damaged: closed.iter().any(|closed| path.starts_with(closed)),
                }
            });
            if now.is_damaged {
                let name = path.display().to_string();
                loss.add(&name, before.articles.saturating_sub(now.articles));
            }
        }
        loss
    }

    /// The files and folders below `roots` that are there, and that this index was made without: they could not be opened.
    fn closed_below(&self, roots: &[PathBuf]) -> Vec<PathBuf> {
        let mut closed = Vec::new();
        for root in roots {
            let path_of = paths_below(root);
            for found in source::walk(root) {
                let path = match found {
                    Ok(found) => path_of(&found.file),
                    Err((file, rejection)) if rejection.reason == SkipReason::Unreadable => {
                        root.join(file)
                    }
                    Err(_) => continue,
                };
                if !self.files.contains_key(&path) {
                    closed.push(path);
                }
            }
        }
        closed
    }

    /// The roots that are given, or those that are known.
    fn or_given(&self, given: &[PathBuf]) -> Result<Vec<PathBuf>> {
        if !given.is_empty() {
            return given.iter().map(|root| absolute(root)).collect();
        }
        if self.roots.is_empty() {
            return Err(Error::Invalid {
                what: "rebuild".into(),
                why: "it is not known what was indexed; name the files and folders".into(),
            });
        }
        let roots: Vec<PathBuf> = self.roots.keys().map(PathBuf::from).collect();
        // Before a long work, and not after it.
        for root in &roots {
            absolute(root)?;
        }
        Ok(roots)
    }

    /// Lets the new index call its roots as the old one did: the ids of articles without one are made of that.
    fn hand_on_homes(&self, new: &Path, roots: &[PathBuf], options: &SyncOptions) -> Result<()> {
        let mut writer = Writer::open_on(&options.disk, new, options.resources)?;
        if writer.manifest == Manifest::default() {
            let homes = self.homes.iter();
            writer.manifest.homes = homes
                .filter(|(root, _)| roots.iter().any(|kept| kept == Path::new(root)))
                .map(|(root, home)| (root.clone(), home.clone()))
                .collect();
            writer.commit()?;
        }
        writer.finish()
    }

    /// Reads the files first that were read with options of their own, each as it was.
    fn read_as_before(
        &self,
        new: &Path,
        options: &SyncOptions,
        ledger: &mut Ledger,
        progress: &mut dyn Progress,
    ) -> Result<()> {
        let mut readings: BTreeMap<&str, BTreeMap<String, BTreeSet<String>>> = BTreeMap::new();
        for (root, files) in &self.roots {
            for (file, reading) in files {
                let files = readings.entry(reading).or_default();
                let names = files.entry(root.clone()).or_default();
                names.insert(file.clone());
            }
        }
        for (reading, mut files) in readings {
            let options = SyncOptions {
                read: as_before(&options.read, reading)?,
                ..options.clone()
            };
            let again = Again {
                files: locate(&mut files),
                ..Again::default()
            };
            again.carry_out(new, &options, ledger, progress)?;
        }
        Ok(())
    }
}

/// The paths of files below a root, which may be the file itself.
fn paths_below(root: &Path) -> impl Fn(&str) -> PathBuf {
    let is_file = root.is_file();
    move |file| {
        if is_file {
            root.to_owned()
        } else {
            root.join(file)
        }
    }
}

/// A manifest of any version.
fn read_any(path: &Path) -> Option<AnyManifest> {
    let mut text = Vec::new();
    let file = fs::File::open(path).ok()?;
    zstd::Decoder::new(file).ok()?.read_to_end(&mut text).ok()?;
    serde_json::from_slice(&text).ok()
}
