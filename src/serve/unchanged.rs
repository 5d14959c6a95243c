//! Conditional requests (RFC 9110, section 13): an answer carries a tag of what it depends on, and who comes with the same tag
//! again is told that nothing has changed, without a search.
//!
//! An answer depends on the request, the state of the archive and the day (`date:last-week`). The tag is taken before the
//! answer, so it may be older than what it stands on, never newer. It is weak: how long a search took is in the answer, too.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::uri::PathAndQuery;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::desk::Desk;
use super::origin::Here;

/// Answers a request whose tag still holds, and puts a tag on every other answer.
pub(super) async fn check(State(desk): State<Arc<Desk>>, request: Request, next: Next) -> Response {
    if ![Method::GET, Method::HEAD].contains(request.method()) {
        return next.run(request).await;
    }
    let path = request.uri().path_and_query();
    let asked = Here::of(&request).address(path.map_or("/", PathAndQuery::as_str));
    let Some(tag) = tag(&desk, &asked).await else {
        return next.run(request).await;
    };
    let unchanged = || (StatusCode::NOT_MODIFIED, [(header::ETAG, tag.clone())]).into_response();
    let theirs = tags(request.headers());
    let ours = tag.to_str().unwrap_or_default().trim_start_matches("W/");
    if theirs.iter().any(|theirs| theirs == ours) {
        return unchanged();
    }
    let mut response = next.run(request).await;
    if response.status() != StatusCode::OK {
        return response;
    }
    // Any state of it will do, but there has to be one.
    if theirs.iter().any(|theirs| theirs == "*") {
        return unchanged();
    }
    response.headers_mut().insert(header::ETAG, tag);
    response
}

/// The tag of what is asked at this moment. Where the state cannot be told, there is none.
async fn tag(desk: &Arc<Desk>, asked: &str) -> Option<HeaderValue> {
    let state = desk.state().await.ok()?;
    let day = chrono::Local::now().date_naive();
    let name = blake3::hash(format!("{state}\n{day}\n{asked}").as_bytes());
    let name = &name.to_hex()[..32];
    HeaderValue::from_str(&format!("W/\"{name}\"")).ok()
}

/// The tags that the client has, without what makes them weak.
fn tags(headers: &HeaderMap) -> Vec<String> {
    let values = headers.get_all(header::IF_NONE_MATCH).iter();
    values
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(|tag| tag.trim().trim_start_matches("W/").to_owned())
        .collect()
}
