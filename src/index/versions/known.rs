//! The items that the archive has: whether a record is the first of its item, a new version or a copy.
//!
//! What the last commit has is looked up in the index, item by item; what has come and gone since is counted here. So the
//! memory for it is bounded by what one commit brings, however large the archive is.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::Arc;

use tantivy::{DocAddress, Searcher, Term};

use super::record::Identity;
use crate::error::Result;
use crate::index::Archive;

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

/// How many records there are of the items that were asked for since the last commit.
pub(crate) struct Known {
    /// What the last commit has.
    archive: Archive,
    searcher: Searcher,
    items: HashMap<i64, Item>,
    /// The file that comes in: shared by its records.
    file: Arc<str>,
}

/// What there is of an item.
#[derive(Default)]
struct Item {
    contents: Vec<Copies>,
    /// How many notices take it back.
    notices: u32,
}

/// The records that say the same.
struct Copies {
    content: i64,
    count: u32,
    first: First,
}

/// Where one of them is, while it is known.
enum First {
    /// In the last commit.
    Committed(DocAddress),
    /// It came in since, from this file.
    New(Arc<str>),
    /// It may have gone.
    Lost,
}

impl Item {
    fn add(&mut self, content: i64, first: First) {
        if let Some(copies) = self.contents.iter_mut().find(|it| it.content == content) {
            copies.count += 1;
            return;
        }
        // Nearly all items have one.
        if self.contents.is_empty() {
            self.contents.reserve_exact(1);
        }
        self.contents.push(Copies {
            content,
            count: 1,
            first,
        });
    }

    fn is_contested(&self) -> bool {
        !self.contents.is_empty() || self.notices > 0
    }
}

impl Known {
    /// What the last commit has, which `archive` sees.
    pub(crate) fn of(archive: Archive) -> Self {
        Known {
            searcher: archive.searcher(),
            archive,
            items: HashMap::new(),
            file: "".into(),
        }
    }

    /// What there is of an item; looked up when it is first asked for, before anything of it comes or goes.
    fn item(&mut self, number: i64) -> Result<&mut Item> {
        match self.items.entry(number) {
            Entry::Occupied(there) => Ok(there.into_mut()),
            Entry::Vacant(free) => {
                let fields = self.archive.fields();
                let mut item = Item::default();
                let term = Term::from_field_i64(fields.item, number);
                for (at, identity) in self.archive.identities_with(&self.searcher, &term)? {
                    item.add(identity.content, First::Committed(at));
                }
                let term = Term::from_field_i64(fields.withdraws, number);
                let notices = self.archive.identities_with(&self.searcher, &term)?;
                item.notices = u32::try_from(notices.len()).unwrap_or(u32::MAX);
                Ok(free.insert(item))
            }
        }
    }

    /// Takes a record of a file; what it is to those that are known.
    pub(crate) fn arrive(&mut self, identity: &Identity, file: &str) -> Result<Arrival> {
        if *self.file != *file {
            self.file = file.into();
        }
        let file = Arc::clone(&self.file);
        let (archive, searcher) = (self.archive.clone(), self.searcher.clone());
        let item = self.item(identity.item)?;
        let same = item
            .contents
            .iter()
            .find(|it| it.content == identity.content);
        let arrival = match same.map(|copies| &copies.first) {
            Some(First::Committed(at)) => {
                Arrival::Duplicate(Some(archive.article_at(&searcher, *at)?.file))
            }
            Some(First::New(file)) => Arrival::Duplicate(Some(file.to_string())),
            Some(First::Lost) => Arrival::Duplicate(None),
            None if item.contents.is_empty() => Arrival::New,
            None => Arrival::Version,
        };
        item.add(identity.content, First::New(file));
        if let Some(other) = identity.withdraws {
            self.item(other)?.notices += 1;
        }
        Ok(arrival)
    }

    /// Forgets a record.
    pub(crate) fn remove(&mut self, identity: &Identity) -> Result<()> {
        let item = self.item(identity.item)?;
        if let Some(copies) = item
            .contents
            .iter_mut()
            .find(|it| it.content == identity.content)
        {
            copies.count -= 1;
            copies.first = First::Lost;
        }
        item.contents.retain(|copies| copies.count > 0);
        if let Some(other) = identity.withdraws {
            let item = self.item(other)?;
            item.notices = item.notices.saturating_sub(1);
        }
        Ok(())
    }

    /// The items whose standing depends on a record, where others decide it too.
    pub(crate) fn contested_by(&mut self, identity: &Identity) -> Result<Vec<i64>> {
        let mut contested = Vec::new();
        if self.item(identity.item)?.is_contested() {
            contested.push(identity.item);
        }
        if let Some(other) = identity.withdraws
            && !self.item(other)?.contents.is_empty()
        {
            contested.push(other);
        }
        Ok(contested)
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
