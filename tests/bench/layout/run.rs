//! The ways of running a query: the exact total and the ten best.
//!
//! | way | |
//! |---|---|
//! | r0 | `TopDocs` alone, no total: what the raw reference was timed with |
//! | q0 | one pass, `(TopDocs, Count)` over one boolean query |
//! | q1 | two passes: `Weight::count` without scores, then `TopDocs` with its pruning |
//! | q2 | the total as q1; only the words are scored, with pruning, and date, place and NOT are tested for the documents offered |
//! | q3 | as q2, on an index in day order: a date range is a run of documents, newest-first takes the first matches |
//! | q4 | the matches as bits: the total is their number, the pruning asks them |
//! | q5 | as q4, but words joined by OR are summed exhaustively (sums.rs) |
//! | q6 | as q5, and every match of an AND is scored |
//! | q7 | as q5 with slack; rare words in one pass, a document at a time. The one recommended |
//! | t1, c1, c4 | parts alone: the pruned ten, `Weight::count`, the bits |
//!
//! Suffixes of q2 to q4: `p` always pruned, `x` never, `s` with the slack that makes pruning provably safe.

use std::cmp::Reverse;

use tantivy::collector::{Count, TopDocs};
use tantivy::query::{Bm25Weight, EnableScoring, Query};
use tantivy::{DateTime, DocAddress, DocId, DocSet, Order, Score, SegmentReader, TERMINATED, Term};

use crate::ask::Ask;
use crate::best::{Best, Filter};
use crate::days::day_run;
use crate::engine::Engine;
use crate::matches::{Bits, Set};

/// Hits asked for.
pub const TOP: usize = 10;
/// Below this many matches the exhaustive intersection is cheaper than pruning with filters.
const CROSSOVER: usize = 5000;

/// From this slack on, pruning a single word costs more than summing all of it.
const MUCH: Score = 1.02;
/// One document in this many, or fewer, is rare.
const RARE: u64 = 64;

type Boxed = Box<dyn Query>;

/// The exact total, the best hits, and how many documents the pruning offered.
#[derive(Clone, Default)]
pub struct Answer {
    pub total: usize,
    pub hits: Vec<(Score, DocAddress)>,
    pub offered: usize,
}

impl Engine {
    // ---- the ways ----

    pub fn run(&self, ask: &Ask, exec: &str) -> tantivy::Result<Answer> {
        let slack = exec.ends_with('s');
        match (&exec[..2], ask.newest) {
            ("q0", false) => {
                let top = TopDocs::with_limit(TOP).order_by_score();
                let (hits, total) = self
                    .searcher
                    .search(&self.full(ask, false), &(top, Count))?;
                Ok(Answer {
                    total,
                    hits,
                    offered: total,
                })
            }
            ("q0", true) if self.layout.fields.date.is_some() => {
                let top =
                    TopDocs::with_limit(TOP).order_by_fast_field::<DateTime>("date", Order::Desc);
                let (hits, total) = self
                    .searcher
                    .search(&self.full(ask, false), &(top, Count))?;
                Ok(Answer {
                    total,
                    hits: hits.into_iter().map(|h| (0.0, h.1)).collect(),
                    offered: total,
                })
            }
            ("q0" | "q1", true) => {
                let top = TopDocs::with_limit(TOP).order_by_fast_field::<i64>("day", Order::Desc);
                let (hits, total) = self
                    .searcher
                    .search(&self.full(ask, false), &(top, Count))?;
                Ok(Answer {
                    total,
                    hits: hits.into_iter().map(|h| (0.0, h.1)).collect(),
                    offered: total,
                })
            }
            ("q1", false) => {
                let full = self.full(ask, false);
                let total = self.count(&*full)?;
                let hits = self
                    .searcher
                    .search(&*full, &TopDocs::with_limit(TOP).order_by_score())?;
                Ok(Answer {
                    total,
                    hits,
                    offered: 0,
                })
            }
            ("r0", false) => {
                let hits = self.searcher.search(
                    &self.full(ask, false),
                    &TopDocs::with_limit(TOP).order_by_score(),
                )?;
                Ok(Answer {
                    hits,
                    ..Answer::default()
                })
            }
            ("r0", true) => self.run(ask, "q0"),
            ("q7", false) if ask.prefix.is_none() && self.rare(ask)? => self.one_pass(ask),
            ("q7", _) => self.run(ask, "q5s"),
            ("q6", false) if ask.and && ask.words.len() > 1 => {
                let bits = self.matches(ask)?;
                Ok(Answer {
                    total: crate::matches::total(&bits),
                    ..self.score_all(ask, &bits)?
                })
            }
            ("q6", _) => self.run(ask, "q5"),
            ("q5", false) if self.summable(ask) => self.summed(ask),
            ("q5", _) => self.run(ask, if slack { "q4s" } else { "q4" }),
            ("c1", _) => Ok(Answer {
                total: self.count(&*self.full(ask, self.layout.options.sort))?,
                ..Answer::default()
            }),
            ("c4", _) => Ok(Answer {
                total: crate::matches::total(&self.matches(ask)?),
                ..Answer::default()
            }),
            ("t1", false) => self.pruned(ask, self.layout.options.sort, slack, None),
            ("q4", _) if ask.phrase.is_none() => self.by_bits(ask, exec),
            ("q4", false) => self.one_pass(ask),
            (_, true) if self.layout.options.sort => self.newest(ask),
            (_, true) => self.run(ask, "q1"),
            (way, false) => {
                let by_run = way == "q3" && self.layout.options.sort;
                let full = self.full(ask, by_run);
                let total = self.count(&*full)?;
                let plain = ask.plain();
                let prune = match exec.as_bytes().get(2) {
                    Some(b'p') => true,
                    Some(b'x') => false,
                    _ => plain || total > CROSSOVER,
                };
                let mut best = if prune {
                    self.pruned(ask, by_run, slack, None)?
                } else {
                    self.exhaustive(&*full)?
                };
                best.total = total;
                Ok(best)
            }
        }
    }

