//! `morgue mcp`: stdout carries the protocol and nothing else, and the program ends with its client.

use std::io::Write;
use std::path::Path;
use std::process::Stdio;

use serde_json::{Value, json};

use super::super::sample_archive;
use super::{block_on, call, client_of};
use crate::support::{morgue, news, run_to};

#[test]
fn it_speaks_over_its_streams_and_ends_with_its_client() {
    let dir = news();
    run_to(0, dir.path(), &["index", "news.jsonl"]);
    let mut child = morgue(dir.path(), &["mcp"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let call = |id: u32, name: &str, arguments: Value| json!({"jsonrpc": "2.0", "id": id, "method": "tools/call", "params": {"name": name, "arguments": arguments}});
    for message in [
        json!({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {
            "protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "test", "version": "1"}}}),
        json!({"jsonrpc": "2.0", "method": "notifications/initialized"}),
        call(
            2,
            "verify_quote",
            json!({"quote": "sails again from Monday"}),
        ),
        call(3, "search", json!({"query": "("})),
    ] {
        writeln!(stdin, "{message}").unwrap();
    }
    // What is none of the protocol costs nothing but itself.
    writeln!(stdin, "{{ garbage").unwrap();
    let mut reader = std::io::BufReader::new(child.stdout.take().unwrap());
    let mut answers = Vec::new();
    while answers.len() < 3 {
        let mut line = String::new();
        std::io::BufRead::read_line(&mut reader, &mut line).unwrap();
        let message: Value = serde_json::from_str(&line).expect("a line is a message");
        answers.extend(Some(message).filter(|message| message["id"].as_u64().is_some()));
    }
    drop(stdin);
    assert_eq!(child.wait().unwrap().code(), Some(0));
    answers.sort_by_key(|answer| answer["id"].as_u64());
    assert_eq!(
        answers[1]["result"]["structuredContent"]["verdict"],
        "exact"
    );
    assert_eq!(answers[2]["result"]["isError"], true);
}

#[test]
fn without_a_client_it_ends_and_without_an_index_it_says_so() {
    let dir = news();
    let none = run_to(2, dir.path(), &["mcp"]);
    assert!(
        none.stdout.is_empty() && none.stderr.contains("build it first"),
        "{none:?}"
    );
    run_to(0, dir.path(), &["index", "news.jsonl"]);
    let mut silent = morgue(dir.path(), &["mcp"]);
    let silent = silent.stdin(Stdio::null()).output().unwrap();
    assert_eq!((silent.status.code(), silent.stdout.len()), (Some(0), 0));
}

/// The examples of the README: a tool with its arguments, and members that its answer has.
#[test]
fn what_the_readme_shows_is_what_the_tools_say() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (_index, archive) = sample_archive();
    let readme = std::fs::read_to_string(root.join("README.md")).unwrap();
    let examples: Vec<_> = readme.split("```mcp\n").skip(1).collect();
    assert!(!examples.is_empty());
    for example in examples {
        let (asked, expected) = example
            .split("```")
            .next()
            .unwrap()
            .split_once('\n')
            .unwrap();
        let (tool, arguments) = asked.split_once(' ').unwrap();
        let arguments = serde_json::from_str(arguments).unwrap();
        let answer =
            block_on(async { call(&client_of(archive.clone()).await, tool, arguments).await });
        let expected: serde_json::Map<String, Value> = serde_json::from_str(expected).unwrap();
        for (member, value) in &expected {
            assert_eq!(answer.value[member], *value, "{asked}: {member}");
        }
    }
}
