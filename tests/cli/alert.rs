//! `morgue watch`: what is typed, what is said, and how it ends.

use std::fs;

use crate::support::{news, run, run_to};

const LATER: &str = r#"{"id": "n:4", "headline": "Second ferry for Larkmouth", "body": "A second ferry sails.", "date": "1964-05-01"}
"#;

#[test]
fn a_watch_from_its_beginning_to_its_end() {
    let news = news();
    let dir = news.path();
    let first = run(
        dir,
        &[
            "watch", "add", "ferry", "ferry", "--to", "file", "--path", "f.jsonl",
        ],
    );
    assert_eq!(first.code, 2, "there is no index yet");
    run_to(0, dir, &["index", "news.jsonl"]);
    assert_eq!(run(dir, &["watch", "list"]).code, 1, "there is none yet");
    let added = run_to(
        0,
        dir,
        &[
            "watch", "add", "ferry", "ferry", "--to", "file", "--path", "f.jsonl",
        ],
    );
    assert!(
        added
            .stderr
            .contains("it finds 2 articles now, which count as known"),
        "{added:?}"
    );
    assert_eq!(added.stdout, "");
    assert_eq!(run(dir, &["watch", "run"]).code, 1, "nothing is new");
    fs::write(dir.join("later.jsonl"), LATER).unwrap();
    // A search that brings the index up to date delivers as well, and prints only what it finds.
    let found = run_to(
        0,
        dir,
        &[
            "search",
            "second",
            "--sync",
            "later.jsonl",
            "--output",
            "jsonl",
        ],
    );
    assert_eq!(found.stdout.lines().count(), 1);
    assert!(
        found
            .stderr
            .contains("watch `ferry`: 1 article delivered (file"),
        "{found:?}"
    );
    let delivered = fs::read_to_string(dir.join("f.jsonl")).unwrap();
    assert_eq!(delivered.lines().count(), 1);
    assert!(
        delivered.starts_with(r#"{"watch":"ferry","delivery":"ferry-"#),
        "{delivered}"
    );
    let listed = run_to(0, dir, &["watch", "list"]).stdout;
    assert_eq!(listed, "ferry  file     1 delivered     ferry\n");
    let shown = run_to(0, dir, &["watch", "show", "ferry", "--output", "json"]).stdout;
    let shown: serde_json::Value = serde_json::from_str(&shown).unwrap();
    assert_eq!(
        (&shown["query"], &shown["record"]["articles"]),
        (&"ferry".into(), &1.into())
    );
    assert_eq!(run(dir, &["watch", "test", "ferry"]).code, 1);
    run_to(0, dir, &["index", "news.jsonl", "later.jsonl", "--rebuild"]);
    run_to(0, dir, &["watch", "remove", "ferry"]);
    assert_eq!(run(dir, &["watch", "show", "ferry"]).code, 2);
}

#[test]
fn a_feed_takes_no_file_of_somebody_else() {
    let news = news();
    let dir = news.path();
    run_to(0, dir, &["index", "news.jsonl"]);
    let add = |name: &str, to: &str, path: &str| {
        run(
            dir,
            &["watch", "add", name, "ferry", "--to", to, "--path", path],
        )
    };
    fs::write(dir.join("notes.txt"), "my notes").unwrap();
    let refused = add("notes", "feed", "notes.txt");
    assert_eq!(refused.code, 2);
    assert!(
        refused.stderr.contains("it is no feed of a watch"),
        "{refused:?}"
    );
    assert_eq!(add("one", "feed", "one.atom").code, 0);
    for to in ["feed", "file"] {
        let refused = add("two", to, "one.atom");
        assert_eq!(refused.code, 2);
        assert!(
            refused.stderr.contains("the watch `one` has this file"),
            "{refused:?}"
        );
    }
    // Two may append to one file; a feed that a removed watch has left may be taken over.
    assert_eq!(add("log", "file", "log.jsonl").code, 0);
    assert_eq!(add("log-too", "file", "log.jsonl").code, 0);
    assert_eq!(add("over", "feed", "log.jsonl").code, 2);
    fs::write(dir.join("later.jsonl"), LATER).unwrap();
    run_to(0, dir, &["index", "later.jsonl"]);
    run_to(0, dir, &["watch", "remove", "one"]);
    assert_eq!(add("again", "feed", "one.atom").code, 0);
}

#[test]
fn a_test_prints_what_would_be_delivered_and_delivers_nothing() {
    let news = news();
    let dir = news.path();
    run_to(0, dir, &["index", "news.jsonl"]);
    let add = [
        "watch",
        "add",
        "all",
        "ferry",
        "--to",
        "feed",
        "--path",
        "f.atom",
        "--include-existing",
    ];
    run_to(0, dir, &add);
    for _ in 0..2 {
        let test = run_to(0, dir, &["watch", "test", "all"]);
        assert_eq!(test.stdout.lines().count(), 2, "{test:?}");
    }
    assert!(!dir.join("f.atom").exists());
    let ran = run_to(0, dir, &["watch", "run"]);
    assert!(ran.stderr.contains("2 articles delivered (feed"), "{ran:?}");
    assert!(dir.join("f.atom").exists());
}

#[test]
fn a_delivery_that_fails_is_told_and_the_run_has_not_failed() {
    let news = news();
    let dir = news.path();
    run_to(0, dir, &["index", "news.jsonl"]);
    let add = [
        "watch",
        "add",
        "mail",
        "ferry",
        "--to",
        "command",
        "--run",
        "/no/mailer -s 'New ferries'",
    ];
    run_to(0, dir, &add);
    fs::write(dir.join("later.jsonl"), LATER).unwrap();
    let indexed = run_to(0, dir, &["index", "later.jsonl"]);
    assert!(
        indexed
            .stderr
            .contains("watch `mail` could not deliver (command): `/no/mailer` cannot be run"),
        "{indexed:?}"
    );
    let again = run_to(2, dir, &["watch", "run"]);
    assert!(again.stderr.contains("could not deliver"), "{again:?}");
    let shown = run_to(0, dir, &["watch", "show", "mail"]).stdout;
    assert!(
        shown.contains("failed        2 times: `/no/mailer` cannot be run"),
        "{shown}"
    );
}

#[test]
fn what_is_typed_wrong_is_told_where() {
    let news = news();
    let dir = news.path();
    run_to(0, dir, &["index", "news.jsonl"]);
    let check = |args: &[&str], expected: &[&str]| {
        let typed = [&["watch", "add", "w"], args].concat();
        let said = run_to(2, dir, &typed).stderr;
        for part in expected {
            assert!(said.contains(part), "{args:?}: {said}");
        }
    };
    check(&["ferry"], &["--to"]);
    check(&["ferry", "--to", "file"], &["--path"]);
    check(&["ferry", "--to", "command"], &["--run"]);
    check(&["ferry", "--to", "webhook"], &["--url"]);
    check(&["ferry", "--to", "mail"], &["file", "webhook"]);
    check(
        &["ferry", "--to", "feed", "--path", "f", "--url", "http://x/"],
        &["--url", "it belongs to `--to webhook`"],
    );
    check(
        &["ferry", "--to", "command", "--run", "mail 'x"],
        &["a quote is not closed"],
    );
    check(
        &["headlin:ferry", "--to", "file", "--path", "f"],
        &["  headlin:ferry\n  ^", "headline"],
    );
    check(
        &[
            "ferry",
            "--to",
            "file",
            "--path",
            "f",
            "--only-recent",
            "soon",
        ],
        &["7d"],
    );
    check(
        &[
            "ferry",
            "--to",
            "webhook",
            "--url",
            "http://x/",
            "--header",
            "Key",
        ],
        &["NAME: VALUE"],
    );
}
