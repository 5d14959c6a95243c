//! The query tree → a plan of what matches, and the leaves that score.
//!
//! Matching and scoring are kept apart. What matches is exactly what the tree says; the score of a match is the sum of its
//! leaves (the words, phrases and proximities that are not excluded), whatever their place in the tree.

mod positional;
mod words;

use std::ops::ControlFlow;

use tantivy::query::{Bm25Weight, EnableScoring, PhraseQuery, Query, RegexQuery};
use tantivy::schema::Field as IndexField;
use tantivy::{Searcher, Term};

use super::deadline::Deadline;
use super::leaf::{self, Wanted};
use super::plan::Plan;
use super::request::{FacetName, Only};
use super::sight::Sight;
use super::spans::Stop;
use super::{days, expand};
use crate::error::{Error, Result};
use crate::index::schema::Fields;
use crate::places;
use crate::query::QueryError;
use crate::query::tree::{Field, Kind, Node, Versions};
use crate::text::edtf::day_number;
use crate::text::language;

/// What scores.
pub(crate) enum Leaf {
    /// A term, by BM25.
    Term(Term, Bm25Weight),
    /// The query in the plan that fills the list of scores with this number.
    List(usize),
}

/// A query, taken apart for its evaluation.
pub(crate) struct Lowered {
    pub(crate) plan: Plan,
    /// What of the archive it sees.
    pub(crate) sight: Sight,
    /// In the order of the tree.
    pub(crate) leaves: Vec<Leaf>,
    /// How many lists of scores the plan fills.
    pub(crate) lists: usize,
    /// Whether the evaluation was given up.
    pub(crate) stop: Stop,
}

impl Lowered {
    /// Leaves only articles that have, of each of these facets, one of these values. No score is changed by it.
    pub(crate) fn narrow_to(&mut self, only: &Only) {
        let asked = only.iter().filter(|(_, values)| !values.is_empty());
        let having =
            |(name, values): (&FacetName, &Vec<String>)| Plan::Having(*name, values.clone());
        let mut parts: Vec<_> = asked.map(having).collect();
        if parts.is_empty() {
            return;
        }
        parts.push(std::mem::replace(&mut self.plan, Plan::All));
        self.plan = Plan::And(parts);
    }
}

/// Turns nodes of one query into plans, against one commit.
pub(crate) struct Lower<'a> {
    pub(crate) fields: &'a Fields,
    pub(crate) searcher: &'a Searcher,
    /// The codes of the stems that occur.
    pub(crate) stems: &'a [&'static str],
    /// The query as typed, for errors.
    pub(crate) text: &'a str,
    leaves: Vec<Leaf>,
    lists: usize,
    stop: Stop,
    deadline: Deadline,
}

/// Where a node stands in the tree.
#[derive(Clone, Copy)]
struct At {
    field: Option<Field>,
    /// Below no NOT, and in a field whose words count for relevance.
    scores: bool,
}

