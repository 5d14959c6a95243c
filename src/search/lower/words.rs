//! Bare words: the terms of their inflections, in each language of the archive.

use tantivy::Term;
use tantivy::schema::Field as IndexField;

use super::Lower;
use crate::error::Result;
use crate::index::terms;
use crate::search::plan::Plan;
use crate::text::analysis::form;
use crate::text::analysis::stem::Stemmer;

/// A term that a word may stand as.
pub(super) struct Inflection {
    pub(super) term: Term,
    /// The language in which alone it is one.
    pub(super) only: Option<&'static str>,
    /// In how many articles the term occurs.
    pub(super) articles: u64,
}

impl Lower<'_> {
    /// A bare word, by itself.
    pub(super) fn word(&mut self, word: &str, field: IndexField, scores: bool) -> Result<Plan> {
        let found = self.inflections(word, field)?;
        // A word is as rare as it is in all languages together, not as in the smallest of them.
        let all = found.iter().map(|inflection| inflection.articles).sum();
        let mut plans = Vec::new();
        for Inflection {
            term,
            only,
            articles,
        } in found
        {
            let boost = if articles == all {
                1.0
            } else {
                idf(all, self.docs()) / idf(articles, self.docs())
            };
            let plan = self.term(term, scores, boost)?;
            plans.push(match only {
                Some(code) => Plan::And(vec![plan, self.language_of(code)?]),
                None => plan,
            });
        }
        Ok(match plans.len() {
            0 => Plan::None,
            1 => plans.remove(0),
            _ => Plan::Or(plans),
        })
    }

    /// The terms of a word that occur: in each language its stem, or words kept in their exact form only that have that stem.
    pub(super) fn inflections(&self, word: &str, field: IndexField) -> Result<Vec<Inflection>> {
        let exact = form::exact_of(word);
        let mut found: Vec<Inflection> = Vec::new();
        for code in self.stems {
            let stemmer = Stemmer::for_language(Some(code));
            let mut stem = String::new();
            stemmer.stem(word, &mut stem);
            // The word itself is an inflection of itself in every language; its kin are so in this one.
            let kin = stemmer.invariable_kin(word).into_iter();
            let mut terms: Vec<_> = kin
                .map(|kin| ((kin != exact).then_some(*code), kin))
                .collect();
            terms.push((None, terms::stem_term(code, &stem)));
            for (only, term) in terms {
                let term = Term::from_field_text(field, &term);
                let known = |other: &Inflection| other.only == only && other.term == term;
                if found.iter().any(known) {
                    continue;
                }
                let articles = self.searcher.doc_freq(&term)?;
                if articles > 0 {
                    found.push(Inflection {
                        term,
                        only,
                        articles,
                    });
                }
            }
        }
        Ok(found)
    }

    fn docs(&self) -> u64 {
        self.searcher
            .segment_readers()
            .iter()
            .map(|segment| u64::from(segment.max_doc()))
            .sum()
    }
}

/// The inverse document frequency of BM25, as tantivy computes it.
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    reason = "a weight needs no more precision"
)]
fn idf(frequency: u64, docs: u64) -> f32 {
    let (frequency, docs) = (frequency as f64, docs.max(frequency) as f64);
    (1.0 + (docs - frequency + 0.5) / (frequency + 0.5)).ln() as f32
}
