//! Matches in context: as many as are counted, and each as it stands in its text.

use std::path::Path;

use morgue::index::sync::{SyncOptions, sync};
use morgue::intake::Ledger;
use morgue::search::{Hit, Line, Passage, Request, SnippetField};
use morgue::{Archive, Article, Error};
use proptest::prelude::*;

use super::oracle::Oracle;
use super::questions::Questions;
use super::{DENSE, TODAY, request};
use crate::archives::{Dice, archive_of, article, export};
use crate::support::within;

use SnippetField::{Body, Byline, Caption, Deck, Headline};

fn in_context(query: &str, context: u16) -> Request {
    Request {
        context: Some(context),
        limit: Request::MAX_LIMIT,
        ..request(query)
    }
}

/// The text a line stands in.
fn text_of<'a>(article: &'a Article, place: &Passage) -> &'a str {
    match place.field {
        Headline => &article.headline,
        Deck => article.deck.as_deref().unwrap(),
        Byline => &article.byline[place.part],
        Body => &article.body,
        Caption => &article.captions[place.part],
    }
}

/// The text with a blank for each character that is none of a line.
fn characters(text: &str) -> Vec<char> {
    let ends_line = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
    text.chars()
        .map(|c| if ends_line(c) { ' ' } else { c })
        .collect()
}

/// Each line is the text around its match, and has as much context as there is, but for a letter cut off.
#[track_caller]
fn check_lines(article: &Article, hit: &Hit, context: usize) {
    let lines = hit.lines.as_ref().expect("they were asked for");
    assert_eq!(lines.len(), hit.matches as usize, "{}", hit.id);
    for line in lines {
        let text = characters(text_of(article, &line.place));
        let Passage { start, end, .. } = line.place;
        let (left, right) = (line.left.chars().count(), line.right.chars().count());
        let whole: String = text[start - left..end + right].iter().collect();
        assert_eq!(
            format!("{}{}{}", line.left, line.matched, line.right),
            whole
        );
        assert_eq!(line.matched.chars().count(), end - start);
        assert!(
            start < end && left <= context && right <= context,
            "{line:?}"
        );
        let marks =
            |c: &&char| unicode_normalization::char::is_combining_mark(**c) || **c == '\u{200d}';
        let cut = text[start.saturating_sub(context)..start - left].iter();
        assert_eq!(cut.clone().filter(marks).count(), cut.len(), "{line:?}");
        let after = text.len().min(end + context) - (end + right);
        let rest = text[end + right..].iter();
        assert!(rest.take(after).skip(1).all(|c| marks(&c)), "{line:?}");
    }
}

/// Asks, and checks every hit; gives the number of lines.
fn check(archive: &Archive, query: &str, context: u16) -> Option<usize> {
    let response = match archive.search(&in_context(query, context)) {
        Ok(response) => response,
        Err(Error::Query(_)) => return None,
        Err(error) => panic!("{query}: {error}"),
    };
    for hit in &response.hits {
        check_lines(&archive.article(&hit.id).unwrap(), hit, context.into());
        let marked = archive.marked(&hit.id, &in_context(query, 0)).unwrap();
        let places: Vec<_> = hit.lines.iter().flatten().map(|line| &line.place).collect();
        assert_eq!(marked.matches.iter().collect::<Vec<_>>(), places, "{query}");
        assert!(marked.found);
        // The marks lie in the matches, in order, apart.
        for mark in &marked.marks {
            let within = |place: &Passage| {
                (place.field, place.part) == (mark.field, mark.part)
                    && place.start <= mark.start
                    && mark.end <= place.end
            };
            assert!(marked.matches.iter().any(within), "{query}: {mark:?}");
        }
        let apart = |pair: &[Passage]| {
            (pair[0].field, pair[0].part) < (pair[1].field, pair[1].part)
                || ((pair[0].field, pair[0].part) == (pair[1].field, pair[1].part)
                    && pair[0].end <= pair[1].start)
        };
        assert!(marked.marks.windows(2).all(apart), "{query}");
    }
    let lines = response.hits.iter().flat_map(|hit| &hit.lines);
    Some(lines.map(Vec::len).sum())
}

#[test]
fn the_lines_are_the_matches_of_the_sample_archive() {
    let dir = tempfile::tempdir().unwrap();
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-corpus");
    let mut ledger = Ledger::default();
    sync(
        dir.path(),
        &[corpus],
        &SyncOptions::default(),
        &mut ledger,
        &mut (),
    )
    .unwrap();
    let archive = Archive::open(dir.path()).unwrap();
    let mut lines = 0;
    for query in [
        "strike OR flood",
        "\"prisoner swap\" cairo",
        "cease*",
        "harbour* NOT lightning",
        "the",
        "de OR la",
        "byline:a* OR ferry",
        "lead:bristol OR \"tower clock\"",
        "المرفأ OR في",
        "e* date:..1900",
        "date:1963",
        "",
    ] {
        lines += check(&archive, query, 40).unwrap_or_else(|| panic!("{query} is understood"));
    }
    // Proximities count their windows; until they are answered they are no question.
    for query in [
        "strike W/5 vote",
        "(oil OR harbour) W/S port",
        "city W/P (flood OR tide)",
        "ATLEAST2(harbour)",
        "harbour NOT W/5 oil",
        "tide PRE/20 water",
    ] {
        lines += check(&archive, query, 20).unwrap_or(0);
    }
    assert!(lines > 500, "{lines}");
}

