//! What programs get.

use insta::assert_snapshot;
use morgue::search::Response;

use super::{get, send};
use crate::support::response;

#[test]
fn a_search_is_the_whole_response() {
    let answer = get(
        "/api/v1/search?q=ferry&facet=source,year&facet=place&timeline=month&sort=newest&today=1963-08-14",
    );
    assert_eq!(
        (answer.status.as_u16(), answer.media_type()),
        (200, "application/json")
    );
    let mut expected = response();
    expected.query.text = "ferry".into();
    assert_eq!(
        serde_json::from_str::<Response>(&answer.body).unwrap(),
        expected
    );
}

#[test]
fn an_error_in_the_query_is_a_problem_with_a_caret() {
    let answer = get("/api/v1/search?q=k%C5%AF%C5%88+nope%3Ax");
    assert_eq!(
        (answer.status.as_u16(), answer.media_type()),
        (400, "application/problem+json")
    );
    assert_snapshot!(serde_json::to_string_pretty(&answer.json()).unwrap(), @r#"
    {
      "caret": "kůň nope:x\n    ^^^^",
      "detail": "no field `nope`",
      "hint": "there is headline, byline, …",
      "query": "kůň nope:x",
      "span": {
        "end": 8,
        "start": 4
      },
      "status": 400,
      "title": "The query cannot be understood",
      "type": "urn:morgue:problem:query"
    }
    "#);
}

/// Status and detail of a problem.
fn problem(path: &str) -> String {
    let answer = get(path);
    assert_eq!(answer.media_type(), "application/problem+json", "{path}");
    let problem = answer.json();
    assert_eq!(problem["status"], answer.status.as_u16(), "{path}");
    format!(
        "{} {}",
        problem["status"],
        problem["detail"].as_str().unwrap()
    )
}

#[test]
fn what_cannot_be_answered_is_a_problem() {
    let check = |path: &str, expected: &str| assert_eq!(problem(path), expected);
    check(
        "/api/v1/search?query=x",
        "400 parameter `query`: not known; there is q, from, to, match, dialect, sort, limit, after, facet, timeline, context, today",
    );
    check(
        "/api/v1/search?q=x&q=y",
        "400 parameter `q`: given more than once",
    );
    check(
        "/api/v1/search?limit=9999",
        "400 parameter `limit`: `9999` is no number from 0 to 1000",
    );
    check(
        "/api/v1/search?facet=source,colour",
        "400 parameter `facet`: no facet `colour`; there is source, section, byline, place, topic, language, year",
    );
    check(
        "/api/v1/search?after=zz",
        "400 after: `zz` is no cursor of this search",
    );
    check("/api/v1/articles/none", "404 no article has the id `none`");
    check(
        "/api/v1/articles/a?full=1",
        "400 parameter `full`: not known; there is q, from, to, match, dialect, today",
    );
    check(
        "/api/v1/status?verbose=1",
        "400 parameter `verbose`: not known; there is none here",
    );
    check(
        "/api/v2/search",
        "404 nothing is served at `/api/v2/search`",
    );
}

#[test]
fn an_article_can_come_with_its_matches() {
    let answer = get("/api/v1/articles/web?q=script%22&match=any").json();
    assert_eq!(answer["id"], "web");
    assert_eq!(answer["query"]["canonical"], "script\" (any)");
    assert_eq!(answer["found"], true);
    assert_eq!(
        answer["matches"],
        serde_json::json!([
            {"field": "headline", "part": 0, "start": 1, "end": 7},
            {"field": "body", "part": 0, "start": 4, "end": 14},
        ])
    );
    assert_eq!(answer["marks"], answer["matches"]);
    let without = get("/api/v1/articles/web?q=").json();
    assert!(without.get("matches").is_none());
    assert_eq!(get("/api/v1/articles/web?q=nope:x").status, 400);
    assert_eq!(get("/api/v1/articles/none?q=x").status, 404);
}

#[test]
fn an_id_can_be_an_address_or_a_path() {
    let check = |path: &str, id: &str| assert_eq!(get(path).json()["id"], id, "{path}");
    check("/api/v1/articles/n:1", "n:1");
    check(
        "/api/v1/articles/https%3A%2F%2Fcourier.example%2Fa%3Fb%3D1%23c",
        "https://courier.example/a?b=1#c",
    );
    check(
        "/api/v1/articles/https://courier.example/a",
        "https://courier.example/a",
    );
    check(
        "/api/v1/articles/1963.zip!/08.txt%234",
        "1963.zip!/08.txt#4",
    );
    check("/api/v1/articles/%E6%96%B0%E8%81%9E%20100%25", "新聞 100%");
    assert_eq!(get("/api/v1/articles/%FF").status, 400);
}

#[test]
fn the_archive_can_only_be_read() {
    for path in [
        "/",
        "/api/v1/search",
        "/api/v1/articles/a",
        "/api/v1/status",
        "/healthz",
    ] {
        for method in ["POST", "PUT", "DELETE", "PATCH"] {
            let answer = send(method, path, Some("localhost"));
            assert_eq!(answer.status, 405, "{method} {path}");
            assert_eq!(answer.headers["allow"], "GET,HEAD");
            assert_eq!(answer.media_type(), "application/problem+json");
        }
        let head = send("HEAD", path, Some("localhost"));
        assert_eq!(
            (head.status.as_u16(), head.body.as_str()),
            (200, ""),
            "{path}"
        );
    }
}

#[test]
fn only_this_machine_is_answered() {
    for host in [
        Some("evil.example"),
        Some("127.0.0.1.evil.example:7878"),
        Some("10.0.0.7"),
        Some(""),
        None,
    ] {
        let answer = send("GET", "/api/v1/status", host);
        assert_eq!(answer.status, 421, "{host:?}");
        assert!(!answer.body.contains("articles"), "{host:?}");
    }
    for host in ["localhost:7878", "127.0.0.1:7878", "[::1]:7878"] {
        assert_eq!(
            send("GET", "/api/v1/status", Some(host)).body,
            "{\"articles\":12}\n"
        );
    }
    // A request in absolute form names its host twice.
    assert_eq!(
        send("GET", "http://evil.example/healthz", Some("localhost")).status,
        421
    );
    assert_eq!(get("/healthz").body, "ok\n");
}

#[test]
fn every_answer_forbids_what_it_does_not_need() {
    for path in [
        "/",
        "/style.css",
        "/api/v1/status",
        "/nowhere",
        "/api/nowhere",
        "/?q=nope:x",
    ] {
        let answer = get(path);
        let policy = answer.headers["content-security-policy"].to_str().unwrap();
        assert!(
            policy.starts_with("default-src 'none';") && !policy.contains("unsafe"),
            "{path}"
        );
        assert_eq!(
            answer.headers["x-content-type-options"], "nosniff",
            "{path}"
        );
        assert!(
            !answer.headers.contains_key("access-control-allow-origin"),
            "{path}"
        );
    }
}

#[test]
fn a_search_that_takes_too_long_is_a_problem_and_no_answer() {
    let answer = get("/api/v1/search?q=slow");
    assert_eq!(answer.status.as_u16(), 503);
    assert_eq!(answer.headers["retry-after"], "10");
    assert_snapshot!(serde_json::to_string_pretty(&answer.json()).unwrap(), @r#"
    {
      "detail": "the search took longer than 10s, and was given up",
      "hint": "narrow it by a date (since:2020), or by more letters before a `*`",
      "status": 503,
      "title": "The search takes too long",
      "type": "urn:morgue:problem:too-long"
    }
    "#);
    let page = get("/?q=slow");
    assert_eq!(page.status.as_u16(), 503);
    assert!(page.body.contains("took longer than 10s"), "{}", page.body);
}
