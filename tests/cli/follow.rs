//! `morgue index --watch`, as a process that runs while files come, change, move and go.

use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::support::{morgue, run};

/// A process that watches the folder `news`, and what it says.
struct Watch {
    dir: tempfile::TempDir,
    process: Child,
}

impl Watch {
    fn start(files: &[(&str, &str)]) -> Self {
        let dir = tempfile::tempdir().unwrap();
        for (name, word) in files {
            story(dir.path(), name, word);
        }
        let said = fs::File::create(dir.path().join("said")).unwrap();
        let process = morgue(dir.path(), &["index", "news", "--watch"])
            .stderr(Stdio::from(said))
            .spawn()
            .unwrap();
        let watch = Watch { dir, process };
        watch.until("it watches", |watch| {
            watch.said().contains("watching 1 path")
        });
        watch
    }

    fn dir(&self) -> &Path {
        self.dir.path()
    }

    fn said(&self) -> String {
        fs::read_to_string(self.dir().join("said")).unwrap()
    }

    /// How many articles have this word.
    fn found(&self, word: &str) -> usize {
        let found = run(
            self.dir(),
            &["search", word, "--output", "jsonl", "--limit", "500"],
        );
        found.stdout.lines().count()
    }

    #[track_caller]
    fn until(&self, what: &str, is_so: impl Fn(&Self) -> bool) {
        let begun = Instant::now();
        while !is_so(self) {
            assert!(
                begun.elapsed() < Duration::from_secs(60),
                "{what}: {}",
                self.said()
            );
            std::thread::sleep(Duration::from_millis(100));
        }
    }

    #[track_caller]
    fn until_found(&self, word: &str, count: usize) {
        self.until(word, |watch| watch.found(word) == count);
    }

    /// Ends it in good order.
    fn stop(mut self, signal: &str) -> String {
        let id = self.process.id().to_string();
        assert!(
            Command::new("kill")
                .args([signal, &id])
                .status()
                .unwrap()
                .success()
        );
        assert_eq!(
            self.process.wait().unwrap().code(),
            Some(0),
            "{}",
            self.said()
        );
        let said = self.said();
        assert!(said.ends_with("stopped; the index is whole\n"), "{said}");
        assert!(!said.contains("panicked"), "{said}");
        said
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn story(dir: &Path, name: &str, word: &str) {
    let path = dir.join("news").join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    let text = format!(
        "The {word} returns\n\nLARKMOUTH, March 4 - The {word} of Larkmouth is back at the quay, where it was last seen in the summer before the storm, says {name}.\n"
    );
    fs::write(path, text).unwrap();
}

#[test]
fn what_comes_changes_moves_and_goes_is_seen() {
    let watch = Watch::start(&[
        ("a.txt", "ferry"),
        ("b.txt", "barge"),
        ("1987/c.txt", "tram"),
    ]);
    assert_eq!((watch.found("ferry"), watch.found("tram")), (1, 1));
    // Comes, in a folder that was not there.
    story(watch.dir(), "1988/march/d.txt", "lighthouse");
    watch.until_found("lighthouse", 1);
    // Changes.
    story(watch.dir(), "b.txt", "schooner");
    watch.until_found("schooner", 1);
    assert_eq!(watch.found("barge"), 0);
    // Moves, with its folder.
    fs::rename(
        watch.dir().join("news/1987"),
        watch.dir().join("news/nineteen87"),
    )
    .unwrap();
    watch.until("it has moved", |watch| {
        let found = run(watch.dir(), &["search", "tram", "--output", "jsonl"]);
        found.stdout.lines().count() == 1 && found.stdout.contains("nineteen87/c.txt")
    });
    // Goes.
    fs::remove_file(watch.dir().join("news/a.txt")).unwrap();
    watch.until_found("ferry", 0);
    let said = watch.stop("-TERM");
    assert!(
        said.contains("files: 1 added, 0 changed, 0 removed, 3 unchanged"),
        "{said}"
    );
}

#[test]
fn a_burst_is_a_round_or_two_and_a_great_loss_is_refused() {
    let watch = Watch::start(&[("a.txt", "ferry")]);
    for number in 0..200 {
        story(watch.dir(), &format!("burst/{number}.txt"), "gull");
    }
    watch.until_found("gull", 200);
    let rounds = watch.said().matches("indexed ").count() - 1;
    assert!(rounds <= 3, "{}", watch.said());
    // A drive that is gone, or a slip: nothing is removed, and it goes on.
    fs::rename(
        watch.dir().join("news/burst"),
        watch.dir().join("elsewhere"),
    )
    .unwrap();
    watch.until("it refuses", |watch| {
        watch
            .said()
            .contains("200 of 201 articles would be removed")
    });
    assert_eq!(watch.found("gull"), 200);
    fs::rename(
        watch.dir().join("elsewhere"),
        watch.dir().join("news/burst"),
    )
    .unwrap();
    story(watch.dir(), "late.txt", "heron");
    watch.until_found("heron", 1);
    assert_eq!(watch.found("gull"), 200);
    let said = watch.stop("-INT");
    assert_eq!(said.matches("would be removed").count(), 1, "{said}");
}

#[test]
fn an_index_among_its_files_is_not_news() {
    let dir = tempfile::tempdir().unwrap();
    story(dir.path(), "a.txt", "ferry");
    let news = dir.path().join("news");
    let first = run(&news, &["index", "."]);
    assert_eq!(first.code, 0, "{}", first.stderr);
    let again = run(&news, &["index", "."]);
    assert!(
        again
            .stderr
            .contains("files: 0 added, 0 changed, 0 removed, 1 unchanged"),
        "{}",
        again.stderr
    );
}