#[test]
fn the_lines_are_the_matches_of_any_query() {
    let archive = archive_of(&DENSE[..60]);
    let oracle = Oracle::new(DENSE[..60].to_vec());
    let mut questions = Questions {
        oracle: &oracle,
        dice: Dice::new(7),
        deepest: 3,
    };
    let mut lines = 0;
    for _ in 0..150 {
        lines += check(&archive, &questions.next(), 15).unwrap_or(0);
    }
    assert!(lines > 500, "{lines}");
}

fn line(field: SnippetField, part: usize, (start, end): (usize, usize), texts: [&str; 3]) -> Line {
    let [left, matched, right] = texts.map(String::from);
    Line {
        place: Passage {
            field,
            part,
            start,
            end,
        },
        left,
        matched,
        right,
    }
}

#[test]
fn context_ends_where_the_text_ends() {
    let article = Article {
        deck: Some("What the crews want".into()),
        byline: vec!["Ann Harbour".into(), "Joe Crews".into()],
        captions: vec!["A pier".into(), "The crews at the pier".into()],
        ..article("a", "Crews strike", "They sail.\n\nThe crews do not.")
    };
    let hits = archive_of(&[article])
        .search(&in_context("crews", 7))
        .unwrap()
        .hits;
    assert_eq!(
        hits[0].lines.as_deref().unwrap(),
        [
            line(Headline, 0, (0, 5), ["", "Crews", " strike"]),
            line(Deck, 0, (9, 14), ["at the ", "crews", " want"]),
            line(Byline, 1, (4, 9), ["Joe ", "Crews", ""]),
            line(Body, 0, (16, 21), [".  The ", "crews", " do not"]),
            line(Caption, 1, (4, 9), ["The ", "crews", " at the"]),
        ]
    );
}

#[test]
fn lines_come_only_when_asked_for() {
    let archive = archive_of(&[article("a", "Ferry", "The ferry.")]);
    assert_eq!(
        archive.search(&request("ferry")).unwrap().hits[0].lines,
        None
    );
    let without_context = &archive.search(&in_context("ferry", 0)).unwrap().hits[0];
    assert_eq!(
        without_context.lines.as_deref().unwrap(),
        [
            line(Headline, 0, (0, 5), ["", "Ferry", ""]),
            line(Body, 0, (4, 9), ["", "ferry", ""]),
        ]
    );
    let nothing = &archive.search(&in_context("NOT zeppelin", 9)).unwrap().hits[0];
    assert_eq!(nothing.lines.as_deref(), Some(&[][..]));
    let error = archive.search(&in_context("ferry", 501)).unwrap_err();
    assert_eq!(error.to_string(), "context: 501 is too much; at most 500");
    let (hits, _) = export(&archive, &in_context("ferry", 3)).unwrap();
    assert_eq!(hits[0].lines.as_ref().unwrap().len(), 2);
}

#[test]
fn one_article_is_marked_or_not_found() {
    let archive = archive_of(&[article("a", "Ferry", "The crews of the ferry.")]);
    let found = |query: &str| {
        let marked = archive.marked("a", &request(query)).unwrap();
        (marked.found, marked.matches.len(), marked.marks.len())
    };
    assert_eq!(found("ferry"), (true, 2, 2));
    assert_eq!(found("ferry zeppelin"), (false, 0, 0));
    assert_eq!(found("words:>1"), (true, 0, 0));
    assert_eq!(found(""), (true, 0, 0));
    assert!(matches!(
        archive.marked("b", &request("ferry")),
        Err(Error::NoArticle(_))
    ));
    assert!(matches!(
        archive.marked("a", &request("nope:x")),
        Err(Error::Query(_))
    ));
    // As JSON it is the article, and more.
    let marked = archive.marked("a", &request("ferry")).unwrap();
    let json = serde_json::to_value(&marked).unwrap();
    let article: Article = serde_json::from_value(json.clone()).unwrap();
    assert_eq!(article, marked.article);
    assert_eq!(
        json["matches"][1],
        serde_json::json!({"field": "body", "part": 0, "start": 17, "end": 22})
    );
    assert_eq!(
        serde_json::from_value::<morgue::search::Marked>(json).unwrap(),
        marked
    );
    assert_eq!(request("ferry").today, Some(TODAY));
}

const PIECES: &[&str] = &[
    "ferry",
    "Ferries",
    "strike",
    "港",
    "e\u{301}",
    "n\u{30c}\u{301}",
    "🦀",
    "مرفأ",
    " ",
    " ",
    ". ",
    "\n",
    "\n\n",
    "\u{2028}",
    "\0",
    "U.S.",
    "'s",
    "-",
    "\u{200d}",
];

fn texts() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(PIECES), 0..80).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn lines_are_the_text_around_the_match(bodies in prop::collection::vec((texts(), texts(), texts()), 1..6), context in 0u16..30) {
        let articles: Vec<Article> = bodies.into_iter().enumerate().map(|(number, (headline, body, caption))| Article {
            captions: vec![caption.clone(), caption],
            ..article(&number.to_string(), &headline, &body)
        }).collect();
        let archive = archive_of(&articles);
        for query in ["ferry", "\"strike ferry\" OR fe*", "e* OR 港 OR مرفأ", "us OR ferry"] {
            check(&archive, query, context).expect("a query");
        }
    }
}

/// A word on every third byte of a megabyte: lines are cut in one go through the text.
#[test]
fn a_body_of_matches_takes_no_time() {
    let body = "ab ".repeat(350_000);
    let archive = archive_of(&[article("a", "", &body)]);
    let hits = within(30, "ab", || archive.search(&in_context("ab", 10)))
        .unwrap()
        .hits;
    assert_eq!(hits[0].lines.as_ref().unwrap().len(), 350_000);
}
