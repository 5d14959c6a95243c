//! One article as a page of text.

use insta::assert_snapshot;
use morgue::Article;
use morgue::article::{Place, PlaceFrom};
use morgue::output::{Look, write_article};

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
            color: false,
            width,
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
