//! What a query may mean: trees in normal form, made without the parser.

use chrono::{Datelike, Days, NaiveDate};
use morgue::query::dates::DateSpan;
use morgue::query::tree::{Field, Kind, Node, Span, Within};
use proptest::prelude::*;
use proptest::sample::select;

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

/// Any tree that a query can mean.
pub(super) fn trees() -> impl Strategy<Value = Node> {
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
