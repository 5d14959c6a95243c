//! Reads JSON: an object, an array of objects, objects one after the other, or an object that holds the array somewhere
//! (`{"articles": […]}`, `{"hits": {"hits": […]}}`).
//!
//! Given bytes by `source`, yields one article per object that is one; which of its members hold what is told by
//! [`super::mapping`]. The elements of an array at the top are read one at a time; an object at the top is read as a
//! whole. One object a line is [`lines`], where a broken line costs no other.

pub(super) mod lines;
mod records;
mod values;

use super::mapping::{self, Node};
use super::stream::{decoded, too_large};
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
                match serde_json::from_str::<Node<'_>>(&text) {
                    Ok(node) => records::of(&node, options, company, sink),
                    Err(error) => sink(Err(malformed(&error, values.line))),
                }
            }
            Piece::TooLarge => sink(Err(too_large(&format!(
                "the value at line {}",
                values.line
            )))),
        };
        if flow.is_break() {
            break;
        }
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

/// What serde says is wrong, with the line in the file; `line` is where the value begins, from 1.
fn malformed(error: &serde_json::Error, line: usize) -> Rejection {
    let message = error.to_string();
    let message = message
        .rsplit_once(" at line ")
        .map_or(message.as_str(), |(message, _)| message);
    let line = line + error.line().saturating_sub(1);
    Rejection::new(
        SkipReason::Malformed,
        format!("line {line}, column {}: {message}", error.column()),
    )
}
