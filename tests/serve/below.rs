//! The server below the path of another program: every link leads to where it is.

use std::net::SocketAddr;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::Request as HttpRequest;
use morgue::serve::{Options, router_with};

use super::archive::archive;
use super::{Answer, send_to};

/// Every address of our own in a page or a feed.
fn links(text: &str) -> Vec<String> {
    let mut links = Vec::new();
    for begin in ["href=\"", "src=\"", "action=\""] {
        for part in text.split(begin).skip(1) {
            let link = part.split('"').next().unwrap().replace("&amp;", "&");
            if link.starts_with('/') {
                links.push(link);
            }
        }
    }
    links
}

fn nested(path: &str) -> Answer {
    let app = Router::new().nest("/archive", router_with(archive(), Options::default()));
    let request = HttpRequest::get(path).header("host", "localhost");
    send_to(app, request.body(Body::empty()).unwrap())
}

#[test]
fn links_of_a_nested_router_lead_somewhere() {
    let mut seen = vec![
        "/archive?q=ferry&facet=source".to_owned(),
        "/archive/help".into(),
    ];
    let mut at = 0;
    while at < seen.len().min(60) {
        let answer = nested(&seen[at]);
        assert_eq!(answer.status, 200, "{}", seen[at]);
        if answer.media_type().starts_with("text/html") {
            for link in links(&answer.body) {
                assert!(link.starts_with("/archive"), "{link} in {}", seen[at]);
                if !seen.contains(&link) {
                    seen.push(link);
                }
            }
        }
        at += 1;
    }
    for wanted in [
        "/archive",
        "/archive/help",
        "/archive/page/style.css",
        "/archive/page/main.js",
    ] {
        assert!(seen.iter().any(|link| link == wanted), "{wanted}: {seen:?}");
    }
    assert!(
        seen.iter()
            .any(|link| link.starts_with("/archive/article?id="))
    );
    // What somebody has typed is no link, however it begins.
    let typed = nested("/archive?q=%2Fferry&source=%2Fhelp").body;
    assert!(typed.contains(r#"value="/ferry""#), "{typed}");
    assert!(!typed.contains(r#"value="/archive"#), "{typed}");
    let feed = nested("/archive/feeds/atom?q=ferry").body;
    assert!(
        feed.contains("<id>http://localhost/archive/feeds/atom?q=ferry</id>"),
        "{feed}"
    );
    assert!(
        feed.contains("href=\"http://localhost/archive?q=ferry"),
        "{feed}"
    );
    assert!(
        feed.contains("href=\"http://localhost/archive/article?id="),
        "{feed}"
    );
    let found = nested("/archive/api/v1/search?q=ferry&limit=1");
    let next = found.headers["link"].to_str().unwrap();
    assert!(next.starts_with("</archive/api/v1/search?"), "{next}");
    let nowhere = nested("/archive/nowhere/at/all");
    assert_eq!(nowhere.status, 404);
    assert!(
        links(&nowhere.body)
            .iter()
            .all(|link| link.starts_with("/archive"))
    );
}

#[test]
fn what_only_a_proxy_can_say_is_believed_of_no_other() {
    let ask = |from: &str, prefix: &str| {
        let options = Options {
            proxies: vec!["10.0.0.1".parse().unwrap()],
            hosts: vec!["archive.example".into()],
            ..Options::default()
        };
        let mut request = HttpRequest::get("/feeds/atom?q=ferry")
            .header("host", "archive.example:8443")
            .header("x-forwarded-proto", "https")
            .header("x-forwarded-prefix", prefix)
            .body(Body::empty())
            .unwrap();
        let from: SocketAddr = from.parse().unwrap();
        request.extensions_mut().insert(ConnectInfo(from));
        let feed = send_to(router_with(archive(), options), request).body;
        feed.split("<id>")
            .nth(1)
            .unwrap()
            .split("/feeds")
            .next()
            .unwrap()
            .to_owned()
    };
    assert_eq!(
        ask("10.0.0.1:1", "/news/"),
        "https://archive.example:8443/news"
    );
    assert_eq!(ask("10.0.0.2:1", "/news/"), "http://archive.example:8443");
    for wrong in ["//evil.example", "news", "/a\"b", "/<b>", "/a b", ""] {
        assert_eq!(
            ask("10.0.0.1:1", wrong),
            "https://archive.example:8443",
            "{wrong}"
        );
    }
}
