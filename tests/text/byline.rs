//! Bylines and the people in them.

use morgue::text::byline::{is_byline, names};
use proptest::prelude::*;

use crate::support::within;

#[test]
fn names_the_people_of_the_table() {
    let mut wrong = Vec::new();
    let rows: Vec<&str> = include_str!("bylines.txt")
        .lines()
        .filter(|row| !row.starts_with('#'))
        .collect();
    for row in &rows {
        let (line, expected) = row.split_once("=>").expect("an arrow in each row");
        let expected: Vec<&str> = expected
            .split(';')
            .map(str::trim)
            .filter(|name| !name.is_empty())
            .collect();
        let found = names(&line.trim().replace("\\n", "\n"));
        if found != expected {
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
fn knows_bylines_from_sentences() {
    for line in [
        "By Ann Lee",
        "BY ANN LEE",
        "By Ann Lee and Bo Ek, Reuters",
        "By Staff Reporter",
        "By Reuters",
        "By Daily News",
        "Von Peter Müller",
        "Par Jean Dupont",
        "Tekst: Kari Nordmann",
        "By Jan van der Berg in Oslo",
    ] {
        assert!(is_byline(line), "{line}");
    }
    for line in [
        "",
        "By",
        "Ann Lee",
        "By the time he came it was over.",
        "By Monday the river had risen",
        "By 2020, half of them were gone",
        "By Monday.",
        "Von der Front nichts Neues",
        "Di sera la festa continua",
        "Text messages are read",
    ] {
        assert!(!is_byline(line), "{line}");
    }
}

#[test]
fn long_lines_take_linear_time() {
    for unit in ["by ", "Ann Lee, ", "and ", "May 3, 2024 ", "(", "/", "O'"] {
        within(60, unit, || {
            let _ = (
                names(&unit.repeat(200_000)),
                is_byline(&unit.repeat(200_000)),
            );
        });
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn names_are_clean_whatever_the_line(
        line in prop_oneof![any::<String>(), "(By |Von |Ann |LEE|, | and |; |/|O'|Mc|é|\\.|\\(|@|2024| y |张|、){0,20}"],
    ) {
        let people = names(&line);
        for name in &people {
            prop_assert!(!name.trim().is_empty());
            prop_assert_eq!(name.trim(), name);
            prop_assert!(!name.chars().any(char::is_control), "{:?}", name);
        }
        let _ = is_byline(&line);
    }
}
