//! The hits in order: exact totals, a total order without ties, pages that neither skip nor repeat.
//!
//! Hits are compared by a [`Key`] of three numbers and then by id, so no two are equal. tantivy's block-max pruning is
//! used to skip what cannot be among the best, but its scores are not: they are added in an order that depends on how far
//! it has pruned. The score of what it offers is computed again, leaf by leaf (see [`super::lower`]).

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use tantivy::columnar::{Column, StrColumn};
use tantivy::query::{EnableScoring, Query, Scorer, Weight};
use tantivy::{DocAddress, DocId, DocSet, Score, Searcher, SegmentReader, TERMINATED};

use super::cursor::Position;
use super::facet;
use super::lower::Lowered;
use super::request::Sort;
use crate::error::Result;
use crate::index::schema::Fields;

/// Where a hit stands in the order: smaller is earlier.
pub(crate) type Key = [i64; 3];

/// A hit in its place.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Ranked {
    pub(crate) position: Position,
    pub(crate) score: f64,
    pub(crate) address: DocAddress,
}

/// The best hits, and how many there are in all.
pub(crate) struct Top {
    pub(crate) total: u64,
    pub(crate) hits: Vec<Ranked>,
}

/// With no more matches than this, looking at each costs less than pruning.
const FEW: u64 = 2_000;

/// The `limit` best hits that come after `after`.
pub(crate) fn top(
    searcher: &Searcher,
    lowered: &Lowered,
    sort: Sort,
    limit: usize,
    after: Option<&Position>,
    fields: &Fields,
) -> Result<Top> {
    let unscored = EnableScoring::disabled_from_searcher(searcher);
    let scored = EnableScoring::enabled_from_searcher(searcher);
    let matching = lowered.matching.weight(unscored)?;
    let total = facet::total(searcher, lowered.matching.as_ref())?;
    if limit == 0 || total == 0 {
        return Ok(Top { total, hits: Vec::new() });
    }
    let leaves = if sort == Sort::Relevance {
        lowered.leaves.iter().map(|leaf| leaf.weight(scored)).collect::<tantivy::Result<Vec<_>>>()?
    } else {
        Vec::new()
    };
    let ranked = match &lowered.ranked {
        Some(ranked) if sort == Sort::Relevance && total > FEW => {
            let filter = ranked.filter.as_ref().map(|filter| filter.weight(unscored)).transpose()?;
            Some((ranked.words.weight(scored)?, filter))
        }
        _ => None,
    };
    let mut hits = Vec::new();
    for (ord, segment) in (0..).zip(searcher.segment_readers()) {
        let mut best = Best::new(segment, sort, limit, after)?;
        let leaves = leaves.iter().map(|leaf| leaf.scorer(segment, 1.0)).collect::<tantivy::Result<Vec<_>>>()?;
        let mut leaves = Leaves(leaves);
        match &ranked {
            Some((words, filter)) => {
                let slack = slack(searcher, segment, fields)?;
                offer_pruned(segment, words.as_ref(), filter.as_deref(), slack, &mut leaves, &mut best)?;
            }
            None => offer_all(segment, matching.as_ref(), &mut leaves, &mut best)?,
        }
        hits.extend(best.into_hits(ord)?);
    }
    hits.sort_by(|a, b| a.position.cmp(&b.position));
    hits.truncate(limit);
    Ok(Top { total, hits })
}

fn offer_all(segment: &SegmentReader, matching: &dyn Weight, leaves: &mut Leaves, best: &mut Best<'_>) -> Result<()> {
    let mut docs = matching.scorer(segment, 1.0)?;
    let alive = segment.alive_bitset();
    let mut doc = docs.doc();
    while doc != TERMINATED {
        if alive.is_none_or(|alive| alive.is_alive(doc)) {
            best.offer(doc, leaves.score(doc));
        }
        doc = docs.advance();
    }
    Ok(())
}

fn offer_pruned(
    segment: &SegmentReader,
    words: &dyn Weight,
    filter: Option<&dyn Weight>,
    slack: f64,
    leaves: &mut Leaves,
    best: &mut Best<'_>,
) -> Result<()> {
    let mut filter = filter.map(|filter| filter.scorer(segment, 1.0)).transpose()?;
    let alive = segment.alive_bitset();
    // What is offered comes in the order of its numbers, so filter and leaves only ever move on.
    words.for_each_pruning(Score::MIN, segment, &mut |doc, _| {
        let passes = alive.is_none_or(|alive| alive.is_alive(doc))
            && filter.as_mut().is_none_or(|filter| move_to(filter.as_mut(), doc));
        if passes {
            best.offer(doc, leaves.score(doc));
        }
        best.threshold(slack)
    })?;
    Ok(())
}

