//! Bad places: what is no file, what cannot be opened, names that no text can hold.

use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;
use std::process::Command;

use morgue::index::sync::{SyncOptions, sync};
use morgue::intake::{Ledger, Progress};

use super::{Case, Limits, Report, STORY, Trial, file, told, told_by};

pub(super) const CASES: &[Case] = &[
    file!("empty", "a file of no bytes", "a.txt", ""),
    file!(
        "blank",
        "a file of blanks and line ends",
        "a.txt",
        " \n\t\r\n\n"
    ),
    Case {
        name: "folder-as-file",
        what: "a folder whose name ends in .json, with a story in it",
        trial: Trial::Files(|dir| {
            fs::create_dir(dir.join("x.json")).unwrap();
            fs::write(dir.join("x.json/story.txt"), STORY).unwrap();
        }),
    },
    Case {
        name: "empty-folder",
        what: "a folder without files",
        trial: Trial::Files(|dir| fs::create_dir(dir.join("1987")).unwrap()),
    },
    Case {
        name: "pipe",
        what: "a named pipe, which nobody writes to",
        trial: Trial::Files(|dir| {
            let made = Command::new("mkfifo").arg(dir.join("pipe")).status();
            assert!(made.unwrap().success());
        }),
    },
    Case {
        name: "socket",
        what: "a socket",
        trial: Trial::Files(|dir| {
            std::os::unix::net::UnixListener::bind(dir.join("socket")).unwrap();
        }),
    },
    Case {
        name: "device",
        what: "links to devices, one of them without end",
        trial: Trial::Files(|dir| {
            symlink("/dev/null", dir.join("null")).unwrap();
            symlink("/dev/zero", dir.join("zero")).unwrap();
        }),
    },
    Case {
        name: "link-up",
        what: "a link to the folder it lies in, and one to the folder above that",
        trial: Trial::Files(|dir| {
            fs::create_dir(dir.join("a")).unwrap();
            symlink(".", dir.join("a/here")).unwrap();
            symlink("..", dir.join("a/up")).unwrap();
        }),
    },
    Case {
        name: "link-to-itself",
        what: "a link that is its own target",
        trial: Trial::Files(|dir| symlink("a", dir.join("a")).unwrap()),
    },
    Case {
        name: "link-to-nothing",
        what: "a link whose target is gone",
        trial: Trial::Files(|dir| symlink("no/such/file", dir.join("a.txt")).unwrap()),
    },
    Case {
        name: "failing-disk",
        what: "a file that opens, and whose bytes cannot be read",
        trial: Trial::Files(|dir| symlink("/proc/self/mem", dir.join("a.txt")).unwrap()),
    },
    Case {
        name: "forbidden-file",
        what: "a file that the user may not read",
        trial: Trial::Own(|dir| {
            fs::write(dir.join("a.txt"), STORY).unwrap();
            forbidden(dir, "a.txt")
        }),
    },
    Case {
        name: "forbidden-folder",
        what: "a folder that the user may not look into",
        trial: Trial::Own(|dir| {
            fs::create_dir(dir.join("1987")).unwrap();
            fs::write(dir.join("1987/a.txt"), STORY).unwrap();
            forbidden(dir, "1987")
        }),
    },
    Case {
        name: "vanished",
        what: "a file that is removed after it was found and before it is read",
        trial: Trial::Own(vanished),
    },
    Case {
        name: "name-not-utf8",
        what: "two files whose names are not UTF-8 and differ in one byte",
        trial: Trial::Files(|dir| {
            for name in [&b"caf\xe8.txt"[..], b"caf\xe9.txt"] {
                fs::write(dir.join(OsStr::from_bytes(name)), STORY).unwrap();
            }
        }),
    },
    Case {
        name: "long-name",
        what: "a name of 255 bytes, the longest that systems allow",
        trial: Trial::Files(|dir| fs::write(dir.join("a".repeat(255)), "").unwrap()),
    },
    Case {
        name: "hidden",
        what: "a hidden file, a hidden folder, a backup copy, a system's own file",
        trial: Trial::Files(|dir| {
            fs::create_dir(dir.join(".git")).unwrap();
            for name in [".git/HEAD", ".DS_Store", "story.txt~", "Thumbs.db"] {
                fs::write(dir.join(name), STORY).unwrap();
            }
        }),
    },
];

/// What is told of a place that nobody may read; nothing where the user may read everything.
fn forbidden(dir: &Path, name: &str) -> Option<String> {
    let allow =
        |mode| fs::set_permissions(dir.join(name), fs::Permissions::from_mode(mode)).unwrap();
    allow(0);
    let may = fs::File::open(dir.join(name)).is_ok();
    let told = (!may).then(|| told(dir, &Limits::default()));
    allow(0o700);
    told
}

/// Removes a file as soon as reading begins.
struct Thief<'p>(&'p Path);

impl Progress for Thief<'_> {
    fn begin(&mut self, _: u64, _: u64) {
        fs::remove_file(self.0).unwrap();
    }
    fn advance(&mut self, _: u64, _: u64, _: &str) {}
    fn end(&mut self) {}
}

fn vanished(dir: &Path) -> Option<String> {
    let (files, index) = (dir.join("files"), dir.join("index"));
    fs::create_dir(&files).unwrap();
    fs::write(files.join("a.txt"), STORY).unwrap();
    let report = Report::default();
    let mut ledger = Ledger::new(Some(Box::new(report.clone())));
    let stolen = files.join("a.txt");
    let done = sync(
        &index,
        &[files],
        &SyncOptions::default(),
        &mut ledger,
        &mut Thief(&stolen),
    );
    assert_eq!(done.unwrap().articles, 0);
    Some(told_by(&report.entries()))
}