    fn count(&self, query: &dyn Query) -> tantivy::Result<usize> {
        let weight = query.weight(EnableScoring::disabled_from_searcher(&self.searcher))?;
        let mut total = 0;
        for reader in self.searcher.segment_readers() {
            total += weight.count(reader)? as usize;
        }
        Ok(total)
    }

    fn exhaustive(&self, query: &dyn Query) -> tantivy::Result<Answer> {
        let weight = query.weight(EnableScoring::enabled_from_searcher(&self.searcher))?;
        let mut best = Best::default();
        for (ord, reader) in self.searcher.segment_readers().iter().enumerate() {
            weight.for_each_pruning(best.least(), reader, &mut |doc, score| {
                best.offer(score, ord, doc)
            })?;
        }
        Ok(best.answer())
    }

    /// Only the words are scored; the filters see the documents that the pruning offers, in rising order.
    fn pruned(
        &self,
        ask: &Ask,
        by_run: bool,
        slack: bool,
        within: Option<&[Bits]>,
    ) -> tantivy::Result<Answer> {
        let readers = self.searcher.segment_readers();
        let runs = match ask.days.filter(|_| by_run) {
            Some(days) => Some(
                readers
                    .iter()
                    .map(|r| day_run(r, days))
                    .collect::<tantivy::Result<Vec<_>>>()?,
            ),
            None => None,
        };
        let starts: Option<Vec<DocId>> = runs.as_ref().map(|r| r.iter().map(|r| r.0).collect());
        let weight = self
            .scored(ask, starts.as_deref())
            .weight(EnableScoring::enabled_from_searcher(&self.searcher))?;
        let mut best = Best::default();
        let mut offered = 0;
        for (ord, reader) in readers.iter().enumerate() {
            let end = runs.as_ref().map_or(TERMINATED, |r| r[ord].1);
            if runs.as_ref().is_some_and(|r| r[ord].0 >= end) {
                continue;
            }
            let mut filters = match within {
                Some(bits) => vec![Filter::Bits(&bits[ord])],
                None => self.filters(ask, reader, by_run)?,
            };
            let factor = if slack {
                1.0 / (self.slack[ord] * 1.000_001)
            } else {
                1.0
            };
            let lower = |t: Score| if t > 0.0 { t * factor } else { t };
            weight.for_each_pruning(lower(best.least()), reader, &mut |doc, score| {
                offered += 1;
                if doc >= end {
                    return Score::INFINITY;
                }
                if score > best.least() && filters.iter_mut().all(|f| f.keeps(doc)) {
                    best.offer(score, ord, doc);
                }
                lower(best.least())
            })?;
        }
        Ok(Answer {
            offered,
            ..best.answer()
        })
    }

    fn matches(&self, ask: &Ask) -> tantivy::Result<Vec<Bits>> {
        let set = self.set(ask);
        self.searcher
            .segment_readers()
            .iter()
            .map(|r| set.bits(r, &self.searcher))
            .collect()
    }

