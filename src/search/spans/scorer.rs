//! The positional query in one segment: documents that have the words, then their positions, then the algebra.

use std::sync::Arc;

use tantivy::fieldnorm::FieldNormReader;
use tantivy::query::{Bm25Weight, Scorer};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED};

use super::algebra::{Places, Run, TooMany, Units};
use super::counting::counted;
use super::marks::Marks;
use super::postings::{Languages, LeafPostings};
use super::query::Asked;
use super::tree::Spans;
use super::units::keep_lead;
use crate::search::bits::Bits;
use crate::text::sentence::Unit;

/// The matching documents of a segment, in order.
pub(crate) struct SpanScorer {
    asked: Arc<Asked>,
    leaves: Vec<LeafPostings>,
    /// The leaves that are no condition: the right sides of `NOT W/n`.
    followers: Vec<usize>,
    marks: Marks,
    /// The runs of each leaf in the document looked at.
    runs: Vec<Vec<Run>>,
    doc: DocId,
    bm25: Option<(Bm25Weight, FieldNormReader)>,
}

impl SpanScorer {
    /// Stands at no document yet.
    pub(super) fn open(
        asked: &Arc<Asked>,
        reader: &SegmentReader,
        bm25: Option<Bm25Weight>,
    ) -> tantivy::Result<Self> {
        let index = reader.inverted_index(asked.field)?;
        let mut languages = Languages::default();
        let slots = asked
            .leaves
            .iter()
            .flat_map(|leaf| leaf.slots.iter().flatten());
        for code in slots.flat_map(|slot| slot.terms.iter().filter_map(|(_, only)| *only)) {
            if !languages.contains_key(code) {
                let articles = Arc::new(articles_in(code, reader, asked.language)?);
                languages.insert(code, articles);
            }
        }
        let leaves = asked
            .leaves
            .iter()
            .map(|leaf| LeafPostings::open(leaf, &index, &languages));
        let leaves = leaves.collect::<tantivy::Result<Vec<_>>>()?;
        let mut followers = Vec::new();
        collect_followers(&asked.spans, &mut followers);
        let bm25 = match bm25 {
            Some(bm25) => Some((bm25, reader.get_fieldnorms_reader(asked.field)?)),
            None => None,
        };
        Ok(SpanScorer {
            asked: Arc::clone(asked),
            runs: vec![Vec::new(); leaves.len()],
            leaves,
            followers,
            marks: Marks::open(&index, asked.field)?,
            doc: 0,
            bm25,
        })
    }

    /// Goes to the first matching document from `target` on.
    pub(super) fn find(&mut self, mut target: DocId) -> DocId {
        loop {
            self.doc = seek(&self.asked.spans, &mut self.leaves, target);
            if self.doc == TERMINATED || self.holds() {
                return self.doc;
            }
            if self.is_over() {
                break;
            }
            target = self.doc + 1;
        }
        self.doc = TERMINATED;
        TERMINATED
    }

    /// Whether it has been given up, or the time is up. Whoever asked looks at both too, and takes the end for what it is. One
    /// document may take as long as thousands of others, so that the clock is looked at for each.
    fn is_over(&self) -> bool {
        self.asked.stop.is_stopped() || self.asked.deadline.check().is_err()
    }

    /// Whether a document behind the last one matches: looks no further, as [`DocSet::seek`] would.
    pub(crate) fn is_at(&mut self, doc: DocId) -> bool {
        if self.is_over() {
            return false;
        }
        self.doc = seek(&self.asked.spans, &mut self.leaves, doc);
        self.doc == doc && self.holds()
    }

    /// Whether the document, which has the words, has them as they are asked.
    fn holds(&mut self) -> bool {
        self.load();
        let (asked, leaves) = (&self.asked, self.runs.as_slice());
        let mut places = Places::new(leaves, &mut self.marks);
        let holds = if asked.at_least <= 1 {
            places.any(&asked.spans)
        } else {
            let found = places.reported(&asked.spans);
            found.map(|found| counted(&found).len() >= asked.at_least as usize)
        };
        self.or_stop(holds).unwrap_or(false)
    }

    /// Gives up where there is too much to look at.
    fn or_stop<T>(&mut self, found: Result<T, TooMany>) -> Option<T> {
        if found.is_err() {
            self.asked.stop.stop();
        }
        found.ok()
    }

