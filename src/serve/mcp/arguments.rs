//! What the tools take. The schemas that clients are given are made from these, comments and all, so the comments speak to
//! whoever calls a tool; what is not known is refused by name, and told as an error of the tool.

use rmcp::schemars::{self, JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;

use crate::search::{FacetName, Match, Only, Request, SnippetField, Sort, Unit};

/// What says which articles are found.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[schemars(crate = "schemars")]
#[serde(default, deny_unknown_fields)]
pub(super) struct Searching {
    /// The query, in the query language that the tool's description lists; an empty one finds every article, newest first.
    query: String,
    /// Only articles dated from here on: 1963, 1963-08 or 1963-08-14.
    from: Option<String>,
    /// Only articles dated up to and with this: 1963, 1963-08 or 1963-08-14.
    to: Option<String>,
    /// Whether words without an operator between them must all occur, or any. Default: all.
    #[serde(rename = "match")]
    #[schemars(schema_with = "matches")]
    matching: Option<Match>,
    /// Only articles that have, of each facet named here, one of these values, as `facets` gives them.
    #[schemars(schema_with = "only")]
    only: Only,
    /// The order of the hits. Default: relevance where the query has words, else newest.
    #[schemars(schema_with = "sorts")]
    sort: Option<Sort>,
    /// How many hits, 1 to 50. Default: 10.
    #[schemars(range(min = 1, max = 50))]
    pub(super) limit: Option<u32>,
    /// The `next` of an earlier answer to the same search: gives the hits that follow.
    cursor: Option<String>,
}

impl Searching {
    /// The same as a request for so many hits.
    pub(super) fn request(self, limit: usize) -> Request {
        Request {
            from: self.from,
            to: self.to,
            matching: self.matching.unwrap_or(Match::All),
            only: self.only,
            sort: self.sort,
            limit,
            after: self.cursor,
            hashes: true,
            ..Request::for_query(self.query)
        }
    }
}

/// The same without an order and a page: what is counted has neither.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[schemars(crate = "schemars")]
#[serde(default, deny_unknown_fields)]
pub(super) struct Explaining {
    /// The query, as in `search`.
    query: String,
    /// Only articles dated from here on: 1963, 1963-08 or 1963-08-14.
    from: Option<String>,
    /// Only articles dated up to and with this: 1963, 1963-08 or 1963-08-14.
    to: Option<String>,
    /// Whether words without an operator between them must all occur, or any. Default: all.
    #[serde(rename = "match")]
    #[schemars(schema_with = "matches")]
    matching: Option<Match>,
    /// Only articles that have, of each facet named here, one of these values, as `facets` gives them.
    #[schemars(schema_with = "only")]
    only: Only,
}

impl Explaining {
    /// The same as a request for counts only.
    pub(super) fn request(self) -> Request {
        let Explaining {
            query,
            from,
            to,
            matching,
            only,
        } = self;
        Searching {
            query,
            from,
            to,
            matching,
            only,
            ..Searching::default()
        }
        .request(0)
    }
}

/// What is counted over time.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[schemars(crate = "schemars")]
#[serde(default, deny_unknown_fields)]
pub(super) struct Timing {
    /// The query, as in `search`.
    query: String,
    /// Only articles dated from here on: 1963, 1963-08 or 1963-08-14.
    from: Option<String>,
    /// Only articles dated up to and with this: 1963, 1963-08 or 1963-08-14.
    to: Option<String>,
    /// Whether words without an operator between them must all occur, or any. Default: all.
    #[serde(rename = "match")]
    #[schemars(schema_with = "matches")]
    matching: Option<Match>,
    /// Only articles that have, of each facet named here, one of these values, as `facets` gives them.
    #[schemars(schema_with = "only")]
    only: Only,
    /// The unit of time. Default: what gives a readable number of rows.
    #[schemars(schema_with = "units")]
    pub(super) unit: Option<Unit>,
}

impl Timing {
    /// The unit asked for, and the request without one.
    pub(super) fn request(self) -> (Option<Unit>, Request) {
        let Timing {
            query,
            from,
            to,
            matching,
            only,
            unit,
        } = self;
        let searching = Searching {
            query,
            from,
            to,
            matching,
            only,
            ..Searching::default()
        };
        (unit, searching.request(0))
    }
}

/// What is counted by its values.
#[derive(Debug, Deserialize, JsonSchema)]
#[schemars(crate = "schemars")]
#[serde(deny_unknown_fields)]
pub(super) struct Facetting {
    /// The query, as in `search`.
    #[serde(default)]
    query: String,
    /// Only articles dated from here on: 1963, 1963-08 or 1963-08-14.
    #[serde(default)]
    from: Option<String>,
    /// Only articles dated up to and with this: 1963, 1963-08 or 1963-08-14.
    #[serde(default)]
    to: Option<String>,
    /// Whether words without an operator between them must all occur, or any. Default: all.
    #[serde(default, rename = "match")]
    #[schemars(schema_with = "matches")]
    matching: Option<Match>,
    /// Only articles that have, of each facet named here, one of these values, as `facets` gives them.
    #[serde(default)]
    #[schemars(schema_with = "only")]
    only: Only,
    /// What to count by: one or several.
    #[schemars(schema_with = "facets")]
    by: Vec<FacetName>,
    /// How many values of each, the most frequent first, 1 to 200. Default: 20.
    #[serde(default)]
    #[schemars(range(min = 1, max = 200))]
    pub(super) limit: Option<u32>,
}

impl Facetting {
    /// The same as a request for counts only.
    pub(super) fn request(self) -> Request {
        let Facetting {
            query,
            from,
            to,
            matching,
            only,
            by,
            limit: _,
        } = self;
        let searching = Searching {
            query,
            from,
            to,
            matching,
            only,
            ..Searching::default()
        };
        Request {
            facets: by,
            ..searching.request(0)
        }
    }
}

/// What is read.
#[derive(Debug, Deserialize, JsonSchema)]
#[schemars(crate = "schemars")]
#[serde(deny_unknown_fields)]
pub(super) struct Reading {
    /// The id of the article, as `search` gives it.
    pub(super) id: String,
    /// Which of its texts. Default: body.
    #[serde(default)]
    #[schemars(schema_with = "fields")]
    pub(super) field: Option<SnippetField>,
    /// Which caption or which name of the byline, from 0. Default: 0.
    #[serde(default)]
    pub(super) part: u32,
    /// The first character to read, counted in Unicode characters from 0. Default: 0. For the page that follows, the `next`
    /// of the last answer.
    #[serde(default)]
    pub(super) start: u64,
    /// How many characters at most, 1 to 20000. Default: 6000. A page that does not reach the end ends with a paragraph or a
    /// word where it can; with `exactly` it has just so many.
    #[serde(default)]
    #[schemars(range(min = 1, max = 20_000))]
    pub(super) length: Option<u32>,
    /// Give exactly `length` characters, to look up a citation. Default: false.
    #[serde(default)]
    pub(super) exactly: bool,
    /// The number of an earlier version, as `read` lists them. Default: what the archive reads now.
    #[serde(default)]
    pub(super) version: Option<u32>,
}

/// What is verified.
#[derive(Debug, Deserialize, JsonSchema)]
#[schemars(crate = "schemars")]
#[serde(deny_unknown_fields)]
pub(super) struct Verifying {
    /// The words to verify, as they are to be quoted, at most 2000 characters. Verify the parts of a quote with an omission (…)
    /// one by one.
    pub(super) quote: String,
    /// The id of the article that should have it. Without one, the whole archive is searched.
    #[serde(default)]
    pub(super) id: Option<String>,
    /// The number of a version of that article. Default: the current one, then the earlier ones.
    #[serde(default)]
    pub(super) version: Option<u32>,
}

/// Nothing.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[schemars(crate = "schemars")]
#[serde(deny_unknown_fields)]
pub(super) struct Nothing {}

/// A value that is one of these names.
fn one_of(names: impl Iterator<Item = &'static str>) -> Schema {
    json_schema!({ "type": "string", "enum": names.collect::<Vec<_>>() })
}

fn matches(_: &mut SchemaGenerator) -> Schema {
    one_of(Match::ALL.iter().map(|value| value.name()))
}

fn sorts(_: &mut SchemaGenerator) -> Schema {
    one_of(Sort::ALL.iter().map(|value| value.name()))
}

fn units(_: &mut SchemaGenerator) -> Schema {
    one_of(Unit::ALL.iter().map(|value| value.name()))
}

fn fields(_: &mut SchemaGenerator) -> Schema {
    one_of(SnippetField::ALL.iter().map(|value| value.name()))
}

fn facets(_: &mut SchemaGenerator) -> Schema {
    let names = one_of(FacetName::ALL.iter().map(|value| value.name()));
    json_schema!({ "type": "array", "items": names, "minItems": 1 })
}

fn only(_: &mut SchemaGenerator) -> Schema {
    let names = FacetName::ALL.iter().map(|facet| facet.name());
    let values = json_schema!({ "type": "array", "items": { "type": "string" } });
    let facets: serde_json::Map<_, _> = names
        .map(|name| (name.to_owned(), values.clone().into()))
        .collect();
    json_schema!({ "type": "object", "properties": facets, "additionalProperties": false })
}
