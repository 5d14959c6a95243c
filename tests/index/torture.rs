//! Every command of the program is killed or ended at random moments while others read: the index always opens and is whole,
//! and in the end it is what it would have been had nobody died.
//!
//! `MORGUE_KILLS=200` does so that often; else it is a few. A moment is taken from the length of an undisturbed run of the same
//! command. `MORGUE_SEED` does again what a run has printed at its beginning, as far as the machine is as fast.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use morgue::index::check;
use morgue::intake::{Entry, Outcome};
use morgue::search::Request;
use morgue::{Archive, Error};

use super::kill::{Child, Dice, answers};
use super::{Desk, articles, line, names_in, text};
use crate::source::{gzip, zip};
use crate::support::run;

/// The commands, each as often as it is killed in turn.
const COMMANDS: &[&str] = &[
    "index", "index", "repair", "backup", "index", "restore", "index", "rebuild",
];

/// So many rounds lie between two comparisons with an undisturbed index.
const COMPARED: u64 = 20;

/// What is typed for a command, in the folder of a desk.
fn typed(command: &str) -> Vec<&'static str> {
    const INDEX: &[&str] = &["--yes", "--commit-every", "150", "--report", "report"];
    match command {
        "index" => [&["index", "files"], INDEX].concat(),
        "rebuild" => [&["index", "--rebuild"], INDEX].concat(),
        "repair" => vec!["check", "--repair", "--yes"],
        "backup" => vec!["backup", "backup"],
        "restore" => vec!["restore", "backup"],
        other => panic!("no command {other}"),
    }
}

/// The files, as a round has left them: each with the round in which it was written, or gone.
struct Files {
    written: BTreeMap<String, Option<u64>>,
}

impl Files {
    /// Those that take a while: a long one (several commits), others of many records, three versions of the same stories, an
    /// archive.
    const LARGE: &[&str] = &[
        "long.jsonl",
        "0.jsonl",
        "1.jsonl",
        "2.jsonl",
        "wire/1.jsonl",
        "wire/2.jsonl",
        "wire/3.jsonl",
        "pack.zip",
    ];
    const TEXTS: u64 = 30;

    fn new() -> Self {
        let texts = (0..Self::TEXTS).map(|number| format!("texts/{number}.txt"));
        let names = texts.chain(Self::LARGE.iter().map(ToString::to_string));
        Files {
            written: names.map(|name| (name, Some(0))).collect(),
        }
    }

    /// Writes all of them, and those that stay as they are: copies of texts, and what is damaged.
    fn write_all(&self, desk: &Desk) {
        for (name, round) in &self.written {
            if let Some(round) = round {
                write_one(desk, name, *round);
            }
        }
        for number in 0..6 {
            desk.write(&format!("copies/{number}.txt"), told(number, 0));
        }
        let lines = lines("b", 20, 0);
        desk.write("broken.jsonl", format!("{lines}{{\"id\": \"cut\n{lines}"));
        desk.write("cut.txt.gz", &gzip(told(1, 7).as_bytes())[..60]);
        desk.write("empty.txt", "");
    }

    /// What happens to the files before a run: some go, come back, or change. Tells what.
    fn change(&mut self, desk: &Desk, round: u64, dice: &mut Dice) -> String {
        let mut told = String::new();
        for _ in 0..=dice.below(3) {
            let large = dice.below(Self::LARGE.len() as u64 + 3);
            let name = match Self::LARGE.get(usize::try_from(large).unwrap()) {
                Some(name) => (*name).to_owned(),
                None => format!("texts/{}.txt", dice.below(Self::TEXTS)),
            };
            let there = self.written.get_mut(&name).unwrap();
            if there.is_some() && dice.below(3) == 0 {
                *there = None;
                desk.remove(&name);
                write!(told, " -{name}").unwrap();
            } else {
                *there = Some(round + 1);
                write_one(desk, &name, round + 1);
                write!(told, " +{name}").unwrap();
            }
        }
        told
    }
}

