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
