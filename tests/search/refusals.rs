//! What cannot be searched: folders without an index, of another version, damaged; queries without a word.

use std::fs;

use morgue::index::writer::{Resources, Writer};
use morgue::{Archive, Error};
use tempfile::TempDir;

use super::request;
use crate::archives::{archive_of, article};
use crate::support::age;

fn opened(dir: &TempDir) -> Error {
    Archive::open(dir.path()).map(|_| ()).unwrap_err()
}

#[test]
fn no_index() {
    let dir = TempDir::new().unwrap();
    for _ in 0..2 {
        let error = opened(&dir);
        assert!(matches!(error, Error::NoIndex(_)), "{error:?}");
        assert!(error.to_string().starts_with("no index in `"));
        assert!(error.hint().unwrap().contains("morgue index"));
        fs::write(dir.path().join("README.md"), "Nothing here yet.").unwrap();
    }
    assert!(matches!(
        Archive::open(&dir.path().join("missing")),
        Err(Error::NoIndex(_))
    ));
}

#[test]
fn something_else() {
    let dir = TempDir::new().unwrap();
    fs::write(dir.path().join("letters.txt"), "Dear Sir").unwrap();
    let error = Writer::open(dir.path(), Resources::default())
        .map(|_| ())
        .unwrap_err();
    assert!(matches!(error, Error::NotAnIndex(_)), "{error:?}");
    assert!(error.to_string().contains("no index of morgue"), "{error}");
    assert!(error.hint().unwrap().contains("--index"));
    assert_eq!(
        fs::read_dir(dir.path()).unwrap().count(),
        1,
        "nothing is written beside it"
    );
}

#[test]
fn another_version() {
    let archive = archive_of(&[article("a", "Strike", "")]);
    let now = morgue::index::schema::fingerprint();
    age(archive.dir.path());
    let error = opened(&archive.dir);
    let Error::OtherVersion { found, wanted, .. } = &error else {
        panic!("{error:?}")
    };
    assert_eq!((found.as_str(), wanted), ("0-old", &now));
    assert!(error.hint().unwrap().contains("morgue index"));
    assert!(matches!(
        Writer::open(archive.dir.path(), Resources::default()),
        Err(Error::OtherVersion { .. })
    ));
}

#[test]
fn damaged() {
    for (file, bytes) in [
        ("meta.json", "not json"),
        ("meta.json", "{}"),
        ("meta.json", ""),
    ] {
        let archive = archive_of(&[article("a", "Strike", "")]);
        fs::write(archive.dir.path().join(file), bytes).unwrap();
        let error = opened(&archive.dir);
        assert!(matches!(error, Error::Damaged { .. }), "{bytes}: {error:?}");
    }
}

#[test]
fn no_article() {
    let archive = archive_of(&[article("a", "Strike", "")]);
    assert_eq!(archive.article("a").unwrap(), article("a", "Strike", ""));
    let error = archive.article("b").unwrap_err();
    assert_eq!(error.to_string(), "no article has the id `b`");
}

#[test]
fn a_query_without_words() {
    let archive = archive_of(&[article("a", "Strike", "")]);
    for query in [
        "\"...\"",
        "headline:\"…\"",
        "(",
        "strike AND",
        "date:2023-02-30",
    ] {
        assert!(
            matches!(archive.search(&request(query)), Err(Error::Query(_))),
            "{query}"
        );
    }
}