fn write_one(desk: &Desk, name: &str, round: u64) {
    let (stem, kind) = name.rsplit_once('.').unwrap();
    match (stem, kind) {
        ("long", _) => desk.write(name, lines("long", 700, round)),
        (_, "zip") => {
            let (inner, told) = (lines("pack", 60, round), told(99, round));
            let members: [(&str, &[u8]); 2] =
                [("a.jsonl", inner.as_bytes()), ("b/c.txt", told.as_bytes())];
            desk.write(name, zip(&members));
        }
        (_, "txt") => {
            let number = stem.rsplit('/').next().unwrap();
            desk.write(name, told(number.parse().unwrap(), round));
        }
        (stem, _) => match stem.strip_prefix("wire/") {
            // The third says what the second says, until one of them changes.
            Some(number) => desk.write(name, versions(number.parse().unwrap(), round)),
            None => desk.write(name, lines(stem, 80, round)),
        },
    }
}

fn told(number: u64, round: u64) -> String {
    text(&format!("Harbour {number} of {round}"))
}

fn lines(stem: &str, count: u64, round: u64) -> String {
    // In a file that has changed half of the articles are as they were.
    let article = |n: u64| {
        line(
            &format!("{stem}-{n}"),
            &format!("Ferry {n} of {}", round * (n % 2)),
        )
    };
    (0..count).map(article).collect()
}

fn versions(number: u64, round: u64) -> String {
    let version = number.min(2);
    let mut lines = String::new();
    for n in 0..40 {
        let of = round * (n % 2);
        writeln!(
            lines,
            "{{\"id\": \"wire-{n}\", \"version\": {version}, \"headline\": \"Tide {n}.{version} of {of}\", \
             \"date\": \"1963-08-1{version}\", \"body\": \"The harbour office has told the ferry to wait for the tide.\"}}"
        )
        .unwrap();
    }
    lines
}

/// Damages a file of the index.
fn wound(desk: &Desk, dice: &mut Dice) {
    let names = names_in(&desk.index()).into_iter();
    // A run that was cut off may have left some with nothing in them.
    let is_empty = |name: &String| fs::metadata(desk.index().join(name)).unwrap().len() == 0;
    let names: Vec<_> = names
        .filter(|name| name.len() > 32 && !name.starts_with("manifest") && !is_empty(name))
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
    Child::program(desk, &typed(command))
}

/// Runs a command to its end; how long that took.
#[track_caller]
fn finish(desk: &Desk, command: &str) -> Duration {
    let begin = Instant::now();
    let mut child = start(desk, command);
    let code = child.process.wait().unwrap().code();
    assert_eq!(code, Some(0), "{command}: {}", child.said());
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

/// Those who read meanwhile, and what they know of damage: while a file of the index is damaged, they may be told so.
#[derive(Default)]
struct Readers {
    stop: AtomicBool,
    /// Odd while something is damaged.
    wounds: AtomicU64,
    asked: AtomicU64,
}

/// The readers must stop also when an assertion fails.
struct Stop<'a>(&'a Readers);

impl Drop for Stop<'_> {
    fn drop(&mut self) {
        self.0.stop.store(true, Ordering::Release);
    }
}

impl Readers {
    /// Asks without an end. What is asked gives an error where it has met one.
    fn read_on(&self, index: &Path, mut ask: impl FnMut() -> Result<(), String>) {
        // The folder itself is another one after a rebuild, and whoever opens it at that moment has some files of each.
        let now = || {
            let folder = fs::metadata(index).map(|folder| folder.ino()).ok();
            (self.wounds.load(Ordering::SeqCst), folder)
        };
        while !self.stop.load(Ordering::Acquire) {
            std::thread::sleep(Duration::from_millis(5));
            let before = now();
            let answered = ask();
            let is_whole = before.0 % 2 == 0 && now() == before;
            match answered {
                Ok(()) => self.asked.fetch_add(1, Ordering::Relaxed),
                Err(error) if is_whole => panic!("a reader of a whole index: {error}"),
                Err(_) => continue,
            };
        }
    }

