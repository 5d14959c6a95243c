//! What the index has of a file that is read again, record by record: what is the same stays as it is, what is another text
//! of the same item changes in one step, and the rest goes when the file is known to have come in whole.
//!
//! So a run can commit amid a long file, and one that is cut off is taken up where it was: what it had committed is the same
//! when it is read once more, and costs no more than the reading.

use std::collections::HashMap;

use tantivy::{DocAddress, Searcher, Term};

use super::Archive;
use super::versions::record::{Identity, has_id};
use super::versions::{Arrival, documents_with};
use super::writer::{Writer, json};
use crate::article::Article;
use crate::error::Result;

/// The records of a file in the index that its reading has not come to yet.
#[derive(Default)]
pub(super) struct Earlier {
    /// In the order of their prints.
    records: Vec<Record>,
    /// The numbers of the same in the order of their items, and of their places.
    by_item: Vec<u32>,
    by_place: Vec<u32>,
    members: Members,
    /// How many records were found to be as they are.
    same: u64,
}

/// A record of the index.
#[derive(Debug, Clone)]
struct Record {
    /// A hash of all that came in.
    print: u128,
    identity: Identity,
    place: Place,
    /// Its id is made of its place.
    is_nameless: bool,
    /// Nothing has been found yet that it is, or that takes its place.
    is_open: bool,
}

/// The number of a member, and of a record in it.
type Place = (u32, u32);

/// The members of the file, and how far each has been read.
#[derive(Default)]
struct Members {
    numbers: HashMap<String, u32>,
    last: Vec<u32>,
}

impl Members {
    fn number(&mut self, file: &str) -> u32 {
        if let Some(number) = self.numbers.get(file) {
            return *number;
        }
        let number = u32::try_from(self.last.len()).unwrap_or(u32::MAX);
        self.numbers.insert(file.to_owned(), number);
        self.last.push(0);
        number
    }
}

/// What a record that comes in is to those that there are.
enum Match {
    /// The index has it.
    Same,
    /// It takes the place of these.
    InPlaceOf(Vec<Record>),
}

impl Earlier {
    /// What the last commit has of the file with this key.
    pub(super) fn of(archive: &Archive, key: &str) -> Result<Self> {
        let searcher = archive.searcher();
        let mut earlier = Earlier::default();
        let term = Term::from_field_text(archive.fields().file, key);
        for (at, identity) in archive.identities_with(&searcher, &term)? {
            let article = as_it_came(archive.article_at(&searcher, at)?);
            earlier.records.push(Record {
                print: print(&article)?,
                identity,
                place: (earlier.members.number(&article.file), article.record),
                is_nameless: !has_id(&article),
                is_open: true,
            });
        }
        let records = &mut earlier.records;
        records.sort_by_key(|record| (record.print, record.place));
        let numbers = || (0..).take(records.len());
        let of = |number: &u32| &records[*number as usize];
        earlier.by_item = numbers().collect();
        earlier.by_place = numbers().collect();
        earlier
            .by_item
            .sort_by_key(|n| (of(n).identity.item, of(n).place));
        earlier.by_place.sort_by_key(|n| of(n).place);
        Ok(earlier)
    }

    /// How many records that came in again were in the index just so.
    pub(super) fn same(&self) -> u64 {
        self.same
    }

    /// What a record is to those that there are; they are not open any more then.
    fn take(&mut self, article: &Article, identity: &Identity) -> Result<Match> {
        let place = (self.members.number(&article.file), article.record);
        let last = &mut self.members.last[place.0 as usize];
        *last = place.1.max(*last);
        if self.records.is_empty() {
            return Ok(Match::InPlaceOf(Vec::new()));
        }
        let print = print(article)?;
        let from = self.records.partition_point(|record| record.print < print);
        let same = self.records[from..]
            .iter_mut()
            .take_while(|record| record.print == print)
            // A text that its file repeats is counted: another number is another item.
            .find(|record| record.is_open && record.identity.item == identity.item);
        if let Some(same) = same {
            same.is_open = false;
            self.same += 1;
            return Ok(Match::Same);
        }
        let mut replaced = Vec::new();
        replaced.extend(self.of_item(identity, place).map(|it| self.close(it)));
        if !has_id(article) {
            // Two texts cannot have the id that is made of one place.
            while let Some(number) = self.nameless_at(place) {
                replaced.push(self.close(number));
            }
        }
        Ok(Match::InPlaceOf(replaced))
    }

