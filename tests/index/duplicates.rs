//! One id in several files: the first file has the article, and when it goes another takes its place.

use morgue::intake::Outcome;

use super::{Desk, line};

fn desk() -> Desk {
    let desk = Desk::new();
    desk.write("a.jsonl", line("x", "First") + &line("y", "Other"));
    desk.write("b.jsonl", line("x", "Second"));
    desk.write("c.jsonl", line("x", "Third") + &line("z", "Last"));
    desk
}

#[test]
fn the_first_file_has_the_article_and_the_report_names_it() {
    let desk = desk();
    let run = desk.sync(&[""]);
    assert_eq!(desk.listing(), ["x: First", "y: Other", "z: Last"]);
    let duplicates = run.records(Outcome::Duplicate);
    let files: Vec<_> = duplicates.iter().map(|entry| entry.file.as_str()).collect();
    assert_eq!(files, ["b.jsonl", "c.jsonl"]);
    for entry in duplicates {
        assert_eq!(entry.id.as_deref(), Some("x"));
        assert!(
            entry.detail.as_deref().unwrap().contains("`a.jsonl`"),
            "{entry:?}"
        );
    }
    assert_eq!(desk.status().duplicates, 2);
}

#[test]
fn the_next_takes_the_place_of_one_that_is_deleted() {
    let desk = desk();
    desk.sync(&[""]);
    desk.remove("a.jsonl");
    let run = desk.sync(&[""]);
    assert_eq!(
        (run.report.removed, run.report.changed, run.report.unchanged),
        (1, 2, 0)
    );
    assert_eq!(desk.listing(), ["x: Second", "z: Last"]);
    desk.remove("b.jsonl");
    desk.sync(&[""]);
    assert_eq!(desk.listing(), ["x: Third", "z: Last"]);
    assert_eq!(desk.status().duplicates, 0);
}

#[test]
fn the_next_takes_the_place_of_one_that_has_lost_it() {
    let desk = desk();
    desk.sync(&[""]);
    desk.write("a.jsonl", line("y", "Other, alone"));
    desk.sync(&[""]);
    assert_eq!(desk.listing(), ["x: Second", "y: Other, alone", "z: Last"]);
    desk.write("a.jsonl", line("y", "Other") + &line("x", "First again"));
    desk.sync(&[""]);
    assert_eq!(
        desk.listing(),
        ["x: Second", "y: Other", "z: Last"],
        "what is in the archive stays"
    );
}

#[test]
fn the_same_holds_between_roots() {
    let desk = Desk::new();
    desk.write("a/1.jsonl", line("x", "First"));
    desk.write("b/1.jsonl", line("x", "Second"));
    desk.sync(&["a"]);
    desk.sync(&["b"]);
    assert_eq!(desk.listing(), ["x: First"]);
    desk.write("a/1.jsonl", line("w", "Something else"));
    desk.sync(&["a"]);
    assert_eq!(desk.listing(), ["w: Something else", "x: Second"]);
}

#[test]
fn a_file_that_repeats_itself() {
    let desk = Desk::new();
    desk.write(
        "a.jsonl",
        line("x", "First") + &line("x", "Again") + &line("x", "And again"),
    );
    let run = desk.sync(&[""]);
    assert_eq!(
        (run.ledger.records.accepted, run.ledger.records.duplicate),
        (1, 2)
    );
    assert_eq!(desk.listing(), ["x: First"]);
}
