//! Dates as the archive keeps them: EDTF level 0 (ISO 8601-2:2019), with the precision that the source gave.
//!
//! `1963`, `1963-08`, `1963-08-14`, `1963-08-14T10:05:00+03:00`. A time without a zone keeps none. Recognising the many
//! ways in which news writes a date is the work of [`super::date`]; this is only the value and its arithmetic.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Datelike, Days, Months, NaiveDate, NaiveDateTime, SecondsFormat, Timelike};
use serde::{Deserialize, Serialize};

/// A date with its precision. Ordered by its first day, then by its time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Edtf {
    /// A year: `1963`.
    Year(i32),
    /// A month of a year: `1963-08`.
    Month(i32, u32),
    /// A day: `1963-08-14`.
    Day(NaiveDate),
    /// A time on a day, in a zone that the source does not name: `1963-08-14T10:05:00`.
    Local(NaiveDateTime),
    /// A time with its distance from UTC: `1963-08-14T10:05:00+03:00`.
    Instant(DateTime<chrono::FixedOffset>),
}

/// The days since 1970-01-01, on which the index counts: 1600 and 1963 are ordinary numbers.
pub fn day_number(day: NaiveDate) -> i64 {
    day.signed_duration_since(NaiveDate::default()).num_days()
}

/// The day with this number, when a calendar has it.
pub fn day_of_number(number: i64) -> Option<NaiveDate> {
    let days = Days::new(number.unsigned_abs());
    if number < 0 {
        NaiveDate::default().checked_sub_days(days)
    } else {
        NaiveDate::default().checked_add_days(days)
    }
}

impl Edtf {
    /// A year, when it has four digits.
    pub fn year(year: i32) -> Option<Self> {
        (0..=9999).contains(&year).then_some(Edtf::Year(year))
    }

    /// A month, when there is one.
    pub fn month(year: i32, month: u32) -> Option<Self> {
        ((0..=9999).contains(&year) && (1..=12).contains(&month))
            .then_some(Edtf::Month(year, month))
    }

    /// A day, when the calendar has it.
    pub fn day(year: i32, month: u32, day: u32) -> Option<Self> {
        NaiveDate::from_ymd_opt(year, month, day)
            .filter(|_| (0..=9999).contains(&year))
            .map(Edtf::Day)
    }

    /// The first day it may mean: the publication day in local time.
    ///
    /// # Panics
    /// For a variant made by hand, with a year or a month that the calendar does not have.
    pub fn first_day(&self) -> NaiveDate {
        match *self {
            Edtf::Year(year) => {
                NaiveDate::from_ymd_opt(year, 1, 1).expect("every year has a first of January")
            }
            Edtf::Month(year, month) => {
                NaiveDate::from_ymd_opt(year, month, 1).expect("months are checked when made")
            }
            Edtf::Day(day) => day,
            Edtf::Local(time) => time.date(),
            Edtf::Instant(time) => time.naive_local().date(),
        }
    }

    /// The last day it may mean.
    ///
    /// # Panics
    /// For a variant made by hand, with a year or a month that the calendar does not have.
    pub fn last_day(&self) -> NaiveDate {
        match *self {
            Edtf::Year(year) => {
                NaiveDate::from_ymd_opt(year, 12, 31).expect("every year has a last of December")
            }
            Edtf::Month(..) => self.first_day() + Months::new(1) - Days::new(1),
            _ => self.first_day(),
        }
    }

    /// The seconds since 1970-01-01T00:00:00Z, where the source gives a time and its zone.
    pub fn instant(&self) -> Option<i64> {
        match self {
            Edtf::Instant(time) => Some(time.timestamp()),
            _ => None,
        }
    }

    /// The seconds since midnight, in local time, where the source gives a time.
    pub fn second_of_day(&self) -> Option<u32> {
        match self {
            Edtf::Local(time) => Some(time.num_seconds_from_midnight()),
            Edtf::Instant(time) => Some(time.num_seconds_from_midnight()),
            _ => None,
        }
    }

    /// The same date without its time.
    #[must_use]
    pub fn without_time(self) -> Self {
        match self {
            Edtf::Local(_) | Edtf::Instant(_) => Edtf::Day(self.first_day()),
            _ => self,
        }
    }
}

impl fmt::Display for Edtf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = match *self {
            Edtf::Year(year) => format!("{year:04}"),
            Edtf::Month(year, month) => format!("{year:04}-{month:02}"),
            Edtf::Day(day) => format!("{:04}-{:02}-{:02}", day.year(), day.month(), day.day()),
            Edtf::Local(time) => time.format("%Y-%m-%dT%H:%M:%S").to_string(),
            Edtf::Instant(time) => time.to_rfc3339_opts(SecondsFormat::Secs, true),
        };
        f.pad(&text)
    }
}

/// Reads the forms that [`fmt::Display`] writes, and no others.
impl FromStr for Edtf {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || {
            format!(
                "`{text}` is no date of the form 1963, 1963-08, 1963-08-14 or 1963-08-14T10:05:00+03:00"
            )
        };
        let digits = |range: std::ops::Range<usize>| {
            let part = text.get(range)?;
            part.bytes()
                .all(|byte| byte.is_ascii_digit())
                .then(|| part.parse::<u32>().ok())
                .flatten()
        };
        let year = digits(0..4)
            .and_then(|year| i32::try_from(year).ok())
            .ok_or_else(wrong)?;
        let date = match text.len() {
            4 => Edtf::year(year),
            7 if text.as_bytes()[4] == b'-' => {
                digits(5..7).and_then(|month| Edtf::month(year, month))
            }
            10 => NaiveDate::parse_from_str(text, "%Y-%m-%d")
                .ok()
                .map(Edtf::Day),
            19 => NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S")
                .ok()
                .map(Edtf::Local),
            _ => DateTime::parse_from_rfc3339(text).ok().map(Edtf::Instant),
        };
        date.filter(|date| date.to_string() == text)
            .ok_or_else(wrong)
    }
}

impl TryFrom<String> for Edtf {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

impl From<Edtf> for String {
    fn from(date: Edtf) -> String {
        date.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prints_what_it_reads() {
        for text in [
            "1605",
            "1963-08",
            "1963-08-14",
            "1963-08-14T10:05:00",
            "1963-08-14T10:05:00+03:00",
            "2024-02-29T00:00:00Z",
        ] {
            assert_eq!(text.parse::<Edtf>().unwrap().to_string(), text);
        }
    }

    #[test]
    fn refuses_what_is_no_date() {
        for text in [
            "",
            "63",
            "1963-13",
            "1963-00",
            "1963-8",
            "2023-02-30",
            "1963-08-14 10:05",
            "+963",
            "1963/08",
            "१९६३",
        ] {
            assert!(text.parse::<Edtf>().is_err(), "{text}");
        }
    }

    #[test]
    fn spans_the_days_it_may_mean() {
        let days = |text: &str| {
            let date: Edtf = text.parse().unwrap();
            (date.first_day().to_string(), date.last_day().to_string())
        };
        assert_eq!(days("1963"), ("1963-01-01".into(), "1963-12-31".into()));
        assert_eq!(days("2024-02"), ("2024-02-01".into(), "2024-02-29".into()));
        // The local day counts, not the day in UTC.
        assert_eq!(days("2024-02-29T02:00:00+09:00").0, "2024-02-29");
    }

    #[test]
    fn counts_days_before_the_epoch() {
        let day: Edtf = "1600-01-01".parse().unwrap();
        assert_eq!(day_number(day.first_day()), -135_140);
        assert_eq!(day_of_number(-135_140), Some(day.first_day()));
    }
}
