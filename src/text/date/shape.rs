//! The shapes in which a day is written, tried at one place of a text: 2024-05-03, 3.5.2024, Sept. 17, 2024,
//! le 12 mai 2020, 2020年5月12日.
//!
//! A shape says what is written, not whether the calendar has it; times of day are read by [`super::clock`].

use super::month;
use super::token::{Kind, Token};

/// The years that news can be from. A number outside is no year; in dates of numbers alone the first is
/// [`FIRST_NUMERIC_YEAR`].
const YEARS: std::ops::RangeInclusive<u64> = 1400..=2200;

/// Below this a year in a date of numbers alone is more likely of another calendar (1403/02/14 is Solar Hijri) than
/// from before the first newspaper.
const FIRST_NUMERIC_YEAR: i32 = 1500;

/// Languages whose short numeric dates begin with the year.
const YEAR_FIRST: [&str; 6] = ["ja", "zh", "ko", "hu", "lt", "sv"];

/// Languages whose papers also count the years of another calendar: a year of two digits may be one of those.
const OTHER_ERAS: [&str; 4] = ["fa", "th", "ps", "ckb"];

/// Languages whose numeric dates are of another calendar even when the year looks familiar (Ethiopia's is seven or
/// eight behind, Nepal's 56 ahead). Only ISO shapes are believed.
const OTHER_CALENDARS: [&str; 4] = ["am", "ti", "om", "ne"];

/// What is written at a place, unchecked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Written {
    Year(i32),
    Month(i32, u32),
    Day(i32, u32, u32),
    /// Two numbers of which one is the day and one the month, the year, and the mark between the numbers.
    Numeric(u32, u32, i32, char),
    /// It has the shape of a date, but cannot be one, or cannot be told.
    Unclear,
}

/// The tokens of a text, and the language to read them in.
#[derive(Clone, Copy)]
pub(super) struct Tokens<'a> {
    pub(super) all: &'a [Token],
    /// A primary subtag, in lower case.
    pub(super) language: Option<&'a str>,
}

impl Tokens<'_> {
    /// The number at a place, and how many digits it has.
    pub(super) fn number(&self, at: usize) -> Option<(u64, usize)> {
        match self.all.get(at)?.kind {
            Kind::Number(value, digits) => Some((value, digits)),
            _ => None,
        }
    }

    /// A number of one or two digits.
    pub(super) fn small(&self, at: usize) -> Option<u32> {
        let (value, digits) = self.number(at)?;
        (digits <= 2).then(|| u32::try_from(value).ok()).flatten()
    }

    pub(super) fn word(&self, at: usize) -> Option<&str> {
        let token = self.all.get(at)?;
        (token.kind == Kind::Word).then_some(token.word.as_str())
    }

    pub(super) fn mark(&self, at: usize) -> Option<char> {
        match self.all.get(at)?.kind {
            Kind::Mark(mark) => Some(mark),
            _ => None,
        }
    }

    /// Whether a token follows its neighbour without a blank.
    pub(super) fn glued(&self, at: usize) -> bool {
        self.all.get(at).is_some_and(|token| !token.spaced)
    }

    /// The place after those of the given marks and words that follow, at most three.
    pub(super) fn skip(&self, at: usize, marks: &[char], words: &[&str]) -> usize {
        let skipped = (at..at + 3).take_while(|at| {
            self.mark(*at).is_some_and(|mark| marks.contains(&mark))
                || self.word(*at).is_some_and(|word| words.contains(&word))
        });
        at + skipped.count()
    }

    fn is_language(&self, of: &[&str]) -> bool {
        self.language.is_some_and(|language| of.contains(&language))
    }
}

/// The date at a place, and the place after it.
pub(super) fn at(tokens: Tokens<'_>, at: usize) -> Option<(usize, Written)> {
    if continues_a_number(tokens, at) {
        return None;
    }
    let (end, written) = match tokens.number(at) {
        Some((_, 1 | 2)) => day_first(tokens, at).or_else(|| numbers(tokens, at)),
        Some((_, 4)) => year_first(tokens, at),
        Some(_) => None,
        None => month_first(tokens, at),
    }?;
    let goes_on = tokens.glued(end)
        && tokens
            .mark(end)
            .is_some_and(|mark| is_separator(mark) || mark == '.')
        && tokens.glued(end + 1)
        && tokens.number(end + 1).is_some();
    Some((end, if goes_on { Written::Unclear } else { written }))
}

