//! What tests share: running the program, an archive in one call, and a fixed response. All news in here is invented.

use std::path::Path;
use std::process::{Command, Output};
use std::time::Duration;

use morgue::article::{Place, PlaceFrom};
use morgue::search::{
    Bucket, FacetCount, FacetName, Hit, QueryEcho, Response, Snippet, SnippetField, Sort, Warning,
};

/// The program, in a folder, with none of the user's settings.
pub fn morgue(dir: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_morgue"));
    command.current_dir(dir).args(args);
    for variable in ["MORGUE_INDEX", "NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE"] {
        command.env_remove(variable);
    }
    command
}

/// What a run of the program left.
#[derive(Debug)]
pub struct Run {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

/// Runs the program to its end.
pub fn run(dir: &Path, args: &[&str]) -> Run {
    let Output {
        status,
        stdout,
        stderr,
    } = morgue(dir, args).output().unwrap();
    Run {
        code: status.code().expect("the program ends by itself"),
        stdout: String::from_utf8(stdout).unwrap(),
        stderr: String::from_utf8(stderr).unwrap(),
    }
}

/// Runs the program and demands its exit code.
#[track_caller]
pub fn run_to(code: i32, dir: &Path, args: &[&str]) -> Run {
    let run = run(dir, args);
    assert_eq!(run.code, code, "{args:?}: {run:#?}");
    run
}

/// Does what must be done within so many seconds: those of its thread on a processor, which no load of the machine makes more.
#[track_caller]
pub fn within<T>(seconds: u64, what: &str, work: impl FnOnce() -> T) -> T {
    let on_processor = || {
        let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
        Duration::try_from(time).expect("a time since the thread began")
    };
    let begun = on_processor();
    let done = work();
    let took = on_processor().saturating_sub(begun);
    assert!(took.as_secs() < seconds, "{what} took {took:?}");
    done
}

/// The text of an answer without the time that it took.
pub fn strip_took(text: &str) -> String {
    let lines = text.split_inclusive('\n');
    lines
        .filter(|line| !line.contains("\"took_ms\": "))
        .collect()
}

/// A folder with a small archive in JSON Lines, `news.jsonl`: three articles with ids `n:1` to `n:3`.
pub fn news() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("news.jsonl"), NEWS).unwrap();
    dir
}

/// Makes an index one of the version `0-old`, which knew no checksum of its list of segments.
pub fn age(index: &Path) {
    let meta = index.join("meta.json");
    let text = std::fs::read(&meta).unwrap();
    let mut value: serde_json::Value = serde_json::from_slice(&text).unwrap();
    value.as_object_mut().unwrap().remove("blake3");
    let version = morgue::index::schema::fingerprint();
    let text = value.to_string();
    assert!(text.contains(&version));
    std::fs::write(&meta, text.replace(&version, "0-old")).unwrap();
}

const NEWS: &str = r#"{"id": "n:1", "headline": "Ferry service returns to Larkmouth", "body": "The ferry to Larkmouth sails again from Monday.\n\nFares stay as they were.", "date": "1963-08-14", "source": "The Larkmouth Courier", "section": "Harbour", "byline": ["Ann Roe"]}
{"id": "n:2", "headline": "Council votes on the bridge", "body": "The council of Larkmouth votes on the bridge, not on the ferry.", "date": "1963-09-02", "source": "The Larkmouth Courier", "section": "Council"}
{"id": "n:3", "headline": "Frost in the orchards", "body": "Growers expect a poor year for apples.", "date": "1964-04-20", "source": "Orchard Weekly", "language": "en"}
"#;

/// An answer with something of everything: matches, several scripts, empty members, and text that means harm.
pub fn response() -> Response {
    Response {
        query: QueryEcho {
            text: "ferry or kůň".into(),
            canonical: "ferry or kůň".into(),
            warnings: vec![Warning {
                start: 6,
                end: 8,
                message: "`or` is a word here; write OR".into(),
            }],
        },
        total: 12,
        sort: Sort::Relevance,
        took_ms: 1.25,
        next: Some("c:2".into()),
        hits: vec![plain_hit(), hostile_hit()],
        others: [(FacetName::Source, 3)].into(),
        facets: [(
            FacetName::Source,
            vec![
                FacetCount {
                    value: "The Larkmouth Courier".into(),
                    count: 11,
                },
                FacetCount {
                    value: "新聞".into(),
                    count: 1,
                },
            ],
        )]
        .into(),
        timeline: Some(
            [
                ("1963-08-01", "1963-08-31", 9, 40),
                ("1963-09-01", "1963-09-30", 0, 38),
                ("1963-10-01", "1963-10-31", 1, 2),
            ]
            .map(|(from, to, count, of)| Bucket {
                from: from.parse().unwrap(),
                to: to.parse().unwrap(),
                count,
                of,
            })
            .into(),
        ),
    }
}

/// A hit as most are.
pub fn plain_hit() -> Hit {
    Hit {
        rank: 1,
        score: 7.5,
        version: None,
        id: "courier/1963.jsonl#4".into(),
        headline: "Ferry service returns to Larkmouth".into(),
        deck: Some("Fares stay as they were".into()),
        byline: vec!["Ann Roe".into(), "Bo Lund".into()],
        date: "1963-08-14".parse().ok(),
        places: vec![Place {
            country: Some("GB".into()),
            path: vec!["Europe".into(), "Larkmouth".into()],
            ..Place::named("Larkmouth", PlaceFrom::Dateline)
        }],
        section: Some("Harbour".into()),
        source: Some("The Larkmouth Courier".into()),
        language: Some("en".into()),
        url: Some("https://courier.example/ferry".into()),
        file: "courier/1963.jsonl".into(),
        record: 4,
        matches: 3,
        snippets: vec![
            Snippet {
                field: SnippetField::Headline,
                part: 0,
                start: 0,
                hash: None,
                text: "Ferry service returns to Larkmouth".into(),
                highlights: vec![(0, 5)],
            },
            Snippet {
                field: SnippetField::Body,
                part: 0,
                start: 0,
                hash: None,
                text: "LARKMOUTH – The ferry, a white horse (bílý kůň) on its bow, sails again from Monday.".into(),
                highlights: vec![(16, 21), (43, 46)],
            },
            Snippet { field: SnippetField::Caption, part: 0, start: 0, hash: None, text: "The ferry in 1951".into(), highlights: vec![(4, 9)] },
        ],
        lines: None,
    }
}

/// A hit whose text would rather be obeyed than read.
pub fn hostile_hit() -> Hit {
    Hit {
        rank: 2,
        score: 0.5,
        version: None,
        id: "x\"><script>alert('id')</script>".into(),
        headline: "=cmd()<img src=x onerror=alert(1)>\u{1b}[2J\u{202e}".into(),
        deck: None,
        byline: vec!["<b>\"O'Neil\"</b>".into()],
        date: "1605".parse().ok(),
        places: vec![],
        section: Some("</li><script>1</script>".into()),
        source: Some("\u{1b}]0;owned\u{7}新聞".into()),
        language: Some("en\" onclick=\"x".into()),
        url: Some("javascript:alert(1)".into()),
        file: "a&b.html".into(),
        record: 1,
        matches: 1,
        snippets: vec![Snippet {
            field: SnippetField::Body,
            part: 0,
            start: 0,
            hash: None,
            text: "a <mark> & \"b\"\u{9b}31m".into(),
            highlights: vec![(2, 8)],
        }],
        lines: None,
    }
}
