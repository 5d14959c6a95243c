//! The program is killed at random moments while it indexes: the index always opens, and a next run makes it what it would have
//! been.

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use morgue::search::{FacetName, Request, Response, Sort};
use morgue::{Archive, Error};

use super::{Desk, articles, line, names_in, text};
use crate::support::morgue;

/// A second process: the program, or this test binary itself, told to run a test that does nothing else.
pub(crate) struct Child {
    pub(crate) process: std::process::Child,
    /// Where the program writes what it says.
    said: PathBuf,
}

impl Child {
    const VARIABLE: &str = "MORGUE_CHILD";

    /// Runs the test `name` of `module` on the folder of an index.
    pub(crate) fn start(module: &str, name: &str, index: &Path) -> Self {
        let process = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", &format!("{module}::{name}")])
            .env(Child::VARIABLE, format!("{name} {}", index.display()))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        Child {
            process,
            said: PathBuf::new(),
        }
    }

    /// Runs the program in the folder in which a desk has its `files` and its `index`.
    pub(crate) fn program(desk: &Desk, args: &[&str]) -> Self {
        let said = desk.index().with_file_name("said");
        let process = morgue(desk.index().parent().unwrap(), args)
            .stdout(Stdio::null())
            .stderr(fs::File::create(&said).unwrap())
            .spawn()
            .unwrap();
        Child { process, said }
    }

    /// What the program has said aside.
    pub(crate) fn said(&self) -> String {
        fs::read_to_string(&self.said).unwrap()
    }

    /// The folder of the index, when this process is the child that runs the test `name`.
    pub(crate) fn folder(name: &str) -> Option<PathBuf> {
        let told = std::env::var(Child::VARIABLE).ok()?;
        told.strip_prefix(name)?
            .strip_prefix(' ')
            .map(PathBuf::from)
    }

