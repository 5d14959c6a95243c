//! What is told of an article that other files hold too, or that has several versions.

use std::fs;

use serde_json::Value;

use crate::support::run_to;

#[test]
fn the_other_files_of_an_article_are_in_its_json() {
    let dir = tempfile::tempdir().unwrap();
    let one =
        "{\"id\": \"n:1\", \"headline\": \"Ferry\", \"body\": \"The ferry sails on Monday.\"}\n";
    fs::create_dir(dir.path().join("news")).unwrap();
    for name in ["news/a.jsonl", "news/b.jsonl"] {
        fs::write(dir.path().join(name), one).unwrap();
    }
    let other = one.replace("n:1", "n:2").replace("Monday", "Tuesday");
    fs::write(dir.path().join("news/c.jsonl"), other).unwrap();
    run_to(0, dir.path(), &["index", "news"]);
    let shown = |args: &[&str]| -> Value {
        let args = [&["show", "--output", "json"], args].concat();
        serde_json::from_str(&run_to(0, dir.path(), &args).stdout).unwrap()
    };
    for args in [
        &["n:1"][..],
        &["n:1", "--version", "1"],
        &["n:1", "--query", "ferry"],
    ] {
        let article = shown(args);
        assert_eq!(
            article["also_in"],
            serde_json::json!(["b.jsonl"]),
            "{args:?}"
        );
        assert_eq!(article["file"], "a.jsonl", "{args:?}");
    }
    assert_eq!(shown(&["n:2"])["also_in"], serde_json::json!([]));
}

#[test]
fn hits_of_one_id_are_told_apart_by_their_versions() {
    let dir = tempfile::tempdir().unwrap();
    let lines = [1, 2].map(|version| {
        format!("{{\"id\": \"n:1\", \"version\": {version}, \"headline\": \"Ferry\", \"body\": \"Reading {version}.\"}}\n")
    });
    let single = "{\"id\": \"n:2\", \"headline\": \"Ferry, too\", \"body\": \"Text.\"}\n";
    fs::write(dir.path().join("a.jsonl"), lines.concat() + single).unwrap();
    run_to(0, dir.path(), &["index", "a.jsonl"]);
    let listed = run_to(0, dir.path(), &["search", "ferry versions:all"]).stdout;
    for facts in ["version 1 · n:1\n", "version 2 · n:1\n", "a.jsonl · n:2\n"] {
        assert_eq!(listed.matches(facts).count(), 1, "{listed}");
    }
}