/// By how much a threshold must be lowered for this segment.
///
/// tantivy keeps for each block of postings the one with the largest score under the segment's own average length, and
/// rates it under the average of the whole index. Where these differ by a factor r, another posting of the block can
/// score up to r times as much as that bound says.
#[expect(clippy::cast_precision_loss, reason = "a ratio needs no more precision")]
fn slack(searcher: &Searcher, segment: &SegmentReader, fields: &Fields) -> Result<f64> {
    let mut widest = 1.0_f64;
    for field in [fields.text, fields.headline, fields.lead, fields.byline] {
        let (mut tokens, mut docs) = (0, 0);
        for segment in searcher.segment_readers() {
            tokens += segment.inverted_index(field)?.total_num_tokens();
            docs += u64::from(segment.max_doc());
        }
        let average = |tokens: u64, docs: u64| tokens.max(1) as f64 / docs.max(1) as f64;
        let here = segment.inverted_index(field)?.total_num_tokens();
        let ratio = average(tokens, docs) / average(here, u64::from(segment.max_doc()));
        widest = widest.max(ratio).max(ratio.recip());
    }
    // The last digits of sums of single precision differ with their order.
    Ok(widest * (1.0 + 1e-5))
}

/// Moves `docs` to `doc` or past it; true when it stands on it.
fn move_to(docs: &mut dyn Scorer, doc: DocId) -> bool {
    let at = docs.doc();
    if at < doc { docs.seek(doc) == doc } else { at == doc }
}

/// The scorers of the leaves in one segment.
struct Leaves(Vec<Box<dyn Scorer>>);

impl Leaves {
    /// The score of `doc`, which is not before the one asked for last.
    fn score(&mut self, doc: DocId) -> f64 {
        let mut sum = 0.0;
        for leaf in &mut self.0 {
            if move_to(leaf.as_mut(), doc) {
                sum += f64::from(leaf.score());
            }
        }
        sum
    }
}

/// The best hits of one segment so far.
struct Best<'a> {
    sort: Sort,
    limit: usize,
    after: Option<(&'a Position, u64)>,
    first_day: Column<i64>,
    instant: Column<i64>,
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
    fn new(segment: &SegmentReader, sort: Sort, limit: usize, after: Option<&'a Position>) -> Result<Self> {
        let columns = segment.fast_fields();
        let ids = columns.str("id")?.expect("every article has an id");
        let after = match after {
            // The ordinal of the first id that is greater than the cursor's.
            Some(position) => {
                let dictionary = ids.dictionary();
                let ord = match dictionary.term_ord_or_next(position.id.as_bytes())? {
                    tantivy::columnar::TermOrdHit::Exact(ord) => ord + 1,
                    tantivy::columnar::TermOrdHit::Next(ord) => ord,
                };
                Some((position, ord))
            }
            None => None,
        };
        Ok(Best {
            sort,
            limit,
            after,
            first_day: columns.i64("first_day")?,
            instant: columns.i64("instant")?,
            ids,
            heap: BinaryHeap::with_capacity(limit + 1),
        })
    }

    fn offer(&mut self, doc: DocId, score: f64) {
        // Scores are not negative, so the order of their bits is their order.
        let by_score = -score.to_bits().cast_signed();
        if self.sort == Sort::Relevance && self.worst().is_some_and(|worst| by_score > worst.key[0]) {
            return;
        }
        let (day, instant) = (self.first_day.first(doc), self.instant.first(doc));
        let later = |number: Option<i64>| number.map_or(i64::MAX, |number| -number);
        let earlier = |number: Option<i64>| number.unwrap_or(i64::MAX);
        let key = match self.sort {
            Sort::Relevance => [by_score, later(day), later(instant)],
            Sort::Newest => [later(day), later(instant), 0],
            Sort::Oldest => [earlier(day), earlier(instant), 0],
        };
        if self.worst().is_some_and(|worst| key > worst.key) {
            return;
        }
        let id = self.ids.term_ords(doc).next().expect("every article has an id");
        if self.after.is_some_and(|(position, ord)| (key, id) < (position.key, ord)) {
            return;
        }
        self.heap.push(Candidate { key, id, doc, score });
        if self.heap.len() > self.limit {
            self.heap.pop();
        }
    }

    /// The worst of the best, once there are enough.
    fn worst(&self) -> Option<&Candidate> {
        self.heap.peek().filter(|_| self.heap.len() == self.limit)
    }

    /// The score that a document must exceed to be offered.
    #[expect(clippy::cast_possible_truncation, reason = "the slack is wider than the rounding")]
    fn threshold(&self, slack: f64) -> Score {
        self.worst().map_or(Score::MIN, |worst| (worst.score / slack) as Score)
    }

    fn into_hits(self, segment: u32) -> Result<Vec<Ranked>> {
        let mut hits = Vec::with_capacity(self.heap.len());
        for candidate in self.heap {
            let mut id = String::new();
            self.ids.ord_to_str(candidate.id, &mut id)?;
            hits.push(Ranked {
                position: Position { key: candidate.key, id },
                score: candidate.score,
                address: DocAddress::new(segment, candidate.doc),
            });
        }
        Ok(hits)
    }
}
