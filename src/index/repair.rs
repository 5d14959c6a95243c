//! Mends a damaged index: what is damaged is cut out, and only the files that it came from are read again.
//!
//! The cut is a commit of its own: one rename leaves an index that is whole again, with less in it, and a manifest that
//! calls the files unfinished which have lost articles. What these still give is counted before, while all is there that can be
//! saved. From there it is an indexing run like any other, and one that is
//! killed is taken up. Where what all hangs on is lost (the manifest, the dictionary, the commit itself), the index is
//! built anew beside the old one.

use std::collections::BTreeMap;
use std::path::Path;

use tantivy::Directory;

use super::check::{Damage, Findings, Health, examine};
use super::copy::{is_of_segment, names_in};
use super::disk::Disk;
use super::holder::Held;
use super::loss::Loss;
use super::manifest::{self, FileEntry, Manifest, Payload, file_key};
use super::rebuild::{self, Known};
use super::store;
use super::sync::SyncOptions;
use super::sync::again::{Again, Files, as_before, locate};
use super::{MANAGED, META, damaged, open_index_on, swap};
use crate::error::{Error, Result};
use crate::intake::{Ledger, Progress};

/// What a repair has found and done.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Repair {
    /// What was wrong.
    pub found: Health,
    /// How many files were read again.
    pub files: u64,
    /// Everything was read again.
    pub rebuilt: bool,
    /// How many articles are lost for good at most, because their files are gone, or damaged themselves.
    pub lost: u64,
}

/// Checks the index in `dir`, and builds what is damaged anew from its files.
///
/// # Errors
/// [`Error::NoIndex`], [`Error::OtherVersion`], [`Error::Locked`]; [`Error::Loss`] when articles would be lost for good
/// without `yes`, [`Error::Damaged`] when it is not known what was indexed.
pub fn repair(
    dir: &Path,
    options: &SyncOptions,
    ledger: &mut Ledger,
    progress: &mut dyn Progress,
) -> Result<Repair> {
    swap::complete(dir);
    // A lock is a file: it must not come into a folder of others.
    if !dir.join(META).exists() && Known::of(dir).is_none() {
        return Err(Error::NoIndex(dir.to_owned()));
    }
    let held = Held::take(dir)?;
    let mut findings = examine(dir);
    let mut repair = Repair::default();
    if matches!(&findings, Ok(findings) if findings.list) {
        list_files(&options.disk, dir)?;
        repair.found.damage = findings?.health.damage;
        findings = examine(dir);
    }
    match findings {
        Ok(findings) if findings.hangs_on_nothing() => {
            repair.rebuilt = true;
            repair.add(&findings.health);
            start_anew(dir, held, options, ledger, progress)?;
        }
        Ok(findings) => {
            repair.add(&findings.health);
            let mut plan = Mending::of(&findings);
            plan.try_out(&findings, options, progress)?;
            plan.loss.refuse(options.yes)?;
            (repair.files, repair.lost) = (plan.count(), plan.loss.articles);
            if plan.is_empty() {
                return Ok(repair);
            }
            plan.cut(dir, &options.disk, &findings)?;
            drop(held);
            plan.read(dir, options, ledger, progress)?;
        }
        Err(Error::Damaged { .. } | Error::NoIndex(_)) if Known::of(dir).is_some() => {
            repair.rebuilt = true;
            start_anew(dir, held, options, ledger, progress)?;
        }
        Err(error) => return Err(error),
    }
    Ok(repair)
}

impl Repair {
    fn add(&mut self, health: &Health) {
        self.found.files = health.files;
        self.found.articles = health.articles;
        self.found.unfinished = health.unfinished;
        self.found.damage.extend(health.damage.iter().cloned());
    }
}

impl Findings {
    /// Whether what the rest hangs on is lost.
    fn hangs_on_nothing(&self) -> bool {
        self.dictionary || (self.payload.is_some() && self.manifest.is_none())
    }
}

/// Reads everything again, beside the old index.
fn start_anew(
    dir: &Path,
    held: Held,
    options: &SyncOptions,
    ledger: &mut Ledger,
    progress: &mut dyn Progress,
) -> Result<()> {
    let Some(known) = Known::of(dir) else {
        return Err(Error::Invalid {
            what: "repair".into(),
            why: "the index does not tell any more what was indexed: remove its folder and index the files again".into(),
        });
    };
    let all = known.articles();
    rebuild::build(dir, held, &known, &[], all, options, ledger, progress)?;
    Ok(())
}

/// Lists the files of the engine anew, when its own list is torn.
fn list_files(disk: &Disk, dir: &Path) -> Result<()> {
    let listed = || {
        let mut names = names_in(dir)?;
        names.retain(|name| name == META || is_of_segment(name));
        let list = serde_json::to_vec(&names)?;
        disk.put(&dir.join(MANAGED), |file| {
            std::io::Write::write_all(file, &list)
        })
    };
    listed().map_err(|error| Error::Write {
        path: dir.join(MANAGED),
        error,
    })
}

/// What must be done.
#[derive(Default)]
struct Mending {
    /// The files to be read again, by the options that they were read with.
    again: BTreeMap<String, Again>,
    /// The files that cannot be read again, by their roots, with their entries.
    gone: Files,
    /// What they have lost, and those that are damaged themselves.
    loss: Loss,
    /// The keys of files whose articles must be removed.
    removed: Vec<String>,
    /// Segments must be cut out, or entries changed.
    torn: bool,
}

