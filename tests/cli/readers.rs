//! Who may only read an index can do with it all that needs no more, and is told in plain words what does.
#![cfg(unix)]

use std::fs;
use std::io::Write;
use std::os::unix::fs::{PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;

use super::serve::{get, start_as};
use crate::support::{morgue, news, run_to};

/// A user who owns nothing.
const NOBODY: u32 = 65534;

/// A folder with an index that this user may not change, and with a folder `own` that is the user's.
struct Desk {
    folder: tempfile::TempDir,
    /// We are root, whom no mode of a file keeps from anything: the program is run by somebody else.
    by_nobody: bool,
}

impl Desk {
    fn new() -> Self {
        let folder = news();
        let dir = folder.path();
        run_to(0, dir, &["index", "news.jsonl"]);
        // The next commit removes files of the first.
        let more = r#"{"id": "n:4", "headline": "The ferry is late", "body": "It waits for the tide.", "date": "1963-09-14"}"#;
        fs::write(dir.join("more.jsonl"), format!("{more}\n")).unwrap();
        run_to(0, dir, &["index", "news.jsonl", "more.jsonl"]);
        fs::create_dir(dir.join("own")).unwrap();
        let by_nobody = fs::metadata(dir).is_ok_and(|dir| {
            use std::os::unix::fs::MetadataExt;
            dir.uid() == 0
        });
        if by_nobody {
            chown(dir.join("own"), Some(NOBODY), Some(NOBODY)).unwrap();
            // Where it is built others may not come.
            let program = dir.join("own/morgue");
            if fs::hard_link(env!("CARGO_BIN_EXE_morgue"), &program).is_err() {
                fs::copy(env!("CARGO_BIN_EXE_morgue"), &program).unwrap();
            }
        }
        let desk = Desk { folder, by_nobody };
        desk.set_mode(0o755);
        desk.allow(false);
        desk
    }

    fn dir(&self) -> &Path {
        self.folder.path()
    }

    fn set_mode(&self, mode: u32) {
        fs::set_permissions(self.dir(), fs::Permissions::from_mode(mode)).unwrap();
    }

    /// Lets the owner write to the index, or not. Root may always.
    fn allow(&self, writing: bool) {
        let index = self.dir().join("index");
        let (of_folder, of_files) = if writing {
            (0o755, 0o644)
        } else {
            (0o555, 0o444)
        };
        fs::set_permissions(&index, fs::Permissions::from_mode(0o755)).unwrap();
        for entry in fs::read_dir(&index).unwrap() {
            let path = entry.unwrap().path();
            if !self.by_nobody && path.is_file() {
                fs::set_permissions(path, fs::Permissions::from_mode(of_files)).unwrap();
            }
        }
        if !self.by_nobody {
            fs::set_permissions(&index, fs::Permissions::from_mode(of_folder)).unwrap();
        }
    }

    /// The program, run by the user who may only read.
    fn command(&self, args: &[&str]) -> Command {
        if !self.by_nobody {
            return morgue(self.dir(), args);
        }
        let mut command = Command::new(self.dir().join("own/morgue"));
        command.current_dir(self.dir()).args(args);
        command.env_remove("MORGUE_INDEX").uid(NOBODY).gid(NOBODY);
        command
    }

    /// Runs it to its end, and demands its exit code; what it has printed, and what it has said.
    #[track_caller]
    fn run_to(&self, code: i32, args: &[&str]) -> (String, String) {
        let done = self.command(args).output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        let (out, said) = (text(done.stdout), text(done.stderr));
        assert_eq!(done.status.code(), Some(code), "{args:?}: {out}{said}");
        (out, said)
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        self.allow(true);
    }
}

#[test]
fn every_file_may_be_read_by_whom_the_others_may() {
    let folder = news();
    run_to(0, folder.path(), &["index", "news.jsonl"]);
    let modes = fs::read_dir(folder.path().join("index"))
        .unwrap()
        .map(|entry| {
            let entry = entry.unwrap();
            let mode = entry.metadata().unwrap().permissions().mode();
            (mode & 0o777, entry.file_name().into_string().unwrap())
        });
    let modes: Vec<_> = modes.collect();
    assert!(modes.iter().any(|(_, name)| name == ".managed.json"));
    assert!(
        modes.iter().all(|(mode, _)| *mode == modes[0].0),
        "{modes:?}"
    );
}

#[test]
fn reading_needs_no_more_than_reading() {
    let desk = Desk::new();
    let (out, _) = desk.run_to(0, &["search", "ferry", "--output", "json"]);
    let found: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(found["total"], 3);
    for args in [
        &["search", "ferry"][..],
        &["search", "--all", "--output", "jsonl"],
        &["search", "--facet", "source", "--timeline", "year", "ferry"],
        &["show", "n:1"],
        &["show", "n:1", "--versions"],
        &["show", "n:1", "--output", "json", "--query", "ferry"],
        &["explain", "ferry"],
        &["status"],
        &["status", "--output", "json"],
        &["check"],
        &["backup", "own/backup"],
        &["search", "--index", "own/backup", "ferry"],
    ] {
        let (out, said) = desk.run_to(0, args);
        assert!(!said.contains("error"), "{args:?}: {out}{said}");
    }
    desk.run_to(1, &["watch", "list"]);
}

#[test]
fn servers_and_agents_need_no_more_either_and_see_what_others_commit() {
    let desk = Desk::new();
    let (_server, address) = start_as(desk.command(&["serve", "--port", "0"]));
    let total = |total: &str| {
        let answer = get(&address, "/api/v1/search?q=ferry");
        assert!(answer.contains(&format!("\"total\":{total}")), "{answer}");
    };
    total("3");
    desk.allow(true);
    let more = r#"{"id": "n:5", "headline": "The ferry is gone", "body": "It sank.", "date": "1963-10-14"}"#;
    fs::write(desk.dir().join("more.jsonl"), format!("{more}\n")).unwrap();
    run_to(0, desk.dir(), &["index", "--yes", "more.jsonl"]);
    desk.allow(false);
    std::thread::sleep(std::time::Duration::from_secs(2));
    assert!(get(&address, "/api/v1/articles/n:5").contains("It sank."));

    let mut agent = desk.command(&["mcp"]);
    let mut agent = agent
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let asked = [
        r#"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"test","version":"1"}}}"#,
        r#"{"jsonrpc":"2.0","method":"notifications/initialized"}"#,
        r#"{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"search","arguments":{"query":"sank"}}}"#,
    ];
    let mut input = agent.stdin.take().unwrap();
    for line in asked {
        writeln!(input, "{line}").unwrap();
    }
    let mut lines = std::io::BufRead::lines(std::io::BufReader::new(agent.stdout.take().unwrap()));
    let answer = lines.find_map(|line| line.ok().filter(|line| line.contains("\"id\":2")));
    assert!(answer.unwrap().contains("n:5"));
    drop(input);
    assert!(agent.wait().unwrap().success());
}

#[test]
fn writing_says_what_and_why() {
    let desk = Desk::new();
    for args in [
        &["index", "news.jsonl"][..],
        &["index", "--rebuild"],
        &["search", "--sync", "news.jsonl", "ferry"],
        &["check", "--repair"],
        &[
            "watch",
            "add",
            "w",
            "ferry",
            "--to",
            "feed",
            "--path",
            "own/feed.xml",
        ],
    ] {
        let (_, said) = desk.run_to(2, args);
        let expected = "error: cannot write `index`: you may not read or write it";
        assert!(said.contains(expected), "{args:?}: {said}");
        assert!(
            said.contains("hint: take another folder"),
            "{args:?}: {said}"
        );
    }
    desk.run_to(0, &["search", "ferry"]);
}

/// Headers, addresses and queries of watches may be secret.
#[test]
fn the_watches_of_another_user_stay_their_own() {
    let desk = Desk::new();
    if !desk.by_nobody {
        return;
    }
    let add = [
        "watch", "add", "w", "ferry", "--to", "feed", "--path", "feed.xml",
    ];
    run_to(0, desk.dir(), &add);
    for args in [&["watch", "list"][..], &["backup", "own/backup"]] {
        let (_, said) = desk.run_to(2, args);
        assert!(said.contains("error: cannot read `"), "{args:?}: {said}");
        assert!(said.contains("index/watches/"), "{args:?}: {said}");
    }
    let (_, said) = desk.run_to(0, &["check"]);
    assert!(
        said.contains("the watches are another user's, and were not checked"),
        "{said}"
    );
}
