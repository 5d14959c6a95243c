//! The dates of the query language: what people type → days. Serves `date:` and its kin, and the `from` and `to` of a
//! request. It knows the proleptic Gregorian calendar and English names; it reads no articles, see `text::date` for that.
//!
//! | form | days |
//! |---|---|
//! | `1963`, `1963-08`, `1963-08-14`, `1963/08/14`, `19630814` | the year, month, day |
//! | `14 August 1963`, `Aug 14, 1963`, `August 1963` | the day, month |
//! | `1963-Q3`, `1963-W33` | the quarter; the week, Monday to Sunday (ISO 8601) |
//! | `summer 1963` | June to August; spring is March to May, autumn or fall September to November, winter December to the next February |
//! | `1960s`, `19th century` | 1960 to 1969; 1801 to 1900 |
//! | `today`, `yesterday`, `3 days ago` | that day |
//! | `this week`, `last month`, `last-year` | the calendar week (from Monday), month, year |
//! | `past 30 days`, `last 2 weeks`, `past year` | so many days, weeks, months or years that end today |
//! | `A..B`, `A..`, `..B` | from the first day of A to the last day of B |
//! | `>A`, `>=A`, `<A`, `<=A` | after, since, before, until A |

mod calendar;
mod relative;

use std::fmt;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use super::error::shown;
use super::suggest;

/// A stretch of days, both ends included; an open end is `None`.
///
/// Its [`fmt::Display`] is the shortest form that reads back as the same days: `1963`, `1963-08..1963-10`, `..1945`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DateSpan {
    /// The first day.
    pub from: Option<NaiveDate>,
    /// The last day.
    pub to: Option<NaiveDate>,
}

/// Why a text is no date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DateProblem {
    /// What is wrong, lower case, without a full stop: "February 2023 has 28 days".
    pub message: String,
    /// What to type instead.
    pub hint: Option<String>,
}

/// A first and a last day.
pub(super) type Days = (NaiveDate, NaiveDate);

/// What a reader of one form says: `None` when the text is not of its form.
type Reading = Option<Result<Days, DateProblem>>;

/// The forms of a stretch of days, tried in this order on lower-case text with single spaces.
const FORMS: &[fn(&str, NaiveDate) -> Reading] = &[
    |text, _| calendar::in_numbers(text),
    |text, _| calendar::quarter_or_week(text),
    |text, _| calendar::in_words(text),
    |text, _| calendar::decade_or_century(text),
    relative::read,
];

/// What stands between the ends of a range. `…` is what phones make of `...`.
const RANGE_MARKS: &[&str] = &["...", "..", "…", "–", "—", " to ", " - "];

const FORMS_HINT: &str =
    "write 1963, 1963-08, 1963-08-14, 1963-08..1963-10, \"summer 1963\" or last-week";

/// Reads a date, or a range of dates, in any of the forms above. Relative ones are counted from `today`.
///
/// # Errors
/// When it is none of the forms, a day that no calendar has, or a range that ends before it starts.
pub fn read_span(text: &str, today: NaiveDate) -> Result<DateSpan, DateProblem> {
    let text = text.trim();
    if let Some(span) = read_comparison(text, today) {
        return span;
    }
    let Some((at, mark)) = RANGE_MARKS
        .iter()
        .find_map(|mark| text.find(mark).map(|at| (at, mark)))
    else {
        let (from, to) = read_days(text, today)?;
        return Ok(DateSpan {
            from: Some(from),
            to: Some(to),
        });
    };
    let end = |text: &str| {
        Some(text.trim())
            .filter(|text| !text.is_empty())
            .map(|text| read_days(text, today))
            .transpose()
    };
    let from = end(&text[..at])?.map(|(from, _)| from);
    let to = end(&text[at + mark.len()..])?.map(|(_, to)| to);
    match (from, to) {
        (None, None) => Err(problem("a range needs a date at one end or both").hint(FORMS_HINT)),
        (Some(from), Some(to)) if to < from => {
            let turned = format!("{}..{}", text[at + mark.len()..].trim(), text[..at].trim());
            Err(problem("the range ends before it starts").hint(format!("did you mean {turned}?")))
        }
        _ => Ok(DateSpan { from, to }),
    }
}

