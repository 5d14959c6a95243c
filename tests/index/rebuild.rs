//! An index of another version is rebuilt beside itself, and answers until the new one is in its place.

use std::fs;
use std::path::PathBuf;

use morgue::index::rebuild;
use morgue::index::sync::SyncReport;
use morgue::intake::{Ledger, Progress};
use morgue::{Archive, Error, Result};

use super::{Desk, line, names_in, text};
use crate::support;

fn desk() -> Desk {
    let desk = Desk::new();
    for year in ["1987", "1988"] {
        desk.write(&format!("{year}/1.txt"), text(&format!("News of {year}")));
        desk.sync(&[year]);
    }
    desk.write("wire.jsonl", line("w1", "Wire"));
    desk.sync(&["wire.jsonl"]);
    desk
}

fn try_rebuild(desk: &Desk, roots: &[&str]) -> Result<SyncReport> {
    let roots: Vec<PathBuf> = roots.iter().map(|root| desk.path(root)).collect();
    let ledger = &mut Ledger::default();
    rebuild(&desk.index(), &roots, &desk.options, ledger, &mut ())
}

/// Makes the index one of another version.
fn age(desk: &Desk) {
    support::age(&desk.index());
    assert!(matches!(
        Archive::open(&desk.index()),
        Err(Error::OtherVersion { .. })
    ));
}

fn beside(desk: &Desk) -> Vec<String> {
    names_in(desk.index().parent().unwrap())
}

#[test]
fn an_old_index_is_rebuilt_from_what_it_was_made_of() {
    let desk = desk();
    let (listing, roots) = (desk.listing(), desk.status().roots);
    assert_eq!(listing[1], "1988//1.txt#1: News of 1988");
    fs::write(desk.index().join("README.md"), "Here is the index.").unwrap();
    age(&desk);
    let report = try_rebuild(&desk, &[]).unwrap();
    assert_eq!((report.added, report.articles), (3, 3));
    assert_eq!((desk.listing(), desk.status().roots), (listing, roots));
    assert_eq!(beside(&desk), ["files", "index"]);
    assert!(desk.index().join("README.md").exists());
    desk.sync(&["1987", "1988", "wire.jsonl"]);
}

#[test]
fn an_open_archive_sees_the_new_index() {
    let desk = desk();
    let open = desk.archive();
    desk.write("1987/2.txt", text("News of late 1987"));
    try_rebuild(&desk, &[]).unwrap();
    assert_eq!(open.articles().unwrap(), 3);
    assert_eq!(open.article("w1").unwrap().headline, "Wire");
    assert!(open.refresh().unwrap());
    assert_eq!(open.articles().unwrap(), 4);
    assert_eq!(
        open.article("2.txt#1").unwrap().headline,
        "News of late 1987"
    );
    // One of a version that it cannot read leaves it with what it has.
    age(&desk);
    assert!(matches!(open.refresh(), Err(Error::OtherVersion { .. })));
    assert_eq!(open.articles().unwrap(), 4);
}

#[test]
fn roots_that_are_named_are_the_roots() {
    let desk = desk();
    age(&desk);
    try_rebuild(&desk, &[""]).unwrap();
    assert_eq!(
        desk.listing(),
        [
            "1987/1.txt#1: News of 1987",
            "1988/1.txt#1: News of 1988",
            "w1: Wire"
        ]
    );
}

#[test]
fn what_would_be_lost_is_asked_for() {
    let mut desk = desk();
    desk.options.yes = false;
    age(&desk);
    let error = try_rebuild(&desk, &["1987"]).err().unwrap();
    assert!(matches!(error, Error::Loss(_)), "{error}");
    assert!(matches!(
        Archive::open(&desk.index()),
        Err(Error::OtherVersion { .. })
    ));
    desk.options.yes = true;
    assert_eq!(try_rebuild(&desk, &["1987"]).unwrap().articles, 1);
    assert_eq!(beside(&desk), ["files", "index"]);

    fs::rename(desk.path("1987"), desk.path("away")).unwrap();
    let error = try_rebuild(&desk, &[]).err().unwrap();
    assert!(matches!(error, Error::Read { .. }), "{error}");
    assert_eq!(desk.archive().articles().unwrap(), 1);
}