impl<'a> Lower<'a> {
    pub(crate) fn new(
        fields: &'a Fields,
        searcher: &'a Searcher,
        stems: &'a [&'static str],
        text: &'a str,
        deadline: Deadline,
    ) -> Self {
        Lower {
            fields,
            searcher,
            stems,
            text,
            leaves: Vec::new(),
            lists: 0,
            stop: Stop::default(),
            deadline,
        }
    }

    /// Lowers a node that stands in `field`, or in no field; without its leaves unless it `scores`.
    ///
    /// # Errors
    /// [`Error::Query`] for what cannot be searched, with its place in the query.
    pub(crate) fn query(
        mut self,
        node: &Node,
        field: Option<Field>,
        scores: bool,
    ) -> Result<Lowered> {
        let at = At {
            field,
            scores: scores && scored(field),
        };
        let plan = self.node(node, at)?;
        Ok(Lowered {
            plan,
            sight: Sight::of(node),
            leaves: self.leaves,
            lists: self.lists,
            stop: self.stop,
        })
    }

    fn node(&mut self, node: &Node, at: At) -> Result<Plan> {
        Ok(match &node.kind {
            Kind::All => Plan::All,
            Kind::Word(_) | Kind::Phrase(_) | Kind::Wildcard(_) | Kind::Fuzzy { .. } => {
                self.leaf(node, at)?
            }
            Kind::And(nodes) => Plan::And(self.nodes(nodes, at)?),
            Kind::Or(nodes) => Plan::Or(self.nodes(nodes, at)?),
            Kind::Not(inner) => {
                let unscored = At {
                    scores: false,
                    ..at
                };
                Plan::Not(Box::new(self.node(inner, unscored)?))
            }
            Kind::Near { .. } => self.positional(node, 1, at)?,
            Kind::AtLeast { count, node } => self.positional(node, *count, at)?,
            Kind::Field { field, node } => {
                let inside = At {
                    field: Some(*field),
                    scores: at.scores && scored(Some(*field)),
                };
                self.node(node, inside)?
            }
            Kind::Date(span) => Plan::Days(span.clone()),
            Kind::In(name) => {
                let key = places::key(name);
                Plan::Term(Term::from_field_text(self.fields.within, &key))
            }
            Kind::Place(name) => self.in_order(self.fields.place, &leaf::exact(name), false)?,
            Kind::Words { min, max } => {
                self.listed(days::words_between(self.fields, *min, *max).as_ref(), false)?
            }
            Kind::Versions(Versions::All) => Plan::All,
            Kind::Versions(Versions::AsOf(day)) => Plan::AsOf(day_number(*day)),
        })
    }

    fn nodes(&mut self, nodes: &[Node], at: At) -> Result<Vec<Plan>> {
        nodes.iter().map(|node| self.node(node, at)).collect()
    }

    /// A word, a phrase, a wildcard or a fuzzy word.
    fn leaf(&mut self, node: &Node, at: At) -> Result<Plan> {
        if at.field == Some(Field::Language) {
            return self.language(node);
        }
        let wanted = self.wanted(node, at.field)?;
        let field = self.index_field(at.field);
        match wanted.as_slice() {
            _ if at.field == Some(Field::Lead) => self.positional(node, 1, at),
            [Wanted::Inflected(word)] => self.word(word, field, at.scores),
            [Wanted::Pattern(pattern)] => {
                self.any_of(field, expand::Wanted::Pattern(pattern), at.scores)
            }
            [Wanted::Fuzzy(word, edits)] => {
                let edits = *edits;
                self.any_of(field, expand::Wanted::Fuzzy { word, edits }, at.scores)
            }
            words if words.iter().all(|word| matches!(word, Wanted::Exact(_))) => {
                self.in_order(field, words, at.scores)
            }
            _ => self.positional(node, 1, at),
        }
    }

    /// What a leaf looks for; an error when that is nothing.
    fn wanted(&self, node: &Node, field: Option<Field>) -> Result<Vec<Wanted>> {
        let wanted = leaf::wanted(node, scored(field));
        if wanted.is_empty() {
            let message = format!("`{node}` holds no word");
            return Err(self.error(node, message, Some("leave it out".into())));
        }
        Ok(wanted)
    }

    /// Exact forms one after the other; nothing when one of them occurs nowhere.
    fn in_order(&mut self, field: IndexField, forms: &[Wanted], scores: bool) -> Result<Plan> {
        let mut terms = Vec::new();
        for form in forms {
            if let Wanted::Exact(form) = form {
                terms.push(Term::from_field_text(field, form));
            }
        }
        for term in &terms {
            if self.searcher.doc_freq(term)? == 0 {
                return Ok(Plan::None);
            }
        }
        match terms.len() {
            0 => Ok(Plan::None),
            1 => self.term(terms.remove(0), scores, 1.0),
            _ => self.listed(&PhraseQuery::new(terms), scores),
        }
    }

    fn term(&mut self, term: Term, scores: bool, boost: f32) -> Result<Plan> {
        if scores {
            let weight = Bm25Weight::for_terms(self.searcher, std::slice::from_ref(&term))?;
            self.leaves
                .push(Leaf::Term(term.clone(), weight.boost_by(boost)));
        }
        Ok(Plan::Term(term))
    }

    /// All words that a pattern or a fuzzy word stands for, however many they are.
    fn any_of(
        &mut self,
        field: IndexField,
        wanted: expand::Wanted<'_>,
        scores: bool,
    ) -> Result<Plan> {
        let mut terms = Vec::new();
        let all = expand::each(self.searcher, field, &wanted, &mut |word, _| {
            terms.push(Term::from_field_text(field, word));
            match self.deadline.check_at(terms.len()) {
                Ok(()) => ControlFlow::Continue(()),
                Err(_) => ControlFlow::Break(()),
            }
        })?;
        if all.is_break() {
            self.deadline.check()?;
        }
        // Which of its words occurs says nothing about relevance: each counts one.
        let list = self.list(scores);
        Ok(Plan::AnyOf { terms, list })
    }

    /// A query of tantivy's that fills a list of scores, when it scores.
    fn listed(&mut self, query: &dyn Query, scores: bool) -> Result<Plan> {
        let list = self.list(scores);
        Ok(Plan::Query {
            weight: query.weight(self.scoring(scores))?,
            list,
        })
    }

    fn scoring(&self, scores: bool) -> EnableScoring<'a> {
        if scores {
            EnableScoring::enabled_from_searcher(self.searcher)
        } else {
            EnableScoring::disabled_from_searcher(self.searcher)
        }
    }

    /// A new list of scores, for what scores.
    fn list(&mut self, scores: bool) -> Option<usize> {
        let list = scores.then_some(self.lists);
        if let Some(list) = list {
            self.lists += 1;
            self.leaves.push(Leaf::List(list));
        }
        list
    }

    /// `lang:en` is `en` and all its regions.
    fn language(&mut self, node: &Node) -> Result<Plan> {
        let (Kind::Word(tag) | Kind::Phrase(tag)) = &node.kind else {
            let message = format!("`{node}` is no language");
            return Err(self.error(node, message, Some("use a tag like `en`".into())));
        };
        let tag = language::normalise(tag).ok_or_else(|| {
            self.error(
                node,
                format!("`{tag}` is no language"),
                Some("use a tag like `en` or `pt-BR`".into()),
            )
        })?;
        self.language_of(&tag)
    }

    /// The articles of one language.
    fn language_of(&mut self, code: &str) -> Result<Plan> {
        let query = RegexQuery::from_pattern(&format!("{code}(-.*)?"), self.fields.language)?;
        self.listed(&query, false)
    }

    fn index_field(&self, field: Option<Field>) -> IndexField {
        index_field(self.fields, field)
    }

    fn error(&self, node: &Node, message: String, hint: Option<String>) -> Error {
        QueryError {
            query: self.text.to_owned(),
            span: node.span,
            message,
            hint,
        }
        .into()
    }
}

