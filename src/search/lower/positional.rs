//! What asks where words stand: proximities, counts, phrases with wildcards, the lead.

use std::sync::Arc;

use tantivy::Term;
use tantivy::schema::Field as IndexField;

use super::{At, Lower};
use crate::error::{Error, Result};
use crate::query::tree::{Field, Node};
use crate::search::expand;
use crate::search::leaf::Wanted;
use crate::search::plan::Plan;
use crate::search::spans::{Asked, Leaf, Positional, Slot, SpanQuery};

impl Lower<'_> {
    /// A node whose matches must be so many.
    pub(super) fn positional(&mut self, node: &Node, at_least: u32, at: At) -> Result<Plan> {
        let tree = Positional::of(node).filter(|_| at.field != Some(Field::Language));
        let Some(Positional { spans, leaves }) = tree else {
            let message = format!("`{node}` has no place in the text");
            return Err(self.error(node, message, Some("join the parts with AND".into())));
        };
        let field = self.index_field(at.field);
        let mut asked = Vec::new();
        let mut scored = Vec::new();
        for leaf in leaves {
            let mut slots = Vec::new();
            for wanted in self.wanted(leaf, at.field)? {
                let slot = self.slot(&wanted, field, leaf)?;
                scored.extend(slot.as_ref().and_then(commonest));
                slots.push(slot.map(|terms| {
                    Slot {
                        terms: terms
                            .into_iter()
                            .map(|(term, only, _)| (term, only))
                            .collect(),
                    }
                }));
            }
            asked.push(Leaf { slots });
        }
        let query = SpanQuery(Arc::new(Asked {
            spans,
            leaves: asked,
            field,
            language: self.fields.language,
            lead: at.field == Some(Field::Lead),
            at_least,
            scored,
            stop: self.stop.clone(),
            deadline: self.deadline,
        }));
        let list = self.list(at.scores);
        let weight = query.weight(self.scoring(at.scores))?;
        Ok(Plan::Spans { weight, list })
    }

    /// The terms that may stand at one place; none when any word may.
    fn slot(&self, wanted: &Wanted, field: IndexField, leaf: &Node) -> Result<Option<Terms>> {
        let expanded = |wanted: &expand::Wanted<'_>| -> Result<Terms> {
            let words = expand::expand(self.searcher, field, wanted);
            let words = words.map_err(|error| match error {
                Error::Invalid { why, .. } => self.error(leaf, format!("`{leaf}` {why}"), None),
                other => other,
            })?;
            let terms = words
                .iter()
                .map(|(word, articles)| (Term::from_field_text(field, word), None, *articles));
            Ok(terms.collect())
        };
        Ok(Some(match wanted {
            Wanted::Any => return Ok(None),
            Wanted::Exact(form) => {
                let term = Term::from_field_text(field, form);
                let articles = self.searcher.doc_freq(&term)?;
                vec![(term, None, articles)]
            }
            Wanted::Inflected(word) => {
                let found = self.inflections(word, field)?.into_iter();
                found
                    .map(|found| (found.term, found.only, found.articles))
                    .collect()
            }
            Wanted::Pattern(pattern) => expanded(&expand::Wanted::Pattern(pattern))?,
            Wanted::Fuzzy(word, edits) => expanded(&expand::Wanted::Fuzzy {
                word,
                edits: *edits,
            })?,
        }))
    }
}

/// Terms, each with the language in which alone it counts, and its articles.
type Terms = Vec<(Term, Option<&'static str>, u64)>;

fn commonest(terms: &Terms) -> Option<Term> {
    let commonest = terms.iter().max_by_key(|(_, _, articles)| *articles);
    commonest.map(|(term, _, _)| term.clone())
}
