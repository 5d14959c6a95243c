//! The ten best, and the filters that a document must pass before it is one of them.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use tantivy::query::Scorer;
use tantivy::{DocAddress, DocId, DocSet, Score};

use crate::matches::Bits;
use crate::run::{Answer, TOP};

pub enum Filter<'a> {
    Bits(&'a Bits),
    Days(tantivy::columnar::Column<i64>, i64, i64),
    In(Box<dyn Scorer>),
    NotIn(Box<dyn Scorer>),
}

impl Filter<'_> {
    pub fn keeps(&mut self, doc: DocId) -> bool {
        let found =
            |s: &mut Box<dyn Scorer>| (if s.doc() < doc { s.seek(doc) } else { s.doc() }) == doc;
        match self {
            Filter::Days(day, from, to) => day.first(doc).is_some_and(|d| *from <= d && d < *to),
            Filter::Bits(bits) => bits.has(doc),
            Filter::In(s) => found(s),
            Filter::NotIn(s) => !found(s),
        }
    }
}

/// The best `TOP`, ties to the first that came.
#[derive(Default)]
pub struct Best(BinaryHeap<Reverse<(u32, Reverse<DocAddress>)>>);

impl Best {
    pub fn least(&self) -> Score {
        if self.0.len() < TOP {
            Score::MIN
        } else {
            Score::from_bits(self.0.peek().expect("full").0.0)
        }
    }

    /// BM25 scores are not negative, so their bits sort as they do.
    pub fn offer(&mut self, score: Score, ord: usize, doc: DocId) -> Score {
        if score > self.least() {
            if self.0.len() == TOP {
                self.0.pop();
            }
            self.0.push(Reverse((
                score.max(0.0).to_bits(),
                Reverse(DocAddress::new(ord as u32, doc)),
            )));
        }
        self.least()
    }

    pub fn answer(self) -> Answer {
        let hits = self
            .0
            .into_sorted_vec()
            .into_iter()
            .map(|Reverse((s, Reverse(at)))| (Score::from_bits(s), at));
        Answer {
            hits: hits.collect(),
            ..Answer::default()
        }
    }
}
