//! Crawls of the web: WARC (ISO 28500) and ARC, its forerunner. Each page that a server answered with → one article,
//! read as [`super::html`] reads a saved one.
//!
//! Given bytes by `source`, which has unpacked them, record by record where they were packed so. Other records
//! (requests, pictures, redirects, what the crawler notes) are counted as what they are. The day of a capture is no day
//! of publication and is not read. Records are independent: damage to one costs no other.

mod head;
mod http;

use std::io::{self, BufRead, Read};
use std::ops::ControlFlow;

use super::stream::{Line, RECORD_BYTES, lost, next_line, too_large};
use super::{
    Head as FileHead, Input, MapField, Options, Record, Rejection, Sink, Verdict, html, text,
};
use crate::source::{self, SkipReason};
use head::{Head, Kind};
use http::Message;

/// The longest line of a record's head, in bytes; addresses of pages are in it.
const LINE: usize = 64 << 10;

/// How many lines a record's head may have.
const LINES: usize = 1000;

/// Certain by the first word.
pub(super) fn sniff(file: &FileHead<'_>) -> Verdict {
    let first = file.bytes.trim_ascii_start();
    let is_crawl = head::begins_warc(first) || first.starts_with(head::ARC_BEGIN);
    Verdict::when(is_crawl, 99, "begins with `WARC/` or `filedesc://`")
}

/// Reads record by record.
pub(super) fn read(input: &mut Input<'_>, sink: &mut Sink<'_>) -> Result<(), Rejection> {
    let mut crawl = Crawl {
        bytes: &mut *input.bytes,
        line: Vec::new(),
        is_arc: false,
        astray: false,
    };
    while let Some(found) = crawl.next()? {
        let record = match found {
            Ok(head) => crawl.record(&head, input.options)?,
            Err(rejection) => Err(rejection),
        };
        if sink(record).is_break() {
            return Ok(());
        }
    }
    Ok(())
}

/// A crawl that is being read.
struct Crawl<'a> {
    bytes: &'a mut dyn BufRead,
    /// The line read last.
    line: Vec<u8>,
    /// Whether records begin as in ARC.
    is_arc: bool,
    /// Whether the last thing told was that these bytes belong to no record.
    astray: bool,
}

impl Crawl<'_> {
    /// The head of the next record, or what is wrong with it; `None` at the end.
    fn next(&mut self) -> Result<Option<Result<Head, Rejection>>, Rejection> {
        loop {
            match self.next_line()? {
                Line::End => return Ok(None),
                Line::Whole if self.line.trim_ascii().is_empty() => continue,
                Line::Whole if head::begins_warc(&self.line) => {
                    self.astray = false;
                    return self.warc_head().map(Some);
                }
                Line::Whole if self.begins_arc() => {
                    self.astray = false;
                    return Ok(Some(head::of_arc(&self.line)));
                }
                Line::Whole | Line::TooLong => {}
            }
            // Once for all that lies before the next record.
            if !std::mem::replace(&mut self.astray, true) {
                return Ok(Some(Err(Rejection::new(
                    SkipReason::Malformed,
                    "bytes between two records: the length of one is wrong",
                ))));
            }
        }
    }

    fn next_line(&mut self) -> Result<Line, Rejection> {
        next_line(self.bytes, &mut self.line, LINE).map_err(|error| lost(&error))
    }

    /// Whether the line is the head of a record of ARC.
    fn begins_arc(&mut self) -> bool {
        self.is_arc |= self.line.starts_with(head::ARC_BEGIN);
        self.is_arc && head::begins_arc(&self.line)
    }

    /// The head whose first line has been read.
    fn warc_head(&mut self) -> Result<Result<Head, Rejection>, Rejection> {
        let mut fields = Vec::new();
        for _ in 0..LINES {
            match self.next_line()? {
                Line::Whole if !self.line.trim_ascii().is_empty() => {
                    http::take_field(&mut fields, &self.line);
                }
                Line::TooLong => {}
                Line::Whole | Line::End => break,
            }
        }
        Ok(head::of_warc(&fields))
    }

    /// Reads the block of a record, or passes over it.
    fn record(&mut self, head: &Head, options: &Options) -> Result<Record, Rejection> {
        let unwanted = match head.kind {
            Kind::Other(what) => Some(no_article(what, head)),
            _ if head.length > RECORD_BYTES as u64 => Some(too_large(&head.address)),
            _ => None,
        };
        let mut block = (&mut *self.bytes).take(head.length);
        let (read, page) = if let Some(rejection) = unwanted {
            (io::copy(&mut block, &mut io::sink()), Err(rejection))
        } else {
            let mut page = Vec::new();
            let read = block.read_to_end(&mut page).map(|read| read as u64);
            (read, Ok(page))
        };
        if read.map_err(|error| lost(&error))? < head.length {
            let detail = format!("the file ends within the record of {}", head.address);
            return Ok(Err(Rejection::new(SkipReason::BrokenArchive, detail)));
        }
        Ok(page.and_then(|page| article(head, page, options)))
    }
}

/// The article of a record that may have one.
fn article(head: &Head, block: Vec<u8>, options: &Options) -> Record {
    let message = if head.kind == Kind::Answer && Message::begins(&block) {
        Message::parse(&block)?
    } else {
        Message::unheaded(block, head.media.clone())
    };
    if let Some(status) = message.status.filter(|status| *status != 200) {
        return Err(no_article(&format!("an answer of status {status}"), head));
    }
    let media = message.media();
    let record = if message.is_page() {
        html::page(message.body, media.charset.as_deref(), Some(&head.address))
    } else if head.kind == Kind::Extract {
        extract(&message.body, head, options)
    } else {
        let what = match media.name.as_str() {
            "" => "an answer of no stated type",
            name => name,
        };
        return Err(no_article(what, head));
    };
    record.map_err(|rejection| {
        let detail = format!("{}: {}", head.address, rejection.detail);
        Rejection::new(rejection.reason, detail)
    })
}

/// The article of a text that somebody has taken out of a page (WET).
fn extract(mut body: &[u8], head: &Head, options: &Options) -> Record {
    let mut found = Err(Rejection::new(SkipReason::Empty, "no text in it"));
    let mut input = Input {
        bytes: &mut body,
        file: &head.address,
        options,
        beside: &source::Beside::default(),
    };
    text::read(&mut input, &mut |record| {
        found = record;
        ControlFlow::Break(())
    })?;
    let mut draft = found?;
    draft.article.id.clone_from(&head.address);
    draft.article.url = Some(head.address.clone());
    let at = ("header", "WARC-Target-URI");
    draft.origins.note(MapField::Id, at);
    draft.origins.note(MapField::Url, at);
    Ok(draft)
}

fn no_article(what: &str, head: &Head) -> Rejection {
    let detail = match head.address.as_str() {
        "" => what.to_owned(),
        address => format!("{what}: {address}"),
    };
    Rejection::new(SkipReason::NotAnArticle, detail)
}

/// Undoes the codings of a page's body.
fn uncoded(coding: &str, body: Vec<u8>) -> Result<Vec<u8>, Rejection> {
    source::uncoded(coding, body, RECORD_BYTES)
}
