//! Snippets: what is shown of an article, and what is marked in it. That the marks are the right ones is judged by
//! `agreement`; here is their shape.

use morgue::Article;
use morgue::search::{Snippet, SnippetField};
use proptest::prelude::*;

use super::request;
use crate::archives::{archive_of, article};
use crate::support::within;

/// As long as a stretch of a body may be, in bytes.
const LONGEST: usize = 320;

/// The snippets of the only article, with `[` and `]` around what is marked.
fn shown(article: &Article, query: &str) -> Vec<(SnippetField, String)> {
    snippets(article, query)
        .iter()
        .map(|snippet| (snippet.field, marked(snippet)))
        .collect()
}

fn snippets(article: &Article, query: &str) -> Vec<Snippet> {
    let mut hits = archive_of(std::slice::from_ref(article))
        .search(&request(query))
        .unwrap()
        .hits;
    assert_eq!(hits.len(), 1, "{query}");
    hits.remove(0).snippets
}

fn marked(snippet: &Snippet) -> String {
    let mut text = String::new();
    for (at, c) in snippet.text.chars().enumerate() {
        text.extend(
            snippet
                .highlights
                .iter()
                .filter(|(_, end)| *end == at)
                .map(|_| ']'),
        );
        text.extend(
            snippet
                .highlights
                .iter()
                .filter(|(start, _)| *start == at)
                .map(|_| '['),
        );
        text.push(c);
    }
    let end = snippet.text.chars().count();
    text.extend(
        snippet
            .highlights
            .iter()
            .filter(|(_, last)| *last == end)
            .map(|_| ']'),
    );
    text
}

#[track_caller]
fn check(article: &Article, query: &str, expected: &[(SnippetField, &str)]) {
    let found = shown(article, query);
    let found: Vec<_> = found
        .iter()
        .map(|(field, text)| (*field, text.as_str()))
        .collect();
    assert_eq!(found, expected, "{query}");
}

use SnippetField::{Body, Byline, Caption, Deck, Headline};

#[test]
fn what_was_asked_for_is_marked() {
    let ferry = article(
        "a",
        "Ferry strike",
        "The ferry crews strike.\n\nA strike of ferry crews, they say.",
    );
    check(
        &ferry,
        "\"ferry crews\"",
        &[
            (Body, "The [ferry crews] strike."),
            (Body, "A strike of [ferry crews], they say."),
        ],
    );
    check(
        &ferry,
        "ferry NOT zeppelin",
        &[
            (Headline, "[Ferry] strike"),
            (Body, "The [ferry] crews strike."),
            (Body, "A strike of [ferry] crews, they say."),
        ],
    );
    check(
        &ferry,
        "crew* NOT headline:crews",
        &[
            (Body, "The ferry [crews] strike."),
            (Body, "A strike of ferry [crews], they say."),
        ],
    );
    // In the headline only: the body begins where it begins.
    check(
        &ferry,
        "headline:strike",
        &[
            (Headline, "Ferry [strike]"),
            (Body, "The ferry crews strike."),
        ],
    );
    check(
        &ferry,
        "lead:strike",
        &[
            (Headline, "Ferry [strike]"),
            (Body, "The ferry crews [strike]."),
        ],
    );
}

#[test]
fn what_is_excluded_is_never_marked() {
    let article = article("a", "Ferry", "The ferry sails. No strike.");
    for query in [
        "ferry OR NOT strike",
        "ferry NOT (strike AND zeppelin)",
        "ferry NOT (strike NOT strike)",
        "ferry OR (strike AND zeppelin)",
    ] {
        check(
            &article,
            query,
            &[
                (Headline, "[Ferry]"),
                (Body, "The [ferry] sails. No strike."),
            ],
        );
    }
    check(
        &article,
        "NOT zeppelin",
        &[(Body, "The ferry sails. No strike.")],
    );
}

#[test]
fn the_other_parts_are_shown_whole() {
    let article = Article {
        deck: Some("What the crews want".into()),
        byline: vec!["Ann Harbour".into(), "Joe Crews".into()],
        captions: vec!["A pier".into(), "The crews at the pier".into()],
        ..article("a", "Ferry", "They sail.")
    };
    check(
        &article,
        "crews",
        &[
            (Deck, "What the [crews] want"),
            (Byline, "Joe [Crews]"),
            (Body, "They sail."),
            (Caption, "The [crews] at the pier"),
        ],
    );
}

#[test]
fn an_article_without_a_body() {
    check(
        &article("a", "Ferry", ""),
        "ferry",
        &[(Headline, "[Ferry]")],
    );
    check(&article("a", "Ferry", ""), "", &[]);
}

#[test]
fn offsets_count_characters() {
    check(
        &article("a", "🦀🦀 ferry 🦀", ""),
        "ferry",
        &[(Headline, "🦀🦀 [ferry] 🦀")],
    );
    check(
        &article("a", "🦀 e\u{301}te\u{301} fin", ""),
        "été",
        &[(Headline, "🦀 [e\u{301}te\u{301}] fin")],
    );
    check(
        &article("a", "إضراب في الميناء اليوم", ""),
        "\"الميناء\"",
        &[(Headline, "إضراب في [الميناء] اليوم")],
    );
    check(
        &article("a", "昨日、港で𠮷野が", ""),
        "𠮷野",
        &[(Headline, "昨日、港で[𠮷野]が")],
    );
    let snippet = &snippets(&article("a", "🦀🦀 ferry", ""), "ferry")[0];
    assert_eq!(snippet.highlights, [(3, 8)]);
}

