//! Reads Reuters-21578: files of many `<REUTERS>` elements, the Reuters newswire of 1987 as David Lewis marked it up.
//!
//! Given bytes by `source`, yields one article per element, however it is marked up: with headline and body (`NORM`),
//! headline only (`BRIEF`), or not at all (`UNPROC`). It is no SGML parser: the collection has neither a root element
//! nor legal references, so elements are looked for by name. The XML edition of the collection is another format.

mod article;
mod body;
mod dateline;
mod element;

use std::io::BufRead;

use super::stream::{RECORD_BYTES, decoded, lost, too_large};
use super::{Head, Input, Rejection, Sink};
use crate::source::SkipReason;
use element::find;

const BEGIN: &[u8] = b"<REUTERS";
const END: &[u8] = b"</REUTERS>";

/// How many bytes are taken at a time.
const STEP: usize = 16 << 10;

/// Certain when the elements of an article of the collection are there.
pub(super) fn sniff(head: &Head<'_>) -> u8 {
    let bytes = head.bytes;
    // A text about the collection shows an element somewhere, too.
    let begins = head.text.trim_start_matches('\u{feff}').trim_start();
    if !begins.starts_with('<') {
        return 0;
    }
    let Some(begin) = find(bytes, BEGIN, 0) else {
        return 0;
    };
    let marked = |name: &[u8]| find(bytes, name, begin).is_some();
    if marked(b"<TEXT") || marked(b"<TITLE") || marked(b"NEWID=") {
        99
    } else {
        0
    }
}

/// Reads element by element.
pub(super) fn read(input: &mut Input<'_>, sink: &mut Sink<'_>) -> Result<(), Rejection> {
    let mut elements = Elements {
        bytes: decoded(input)?,
        held: Vec::new(),
        searched: 0,
        number: 0,
    };
    while let Some(element) = elements.next()? {
        let record = match element {
            Element::Whole(bytes) => article::draft(&String::from_utf8_lossy(&bytes)),
            Element::TooLarge => Err(too_large(&format!("element {}", elements.number))),
        };
        if sink(record).is_break() {
            return Ok(());
        }
    }
    if elements.number == 0 {
        return Err(Rejection::new(
            SkipReason::Malformed,
            "there is no <REUTERS> element in it",
        ));
    }
    Ok(())
}

/// One `<REUTERS>` element.
enum Element {
    /// From its begin tag to its end tag, or to where the next one begins when the end tag is missing.
    Whole(Vec<u8>),
    /// It had no end within the limit.
    TooLarge,
}

/// The elements of a stream.
struct Elements<'a> {
    bytes: Box<dyn BufRead + 'a>,
    /// What was read and not yet given out.
    held: Vec<u8>,
    /// Up to where `held` was searched for the end of the element.
    searched: usize,
    /// How many elements were begun.
    number: usize,
}

impl Elements<'_> {
    /// The next element; `None` at the end of the bytes.
    fn next(&mut self) -> Result<Option<Element>, Rejection> {
        while find(&self.held, BEGIN, 0).is_none() {
            // What stands outside of the elements is dropped, up to what may be half a begin tag.
            let keep = self.held.len().min(BEGIN.len() - 1);
            self.held.drain(..self.held.len() - keep);
            if !self.more()? {
                return Ok(None);
            }
        }
        let begin = find(&self.held, BEGIN, 0).unwrap_or(0);
        self.held.drain(..begin);
        self.number += 1;
        self.searched = BEGIN.len();
        loop {
            if let Some(end) = self.end() {
                let rest = self.held.split_off(end);
                return Ok(Some(Element::Whole(std::mem::replace(
                    &mut self.held,
                    rest,
                ))));
            }
            if self.held.len() > RECORD_BYTES {
                self.held.drain(..BEGIN.len());
                return Ok(Some(Element::TooLarge));
            }
            self.searched = self.held.len().saturating_sub(END.len()).max(BEGIN.len());
            if !self.more()? {
                return Ok(Some(Element::Whole(std::mem::take(&mut self.held))));
            }
        }
    }

    /// Where the element ends that `held` begins with, as far as it can be seen.
    fn end(&self) -> Option<usize> {
        let end = find(&self.held, END, self.searched).map(|at| at + END.len());
        let next = find(
            &self.held[..end.unwrap_or(self.held.len())],
            BEGIN,
            self.searched,
        );
        next.or(end)
    }

    /// Reads on; false at the end of the bytes.
    fn more(&mut self) -> Result<bool, Rejection> {
        loop {
            match self.bytes.fill_buf() {
                Ok(ahead) => {
                    // In small steps: what is read beyond the element is moved once for each element in it.
                    let taken = ahead.len().min(STEP);
                    self.held.extend_from_slice(&ahead[..taken]);
                    self.bytes.consume(taken);
                    return Ok(taken > 0);
                }
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                Err(error) => return Err(lost(&error)),
            }
        }
    }
}
