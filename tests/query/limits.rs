//! The limits of a query, the tables of the language, and texts that are meant to do harm.

use morgue::query::dialect::in_every_dialect;
use morgue::query::{FIELDS, LONGEST, OPERATORS, describe, parse};

use super::{ALL, ANY, FACTIVA, NEXIS};
use crate::support::within;

fn refused(query: &str, expected: &str) {
    let error = parse(query, &ALL).expect_err("beyond a limit");
    assert_eq!(error.message, expected);
    assert!(error.span.end <= query.chars().count());
    assert_eq!(error.caret().lines().count(), 2);
}

#[test]
fn a_query_is_refused_beyond_its_limits() {
    refused(&"é".repeat(LONGEST + 1), "longer than 10000 characters");
    refused(&"a ".repeat(1_001), "more than 1000 terms");
    refused(
        &format!("{}a{}", "(".repeat(51), ")".repeat(51)),
        "nested more than 50 levels deep",
    );
    refused(&"(".repeat(9_000), "nested more than 50 levels deep");
    refused(
        &vec!["a"; 60].join(" W/1 "),
        "nested more than 50 levels deep",
    );
    let negations = vec!["-a"; 900].join(" OR ");
    assert!(parse(&negations, &ALL).is_ok());
    let names = vec!["hl:abcdef"; 800].join(" ");
    refused(
        &names,
        "longer than 10000 characters with all its operators",
    );
}

#[test]
fn a_query_is_read_up_to_its_limits() {
    for query in [
        "é".repeat(LONGEST),
        "a ".repeat(1_000),
        format!("{}a{}", "(".repeat(50), ")".repeat(50)),
        vec!["a"; 50].join(" W/1 "),
        format!("{}a", "NOT ".repeat(2_000)),
    ] {
        let parsed = parse(&query, &ALL).unwrap();
        let again = parse(&parsed.tree.to_string(), &ANY).unwrap();
        assert_eq!(again.tree, parsed.tree);
    }
}

/// Pieces that a long text is made of: each may be begun, and not ended, many times.
const PIECES: &[&str] = &[
    "(",
    ")",
    "\"",
    "\"a\" ",
    "'a ",
    "'a' ",
    "‘a ",
    "“a ",
    "“a\" ",
    "„a\" ",
    "«a ",
    "» ",
    "-",
    "- ",
    " -a",
    "!",
    "?",
    "*",
    "a*",
    "a~",
    "a~1",
    "~",
    "a:",
    ":",
    "a: ",
    "in: ",
    "date: ",
    "date:x",
    "words: ",
    "W/5 ",
    "a W/5 ",
    "NOT ",
    "not w/5 ",
    "a!",
    "a ! ",
    "A! ",
    "a? ",
    "A? ",
    "/a",
    "/",
    "http://",
    "www.",
    "www.) ",
    "a.",
    "A.",
    ".",
    "..",
    "a--",
    "a,",
    "1,",
    "&",
    "&&",
    "|",
    "^",
    "[",
    "צה\"ל",
    "e\u{301}",
    "\u{200b}",
    "石",
    "😀",
    "ATLEAST2(",
    "headline:(",
    "and ",
    "x\u{0}",
    "a!b",
    "/N5/",
    "747/N5/b",
    "/n",
    "but ",
    "date ",
    "date aft 1963 ",
    "date(geq 1963 and ",
    "date after ",
    "length > ",
    "headline(",
    "headline (a) and ",
    "hd=",
    "hd=a ",
    "wc>",
    "atleast2 ",
    "atleast2(a) or ",
    "a near5 ",
    "a same ",
    "a or ",
    "a and not b or ",
    "abc$9 or ",
    "a w/9 b w/8 ",
];

#[test]
fn no_text_takes_long() {
    for piece in PIECES {
        let query: String = piece.chars().cycle().take(LONGEST).collect();
        for context in [&ALL, &ANY, &NEXIS, &FACTIVA] {
            // Some twenty times what it takes in a build with checks; what is quadratic takes longer.
            within(1, piece, || match parse(&query, context) {
                Ok(parsed) => drop((
                    parsed.tree.to_string(),
                    describe(&parsed.tree),
                    in_every_dialect(&parsed.tree),
                )),
                Err(error) => drop(error.caret()),
            });
        }
    }
}

#[test]
fn every_row_of_the_tables_has_an_example_that_holds() {
    let examples = OPERATORS
        .iter()
        .map(|row| (row.name, row.help, row.example))
        .chain(FIELDS.iter().map(|row| (row.name, row.help, row.example)));
    for (name, help, example) in examples {
        let parsed = parse(example, &ALL).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(parsed.warnings, [], "{name}");
        assert!(!help.is_empty() && !help.ends_with('.'), "{name}");
    }
    for row in OPERATORS {
        for form in row.forms.iter().filter(|form| **form != "( )") {
            assert!(parse(form, &ALL).is_ok(), "{}: {form}", row.name);
        }
    }
    for row in FIELDS {
        let value = row.example.split_once(':').unwrap().1;
        for name in row.names() {
            let tree = parse(&format!("{name}:{value}"), &ALL).unwrap().tree;
            assert_eq!(tree, parse(row.example, &ALL).unwrap().tree, "{name}");
        }
    }
}

#[test]
fn a_tree_is_told_in_words() {
    let query = "(truce OR \"cease-fire\") W/10 cairo AND headline:(oil -gas) since:1963 words:>500 in:egypt net* ali~1 ATLEAST2(swap)";
    let tree = parse(query, &ALL).unwrap().tree;
    let expected = "\
all of these:
  these, at most 10 words apart:
    any of these:
      the word truce, in all its forms
      \"cease-fire\", in exactly this form
    the word cairo, in all its forms
  in the headline:
    all of these:
      the word oil, in all its forms
      every article but those with:
        the word gas, in all its forms
  dated on 1963-01-01 or later
  at least 501 words long
  placed in egypt, or in a place that lies there
  words like net* (* any letters, ? one letter)
  ali, or what differs from it by 1 letter
  at least 2 matches of:
    the word swap, in all its forms";
    assert_eq!(describe(&tree), expected);
}

/// Publications, sections and topics are names: they are not inflected. A language is a tag.
#[test]
fn a_name_is_not_told_to_be_inflected() {
    let tree = parse("source:reuters lang:en", &ALL).unwrap().tree;
    let expected = "\
all of these:
  in this publication:
    \"reuters\", in exactly this form
  in this language:
    en";
    assert_eq!(describe(&tree), expected);
}

#[test]
fn a_tree_survives_json() {
    let tree = parse(
        "a W/S b OR NOT headline:\"c d\" date:1963-08 words:<5",
        &ALL,
    )
    .unwrap()
    .tree;
    let json = serde_json::to_string(&tree).unwrap();
    assert_eq!(
        serde_json::from_str::<morgue::query::tree::Node>(&json).unwrap(),
        tree
    );
}

#[test]
fn places_are_counted_in_characters() {
    let error = parse("münchen 石油 foo:x", &ALL).unwrap_err();
    assert_eq!((error.span.start, error.span.end), (11, 14));
    let warnings = parse("münchen\tand\nköln", &ALL).unwrap().warnings;
    assert_eq!((warnings[0].span.start, warnings[0].span.end), (8, 11));
}

#[test]
fn an_empty_query_is_every_article() {
    for query in ["", "  ", "\n\t\u{a0}"] {
        assert_eq!(parse(query, &ALL).unwrap().tree.to_string(), "*");
    }
}
