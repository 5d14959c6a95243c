//! The documents of a segment that match, as bits: what boolean queries, totals, date ranges and newest-first need,
//! at about a nanosecond a posting. Scores are no part of it.

use tantivy::query::{EnableScoring, Query};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, Searcher, SegmentReader, Term};

/// A set of documents, 64 a word.
pub struct Bits(Vec<u64>);

impl Bits {
    fn none(max_doc: DocId) -> Bits {
        Bits(vec![0; (max_doc as usize).div_ceil(64)])
    }

    fn all(max_doc: DocId) -> Bits {
        let mut bits = Bits(vec![u64::MAX; (max_doc as usize).div_ceil(64)]);
        bits.clip(0, max_doc);
        bits
    }

    pub fn has(&self, doc: DocId) -> bool {
        self.0[doc as usize / 64] >> (doc % 64) & 1 == 1
    }

    /// 64 documents at once.
    pub fn word(&self, at: usize) -> u64 {
        self.0.get(at).copied().unwrap_or(0)
    }

    fn add(&mut self, docs: &[DocId]) {
        for doc in docs {
            self.0[*doc as usize / 64] |= 1 << (doc % 64);
        }
    }

    pub fn len(&self) -> usize {
        self.0.iter().map(|w| w.count_ones() as usize).sum()
    }

    /// The documents in rising order.
    pub fn docs(&self) -> impl Iterator<Item = DocId> + '_ {
        self.0
            .iter()
            .enumerate()
            .flat_map(|(at, word)| ones(*word).map(move |bit| at as DocId * 64 + bit))
    }

    /// Keeps [start, end).
    fn clip(&mut self, start: DocId, end: DocId) {
        for (at, word) in self.0.iter_mut().enumerate() {
            let base = at as u64 * 64;
            let (from, to) = (
                u64::from(start).saturating_sub(base).min(64),
                u64::from(end).saturating_sub(base).min(64),
            );
            let below = |n: u64| if n == 64 { u64::MAX } else { (1 << n) - 1 };
            *word &= below(to) & !below(from);
        }
    }
}

/// The places of the ones in a word, rising.
pub fn ones(mut word: u64) -> impl Iterator<Item = u32> {
    std::iter::from_fn(move || {
        let bit = (word != 0).then(|| word.trailing_zeros())?;
        word &= word - 1;
        Some(bit)
    })
}

pub fn total(segments: &[Bits]) -> usize {
    segments.iter().map(Bits::len).sum()
}

/// A boolean query over sets of documents.
pub enum Set {
    Term(Term),
    /// Whatever tantivy can match.
    Query(Box<dyn Query>),
    /// A run of days of an index in day order.
    Days((i64, i64)),
    Or(Vec<Set>),
    /// Every part; a `Not` takes away.
    And(Vec<Set>),
    Not(Box<Set>),
}

impl Set {
    pub fn bits(&self, reader: &SegmentReader, searcher: &Searcher) -> tantivy::Result<Bits> {
        let mut bits = Bits::none(reader.max_doc());
        self.add_to(&mut bits, reader, searcher)?;
        Ok(bits)
    }

    fn add_to(
        &self,
        bits: &mut Bits,
        reader: &SegmentReader,
        searcher: &Searcher,
    ) -> tantivy::Result<()> {
        match self {
            Set::Term(term) => {
                let index = reader.inverted_index(term.field())?;
                let Some(mut block) = index.read_block_postings(term, IndexRecordOption::Basic)?
                else {
                    return Ok(());
                };
                while !block.docs().is_empty() {
                    bits.add(block.docs());
                    block.advance();
                }
            }
            Set::Query(query) => {
                let weight = query.weight(EnableScoring::disabled_from_searcher(searcher))?;
                weight.for_each_no_score(reader, &mut |docs| bits.add(docs))?;
            }
            Set::Days(days) => {
                let (start, end) = crate::days::day_run(reader, *days)?;
                let mut run = Bits::all(reader.max_doc());
                run.clip(start, end);
                bits.0.iter_mut().zip(run.0).for_each(|(b, r)| *b |= r);
            }
            Set::Or(parts) => {
                for part in parts {
                    part.add_to(bits, reader, searcher)?;
                }
            }
            Set::And(parts) => {
                let mut order = parts
                    .iter()
                    .map(|p| Ok((p.most(reader)?, p)))
                    .collect::<tantivy::Result<Vec<_>>>()?;
                order.sort_by_key(|(most, p)| (matches!(p, Set::Not(_) | Set::Days(_)), *most));
                let first = order[0].1;
                let lone = matches!(first, Set::Not(_));
                let mut all = if lone {
                    Bits::all(reader.max_doc())
                } else {
                    first.bits(reader, searcher)?
                };
                for (_, part) in &order[usize::from(!lone)..] {
                    part.restrict(&mut all, reader, searcher)?;
                }
                bits.0.iter_mut().zip(all.0).for_each(|(b, a)| *b |= a);
            }
            Set::Not(_) => unreachable!("a Not stands in an And"),
        }
        Ok(())
    }

