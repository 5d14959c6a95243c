//! Text on a terminal: harmless, no wider than it may be, pointed at in the right column.

use morgue::output::marks::{Piece, pieces};
use morgue::output::terminal::{clean, columns, wrap};
use morgue::query::caret;
use morgue::query::tree::Span;
use proptest::prelude::*;

#[test]
fn a_terminal_has_nothing_to_obey() {
    let check = |text: &str, expected: &str| assert_eq!(clean(text), expected, "{text:?}");
    check("plain žluťoučký 停戰 عربي", "plain žluťoučký 停戰 عربي");
    check("two\nlines\tand\r\na tab", "two lines and  a tab");
    check("\u{1b}[31;1mred\u{1b}[0m", "red");
    check("\u{9b}31mred", "red");
    check("\u{1b}]0;title\u{7}after", "after");
    check("\u{1b}]8;;http://x\u{1b}\\link\u{1b}]8;;\u{1b}\\", "link");
    check("\u{9d}52;c;aGk=\u{9c}after", "after");
    check("\u{1b}Pq#0\u{1b}\\after", "after");
    check("\u{1b}c\u{1b}7reset", "c7reset");
    check("not finished \u{1b}]0;title", "not finished ]0;title");
    check("not finished \u{1b}[31", "not finished [31");
    check("\u{1b}", "");
    check(
        "bell\u{7} back\u{8}space del\u{7f} nul\0",
        "bell backspace del nul",
    );
    check("abc\u{202e}fed\u{202c} \u{2066}x\u{2069}", "abcfed x");
    // A zero-width joiner is part of the spelling.
    check("می\u{200c}خواهم", "می\u{200c}خواهم");
}

fn wrapped(text: &str, width: usize) -> Vec<String> {
    wrap(&[Piece::plain(text)], Some(width))
        .into_iter()
        .map(|line| line.into_iter().map(|(text, _)| text).collect())
        .collect()
}

#[test]
fn lines_break_where_they_may() {
    let check =
        |text: &str, width: usize, expected: &[&str]| assert_eq!(wrapped(text, width), expected);
    check(
        "the ferry sails again",
        10,
        &["the ferry", "sails", "again"],
    );
    check("the ferry sails", 9, &["the ferry", "sails"]);
    check(
        "Llanfairpwllgwyngyll is far",
        8,
        &["Llanfair", "pwllgwyn", "gyll is", "far"],
    );
    check("停戰協議今天簽署", 6, &["停戰協", "議今天", "簽署"]);
    check("ferry 停戰協議", 8, &["ferry 停", "戰協議"]);
    check("", 8, &[""]);
    check(
        "e\u{301}e\u{301}e\u{301}",
        2,
        &["e\u{301}e\u{301}", "e\u{301}"],
    );
}

#[test]
fn a_match_goes_on_in_the_next_line() {
    let lines = wrap(&pieces("a prisoner swap today", &[(2, 15)]), Some(12));
    let piece = |text: &str, marked: bool| (text.to_owned(), marked);
    assert_eq!(
        lines,
        [
            vec![piece("a ", false), piece("prisoner", true)],
            vec![piece("swap", true), piece(" today", false)]
        ]
    );
}

#[test]
fn carets_stand_below_the_place() {
    let check = |query: &str, (start, end): (usize, usize), expected: &str| {
        assert_eq!(caret(query, Span::new(start, end)), expected);
    };
    check("headlin:x", (0, 7), "headlin:x\n^^^^^^^");
    check("a \"b", (2, 3), "a \"b\n  ^");
    check("停戰 nope:x", (3, 7), "停戰 nope:x\n     ^^^^");
    check("ends here", (9, 9), "ends here\n         ^");
    check("tab\there", (4, 8), "tab here\n    ^^^^");
    check("", (5, 2), "\n^");
    let long = format!("{} nope:x {}", "a".repeat(100), "b".repeat(100));
    // 76 columns of the query, 24 of them before the place.
    let (before, after) = ("a".repeat(23), "b".repeat(76 - 24 - "nope:x ".len()));
    let indent = " ".repeat(25);
    check(
        &long,
        (101, 105),
        &format!("…{before} nope:x {after}…\n{indent}^^^^"),
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn nothing_harmful_is_left(text in "(\\PC|\\x1b|\\x9b|\\x9d|[\\x00-\\x1f]|\\[|\\]|;|m|\\x7f|\u{202e}|\u{2067}){0,60}") {
        let clean = clean(&text).into_owned();
        let obeyed = |letter: char| letter.is_control()
            || ('\u{202a}'..='\u{202e}').contains(&letter)
            || ('\u{2066}'..='\u{2069}').contains(&letter);
        prop_assert!(!clean.contains(obeyed), "{:?}", clean);
    }

    #[test]
    fn lines_keep_every_letter_and_their_width(text in "([a-z]{1,12}|停戰|é| |  ){0,30}", width in 2usize..30) {
        let lines = wrapped(&text, width);
        for line in &lines {
            prop_assert!(columns(line) <= width, "{:?}", line);
        }
        let letters = |text: &str| text.replace(' ', "");
        prop_assert_eq!(letters(&lines.concat()), letters(&text));
    }

    #[test]
    fn a_caret_never_panics(query in "\\PC{0,200}", start in 0usize..250, end in 0usize..250) {
        let text = caret(&query, Span::new(start, end));
        prop_assert_eq!(text.split('\n').count(), 2);
    }
}

/// Escapes that are never finished must not make cleaning quadratic: this takes minutes when they do.
#[test]
fn a_megabyte_of_unfinished_escapes_is_cleaned_at_once() {
    for unit in ["\u{1b}]", "\u{1b}[1", "\u{9b}0", "\u{9d}x"] {
        assert!(clean(&unit.repeat(500_000)).len() <= 1_000_000);
    }
}
