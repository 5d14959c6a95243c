//! Which pages of other sites may read what is answered: none, unless they are named (CORS).
//!
//! A browser says in `Origin` which site's script is asking. A foreign one is refused before anything is searched: for what a
//! script may not read, it shall not make this server work either, and the tools for agents are asked by POST.

use std::str::FromStr;

use axum::http::header::{HOST, ORIGIN};
use axum::http::uri::Authority;
use axum::http::{HeaderMap, HeaderValue, Uri};

/// A site, as browsers name it in `Origin`: scheme, host, and the port where it is not the usual one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin(HeaderValue);

impl Origin {
    pub(super) fn value(&self) -> HeaderValue {
        self.0.clone()
    }
}

impl FromStr for Origin {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("`{text}` is no site of the form https://desk.example");
        let uri: Uri = text.parse().map_err(|_| wrong())?;
        let is_site = matches!(uri.scheme_str(), Some("http" | "https"))
            && uri
                .authority()
                .is_some_and(|site| !site.as_str().contains('@'))
            && uri.path_and_query().is_none_or(|path| path == "/");
        if !is_site {
            return Err(wrong());
        }
        let value = HeaderValue::from_str(&text.trim_end_matches('/').to_ascii_lowercase());
        value.map(Origin).map_err(|_| wrong())
    }
}

/// Whether the site that asks, if one does, is the server's own or one of those named.
pub(super) fn is_welcome(headers: &HeaderMap, target: &Uri, named: &[Origin]) -> bool {
    let Some(origin) = headers.get(ORIGIN) else {
        return true;
    };
    named.iter().any(|named| named.0 == origin) || is_own(origin, headers, target)
}

/// Whether the origin is the host that was asked. Its scheme is not compared: behind a proxy it is another one.
fn is_own(origin: &HeaderValue, headers: &HeaderMap, target: &Uri) -> bool {
    let Some((_, site)) = origin
        .to_str()
        .ok()
        .and_then(|origin| origin.split_once("://"))
    else {
        return false;
    };
    let host = headers.get(HOST).and_then(|host| host.to_str().ok());
    host.or_else(|| target.authority().map(Authority::as_str))
        .is_some_and(|host| host.eq_ignore_ascii_case(site))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_foreign_site_is_not_welcome() {
        let check = |origin: &'static str, expected: bool| {
            let mut headers = HeaderMap::new();
            headers.insert(HOST, HeaderValue::from_static("archive.example:7878"));
            headers.insert(ORIGIN, HeaderValue::from_static(origin));
            let named = ["https://Desk.example/".parse().unwrap()];
            let found = is_welcome(&headers, &Uri::from_static("/"), &named);
            assert_eq!(found, expected, "{origin}");
        };
        check("http://archive.example:7878", true);
        check("https://ARCHIVE.example:7878", true);
        check("https://desk.example", true);
        for foreign in [
            "null",
            "",
            "https://archive.example",
            "http://evil.example",
            "archive.example:7878",
            "http://archive.example:7878.evil.example",
        ] {
            check(foreign, false);
        }
        for wrong in [
            "",
            "*",
            "desk.example",
            "https://",
            "ftp://desk.example",
            "https://desk.example/a",
            "https://ann@desk.example",
        ] {
            assert!(wrong.parse::<Origin>().is_err(), "{wrong}");
        }
        assert!(is_welcome(&HeaderMap::new(), &Uri::from_static("/"), &[]));
    }
}
