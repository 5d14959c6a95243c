//! The server over a small archive: routes, problems, pages, hosts; and once over a real socket.

mod api;
mod archive;
mod below;
mod browser;
mod export;
mod feed;
mod guard;
mod mcp;
mod openapi;
mod page;
mod posted;
mod socket;
mod unchanged;

use std::path::Path;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request as HttpRequest, StatusCode};
use morgue::Archive;
use morgue::search::Limits;
use morgue::serve::router;
use tempfile::TempDir;
use tower::ServiceExt;

use archive::archive;

use crate::support::run_to;

/// What came back.
struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: String,
}

impl Answer {
    fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap()
    }

    fn media_type(&self) -> &str {
        self.headers["content-type"].to_str().unwrap()
    }
}

/// Sends one request straight to a router.
fn send_to(router: Router, request: HttpRequest<Body>) -> Answer {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let answer = router.oneshot(request).await.unwrap();
        let (status, headers) = (answer.status(), answer.headers().clone());
        let body = to_bytes(answer.into_body(), usize::MAX).await.unwrap();
        Answer {
            status,
            headers,
            body: String::from_utf8(body.into()).unwrap(),
        }
    })
}

fn send(method: &str, path: &str, host: Option<&str>) -> Answer {
    let mut request = HttpRequest::builder().method(method).uri(path);
    if let Some(host) = host {
        request = request.header("host", host);
    }
    send_to(router(archive()), request.body(Body::empty()).unwrap())
}

fn get(path: &str) -> Answer {
    send("GET", path, Some("localhost:7878"))
}

/// The same of a server that has no time for any search.
fn get_in_no_time(path: &str) -> Answer {
    let hurried = archive().with_limits(Limits::time(std::time::Duration::ZERO));
    let request = HttpRequest::get(path).header("host", "localhost:7878");
    send_to(router(hurried), request.body(Body::empty()).unwrap())
}

/// The archive of the sample corpus, and the folder that it lies in as long as that is held.
fn sample_archive() -> (TempDir, Archive) {
    let index = tempfile::tempdir().unwrap();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let place = index.path().to_str().unwrap();
    run_to(0, root, &["index", "--index", place, "sample-corpus"]);
    let archive = Archive::open(index.path()).unwrap();
    (index, archive)
}
