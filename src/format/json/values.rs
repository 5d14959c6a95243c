//! Cuts a stream of JSON into its values without parsing them: brackets and strings are enough for that.
//!
//! An array at the top is not one value: its elements are. What is cut out may still be wrong inside; serde tells.

use std::io::BufRead;

use super::super::Rejection;
use super::super::mapping::Company;
use super::super::stream::{RECORD_BYTES, lost};

/// How many values one value may hold. A page of an archive's interface has two million, for all its sizes of pictures; each takes
/// 70 bytes of memory.
pub(super) const MOST: usize = 4_000_000;

/// What was cut out.
pub(super) enum Piece {
    /// The text of one value.
    Value(Vec<u8>, Company),
    /// A value larger than the limit. It was passed over.
    TooLarge,
    /// A value of more than [`MOST`] values. It was passed over.
    TooMany,
}

/// The values of a stream.
pub(super) struct Values<'a> {
    bytes: Box<dyn BufRead + 'a>,
    /// Whether the values are elements of an array at the top.
    pub(super) in_array: bool,
    /// The line on which the last value began, from 1.
    pub(super) line: usize,
    /// The line that is being read.
    current: usize,
}

/// Where in a value the reader is.
#[derive(Default)]
struct Inside {
    depth: usize,
    string: bool,
    escaped: bool,
    /// How many values it holds, roughly: commas and opening brackets.
    values: usize,
}

impl Inside {
    /// Goes over one byte; true when the value ends with it.
    fn step(&mut self, byte: u8) -> bool {
        if self.string {
            match byte {
                _ if self.escaped => self.escaped = false,
                b'\\' => self.escaped = true,
                b'"' => {
                    self.string = false;
                    return self.depth == 0;
                }
                _ => {}
            }
            return false;
        }
        match byte {
            b'"' => self.string = true,
            b'{' | b'[' => {
                self.depth += 1;
                self.values += 1;
            }
            b',' => self.values += 1,
            b'}' | b']' => {
                self.depth = self.depth.saturating_sub(1);
                return self.depth == 0;
            }
            _ => {}
        }
        false
    }

    /// Whether the byte follows a bare word or number.
    fn ends_before(&self, byte: u8) -> bool {
        self.depth == 0 && !self.string && (byte.is_ascii_whitespace() || b",]}{[".contains(&byte))
    }
}

impl<'a> Values<'a> {
    pub(super) fn new(bytes: Box<dyn BufRead + 'a>) -> Self {
        Values {
            bytes,
            in_array: false,
            line: 1,
            current: 1,
        }
    }

    /// The next value; `None` at the end.
    pub(super) fn next(&mut self) -> Result<Option<Piece>, Rejection> {
        if !self.begin()? {
            return Ok(None);
        }
        self.line = self.current;
        let mut value = Vec::new();
        let mut inside = Inside::default();
        let mut too_large = false;
        let mut ended = false;
        while !ended {
            let ahead = match self.bytes.fill_buf() {
                Ok(ahead) => ahead,
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(lost(&error)),
            };
            if ahead.is_empty() {
                break;
            }
            let passed_over = too_large || inside.values > MOST;
            let mut taken = 0;
            for byte in ahead {
                let first = taken == 0 && value.is_empty() && !passed_over;
                if !first && inside.ends_before(*byte) {
                    ended = true;
                    break;
                }
                taken += 1;
                self.current += usize::from(*byte == b'\n');
                if inside.step(*byte) {
                    ended = true;
                    break;
                }
            }
            too_large |= value.len() + taken > RECORD_BYTES;
            if too_large || inside.values > MOST {
                value = Vec::new();
            } else {
                value.extend_from_slice(&ahead[..taken]);
            }
            self.bytes.consume(taken);
        }
        if too_large {
            return Ok(Some(Piece::TooLarge));
        }
        if inside.values > MOST {
            return Ok(Some(Piece::TooMany));
        }
        let company = if self.in_array {
            Company::Many
        } else {
            Company::Alone
        };
        // A value that is cut tells so itself.
        self.in_array &= ended;
        Ok(Some(Piece::Value(value, company)))
    }

    /// Goes to the first byte of the next value; false at the end.
    fn begin(&mut self) -> Result<bool, Rejection> {
        loop {
            let ahead = match self.bytes.fill_buf() {
                Ok(ahead) => ahead,
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(lost(&error)),
            };
            let Some(byte) = ahead.first().copied() else {
                return Ok(false);
            };
            match byte {
                b'\n' => self.current += 1,
                b',' | b' ' | b'\t' | b'\r' => {}
                b'[' if !self.in_array => self.in_array = true,
                b']' => self.in_array = false,
                _ => return Ok(true),
            }
            self.bytes.consume(1);
        }
    }
}

/// Whether a text that is in memory as a whole holds more than [`MOST`] values.
pub(super) fn holds_too_many(text: &str) -> bool {
    // Far from it, as nearly always, even if every comma were one.
    if text.len() <= MOST {
        return false;
    }
    let mut inside = Inside::default();
    for byte in text.bytes() {
        inside.step(byte);
    }
    inside.values > MOST
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        for capacity in [1, 3, 100] {
            let reader = std::io::BufReader::with_capacity(capacity, text.as_bytes());
            let mut values = Values::new(Box::new(reader));
            let mut found = Vec::new();
            while let Some(Piece::Value(bytes, _)) = values.next().unwrap() {
                found.push(String::from_utf8(bytes).unwrap());
            }
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn values_are_cut_at_their_brackets() {
        check(
            r#"{"a": "}"} {"b": "\"}"}"#,
            &[r#"{"a": "}"}"#, r#"{"b": "\"}"}"#],
        );
        check(
            r#"[{"a": [1, 2]}, 7, "x,y", [8]] [9]"#,
            &[r#"{"a": [1, 2]}"#, "7", "\"x,y\"", "[8]", "9"],
        );
        check("[]", &[]);
        check(" ", &[]);
        check(r#"{"a": "#, &[r#"{"a": "#]);
        check("}}", &["}", "}"]);
    }
}