/// Whether a token is a later part of something with numbers: `5` in `A5` or `1/5`.
pub(super) fn continues_a_number(tokens: Tokens<'_>, at: usize) -> bool {
    if at == 0 || !tokens.glued(at) || tokens.number(at).is_none() {
        return false;
    }
    match tokens.all[at - 1].kind {
        Kind::Number(..) => true,
        Kind::Word => tokens.word(at - 1).is_some_and(str::is_ascii),
        Kind::Mark(mark) => {
            (is_separator(mark) || matches!(mark, '.' | ','))
                && at > 1
                && tokens.glued(at - 1)
                && tokens.number(at - 2).is_some()
        }
    }
}

/// 12 May 1963, 3rd of May '63, 26-FEB-1987, 2 de enero de 2020, 12 tháng 5 năm 2020.
fn day_first(tokens: Tokens<'_>, at: usize) -> Option<(usize, Written)> {
    const BEFORE_MONTH: [&str; 16] = [
        "st", "nd", "rd", "th", "er", "e", "ste", "de", "o", "of", "d", "di", "ng", "ga", "na",
        "ya",
    ];
    let day = tokens.small(at)?;
    let at = tokens.skip(at + 1, &['.', '-', '/', '°', '\'', '’', '–'], &BEFORE_MONTH);
    let (at, month) = month_at(tokens, at)?;
    let (at, year) = year_after_month(tokens, at)?;
    Some((at, Written::Day(year, month, day)))
}

/// Sept. 17, 2024; May 3rd 1963; mayo 3 de 2024; August 1963; Aug. '63.
fn month_first(tokens: Tokens<'_>, at: usize) -> Option<(usize, Written)> {
    let start = at;
    let (at, month) = month_at(tokens, at)?;
    let day_at = tokens.skip(at, &['.', '-', '/'], &["the", "de"]);
    let dated = tokens
        .small(day_at)
        .filter(|_| !tokens.glued(day_at + 1) || tokens.mark(day_at + 1) != Some(':'));
    if let Some(day) = dated {
        let after = tokens.skip(day_at + 1, &[], &["st", "nd", "rd", "th"]);
        if let Some((at, year)) = year_after_month(tokens, after) {
            return Some((at, Written::Day(year, month, day)));
        }
    }
    // "30 February 2023" has failed as a day and is no month either.
    let after_a_number = start > 0 && tokens.number(start - 1).is_some();
    let (at, year) = year_after_month(tokens, at).filter(|_| !after_a_number)?;
    let four_digits_or_apostrophe =
        tokens.number(at - 1)?.1 == 4 || tokens.mark(at - 2).is_some_and(is_apostrophe);
    four_digits_or_apostrophe.then_some((at, Written::Month(year, month)))
}

