//! What of the corpora is no article, and whether that is right: a judgement stands beside each group.
//!
//! `cargo test --test main quality::rejections -- --nocapture` names the first file of each group. A group that grows,
//! shrinks, comes or goes fails; `UPDATE_FIGURES=1` writes the counts and keeps the judgements.

use std::collections::{BTreeMap, HashSet};
use std::fmt::Write;
use std::path::Path;

use morgue::intake::Outcome;

use super::reading::{self, Reading, corpus_of};

const FILE: &str = "tests/quality/rejections.txt";

/// A judgement that nobody has made yet.
const UNREAD: &str = "?";

/// Corpus, reason, the kind of detail.
type Group = (String, &'static str, String);

#[test]
fn nothing_else_is_rejected_than_what_was_judged() {
    let Some(reading) = reading::all() else {
        return;
    };
    let now = groups(reading);
    let accepted = accepted(reading);
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(FILE);
    let tracked = std::fs::read_to_string(&path).unwrap_or_default();
    let judged: BTreeMap<String, String> = tracked.lines().filter_map(row).collect();
    let mut table = String::new();
    for line in tracked.lines().take_while(|line| line.starts_with('#')) {
        writeln!(table, "{line}").unwrap();
    }
    for (corpus, count) in &accepted {
        let key = format!("{corpus} | accepted");
        let judgement = judgement(&judged, &key);
        writeln!(table, "{key} | {count} | {judgement}").unwrap();
    }
    for ((corpus, reason, kind), files) in &now {
        let key = format!("{corpus} | {reason} | {kind}");
        println!("{key}: {} × {}", files.len(), files[0]);
        let judgement = judgement(&judged, &key);
        writeln!(table, "{key} | {} | {judgement}", files.len()).unwrap();
    }
    if std::env::var_os("UPDATE_FIGURES").is_some_and(|value| value == "1") {
        std::fs::write(&path, &table).expect("the table can be written");
        return;
    }
    let before: HashSet<&str> = tracked.lines().collect();
    let after: HashSet<&str> = table.lines().collect();
    let new: Vec<&&str> = after.difference(&before).collect();
    let gone: Vec<&&str> = before.difference(&after).collect();
    assert!(
        new.is_empty() && gone.is_empty(),
        "{FILE}: new {new:#?}, gone {gone:#?}"
    );
    assert!(
        !table.contains(&format!("| {UNREAD}\n")),
        "{FILE}: a group without a judgement"
    );
}

fn judgement<'a>(judged: &'a BTreeMap<String, String>, key: &str) -> &'a str {
    judged.get(key).map_or(UNREAD, String::as_str)
}

/// The key of a line, and its judgement.
fn row(line: &str) -> Option<(String, String)> {
    let (rest, judgement) = line.rsplit_once(" | ")?;
    let (key, _) = rest.rsplit_once(" | ")?;
    (!line.starts_with('#')).then(|| (key.to_owned(), judgement.to_owned()))
}

/// Articles of each corpus, those that are in it twice included.
fn accepted(reading: &Reading) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for article in &reading.articles {
        *counts.entry(corpus_of(&article.file)).or_insert(0) += 1;
    }
    counts
}

/// Rejected records, and files without any record to be rejected.
fn groups(reading: &Reading) -> BTreeMap<Group, Vec<String>> {
    let rejected = || {
        reading
            .entries
            .iter()
            .filter(|entry| entry.outcome == Outcome::Rejected)
    };
    let by_record: HashSet<&str> = rejected()
        .filter(|entry| entry.record.is_some())
        .map(|entry| entry.file.as_str())
        .collect();
    let mut groups: BTreeMap<Group, Vec<String>> = BTreeMap::new();
    for entry in rejected() {
        if entry.record.is_none() && by_record.contains(entry.file.as_str()) {
            continue;
        }
        let reason = entry.reason.expect("what is rejected has a reason");
        let kind = kind(entry.detail.as_deref().unwrap_or_default());
        let record = entry.record.map(|record| format!("#{record}"));
        groups
            .entry((corpus_of(&entry.file), reason.name(), kind))
            .or_default()
            .push(format!("{}{}", entry.file, record.unwrap_or_default()));
    }
    groups
}

/// A detail without what is of one file only: numbers, names after a colon, addresses, names of files.
fn kind(detail: &str) -> String {
    let words: Vec<&str> = detail
        .split(' ')
        .map(|word| {
            let own = word.contains(['/', '_']) || word.contains(|c: char| c.is_ascii_digit());
            if own { "…" } else { word }
        })
        .collect();
    let kind = words.join(" ");
    let kind = kind.split([':', '|', ';']).next().unwrap_or_default();
    kind.trim().to_owned()
}
