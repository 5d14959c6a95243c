//! Where a client has this server: for links that lead back to it, out of a feed or below the path of another program.

use axum::extract::{FromRequestParts, OriginalUri, Request};
use axum::http::request::Parts;
use axum::http::{Extensions, HeaderMap, Uri, header};

/// Where this server stands for a client. Nothing hangs on it but the links in the client's own answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Here {
    /// Scheme and host, as the client has named them; `https` where a proxy says that it came so.
    origin: String,
    /// What stands before every path: nothing, or `/archive` where the router is nested there, or a proxy takes that away.
    path: String,
}

impl Here {
    /// As a request tells it. What only a proxy may say, [`super::guard`] has taken away from others.
    pub(super) fn of(request: &Request) -> Self {
        Self::told(request.headers(), request.uri(), request.extensions())
    }

    fn told(headers: &HeaderMap, uri: &Uri, extensions: &Extensions) -> Self {
        let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
        let scheme = match text("x-forwarded-proto") {
            Some("https") => "https",
            _ => "http",
        };
        let host = text(header::HOST.as_str()).unwrap_or("localhost");
        let outside = text("x-forwarded-prefix").filter(|path| is_plain(path));
        let nested = extensions.get::<OriginalUri>().map(|original| {
            let whole = original.path();
            whole.strip_suffix(uri.path()).unwrap_or(whole)
        });
        let path = [outside, nested].map(|path| path.unwrap_or_default().trim_end_matches('/'));
        Here {
            origin: format!("{scheme}://{host}"),
            path: path.concat(),
        }
    }

    /// Whether everything is below the path of something else.
    pub(super) fn is_below(&self) -> bool {
        !self.path.is_empty()
    }

    /// One of our paths, which begins with `/`, as a link for this client. The page for searching is at the path itself: what is
    /// nested at `/archive` does not answer at `/archive/`.
    pub(super) fn link(&self, path: &str) -> String {
        let rest = path.strip_prefix('/').unwrap_or(path);
        let is_root = rest.is_empty() || rest.starts_with('?');
        let path = if self.is_below() && is_root {
            rest
        } else {
            path
        };
        format!("{}{path}", self.path)
    }

    /// The same as a whole address.
    pub(super) fn address(&self, path: &str) -> String {
        format!("{}{}", self.origin, self.link(path))
    }
}

/// Whether this is a path that can be written anywhere as it stands.
fn is_plain(path: &str) -> bool {
    let plain = |letter: char| letter.is_ascii_alphanumeric() || "/-_.~".contains(letter);
    path.starts_with('/') && !path.starts_with("//") && path.chars().all(plain)
}

impl<S: Sync> FromRequestParts<S> for Here {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        Ok(Self::told(&parts.headers, &parts.uri, &parts.extensions))
    }
}
