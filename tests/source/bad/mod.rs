//! Bad inputs, and what a librarian is told of each: one table, `bad.txt`, made by running every case and read by hand.
//!
//! `UPDATE_FIGURES=1 cargo test --test main -- source::bad` writes the table anew; without it, a row that has changed fails. Read it
//! then: does each say what happened, where, and what can be done? How much memory the worst of them take is asked in [`memory`].

mod memory;
mod packed;
mod places;
mod runs;
mod sizes;
mod texts;

use std::fmt::Write;
use std::path::Path;

use morgue::intake::{Entry, Ledger, Outcome, ReadOptions, read};
use morgue::source::Limits;

use crate::intake::Report;

const FILE: &str = "tests/source/bad.txt";

/// A bad input.
struct Case {
    name: &'static str,
    /// What it is, in a few words.
    what: &'static str,
    trial: Trial,
}

/// How it is tried.
enum Trial {
    /// Put into this folder, and read.
    Files(fn(&Path)),
    /// The same, within narrow limits.
    Within(Limits, fn(&Path)),
    /// Tried in this folder in a way of its own; `None` where that is not possible here.
    Own(fn(&Path) -> Option<String>),
}

/// A case of one file: its name and its bytes.
macro_rules! file {
    ($name:literal, $what:literal, $file:expr, $bytes:expr) => {
        Case {
            name: $name,
            what: $what,
            trial: Trial::Files(|dir| std::fs::write(dir.join($file), $bytes).unwrap()),
        }
    };
}
use file;

/// So many entries of a case are told.
const TOLD: usize = 4;

/// What became of the files in a folder, as the report has it.
fn told(dir: &Path, limits: &Limits) -> String {
    let options = ReadOptions {
        limits: limits.clone(),
        threads: 1,
        ..ReadOptions::default()
    };
    let report = Report::default();
    let mut ledger = Ledger::new(Some(Box::new(report.clone())));
    let each = &mut |_| std::ops::ControlFlow::Continue(());
    match read(&[dir.to_owned()], &options, &mut ledger, each) {
        Ok(()) => told_by(&report.entries()),
        Err(error) => format!("error: {error}"),
    }
}

/// Entries of a report in a line.
fn told_by(entries: &[Entry]) -> String {
    let mut told: Vec<(String, usize)> = Vec::new();
    for (at, entry) in entries.iter().enumerate() {
        // A file is rejected for what its one record was rejected for, and accepted for that of another.
        let is_said = entries[..at].iter().any(|other| {
            (&other.file, &other.detail, other.reason) == (&entry.file, &entry.detail, entry.reason)
        });
        let is_whole = entry.outcome == Outcome::Accepted && entry.detail.is_none();
        if entry.record.is_none() && (is_said || is_whole) {
            continue;
        }
        let what = match (entry.record, &entry.reason, &entry.detail) {
            (None, Some(reason), Some(detail)) => format!("{}: {reason}: {detail}", entry.file),
            (_, Some(reason), Some(detail)) => {
                format!("a record of {}: {reason}: {detail}", entry.file)
            }
            _ => format!("an article of {}", entry.file),
        };
        match told.last_mut() {
            Some((last, times)) if *last == what => *times += 1,
            _ => told.push((what, 1)),
        }
    }
    if told.is_empty() {
        return "nothing is there, and nothing is told".to_owned();
    }
    let more = told.len().saturating_sub(TOLD);
    if more > 0 {
        // What is wrong is told first.
        told.sort_by_key(|(what, _)| what.starts_with("an article"));
    }
    let told = told
        .into_iter()
        .take(TOLD)
        .map(|(what, times)| match times {
            1 => what,
            times => format!("{times} × {what}"),
        });
    let more = (more > 0).then(|| format!("and {more} more"));
    told.chain(more).collect::<Vec<_>>().join("; ")
}

#[test]
fn what_is_told_of_bad_inputs_was_read_by_hand() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(FILE);
    let tracked = std::fs::read_to_string(&path).unwrap_or_default();
    let mut table = String::new();
    for line in tracked.lines().take_while(|line| line.starts_with('#')) {
        writeln!(table, "{line}").unwrap();
    }
    let all = [
        places::CASES,
        packed::CASES,
        sizes::CASES,
        texts::CASES,
        runs::CASES,
    ];
    for case in all.into_iter().flatten() {
        let row = format!("{} | {} | ", case.name, case.what);
        let before = tracked.lines().find(|line| line.starts_with(&row));
        match (told_of(case), before) {
            (Some(told), _) => writeln!(table, "{row}{told}").unwrap(),
            // What cannot be tried here was tried elsewhere.
            (None, Some(before)) => writeln!(table, "{before}").unwrap(),
            (None, None) => println!("skipped: {}", case.name),
        }
    }
    if std::env::var_os("UPDATE_FIGURES").is_some_and(|value| value == "1") {
        std::fs::write(&path, &table).unwrap();
        return;
    }
    for (now, before) in table.lines().zip(tracked.lines()) {
        assert_eq!(now, before, "{FILE}");
    }
    assert_eq!(table.lines().count(), tracked.lines().count(), "{FILE}");
    assert!(tracked.lines().count() > 100);
}

/// What is told of a case.
fn told_of(case: &Case) -> Option<String> {
    let dir = tempfile::tempdir().unwrap();
    let told = match &case.trial {
        Trial::Files(make) => {
            make(dir.path());
            told(dir.path(), &Limits::default())
        }
        Trial::Within(limits, make) => {
            make(dir.path());
            told(dir.path(), limits)
        }
        Trial::Own(told) => told(dir.path())?,
    };
    println!("{}", case.name);
    let name = dir.path().file_name().unwrap().to_str().unwrap();
    let plain = told.replace(&dir.path().display().to_string(), "DIR");
    let plain = plain.replace(name, "DIR");
    assert!(!plain.contains('\n'), "{plain}");
    Some(plain)
}

/// A story that is read as one.
const STORY: &str = "Harbour reopens after storm\n\nLARKMOUTH, March 4 - The harbour of Larkmouth opened again on Monday, \
four days after the storm had closed it. Two ferries were waiting at the quay when the gates were lifted.\n\n\
\"We have seen worse,\" the harbour master said, \"but not for many years.\" Repairs to the east wall will take until \
the summer, and cost more than the council has set aside for them.\n";
