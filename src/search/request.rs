//! What is asked for.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::query::Dialect;

/// Values of facets: of each facet those that are asked for, of which an article has to have one. Where there is none, nothing
/// is asked.
pub type Only = BTreeMap<FacetName, Vec<String>>;

/// A search, as the command line, the HTTP API and the page put it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Request {
    /// The query as typed. An empty one asks for every article the other members allow, newest first.
    pub query: String,
    /// Only articles whose date overlaps the days from this one on: any date form of the query language.
    pub from: Option<String>,
    /// Only articles whose date overlaps the days up to and with this one: any date form of the query language.
    pub to: Option<String>,
    /// Only articles that have, of each of these facets, one of these values: whole ones, as facets are counted by.
    #[schema(value_type = BTreeMap<FacetName, Vec<String>>)]
    pub only: Only,
    /// Whether words without an operator must all occur, or any.
    #[serde(rename = "match")]
    pub matching: Match,
    /// The language that the query is written in.
    pub dialect: Dialect,
    /// The order of the hits. `None` is relevance where the query has words, newest where it has none.
    pub sort: Option<Sort>,
    /// How many hits at most: 0 to 1,000 (0 asks for counts only).
    #[schema(maximum = 1_000)]
    pub limit: usize,
    /// The `next` of an earlier response to the same request: go on after its last hit.
    pub after: Option<String>,
    /// Which facets to count.
    pub facets: Vec<FacetName>,
    /// How many values of each facet at most, the largest counts first: 0 to 10,000.
    #[schema(maximum = 10_000)]
    pub values: usize,
    /// Count the hits by this unit of time.
    pub timeline: Option<Unit>,
    /// Give every match of each hit as a line, with up to so many characters of context on each side: 0 to 500.
    #[schema(maximum = 500)]
    pub context: Option<u16>,
    /// Give with each snippet the hash of the text that it stands in, so that it can be cited.
    pub hashes: bool,
    /// The day that `date:last-week` and its like start from; `None` is the clock's.
    pub today: Option<NaiveDate>,
}

impl Request {
    /// How many hits are given when the caller does not say.
    pub const DEFAULT_LIMIT: usize = 10;
    /// How many hits can be had at once; more come by paging, or by an export.
    pub const MAX_LIMIT: usize = 1_000;
    /// How many values of a facet are given when the caller does not say.
    pub const DEFAULT_VALUES: usize = 100;
    /// How many values of a facet can be had.
    pub const MAX_VALUES: usize = 10_000;
    /// How much context each match can have on each side, in characters: a body has many matches.
    pub const MAX_CONTEXT: u16 = 500;

    /// The request for the best hits of a query, all else by default.
    pub fn for_query(query: impl Into<String>) -> Self {
        Request {
            query: query.into(),
            ..Request::default()
        }
    }
}

impl Default for Request {
    fn default() -> Self {
        Request {
            query: String::new(),
            from: None,
            to: None,
            only: Only::new(),
            matching: Match::All,
            dialect: Dialect::Morgue,
            sort: None,
            limit: Request::DEFAULT_LIMIT,
            after: None,
            facets: Vec::new(),
            values: Request::DEFAULT_VALUES,
            timeline: None,
            context: None,
            hashes: false,
            today: None,
        }
    }
}

/// Declares an enum whose values are known by one lower-case name each: on the command line, in the API, in JSON.
macro_rules! named {
    ($(#[$doc:meta])* $name:ident, $what:literal { $($(#[$vdoc:meta])* $variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, utoipa::ToSchema)]
        #[serde(rename_all = "lowercase")]
        pub enum $name { $($(#[$vdoc])* $variant),+ }

        impl $name {
            /// Every value, in the order in which help lists them.
            pub const ALL: &[$name] = &[$($name::$variant),+];

            /// The name, as users type it.
            pub const fn name(self) -> &'static str {
                match self { $($name::$variant => $text),+ }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.name())
            }
        }

        impl std::str::FromStr for $name {
            type Err = String;

            fn from_str(text: &str) -> Result<Self, String> {
                Self::ALL.iter().copied().find(|value| value.name() == text).ok_or_else(|| {
                    let names: Vec<_> = Self::ALL.iter().map(|value| value.name()).collect();
                    format!("no {} `{text}`; there is {}", $what, names.join(", "))
                })
            }
        }
    };
}

pub(crate) use named;

named! {
    /// How words without an operator between them are joined.
    Match, "match mode" {
        /// All must occur.
        All = "all",
        /// Any may occur.
        Any = "any",
    }
}

named! {
    /// The order of hits.
    Sort, "sort order" {
        /// The best first; of equals the newer first, then by id.
        Relevance = "relevance",
        /// The latest day first, undated ones last, then by id.
        Newest = "newest",
        /// The earliest day first, undated ones last, then by id.
        Oldest = "oldest",
    }
}

named! {
    /// The order of the lines of a concordance.
    LineOrder, "order of lines" {
        /// As the hits come, and as the matches stand in each.
        Order = "order",
        /// By the words before the match, read from the match outwards.
        Left = "left",
        /// By the words after the match.
        Right = "right",
        /// By the words of the match, then by those after it.
        Match = "match",
    }
}

named! {
    /// A unit of time that hits are counted by.
    Unit, "unit of time" {
        /// A calendar day.
        Day = "day",
        /// A week from Monday to Sunday (ISO 8601).
        Week = "week",
        /// A calendar month.
        Month = "month",
        /// A calendar year.
        Year = "year",
    }
}

named! {
    /// What hits are counted by.
    FacetName, "facet" {
        /// The publication.
        Source = "source",
        /// Its section.
        Section = "section",
        /// Each author.
        Byline = "byline",
        /// Each place.
        Place = "place",
        /// Each topic.
        Topic = "topic",
        /// The language.
        Language = "language",
        /// The year of the date.
        Year = "year",
    }
}
