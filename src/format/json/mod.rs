//! Reads JSON: an object, an array of objects, objects one after the other, or an object that holds the array somewhere
//! (`{"articles": […]}`, `{"hits": {"hits": […]}}`).
//!
//! Given bytes by `source`, yields one article per object that is one; which of its members hold what is told by
//! [`super::mapping`]. The elements of an array at the top are read one at a time; an object at the top is read as a
//! whole. One object a line is [`lines`], where a broken line costs no other.

pub(super) mod lines;
mod records;
mod values;

use std::ops::ControlFlow;

use super::mapping::{self, Node};
use super::stream::{cut_off, decoded, too_large};
use super::{Head, Input, Options, Record, Rejection, Sink, Verdict};
use crate::source::SkipReason;
use values::{Piece, Values};

/// Sure by the first characters, surer when the whole file is there and valid.
pub(super) fn sniff(head: &Head<'_>) -> Verdict {
    let text = head.text.trim_start_matches('\u{feff}').trim_start();
    let Some(inner) = text.strip_prefix(['{', '[']) else {
        return Verdict::NO;
    };
    let inner = inner.trim_start();
    let array = text.starts_with('[');
    let opened = match inner.chars().next() {
        Some('"' | '{' | '[') => array || inner.starts_with('"'),
        Some(']' | '}') => inner.len() == 1,
        Some(c) => array && (c.is_ascii_digit() || "-tfn".contains(c)),
        None => !head.whole,
    };
    if !opened {
        return Verdict::NO;
    }
    if head.whole && serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok() {
        return Verdict::new(95, "the whole file is valid JSON");
    }
    let named = head.name.contains(".json");
    match (array && !inner.starts_with(['{', '"', '[']), named) {
        // `[12:03] …` begins many a log.
        (true, false) => Verdict::NO,
        (_, true) => Verdict::new(90, "begins as JSON does, and is named so"),
        (false, false) => Verdict::new(80, "begins as a JSON object or array does"),
    }
}

/// Reads value by value.
pub(super) fn read(input: &mut Input<'_>, sink: &mut Sink<'_>) -> Result<(), Rejection> {
    let options = input.options;
    let mut values = Values::new(decoded(input)?);
    while let Some(piece) = values.next()? {
        let flow = match piece {
            Piece::Value(bytes, company) => {
                let text = String::from_utf8_lossy(&bytes);
                deliver(&text, values.line, options, company, sink)
            }
            Piece::TooMany => sink(Err(too_many(&format!("the value at line {}", values.line)))),
            Piece::TooLarge => sink(Err(too_large(&format!(
                "the value at line {}",
                values.line
            )))),
        };
        if flow.is_break() {
            return Ok(());
        }
    }
    if values.in_array {
        let place = format!("after the value at line {}", values.line);
        return Err(cut_off(&place, "`]`"));
    }
    Ok(())
}

/// What is said of a value that holds more values than are read.
fn too_many(place: &str) -> Rejection {
    let detail = format!(
        "{place}: more than {} million values in one",
        values::MOST / 1_000_000
    );
    Rejection::new(SkipReason::TooLarge, detail)
}

/// Refuses a text that is one value and holds too many.
pub(super) fn few_enough(text: &str) -> Result<(), Rejection> {
    if values::holds_too_many(text) {
        return Err(too_many("the file"));
    }
    Ok(())
}

/// The article that a text is when it is nothing but one JSON object, as forms on the web send it by mail; `None` for any
/// other text.
pub(super) fn article(text: &str) -> Option<Record> {
    let text = text.trim();
    if !(text.starts_with('{') && text.ends_with('}')) {
        return None;
    }
    // A mailer breaks long lines wherever it likes, and JSON has no line ends in its strings.
    let line = text.replace(['\r', '\n'], " ");
    let node = serde_json::from_str::<Node<'_>>(&line).ok()?;
    Some(mapping::record(
        &node,
        // There is one of it in a mail: its paths may be told.
        &Options {
            explain: true,
            ..Options::default()
        },
        mapping::Company::Alone,
    ))
}

/// Delivers the articles in a text that is one value, which begins at `line`.
fn deliver(
    text: &str,
    line: usize,
    options: &Options,
    company: mapping::Company,
    sink: &mut Sink<'_>,
) -> ControlFlow<()> {
    let error = match serde_json::from_str::<Node<'_>>(text) {
        Ok(node) => return records::of(&node, options, company, sink),
        Err(error) => error,
    };
    // Half a character is no reason to lose an article: programs that cut texts leave it.
    if let Some(whole) = without_halves(text)
        && let Ok(node) = serde_json::from_str::<Node<'_>>(&whole)
    {
        return records::of(&node, options, company, sink);
    }
    sink(Err(malformed(&error, line)))
}

/// With U+FFFD in the place of each escape that is half of a surrogate pair; `None` where there is none.
fn without_halves(text: &str) -> Option<String> {
    let unit = |at: usize| {
        let digits = text.get(at..at + 6)?.strip_prefix("\\u")?;
        u16::from_str_radix(digits, 16).ok()
    };
    let (mut whole, mut from, mut at) = (String::new(), 0, 0);
    while let Some(found) = text[at..].find('\\').map(|found| at + found) {
        let halves = match unit(found) {
            Some(0xd800..=0xdbff) if matches!(unit(found + 6), Some(0xdc00..=0xdfff)) => 2,
            Some(0xd800..=0xdfff) => 1,
            _ => 0,
        };
        at = match halves {
            2 => found + 12,
            1 => {
                whole.push_str(&text[from..found]);
                whole.push_str("\\ufffd");
                from = found + 6;
                from
            }
            // What is escaped may be a backslash; it may also be a letter of several bytes.
            _ => found + 1 + text[found + 1..].chars().next().map_or(0, char::len_utf8),
        };
    }
    (from > 0).then(|| whole + &text[from..])
}

/// What serde says, and what is said instead.
const OF_SERDE: &[(&str, &str)] = &[
    (
        "EOF while parsing",
        "it ends too early: cut off, or a bracket or quotation mark is missing",
    ),
    (
        "recursion limit exceeded",
        "more than 128 brackets in each other",
    ),
];

/// What serde says is wrong, with the line in the file; `line` is where the value begins, from 1.
fn malformed(error: &serde_json::Error, line: usize) -> Rejection {
    let message = error.to_string();
    let message = message
        .rsplit_once(" at line ")
        .map_or(message.as_str(), |(message, _)| message);
    let known = OF_SERDE
        .iter()
        .find(|(theirs, _)| message.starts_with(theirs));
    let message = known.map_or(message, |(_, ours)| ours);
    let line = line + error.line().saturating_sub(1);
    Rejection::new(
        SkipReason::Malformed,
        format!("line {line}, column {}: {message}", error.column()),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_of_characters_are_replaced_and_whole_ones_are_not() {
        let check = |text: &str, expected: Option<&str>| {
            assert_eq!(without_halves(text).as_deref(), expected, "{text}");
        };
        check(r"a \ud83d\ude00 b", None);
        check(r"a \ud83d b", Some(r"a \ufffd b"));
        check(
            r"\ude00\ud83d\ud83d\ude00",
            Some(r"\ufffd\ufffd\ud83d\ude00"),
        );
        check(r"\\ud83d", None);
        check(r"\\\ud83d", Some(r"\\\ufffd"));
        check("\\é \\u00e9 \\", None);
        check(r"\ud83", None);
    }
}
