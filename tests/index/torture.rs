//! Every command is killed at random moments while somebody reads: the index always opens and is whole, and in the end it is
//! what it would have been had nobody died.
//!
//! `MORGUE_KILLS=200` kills so often; else it is a few. A moment is taken from the length of an undisturbed run.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use morgue::index::disk::Disk;
use morgue::index::{backup, check, rebuild, repair, restore};
use morgue::intake::Ledger;
use morgue::search::Request;
use morgue::{Archive, Error};

use super::kill::{Child, Dice, answers};
use super::{Desk, articles, line, names_in, text};

/// The commands, each as often as it is killed in turn.
const COMMANDS: &[&str] = &[
    "index", "index", "repair", "backup", "index", "restore", "rebuild",
];

#[test]
fn child_that_works() {
    let Some(index) = Child::folder("child_that_works") else {
        return;
    };
    let mut options = Desk::new().options;
    options.commit_every = 150;
    let command = fs::read_to_string(index.with_file_name("command")).unwrap();
    let (files, backup_folder) = (
        index.with_file_name("files"),
        index.with_file_name("backup"),
    );
    let files = [files.canonicalize().unwrap()];
    let (ledger, disk) = (&mut Ledger::default(), Disk::default());
    match command.as_str() {
        "index" => {
            morgue::index::sync::sync(&index, &files, &options, ledger, &mut ()).unwrap();
        }
        "repair" => drop(repair(&index, &options, ledger, &mut ()).unwrap()),
        "rebuild" => drop(rebuild(&index, &files, &options, ledger, &mut ()).unwrap()),
        "backup" => drop(backup(&index, &backup_folder, &disk, &mut ()).unwrap()),
        "restore" => drop(restore(&backup_folder, &index, &disk, &mut ()).unwrap()),
        other => panic!("no command {other}"),
    }
    fs::write(index.with_file_name("done"), "").unwrap();
}

/// The files, as a round has left them: four of many records, which change in turn, and some texts.
struct Files {
    versions: BTreeMap<u64, u64>,
}

impl Files {
    const COUNT: u64 = 6;

    fn new(desk: &Desk) -> Self {
        let files = Files {
            versions: (0..Self::COUNT).map(|file| (file, 0)).collect(),
        };
        files
            .versions
            .keys()
            .for_each(|file| files.write(desk, *file));
        for file in 0..6 {
            desk.write(
                &format!("texts/{file}.txt"),
                text(&format!("Harbour {file}")),
            );
        }
        files
    }

    fn write(&self, desk: &Desk, file: u64) {
        let version = self.versions[&file];
        let lines =
            (0..80).map(|n| line(&format!("{file}-{n}"), &format!("Ferry {n} of {version}")));
        desk.write(&format!("{file}.jsonl"), lines.collect::<String>());
    }

    /// What happens to the files before a run: one goes, comes back, or changes.
    fn change(&mut self, desk: &Desk, round: u64, dice: &mut Dice) {
        let file = dice.below(Self::COUNT);
        match (self.versions.contains_key(&file), dice.below(3)) {
            (true, 0) if self.versions.len() > 2 => {
                self.versions.remove(&file);
                desk.remove(&format!("{file}.jsonl"));
            }
            _ => {
                self.versions.insert(file, round + 1);
                self.write(desk, file);
            }
        }
    }
}

/// Damages a file of the index.
fn wound(desk: &Desk, dice: &mut Dice) {
    let names = names_in(&desk.index()).into_iter();
    let names: Vec<_> = names
        .filter(|name| name.len() > 32 && !name.starts_with("manifest"))
        .collect();
    let chosen = dice.below(names.len() as u64);
    let path = desk.index().join(&names[usize::try_from(chosen).unwrap()]);
    let mut bytes = fs::read(&path).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 0x55;
    // Not in place: the reader has it mapped, and the system would end it for a file that has become shorter.
    let beside = desk.index().with_file_name("wound");
    fs::write(&beside, bytes).unwrap();
    fs::rename(beside, path).unwrap();
}

fn start(desk: &Desk, command: &str) -> Child {
    let _ = fs::remove_file(desk.index().with_file_name("done"));
    fs::write(desk.index().with_file_name("command"), command).unwrap();
    Child::start("index::torture", "child_that_works", &desk.index())
}

/// Runs a command to its end; how long that took.
#[track_caller]
fn finish(desk: &Desk, command: &str) -> Duration {
    let begin = Instant::now();
    let mut child = start(desk, command);
    child.process.wait().unwrap();
    let done = desk.index().with_file_name("done").exists();
    assert!(done, "{command} has failed");
    begin.elapsed()
}

/// A folder is an index that is whole, or there is none yet.
#[track_caller]
fn check_whole(dir: &Path, what: &str) {
    match check(dir) {
        Ok(health) => assert_eq!(health.damage, [], "{what}"),
        Err(Error::NoIndex(_)) => return,
        Err(error) => panic!("{what}: {error}"),
    }
    let archive = Archive::open(dir).unwrap_or_else(|error| panic!("{what}: {error}"));
    assert_eq!(
        articles(&archive).len() as u64,
        archive.articles().unwrap(),
        "{what}"
    );
}

