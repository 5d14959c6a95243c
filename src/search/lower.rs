//! The query tree → a plan of what matches, and the leaves that score.
//!
//! Matching and scoring are kept apart. What matches is exactly what the tree says; the score of a match is the sum of its
//! leaves (the words and phrases that are not excluded), whatever their place in the tree.

use tantivy::query::{Bm25Weight, ConstScoreQuery, EnableScoring, PhraseQuery, Query, RegexQuery};
use tantivy::schema::Field as IndexField;
use tantivy::{Searcher, Term};

use super::days;
use super::plan::Plan;
use crate::error::{Error, Result};
use crate::index::schema::Fields;
use crate::index::terms;
use crate::query::QueryError;
use crate::query::tree::{Field, Kind, Node};
use crate::text::analysis::stem::Stemmer;
use crate::text::analysis::{form, words};
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
    /// In the order of the tree.
    pub(crate) leaves: Vec<Leaf>,
    /// How many lists of scores the plan fills.
    pub(crate) lists: usize,
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
}

/// A way in which words can stand in an article.
#[derive(Clone, Default, PartialEq)]
struct Inflection {
    /// Their terms, one after the other.
    terms: Vec<String>,
    /// The language in which alone it is one.
    only: Option<&'static str>,
}

impl Inflection {
    fn and(&self, term: &str, only: Option<&'static str>) -> Self {
        let mut longer = self.clone();
        longer.terms.push(term.to_owned());
        longer.only = longer.only.or(only);
        longer
    }
}

