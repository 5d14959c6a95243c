//! What holds for every query: no panic, a canonical form that reads back as the same tree whatever the match mode and the
//! day, and places that lie within the text.

mod dialects;
mod trees;
mod typed;

use chrono::NaiveDate;
use morgue::query::tree::{Node, Span};
use morgue::query::{Context, Dialect, describe, parse};
use morgue::search::Match;
use proptest::prelude::*;

use super::{ALL, ANY, FACTIVA, NEXIS};
use trees::trees;
use typed::{pieces, sentences, vendors};

/// Another day than [`super::TODAY`].
const LATER: Context = Context {
    matching: Match::Any,
    today: NaiveDate::from_ymd_opt(2031, 1, 1).unwrap(),
    dialect: Dialect::Morgue,
};

fn reads_back(tree: &Node) {
    let canonical = tree.to_string();
    for context in [&ALL, &ANY, &LATER] {
        match parse(&canonical, context) {
            Ok(again) => {
                assert_eq!(&again.tree, tree, "{canonical}");
                assert_eq!(again.tree.to_string(), canonical);
            }
            Err(error) => panic!("{canonical}\n{}\n{error}", error.caret()),
        }
    }
}

fn holds(query: &str) {
    let length = query.chars().count();
    for context in [&ALL, &ANY, &NEXIS, &FACTIVA] {
        match parse(query, context) {
            Ok(parsed) => {
                reads_back(&parsed.tree);
                dialects::writes_back(&parsed.tree);
                check_spans(&parsed.tree, length);
                for warning in parsed.warnings {
                    check_span(warning.span, length);
                    assert!(
                        warning.span.start < warning.span.end,
                        "{query}: {}",
                        warning.message
                    );
                }
                assert!(!describe(&parsed.tree).is_empty());
            }
            Err(error) => {
                check_span(error.span, length);
                let caret = error.caret();
                assert!(caret.contains('^'));
                assert_eq!(caret.lines().count(), 2, "{caret}");
                assert!(!error.message.ends_with('.'));
                for text in [Some(&error.message), error.hint.as_ref()]
                    .into_iter()
                    .flatten()
                {
                    assert!(
                        text.chars().count() < 300 && !text.contains(char::is_control),
                        "{text:?}"
                    );
                }
            }
        }
    }
}

fn check_spans(node: &Node, length: usize) {
    check_span(node.span, length);
    for part in node.parts() {
        assert!(
            node.span.start <= part.span.start && part.span.end <= node.span.end,
            "{node}"
        );
        check_spans(part, length);
    }
}

fn check_span(span: Span, length: usize) {
    assert!(
        span.start <= span.end && span.end <= length,
        "{span:?} in {length}"
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read_or_refused(text in any::<String>()) {
        holds(&text);
    }

    #[test]
    fn any_printable_text_is_read_or_refused(text in "\\PC{0,60}") {
        holds(&text);
    }

    #[test]
    fn any_pieces_are_read_or_refused(text in pieces()) {
        holds(&text);
    }

    #[test]
    fn any_pieces_of_the_vendors_are_read_or_refused(text in vendors()) {
        holds(&text);
    }

    #[test]
    fn any_sentence_is_read_or_refused(text in sentences()) {
        holds(&text);
    }

    #[test]
    fn every_tree_reads_back(tree in trees()) {
        reads_back(&tree);
        dialects::writes_back(&tree);
    }
}
