//! Matches in context, and marked in an article.

use insta::assert_snapshot;
use morgue::Article;
use morgue::search::{Hit, Marked};

use crate::support::{Run, news, run, run_to};

fn indexed() -> tempfile::TempDir {
    let dir = news();
    run_to(0, dir.path(), &["index", "news.jsonl"]);
    dir
}

/// The first words of a text for people that says how long something took.
fn untimed(text: &str) -> String {
    text.rsplit_once(", ").unwrap().0.to_owned()
}

#[test]
fn a_concordance_has_a_line_for_every_match() {
    let dir = indexed();
    let search = |args: &[&str]| {
        run_to(
            0,
            dir.path(),
            &[&["search", "ferry OR bridge"], args].concat(),
        )
    };
    let first = search(&["--output", "kwic", "--context", "24", "--sort", "oldest"]);
    assert_snapshot!(first.stdout, @r#"
    1963-08-14                          Ferry service returns to Lark         n:1
    1963-08-14                      The ferry to Larkmouth sails agai         n:1
    1963-09-02     Council votes on the bridge                                n:2
    1963-09-02   Larkmouth votes on the bridge, not on the ferry.             n:2
    1963-09-02   the bridge, not on the ferry.                                n:2
    "#);
    assert_eq!(untimed(&first.stderr), "2 articles, 2 shown, 5 lines");
    let sorted = search(&[
        "--output",
        "kwic",
        "--context",
        "24",
        "--all",
        "--kwic-sort",
        "right",
    ]);
    assert_snapshot!(sorted.stdout, @r#"
    1963-09-02     Council votes on the bridge                                n:2
    1963-09-02   the bridge, not on the ferry.                                n:2
    1963-09-02   Larkmouth votes on the bridge, not on the ferry.             n:2
    1963-08-14                          Ferry service returns to Lark         n:1
    1963-08-14                      The ferry to Larkmouth sails agai         n:1
    "#);
    let rows = search(&["--output", "kwic-csv", "--kwic-sort", "left"]).stdout;
    assert_eq!(rows.lines().count(), 1 + 5, "{rows}");
    let one = search(&["--output", "kwic", "--limit", "1", "--sort", "oldest"]);
    assert_eq!(one.stdout.lines().count(), 2);
    assert!(
        one.stderr.contains("hint: more with `--after "),
        "{}",
        one.stderr
    );
}

#[test]
fn lines_are_in_json_where_they_are_asked_for() {
    let dir = indexed();
    let hits = |args: &[&str]| -> Vec<Hit> {
        let args = [&["search", "ferry", "--output", "jsonl"], args].concat();
        let text = run_to(0, dir.path(), &args).stdout;
        text.lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect()
    };
    for hit in hits(&["--context", "5"])
        .iter()
        .chain(&hits(&["--context", "5", "--all"]))
    {
        let lines = hit.lines.as_ref().unwrap();
        assert_eq!(lines.len(), hit.matches as usize);
        assert!(
            lines
                .iter()
                .all(|line| line.matched.to_lowercase() == "ferry" && line.left.len() <= 5)
        );
    }
    assert!(hits(&[]).iter().all(|hit| hit.lines.is_none()));
}

#[test]
fn what_has_no_place_for_lines_says_so() {
    let dir = indexed();
    let told = |args: &[&str]| run(dir.path(), &[&["search", "ferry"], args].concat()).stderr;
    assert!(
        told(&["--context", "5"])
            .starts_with("warning: `--output list` has no place for matches in context;")
    );
    assert!(
        told(&["--kwic-sort", "left", "--output", "csv"])
            .starts_with("warning: `--kwic-sort` orders the lines of kwic")
    );
    assert!(
        told(&["--output", "kwic", "--facet", "year"])
            .starts_with("warning: `--output kwic` has no place for facets")
    );
    let wrong = told(&["--context", "501"]);
    assert!(
        wrong.starts_with("error: invalid value '501' for '--context <N>': 501 is not in 0..=500"),
        "{wrong}"
    );
    let without_words = run_to(0, dir.path(), &["search", "date:1963", "--output", "kwic"]);
    assert_eq!(without_words.stdout, "");
    assert!(without_words.stderr.starts_with("warning: the query has no words, so there is no match to show\n2 articles, 2 shown, no lines, "));
}

fn show(code: i32, args: &[&str]) -> Run {
    let dir = indexed();
    run_to(code, dir.path(), &[&["show", "n:1"], args].concat())
}

#[test]
fn an_article_is_shown_with_the_matches_of_a_query() {
    let shown = show(0, &["--query", "ferry or monday", "--match", "any"]);
    assert!(shown.stdout.starts_with("3 matches of ferry OR or OR monday: 1 in the headline, 2 in the body\n\nFerry service returns"), "{}", shown.stdout);
    assert!(
        shown.stderr.starts_with("warning: `or`"),
        "{}",
        shown.stderr
    );
    let coloured = show(0, &["--query", "ferry", "--color", "always"]).stdout;
    assert!(
        coloured.contains("\u{1b}[31mferry\u{1b}[0m to Larkmouth"),
        "{coloured:?}"
    );
    let json = show(0, &["--query", "ferry", "--output", "json"]).stdout;
    let marked: Marked = serde_json::from_str(&json).unwrap();
    assert_eq!((marked.found, marked.matches.len()), (true, 2));
    assert!(serde_json::from_str::<Article>(&json).is_ok_and(|article| article == marked.article));
}

#[test]
fn an_article_that_the_query_does_not_find_is_still_shown() {
    let shown = show(1, &["--query", "zeppelin"]);
    assert_eq!(shown.stderr, "the query does not find this article\n");
    assert_eq!(shown.stdout, show(0, &[]).stdout);
    let json = show(1, &["--query", "-ferry", "--output", "json"]).stdout;
    assert!(!serde_json::from_str::<Marked>(&json).unwrap().found);
    let wrong = show(2, &["--query", "headlin:ferry"]);
    assert!(wrong.stdout.is_empty() && wrong.stderr.contains("\n  headlin:ferry\n  ^"));
    assert!(
        show(2, &["--match", "any"])
            .stderr
            .contains("--query <QUERY>")
    );
}
