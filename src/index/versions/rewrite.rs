//! Gives the documents of contested items their standing. A document cannot be changed: those of an item are taken out and
//! put back, within the commit that brings what changed them.

use std::collections::{BTreeSet, HashSet};

use tantivy::{DocAddress, Searcher, Term};

use super::batch::Spooled;
use super::columns::documents_with;
use super::record::Facts;
use super::settle::{Settled, settle};
use crate::article::Article;
use crate::error::Result;
use crate::index::Archive;
use crate::index::manifest::file_key;
use crate::index::writer::Writer;

/// A record of a contested item.
struct Record {
    facts: Facts,
    place: Place,
    /// How it is indexed now; none when it is not.
    before: Option<Settled>,
}

/// What decides the standing of some items.
#[derive(Default)]
struct Gathered {
    items: BTreeSet<i64>,
    records: Vec<Record>,
    /// Documents of theirs have been removed one by one.
    has_gone: bool,
}

/// Where the article of a record is stored.
#[derive(Clone)]
enum Place {
    /// In the index, committed.
    Index(DocAddress),
    /// In the batch.
    Batch(Spooled),
}

impl Place {
    /// What no other place has.
    fn number(&self) -> std::result::Result<DocAddress, u64> {
        match self {
            Place::Index(at) => Ok(*at),
            Place::Batch(spooled) => Err(spooled.start),
        }
    }
}

impl Writer {
    /// Settles every item that what came in or went since the last commit has a part in.
    pub(in crate::index) fn settle(&mut self) -> Result<()> {
        let mut contested = std::mem::take(&mut self.batch.contested);
        if contested.is_empty() {
            return Ok(());
        }
        let archive = self.archive()?;
        let searcher = archive.searcher();
        while let Some(item) = contested.pop_first() {
            let gathered = self.gather(item, &archive, &searcher)?;
            for item in &gathered.items {
                contested.remove(item);
            }
            self.rewrite(&gathered, &archive, &searcher)?;
        }
        Ok(())
    }

    /// The records of an item and of those that it shares notices with.
    fn gather(&mut self, item: i64, archive: &Archive, searcher: &Searcher) -> Result<Gathered> {
        let mut open = vec![item];
        let mut gathered = Gathered {
            items: BTreeSet::from([item]),
            ..Gathered::default()
        };
        // What takes back an item is found by both.
        let mut seen = HashSet::new();
        while let Some(item) = open.pop() {
            let mut places = Vec::new();
            for term in self.terms_of(item) {
                places.extend(
                    documents_with(searcher, &term)?
                        .into_iter()
                        .map(Place::Index),
                );
            }
            places.extend(self.batch.of(item).iter().cloned().map(Place::Batch));
            for place in places {
                if !seen.insert(place.number()) {
                    continue;
                }
                if matches!(&place, Place::Index(at) if self.batch.gone.contains(at)) {
                    gathered.has_gone = true;
                    continue;
                }
                let Some(record) = self.record(place, archive, searcher)? else {
                    continue;
                };
                let identity = record.facts.identity;
                for other in [Some(identity.item), identity.withdraws]
                    .into_iter()
                    .flatten()
                {
                    if gathered.items.insert(other) {
                        open.push(other);
                    }
                }
                gathered.records.push(record);
            }
        }
        Ok(gathered)
    }

    /// What has this item, and what takes it back.
    fn terms_of(&self, item: i64) -> [Term; 2] {
        [
            Term::from_field_i64(self.fields.item, item),
            Term::from_field_i64(self.fields.withdraws, item),
        ]
    }

    /// The record that is stored there; none when its file has been removed since.
    fn record(
        &mut self,
        place: Place,
        archive: &Archive,
        searcher: &Searcher,
    ) -> Result<Option<Record>> {
        let (identity, key, before) = match &place {
            Place::Batch(spooled) => (spooled.identity, spooled.key.to_string(), None),
            Place::Index(address) => {
                let (identity, key) = archive.identity_at(searcher, *address)?;
                if self.batch.removed.contains(&key) {
                    return Ok(None);
                }
                (
                    identity,
                    key,
                    Some(archive.standing_at(searcher, *address)?),
                )
            }
        };
        let article = self.stored(&place, archive, searcher)?;
        let is_other_story = article.source_id.is_some();
        Ok(Some(Record {
            facts: Facts::of(&article, identity, &key),
            place,
            before: before.map(|standing| Settled {
                standing,
                is_other_story,
            }),
        }))
    }

    fn stored(&mut self, place: &Place, archive: &Archive, searcher: &Searcher) -> Result<Article> {
        match place {
            Place::Index(address) => archive.article_at(searcher, *address),
            Place::Batch(spooled) => {
                let packed = self.batch.read(spooled)?;
                self.unpack(&packed)
            }
        }
    }

    /// Puts all records of these items into the index with their standing, unless that is how they are there.
    fn rewrite(
        &mut self,
        gathered: &Gathered,
        archive: &Archive,
        searcher: &Searcher,
    ) -> Result<()> {
        let Gathered {
            items,
            records,
            has_gone,
        } = gathered;
        let mut settled = Vec::with_capacity(records.len());
        for item in items {
            let of = |record: &&Record| record.facts.identity.item == *item;
            let notices = |record: &&Record| record.facts.identity.withdraws == Some(*item);
            let own: Vec<&Record> = records.iter().filter(of).collect();
            let facts: Vec<&Facts> = own.iter().map(|record| &record.facts).collect();
            let notices: Vec<&Facts> = records
                .iter()
                .filter(notices)
                .map(|record| &record.facts)
                .collect();
            settled.extend(own.into_iter().zip(settle(&facts, &notices)));
        }
        let is_as_before = |(record, settled): &(&Record, Settled)| record.before == Some(*settled);
        if !has_gone && settled.iter().all(is_as_before) {
            return Ok(());
        }
        for item in items {
            for term in self.terms_of(*item) {
                self.tantivy.delete_term(term);
            }
        }
        for (record, settled) in settled {
            let mut article = self.stored(&record.place, archive, searcher)?;
            let (_, _, key) = &record.facts.origin;
            self.name(&mut article, key, settled.is_other_story);
            self.put(&article, key, &record.facts.identity, &settled.standing)?;
        }
        Ok(())
    }

    /// Gives an article the id under which it is found: its source's, unless that is another story's.
    fn name(&self, article: &mut Article, key: &str, is_other_story: bool) {
        match (article.source_id.take(), is_other_story) {
            (Some(id), false) => article.id = id,
            (Some(id), true) => article.source_id = Some(id),
            (None, false) => {}
            (None, true) => {
                let outer = article.file.split("!/").next().unwrap_or_default();
                let roots = &mut self.manifest.roots.keys();
                let root = roots.find(|root| file_key(root, outer) == key);
                let home = root.and_then(|root| self.manifest.homes.get(root));
                let home = home.map(String::as_str).unwrap_or_default();
                let own = format!("{home}{}#{}", article.file, article.record);
                article.source_id = Some(std::mem::replace(&mut article.id, own));
            }
        }
    }
}
