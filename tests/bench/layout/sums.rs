//! Scores every match of a disjunction of words, a word at a time, in windows of documents: no pruning, so nothing to
//! prove, and the total comes for free. Two to three nanoseconds a posting.

use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::BlockSegmentPostings;
use tantivy::query::Bm25Weight;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, Score, SegmentReader, Term};

use crate::matches::{Bits, ones};

/// Documents a window: its sums stay in the nearest caches.
const WINDOW: usize = 1 << 13;

struct Word {
    postings: BlockSegmentPostings,
    /// Where in the present block we are.
    at: usize,
    norms: FieldNormReader,
    weight: Bm25Weight,
}

impl Word {
    /// Adds this word's scores for the documents of [base, end).
    fn add(&mut self, base: DocId, end: DocId, sums: &mut [Score; WINDOW]) -> bool {
        let mut any = false;
        loop {
            let (docs, freqs) = (
                &self.postings.docs()[self.at..],
                &self.postings.freqs()[self.at..],
            );
            let n = if docs.last().is_some_and(|last| *last < end) {
                docs.len()
            } else {
                docs.partition_point(|d| *d < end)
            };
            any |= n > 0;
            for (doc, freq) in docs[..n].iter().zip(&freqs[..n]) {
                let slot = (doc - base) as usize % WINDOW;
                sums[slot] += self.weight.score(self.norms.fieldnorm_id(*doc), *freq);
            }
            if n < docs.len() || docs.is_empty() {
                self.at += n;
                return any;
            }
            self.postings.advance();
            self.at = 0;
        }
    }
}

/// Offers every document of [start, end) with one of `terms`, that `allowed` has, and returns their number.
pub fn disjunction(
    reader: &SegmentReader,
    terms: &[(Term, Bm25Weight)],
    (start, end): (DocId, DocId),
    allowed: Option<&Bits>,
    offer: &mut dyn FnMut(DocId, Score) -> Score,
) -> tantivy::Result<usize> {
    let mut words = vec![];
    for (term, weight) in terms {
        let index = reader.inverted_index(term.field())?;
        let Some(mut postings) = index.read_block_postings(term, IndexRecordOption::WithFreqs)?
        else {
            continue;
        };
        let at = if start > 0 { postings.seek(start) } else { 0 };
        let norms = reader.get_fieldnorms_reader(term.field())?;
        words.push(Word {
            postings,
            at,
            norms,
            weight: weight.clone(),
        });
    }
    let mut sums = Box::new([0.0; WINDOW]);
    let (mut total, mut least, mut base) = (0, Score::MIN, start / 64 * 64);
    while base < end {
        let stop = end.min(base + WINDOW as DocId);
        let any = words
            .iter_mut()
            .fold(false, |any, word| word.add(base, stop, &mut sums) | any);
        if !any {
            base += WINDOW as DocId;
            continue;
        }
        for (at, sums) in sums.as_chunks_mut::<64>().0.iter_mut().enumerate() {
            // A score is above nought where a word is, so the sums tell the matches as well.
            let allow = allowed.map_or(u64::MAX, |a| a.word(base as usize / 64 + at));
            let scored = |bits: u64| ones(bits).filter(|bit| sums[*bit as usize] > 0.0).count();
            total += match allow.count_ones() {
                0..32 => scored(allow),
                _ => sums.iter().map(|s| usize::from(*s > 0.0)).sum::<usize>() - scored(!allow),
            };
            if allow != 0 && sums.iter().fold(false, |any, s| any | (*s > least)) {
                for bit in ones(allow) {
                    if sums[bit as usize] > least.max(0.0) {
                        least = offer(base + at as DocId * 64 + bit, sums[bit as usize]);
                    }
                }
            }
            sums.fill(0.0);
        }
        base += WINDOW as DocId;
    }
    Ok(total)
}
