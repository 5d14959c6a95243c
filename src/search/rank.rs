//! The hits in order: exact totals, a total order without ties, pages that neither skip nor repeat.
//!
//! Hits are compared by a [`Key`] of four numbers and then by id, so no two are equal: versions of one article by their number. Scores are summed in double precision,
//! in which sums of a few single ones are exact: an article has the same score on every page, in whatever order its words
//! were met. Nothing is pruned, so nothing can be missed; [`super::bits`] says why that is fast.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use tantivy::columnar::{Column, StrColumn, TermOrdHit};
use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::BlockSegmentPostings;
use tantivy::query::Bm25Weight;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, DocId, Searcher, SegmentReader};

use super::bits::Bits;
use super::cursor::Position;
use super::deadline::Deadline;
use super::lower::{Leaf, Lowered};
use super::plan::Segment;
use super::request::Sort;
use super::spans::TooMany;
use crate::error::Result;

/// Where a hit stands in the order: smaller is earlier.
pub(crate) type Key = [i64; 4];

/// A hit in its place.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Ranked {
    pub(crate) position: Position,
    pub(crate) score: f64,
    /// Its place among the versions of its item, where it has several.
    pub(crate) version: Option<u32>,
    pub(crate) address: DocAddress,
}

/// The best hits, and all that match.
pub(crate) struct Top {
    pub(crate) total: u64,
    pub(crate) hits: Vec<Ranked>,
    /// The matches, segment by segment.
    pub(crate) matches: Vec<Bits>,
}

/// The `limit` first hits that come after `after`.
pub(crate) fn top(
    searcher: &Searcher,
    lowered: &Lowered,
    sort: Sort,
    limit: usize,
    after: Option<&Position>,
    deadline: &Deadline,
) -> Result<Top> {
    let mut top = Top {
        total: 0,
        hits: Vec::new(),
        matches: Vec::new(),
    };
    let mut segments = Vec::new();
    for (ord, reader) in (0..).zip(searcher.segment_readers()) {
        deadline.check()?;
        let mut segment = Segment::new(reader, lowered.lists, *deadline);
        let matches = segment.matches(&lowered.plan, lowered.sight)?;
        deadline.check()?;
        if lowered.stop.is_stopped() {
            return Err(TooMany.into());
        }
        let count = matches.count();
        top.total += u64::from(count);
        if limit > 0 && count > 0 {
            let mut best = Best::new(reader, sort, limit, after)?;
            match sort {
                Sort::Relevance => offer_scored(&segment, lowered, &matches, &mut best, deadline)?,
                Sort::Newest => offer_newest(&matches, &mut best),
                Sort::Oldest => {
                    for (count, doc) in matches.iter().enumerate() {
                        deadline.check_at(count)?;
                        best.offer(doc, 0.0);
                    }
                }
            }
            segments.push((ord, best));
        }
        top.matches.push(matches);
    }
    if !segments.is_empty() {
        top.hits = first_of(&segments, limit)?;
    }
    Ok(top)
}

/// The index is in this order but for the time of the day, so all is found once an earlier day is reached.
fn offer_newest(matches: &Bits, best: &mut Best<'_>) {
    for doc in matches.iter() {
        let full = best.worst().map(|worst| worst.key[0]);
        if full.is_some_and(|worst| best.key(doc, 0.0)[0] > worst) {
            break;
        }
        best.offer(doc, 0.0);
    }
}

/// How many documents are scored together: their sums stay in the processor's cache.
const WINDOW: u32 = 8192;

