//! What holds for every query: no panic, a canonical form that reads back as the same tree whatever the match mode and the
//! day, and places that lie within the text.

use chrono::{Days, NaiveDate};
use morgue::query::dates::DateSpan;
use morgue::query::tree::{Field, Kind, Node, Span, Within};
use morgue::query::{Context, describe, parse};
use morgue::search::Match;
use proptest::prelude::*;
use proptest::sample::select;

use super::{ALL, ANY};

/// Another day than [`super::TODAY`].
const LATER: Context = Context {
    matching: Match::Any,
    today: NaiveDate::from_ymd_opt(2031, 1, 1).unwrap(),
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
    for context in [&ALL, &ANY] {
        match parse(query, context) {
            Ok(parsed) => {
                reads_back(&parsed.tree);
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

/// Pieces that mean something, or nearly.
const PIECES: &[&str] = &[
    "a",
    "b",
    "Oil",
    "and",
    "or",
    "not",
    "AND",
    "OR",
    "NOT",
    "W/5",
    "w/3",
    "PRE/2",
    "W/S",
    "w/p",
    "NEAR",
    "ATLEAST2(",
    "atleast3(",
    "(",
    ")",
    "(",
    ")",
    "\"",
    "\"a b\"",
    "“",
    "”",
    "'",
    "’",
    "‘",
    "«",
    "»",
    "„",
    "-",
    "--",
    "–",
    "+",
    "!",
    "?",
    "*",
    "~",
    "~1",
    "~2",
    "^",
    "&",
    "&&",
    "|",
    "||",
    ":",
    "::",
    "/",
    "//",
    "\\",
    "[",
    "]",
    "{",
    "}",
    "<",
    ">",
    "=",
    ",",
    ";",
    ".",
    "..",
    "…",
    "headline:",
    "in:",
    "place:",
    "lang:",
    "lang:en",
    "in:egypt",
    "date:",
    "date:1963",
    "date:1963-08..",
    "since:last-week",
    "words:",
    "words:>5",
    "headline: ",
    "date: ",
    "x:",
    "covid: ",
    "http://",
    "https://a.b/c?d=e",
    "www.",
    "12:30",
    "1,000",
    "U.S.",
    "O'Brien",
    "'90s",
    "m*d?",
    "next?",
    "stop!",
    "Stop!",
    "cease-fire",
    "é",
    "e\u{301}",
    "石油",
    "צה\"ל",
    "😀",
    "\u{200b}",
    "\u{202e}",
    "\t",
    "\n",
    "\u{a0}",
    "#tag",
    "$5",
    "C++",
    "/5",
    "*a",
    "a*",
    "NOT W/5",
];

fn pieces() -> impl Strategy<Value = String> {
    let piece = (select(PIECES), select(&["", " ", " "][..]));
    prop::collection::vec(piece, 0..14).prop_map(|pieces| {
        let both: Vec<String> = pieces
            .iter()
            .map(|(piece, space)| format!("{piece}{space}"))
            .collect();
        both.concat()
    })
}

/// Pieces that are likely to make a query.
fn sentences() -> impl Strategy<Value = String> {
    let term = select(
        &[
            "a",
            "next?",
            "\"a b\"",
            "(a OR b)",
            "NOT a",
            "-b",
            "headline:a",
            "headline:(a -b)",
            "in:egypt",
            "date:1963",
            "words:>5",
            "not",
            "and",
            "(not)",
            "m*",
            "x~",
            "ATLEAST2(a OR b)",
            "(a W/3 b)",
            "'a b'",
            "*",
            "lang:en",
            "(a b -c)",
            "in:(a OR b)",
            "stop!",
            "Yahoo!",
            "who?",
        ][..],
    );
    let operator = select(
        &[
            " ",
            " ",
            " AND ",
            " OR ",
            " NOT ",
            " W/5 ",
            " PRE/2 ",
            " not w/3 ",
            " && ",
        ][..],
    );
    prop::collection::vec((term, operator), 1..8).prop_map(|pairs| {
        let both: Vec<String> = pairs
            .iter()
            .map(|(term, operator)| format!("{term}{operator}"))
            .collect();
        both.concat()
            .trim_end_matches(" AND ")
            .trim_end_matches(" OR ")
            .to_owned()
    })
}

fn node(kind: Kind) -> Node {
    Node {
        kind,
        span: Span::default(),
    }
}

/// A leaf that has places in the text.
fn words() -> impl Strategy<Value = Node> {
    prop_oneof![
        select(
            &[
                "oil",
                "Oil",
                "and",
                "or",
                "not",
                "Not",
                "w",
                "in",
                "headline",
                "12:30",
                "U.S.",
                "O'Brien",
                "l’eau",
                "cease-fire",
                "9/11",
                "1,000",
                "צה\"ל",
                "石油",
                "#a",
                "C++",
                "AT&T",
                "TO"
            ][..]
        )
        .prop_map(|word| Kind::Word(word.into())),
        select(
            &[
                "oil price",
                "AND",
                "a (b) c",
                "headline:x",
                "he said “no”",
                "m*hamm?d ali",
                "W/5",
                "-a",
                "don't"
            ][..]
        )
        .prop_map(|text| Kind::Phrase(text.into())),
        select(&["*gate", "cease*", "m*hamm?d", "next?", "?ext", "a*?"][..])
            .prop_map(|word| Kind::Wildcard(word.into())),
        (
            select(&["netanyahu", "not", "AND", "U.S.", "O'Brien"][..]),
            1..=2u8
        )
            .prop_map(|(word, edits)| Kind::Fuzzy {
                word: word.into(),
                edits
            }),
    ]
    .prop_map(node)
}

/// What may stand in a proximity: words, OR-groups of it, and proximities.
fn placed() -> impl Strategy<Value = Node> {
    words().prop_recursive(4, 24, 3, |inner| {
        let within = prop_oneof![
            (1..=1000u32).prop_map(Within::Words),
            Just(Within::Sentence),
            Just(Within::Paragraph)
        ];
        prop_oneof![
            prop::collection::vec(inner.clone(), 2..4).prop_map(or),
            (inner.clone(), inner, within, any::<bool>(), any::<bool>()).prop_map(
                |(left, right, within, ordered, negated)| {
                    node(Kind::Near {
                        left: left.into(),
                        right: right.into(),
                        within,
                        ordered,
                        negated,
                    })
                }
            ),
        ]
    })
}

fn day() -> impl Strategy<Value = NaiveDate> {
    // Days of the years 0 to 9999; every third one begins or ends a month.
    (0..3_652_000u64, 0..6u8).prop_map(|(days, edge)| {
        use chrono::Datelike;
        let day = NaiveDate::from_ymd_opt(0, 1, 1).unwrap() + Days::new(days);
        match edge {
            0 => day.with_day(1).unwrap(),
            1 => day
                .with_day(1)
                .unwrap()
                .pred_opt()
                .filter(|day| day.year() >= 0)
                .unwrap_or(day),
            2 => day.with_ordinal(1).unwrap(),
            _ => day,
        }
    })
}

fn filters() -> impl Strategy<Value = Node> {
    let place = || {
        select(
            &[
                "egypt",
                "middle east",
                "AND",
                "new-york",
                "צה\"ל",
                "a,b",
                "m\u{fc}nchen",
            ][..],
        )
    };
    prop_oneof![
        (day(), day()).prop_map(|(a, b)| Kind::Date(DateSpan {
            from: Some(a.min(b)),
            to: Some(a.max(b))
        })),
        day().prop_map(|day| Kind::Date(DateSpan {
            from: Some(day),
            to: None
        })),
        day().prop_map(|day| Kind::Date(DateSpan {
            from: None,
            to: Some(day)
        })),
        place().prop_map(|name| Kind::In(name.into())),
        place().prop_map(|name| Kind::Place(name.into())),
        (any::<u32>(), any::<u32>()).prop_map(|(a, b)| Kind::Words {
            min: Some(a.min(b)),
            max: Some(a.max(b))
        }),
        any::<u32>().prop_map(|min| Kind::Words {
            min: Some(min),
            max: None
        }),
        any::<u32>().prop_map(|max| Kind::Words {
            min: None,
            max: Some(max)
        }),
        Just(Kind::Field {
            field: Field::Language,
            node: node(Kind::Word("en-GB".into())).into()
        }),
    ]
    .prop_map(node)
}

fn counted() -> impl Strategy<Value = Node> {
    (1..=1000u32, placed()).prop_map(|(count, of)| {
        node(Kind::AtLeast {
            count,
            node: of.into(),
        })
    })
}

/// Logic over `leaf`, in normal form.
fn logic(leaf: impl Strategy<Value = Node> + 'static) -> impl Strategy<Value = Node> {
    leaf.prop_recursive(4, 24, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 2..4).prop_map(or),
            prop::collection::vec(inner.clone(), 2..4).prop_map(and),
            inner.prop_map(not),
        ]
    })
}

fn or(nodes: Vec<Node>) -> Node {
    let open = |node: Node| match node.kind {
        Kind::Or(members) => members,
        _ => vec![node],
    };
    node(Kind::Or(nodes.into_iter().flat_map(open).collect()))
}

fn and(nodes: Vec<Node>) -> Node {
    let open = |node: Node| match node.kind {
        Kind::And(members) => members,
        _ => vec![node],
    };
    node(Kind::And(nodes.into_iter().flat_map(open).collect()))
}

fn not(inner: Node) -> Node {
    match inner.kind {
        Kind::Not(inner) => *inner,
        _ => node(Kind::Not(inner.into())),
    }
}

fn trees() -> impl Strategy<Value = Node> {
    let fields = select(
        &[
            Field::Headline,
            Field::Lead,
            Field::Byline,
            Field::Section,
            Field::Source,
            Field::Topic,
        ][..],
    );
    let value = logic(prop_oneof![4 => placed(), 1 => counted()]);
    let field = (fields, value).prop_map(|(field, value)| {
        node(Kind::Field {
            field,
            node: value.into(),
        })
    });
    logic(prop_oneof![placed(), counted(), field, filters()])
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

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
    fn any_sentence_is_read_or_refused(text in sentences()) {
        holds(&text);
    }

    #[test]
    fn every_tree_reads_back(tree in trees()) {
        reads_back(&tree);
    }
}
