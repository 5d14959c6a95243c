//! Cuts a stream into the messages of a wire.
//!
//! A message begins with SOH, with a line `ZCZC`, or, where neither is there, with a header of IPTC 7901; it ends with
//! EOT, with a line `NNNN`, or where the next begins. One message is in memory.

use std::borrow::Cow;
use std::io::BufRead;

use super::super::Rejection;
use super::super::stream::{Line, RECORD_BYTES, lost, next_line};
use super::iptc;

/// Begins the header of a message.
pub(super) const SOH: char = '\u{1}';
/// Begins the text.
pub(super) const STX: char = '\u{2}';
/// Ends the text.
pub(super) const ETX: char = '\u{3}';
/// Ends the message.
const EOT: char = '\u{4}';
/// Keeps sender and receiver together: idle time before a message.
pub(super) const SYN: char = '\u{16}';

/// What was cut out.
pub(super) enum Cut {
    /// A message with some text in it.
    Message(String),
    /// A message larger than the limit. It was passed over.
    TooLarge,
}

/// The messages of a stream.
pub(super) struct Messages<'a> {
    bytes: Box<dyn BufRead + 'a>,
    line: Vec<u8>,
    /// Where in `line` the next piece begins: pieces end at CR or LF.
    at: usize,
    /// The message that is open.
    open: String,
    /// How many lines with something in them `open` has.
    lines: usize,
    too_large: bool,
    ended: bool,
}

impl<'a> Messages<'a> {
    pub(super) fn new(bytes: Box<dyn BufRead + 'a>) -> Self {
        Messages {
            bytes,
            line: Vec::new(),
            at: 0,
            open: String::new(),
            lines: 0,
            too_large: false,
            ended: false,
        }
    }

    /// The next message; `None` at the end.
    pub(super) fn next(&mut self) -> Result<Option<Cut>, Rejection> {
        while !self.ended {
            let Some(piece) = self.piece()? else {
                self.ended = true;
                break;
            };
            let words = piece.trim_matches(|c: char| c.is_whitespace() || c.is_control());
            let begins = piece.contains(SOH)
                || is_telex(words)
                || self.lines != 1 && self.lines != 2 && iptc::is_header(words);
            let ends = piece.contains(EOT) || words.eq_ignore_ascii_case("NNNN");
            let done = if begins { self.take() } else { None };
            if self.open.len() + piece.len() > RECORD_BYTES {
                self.too_large = true;
                self.open.clear();
            } else if !words.eq_ignore_ascii_case("NNNN") {
                self.open.push_str(&piece);
                self.lines += usize::from(!words.is_empty());
            }
            let done = if ends && done.is_none() {
                self.take()
            } else {
                done
            };
            if done.is_some() {
                return Ok(done);
            }
        }
        Ok(self.take())
    }

    /// The message that was open, if there is anything in it.
    fn take(&mut self) -> Option<Cut> {
        let open = std::mem::take(&mut self.open);
        let lines = std::mem::take(&mut self.lines);
        if std::mem::take(&mut self.too_large) {
            return Some(Cut::TooLarge);
        }
        (lines > 0 && open.chars().any(char::is_alphanumeric)).then_some(Cut::Message(open))
    }

    /// The next line, whichever line ends there are.
    fn piece(&mut self) -> Result<Option<String>, Rejection> {
        if self.at >= self.line.len() {
            self.at = 0;
            let found = next_line(&mut *self.bytes, &mut self.line, RECORD_BYTES)
                .map_err(|error| lost(&error))?;
            match found {
                Line::End => return Ok(None),
                Line::TooLong => {
                    self.too_large = true;
                    return Ok(Some(String::new()));
                }
                Line::Whole => {}
            }
        }
        let rest = &self.line[self.at..];
        let end = rest
            .iter()
            .position(|byte| *byte == b'\r')
            .map_or(rest.len(), |cr| cr + 1);
        // CR LF is one line end.
        let end = if rest.get(end) == Some(&b'\n') {
            end + 1
        } else {
            end
        };
        let piece = String::from_utf8_lossy(&rest[..end]).into_owned();
        self.at += end;
        Ok(Some(piece))
    }
}

/// Whether a line begins a telex: `ZCZC`, perhaps with the name of a service.
pub(super) fn is_telex(line: &str) -> bool {
    let line = line.trim();
    line.get(..4)
        .is_some_and(|mark| mark.eq_ignore_ascii_case("ZCZC"))
        && !line[4..].starts_with(|c: char| c.is_alphanumeric() && c.is_lowercase())
        && line.len() <= 80
}

/// The text with LF for all line ends.
pub(super) fn with_plain_line_ends(text: &str) -> Cow<'_, str> {
    if text.contains('\r') {
        Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n"))
    } else {
        Cow::Borrowed(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let mut messages = Messages::new(Box::new(text.as_bytes()));
        let mut found = Vec::new();
        while let Some(Cut::Message(text)) = messages.next().unwrap() {
            found.push(text.trim().to_owned());
        }
        assert_eq!(found, expected, "{text:?}");
    }

    #[test]
    fn messages_are_cut_at_their_marks() {
        check(
            "ZCZC A\r\none\r\nNNNN\r\n\r\nZCZC B\r\ntwo",
            &["ZCZC A\r\none", "ZCZC B\r\ntwo"],
        );
        check(
            "\u{1}one\u{4}\n\u{16}\u{16}\u{1}two\n\u{4}",
            &["\u{1}one\u{4}", "\u{16}\u{16}\u{1}two\n\u{4}"],
        );
        check("\rZCZC\r#one\rtwo\rNNNN\r", &["ZCZC\r#one\rtwo"]);
        check(
            "eca01 3 i 51 dpa 1\na\nb\nc\neca02 3 i 51 dpa 2\nd",
            &["eca01 3 i 51 dpa 1\na\nb\nc", "eca02 3 i 51 dpa 2\nd"],
        );
        check("", &[]);
        check("\n\u{4}\n", &[]);
    }
}
