//! Reads JSON lines (NDJSON): one object a line.
//!
//! A line that is broken or too long is rejected with its number; the others are read. In constant memory.

use super::super::mapping::Company;
use super::super::stream::{Line, RECORD_BYTES, decoded, lost, next_line, too_large};
use super::super::{Head, Input, Rejection, Sink, Verdict};
use super::values::holds_too_many;
use super::{deliver, too_many};

/// Sure when the first line is a whole object and a second one begins, or when the name says so.
pub(in super::super) fn sniff(head: &Head<'_>) -> Verdict {
    let text = head.text.trim_start_matches('\u{feff}').trim_start();
    if !text.starts_with('{') {
        return Verdict::NO;
    }
    let named = [".jsonl", ".ndjson", ".jl", ".jsonlines"]
        .iter()
        .any(|end| head.name.contains(end));
    let mut lines = text.lines().filter(|line| !line.trim().is_empty());
    let first = lines.next().unwrap_or_default();
    let ends_in_head = head.whole || text.len() > first.len();
    let valid = serde_json::from_str::<serde::de::IgnoredAny>(first).is_ok();
    match (named, valid, ends_in_head) {
        (true, _, _) => Verdict::new(97, "begins with `{`, and is named as JSON lines"),
        (false, true, _) if lines.next().is_some_and(|second| second.starts_with('{')) => {
            Verdict::new(
                96,
                "the first line is a whole JSON object, and the second begins one",
            )
        }
        // A first line that fills the whole head: printed JSON would have begun a second one long before.
        (false, false, false) if first.len() > 4096 => {
            Verdict::new(85, "begins with `{`, and the first line is very long")
        }
        _ => Verdict::NO,
    }
}

/// Reads line by line.
pub(in super::super) fn read(input: &mut Input<'_>, sink: &mut Sink<'_>) -> Result<(), Rejection> {
    let options = input.options;
    let mut bytes = decoded(input)?;
    let mut line = Vec::new();
    let mut number = 0;
    loop {
        number += 1;
        let found =
            next_line(&mut *bytes, &mut line, RECORD_BYTES).map_err(|error| lost(&error))?;
        let flow = match found {
            Line::End => return Ok(()),
            Line::TooLong => sink(Err(too_large(&format!("line {number}")))),
            Line::Whole => {
                let text = String::from_utf8_lossy(&line);
                // Lines of an array that was printed one element a line are read too.
                let text = text.trim().trim_end_matches(',');
                if matches!(text, "" | "[" | "]") {
                    continue;
                }
                if holds_too_many(text) {
                    if sink(Err(too_many(&format!("line {number}")))).is_break() {
                        return Ok(());
                    }
                    continue;
                }
                deliver(text, number, options, Company::Many, sink)
            }
        };
        if flow.is_break() {
            return Ok(());
        }
    }
}
