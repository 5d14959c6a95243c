//! What the user says with `--map`, and which JSON and tables are no articles.

use morgue::article::{Article, Status};
use morgue::format::{MapField, Options, Record};
use morgue::source::SkipReason;

use super::{read_as, read_with};

/// The articles read with a mapping like `headline=TITLE`.
fn mapped(format: &str, map: &[&str], text: &str) -> Vec<Article> {
    let map = map
        .iter()
        .map(|said| {
            let (field, name) = said.split_once('=').unwrap();
            (MapField::by_name(field).unwrap(), name.to_owned())
        })
        .collect();
    read_with(
        format,
        "file",
        text.as_bytes(),
        &Options {
            map,
            explain: false,
        },
    )
    .into_iter()
    .map(|record| record.unwrap().article)
    .collect()
}

#[test]
fn what_the_user_says_wins() {
    let check = |format: &str, map: &[&str], text: &str, headline: &str, body: &str| {
        let articles = mapped(format, map, text);
        assert_eq!(
            (articles[0].headline.as_str(), articles[0].body.as_str()),
            (headline, body),
            "{text}"
        );
    };
    check(
        "json",
        &["headline=slug", "body=parts.lead"],
        r#"{"slug": "ferry", "title": "no", "parts": {"lead": "It runs."}}"#,
        "ferry",
        "It runs.",
    );
    check(
        "jsonl",
        &["body=Kommentar"],
        "{\"kommentar\": \"It runs.\", \"title\": \"Ferry\"}",
        "Ferry",
        "It runs.",
    );
    check(
        "csv",
        &["headline=alpha", "body=beta"],
        "alpha;beta\nFerry;It runs.\n",
        "Ferry",
        "It runs.",
    );
    check(
        "csv",
        &["headline=#3", "body=#1"],
        "It runs.;1;Ferry\nIt is closed.;2;Bridge\n",
        "Ferry",
        "It runs.",
    );
}

#[test]
fn the_best_of_several_names_is_taken() {
    let articles = mapped(
        "jsonl",
        &[],
        r#"{"summary": "short", "description": "long", "title": "", "headline": "Ferry", "name": "x", "content": {"rendered": "<p>It runs.</p>"}, "created": "2024-05-03", "pubDate": "2024-05-04"}"#,
    );
    assert_eq!(articles[0].headline, "Ferry");
    assert_eq!(articles[0].deck.as_deref(), Some("long"));
    assert_eq!(articles[0].body, "It runs.");
}

#[test]
fn articles_are_found_wherever_json_keeps_them() {
    let article = r#"{"title": "Ferry", "text": "It runs.", "date": "2024-05-03"}"#;
    for text in [
        article.to_owned(),
        format!("[{article}]"),
        format!("{{\"articles\": [{article}]}}"),
        format!("{{\"response\": {{\"docs\": [{article}]}}}}"),
        format!("{{\"hits\": {{\"hits\": [{{\"_source\": {article}}}]}}}}"),
        format!("{{\"data\": {{\"item\": {article}}}}}"),
        format!("{{\"noticias\": [{article}]}}"),
        format!("\u{feff}\n{article}"),
    ] {
        let headlines: Vec<String> = read_as("json", text.as_bytes())
            .into_iter()
            .map(|record| record.unwrap().article.headline)
            .collect();
        assert_eq!(headlines, ["Ferry"], "{text}");
    }
    assert_eq!(
        read_as("json", format!("{article}\n{article}").as_bytes()).len(),
        2
    );
}

#[test]
fn a_column_says_that_an_article_may_not_be_used() {
    for name in ["status", "pubstatus", "pubStatus"] {
        let table = format!(
            "id,headline,body,{name}\n1,Ferry,It runs.,canceled\n2,Bridge,It is open.,withheld\n3,,,killed\n4,Road,It is long.,published\n"
        );
        let articles = mapped("csv", &[], &table);
        let found: Vec<_> = articles.iter().map(|it| (&*it.id, it.status)).collect();
        let expected = [
            ("1", Status::Canceled),
            ("2", Status::Withheld),
            ("3", Status::Canceled),
            ("4", Status::Usable),
        ];
        assert_eq!(found, expected, "{name}");
    }
}

#[test]
fn other_json_is_no_article() {
    let check = |text: &str, reason: SkipReason| {
        let reasons: Vec<Option<SkipReason>> = read_as("json", text.as_bytes())
            .iter()
            .map(|record: &Record| record.as_ref().err().map(|rejection| rejection.reason))
            .collect();
        assert_eq!(reasons, [Some(reason)], "{text}");
    };
    check(
        r#"{"type": "FeatureCollection", "features": [{"type": "Feature", "geometry": {}, "properties": {"title": "A hill"}}]}"#,
        SkipReason::NotAnArticle,
    );
    check(
        r#"{"title": "My site", "theme": "dark", "language": "en"}"#,
        SkipReason::NotAnArticle,
    );
    check(
        r#"{"9f2c": {"articleBody": "It runs.", "url": "https://a.example/1"}, "77ab": {"articleBody": "It runs.", "url": "https://a.example/2"}}"#,
        SkipReason::NotAnArticle,
    );
    check("7", SkipReason::NotAnArticle);
    check(r#"{"title": "", "text": null}"#, SkipReason::NoText);
    check(
        r#"{"title": "Ferry", "text": "It ru"#,
        SkipReason::Malformed,
    );
    check(&"[".repeat(3), SkipReason::Malformed);
    check(
        &format!("{{\"a\": {}", "[".repeat(100_000)),
        SkipReason::Malformed,
    );
}
