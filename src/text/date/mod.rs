//! Recognises the ways in which news writes a date.

use super::edtf::Edtf;

/// A date as a source wrote it, read as far as it can be read on its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reading {
    /// There is one way to read it.
    Settled(Edtf),
    /// Day and month are both numbers. With one member it can only be that; such a date is evidence for the others
    /// of its source. With both, the source decides.
    Numeric {
        /// As day, month, year.
        dmy: Option<Edtf>,
        /// As month, day, year.
        mdy: Option<Edtf>,
    },
}

/// Reads a date (a stub until the real one is merged).
pub fn read(text: &str, _language: Option<&str>) -> Option<Reading> {
    use std::sync::LazyLock;

    use chrono::{DateTime, NaiveDateTime};
    use regex::Regex;
    static NUMERIC: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^(\d{1,2})[./-](\d{1,2})[./-](\d{4})(?:[ ,T].*)?$")
            .expect("a regular expression")
    });
    static WORDS: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?i)^(?:[a-z]{3,9}, )?(?:(\d{1,2}) )?(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?(?: (\d{1,2}),?)? (\d{4})$").expect("a regular expression")
    });
    let text = text.trim();
    let settled = |date: Option<Edtf>| date.map(Reading::Settled);
    if let Ok(date) = text.parse::<Edtf>() {
        return settled(Some(date));
    }
    if let Ok(time) = DateTime::parse_from_rfc3339(text) {
        return settled(Some(Edtf::Instant(time)));
    }
    if let Ok(time) = NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S") {
        return settled(Some(Edtf::Local(time)));
    }
    if text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        let part = |range: std::ops::Range<usize>| text[range].parse::<u32>().ok();
        return settled(Edtf::day(part(0..4)? as i32, part(4..6)?, part(6..8)?));
    }
    if let Some(found) = NUMERIC.captures(text) {
        let part = |n: usize| found[n].parse::<u32>().ok();
        let (a, b, year) = (part(1)?, part(2)?, part(3)? as i32);
        let (dmy, mdy) = (Edtf::day(year, b, a), Edtf::day(year, a, b));
        return (dmy.is_some() || mdy.is_some()).then_some(Reading::Numeric { dmy, mdy });
    }
    let found = WORDS.captures(text)?;
    let months = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ];
    let month = 1 + months
        .iter()
        .position(|name| found[2].to_lowercase() == *name)? as u32;
    let day = found
        .get(1)
        .or_else(|| found.get(3))
        .and_then(|day| day.as_str().parse().ok())?;
    settled(Edtf::day(found[4].parse().ok()?, month, day))
}
