//! `morgue index` is told to end by the user (SIGINT) or the system (SIGTERM): what has come in is kept, and the next run goes on.

use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::support::{morgue, run, run_to};

const ARTICLES: usize = 30_000;

/// A folder with files that take a while to be indexed.
fn archive() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    fs::create_dir(dir.path().join("news")).unwrap();
    for file in 0..30 {
        let line = |n: usize| {
            format!(
                "{{\"id\": \"{file}-{n}\", \"headline\": \"Ferry {n} of {file}\", \"language\": \"en\", \"body\": \"The ferry {n} waits {}for the tide.\"}}\n",
                "at the quay ".repeat(40)
            )
        };
        let lines: String = (0..ARTICLES / 30).map(line).collect();
        fs::write(dir.path().join(format!("news/{file:02}.jsonl")), lines).unwrap();
    }
    dir
}

/// The program, saying what it says into a file.
fn start(dir: &Path, args: &[&str]) -> Child {
    let said = fs::File::create(dir.join("said")).unwrap();
    morgue(dir, args).stderr(Stdio::from(said)).spawn().unwrap()
}

fn said(dir: &Path) -> String {
    fs::read_to_string(dir.join("said")).unwrap()
}

fn signal(child: &Child, name: &str) {
    let id = child.id().to_string();
    let sent = Command::new("kill").args([name, &id]).status().unwrap();
    assert!(sent.success());
}

/// Waits until so many articles have been committed.
fn until_committed(dir: &Path, count: usize) {
    let begun = Instant::now();
    while run(dir, &["status"]).code != 0 || articles(dir) < count {
        assert!(begun.elapsed() < Duration::from_secs(60), "{}", said(dir));
        std::thread::sleep(Duration::from_millis(5));
    }
}

fn articles(dir: &Path) -> usize {
    let status = run_to(0, dir, &["status", "--output", "json"]).stdout;
    let status: serde_json::Value = serde_json::from_str(&status).unwrap();
    usize::try_from(status["articles"].as_u64().unwrap()).unwrap()
}

#[test]
fn what_has_come_in_is_kept_and_the_next_run_goes_on() {
    for name in ["-INT", "-TERM"] {
        let archive = archive();
        let dir = archive.path();
        let mut child = start(dir, &["index", "news", "--commit-every", "1000"]);
        until_committed(dir, 2000);
        signal(&child, name);
        assert_eq!(child.wait().unwrap().code(), Some(2), "{}", said(dir));
        let told = said(dir);
        assert!(
            told.contains("stopping, when what has come in is safe; once more stops at once\n"),
            "{told}"
        );
        let kept = articles(dir);
        assert!(0 < kept && kept < ARTICLES, "{kept}: {told}");
        let end = format!(
            "error: stopped before the end; {kept} articles are in the index, and the next run goes on there\n"
        );
        assert!(told.ends_with(&end), "{told}");
        run_to(0, dir, &["check"]);
        let next = run_to(0, dir, &["index", "news"]).stderr;
        assert!(!next.contains(" 0 unchanged"), "{next}");
        assert_eq!(articles(dir), ARTICLES);
        run_to(0, dir, &["check"]);
    }
}

#[test]
fn a_rebuild_is_taken_up_too() {
    let archive = archive();
    let dir = archive.path();
    run_to(0, dir, &["index", "news"]);
    let mut child = start(dir, &["index", "--rebuild", "--commit-every", "1000"]);
    std::thread::sleep(Duration::from_millis(300));
    signal(&child, "-TERM");
    assert_eq!(child.wait().unwrap().code(), Some(2), "{}", said(dir));
    assert!(
        said(dir).contains("it was broken off; the next one goes on there"),
        "{}",
        said(dir)
    );
    assert_eq!(articles(dir), ARTICLES);
    run_to(0, dir, &["index", "--rebuild"]);
    assert_eq!(articles(dir), ARTICLES);
    run_to(0, dir, &["check"]);
}

/// A receiver that takes its time must not hold up who wants an end: what it has not taken, it is given again.
#[test]
fn who_asks_twice_does_not_wait() {
    let check = |args: &[&str], signals: usize| {
        let archive = tempfile::tempdir().unwrap();
        let dir = archive.path();
        fs::create_dir(dir.join("news")).unwrap();
        let line = |id: &str| {
            format!(
                "{{\"id\": \"{id}\", \"headline\": \"Ferry waits\", \"body\": \"The ferry waits for the tide.\"}}\n"
            )
        };
        fs::write(dir.join("news/a.jsonl"), line("a")).unwrap();
        run_to(0, dir, &["index", "news"]);
        let slow = [
            "watch",
            "add",
            "slow",
            "ferry",
            "--to",
            "command",
            "--run",
            "sh -c 'touch began; sleep 20'",
        ];
        run_to(0, dir, &slow);
        fs::write(dir.join("news/b.jsonl"), line("b")).unwrap();
        let mut child = start(dir, args);
        let begun = Instant::now();
        while !dir.join("began").exists() {
            assert!(begun.elapsed() < Duration::from_secs(60), "{}", said(dir));
            std::thread::sleep(Duration::from_millis(5));
        }
        for _ in 0..signals {
            std::thread::sleep(Duration::from_millis(300));
            assert_eq!(child.try_wait().unwrap(), None, "{}", said(dir));
            signal(&child, "-INT");
        }
        assert_eq!(child.wait().unwrap().code(), Some(2), "{}", said(dir));
        assert!(begun.elapsed() < Duration::from_secs(15), "it has waited");
        assert_eq!(articles(dir), 2);
    };
    check(&["index", "news"], 1);
    check(&["index", "news", "--watch"], 2);
}
