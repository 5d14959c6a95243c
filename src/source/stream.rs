//! Bytes → text for files of many gigabytes, in constant memory. The line formats read through it; what is kept whole
//! goes through [`decode`](super::decode()) instead. Nothing fails here but the reading itself.

use std::io::{self, BufRead, Read};

use encoding_rs::{CoderResult, Decoder, Encoding};

use super::decode::{self, Guess};

/// The longest line whose encoding is judged as a whole, in bytes.
const PIECE: usize = 1 << 20;

/// A reader of `bytes` as UTF-8, without a byte-order mark. `head` is a copy of their first bytes (the more the better,
/// they are still to be read from `bytes`); `declared` is the encoding that the source claims, if it does.
///
/// Other encodings than UTF-8 are decided by the head. Where the head is UTF-8 or ASCII, each line that is not UTF-8 is
/// read in the declared encoding, else in Windows-1252: real files are glued together from several.
pub fn decoding_reader<'a>(
    bytes: &'a mut dyn BufRead,
    head: &[u8],
    declared: Option<&str>,
) -> Box<dyn BufRead + 'a> {
    let rule = match decode::guess(head, declared, false) {
        Guess::Utf8 => Rule::Lines {
            fallback: decode::fallback(declared),
            begun: Vec::new(),
            started: false,
        },
        Guess::Other(encoding) => Rule::One(encoding.new_decoder_with_bom_removal()),
    };
    Box::new(Decoding {
        bytes,
        rule,
        text: Vec::new(),
        at: 0,
        ended: false,
    })
}

/// Bytes on their way to text.
struct Decoding<'a> {
    bytes: &'a mut dyn BufRead,
    rule: Rule,
    /// Text to be handed out, from `at`.
    text: Vec<u8>,
    at: usize,
    /// Whether all bytes have been read.
    ended: bool,
}

/// How bytes become text.
enum Rule {
    /// One encoding from beginning to end.
    One(Decoder),
    /// UTF-8, and lines that are something else.
    Lines {
        /// What such lines are.
        fallback: &'static Encoding,
        /// What was read and is no whole line yet.
        begun: Vec<u8>,
        /// Whether the first line has been seen, which may begin with a mark.
        started: bool,
    },
}

impl Decoding<'_> {
    /// Reads on until there is text.
    fn refill(&mut self) -> io::Result<()> {
        self.text.clear();
        self.at = 0;
        while self.text.is_empty() && !self.ended {
            let input = self.bytes.fill_buf()?;
            let read = input.len();
            self.ended = read == 0;
            self.rule.decode(input, &mut self.text);
            self.bytes.consume(read);
        }
        Ok(())
    }
}

impl Rule {
    /// Adds to `text` what `input` allows; an empty `input` is the end.
    fn decode(&mut self, input: &[u8], text: &mut Vec<u8>) {
        match self {
            Rule::One(decoder) => decode_piece(decoder, input, text),
            Rule::Lines {
                fallback,
                begun,
                started,
            } => {
                let newline = input.iter().rposition(|byte| *byte == b'\n');
                let before = begun.len();
                begun.extend_from_slice(input);
                let end = match newline {
                    Some(at) => before + at + 1,
                    None if input.is_empty() => before,
                    None if begun.len() >= PIECE => begun.len() - unfinished(begun),
                    None => return,
                };
                let mut lines: &[u8] = &begun[..end];
                if !std::mem::replace(started, true) {
                    lines = lines.strip_prefix(decode::UTF8_MARK).unwrap_or(lines);
                }
                decode_lines(lines, fallback, text);
                begun.drain(..end);
            }
        }
    }
}

/// Decodes in one encoding; characters may be cut in two between calls.
fn decode_piece(decoder: &mut Decoder, mut input: &[u8], text: &mut Vec<u8>) {
    let last = input.is_empty();
    let mut scratch = [0; 8 * 1024];
    loop {
        let (result, read, written, _) = decoder.decode_to_utf8(input, &mut scratch, last);
        text.extend_from_slice(&scratch[..written]);
        input = &input[read..];
        if result == CoderResult::InputEmpty {
            return;
        }
    }
}

fn decode_lines(lines: &[u8], fallback: &'static Encoding, text: &mut Vec<u8>) {
    if std::str::from_utf8(lines).is_ok() {
        text.extend_from_slice(lines);
        return;
    }
    for line in lines.split_inclusive(|byte| *byte == b'\n') {
        text.extend_from_slice(decode::line(line, fallback).as_bytes());
    }
}

/// How many bytes at the end of `bytes` are the beginning of a character of UTF-8 that goes on: 0 to 3.
fn unfinished(bytes: &[u8]) -> usize {
    let last = &bytes[bytes.len().saturating_sub(3)..];
    let Some(lead) = last.iter().rposition(|byte| *byte >= 0xc0) else {
        return 0;
    };
    match std::str::from_utf8(&last[lead..]) {
        Err(error) if error.error_len().is_none() => last.len() - lead,
        _ => 0,
    }
}

impl Read for Decoding<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.fill_buf()?.read(into)?;
        self.consume(read);
        Ok(read)
    }
}

impl BufRead for Decoding<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.at >= self.text.len() {
            self.refill()?;
        }
        Ok(&self.text[self.at..])
    }

    fn consume(&mut self, amount: usize) {
        self.at = (self.at + amount).min(self.text.len());
    }
}