    /// Looks up the positions of the words in the document.
    fn load(&mut self) {
        self.marks.go_to(self.doc);
        for &follower in &self.followers {
            self.leaves[follower].seek(self.doc);
        }
        for ((leaf, runs), asked) in self
            .leaves
            .iter_mut()
            .zip(&mut self.runs)
            .zip(&self.asked.leaves)
        {
            runs.clear();
            if leaf.doc() != self.doc {
                continue;
            }
            leaf.runs(runs);
            if asked.slots.iter().any(Option::is_none) {
                runs.retain(|run| run.1 < self.marks.around(Unit::Text, run.0).1);
            }
            if self.asked.lead && !runs.is_empty() {
                let (headline, body) = (self.marks.headline(), self.marks.body());
                keep_lead(runs, headline, body, &mut self.marks);
            }
        }
    }
}

impl DocSet for SpanScorer {
    fn advance(&mut self) -> DocId {
        if self.doc == TERMINATED || self.is_over() {
            self.doc = TERMINATED;
            return TERMINATED;
        }
        self.find(self.doc + 1)
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.doc >= target {
            return self.doc;
        }
        self.find(target)
    }

    fn doc(&self) -> DocId {
        self.doc
    }

    fn size_hint(&self) -> u32 {
        0
    }
}

impl Scorer for SpanScorer {
    fn score(&mut self) -> Score {
        let Some((bm25, norms)) = &self.bm25 else {
            return 1.0;
        };
        let norm = norms.fieldnorm_id(self.doc);
        let mut places = Places::new(&self.runs, &mut self.marks);
        let Ok(found) = places.reported(&self.asked.spans) else {
            self.asked.stop.stop();
            return 0.0;
        };
        let count = counted(&found).len();
        bm25.score(norm, u32::try_from(count).unwrap_or(u32::MAX))
    }
}

/// The first document from `target` on that has the words: all that each proximity needs.
fn seek(spans: &Spans, leaves: &mut [LeafPostings], mut target: DocId) -> DocId {
    match spans {
        Spans::Leaf(leaf) => leaves[*leaf].seek(target),
        Spans::Any(parts) => {
            let docs = parts.iter().map(|part| seek(part, leaves, target));
            docs.min().unwrap_or(TERMINATED)
        }
        Spans::Near(near) if near.negated => seek(&near.left, leaves, target),
        Spans::Near(near) => loop {
            let left = seek(&near.left, leaves, target);
            target = seek(&near.right, leaves, left);
            if left == target {
                return target;
            }
        },
    }
}

fn collect_followers(spans: &Spans, followers: &mut Vec<usize>) {
    match spans {
        Spans::Leaf(_) => {}
        Spans::Any(parts) => parts
            .iter()
            .for_each(|part| collect_followers(part, followers)),
        Spans::Near(near) => {
            collect_followers(&near.left, followers);
            if near.negated {
                collect_leaves(&near.right, followers);
            } else {
                collect_followers(&near.right, followers);
            }
        }
    }
}

fn collect_leaves(spans: &Spans, leaves: &mut Vec<usize>) {
    match spans {
        Spans::Leaf(leaf) => leaves.push(*leaf),
        Spans::Any(parts) => parts.iter().for_each(|part| collect_leaves(part, leaves)),
        Spans::Near(near) => {
            collect_leaves(&near.left, leaves);
            collect_leaves(&near.right, leaves);
        }
    }
}

/// The articles in a language that stems know by this code.
fn articles_in(code: &str, reader: &SegmentReader, field: Field) -> tantivy::Result<Bits> {
    let mut articles = Bits::none(reader.max_doc());
    let index = reader.inverted_index(field)?;
    let mut tags = index.terms().range().ge(code).into_stream()?;
    while tags.advance() {
        let Some(rest) = tags.key().strip_prefix(code.as_bytes()) else {
            break;
        };
        if rest.first().is_none_or(|byte| *byte == b'-') {
            let mut postings =
                index.read_postings_from_terminfo(tags.value(), IndexRecordOption::Basic)?;
            while postings.doc() != TERMINATED {
                articles.insert(postings.doc());
                postings.advance();
            }
        }
    }
    Ok(articles)
}
