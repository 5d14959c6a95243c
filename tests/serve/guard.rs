//! Who may ask: keys and their scopes, scripts of other sites, rates; and what is told of it afterwards.

use std::path::Path;

use axum::body::Body;
use axum::http::{HeaderMap, Request as HttpRequest};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use morgue::serve::{KeyFile, Keys, Options, Scope, router_with};

use super::archive::archive;
use super::{Answer, send_to};

/// Asks a server with these options, with these headers.
fn ask(options: Options, method: &str, path: &str, headers: &[(&str, &str)]) -> Answer {
    let mut request = HttpRequest::builder().method(method).uri(path);
    if headers.iter().all(|(name, _)| *name != "host") {
        request = request.header("host", "localhost:7878");
    }
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    send_to(
        router_with(archive(), options),
        request.body(Body::empty()).unwrap(),
    )
}

/// A file with one key, and the key.
fn key(folder: &Path, scopes: &[Scope]) -> (KeyFile, String) {
    let path = folder.join("keys.json");
    let mut keys = Keys::default();
    let text = keys.add("ann", scopes).unwrap();
    keys.write(&path).unwrap();
    (KeyFile::open(&path).unwrap(), text)
}

#[test]
fn a_key_opens_what_it_is_good_for() {
    let folder = tempfile::tempdir().unwrap();
    let check =
        |scopes: &[Scope], path: &str, header: Option<&dyn Fn(&str) -> String>, expected: u16| {
            let (keys, text) = key(folder.path(), scopes);
            let options = Options {
                keys: Some(keys),
                ..Options::default()
            };
            let value = header.map(|header| header(&text));
            let headers: Vec<_> = value
                .iter()
                .map(|value| ("authorization", value.as_str()))
                .collect();
            let answer = ask(options, "GET", path, &headers);
            assert_eq!(
                answer.status.as_u16(),
                expected,
                "{path} {scopes:?} {headers:?}"
            );
            answer
        };
    let bearer: &dyn Fn(&str) -> String = &|text| format!("Bearer {text}");
    let dialog: &dyn Fn(&str) -> String =
        &|text| format!("Basic {}", STANDARD.encode(format!("me:{text}")));
    let read = &[Scope::Read];
    for path in [
        "/",
        "/api/v1/search?q=ferry",
        "/api/v1/status",
        "/nowhere",
        "/article?id=x",
        "/metrics",
        "/api/v1/export?q=x",
        "/mcp",
    ] {
        let answer = check(read, path, None, 401);
        let ways: Vec<_> = answer.headers.get_all("www-authenticate").iter().collect();
        assert_eq!(ways.len(), 2, "{path}");
        assert!(!answer.body.contains("ferry"));
    }
    for path in ["/healthz", "/readyz"] {
        check(read, path, None, 200);
    }
    for path in ["/", "/api/v1/search?q=ferry", "/api/v1/status"] {
        check(read, path, Some(bearer), 200);
        check(read, path, Some(dialog), 200);
        check(read, path, Some(&|text| format!("Bearer {text}x")), 401);
        check(read, path, Some(&|_| "Bearer morgue_".into()), 401);
    }
    check(read, "/metrics", Some(bearer), 403);
    check(read, "/api/v1/export?q=x", Some(bearer), 403);
    check(read, "/mcp", Some(bearer), 403);
    check(&[Scope::Metrics], "/metrics", Some(bearer), 200);
    check(
        &[Scope::Metrics],
        "/api/v1/search?q=ferry",
        Some(bearer),
        403,
    );
}

#[test]
fn scripts_of_other_sites_are_let_in_by_name_only() {
    let named = || Options {
        origins: vec!["https://desk.example".parse().unwrap()],
        ..Options::default()
    };
    let path = "/api/v1/search?q=ferry";
    let foreign = [("origin", "https://evil.example")];
    assert_eq!(ask(Options::default(), "GET", path, &foreign).status, 403);
    assert_eq!(ask(named(), "GET", path, &foreign).status, 403);
    let own = ask(named(), "GET", path, &[("origin", "http://localhost:7878")]);
    assert_eq!(own.status, 200);
    assert!(!own.headers.contains_key("access-control-allow-origin"));
    let let_in = ask(named(), "GET", path, &[("origin", "https://desk.example")]);
    assert_eq!(let_in.status, 200);
    assert_eq!(
        let_in.headers["access-control-allow-origin"],
        "https://desk.example"
    );
    assert!(
        let_in.headers["access-control-expose-headers"]
            .to_str()
            .unwrap()
            .contains("etag")
    );
    // What a browser asks before it sends a key.
    let before = ask(
        named(),
        "OPTIONS",
        path,
        &[
            ("origin", "https://desk.example"),
            ("access-control-request-method", "GET"),
        ],
    );
    assert_eq!(before.status, 200);
    assert_eq!(
        before.headers["access-control-allow-origin"],
        "https://desk.example"
    );
}

