//! Roots: folders, files, one in another, and two with files of the same names. No article may be lost.

use super::{Desk, line, text};

fn desk() -> Desk {
    let desk = Desk::new();
    for (file, headline) in [
        ("top.txt", "Top"),
        ("1987/1.txt", "Old"),
        ("1987/2.txt", "Older"),
        ("1988/1.txt", "New"),
    ] {
        desk.write(file, text(headline));
    }
    desk.write("wire.jsonl", line("w1", "Wire"));
    desk
}

const ALL: [&str; 5] = [
    "1987/1.txt#1: Old",
    "1987/2.txt#1: Older",
    "1988/1.txt#1: New",
    "top.txt#1: Top",
    "w1: Wire",
];

#[track_caller]
fn check_roots(desk: &Desk, expected: &[&str]) {
    let expected: Vec<_> = expected
        .iter()
        .map(|root| desk.path(root).to_str().unwrap().to_owned())
        .collect();
    assert_eq!(desk.status().roots, expected);
}

#[test]
fn a_part_of_a_known_root_leaves_the_rest_alone() {
    let desk = desk();
    desk.sync(&[""]);
    for part in ["1987", "1987/1.txt", "top.txt", "wire.jsonl"] {
        let run = desk.sync(&[part]);
        assert_eq!((run.report.changed, run.report.removed), (0, 0), "{part}");
        assert_eq!(desk.listing(), ALL, "{part}");
    }
    desk.write("1987/1.txt", text("Old, corrected"));
    desk.write("1988/1.txt", text("New, corrected"));
    desk.remove("1987/2.txt");
    desk.sync(&["1987"]);
    assert_eq!(
        desk.listing(),
        ["1987/1.txt#1: Old, corrected", ALL[2], ALL[3], ALL[4]]
    );
    check_roots(&desk, &[""]);
}

#[test]
fn a_root_takes_in_those_that_lie_in_it() {
    let desk = desk();
    desk.sync(&["1987"]);
    assert_eq!(desk.listing(), ["1.txt#1: Old", "2.txt#1: Older"]);
    desk.sync(&["1987", "wire.jsonl"]);
    check_roots(&desk, &["1987", "wire.jsonl"]);
    let run = desk.sync(&[""]);
    assert_eq!(run.ledger.records.duplicate, 0);
    assert_eq!(desk.listing(), ALL);
    check_roots(&desk, &[""]);
}

#[test]
fn taking_a_root_in_is_no_loss() {
    let mut desk = desk();
    desk.sync(&["1987"]);
    desk.options.yes = false;
    desk.sync(&[""]);
    assert_eq!(desk.listing(), ALL);
}

#[test]
fn a_root_may_be_named_twice() {
    for roots in [&["", ""][..], &["", "1987"], &["1987/1.txt", "1987", ""]] {
        let desk = desk();
        let run = desk.sync(roots);
        assert_eq!(run.ledger.records.duplicate, 0, "{roots:?}");
        assert_eq!(desk.listing(), ALL, "{roots:?}");
    }
}

#[test]
fn files_of_the_same_name_in_two_roots_are_two_articles() {
    let desk = desk();
    desk.write("b/1987/1.txt", text("Very old"));
    let together = [
        "1.txt#1: Old",
        "1987//1.txt#1: Very old",
        "1988//1.txt#1: New",
        "2.txt#1: Older",
    ];
    desk.sync(&["1987", "1988"]);
    // A third root has a name that is taken: it is called by more of its path.
    desk.write("b/1988/1.txt", text("Very new"));
    desk.sync(&["b/1988"]);
    desk.sync(&["b/1987"]);
    let mut expected = vec![
        together[0],
        together[1],
        "1988//1.txt#1: New",
        together[3],
        "b/1988//1.txt#1: Very new",
    ];
    assert_eq!(desk.listing(), expected);
    // Ids stay, in whatever order the roots are read again.
    desk.write("1987/1.txt", text("Old, corrected"));
    desk.write("1988/1.txt", text("New, corrected"));
    desk.sync(&["1988", "1987"]);
    expected[0] = "1.txt#1: Old, corrected";
    expected[2] = "1988//1.txt#1: New, corrected";
    assert_eq!(desk.listing(), expected);
}

#[test]
fn a_root_that_has_vanished_is_an_error_and_costs_nothing() {
    let desk = desk();
    desk.sync(&[""]);
    std::fs::rename(desk.path(""), desk.path("").with_file_name("away")).unwrap();
    let error = desk.try_sync(&[""]).err().unwrap();
    assert!(matches!(error, morgue::Error::Read { .. }), "{error}");
    assert_eq!(desk.listing(), ALL);
}

