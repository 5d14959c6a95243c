//! What goes wrong, as problem details for HTTP (RFC 9457): the message, caret and hint that the command line shows too.

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use crate::Error;
use crate::query::tree::Span;

/// When it may be worth to ask again, in seconds, if only time is wanting.
const RETRY_AFTER: &str = "10";

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

    /// A body that is no request.
    pub(super) fn bad_body(status: StatusCode, detail: String) -> Self {
        let kind = "urn:morgue:problem:body";
        Self::new(status, kind, "The body is no request", detail)
    }

    /// More is asked at once than can be answered.
    pub(super) fn busy(detail: &str) -> Self {
        let kind = "urn:morgue:problem:busy";
        let status = StatusCode::SERVICE_UNAVAILABLE;
        Self::new(status, kind, "Too much is asked at once", detail.into())
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
        problem.hint = Some("use http://localhost or http://127.0.0.1 with its port".into());
        problem
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
        if let Error::Query(error) = error {
            problem.caret = Some(error.caret());
            problem.span = Some(error.span);
            problem.query = Some(error.query);
        }
        problem
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = (status, Json(self)).into_response();
        let media_type = HeaderValue::from_static("application/problem+json");
        response
            .headers_mut()
            .insert(header::CONTENT_TYPE, media_type);
        if status == StatusCode::SERVICE_UNAVAILABLE {
            let wait = HeaderValue::from_static(RETRY_AFTER);
            response.headers_mut().insert(header::RETRY_AFTER, wait);
        }
        response
    }
}
