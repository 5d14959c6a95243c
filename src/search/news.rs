//! What a request finds among documents that nobody has looked at yet: for those who search again after every commit.
//!
//! A segment never changes but for deletions, so it need be looked at once only. What becomes visible in it later is what an
//! embargo has held back; every other change of standing is a new document.

use std::collections::BTreeSet;

use tantivy::{DocAddress, Searcher, Term};

use super::bits::Bits;
use super::plan::Segment;
use super::rank::Ranked;
use super::request::{Request, Sort};
use super::response::{Hit, QueryEcho};
use super::run::Search;
use super::spans::TooMany;
use super::vocabulary::Vocabulary;
use super::{cursor::Position, sight};
use crate::error::Result;
use crate::index::Archive;
use crate::index::versions::{Columns, documents_with, item_of_id, said};

/// The documents that are to be looked at, segment by segment; none of a segment where there is nothing.
pub(crate) struct Among(Vec<Option<Bits>>);

impl Among {
    /// No document: only the request is read.
    pub(crate) fn nothing() -> Self {
        Among(Vec::new())
    }

    /// Whether there is nothing to look at.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.iter().all(Option::is_none)
    }
}

/// An article that was found, by the numbers under which it is known.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Found {
    /// The story that it is a version of.
    pub(crate) item: i64,
    /// The story, and what this version of it says.
    pub(crate) said: i64,
    /// The first day and the second of its date: undated ones are the last.
    pub(crate) order: (i64, i64),
    address: DocAddress,
}

/// What a request finds, the oldest first.
pub(crate) struct News<'a> {
    search: Search<'a>,
    pub(crate) found: Vec<Found>,
}

impl News<'_> {
    /// The query, as it was understood.
    pub(crate) fn echo(&self) -> &QueryEcho {
        &self.search.echo
    }

    /// An article that was found, with its matches; `rank` is its place among those that are given together.
    pub(crate) fn hit(&self, rank: u64, found: &Found) -> Result<Hit> {
        let columns = self.search.facts.columns(&self.search.searcher)?;
        let ranked = Ranked {
            position: Position {
                key: [0; 4],
                id: String::new(),
            },
            score: 0.0,
            version: columns.standing(found.address).version,
            address: found.address,
        };
        // One vocabulary a hit: a few words of it are wanted.
        self.search.hit(rank, &ranked, &mut Vocabulary::default())
    }
}

impl Archive {
    /// The names of the segments of the commit that is seen.
    pub(crate) fn segments(&self) -> BTreeSet<String> {
        let searcher = self.searcher();
        let segments = searcher.segment_readers().iter();
        segments
            .map(|segment| segment.segment_id().uuid_string())
            .collect()
    }

    /// All documents.
    pub(crate) fn everything(&self) -> Among {
        let searcher = self.searcher();
        let segments = searcher.segment_readers().iter();
        Among(
            segments
                .map(|segment| Some(Bits::all(segment.max_doc())))
                .collect(),
        )
    }

    /// The documents of all segments but those that are `known`, and what of these was embargoed until a second after `since`
    /// and is not at the second `now`.
    pub(crate) fn unknown(&self, known: &BTreeSet<String>, since: i64, now: i64) -> Result<Among> {
        let searcher = self.searcher();
        let segments = searcher.segment_readers().iter();
        let segments = segments.map(|segment| {
            if !known.contains(&segment.segment_id().uuid_string()) {
                return Ok(Some(Bits::all(segment.max_doc())));
            }
            let released = sight::released(segment, since, now)?;
            Ok(released.filter(|bits| bits.count() > 0))
        });
        segments.collect::<Result<_>>().map(Among)
    }

    /// What a request finds among these documents.
    ///
    /// # Errors
    /// As [`Archive::search`].
    pub(crate) fn news(&self, request: &Request, among: &Among) -> Result<News<'_>> {
        let request = Request {
            // Nothing is to be scored.
            sort: Some(Sort::Oldest),
            ..request.clone()
        };
        let search = Search::new(self, &request)?;
        let mut found = Vec::new();
        if !among.is_empty() {
            let columns = search.facts.columns(&search.searcher)?;
            for (ord, wanted) in (0..).zip(&among.0) {
                if let Some(wanted) = wanted {
                    search.collect(ord, wanted, columns, &mut found)?;
                }
            }
        }
        found.sort_unstable_by_key(|one| (one.order, one.said));
        Ok(News { search, found })
    }

    /// Which of these stories share what their source calls them with another story: an export that counts its rows has an
    /// article `1`, and so has the next one.
    pub(crate) fn shared_ids(&self, items: &BTreeSet<i64>) -> Result<BTreeSet<i64>> {
        let searcher = self.searcher();
        let facts = self.facts(&searcher)?;
        let columns = facts.columns(&searcher)?;
        let mut shared = BTreeSet::new();
        for &item in items {
            let (mut plain, mut other) = (false, false);
            let term = Term::from_field_i64(self.fields().item, item);
            for address in documents_with(&searcher, &term)? {
                if columns.standing(address).is_duplicate() {
                    continue;
                }
                // The later story is called by its file and record.
                let is_plain = item_of_id(&id_at(&searcher, address)?) == item;
                plain |= is_plain;
                other |= !is_plain;
            }
            if plain && other {
                shared.insert(item);
            }
        }
        Ok(shared)
    }
}

fn id_at(searcher: &Searcher, at: DocAddress) -> Result<String> {
    let mut id = String::new();
    let columns = searcher.segment_reader(at.segment_ord).fast_fields();
    let ids = columns.str("id")?.expect("every article has an id");
    if let Some(ord) = ids.term_ords(at.doc_id).next() {
        ids.ord_to_str(ord, &mut id)?;
    }
    Ok(id)
}

impl Search<'_> {
    /// Adds what matches in a segment among the documents that are wanted.
    fn collect(
        &self,
        ord: u32,
        wanted: &Bits,
        columns: &Columns,
        found: &mut Vec<Found>,
    ) -> Result<()> {
        let reader = self.searcher.segment_reader(ord);
        let lowered = &self.lowered;
        let mut segment = Segment::new(reader, lowered.lists, self.deadline);
        let mut matches = segment.matches(&lowered.plan, lowered.sight)?;
        self.deadline.check()?;
        if lowered.stop.is_stopped() {
            return Err(TooMany.into());
        }
        matches.and(wanted);
        if matches.count() == 0 {
            return Ok(());
        }
        let dates = reader.fast_fields();
        let (day, second) = (dates.i64("first_day")?, dates.i64("second")?);
        for doc in matches.iter() {
            let address = DocAddress::new(ord, doc);
            let identity = columns.identity(address);
            let of = |column: &tantivy::columnar::Column<i64>| column.first(doc);
            found.push(Found {
                item: identity.item,
                said: said(&identity),
                order: (
                    of(&day).unwrap_or(i64::MAX),
                    of(&second).unwrap_or(i64::MAX),
                ),
                address,
            });
        }
        Ok(())
    }
}
