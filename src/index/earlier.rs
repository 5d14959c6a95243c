//! What the index has of a file that is read again, record by record: what is the same stays as it is, what is another text
//! of the same item changes in one step, and the rest goes when the file is known to have come in whole.
//!
//! So a run can commit amid a long file, and one that is cut off is taken up where it was: what it had committed is the same
//! when it is read once more, and costs no more than the reading.

use std::collections::HashMap;

use tantivy::Term;

use super::Archive;
use super::versions::Arrival;
use super::versions::record::{Identity, has_id};
use super::writer::Writer;
use crate::article::Article;
use crate::error::Result;

/// Where an id names more records than this it is none, and which of them changes makes no difference.
const CHOICE: usize = 64;

/// The records of a file in the index that its reading has not come to yet.
#[derive(Default)]
pub(super) struct Earlier {
    /// In the order of their items and prints.
    records: Vec<Record>,
    /// Where they stand in the file; read when it is first asked for.
    places: Option<Places>,
    /// The last record that was read of each member.
    last: HashMap<String, u32>,
    /// How many records were found to be as they are.
    same: u64,
}

/// A record of the index.
#[derive(Debug, Clone)]
struct Record {
    identity: Identity,
    /// Nothing has been found yet that it is, or that takes its place.
    is_open: bool,
}

impl Record {
    fn order(&self) -> (i64, i64) {
        (self.identity.item, self.identity.print)
    }
}

/// Where records stand: their members and numbers.
#[derive(Default)]
struct Places {
    of: HashMap<usize, (String, u32)>,
    /// Those whose ids are made of their places.
    nameless: HashMap<(String, u32), usize>,
}

/// Whether a record stays that was not read again: one of this member, and whether it stands behind all that was read of that.
pub(super) type Keeps<'a> = dyn Fn(&str, bool) -> bool + 'a;

/// What a record that comes in is to those that there are.
enum Match {
    /// The index has it.
    Same,
    /// It takes the place of these.
    InPlaceOf(Vec<Identity>),
}

impl Earlier {
    /// What the last commit has of the file with this key.
    pub(super) fn of(archive: &Archive, key: &str) -> Result<Self> {
        let term = Term::from_field_text(archive.fields().file, key);
        let found = archive.identities_with(&archive.searcher(), &term)?;
        let mut records: Vec<Record> = found
            .into_iter()
            .map(|(_, identity)| Record {
                identity,
                is_open: true,
            })
            .collect();
        records.sort_by_key(Record::order);
        Ok(Earlier {
            records,
            ..Earlier::default()
        })
    }

    /// How many records that came in again were in the index just so.
    pub(super) fn same(&self) -> u64 {
        self.same
    }

    /// What a record is to those that there are; they are not open any more then.
    fn take(
        &mut self,
        article: &Article,
        identity: &Identity,
        archive: &Archive,
        key: &str,
    ) -> Result<Match> {
        match self.last.get_mut(&article.file) {
            Some(last) => *last = article.record.max(*last),
            None => drop(self.last.insert(article.file.clone(), article.record)),
        }
        if self.records.is_empty() {
            return Ok(Match::InPlaceOf(Vec::new()));
        }
        let order = (identity.item, identity.print);
        let from = self.records.partition_point(|it| it.order() < order);
        let mut same = self.records[from..]
            .iter_mut()
            .take_while(|it| it.order() == order);
        if let Some(same) = same.find(|it| it.is_open) {
            same.is_open = false;
            self.same += 1;
            return Ok(Match::Same);
        }
        let mut replaced: Vec<usize> = self.of_item(identity).into_iter().collect();
        // Two texts cannot have the id that is made of one place.
        if !has_id(article) {
            let place = (article.file.clone(), article.record);
            let there = self.places(archive, key)?.nameless.get(&place).copied();
            replaced.extend(there.filter(|it| self.records[*it].is_open && !replaced.contains(it)));
        }
        let replaced = replaced.into_iter().map(|number| {
            let record = &mut self.records[number];
            record.is_open = false;
            record.identity
        });
        Ok(Match::InPlaceOf(replaced.collect()))
    }

