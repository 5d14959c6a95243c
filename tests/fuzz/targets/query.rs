//! Whatever is typed: parsing never panics, what is understood prints in a form that means the same, and an error has its place
//! in the query.
#![no_main]

use libfuzzer_sys::fuzz_target;
use morgue::query::{Context, parse};
use morgue::search::{Dialect, Match};

fuzz_target!(|text: &str| {
    let today = chrono::NaiveDate::from_ymd_opt(2024, 9, 18).expect("a day");
    for &dialect in Dialect::ALL {
        let context = Context {
            matching: Match::All,
            today,
            dialect,
        };
        match parse(text, &context) {
            Ok(parsed) => {
                let canonical = parsed.tree.to_string();
                let again = parse(
                    &canonical,
                    &Context {
                        dialect: Dialect::Morgue,
                        matching: Match::Any,
                        today: chrono::NaiveDate::MIN,
                    },
                );
                assert_eq!(again.map(|again| again.tree), Ok(parsed.tree), "{canonical}");
            }
            Err(error) => assert!(error.span.end <= text.chars().count(), "{error}"),
        }
    }
});
