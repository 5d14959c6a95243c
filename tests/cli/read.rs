//! `morgue read`: articles as data on stdout, the summary beside it, no index.

use morgue::Article;

use crate::support::{news, run_to};

#[test]
fn read_prints_one_article_a_line() {
    let dir = news();
    let run = run_to(0, dir.path(), &["read", "news.jsonl"]);
    let articles: Vec<Article> = run
        .stdout
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let headlines: Vec<_> = articles
        .iter()
        .map(|article| article.headline.as_str())
        .collect();
    assert_eq!(
        headlines,
        [
            "Ferry service returns to Larkmouth",
            "Council votes on the bridge",
            "Frost in the orchards"
        ]
    );
    assert!(articles.iter().all(|article| article.file == "news.jsonl"));
    assert!(run.stderr.contains("3 accepted"), "{}", run.stderr);
    assert!(!dir.path().join("index").exists());
    assert_eq!(
        run_to(0, dir.path(), &["read", "--quiet", "news.jsonl"]).stderr,
        ""
    );
}

#[test]
fn explaining_tells_the_format_and_where_fields_are_from() {
    let dir = news();
    let run = run_to(
        0,
        dir.path(),
        &["read", "--explain", "--limit", "1", "news.jsonl"],
    );
    let lines: Vec<&str> = run.stdout.lines().map(str::trim).collect();
    assert_eq!(lines[0], "news.jsonl");
    assert_eq!(
        lines[1],
        "format    jsonl (97 of 100): begins with `{`, and is named as JSON lines"
    );
    let headline = lines.iter().find(|line| line.starts_with("headline"));
    let headline = headline.unwrap();
    assert!(headline.contains("Ferry service returns to Larkmouth"));
    assert!(headline.ends_with("member headline"), "{headline}");
    assert!(run.stdout.contains("told from the text"), "{}", run.stdout);
    assert_eq!(*lines.last().unwrap(), "and 2 records more (--limit)");
    assert_eq!(run.stderr, "");
}

#[test]
fn explaining_tells_what_was_said_and_what_was_rejected() {
    let dir = news();
    let file = dir.path().join("odd.json");
    std::fs::write(
        &file,
        r#"[{"kop": "Ferry", "text": "It runs."}, {"colour": "blue"}]"#,
    )
    .unwrap();
    let run = run_to(
        0,
        dir.path(),
        &[
            "read",
            "--explain",
            "--format",
            "json",
            "--map",
            "headline=kop",
            "odd.json",
        ],
    );
    let out = &run.stdout;
    assert!(out.contains("format    json, as --format says"), "{out}");
    assert!(out.contains("member kop, as --map says"), "{out}");
    assert!(out.contains("record 2: rejected, "), "{out}");
    let nothing = dir.path().join("nothing.json");
    std::fs::write(&nothing, r#"{"colour": "blue"}"#).unwrap();
    run_to(1, dir.path(), &["read", "--explain", "nothing.json"]);
}
