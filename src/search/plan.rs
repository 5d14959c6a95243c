//! How a query is evaluated: the tree with its words looked up, segment by segment a set of documents.

use tantivy::query::{Scorer, Weight};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED, Term};

use super::bits::Bits;
use super::days;
use super::deadline::Deadline;
use super::sight::{self, Sight};
use super::spans::SpanWeight;
use super::{facet, request::FacetName};
use crate::error::Result;
use crate::query::dates::DateSpan;

/// What matches.
pub(crate) enum Plan {
    /// Every article.
    All,
    /// No article.
    None,
    /// Articles with this term.
    Term(Term),
    /// Articles with any of these terms: the words of a wildcard.
    AnyOf {
        terms: Vec<Term>,
        /// Which list of scores it fills, when it scores: one for each article.
        list: Option<usize>,
    },
    /// Articles in which words stand as they are asked for.
    Spans {
        weight: SpanWeight,
        /// Which list of scores it fills, when it scores.
        list: Option<usize>,
    },
    /// What one of tantivy's queries matches: phrases, numbers.
    Query {
        weight: Box<dyn Weight>,
        /// Which list of scores it fills, when it scores.
        list: Option<usize>,
    },
    /// Articles whose date overlaps these days.
    Days(DateSpan),
    /// Articles with one of these values of a facet.
    Having(FacetName, Vec<String>),
    /// What was current at the end of this day, as a day number.
    AsOf(i64),
    /// Articles in all of these.
    And(Vec<Plan>),
    /// Articles in any of these.
    Or(Vec<Plan>),
    /// Articles that are not in this.
    Not(Box<Plan>),
}

/// The documents that match a query, and their scores, in the order of the documents.
pub(crate) type Scores = Vec<(DocId, Score)>;

/// A segment in which plans are evaluated.
pub(crate) struct Segment<'a> {
    pub(crate) reader: &'a SegmentReader,
    /// What scored queries have given, by their numbers.
    pub(crate) lists: Vec<Scores>,
    deadline: Deadline,
}

/// Below this share of a term's documents, the candidates are looked up in its postings one by one.
const SEEK_BELOW: u32 = 32;

impl<'a> Segment<'a> {
    /// A segment, for plans with so many lists of scores.
    pub(crate) fn new(reader: &'a SegmentReader, lists: usize, deadline: Deadline) -> Self {
        Segment {
            reader,
            deadline,
            lists: vec![Scores::new(); lists],
        }
    }

    /// The living documents that `plan` matches, of those that are in `sight`.
    pub(crate) fn matches(&mut self, plan: &Plan, sight: Sight) -> Result<Bits> {
        let mut bits = self.bits(plan, None)?;
        if let Some(alive) = self.reader.alive_bitset() {
            bits.retain(|doc| alive.is_alive(doc));
        }
        sight.narrow(self.reader, &mut bits)?;
        Ok(bits)
    }

    /// What `plan` matches, among `candidates` when there are any: it may give more than these, but must give all of these.
    fn bits(&mut self, plan: &Plan, candidates: Option<&Bits>) -> Result<Bits> {
        let len = self.reader.max_doc();
        Ok(match plan {
            Plan::All => Bits::all(len),
            Plan::None => Bits::none(len),
            Plan::Term(term) => self.term(term, candidates)?,
            Plan::AnyOf { terms, list } => self.any_of(terms, *list)?,
            Plan::Spans { weight, list } => match candidates {
                Some(candidates) => self.spans(weight, *list, candidates)?,
                None => self.query(weight, *list, None)?,
            },
            Plan::Query { weight, list } => self.query(weight.as_ref(), *list, candidates)?,
            Plan::Days(span) => days::overlapping(self.reader, span)?,
            Plan::Having(name, values) => facet::having(self.reader, *name, values)?,
            Plan::AsOf(day) => sight::as_of(self.reader, *day)?,
            Plan::And(parts) => self.all_of(parts, candidates)?,
            Plan::Or(parts) => {
                let mut any = Bits::none(len);
                for part in parts {
                    any.or(&self.bits(part, candidates)?);
                }
                any
            }
            Plan::Not(part) => {
                let mut rest = candidates.cloned().unwrap_or_else(|| Bits::all(len));
                rest.and_not(&self.bits(part, candidates)?);
                rest
            }
        })
    }

    /// The cheap parts first; the dear ones look only at what is left.
    fn all_of(&mut self, parts: &[Plan], candidates: Option<&Bits>) -> Result<Bits> {
        let mut ordered: Vec<&Plan> = parts.iter().collect();
        ordered.sort_by_cached_key(|part| self.cost(part));
        let mut left: Option<Bits> = candidates.cloned();
        for part in ordered {
            let matching = self.bits(part, left.as_ref())?;
            match &mut left {
                Some(left) => left.and(&matching),
                None => left = Some(matching),
            }
        }
        Ok(left.unwrap_or_else(|| Bits::all(self.reader.max_doc())))
    }