/// 2024-05-03, 2024/5/3, 2020. 5. 12., 2020年5月12日, 2020. május 12., 2020-May-12, 1963-08, 1963.
fn year_first(tokens: Tokens<'_>, at: usize) -> Option<(usize, Written)> {
    let year = year_of(tokens.number(at)?)?;
    if let Some(found) = marked_parts(tokens, at, year) {
        return Some(found);
    }
    if let Some(separator) = tokens
        .mark(at + 1)
        .filter(|mark| is_separator(*mark) || *mark == '.')
        && let Some(month) = tokens.small(at + 2)
    {
        if tokens.mark(at + 3) == Some(separator)
            && let Some(day) = tokens.small(at + 4)
        {
            return Some((
                at + 5,
                numeric_year(year, Written::Day(year, month, day), tokens, separator),
            ));
        }
        let two_digits =
            tokens.number(at + 2)?.1 == 2 && tokens.glued(at + 1) && tokens.glued(at + 2);
        return (separator == '-' && two_digits).then(|| {
            (
                at + 3,
                numeric_year(year, Written::Month(year, month), tokens, separator),
            )
        });
    }
    let next = tokens.skip(at + 1, &['.', '-', '/', ','], &["m", "gada", "ko", "eko"]);
    if let Some((after, month)) = month_at(tokens, next) {
        let day_at = tokens.skip(after, &['.', '-', '/'], &[]);
        return match tokens.small(day_at) {
            Some(day) => Some((day_at + 1, Written::Day(year, month, day))),
            None => Some((after, Written::Month(year, month))),
        };
    }
    if let Some(day) = tokens.small(next)
        && let Some((after, month)) = month_at(tokens, tokens.skip(next + 1, &['.'], &[]))
    {
        return Some((after, Written::Day(year, month, day)));
    }
    Some((at + 1, numeric_year(year, Written::Year(year), tokens, '-')))
}

/// The East Asian shape, where each number carries its unit.
fn marked_parts(tokens: Tokens<'_>, at: usize, year: i32) -> Option<(usize, Written)> {
    let unit =
        |at: usize, units: &[&str]| tokens.word(at).is_some_and(|word| units.contains(&word));
    if !unit(at + 1, &["年", "년"]) {
        return None;
    }
    let Some(month) = tokens.small(at + 2).filter(|_| unit(at + 3, &["月", "월"])) else {
        return Some((at + 2, Written::Year(year)));
    };
    match tokens.small(at + 4) {
        Some(day) if unit(at + 5, &["日", "号", "號", "일"]) => {
            Some((at + 6, Written::Day(year, month, day)))
        }
        _ => Some((at + 4, Written::Month(year, month))),
    }
}

/// 03.04.2024, 3/4/18, 24-05-03, `08/30 63`, 08/1963.
fn numbers(tokens: Tokens<'_>, at: usize) -> Option<(usize, Written)> {
    let first = tokens.small(at)?;
    let separator = tokens
        .mark(at + 1)
        .filter(|mark| is_separator(*mark) || *mark == '.')?;
    let spread = separator == '.' && !tokens.glued(at + 2);
    if !tokens.glued(at + 1) && separator != '/' {
        return None;
    }
    if let Some(year) = tokens
        .number(at + 2)
        .filter(|(_, digits)| *digits == 4)
        .and_then(year_of)
    {
        let written = Written::Month(year, first);
        return (!spread && (1..=12).contains(&first))
            .then(|| (at + 3, numeric_year(year, written, tokens, separator)));
    }
    let second = tokens.small(at + 2)?;
    let year_at = match tokens.mark(at + 3) {
        Some(mark) if mark == separator => at + 4,
        // As in the headers of TIME, 1963.
        None if separator == '/' => at + 3,
        _ => return None,
    };
    let (year, digits) = tokens.number(year_at)?;
    if tokens.glued(year_at + 1) && tokens.mark(year_at + 1) == Some(':') {
        return None;
    }
    let written = match digits {
        4 => {
            let year = year_of((year, 4))?;
            numeric_year(
                year,
                Written::Numeric(first, second, year, separator),
                tokens,
                separator,
            )
        }
        2 if !spread => short_year(
            tokens,
            at,
            [first, second, u32::try_from(year).ok()?],
            separator,
        ),
        _ => return None,
    };
    Some((year_at + 1, written))
}

/// Three numbers of at most two digits. With hyphens they may also be year, month, day: 24-05-03 is left unclear,
/// unless its numbers or the language decide.
fn short_year(
    tokens: Tokens<'_>,
    at: usize,
    [first, second, last]: [u32; 3],
    separator: char,
) -> Written {
    if tokens.is_language(&OTHER_ERAS) || tokens.is_language(&OTHER_CALENDARS) {
        return Written::Unclear;
    }
    let year_last = Written::Numeric(first, second, century(last), separator);
    let year_first = Written::Day(century(first), second, last);
    let can_be_year_first = tokens.number(at).is_some_and(|(_, digits)| digits == 2)
        && (1..=12).contains(&second)
        && (1..=31).contains(&last);
    let can_be_year_last =
        (1..=31).contains(&first) && (1..=31).contains(&second) && first.min(second) <= 12;
    match (can_be_year_first, can_be_year_last) {
        (true, false) => year_first,
        (true, true) if tokens.is_language(&YEAR_FIRST) => year_first,
        (true, true) if separator == '-' => Written::Unclear,
        (_, true) => year_last,
        (false, false) => Written::Unclear,
    }
}