/// Asks the index without an end, as a server does.
fn read_on(index: &Path, stop: &AtomicBool, asked: &AtomicU64) {
    let mut open: Option<Archive> = None;
    while !stop.load(Ordering::Acquire) {
        std::thread::sleep(Duration::from_millis(2));
        match &open {
            // A damaged file may be met on the way, and then the server keeps what it has.
            Some(archive) => drop(archive.refresh()),
            None => open = Archive::open(index).ok(),
        }
        let Some(archive) = &open else { continue };
        let all = archive.articles().unwrap();
        let found = archive.search(&Request::for_query("ferry OR harbour"));
        if let Ok(found) = found {
            assert!(found.total <= all.max(archive.articles().unwrap()));
            asked.fetch_add(1, Ordering::Relaxed);
        }
    }
}

#[test]
fn whatever_is_killed_is_made_up_for() {
    let kills = std::env::var("MORGUE_KILLS").ok();
    let kills: u64 = kills.map_or(12, |kills| kills.parse().unwrap());
    let seed = std::time::UNIX_EPOCH.elapsed().unwrap().as_nanos() % (1 << 60);
    let seed =
        std::env::var("MORGUE_SEED").map_or(u64::try_from(seed).unwrap(), |it| it.parse().unwrap());
    println!("MORGUE_SEED={seed}");
    let mut dice = Dice(seed);
    let desk = Desk::new();
    let mut files = Files::new(&desk);
    finish(&desk, "index");
    finish(&desk, "backup");
    let mut lengths: BTreeMap<&str, Duration> = BTreeMap::new();
    for command in COMMANDS {
        lengths.insert(command, finish(&desk, command));
    }
    let (stop, asked) = (AtomicBool::new(false), AtomicU64::new(0));
    let (mut killed, mut cut_off) = (BTreeMap::<&str, u32>::new(), 0);
    std::thread::scope(|scope| {
        let _stop = Stop(&stop);
        scope.spawn(|| read_on(&desk.index(), &stop, &asked));
        for round in 0..kills {
            let command = COMMANDS[usize::try_from(round).unwrap() % COMMANDS.len()];
            let what = format!("round {round}, {command}");
            files.change(&desk, round, &mut dice);
            let hurt = command == "repair";
            if hurt {
                wound(&desk, &mut dice);
            }
            let length = u64::try_from(lengths[command].as_micros()).unwrap();
            let mut child = start(&desk, command);
            // The first fifth is the start of a process.
            std::thread::sleep(Duration::from_micros(length / 10 + dice.below(length)));
            if child.kill() {
                *killed.entry(command).or_default() += 1;
                cut_off += 1;
            }
            if !hurt {
                check_whole(&desk.index(), &what);
            }
            check_whole(&backup_of(&desk), &what);
            // What was cut off is taken up by the same command, or by whatever comes next.
            if hurt || dice.below(2) == 0 {
                finish(&desk, command);
                check_whole(&desk.index(), &what);
            }
        }
    });
    println!(
        "{cut_off} of {kills} were killed before their end: {killed:?}; {} questions meanwhile",
        asked.into_inner()
    );
    assert!(cut_off > 0);
    finish(&desk, "rebuild");
    desk.sync(&[""]);
    check_whole(&desk.index(), "in the end");
    finish(&desk, "backup");
    check_equal_to_undisturbed(&desk, &files);
    let folders = names_in(desk.index().parent().unwrap());
    assert_eq!(folders, ["backup", "command", "done", "files", "index"]);
}

fn backup_of(desk: &Desk) -> PathBuf {
    desk.index().with_file_name("backup")
}

/// The reader must stop also when an assertion fails.
struct Stop<'a>(&'a AtomicBool);

impl Drop for Stop<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Release);
    }
}

/// Index and backup are what they would be had there been one run over the files as they are.
fn check_equal_to_undisturbed(desk: &Desk, files: &Files) {
    let undisturbed = Desk::new();
    files
        .versions
        .keys()
        .for_each(|file| files.write(&undisturbed, *file));
    for file in 0..6 {
        undisturbed.write(
            &format!("texts/{file}.txt"),
            text(&format!("Harbour {file}")),
        );
    }
    let account = undisturbed.sync(&[""]).ledger;
    let whole = undisturbed.archive();
    for dir in [desk.index(), backup_of(desk)] {
        let archive = Archive::open(&dir).unwrap();
        assert!(articles(&archive) == articles(&whole), "{}", dir.display());
        assert_eq!(answers(&archive), answers(&whole));
        let (ours, theirs) = (archive.status().unwrap(), whole.status().unwrap());
        assert_eq!(ours.articles, account.records.accepted);
        assert_eq!(
            (ours.files, ours.duplicates, ours.rejected),
            (theirs.files, theirs.duplicates, theirs.rejected)
        );
        assert_eq!(
            (ours.languages, ours.sources),
            (theirs.languages, theirs.sources)
        );
    }
}