    /// The open record whose place another of its item takes: rather one that says the same elsewhere than another version.
    fn of_item(&self, identity: &Identity) -> Option<usize> {
        let item = |record: &Record| record.identity.item;
        let from = self
            .records
            .partition_point(|record| item(record) < identity.item);
        let of_item = (from..self.records.len())
            .take_while(|number| item(&self.records[*number]) == identity.item);
        let open = of_item
            .take(CHOICE)
            .filter(|number| self.records[*number].is_open);
        open.min_by_key(|number| self.records[*number].identity.content != identity.content)
    }

    /// Where those stand that are open.
    fn places(&mut self, archive: &Archive, key: &str) -> Result<&Places> {
        if self.places.is_none() {
            self.places = Some(self.read_places(archive, key)?);
        }
        Ok(self.places.as_ref().expect("they have just been read"))
    }

    fn read_places(&self, archive: &Archive, key: &str) -> Result<Places> {
        let mut places = Places::default();
        let searcher = archive.searcher();
        let term = Term::from_field_text(archive.fields().file, key);
        for (at, identity) in archive.identities_with(&searcher, &term)? {
            let order = (identity.item, identity.print);
            let found = self.records.binary_search_by_key(&order, Record::order);
            let Some(number) = found.ok().filter(|number| self.records[*number].is_open) else {
                continue;
            };
            let article = archive.article_at(&searcher, at)?;
            let place = (article.file.clone(), article.record);
            if article.source_id.is_none() && !has_id(&article) {
                places.nameless.insert(place.clone(), number);
            }
            places.of.insert(number, place);
        }
        Ok(places)
    }
}

impl Writer {
    /// What the last commit has of the file with this key.
    pub(super) fn earlier(&mut self, file_key: &str) -> Result<Earlier> {
        Earlier::of(&self.archive()?, file_key)
    }

    /// Takes an article of a file of which the index has `earlier`.
    pub(super) fn take_again(
        &mut self,
        mut article: Article,
        file_key: &str,
        earlier: &mut Earlier,
    ) -> Result<Arrival> {
        let identity = self.identity(&mut article, file_key)?;
        let archive = self.archive()?;
        match earlier.take(&article, &identity, &archive, file_key)? {
            Match::Same => {
                let known = self.known()?;
                known.remove(&identity)?;
                known.arrive(&identity, &article.file)
            }
            Match::InPlaceOf(replaced) => {
                for identity in &replaced {
                    self.remove_record(file_key, identity)?;
                }
                self.insert(article, file_key, identity)
            }
        }
    }

    /// The reading of a file has ended: removes what it has not come to and shall not be kept. How much stays.
    pub(super) fn remove_rest(
        &mut self,
        file_key: &str,
        mut earlier: Earlier,
        is_kept: Option<&Keeps<'_>>,
    ) -> Result<u64> {
        let mut kept = 0;
        if is_kept.is_some() {
            // What has changed since the file was begun may have been committed.
            earlier.places = None;
            earlier.places(&self.archive()?, file_key)?;
        }
        for (number, record) in earlier.records.iter().enumerate() {
            if !record.is_open {
                continue;
            }
            let place = earlier.places.as_ref().and_then(|it| it.of.get(&number));
            let stays = match (is_kept, place) {
                (Some(is_kept), Some((member, number))) => {
                    let last = earlier.last.get(member);
                    is_kept(member, last.is_none_or(|last| number > last))
                }
                _ => false,
            };
            if stays {
                kept += 1;
            } else {
                self.remove_record(file_key, &record.identity)?;
            }
        }
        Ok(kept)
    }

    /// Removes a record that the last commit has of the file with this key.
    fn remove_record(&mut self, file_key: &str, identity: &Identity) -> Result<()> {
        let known = self.known()?;
        known.remove(identity)?;
        let contested = known.contested_by(identity)?;
        let archive = self.archive()?;
        let searcher = archive.searcher();
        let item = Term::from_field_i64(self.fields.item, identity.item);
        for (at, there) in archive.identities_with(&searcher, &item)? {
            if there.print == identity.print && archive.identity_at(&searcher, at)?.1 == file_key {
                self.batch.gone.insert(at);
            }
        }
        if contested.is_empty() && !self.batch.contested.contains(&identity.item) {
            self.tantivy.delete_term(item);
        }
        self.batch.contested.extend(contested);
        self.count_change();
        Ok(())
    }
}