    /// The open record of an item that says the same elsewhere, or that stood at this place, or that is the first.
    fn of_item(&self, identity: &Identity, place: Place) -> Option<usize> {
        let of = |number: &u32| &self.records[*number as usize];
        let from = self
            .by_item
            .partition_point(|n| of(n).identity.item < identity.item);
        let open = self.by_item[from..]
            .iter()
            .take_while(|n| of(n).identity.item == identity.item)
            .filter(|n| of(n).is_open);
        let best = open.min_by_key(|n| {
            let record = of(n);
            (
                record.identity.content != identity.content,
                record.place != place,
            )
        });
        best.map(|number| *number as usize)
    }

    /// An open record that has its id of this place.
    fn nameless_at(&self, place: Place) -> Option<usize> {
        let of = |number: &u32| &self.records[*number as usize];
        let from = self.by_place.partition_point(|n| of(n).place < place);
        let mut there = self.by_place[from..]
            .iter()
            .take_while(|n| of(n).place == place);
        let nameless = there.find(|n| of(n).is_open && of(n).is_nameless);
        nameless.map(|number| *number as usize)
    }

    fn close(&mut self, number: usize) -> Record {
        let record = &mut self.records[number];
        record.is_open = false;
        record.clone()
    }
}

/// An article as its file gave it: the id of another story is the one that its own source gave it.
fn as_it_came(mut article: Article) -> Article {
    if let Some(id) = article.source_id.take() {
        article.id = id;
    }
    article
}

fn print(article: &Article) -> Result<u128> {
    let hash = blake3::hash(&json(article)?);
    let (first, _) = hash.as_bytes().split_first_chunk().expect("32 bytes");
    Ok(u128::from_le_bytes(*first))
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
        match earlier.take(&article, &identity)? {
            Match::Same => {
                let known = self.known()?;
                known.remove(&identity)?;
                known.arrive(&identity, &article.file)
            }
            Match::InPlaceOf(replaced) => {
                for record in &replaced {
                    self.remove_record(file_key, record)?;
                }
                self.insert(article, file_key, identity)
            }
        }
    }

    /// The reading of a file has ended: removes what it has not come to, unless `is_kept` says of the member, and of whether
    /// the record stands behind all that was read of it, that it stays. How much stays.
    pub(super) fn remove_rest(
        &mut self,
        file_key: &str,
        earlier: &Earlier,
        is_kept: &dyn Fn(&str, bool) -> bool,
    ) -> Result<u64> {
        let mut kept = 0;
        let mut names = vec![""; earlier.members.last.len()];
        for (name, number) in &earlier.members.numbers {
            names[*number as usize] = name;
        }
        for record in &earlier.records {
            let (member, number) = record.place;
            let is_behind = number > earlier.members.last[member as usize];
            if !record.is_open {
                continue;
            }
            if is_kept(names[member as usize], is_behind) {
                kept += 1;
            } else {
                self.remove_record(file_key, record)?;
            }
        }
        Ok(kept)
    }

    /// Removes a record that the last commit has.
    fn remove_record(&mut self, file_key: &str, record: &Record) -> Result<()> {
        let known = self.known()?;
        known.remove(&record.identity)?;
        let contested = known.contested_by(&record.identity)?;
        let archive = self.archive()?;
        let searcher = archive.searcher();
        let item = Term::from_field_i64(self.fields.item, record.identity.item);
        let found = documents_with(&searcher, &item)?;
        let is_alone = found.len() == 1;
        for at in found {
            if is_alone || record.is_at(&archive, &searcher, at, file_key)? {
                self.batch.gone.insert(at);
            }
        }
        if contested.is_empty() && !self.batch.contested.contains(&record.identity.item) {
            self.tantivy.delete_term(item);
        }
        self.batch.contested.extend(contested);
        self.count_change();
        Ok(())
    }
}

impl Record {
    /// Whether it is the document there.
    fn is_at(
        &self,
        archive: &Archive,
        searcher: &Searcher,
        at: DocAddress,
        file_key: &str,
    ) -> Result<bool> {
        // Its place does not tell: what has taken that may have been committed meanwhile.
        let (_, key) = archive.identity_at(searcher, at)?;
        Ok(key == file_key && print(&as_it_came(archive.article_at(searcher, at)?))? == self.print)
    }
}
