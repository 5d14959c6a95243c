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

/// The text with `«` and `»` for the isolates, and `°` and `^` for the two accents that stand by themselves.
fn shown(text: &str) -> String {
    let visible = |c| match c {
        '\u{2068}' => '«',
        '\u{2069}' => '»',
        '\u{30a}' => '°',
        '\u{30c}' => '^',
        c => c,
    };
    text.chars().map(visible).collect()
}

#[test]
fn in_a_pipe() {
    assert_snapshot!(shown(&written("kwic", &hits(), LineOrder::Order, Look::default())), @r#"
    1963-08-14                                              LARKMOUTH – The ferry, a white horse (bílý kůň) on its bow, sails again from Mond         courier/1963.jsonl#4
    1963-08-14                                                          The ferry in 1951                                                             courier/1963.jsonl#4
                                                                  昨日、港のフェリーが六十年ぶりに出航した。船員たちは岸壁で手を振った                https://shimbun.example/1963/08/14/harbour/ferries-and-strikes
                                                         They took the last ferry and then they walked.                                               https://shimbun.example/1963/08/14/harbour/ferries-and-strikes
    1963-08                                 «رست في ميناء بورسعيد صباح السبت »«سفينة»« صغيرة تحمل عشرين ألف كتاب»                                           n:3
    1963-08                                                   kde stál bílý ku°n^, na přídi                                                             n:3
    1963-08                                                     The council voted, after a night of speeches, five rounds and one fainting, against the ferry at last.  n:3
    1605                                                                  a <mark> & "b"                                                              x"><script>alert('id')</script>
    "#);
}

#[test]
fn on_a_terminal() {
    let look = Look {
        color: true,
        width: Some(80),
        context: None,
    };
    let text = written("kwic", &hits(), LineOrder::Order, look).replace('\u{1b}', "␛");
    assert_snapshot!(shown(&text), @r#"
    ␛[2m1963-08-14␛[0m        LARKMOUTH – The ␛[1m␛[31mferry␛[0m, a white horse (bílý k  ␛[2m…er/1963.jsonl#4␛[0m
    ␛[2m1963-08-14␛[0m                    The ␛[1m␛[31mferry␛[0m in 1951                 ␛[2m…er/1963.jsonl#4␛[0m
    ␛[2m          ␛[0m              昨日、港の␛[1m␛[31mフェリー␛[0mが六十年ぶりに出航し  ␛[2m…ies-and-strikes␛[0m
    ␛[2m          ␛[0m     They took the last ␛[1m␛[31mferry␛[0m and then they walked.   ␛[2m…ies-and-strikes␛[0m
    ␛[2m1963-08   ␛[0m  «اء بورسعيد صباح السبت »␛[1m␛[31m«سفينة»␛[0m« صغيرة تحمل عشرين ألف ك»  ␛[2mn:3␛[0m
    ␛[2m1963-08   ␛[0m          kde stál bílý ␛[1m␛[31mku°n^␛[0m, na přídi                 ␛[2mn:3␛[0m
    ␛[2m1963-08   ␛[0m            The council ␛[1m␛[31mvoted, af…he ferry␛[0m at last.   ␛[2mn:3␛[0m
    ␛[2m1605      ␛[0m                      a ␛[1m␛[31m<mark>␛[0m & "b"                  ␛[2m…('id')</script>␛[0m
    "#);
}

#[test]
fn with_little_context() {
    let look = Look {
        context: Some(12),
        ..Look::default()
    };
    assert_snapshot!(shown(&written("kwic", &hits(), LineOrder::Order, look)), @r#"
    1963-08-14  MOUTH – The ferry, a white ho         courier/1963.jsonl#4
    1963-08-14          The ferry in 1951             courier/1963.jsonl#4
                  昨日、港のフェリーが六十年ぶり      https://shimbun.example/1963/08/14/harbour/ferries-and-strikes
                ok the last ferry and then th         https://shimbun.example/1963/08/14/harbour/ferries-and-strikes
    1963-08     « صباح السبت »«سفينة»« صغيرة تحمل »         n:3
    1963-08     e stál bílý ku°n^, na přídi             n:3
    1963-08     The council voted, after a night of speeches, five rounds and one fainting, against the ferry at last.  n:3
    1605                  a <mark> & "b"              x"><script>alert('id')</script>
    "#);
}

#[test]
fn one_match_a_row() {
    assert_snapshot!(shown(&written("kwic-csv", &hits(), LineOrder::Order, Look::default())), @r#"
    rank,id,headline,date,source,field,part,start,end,left,match,right
    1,courier/1963.jsonl#4,Ferry service returns to Larkmouth,1963-08-14,The Larkmouth Courier,body,0,16,21,LARKMOUTH – The ,ferry,", a white horse (bílý kůň) on its bow, sails again from Monday."
    1,courier/1963.jsonl#4,Ferry service returns to Larkmouth,1963-08-14,The Larkmouth Courier,body,0,16,21,The ,ferry, in 1951
    1,https://shimbun.example/1963/08/14/harbour/ferries-and-strikes,Ferry service returns to Larkmouth,,The Larkmouth Courier,body,0,16,21,昨日、港の,フェリー,が六十年ぶりに出航した。船員たちは岸壁で手を振った
    1,https://shimbun.example/1963/08/14/harbour/ferries-and-strikes,Ferry service returns to Larkmouth,,The Larkmouth Courier,body,0,16,21,They took the last    ,ferry, and then they walked.
    1,n:3,Ferry service returns to Larkmouth,1963-08,The Larkmouth Courier,body,0,16,21,رست في ميناء بورسعيد صباح السبت ,سفينة, صغيرة تحمل عشرين ألف كتاب
    1,n:3,Ferry service returns to Larkmouth,1963-08,The Larkmouth Courier,body,0,16,21,kde stál bílý ,ku°n^,", na přídi"
    1,n:3,Ferry service returns to Larkmouth,1963-08,The Larkmouth Courier,body,0,16,21,The council ,"voted, after a night of speeches, five rounds and one fainting, against the ferry", at last.
    2,"x""><script>alert('id')</script>",'=cmd()<img src=x onerror=alert(1)>,1605,新聞,body,0,16,21,a ,<mark>," & ""b"""
    "#);
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
