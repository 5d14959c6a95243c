//! Every call of the disk below an index is made to fail in turn: refused, torn in the middle, or with the disk full from
//! then on. No command panics, the last commit answers, and the same command makes up for it afterwards.
//!
//! All calls are tried with `MORGUE_FAULTS=all`, a few of each command else.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use morgue::index::disk::{Call, Disk, Fate, Watch};
use morgue::index::sync::{SyncOptions, sync};
use morgue::index::{backup, check, rebuild, repair, restore};
use morgue::intake::Ledger;
use morgue::{Archive, Article, Result};

use super::{Desk, articles, line, names_in, text};

/// How a call fails.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Fault {
    /// Nothing is done.
    Refused,
    /// It is done, or half of it, and an error told.
    Torn,
    /// Nothing can be made or written from then on.
    Full,
}

const FAULTS: [Fault; 3] = [Fault::Refused, Fault::Torn, Fault::Full];

const EIO: i32 = 5;
const ENOSPC: i32 = 28;

/// Counts the calls, and lets those fail that shall.
struct Failing {
    calls: AtomicU64,
    fault: Option<(u64, Fault)>,
}

impl Watch for Failing {
    fn ask(&self, call: Call, _: &Path) -> Fate {
        let now = self.calls.fetch_add(1, Ordering::Relaxed);
        let writes = matches!(call, Call::Create | Call::Write);
        let error = |number| io::Error::from_raw_os_error(number);
        match self.fault {
            Some((at, Fault::Refused)) if now == at => Fate::Refused(error(EIO)),
            Some((at, Fault::Torn)) if now == at => Fate::Torn(error(EIO)),
            Some((at, Fault::Full)) if now == at && writes => Fate::Torn(error(ENOSPC)),
            Some((at, Fault::Full)) if now > at && writes => Fate::Refused(error(ENOSPC)),
            _ => Fate::Done,
        }
    }
}

type Articles = BTreeMap<String, Article>;

/// A folder of files, and folders to begin with: an index of older files, one of the files as they are, one of these that is
/// damaged, and an older backup.
struct Stage {
    desk: Desk,
    old: Articles,
    new: Articles,
}

fn lines(of: &str, numbers: std::ops::Range<u32>) -> String {
    let one = |number| line(&format!("{of}-{number}"), &format!("Ferry {number}"));
    numbers.map(one).collect()
}

impl Stage {
    fn new() -> Self {
        let desk = Desk::new();
        desk.write("a.jsonl", lines("a", 0..30));
        desk.write("gone.jsonl", lines("gone", 0..10));
        desk.write("t.txt", text("Harbour"));
        desk.sync(&[""]);
        desk.write("b.jsonl", lines("b", 0..20));
        desk.sync(&[""]);
        let old = desk.articles();
        let stage = |desk: &Desk, name: &str| {
            copy_folder(&desk.index(), &desk.index().with_file_name(name));
        };
        stage(&desk, "old");
        let disk = Disk::default();
        backup(
            &desk.index(),
            &desk.index().with_file_name("old-backup"),
            &disk,
            &mut (),
        )
        .unwrap();
        desk.write("a.jsonl", lines("a", 5..35));
        desk.remove("gone.jsonl");
        // With these there are enough for a dictionary.
        desk.write("c.jsonl", lines("c", 0..220));
        desk.sync(&[""]);
        assert!(desk.index().join("dictionary.zstd").exists());
        let new = desk.articles();
        stage(&desk, "new");
        let path = desk
            .index()
            .join(super::stores(&desk.index()).pop().unwrap());
        let mut bytes = fs::read(&path).unwrap();
        bytes[10] ^= 1;
        fs::write(path, bytes).unwrap();
        stage(&desk, "damaged");
        Stage { desk, old, new }
    }

    fn at(&self, name: &str) -> PathBuf {
        self.desk.index().with_file_name(name)
    }

    /// Clears away what a command has left, and puts the folders there that it begins with.
    fn set(&self, folders: &[(&str, &str)]) {
        let staged = ["files", "old", "new", "damaged", "old-backup"];
        let beside = self.desk.index().parent().unwrap().to_owned();
        for name in names_in(&beside) {
            if !staged.contains(&name.as_str()) {
                fs::remove_dir_all(beside.join(name)).unwrap();
            }
        }
        for (from, to) in folders {
            copy_folder(&self.at(from), &self.at(to));
        }
    }

    fn options(&self, disk: Disk) -> SyncOptions {
        SyncOptions {
            disk,
            ..self.desk.options.clone()
        }
    }
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir(to).unwrap();
    for name in names_in(from) {
        fs::copy(from.join(&name), to.join(&name)).unwrap();
    }
}

