//! Feeds: the newest articles that a query finds, as Atom, RSS or JSON Feed, for whoever follows it in a feed reader.
//!
//! An entry is known by the id of its article, whatever address the server has, so a reader shows it once. Its date stands for
//! the beginning of what is known: feeds have no year alone.

mod json;
mod xml;

use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, State};
use axum::http::uri::PathAndQuery;
use axum::http::{HeaderMap, Uri, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use chrono::{DateTime, FixedOffset, NaiveDateTime};

use super::api::openapi::{Entries, Followed, Problems};
use super::desk::Desk;
use super::origin::origin;
use super::params;
use super::problem::Problem;
use crate::article::Article;
use crate::output::marks;
use crate::search::{Hit, Request, Sort};
use crate::text::edtf::Edtf;
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
        write: xml::atom,
    },
    Kind {
        name: "rss",
        media_type: "application/rss+xml; charset=utf-8",
        write: xml::rss,
    },
    Kind {
        name: "json",
        media_type: "application/feed+json",
        write: json::json,
    },
];

/// What a feed says.
struct Feed {
    title: String,
    /// The address of the feed, and of the page with the same query.
    here: String,
    page: String,
    updated: DateTime<FixedOffset>,
    entries: Vec<Entry>,
}

/// One article in a feed.
struct Entry {
    id: String,
    /// The address of the article on this server, the matches marked.
    page: String,
    summary: String,
    published: Option<DateTime<FixedOffset>>,
    /// Later than it was published, or the same.
    updated: DateTime<FixedOffset>,
    article: Article,
}

/// The paths of this part.
pub(super) fn routes() -> Router<Arc<Desk>> {
    Router::new().route("/feeds/{name}", get(feed))
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
pub(super) async fn feed(
    State(desk): State<Arc<Desk>>,
    Path(name): Path<String>,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let Some(kind) = FEEDS.iter().find(|kind| kind.name == name) else {
        return Err(Problem::nowhere(uri.path()));
    };
    let request = Request {
        sort: Some(Sort::Newest),
        ..params::with_limit(&uri, ENTRIES)?
    };
    let here = origin(&headers);
    let asked = request.clone();
    let entries = desk.ask(move |archive| entries(archive, &request, &here));
    let entries = entries.await?;
    let here = origin(&headers);
    let what = match asked.query.trim() {
        "" => "every article",
        query => query,
    };
    let page = Request {
        limit: Request::DEFAULT_LIMIT,
        ..asked.clone()
    };
    let feed = Feed {
        title: format!("morgue: {what}"),
        page: format!("{here}{}", params::address(&page)),
        here: format!(
            "{here}{}",
            uri.path_and_query().map_or("/", PathAndQuery::as_str)
        ),
        updated: entries
            .iter()
            .map(|entry| entry.updated)
            .max()
            .unwrap_or_default(),
        entries,
    };
    Ok((
        [(header::CONTENT_TYPE, kind.media_type)],
        (kind.write)(&feed),
    )
        .into_response())
}

fn entries(archive: &Archive, request: &Request, here: &str) -> Result<Vec<Entry>> {
    let hits = archive.search(request)?.hits;
    let entries = hits.into_iter().map(|hit| {
        // It was there a moment ago: one that has gone since is left out, as it will be in the next feed.
        let article = match archive.article(&hit.id) {
            Err(error) if error.is_about_nothing() => return Ok(None),
            article => article?,
        };
        Ok(Some(entry(article, &hit, request, here)))
    });
    entries.filter_map(Result::transpose).collect()
}

fn entry(article: Article, hit: &Hit, request: &Request, here: &str) -> Entry {
    let snippet = marks::below_headline(hit).next();
    let published = article.date.map(instant);
    let updated = article.updated.map(instant).or(published);
    Entry {
        id: format!("urn:morgue:article:{}", params::encode(&article.id)),
        page: format!("{here}{}", params::article_address(&article.id, request)),
        summary: snippet
            .map(|snippet| snippet.text.clone())
            .unwrap_or_default(),
        published,
        // Atom wants one of every entry. What has no date is told from what has by a day that no archive needs.
        updated: updated.max(published).unwrap_or_default(),
        article,
    }
}

/// The moment at which a date begins; in UTC where the source does not say.
fn instant(date: Edtf) -> DateTime<FixedOffset> {
    let utc = |time: NaiveDateTime| time.and_utc().fixed_offset();
    match date {
        Edtf::Instant(time) => time,
        Edtf::Local(time) => utc(time),
        date => utc(date.first_day().into()),
    }
}

/// Whether the day of a date is known: what is less is no moment.
fn has_day(date: Edtf) -> bool {
    !matches!(date, Edtf::Year(_) | Edtf::Month(..))
}

impl Article {
    /// Its address elsewhere, where that is one of the web.
    fn original(&self) -> Option<&str> {
        let url = self.url.as_deref()?;
        let web = url.starts_with("http://") || url.starts_with("https://");
        (web && url.parse::<Uri>().is_ok()).then_some(url)
    }
}