#[test]
fn one_line_without_control_characters() {
    let body =
        "The ferry\nsails\tat\u{1} dawn\u{2028}or\u{2029}not\u{85}at all\r\n, the ferry\u{7}.";
    for snippet in snippets(&article("a", "A\nferry", body), "ferry") {
        assert!(!snippet.text.contains(ends_line), "{snippet:?}");
        let source = if snippet.field == Headline {
            "A ferry".into()
        } else {
            body.replace(ends_line, " ")
        };
        assert!(source.contains(&snippet.text), "{snippet:?}");
    }
}

#[test]
fn a_match_across_paragraphs_is_shown() {
    check(
        &article("a", "", "They took the ferry\n\nstrike or no strike."),
        "\"ferry strike\"",
        &[(Body, "They took the [ferry  strike] or no strike.")],
    );
}

fn filler(from: usize, to: usize) -> String {
    let words: Vec<String> = (from..to).map(|number| format!("word{number} ")).collect();
    words.concat()
}

#[test]
fn several_stretches_from_a_long_body() {
    let paragraph = |word: &str, number: usize| {
        format!(
            "{}{word} {}",
            filler(0, 20),
            filler(number, number + 15).trim()
        )
    };
    let body = [
        paragraph("ferry", 100),
        paragraph("pier", 200),
        paragraph("nothing", 300),
        paragraph("quay", 400),
        paragraph("ferry", 500),
    ]
    .join("\n\n");
    let snippets = snippets(&article("a", "", &body), "ferry OR pier OR quay");
    let marks: Vec<String> = snippets.iter().map(marked).collect();
    assert_eq!(marks.len(), 3);
    // One for each word, in the order of the text.
    assert!(
        marks[0].contains("[ferry]") && marks[1].contains("[pier]") && marks[2].contains("[quay]"),
        "{marks:#?}"
    );
    assert!(snippets.iter().all(|snippet| snippet.text.len() <= LONGEST));
}

#[test]
fn short_sentences_are_whole() {
    let body = "The ferry sails at dawn.\n\nThe crews are on strike, and the harbour is still.\n\nNobody knows why.";
    for query in ["crews", "dawn", "why", "zeppelin OR still"] {
        for snippet in snippets(&article("a", "", body), query) {
            assert!(
                body.split("\n\n")
                    .any(|paragraph| paragraph == snippet.text),
                "{snippet:?}"
            );
        }
    }
}

#[test]
fn a_sentence_without_an_end() {
    let body = format!("{}ferry {}", filler(0, 60_000), filler(0, 60_000));
    assert!(body.len() > 1 << 20);
    let snippets = within(10, "ferry", || snippets(&article("a", "", &body), "ferry"));
    let [snippet] = snippets.as_slice() else {
        panic!("{snippets:?}")
    };
    assert!(snippet.text.len() <= LONGEST, "{}", snippet.text.len());
    assert!(marked(snippet).contains(" [ferry] "));
    // Between words on both sides.
    assert!(
        snippet.text.starts_with("word")
            && snippet
                .text
                .split(' ')
                .all(|word| word == "ferry" || body.contains(&format!("{word} ")))
    );
    let all = within(10, "word*", || {
        self::snippets(&article("a", "", &body), "word*")
    });
    assert!(all.iter().all(|snippet| snippet.text.len() <= LONGEST));
}

#[test]
fn a_word_without_an_end() {
    let body = format!("{} ferry {}", "x".repeat(1 << 20), "y".repeat(1 << 20));
    for query in ["ferry", "x*", "NOT zeppelin"] {
        let snippets = snippets(&article("a", "", &body), query);
        assert!(
            snippets.iter().all(|snippet| snippet.text.len() <= LONGEST),
            "{query}"
        );
    }
}

const PIECES: &[&str] = &[
    "ferry",
    "Ferries",
    "strike",
    "港",
    "e\u{301}",
    "🦀",
    "مرفأ",
    " ",
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
    "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
];

/// Texts of few words and many kinds of characters.
fn texts() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(PIECES), 0..120).prop_map(|pieces| pieces.concat())
}

fn ends_line(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn every_snippet_has_its_shape(bodies in prop::collection::vec((texts(), texts()), 1..8)) {
        let articles: Vec<Article> = bodies.iter().enumerate().map(|(number, (headline, body))| article(&number.to_string(), headline, body)).collect();
        let archive = archive_of(&articles);
        for query in ["ferry", "\"strike ferry\" OR x*", "NOT strike", "e* OR 港", "\"ferry strike ferry\" OR us", ""] {
            for hit in archive.search(&request(query)).unwrap().hits {
                for snippet in &hit.snippets {
                    let length = snippet.text.chars().count();
                    let mut end = 0;
                    for &(from, to) in &snippet.highlights {
                        prop_assert!(end <= from && from < to && to <= length, "{:?}", snippet);
                        end = to;
                    }
                    prop_assert!(!snippet.text.contains(ends_line));
                    prop_assert!(snippet.field != Body || snippet.text.len() <= LONGEST, "{:?}", snippet);
                    prop_assert!(snippet.field != Body || !snippet.text.trim().is_empty());
                }
            }
        }
    }
}
