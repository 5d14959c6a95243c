//! The query tree → tantivy queries: one that decides what matches, and the leaves that score.
//!
//! Matching and scoring are kept apart. What matches is exactly what the tree says, unscored; the score of a match is the
//! sum of its leaves (words and phrases that are not excluded), always added in the order of the tree, so that an
//! article has the same score on every page.

use tantivy::query::{
    AllQuery, BooleanQuery, BoostQuery, ConstScoreQuery, EmptyQuery, Occur, PhraseQuery, Query, RegexQuery, TermQuery,
};
use tantivy::schema::{Field as IndexField, IndexRecordOption};
use tantivy::{Searcher, Term};

use super::days;
use crate::error::{Error, Result};
use crate::index::schema::Fields;
use crate::index::terms;
use crate::query::QueryError;
use crate::query::tree::{Field, Kind, Node};
use crate::text::analysis::stem::Stemmer;
use crate::text::analysis::{form, words};
use crate::text::language;

type Boxed = Box<dyn Query>;

/// Turns nodes of one query into tantivy queries, against one commit.
pub(crate) struct Lower<'a> {
    pub(crate) fields: &'a Fields,
    pub(crate) searcher: &'a Searcher,
    /// The codes of the stems that occur.
    pub(crate) stems: &'a [&'static str],
    /// The query as typed, for errors.
    pub(crate) text: &'a str,
}

/// A query, taken apart for its execution.
pub(crate) struct Lowered {
    /// What matches. Scores nothing.
    pub(crate) matching: Boxed,
    /// What scores, in the order of the tree.
    pub(crate) leaves: Vec<Boxed>,
    /// When the matches are those of plain words that also pass a filter: the words, and the filter.
    pub(crate) ranked: Option<Ranked>,
}

/// Words that tantivy can rank with pruning, and what else an article must pass.
pub(crate) struct Ranked {
    pub(crate) words: Boxed,
    pub(crate) filter: Option<Boxed>,
}

