//! Recognises the ways in which news writes a date: text → [`Reading`].
//!
//! `token` cuts the text, `shape` knows how days are written, `month` their names, `clock` the times, `digits` the dates
//! without any mark, `order` decides between 3 April and 4 March for a whole source. Only the text counts: no clock is asked, so
//! "yesterday" and "March 2" are no dates here. Only the Gregorian calendar is read: a Solar Hijri, Hebrew, Islamic,
//! Ethiopian or Buddhist date gives nothing rather than a wrong day.

mod clock;
mod digits;
mod month;
pub mod order;
mod shape;
mod token;

use std::ops::Range;

use chrono::{Datelike, Days, FixedOffset, NaiveDate, TimeZone};

use self::clock::Time;
use self::shape::{Tokens, Written};
use super::edtf::Edtf;
pub use order::{Order, OrderEvidence};

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
        /// What stands between day and month: `.`, `/` or `-`. A dot is a hint of its own.
        separator: char,
    },
}

impl Reading {
    /// The date, in the order of its source. While that is unknown and both are possible, only the year is sure.
    #[must_use]
    pub fn settle(self, order: Option<Order>) -> Option<Edtf> {
        match self {
            Reading::Settled(date) => Some(date),
            Reading::Numeric {
                dmy: Some(dmy),
                mdy: Some(mdy),
                ..
            } => match order {
                Some(Order::Dmy) => Some(dmy),
                Some(Order::Mdy) => Some(mdy),
                None if dmy == mdy => Some(dmy),
                None => Edtf::year(dmy.first_day().year()),
            },
            Reading::Numeric { dmy, mdy, .. } => dmy.or(mdy),
        }
    }
}

/// How many tokens of a field are looked at; a date stands near its beginning.
const FIELD_TOKENS: usize = 64;

/// How many of a line.
const LINE_TOKENS: usize = 400;

/// Reads the date that a field holds: `26-FEB-1987 15:01:01.79`, `Sept. 17, 2024`, `Published: 12. Mai 2020 um 10:15 Uhr`,
/// `1714723200`. Of several the first counts, and a day goes before a month or a year.
///
/// `language` is a BCP 47 tag; it decides where a word is another month in another language, and where papers also use
/// another calendar. Nothing is returned for what is no date, cannot exist (`2023-02-30`) or cannot be told (`24-05-03`).
#[must_use]
pub fn read(text: &str, language: Option<&str>) -> Option<Reading> {
    let text = text.trim();
    if let Some(date) = digits::seconds_since_1970(text) {
        return Some(Reading::Settled(date));
    }
    let language = language.map(primary_subtag);
    let all = token::tokens(text, FIELD_TOKENS);
    let tokens = Tokens {
        all: &all,
        language: language.as_deref(),
    };
    let mut less_precise = None;
    let mut at = 0;
    while at < all.len() {
        let Some(found) = date_at(tokens, at, true) else {
            at += 1;
            continue;
        };
        match found.written {
            Written::Year(_) if !is_year_alone(tokens, at) => {}
            Written::Year(_) | Written::Month(..) => {
                less_precise = less_precise.or(found.reading());
            }
            _ => return found.reading(),
        }
        at = found.end;
    }
    less_precise
}

/// Finds the first full date (day, month and year) inside a running line, with the bytes it takes. Digits alone
/// (`20240503`) are left to [`read`]: in a line they are as often a number of something.
#[must_use]
pub fn find(text: &str, language: Option<&str>) -> Option<(Range<usize>, Reading)> {
    let language = language.map(primary_subtag);
    let all = token::tokens(text, LINE_TOKENS);
    let tokens = Tokens {
        all: &all,
        language: language.as_deref(),
    };
    let mut at = 0;
    while at < all.len() {
        let found = date_at(tokens, at, false);
        let full = found
            .as_ref()
            .filter(|found| !matches!(found.written, Written::Year(_) | Written::Month(..)));
        if let Some((found, reading)) = full.and_then(|found| Some((found, found.reading()?))) {
            return Some((all[at].start..all[found.end - 1].end, reading));
        }
        at = found.map_or(at + 1, |found| found.end);
    }
    None
}

