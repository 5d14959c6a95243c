//! What goes wrong outside: locks, foreign folders, other versions, what cannot be read or written.

use std::collections::BTreeSet;
use std::fs;

use morgue::index::sync::{SyncReport, sync};
use morgue::index::writer::Writer;
use morgue::intake::{Ledger, Progress};
use morgue::{Archive, Error};

use super::kill::Child;
use super::{Desk, line, text};
use crate::support::age;

pub(super) fn desk() -> Desk {
    let desk = Desk::new();
    desk.write("a.jsonl", line("x", "First"));
    desk
}

/// Holds the lock until it is killed: see [`Child`].
#[test]
fn child_that_holds_the_lock() {
    let Some(index) = Child::folder("child_that_holds_the_lock") else {
        return;
    };
    let _writer = Writer::open(&index, Desk::new().options.resources).unwrap();
    fs::write(index.with_file_name("held"), "").unwrap();
    std::thread::sleep(std::time::Duration::from_secs(60));
}

#[test]
fn one_writer_at_a_time_and_a_dead_one_locks_nothing() {
    let desk = desk();
    let mut child = Child::start(
        "index::failures",
        "child_that_holds_the_lock",
        &desk.index(),
    );
    let id = child.process.id();
    child.wait_for(&desk.index().with_file_name("held"));
    match desk.try_sync(&[""]).err() {
        Some(error @ Error::Locked { .. }) => {
            assert!(
                error.to_string().contains(&format!("process {id},")),
                "{error}"
            );
            assert!(error.hint().is_some());
        }
        other => panic!("{other:?}"),
    }
    // Readers need no lock.
    assert_eq!(desk.archive().articles().unwrap(), 0);
    child.kill();
    desk.sync(&[""]);
    assert_eq!(desk.listing(), ["x: First"]);
}

#[test]
fn folders_that_are_no_index() {
    let desk = desk();
    assert!(matches!(
        Archive::open(&desk.index()),
        Err(Error::NoIndex(_))
    ));
    fs::create_dir(desk.index()).unwrap();
    assert!(matches!(
        Archive::open(&desk.index()),
        Err(Error::NoIndex(_))
    ));
    fs::write(desk.index().join("letters.txt"), "not ours").unwrap();
    assert!(matches!(
        desk.try_sync(&[""]).err(),
        Some(Error::NotAnIndex(_))
    ));
    fs::remove_file(desk.index().join("letters.txt")).unwrap();
    fs::write(desk.index().join("README.md"), "Here an index will be.").unwrap();
    desk.sync(&[""]);
    assert_eq!(desk.listing(), ["x: First"]);
}

#[test]
fn the_index_of_another_program_is_not_called_an_old_one() {
    use tantivy::schema::{Schema, TEXT};
    let desk = desk();
    fs::create_dir(desk.index()).unwrap();
    let mut schema = Schema::builder();
    schema.add_text_field("body", TEXT);
    tantivy::Index::create_in_dir(desk.index(), schema.build()).unwrap();
    assert!(matches!(
        Archive::open(&desk.index()),
        Err(Error::NotAnIndex(_))
    ));
    assert!(matches!(
        desk.try_sync(&[""]).err(),
        Some(Error::NotAnIndex(_))
    ));
}

