//! What came in since the last commit, until it is settled: packed articles in a file, so that memory does not grow with it.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tantivy::DocAddress;

use super::record::Identity;
use crate::index::disk::{Disk, NewFile, UNFINISHED};

/// The name of the file in the folder of the index; it means nothing to the next run.
const NAME: &str = "batch";

/// The records since the last commit.
pub(crate) struct Batch {
    disk: Disk,
    path: PathBuf,
    file: Option<NewFile>,
    reader: Option<File>,
    end: u64,
    records: HashMap<i64, Vec<Spooled>>,
    /// The keys of the files that have been removed.
    pub(crate) removed: HashSet<String>,
    /// The documents of the last commit that have been removed one by one.
    pub(crate) gone: HashSet<DocAddress>,
    /// The items of which a record came in or went that is not alone: their standings must be settled.
    pub(crate) contested: BTreeSet<i64>,
    /// The key of the file that comes in: shared by its records.
    key: Arc<str>,
}

/// A record of the batch: where its packed article lies.
#[derive(Debug, Clone)]
pub(crate) struct Spooled {
    pub(crate) identity: Identity,
    pub(crate) key: Arc<str>,
    /// Where it begins in the file: no other record does there.
    pub(super) start: u64,
    len: usize,
}

impl Batch {
    /// An empty batch of the index in `dir`.
    pub(crate) fn new(disk: &Disk, dir: &Path) -> Self {
        Batch {
            disk: disk.clone(),
            path: dir.join(format!("{NAME}{UNFINISHED}")),
            file: None,
            reader: None,
            end: 0,
            records: HashMap::new(),
            removed: HashSet::new(),
            gone: HashSet::new(),
            contested: BTreeSet::new(),
            key: "".into(),
        }
    }

    /// Keeps a record.
    pub(crate) fn push(&mut self, identity: Identity, key: &str, packed: &[u8]) -> io::Result<()> {
        if *self.key != *key {
            self.key = key.into();
        }
        self.file()?.write_all(packed)?;
        let spooled = Spooled {
            identity,
            key: Arc::clone(&self.key),
            start: self.end,
            len: packed.len(),
        };
        self.end += packed.len() as u64;
        if let Some(other) = identity.withdraws {
            self.keep(other, spooled.clone());
        }
        self.keep(identity.item, spooled);
        Ok(())
    }

    fn keep(&mut self, item: i64, spooled: Spooled) {
        let records = self.records.entry(item).or_default();
        // Nearly all items have one.
        if records.is_empty() {
            records.reserve_exact(1);
        }
        records.push(spooled);
    }

    fn file(&mut self) -> io::Result<&mut NewFile> {
        if self.file.is_none() {
            self.file = Some(self.disk.create(&self.path)?);
        }
        Ok(self.file.as_mut().expect("it has just been opened"))
    }

    /// The records of an item, and those that take it back.
    pub(crate) fn of(&self, item: i64) -> &[Spooled] {
        self.records.get(&item).map_or(&[], Vec::as_slice)
    }

    /// The packed article of a record.
    pub(crate) fn read(&mut self, spooled: &Spooled) -> io::Result<Vec<u8>> {
        if self.reader.is_none() {
            self.reader = Some(File::open(&self.path)?);
        }
        let file = self.reader.as_mut().expect("it has just been opened");
        file.seek(SeekFrom::Start(spooled.start))?;
        let mut packed = vec![0; spooled.len];
        file.read_exact(&mut packed)?;
        Ok(packed)
    }

    /// Forgets everything, once it is committed.
    pub(crate) fn clear(&mut self) {
        self.records.clear();
        self.removed.clear();
        self.gone.clear();
        self.contested.clear();
        // Opened anew, it is empty.
        (self.end, self.file, self.reader) = (0, None, None);
    }
}

impl Drop for Batch {
    fn drop(&mut self) {
        // It has not been there if nothing came in; what is left is removed by the next writer.
        let _ = self.disk.remove(&self.path);
    }
}