#[cfg(unix)]
#[test]
fn what_damaged_files_cannot_give_again_is_asked_for() {
    type Damage<'a> = (&'a str, u64, &'a dyn Fn(&Desk));
    let lines = |of: &str, count: u32| -> String {
        let lines = (0..count).map(|n| line(&format!("{of}-{n}"), &format!("Ferry {n}")));
        lines.collect()
    };
    let cut = |desk: &Desk| {
        let text = lines("b", 20);
        desk.write("b.jsonl", &text[..text.len() / 2 + 7]);
    };
    let empty = |desk: &Desk| desk.write("b.jsonl", "");
    // What even root cannot open.
    let close = |desk: &Desk| {
        desk.remove("b.jsonl");
        std::os::unix::fs::symlink("nowhere", desk.path("b.jsonl")).unwrap();
    };
    let damages: [Damage; 3] = [
        ("cut", 10, &cut),
        ("empty", 0, &empty),
        ("closed", 0, &close),
    ];
    for (what, left, damage) in damages {
        let mut desk = Desk::new();
        desk.write("a.jsonl", lines("a", 100));
        desk.write("b.jsonl", lines("b", 20));
        desk.write("gone.jsonl", lines("gone", 5));
        desk.write("edited.jsonl", lines("edited", 5));
        desk.sync(&[""]);
        damage(&desk);
        // The index keeps what it has.
        desk.try_sync(&[""]).unwrap();
        assert_eq!(desk.archive().articles().unwrap(), 130, "{what}");
        desk.remove("gone.jsonl");
        desk.write("edited.jsonl", lines("edited", 4));
        let listing = desk.listing();
        desk.options.yes = false;
        let error = try_rebuild(&desk, &[]).err().unwrap();
        let Error::Loss(why) = &error else {
            panic!("{what}: {error}");
        };
        let counted = why.contains(&format!("{} articles", 20 - left));
        assert!(counted && why.contains("b.jsonl)"), "{what}: {why}");
        assert_eq!(
            (desk.listing(), beside(&desk).len()),
            (listing, 3),
            "{what}"
        );

        desk.options.yes = true;
        let report = try_rebuild(&desk, &[]).unwrap();
        assert_eq!(report.articles, 104 + left, "{what}");
        assert!(
            report.unchanged >= 2,
            "what was built is taken up: {report:?}"
        );
        assert_eq!(beside(&desk), ["files", "index"], "{what}");
    }
}

#[test]
fn where_nothing_is_to_be_rebuilt() {
    let desk = Desk::new();
    assert!(matches!(try_rebuild(&desk, &[]), Err(Error::NoIndex(_))));
    desk.write("a.txt", text("First"));
    assert_eq!(try_rebuild(&desk, &[""]).unwrap().articles, 1);
    assert_eq!(try_rebuild(&desk, &[]).unwrap().articles, 1);
    // A folder of others is not touched.
    fs::remove_dir_all(desk.index()).unwrap();
    fs::create_dir(desk.index()).unwrap();
    fs::write(desk.index().join("letters.txt"), "not ours").unwrap();
    assert!(matches!(
        try_rebuild(&desk, &[""]),
        Err(Error::NotAnIndex(_))
    ));
    assert_eq!(names_in(&desk.index()), ["letters.txt"]);
}

/// Looks, when the first file is read, whether the old index answers, and stops there if told to.
struct Witness<'a> {
    desk: &'a Desk,
    old: Archive,
    stop: bool,
}

