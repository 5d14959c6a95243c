//! Suggestions: what is suggested can be found, in that number.

use morgue::article::{Article, Status};
use morgue::search::{Request, Suggestion, Suggests};

use crate::archives::{TempArchive, archive_of_commits, article, dated, place, remove};

/// Two segments, with an article that is gone, one that is withdrawn and one that must not be seen yet.
fn archive() -> TempArchive {
    let by = |id: &str, name: &str, body: &str| Article {
        byline: vec![name.into()],
        places: vec![place("New Larkmouth"), place("Łódź")],
        topics: vec!["the \"big\" one".into()],
        ..dated(article(id, "Ferry", body), "1963")
    };
    let killed = Article {
        status: Status::Canceled,
        ..by("killed", "Anna Killed", "ferrotype")
    };
    let future = Article {
        embargo: "2999".parse().ok(),
        ..by("future", "Anna Future", "ferris")
    };
    let first = [
        by("1", "Ann Roe", "the ferryman O'Brien in the U.S."),
        by("2", "Roe Anders", "the ferryman and the ferret"),
        by("gone", "Anna Gone", "ferrous"),
    ];
    let second = [by("3", "Ann Roe", "ferrets, ferrets"), killed, future];
    let archive = archive_of_commits(&[&first, &second], 1);
    remove(archive.dir.path(), &["gone"]);
    archive.refresh().unwrap();
    archive
}

fn suggested(archive: &TempArchive, kind: Suggests, typed: &str) -> Vec<String> {
    let shown = |suggestion: &Suggestion| match suggestion.count {
        Some(count) => format!("{} {count}", suggestion.text),
        None => suggestion.text.clone(),
    };
    let suggested = archive.suggest(kind, typed, 10).unwrap();
    suggested.iter().map(shown).collect()
}

#[test]
fn what_begins_so_is_suggested_the_most_frequent_first() {
    let archive = archive();
    let check = |kind, typed: &str, expected: &[&str]| {
        assert_eq!(
            suggested(&archive, kind, typed),
            expected,
            "{kind} {typed:?}"
        );
    };
    check(
        Suggests::Words,
        "the FERR",
        &["ferry 3", "ferryman 2", "ferret 1", "ferrets 1"],
    );
    check(Suggests::Words, "o'b", &["obrien 1"]);
    check(Suggests::Words, "u.s", &["u.s. 1"]);
    check(Suggests::Words, "", &[]);
    check(
        Suggests::Words,
        "ferr*",
        &["ferry 3", "ferryman 2", "ferret 1", "ferrets 1"],
    );
    check(Suggests::Words, "zebra", &[]);
    check(Suggests::Names, "", &["Ann Roe 2", "Roe Anders 1"]);
    check(Suggests::Names, "ro", &["Ann Roe 2", "Roe Anders 1"]);
    check(Suggests::Names, "roe a", &["Roe Anders 1"]);
    check(Suggests::Names, "oe", &[]);
    check(Suggests::Places, "lark", &["New Larkmouth 3"]);
    check(Suggests::Places, "lodz", &["Łódź 3"]);
    check(Suggests::Topics, "big", &["the \"big\" one 3"]);
    check(Suggests::Sections, "", &[]);
    check(Suggests::Fields, "head", &["headline:"]);
}

#[test]
fn what_is_suggested_is_found() {
    let archive = archive();
    for kind in Suggests::ALL {
        for typed in ["", "a", "f", "o", "u", "the", "new l"] {
            let suggestions = archive.suggest(*kind, typed, 3).unwrap();
            assert!(suggestions.len() <= 3);
            for suggestion in suggestions {
                let found = archive.search(&Request::for_query(&suggestion.query));
                let total = found.unwrap().total;
                match (kind, suggestion.count) {
                    (Suggests::Words, Some(count)) => assert_eq!(total, count, "{suggestion:?}"),
                    (_, Some(count)) => assert!(total >= count && count > 0, "{suggestion:?}"),
                    (_, None) => assert_eq!(*kind, Suggests::Fields),
                }
            }
        }
    }
}
