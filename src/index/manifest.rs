//! What the index knows of the files its articles came from. Committed with the articles, atomically.
//!
//! The commit's payload (in tantivy's `meta.json`, which is replaced by one rename) names a manifest file that was
//! written and synced before. Manifests that no commit names are left-overs, and are removed.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::disk::Disk;
use super::schema;
use crate::intake::KnownFeet;
use crate::text::date::order::OrderEvidence;

/// What a commit says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Payload {
    /// The layout: see [`schema::fingerprint`].
    pub format: String,
    /// The name of the manifest file, in the folder of the index.
    pub manifest: String,
    /// When the commit was made.
    pub committed: DateTime<Utc>,
    /// What the manifest says of the roots ([`Manifest::homes`]), for the day that it cannot be read.
    #[serde(default)]
    pub homes: BTreeMap<String, String>,
    /// The checksum of the dictionary that articles are packed with, when there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dictionary: Option<String>,
}

impl Payload {
    /// The payload of a commit made now, of the manifest that was written to the file `name`.
    pub fn new(name: String, manifest: &Manifest, dictionary: Option<String>) -> Self {
        Payload {
            format: schema::fingerprint(),
            manifest: name,
            committed: Utc::now(),
            homes: manifest.homes.clone(),
            dictionary,
        }
    }
}

/// Every file whose articles are in the index, and what was learned from them.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    /// The folders (or single files) that were indexed, by their absolute paths; none lies in another.
    pub roots: BTreeMap<String, Root>,
    /// What the ids that are made of file names begin with, by root: empty for the first. See [`crate::intake::home_of`].
    #[serde(default)]
    pub homes: BTreeMap<String, String>,
    /// A repair has cut records out: what the others are to each other must be settled again.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub unsettled: bool,
    /// What is known of the order of day and month in numeric dates, by source.
    #[serde(default)]
    pub date_orders: BTreeMap<String, OrderEvidence>,
    /// The paragraphs that sources put under their articles, which are no part of these.
    #[serde(default)]
    pub feet: KnownFeet,
}

/// The files of a root, by their names relative to it.
pub type Root = BTreeMap<String, FileEntry>;

/// What is known of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileEntry {
    /// Its size in bytes.
    pub size: u64,
    /// When it was last changed: nanoseconds since 1970, where the system tells.
    pub modified: Option<i64>,
    /// When its bytes, its name or its times were last changed: the same, as far as that can be trusted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub changed: Option<i64>,
    /// The BLAKE3 hash of its bytes.
    pub hash: String,
    /// How many of its records are in the index, copies and versions of articles of other files counted too.
    pub articles: u64,
    /// How many of its records were rejected, the file itself counted as one if it was.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub rejected: u64,
    /// How the user said that it is read ([`crate::intake::ReadOptions::fingerprint`]); empty when nothing was said.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reading: String,
}

impl FileEntry {
    /// Whether it was not read to its end, or must be read again for another reason: the next run does so.
    pub fn is_unfinished(&self) -> bool {
        self.hash.is_empty()
    }

    /// The entry of a file that is about to be read, of which this is known. While the manifest holds it the file is not
    /// known to be in the index, nor out of it: a next run reads it again, or removes it when it has gone meanwhile.
    pub(super) fn unfinished(known: Option<&FileEntry>) -> FileEntry {
        FileEntry {
            articles: known.map_or(0, |entry| entry.articles),
            reading: known.map_or_else(String::new, |entry| entry.reading.clone()),
            ..FileEntry::default()
        }
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes references")]
fn is_zero(number: &u64) -> bool {
    *number == 0
}

/// The term under which a file's articles are found: short, and unique over all roots.
pub fn file_key(root: &str, file: &str) -> String {
    blake3::hash(format!("{root}\0{file}").as_bytes()).to_hex()[..32].to_owned()
}

/// Reads the manifest file with this name.
pub fn read(dir: &Path, name: &str) -> io::Result<Manifest> {
    let mut text = Vec::new();
    zstd::Decoder::new(File::open(dir.join(name))?)?.read_to_end(&mut text)?;
    Ok(serde_json::from_slice(&text)?)
}

/// Writes `manifest` under a name that no earlier one has, synced to the disk, and gives the name.
pub fn write(disk: &Disk, dir: &Path, manifest: &Manifest, stamp: u64) -> io::Result<String> {
    let name = format!("{PREFIX}{stamp:020}{SUFFIX}");
    disk.put(&dir.join(&name), |file| {
        let mut encoder = zstd::Encoder::new(file, 3)?;
        encoder.include_checksum(true)?;
        serde_json::to_writer(&mut encoder, manifest)?;
        encoder.finish().map(drop)
    })?;
    Ok(name)
}

/// Removes every manifest but the one with this name, which a commit names now.
pub fn remove_others(disk: &Disk, dir: &Path, keep: &str) -> io::Result<()> {
    // Not before that commit's `meta.json` is safe under its name: the one it replaced needs the older manifest.
    disk.sync_folder(dir)?;
    for entry in fs::read_dir(dir)? {
        let entry = entry?;
        let name = entry.file_name();
        if name
            .to_str()
            .is_some_and(|name| is_manifest(name) && name != keep)
        {
            disk.remove(&entry.path())?;
        }
    }
    Ok(())
}

/// Whether a file of this name is a manifest.
pub(super) fn is_manifest(name: &str) -> bool {
    name.starts_with(PREFIX)
}

const PREFIX: &str = "manifest-";
const SUFFIX: &str = ".json.zst";
