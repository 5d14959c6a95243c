//! Messages of IPTC 7901, the wire of European agencies.
//!
//! Header: number, priority, category, word count and agency, then keywords between strokes. Text: marks of the version
//! in capitals, headline and byline up to a `=`, then the story. Below it the editors' notes, and the time of sending
//! (`212101 GMT Nov 18`: day, hour and minute, zone, month, year).

use super::super::{Draft, MapField, Record};
use super::message::{ETX, STX};
use super::story;
use crate::text::date::{self, Reading};
use crate::text::{byline, clean};

/// Within how many lines the `=` that ends the header is looked for.
const HEADER_LINES: usize = 16;

/// The categories of three letters that the standard has.
const CATEGORIES: &[(&str, &str)] = &[
    ("ace", "Arts, Culture and Entertainment"),
    ("clj", "Crime, Law and Justice"),
    ("dis", "Disasters and Accidents"),
    ("edu", "Education"),
    ("env", "Environment"),
    ("fin", "Economy, Business and Finance"),
    ("hth", "Health"),
    ("hum", "Human Interest"),
    ("lab", "Labour"),
    ("lif", "Lifestyle and Leisure"),
    ("pol", "Politics"),
    ("rel", "Religion"),
    ("sci", "Science and Technology"),
    ("soi", "Social Issues"),
    ("spo", "Sport"),
    ("war", "Unrest, Conflicts and War"),
    ("wea", "Weather"),
];

/// Whether a line is the first of a message: `eca062 4 i 211 ccccb   dpa 061`.
pub(super) fn is_header(line: &str) -> bool {
    if line.len() > 120 {
        return false;
    }
    let mut words = line
        .split_whitespace()
        .map(|word| word.trim_matches(char::is_control));
    let mut word = || words.next().unwrap_or_default();
    let (number, priority, category, count) = (word(), word(), word(), word());
    let digits = number.trim_start_matches(|c: char| c.is_ascii_alphabetic());
    let numbered = (1..=6).contains(&(number.len() - digits.len()))
        && (2..=7).contains(&digits.len())
        && digits.bytes().all(|byte| byte.is_ascii_digit());
    let urgent = priority.len() == 1 && priority.bytes().all(|byte| (b'1'..=b'9').contains(&byte));
    let sorted = (1..=3).contains(&category.len())
        && category.bytes().all(|byte| byte.is_ascii_alphabetic());
    let counted = (1..=5).contains(&count.len()) && count.bytes().all(|byte| byte.is_ascii_digit());
    numbered && urgent && sorted && counted
}

/// The record of a message: its first line, and the rest.
pub(super) fn record(first: &str, rest: &str) -> Record {
    let mut draft = Draft::default();
    let mut words = first.split_whitespace().skip(2);
    let category = words.next().unwrap_or_default().to_lowercase();
    draft.article.section = CATEGORIES
        .iter()
        .find(|(code, _)| *code == category)
        .map(|(_, name)| (*name).to_owned());
    draft.article.source = words
        .skip(1)
        .find(|word| byline::is_agency(word))
        .map(str::to_owned);
    let (text, sent) = rest.split_once(ETX).unwrap_or((rest, ""));
    let (text, time) = sent_at(text, sent);
    draft.date = time;
    for (field, at) in [
        (MapField::Section, "category in the header"),
        (MapField::Source, "agency in the header"),
        (MapField::Date, "time of sending, at the end"),
    ] {
        draft.origins.note(field, at);
    }
    let lines: Vec<&str> = text.lines().collect();
    let body = fill_header(&mut draft, &lines);
    let story: Vec<&str> = lines[body..]
        .iter()
        .take_while(|line| !begins_notes(line))
        .copied()
        .collect();
    story::record(draft, &story.join("\n"))
}