#[test]
fn one_client_may_ask_so_often() {
    let options = Options {
        rate: 1,
        ..Options::default()
    };
    let app = router_with(archive(), options);
    let ask = || {
        let request = HttpRequest::get("/api/v1/status").header("host", "localhost");
        send_to(app.clone(), request.body(Body::empty()).unwrap())
    };
    let answers: Vec<_> = (0..8).map(|_| ask()).collect();
    assert!(answers[..4].iter().all(|answer| answer.status == 200));
    let last = &answers[7];
    assert_eq!(
        (last.status.as_u16(), last.media_type()),
        (429, "application/problem+json")
    );
    assert_eq!(last.headers["retry-after"], "1");
}

#[test]
fn names_of_hosts_can_be_added() {
    let options = || Options {
        hosts: vec!["archive.example".into()],
        ..Options::default()
    };
    let host = |name| {
        ask(options(), "GET", "/healthz", &[("host", name)])
            .status
            .as_u16()
    };
    assert_eq!(host("archive.example"), 200);
    assert_eq!(host("localhost"), 200);
    assert_eq!(host("evil.example"), 421);
}

#[test]
fn every_request_has_a_number_and_is_counted_by_its_route() {
    let app = router_with(archive(), Options::default());
    let ask = |path: &str| {
        let request = HttpRequest::get(path).header("host", "localhost");
        send_to(app.clone(), request.body(Body::empty()).unwrap())
    };
    let number = |headers: &HeaderMap| headers["x-request-id"].to_str().unwrap().to_owned();
    let (one, other) = (
        ask("/api/v1/search?q=ferry"),
        ask("/api/v1/search?q=nope:x"),
    );
    assert_ne!(number(&one.headers), number(&other.headers));
    ask("/api/v1/articles/none/of/these");
    ask("/secret/path");
    let figures = ask("/metrics");
    assert!(
        figures
            .media_type()
            .starts_with("application/openmetrics-text; version=1.0.0")
    );
    for line in [
        "morgue_requests_total{route=\"/api/v1/search\",status=\"200\"} 1",
        "morgue_requests_total{route=\"/api/v1/search\",status=\"400\"} 1",
        "morgue_requests_total{route=\"/api/v1/articles/{*id}\",status=\"404\"} 1",
        "morgue_requests_total{route=\"none\",status=\"404\"} 1",
        "morgue_request_seconds_count{route=\"/api/v1/search\"} 2",
        "morgue_requests_under_way 1",
        &format!("morgue_articles {}", archive().articles().unwrap()),
        "# EOF",
    ] {
        assert!(
            figures.body.lines().any(|found| found == line),
            "{line}\n{}",
            figures.body
        );
    }
    assert!(!figures.body.contains("secret") && !figures.body.contains("ferry"));
}

#[test]
fn a_browser_may_ask_before_it_sends_the_key() {
    let folder = tempfile::tempdir().unwrap();
    for path in [
        "/api/v1/search",
        "/api/v1/export",
        "/mcp",
        "/feeds/atom",
        "/metrics",
    ] {
        let (keys, _) = key(folder.path(), &Scope::ALL);
        let options = Options {
            keys: Some(keys),
            origins: vec!["https://desk.example".parse().unwrap()],
            ..Options::default()
        };
        let headers = [
            ("origin", "https://desk.example"),
            ("access-control-request-method", "POST"),
            (
                "access-control-request-headers",
                "authorization, mcp-protocol-version",
            ),
        ];
        let answer = ask(options, "OPTIONS", path, &headers);
        assert_eq!(answer.status, 200, "{path}");
        let header = |name| answer.headers[name].to_str().unwrap();
        assert_eq!(
            header("access-control-allow-origin"),
            "https://desk.example"
        );
        let allowed = header("access-control-allow-headers");
        assert!(
            allowed.contains("authorization") && allowed.contains("mcp-protocol-version"),
            "{path}: {allowed}"
        );
    }
}

#[test]
fn who_is_refused_has_asked_too() {
    let folder = tempfile::tempdir().unwrap();
    for (headers, refused) in [
        (&[("authorization", "Bearer morgue_guess")][..], 401),
        (&[], 401),
        (&[("host", "evil.example")], 421),
        (&[("origin", "https://evil.example")], 403),
    ] {
        let (keys, text) = key(folder.path(), &Scope::ALL);
        let options = Options {
            keys: Some(keys),
            rate: 1,
            ..Options::default()
        };
        let router = router_with(archive(), options);
        let send = |headers: &[(&str, &str)]| {
            let mut request = HttpRequest::get("/api/v1/status");
            if headers.iter().all(|(name, _)| *name != "host") {
                request = request.header("host", "localhost");
            }
            for (name, value) in headers {
                request = request.header(*name, *value);
            }
            let request = request.body(Body::empty()).unwrap();
            send_to(router.clone(), request).status.as_u16()
        };
        let answers: Vec<u16> = (0..20).map(|_| send(headers)).collect();
        assert_eq!(answers[0], refused, "{headers:?}");
        assert!(answers.contains(&429), "{headers:?}: {answers:?}");
        let known = format!("Bearer {text}");
        assert_eq!(
            send(&[("authorization", &known)]),
            200,
            "a key has its own rate"
        );
    }
}
