//! One article in several files: it is found once, and when one file goes another has it.

use morgue::intake::Outcome;

use super::{Desk, line, text};

fn desk() -> Desk {
    let desk = Desk::new();
    desk.write("a.jsonl", line("x", "First") + &line("y", "Other"));
    desk.write("b.jsonl", line("x", "First"));
    desk.write("c.jsonl", line("x", "First") + &line("z", "Last"));
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
    let versions = desk.archive().versions("x").unwrap();
    assert_eq!(versions.len(), 1);
    assert_eq!(versions[0].article.file, "a.jsonl");
    assert_eq!(versions[0].also_in, ["b.jsonl", "c.jsonl"]);
}

#[test]
fn another_file_has_it_when_the_first_is_gone_and_none_is_read_again() {
    let desk = desk();
    desk.sync(&[""]);
    desk.remove("a.jsonl");
    let run = desk.sync(&[""]);
    assert_eq!(
        (run.report.removed, run.report.changed, run.report.unchanged),
        (1, 0, 2)
    );
    assert_eq!(desk.listing(), ["x: First", "z: Last"]);
    assert_eq!(desk.archive().article("x").unwrap().file, "b.jsonl");
    desk.remove("b.jsonl");
    desk.sync(&[""]);
    assert_eq!(desk.archive().article("x").unwrap().file, "c.jsonl");
    assert_eq!(desk.status().duplicates, 0);
}

#[test]
fn another_file_has_it_when_the_first_has_lost_it() {
    let desk = desk();
    desk.sync(&[""]);
    desk.write("a.jsonl", line("y", "Other, alone"));
    desk.sync(&[""]);
    assert_eq!(desk.archive().article("x").unwrap().file, "b.jsonl");
    desk.write("a.jsonl", line("y", "Other") + &line("x", "First"));
    desk.sync(&[""]);
    let article = desk.archive().article("x").unwrap();
    assert_eq!((article.file.as_str(), article.record), ("a.jsonl", 2));
}

#[test]
fn the_same_holds_between_roots() {
    let desk = Desk::new();
    desk.write("a/1.jsonl", line("x", "First"));
    desk.write("b/1.jsonl", line("x", "First"));
    desk.sync(&["a"]);
    let run = desk.sync(&["b"]);
    assert_eq!(run.ledger.records.duplicate, 1);
    assert_eq!(desk.listing(), ["x: First"]);
    desk.write("a/1.jsonl", line("w", "Something else"));
    desk.sync(&["a"]);
    assert_eq!(desk.listing(), ["w: Something else", "x: First"]);
}

#[test]
fn without_an_id_a_copy_is_told_by_its_text() {
    let desk = Desk::new();
    desk.write("a.txt", text("Ferry to sail"));
    desk.write("old/a.txt", text("Ferry to sail"));
    desk.write("b.txt", text("Ferry in port"));
    let run = desk.sync(&[""]);
    assert_eq!(
        (run.ledger.records.accepted, run.ledger.records.duplicate),
        (2, 1)
    );
    assert_eq!(
        desk.listing(),
        ["a.txt#1: Ferry to sail", "b.txt#1: Ferry in port"]
    );
    desk.remove("a.txt");
    desk.sync(&[""]);
    assert_eq!(
        desk.listing(),
        ["b.txt#1: Ferry in port", "old/a.txt#1: Ferry to sail"]
    );
}

/// Rows that are alike in one file are rows of their own; the same file again is a copy, row by row.
#[test]
fn a_file_that_repeats_itself_means_it() {
    let rows = "headline,body\nTide table,High at six.\nTide table,High at six.\n";
    let desk = Desk::new();
    desk.write("a.csv", rows);
    desk.sync(&[""]);
    assert_eq!(
        desk.listing(),
        ["a.csv#1: Tide table", "a.csv#2: Tide table"]
    );
    desk.write("copy.csv", rows);
    let run = desk.sync(&[""]);
    assert_eq!(run.ledger.records.duplicate, 2);
    assert_eq!(desk.listing().len(), 2);
}

/// What another file has as well is not lost with its copy, however many records that were.
#[test]
fn a_copy_that_goes_is_no_loss() {
    let mut desk = Desk::new();
    desk.options.yes = false;
    let lines: String = (0..30)
        .map(|n| line(&format!("c:{n}"), &format!("Ferry {n}")))
        .collect();
    for file in ["a.jsonl", "b.jsonl", "c.jsonl"] {
        desk.write(
            file,
            format!("{lines}{}", line(&format!("only:{file}"), "Storm")),
        );
    }
    desk.sync(&[""]);
    assert_eq!(desk.status().articles, 33);
    desk.remove("a.jsonl");
    desk.remove("b.jsonl");
    desk.sync(&[""]);
    assert_eq!(desk.status().articles, 31);
    desk.remove("c.jsonl");
    desk.write("d.jsonl", line("d", "Calm"));
    match desk.try_sync(&[""]).err() {
        Some(error @ morgue::Error::Loss(_)) => {
            let why = error.to_string();
            assert!(why.contains("31 of 31 articles would be removed"), "{why}");
        }
        other => panic!("{other:?}"),
    }
    assert_eq!(desk.status().articles, 31);
}