    /// An estimate of what evaluating a plan costs, for ordering only.
    fn cost(&self, plan: &Plan) -> u64 {
        let len = u64::from(self.reader.max_doc());
        match plan {
            Plan::None => 0,
            Plan::Days(_) => 1,
            Plan::Term(term) => {
                let inverted = self.reader.inverted_index(term.field());
                inverted
                    .and_then(|index| Ok(index.doc_freq(term)?))
                    .map_or(len, u64::from)
            }
            Plan::All | Plan::AsOf(_) | Plan::Having(..) => len,
            Plan::And(parts) => parts
                .iter()
                .map(|part| self.cost(part))
                .min()
                .unwrap_or(len),
            Plan::Or(parts) => parts.iter().map(|part| self.cost(part)).sum(),
            Plan::Not(_) => len + 1,
            // Each of its terms is looked up, even for an estimate.
            Plan::AnyOf { .. } => len,
            Plan::Query { .. } => 2 * len,
            Plan::Spans { .. } => 3 * len,
        }
    }

    fn term(&self, term: &Term, candidates: Option<&Bits>) -> Result<Bits> {
        let mut bits = Bits::none(self.reader.max_doc());
        let inverted = self.reader.inverted_index(term.field())?;
        let Some(info) = inverted.get_term_info(term)? else {
            return Ok(bits);
        };
        if let Some(candidates) = candidates
            && candidates.count() < info.doc_freq / SEEK_BELOW
        {
            let mut postings =
                inverted.read_postings_from_terminfo(&info, IndexRecordOption::Basic)?;
            for doc in candidates.iter() {
                if postings.doc() < doc {
                    postings.seek(doc);
                }
                if postings.doc() == doc {
                    bits.insert(doc);
                }
            }
            return Ok(bits);
        }
        let mut postings =
            inverted.read_block_postings_from_terminfo(&info, IndexRecordOption::Basic)?;
        while !postings.docs().is_empty() {
            postings.docs().iter().for_each(|&doc| bits.insert(doc));
            postings.advance();
        }
        Ok(bits)
    }

    fn any_of(&mut self, terms: &[Term], list: Option<usize>) -> Result<Bits> {
        let mut bits = Bits::none(self.reader.max_doc());
        for (number, term) in terms.iter().enumerate() {
            self.deadline.check_at(number)?;
            let inverted = self.reader.inverted_index(term.field())?;
            let Some(mut postings) =
                inverted.read_block_postings(term, IndexRecordOption::Basic)?
            else {
                continue;
            };
            while !postings.docs().is_empty() {
                postings.docs().iter().for_each(|&doc| bits.insert(doc));
                postings.advance();
            }
        }
        if let Some(list) = list {
            self.lists[list].extend(bits.iter().map(|doc| (doc, 1.0)));
        }
        Ok(bits)
    }

    fn query(
        &mut self,
        weight: &dyn Weight,
        list: Option<usize>,
        candidates: Option<&Bits>,
    ) -> Result<Bits> {
        let mut bits = Bits::none(self.reader.max_doc());
        let mut docs = weight.scorer(self.reader, 1.0)?;
        let mut scores = list.map(|list| &mut self.lists[list]);
        let mut found = |doc: DocId, score: &mut dyn FnMut() -> Score| {
            bits.insert(doc);
            if let Some(scores) = &mut scores {
                scores.push((doc, score()));
            }
        };
        if let Some(candidates) = candidates {
            for (number, doc) in candidates.iter().enumerate() {
                self.deadline.check_at(number)?;
                if docs.doc() < doc {
                    docs.seek(doc);
                }
                if docs.doc() == doc {
                    found(doc, &mut || docs.score());
                }
            }
        } else {
            let (mut doc, mut number) = (docs.doc(), 0);
            while doc != TERMINATED {
                self.deadline.check_at(number)?;
                found(doc, &mut || docs.score());
                (doc, number) = (docs.advance(), number + 1);
            }
        }
        Ok(bits)
    }

    /// Which of the candidates match: the positions of no other document are looked at.
    fn spans(
        &mut self,
        weight: &SpanWeight,
        list: Option<usize>,
        candidates: &Bits,
    ) -> Result<Bits> {
        let mut bits = Bits::none(self.reader.max_doc());
        let mut scorer = weight.open(self.reader, 1.0)?;
        for (number, doc) in candidates.iter().enumerate() {
            self.deadline.check_at(number)?;
            if scorer.is_at(doc) {
                bits.insert(doc);
                if let Some(list) = list {
                    self.lists[list].push((doc, scorer.score()));
                }
            }
        }
        Ok(bits)
    }
}
