//! The ways in which news writes a date.

use morgue::text::date::{Order, Reading, find, read};
use morgue::text::edtf::Edtf;
use proptest::prelude::*;

use crate::support::within;

/// Rows are `language | text | EDTF`; `-` stands for no language and for no date, `dmy / mdy` for an open date, and
/// `dmy ?` or `? mdy` for a numeric date that can be read in one way only.
const DATES: &str = include_str!("dates.txt");

fn shown(reading: Option<Reading>) -> String {
    let part = |date: Option<Edtf>| date.map_or("?".to_string(), |date| date.to_string());
    match reading {
        None => "-".into(),
        Some(Reading::Settled(date)) => date.to_string(),
        Some(Reading::Numeric { dmy, mdy, .. }) => format!("{} / {}", part(dmy), part(mdy)),
    }
}

#[test]
fn reads_the_table() {
    let mut wrong = Vec::new();
    let mut rows = 0;
    for row in DATES
        .lines()
        .filter(|row| !row.is_empty() && !row.starts_with('#'))
    {
        let cells: Vec<&str> = row.split('|').collect();
        let [language, text, expected] = cells[..] else {
            panic!("three cells: {row}")
        };
        rows += 1;
        let language = Some(language.trim()).filter(|language| *language != "-");
        let text = text.replace("\\t", "\t").replace("\\n", "\n");
        let read = shown(read(&text, language));
        if read != expected.trim() {
            wrong.push(format!("{row}\n    read as {read}"));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of {rows}:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    assert!(rows >= 150);
}

#[test]
fn finds_the_first_full_date_of_a_line() {
    #[track_caller]
    fn check(text: &str, found: &str, date: &str) {
        let (range, reading) = find(text, None).unwrap_or_else(|| panic!("nothing in {text}"));
        assert_eq!(
            (&text[range], shown(Some(reading))),
            (found, date.to_string())
        );
    }
    check(
        "By Ann Lee, Sept. 17, 2024, in Oslo",
        "Sept. 17, 2024",
        "2024-09-17",
    );
    check(
        "Updated 10:15 a.m. ET, May 3, 2024 | 4 min read",
        "10:15 a.m. ET, May 3, 2024",
        "2024-05-03T10:15:00",
    );
    check(
        "Ausgabe 12 vom 3. Mai 2020, 10:15 Uhr, Seite 4",
        "3. Mai 2020, 10:15 Uhr",
        "2020-05-03T10:15:00",
    );
    check(
        "In 1963 and August 1964 – but 2 May 1965",
        "2 May 1965",
        "1965-05-02",
    );
    check(
        "(2024-05-03T10:00:00+02:00)",
        "2024-05-03T10:00:00+02:00",
        "2024-05-03T10:00:00+02:00",
    );
    check(
        "30 February 2023 was no day, 1 March 2023 was",
        "1 March 2023",
        "2023-03-01",
    );
    for text in [
        "",
        "1963",
        "August 1963",
        "20240503",
        "call 555 0123 4567",
        "won 3-2 in 2024",
        "v1.2.2024.5",
    ] {
        assert_eq!(find(text, None), None, "{text}");
    }
}

#[test]
fn long_texts_take_linear_time() {
    for unit in [
        "1/", "May ", "12.", "2024-", "kl. ", "10:", "年", "(", "a.m.",
    ] {
        let text = unit.repeat(1_000_000 / unit.len());
        within(60, unit, || {
            let _ = (read(&text, None), find(&text, None));
        });
    }
}

prop_compose! {
    fn any_day()(days in 0..250_000i64) -> chrono::NaiveDate {
        chrono::NaiveDate::from_ymd_opt(1500, 1, 1).unwrap() + chrono::Days::new(u64::try_from(days).unwrap())
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn any_text_is_survived(text in any::<String>(), language in proptest::option::of("[a-z]{0,3}")) {
        let reading = read(&text, language.as_deref());
        for order in [None, Some(Order::Dmy), Some(Order::Mdy)] {
            if let Some(date) = reading.and_then(|reading| reading.settle(order)) {
                prop_assert_eq!(date.to_string().parse(), Ok(date));
            }
        }
        if let Some((range, _)) = find(&text, language.as_deref()) {
            prop_assert!(!text[range].is_empty());
        }
    }

    #[test]
    fn what_looks_like_a_date_is_survived(
        text in "([0-9]{1,4}|[-/.:, TZ+年月日]|May|Sept\\.|um|pm|UTC|mai|'){0,14}",
    ) {
        if let Some(date) = read(&text, None).and_then(|reading| reading.settle(None)) {
            prop_assert_eq!(date.to_string().parse(), Ok(date));
        }
        if let Some((range, reading)) = find(&text, None) {
            prop_assert_eq!(read(&text[range], None), Some(reading));
        }
    }

    #[test]
    fn every_day_is_read_back_in_every_shape(day in any_day()) {
        for shape in ["%Y-%m-%d", "%B %-d, %Y", "%-d. %b %Y", "%A, %d %B %Y", "%Y年%-m月%-d日", "%d-%b-%Y"] {
            let text = day.format(shape).to_string();
            prop_assert_eq!(read(&text, None), Some(Reading::Settled(Edtf::Day(day))), "{}", text);
        }
        let numeric = read(&day.format("%d.%m.%Y").to_string(), None).unwrap();
        prop_assert_eq!(numeric.settle(Some(Order::Dmy)), Some(Edtf::Day(day)));
    }

    #[test]
    fn what_the_archive_prints_is_read(day in any_day(), seconds in 0u32..86_400, minutes in -840i32..=840) {
        let local = day.and_time(chrono::NaiveTime::from_num_seconds_from_midnight_opt(seconds, 0).unwrap());
        let zone = chrono::FixedOffset::east_opt(minutes * 60).unwrap();
        let instant = Edtf::Instant(chrono::TimeZone::from_local_datetime(&zone, &local).unwrap());
        for date in [Edtf::Day(day), Edtf::Local(local), instant] {
            prop_assert_eq!(read(&date.to_string(), None), Some(Reading::Settled(date)));
        }
    }
}