/// What was found at a place: the day, its time, and the place after both.
struct Found {
    end: usize,
    written: Written,
    time: Option<Time>,
}

impl Found {
    /// The value, when the calendar has it.
    fn reading(&self) -> Option<Reading> {
        let settled = |date: Option<Edtf>| date.map(Reading::Settled);
        match self.written {
            Written::Year(year) => settled(Edtf::year(year)),
            Written::Month(year, month) => settled(Edtf::month(year, month)),
            Written::Day(year, month, day) => settled(self.day(year, month, day)),
            Written::Numeric(first, second, year, separator) => {
                let dmy = self.day(year, second, first);
                let mdy = self.day(year, first, second);
                match (dmy, mdy) {
                    (None, None) => None,
                    (Some(date), Some(same)) if date == same => settled(Some(date)),
                    _ => Some(Reading::Numeric {
                        dmy,
                        mdy,
                        separator,
                    }),
                }
            }
            Written::Unclear => None,
        }
    }

    /// A day with the time that was found. An impossible time leaves the day.
    fn day(&self, year: i32, month: u32, day: u32) -> Option<Edtf> {
        let date = NaiveDate::from_ymd_opt(year, month, day)?;
        Some(
            self.time
                .and_then(|time| on_day(date, time))
                .unwrap_or(Edtf::Day(date)),
        )
    }
}

/// A time on a day. 24:00 is midnight at the end of the day (ISO 8601); a leap second is read as the one before it.
fn on_day(date: NaiveDate, time: Time) -> Option<Edtf> {
    let (date, hour) = match (time.hour, time.minute, time.second) {
        (24, 0, 0) => (date.checked_add_days(Days::new(1))?, 0),
        _ => (date, time.hour),
    };
    let local = date.and_hms_opt(
        hour,
        time.minute,
        if time.second == 60 { 59 } else { time.second },
    )?;
    match time.offset {
        None => Some(Edtf::Local(local)),
        Some(offset) => FixedOffset::east_opt(offset)?
            .from_local_datetime(&local)
            .single()
            .map(Edtf::Instant),
    }
}

/// The date that begins at a place, alone, before its time, or after it.
fn date_at(tokens: Tokens<'_>, at: usize, in_field: bool) -> Option<Found> {
    if in_field && let Some((end, written, time)) = digits::at(tokens, at) {
        let (end, time) = match time {
            Some(time) => (end, Some(time)),
            None => time_after(tokens, end),
        };
        return Some(Found { end, written, time });
    }
    if let Some((end, written)) = shape::at(tokens, at) {
        let (end, time) = time_after(tokens, end);
        return Some(Found { end, written, time });
    }
    as_ctime(tokens, at).or_else(|| time_first(tokens, at))
}

/// The time that follows a day, and the place after it; the place itself when none follows.
fn time_after(tokens: Tokens<'_>, end: usize) -> (usize, Option<Time>) {
    const ANNOUNCE: [&str; 22] = [
        "t",
        "at",
        "um",
        "a",
        "las",
        "la",
        "kl",
        "klo",
        "o",
        "ob",
        "в",
        "о",
        "alle",
        "ore",
        "as",
        "saat",
        "jam",
        "pukul",
        "om",
        "luc",
        "ora",
        "الساعه",
    ];
    const MARKS: [char; 14] = [
        ',', '-', '–', '—', '|', '·', '•', '@', ':', '.', '،', '(', ')', '/',
    ];
    let mut announced = false;
    for at in end..end + 5 {
        if let Some((after, time)) = clock::at(tokens, at, announced) {
            return (after, Some(time));
        }
        if tokens.word(at).is_some_and(|word| ANNOUNCE.contains(&word)) {
            announced = true;
        } else if !tokens.mark(at).is_some_and(|mark| MARKS.contains(&mark))
            && !is_short_weekday(tokens, at)
        {
            break;
        }
    }
    (end, None)
}

/// A weekday in brackets between day and time: 2020年5月12日(火) 10:15.
fn is_short_weekday(tokens: Tokens<'_>, at: usize) -> bool {
    at > 0 && tokens.mark(at - 1) == Some('(') && tokens.mark(at + 1) == Some(')')
}

