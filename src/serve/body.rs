//! The bodies of requests: short, and soon there. They are read before a route sees them, so no client that never ends its request
//! holds anything for longer than [`COMES`].

use std::time::Duration;

use axum::body::{Body, HttpBody, to_bytes};
use axum::extract::Request;
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::problem::Problem;

/// The longest body, in bytes: queries are longer than an address allows, and a quote of 2,000 characters has room, whatever it is
/// escaped to; but no books.
const LONGEST: usize = 256 * 1024;
/// How long all of a body may take to come.
const COMES: Duration = Duration::from_secs(30);

/// Reads the body, or says what is wrong with it.
pub(super) async fn whole(request: Request, next: Next) -> Response {
    let (head, body) = request.into_parts();
    if body.is_end_stream() {
        return next.run(Request::from_parts(head, body)).await;
    }
    let problem = |status, detail: String| Problem::bad_body(status, detail).into_response();
    if body.size_hint().lower() > LONGEST as u64 {
        return problem(StatusCode::PAYLOAD_TOO_LARGE, too_long());
    }
    match tokio::time::timeout(COMES, to_bytes(body, LONGEST)).await {
        Ok(Ok(bytes)) => next.run(Request::from_parts(head, Body::from(bytes))).await,
        Ok(Err(error)) if is_limit(&error) => problem(StatusCode::PAYLOAD_TOO_LARGE, too_long()),
        Ok(Err(error)) => problem(StatusCode::BAD_REQUEST, error.to_string()),
        Err(_) => problem(
            StatusCode::REQUEST_TIMEOUT,
            format!("it was not there within {} seconds", COMES.as_secs()),
        ),
    }
}

fn too_long() -> String {
    format!("it is longer than {LONGEST} bytes")
}

/// Whether that is why a body could not be read.
fn is_limit(error: &axum::Error) -> bool {
    let reason = std::error::Error::source(error);
    reason.is_some_and(|reason| reason.is::<http_body_util::LengthLimitError>())
}