    /// Asks the same archive over and over, as a server does.
    fn serve(&self, index: &Path) {
        let archive = Archive::open(index).unwrap();
        self.read_on(index, || {
            let refreshed = archive.refresh();
            refreshed.map_err(|error| format!("refreshing: {error}"))?;
            let all = archive.articles().unwrap();
            let found = archive.search(&Request::for_query("ferry OR harbour"));
            let found = found.map_err(|error| format!("searching: {error}"))?;
            assert!(found.total <= all.max(archive.articles().unwrap()));
            Ok(())
        });
    }

    /// Asks with the program, as people do.
    fn search(&self, dir: &Path) {
        self.read_on(&dir.join("index"), || {
            let run = run(dir, &["search", "ferry OR harbour", "--output", "json"]);
            if run.code != 0 {
                return Err(run.stderr);
            }
            let found: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
            let hits = found["hits"].as_array().unwrap().len() as u64;
            assert_eq!(hits, found["total"].as_u64().unwrap().min(10));
            Ok(())
        });
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
    let mut files = Files::new();
    files.write_all(&desk);
    finish(&desk, "index");
    finish(&desk, "backup");
    let readers = Readers::default();
    let mut killed = BTreeMap::<&str, u32>::new();
    std::thread::scope(|scope| {
        let _stop = Stop(&readers);
        scope.spawn(|| readers.serve(&desk.index()));
        scope.spawn(|| readers.search(desk.index().parent().unwrap()));
        let lengths = lengths(&desk, &mut files, &readers, &mut dice);
        println!("undisturbed: {lengths:?}");
        for round in 0..kills {
            let command = COMMANDS[usize::try_from(round).unwrap() % COMMANDS.len()];
            let what = format!("seed {seed}, round {round}, {command}");
            let changed = files.change(&desk, round + 1, &mut dice);
            let hurt = command == "repair";
            if hurt {
                readers.wounds.fetch_add(1, Ordering::SeqCst);
                wound(&desk, &mut dice);
            }
            let length = u64::try_from(lengths[command].as_micros()).unwrap();
            let mut child = start(&desk, command);
            std::thread::sleep(Duration::from_micros(dice.below(length)));
            let way = dice.below(6);
            let ended = child.end(way);
            println!("{what}:{changed}; way {way}, ended before its end: {ended}");
            *killed.entry(command).or_default() += u32::from(ended);
            if !hurt {
                check_whole(&desk.index(), &what);
            }
            check_whole(&backup_of(&desk), &what);
            // What was cut off is taken up by the same command, or by whatever comes next.
            if hurt || dice.below(2) == 0 {
                finish(&desk, command);
                check_whole(&desk.index(), &what);
            }
            if hurt {
                readers.wounds.fetch_add(1, Ordering::SeqCst);
            }
            if round % COMPARED == COMPARED - 1 {
                finish(&desk, "index");
                check_equal_to_undisturbed(&desk, &[desk.index()], &files, &what);
            }
        }
    });
    let cut_off: u32 = killed.values().sum();
    println!(
        "{cut_off} of {kills} were ended before their end: {killed:?}; {} questions meanwhile",
        readers.asked.into_inner()
    );
    assert!(cut_off > 0);
    let what = format!("seed {seed}, in the end");
    finish(&desk, "index");
    check_whole(&desk.index(), &what);
    finish(&desk, "backup");
    let both = [desk.index(), backup_of(&desk)];
    check_equal_to_undisturbed(&desk, &both, &files, &what);
    // Built anew, it tells of all files, and the same. The first time it may take up what was cut off, and tell of the rest.
    finish(&desk, "rebuild");
    finish(&desk, "rebuild");
    let undisturbed = check_equal_to_undisturbed(&desk, &[desk.index()], &files, &what);
    let report = |desk: &Desk| fs::read_to_string(report_of(desk)).unwrap();
    assert!(report(&desk) == report(&undisturbed), "{what}: the reports");
    let folders = names_in(desk.index().parent().unwrap());
    assert_eq!(folders, ["backup", "files", "index", "report", "said"]);
}

/// How long each command takes when nobody disturbs it, with work to do: the mean of some runs.
fn lengths(
    desk: &Desk,
    files: &mut Files,
    readers: &Readers,
    dice: &mut Dice,
) -> BTreeMap<&'static str, Duration> {
    let mut lengths = BTreeMap::<_, Vec<Duration>>::new();
    for command in COMMANDS.iter().chain(COMMANDS) {
        files.change(desk, 0, dice);
        let hurt = *command == "repair";
        if hurt {
            readers.wounds.fetch_add(1, Ordering::SeqCst);
            wound(desk, dice);
        }
        let length = finish(desk, command);
        if hurt {
            readers.wounds.fetch_add(1, Ordering::SeqCst);
        }
        lengths.entry(*command).or_default().push(length);
    }
    let mean =
        |all: &Vec<Duration>| all.iter().sum::<Duration>() / u32::try_from(all.len()).unwrap();
    lengths
        .iter()
        .map(|(command, all)| (*command, mean(all)))
        .collect()
}