#[test]
fn a_great_loss_must_be_wanted_and_a_new_name_is_none() {
    let mut desk = desk();
    desk.sync(&[""]);
    desk.options.yes = false;
    std::fs::rename(desk.path("1987"), desk.path("1987-old")).unwrap();
    desk.sync(&[""]);
    std::fs::remove_dir_all(desk.path("1987-old")).unwrap();
    let error = desk.try_sync(&[""]).err().unwrap();
    assert!(matches!(error, morgue::Error::Loss(_)), "{error}");
    assert_eq!(desk.archive().articles().unwrap(), 5);
    desk.options.yes = true;
    desk.sync(&[""]);
    assert_eq!(desk.listing(), ALL[2..]);
}

/// A file that is there and has less in it is lost as surely as one that is gone.
#[test]
fn a_great_loss_within_a_file_must_be_wanted_too() {
    let mut desk = Desk::new();
    let stories = |count: u32| -> String {
        let lines = (0..count).map(|n| line(&n.to_string(), "Ferry"));
        lines.collect()
    };
    desk.options.yes = false;
    desk.write("a.jsonl", stories(30));
    desk.write("b.jsonl", line("b", "Gale"));
    desk.sync(&[""]);
    desk.write("a.jsonl", stories(25));
    desk.sync(&[""]);
    assert_eq!(desk.archive().articles().unwrap(), 26);
    desk.write("a.jsonl", stories(10));
    let error = desk.try_sync(&[""]).err().unwrap().to_string();
    assert_eq!(
        error,
        "15 of 26 articles would be removed, because their files are gone, or have less in them than they had"
    );
    assert_eq!(desk.archive().articles().unwrap(), 26);
    desk.options.yes = true;
    desk.sync(&[""]);
    assert_eq!(desk.archive().articles().unwrap(), 11);
    // A few are an edit, however small the archive is.
    desk.options.yes = false;
    desk.write("a.jsonl", stories(2));
    desk.sync(&[""]);
    assert_eq!(desk.archive().articles().unwrap(), 3);
}

#[cfg(target_os = "linux")]
#[test]
fn a_root_has_a_name_that_no_other_has() {
    use std::os::unix::ffi::OsStrExt;
    let desk = desk();
    let folder = desk
        .index()
        .with_file_name(std::ffi::OsStr::from_bytes(b"r\xff"));
    std::fs::create_dir(&folder).unwrap();
    std::fs::write(folder.join("1.txt"), text("Summer")).unwrap();
    let (options, ledger) = (&desk.options, &mut morgue::intake::Ledger::default());
    let done = morgue::index::sync::sync(&desk.index(), &[folder], options, ledger, &mut ());
    let error = done.unwrap_err().to_string();
    assert!(error.contains("its name is not UTF-8"), "{error}");
}

#[cfg(unix)]
#[test]
fn what_cannot_be_looked_at_now_is_kept() {
    let desk = desk();
    desk.sync(&[""]);
    for part in ["1987", "top.txt"] {
        std::fs::rename(desk.path(part), desk.path("").with_file_name(part)).unwrap();
        std::os::unix::fs::symlink("/nowhere/at/all", desk.path(part)).unwrap();
    }
    let run = desk.sync(&[""]);
    assert_eq!(run.ledger.files.rejected, 2);
    assert_eq!(desk.listing(), ALL);
    // Back again, one of them changed meanwhile.
    for part in ["1987", "top.txt"] {
        desk.remove(part);
        std::fs::rename(desk.path("").with_file_name(part), desk.path(part)).unwrap();
    }
    desk.write("top.txt", text("Top, corrected"));
    desk.sync(&[""]);
    assert_eq!(desk.listing()[3], "top.txt#1: Top, corrected");
}

#[cfg(target_os = "linux")]
#[test]
fn names_that_are_no_text() {
    use std::os::unix::ffi::OsStrExt;
    let desk = desk();
    let folder = desk
        .path("")
        .join(std::ffi::OsStr::from_bytes(b"\xe9t\xe9"));
    std::fs::create_dir(&folder).unwrap();
    std::fs::write(folder.join("1.txt"), text("Summer")).unwrap();
    desk.sync(&[""]);
    assert_eq!(desk.listing()[3], "\\xE9t\\xE9/1.txt#1: Summer");
    std::fs::write(folder.join("1.txt"), text("Late summer")).unwrap();
    let options = &desk.options;
    let ledger = &mut morgue::intake::Ledger::default();
    let report =
        morgue::index::sync::sync(&desk.index(), &[folder], options, ledger, &mut ()).unwrap();
    assert_eq!((report.added, report.changed, report.removed), (0, 1, 0));
    assert_eq!(desk.listing()[3], "\\xE9t\\xE9/1.txt#1: Late summer");
}
