//! Cuts a stream of SGML or XML into the elements of one name without parsing it: its begin and end tags are enough for that.
//!
//! For collections of many articles a file, which are seldom well formed. One element is in memory, the file never is.
//! What is in an element is for the format to read.

use std::io::BufRead;

use super::Rejection;
use super::stream::{RECORD_BYTES, cut_off, lost};

/// How many bytes are taken at a time.
const STEP: usize = 16 << 10;

/// One element.
pub(crate) enum Element {
    /// From its begin tag to its end tag, or to where the next one begins when the end tag is missing.
    Whole(Vec<u8>),
    /// It had no end within the limit.
    TooLarge,
    /// The file ends in it.
    Cut(Rejection),
}

/// The elements of a stream.
pub(crate) struct Elements<'a> {
    bytes: Box<dyn BufRead + 'a>,
    begin: Vec<u8>,
    end: Vec<u8>,
    /// What was read and not yet given out.
    held: Vec<u8>,
    /// Up to where `held` was searched for the end of the element.
    searched: usize,
    /// How many elements were begun.
    pub(crate) number: usize,
    /// Whether an element had no end tag: then the last one need not have one either.
    endless: bool,
}

impl<'a> Elements<'a> {
    /// The elements of this name, which is in ASCII capitals; tags are matched in any case.
    pub(crate) fn new(bytes: Box<dyn BufRead + 'a>, name: &str) -> Self {
        Elements {
            bytes,
            begin: format!("<{name}").into_bytes(),
            end: format!("</{name}>").into_bytes(),
            held: Vec::new(),
            searched: 0,
            number: 0,
            endless: false,
        }
    }

    /// The next element; `None` at the end of the bytes.
    pub(crate) fn next(&mut self) -> Result<Option<Element>, Rejection> {
        let begin = loop {
            if let Some(begin) = begin_tag(&self.held, &self.begin, 0) {
                break begin;
            }
            // What stands outside of the elements is dropped, up to what may be a part of a begin tag.
            let keep = self.held.len().min(self.begin.len());
            self.held.drain(..self.held.len() - keep);
            if !self.more()? {
                let begins = self.begins();
                self.number += usize::from(begins);
                return Ok(begins.then(|| self.cut()));
            }
        };
        self.held.drain(..begin);
        self.number += 1;
        self.searched = self.begin.len();
        loop {
            if let Some(end) = self.end() {
                let tag = &self.held[end.saturating_sub(self.end.len())..end];
                self.endless |= find(tag, &self.end, 0).is_none();
                let rest = self.held.split_off(end);
                let whole = std::mem::replace(&mut self.held, rest);
                return Ok(Some(Element::Whole(whole)));
            }
            if self.held.len() > RECORD_BYTES {
                self.held.drain(..self.begin.len());
                return Ok(Some(Element::TooLarge));
            }
            self.searched = self
                .held
                .len()
                .saturating_sub(self.end.len())
                .max(self.begin.len());
            if !self.more()? {
                if !self.endless {
                    return Ok(Some(self.cut()));
                }
                return Ok(Some(Element::Whole(std::mem::take(&mut self.held))));
            }
        }
    }

    /// Whether what is held ends with the beginning of a begin tag.
    fn begins(&self) -> bool {
        let tag = self.held.iter().rposition(|byte| *byte == b'<');
        let tag = tag.map_or(&[][..], |at| &self.held[at..]);
        !tag.is_empty() && find(&self.begin, &tag.to_ascii_uppercase(), 0) == Some(0)
    }

    /// The element in hand is not whole.
    fn cut(&mut self) -> Element {
        self.held.clear();
        let missing = format!("`{}`", String::from_utf8_lossy(&self.end));
        Element::Cut(cut_off(&format!("element {}", self.number), &missing))
    }

    /// Where the element ends that `held` begins with, as far as it can be seen.
    fn end(&self) -> Option<usize> {
        let end = find(&self.held, &self.end, self.searched).map(|at| at + self.end.len());
        let within = &self.held[..end.unwrap_or(self.held.len())];
        begin_tag(within, &self.begin, self.searched).or(end)
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

/// Where a begin tag is: `<DOC>` and `<DOC id="1">` are tags of `<DOC`, `<DOCNO>` is none.
pub(crate) fn begin_tag(bytes: &[u8], tag: &[u8], from: usize) -> Option<usize> {
    let mut from = from;
    loop {
        let at = find(bytes, tag, from)?;
        match bytes.get(at + tag.len()) {
            Some(b'>' | b' ' | b'\t' | b'\r' | b'\n') => return Some(at),
            _ => from = at + tag.len(),
        }
    }
}

/// Where `name` (in ASCII capitals) next occurs in `bytes`, from `from` on, in any case.
pub(crate) fn find(bytes: &[u8], name: &[u8], from: usize) -> Option<usize> {
    let first = name[0];
    let mut at = from;
    while at + name.len() <= bytes.len() {
        let last = bytes.len() - name.len() + 1;
        at += bytes[at..last]
            .iter()
            .position(|byte| byte.eq_ignore_ascii_case(&first))?;
        if bytes[at..at + name.len()].eq_ignore_ascii_case(name) {
            return Some(at);
        }
        at += 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        for capacity in [1, 5, 100] {
            let reader = std::io::BufReader::with_capacity(capacity, text.as_bytes());
            let mut elements = Elements::new(Box::new(reader), "DOC");
            let mut found = Vec::new();
            while let Some(element) = elements.next().unwrap() {
                found.push(match element {
                    Element::Whole(bytes) => String::from_utf8(bytes).unwrap(),
                    Element::TooLarge => "too large".to_owned(),
                    Element::Cut(why) => why.detail,
                });
            }
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn elements_are_cut_at_their_tags() {
        check(
            "x<DOC>a</DOC>\n<doc id=1>b</Doc>y",
            &["<DOC>a</DOC>", "<doc id=1>b</Doc>"],
        );
        check(
            "<DOC>a<DOC>b<DOCNO>1</DOCNO>",
            &["<DOC>a", "<DOC>b<DOCNO>1</DOCNO>"],
        );
        check("<DOCNO>1</DOCNO>", &[]);
        check("", &[]);
    }

    #[test]
    fn an_element_that_the_bytes_end_in_is_cut() {
        const CUT: &str = "element 2: it ends too early: cut off, or `</DOC>` is missing";
        check("<DOC>a</DOC> <DOC>b</DO", &["<DOC>a</DOC>", CUT]);
        check("<DOC>a</DOC>\n<doc", &["<DOC>a</DOC>", CUT]);
        check("<DOC>a</DOC>\n<", &["<DOC>a</DOC>", CUT]);
        check("<DOC>a</DOC>\n1 < 2", &["<DOC>a</DOC>"]);
        // Where end tags are left out, the last one is no sign of anything.
        check("<DOC>a<DOC>b", &["<DOC>a", "<DOC>b"]);
    }
}