impl Mending {
    fn of(findings: &Findings) -> Self {
        let Some(manifest) = &findings.manifest else {
            return Mending::default();
        };
        let wounded = wounded(findings, manifest);
        let mut gone = wounded.clone();
        let mut again: BTreeMap<String, Again> = BTreeMap::new();
        for (root, found) in locate(&mut gone) {
            for found in found {
                let entry = &manifest.roots[&root][&found.file];
                let files = &mut again.entry(entry.reading.clone()).or_default().files;
                files.entry(root.clone()).or_default().push(found);
            }
        }
        let mut mending = Mending {
            torn: !findings.torn.is_empty() || !wounded.is_empty(),
            removed: findings.removed(),
            again,
            ..Mending::default()
        };
        for (root, file) in each(&gone) {
            let kept = findings.kept(&file_key(root, file));
            let articles = manifest.roots[root][file].articles;
            mending.loss.add(file, articles.saturating_sub(kept));
        }
        mending.gone = gone;
        mending
    }

    fn is_empty(&self) -> bool {
        !self.torn && self.removed.is_empty()
    }

    /// How many files will be read.
    fn count(&self) -> u64 {
        let files = self.again.values().flat_map(|again| again.files.values());
        files.map(|files| files.len() as u64).sum()
    }

    /// Counts what the files that are to be read again do not give any more, because they are damaged themselves. One that has
    /// fewer articles and nothing wrong with it has been changed.
    fn try_out(
        &mut self,
        findings: &Findings,
        options: &SyncOptions,
        progress: &mut dyn Progress,
    ) -> Result<()> {
        let manifest = findings.manifest.as_ref();
        let entry_of =
            |root: &str, file: &str| manifest.and_then(|it| it.roots.get(root)?.get(file));
        for (reading, again) in &self.again {
            let read = as_before(&options.read, reading)?;
            for (root, file, given) in again.try_out(&read, progress)? {
                // Where the reading breaks off, what the index can still read of the file stays. Which of that the file gives
                // too is not known here: it may be less that is lost, and never more.
                let kept = if given.breaks_off {
                    findings.kept(&file_key(root, file))
                } else {
                    0
                };
                if let Some(known) = entry_of(root, file).filter(|_| given.is_damaged) {
                    let left = given.articles.max(kept);
                    self.loss.add(file, known.articles.saturating_sub(left));
                }
            }
        }
        Ok(())
    }

    /// Commits the index without what is damaged, and with a manifest that knows what is missing.
    fn cut(&self, dir: &Path, disk: &Disk, findings: &Findings) -> Result<()> {
        let (index, _) = open_index_on(disk, dir)?;
        let mut metas = index.load_metas().map_err(|error| damaged(dir, error))?;
        metas
            .segments
            .retain(|segment| !findings.torn.contains(&segment.id().uuid_string()));
        metas.opstamp += 1;
        let mut manifest = findings.manifest.clone().unwrap_or_default();
        manifest.unsettled = true;
        self.mark(&mut manifest, findings);
        let mut written = || -> std::io::Result<()> {
            let name = manifest::write(disk, dir, &manifest, metas.opstamp)?;
            let payload = Payload::new(name.clone(), &manifest, store::checksum(dir)?);
            metas.payload = Some(serde_json::to_string(&payload)?);
            let directory = index.directory();
            directory.atomic_write(Path::new(META), &serde_json::to_vec_pretty(&metas)?)?;
            directory.sync_directory()?;
            manifest::remove_others(disk, dir, &name)
        };
        written().map_err(|error| Error::Write {
            path: dir.to_owned(),
            error,
        })
    }

    /// Calls every file unfinished that has lost something. One that is gone keeps what can still be read of it.
    fn mark(&self, manifest: &mut Manifest, findings: &Findings) {
        for again in self.again.values() {
            for (root, files) in &again.files {
                for found in files {
                    let entries = manifest.roots.entry(root.clone()).or_default();
                    let entry = FileEntry::unfinished(entries.get(&found.file));
                    entries.insert(found.file.clone(), entry);
                }
            }
        }
        for (root, file) in each(&self.gone) {
            let kept = findings.kept(&file_key(root, file));
            let entries = manifest.roots.entry(root.to_owned()).or_default();
            let mut entry = FileEntry::unfinished(entries.get(file));
            entry.articles = kept;
            if entry.articles > 0 {
                entries.insert(file.to_owned(), entry);
            } else {
                entries.remove(file);
            }
        }
    }

    /// Reads again what has lost articles.
    fn read(
        mut self,
        dir: &Path,
        options: &SyncOptions,
        ledger: &mut Ledger,
        progress: &mut dyn Progress,
    ) -> Result<()> {
        let first = self.again.entry(String::new()).or_default();
        first.gone = self.removed;
        for (reading, again) in self.again {
            let options = SyncOptions {
                read: as_before(&options.read, &reading)?,
                ..options.clone()
            };
            again.carry_out(dir, &options, ledger, progress)?;
        }
        Ok(())
    }
}

/// The files that have lost articles, or were not read to their end.
fn wounded(findings: &Findings, manifest: &Manifest) -> Files {
    let mut wounded = Files::new();
    for damage in &findings.health.damage {
        if let Damage::Count { root, file, .. } = damage {
            let names = wounded.entry(root.clone()).or_default();
            names.insert(file.clone());
        }
    }
    for (root, files) in &manifest.roots {
        for (file, entry) in files {
            if entry.is_unfinished() || findings.unreadable.contains(&file_key(root, file)) {
                let names = wounded.entry(root.clone()).or_default();
                names.insert(file.clone());
            }
        }
    }
    wounded
}

fn each(files: &Files) -> impl Iterator<Item = (&str, &str)> {
    files.iter().flat_map(|(root, names)| {
        let names = names.iter();
        names.map(move |file| (root.as_str(), file.as_str()))
    })
}
