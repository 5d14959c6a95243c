//! The concordance: columns, cuts, scripts, orders.

use insta::assert_snapshot;
use morgue::output::kwic::Sorted;
use morgue::output::terminal::columns;
use morgue::output::{self, Look, Render};
use morgue::search::{Hit, Line, LineOrder, Passage, SnippetField};
use proptest::prelude::*;

use crate::support::{hostile_hit, plain_hit, response};

/// A line of the body; where it stands does not matter here.
fn line(left: &str, matched: &str, right: &str) -> Line {
    Line {
        place: Passage {
            field: SnippetField::Body,
            part: 0,
            start: 16,
            end: 21,
        },
        left: left.into(),
        matched: matched.into(),
        right: right.into(),
    }
}

fn hit(id: &str, lines: Vec<Line>) -> Hit {
    Hit {
        id: id.into(),
        lines: Some(lines),
        ..plain_hit()
    }
}

/// A hit with two matches.
pub(super) fn in_lines() -> Hit {
    hit(
        "courier/1963.jsonl#4",
        vec![
            line(
                "LARKMOUTH – The ",
                "ferry",
                ", a white horse (bílý kůň) on its bow, sails again from Monday.",
            ),
            line("The ", "ferry", " in 1951"),
        ],
    )
}

/// Hits in several scripts, one without a date and a long id, and one that means harm.
fn hits() -> Vec<Hit> {
    vec![
        in_lines(),
        Hit {
            date: None,
            ..hit(
                "https://shimbun.example/1963/08/14/harbour/ferries-and-strikes",
                vec![
                    line(
                        "昨日、港の",
                        "フェリー",
                        "が六十年ぶりに出航した。船員たちは岸壁で手を振った",
                    ),
                    line(
                        "They took the last\n\n  ",
                        "ferry",
                        "\tand then\u{2028}they walked.",
                    ),
                ],
            )
        },
        Hit {
            date: "1963-08".parse().ok(),
            ..hit(
                "n:3",
                vec![
                    line(
                        "رست في ميناء بورسعيد صباح السبت ",
                        "سفينة",
                        " صغيرة تحمل عشرين ألف كتاب",
                    ),
                    line("kde stál bílý ", "ku\u{30a}n\u{30c}", ", na přídi"),
                    line(
                        "The council ",
                        "voted, after a night of speeches, five rounds and one fainting, against the ferry",
                        " at last.",
                    ),
                ],
            )
        },
        Hit {
            lines: Some(vec![line(
                "\u{1b}[2J\u{202e}a ",
                "<mark>",
                "\u{9b}31m \u{7}& \"b\"",
            )]),
            ..hostile_hit()
        },
    ]
}

fn written(name: &str, hits: &[Hit], order: LineOrder, look: Look) -> String {
    let mut bytes = Vec::new();
    let mut text = (output::find(name).unwrap().render)(&mut bytes, look);
    if order != LineOrder::Order {
        text = Box::new(Sorted::new(text, order));
    }
    give(&mut *text, hits);
    drop(text);
    String::from_utf8(bytes).unwrap()
}

fn give(text: &mut dyn Render, hits: &[Hit]) {
    text.begin(&response()).unwrap();
    for hit in hits {
        text.hit(hit).unwrap();
    }
    text.end(&response()).unwrap();
}

/// What a terminal shows where it understands isolates: `«` and `»` stand for them.
fn shown(text: &str) -> String {
    text.replace('\u{2068}', "«").replace('\u{2069}', "»")
}

#[test]
fn in_a_pipe() {
    assert_snapshot!(shown(&written("kwic", &hits(), LineOrder::Order, Look::default())), @"");
}

#[test]
fn on_a_terminal() {
    let look = Look {
        color: true,
        width: Some(80),
        context: None,
    };
    let text = written("kwic", &hits(), LineOrder::Order, look).replace('\u{1b}', "␛");
    assert_snapshot!(shown(&text), @"");
}

#[test]
fn with_little_context() {
    let look = Look {
        context: Some(12),
        ..Look::default()
    };
    assert_snapshot!(shown(&written("kwic", &hits(), LineOrder::Order, look)), @"");
}

#[test]
fn one_match_a_row() {
    assert_snapshot!(written("kwic-csv", &hits(), LineOrder::Order, Look::default()), @"");
}

/// The lines in an order, as `left[match]right`.
#[track_caller]
fn check(order: LineOrder, expected: &[&str]) {
    let hits = [
        hit(
            "a",
            vec![
                line("an old ", "Ferry", " sails"),
                line("the Éclair ", "ferry", " strike"),
            ],
        ),
        hit("b", vec![]),
        hit(
            "c",
            vec![
                line("a new ", "ferry strike", ""),
                line("", "ferry", " Sails"),
            ],
        ),
        hit("d", vec![line("the old ", "férry", " again")]),
    ];
    let text = written("kwic-csv", &hits, order, Look::default());
    let mut rows = csv::Reader::from_reader(text.as_bytes());
    let lines: Vec<String> = rows
        .records()
        .map(|row| {
            let row = row.unwrap();
            format!("{}: {}[{}]{}", &row[1], &row[9], &row[10], &row[11])
        })
        .collect();
    assert_eq!(lines, expected, "{order}");
}

#[test]
fn lines_are_sorted_by_words() {
    check(
        LineOrder::Order,
        &[
            "a: an old [Ferry] sails",
            "a: the Éclair [ferry] strike",
            "c: a new [ferry strike]",
            "c: [ferry] Sails",
            "d: the old [férry] again",
        ],
    );
    // Nothing, then éclair, new, old an, old the.
    check(
        LineOrder::Left,
        &[
            "c: [ferry] Sails",
            "a: the Éclair [ferry] strike",
            "c: a new [ferry strike]",
            "a: an old [Ferry] sails",
            "d: the old [férry] again",
        ],
    );
    check(
        LineOrder::Right,
        &[
            "c: a new [ferry strike]",
            "d: the old [férry] again",
            "a: an old [Ferry] sails",
            "c: [ferry] Sails",
            "a: the Éclair [ferry] strike",
        ],
    );
    check(
        LineOrder::Match,
        &[
            "d: the old [férry] again",
            "a: an old [Ferry] sails",
            "c: [ferry] Sails",
            "a: the Éclair [ferry] strike",
            "c: a new [ferry strike]",
        ],
    );
}

const TEXT: &str =
    "(ferry|strike|Ü|e\u{301}|停戰|🦀|مرفأ|\u{1b}\\[2J|\u{202e}|\u{200d}| |  |\n|\t|\\.){0,40}";

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn every_match_begins_in_the_same_column(left in TEXT, matched in "[a-z停]{1,60}", right in TEXT, width in 40usize..160) {
        let hits = [hit("n:1", vec![line(&left, &matched, &right)])];
        for look in [Look::default(), Look { width: Some(width), ..Look::default() }] {
            let text = written("kwic", &hits, LineOrder::Order, look);
            prop_assert_eq!(text.matches('\n').count(), 1);
            let text = text.trim_end_matches('\n');
            // The first line of a hit without context shows where matches begin.
            let alone = written("kwic", &[hit("n:1", vec![line("", "x", "")])], LineOrder::Order, look);
            let column = columns(&alone[..alone.rfind('x').unwrap()]);
            let first = matched.chars().next().unwrap();
            let at_column = text.char_indices().any(|(at, c)| c == first && columns(&text[..at]) == column);
            prop_assert!(at_column, "{:?}", text);
            if look.width.is_some() {
                prop_assert!(columns(text) <= width, "{:?}", text);
            }
        }
    }
}