impl Progress for Witness<'_> {
    fn begin(&mut self, _: u64, _: u64) {}
    fn advance(&mut self, _: u64, _: u64, _: &str) {
        assert_eq!(self.old.articles().unwrap(), 3);
        assert_eq!(self.desk.archive().article("w1").unwrap().headline, "Wire");
        assert!(matches!(
            self.desk.try_sync(&[""]),
            Err(Error::Locked { .. })
        ));
        assert!(!self.stop, "stopped");
    }
    fn end(&mut self) {}
}

#[test]
fn the_old_one_answers_meanwhile_and_what_is_cut_off_is_taken_up() {
    let desk = desk();
    let listing = desk.listing();
    for stop in [true, false] {
        let done = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            let (old, ledger) = (desk.archive(), &mut Ledger::default());
            let mut witness = Witness {
                desk: &desk,
                old,
                stop,
            };
            rebuild(&desk.index(), &[], &desk.options, ledger, &mut witness).unwrap();
        }));
        assert_eq!(done.is_err(), stop);
        assert_eq!(beside(&desk).len(), if stop { 3 } else { 2 });
        assert_eq!(desk.listing(), listing);
    }
}

/// Wants to end when the first file has come in.
#[derive(Default)]
struct Hurried(bool);

impl Progress for Hurried {
    fn begin(&mut self, _: u64, _: u64) {}
    fn advance(&mut self, _: u64, _: u64, _: &str) {
        self.0 = true;
    }
    fn end(&mut self) {}
    fn wants_end(&self) -> bool {
        self.0
    }
}

#[test]
fn one_that_is_broken_off_takes_nobodys_place() {
    let desk = desk();
    let listing = desk.listing();
    let ledger = &mut Ledger::default();
    let done = rebuild(
        &desk.index(),
        &[],
        &desk.options,
        ledger,
        &mut Hurried::default(),
    );
    assert!(matches!(done, Err(Error::Invalid { .. })), "{done:?}");
    assert_eq!((desk.listing(), beside(&desk).len()), (listing.clone(), 3));
    let report = try_rebuild(&desk, &[]).unwrap();
    assert!(
        report.unchanged > 0,
        "what has come in is not read again: {report:?}"
    );
    assert_eq!((desk.listing(), beside(&desk).len()), (listing, 2));
}

#[test]
fn an_exchange_that_was_cut_off() {
    let desk = desk();
    let listing = desk.listing();
    let aside = desk.index().with_file_name("index.morgue-old");
    // Where two folders cannot change places at once: the old one has stepped aside.
    fs::rename(desk.index(), &aside).unwrap();
    assert_eq!(desk.listing(), listing, "a reader puts it back");
    fs::rename(desk.index(), &aside).unwrap();
    desk.sync(&["1987"]);
    assert_eq!(desk.listing(), listing, "a writer puts it back");
    // The new one has its place, and the old one was not yet removed.
    let copy = |to: &std::path::Path| {
        fs::create_dir(to).unwrap();
        for name in names_in(&desk.index()) {
            fs::copy(desk.index().join(&name), to.join(&name)).unwrap();
        }
    };
    copy(&aside);
    copy(&desk.index().with_file_name("index.morgue-rebuild"));
    fs::write(desk.index().join(".being-made"), "half").unwrap();
    desk.sync(&["1987"]);
    assert_eq!(beside(&desk), ["files", "index"]);
    try_rebuild(&desk, &[]).unwrap();
    assert!(!desk.index().join(".being-made").exists());
    assert_eq!((desk.listing(), beside(&desk).len()), (listing, 2));
}

#[cfg(unix)]
#[test]
fn a_link_to_an_index_stays_a_link() {
    let desk = desk();
    let place = desk.index().with_file_name("elsewhere");
    fs::rename(desk.index(), &place).unwrap();
    std::os::unix::fs::symlink(&place, desk.index()).unwrap();
    let listing = desk.listing();
    try_rebuild(&desk, &[]).unwrap();
    assert!(desk.index().is_symlink() && place.is_dir());
    assert_eq!(desk.listing(), listing);
    assert_eq!(beside(&desk), ["elsewhere", "files", "index"]);
}
