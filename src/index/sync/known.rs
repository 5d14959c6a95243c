//! The ids that the archive has: an article is added once, however many files bring it.

use std::collections::{HashMap, HashSet};

use crate::error::Result;
use crate::index::Archive;
use crate::index::manifest::{Manifest, file_key};

/// The ids of the archive, each with the file its article came from. Ids are kept as 128 bits of their hashes.
pub(super) struct KnownIds {
    ids: HashMap<u128, u32>,
    files: Vec<KnownFile>,
    numbers: HashMap<String, u32>,
}

/// A file that articles came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct KnownFile {
    /// Its key in the index.
    pub(super) key: String,
    /// Its name.
    pub(super) file: String,
}

fn hash(id: &str) -> u128 {
    let bytes = blake3::hash(id.as_bytes());
    u128::from_le_bytes(bytes.as_bytes()[..16].try_into().expect("sixteen bytes"))
}

impl KnownIds {
    /// The ids of `archive`, but for the files with the keys `without`: those are about to be read again.
    pub(super) fn of(archive: &Archive, manifest: &Manifest, without: HashSet<String>) -> Result<Self> {
        let mut known = KnownIds { ids: HashMap::new(), files: Vec::new(), numbers: HashMap::new() };
        for (root, files) in &manifest.roots {
            for file in files.keys() {
                known.number(&file_key(root, file), file);
            }
        }
        archive.ids_with_files(&mut |id, key| {
            if !without.contains(key)
                && let Some(number) = known.numbers.get(key)
            {
                known.ids.insert(hash(id), *number);
            }
        })?;
        Ok(known)
    }

    fn number(&mut self, key: &str, file: &str) -> u32 {
        if let Some(number) = self.numbers.get(key) {
            return *number;
        }
        let number = u32::try_from(self.files.len()).expect("fewer than four thousand million files");
        self.files.push(KnownFile { key: key.to_owned(), file: file.to_owned() });
        self.numbers.insert(key.to_owned(), number);
        number
    }

    /// Takes the id of an article of this file; when another article has it already, the file that one came from.
    pub(super) fn insert(&mut self, id: &str, key: &str, file: &str) -> Option<KnownFile> {
        let number = self.number(key, file);
        match self.ids.entry(hash(id)) {
            std::collections::hash_map::Entry::Occupied(taken) => Some(self.files[*taken.get() as usize].clone()),
            std::collections::hash_map::Entry::Vacant(free) => {
                free.insert(number);
                None
            }
        }
    }
}
