//! What is answered.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::request::{FacetName, Sort};
use crate::article::Place;
use crate::text::edtf::Edtf;

/// The answer to a [`super::Request`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Response {
    /// The query, as typed and as understood.
    pub query: QueryEcho,
    /// How many articles match, exactly.
    pub total: u64,
    /// The order in which the hits are.
    pub sort: Sort,
    /// How long the search took, in milliseconds.
    pub took_ms: f64,
    /// What to put into [`super::Request::after`] for the hits that follow; `None` when there are none.
    pub next: Option<String>,
    /// The hits, in order.
    pub hits: Vec<Hit>,
    /// For each facet asked for, its values with the largest counts first.
    #[serde(skip_serializing_if = "BTreeMap::is_empty", default)]
    pub facets: BTreeMap<FacetName, Vec<FacetCount>>,
    /// For each facet that has more values than [`super::Request::values`] lets in, how many more.
    #[serde(skip_serializing_if = "BTreeMap::is_empty", default)]
    pub others: BTreeMap<FacetName, usize>,
    /// The counts by time, when they were asked for: every unit from the first hit's to the last one's, also the empty ones.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub timeline: Option<Vec<Bucket>>,
}

/// The query, as typed and as understood.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct QueryEcho {
    /// As typed.
    pub text: String,
    /// In canonical form: parsing this gives the same query.
    pub canonical: String,
    /// What the user should know about the reading of it.
    pub warnings: Vec<Warning>,
}

/// Something the user should know about a place in the query.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Warning {
    /// The first character concerned, in Unicode characters of the query text.
    pub start: usize,
    /// One after the last character concerned.
    pub end: usize,
    /// What the user should know.
    pub message: String,
}

/// One article that matches.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Hit {
    /// Its place in the whole list of hits, from 1.
    pub rank: u64,
    /// Its relevance; 0 when the query has nothing to score.
    pub score: f64,
    /// See [`crate::Article::id`].
    pub id: String,
    /// Its place among the versions of its story, from 1; none where it is the only one.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub version: Option<u32>,
    /// See [`crate::Article::headline`].
    pub headline: String,
    /// See [`crate::Article::deck`].
    pub deck: Option<String>,
    /// See [`crate::Article::byline`].
    pub byline: Vec<String>,
    /// See [`crate::Article::date`].
    pub date: Option<Edtf>,
    /// See [`crate::Article::places`].
    pub places: Vec<Place>,
    /// See [`crate::Article::section`].
    pub section: Option<String>,
    /// See [`crate::Article::source`].
    pub source: Option<String>,
    /// See [`crate::Article::language`].
    pub language: Option<String>,
    /// See [`crate::Article::url`].
    pub url: Option<String>,
    /// See [`crate::Article::file`].
    pub file: String,
    /// See [`crate::Article::record`].
    pub record: u32,
    /// How many matches of the query the article holds, in all its searched fields.
    pub matches: u32,
    /// Stretches of the article: the best ones around matches, or its beginning when the body has none.
    pub snippets: Vec<Snippet>,
    /// Every match with its context, in order, where [`super::Request::context`] asked for it: as many as `matches`.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub lines: Option<Vec<Line>>,
}

/// A match with its context: one line of a concordance. Context and match together are the text there, character for
/// character, with blanks for line ends and control characters; the context ends where the text ends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Line {
    /// Where the match stands.
    #[serde(flatten)]
    pub place: Passage,
    /// What stands before it.
    pub left: String,
    /// The match: of a proximity, from its first to its last word.
    #[serde(rename = "match")]
    pub matched: String,
    /// What stands after it.
    pub right: String,
}

/// A place in the text of an article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Passage {
    /// In which text.
    pub field: SnippetField,
    /// Which name of the byline or which caption, from 0; 0 for all other texts.
    pub part: usize,
    /// The first character, in Unicode characters of that text.
    pub start: usize,
    /// One after the last character.
    pub end: usize,
}

/// A stretch of an article with its matches.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Snippet {
    /// Where in the article it stands.
    pub field: SnippetField,
    /// Which name of the byline or which caption, from 0; 0 for all other texts.
    #[serde(default)]
    pub part: usize,
    /// Its first character, in Unicode characters of that text; it has as many as `text`.
    #[serde(default)]
    pub start: usize,
    /// The hash of the whole of that text ([`crate::text::hash`]), where [`super::Request::hashes`] asked for it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub hash: Option<String>,
    /// The stretch, plain text on one line: a blank for each line end and control character.
    pub text: String,
    /// The matches in `text`: Unicode characters from its start, half-open, in order, never overlapping.
    pub highlights: Vec<(usize, usize)>,
}

/// The part of an article that a snippet shows; in the order in which an article has them.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    utoipa::ToSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum SnippetField {
    /// The headline, whole.
    Headline,
    /// The deck.
    Deck,
    /// The byline.
    Byline,
    /// The body.
    Body,
    /// A caption.
    Caption,
}

impl SnippetField {
    /// Every part, in the order in which an article has them.
    pub const ALL: &[SnippetField] = &[
        SnippetField::Headline,
        SnippetField::Deck,
        SnippetField::Byline,
        SnippetField::Body,
        SnippetField::Caption,
    ];

    /// The name, as in JSON.
    pub const fn name(self) -> &'static str {
        match self {
            SnippetField::Headline => "headline",
            SnippetField::Deck => "deck",
            SnippetField::Byline => "byline",
            SnippetField::Body => "body",
            SnippetField::Caption => "caption",
        }
    }
}

/// A value of a facet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct FacetCount {
    /// The value.
    pub value: String,
    /// How many matching articles have it.
    pub count: u64,
}

/// A stretch of time in a timeline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Bucket {
    /// Its first day: `2024-09-01`.
    pub from: chrono::NaiveDate,
    /// Its last day: `2024-09-30`.
    pub to: chrono::NaiveDate,
    /// How many matching articles begin in it.
    pub count: u64,
    /// How many articles of the whole archive begin in it.
    pub of: u64,
}