fn offer_scored(
    segment: &Segment<'_>,
    lowered: &Lowered,
    matches: &Bits,
    best: &mut Best<'_>,
    deadline: &Deadline,
) -> Result<()> {
    let mut leaves = Vec::new();
    for leaf in &lowered.leaves {
        match leaf {
            Leaf::Term(term, weight) => {
                leaves
                    .extend(TermScores::open(segment.reader, term, weight)?.map(LeafScores::Term));
            }
            Leaf::List(list) => leaves.push(LeafScores::List(&segment.lists[*list])),
        }
    }
    let mut sums = vec![0.0_f64; WINDOW as usize];
    for start in (0..segment.reader.max_doc()).step_by(WINDOW as usize) {
        deadline.check()?;
        let end = start + WINDOW;
        if matches.iter_in(start..end).next().is_none() {
            continue;
        }
        for leaf in &mut leaves {
            leaf.add(start..end, matches, &mut sums);
        }
        for doc in matches.iter_in(start..end) {
            best.offer(doc, sums[(doc - start) as usize]);
        }
        sums.fill(0.0);
    }
    Ok(())
}

/// The scores of one leaf, window after window.
#[expect(
    clippy::large_enum_variant,
    reason = "a query has few leaves; a box would stand before every block of scores"
)]
enum LeafScores<'a> {
    Term(TermScores<'a>),
    List(&'a [(DocId, f32)]),
}

impl LeafScores<'_> {
    /// Adds the scores of the matches in a window to their sums.
    fn add(&mut self, window: std::ops::Range<DocId>, matches: &Bits, sums: &mut [f64]) {
        match self {
            LeafScores::Term(term) => term.add(window, matches, sums),
            LeafScores::List(list) => {
                let begin = list.partition_point(|(doc, _)| *doc < window.start);
                let (_, rest) = list.split_at(begin);
                let (inside, rest) =
                    rest.split_at(rest.partition_point(|(doc, _)| *doc < window.end));
                for &(doc, score) in inside {
                    sums[(doc - window.start) as usize] += f64::from(score);
                }
                *list = rest;
            }
        }
    }
}

struct TermScores<'a> {
    postings: BlockSegmentPostings,
    norms: FieldNormReader,
    weight: &'a Bm25Weight,
}

impl<'a> TermScores<'a> {
    fn open(
        reader: &SegmentReader,
        term: &tantivy::Term,
        weight: &'a Bm25Weight,
    ) -> Result<Option<Self>> {
        let inverted = reader.inverted_index(term.field())?;
        let Some(postings) = inverted.read_block_postings(term, IndexRecordOption::WithFreqs)?
        else {
            return Ok(None);
        };
        let norms = reader.get_fieldnorms_reader(term.field())?;
        Ok(Some(TermScores {
            postings,
            norms,
            weight,
        }))
    }

    fn add(&mut self, window: std::ops::Range<DocId>, matches: &Bits, sums: &mut [f64]) {
        let mut at = self.postings.seek(window.start);
        loop {
            let (docs, freqs) = (self.postings.docs(), self.postings.freqs());
            for (&doc, &freq) in docs.iter().zip(freqs).skip(at) {
                if doc >= window.end {
                    return;
                }
                if matches.contains(doc) {
                    let score = self.weight.score(self.norms.fieldnorm_id(doc), freq);
                    sums[(doc - window.start) as usize] += f64::from(score);
                }
            }
            if docs.is_empty() {
                return;
            }
            self.postings.advance();
            at = 0;
        }
    }
}

