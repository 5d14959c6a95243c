//! Dates without any mark between their numbers: 20240503, 20240503100000, 1714723200, 1714723200123.

use chrono::DateTime;

use super::clock::Time;
use super::shape::{Tokens, Written, continues_a_number};
use crate::text::edtf::Edtf;

/// Seconds since 1970 are believed from 2001 (ten digits) to the end of 2099.
const SECONDS: std::ops::Range<i64> = 1_000_000_000..4_102_444_800;

/// Years of eight-digit dates. Numbers of things begin with any digits, so less is believed than with marks.
const YEARS: std::ops::RangeInclusive<i32> = 1600..=2100;

/// A field that holds seconds (ten digits, perhaps with a fraction) or milliseconds (thirteen) since 1970-01-01T00:00:00Z.
pub(super) fn seconds_since_1970(text: &str) -> Option<Edtf> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(whole) || !digits(fraction) {
        return None;
    }
    let seconds = match whole.len() {
        10 => whole.parse().ok()?,
        13 => whole.parse::<i64>().ok()? / 1000,
        _ => return None,
    };
    let time = DateTime::from_timestamp(seconds, 0).filter(|_| SECONDS.contains(&seconds))?;
    Some(Edtf::Instant(time.fixed_offset()))
}

/// The date of eight, twelve or fourteen digits at a place, with its time when the digits have one.
pub(super) fn at(tokens: Tokens<'_>, at: usize) -> Option<(usize, Written, Option<Time>)> {
    let (value, digits) = tokens
        .number(at)
        .filter(|_| !continues_a_number(tokens, at))?;
    let value = match digits {
        8 => value.checked_mul(1_000_000)?,
        12 => value.checked_mul(100)?,
        14 => value,
        _ => return None,
    };
    let part = |of: u64, size: u64| u32::try_from(value / of % size).ok();
    let (year, month, day) = (
        i32::try_from(part(10_000_000_000, 10_000)?).ok()?,
        part(100_000_000, 100)?,
        part(1_000_000, 100)?,
    );
    let possible =
        YEARS.contains(&year) && chrono::NaiveDate::from_ymd_opt(year, month, day).is_some();
    let time = Time {
        hour: part(10_000, 100)?,
        minute: part(100, 100)?,
        second: part(1, 100)?,
        offset: None,
    };
    possible.then_some((
        at + 1,
        Written::Day(year, month, day),
        (digits > 8).then_some(time),
    ))
}
