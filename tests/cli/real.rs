//! What needs an index: each test indexes a few invented articles and asks for them.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use morgue::Article;
use morgue::search::{Hit, Response};

use crate::support::{morgue, news, run_to};

fn sample_corpus() -> String {
    concat!(env!("CARGO_MANIFEST_DIR"), "/sample-corpus").into()
}

#[test]
fn one_command_on_a_fresh_machine_indexes_and_answers() {
    let dir = tempfile::tempdir().unwrap();
    let run = run_to(
        0,
        dir.path(),
        &["search", "--sync", &sample_corpus(), "--output", "json"],
    );
    let response: Response = serde_json::from_str(&run.stdout).unwrap();
    assert!(response.total > 0 && !response.hits.is_empty());
    assert!(dir.path().join("index").is_dir());
}

#[test]
fn index_prints_nothing_on_stdout_and_a_summary_on_stderr() {
    let dir = news();
    let run = run_to(0, dir.path(), &["index", "news.jsonl"]);
    assert_eq!(run.stdout, "");
    assert!(run.stderr.contains("indexed 3 articles"), "{}", run.stderr);
    assert_eq!(
        run_to(0, dir.path(), &["index", "news.jsonl", "--quiet"]).stderr,
        ""
    );
}

#[test]
fn the_exit_code_tells_what_was_found() {
    let dir = news();
    run_to(0, dir.path(), &["search", "--sync", "news.jsonl", "ferry"]);
    let nothing = run_to(1, dir.path(), &["search", "zeppelin"]);
    assert_eq!(
        (nothing.stdout.as_str(), nothing.stderr.as_str()),
        (
            "",
            "warning: `zeppelin` occurs nowhere\n  zeppelin\n  ^^^^^^^^\nnothing found\n"
        )
    );
    let wrong = run_to(2, dir.path(), &["search", "headlin:ferry"]);
    assert!(
        wrong.stderr.contains("\n  headlin:ferry\n  ^"),
        "{}",
        wrong.stderr
    );
    let unknown = run_to(1, dir.path(), &["show", "n:99"]);
    assert!(
        unknown
            .stderr
            .starts_with("error: no article has the id `n:99`\n"),
        "{}",
        unknown.stderr
    );
    run_to(1, dir.path(), &["show", "-x"]);
    run_to(0, dir.path(), &["search", "--", "-zeppelin"]);
}

#[test]
fn every_output_has_every_hit() {
    let dir = news();
    run_to(0, dir.path(), &["index", "news.jsonl"]);
    let ids = |args: &[&str], id_of: &dyn Fn(&str) -> Vec<String>| {
        id_of(&run_to(0, dir.path(), args).stdout)
    };
    let of_json = |text: &str| {
        let response: Response = serde_json::from_str(text).unwrap();
        assert_eq!(response.total, response.hits.len() as u64);
        response.hits.into_iter().map(|hit| hit.id).collect()
    };
    let of_lines = |text: &str| {
        text.lines()
            .map(|line| serde_json::from_str::<Hit>(line).unwrap().id)
            .collect()
    };
    let of_csv = |text: &str| {
        text.lines()
            .skip(1)
            .map(|row| row.split(',').nth(2).unwrap().to_owned())
            .collect()
    };
    let json = ids(&["search", "larkmouth", "--output", "json"], &of_json);
    assert_eq!(json.len(), 2);
    assert_eq!(
        ids(
            &["search", "larkmouth", "--output", "json", "--all"],
            &of_json
        ),
        json
    );
    assert_eq!(
        ids(
            &["search", "larkmouth", "--output", "jsonl", "--all"],
            &of_lines
        ),
        json
    );
    assert_eq!(
        ids(&["search", "larkmouth", "--output", "jsonl"], &of_lines),
        json
    );
    assert_eq!(
        ids(
            &["search", "larkmouth", "--output", "csv", "--all"],
            &of_csv
        ),
        json
    );
    assert_eq!(
        ids(&["search", "larkmouth", "--output", "csv"], &of_csv),
        json
    );
}

