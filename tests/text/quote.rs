//! Quotes of texts: what is cut out of one is exact, one with a word changed is altered, and what was never in it is absent.

use std::ops::Range;

use morgue::text::quote::{Found, Reading, Tolerance, find, slice};
use proptest::prelude::*;

/// Words of a small language: many recur, as they do in news, and some are written with marks.
const WORDS: &[&str] = &[
    "the",
    "of",
    "a",
    "ferry",
    "Larkmouth",
    "sails",
    "council",
    "O’Brien’s",
    "bílý",
    "kůň",
    "bridge",
    "on",
    "Monday",
    "U.S.",
    "41,200",
    "東",
    "京",
    "harbour",
    "voted",
    "said",
    "e\u{301}tat",
    "rates",
    "—",
    "“no”",
    "mayor",
];
/// Words that no text here has.
const OTHERS: &[&str] = &[
    "walrus", "sextant", "gingham", "ozone", "quilt", "pylon", "umbra", "yeast", "fjord", "zinc",
];

fn text() -> impl Strategy<Value = String> {
    let word = prop_oneof![9 => proptest::sample::select(WORDS), 1 => Just("\n\n")];
    proptest::collection::vec(word, 1..120).prop_map(|words| words.join(" "))
}

/// Two places in a text, as shares of it.
fn cut(text: &str, (from, to): (usize, usize)) -> Range<usize> {
    let characters = text.chars().count();
    let (from, to) = (from * characters / 1_000, to * characters / 1_000);
    from.min(to)..from.max(to)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn what_is_cut_out_is_exact(text in text(), at in (0..1_000_usize, 0..=1_000_usize)) {
        let quote = slice(&text, &cut(&text, at));
        if let Some(Found { range, reading }) = find(&text, quote) {
            prop_assert_eq!(slice(&text, &range), quote.trim());
            let Reading::Exact { tolerated, times, .. } = reading else { panic!("altered: {quote}") };
            prop_assert!(tolerated.is_empty() && times > 0);
        } else {
            prop_assert!(!quote.chars().any(char::is_alphanumeric), "absent: {}", quote);
        }
    }

    #[test]
    fn other_signs_are_no_other_words(text in text(), at in (0..1_000_usize, 0..=1_000_usize)) {
        let range = cut(&text, at);
        // Not between a letter and its accent.
        prop_assume!(![range.start, range.end].into_iter().any(|at| slice(&text, &(at..at + 1)) == "\u{301}"));
        let words: Vec<_> = slice(&text, &range).split_whitespace().collect();
        let typed = words.join("  ").replace('’', "'").replace(['“', '”'], "\"").replace('—', "--");
        if let Some(Found { range, reading }) = find(&text, &typed) {
            prop_assert!(matches!(reading, Reading::Exact { .. }), "{}", typed);
            let found: Vec<_> = slice(&text, &range).split_whitespace().collect();
            prop_assert_eq!(found.concat(), words.concat());
        } else {
            prop_assert!(!typed.chars().any(char::is_alphanumeric), "absent: {}", typed);
        }
    }

    #[test]
    fn with_a_word_changed_it_is_altered(text in text(), start in 0..1_000_usize, len in 4..30_usize, changed in 0..30_usize) {
        let words: Vec<&str> = text.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).collect();
        let len = len.min(words.len());
        prop_assume!(len >= 4);
        let start = start % (words.len() - len + 1);
        let mut quoted = words[start..start + len].to_vec();
        quoted[changed % len] = "walrus";
        let found = find(&text, &quoted.join(" "));
        let Some(Found { reading: Reading::Altered { kept, of, difference }, .. }) = found else {
            panic!("{found:?}: {quoted:?}");
        };
        prop_assert!(kept < of && kept * 5 >= of * 3);
        prop_assert!(difference.len() > 1);
    }

    #[test]
    fn what_was_never_there_is_absent(text in text(), words in proptest::collection::vec(proptest::sample::select(OTHERS), 1..20)) {
        prop_assert_eq!(find(&text, &words.join(" ")), None);
    }

    #[test]
    fn no_text_and_no_quote_does_harm(text in "\\PC{0,60}|[ab'’\"“—\\- \n\u{300}\u{1161}\u{200b}]{0,40}", quote in "\\PC{0,20}|[ab'’\"“—\\- \n\u{300}\u{1161}\u{200b}]{0,12}") {
        if let Some(found) = find(&text, &quote) {
            prop_assert!(found.range.start < found.range.end && found.range.end <= text.chars().count());
        }
    }
}

/// How a quote stands in a text: `exact`, with what was tolerated; `altered`, with the words kept; `absent`.
fn check(text: &str, quote: &str, expected: &str) {
    let found = find(text, quote);
    let told = match &found {
        None => "absent".to_owned(),
        Some(Found {
            range,
            reading:
                Reading::Exact {
                    tolerated,
                    inside_word,
                    ..
                },
        }) => {
            let names: Vec<_> = tolerated.iter().copied().map(Tolerance::name).collect();
            let inside = if *inside_word { " inside a word" } else { "" };
            format!(
                "exact [{}] {}{inside}",
                names.join(", "),
                slice(text, range)
            )
        }
        Some(Found {
            range,
            reading: Reading::Altered { kept, of, .. },
        }) => {
            format!("altered {kept}/{of} {}", slice(text, range))
        }
    };
    assert_eq!(told, expected, "{quote} in {text}");
}

#[test]
fn signs_are_tolerated_and_words_are_not() {
    let text = "“We’ll sail on Monday – wind\u{a0}or no wind,” he said.\n\nShe said nothing, the well-known mate did.";
    check(text, "sail on Monday", "exact [] sail on Monday");
    check(
        text,
        "We'll sail on Monday",
        "exact [quotation marks] We’ll sail on Monday",
    );
    check(
        text,
        "on Monday-wind or no wind",
        "exact [dashes, white space] on Monday – wind\u{a0}or no wind",
    );
    check(
        text,
        "\"He said. She said\"",
        "altered 4/4 he said.\n\nShe said",
    );
    check(
        text,
        "he said. She said",
        "exact [white space] he said.\n\nShe said",
    );
    check(text, "“sail on Monday”", "exact [] sail on Monday");
    check(
        text,
        "sail on Monday, wind or no wind",
        "altered 7/7 sail on Monday – wind\u{a0}or no wind",
    );
    check(text, "SAIL ON MONDAY", "altered 3/3 sail on Monday");
    check(
        text,
        "we'll sail on Sunday",
        "altered 3/4 We’ll sail on Monday",
    );
    check(text, "a well known mate", "altered 3/4 the well-known mate");
    check(
        text,
        "ail on Monday",
        "exact [] ail on Monday inside a word",
    );
    check(text, "the mate sails", "absent");
    check(text, "…", "absent");
    check(
        "She said so. He said so.",
        "he said so.",
        "exact [] he said so. inside a word",
    );
    // The one that stands alone is meant, though another comes first.
    check("The hero. He said so. And he", "he", "exact [] he");
    check(
        "Le cafe\u{301} est la\u{300}",
        "café est",
        "exact [] cafe\u{301} est",
    );
    check(
        "大阪の船は月曜日に出ます",
        "東京の船は月曜日に出ます",
        "altered 10/12 大阪の船は月曜日に出ます",
    );
}