fn backup_of(desk: &Desk) -> PathBuf {
    desk.index().with_file_name("backup")
}

fn report_of(desk: &Desk) -> PathBuf {
    desk.index().with_file_name("report")
}

/// Indexes are what they would be had there been one run over the files as they are, and add up to what its report says.
fn check_equal_to_undisturbed(desk: &Desk, dirs: &[PathBuf], files: &Files, what: &str) -> Desk {
    let undisturbed = Desk::new();
    files.write_all(&undisturbed);
    finish(&undisturbed, "index");
    let report = fs::read_to_string(report_of(&undisturbed)).unwrap();
    let entries = report.lines().map(serde_json::from_str);
    let entries: Vec<Entry> = entries.map(Result::unwrap).collect();
    let records = |outcome: Outcome| {
        let of = |entry: &&Entry| entry.record.is_some() && entry.outcome == outcome;
        entries.iter().filter(of).count() as u64
    };
    let whole = undisturbed.archive();
    for dir in dirs {
        let archive = Archive::open(dir).unwrap();
        let at = dir.strip_prefix(desk.index().parent().unwrap()).unwrap();
        let what = format!("{what}, {}", at.display());
        let (found, expected) = (articles(&archive), articles(&whole));
        let (ids, expected_ids): (Vec<_>, Vec<_>) =
            (found.keys().collect(), expected.keys().collect());
        assert_eq!(ids, expected_ids, "{what}");
        for (id, article) in &found {
            assert_eq!(*article, expected[id], "{what}");
            let versions = |archive: &Archive| archive.versions(id).unwrap();
            if id.starts_with("wire") {
                assert_eq!(versions(&archive), versions(&whole), "{what}");
            }
        }
        assert_eq!(answers(&archive), answers(&whole), "{what}");
        let (ours, theirs) = (archive.status().unwrap(), whole.status().unwrap());
        assert_eq!(
            (ours.articles + ours.versions, ours.duplicates),
            (records(Outcome::Accepted), records(Outcome::Duplicate)),
            "{what}"
        );
        assert_eq!(
            (ours.files, ours.versions, ours.rejected, ours.embargoed),
            (theirs.files, theirs.versions, theirs.rejected, 0),
            "{what}"
        );
        assert_eq!(
            (ours.languages, ours.sources),
            (theirs.languages, theirs.sources),
            "{what}"
        );
    }
    undisturbed
}
