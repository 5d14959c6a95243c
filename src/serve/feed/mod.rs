//! Feeds: the newest articles that a query finds, as Atom, RSS or JSON Feed, for whoever follows it in a feed reader.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, State};
use axum::http::uri::PathAndQuery;
use axum::http::{Uri, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use super::api::openapi::{Entries, Followed, Problems};
use super::desk::Desk;
use super::origin::Here;
use super::params;
use super::problem::Problem;
use crate::output::feed::{self, Entry, Feed};
use crate::search::{Request, Sort};
use crate::{Archive, Result};

/// How many entries there are when the address does not say.
const ENTRIES: usize = 30;

/// One row of the table of feeds.
pub(super) struct Kind {
    /// The name in the path.
    pub name: &'static str,
    /// The media type.
    pub media_type: &'static str,
    write: fn(&Feed) -> String,
}

/// The feeds there are, at `/feeds/NAME`.
pub(super) const FEEDS: &[Kind] = &[
    Kind {
        name: "atom",
        media_type: "application/atom+xml; charset=utf-8",
        write: feed::atom,
    },
    Kind {
        name: "rss",
        media_type: "application/rss+xml; charset=utf-8",
        write: feed::rss,
    },
    Kind {
        name: "json",
        media_type: "application/feed+json",
        write: feed::json,
    },
];

/// The paths of this part.
pub(super) fn routes() -> Router<Arc<Desk>> {
    Router::new().route("/feeds/{name}", get(followed))
}

/// A feed of any query
///
/// For feed readers: the newest articles that the query finds, whatever `sort` says.
#[utoipa::path(
    get,
    path = "/feeds/{name}",
    tag = "search",
    params(Followed),
    responses(Entries, Problems)
)]
pub(super) async fn followed(
    State(desk): State<Arc<Desk>>,
    Path(name): Path<String>,
    uri: Uri,
    here: Here,
) -> Result<Response, Problem> {
    let Some(kind) = FEEDS.iter().find(|kind| kind.name == name) else {
        return Err(Problem::nowhere(uri.path()));
    };
    let request = Request {
        sort: Some(Sort::Newest),
        ..params::with_limit(&uri, ENTRIES)?
    };
    let (asked, server) = (request.clone(), here.clone());
    let entries = desk.ask(move |archive| entries(archive, &request, &server));
    let entries = entries.await?;
    let what = match asked.query.trim() {
        "" => "every article",
        query => query,
    };
    let page = Request {
        limit: Request::DEFAULT_LIMIT,
        ..asked.clone()
    };
    let own = uri.path_and_query().map_or("/", PathAndQuery::as_str);
    let own = here.address(own);
    let feed = Feed {
        id: own.clone(),
        title: format!("morgue: {what}"),
        here: Some(own),
        page: Some(here.address(&params::address(&page))),
        updated: entries.iter().map(Entry::updated).max().unwrap_or_default(),
        entries,
    };
    Ok((
        [(header::CONTENT_TYPE, kind.media_type)],
        (kind.write)(&feed),
    )
        .into_response())
}

fn entries(archive: &Archive, request: &Request, here: &Here) -> Result<Vec<Entry>> {
    let hits = archive.search(request)?.hits;
    let entries = hits.into_iter().map(|hit| {
        // It was there a moment ago: one that has gone since is left out, as it will be in the next feed.
        let article = match archive.article(&hit.id) {
            Err(error) if error.is_about_nothing() => return Ok(None),
            article => article?,
        };
        let page = here.address(&params::article_address(&article.id, request));
        Ok(Some(Entry::new(article, &hit, Some(page))))
    });
    entries.filter_map(Result::transpose).collect()
}