/// Reads keywords, marks, headline and byline; gives back the line on which the story begins.
fn fill_header(draft: &mut Draft, lines: &[&str]) -> usize {
    let clean_line = |line: &str| clean::line(line.trim_matches([STX, ' ']));
    let ends = lines
        .iter()
        .take(HEADER_LINES)
        .position(|line| clean_line(line).ends_with('='));
    // Without its mark the header ends with the first line in the text that is no keyword.
    let bare = || {
        let headline = lines.iter().position(|line| {
            let line = clean_line(line);
            !line.is_empty() && !is_keywords(&line) && !story::is_mark(&line)
        });
        headline.unwrap_or(lines.len().saturating_sub(1))
    };
    let last = ends.unwrap_or_else(bare);
    let mut headline: Vec<String> = Vec::new();
    let header: Vec<String> = lines
        .iter()
        .take(last + 1)
        .map(|line| clean_line(line).trim_end_matches('=').trim_end().to_owned())
        .filter(|line| !line.is_empty())
        .collect();
    for (at, line) in header.iter().enumerate() {
        if headline.is_empty() && is_keywords(line) {
            draft
                .origins
                .note(MapField::Topics, "line of keywords between strokes");
            draft.article.topics = line
                .split('/')
                .map(|topic| topic.trim().to_owned())
                .filter(|topic| !topic.is_empty())
                .collect();
        } else if at + 1 < header.len() && headline.is_empty() && story::is_mark(line) {
            story::mark(draft, line);
        } else if !headline.is_empty() && byline::is_byline(line) {
            story::sign(draft, line);
        } else {
            headline.push(line.clone());
        }
    }
    draft.article.headline = headline.join(" ");
    let at = "lines above the `=` that ends the header";
    let at = ends.map_or("first line of the text that is no keyword", |_| at);
    draft.origins.note(MapField::Headline, at);
    (last + 1).min(lines.len())
}

/// Whether a line is `Yemen/conflict/`: words between strokes.
fn is_keywords(line: &str) -> bool {
    line.len() > 1
        && (line.ends_with('/') || line.starts_with('/') && line.matches('/').count() > 1)
}

/// Whether the notes for editors begin, which are not for print.
fn begins_notes(line: &str) -> bool {
    let line = line.trim();
    let stars = line.len() >= 5 && line.chars().all(|c| c == '*' || c == ' ');
    let heading = line
        .strip_prefix('#')
        .is_some_and(|rest| rest.trim_start_matches('#').starts_with(' '));
    stars || heading
}

/// The text without the time of its sending, and that time. It stands behind the end of the text, or, where the marks are
/// gone, in its last line.
fn sent_at<'a>(text: &'a str, behind: &str) -> (&'a str, Option<Reading>) {
    let time = behind.lines().find_map(time);
    if time.is_some() {
        return (text, time);
    }
    let trimmed = text.trim_end_matches(|c: char| c.is_whitespace() || c.is_control());
    let (before, last) = trimmed.rsplit_once('\n').unwrap_or(("", trimmed));
    match self::time(last) {
        Some(time) => (before, Some(time)),
        None => (text, None),
    }
}

/// Reads `212101 GMT Nov 18`.
fn time(line: &str) -> Option<Reading> {
    let mut words = line
        .trim_matches(|c: char| c.is_whitespace() || c.is_control())
        .split_whitespace();
    let (clock, zone, month, year) = (words.next()?, words.next()?, words.next()?, words.next()?);
    let digits = |text: &str, length: usize| {
        text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit())
    };
    if !digits(clock, 6) || !digits(year, 2) && !digits(year, 4) || words.next().is_some() {
        return None;
    }
    let century = match year.len() {
        4 => "",
        _ if year >= "60" => "19",
        _ => "20",
    };
    let (day, hour, minute) = (&clock[..2], &clock[2..4], &clock[4..]);
    let written = format!("{day} {month} {century}{year} {hour}:{minute} {zone}");
    date::read(&written, None).or_else(|| date::read(&written, Some("de")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_told_by_their_parts() {
        let check = |line: &str, expected: bool| assert_eq!(is_header(line), expected, "{line}");
        check("eca062 4 i 211 ccccb   dpa 061", true);
        check("bdt0123 3 pl 510  dpa 1003", true);
        check("In 1987 4 men of 211 came", false);
        check("A1 5", false);
        check("", false);
    }

    #[test]
    fn the_time_begins_with_the_day() {
        let check = |line: &str, expected: &str| {
            let found = match time(line) {
                Some(Reading::Settled(date)) => date.to_string(),
                _ => String::new(),
            };
            assert_eq!(found, expected, "{line}");
        };
        check("212101 GMT Nov 18", "2018-11-21T21:01:00Z");
        check("101137 GMT Dez 18", "2018-12-10T11:37:00Z");
        check("212101 of Nov", "");
    }
}
