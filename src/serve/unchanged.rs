//! Conditional requests (RFC 9110, section 13): an answer carries a tag of what it depends on, and who comes with the same tag
//! again is told that nothing has changed, without a search.
//!
//! An answer depends on the request, the state of the archive and the day (`date:last-week`). The tag is taken before the
//! answer, so it may be older than what it stands on, never newer. It is weak: how long a search took is in the answer, too.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::desk::Desk;
use super::origin::origin;

/// Answers a request whose tag still holds, and puts a tag on every other answer.
pub(super) async fn check(State(desk): State<Arc<Desk>>, request: Request, next: Next) -> Response {
    if ![Method::GET, Method::HEAD].contains(request.method()) {
        return next.run(request).await;
    }
    let asked = format!("{}{}", origin(request.headers()), request.uri());
    let Some(tag) = tag(&desk, &asked).await else {
        return next.run(request).await;
    };
    if holds(request.headers(), &tag) {
        return (StatusCode::NOT_MODIFIED, [(header::ETAG, tag)]).into_response();
    }
    let mut response = next.run(request).await;
    if response.status() == StatusCode::OK {
        response.headers_mut().insert(header::ETAG, tag);
    }
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

/// Whether one of the tags that the client has is this one.
fn holds(headers: &HeaderMap, tag: &HeaderValue) -> bool {
    let strong = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    let Ok(ours) = tag.to_str().map(strong) else {
        return false;
    };
    let theirs = headers.get_all(header::IF_NONE_MATCH).iter();
    let mut theirs = theirs
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','));
    theirs.any(|theirs| theirs.trim() == "*" || strong(theirs) == ours)
}
