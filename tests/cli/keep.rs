//! Keeping an index whole: check, repair, backup, restore, rebuild, as a user meets them.

use std::fs;
use std::path::Path;

use crate::support::{age, news, run_to};

/// A folder with the small archive and its index.
fn indexed() -> tempfile::TempDir {
    let dir = news();
    run_to(0, dir.path(), &["index", "news.jsonl"]);
    dir
}

/// Changes a byte of the articles.
fn wound(dir: &Path) {
    let entries = fs::read_dir(dir.join("index")).unwrap();
    let mut paths = entries.map(|entry| entry.unwrap().path());
    let store = paths.find(|path| path.extension().is_some_and(|it| it == "store"));
    let store = store.unwrap();
    let mut bytes = fs::read(&store).unwrap();
    bytes[20] ^= 1;
    fs::write(store, bytes).unwrap();
}

#[test]
fn a_damaged_index_is_told_and_repaired() {
    let dir = indexed();
    let told = run_to(0, dir.path(), &["check"]);
    assert_eq!(told.stdout, "");
    assert!(told.stderr.contains("3 articles checked"), "{told:?}");
    wound(dir.path());
    let told = run_to(2, dir.path(), &["check"]);
    assert!(
        told.stdout.contains("articles cannot be read without it"),
        "{told:?}"
    );
    assert!(told.stderr.contains("check --repair"), "{told:?}");
    let json = run_to(2, dir.path(), &["check", "--output", "json"]).stdout;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert!(
        json["damage"]
            .as_array()
            .is_some_and(|damage| !damage.is_empty())
    );

    let told = run_to(0, dir.path(), &["check", "--repair"]);
    assert!(told.stderr.contains("files read again: 1"), "{told:?}");
    run_to(0, dir.path(), &["check"]);
    run_to(0, dir.path(), &["show", "n:2"]);
    // Where the files are gone, that is asked for.
    wound(dir.path());
    fs::remove_file(dir.path().join("news.jsonl")).unwrap();
    let told = run_to(2, dir.path(), &["check", "--repair"]);
    assert!(
        told.stderr.contains("articles would be lost for good"),
        "{told:?}"
    );
    let told = run_to(0, dir.path(), &["check", "--repair", "--yes"]);
    assert!(told.stderr.contains("articles are lost: "), "{told:?}");
    run_to(0, dir.path(), &["check"]);
}

#[test]
fn a_backup_is_an_index_and_comes_back() {
    let dir = indexed();
    let told = run_to(0, dir.path(), &["backup", "safe"]);
    assert_eq!(told.stdout, "");
    assert!(
        told.stderr.contains(" files (") && told.stderr.contains("3 articles"),
        "{told:?}"
    );
    run_to(0, dir.path(), &["search", "--index", "safe", "ferry"]);
    fs::write(dir.path().join("index/meta.json"), "{").unwrap();
    let told = run_to(2, dir.path(), &["search", "ferry"]);
    assert!(
        told.stderr
            .contains("hint: `morgue check` tells what is damaged"),
        "{told:?}"
    );
    run_to(0, dir.path(), &["restore", "safe"]);
    run_to(0, dir.path(), &["search", "ferry"]);
    let told = run_to(2, dir.path(), &["backup", "."]);
    assert!(
        told.stderr.contains("holds files, but no backup"),
        "{told:?}"
    );
    let told = run_to(2, dir.path(), &["restore", "nowhere"]);
    assert!(told.stderr.contains("no index in `nowhere`"), "{told:?}");
}

#[test]
fn an_old_index_tells_how_it_is_rebuilt() {
    let dir = indexed();
    age(&dir.path().join("index"));
    let told = run_to(2, dir.path(), &["index", "news.jsonl"]);
    assert!(
        told.stderr.contains("morgue index --index index --rebuild"),
        "{told:?}"
    );
    let told = run_to(0, dir.path(), &["index", "--rebuild"]);
    assert!(
        told.stderr.contains("the archive has 3 articles"),
        "{told:?}"
    );
    run_to(0, dir.path(), &["search", "ferry"]);
    run_to(2, dir.path(), &["index"]);
}
