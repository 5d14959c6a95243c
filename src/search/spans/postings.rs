//! The postings of a leaf: documents first, and the positions of its words in one of them.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::sync::Arc;

use tantivy::postings::{Postings, SegmentPostings};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, InvertedIndexReader, TERMINATED};

use super::algebra::Run;
use super::query::{Leaf, Slot};
use crate::search::bits::Bits;

/// Documents that may be asked for, by the code of a language.
pub(super) type Languages = rustc_hash::FxHashMap<&'static str, Arc<Bits>>;

/// The postings of one term.
struct Word {
    postings: SegmentPostings,
    /// It counts in these documents only.
    only: Option<Arc<Bits>>,
}

impl Word {
    fn doc(&self) -> DocId {
        self.postings.doc()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.postings.doc() < target {
            self.postings.seek(target);
        }
        self.skip()
    }

    /// Goes on to a document in which the word counts.
    fn skip(&mut self) -> DocId {
        if let Some(only) = &self.only {
            while self.postings.doc() != TERMINATED && !only.contains(self.postings.doc()) {
                self.postings.advance();
            }
        }
        self.postings.doc()
    }
}

/// Any of some words, as one.
struct AnyWord {
    words: Vec<Word>,
    /// The words by the document they stand at; those that have come to their end are gone.
    queue: BinaryHeap<Reverse<(DocId, usize)>>,
    doc: DocId,
}

impl AnyWord {
    fn open(
        slot: &Slot,
        index: &InvertedIndexReader,
        languages: &Languages,
    ) -> tantivy::Result<Self> {
        let mut words = Vec::new();
        for (term, only) in &slot.terms {
            let Some(info) = index.get_term_info(term)? else {
                continue;
            };
            let option = IndexRecordOption::WithFreqsAndPositions;
            let mut word = Word {
                postings: index.read_postings_from_terminfo(&info, option)?,
                only: only.map(|code| Arc::clone(&languages[code])),
            };
            if word.skip() != TERMINATED {
                words.push(word);
            }
        }
        let queue: BinaryHeap<_> = words
            .iter()
            .enumerate()
            .map(|(number, word)| Reverse((word.doc(), number)))
            .collect();
        let doc = queue.peek().map_or(TERMINATED, |Reverse((doc, _))| *doc);
        Ok(AnyWord { words, queue, doc })
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.doc >= target {
            return self.doc;
        }
        if let [word] = self.words.as_mut_slice() {
            self.doc = word.seek(target);
            return self.doc;
        }
        while let Some(mut first) = self.queue.peek_mut() {
            let Reverse((doc, number)) = *first;
            if doc >= target {
                break;
            }
            match self.words[number].seek(target) {
                TERMINATED => {
                    std::collections::binary_heap::PeekMut::pop(first);
                }
                next => *first = Reverse((next, number)),
            }
        }
        self.doc = self
            .queue
            .peek()
            .map_or(TERMINATED, |Reverse((doc, _))| *doc);
        self.doc
    }

    /// The positions in its document, in order, each once: a word of the headline counts several times at its position.
    fn positions(&mut self, positions: &mut Vec<u32>) {
        positions.clear();
        let mut words = 0;
        for word in &mut self.words {
            if word.doc() == self.doc {
                word.postings.append_positions_with_offset(0, positions);
                words += 1;
            }
        }
        if words > 1 {
            positions.sort_unstable();
        }
        positions.dedup();
    }
}

/// The words of a leaf, side by side.
pub(super) struct LeafPostings {
    /// Each with its distance from the first.
    words: Vec<(u32, AnyWord)>,
    /// How many words it is long.
    len: u32,
    positions: Vec<u32>,
}

impl LeafPostings {
    pub(super) fn open(
        leaf: &Leaf,
        index: &InvertedIndexReader,
        languages: &Languages,
    ) -> tantivy::Result<Self> {
        let mut words = Vec::new();
        let len = u32::try_from(leaf.slots.len()).expect("a query has few words");
        for (offset, slot) in (0..).zip(&leaf.slots) {
            if let Some(slot) = slot {
                words.push((offset, AnyWord::open(slot, index, languages)?));
            }
        }
        Ok(LeafPostings {
            words,
            len,
            positions: Vec::new(),
        })
    }

    /// The document it stands at: one that has all its words, if it has been sought.
    pub(super) fn doc(&self) -> DocId {
        self.words[0].1.doc
    }

    /// Goes to the first document from `target` on that has all the words.
    pub(super) fn seek(&mut self, mut target: DocId) -> DocId {
        loop {
            let before = target;
            for (_, word) in &mut self.words {
                target = word.seek(target);
            }
            if before == target || self.words.len() == 1 {
                return target;
            }
        }
    }

    /// Where the words stand side by side in its document.
    pub(super) fn runs(&mut self, runs: &mut Vec<Run>) {
        runs.clear();
        let (first, rest) = self.words.split_first_mut().expect("a leaf has a word");
        first.1.positions(&mut self.positions);
        let (offset, last) = (first.0, self.len - 1);
        let starts = self
            .positions
            .iter()
            .filter_map(|at| at.checked_sub(offset));
        runs.extend(starts.map(|start| (start, start + last)));
        for (offset, word) in rest {
            word.positions(&mut self.positions);
            let mut positions = self.positions.iter().copied().peekable();
            runs.retain(|run| {
                let wanted = run.0 + *offset;
                while positions.next_if(|at| *at < wanted).is_some() {}
                positions.peek() == Some(&wanted)
            });
            if runs.is_empty() {
                return;
            }
        }
    }
}
