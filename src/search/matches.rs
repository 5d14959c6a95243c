//! Where a query matches in an article. What is counted, marked and shown all comes from here.
//!
//! The tree is evaluated over the words of the article, taken by the same analysis as the index took them; where they must stand
//! is told by the same algebra ([`super::spans`]). A part of the query that does not hold for the article (`b` in
//! `a OR (b AND c)` without a c) marks nothing, nor does what is excluded.

use std::cell::{Cell, RefCell};

use super::analysed::{Analysed, Stretch};
use super::response::SnippetField;
use super::spans::{Found, Places, Positional, Run, TooMany, counted, keep_lead, marked};
use super::vocabulary::Vocabulary;
use super::{filter, leaf};
use crate::query::tree::{Field, Kind, Node};

/// Where a query matches in an article.
#[derive(Debug, Default)]
pub(crate) struct Matches {
    /// What is counted, in order: a word, a phrase, or the stretch from the first to the last word of a proximity. Stretches
    /// of proximities may overlap.
    pub(crate) list: Vec<Stretch>,
    /// What is marked, in order, never overlapping: the words of these matches.
    pub(crate) marks: Vec<Stretch>,
}

impl Analysed<'_> {
    /// Where `node` matches. None when the article has not what `node` asks for.
    ///
    /// # Errors
    /// [`TooMany`] when it is met in more ways than are looked at. Where a single match is enough, the search did not need
    /// to look at them all; whoever shows the matches does.
    pub(crate) fn matches(
        &self,
        node: &Node,
        vocabulary: &mut Vocabulary,
    ) -> Result<Option<Matches>, TooMany> {
        let evaluation = Evaluation {
            text: self,
            vocabulary: RefCell::new(vocabulary),
            too_many: Cell::new(false),
        };
        let found = evaluation.node(node, None);
        if evaluation.too_many.get() {
            return Err(TooMany);
        }
        let Some(found) = found else {
            return Ok(None);
        };
        let stretches = |runs: Vec<Run>| runs.into_iter().map(|run| self.stretch(run)).collect();
        Ok(Some(Matches {
            list: stretches(counted(&found)),
            marks: stretches(marked(&found)),
        }))
    }
}

struct Evaluation<'a, 'v> {
    text: &'a Analysed<'a>,
    vocabulary: RefCell<&'v mut Vocabulary>,
    /// Whether some part of the query had more matches than are looked at.
    too_many: Cell<bool>,
}

impl Evaluation<'_, '_> {
    /// The matches of a node in a field or in none, if it holds.
    fn node(&self, node: &Node, field: Option<Field>) -> Option<Vec<Found>> {
        match &node.kind {
            Kind::And(nodes) => {
                let all: Option<Vec<_>> = nodes.iter().map(|node| self.node(node, field)).collect();
                Some(all?.concat())
            }
            Kind::Or(nodes) => {
                let found: Vec<_> = nodes
                    .iter()
                    .filter_map(|node| self.node(node, field))
                    .collect();
                (!found.is_empty()).then(|| found.concat())
            }
            Kind::Not(node) => self.node(node, field).is_none().then(Vec::new),
            Kind::Field { field, node } => self.node(node, Some(*field)),
            Kind::AtLeast { count, node } => self.positional(node, field, *count),
            Kind::Word(_)
            | Kind::Phrase(_)
            | Kind::Wildcard(_)
            | Kind::Fuzzy { .. }
            | Kind::Near { .. } => self.positional(node, field, 1),
            Kind::All
            | Kind::Date(_)
            | Kind::In(_)
            | Kind::Place(_)
            | Kind::Words { .. }
            | Kind::Versions(_) => filter::passes(self.text.article, &node.kind).then(Vec::new),
        }
    }

    /// The matches of a node that asks where words stand, if there are so many.
    fn positional(&self, node: &Node, field: Option<Field>, at_least: u32) -> Option<Vec<Found>> {
        let article = self.text.article;
        let Some(field) = field.filter(|field| !is_text(*field)) else {
            return self.found(self.text, node, field, at_least);
        };
        if field == Field::Language {
            return filter::in_language(article, node).then(Vec::new);
        }
        let values = filter::values(article, field);
        let values = Analysed::values(article, values, &mut self.vocabulary.borrow_mut());
        // They are no part of the text: nothing is marked there.
        self.found(&values, node, Some(field), at_least)
            .map(|_| Vec::new())
    }

    fn found(
        &self,
        text: &Analysed<'_>,
        node: &Node,
        field: Option<Field>,
        at_least: u32,
    ) -> Option<Vec<Found>> {
        let Positional { spans, leaves } = Positional::of(node)?;
        let runs = leaves.iter().map(|leaf| self.runs(text, leaf, field));
        let runs: Vec<Vec<Run>> = runs.collect();
        let mut units = text;
        let Ok(found) = Places::new(&runs, &mut units).reported(&spans) else {
            self.too_many.set(true);
            return None;
        };
        let enough = match at_least {
            0 | 1 => !found.is_empty(),
            more => counted(&found).len() >= more as usize,
        };
        enough.then_some(found)
    }

    /// Where the words of a leaf stand in its field.
    fn runs(&self, mut text: &Analysed<'_>, leaf: &Node, field: Option<Field>) -> Vec<Run> {
        let wanted = leaf::wanted(leaf, field.is_none_or(is_text));
        let mut runs = text.runs(wanted, &self.vocabulary.borrow());
        match field {
            Some(Field::Lead) => {
                let headline = text.first_of(SnippetField::Headline);
                let body = text.first_of(SnippetField::Body);
                keep_lead(&mut runs, headline, body, &mut text);
            }
            Some(Field::Headline) => {
                runs.retain(|run| text.parts[text.part_at(run.0)].field == SnippetField::Headline);
            }
            Some(Field::Byline) => {
                runs.retain(|run| text.parts[text.part_at(run.0)].field == SnippetField::Byline);
            }
            _ => {}
        }
        runs
    }
}

/// Whether a field is part of the text of an article.
fn is_text(field: Field) -> bool {
    matches!(field, Field::Headline | Field::Lead | Field::Byline)
}