    /// The matches as bits: the total is their number, the newest are the first, and the pruning asks them.
    fn by_bits(&self, ask: &Ask, exec: &str) -> tantivy::Result<Answer> {
        let lone =
            ask.words.len() == 1 && ask.not.is_empty() && ask.place.is_none() && ask.days.is_none();
        if lone && !ask.newest && self.layout.fields.date.is_none() {
            let total = self.count(&*self.scored(ask, None))?;
            return Ok(Answer {
                total,
                ..self.pruned(ask, false, exec.ends_with('s'), None)?
            });
        }
        let bits = self.matches(ask)?;
        let total = crate::matches::total(&bits);
        let answer = if ask.newest {
            self.newest_of(&bits)?
        } else if ask.prefix.is_some() {
            self.first_of(&bits)
        } else if exec.as_bytes().get(2) == Some(&b'x')
            || (total < CROSSOVER && exec.as_bytes().get(2) != Some(&b'p'))
        {
            self.score_all(ask, &bits)?
        } else {
            let plain = ask.plain();
            self.pruned(
                ask,
                self.layout.options.sort,
                exec.ends_with('s'),
                if plain { None } else { Some(&bits) },
            )?
        };
        Ok(Answer { total, ..answer })
    }

    /// A constant score: any ten.
    fn first_of(&self, bits: &[Bits]) -> Answer {
        let docs = bits
            .iter()
            .enumerate()
            .flat_map(|(ord, b)| b.docs().map(move |d| DocAddress::new(ord as u32, d)));
        Answer {
            hits: docs.take(TOP).map(|at| (1.0, at)).collect(),
            ..Answer::default()
        }
    }

    fn newest_of(&self, bits: &[Bits]) -> tantivy::Result<Answer> {
        let mut first = vec![];
        for (ord, (reader, bits)) in self.searcher.segment_readers().iter().zip(bits).enumerate() {
            let day = reader.fast_fields().i64("day")?;
            let docs = bits
                .docs()
                .map(|d| (Reverse(day.first(d)), DocAddress::new(ord as u32, d)));
            if self.layout.options.sort {
                first.extend(docs.take(TOP))
            } else {
                first.extend(docs)
            }
        }
        if first.len() > TOP {
            first.select_nth_unstable(TOP);
            first.truncate(TOP);
        }
        first.sort();
        Ok(Answer {
            hits: first.into_iter().map(|h| (0.0, h.1)).collect(),
            ..Answer::default()
        })
    }

    /// Scores every match: each word's postings are sought from match to match.
    fn score_all(&self, ask: &Ask, bits: &[Bits]) -> tantivy::Result<Answer> {
        let scoring = EnableScoring::enabled_from_searcher(&self.searcher);
        let fields = self.fields(ask.headline, false);
        let words = ask
            .words
            .iter()
            .flat_map(|w| fields.iter().map(|f| self.word_in(*f, w, false)));
        let weights = words
            .map(|q| q.weight(scoring))
            .collect::<tantivy::Result<Vec<_>>>()?;
        let mut best = Best::default();
        for (ord, (reader, bits)) in self.searcher.segment_readers().iter().zip(bits).enumerate() {
            let mut scorers = weights
                .iter()
                .map(|w| w.scorer(reader, 1.0))
                .collect::<tantivy::Result<Vec<_>>>()?;
            for doc in bits.docs() {
                let mut score = 0.0;
                for s in &mut scorers {
                    let at = s.doc();
                    if at == doc || (at < doc && s.seek(doc) == doc) {
                        score += s.score();
                    }
                }
                best.offer(score, ord, doc);
            }
        }
        Ok(best.answer())
    }

    /// Whether so few documents hold the words that reading their postings one document at a time is the cheapest.
    fn rare(&self, ask: &Ask) -> tantivy::Result<bool> {
        if ask.phrase.is_some() {
            return Ok(true);
        }
        let mut documents = if ask.and { u64::MAX } else { 0 };
        for word in &ask.words {
            let mut of_word = 0;
            if let Set::Or(terms) = self.terms(word, ask.headline) {
                for term in terms {
                    let Set::Term(term) = term else {
                        return Ok(true);
                    };
                    of_word += self.searcher.doc_freq(&term)?;
                }
            }
            documents = if ask.and {
                documents.min(of_word)
            } else {
                documents + of_word
            };
        }
        let pruned = ask.words.len() == 1 && ask.plain() && self.slack.iter().all(|s| *s < MUCH);
        Ok(!pruned && documents * RARE < self.searcher.num_docs())
    }

