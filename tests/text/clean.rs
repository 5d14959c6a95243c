//! Clean text: lines, paragraphs, characters, references.

use morgue::text::clean::{entities, line, paragraphs, printable};
use proptest::prelude::*;

use crate::support::within;

#[test]
fn lines_are_one_line() {
    for (text, clean) in [
        ("", ""),
        ("  The\t mill\r\n burned. ", "The mill burned."),
        (
            "no\u{a0}break\u{2009}thin\u{3000}wide\u{200b}zero",
            "no break thin wide zero",
        ),
        ("\u{feff}The\u{3} mi\u{ad}ll\u{7f}", "The mill"),
        ("don\u{92}t \u{93}burn\u{94}", "don’t “burn”"),
        ("Cafe\u{301}", "Café"),
        ("a\u{202e}b\u{2066}c\u{2069}", "ab\u{2066}c\u{2069}"),
        ("a\u{2028}b\u{c}c", "a b c"),
    ] {
        assert_eq!(line(text), clean, "{text:?}");
    }
}

#[test]
fn printable_text_keeps_its_lines() {
    assert_eq!(
        printable("one\r\ntwo\rthree\n\tfour"),
        "one\ntwo\nthree\n\tfour"
    );
    assert!(matches!(
        printable("plain text, and nothing else"),
        std::borrow::Cow::Borrowed(_)
    ));
    assert!(matches!(
        printable("schöner Text"),
        std::borrow::Cow::Borrowed(_)
    ));
}

#[test]
fn references_are_decoded_once() {
    for (text, decoded) in [
        ("R&D at AT&T", "R&D at AT&T"),
        ("&lt;IBM>", "<IBM>"),
        ("caf&eacute; &amp; bar", "café & bar"),
        ("&amp;amp;", "&amp;"),
        ("&#233;&#xE9;&#XE9;", "ééé"),
        ("don&#146;t &#151; no", "don’t — no"),
        ("don&rsquo;t", "don’t"),
        ("bare #39; stays", "bare #39; stays"),
        ("&#39;quoted&#039;", "'quoted'"),
        ("&copy 2024", "© 2024"),
        ("?a=1&copy=2&region=3", "?a=1&copy=2&region=3"),
        ("&#5;x&#31;", "\u{5}x\u{1f}"),
        ("&#0;&#xD800;&#99999999999;", "\u{fffd}\u{fffd}\u{fffd}"),
        ("&nosuch; &; &#; &#x;", "&nosuch; &; &#; &#x;"),
        ("&", "&"),
        ("&NotEqualTilde;", "≂̸"),
        ("fish&chips", "fish&chips"),
    ] {
        assert_eq!(entities(text), decoded, "{text}");
    }
}

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    assert_eq!(paragraphs(text).split("\n\n").collect::<Vec<_>>(), expected);
}

#[test]
fn empty_lines_divide_paragraphs() {
    check(
        "The mill\nburned.\n\n \nNobody was\nhurt.\n",
        &["The mill burned.", "Nobody was hurt."],
    );
    check("", &[""]);
}

#[test]
fn lines_that_end_sentences_are_paragraphs() {
    check(
        "The mill burned.\n“Nobody was hurt.”\nIt will be rebuilt!",
        &[
            "The mill burned.",
            "“Nobody was hurt.”",
            "It will be rebuilt!",
        ],
    );
    let long = "word ".repeat(40);
    check(&format!("{long}\n{long}"), &[long.trim(), long.trim()]);
}

#[test]
fn indented_lines_begin_paragraphs() {
    check(
        "The old mill by the river burned\non Monday night.\n    Nobody was hurt, said the fire\nbrigade.\n    It will be rebuilt.",
        &[
            "The old mill by the river burned on Monday night.",
            "Nobody was hurt, said the fire brigade.",
            "It will be rebuilt.",
        ],
    );
}

#[test]
fn joining_minds_hyphens_and_scripts() {
    check(
        "the anti-\ninflation plan of the\ngovernment",
        &["the anti-inflation plan of the government"],
    );
    check(
        "a dash -\nhere and 3-\n4 there",
        &["a dash - here and 3- 4 there"],
    );
    check("河边的旧磨坊\n烧毁了", &["河边的旧磨坊烧毁了"]);
}

#[test]
fn long_texts_take_linear_time() {
    for unit in [
        "a\n", "\n", "&", "&#1", "&amp", " ", "-\n", "\u{ad}", "e\u{301}",
    ] {
        let text = unit.repeat(1_000_000 / unit.len());
        within(60, unit, || {
            let _ = (
                line(&text),
                paragraphs(&text),
                printable(&text).len(),
                entities(&text).len(),
            );
        });
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn what_is_clean_stays_as_it_is(
        text in prop_oneof![any::<String>(), "([a-z.]{1,3}|[ \n\t\r]|\u{a0}|\u{ad}|e\u{301}|\u{92}|河|&[a-z#0-9]{1,4};|    ){0,40}"],
    ) {
        let printed = printable(&text).into_owned();
        prop_assert!(!printed.chars().any(|c| c.is_control() && c != '\n' && c != '\t'));
        prop_assert_eq!(&printable(&printed), &printed);
        let one = line(&text);
        prop_assert!(!one.contains(['\n', '\t']) && !one.contains("  ") && one.trim() == one);
        prop_assert_eq!(line(&one), one);
        let body = paragraphs(&text);
        prop_assert!(body.split("\n\n").all(|paragraph| line(paragraph) == paragraph));
        prop_assert_eq!(paragraphs(&body), body);
        let _ = entities(&text);
    }
}
