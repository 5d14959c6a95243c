//! One article as a page of text.

use insta::assert_snapshot;
use morgue::Article;
use morgue::article::{Place, PlaceFrom};
use morgue::output::{Look, write_article, write_marked};
use morgue::search::{Marked, Passage, QueryEcho, SnippetField};

fn article() -> Article {
    Article {
        id: "n:1".into(),
        headline: "Ferry service returns to Larkmouth".into(),
        deck: Some("Fares stay as they were".into()),
        body: "LARKMOUTH – The ferry sails again from Monday, after eleven months in dock.\n\nFares\u{1b}[5m stay as they were.".into(),
        byline: vec!["Ann Roe".into()],
        byline_line: Some("By ANN ROE, Harbour Correspondent".into()),
        date: "1963-08".parse().ok(),
        places: vec![Place {
            path: vec!["Europe".into(), "Larkmouth".into()],
            ..Place::named("LARKMOUTH", PlaceFrom::Dateline)
        }],
        dateline: Some("LARKMOUTH".into()),
        source: Some("The Larkmouth Courier".into()),
        topics: vec!["ships".into(), "fares".into()],
        captions: vec!["The ferry in 1951".into()],
        word_count: 27,
        file: "1963.zip!/08.txt".into(),
        record: 2,
        ..Article::default()
    }
}

fn text(article: &Article, width: Option<usize>) -> String {
    let mut bytes = Vec::new();
    write_article(
        &mut bytes,
        article,
        Look {
            width,
            ..Look::default()
        },
    )
    .unwrap();
    String::from_utf8(bytes).unwrap()
}

#[test]
fn reads_like_a_page() {
    assert_snapshot!(text(&article(), Some(48)), @r"
    Ferry service returns to Larkmouth
    Fares stay as they were
    1963-08 · By ANN ROE, Harbour Correspondent ·
    The Larkmouth Courier

    LARKMOUTH – The ferry sails again from Monday,
    after eleven months in dock.

    Fares stay as they were.

    [caption] The ferry in 1951

    id        n:1
    dateline  LARKMOUTH
    places    Europe › Larkmouth
    topics    ships; fares
    words     27
    file      1963.zip!/08.txt, record 2
    ");
}

#[test]
fn lines_are_whole_in_a_pipe() {
    assert!(
        text(&article(), None).contains("from Monday, after eleven months in dock.\n\nFares stay")
    );
}

#[test]
fn an_article_that_has_nothing_is_still_shown() {
    assert_snapshot!(text(&Article::default(), None), @r"
    (no headline)

    words     0
    file      , record 0
    ");
}

/// The article with some of its words marked: in the headline, a name, both paragraphs and the caption.
fn marked() -> Marked {
    let passage = |field, start, end| Passage {
        field,
        part: 0,
        start,
        end,
    };
    let marks = vec![
        passage(SnippetField::Headline, 0, 5),
        passage(SnippetField::Byline, 4, 7),
        passage(SnippetField::Body, 16, 21),
        // From the last word of one paragraph into the next one.
        passage(SnippetField::Body, 70, 82),
        passage(SnippetField::Caption, 4, 9),
    ];
    Marked {
        article: article(),
        query: QueryEcho {
            canonical: "ferry OR roe OR \"dock fares\"".into(),
            ..QueryEcho::default()
        },
        found: true,
        matches: marks.clone(),
        marks,
    }
}

fn marked_text(marked: &Marked, look: Look) -> String {
    let mut bytes = Vec::new();
    write_marked(&mut bytes, marked, look).unwrap();
    String::from_utf8(bytes).unwrap().replace('\u{1b}', "␛")
}

#[test]
fn matches_are_counted_and_marked() {
    let look = Look {
        color: true,
        width: Some(48),
        ..Look::default()
    };
    assert_snapshot!(marked_text(&marked(), look), @r#"
    ␛[2m5 matches of ferry OR roe OR "dock fares": 1 in␛[0m
    ␛[2mthe headline, 1 in the byline, 2 in the body, 1␛[0m
    ␛[2min the caption␛[0m

    ␛[1m␛[31mFerry␛[0m␛[1m service returns to Larkmouth␛[0m
    Fares stay as they were
    ␛[2m1963-08 · Ann ␛[0m␛[1m␛[31mRoe␛[0m␛[2m · The Larkmouth Courier␛[0m

    LARKMOUTH – The ␛[1m␛[31mferry␛[0m sails again from Monday,
    after eleven months in ␛[1m␛[31mdock.␛[0m

    ␛[1m␛[31mFares␛[0m stay as they were.

    ␛[2m[caption] ␛[0mThe ␛[1m␛[31mferry␛[0m in 1951

    ␛[2mid        ␛[0m␛[2mn:1␛[0m
    ␛[2mdateline  ␛[0m␛[2mLARKMOUTH␛[0m
    ␛[2mplaces    ␛[0m␛[2mEurope › Larkmouth␛[0m
    ␛[2mtopics    ␛[0m␛[2mships; fares␛[0m
    ␛[2mwords     ␛[0m␛[2m27␛[0m
    ␛[2mfile      ␛[0m␛[2m1963.zip!/08.txt, record 2␛[0m
    "#);
    let plain = marked_text(&marked(), Look::default());
    assert!(
        plain.starts_with("5 matches of ferry OR roe OR \"dock fares\": 1 in the headline, 1 in the byline, 2 in the body, 1 in the caption\n\nFerry service"),
        "{plain}"
    );
    assert!(!plain.contains('␛'));
}

#[test]
fn an_article_that_is_not_found_is_shown_as_it_is() {
    let none = Marked {
        found: false,
        matches: vec![],
        marks: vec![],
        ..marked()
    };
    assert_eq!(marked_text(&none, Look::default()), text(&article(), None));
    let without_words = Marked {
        found: true,
        ..none
    };
    assert!(
        marked_text(&without_words, Look::default()).starts_with("0 matches of ferry OR roe OR")
    );
}
