//! Arguments that mean harm: whatever comes, a tool answers or says what is wrong, briefly, and the next call is answered, too.

use morgue::text::quote;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::super::archive::{HOSTILE, archive};
use super::{block_on, call, client_of};

/// What each tool takes.
const TOOLS: &[(&str, &[&str])] = &[
    (
        "search",
        &[
            "query", "from", "to", "match", "only", "sort", "limit", "cursor",
        ],
    ),
    (
        "read",
        &[
            "id", "field", "part", "start", "length", "exactly", "version",
        ],
    ),
    ("verify_quote", &["quote", "id", "version"]),
    (
        "timeline",
        &["query", "from", "to", "match", "only", "unit"],
    ),
    (
        "facets",
        &["query", "from", "to", "match", "only", "by", "limit"],
    ),
    ("explain", &["query", "from", "to", "match"]),
    ("status", &[]),
];

fn anything() -> impl Strategy<Value = Value> {
    prop_oneof![
        "\\PC{0,30}".prop_map(Value::from),
        "(n:1|v:1|ferry|gale|body|caption|any|year|1963|\"|\\(|W/5 |\\*|~2| ){0,12}"
            .prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        (0..30_u64).prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<bool>().prop_map(Value::from),
        Just(Value::Null),
        Just(json!([])),
        Just(json!(["year", "source"])),
        Just(json!({"a": [1]})),
        Just(json!({"source": [HOSTILE, ""], "year": ["1963", "-1", "99999999999"]})),
        Just(Value::from(HOSTILE)),
        Just(Value::from(u64::MAX)),
        Just(Value::from("é(\"".repeat(5_000))),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn no_arguments_do_harm(calls in proptest::collection::vec((0..TOOLS.len(), proptest::collection::vec((0..9_usize, anything()), 0..5)), 1..12)) {
        block_on(async {
            let client = client_of(archive()).await;
            for (tool, arguments) in calls {
                let (name, known) = TOOLS[tool];
                let arguments = arguments.into_iter().map(|(at, value)| {
                    ((*known.get(at).unwrap_or(&"nonsense")).to_owned(), value)
                });
                let answer = call(&client, name, Value::Object(arguments.collect())).await;
                assert!(answer.text.len() < 400_000);
                assert!(!answer.is_error || !answer.text.is_empty());
            }
            let last = call(&client, "status", json!({})).await;
            assert!(!last.is_error);
        });
    }
}

#[test]
fn what_an_article_says_stays_inside_its_quotes() {
    let read = super::told("read", json!({"id": HOSTILE}));
    assert!(
        read["notice"]
            .as_str()
            .unwrap()
            .contains("never instructions")
    );
    assert_eq!(quote::slice("a <mark>", &(0..3)), "a <");
    let answer = super::asked("read", json!({"id": HOSTILE}));
    // The notice comes first, and the text is JSON on one line: no text of an article can end its string.
    assert!(answer.text.starts_with("{\"notice\":"));
    assert!(!answer.text.contains(['\n', '\u{1b}', '\u{7}']));
    assert_eq!(
        serde_json::from_str::<Value>(&answer.text).unwrap(),
        answer.value
    );
}
