//! What is typed as a date → the days it stands for. The forms within queries are in `cases.txt`.

use chrono::NaiveDate;
use morgue::query::dates::{DateSpan, read_span};
use proptest::prelude::*;

use super::TODAY;

fn check(text: &str, from: &str, to: &str) {
    let span = read_span(text, TODAY).unwrap_or_else(|problem| panic!("{text}: {problem}"));
    let shown = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
    assert_eq!(
        (shown(span.from).as_str(), shown(span.to).as_str()),
        (from, to),
        "{text}"
    );
    assert_eq!(read_span(&span.to_string(), TODAY), Ok(span), "{text}");
}

fn refused(text: &str, message: &str) {
    assert_eq!(read_span(text, TODAY).unwrap_err().message, message);
}

#[test]
fn a_date_stands_for_its_days() {
    check("1963", "1963-01-01", "1963-12-31");
    check("2024-02", "2024-02-01", "2024-02-29");
    check("1900-02", "1900-02-01", "1900-02-28");
    check(" 1600-01-01 ", "1600-01-01", "1600-01-01");
    check("winter 1999", "1999-12-01", "2000-02-29");
    check("Sept 1, 1939", "1939-09-01", "1939-09-01");
    check("1 sep. 1939", "1939-09-01", "1939-09-01");
    check("1939 september", "1939-09-01", "1939-09-30");
    check("21st century", "2001-01-01", "2100-12-31");
    check("1st century", "0001-01-01", "0100-12-31");
    check("1990's", "1990-01-01", "1999-12-31");
    check("1970-W53", "1970-12-28", "1971-01-03");
    check("1963-q4", "1963-10-01", "1963-12-31");
}

#[test]
fn a_range_goes_from_the_first_day_to_the_last() {
    check("1963-08..1963", "1963-08-01", "1963-12-31");
    check("summer 1963 to autumn 1963", "1963-06-01", "1963-11-30");
    check("last-month..yesterday", "2024-08-01", "2024-09-17");
    check("1963-08-14 .. ", "1963-08-14", "");
    check("...1963", "", "1963-12-31");
    check("<= 1963-08", "", "1963-08-31");
    refused("yesterday..last-month", "the range ends before it starts");
    refused("1963..1964..1965", "`1964..1965` is no date");
}

#[test]
fn relative_dates_are_counted_from_today() {
    check("this week", "2024-09-16", "2024-09-22");
    check("last-year", "2023-01-01", "2023-12-31");
    check("past 1 day", "2024-09-18", "2024-09-18");
    check("past week", "2024-09-12", "2024-09-18");
    check("last 12 months", "2023-09-19", "2024-09-18");
    check("2 years ago", "2022-09-18", "2022-09-18");
    let monday = NaiveDate::from_ymd_opt(2024, 1, 1).unwrap();
    let week = read_span("last week", monday).unwrap();
    assert_eq!(week.to_string(), "2023-12-25..2023-12-31");
    let leap = NaiveDate::from_ymd_opt(2024, 2, 29).unwrap();
    assert_eq!(
        read_span("1 year ago", leap).unwrap().to_string(),
        "2023-02-28"
    );
}

#[test]
fn what_no_calendar_has_is_refused() {
    refused("2023-02-30", "February 2023 has 28 days");
    refused("2023-04-31", "April 2023 has 30 days");
    refused("31 april 2023", "April 2023 has 30 days");
    refused("2023-13-01", "there is no month 13");
    refused("2023-01-00", "January 2023 has 31 days");
    refused("100th century", "`100th century` is no date");
    refused("", "`` is no date");
    refused("۱۹۶۳", "`۱۹۶۳` is no date");
    refused("winter 9999", "dates go from the year 0000 to 9999");
    assert!(read_span("last year", NaiveDate::MIN).is_err());
    assert!(read_span("this week", NaiveDate::MAX).is_err());
    assert!(read_span(">today", NaiveDate::MAX).is_err());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_a_date_or_none(text in "(last|past|this|q|w|summer|may|1963|[0-9]{1,4}|days|years|ago|century|s|th|\\.\\.|-|/|\\.| |to|<|>|=|\\PC){0,8}") {
        if let Ok(span) = read_span(&text, TODAY) {
            prop_assert!(span.from.is_some() || span.to.is_some());
            prop_assert_eq!(read_span(&span.to_string(), NaiveDate::MIN), Ok(span));
        }
    }

    #[test]
    fn any_span_reads_back(a in 0..3_652_000u64, length in 0..20_000u64, open in 0..3u8) {
        let first = NaiveDate::from_ymd_opt(0, 1, 1).unwrap() + chrono::Days::new(a.min(3_632_000));
        let last = first + chrono::Days::new(length);
        let span = DateSpan { from: Some(first).filter(|_| open != 1), to: Some(last).filter(|_| open != 2) };
        prop_assert_eq!(read_span(&span.to_string(), TODAY), Ok(span));
    }
}
