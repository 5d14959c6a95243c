//! No bytes make the reading panic or take long.

use proptest::prelude::*;

use super::read;
use crate::support::within;

/// Much more than any of these takes without optimisation; the quadratic ones took minutes. In seconds.
const PATIENCE: u64 = 30;

fn check(name: &str, page: &str) {
    let _ = within(PATIENCE, name, || read(page.as_bytes()));
}

#[test]
fn deep_pages_end() {
    check("nested boxes", &"<div>".repeat(100_000));
    check(
        "nested and closed",
        &format!(
            "{}text{}",
            "<div>".repeat(100_000),
            "</div>".repeat(100_000)
        ),
    );
    check("nested type", &"<b><i><u>".repeat(30_000));
    check("nested paragraphs in type", &"<b><p>".repeat(30_000));
    check("nested links", &"<a href=x><div>".repeat(30_000));
    check("nested tables", &"<table><tr><td>".repeat(30_000));
    check("nested lists", &"<ul><li>".repeat(30_000));
    check(
        "nested drawings",
        &format!("<svg>{}", "<g>".repeat(100_000)),
    );
    check(
        "nested drawings, closed in themselves",
        &format!("<svg>{}", "<g/>".repeat(100_000)),
    );
    check("nested templates", &"<template>".repeat(30_000));
    check("nested choices", &"<select><option>".repeat(30_000));
    check("nested objects", &"<object><marquee>".repeat(30_000));
}

#[test]
fn large_pages_end() {
    check("angle brackets", &"<".repeat(10_000_000));
    check("opening tags without an end", &"<a ".repeat(1_000_000));
    check("open quotes", &"<a b=\"".repeat(500_000));
    check("closing tags", &"</div>".repeat(500_000));
    check("open comments", &"<!--".repeat(1_000_000));
    check("open scripts", &"<script>".repeat(500_000));
    check("open titles", &"<title>".repeat(500_000));
    check(
        "one attribute",
        &format!("<p class='{}'>x", "widget ".repeat(500_000)),
    );
    check(
        "many attributes",
        &format!(
            "<p {}>x",
            (0..100_000)
                .map(|number| format!("a{number} "))
                .collect::<Vec<_>>()
                .concat()
        ),
    );
    check(
        "many attributes, closed in themselves",
        &format!(
            "<p {}>x",
            (0..100_000)
                .map(|number| format!("a{number}/"))
                .collect::<Vec<_>>()
                .concat()
        ),
    );
    check("references", &"&amp;&#1;&nosuch;".repeat(200_000));
    check("one word", &"x".repeat(5_000_000));
    check("one line", &"word. ".repeat(500_000));
    check(
        "paragraphs",
        &"<p>A sentence that says something.".repeat(50_000),
    );
    check(
        "the same class",
        &"<div class=a><p>A sentence that says something, and a little more.</div>".repeat(30_000),
    );
    check("headlines", &"<h1>Flood</h1>".repeat(50_000));
    check(
        "type inside a paragraph",
        &format!("<p>{}", "<b>a</b>".repeat(200_000)),
    );
}

#[test]
fn large_metadata_ends() {
    let block = |json: &str| format!("<script type=application/ld+json>{json}</script>");
    check("nested JSON", &block(&"[".repeat(1_000_000)));
    check("nested graphs", &block(&"{\"@graph\":".repeat(100_000)));
    check(
        "a long string",
        &block(&format!("{{\"headline\":\"{}", "\\\"".repeat(500_000))),
    );
    check(
        "tags in a string",
        &block(&format!(
            "{{\"@type\":\"Article\",\"articleBody\":\"{}\"}}",
            "<a".repeat(500_000)
        )),
    );
    check(
        "many blocks",
        &block("{\"@type\":\"Article\",\"headline\":\"Flood\"}").repeat(5_000),
    );
    check(
        "many articles",
        &block(&format!(
            "[{}]",
            vec![
                "{\"@type\":\"Article\",\"headline\":\"Flood\",\"author\":\"Ada Example\"}";
                20_000
            ]
            .join(",")
        )),
    );
    check("many metas", &"<meta name=author content='Ada Example'><meta property=og:title content='Flood - The Example'>".repeat(20_000));
    check(
        "a title of separators",
        &format!("<title>{}</title><h1>Flood</h1>", " - a".repeat(20_000)),
    );
    check(
        "a long headline",
        &format!(
            "<h1>{}</h1><meta property=og:title content='{}'>",
            "a - ".repeat(50_000),
            "a - ".repeat(50_000)
        ),
    );
    check("many scopes", &"<div itemscope itemtype=https://schema.org/Comment itemprop=comment><b itemprop=author>A</b>".repeat(10_000));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_bytes_are_read(bytes in proptest::collection::vec(any::<u8>(), 0..2_000)) {
        let _ = read(&bytes);
    }

    /// Pieces of pages in any order reach further than bytes do.
    #[test]
    fn any_pieces_are_read(pieces in proptest::collection::vec(proptest::sample::select(PIECES), 0..60)) {
        let _ = read(pieces.concat().as_bytes());
    }
}

#[rustfmt::skip]
const PIECES: &[&str] = &[
    "<html lang=en>", "<head>", "<title>Flood | The Example</title>", "<meta property=og:title content='Flood'>", "<meta name=date content=2024-05-03>",
    "<link rel=canonical href=/a>", "<link rel=canonical href='https://news.example/2024/05/03/é'>", "<body>", "<h1>", "</h1>", "<h1>Flood</h1>", "<p>", "</p>", "<div class='article-body'>",
    "<div class='related comments'>", "</div>", "<aside>", "<time datetime=2024-05-03>", "<time>3. Mai 2024</time>", "<table><tr><td>", "<br>", "<br><br>", "<li>", "<a href=x>", "</a>",
    "<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"headline\":\"Flood\",", "\"author\":[{\"name\":\"Ada Example\"},", "\"datePublished\":\"2024-05-03T23:30:00Z\"", "}", "]", "</script>",
    "<!--", "-->", "<figure><figcaption>A bridge</figcaption></figure>", "<blockquote class=twitter-tweet>", "By Ada Example", "Published 3 May 2024", "é", "日本語の文。", "\u{202e}", "\0", "&amp;", "&#x110000;",
    "The river rose by two metres in one night, and the bridge at the old mill was closed to all traffic. ", "<span itemprop=author itemscope><b itemprop=name>Ada</b></span>",
    "<meta http-equiv=refresh content='0; url=/b'>", "<svg>", "<template>", "<select>", "<b>", "<i>", "©", "<style>", "</style>", "<textarea>", "</textarea>",
];