/// Refuses numeric dates that are likely of another calendar.
fn numeric_year(year: i32, written: Written, tokens: Tokens<'_>, separator: char) -> Written {
    let foreign = tokens.is_language(&OTHER_CALENDARS)
        && (separator != '-' || matches!(written, Written::Numeric(..)));
    if year < FIRST_NUMERIC_YEAR || foreign {
        Written::Unclear
    } else {
        written
    }
}

/// The month named at a place: one word, two words, Arabic pairs (`مايو/أيار`), Vietnamese `tháng 5`.
pub(super) fn month_at(tokens: Tokens<'_>, at: usize) -> Option<(usize, u32)> {
    let word = tokens.word(at)?;
    if word == "thang" {
        return tokens
            .small(at + 1)
            .filter(|month| (1..=12).contains(month))
            .map(|month| (at + 2, month));
    }
    let two_words = tokens
        .word(at + 1)
        .filter(|second| word.len() + second.len() < 40)
        .and_then(|second| {
            month::begins_a_pair(word)
                .then(|| month::named(&format!("{word} {second}"), tokens.language))
                .flatten()
        });
    let (after, month) = match two_words {
        Some(month) => (at + 2, month),
        None => (at + 1, month::named(word, tokens.language)?),
    };
    if tokens.mark(after) == Some('/')
        && tokens.word(after + 1).is_some()
        && let Some((after, again)) = month_at(tokens, after + 1)
        && again == month
    {
        return Some((after, month));
    }
    Some((after, month))
}

/// The year that follows a month or its day.
fn year_after_month(tokens: Tokens<'_>, at: usize) -> Option<(usize, i32)> {
    const BEFORE_YEAR: [&str; 4] = ["de", "del", "of", "nam"];
    // "22 out of 2024" is no October: `of` wants an English month.
    if tokens.word(at) == Some("of")
        && tokens
            .word(at - 1)
            .is_some_and(|word| !month::is_english(word))
    {
        return None;
    }
    let at = tokens.skip(at, &['.', ',', '-', '/', '،', '–'], &BEFORE_YEAR);
    let apostrophe = tokens.mark(at).is_some_and(is_apostrophe);
    let at = at + usize::from(apostrophe);
    let (value, digits) = tokens.number(at)?;
    let year = match digits {
        4 => year_of((value, digits))?,
        2 if tokens.is_language(&OTHER_ERAS) => return None,
        // Not the hour in "May 3 10:15".
        2 if tokens.glued(at + 1)
            && tokens
                .mark(at + 1)
                .is_some_and(|mark| matches!(mark, ':' | '.' | '-')) =>
        {
            return None;
        }
        2 if tokens.glued(at + 1) && tokens.word(at + 1) == Some("h") => return None,
        2 => century(u32::try_from(value).ok()?),
        _ => return None,
    };
    Some((at + 1, year))
}

fn year_of((value, digits): (u64, usize)) -> Option<i32> {
    (digits == 4 && YEARS.contains(&value))
        .then(|| i32::try_from(value).ok())
        .flatten()
}

/// A year of two digits: 30–99 are 1930–1999, 00–29 are 2000–2029.
fn century(year: u32) -> i32 {
    let base = if year < 30 { 2000 } else { 1900 };
    base + i32::try_from(year).unwrap_or_default()
}

fn is_separator(mark: char) -> bool {
    matches!(mark, '/' | '-' | '‐' | '‑' | '–')
}

fn is_apostrophe(mark: char) -> bool {
    matches!(mark, '\'' | '’' | '‘')
}