impl Lower<'_> {
    /// Lowers a whole query.
    pub(crate) fn query(&self, node: &Node) -> Result<Lowered> {
        let matching = self.matching(node, None)?;
        let mut leaves = Vec::new();
        self.leaves(node, None, &mut leaves)?;
        Ok(Lowered { matching, leaves, ranked: self.ranked(node)? })
    }

    /// What matches `node`, looked for in `field`, or in all text.
    pub(crate) fn matching(&self, node: &Node, field: Option<Field>) -> Result<Boxed> {
        Ok(match &node.kind {
            Kind::All => Box::new(AllQuery),
            Kind::Word(_) | Kind::Phrase(_) | Kind::Wildcard(_) => {
                let alternatives = self.leaf(node, field)?;
                any(alternatives.into_iter().map(|leaf| leaf.matching).collect())
            }
            Kind::And(nodes) => {
                let mut clauses = Vec::new();
                for node in nodes {
                    match &node.kind {
                        Kind::Not(inner) => clauses.push((Occur::MustNot, self.matching(inner, field)?)),
                        _ => clauses.push((Occur::Must, self.matching(node, field)?)),
                    }
                }
                if clauses.iter().all(|(occur, _)| *occur == Occur::MustNot) {
                    clauses.push((Occur::Must, Box::new(AllQuery)));
                }
                Box::new(BooleanQuery::new(clauses))
            }
            Kind::Or(nodes) => any(nodes.iter().map(|node| self.matching(node, field)).collect::<Result<_>>()?),
            Kind::Not(inner) => Box::new(BooleanQuery::new(vec![
                (Occur::Must, Box::new(AllQuery)),
                (Occur::MustNot, self.matching(inner, field)?),
            ])),
            Kind::Field { field, node } => self.matching(node, Some(*field))?,
            Kind::Date(span) => days::overlapping(self.fields, span),
            Kind::Place(name) => self.values(self.fields.place, name, node)?,
            Kind::Words { min, max } => days::words_between(self.fields, *min, *max),
            Kind::Fuzzy { .. } => return Err(self.not_yet(node, "fuzzy words (`~`)", "write the spellings out: (one OR another)")),
            Kind::Near { .. } => return Err(self.not_yet(node, "proximity (W/n, PRE/n, W/S, W/P)", "put AND between the two sides")),
            Kind::AtLeast { .. } => return Err(self.not_yet(node, "ATLEAST", "leave it out to find every mention")),
            Kind::In(_) => return Err(self.not_yet(node, "`in:`", "use `place:` with the name as the article writes it")),
        })
    }

    /// The leaves of `node` that score: all that is not excluded.
    fn leaves(&self, node: &Node, field: Option<Field>, leaves: &mut Vec<Boxed>) -> Result<()> {
        match &node.kind {
            Kind::Word(_) | Kind::Phrase(_) | Kind::Wildcard(_) if scores(field) => {
                leaves.extend(self.leaf(node, field)?.into_iter().map(|leaf| leaf.scoring));
            }
            Kind::And(nodes) | Kind::Or(nodes) => {
                for node in nodes {
                    self.leaves(node, field, leaves)?;
                }
            }
            Kind::Field { field, node } => self.leaves(node, Some(*field), leaves)?,
            _ => {}
        }
        Ok(())
    }

    /// Takes `words AND filters` apart, when the words are plain ones.
    fn ranked(&self, node: &Node) -> Result<Option<Ranked>> {
        let parts = match &node.kind {
            Kind::And(nodes) => nodes.as_slice(),
            _ => std::slice::from_ref(node),
        };
        let (mut must, mut filters) = (Vec::new(), Vec::new());
        for part in parts {
            if let Some(terms) = self.plain_words(part, None)? {
                must.push(terms);
            } else if self.is_unscored(part) {
                let occur = if matches!(part.kind, Kind::Not(_)) { Occur::MustNot } else { Occur::Must };
                let inner = if let Kind::Not(inner) = &part.kind { inner } else { part };
                filters.push((occur, self.matching(inner, None)?));
            } else {
                return Ok(None);
            }
        }
        // tantivy prunes a union of terms, and an intersection of single terms; no mixture of both.
        let words = match must.len() {
            0 => return Ok(None),
            1 => any(must.remove(0)),
            _ if must.iter().all(|terms| terms.len() == 1) => {
                Box::new(BooleanQuery::intersection(must.into_iter().flatten().collect()))
            }
            _ => return Ok(None),
        };
        let filter = (!filters.is_empty()).then(|| {
            if filters.iter().all(|(occur, _)| *occur == Occur::MustNot) {
                filters.push((Occur::Must, Box::new(AllQuery)));
            }
            Box::new(BooleanQuery::new(filters)) as Boxed
        });
        Ok(Some(Ranked { words, filter }))
    }

    /// The scored terms of a part that is one word, or a choice of such.
    fn plain_words(&self, node: &Node, field: Option<Field>) -> Result<Option<Vec<Boxed>>> {
        match &node.kind {
            Kind::Word(_) | Kind::Phrase(_) if scores(field) => {
                let leaves = self.leaf(node, field)?;
                let plain = leaves.iter().all(|leaf| leaf.is_term);
                Ok(plain.then(|| leaves.into_iter().map(|leaf| leaf.scoring).collect()))
            }
            Kind::Or(nodes) => {
                let mut terms = Vec::new();
                for node in nodes {
                    match self.plain_words(node, field)? {
                        Some(more) => terms.extend(more),
                        None => return Ok(None),
                    }
                }
                Ok(Some(terms))
            }
            Kind::Field { field, node } => self.plain_words(node, Some(*field)),
            _ => Ok(None),
        }
    }

    fn is_unscored(&self, node: &Node) -> bool {
        match &node.kind {
            Kind::Not(_) | Kind::Date(_) | Kind::Place(_) | Kind::Words { .. } | Kind::In(_) => true,
            Kind::Field { field, .. } => !scores(Some(*field)),
            _ => false,
        }
    }

    /// A word, phrase or wildcard: the alternatives, any of which matches.
    fn leaf(&self, node: &Node, field: Option<Field>) -> Result<Vec<Leaf>> {
        let index_field = self.index_field(field);
        match &node.kind {
            Kind::Word(word) if field == Some(Field::Language) => self.language(word, node),
            Kind::Phrase(word) if field == Some(Field::Language) => self.language(word, node),
            Kind::Word(text) if scores(field) => self.inflected(text, index_field, node),
            Kind::Word(text) | Kind::Phrase(text) => {
                if text.contains(['*', '?']) {
                    return Err(self.not_yet(node, "wildcards inside quotes", "quote the whole words only"));
                }
                let terms = self.forms(text, node)?;
                Ok(self.in_order(index_field, terms).into_iter().collect())
            }
            Kind::Wildcard(pattern) => Ok(vec![self.wildcard(pattern, index_field, node)?]),
            _ => Ok(Vec::new()),
        }
    }

    /// The exact forms of the words of `text`.
    fn forms(&self, text: &str, node: &Node) -> Result<Vec<String>> {
        let forms: Vec<String> = words(text)
            .map(|word| {
                let mut exact = String::new();
                form::exact(&text[word], &mut exact);
                exact
            })
            .collect();
        if forms.is_empty() {
            return Err(self.error(node, format!("`{text}` holds no word"), Some("leave it out".into())));
        }
        Ok(forms)
    }

    /// A bare word: in each language of the archive, its stem there.
    fn inflected(&self, text: &str, field: IndexField, node: &Node) -> Result<Vec<Leaf>> {
        self.forms(text, node)?;
        let mut found: Vec<(Leaf, u64)> = Vec::new();
        for code in self.stems {
            let stemmer = Stemmer::for_language(Some(code));
            let (mut stem, mut terms) = (String::new(), Vec::new());
            for word in words(text) {
                let mut term = String::new();
                stemmer.stem(&text[word], &mut stem);
                terms::write_stem(code, &stem, &mut term);
                terms.push(term);
            }
            if let Some(leaf) = self.in_order(field, terms) {
                let frequency = leaf.frequency;
                found.push((leaf, frequency));
            }
        }
        // A word is as rare as it is in all languages together, not as in the smallest of them.
        let all: u64 = found.iter().map(|(_, frequency)| frequency).sum();
        let docs = self.searcher.num_docs();
        Ok(found
            .into_iter()
            .map(|(mut leaf, frequency)| {
                if leaf.is_term && frequency != all {
                    leaf.scoring = Box::new(BoostQuery::new(leaf.scoring, idf(all, docs) / idf(frequency, docs)));
                }
                leaf
            })
            .collect())
    }

    /// Terms one after the other; none when one of them occurs nowhere.
    fn in_order(&self, field: IndexField, texts: Vec<String>) -> Option<Leaf> {
        let terms: Vec<Term> = texts.iter().map(|text| Term::from_field_text(field, text)).collect();
        let mut frequency = u64::MAX;
        for term in &terms {
            // An unreadable dictionary is reported by the search itself.
            frequency = frequency.min(self.searcher.doc_freq(term).unwrap_or(1));
        }
        if frequency == 0 {
            return None;
        }
        Some(match <[Term; 1]>::try_from(terms) {
            Ok([term]) => Leaf {
                matching: Box::new(TermQuery::new(term.clone(), IndexRecordOption::Basic)),
                scoring: Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs)),
                is_term: true,
                frequency,
            },
            Err(terms) => {
                let phrase = PhraseQuery::new(terms);
                Leaf { matching: Box::new(phrase.clone()), scoring: Box::new(phrase), is_term: false, frequency }
            }
        })
    }

    fn wildcard(&self, pattern: &str, field: IndexField, node: &Node) -> Result<Leaf> {
        let regex = wildcard_regex(pattern)
            .ok_or_else(|| self.not_yet(node, "wildcards in several words", "put each word in the query by itself"))?;
        let query = RegexQuery::from_pattern(&regex, field).map_err(|error| {
            self.error(node, format!("the wildcard is too complex: {error}"), Some("use fewer `*`".into()))
        })?;
        let scoring = ConstScoreQuery::new(Box::new(query.clone()), 1.0);
        Ok(Leaf { matching: Box::new(query), scoring: Box::new(scoring), is_term: false, frequency: 0 })
    }

    /// `lang:en` is `en` and all its regions.
    fn language(&self, tag: &str, node: &Node) -> Result<Vec<Leaf>> {
        let tag = language::normalise(tag)
            .ok_or_else(|| self.error(node, format!("`{tag}` is no language"), Some("use a tag like `en` or `pt-BR`".into())))?;
        let pattern = format!("{tag}(-.*)?");
        let query = RegexQuery::from_pattern(&pattern, self.fields.language)?;
        Ok(vec![Leaf { matching: Box::new(query.clone()), scoring: Box::new(query), is_term: false, frequency: 0 }])
    }

    /// Words of a field that is searched in exact forms.
    fn values(&self, field: IndexField, text: &str, node: &Node) -> Result<Boxed> {
        let terms = self.forms(text, node)?;
        Ok(self.in_order(field, terms).map_or_else(|| Box::new(EmptyQuery) as Boxed, |leaf| leaf.matching))
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
        self.error(node, format!("{what} cannot be searched yet"), Some(hint.to_owned()))
    }

    fn error(&self, node: &Node, message: String, hint: Option<String>) -> Error {
        QueryError { query: self.text.to_owned(), span: node.span, message, hint }.into()
    }
}

