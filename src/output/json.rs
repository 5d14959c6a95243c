//! The whole response as one JSON object (RFC 8259), written as the hits come, and JSON that is safe to look at.
//!
//! Each member stands on its own line and so does each hit. Characters that a terminal would obey are written as `\u`
//! escapes; the value is the same for whoever parses it.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{CompactFormatter, Formatter, Serializer};

use super::Render;
use super::terminal::is_unsafe;
use crate::search::{Hit, Response};

/// The output `json`.
pub(super) struct Json<'a> {
    out: &'a mut dyn Write,
    /// How many hits have been written.
    hits: u64,
}

impl<'a> Json<'a> {
    pub(super) fn new(out: &'a mut dyn Write) -> Self {
        Json { out, hits: 0 }
    }

    /// One member on a line of its own.
    fn member(&mut self, opening: &str, name: &str, value: &impl Serialize) -> io::Result<()> {
        write!(self.out, "{opening}\n  \"{name}\": ")?;
        write_value(self.out, value)
    }
}

/// The members that [`Response`] has, in its order; a test compares the two.
impl Render for Json<'_> {
    fn begin(&mut self, head: &Response) -> io::Result<()> {
        self.member("{", "query", &head.query)?;
        self.member(",", "total", &head.total)?;
        self.member(",", "sort", &head.sort)?;
        self.member(",", "took_ms", &head.took_ms)?;
        self.member(",", "next", &head.next)?;
        self.out.write_all(b",\n  \"hits\": [")
    }

    fn hit(&mut self, hit: &Hit) -> io::Result<()> {
        self.out.write_all(if self.hits == 0 {
            b"\n    "
        } else {
            b",\n    "
        })?;
        self.hits += 1;
        write_value(self.out, hit)
    }

    fn end(&mut self, head: &Response) -> io::Result<()> {
        self.out
            .write_all(if self.hits == 0 { b"]" } else { b"\n  ]" })?;
        if !head.facets.is_empty() {
            self.member(",", "facets", &head.facets)?;
        }
        if !head.others.is_empty() {
            self.member(",", "others", &head.others)?;
        }
        if let Some(timeline) = &head.timeline {
            self.member(",", "timeline", timeline)?;
        }
        self.out.write_all(b"\n}\n")
    }
}

/// Writes a value on one line, without a line end.
pub fn write_value(out: &mut dyn Write, value: &impl Serialize) -> io::Result<()> {
    value.serialize(&mut Serializer::with_formatter(
        out,
        Harmless(CompactFormatter),
    ))?;
    Ok(())
}

/// Writes a value and a line end: one line of JSON Lines.
pub fn write_line(out: &mut dyn Write, value: &impl Serialize) -> io::Result<()> {
    write_value(out, value)?;
    out.write_all(b"\n")
}

/// Compact JSON, in which no character is left that a terminal obeys.
struct Harmless(CompactFormatter);

impl Formatter for Harmless {
    fn write_string_fragment<W: ?Sized + Write>(
        &mut self,
        out: &mut W,
        text: &str,
    ) -> io::Result<()> {
        let mut rest = text;
        while let Some((at, letter)) = rest.char_indices().find(|&(_, letter)| is_unsafe(letter)) {
            self.0.write_string_fragment(out, &rest[..at])?;
            // All of them lie below U+10000, so one escape is enough.
            write!(out, "\\u{:04x}", u32::from(letter))?;
            rest = &rest[at + letter.len_utf8()..];
        }
        self.0.write_string_fragment(out, rest)
    }
}