    fn lone_term(&self) -> Option<&Term> {
        match self {
            Set::Term(term) => Some(term),
            Set::Or(parts) if parts.len() == 1 => parts[0].lone_term(),
            _ => None,
        }
    }

    /// Documents of the segment that may match, at most: cheap, for ordering an And.
    fn most(&self, reader: &SegmentReader) -> tantivy::Result<u32> {
        Ok(match self {
            Set::Term(term) => reader.inverted_index(term.field())?.doc_freq(term)?,
            Set::Or(parts) => {
                let each = parts
                    .iter()
                    .map(|p| p.most(reader))
                    .collect::<tantivy::Result<Vec<_>>>()?;
                each.into_iter().fold(0, u32::saturating_add)
            }
            _ => u32::MAX,
        })
    }

    /// Takes out of `bits` what is not in this set.
    fn restrict(
        &self,
        bits: &mut Bits,
        reader: &SegmentReader,
        searcher: &Searcher,
    ) -> tantivy::Result<()> {
        match self {
            Set::Days(days) => {
                let (start, end) = crate::days::day_run(reader, *days)?;
                bits.clip(start, end);
            }
            Set::Term(term) => restrict_to_term(bits, term, reader, false)?,
            Set::Or(parts) if parts.len() == 1 => parts[0].restrict(bits, reader, searcher)?,
            Set::Not(part) if part.lone_term().is_some() => {
                let term = part.lone_term().expect("just seen");
                restrict_to_term(bits, term, reader, true)?;
            }
            Set::Not(part) => {
                let out = part.bits(reader, searcher)?;
                bits.0.iter_mut().zip(out.0).for_each(|(b, o)| *b &= !o);
            }
            _ => {
                let also = self.bits(reader, searcher)?;
                bits.0.iter_mut().zip(also.0).for_each(|(b, a)| *b &= a);
            }
        }
        Ok(())
    }
}

/// Takes out of `bits` the documents without the term (or, when `without`, those with it). Where few documents are
/// left, only the blocks that may hold them are read.
fn restrict_to_term(
    bits: &mut Bits,
    term: &Term,
    reader: &SegmentReader,
    without: bool,
) -> tantivy::Result<()> {
    let postings = reader
        .inverted_index(term.field())?
        .read_block_postings(term, IndexRecordOption::Basic)?;
    let Some(mut block) = postings else {
        if !without {
            bits.0.fill(0);
        }
        return Ok(());
    };
    if bits.len() * SPARSE > block.doc_freq() as usize {
        let mut other = Bits::none(reader.max_doc());
        while !block.docs().is_empty() {
            other.add(block.docs());
            block.advance();
        }
        bits.0
            .iter_mut()
            .zip(other.0)
            .for_each(|(b, o)| *b &= if without { !o } else { o });
        return Ok(());
    }
    for at in 0..bits.0.len() {
        let (mut rest, mut keep) = (bits.0[at], 0);
        while rest != 0 {
            let doc = at as DocId * 64 + rest.trailing_zeros();
            if block.docs().last().is_some_and(|last| *last < doc) {
                block.seek(doc);
            }
            if block.docs().binary_search(&doc).is_ok() != without {
                keep |= rest & rest.wrapping_neg();
            }
            rest &= rest - 1;
        }
        bits.0[at] = keep;
    }
    Ok(())
}

/// A term is sought, not read whole, when it has this many times the documents left.
const SPARSE: usize = 16;
