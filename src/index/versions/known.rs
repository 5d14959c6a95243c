//! The items that the archive has: whether a record is the first of its item, a new version or a copy.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::record::Identity;
use crate::error::Result;
use crate::index::Archive;
use crate::index::manifest::{Manifest, file_key};

/// What a record is to the archive when it comes in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Arrival {
    /// The first of its item.
    New,
    /// The archive has other records of its item: it may be a new version, or another story.
    Version,
    /// It says what another record of its item says; the file which that one came from, where it is known.
    Duplicate(Option<String>),
}

/// How many records the archive has of each item, and of each of its contents. About fifty bytes a record.
#[derive(Default)]
pub(crate) struct Known {
    items: HashMap<i64, u32>,
    contents: HashMap<i64, Copies>,
    /// How many notices take an item back.
    notices: HashMap<i64, u32>,
    files: Vec<String>,
    numbers: HashMap<String, u32>,
}

/// The records that say the same.
struct Copies {
    count: u32,
    /// The number of a file that one of them came from.
    file: u32,
}

impl Known {
    /// What `archive` has, whose files `manifest` names.
    pub(crate) fn of(archive: &Archive, manifest: &Manifest) -> Result<Self> {
        let mut known = Known::default();
        for (root, files) in &manifest.roots {
            for file in files.keys() {
                known.number(&file_key(root, file), file);
            }
        }
        archive.identities(&mut |identity, key| {
            let file = known.numbers.get(key).copied().unwrap_or(u32::MAX);
            known.insert(identity, file);
        })?;
        Ok(known)
    }

    fn number(&mut self, key: &str, file: &str) -> u32 {
        if let Some(number) = self.numbers.get(key) {
            return *number;
        }
        let number = u32::try_from(self.files.len()).unwrap_or(u32::MAX);
        self.files.push(file.to_owned());
        self.numbers.insert(key.to_owned(), number);
        number
    }

    fn insert(&mut self, identity: &Identity, file: u32) {
        *self.items.entry(identity.item).or_insert(0) += 1;
        let copies = self
            .contents
            .entry(said(identity))
            .or_insert(Copies { count: 0, file });
        copies.count += 1;
        if let Some(other) = identity.withdraws {
            *self.notices.entry(other).or_insert(0) += 1;
        }
    }

    /// Takes a record of the file with this key; what it is to those that are known.
    pub(crate) fn arrive(&mut self, identity: &Identity, key: &str, file: &str) -> Arrival {
        let arrival = match self.contents.get(&said(identity)) {
            Some(copies) => Arrival::Duplicate(self.files.get(copies.file as usize).cloned()),
            None if self.items.contains_key(&identity.item) => Arrival::Version,
            None => Arrival::New,
        };
        let number = self.number(key, file);
        self.insert(identity, number);
        arrival
    }

    /// Forgets a record.
    pub(crate) fn remove(&mut self, identity: &Identity) {
        if let Entry::Occupied(mut copies) = self.contents.entry(said(identity)) {
            copies.get_mut().count -= 1;
            // It may have been the one of this file.
            copies.get_mut().file = u32::MAX;
            if copies.get().count == 0 {
                copies.remove();
            }
        }
        count_down(&mut self.items, identity.item);
        if let Some(other) = identity.withdraws {
            count_down(&mut self.notices, other);
        }
    }

    /// The items whose standing depends on a record, where others decide it too.
    pub(crate) fn contested_by(&self, identity: &Identity) -> impl Iterator<Item = i64> + use<> {
        let own =
            self.items.contains_key(&identity.item) || self.notices.contains_key(&identity.item);
        let other = identity
            .withdraws
            .filter(|other| self.items.contains_key(other));
        own.then_some(identity.item).into_iter().chain(other)
    }
}

fn count_down(counts: &mut HashMap<i64, u32>, of: i64) {
    if let Entry::Occupied(mut count) = counts.entry(of) {
        *count.get_mut() -= 1;
        if *count.get() == 0 {
            count.remove();
        }
    }
}

/// A number for what a record says of its item.
pub(crate) fn said(identity: &Identity) -> i64 {
    identity.item.rotate_left(17) ^ identity.content
}

/// How often a file has said the same without an id. A file that repeats itself means it; one that repeats another is a copy.
#[derive(Default)]
pub(crate) struct Repeats {
    key: String,
    counts: HashMap<i64, u32>,
}

impl Repeats {
    /// How often the file with this key has given this item before. Files come one after the other.
    pub(crate) fn next(&mut self, key: &str, item: i64) -> u32 {
        if self.key != key {
            key.clone_into(&mut self.key);
            self.counts.clear();
        }
        let count = self.counts.entry(item).or_insert(0);
        *count += 1;
        *count - 1
    }
}
