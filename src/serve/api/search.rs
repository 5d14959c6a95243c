//! What is asked of the archive as a whole: hits, counts, meanings, beginnings of words.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::extract::rejection::JsonRejection;
use axum::http::{HeaderValue, Uri, header};
use axum::response::Response;
use serde::de::value::MapAccessDeserializer;
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use utoipa::ToSchema;

use super::answer;
use super::openapi::{Asked, InArticles, Problems, Suggested};
use crate::Archive;
use crate::index;
use crate::search::{
    self, Bucket, Explanation, FacetCount, FacetName, QueryEcho, Request, Suggestion, Unit,
};
use crate::serve::desk::Desk;
use crate::serve::origin::Here;
use crate::serve::params;
use crate::serve::problem::Problem;

/// How many suggestions there are when the address does not say, and at most.
const SUGGESTIONS: [usize; 2] = [10, 100];

/// Search
///
/// The hits of a query, with snippets, facets and a timeline where they are asked for. More hits follow in the answer to
/// the address in `Link: …; rel="next"`, which is the same request with `after`.
#[utoipa::path(
    get, path = "/api/v1/search", tag = "search", params(Asked),
    responses((status = 200, description = "The answer", body = search::Response), Problems)
)]
pub(super) async fn search(
    State(desk): State<Arc<Desk>>,
    uri: Uri,
    here: Here,
) -> Result<Response, Problem> {
    let request = params::read(&uri)?;
    let asked = request.clone();
    let response = desk.ask(move |archive| archive.search(&request)).await?;
    let mut answered = answer(&response)?;
    if response.next.is_some() {
        let next = Request {
            after: response.next,
            ..asked
        };
        let next = here.link(&params::address_at(uri.path(), &next));
        let link = format!("<{next}>; rel=\"next\"");
        if let Ok(link) = HeaderValue::from_str(&link) {
            answered.headers_mut().insert(header::LINK, link);
        }
    }
    Ok(answered)
}

/// Search, for queries that are too long for an address
///
/// The same, with the request as JSON. Nothing is changed by it.
#[utoipa::path(
    post, path = "/api/v1/search", tag = "search",
    request_body(content = Request, example = json!({"query": "\"prisoner swap\"", "sort": "newest", "limit": 2, "facets": ["source"]})),
    responses((status = 200, description = "The answer", body = search::Response), Problems)
)]
pub(super) async fn post(
    State(desk): State<Arc<Desk>>,
    uri: Uri,
    request: Result<Json<ByName>, JsonRejection>,
) -> Result<Response, Problem> {
    params::none(&uri)?;
    let Json(ByName(request)) = request
        .map_err(|rejection| Problem::bad_body(rejection.status(), rejection.body_text()))?;
    let response = desk.ask(move |archive| archive.search(&request)).await?;
    Ok(answer(&response)?)
}

/// A request as an object: serde would take its members in a list, too, by their order.
pub(super) struct ByName(Request);

impl<'de> Deserialize<'de> for ByName {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Members;
        impl<'de> Visitor<'de> for Members {
            type Value = ByName;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<ByName, A::Error> {
                Request::deserialize(MapAccessDeserializer::new(members)).map(ByName)
            }
        }
        deserializer.deserialize_map(Members)
    }
}

/// What a query means
///
/// The query in words, part by part, each with the number of articles that it finds by itself; and the query in every dialect.
#[utoipa::path(
    get, path = "/api/v1/explain", tag = "search", params(InArticles),
    responses((status = 200, description = "The meaning", body = Explanation), Problems)
)]
pub(super) async fn explain(State(desk): State<Arc<Desk>>, uri: Uri) -> Result<Response, Problem> {
    let request = params::of_query(&uri)?;
    let explanation = desk.ask(move |archive| archive.explain(&request)).await?;
    Ok(answer(&explanation)?)
}

/// Counts without hits.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Counted {
    /// The query, as typed and as understood.
    query: QueryEcho,
    /// How many articles match, exactly.
    total: u64,
    /// For each facet its values, the largest counts first.
    #[serde(skip_serializing_if = "Option::is_none")]
    facets: Option<BTreeMap<FacetName, Vec<FacetCount>>>,
    /// For each facet that has more values than `values` lets in, how many more.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    others: BTreeMap<FacetName, usize>,
    /// Every unit of time from the first match to the last one, also the empty ones.
    #[serde(skip_serializing_if = "Option::is_none")]
    timeline: Option<Vec<Bucket>>,
}

/// How many articles match, by time
///
/// In every year, unless `timeline` names another unit.
#[utoipa::path(
    get, path = "/api/v1/timeline", tag = "counts", params(Asked),
    responses((status = 200, description = "The counts", body = Counted), Problems)
)]
pub(super) async fn timeline(State(desk): State<Arc<Desk>>, uri: Uri) -> Result<Response, Problem> {
    let asked = params::read(&uri)?;
    let timeline = asked.timeline.or(Some(Unit::Year));
    count(
        &desk,
        Request {
            facets: Vec::new(),
            timeline,
            ..asked
        },
    )
    .await
}

/// How many articles match, by their values
///
/// Of every facet, unless `facet` names some.
#[utoipa::path(
    get, path = "/api/v1/facets", tag = "counts", params(Asked),
    responses((status = 200, description = "The counts", body = Counted), Problems)
)]
pub(super) async fn facets(State(desk): State<Arc<Desk>>, uri: Uri) -> Result<Response, Problem> {
    let mut asked = params::read(&uri)?;
    if asked.facets.is_empty() {
        asked.facets = FacetName::ALL.to_vec();
    }
    count(
        &desk,
        Request {
            timeline: None,
            ..asked
        },
    )
    .await
}

async fn count(desk: &Arc<Desk>, request: Request) -> Result<Response, Problem> {
    let request = Request {
        limit: 0,
        after: None,
        ..request
    };
    let (facets, timeline) = (!request.facets.is_empty(), request.timeline.is_some());
    let response = desk.ask(move |archive| archive.search(&request)).await?;
    Ok(answer(&Counted {
        query: response.query,
        total: response.total,
        facets: facets.then_some(response.facets),
        others: response.others,
        timeline: response.timeline.filter(|_| timeline),
    })?)
}

/// What could be typed next
///
/// Words, names, places and other values of the archive that begin with `q`, the most frequent first; each with a query that
/// finds it.
#[utoipa::path(
    get, path = "/api/v1/suggest", tag = "search", params(Suggested),
    responses((status = 200, description = "The suggestions", body = Vec<Suggestion>), Problems)
)]
pub(super) async fn suggest(State(desk): State<Arc<Desk>>, uri: Uri) -> Result<Response, Problem> {
    let [typed, kind, limit] = params::named(&uri, ["q", "kind", "limit"])?;
    let kind = kind.unwrap_or_else(|| "words".into());
    let kind = kind.parse().map_err(|why| params::invalid("kind", why))?;
    let [some, most] = SUGGESTIONS;
    let limit = limit.map_or(Ok(some), |limit| params::number("limit", &limit, 1, most))?;
    let typed = typed.unwrap_or_default();
    let suggestions = desk
        .ask(move |archive| archive.suggest(kind, &typed, limit))
        .await?;
    Ok(answer(&suggestions)?)
}

/// What is in the archive
#[utoipa::path(
    get, path = "/api/v1/status", tag = "archive",
    responses((status = 200, description = "What is in it", body = index::Status), Problems)
)]
pub(super) async fn status(State(desk): State<Arc<Desk>>, uri: Uri) -> Result<Response, Problem> {
    params::none(&uri)?;
    let status = desk.ask(Archive::status).await?;
    Ok(answer(&status)?)
}
