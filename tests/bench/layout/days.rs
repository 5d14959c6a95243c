//! An index in day order: a range of days is a run of document numbers. `DayRun` matches it; `Started` lets the
//! postings of a word begin there, so that tantivy's own pruning does not see what lies before.

use tantivy::query::{EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED};

/// The run of documents [start, end) of a segment in day order (newest first, undated last) within [from, to).
pub fn day_run(reader: &SegmentReader, (from, to): (i64, i64)) -> tantivy::Result<(DocId, DocId)> {
    let day = reader.fast_fields().i64("day")?;
    let first = |older: i64| {
        let (mut low, mut high) = (0, reader.max_doc());
        while low < high {
            let mid = low.midpoint(high);
            if day.first(mid).is_some_and(|d| d >= older) {
                low = mid + 1
            } else {
                high = mid
            }
        }
        low
    };
    Ok((first(to), first(from)))
}

/// A date range on an index in day order.
#[derive(Clone, Debug)]
pub struct DayRun {
    pub from: i64,
    pub to: i64,
}

impl Query for DayRun {
    fn weight(&self, _: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(self.clone()))
    }
}

impl Weight for DayRun {
    fn scorer(&self, reader: &SegmentReader, _: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let (at, end) = day_run(reader, (self.from, self.to))?;
        Ok(Box::new(Run {
            at: if at < end { at } else { TERMINATED },
            end,
        }))
    }

    fn explain(&self, _: &SegmentReader, _: DocId) -> tantivy::Result<Explanation> {
        Ok(Explanation::new("within the days", 0.0))
    }
}

struct Run {
    at: DocId,
    end: DocId,
}

impl DocSet for Run {
    fn advance(&mut self) -> DocId {
        self.seek(self.at + 1)
    }

    fn seek(&mut self, target: DocId) -> DocId {
        self.at = if target < self.end {
            target.max(self.at)
        } else {
            TERMINATED
        };
        self.at
    }

    fn doc(&self) -> DocId {
        self.at
    }

    fn size_hint(&self) -> u32 {
        self.end.saturating_sub(self.at)
    }
}

impl Scorer for Run {
    fn score(&mut self) -> Score {
        0.0
    }
}

/// A query whose postings begin at a document of each segment. The scorer stays what it was (a term's scorer), so
/// that tantivy still recognises it and prunes.
#[derive(Debug)]
pub struct Started {
    pub inner: Box<dyn Query>,
    pub from: Vec<DocId>,
    pub order: Vec<tantivy::index::SegmentId>,
}

impl Clone for Started {
    fn clone(&self) -> Started {
        Started {
            inner: self.inner.box_clone(),
            from: self.from.clone(),
            order: self.order.clone(),
        }
    }
}

impl Query for Started {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let (inner, from, order) = (
            self.inner.weight(scoring)?,
            self.from.clone(),
            self.order.clone(),
        );
        Ok(Box::new(StartedWeight { inner, from, order }))
    }
}

struct StartedWeight {
    inner: Box<dyn Weight>,
    from: Vec<DocId>,
    order: Vec<tantivy::index::SegmentId>,
}

impl Weight for StartedWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let mut scorer = self.inner.scorer(reader, boost)?;
        let ord = self
            .order
            .iter()
            .position(|id| *id == reader.segment_id())
            .expect("a segment of this searcher");
        if scorer.doc() < self.from[ord] {
            scorer.seek(self.from[ord]);
        }
        Ok(scorer)
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        self.inner.explain(reader, doc)
    }
}
