//! The judge of search: reads every article from its first word to its last, for every query.
//!
//! It shares with the engine what a word and its forms are (`text::analysis`), where sentences begin (`text::sentence`) and
//! the query tree, and nothing else: no index, no tantivy, no lowering. It is as simple as it can be and as slow as it
//! likes; of a query whose matches are too many to be enumerated it says so, and never guesses.
//!
//! * [`words`]: articles as words, each in its sentence and paragraph;
//! * [`leaf`]: where a word, a phrase, a pattern or a fuzzy word is met;
//! * [`near`]: matches of proximities, as sets of words, and which of them are reported;
//! * [`count`]: what is counted and what is marked;
//! * [`filter`]: dates, lengths, places, languages.
//!
//! Here is what holds for an article: AND, OR, NOT, fields, `ATLEAST`. What is excluded reports nothing, nor does a branch of
//! an OR that does not hold.

mod count;
mod filter;
mod leaf;
mod near;
mod words;

use std::ops::Range;

use morgue::Article;
use morgue::query::tree::{Field, Kind, Node};
use morgue::search::SnippetField;

use self::near::{Effort, Pattern, Reported};
use self::words::Numbers;
pub use self::words::{Read, Text};

/// How many pairs of matches are looked at for one query at most, in all articles together.
const EFFORT: u64 = 20_000_000;

/// Articles, read.
pub struct Oracle {
    pub articles: Vec<Read>,
    exact: Numbers,
    stems: Numbers,
}

/// An article that a query finds.
pub struct Verdict<'a> {
    pub read: &'a Read,
    /// How many matches are counted.
    pub matches: usize,
    /// The marks: number of the part, bytes. In order, none within another.
    pub marks: Vec<(usize, Range<usize>)>,
}

impl Verdict<'_> {
    /// The id of the article.
    pub fn id(&self) -> &str {
        &self.read.article.id
    }

    /// Each part of the article, with `[` and `]` around what is marked.
    pub fn marked(&self) -> Vec<(SnippetField, String)> {
        let parts = self.read.parts.iter().enumerate();
        parts
            .map(|(number, (part, text))| {
                let mut shown = text.text.clone();
                let marks = self.marks.iter().filter(|(part, _)| *part == number);
                for (_, range) in marks.rev() {
                    shown.insert(range.end, ']');
                    shown.insert(range.start, '[');
                }
                (*part, shown)
            })
            .collect()
    }
}

impl Oracle {
    /// Reads articles.
    pub fn new(articles: Vec<Article>) -> Self {
        let (mut exact, mut stems) = (Numbers::default(), Numbers::default());
        let articles = articles
            .into_iter()
            .map(|article| Read::new(article, &mut exact, &mut stems))
            .collect();
        Oracle {
            articles,
            exact,
            stems,
        }
    }

    /// The articles that `query` finds. None when that takes too long to find out.
    pub fn judge(&self, query: &Node) -> Option<Vec<Verdict<'_>>> {
        let test = self.test(query, None);
        let effort = Effort::new(EFFORT);
        let mut found = Vec::new();
        for read in &self.articles {
            if let Some(reported) = test.holds(read, &effort) {
                found.push(Verdict {
                    read,
                    matches: count::matches(&reported),
                    marks: count::marks(read, &reported),
                });
            }
            if effort.is_spent() {
                return None;
            }
        }
        Some(found)
    }

    fn test<'q>(&self, node: &'q Node, field: Option<Field>) -> Test<'q> {
        let all = |nodes: &'q [Node]| nodes.iter().map(|node| self.test(node, field)).collect();
        match &node.kind {
            Kind::All => Test::And(Vec::new()),
            Kind::And(nodes) => Test::And(all(nodes)),
            Kind::Or(nodes) => Test::Or(all(nodes)),
            Kind::Not(node) => Test::Not(Box::new(self.test(node, field))),
            Kind::Field { field, node } => self.test(node, Some(*field)),
            Kind::Word(tag) | Kind::Phrase(tag) if field == Some(Field::Language) => {
                Test::Language(tag)
            }
            Kind::AtLeast { count, node } => {
                Test::Text(field, self.pattern(node, field), *count as usize)
            }
            Kind::Word(_)
            | Kind::Phrase(_)
            | Kind::Wildcard(_)
            | Kind::Fuzzy { .. }
            | Kind::Near { .. } => Test::Text(field, self.pattern(node, field), 1),
            // The archives that it judges have one version of each article.
            Kind::Versions(_) => Test::And(Vec::new()),
            Kind::Date(_) | Kind::Words { .. } | Kind::In(_) | Kind::Place(_) => {
                Test::Filter(&node.kind)
            }
        }
    }

    /// What may stand in a proximity or an `ATLEAST`.
    fn pattern(&self, node: &Node, field: Option<Field>) -> Pattern {
        match &node.kind {
            Kind::Or(nodes) => {
                Pattern::Or(nodes.iter().map(|node| self.pattern(node, field)).collect())
            }
            Kind::Near {
                left,
                right,
                within,
                ordered,
                negated,
            } => Pattern::Near {
                left: Box::new(self.pattern(left, field)),
                right: Box::new(self.pattern(right, field)),
                within: *within,
                ordered: *ordered,
                negated: *negated,
            },
            leaf => Pattern::Leaf(self.leaf(leaf, field)),
        }
    }
}

/// A query, its words looked up.
enum Test<'q> {
    /// In the field so many matches are counted.
    Text(Option<Field>, Pattern, usize),
    Language(&'q str),
    Filter(&'q Kind),
    And(Vec<Test<'q>>),
    Or(Vec<Test<'q>>),
    Not(Box<Test<'q>>),
}

impl Test<'_> {
    /// The matches that it reports, if it holds for the article.
    fn holds(&self, read: &Read, effort: &Effort) -> Option<Vec<Reported>> {
        match self {
            Test::Text(field, pattern, least) => {
                let stretches = read.stretches(*field);
                let reported: Vec<Reported> = stretches
                    .iter()
                    .flat_map(|stretch| pattern.reported(stretch, effort))
                    .collect();
                if count::matches(&reported) < *least {
                    return None;
                }
                // Sections, sources and topics are no text: nothing in them is counted or marked.
                Some(if words::is_text(*field) {
                    reported
                } else {
                    Vec::new()
                })
            }
            Test::Language(tag) => filter::is_in_language(read, tag).then(Vec::new),
            Test::Filter(kind) => filter::passes(read, kind).then(Vec::new),
            Test::And(tests) => {
                let reported: Option<Vec<_>> =
                    tests.iter().map(|test| test.holds(read, effort)).collect();
                reported.map(|reported| reported.into_iter().flatten().collect())
            }
            Test::Or(tests) => {
                let reported: Vec<_> = tests
                    .iter()
                    .filter_map(|test| test.holds(read, effort))
                    .collect();
                (!reported.is_empty()).then(|| reported.into_iter().flatten().collect())
            }
            Test::Not(test) => test.holds(read, effort).is_none().then(Vec::new),
        }
    }
}