/// One way in which a word, phrase or wildcard can match.
struct Leaf {
    matching: Boxed,
    scoring: Boxed,
    /// One plain term, which tantivy can prune by.
    is_term: bool,
    /// In how many articles its rarest term occurs.
    frequency: u64,
}

/// Whether words looked for in a field count for relevance.
fn scores(field: Option<Field>) -> bool {
    match field {
        None | Some(Field::Headline | Field::Lead | Field::Byline) => true,
        Some(Field::Section | Field::Source | Field::Language | Field::Topic) => false,
    }
}

fn any(mut queries: Vec<Boxed>) -> Boxed {
    match queries.len() {
        0 => Box::new(EmptyQuery),
        1 => queries.remove(0),
        _ => Box::new(BooleanQuery::union(queries)),
    }
}

/// The inverse document frequency of BM25, as tantivy computes it.
#[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, reason = "a weight needs no more precision")]
fn idf(frequency: u64, docs: u64) -> f32 {
    let (frequency, docs) = (frequency as f64, docs.max(frequency) as f64);
    (1.0 + (docs - frequency + 0.5) / (frequency + 0.5)).ln() as f32
}

/// The regular expression over exact forms of a pattern that is one word; stems and marks never match it.
fn wildcard_regex(pattern: &str) -> Option<String> {
    let mut regex = String::new();
    let mut literal = String::new();
    let flush = |literal: &mut String, regex: &mut String| -> Option<()> {
        let mut found = words(literal);
        if let Some(word) = found.next() {
            if found.next().is_some() {
                return None;
            }
            let mut exact = String::new();
            form::exact(&literal[word], &mut exact);
            regex.push_str(&regex::escape(&exact));
        }
        literal.clear();
        Some(())
    };
    for c in pattern.chars() {
        match c {
            '*' | '?' => {
                flush(&mut literal, &mut regex)?;
                let any = if regex.is_empty() { "[^\u{1}\u{2}]" } else { "." };
                match c {
                    '?' => regex.push_str(any),
                    _ if regex.is_empty() => regex.push_str("([^\u{1}\u{2}].*)?"),
                    _ => regex.push_str(".*"),
                }
            }
            c => literal.push(c),
        }
    }
    flush(&mut literal, &mut regex)?;
    Some(regex)
}
