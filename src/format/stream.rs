//! Bytes in bounded pieces: what the formats that hold many records in a file read with.
//!
//! A record is in memory, a file never is, and no record is larger than [`RECORD_BYTES`]. Decoding is the work of
//! [`crate::source`]; nothing here knows what a record means.

use std::io::{self, BufRead, ErrorKind};

use super::{Input, Rejection};
use crate::source::{self, Decoded, SkipReason, decoding_reader};

/// How many bytes one record may have.
pub(crate) const RECORD_BYTES: usize = 64 << 20;

/// How many parts one record may have: elements, tags, cells, parts of a mail. Each takes some hundred bytes of memory, and one of
/// two bytes in the file would take a hundred times the file.
pub(crate) const RECORD_PARTS: usize = 1_000_000;

/// The decoded bytes of a file, as told from their beginning.
pub(crate) fn decoded<'a>(input: &'a mut Input<'_>) -> Result<Box<dyn BufRead + 'a>, Rejection> {
    let head = input.bytes.fill_buf().map_err(|error| lost(&error))?;
    let head = head[..head.len().min(super::HEAD_BYTES)].to_vec();
    Ok(decoding_reader(input.bytes, &head, None))
}

/// What is said when the rest of a file cannot be read.
pub(crate) fn lost(error: &io::Error) -> Rejection {
    Rejection::new(source::reason_of(error), source::plain(error))
}

/// What is said of a record that the file ends in; `missing` is what would end it: "`</DOC>`", "a quotation mark".
pub(crate) fn cut_off(place: &str, missing: &str) -> Rejection {
    let detail = format!("{place}: it ends too early: cut off, or {missing} is missing");
    Rejection::new(SkipReason::Malformed, detail)
}

/// What is said of a record that is larger than [`RECORD_BYTES`]; `place` is "line 7", "record 3".
pub(crate) fn too_large(place: &str) -> Rejection {
    Rejection::new(
        SkipReason::TooLarge,
        format!("{place}: more than {} MB", RECORD_BYTES >> 20),
    )
}

/// What is said of a record of more than [`RECORD_PARTS`]; `parts` is "tags", "cells".
pub(crate) fn too_many(place: &str, parts: &str) -> Rejection {
    let detail = format!("{place}: more than a million {parts}");
    Rejection::new(SkipReason::TooLarge, detail)
}

/// What [`next_line`] found.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Line {
    /// A line, in the buffer, with its end if it had one.
    Whole,
    /// A line that is too long: it was passed over.
    TooLong,
    /// The end of the bytes.
    End,
}

/// Puts the next line into `line`, which is emptied first.
pub(crate) fn next_line(
    bytes: &mut dyn BufRead,
    line: &mut Vec<u8>,
    limit: usize,
) -> io::Result<Line> {
    line.clear();
    let mut found = Line::End;
    loop {
        let ahead = match bytes.fill_buf() {
            Ok(ahead) => ahead,
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        if ahead.is_empty() {
            return Ok(found);
        }
        let end = ahead.iter().position(|byte| *byte == b'\n');
        let taken = end.map_or(ahead.len(), |end| end + 1);
        if found == Line::End {
            found = Line::Whole;
        }
        if found == Line::Whole && line.len() + taken > limit {
            found = Line::TooLong;
            *line = Vec::new();
        }
        if found == Line::Whole {
            line.extend_from_slice(&ahead[..taken]);
        }
        bytes.consume(taken);
        if end.is_some() {
            return Ok(found);
        }
    }
}

/// Reads all bytes, or tells that they are more than [`RECORD_BYTES`].
pub(crate) fn whole(bytes: &mut dyn BufRead) -> Result<Vec<u8>, Rejection> {
    let mut all = Vec::new();
    let limit = RECORD_BYTES as u64 + 1;
    io::Read::read_to_end(&mut io::Read::take(bytes, limit), &mut all)
        .map_err(|error| lost(&error))?;
    if all.len() > RECORD_BYTES {
        return Err(too_large("the file"));
    }
    Ok(all)
}

/// The text of a file that is read line by line in memory: a line takes some hundred bytes, however short it is.
pub(crate) fn whole_text(bytes: &mut dyn BufRead) -> Result<Decoded, Rejection> {
    let bytes = whole(bytes)?;
    let lines = bytes.iter().filter(|byte| **byte == b'\n');
    if lines.count() > RECORD_PARTS {
        return Err(too_many("the file", "lines"));
    }
    Ok(source::decode(bytes, None))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_are_too_long_are_passed_over() {
        let mut bytes = io::BufReader::with_capacity(4, &b"one\n\n123456789\nlast"[..]);
        let mut line = Vec::new();
        let mut found = Vec::new();
        loop {
            match next_line(&mut bytes, &mut line, 8).unwrap() {
                Line::End => break,
                Line::Whole => found.push(String::from_utf8(line.clone()).unwrap()),
                Line::TooLong => found.push("too long".to_owned()),
            }
        }
        assert_eq!(found, ["one\n", "\n", "too long", "last"]);
    }
}
