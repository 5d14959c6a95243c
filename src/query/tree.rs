//! The query tree: what the user asked for, closed and serialisable. It knows nothing of tantivy.
//!
//! Everything that a search does starts from this tree: matching, ranking, snippets, explanations, and the canonical
//! text that [`std::fmt::Display`] prints. Two queries mean the same to the program when their trees are equal;
//! the [`Span`]s, which only serve messages, take no part in equality.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::dates::DateSpan;

/// A stretch of the query text, in Unicode characters, half-open.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Span {
    /// The first character.
    pub start: usize,
    /// One after the last character.
    pub end: usize,
}

impl Span {
    /// The stretch from `start` to before `end`.
    #[must_use]
    pub const fn new(start: usize, end: usize) -> Self {
        Span { start, end }
    }
}

/// Spans serve messages, not meaning: all of them are equal.
impl PartialEq for Span {
    fn eq(&self, _: &Span) -> bool {
        true
    }
}
impl Eq for Span {}

/// A node of the tree and the stretch of the query text that it was read from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Node {
    /// What it means.
    pub kind: Kind,
    /// Where it stands in the query text.
    #[serde(default)]
    pub span: Span,
}

/// What a node means.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Every article: the empty query.
    All,
    /// A bare word, matched in all its inflections. May be several index words (`cease-fire`), then as a phrase.
    Word(String),
    /// Quoted words, in this order, in exactly these forms. A `*` or `?` inside a quoted word is a wildcard.
    Phrase(String),
    /// A word with `*` (any run of characters) and `?` (one character).
    Wildcard(String),
    /// A word within so many edits.
    Fuzzy {
        /// The word as typed.
        word: String,
        /// How many insertions, deletions, substitutions or transpositions: 1 or 2.
        edits: u8,
    },
    /// All of these (two or more).
    And(Vec<Node>),
    /// Any of these (two or more).
    Or(Vec<Node>),
    /// Every article but these.
    Not(Box<Node>),
    /// Two parts near each other, each of them a word, phrase, wildcard, fuzzy word, proximity, or OR of them.
    Near {
        /// The part on the left, the earlier one when `ordered`.
        left: Box<Node>,
        /// The part on the right.
        right: Box<Node>,
        /// How near.
        within: Within,
        /// `PRE/n`: in this order only.
        ordered: bool,
        /// `NOT W/n`: the left part, where the right part is not near.
        negated: bool,
    },
    /// At least so many matches in the article.
    AtLeast {
        /// How many.
        count: u32,
        /// Of what: a word, phrase, wildcard, fuzzy word, proximity, or OR of them.
        node: Box<Node>,
    },
    /// The part, looked for in this field only.
    Field {
        /// Which field.
        field: Field,
        /// A word, phrase, wildcard, fuzzy word, proximity, `ATLEAST`, or AND, OR and NOT of them.
        node: Box<Node>,
    },
    /// The article's date overlaps this span of days.
    Date(DateSpan),
    /// The article's places lie in this one.
    In(String),
    /// The article names this place.
    Place(String),
    /// The article's length in words, both ends included.
    Words {
        /// At least so many.
        min: Option<u32>,
        /// At most so many.
        max: Option<u32>,
    },
    /// Of the versions of an article these, where a query without it sees only what is current.
    Versions(Versions),
}

/// Which versions of its articles a query sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Versions {
    /// All, those that were replaced or withdrawn too.
    All,
    /// Those that were current at the end of this day.
    AsOf(NaiveDate),
}

/// How near two parts of a [`Kind::Near`] stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Within {
    /// At most this many words apart: neighbours are 1 apart.
    Words(u32),
    /// In the same sentence.
    Sentence,
    /// In the same paragraph.
    Paragraph,
}

/// A field that a query can name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// Headline: words.
    Headline,
    /// Headline and first paragraph: words.
    Lead,
    /// Authors: words.
    Byline,
    /// Section: words, in exactly these forms.
    Section,
    /// Publication: words, in exactly these forms.
    Source,
    /// Language: a BCP 47 tag or its beginning (`lang:en` finds `en-GB`).
    Language,
    /// Topics: words, in exactly these forms.
    Topic,
}

impl Node {
    /// The nodes directly below this one, from left to right.
    #[must_use]
    pub fn parts(&self) -> Vec<&Node> {
        match &self.kind {
            Kind::And(members) | Kind::Or(members) => members.iter().collect(),
            Kind::Not(node) | Kind::AtLeast { node, .. } | Kind::Field { node, .. } => vec![node],
            Kind::Near { left, right, .. } => vec![left, right],
            Kind::All
            | Kind::Word(_)
            | Kind::Phrase(_)
            | Kind::Wildcard(_)
            | Kind::Fuzzy { .. } => Vec::new(),
            Kind::Date(_)
            | Kind::In(_)
            | Kind::Place(_)
            | Kind::Words { .. }
            | Kind::Versions(_) => Vec::new(),
        }
    }
}