/// A command: what it begins with, what it does, and where its result is.
struct Command {
    begins: &'static [(&'static str, &'static str)],
    act: fn(&Stage, Disk) -> Result<()>,
    result: &'static str,
    /// There is a damaged index before.
    damaged: bool,
    /// How many calls are tried of each fault, when not all are.
    sample: u64,
}

const SYNC: Command = Command {
    begins: &[("old", "index")],
    act: |stage, disk| {
        let roots = [stage.desk.path("")];
        let ledger = &mut Ledger::default();
        sync(
            &stage.desk.index(),
            &roots,
            &stage.options(disk),
            ledger,
            &mut (),
        )
        .map(drop)
    },
    result: "index",
    damaged: false,
    sample: 10,
};

const REBUILD: Command = Command {
    act: |stage, disk| {
        let ledger = &mut Ledger::default();
        rebuild(
            &stage.desk.index(),
            &[],
            &stage.options(disk),
            ledger,
            &mut (),
        )
        .map(drop)
    },
    ..SYNC
};

const REPAIR: Command = Command {
    begins: &[("damaged", "index")],
    act: |stage, disk| {
        let ledger = &mut Ledger::default();
        repair(&stage.desk.index(), &stage.options(disk), ledger, &mut ()).map(drop)
    },
    damaged: true,
    ..SYNC
};

const BACKUP: Command = Command {
    begins: &[("new", "index"), ("old-backup", "backup")],
    act: |stage, disk| backup(&stage.desk.index(), &stage.at("backup"), &disk, &mut ()).map(drop),
    result: "backup",
    ..SYNC
};

const RESTORE: Command = Command {
    begins: &[("old", "index"), ("new", "backup")],
    act: |stage, disk| restore(&stage.at("backup"), &stage.desk.index(), &disk, &mut ()).map(drop),
    ..SYNC
};

/// Lets the calls of a command fail, one after the other.
fn check_faults(name: &str, command: &Command) {
    let stage = Stage::new();
    let run = |fault| {
        stage.set(command.begins);
        let watch = Arc::new(Failing {
            calls: AtomicU64::new(0),
            fault,
        });
        let done = (command.act)(&stage, Disk::watched(watch.clone()));
        (done, watch.calls.load(Ordering::Relaxed))
    };
    let (done, calls) = run(None);
    done.unwrap();
    assert!(calls > 20, "{name} makes {calls} calls");
    let all = std::env::var("MORGUE_FAULTS").is_ok_and(|faults| faults == "all");
    let step = if all {
        1
    } else {
        (calls / command.sample).max(1)
    };
    let begin = std::time::UNIX_EPOCH.elapsed().unwrap().as_secs() % step;
    let (mut tried, mut failed) = (0, 0);
    for fault in FAULTS {
        for at in (begin..calls).step_by(usize::try_from(step).unwrap()) {
            let (done, _) = run(Some((at, fault)));
            let what = format!("{name}, {fault:?} at call {at} of {calls}: {done:?}");
            (tried, failed) = (tried + 1, failed + u64::from(done.is_err()));
            check_result(&stage, command, done.is_ok(), &what);
            (command.act)(&stage, Disk::default())
                .unwrap_or_else(|error| panic!("{what}, then: {error}"));
            check_result(&stage, command, true, &format!("{what}, then again"));
        }
    }
    println!("{name}: {calls} calls, {tried} failed in turn, {failed} with an error");
    assert!(failed > 0);
}

#[track_caller]
fn check_result(stage: &Stage, command: &Command, done: bool, what: &str) {
    let result = stage.at(command.result);
    if command.damaged && !done {
        return;
    }
    let health = check(&result).unwrap_or_else(|error| panic!("{what}: {error}"));
    assert_eq!(health.damage, [], "{what}");
    let archive = Archive::open(&result).unwrap_or_else(|error| panic!("{what}: {error}"));
    let found = articles(&archive);
    assert!(
        found == stage.new || (!done && found == stage.old),
        "{what}: {} articles",
        found.len()
    );
}

#[test]
fn indexing() {
    check_faults("sync", &SYNC);
}

#[test]
fn rebuilding() {
    check_faults("rebuild", &REBUILD);
}

#[test]
fn repairing() {
    check_faults("repair", &REPAIR);
}

#[test]
fn backing_up() {
    check_faults("backup", &BACKUP);
}

#[test]
fn restoring() {
    check_faults("restore", &RESTORE);
}
