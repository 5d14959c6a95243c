//! Bytes → text for files of many gigabytes, in constant memory. The line formats read through it; what is kept whole
//! goes through [`decode`](super::decode()) instead. Nothing fails here but the reading itself.

use std::io::{self, BufRead, BufReader, Read};

use encoding_rs::{CoderResult, Decoder, Encoding};

use super::decode::{self, Guess};

/// How many bytes are decoded at once, and the longest line whose encoding is judged as a whole.
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
    match decode::guess(head, declared, false) {
        Guess::Utf8 => Box::new(Lines::new(bytes, decode::fallback(declared))),
        Guess::Other(encoding) => {
            let transcoder = Transcoder {
                bytes,
                decoder: encoding.new_decoder_with_bom_removal(),
                ended: false,
            };
            Box::new(BufReader::with_capacity(PIECE / 8, transcoder))
        }
    }
}

/// One encoding from beginning to end.
struct Transcoder<'a> {
    bytes: &'a mut dyn BufRead,
    decoder: Decoder,
    ended: bool,
}

impl Read for Transcoder<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        // The decoder writes whole characters. `BufReader` always comes with room for many.
        if into.len() < 16 {
            return Ok(0);
        }
        while !self.ended {
            let input = self.bytes.fill_buf()?;
            let last = input.is_empty();
            let (result, read, written, _) = self.decoder.decode_to_utf8(input, into, last);
            self.bytes.consume(read);
            self.ended = last && result == CoderResult::InputEmpty;
            if written > 0 {
                return Ok(written);
            }
        }
        Ok(0)
    }
}

/// UTF-8, and lines that are something else.
struct Lines<'a> {
    bytes: &'a mut dyn BufRead,
    fallback: &'static Encoding,
    /// What was read and is no whole line yet.
    begun: Vec<u8>,
    /// Text to be handed out, from `at`.
    text: Vec<u8>,
    at: usize,
    started: bool,
    ended: bool,
}

impl<'a> Lines<'a> {
    fn new(bytes: &'a mut dyn BufRead, fallback: &'static Encoding) -> Self {
        Lines {
            bytes,
            fallback,
            begun: Vec::new(),
            text: Vec::new(),
            at: 0,
            started: false,
            ended: false,
        }
    }

    /// Reads on until there are whole lines, and makes text of them.
    fn refill(&mut self) -> io::Result<()> {
        self.text.clear();
        self.at = 0;
        while self.text.is_empty() && !self.ended {
            let input = self.bytes.fill_buf()?;
            let read = input.len();
            let end = if read == 0 {
                self.ended = true;
                self.begun.len()
            } else {
                let newline = input.iter().rposition(|byte| *byte == b'\n');
                let before = self.begun.len();
                self.begun.extend_from_slice(input);
                self.bytes.consume(read);
                match newline {
                    Some(at) => before + at + 1,
                    None if self.begun.len() >= PIECE => self.begun.len() - unfinished(&self.begun),
                    None => continue,
                }
            };
            self.finish(end);
        }
        Ok(())
    }

    /// Makes text of the first `end` bytes that were begun.
    fn finish(&mut self, end: usize) {
        let rest = self.begun.split_off(end);
        let mut lines = std::mem::replace(&mut self.begun, rest);
        if !self.started {
            self.started = true;
            if lines.starts_with(decode::UTF8_MARK) {
                lines.drain(..decode::UTF8_MARK.len());
            }
        }
        if std::str::from_utf8(&lines).is_ok() {
            self.text = lines;
            return;
        }
        for line in lines.split_inclusive(|byte| *byte == b'\n') {
            let text = decode::line(line, self.fallback);
            self.text.extend_from_slice(text.as_bytes());
        }
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

impl Read for Lines<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.fill_buf()?.read(into)?;
        self.consume(read);
        Ok(read)
    }
}

impl BufRead for Lines<'_> {
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
