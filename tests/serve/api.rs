//! What programs get.

use insta::assert_snapshot;
use morgue::search::{FacetName, Request, Response, Sort, Unit};

use serde_json::json;

use super::archive::{HOSTILE, archive};
use super::{get, get_in_no_time, send};

#[test]
fn a_search_is_the_whole_response() {
    let answer = get(
        "/api/v1/search?q=ferry&facet=source,year&facet=place&timeline=month&sort=newest&from=1963&today=1963-08-14",
    );
    assert_eq!(
        (answer.status.as_u16(), answer.media_type()),
        (200, "application/json")
    );
    let request = Request {
        facets: vec![FacetName::Source, FacetName::Year, FacetName::Place],
        timeline: Some(Unit::Month),
        sort: Some(Sort::Newest),
        from: Some("1963".into()),
        today: "1963-08-14".parse().ok(),
        ..Request::for_query("ferry")
    };
    let mut answered: Response = serde_json::from_str(&answer.body).unwrap();
    let expected = archive().search(&request).unwrap();
    answered.took_ms = expected.took_ms;
    assert_eq!(answered, expected);
    assert_eq!((answered.total, answered.facets.len()), (2, 3));
    assert_eq!(answered.timeline.unwrap().len(), 3);
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
      "hint": "to search it as a word, put a space behind the colon",
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
        "400 parameter `query`: not known; there is q, from, to, source, section, byline, place, topic, language, year, match, dialect, sort, limit, after, facet, values, timeline, context, today",
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
        "400 after: not a cursor; give the `next` of an earlier answer as it stands",
    );
    check("/api/v1/articles/none", "404 no article has the id `none`");
    check(
        "/api/v1/articles/n:1?full=1",
        "400 parameter `full`: not known; there is q, from, to, source, section, byline, place, topic, language, year, match, dialect, today",
    );
    check(
        "/api/v1/articles/v:1?version=3",
        "400 version 3: the article has the versions 1 to 2",
    );
    check(
        "/api/v1/articles/v:1?version=x",
        "400 parameter `version`: `x` is no number of a version",
    );
    check(
        "/api/v1/articles/v:1?version=1&q=gale",
        "400 parameter `version`: not together with `q`",
    );
    check(
        "/api/v1/articles/w:1",
        "410 the article `w:1` was withdrawn on 1987-03-05 (canceled): Gale warning for the bay",
    );
    check(
        "/api/v1/articles/e:1",
        "403 the article `e:1` must not be seen before 2999-01-01 00:00 UTC",
    );
    check("/api/v1/versions/none", "404 no article has the id `none`");
    check(
        "/api/v1/differences/v:1?from=1",
        "400 parameter `to`: it is missing",
    );
    check(
        "/api/v1/suggest?kind=verbs",
        "400 parameter `kind`: no kind of suggestion `verbs`; there is words, names, places, sources, sections, topics, fields",
    );
    check(
        "/api/v1/suggest?limit=0",
        "400 parameter `limit`: `0` is no number from 1 to 100",
    );
    check(
        "/api/v1/explain?q=a&limit=1",
        "400 parameter `limit`: not known; there is q, from, to, source, section, byline, place, topic, language, year, match, dialect, today",
    );
    check(
        "/api/v1/export?format=pdf",
        "400 parameter `format`: no output `pdf`; there is list, json, jsonl, csv, ris, bibtex, kwic, kwic-csv",
    );
    check(
        "/api/v1/export?limit=1",
        "400 parameter `limit`: not known; there is q, from, to, source, section, byline, place, topic, language, year, match, dialect, sort, facet, values, timeline, context, today",
    );
    check("/api/v1/export?q=nope:x", "400 no field `nope`");
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
    let answer = get("/api/v1/articles/web?q=script&match=any").json();
    assert_eq!(answer["id"], "web");
    assert_eq!(answer["query"]["canonical"], "script");
    assert_eq!(answer["found"], true);
    let mark = |field: &str, start: usize, end: usize| serde_json::json!({"field": field, "part": 0, "start": start, "end": end});
    assert_eq!(
        answer["matches"],
        serde_json::json!([mark("headline", 1, 7), mark("headline", 18, 24)])
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
        "/api/v1/articles/n:1",
        "/api/v1/status",
        "/healthz",
    ] {
        for method in ["POST", "PUT", "DELETE", "PATCH"] {
            if (method, path) == ("POST", "/api/v1/search") {
                continue;
            }
            let answer = send(method, path, Some("localhost"));
            assert_eq!(answer.status, 405, "{method} {path}");
            assert!(
                answer.headers["allow"]
                    .to_str()
                    .unwrap()
                    .starts_with("GET,HEAD")
            );
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
        let status = send("GET", "/api/v1/status", Some(host)).json();
        assert_eq!(status["articles"], archive().articles().unwrap());
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
    let answer = get_in_no_time("/api/v1/search?q=ferry");
    assert_eq!(answer.status.as_u16(), 503);
    assert_eq!(answer.headers["retry-after"], "10");
    assert_snapshot!(serde_json::to_string_pretty(&answer.json()).unwrap(), @r#"
    {
      "detail": "the search took longer than 0ns, and was given up",
      "hint": "narrow it by a date (since:2020), or by more letters before a `*`",
      "status": 503,
      "title": "The search takes too long",
      "type": "urn:morgue:problem:too-long"
    }
    "#);
    let page = get_in_no_time("/?q=ferry");
    assert_eq!(page.status.as_u16(), 503);
    assert!(page.body.contains("took longer than 0ns"), "{}", page.body);
}

#[test]
fn what_was_said_before_is_there_too() {
    let before = get("/api/v1/articles/v:1?version=1").json();
    assert_eq!(before["body"], "A gale is expected on Friday.");
    let versions = get("/api/v1/versions/v:1").json();
    let told = versions.as_array().unwrap().iter();
    let told: Vec<_> = told
        .map(|version| (&version["number"], &version["current"]))
        .collect();
    assert_eq!(
        told,
        [(&json!(1), &json!(false)), (&json!(2), &json!(true))]
    );
    let difference = get("/api/v1/differences/v:1?from=1&to=2").json();
    assert_eq!(difference["body"][1]["change"], "added");
    // Of what must not be seen yet, nothing is told but where it is from.
    let sealed = get("/api/v1/versions/e:1").body;
    assert!(
        !sealed.contains("future") && !sealed.contains("Gale"),
        "{sealed}"
    );
}

#[test]
fn counts_are_there_without_hits() {
    let timeline = get("/api/v1/timeline?q=ferry&from=1963").json();
    assert_eq!(timeline["total"], 2);
    assert_eq!(
        timeline["timeline"],
        json!([{"from": "1963-01-01", "to": "1963-12-31", "count": 2, "of": 2}])
    );
    assert!(timeline.get("facets").is_none() && timeline.get("hits").is_none());
    let months = get("/api/v1/timeline?q=ferry&from=1963&timeline=month&limit=5").json();
    assert_eq!(months["timeline"].as_array().unwrap().len(), 3);
    let facets = get("/api/v1/facets?q=ferry&from=1963").json();
    assert_eq!(
        facets["facets"]["section"],
        json!([{"value": "Council", "count": 1}, {"value": "Harbour", "count": 1}])
    );
    assert_eq!(
        facets["facets"].as_object().unwrap().len(),
        FacetName::ALL.len()
    );
    let council = get("/api/v1/facets?q=ferry&from=1963&section=Council&facet=section").json();
    assert_eq!(
        (&council["total"], &council["facets"]["section"]),
        (&json!(1), &json!([{"value": "Council", "count": 1}]))
    );
    let both = "/api/v1/timeline?q=ferry&section=Council&section=Harbour&section=council";
    assert_eq!(get(both).json()["total"], 2);
    assert_eq!(
        get("/api/v1/facets?facet=source").json()["facets"]
            .as_object()
            .unwrap()
            .len(),
        1
    );
    let nothing = get("/api/v1/timeline?q=submarine").json();
    assert_eq!(
        (&nothing["total"], &nothing["timeline"]),
        (&json!(0), &json!([]))
    );
}

#[test]
fn a_beginning_is_completed() {
    let names = get("/api/v1/suggest?q=ro&kind=names").json();
    assert_eq!(
        names,
        json!([{"text": "Ann Roe", "query": "byline:\"Ann Roe\"", "count": 2}])
    );
    let words = get("/api/v1/suggest?q=the+FER&limit=1").json();
    assert_eq!(
        words,
        json!([{"text": "ferry", "query": "\"ferry\"", "count": 3}])
    );
    assert_eq!(get("/api/v1/suggest").body, "[]\n");
}

#[test]
fn a_query_is_explained() {
    let explained = get("/api/v1/explain?q=ferry+OR+gale").json();
    let mut expected = archive()
        .explain(&Request::for_query("ferry OR gale"))
        .unwrap();
    expected.query.warnings.clear();
    assert_eq!(
        explained["lines"],
        serde_json::to_value(expected.lines).unwrap()
    );
    assert!(explained["written"].as_array().unwrap().len() >= 3);
}

#[test]
fn an_address_is_read_as_utf_8_or_not_at_all() {
    for path in [
        "/api/v1/search?q=caf%e9",
        "/?q=caf%e9",
        "/feeds/atom?q=%ff",
        "/api/v1/suggest?q=%c3",
    ] {
        let answer = get(path);
        assert_eq!(answer.status, 400, "{path}");
        assert!(
            answer.body.contains("not encoded in UTF-8"),
            "{path}: {}",
            answer.body
        );
    }
}

#[test]
fn pages_are_linked() {
    let mut path = "/api/v1/search?q=ferry&sort=oldest&limit=1".to_owned();
    let mut ids = Vec::new();
    loop {
        let answer = get(&path);
        ids.push(answer.json()["hits"][0]["id"].as_str().unwrap().to_owned());
        let Some(link) = answer.headers.get("link") else {
            break;
        };
        let link = link
            .to_str()
            .unwrap()
            .strip_suffix(">; rel=\"next\"")
            .unwrap();
        path = link.strip_prefix('<').unwrap().to_owned();
    }
    assert_eq!(ids, [HOSTILE, "n:1", "n:2"]);
}
