//! Bad surroundings, of the real program: folders that cannot be written, full disks, no more files, options that mean nothing. None
//! of them panics, each ends with exit code 2 and a message, and what was indexed before still answers.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;

use super::{Case, STORY, Trial};
use crate::support::{morgue, run, run_to};

/// A case of one run of the program.
macro_rules! run {
    ($name:literal, $what:literal, $args:expr) => {
        Case {
            name: $name,
            what: $what,
            trial: Trial::Own(|dir| Some(ended(prepared(dir), $args))),
        }
    };
}

pub(super) const CASES: &[Case] = &[
    run!(
        "no-such-path",
        "a path that does not exist",
        &["index", "no/such/folder"]
    ),
    run!(
        "index-is-file",
        "an index where a file is",
        &["index", "news", "--index", "news/a.txt"]
    ),
    run!(
        "index-in-file",
        "an index in a folder that is a file",
        &["index", "news", "--index", "news/a.txt/index"]
    ),
    run!(
        "index-unwritable",
        "an index where nothing can be written",
        &["index", "news", "--index", "/proc/morgue"]
    ),
    Case {
        name: "index-read-only",
        what: "an index in a folder that the user may not change",
        trial: Trial::Own(read_only),
    },
    run!(
        "index-foreign",
        "an index in a folder of something else",
        &["index", "news", "--index", "news"]
    ),
    run!(
        "no-index",
        "a search without an index",
        &["search", "ferry", "--index", "nowhere"]
    ),
    run!(
        "index-damaged",
        "an index whose list of segments is broken",
        &["search", "ferry", "--index", "broken"]
    ),
    run!(
        "report-in-nothing",
        "a report in a folder that does not exist",
        &["index", "news", "--report", "no/such/report"]
    ),
    run!(
        "report-is-folder",
        "a report where a folder is",
        &["index", "news", "--report", "news"]
    ),
    run!(
        "report-full",
        "a report on a full disk",
        &["read", "news", "--report", "/dev/full"]
    ),
    run!(
        "order-unknown",
        "an order of dates that is not known",
        &["read", "news", "--date-order", "ymd"]
    ),
    run!(
        "memory-in-words",
        "a memory that is no number",
        &["index", "news", "--memory", "lots"]
    ),
    run!(
        "memory-too-small",
        "a memory that nothing can be done with",
        &["index", "news", "--memory", "10MB"]
    ),
    run!(
        "no-threads",
        "no thread to do the work",
        &["index", "news", "--threads", "0"]
    ),
    run!(
        "report-watched",
        "a report among the files that are watched",
        &["index", "news", "--watch", "--report", "news/report"]
    ),
    run!(
        "map-unknown",
        "a field that is not known",
        &["read", "news", "--map", "colour=c"]
    ),
    Case {
        name: "output-full",
        what: "stdout on a full disk",
        trial: Trial::Own(|dir| Some(shell(prepared(dir), "", "read news > /dev/full"))),
    },
    Case {
        name: "disk-full",
        what: "an index on a disk that is full after 64 KB",
        trial: Trial::Own(|dir| {
            Some(shell(
                prepared(dir),
                "trap '' XFSZ; ulimit -f 128",
                "index news more --yes",
            ))
        }),
    },
    Case {
        name: "no-more-files",
        what: "an index where the system gives 8 open files",
        trial: Trial::Own(|dir| Some(shell(prepared(dir), "ulimit -n 8", "index news more --yes"))),
    },
    Case {
        name: "no-more-files-to-search",
        what: "a search where the system gives 4 open files",
        trial: Trial::Own(|dir| Some(shell(prepared(dir), "ulimit -n 4", "search harbour"))),
    },
];

/// A folder with an index of one story, files that are not in it, and a broken index.
fn prepared(dir: &Path) -> &Path {
    fs::create_dir(dir.join("news")).unwrap();
    fs::write(dir.join("news/a.txt"), STORY).unwrap();
    run_to(0, dir, &["index", "news"]);
    run_to(0, dir, &["index", "news", "--index", "broken"]);
    fs::write(dir.join("broken/meta.json"), "{").unwrap();
    fs::create_dir(dir.join("more")).unwrap();
    for number in 0..40 {
        let story = format!(
            "{{\"headline\": \"Story {number}\", \"body\": \"{}\"}}\n",
            noise(number)
        );
        fs::write(dir.join(format!("more/{number}.jsonl")), story).unwrap();
    }
    dir
}

/// Words that do not shrink much.
fn noise(seed: u32) -> String {
    let mut state = seed + 1;
    let letter = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let letter = (state >> 24) as u8 % 32;
        char::from(if letter < 26 { b'a' + letter } else { b' ' })
    };
    std::iter::repeat_with(letter).take(8_000).collect()
}

/// How a run ended, and what it said; afterwards the index answers as before.
fn ended(dir: &Path, args: &[&str]) -> String {
    let run = run(dir, args);
    still_answers(dir);
    said(run.code, &run.stderr)
}

/// Nothing where the user may write everything.
fn read_only(dir: &Path) -> Option<String> {
    let dir = prepared(dir);
    let allow = |mode| {
        fs::set_permissions(dir.join("index"), fs::Permissions::from_mode(mode)).unwrap();
    };
    allow(0o555);
    let may = fs::write(dir.join("index/probe"), "").is_ok();
    let told = (!may).then(|| ended(dir, &["index", "news", "more", "--yes"]));
    allow(0o755);
    told
}

/// The same, run by a shell that narrows what the program may use.
fn shell(dir: &Path, before: &str, args: &str) -> String {
    let script = format!("{before}\nexec \"$0\" {args}");
    let program = morgue(dir, &[]).get_program().to_owned();
    let run = Command::new("sh")
        .args(["-c", &script])
        .arg(program)
        .current_dir(dir)
        .output()
        .unwrap();
    let stderr = String::from_utf8(run.stderr).unwrap();
    still_answers(dir);
    said(
        run.status
            .code()
            .unwrap_or_else(|| panic!("{:?}: {stderr}", run.status)),
        &stderr,
    )
}

/// Where the last file is opened depends on which thread is faster; what is told does not.
#[test]
fn with_few_files_an_index_is_made_or_the_reason_told() {
    let dir = tempfile::tempdir().unwrap();
    let dir = prepared(dir.path());
    for files in (9..100).step_by(5) {
        let told = shell(dir, &format!("ulimit -n {files}"), "index news more --yes");
        if told.starts_with("exit 0") {
            return;
        }
        assert!(told.starts_with("exit 2: "), "{told}");
        assert!(told.contains(": too many open files / hint: "), "{told}");
    }
    panic!("100 files are enough");
}

fn still_answers(dir: &Path) {
    assert!(
        run_to(0, dir, &["search", "harbour", "--output", "jsonl"])
            .stdout
            .contains("Harbour reopens")
    );
}

fn said(code: i32, stderr: &str) -> String {
    assert!(!stderr.contains("panicked"), "{stderr}");
    let lines: Vec<&str> = stderr
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect();
    format!("exit {code}: {}", lines.join(" / "))
}