/// Oct 2 13:00:00 GMT 2002, as programs print it.
fn as_ctime(tokens: Tokens<'_>, at: usize) -> Option<Found> {
    let (at, month) = shape::month_at(tokens, at)?;
    let day = tokens.small(at)?;
    let (at, time) = clock::at(tokens, at + 1, false)?;
    let (year, digits) = tokens.number(at)?;
    let year = i32::try_from(year).ok().filter(|_| digits == 4)?;
    Some(Found {
        end: at + 1,
        written: Written::Day(year, month, day),
        time: Some(time),
    })
}

/// 10:00:00 PM IST May 03, 2024.
fn time_first(tokens: Tokens<'_>, at: usize) -> Option<Found> {
    const BETWEEN: [&str; 16] = [
        "et", "pt", "ct", "mt", "local", "time", "on", "vom", "am", "den", "le", "del", "de", "il",
        "el", "em",
    ];
    if shape::continues_a_number(tokens, at) {
        return None;
    }
    let (at, time) = clock::at(tokens, at, false)?;
    let at = tokens.skip(
        at,
        &[',', '-', '–', '—', '|', '·', '•', '.', '(', ')'],
        &BETWEEN,
    );
    // One word more may be the weekday.
    let (end, written) = shape::at(tokens, at).or_else(|| {
        tokens.word(at)?;
        shape::at(tokens, tokens.skip(at + 1, &[',', '.'], &[]))
    })?;
    let full = !matches!(written, Written::Year(_) | Written::Month(..));
    full.then_some(Found {
        end,
        written,
        time: Some(time),
    })
}

/// Whether the year at a place is all that the field says, but for a word or two: `1963`, `c. 1963`, `Published 1963`.
fn is_year_alone(tokens: Tokens<'_>, at: usize) -> bool {
    (0..tokens.all.len()).all(|other| other == at || tokens.number(other).is_none())
        && (0..tokens.all.len()).all(|other| shape::month_at(tokens, other).is_none())
        && (0..tokens.all.len())
            .filter(|other| tokens.word(*other).is_some())
            .count()
            <= 3
}

/// Whether a text is nothing but a day as datelines have it: a weekday, a month and a day, or both, with or without
/// the year. `Marc 3` passes: the beginning of an English month will do.
pub(crate) fn is_day(text: &str) -> bool {
    let all = token::tokens(text, 12);
    let tokens = Tokens {
        all: &all,
        language: None,
    };
    let (mut weekdays, mut months, mut days, mut years) = (0, 0, 0, 0);
    let mut at = 0;
    while at < all.len() {
        if let Some((after, _)) = shape::month_at(tokens, at) {
            months += 1;
            at = after;
            continue;
        }
        match (tokens.word(at), tokens.number(at), tokens.mark(at)) {
            (Some(word), ..) if month::is_weekday(word) => weekdays += 1,
            (Some(word), ..) if month::begins_an_english_one(word) => months += 1,
            (Some("st" | "nd" | "rd" | "th" | "de"), ..) | (_, _, Some('.' | ',')) => {}
            (_, Some((1..=31, 1 | 2)), _) => days += 1,
            (_, Some((1400..=2200, 4)), _) => years += 1,
            _ => return false,
        }
        at += 1;
    }
    let starts_with_mark = tokens.mark(0).is_some();
    !starts_with_mark
        && weekdays <= 1
        && years <= 1
        && matches!((weekdays, months, days), (_, 1, 1) | (1, 0, 0))
}

/// Whether a word is the full name of a month in some language.
pub(crate) fn is_month(word: &str) -> bool {
    word.len() > 2 && month::named(&token::fold(word), None).is_some()
}

/// The language of a tag, under the name that the tables have for it.
fn primary_subtag(tag: &str) -> String {
    let primary = tag
        .split(['-', '_'])
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase();
    match primary.as_str() {
        "nb" | "nn" => "no".into(),
        "fil" => "tl".into(),
        "bs" | "sh" => "sr".into(),
        _ => primary,
    }
}
