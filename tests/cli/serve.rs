//! The real server: as the command line starts it, asked over a socket.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use morgue::search::Response;

use crate::support::{morgue, news, run_to};

/// The server as a process, ended when the test is.
pub(super) struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

pub(super) fn get(address: &str, path: &str) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    write!(
        stream,
        "GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n"
    )
    .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

fn start(dir: &Path) -> (Server, String) {
    start_with(dir, &[])
}

fn start_with(dir: &Path, options: &[&str]) -> (Server, String) {
    let mut command = morgue(dir, &["serve", "--port", "0"]);
    command.args(options);
    start_as(command)
}

/// Starts what is a server, whoever runs it; gives its address.
pub(super) fn start_as(mut command: Command) -> (Server, String) {
    let mut child = command.stderr(Stdio::piped()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stderr.take().unwrap())
        .read_line(&mut line)
        .unwrap();
    let address = line
        .trim()
        .strip_prefix("listening on http://")
        .expect(&line)
        .to_owned();
    (Server(child), address)
}

#[test]
fn the_server_answers_as_the_command_does() {
    let dir = news();
    run_to(0, dir.path(), &["index", "news.jsonl"]);
    let (_server, address) = start(dir.path());
    let answer = get(&address, "/api/v1/search?q=ferry&sort=oldest");
    let served: Response = serde_json::from_str(answer.split_once("\r\n\r\n").unwrap().1).unwrap();
    let printed = run_to(
        0,
        dir.path(),
        &["search", "ferry", "--sort", "oldest", "--output", "json"],
    )
    .stdout;
    let printed: Response = serde_json::from_str(&printed).unwrap();
    assert_eq!((served.total, &served.hits), (printed.total, &printed.hits));
    assert!(get(&address, "/?q=ferry").contains("Ferry"));
}

#[test]
fn every_example_on_the_first_page_is_understood() {
    let dir = tempfile::tempdir().unwrap();
    let sample = concat!(env!("CARGO_MANIFEST_DIR"), "/sample-corpus");
    run_to(0, dir.path(), &["index", sample]);
    let (_server, address) = start(dir.path());
    let first = get(&address, "/");
    let examples: Vec<_> = first
        .split("href=\"")
        .filter(|link| link.starts_with("/?q="))
        .collect();
    assert!(examples.len() >= 10);
    for link in examples {
        let path = link.split('"').next().unwrap().replace("&amp;", "&");
        let page = get(&address, &path);
        assert!(
            page.starts_with("HTTP/1.1 200") && !page.contains("class=\"warning\""),
            "{path}: {page}"
        );
    }
}

#[test]
fn the_server_sees_what_was_indexed_meanwhile() {
    let dir = news();
    run_to(0, dir.path(), &["index", "news.jsonl"]);
    let (_server, address) = start(dir.path());
    assert!(get(&address, "/api/v1/search?q=lighthouse").contains("\"total\":0"));
    let late = "{\"id\": \"n:4\", \"headline\": \"The lighthouse is lit\", \"body\": \"It was dark for a year.\"}\n";
    std::fs::write(dir.path().join("late.jsonl"), late).unwrap();
    run_to(0, dir.path(), &["index", "late.jsonl"]);
    // The server looks for news twice a second, when it is asked.
    let seen = (0..100).any(|_| {
        std::thread::sleep(std::time::Duration::from_millis(50));
        get(&address, "/api/v1/search?q=lighthouse").contains("\"total\":1")
    });
    assert!(seen);
}

#[cfg(unix)]
#[test]
fn an_interrupted_server_ends_well() {
    let dir = news();
    run_to(0, dir.path(), &["index", "news.jsonl"]);
    for signal in ["-INT", "-TERM"] {
        let (mut server, address) = start(dir.path());
        assert!(get(&address, "/healthz").ends_with("ok\n"));
        let killed = Command::new("kill")
            .args([signal, &server.0.id().to_string()])
            .status()
            .unwrap();
        assert!(killed.success());
        assert_eq!(server.0.wait().unwrap().code(), Some(0));
    }
}

#[test]
fn other_machines_are_let_in_on_purpose_only() {
    let dir = news();
    run_to(0, dir.path(), &["index", "news.jsonl"]);
    let refused = run_to(2, dir.path(), &["serve", "--listen", "0.0.0.0:0"]);
    for way in ["--keys", "--public", "morgue key add"] {
        assert!(refused.stderr.contains(way), "{}", refused.stderr);
    }
    let none = run_to(2, dir.path(), &["serve", "--keys", "keys.json"]);
    assert!(none.stderr.contains("it has no keys"), "{}", none.stderr);
    for wrong in [
        ["--cors", "*"],
        ["--proxy", "proxy"],
        ["--connections", "0"],
    ] {
        run_to(2, dir.path(), &["serve", wrong[0], wrong[1]]);
    }
}

