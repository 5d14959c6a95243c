//! Datelines at the beginning of stories and in fields of their own.

use morgue::text::dateline::{Dateline, agency_alone, from_field, split};
use proptest::prelude::*;

use crate::support::within;

fn shown(text: &str, dateline: Option<&Dateline>) -> [String; 3] {
    let or_dash = |part: Option<&str>| part.unwrap_or("-").to_string();
    let parts = dateline.map(|found| {
        [
            Some(found.place.as_str()),
            found.date.as_deref(),
            found.agency.as_deref(),
        ]
    });
    if let Some(found) = dateline {
        assert!(text.is_char_boundary(found.length));
    }
    parts.unwrap_or_default().map(or_dash)
}

#[test]
fn splits_the_table() {
    let mut wrong = Vec::new();
    let rows: Vec<&str> = include_str!("datelines.txt")
        .lines()
        .filter(|row| !row.starts_with('#'))
        .collect();
    for row in &rows {
        let (text, expected) = row.split_once("=>").expect("an arrow in each row");
        let text = text.trim().replace("\\n", "\n");
        let cells: Vec<&str> = expected
            .split('|')
            .map(str::trim)
            .map(|cell| if cell.is_empty() { "-" } else { cell })
            .collect();
        let found = split(&text);
        let rest = found.as_ref().map_or("-", |found| &text[found.length..]);
        if shown(&text, found.as_ref()) != cells[..3] || !rest.starts_with(cells[3]) {
            wrong.push(format!("{row}\n    found {found:?}"));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of {}:\n{}",
        wrong.len(),
        rows.len(),
        wrong.join("\n")
    );
    assert!(rows.len() >= 60);
}

#[test]
fn an_agency_may_stand_without_a_place() {
    #[track_caller]
    fn check(text: &str, expected: Option<[&str; 3]>, rest: &str) {
        let found = agency_alone(text);
        let shown = found.as_ref().map(|found| shown(text, Some(found)));
        assert_eq!(
            shown,
            expected.map(|cells| cells.map(str::to_string)),
            "{text}"
        );
        assert_eq!(found.map_or("", |found| &text[found.length..]), rest);
    }
    check(
        "Jan. 12 (HarbourDesk) - A lift stopped.",
        Some(["", "Jan. 12", "HarbourDesk"]),
        "A lift stopped.",
    );
    check(
        "(AP) -- A lift stopped.",
        Some(["", "-", "AP"]),
        "A lift stopped.",
    );
    check(
        "(Harbour Network) - A lift stopped.",
        Some(["", "-", "Harbour Network"]),
        "A lift stopped.",
    );
    check("(and nobody knew) - A lift stopped.", None, "");
    check("The lift (Otis) - it stopped.", None, "");
    check("A lift stopped.", None, "");
}

#[test]
fn a_field_may_hold_more_or_less() {
    #[track_caller]
    fn check(field: &str, expected: [&str; 3], rest: &str) {
        let found = from_field(field).unwrap_or_else(|| panic!("nothing in {field}"));
        assert_eq!(shown(field, Some(&found)), expected);
        assert_eq!(&field[found.length..], rest);
    }
    check("    NEW YORK, March  2 -", ["NEW YORK", "March 2", "-"], "");
    check(
        "    NEW YORK, March  2 - \n  ",
        ["NEW YORK", "March 2", "-"],
        "",
    );
    check(
        "    THE HAGUE, March 2 - Dutch mills and fat- ",
        ["THE HAGUE", "March 2", "-"],
        "Dutch mills and fat- ",
    );
    check(
        "    FORT WAYNE, IND., Marchg 12 -\n    ",
        ["FORT WAYNE, IND.", "Marchg 12", "-"],
        "",
    );
    check("London", ["London", "-", "-"], "");
    check("Paris, 21 jan 2019", ["Paris", "21 jan 2019", "-"], "");
    check("LONDON (Reuters)", ["LONDON", "-", "Reuters"], "");
    for nothing in ["", "   ", "-", " - ", "(AP) -", "March 3 -"] {
        assert_eq!(from_field(nothing), None, "{nothing}");
    }
}

#[test]
fn long_texts_take_linear_time() {
    for unit in ["A - ", "NEW ", "(", "- ", ", March 2 ", "—"] {
        let text = unit.repeat(300_000);
        within(60, unit, || {
            let _ = (split(&text), from_field(&text));
        });
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn the_rest_of_any_text_is_text(
        text in prop_oneof![any::<String>(), "(PARIS|Rome|, | - |—|--|_|\\(AP\\)|/PRN/| |March 2|Monday|é|\n|2024|the){0,12}"],
    ) {
        for found in [split(&text), from_field(&text)].into_iter().flatten() {
            prop_assert!(text.is_char_boundary(found.length));
            prop_assert!(!found.place.trim().is_empty());
            prop_assert!(!found.place.chars().any(char::is_control));
        }
    }
}