    /// Waits until the child has made this file.
    pub(crate) fn wait_for(&mut self, file: &Path) {
        let begin = Instant::now();
        while !file.exists() {
            assert_eq!(
                self.process.try_wait().unwrap(),
                None,
                "the child has ended"
            );
            assert!(
                begin.elapsed() < Duration::from_secs(60),
                "the child does nothing"
            );
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// Kills it with a signal that it cannot see (`kill -9`); false when it had ended by itself.
    pub(crate) fn kill(&mut self) -> bool {
        let running = self.process.try_wait().unwrap().is_none();
        let _ = self.process.kill();
        self.process.wait().unwrap();
        running
    }

    /// Ends the program in one of several ways: told by the system or by the user, and mostly killed. False when it had ended by
    /// itself, and then all was well.
    pub(crate) fn end(&mut self, way: u64) -> bool {
        let (name, number) = match way {
            0 => ("-TERM", 15),
            1 => ("-INT", 2),
            _ => ("-KILL", 9),
        };
        if self.process.try_wait().unwrap().is_none() {
            let id = self.process.id().to_string();
            let sent = Command::new("kill").args([name, &id]).status().unwrap();
            assert!(sent.success());
        }
        let status = self.process.wait().unwrap();
        let said = self.said();
        match (status.code(), status.signal()) {
            (Some(0), _) => false,
            (None, Some(signal)) => {
                assert_eq!(signal, number, "{said}");
                true
            }
            // It has ended in good order, but not at its end.
            (code, _) => {
                assert!(code == Some(2) && number != 9, "{code:?}: {said}");
                let told = ["stopped before the end", "it was broken off"];
                assert!(told.iter().any(|told| said.contains(told)), "{said}");
                true
            }
        }
    }
}

impl Drop for Child {
    fn drop(&mut self) {
        self.kill();
    }
}

/// What is typed to index the files of a desk, with a commit every so often.
const INDEX: &[&str] = &["index", "files", "--yes", "--commit-every", "100"];

/// Nothing here needs good random numbers, but another run shall kill at other moments.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn below(&mut self, limit: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }
}

const FILES: u32 = 24;
const LINES: u32 = 100;

fn lines(file: u32, version: &str) -> String {
    (0..LINES)
        .map(|number| {
            line(
                &format!("{file}-{number}"),
                &format!("Ferry {number} {version}"),
            )
        })
        .collect()
}

fn fill(desk: &Desk) {
    for file in 0..FILES {
        desk.write(&format!("{}/{file:02}.jsonl", file % 3), lines(file, "old"));
        desk.write(
            &format!("texts/{file}.txt"),
            text(&format!("Harbour {file}")),
        );
    }
}

/// What the user does while the indexer is dead.
fn change(desk: &Desk, round: u32) {
    match round {
        2 => desk.remove("0/03.jsonl"),
        3 => desk.write("1/04.jsonl", lines(4, "new")),
        5 => desk.write("texts/new.txt", text("Harbour of late")),
        6 => fs::rename(desk.path("2/05.jsonl"), desk.path("2/five.jsonl")).unwrap(),
        7 => desk.remove("texts/7.txt"),
        _ => {}
    }
}

pub(crate) fn answers(archive: &Archive) -> Vec<Response> {
    let ask = |query: &str| {
        let request = Request {
            sort: Some(Sort::Newest),
            limit: 50,
            facets: vec![FacetName::Language, FacetName::Source, FacetName::Year],
            ..Request::for_query(query)
        };
        let mut response = archive.search(&request).unwrap();
        (response.took_ms, response.next) = (0.0, None);
        response
    };
    ["", "ferry", "\"ferry 7\"", "harbour NOT old", "ferry new"]
        .into_iter()
        .map(ask)
        .collect()
}

/// Whatever moment it was: the index opens, answers, and every article can be read once.
fn check_half_done(desk: &Desk) {
    let archive = match Archive::open(&desk.index()) {
        Err(Error::NoIndex(_)) => return,
        opened => opened.unwrap(),
    };
    let found = articles(&archive);
    assert_eq!(found.len() as u64, archive.articles().unwrap());
    assert_eq!(answers(&archive)[0].total, archive.articles().unwrap());
    assert_eq!(
        archive.status().unwrap().articles,
        archive.articles().unwrap()
    );
}

#[track_caller]
fn check_nothing_left_over(desk: &Desk) {
    let meta = fs::read_to_string(desk.index().join("meta.json")).unwrap();
    let mut manifests = 0;
    for name in names_in(&desk.index()) {
        let ours = ["meta.json", "dictionary.zstd", ".managed.json"].contains(&name.as_str())
            || Path::new(&name)
                .extension()
                .is_some_and(|extension| extension == "lock");
        let manifest = name.starts_with("manifest-") && meta.contains(&name);
        manifests += u32::from(manifest);
        let segment = name
            .split('.')
            .next()
            .is_some_and(|id| id.len() == 32 && meta.replace('-', "").contains(id));
        assert!(ours || manifest || segment, "{name} is left over");
    }
    assert_eq!(manifests, 1);
}

#[test]
fn a_killed_run_is_taken_up() {
    let (desk, undisturbed) = (Desk::new(), Desk::new());
    fill(&desk);
    let begin = Instant::now();
    let mut child = Child::program(&desk, INDEX);
    assert!(child.process.wait().unwrap().success(), "{}", child.said());
    let whole = u64::try_from(begin.elapsed().as_millis()).unwrap();
    assert_eq!(
        desk.archive().articles().unwrap(),
        u64::from(FILES * LINES + FILES)
    );
    fs::remove_dir_all(desk.index()).unwrap();

    let seed = std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .unwrap()
        .as_nanos();
    let mut dice = Dice(u64::try_from(seed % (1 << 60)).unwrap());
    println!("seed {}", dice.0);
    let mut kills = 0;
    for round in 0..10 {
        let mut child = Child::program(&desk, INDEX);
        std::thread::sleep(Duration::from_millis(dice.below(whole * 2 / 3)));
        kills += u32::from(child.kill());
        check_half_done(&desk);
        change(&desk, round);
    }
    assert!(kills > 0, "no run was killed before its end");
    for name in [
        "manifest-99999999999999999999.json.zst",
        "dictionary.zstd.unfinished",
        ".tmpAbCdEf",
    ] {
        fs::write(desk.index().join(name), "half").unwrap();
    }
    desk.sync(&[""]);

    fill(&undisturbed);
    (0..10).for_each(|round| change(&undisturbed, round));
    undisturbed.sync(&[""]);
    assert_eq!(desk.articles(), undisturbed.articles());
    let ids = |desk: &Desk| desk.articles().into_keys().collect::<BTreeSet<_>>();
    assert!(!ids(&desk).contains("3-0") && ids(&desk).contains("5-0"));
    for (ours, theirs) in answers(&desk.archive())
        .into_iter()
        .zip(answers(&undisturbed.archive()))
    {
        assert_eq!(ours, theirs);
    }
    // A run with work to do sweeps up.
    desk.write("texts/last.txt", text("Last"));
    desk.sync(&[""]);
    check_nothing_left_over(&desk);
}