/// The best hits of one segment so far.
struct Best<'a> {
    sort: Sort,
    limit: usize,
    /// Only what comes after this counts; with the ordinal of the first id that is greater than its own.
    after: Option<(&'a Position, u64)>,
    first_day: Column<i64>,
    second: Column<i64>,
    versions: Column<i64>,
    ids: StrColumn,
    /// The worst of the best on top.
    heap: BinaryHeap<Candidate>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
struct Candidate {
    key: Key,
    /// Ordinals are in the order of the ids.
    id: u64,
    doc: DocId,
    score: f64,
}

impl Eq for Candidate {}

impl Ord for Candidate {
    fn cmp(&self, other: &Self) -> Ordering {
        (self.key, self.id).cmp(&(other.key, other.id))
    }
}

impl PartialOrd for Candidate {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<'a> Best<'a> {
    fn new(
        reader: &SegmentReader,
        sort: Sort,
        limit: usize,
        after: Option<&'a Position>,
    ) -> Result<Self> {
        let columns = reader.fast_fields();
        let ids = columns.str("id")?.expect("every article has an id");
        let after = match after {
            Some(position) => match ids.dictionary().term_ord_or_next(position.id.as_bytes())? {
                TermOrdHit::Exact(ord) => Some((position, ord + 1)),
                TermOrdHit::Next(ord) => Some((position, ord)),
            },
            None => None,
        };
        Ok(Best {
            sort,
            limit,
            after,
            first_day: columns.i64("first_day")?,
            second: columns.i64("second")?,
            versions: columns.i64("version")?,
            ids,
            heap: BinaryHeap::with_capacity(limit + 1),
        })
    }

    /// The worst of the best, once there are enough.
    fn worst(&self) -> Option<&Candidate> {
        self.heap.peek().filter(|_| self.heap.len() == self.limit)
    }

    fn key(&self, doc: DocId, score: f64) -> Key {
        let (day, second) = (self.first_day.first(doc), self.second.first(doc));
        let later = |number: Option<i64>| number.map_or(i64::MAX, |number| -number);
        let earlier = |number: Option<i64>| number.unwrap_or(i64::MAX);
        let version = self.versions.first(doc);
        match self.sort {
            Sort::Relevance => [by_score(score), later(day), later(second), later(version)],
            Sort::Newest => [later(day), later(second), later(version), 0],
            Sort::Oldest => [earlier(day), earlier(second), earlier(version), 0],
        }
    }

    fn offer(&mut self, doc: DocId, score: f64) {
        // Most are refused by their scores alone, before anything else is looked up.
        if self.sort == Sort::Relevance
            && self
                .worst()
                .is_some_and(|worst| by_score(score) > worst.key[0])
        {
            return;
        }
        let key = self.key(doc, score);
        if self.worst().is_some_and(|worst| key > worst.key) {
            return;
        }
        let id = self
            .ids
            .term_ords(doc)
            .next()
            .expect("every article has an id");
        if self
            .after
            .is_some_and(|(position, ord)| (key, id) < (position.key, ord))
        {
            return;
        }
        self.heap.push(Candidate {
            key,
            id,
            doc,
            score,
        });
        if self.heap.len() > self.limit {
            self.heap.pop();
        }
    }

    fn version(&self, doc: DocId) -> Option<u32> {
        let number = self.versions.first(doc);
        number.and_then(|number| u32::try_from(number).ok())
    }

    fn id(&self, candidate: &Candidate) -> Result<String> {
        let mut id = String::new();
        self.ids.ord_to_str(candidate.id, &mut id)?;
        Ok(id)
    }
}

/// The first of what is best in each segment. Ids are looked up for those only that can be among them.
fn first_of(segments: &[(u32, Best<'_>)], limit: usize) -> Result<Vec<Ranked>> {
    let mut keys: Vec<Key> = segments
        .iter()
        .flat_map(|(_, best)| best.heap.iter().map(|candidate| candidate.key))
        .collect();
    keys.sort_unstable();
    let last = keys.get(limit - 1).copied();
    let mut hits = Vec::new();
    for (segment, best) in segments {
        for candidate in &best.heap {
            if last.is_none_or(|last| candidate.key <= last) {
                hits.push(Ranked {
                    position: Position {
                        key: candidate.key,
                        id: best.id(candidate)?,
                    },
                    score: candidate.score,
                    version: best.version(candidate.doc),
                    address: DocAddress::new(*segment, candidate.doc),
                });
            }
        }
    }
    hits.sort_by(|a, b| a.position.cmp(&b.position));
    hits.truncate(limit);
    Ok(hits)
}

/// Scores are not negative, so the order of their bits is their order.
fn by_score(score: f64) -> i64 {
    -score.to_bits().cast_signed()
}