#[test]
fn paging_goes_through_all_hits_once() {
    let dir = news();
    run_to(0, dir.path(), &["index", "news.jsonl"]);
    let mut seen = Vec::new();
    let mut after: Option<String> = None;
    loop {
        let mut args = vec!["search", "--limit", "1", "--output", "json"];
        if let Some(cursor) = &after {
            args.extend(["--after", cursor]);
        }
        let page: Response = serde_json::from_str(&run_to(0, dir.path(), &args).stdout).unwrap();
        seen.extend(page.hits.into_iter().map(|hit| hit.id));
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    seen.sort();
    assert_eq!(seen, ["n:1", "n:2", "n:3"]);
}

#[test]
fn show_and_read_give_the_same_article() {
    let dir = news();
    run_to(0, dir.path(), &["index", "news.jsonl"]);
    let shown: Article =
        serde_json::from_str(&run_to(0, dir.path(), &["show", "n:1", "--output", "json"]).stdout)
            .unwrap();
    let read = run_to(0, dir.path(), &["read", "news.jsonl"]).stdout;
    let read: Article = serde_json::from_str(read.lines().next().unwrap()).unwrap();
    assert_eq!(shown.headline, "Ferry service returns to Larkmouth");
    assert_eq!(
        (shown.headline, shown.body, shown.date),
        (read.headline, read.body, read.date)
    );
    let text = run_to(0, dir.path(), &["show", "n:1"]).stdout;
    assert!(
        text.starts_with("Ferry service returns to Larkmouth\n1963-08-14"),
        "{text}"
    );
}

#[test]
fn the_report_has_a_line_for_what_was_rejected() {
    let dir = news();
    std::fs::write(
        dir.path().join("broken.jsonl"),
        "{\"id\": \"b:1\", \"headline\": \"A whole one\"}\n{\"id\": \n",
    )
    .unwrap();
    let run = run_to(
        0,
        dir.path(),
        &["index", "broken.jsonl", "--report", "report.jsonl"],
    );
    assert!(run.stderr.contains("broken.jsonl"), "{}", run.stderr);
    let report = std::fs::read_to_string(dir.path().join("report.jsonl")).unwrap();
    let rejected = report
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap())
        .filter(|line| line["outcome"] == "rejected")
        .count();
    assert_eq!(rejected, 1, "{report}");
}

#[test]
fn a_reader_that_has_seen_enough_is_no_error() {
    let dir = tempfile::tempdir().unwrap();
    let article = |number: u32| {
        format!(
            "{{\"id\": \"m:{number}\", \"headline\": \"Tide table {number}\", \"body\": \"{}\"}}\n",
            "High water at noon. ".repeat(20)
        )
    };
    // More than a pipe and our own buffer hold together.
    std::fs::write(
        dir.path().join("many.jsonl"),
        (0..1000).map(article).collect::<String>(),
    )
    .unwrap();
    run_to(0, dir.path(), &["index", "many.jsonl"]);
    for args in [
        &["search", "--all", "--output", "jsonl"][..],
        &["search", "--all"],
        &["search", "--all", "--output", "csv"],
        &["search", "--all", "--output", "json"],
        &["read", "many.jsonl"],
    ] {
        let mut child = morgue(dir.path(), args)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut first = String::new();
        let mut stdout = BufReader::with_capacity(64, child.stdout.take().unwrap());
        stdout.read_line(&mut first).unwrap();
        assert!(!first.is_empty());
        drop(stdout);
        let ended = child.wait_with_output().unwrap();
        assert_eq!(ended.status.code(), Some(0), "{args:?}");
        assert_eq!(String::from_utf8(ended.stderr).unwrap(), "", "{args:?}");
    }
}

#[test]
fn a_shell_pipe_ends_well() {
    let dir = news();
    run_to(0, dir.path(), &["index", "news.jsonl"]);
    let script = format!(
        "{} search --all --output jsonl -q | head -1; echo ${{PIPESTATUS[0]}}",
        env!("CARGO_BIN_EXE_morgue")
    );
    let Ok(output) = Command::new("bash")
        .args(["-c", &script])
        .current_dir(dir.path())
        .output()
    else {
        eprintln!("skipped: there is no bash");
        return;
    };
    assert!(
        String::from_utf8(output.stdout)
            .unwrap()
            .ends_with("}\n0\n")
    );
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
}

#[test]
fn a_full_disk_is_an_error() {
    let dir = news();
    run_to(0, dir.path(), &["index", "news.jsonl"]);
    let Ok(full) = std::fs::File::options().write(true).open("/dev/full") else {
        eprintln!("skipped: there is no /dev/full");
        return;
    };
    let output = morgue(dir.path(), &["search"])
        .stdout(full)
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(
        String::from_utf8(output.stderr)
            .unwrap()
            .starts_with("error: cannot write to stdout: ")
    );
}

#[test]
fn facets_in_an_output_without_room_for_them_are_told() {
    let dir = news();
    run_to(0, dir.path(), &["index", "news.jsonl"]);
    let run = run_to(
        0,
        dir.path(),
        &["search", "--facet", "source,year", "--output", "csv"],
    );
    assert!(
        run.stderr
            .starts_with("warning: `--output csv` has no place for facets"),
        "{}",
        run.stderr
    );
    let json = run_to(
        0,
        dir.path(),
        &[
            "search", "--facet", "source", "--facet", "year", "--output", "json",
        ],
    );
    let response: Response = serde_json::from_str(&json.stdout).unwrap();
    assert_eq!(response.facets.len(), 2);
}

#[test]
fn colour_comes_only_when_asked_for_in_a_pipe() {
    let dir = news();
    run_to(0, dir.path(), &["index", "news.jsonl"]);
    assert!(
        !run_to(0, dir.path(), &["search", "ferry"])
            .stdout
            .contains('\u{1b}')
    );
    assert!(
        run_to(0, dir.path(), &["search", "ferry", "--color", "always"])
            .stdout
            .contains('\u{1b}')
    );
}