#[test]
fn an_index_of_another_version() {
    let desk = desk();
    desk.sync(&[""]);
    age(&desk.index());
    for error in [
        Archive::open(&desk.index()).err(),
        desk.try_sync(&[""]).err(),
    ] {
        match error {
            Some(error @ Error::OtherVersion { .. }) => {
                assert!(error.to_string().contains("format 0-old"), "{error}");
                assert!(error.hint().unwrap().contains("morgue index --index"));
            }
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn an_index_of_a_newer_version_asks_for_a_newer_program() {
    let desk = desk();
    desk.sync(&[""]);
    age(&desk.index());
    let meta = desk.index().join("meta.json");
    let old = fs::read_to_string(&meta).unwrap();
    let newer = old.replace("0-old", "4000-newer");
    // Its engine may have fields that ours does not know.
    let strange = newer.replace("\"type\":\"i64\"", "\"type\":\"vector\"");
    assert!(newer != old && strange != newer);
    for text in [newer, strange] {
        fs::write(&meta, text).unwrap();
        let error = Archive::open(&desk.index()).err().unwrap();
        assert!(matches!(error, Error::OtherVersion { .. }), "{error}");
        assert!(
            error.to_string().contains("a newer version of morgue"),
            "{error}"
        );
        let hint = error.hint().unwrap();
        assert!(
            hint.starts_with("update this program, or build it anew: "),
            "{hint}"
        );
    }
    fs::write(&meta, old).unwrap();
    let error = Archive::open(&desk.index()).err().unwrap();
    assert!(!error.to_string().contains("newer"), "{error}");
}

#[test]
fn an_index_that_is_damaged() {
    let desk = desk();
    desk.sync(&[""]);
    fs::write(desk.index().join("meta.json"), "{").unwrap();
    assert!(matches!(
        Archive::open(&desk.index()),
        Err(Error::Damaged { .. })
    ));
}

#[test]
fn places_that_cannot_be_written() {
    let mut desk = desk();
    desk.write("file", "in the way");
    desk.options.resources.threads = 0;
    for place in [desk.path("file"), "/proc/morgue".into()] {
        let mut ledger = morgue::intake::Ledger::default();
        let done = morgue::index::sync::sync(
            &place,
            &[desk.path("")],
            &desk.options,
            &mut ledger,
            &mut (),
        );
        match done {
            Err(Error::Write { path, .. }) => assert_eq!(path, place),
            other => panic!("{}: {other:?}", place.display()),
        }
    }
    desk.sync(&["a.jsonl"]);
}

#[test]
fn nothing_to_index() {
    let desk = Desk::new();
    desk.sync(&[""]);
    assert_eq!(desk.status().articles, 0);
    desk.write("empty.txt", "");
    desk.write("blank.jsonl", "\n\n");
    let run = desk.sync(&[""]);
    assert_eq!((run.report.added, run.ledger.files.rejected), (2, 2));
    assert_eq!((desk.status().files, desk.status().rejected), (2, 2));
}

#[cfg(unix)]
#[test]
fn what_cannot_be_opened_is_rejected() {
    let desk = desk();
    std::os::unix::fs::symlink("/nowhere/at/all", desk.path("dangling.txt")).unwrap();
    let run = desk.sync(&[""]);
    assert_eq!(
        (run.ledger.files.accepted, run.ledger.files.rejected),
        (1, 1)
    );
    // A folder where a file was.
    desk.write("b.txt", text("Second"));
    desk.sync(&[""]);
    desk.remove("b.txt");
    fs::create_dir(desk.path("b.txt")).unwrap();
    desk.sync(&[""]);
    assert_eq!(desk.listing(), ["x: First"]);
}

#[test]
fn other_options_are_another_reading() {
    let mut desk = Desk::new();
    desk.write(
        "a.jsonl",
        r#"{"id": "x", "headline": "First", "kicker": "Mapped", "body": "Text."}"#,
    );
    desk.sync(&[""]);
    desk.options.read.map = vec![(morgue::format::MapField::Headline, "kicker".into())];
    assert_eq!(desk.sync(&[""]).report.changed, 1);
    assert_eq!(desk.listing(), ["x: Mapped"]);
    desk.options.read.map.clear();
    assert_eq!(
        desk.sync(&[""]).report.changed,
        0,
        "who says nothing changes nothing"
    );
}

#[test]
fn a_commit_whose_account_was_not_taken_over() {
    let desk = desk();
    desk.sync(&[""]);
    let meta = desk.index().join("meta.json");
    let read = |path: &std::path::Path| -> serde_json::Value {
        serde_json::from_slice(&fs::read(path).unwrap()).unwrap()
    };
    let older = read(&meta)["payload"].clone();
    let account: serde_json::Value = serde_json::from_str(older.as_str().unwrap()).unwrap();
    let manifest = desk.index().join(account["manifest"].as_str().unwrap());
    let kept = fs::read(&manifest).unwrap();
    desk.write("b.jsonl", line("y", "Second"));
    desk.sync(&[""]);
    // What a merge that ends between a commit that fails and the end of the run makes of it.
    let mut newer = read(&meta);
    newer["payload"] = older;
    newer.as_object_mut().unwrap().remove("blake3");
    fs::write(&meta, newer.to_string()).unwrap();
    fs::write(&manifest, kept).unwrap();
    assert_eq!(desk.archive().articles().unwrap(), 2);
    desk.sync(&[""]);
    assert_eq!(desk.listing(), ["x: First", "y: Second"]);
    assert_eq!(desk.status().duplicates, 0);
    assert_eq!(morgue::index::check(&desk.index()).unwrap().damage, []);
}

/// What can be told to be damaged keeps what it gave before, and says so; what is another file now does not.
#[test]
fn a_file_that_fails_keeps_its_articles() {
    let desk = desk();
    desk.write(
        "b.json",
        r#"[{"id": "y", "headline": "Second", "body": "Text of it."}]"#,
    );
    desk.sync(&[""]);
    desk.write("b.json", r#"[{"id": "y", "headline": "Seco"#);
    let run = desk.sync(&[""]);
    assert_eq!(run.ledger.records.rejected + run.ledger.files.rejected, 2);
    assert_eq!(desk.listing(), ["x: First", "y: Second"]);
    assert_eq!(morgue::index::check(&desk.index()).unwrap().damage, []);
    desk.write(
        "b.json",
        r#"[{"id": "y", "headline": "Third", "body": "Text of it."}]"#,
    );
    desk.sync(&[""]);
    assert_eq!(desk.listing(), ["x: First", "y: Third"]);
    desk.write("b.json", "[]");
    desk.sync(&[""]);
    assert_eq!(desk.listing(), ["x: First"]);
}

pub(super) fn numbered(number: u32, headline: &str) -> String {
    format!(r#"{{"id": "s{number}", "headline": "{headline} {number}", "body": "Text of it."}}"#)
}

/// What a reading that breaks off did not come to is kept as it was, however many commits could have been made before.
#[test]
fn a_file_that_breaks_off_keeps_the_rest() {
    for commit_every in [1, 100] {
        let mut desk = desk();
        desk.options.commit_every = commit_every;
        let all = [1, 2, 3].map(|number| numbered(number, "Old")).join(",");
        desk.write("b.json", format!("[{all}]"));
        desk.sync(&[""]);
        let cut = [1, 2].map(|number| numbered(number, "New")).join(",");
        desk.write("b.json", format!("[{cut}, {{"));
        let run = desk.sync(&[""]);
        assert_eq!(run.ledger.records.rejected, 1);
        assert_eq!(
            desk.listing(),
            ["s1: New 1", "s2: New 2", "s3: Old 3", "x: First"]
        );
        assert_eq!(morgue::index::check(&desk.index()).unwrap().damage, []);
        desk.write("b.json", format!("[{}]", numbered(1, "Newer")));
        desk.sync(&[""]);
        assert_eq!(desk.listing(), ["s1: Newer 1", "x: First"]);
    }
}

/// Lets a run go on for so many questions whether to end.
struct Patience(std::cell::Cell<u32>);

impl Progress for Patience {
    fn begin(&mut self, _: u64, _: u64) {}
    fn advance(&mut self, _: u64, _: u64, _: &str) {}
    fn end(&mut self) {}
    fn wants_end(&self) -> bool {
        let left = self.0.get();
        self.0.set(left.saturating_sub(1));
        left == 0
    }
}

/// A run that is told to end after so many deliveries.
pub(super) fn run_for(desk: &Desk, deliveries: u32) -> SyncReport {
    let progress = &mut Patience(deliveries.into());
    let (roots, ledger) = ([desk.path("")], &mut Ledger::default());
    sync(&desk.index(), &roots, &desk.options, ledger, progress).unwrap()
}

/// A run that is told to end amid a file leaves nothing out that was there, and the next one goes on.
#[test]
fn a_run_that_ends_early_keeps_the_rest() {
    let mut seen = BTreeSet::new();
    for patience in 0..8 {
        let mut desk = desk();
        desk.options.commit_every = 1;
        let all = |headline| {
            format!(
                "[{}]",
                [1, 2, 3].map(|number| numbered(number, headline)).join(",")
            )
        };
        desk.write("b.json", all("Old"));
        desk.sync(&[""]);
        desk.write("b.json", all("New"));
        run_for(&desk, patience);
        let listing = desk.listing();
        let numbers: Vec<_> = listing
            .iter()
            .map(|line| line.split(' ').next_back().unwrap())
            .collect();
        assert_eq!(numbers, ["1", "2", "3", "First"], "{listing:?}");
        seen.insert(listing);
        assert_eq!(morgue::index::check(&desk.index()).unwrap().damage, []);
        desk.sync(&[""]);
        assert_eq!(
            desk.listing(),
            ["s1: New 1", "s2: New 2", "s3: New 3", "x: First"]
        );
    }
    assert!(seen.len() > 2, "{seen:?}");
}
