//! The files of the watches, in the folder of the index: plain JSON, and [`super::seen`].
//!
//! Who changes them holds the lock of the index. What is secret in them (headers, addresses, queries) only their owner can read.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use chrono::{DateTime, NaiveDate, Utc};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::watch::Watch;
use crate::error::{Error, Result};
use crate::index::disk::Disk;
use crate::index::kept::{LOOKED, WATCHES};

/// The definitions.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Watches {
    /// The number of the next one.
    pub(super) next: u32,
    /// In the order of their names.
    pub(super) watches: Vec<Watch>,
}

/// What has been looked at.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Looked {
    /// The segments.
    pub(super) segments: BTreeSet<String>,
    /// The second at which, since 1970-01-01 UTC.
    pub(super) second: i64,
    /// The day that queries were asked for.
    pub(super) day: NaiveDate,
    /// The numbers of watches that could not be asked: they have everything to look at.
    #[serde(default)]
    pub(super) behind: BTreeSet<u32>,
}

/// How the deliveries of a watch went.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// How many articles it has delivered.
    pub articles: u64,
    /// When it did so last.
    pub last: Option<DateTime<Utc>>,
    /// Why the last attempt failed, if it did.
    pub failure: Option<Failure>,
}

/// A delivery that could not be made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// Why.
    pub why: String,
    /// How often it was tried.
    pub attempts: u32,
    /// When it is tried again: at the first run after that.
    pub again: DateTime<Utc>,
}

/// The folder.
pub(super) struct Store {
    pub(super) disk: Disk,
    pub(super) folder: PathBuf,
}

impl Store {
    /// The store in the folder `dir` of an index.
    pub(super) fn of(disk: &Disk, dir: &Path) -> Self {
        Store {
            disk: disk.clone(),
            folder: dir.join(WATCHES),
        }
    }

    /// Makes the folder where there is none.
    pub(super) fn make(&self) -> Result<()> {
        if self.folder.is_dir() {
            return Ok(());
        }
        self.disk
            .create_folder(&self.folder)
            .and_then(|()| {
                self.disk
                    .sync_folder(self.folder.parent().unwrap_or(&self.folder))
            })
            .map_err(written(&self.folder))
    }

    /// The definitions; none where there is no watch.
    pub(super) fn watches(&self) -> Result<Watches> {
        Ok(self.read("watches.json")?.unwrap_or_default())
    }

    pub(super) fn put_watches(&self, watches: &Watches) -> Result<()> {
        self.put("watches.json", watches)
    }

    /// What has been looked at; none where all that there is counts as known.
    pub(super) fn looked(&self) -> Result<Option<Looked>> {
        self.read(LOOKED)
    }

    pub(super) fn put_looked(&self, looked: &Looked) -> Result<()> {
        self.put(LOOKED, looked)
    }

    /// How the deliveries went, by the numbers of the watches.
    pub(super) fn records(&self) -> Result<BTreeMap<u32, Record>> {
        Ok(self.read("deliveries.json")?.unwrap_or_default())
    }

    pub(super) fn put_records(&self, records: &BTreeMap<u32, Record>) -> Result<()> {
        self.put("deliveries.json", records)
    }

    /// The file of what has been found.
    pub(super) fn seen(&self) -> PathBuf {
        self.folder.join("seen")
    }

    /// Removes a file of the folder, if it is there.
    pub(super) fn forget(&self, name: &str) -> Result<()> {
        let path = self.folder.join(name);
        match self.disk.remove(&path) {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(written(&path)(error)),
            _ => Ok(()),
        }
    }

    fn read<T: DeserializeOwned>(&self, name: &str) -> Result<Option<T>> {
        let path = self.folder.join(name);
        let parsed = match fs::read(&path) {
            Ok(bytes) => serde_json::from_slice(&bytes).map_err(io::Error::from),
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => Err(error),
        };
        parsed
            .map(Some)
            .map_err(|error| Error::Read { path, error })
    }

    fn put(&self, name: &str, value: &impl Serialize) -> Result<()> {
        let path = self.folder.join(name);
        let put = serde_json::to_vec_pretty(value)
            .map_err(io::Error::from)
            .and_then(|text| self.disk.put_private(&path, |file| file.write_all(&text)));
        put.map_err(written(&path))
    }
}

/// What failed, and where.
pub(super) fn written(path: &Path) -> impl FnOnce(io::Error) -> Error {
    let path = path.to_owned();
    |error| Error::Write { path, error }
}

/// What failed, and where.
pub(super) fn unreadable(path: &Path) -> impl FnOnce(io::Error) -> Error {
    let path = path.to_owned();
    |error| Error::Read { path, error }
}
