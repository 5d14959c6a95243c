//! Requests in the body of a POST.

use axum::body::Body;
use axum::http::Request as HttpRequest;
use morgue::serve::router;
use serde_json::json;

use super::archive::archive;
use super::send_to;

#[test]
fn a_long_query_comes_in_the_body() {
    let post = |body: &str, media_type: &str| {
        let request = HttpRequest::post("/api/v1/search").header("host", "localhost");
        let request = request.header("content-type", media_type);
        send_to(
            router(archive()),
            request.body(Body::from(body.to_owned())).unwrap(),
        )
    };
    let answer = post(
        r#"{"query": "ferry", "match": "any", "limit": 1, "sort": "oldest"}"#,
        "application/json",
    );
    assert_eq!(
        (answer.status.as_u16(), &answer.json()["hits"][0]["date"]),
        (200, &json!("1605"))
    );
    let answer = post(
        r#"{"query": "ferry", "only": {"section": ["Council"], "year": []}}"#,
        "application/json",
    );
    assert_eq!(answer.json()["total"], 1);
    for (body, media_type, status) in [
        (r#"{"only": {"colour": ["red"]}}"#, "application/json", 422),
        ("{}", "text/plain", 415),
        ("{", "application/json", 400),
        ("", "application/json", 400),
        (r#"{"querry": ""}"#, "application/json", 422),
        (r#"{"limit": 1001}"#, "application/json", 400),
        (r#"{"query": "nope:x"}"#, "application/json", 400),
        (
            &format!("\"{}\"", "x".repeat(300_000)),
            "application/json",
            413,
        ),
    ] {
        let answer = post(body, media_type);
        assert_eq!(
            answer.status.as_u16(),
            status,
            "{body:.20}: {}",
            answer.body
        );
        assert_eq!(answer.media_type(), "application/problem+json");
        if status == 413 {
            assert_eq!(answer.json()["detail"], "it is longer than 262144 bytes");
        }
    }
}

#[test]
fn a_request_in_a_body_is_an_object() {
    let post = |path: &str, body: &str| {
        let request = HttpRequest::post(path)
            .header("host", "localhost")
            .header("content-type", "application/json")
            .header("accept", "application/json, text/event-stream");
        let request = request.body(Body::from(body.to_owned())).unwrap();
        let answer = send_to(router(archive()), request);
        (
            answer.status.as_u16(),
            answer.media_type().to_owned(),
            answer.body,
        )
    };
    let problem = "application/problem+json";
    assert_eq!(post("/api/v1/search", "{}").0, 200);
    for wrong in [
        "[]",
        r#"["ferry"]"#,
        "\"ferry\"",
        "null",
        r#"{"limit": "all"}"#,
        r#"{"nope": 1}"#,
        "{",
    ] {
        let (status, media_type, body) = post("/api/v1/search", wrong);
        assert!([400, 422].contains(&status), "{wrong}: {status} {body}");
        assert_eq!(media_type, problem, "{wrong}");
    }
    // What is no message of the protocol is told as every other problem.
    for wrong in ["{", "[]", r#"{"jsonrpc": "2.0"}"#] {
        let (status, media_type, body) = post("/mcp", wrong);
        assert_eq!((status, &*media_type), (400, problem), "{wrong}: {body}");
    }
}
