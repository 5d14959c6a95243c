//! What is new to a watch: an article that it finds and has never found before. That is all, whatever became of the index
//! meanwhile; the rest is about not looking twice.
//!
//! An article is known by two numbers: its story, and what this version of it says. Another version of a story that was
//! found is not new, unless the story shares its id with another one.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fs;
use std::io;

use chrono::{NaiveDate, Utc};

use super::outbox::{self, Batch, Round, Waiting};
use super::seen::Seen;
use super::store::{Looked, Store, unreadable, written};
use super::watch::{Target, Watch};
use crate::error::{Error, Result};
use crate::index::Archive;
use crate::search::{Among, Found, Hit};

/// How many articles are delivered together at most.
const TOGETHER: usize = 1_000;

/// A watch that could not be asked.
pub(super) type Trouble = (String, Error);

/// An archive that watches look at, on a day.
pub(super) struct Look<'a> {
    pub(super) store: &'a Store,
    pub(super) archive: &'a Archive,
    pub(super) watches: &'a [Watch],
    pub(super) today: NaiveDate,
}

/// What watches have found, each with its place in the list.
type News = Vec<(usize, Vec<Found>)>;

impl Look<'_> {
    /// Looks at what is new in the archive, and puts what watches find there for the first time into a round; whether it did.
    /// Where nothing was ever looked at, all that there is counts as known.
    pub(super) fn at_what_is_new(&self, rounds: &[Round]) -> Result<(bool, Vec<Trouble>)> {
        let now = Utc::now().timestamp();
        let Some(looked) = self.store.looked()? else {
            let troubles = self.take_as_known()?;
            return Ok((false, troubles));
        };
        let new = self.archive.unknown(&looked.segments, looked.second, now)?;
        let everything = self.with_everything(&looked);
        if new.is_empty() && everything.is_empty() && rounds.is_empty() {
            return Ok((false, Vec::new()));
        }
        let mut seen = self.seen()?;
        self.note_waiting(rounds, &mut seen)?;
        let all = (!everything.is_empty()).then(|| self.archive.everything());
        let (news, mut troubles) = self.news(&seen, |watch| match &all {
            Some(all) if everything.contains(&watch.number) => all,
            _ => &new,
        })?;
        let mut found = Vec::new();
        if !news.is_empty() {
            let round = outbox::write(&self.store.disk, &self.store.folder, |put| {
                for (number, news) in &news {
                    let watch = &self.watches[*number];
                    if let Err(error) = self.fill(watch, news, put, &mut found)? {
                        troubles.push((watch.name.clone(), error));
                    }
                }
                Ok(())
            });
            round.map_err(written(&self.store.folder))?;
        }
        self.append(&mut seen, &found)?;
        self.store.put_looked(&self.looked(now, &troubles))?;
        Ok((!found.is_empty(), troubles))
    }

    /// Takes all that the watches find as found.
    pub(super) fn take_as_known(&self) -> Result<Vec<Trouble>> {
        let now = Utc::now().timestamp();
        let everything = self.archive.everything();
        let mut seen = self.seen()?;
        let (news, troubles) = self.news(&seen, |_| &everything)?;
        let found: Vec<_> = news
            .into_iter()
            .map(|(number, news)| (self.watches[number].number, numbers(&news)))
            .collect();
        self.append(&mut seen, &found)?;
        // One that cannot be asked has nothing that counts as known: it would be flooded on the day that it can be.
        self.store.put_looked(&self.looked(now, &[]))?;
        Ok(troubles)
    }

    /// Takes these articles as found by the first of the watches.
    pub(super) fn note_known(&self, found: &[Found]) -> Result<()> {
        self.append(
            &mut self.seen()?,
            &[(self.watches[0].number, numbers(found))],
        )
    }

    /// What a watch would find now.
    pub(super) fn preview(&self, watch: &Watch, each: &mut dyn FnMut(Hit)) -> Result<()> {
        let everything = self.archive.everything();
        let request = watch.request(self.today);
        let news = self.archive.news(&request, &everything)?;
        let seen = self.seen()?.of(watch.number);
        for (rank, found) in (1..).zip(&self.unseen(&news.found, &seen)?) {
            each(news.hit(rank, found)?);
        }
        Ok(())
    }

    /// What has been looked at now; who had trouble has all of it to look at again.
    fn looked(&self, second: i64, troubles: &[Trouble]) -> Looked {
        let named = |watch: &&Watch| troubles.iter().any(|(name, _)| *name == watch.name);
        Looked {
            segments: self.archive.segments(),
            second,
            day: self.today,
            behind: self
                .watches
                .iter()
                .filter(named)
                .map(|watch| watch.number)
                .collect(),
        }
    }

    /// The numbers of watches that must look at everything: they could not before, or ask for something else today.
    fn with_everything(&self, looked: &Looked) -> BTreeSet<u32> {
        let is_another_day = looked.day != self.today;
        let wanted = self.watches.iter().filter(|watch| {
            looked.behind.contains(&watch.number)
                || is_another_day && watch.differs_between(looked.day, self.today)
        });
        wanted.map(|watch| watch.number).collect()
    }

    fn seen(&self) -> Result<Seen> {
        let path = self.store.seen();
        Seen::read(&path).map_err(unreadable(&path))
    }

    fn append(&self, seen: &mut Seen, found: &[(u32, Vec<i64>)]) -> Result<()> {
        let path = self.store.seen();
        seen.append(&self.store.disk, &path, found)
            .map_err(written(&path))
    }

    /// Where a run was cut off between the two: what waits has been found.
    fn note_waiting(&self, rounds: &[Round], seen: &mut Seen) -> Result<()> {
        let mut waiting: BTreeMap<u32, Vec<i64>> = BTreeMap::new();
        for pending in rounds.iter().flat_map(|round| &round.pending) {
            waiting
                .entry(pending.watch)
                .or_default()
                .extend(&pending.known);
        }
        for (watch, numbers) in &mut waiting {
            let known = seen.of(*watch);
            numbers.retain(|number| !known.contains(number));
        }
        self.append(seen, &waiting.into_iter().collect::<Vec<_>>())
    }

    /// What each watch finds and has not found before.
    fn news<'b>(
        &self,
        seen: &Seen,
        among: impl Fn(&Watch) -> &'b Among,
    ) -> Result<(News, Vec<Trouble>)> {
        let (mut news, mut troubles) = (Vec::new(), Vec::new());
        for (number, watch) in self.watches.iter().enumerate() {
            match self.archive.news(&watch.request(self.today), among(watch)) {
                Ok(found) if found.found.is_empty() => {}
                Ok(found) => {
                    let unseen = self.unseen(&found.found, &seen.of(watch.number))?;
                    if !unseen.is_empty() {
                        news.push((number, unseen));
                    }
                }
                Err(error) => troubles.push((watch.name.clone(), error)),
            }
        }
        Ok((news, troubles))
    }

    /// Those of `found` that have not been seen.
    fn unseen(&self, found: &[Found], seen: &HashSet<i64>) -> Result<Vec<Found>> {
        let unsaid: Vec<&Found> = found
            .iter()
            .filter(|one| !seen.contains(&one.said))
            .collect();
        let mut once = HashSet::new();
        let doubtful = unsaid
            .iter()
            .filter(|one| seen.contains(&one.item) || !once.insert(one.item));
        let doubtful: BTreeSet<i64> = doubtful.map(|one| one.item).collect();
        let shared = self.archive.shared_ids(&doubtful)?;
        // The latest version first, where a query asks for all of them.
        let mut given = HashSet::new();
        let mut unseen: Vec<Found> = unsaid
            .into_iter()
            .rev()
            .filter(|one| {
                let is_shared = shared.contains(&one.item);
                let number = if is_shared { one.said } else { one.item };
                (is_shared || !seen.contains(&one.item)) && given.insert(number)
            })
            .copied()
            .collect();
        unseen.reverse();
        Ok(unseen)
    }

    /// Puts what a watch has found into a round, and its numbers into `found`.
    fn fill(
        &self,
        watch: &Watch,
        news: &[Found],
        put: &mut dyn FnMut(&Batch) -> io::Result<()>,
        found: &mut Vec<(u32, Vec<i64>)>,
    ) -> io::Result<Result<()>> {
        let reader = match self
            .archive
            .news(&watch.request(self.today), &Among::nothing())
        {
            Ok(reader) => reader,
            Err(error) => return Ok(Err(error)),
        };
        let behind = match &watch.to {
            Target::File { path, .. } => Some(fs::metadata(path).map_or(0, |known| known.len())),
            _ => None,
        };
        for together in news.chunks(TOGETHER) {
            let hits = (1..).zip(together).map(|(rank, one)| reader.hit(rank, one));
            let hits = match hits.collect::<Result<Vec<_>>>() {
                Ok(hits) => hits,
                Err(error) => return Ok(Err(error)),
            };
            let articles = together.iter().zip(hits);
            put(&Batch {
                delivery: delivery(watch, together),
                watch: watch.number,
                behind,
                articles: articles
                    .map(|(one, hit)| Waiting {
                        item: one.item,
                        said: one.said,
                        hit,
                    })
                    .collect(),
            })?;
            found.push((watch.number, numbers(together)));
        }
        Ok(Ok(()))
    }
}

fn numbers(found: &[Found]) -> Vec<i64> {
    found.iter().flat_map(|one| [one.item, one.said]).collect()
}

/// What a delivery is called: it follows from the watch and the articles, so no two are called the same.
fn delivery(watch: &Watch, articles: &[Found]) -> String {
    let mut hasher = blake3::Hasher::new();
    hasher.update(&watch.number.to_le_bytes());
    hasher.update(&watch.added.timestamp_micros().to_le_bytes());
    for article in articles {
        hasher.update(&article.said.to_le_bytes());
    }
    format!("{}-{}", watch.name, &hasher.finalize().to_hex()[..16])
}
