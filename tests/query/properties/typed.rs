//! What a reader may type: pieces of the language in any order, and in an order that is likely to make a query.

use proptest::prelude::*;
use proptest::sample::select;

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

/// Pieces in any order, with and without spaces between.
pub(super) fn pieces() -> impl Strategy<Value = String> {
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
pub(super) fn sentences() -> impl Strategy<Value = String> {
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
