//! The positional query as one of tantivy's: [`SpanQuery`] is its `Query`, with the scorer of [`super::scorer`].

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tantivy::query::{Bm25Weight, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::Field;
use tantivy::{DocId, DocSet, Score, SegmentReader, TantivyError, Term};

use super::scorer::SpanScorer;
use super::tree::Spans;
use crate::search::deadline::Deadline;

/// One of the words that may stand at a place of a leaf.
#[derive(Debug, Clone, Default)]
pub(crate) struct Slot {
    /// The terms; with the code of the language in whose articles alone one counts.
    pub(crate) terms: Vec<(Term, Option<&'static str>)>,
}

/// What a leaf looks for: at each place side by side, any of the terms of a slot, or any word at all.
#[derive(Debug, Clone)]
pub(crate) struct Leaf {
    /// At least the first and the last place have a slot.
    pub(crate) slots: Vec<Option<Slot>>,
}

/// Says that a search had to be given up: a scorer can only say that it has no more documents.
#[derive(Debug, Clone, Default)]
pub(crate) struct Stop(Arc<AtomicBool>);

impl Stop {
    /// Gives up.
    pub(crate) fn stop(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Whether it was given up: then what was found is not all.
    pub(crate) fn is_stopped(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// Articles in which words stand as a tree asks, so many times. The score is BM25 with the number of matches for a frequency.
#[derive(Debug, Clone)]
pub(crate) struct SpanQuery(pub(crate) Arc<Asked>);

/// What a [`SpanQuery`] asks for.
#[derive(Debug)]
pub(crate) struct Asked {
    pub(crate) spans: Spans,
    pub(crate) leaves: Vec<Leaf>,
    /// The field in which all of it stands.
    pub(crate) field: Field,
    /// The field of the languages of the articles.
    pub(crate) language: Field,
    /// In headline and first paragraph only.
    pub(crate) lead: bool,
    /// How many matches an article must have.
    pub(crate) at_least: u32,
    /// One term for each place of the leaves that count for relevance: a place is as rare as its commonest word.
    pub(crate) scored: Vec<Term>,
    /// Set when an article has more combinations than are looked at.
    pub(crate) stop: Stop,
    /// When it gives up.
    pub(crate) deadline: Deadline,
}

impl SpanQuery {
    /// The query with the statistics of an archive.
    pub(crate) fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<SpanWeight> {
        let bm25 = match scoring {
            EnableScoring::Enabled {
                statistics_provider,
                ..
            } if !self.0.scored.is_empty() => {
                Some(Bm25Weight::for_terms(statistics_provider, &self.0.scored)?)
            }
            _ => None,
        };
        Ok(SpanWeight {
            asked: Arc::clone(&self.0),
            bm25,
        })
    }
}

impl Query for SpanQuery {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(self.weight(scoring)?))
    }
}

/// A [`SpanQuery`] with the statistics of an archive.
pub(crate) struct SpanWeight {
    asked: Arc<Asked>,
    bm25: Option<Bm25Weight>,
}

impl SpanWeight {
    /// A scorer that stands at no document yet: to be asked of given ones.
    pub(crate) fn open(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<SpanScorer> {
        let bm25 = self.bm25.as_ref().map(|bm25| bm25.boost_by(boost));
        SpanScorer::open(&self.asked, reader, bm25)
    }
}

impl Weight for SpanWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let mut scorer = self.open(reader, boost)?;
        scorer.find(0);
        Ok(Box::new(scorer))
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        let mut scorer = self.scorer(reader, 1.0)?;
        if scorer.seek(doc) != doc {
            let message = format!("document {doc} does not match");
            return Err(TantivyError::InvalidArgument(message));
        }
        Ok(Explanation::new(
            "BM25 of the number of matches",
            scorer.score(),
        ))
    }
}