/// Reads a date that is no range: its first and its last day, both in the years 0 to 9999.
pub(super) fn read_days(typed: &str, today: NaiveDate) -> Result<Days, DateProblem> {
    let words: Vec<&str> = typed.split_whitespace().collect();
    let text = words.join(" ").to_lowercase();
    let text = text.strip_prefix("the ").unwrap_or(&text);
    let reading = FORMS.iter().find_map(|form| form(text, today));
    let (from, to) = reading.unwrap_or_else(|| Err(unknown(typed.trim())))?;
    Ok((in_calendar(from)?, in_calendar(to)?))
}

/// `>1963` and its like, as other engines write them.
fn read_comparison(text: &str, today: NaiveDate) -> Option<Result<DateSpan, DateProblem>> {
    type Meaning = fn(Days) -> Result<DateSpan, DateProblem>;
    const COMPARISONS: &[(&str, Meaning)] = &[
        (">=", |days| Ok(since(days))),
        ("<=", |days| Ok(until(days))),
        (">", after),
        ("<", before),
    ];
    let (sign, meaning) = COMPARISONS
        .iter()
        .find(|(sign, _)| text.starts_with(sign))?;
    Some(read_days(&text[sign.len()..], today).and_then(meaning))
}

/// All days before these.
pub(super) fn before((from, _): Days) -> Result<DateSpan, DateProblem> {
    let last = from.pred_opt().ok_or_else(out_of_calendar)?;
    Ok(DateSpan {
        from: None,
        to: Some(in_calendar(last)?),
    })
}

/// All days after these.
pub(super) fn after((_, to): Days) -> Result<DateSpan, DateProblem> {
    let first = to.succ_opt().ok_or_else(out_of_calendar)?;
    Ok(DateSpan {
        from: Some(in_calendar(first)?),
        to: None,
    })
}

/// These days and all after them.
pub(super) fn since((from, _): Days) -> DateSpan {
    DateSpan {
        from: Some(from),
        to: None,
    }
}

/// These days and all before them.
pub(super) fn until((_, to): Days) -> DateSpan {
    DateSpan {
        from: None,
        to: Some(to),
    }
}

/// The day itself, if its year has four digits: others cannot be written in a query.
fn in_calendar(day: NaiveDate) -> Result<NaiveDate, DateProblem> {
    if (0..=9999).contains(&day.year()) {
        Ok(day)
    } else {
        Err(out_of_calendar())
    }
}

fn out_of_calendar() -> DateProblem {
    problem("dates go from the year 0000 to 9999")
}

fn unknown(typed: &str) -> DateProblem {
    /// No date is longer; what is, is not worth the search for a slip.
    const LONGEST: usize = 40;
    let problem = problem(format!("`{}` is no date", shown(typed)));
    if let Some((day, _)) = typed.split_once('T')
        && calendar::in_numbers(day).is_some_and(|day| day.is_ok())
    {
        return problem.hint(format!("days have no hours here: write {day}"));
    }
    let names = || calendar::NAMES.iter().chain(relative::NAMES).copied();
    let slip = typed
        .split(|c: char| !c.is_alphabetic())
        .filter(|word| typed.len() <= LONGEST && names().all(|name| name != *word))
        .find_map(|word| suggest::nearest(word, names()));
    match slip {
        Some(name) => problem.hint(format!("did you mean `{name}`?")),
        None => problem.hint(FORMS_HINT),
    }
}

fn problem(message: impl Into<String>) -> DateProblem {
    DateProblem {
        message: message.into(),
        hint: None,
    }
}

impl DateProblem {
    fn hint(self, hint: impl Into<String>) -> Self {
        DateProblem {
            hint: Some(hint.into()),
            ..self
        }
    }
}

impl fmt::Display for DateProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for DateProblem {}

impl fmt::Display for DateSpan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The coarsest unit that both ends are whole in: a range of months must not be printed in days.
        let whole = |unit: fn(NaiveDate) -> Option<Days>| {
            self.from
                .is_none_or(|day| unit(day).is_some_and(|(first, _)| first == day))
                && self
                    .to
                    .is_none_or(|day| unit(day).is_some_and(|(_, last)| last == day))
        };
        let pattern = if whole(|day| calendar::year(day.year())) {
            "%Y"
        } else if whole(|day| calendar::month(day.year(), day.month())) {
            "%Y-%m"
        } else {
            "%Y-%m-%d"
        };
        let end = |day: Option<NaiveDate>| {
            day.map(|day| day.format(pattern).to_string())
                .unwrap_or_default()
        };
        let (from, to) = (end(self.from), end(self.to));
        if from == to && !from.is_empty() {
            f.write_str(&from)
        } else {
            write!(f, "{from}..{to}")
        }
    }
}