/// The field of the index that a field of the query is looked for in.
pub(crate) fn index_field(fields: &Fields, field: Option<Field>) -> IndexField {
    match field {
        // The lead is a stretch of the text.
        None | Some(Field::Lead) => fields.text,
        Some(Field::Headline) => fields.headline,
        Some(Field::Byline) => fields.byline,
        Some(Field::Section) => fields.section,
        Some(Field::Source) => fields.source,
        Some(Field::Language) => fields.language,
        Some(Field::Topic) => fields.topic,
    }
}

/// Whether there is something in a query to be relevant for: a word that is not excluded.
pub(crate) fn has_words(node: &Node) -> bool {
    match &node.kind {
        Kind::Word(_) | Kind::Phrase(_) | Kind::Wildcard(_) | Kind::Fuzzy { .. } => true,
        Kind::Near { .. } | Kind::AtLeast { .. } => true,
        Kind::And(nodes) | Kind::Or(nodes) => nodes.iter().any(has_words),
        Kind::Field { field, node } => scored(Some(*field)) && has_words(node),
        _ => false,
    }
}

/// Whether words looked for in a field count for relevance, and match in all their inflections.
pub(crate) fn scored(field: Option<Field>) -> bool {
    match field {
        None | Some(Field::Headline | Field::Lead | Field::Byline) => true,
        Some(Field::Section | Field::Source | Field::Language | Field::Topic) => false,
    }
}
