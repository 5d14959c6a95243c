//! Dates that stand for themselves: in numbers, in English words, quarters, weeks, decades, centuries. Each reader takes
//! lower-case text and answers `None` when the text is not of its form. Counts nothing from today.

use chrono::{NaiveDate, Weekday};

use super::{DateProblem, Days, Reading, problem, shown};

/// The names that can stand in a date, for "did you mean".
pub(super) const NAMES: &[&str] = &[
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "spring",
    "summer",
    "autumn",
    "fall",
    "winter",
    "century",
];

/// The first month of each season of the northern hemisphere; each lasts three.
const SEASONS: &[(&str, u32)] = &[
    ("spring", 3),
    ("summer", 6),
    ("autumn", 9),
    ("fall", 9),
    ("winter", 12),
];

/// `1963`, `1963-08`, `1963-08-14`, with `-`, `/` or `.` between; `19630814`.
pub(super) fn in_numbers(text: &str) -> Reading {
    let mark = text.chars().find(|c| !c.is_ascii_digit());
    if !matches!(mark, None | Some('-' | '/' | '.')) {
        return None;
    }
    let parts: Vec<&str> = match mark {
        Some(mark) => text.split(mark).collect(),
        None => vec![text],
    };
    if parts.len() > 3 || !parts.iter().all(|part| is_number(part)) {
        return None;
    }
    let lengths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
    Some(match (&parts[..], &lengths[..]) {
        ([y], [4]) => whole_year(y),
        ([y, m], [4, 1 | 2]) => whole_month(y, m),
        ([y, m, d], [4, 1 | 2, 1 | 2]) => one_day(y, m, d),
        ([all], [8]) => one_day(&all[..4], &all[4..6], &all[6..]),
        ([a, b], [4, 4]) => Err(problem(format!("`{}` is no date", shown(text)))
            .hint(format!("a range has two dots: {a}..{b}"))),
        ([m, y], [1 | 2, 4]) => {
            Err(problem("the year comes first").hint(format!("write {y}-{m:0>2}")))
        }
        ([a, b, y], [1 | 2, 1 | 2, 4]) => Err(year_comes_first(a, b, y)),
        _ => Err(problem(format!("`{}` is no date", shown(text)))
            .hint("a year has four digits, a month and a day two: 1963-08-14")),
    })
}

/// `14/08/1963` or `08/14/1963`: which one it is, is said only where the other is no day.
fn year_comes_first(a: &str, b: &str, year: &str) -> DateProblem {
    let (first, second) = (number(a), number(b));
    let mut days: Vec<String> = [(second, first), (first, second)]
        .iter()
        .filter(|(month, day)| one_day(year, &month.to_string(), &day.to_string()).is_ok())
        .map(|(month, day)| format!("{year}-{month:02}-{day:02}"))
        .collect();
    days.dedup();
    match &days[..] {
        [] => problem("there is no such day").hint("write year-month-day: 1963-08-14"),
        [day] => problem("the year comes first").hint(format!("write {day}")),
        days => problem("day and month could be either way round")
            .hint(format!("write year-month-day: {}", days.join(" or "))),
    }
}

/// `1963-q3`, `q3 1963`, `1963-w33`.
pub(super) fn quarter_or_week(text: &str) -> Reading {
    let (a, b) = text.split_once(['-', ' '])?;
    let (year, part) = if is_year(a) { (a, b) } else { (b, a) };
    if !is_year(year) {
        return None;
    }
    let (unit, n) = (part.get(..1)?, part.get(1..).filter(|n| is_number(n))?);
    let (year, n) = (number(year), number(n));
    match unit {
        "q" => Some(if (1..=4).contains(&n) {
            months(year, n * 3 - 2, 3)
        } else {
            Err(problem("a year has four quarters, Q1 to Q4"))
        }),
        "w" => Some(week(year, n)),
        _ => None,
    }
}

fn week(year: u32, week: u32) -> Result<Days, DateProblem> {
    let day = |day| NaiveDate::from_isoywd_opt(i32::try_from(year).ok()?, week, day);
    day(Weekday::Mon)
        .zip(day(Weekday::Sun))
        .ok_or_else(|| problem(format!("{year:04} has no week {week}")))
}

/// `14 August 1963`, `Aug 14th, 1963`, `August 1963`, `1963 August`, `summer 1963`.
pub(super) fn in_words(text: &str) -> Reading {
    let parts: Vec<&str> = text
        .split([' ', ',', '-', '.', '/'])
        .filter(|part| !part.is_empty() && *part != "of")
        .collect();
    let (at, (month, count)) = parts
        .iter()
        .enumerate()
        .find_map(|(at, part)| named_months(part).map(|named| (at, named)))?;
    let name = parts[at];
    let rest: Vec<&str> = [&parts[..at], &parts[at + 1..]].concat();
    match rest[..] {
        [] => Some(Err(problem(format!("`{name}` needs a year")).hint(
            format!("write it in quotes, with the year: \"{name} 1963\""),
        ))),
        [year] if is_year(year) => Some(months(number(year), month, count)),
        [day, year] if is_year(year) && count == 1 && at < 2 => {
            let day = day.trim_end_matches(char::is_alphabetic);
            is_number(day).then(|| one_day(year, &month.to_string(), day))
        }
        _ => None,
    }
}