    /// Words joined by OR, each one term; a lone unfiltered word is better pruned.
    fn summable(&self, ask: &Ask) -> bool {
        let lone = ask.words.len() == 1;
        let pruned = lone && ask.plain() && self.slack.iter().all(|s| *s < MUCH);
        let any = lone || (!ask.words.is_empty() && !ask.and);
        any && !pruned && ask.phrase.is_none() && ask.words.iter().all(|w| matches!(self.terms(w, ask.headline), Set::Or(t) if t.iter().all(|t| matches!(t, Set::Term(_)))))
    }

    fn summed(&self, ask: &Ask) -> tantivy::Result<Answer> {
        let mut terms = vec![];
        for word in &ask.words {
            let Set::Or(found) = self.terms(word, ask.headline) else {
                continue;
            };
            for term in found {
                let Set::Term(term) = term else { continue };
                let weight = Bm25Weight::for_terms(&self.searcher, std::slice::from_ref(&term))?;
                terms.push((term, weight));
            }
        }
        let mut allowed = vec![];
        allowed.extend(
            ask.place
                .as_ref()
                .map(|p| Set::Term(Term::from_field_text(self.layout.fields.places, p))),
        );
        allowed.extend(
            ask.not
                .iter()
                .map(|w| Set::Not(Box::new(self.terms(w, ask.headline)))),
        );
        let unsorted = ask.days.filter(|_| !self.layout.options.sort);
        allowed.extend(unsorted.map(|days| Set::Query(self.days(days, false))));
        let allowed = (!allowed.is_empty()).then_some(Set::And(allowed));
        let (mut best, mut total) = (Best::default(), 0);
        for (ord, reader) in self.searcher.segment_readers().iter().enumerate() {
            let run = match ask.days.filter(|_| self.layout.options.sort) {
                Some(days) => day_run(reader, days)?,
                None => (0, reader.max_doc()),
            };
            let allowed = allowed
                .as_ref()
                .map(|a| a.bits(reader, &self.searcher))
                .transpose()?;
            total += crate::sums::disjunction(
                reader,
                &terms,
                run,
                allowed.as_ref(),
                &mut |doc, score| best.offer(score, ord, doc),
            )?;
        }
        Ok(Answer {
            total,
            ..best.answer()
        })
    }

    /// Counts and scores in one pass: for what is dear to match (phrases).
    fn one_pass(&self, ask: &Ask) -> tantivy::Result<Answer> {
        let weight = self
            .full(ask, self.layout.options.sort)
            .weight(EnableScoring::enabled_from_searcher(&self.searcher))?;
        let (mut best, mut total) = (Best::default(), 0);
        for (ord, reader) in self.searcher.segment_readers().iter().enumerate() {
            weight.for_each(reader, &mut |doc, score| {
                total += 1;
                best.offer(score, ord, doc);
            })?;
        }
        Ok(Answer {
            total,
            ..best.answer()
        })
    }

    fn filters(
        &self,
        ask: &Ask,
        reader: &SegmentReader,
        by_run: bool,
    ) -> tantivy::Result<Vec<Filter<'_>>> {
        let scorer = |q: Boxed| {
            q.weight(EnableScoring::disabled_from_searcher(&self.searcher))?
                .scorer(reader, 1.0)
        };
        let mut filters = vec![];
        if let Some((from, to)) = ask.days.filter(|_| !by_run) {
            filters.push(Filter::Days(reader.fast_fields().i64("day")?, from, to));
        }
        if let Some(place) = &ask.place {
            filters.push(Filter::In(scorer(self.place(place))?));
        }
        for word in &ask.not {
            filters.push(Filter::NotIn(scorer(self.word(word, ask.headline, false))?));
        }
        Ok(filters)
    }

    /// The index is in day order: the first matches of each segment are its newest.
    fn newest(&self, ask: &Ask) -> tantivy::Result<Answer> {
        let full = self.full(ask, true);
        let weight = full.weight(EnableScoring::disabled_from_searcher(&self.searcher))?;
        let (mut total, mut first) = (0, vec![]);
        for (ord, reader) in self.searcher.segment_readers().iter().enumerate() {
            total += weight.count(reader)? as usize;
            let day = reader.fast_fields().i64("day")?;
            let mut scorer = weight.scorer(reader, 1.0)?;
            let mut doc = scorer.doc();
            for _ in 0..TOP {
                if doc == TERMINATED {
                    break;
                }
                first.push((Reverse(day.first(doc)), DocAddress::new(ord as u32, doc)));
                doc = scorer.advance();
            }
        }
        first.sort();
        first.truncate(TOP);
        Ok(Answer {
            total,
            hits: first.into_iter().map(|h| (0.0, h.1)).collect(),
            offered: 0,
        })
    }
}
