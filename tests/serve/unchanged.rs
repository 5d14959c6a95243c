//! Conditional requests and compressed answers.

use std::io::Read;

use axum::body::{Body, to_bytes};
use axum::http::Request as HttpRequest;
use morgue::serve::router;
use tower::ServiceExt;

use super::archive::archive;
use super::{Answer, send_to};
use crate::archives::{add, archive_of, article};

fn ask(archive: &morgue::Archive, path: &str, headers: &[(&str, &str)]) -> Answer {
    let mut request = HttpRequest::get(path).header("host", "localhost");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    send_to(
        router(archive.clone()),
        request.body(Body::empty()).unwrap(),
    )
}

fn tag(answer: &Answer) -> String {
    answer.headers["etag"].to_str().unwrap().to_owned()
}

#[test]
fn who_has_it_already_is_told_so() {
    for path in [
        "/api/v1/search?q=ferry",
        "/api/v1/articles/n:1",
        "/api/v1/export?q=ferry",
        "/api/v1/status",
        "/api/openapi.json",
    ] {
        let first = ask(&archive(), path, &[]);
        let tag = tag(&first);
        assert!(tag.starts_with("W/\"") && tag.ends_with('"'), "{tag}");
        for known in [tag.as_str(), &tag[2..], "*", &format!("\"x\", {tag}")] {
            let again = ask(&archive(), path, &[("if-none-match", known)]);
            assert_eq!(
                (again.status.as_u16(), again.body.as_str()),
                (304, ""),
                "{path}"
            );
            assert_eq!(again.headers["etag"].to_str().unwrap(), tag);
        }
        assert_eq!(
            ask(&archive(), path, &[("if-none-match", "W/\"x\"")]).status,
            200
        );
    }
    // Another question has another tag.
    let [one, other] = ["ferry", "gale"].map(|query| format!("/api/v1/search?q={query}"));
    let known = tag(&ask(&archive(), &one, &[]));
    assert_eq!(
        ask(&archive(), &other, &[("if-none-match", &known)]).status,
        200
    );
    let wrong = ask(&archive(), "/api/v1/search?q=nope:x", &[]);
    assert!(!wrong.headers.contains_key("etag"));
    // What is not there is not unchanged either.
    for (path, status) in [
        ("/api/v1/search?q=nope:x", 400),
        ("/api/v1/articles/nope", 404),
    ] {
        assert_eq!(
            ask(&archive(), path, &[("if-none-match", "*")]).status,
            status
        );
    }
}

#[test]
fn a_commit_changes_every_answer() {
    let archive = archive_of(&[article("1", "Ferry", "")]);
    let path = "/api/v1/search?q=ferry";
    let before = tag(&ask(&archive, path, &[]));
    archive.refresh().unwrap();
    assert_eq!(tag(&ask(&archive, path, &[])), before);
    add(archive.dir.path(), &[article("2", "Ferry", "")], 1);
    archive.refresh().unwrap();
    let after = ask(&archive, path, &[("if-none-match", &before)]);
    assert_eq!(
        (after.status.as_u16(), &after.json()["total"]),
        (200, &2.into())
    );
}

/// Opens what is packed.
type Unpack = fn(&[u8]) -> Box<dyn Read + '_>;

#[test]
fn answers_are_packed_as_the_client_likes() {
    let path = "/api/v1/export?q=&format=jsonl&sort=oldest";
    let plain = ask(&archive(), path, &[]).body;
    let codings: [(&str, Unpack); 3] = [
        ("gzip", |bytes| {
            Box::new(flate2::read::GzDecoder::new(bytes))
        }),
        ("zstd", |bytes| Box::new(zstd::Decoder::new(bytes).unwrap())),
        ("br", |bytes| {
            Box::new(brotli_decompressor::Decompressor::new(bytes, 4096))
        }),
    ];
    for (coding, unpack) in codings {
        let request = HttpRequest::get(path)
            .header("host", "localhost")
            .header("accept-encoding", coding);
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        let bytes = runtime.block_on(async {
            let answer = router(archive())
                .oneshot(request.body(Body::empty()).unwrap())
                .await
                .unwrap();
            assert_eq!(answer.headers()["content-encoding"], coding);
            assert!(
                answer.headers()["vary"]
                    .to_str()
                    .unwrap()
                    .contains("accept-encoding")
            );
            to_bytes(answer.into_body(), usize::MAX).await.unwrap()
        });
        assert!(bytes.len() < plain.len() / 2, "{coding}");
        let mut unpacked = String::new();
        unpack(&bytes).read_to_string(&mut unpacked).unwrap();
        assert_eq!(unpacked, plain, "{coding}");
    }
}
