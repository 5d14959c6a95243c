//! Exports: every hit, byte for byte what the command prints; and clients that do not wait for the end.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use axum::body::{Body, HttpBody};
use axum::http::Request as HttpRequest;
use morgue::output::OUTPUTS;
use morgue::serve::{Options, listen, router, run};
use tower::ServiceExt;

use super::archive::archive;
use super::get;
use crate::archives::{archive_of, article};
use crate::support::{run_to, strip_took};

#[test]
fn an_export_is_what_the_command_prints() {
    let archive = archive();
    let dir = archive.dir().to_owned();
    for output in OUTPUTS {
        for (query, parameters) in [
            ("ferry", "q=ferry&sort=oldest"),
            ("", "sort=oldest"),
            ("submarine", "q=submarine&sort=oldest"),
        ] {
            let answer = get(&format!(
                "/api/v1/export?{parameters}&format={}",
                output.name
            ));
            assert_eq!(
                (answer.status.as_u16(), answer.media_type()),
                (200, output.media_type)
            );
            let disposition = answer.headers["content-disposition"].to_str().unwrap();
            assert_eq!(
                disposition,
                format!("attachment; filename=\"morgue.{}\"", output.extension)
            );
            let code = i32::from(query == "submarine");
            let index = dir.to_str().unwrap();
            let args = [
                "search",
                "--index",
                index,
                "--all",
                "--sort",
                "oldest",
                "--output",
                output.name,
                "--",
                query,
            ];
            let printed = run_to(code, &dir, &args).stdout;
            assert_eq!(
                strip_took(&answer.body),
                strip_took(&printed),
                "{} {query}",
                output.name
            );
        }
    }
}

/// An archive whose export is longer than all that is buffered on its way.
fn long() -> crate::archives::TempArchive {
    let articles: Vec<_> = (0..40)
        .map(|number| article(&format!("{number}"), &"mast ".repeat(4_000), "The ferry."))
        .collect();
    archive_of(&articles)
}

fn block_on<T>(work: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap()
        .block_on(work)
}

#[test]
fn exports_have_seats_of_their_own_and_a_client_that_goes_frees_its_seat() {
    let long = long();
    block_on(async {
        let app = router(long.archive.clone());
        let ask = |path: &str| {
            let request = HttpRequest::get(path)
                .header("host", "localhost")
                .body(Body::empty());
            app.clone().oneshot(request.unwrap())
        };
        let mut open = Vec::new();
        let refused = loop {
            let answer = ask("/api/v1/export?q=ferry").await.unwrap();
            if answer.status() != 200 {
                break answer;
            }
            open.push(answer);
            assert!(open.len() < 100, "exports are not without number");
        };
        assert_eq!(refused.status(), 503);
        assert!(refused.headers().contains_key("retry-after"));
        // Nobody reads, and searches are answered as ever.
        assert_eq!(ask("/api/v1/search?q=ferry").await.unwrap().status(), 200);
        drop(open);
        let begin = Instant::now();
        while ask("/api/v1/export?q=ferry").await.unwrap().status() != 200 {
            assert!(
                begin.elapsed() < Duration::from_secs(20),
                "the seats are free again"
            );
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    });
}

#[test]
fn an_export_is_sent_as_it_is_read() {
    let long = long();
    block_on(async {
        let listener = listen("127.0.0.1:0".parse().unwrap()).await.unwrap();
        let address = listener.local_addr().unwrap();
        let server = tokio::spawn(run(
            listener,
            long.archive.clone(),
            Options::default(),
            std::future::pending(),
        ));
        let read = tokio::task::spawn_blocking(move || {
            let mut stream = TcpStream::connect(address).unwrap();
            write!(stream, "GET /api/v1/export?q=ferry HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n").unwrap();
            let mut text = String::new();
            stream.read_to_string(&mut text).unwrap();
            text
        });
        let text = read.await.unwrap();
        assert!(text.contains("transfer-encoding: chunked") && text.ends_with("\r\n0\r\n\r\n"));
        assert_eq!(text.matches("\"rank\":").count(), 40);
        server.abort();
    });
}

#[test]
fn what_is_asked_with_head_is_not_written() {
    let request = HttpRequest::head("/api/v1/export")
        .header("host", "localhost")
        .body(Body::empty());
    let answer = block_on(router(archive()).oneshot(request.unwrap())).unwrap();
    assert_eq!(answer.status(), 200);
    assert!(answer.into_body().is_end_stream());
}
