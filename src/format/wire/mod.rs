//! Reads the text wires of news agencies: IPTC 7901, ANPA 1312, and telex messages between `ZCZC` and `NNNN`.
//!
//! Given bytes by `source`, yields one article per message. [`message`] cuts the stream into messages, each of [`anpa`],
//! [`iptc`], [`telex`] and [`release`] knows one layout of header, and [`story`] what they share: the text, its table, its foot.
//! Control characters divide the parts of a message; where a gateway has stripped them the layout of the header does.

mod anpa;
mod iptc;
mod message;
mod release;
mod story;
mod telex;

use super::stream::{decoded, too_large};
use super::{Head, Input, Record, Rejection, Sink, Verdict};
use crate::source::SkipReason;
use message::{Cut, Messages, SOH, SYN};

/// Divides the fields of a header for programs.
const FIELDS_END: char = '\u{1f}';

/// Sure by what a message begins with.
pub(super) fn sniff(head: &Head<'_>) -> Verdict {
    let text = head.text.trim_start_matches('\u{feff}').trim_start();
    let controls = text.starts_with([SOH, SYN]) && text.chars().take(16).any(|c| c == SOH);
    let first = text.split(['\r', '\n']).next().unwrap_or_default();
    if controls {
        Verdict::new(97, "begins with SOH, as messages of a wire do")
    } else if message::is_telex(first) {
        Verdict::new(97, "the first line is `ZCZC`")
    } else if iptc::is_header(first) {
        Verdict::new(
            96,
            "the first line is a header of IPTC 7901: number, priority, category, words",
        )
    } else {
        Verdict::when(
            release::is_header(text),
            96,
            "begins with `Source:` and the number of a release",
        )
    }
}

/// Reads message by message.
pub(super) fn read(input: &mut Input<'_>, sink: &mut Sink<'_>) -> Result<(), Rejection> {
    let mut messages = Messages::new(decoded(input)?);
    let mut number = 0;
    while let Some(cut) = messages.next()? {
        number += 1;
        let record = match cut {
            Cut::Message(text) => record(&text),
            Cut::TooLarge => Err(too_large(&format!("message {number}"))),
        };
        if sink(record).is_break() {
            return Ok(());
        }
    }
    if number == 0 {
        return Err(Rejection::new(
            SkipReason::NoText,
            "there is no message in it",
        ));
    }
    Ok(())
}

/// The record that a message is, by the layout of its header.
fn record(text: &str) -> Record {
    let text = message::with_plain_line_ends(text);
    let text = text.trim_matches(|c: char| c == SYN || c.is_whitespace());
    let begin = text.find(SOH).map_or(0, |at| at + 1);
    let (first, rest) = text[begin..]
        .split_once('\n')
        .unwrap_or((&text[begin..], ""));
    if iptc::is_header(first) {
        return iptc::record(first, rest);
    }
    if begin > 0
        && let Some(header) = anpa::header(rest)
    {
        return anpa::record(&header, rest);
    }
    // A telex envelope may hold a message of another layout.
    if message::is_telex(first) {
        let inner = rest.trim_start();
        let line = inner.lines().next().unwrap_or_default();
        if iptc::is_header(line) {
            return iptc::record(line, &inner[line.len()..]);
        }
        return telex::record(rest);
    }
    if begin > 0 && first.matches(FIELDS_END).count() > 1 {
        return Err(Rejection::new(
            SkipReason::NotAnArticle,
            "it is coded for a program that sets results",
        ));
    }
    if release::is_header(text) {
        return release::record(text);
    }
    telex::record(rest)
}