/// In how many ways the words of one piece (`state-of-the-art`) may be inflected: nearly all words have one.
const RUNS: usize = 256;

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
    ) -> Self {
        Lower {
            fields,
            searcher,
            stems,
            text,
            leaves: Vec::new(),
            lists: 0,
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
        let plan = self.node(
            node,
            At {
                field,
                scores: scores && scored(field),
            },
        )?;
        Ok(Lowered {
            plan,
            leaves: self.leaves,
            lists: self.lists,
        })
    }

    fn node(&mut self, node: &Node, at: At) -> Result<Plan> {
        Ok(match &node.kind {
            Kind::All => Plan::All,
            Kind::Word(word) => self.word(word, node, at)?,
            Kind::Phrase(text) => self.phrase(text, node, at)?,
            Kind::Wildcard(pattern) => self.wildcard(pattern, node, at)?,
            Kind::And(nodes) => Plan::And(self.nodes(nodes, at)?),
            Kind::Or(nodes) => Plan::Or(self.nodes(nodes, at)?),
            Kind::Not(inner) => Plan::Not(Box::new(self.node(
                inner,
                At {
                    scores: false,
                    ..at
                },
            )?)),
            Kind::Field { field, node } => self.node(
                node,
                At {
                    field: Some(*field),
                    scores: at.scores && scored(Some(*field)),
                },
            )?,
            Kind::Date(span) => Plan::Days(span.clone()),
            Kind::Place(name) => {
                let forms = self.forms(name, node)?;
                self.in_order(self.fields.place, &forms, false)?
            }
            Kind::Words { min, max } => {
                self.listed(days::words_between(self.fields, *min, *max).as_ref(), false)?
            }
            Kind::Fuzzy { .. } => {
                return Err(self.not_yet(
                    node,
                    "fuzzy words (`~`)",
                    "write the spellings out: (one OR another)",
                ));
            }
            Kind::Near { .. } => {
                return Err(self.not_yet(
                    node,
                    "proximity (W/n, PRE/n, W/S, W/P)",
                    "put AND between the two sides",
                ));
            }
            Kind::AtLeast { .. } => {
                return Err(self.not_yet(node, "ATLEAST", "leave it out to find every mention"));
            }
            Kind::In(_) => {
                return Err(self.not_yet(
                    node,
                    "`in:`",
                    "use `place:` with the name as the article writes it",
                ));
            }
        })
    }

    fn nodes(&mut self, nodes: &[Node], at: At) -> Result<Vec<Plan>> {
        nodes.iter().map(|node| self.node(node, at)).collect()
    }

    /// A bare word: in each language of the archive, its stem there.
    fn word(&mut self, text: &str, node: &Node, at: At) -> Result<Plan> {
        if !scored(at.field) {
            return self.phrase(text, node, at);
        }
        self.forms(text, node)?;
        let field = self.index_field(at.field);
        let mut found: Vec<(Inflection, u64)> = Vec::new();
        for code in self.stems {
            for run in self.inflections(code, text, field, node)? {
                let frequency = self.frequency(field, &run.terms)?;
                if frequency > 0 && found.iter().all(|(known, _)| *known != run) {
                    found.push((run, frequency));
                }
            }
        }
        // A word is as rare as it is in all languages together, not as in the smallest of them.
        let all = found.iter().map(|(_, frequency)| frequency).sum();
        let mut plans = Vec::new();
        for (run, frequency) in found {
            let boost = if frequency == all {
                1.0
            } else {
                idf(all, self.docs()) / idf(frequency, self.docs())
            };
            let plan = self.terms(field, &run.terms, at.scores, boost)?;
            plans.push(match run.only {
                Some(code) => Plan::And(vec![plan, self.language_of(code)?]),
                None => plan,
            });
        }
        Ok(any(plans))
    }

    /// The ways in which the words of `text` can stand in an article of one language, of those that occur: each word as its
    /// stem, or as a word that is kept in its exact form only and has the same stem.
    fn inflections(
        &self,
        code: &'static str,
        text: &str,
        field: IndexField,
        node: &Node,
    ) -> Result<Vec<Inflection>> {
        let stemmer = Stemmer::for_language(Some(code));
        let mut runs = vec![Inflection::default()];
        for word in words(text).map(|word| &text[word]) {
            let (mut stem, exact) = (String::new(), form::exact_of(word));
            stemmer.stem(word, &mut stem);
            // The word itself is an inflection of itself in every language; its kin are so in this one.
            let kin = stemmer.invariable_kin(word).into_iter();
            let mut terms: Vec<_> = kin.map(|kin| (kin != exact, kin)).collect();
            terms.push((false, terms::stem_term(code, &stem)));
            let mut longer = Vec::new();
            for (foreign, term) in terms {
                if self.frequency(field, std::slice::from_ref(&term))? > 0 {
                    longer.extend(
                        runs.iter()
                            .map(|run| run.and(&term, foreign.then_some(code))),
                    );
                }
            }
            runs = longer;
            if runs.len() > RUNS {
                let message = format!("`{text}` can be inflected in too many ways");
                return Err(self.error(node, message, Some("quote it".into())));
            }
        }
        Ok(runs)
    }

    /// The articles of one language.
    fn language_of(&mut self, code: &str) -> Result<Plan> {
        let query = RegexQuery::from_pattern(&format!("{code}(-.*)?"), self.fields.language)?;
        self.listed(&query, false)
    }

    /// Quoted words, and words of fields that are searched in exact forms only.
    fn phrase(&mut self, text: &str, node: &Node, at: At) -> Result<Plan> {
        if at.field == Some(Field::Language) {
            return self.language(text, node);
        }
        if text.contains(['*', '?']) {
            return Err(self.not_yet(
                node,
                "wildcards inside quotes",
                "quote the whole words only",
            ));
        }
        let forms = self.forms(text, node)?;
        self.in_order(self.index_field(at.field), &forms, at.scores)
    }

    /// The exact forms of the words of `text`.
    fn forms(&self, text: &str, node: &Node) -> Result<Vec<String>> {
        let forms: Vec<String> = words(text)
            .map(|word| form::exact_of(&text[word]))
            .collect();
        if forms.is_empty() {
            return Err(self.error(
                node,
                format!("`{text}` holds no word"),
                Some("leave it out".into()),
            ));
        }
        Ok(forms)
    }

    /// Terms one after the other; nothing when one of them occurs nowhere.
    fn in_order(&mut self, field: IndexField, texts: &[String], scores: bool) -> Result<Plan> {
        if self.frequency(field, texts)? == 0 {
            return Ok(Plan::None);
        }
        self.terms(field, texts, scores, 1.0)
    }

    fn terms(
        &mut self,
        field: IndexField,
        texts: &[String],
        scores: bool,
        boost: f32,
    ) -> Result<Plan> {
        let mut terms: Vec<Term> = texts
            .iter()
            .map(|text| Term::from_field_text(field, text))
            .collect();
        if terms.len() > 1 {
            return self.listed(&PhraseQuery::new(terms), scores);
        }
        let term = terms.remove(0);
        if scores {
            let weight = Bm25Weight::for_terms(self.searcher, std::slice::from_ref(&term))?;
            self.leaves
                .push(Leaf::Term(term.clone(), weight.boost_by(boost)));
        }
        Ok(Plan::Term(term))
    }

    /// A query of tantivy's that fills a list of scores, when it scores.
    fn listed(&mut self, query: &dyn Query, scores: bool) -> Result<Plan> {
        let list = scores.then_some(self.lists);
        if let Some(list) = list {
            self.lists += 1;
            self.leaves.push(Leaf::List(list));
        }
        let scoring = if scores {
            EnableScoring::enabled_from_searcher(self.searcher)
        } else {
            EnableScoring::disabled_from_searcher(self.searcher)
        };
        Ok(Plan::Query {
            weight: query.weight(scoring)?,
            list,
        })
    }

    fn wildcard(&mut self, pattern: &str, node: &Node, at: At) -> Result<Plan> {
        let regex = wildcard_regex(pattern).ok_or_else(|| {
            self.not_yet(
                node,
                "wildcards in several words",
                "put each word in the query by itself",
            )
        })?;
        let query =
            RegexQuery::from_pattern(&regex, self.index_field(at.field)).map_err(|error| {
                self.error(
                    node,
                    format!("the wildcard is too complex: {error}"),
                    Some("use fewer `*`".into()),
                )
            })?;
        // Which of its words occurs says nothing about relevance: each counts one.
        self.listed(&ConstScoreQuery::new(Box::new(query), 1.0), at.scores)
    }

    /// `lang:en` is `en` and all its regions.
    fn language(&mut self, tag: &str, node: &Node) -> Result<Plan> {
        let tag = language::normalise(tag).ok_or_else(|| {
            self.error(
                node,
                format!("`{tag}` is no language"),
                Some("use a tag like `en` or `pt-BR`".into()),
            )
        })?;
        self.language_of(&tag)
    }

    /// In how many articles the rarest of the terms occurs.
    fn frequency(&self, field: IndexField, texts: &[String]) -> Result<u64> {
        let mut least = u64::MAX;
        for text in texts {
            least = least.min(
                self.searcher
                    .doc_freq(&Term::from_field_text(field, text))?,
            );
        }
        Ok(least)
    }

    fn docs(&self) -> u64 {
        self.searcher
            .segment_readers()
            .iter()
            .map(|segment| u64::from(segment.max_doc()))
            .sum()
    }

    fn index_field(&self, field: Option<Field>) -> IndexField {
        match field {
            None => self.fields.text,
            Some(Field::Headline) => self.fields.headline,
            Some(Field::Lead) => self.fields.lead,
            Some(Field::Byline) => self.fields.byline,
            Some(Field::Section) => self.fields.section,
            Some(Field::Source) => self.fields.source,
            Some(Field::Language) => self.fields.language,
            Some(Field::Topic) => self.fields.topic,
        }
    }

    fn not_yet(&self, node: &Node, what: &str, hint: &str) -> Error {
        self.error(
            node,
            format!("{what} cannot be searched yet"),
            Some(hint.to_owned()),
        )
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

/// Whether there is something in a query to be relevant for: a word that is not excluded.
pub(crate) fn has_words(node: &Node) -> bool {
    match &node.kind {
        Kind::Word(_) | Kind::Phrase(_) | Kind::Wildcard(_) => true,
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

fn any(mut plans: Vec<Plan>) -> Plan {
    match plans.len() {
        0 => Plan::None,
        1 => plans.remove(0),
        _ => Plan::Or(plans),
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

/// The regular expression over exact forms of a pattern that is one word; stems and marks never match it.
fn wildcard_regex(pattern: &str) -> Option<String> {
    const LETTER: &str = "[^\u{1}\u{2}]";
    let mut regex = String::new();
    for piece in pattern.split_inclusive(['*', '?']) {
        let literal = piece.trim_end_matches(['*', '?']);
        let mut found = words(literal);
        if let Some(word) = found.next() {
            regex.push_str(&regex::escape(&form::exact_of(&literal[word])));
        }
        if found.next().is_some() {
            return None;
        }
        match piece.chars().next_back() {
            Some('*') => regex.extend([LETTER, "*"]),
            Some('?') => regex.push_str(LETTER),
            _ => {}
        }
    }
    Some(regex)
}
