//! What goes wrong, as problem details for HTTP (RFC 9457): the message, caret and hint that the command line shows too.

use std::time::Duration;

use axum::Json;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use super::guard::keys::Scope;
use crate::Error;
use crate::query::tree::Span;

/// When it may be worth to ask again, in seconds: after a search that took too long, or while the archive is not ready; and
/// when only too many have asked at once.
const LATER: u64 = 10;
const SOON: u64 = 1;

/// How a key is sent: programs are told of both ways, a browser asks its user for `Basic`.
const WAYS_IN: [&str; 2] = [
    "Bearer realm=\"morgue\"",
    "Basic realm=\"morgue: any name, the key as password\"",
];

/// A problem, as `application/problem+json`. The members after `detail` are extensions: those of an error in the query.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub(super) struct Problem {
    /// Names the kind of problem; a name, not an address that could be opened.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// The kind in words.
    pub title: &'static str,
    /// The HTTP status.
    pub status: u16,
    /// What is wrong this time.
    pub detail: String,
    /// The query as it was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub query: Option<String>,
    /// The place in it, in Unicode characters, half-open.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub span: Option<Span>,
    /// Two lines for a fixed-width font: the query, and carets below that place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub caret: Option<String>,
    /// What to do about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
    /// When to ask again, in seconds.
    #[serde(skip)]
    pub retry_after: Option<u64>,
}

impl Problem {
    fn new(status: StatusCode, kind: &'static str, title: &'static str, detail: String) -> Self {
        let status = status.as_u16();
        Problem {
            kind,
            title,
            status,
            detail,
            query: None,
            span: None,
            caret: None,
            hint: None,
            retry_after: None,
        }
    }

    /// A path that is not served.
    pub(super) fn nowhere(path: &str) -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            "about:blank",
            "Not Found",
            format!("nothing is served at `{path}`"),
        )
    }

    /// A method that changes things, or one that nobody knows.
    pub(super) fn only_get() -> Self {
        let detail = "the archive can be read, not changed: use GET, or POST to search".into();
        Self::new(
            StatusCode::METHOD_NOT_ALLOWED,
            "about:blank",
            "Method Not Allowed",
            detail,
        )
    }

    /// An archive that cannot be asked now, whatever the reason.
    pub(super) fn not_ready(error: &Error) -> Self {
        let mut problem = Self::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "urn:morgue:problem:archive",
            "The archive is not ready",
            error.to_string(),
        );
        problem.hint = error.hint();
        problem.retry_after = Some(LATER);
        problem
    }

    /// A body that is no request.
    pub(super) fn bad_body(status: StatusCode, detail: String) -> Self {
        let kind = "urn:morgue:problem:body";
        Self::new(status, kind, "The body is no request", detail)
    }

    /// A request that names a foreign host.
    pub(super) fn foreign_host() -> Self {
        let detail = "this server answers only under the address of this machine".into();
        let mut problem = Self::new(
            StatusCode::MISDIRECTED_REQUEST,
            "about:blank",
            "Misdirected Request",
            detail,
        );
        problem.hint = Some("use http://localhost or http://127.0.0.1 with its port; `serve --host NAME` adds a name".into());
        problem
    }

    /// A request by a script of another site.
    pub(super) fn foreign_origin() -> Self {
        let detail = "scripts of other sites may not ask".into();
        let mut problem = Self::new(StatusCode::FORBIDDEN, "about:blank", "Forbidden", detail);
        problem.hint = Some("`serve --cors ORIGIN` lets one in".into());
        problem
    }

    /// A request without a key, or with one that is not known.
    pub(super) fn no_key(given: bool) -> Self {
        let detail = if given {
            "this key is not known"
        } else {
            "a key is wanted"
        };
        let mut problem = Self::new(
            StatusCode::UNAUTHORIZED,
            "about:blank",
            "Unauthorized",
            detail.into(),
        );
        problem.hint = Some("send `Authorization: Bearer KEY`".into());
        problem
    }

    /// A key that is not good for this.
    pub(super) fn beyond_key(scope: Scope) -> Self {
        let detail = format!("this key is not good for `{scope}`");
        Self::new(StatusCode::FORBIDDEN, "about:blank", "Forbidden", detail)
    }

    /// One request more than the client may make.
    pub(super) fn too_often(wait: Duration) -> Box<Self> {
        let detail = "too many requests from here in a short time".into();
        let mut problem = Self::new(
            StatusCode::TOO_MANY_REQUESTS,
            "about:blank",
            "Too Many Requests",
            detail,
        );
        problem.retry_after = Some(wait.as_secs() + 1);
        Box::new(problem)
    }
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        let (status, kind, title) = match &error {
            Error::Query(_) => (
                StatusCode::BAD_REQUEST,
                "urn:morgue:problem:query",
                "The query cannot be understood",
            ),
            Error::Invalid { .. } => (
                StatusCode::BAD_REQUEST,
                "urn:morgue:problem:parameter",
                "A parameter cannot be used",
            ),
            Error::NoArticle(_) => (
                StatusCode::NOT_FOUND,
                "urn:morgue:problem:no-article",
                "No such article",
            ),
            Error::Withdrawn { .. } => (
                StatusCode::GONE,
                "urn:morgue:problem:withdrawn",
                "The article was withdrawn",
            ),
            Error::Embargoed { .. } => (
                StatusCode::FORBIDDEN,
                "urn:morgue:problem:embargoed",
                "The article must not be seen yet",
            ),
            Error::NoIndex(_)
            | Error::NotAnIndex(_)
            | Error::OtherVersion { .. }
            | Error::Locked { .. } => (
                StatusCode::SERVICE_UNAVAILABLE,
                "urn:morgue:problem:archive",
                "The archive is not ready",
            ),
            Error::Busy => (
                StatusCode::SERVICE_UNAVAILABLE,
                "urn:morgue:problem:busy",
                "The server is busy",
            ),
            Error::TooLong(_) => (
                StatusCode::SERVICE_UNAVAILABLE,
                "urn:morgue:problem:too-long",
                "The search takes too long",
            ),
            _ => (
                StatusCode::INTERNAL_SERVER_ERROR,
                "urn:morgue:problem:failure",
                "The search failed",
            ),
        };
        let mut problem = Problem::new(status, kind, title, error.to_string());
        problem.hint = error.hint();
        problem.retry_after = match error {
            Error::Busy => Some(SOON),
            _ => (status == StatusCode::SERVICE_UNAVAILABLE).then_some(LATER),
        };
        if let Error::Query(error) = error {
            problem.caret = Some(error.caret());
            problem.span = Some(error.span);
            problem.query = Some(error.query);
        }
        problem
    }
}

impl Problem {
    /// What an answer with it says besides, whatever its body is.
    pub(super) fn headers(&self) -> HeaderMap {
        let mut headers = HeaderMap::new();
        if let Some(seconds) = self.retry_after {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        if self.status == StatusCode::UNAUTHORIZED {
            for way in WAYS_IN {
                headers.append(header::WWW_AUTHENTICATE, HeaderValue::from_static(way));
            }
        }
        headers
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let media_type = HeaderValue::from_static("application/problem+json");
        let mut response = (status, self.headers(), Json(self)).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, media_type);
        response
    }
}
