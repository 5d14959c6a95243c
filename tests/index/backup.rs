//! A backup is an index as it was at one commit, whatever is written meanwhile; a restore puts it back, or changes nothing.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use morgue::index::disk::Disk;
use morgue::index::{Copied, backup, check, rebuild, restore};
use morgue::intake::{Ledger, Progress};
use morgue::{Archive, Error, Result};

use super::{Desk, articles, line, names_in};

fn lines(of: &str, count: u32) -> String {
    let one = |number| line(&format!("{of}-{number}"), &format!("Ferry {number} {of}"));
    (0..count).map(one).collect()
}

/// An index with a dictionary, in two commits.
fn desk() -> Desk {
    let desk = Desk::new();
    for file in ["a", "b"] {
        desk.write(&format!("{file}.jsonl"), lines(file, 300));
        desk.sync(&[""]);
    }
    desk
}

fn at(desk: &Desk, name: &str) -> PathBuf {
    desk.index().with_file_name(name)
}

fn try_backup(desk: &Desk, dest: &Path) -> Result<Copied> {
    backup(&desk.index(), dest, &Disk::default(), &mut ())
}

fn try_restore(desk: &Desk, from: &Path) -> Result<Copied> {
    restore(from, &desk.index(), &Disk::default(), &mut ())
}

#[track_caller]
fn check_equal(desk: &Desk, copy: &Path) {
    assert_eq!(check(copy).unwrap().damage, []);
    assert!(articles(&Archive::open(copy).unwrap()) == desk.articles());
}

#[test]
fn a_copy_is_the_index_and_a_second_one_copies_what_is_new() {
    let desk = desk();
    let dest = at(&desk, "backup");
    let first = try_backup(&desk, &dest).unwrap();
    assert_eq!((first.kept, first.articles), (0, 600));
    check_equal(&desk, &dest);
    let again = try_backup(&desk, &dest).unwrap();
    assert_eq!(
        (again.files, again.kept),
        (2, first.files - 2),
        "manifest and dictionary"
    );

    desk.write("b.jsonl", lines("c", 30));
    desk.sync(&[""]);
    let third = try_backup(&desk, &dest).unwrap();
    assert!(third.kept > 0 && third.bytes < first.bytes, "{third:?}");
    check_equal(&desk, &dest);
    let of_index = |dir: &Path| -> Vec<String> {
        let names = names_in(dir).into_iter();
        names.filter(|name| !name.starts_with('.')).collect()
    };
    assert_eq!(
        of_index(&dest),
        of_index(&desk.index()),
        "nothing is left over"
    );
}

#[test]
fn what_is_damaged_in_a_backup_is_copied_again() {
    let desk = desk();
    let dest = at(&desk, "backup");
    try_backup(&desk, &dest).unwrap();
    for name in names_in(&dest) {
        let path = dest.join(&name);
        let mut bytes = fs::read(&path).unwrap();
        let middle = bytes.len() / 2;
        if let Some(byte) = bytes.get_mut(middle) {
            *byte ^= 0x55;
            fs::write(&path, bytes).unwrap();
            let done = try_backup(&desk, &dest);
            assert!(done.is_ok(), "{name}: {done:?}");
            check_equal(&desk, &dest);
        }
    }
}

#[test]
fn a_damaged_index_is_not_backed_up_and_a_damaged_backup_not_restored() {
    let desk = desk();
    let dest = at(&desk, "backup");
    try_backup(&desk, &dest).unwrap();
    let before = desk.articles();
    let wound = |dir: &Path| {
        let name = super::stores(dir).pop().unwrap();
        let path = dir.join(name);
        let mut bytes = fs::read(&path).unwrap();
        let whole = bytes.clone();
        bytes[20] ^= 1;
        fs::write(&path, bytes).unwrap();
        (path, whole)
    };
    let (path, whole) = wound(&desk.index());
    // The older backup has the file whole, and keeps it; a new one cannot.
    let error = try_backup(&desk, &at(&desk, "new")).err().unwrap();
    assert!(matches!(error, Error::Damaged { .. }), "{error}");
    assert!(matches!(
        Archive::open(&at(&desk, "new")),
        Err(Error::NoIndex(_))
    ));
    try_backup(&desk, &dest).unwrap();
    assert_eq!(check(&dest).unwrap().damage, []);
    fs::write(path, whole).unwrap();

    wound(&dest);
    let error = try_restore(&desk, &dest).err().unwrap();
    assert!(matches!(error, Error::Invalid { .. }), "{error}");
    assert!(desk.articles() == before);
    assert_eq!(
        names_in(desk.index().parent().unwrap()),
        ["backup", "files", "index", "new"]
    );
}

