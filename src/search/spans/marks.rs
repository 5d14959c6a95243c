//! Sentences, paragraphs and parts of the documents of a segment, from the marks among the terms. Looked up for a document only
//! when they are asked for.

use tantivy::postings::{Postings, SegmentPostings};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, InvertedIndexReader, Term};

use super::algebra::Units;
use super::units::around;
use crate::index::terms::Mark;
use crate::text::sentence::Unit;

/// The marks of a field, one document after the other.
pub(super) struct Marks {
    sentences: Starts,
    paragraphs: Starts,
    parts: Starts,
    headline: Starts,
    body: Starts,
    doc: DocId,
}

impl Marks {
    pub(super) fn open(index: &InvertedIndexReader, field: Field) -> tantivy::Result<Self> {
        let open = |mark| Starts::open(mark, index, field);
        Ok(Marks {
            sentences: open(Mark::Sentence)?,
            paragraphs: open(Mark::Paragraph)?,
            parts: open(Mark::Part)?,
            headline: open(Mark::Headline)?,
            body: open(Mark::Body)?,
            doc: 0,
        })
    }

    /// Goes on to a document.
    pub(super) fn go_to(&mut self, doc: DocId) {
        self.doc = doc;
    }

    /// Where the headline begins.
    pub(super) fn headline(&mut self) -> Option<u32> {
        self.headline.of(self.doc).first().copied()
    }

    /// Where the body begins.
    pub(super) fn body(&mut self) -> Option<u32> {
        self.body.of(self.doc).first().copied()
    }
}

impl Units for Marks {
    fn around(&mut self, unit: Unit, position: u32) -> (u32, u32) {
        let starts = match unit {
            Unit::Sentence => &mut self.sentences,
            Unit::Paragraph => &mut self.paragraphs,
            Unit::Text => &mut self.parts,
        };
        around(starts.of(self.doc), position)
    }
}

/// The positions of one mark.
struct Starts {
    postings: Option<SegmentPostings>,
    positions: Vec<u32>,
    /// The document whose positions these are.
    doc: Option<DocId>,
}

impl Starts {
    fn open(mark: Mark, index: &InvertedIndexReader, field: Field) -> tantivy::Result<Self> {
        let term = Term::from_field_text(field, mark.term());
        Ok(Starts {
            postings: index.read_postings(&term, IndexRecordOption::WithFreqsAndPositions)?,
            positions: Vec::new(),
            doc: None,
        })
    }

    fn of(&mut self, doc: DocId) -> &[u32] {
        if self.doc != Some(doc) {
            self.doc = Some(doc);
            self.positions.clear();
            if let Some(postings) = &mut self.postings {
                if postings.doc() < doc {
                    postings.seek(doc);
                }
                if postings.doc() == doc {
                    postings.append_positions_with_offset(0, &mut self.positions);
                }
            }
        }
        &self.positions
    }
}