/// The first month that a name stands for, and how many months.
fn named_months(name: &str) -> Option<(u32, u32)> {
    if let Some((_, first)) = SEASONS.iter().find(|(season, _)| *season == name) {
        return Some((*first, 3));
    }
    let month = NAMES[..12].iter().position(|month| {
        *month == name
            || *month == "september" && name == "sept"
            || name.len() == 3 && month.starts_with(name)
    })?;
    Some((u32::try_from(month).ok()? + 1, 1))
}

/// `1960s`, `19th century`.
pub(super) fn decade_or_century(text: &str) -> Reading {
    if let Some(years) = text.strip_suffix("'s").or_else(|| text.strip_suffix('s')) {
        let decade = is_number(years) && years.ends_with('0');
        return match years.len() {
            4 if decade => Some(years_from(number(years), 10)),
            2 if decade => Some(Err(problem(format!("`{text}` could be of any century"))
                .hint(format!("write 19{years}s")))),
            _ => None,
        };
    }
    let ordinal = text.strip_suffix("century")?.trim_end_matches([' ', '-']);
    let n = ordinal.trim_end_matches(char::is_alphabetic);
    if n == ordinal || !is_number(n) || !(1..=99).contains(&number(n)) {
        return None;
    }
    Some(years_from(number(n) * 100 - 99, 100))
}

fn years_from(year: u32, count: u32) -> Result<Days, DateProblem> {
    whole_year(&year.to_string())
        .and_then(|(from, _)| Ok((from, whole_year(&(year + count - 1).to_string())?.1)))
}

fn whole_year(y: &str) -> Result<Days, DateProblem> {
    months(number(y), 1, 12)
}

fn whole_month(y: &str, m: &str) -> Result<Days, DateProblem> {
    let century = y.get(..2).unwrap_or_default();
    months(number(y), number(m), 1).map_err(|problem| match number(m) {
        13..=99 if number(&format!("{century}{m}")) > number(y) => {
            problem.hint(format!("a range has two dots: {y}..{century}{m}"))
        }
        _ => problem,
    })
}

/// So many months from one on, perhaps into the next year.
fn months(y: u32, first: u32, count: u32) -> Result<Days, DateProblem> {
    if !(1..=12).contains(&first) {
        return Err(problem(format!("there is no month {first}")));
    }
    let after = first - 1 + count;
    let from = i32::try_from(y)
        .ok()
        .and_then(|y| NaiveDate::from_ymd_opt(y, first, 1));
    let next = i32::try_from(y + after / 12)
        .ok()
        .and_then(|y| NaiveDate::from_ymd_opt(y, after % 12 + 1, 1));
    from.zip(next.and_then(|day| day.pred_opt()))
        .ok_or_else(super::out_of_calendar)
}

fn one_day(y: &str, m: &str, d: &str) -> Result<Days, DateProblem> {
    // Month and day may have been changed over.
    if number(m) > 12 && number(d) <= 12 && one_day(y, d, m).is_ok() {
        let hint = format!("write {y}-{:02}-{:02}", number(d), number(m));
        return Err(problem(format!("there is no month {}", number(m))).hint(hint));
    }
    let (first, last) = months(number(y), number(m), 1)?;
    let day = i64::from(number(d)) - 1;
    let date = first + chrono::Duration::days(day);
    if date < first || date > last {
        let length = (last - first).num_days() + 1;
        let month = first.format("%B %Y");
        let hint = format!("for the whole month write {}", first.format("%Y-%m"));
        return Err(problem(format!("{month} has {length} days")).hint(hint));
    }
    Ok((date, date))
}

/// The first and last day of a year.
pub(super) fn year(year: i32) -> Option<Days> {
    NaiveDate::from_ymd_opt(year, 1, 1).zip(NaiveDate::from_ymd_opt(year, 12, 31))
}

/// The first and last day of a month.
pub(super) fn month(year: i32, month: u32) -> Option<Days> {
    let first = NaiveDate::from_ymd_opt(year, month, 1)?;
    let next = first.checked_add_months(chrono::Months::new(1))?;
    Some((first, next.pred_opt()?))
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_year(text: &str) -> bool {
    text.len() == 4 && is_number(text)
}

/// The value of a short run of digits; of a long one, a number that no part of a date can be.
fn number(digits: &str) -> u32 {
    digits
        .parse()
        .ok()
        .filter(|n| *n <= 99_999)
        .unwrap_or(99_999)
}