#[test]
fn a_key_is_made_and_asked_for_until_it_is_removed() {
    let dir = news();
    run_to(0, dir.path(), &["index", "news.jsonl"]);
    let key = run_to(0, dir.path(), &["key", "add", "desk"]).stdout;
    run_to(2, dir.path(), &["key", "add", "desk"]);
    run_to(
        0,
        dir.path(),
        &["key", "add", "graphs", "--scope", "metrics"],
    );
    let today = chrono::Utc::now().format("%F");
    assert_eq!(
        run_to(0, dir.path(), &["key", "list"]).stdout,
        format!("desk\tread,export,mcp\t{today}\ngraphs\tmetrics\t{today}\n")
    );
    let (_server, address) = start_with(dir.path(), &["--keys", "keys.json"]);
    let ask = |key: &str| {
        let mut stream = TcpStream::connect(&address).unwrap();
        let head = "GET /api/v1/search?q=ferry HTTP/1.1\r\nConnection: close\r\nHost:";
        write!(
            stream,
            "{head} {address}\r\nAuthorization: Bearer {key}\r\n\r\n"
        )
        .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer[9..12].to_owned()
    };
    assert_eq!(
        (ask(key.trim()), ask("morgue_x")),
        ("200".into(), "401".into())
    );
    run_to(0, dir.path(), &["key", "remove", "desk"]);
    run_to(2, dir.path(), &["key", "remove", "desk"]);
    assert_eq!(ask(key.trim()), "401");
}

/// A line a request, and in none of them what was searched for or read.
#[test]
fn the_log_tells_of_requests_and_not_of_queries() {
    let dir = news();
    run_to(0, dir.path(), &["index", "news.jsonl"]);
    let mut child = morgue(dir.path(), &["serve", "--port", "0", "--log", "json"])
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
    let server = Server(child);
    let first = lines.next().unwrap().unwrap();
    let address = first.rsplit('/').next().unwrap().to_owned();
    get(&address, "/api/v1/search?q=ferry");
    get(&address, "/api/v1/articles/n:1");
    get(&address, "/secret");
    drop(server);
    let lines: Vec<String> = lines.map(Result::unwrap).collect();
    let told: Vec<serde_json::Value> = lines
        .iter()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let told: Vec<_> = told
        .iter()
        .map(|line| {
            (
                line["route"].as_str().unwrap(),
                line["status"].as_u64().unwrap(),
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            ("/api/v1/search", 200),
            ("/api/v1/articles/{*id}", 200),
            ("none", 404)
        ]
    );
    let all = lines.concat();
    assert!(
        !all.contains("ferry") && !all.contains("n:1") && !all.contains("secret"),
        "{all}"
    );
}

/// Clients that do not speak HTTP, or say too much, are answered or sent away, and others are served meanwhile.
#[test]
fn bad_clients_hurt_themselves_only() {
    let dir = news();
    run_to(0, dir.path(), &["index", "news.jsonl"]);
    let (_server, address) = start_with(dir.path(), &["--connections", "3"]);
    let send = |bytes: &[u8]| {
        let mut stream = TcpStream::connect(&address).unwrap();
        // It may close before it has read all.
        let _ = stream.write_all(bytes);
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        String::from_utf8_lossy(&answer).into_owned()
    };
    assert!(
        send(b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n").starts_with("HTTP/1.1 400")
    );
    assert!(send(b"GET / HTTP/1.1\r\nHost localhost\r\n\r\n").starts_with("HTTP/1.1 400"));
    let long = format!(
        "GET /?q={} HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "a".repeat(200_000)
    );
    let answer = send(long.as_bytes());
    assert!(
        answer.starts_with("HTTP/1.1 4") || answer.is_empty(),
        "{answer}"
    );
    assert!(get(&address, "/healthz").ends_with("ok\n"));
    // All places are taken by clients that say nothing.
    let silent: Vec<_> = (0..3)
        .map(|_| TcpStream::connect(&address).unwrap())
        .collect();
    let mut answer = String::new();
    for _ in 0..100 {
        answer = get(&address, "/healthz");
        if answer.starts_with("HTTP/1.1 503") {
            break;
        }
    }
    assert!(
        answer.starts_with("HTTP/1.1 503") && answer.contains("Retry-After: 1"),
        "{answer}"
    );
    drop(silent);
    let served = (0..100).any(|_| {
        std::thread::sleep(std::time::Duration::from_millis(20));
        get(&address, "/healthz").ends_with("ok\n")
    });
    assert!(served);
}
