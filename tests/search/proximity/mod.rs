//! Proximities and what is built on them, by hand: what is counted, what is marked. The oracle is tested as the engine is,
//! each against the same cases.

use morgue::Article;
use morgue::query::parse;
use morgue::search::{Match, Request, Snippet, SnippetField};

use super::oracle::Oracle;
use super::{context, request};
use crate::archives::{archive_of, article, counted, place};

/// An article with something in each field. Its first paragraph holds no word.
fn filed() -> Article {
    let mut cairo = place("Cairo, Illinois (Little Egypt)");
    cairo.country = Some("US".into());
    cairo.path = vec!["North America".into(), "Illinois".into()];
    counted(Article {
        byline: vec!["Ann Roe".into(), "Bo Lund".into()],
        places: vec![cairo],
        section: Some("Money. Markets! Energy".into()),
        source: Some("Morning Post".into()),
        topics: vec!["Crude oil".into(), "Gas".into()],
        ..article("filed", "Oil and gas", "–\n\nGas and coal.\n\nOil and coal")
    })
}

/// A query and what it finds in one of the articles.
struct Case {
    /// The number of the article, which is its id.
    article: usize,
    query: &'static str,
    /// `2: the article with [marks]`, or `-`.
    expected: String,
}

/// The articles and cases of `cases.txt`.
fn cases() -> (Vec<Article>, Vec<Case>) {
    let (mut articles, mut cases) = (Vec::new(), Vec::new());
    let (mut id, mut plain) = (0, String::new());
    let lines = include_str!("cases.txt").lines();
    for line in lines.filter(|line| !line.trim().is_empty() && !line.trim().starts_with('#')) {
        let Some(row) = line.strip_prefix("    ") else {
            let article = match line.split_once(" | ") {
                Some((headline, body)) => article("", headline, &body.replace(" ¶ ", "\n\n")),
                None => filed(),
            };
            plain = format!("{} | {}", article.headline, article.body).replace("\n\n", " ¶ ");
            id = articles.len();
            articles.push(Article {
                id: id.to_string(),
                ..article
            });
            continue;
        };
        let (query, expected) = row.split_once("  ").unwrap();
        let expected = match expected.trim() {
            "0" => format!("0: {plain}"),
            expected => expected.to_owned(),
        };
        cases.push(Case {
            article: id,
            query,
            expected,
        });
    }
    assert!(cases.len() > 150);
    (articles, cases)
}

#[test]
fn by_the_oracle() {
    let (articles, cases) = cases();
    let oracle = Oracle::new(articles);
    let mut wrong = Vec::new();
    for case in &cases {
        let tree = parse(case.query, &context(Match::All)).unwrap().tree;
        let verdicts = oracle.judge(&tree).unwrap();
        let of_article = |id: &str| id.parse() == Ok(case.article);
        let found = match verdicts.iter().find(|verdict| of_article(verdict.id())) {
            None => "-".to_owned(),
            Some(verdict) => {
                let mut texts = verdict.marked();
                texts.retain(|(part, text)| {
                    matches!(part, SnippetField::Headline | SnippetField::Body)
                        || text.contains('[')
                });
                let texts: Vec<String> = texts.into_iter().map(|(_, text)| text).collect();
                let text = texts.join(" | ").replace("\n\n", " ¶ ");
                format!("{}: {text}", verdict.matches)
            }
        };
        if found != case.expected {
            wrong.push(format!(
                "{}\n  is    {found}\n  not   {}",
                case.query, case.expected
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Snippets show what there is: each is found in what is expected, and all marks are in some snippet.
#[test]
fn by_the_engine() {
    let (articles, cases) = cases();
    let archive = archive_of(&articles);
    let mut wrong = Vec::new();
    for case in &cases {
        let request = Request {
            limit: Request::MAX_LIMIT,
            ..request(case.query)
        };
        let response = archive.search(&request);
        let found = response.map(|response| {
            let mut hits = response.hits.into_iter();
            let hit = hits.find(|hit| hit.id.parse() == Ok(case.article));
            hit.map(|hit| {
                (
                    hit.matches,
                    hit.snippets.iter().map(marked).collect::<Vec<_>>(),
                )
            })
        });
        let is_right = match &found {
            Ok(None) => case.expected == "-",
            Ok(Some((matches, snippets))) => agrees(*matches, snippets, &case.expected),
            Err(_) => false,
        };
        if !is_right {
            wrong.push(format!(
                "{}\n  is    {found:?}\n  not   {}",
                case.query, case.expected
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn agrees(matches: u32, snippets: &[String], expected: &str) -> bool {
    let marks = |text: &str| text.matches('[').count();
    let Some((count, text)) = expected.split_once(": ") else {
        return false;
    };
    let shown: usize = snippets.iter().map(|snippet| marks(snippet)).sum();
    count.parse() == Ok(matches)
        && shown == marks(text)
        && snippets
            .iter()
            .all(|snippet| text.contains(&snippet.replace("  ", " ¶ ")))
}

/// The text of a snippet with `[` and `]` around what is marked.
fn marked(snippet: &Snippet) -> String {
    let mut text: Vec<String> = snippet.text.chars().map(String::from).collect();
    for &(start, end) in &snippet.highlights {
        text[start].insert(0, '[');
        text[end - 1].push(']');
    }
    text.concat()
}
