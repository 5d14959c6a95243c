//! Timelines: the matches by day, week, month or year, with the empty ones between, and the archive's own count beside.

use std::collections::BTreeMap;

use chrono::{Datelike, Days, Months, NaiveDate};

use super::request::Unit;
use super::response::Bucket;
use crate::error::{Error, Result};
use crate::text::edtf::{day_number, day_of_number};

/// How many buckets a timeline may have.
const BUCKETS: usize = 100_000;

/// The timeline of `days` (first day → matches) among `archive` (first day → articles), from the first match to the last.
/// Articles without a date are in none; one of which only the year is known counts where the year begins.
///
/// # Errors
/// [`Error::Invalid`] when there would be too many buckets.
pub(crate) fn timeline(unit: Unit, days: &BTreeMap<i64, u64>, archive: &BTreeMap<i64, u64>) -> Result<Vec<Bucket>> {
    let day = |number: &i64| day_of_number(*number).expect("the index holds days of the calendar");
    let (Some(first), Some(last)) = (days.keys().next().map(day), days.keys().next_back().map(day)) else {
        return Ok(Vec::new());
    };
    let count = |counts: &BTreeMap<i64, u64>, from, to| counts.range(day_number(from)..=day_number(to)).map(|(_, count)| count).sum();
    let mut buckets = Vec::new();
    let mut from = unit.first_day(first);
    while from <= last {
        let next = unit.next(from);
        let to = next - Days::new(1);
        buckets.push(Bucket { from, to, count: count(days, from, to), of: count(archive, from, to) });
        if buckets.len() > BUCKETS {
            let why = format!("from {first} to {last} there are too many of this unit; take a larger one, or a shorter time");
            return Err(Error::Invalid { what: format!("timeline {unit}"), why });
        }
        from = next;
    }
    Ok(buckets)
}

impl Unit {
    /// The first day of the unit in which `day` lies.
    fn first_day(self, day: NaiveDate) -> NaiveDate {
        match self {
            Unit::Day => day,
            Unit::Week => day - Days::new(u64::from(day.weekday().num_days_from_monday())),
            Unit::Month => day - Days::new(u64::from(day.day0())),
            Unit::Year => day - Days::new(u64::from(day.ordinal0())),
        }
    }

    /// The first day of the unit after the one that begins on `day`.
    fn next(self, day: NaiveDate) -> NaiveDate {
        match self {
            Unit::Day => day + Days::new(1),
            Unit::Week => day + Days::new(7),
            Unit::Month => day + Months::new(1),
            Unit::Year => day + Months::new(12),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(days: &[(&str, u64)]) -> BTreeMap<i64, u64> {
        days.iter().map(|(day, count)| (day_number(day.parse().unwrap()), *count)).collect()
    }

    #[track_caller]
    fn check(unit: Unit, expected: &[(&str, &str, u64, u64)]) {
        let matches = days(&[("1963-12-30", 1), ("1964-02-29", 2)]);
        let archive = days(&[("1900-01-01", 9), ("1963-12-30", 4), ("1964-01-05", 5), ("1964-02-29", 6), ("1999-01-01", 7)]);
        let found = timeline(unit, &matches, &archive).unwrap();
        let found: Vec<_> = found.iter().map(|b| (b.from.to_string(), b.to.to_string(), b.count, b.of)).collect();
        let expected: Vec<_> = expected.iter().map(|(from, to, count, of)| ((*from).into(), (*to).into(), *count, *of)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn fills_what_is_empty() {
        check(Unit::Month, &[("1963-12-01", "1963-12-31", 1, 4), ("1964-01-01", "1964-01-31", 0, 5), ("1964-02-01", "1964-02-29", 2, 6)]);
        check(Unit::Year, &[("1963-01-01", "1963-12-31", 1, 4), ("1964-01-01", "1964-12-31", 2, 11)]);
    }

    #[test]
    fn weeks_begin_on_monday_and_days_add_up() {
        let matches = days(&[("1963-12-30", 1), ("1964-02-29", 2)]);
        let weeks = timeline(Unit::Week, &matches, &matches).unwrap();
        assert_eq!((weeks[0].from.to_string(), weeks[0].to.to_string()), ("1963-12-30".into(), "1964-01-05".into()));
        let by_day = timeline(Unit::Day, &matches, &matches).unwrap();
        assert_eq!(by_day.len(), 62);
        assert_eq!(by_day.iter().map(|bucket| bucket.count).sum::<u64>(), 3);
    }

    #[test]
    fn refuses_what_nobody_could_read() {
        assert!(timeline(Unit::Day, &days(&[("1600-01-01", 1), ("2024-01-01", 1)]), &BTreeMap::new()).is_err());
    }
}
