//! What recurs at the foot of a source's articles is no part of them.

use std::fs;

use morgue::intake::ReadOptions;

use super::articles;
use crate::index::Desk;

const FOOT: &str = "Follow the Courier for the latest from the harbour.";

/// An article as a line of JSON: its paragraphs after an opening of its own.
fn line(number: usize, source: &str, paragraphs: &[&str]) -> String {
    let body = format!(
        "Ferry {number} has sailed at dawn.\n\n{}",
        paragraphs.join("\n\n")
    );
    let article = serde_json::json!({
        "id": format!("{source}-{number}"), "headline": format!("Ferry {number}"), "source": source, "body": body,
    });
    format!("{article}\n")
}

/// The paragraphs of each article after its own, when `lines` are read as one file; how many lost some.
fn read_lines(lines: &str) -> (Vec<Vec<String>>, u64) {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.jsonl"), lines).unwrap();
    let (articles, ledger) = articles(folder.path(), &ReadOptions::default());
    for article in &articles {
        let texts = format!("{} {}", article.headline, article.body);
        let count = morgue::text::analysis::words(&texts).count();
        assert_eq!(article.word_count as usize, count, "{}", article.id);
    }
    let rest = |article: &morgue::Article| {
        let paragraphs = article.body.split("\n\n").skip(1);
        paragraphs.map(str::to_owned).collect()
    };
    (articles.iter().map(rest).collect(), ledger.feet)
}

#[test]
fn a_foot_that_recurs_is_removed_from_all() {
    let own = |number| format!("The crew of {number} was small.");
    let lines: String = (0..8)
        .map(|n| line(n, "Courier", &[&own(n), FOOT, "© The Courier"]))
        .collect();
    let (read, removed) = read_lines(&lines);
    let expected: Vec<_> = (0..8).map(|n| vec![own(n)]).collect();
    assert_eq!((read, removed), (expected, 8));
}

#[test]
fn what_recurs_seldom_stays() {
    // Four times; and six times in a source of forty.
    for (with, all) in [(4, 4), (6, 40)] {
        let lines: String = (0..all)
            .map(|n| {
                let paragraphs = if n < with { &[FOOT][..] } else { &[] };
                line(n, "Courier", paragraphs)
            })
            .collect();
        assert_eq!(read_lines(&lines).1, 0, "{with} of {all}");
    }
}

#[test]
fn what_recurs_in_one_source_stays_in_others_and_in_the_middle() {
    let mut lines: String = (0..8).map(|n| line(n, "Courier", &[FOOT])).collect();
    lines += &line(8, "Herald", &[FOOT]);
    lines += &line(9, "Courier", &[FOOT, "The tide was high that day."]);
    let (read, removed) = read_lines(&lines);
    assert_eq!(removed, 8);
    assert_eq!(read[8], [FOOT]);
    assert_eq!(read[9], [FOOT, "The tide was high that day."]);
}

#[test]
fn copies_of_one_article_are_no_evidence() {
    let lines: String = (0..8).map(|_| line(1, "Courier", &[FOOT])).collect();
    assert_eq!(read_lines(&lines).1, 0);
}

#[test]
fn an_article_that_is_nothing_but_feet_keeps_its_first_paragraph() {
    let mut lines: String = (0..8).map(|n| line(n, "Courier", &[FOOT])).collect();
    let body = format!("{FOOT}\n\n{FOOT}");
    lines +=
        &serde_json::json!({"headline": "Notice", "source": "Courier", "body": body}).to_string();
    let (read, removed) = read_lines(&lines);
    assert_eq!((read[8].len(), removed), (0, 9));
}

#[test]
fn what_was_learned_is_kept_between_runs() {
    let desk = Desk::new();
    let lines: String = (0..8).map(|n| line(n, "Courier", &[FOOT])).collect();
    desk.write("a.jsonl", lines);
    assert_eq!(desk.sync(&[""]).ledger.feet, 8);
    desk.write("b.jsonl", line(9, "Courier", &[FOOT]));
    assert_eq!(desk.sync(&[""]).ledger.feet, 1);
    assert_eq!(
        desk.articles()["Courier-9"].body,
        "Ferry 9 has sailed at dawn."
    );
}
