//! The address by which a client knows this server, for links that lead back from elsewhere.

use axum::http::{HeaderMap, header};

/// Scheme and host, as the client has named them; `https` where a proxy says that it came so. Nothing hangs on it but the links
/// in the client's own answer.
pub(super) fn origin(headers: &HeaderMap) -> String {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let secure = headers
        .get("x-forwarded-proto")
        .is_some_and(|scheme| scheme == "https");
    let scheme = if secure { "https" } else { "http" };
    format!("{scheme}://{}", text(header::HOST).unwrap_or("localhost"))
}
