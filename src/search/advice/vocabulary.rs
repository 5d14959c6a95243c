//! The words of the archive, as advice needs them: whether one occurs, and which is meant by one that does not.

use std::ops::ControlFlow;

use tantivy::schema::Field as IndexField;
use tantivy::{Searcher, Term};

use super::Asked;
use crate::error::Result;
use crate::index::schema::Fields;
use crate::index::terms;
use crate::query::tree::Field;
use crate::search::expand::{self, Wanted};
use crate::search::lower::index_field;
use crate::text::analysis::form;
use crate::text::analysis::stem::Stemmer;

/// The shortest word that another may be meant by, in characters: with one slip, a word of two letters is any other.
const SHORTEST: usize = 3;
/// The shortest word that may hold two slips.
const SHORTEST_FOR_TWO: usize = 5;
/// The shortest part of a word that may have been written in two, in characters.
const SHORTEST_PART: usize = 2;

/// The dictionaries of one commit.
pub(super) struct Vocabulary<'a> {
    fields: &'a Fields,
    searcher: &'a Searcher,
    stems: &'a [&'static str],
}

impl<'a> Vocabulary<'a> {
    pub(super) fn new(asked: &Asked<'a>) -> Self {
        Vocabulary {
            fields: asked.fields,
            searcher: asked.searcher,
            stems: asked.stems,
        }
    }

    /// The field of the index that a field of the query is looked for in.
    pub(super) fn dictionary(&self, field: Option<Field>) -> IndexField {
        index_field(self.fields, field)
    }

    /// How many articles have a term; deleted ones are counted until their segment is merged.
    fn frequency(&self, field: IndexField, term: &str) -> Result<u64> {
        Ok(self
            .searcher
            .doc_freq(&Term::from_field_text(field, term))?)
    }

    /// Whether an exact form occurs.
    pub(super) fn occurs(&self, field: IndexField, form: &str) -> Result<bool> {
        Ok(self.frequency(field, form)? > 0)
    }

    /// Whether a word or one of its inflections occurs, in any of the languages of the archive.
    pub(super) fn occurs_inflected(&self, field: IndexField, word: &str) -> Result<bool> {
        if self.occurs(field, &form::exact_of(word))? {
            return Ok(true);
        }
        let mut stem = String::new();
        for code in self.stems {
            let stemmer = Stemmer::for_language(Some(code));
            stemmer.stem(word, &mut stem);
            if self.occurs(field, &terms::stem_term(code, &stem))? {
                return Ok(true);
            }
            for kin in stemmer.invariable_kin(word) {
                if self.occurs(field, kin.as_ref())? {
                    return Ok(true);
                }
            }
        }
        Ok(false)
    }

    /// What may have been meant by an exact form that does not occur: one slip, or a blank too few; else two slips.
    pub(super) fn meant(&self, field: IndexField, form: &str) -> Result<Option<String>> {
        let length = form.chars().count();
        if length < SHORTEST || form.contains(|c: char| c.is_numeric()) {
            return Ok(None);
        }
        let near = self.nearest(field, form, 1)?;
        let apart = self.apart(field, form)?;
        let best = near
            .into_iter()
            .chain(apart)
            .max_by_key(|(_, count)| *count);
        if let Some((meant, _)) = best {
            return Ok(Some(meant));
        }
        if length < SHORTEST_FOR_TWO {
            return Ok(None);
        }
        Ok(self.nearest(field, form, 2)?.map(|(meant, _)| meant))
    }

    /// The most frequent word within so many edits.
    fn nearest(&self, field: IndexField, word: &str, edits: u8) -> Result<Option<(String, u64)>> {
        let mut best: Option<(String, u64)> = None;
        let mut least = self.least(edits);
        let wanted = Wanted::Fuzzy { word, edits };
        let _ = expand::each(self.searcher, field, &wanted, &mut |near, count| {
            if count >= least && !near.contains(|c: char| c.is_numeric()) {
                least = count + 1;
                best = Some((near.to_owned(), count));
            }
            ControlFlow::Continue(())
        })?;
        Ok(best)
    }

    /// How many articles must have a word for it to be meant by a slip: a rare one may be a slip itself.
    fn least(&self, edits: u8) -> u64 {
        let rare = self.searcher.num_docs() / 100_000;
        (rare * u64::from(edits) * u64::from(edits)).max(1)
    }

    /// The two words that were written as one, and how many articles have the rarer of them.
    fn apart(&self, field: IndexField, word: &str) -> Result<Option<(String, u64)>> {
        let mut best: Option<(String, u64)> = None;
        let cuts: Vec<usize> = word.char_indices().map(|(at, _)| at).collect();
        let inner = cuts.len().saturating_sub(SHORTEST_PART).max(SHORTEST_PART);
        for &cut in &cuts[SHORTEST_PART.min(cuts.len())..=inner.min(cuts.len() - 1)] {
            let (first, second) = word.split_at(cut);
            let count = self
                .frequency(field, first)?
                .min(self.frequency(field, second)?);
            if count < self.least(1) || best.as_ref().is_some_and(|(_, most)| count <= *most) {
                continue;
            }
            if self.stand_together(field, first, second)? {
                best = Some((format!("{first} {second}"), count));
            }
        }
        Ok(best)
    }

    /// Whether two exact forms stand side by side somewhere.
    fn stand_together(&self, field: IndexField, first: &str, second: &str) -> Result<bool> {
        let terms = [first, second].map(|form| Term::from_field_text(field, form));
        let phrase = tantivy::query::PhraseQuery::new(terms.into());
        let found = self.searcher.search(
            &phrase,
            &tantivy::collector::TopDocs::with_limit(1).order_by_score(),
        )?;
        Ok(!found.is_empty())
    }
}
