//! Dates counted from today: `yesterday`, `last week`, `past 30 days`, `3 days ago`. A `-` may stand for the space.
//! The clock is not asked here: the caller says what day it is.

use chrono::{Datelike, Days as DayCount, Months, NaiveDate};

use super::{DateProblem, Days, Reading, calendar, problem};

/// The words of relative dates, for "did you mean".
pub(super) const NAMES: &[&str] = &[
    "today",
    "yesterday",
    "this",
    "last",
    "past",
    "days",
    "week",
    "weeks",
    "month",
    "months",
    "year",
    "years",
    "ago",
];

/// A stretch of the calendar that can be counted back.
#[derive(Clone, Copy)]
enum Unit {
    Days,
    Weeks,
    Months,
    Years,
}

/// `today`, `yesterday`, `this week`, `last-month`, `past 30 days`, `last 2 weeks`, `past year`, `3 days ago`.
pub(super) fn read(text: &str, today: NaiveDate) -> Reading {
    let words: Vec<&str> = text
        .split([' ', '-'])
        .filter(|word| !word.is_empty())
        .collect();
    match words[..] {
        ["today"] => Some(Ok((today, today))),
        ["yesterday"] => Some(back(today, 1, Unit::Days).map(|day| (day, day))),
        ["this", name] => unit(name).map(|unit| around(today, unit)),
        ["last" | "previous", name] => unit(name).map(|unit| {
            let (first, _) = around(today, unit)?;
            around(back(first, 1, Unit::Days)?, unit)
        }),
        ["past", name] => unit(name).map(|unit| ending(today, 1, unit)),
        ["past" | "last" | "previous", n, name] => count(n)
            .zip(unit(name))
            .map(|(n, unit)| ending(today, n, unit)),
        [n, name, "ago"] => count(n)
            .zip(unit(name))
            .map(|(n, unit)| back(today, n, unit).map(|day| (day, day))),
        _ => None,
    }
}

fn unit(name: &str) -> Option<Unit> {
    match name {
        "day" | "days" => Some(Unit::Days),
        "week" | "weeks" => Some(Unit::Weeks),
        "month" | "months" => Some(Unit::Months),
        "year" | "years" => Some(Unit::Years),
        _ => None,
    }
}

/// A whole number above nothing.
fn count(digits: &str) -> Option<u32> {
    let plain = digits.bytes().all(|byte| byte.is_ascii_digit());
    digits.parse().ok().filter(|n| plain && *n > 0)
}

/// The calendar unit that a day lies in. A week begins on Monday.
fn around(day: NaiveDate, unit: Unit) -> Result<Days, DateProblem> {
    let days = match unit {
        Unit::Days => Some((day, day)),
        Unit::Weeks => day
            .checked_sub_days(DayCount::new(u64::from(
                day.weekday().num_days_from_monday(),
            )))
            .and_then(|monday| Some((monday, monday.checked_add_days(DayCount::new(6))?))),
        Unit::Months => calendar::month(day.year(), day.month()),
        Unit::Years => calendar::year(day.year()),
    };
    days.ok_or_else(super::out_of_calendar)
}

/// So many units that end today: 30 days are today and the 29 before it.
fn ending(today: NaiveDate, n: u32, unit: Unit) -> Result<Days, DateProblem> {
    let eve = back(today, n, unit)?;
    let first = eve.succ_opt().ok_or_else(super::out_of_calendar)?;
    Ok((first, today))
}

fn back(day: NaiveDate, n: u32, unit: Unit) -> Result<NaiveDate, DateProblem> {
    let earlier = match unit {
        Unit::Days => day.checked_sub_days(DayCount::new(n.into())),
        Unit::Weeks => day.checked_sub_days(DayCount::new(u64::from(n) * 7)),
        Unit::Months => day.checked_sub_months(Months::new(n)),
        Unit::Years => n
            .checked_mul(12)
            .and_then(|n| day.checked_sub_months(Months::new(n))),
    };
    earlier.ok_or_else(|| problem("that is before the year 0000"))
}