#[test]
fn a_restore_puts_back_what_was() {
    let desk = desk();
    let dest = at(&desk, "backup");
    try_backup(&desk, &dest).unwrap();
    let (before, open) = (desk.articles(), desk.archive());
    desk.remove("a.jsonl");
    desk.write("c.jsonl", lines("c", 10));
    desk.sync(&[""]);
    assert!(desk.articles() != before);
    assert!(open.refresh().unwrap());
    try_restore(&desk, &dest).unwrap();
    assert!(desk.articles() == before);
    assert!(open.refresh().unwrap() && articles(&open) == before);
    // It is an index like any other: the files have changed since.
    let report = desk.sync(&[""]).report;
    assert_eq!((report.added, report.removed), (1, 1));
    // Where there was none, or one that cannot be opened.
    fs::write(desk.index().join("meta.json"), "{").unwrap();
    try_restore(&desk, &dest).unwrap();
    assert!(desk.articles() == before);
    fs::remove_dir_all(desk.index()).unwrap();
    try_restore(&desk, &dest).unwrap();
    assert!(desk.articles() == before);
    assert_eq!(
        names_in(desk.index().parent().unwrap()),
        ["backup", "files", "index"]
    );
}

#[test]
fn places_that_are_not_taken() {
    let desk = desk();
    let dest = at(&desk, "backup");
    let invalid =
        |done: Result<Copied>| assert!(matches!(done, Err(Error::Invalid { .. })), "{done:?}");
    // Files of others, the index itself, a folder in it, another index, the backup of another.
    invalid(try_backup(&desk, &desk.path("")));
    invalid(try_backup(&desk, &desk.index()));
    invalid(try_backup(&desk, &desk.index().join("in")));
    fs::remove_dir(desk.index().join("in")).unwrap();
    let other = self::desk();
    invalid(try_backup(&desk, &other.index()));
    try_backup(&desk, &dest).unwrap();
    invalid(try_backup(&other, &dest));
    invalid(try_restore(&desk, &desk.index()));
    assert!(matches!(
        try_restore(&desk, &at(&desk, "nowhere")),
        Err(Error::NoIndex(_))
    ));
    let foreign = restore(&dest, &desk.path(""), &Disk::default(), &mut ());
    assert!(matches!(foreign, Err(Error::NotAnIndex(_))), "{foreign:?}");
    assert_eq!(names_in(&desk.path("")), ["a.jsonl", "b.jsonl"]);
    let none = backup(&at(&desk, "nowhere"), &dest, &Disk::default(), &mut ());
    assert!(matches!(none, Err(Error::NoIndex(_))));
    check_equal(&desk, &dest);
}

#[test]
fn a_backup_of_an_index_that_was_rebuilt_since() {
    let desk = desk();
    let dest = at(&desk, "backup");
    try_backup(&desk, &dest).unwrap();
    desk.write("a.jsonl", lines("quite different words now", 700));
    let ledger = &mut Ledger::default();
    rebuild(&desk.index(), &[], &desk.options, ledger, &mut ()).unwrap();
    try_backup(&desk, &dest).unwrap();
    check_equal(&desk, &dest);
    assert_eq!(
        names_in(dest.parent().unwrap()),
        ["backup", "files", "index"]
    );
    assert!(try_backup(&desk, &dest).unwrap().kept > 0);
}

/// Writes to the index whenever a file is copied.
struct Meanwhile<'a>(&'a Desk, u32);

impl Progress for Meanwhile<'_> {
    fn begin(&mut self, _: u64, _: u64) {}
    fn advance(&mut self, _: u64, _: u64, _: &str) {
        self.1 += 1;
        if self.1 < 5 {
            self.0.write("b.jsonl", lines(&format!("v{}", self.1), 20));
            self.0.sync(&[""]);
        }
    }
    fn end(&mut self) {}
}

#[test]
fn the_files_of_one_commit_are_copied_though_newer_ones_remove_them() {
    let desk = desk();
    let dest = at(&desk, "backup");
    let before = desk.articles();
    backup(
        &desk.index(),
        &dest,
        &Disk::default(),
        &mut Meanwhile(&desk, 0),
    )
    .unwrap();
    assert_eq!(check(&dest).unwrap().damage, []);
    assert!(articles(&Archive::open(&dest).unwrap()) == before);
    assert!(desk.articles() != before);
}

#[test]
fn backups_while_a_writer_commits_and_merges() {
    let desk = desk();
    let dest = at(&desk, "backup");
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            for round in 0..30 {
                desk.write("b.jsonl", lines(&format!("v{round}"), 300));
                desk.try_sync(&[""]).unwrap();
            }
            done.store(true, Ordering::Release);
        });
        let mut backups = 0;
        while !done.load(Ordering::Acquire) || backups == 0 {
            let copied = try_backup(&desk, &dest).unwrap();
            // Each commit has both files whole, or the second still to be read.
            assert_eq!(copied.articles, 600);
            assert_eq!(check(&dest).unwrap().damage, []);
            backups += 1;
        }
    });
    try_backup(&desk, &dest).unwrap();
    check_equal(&desk, &dest);
}
