//! Step 9: a [`Response`] → text. One output a file, one row an output in [`OUTPUTS`].
//!
//! An output is given the head of the response, then the hits one after another, then the head again, so that an export
//! of millions of hits needs no more memory than a page of ten. Each writes to any [`Write`]. No output searches,
//! opens anything, or knows where its text goes: how wide that is and whether it shows colour is told by a [`Look`].

mod article;
mod bars;
mod bibtex;
mod csv;
pub(crate) mod feed;
mod ink;
pub mod json;
mod jsonl;
pub mod kwic;
mod list;
pub mod marks;
mod ris;
pub mod terminal;
mod versions;

use std::io::{self, Write};

pub(crate) use article::byline;
pub use article::{write_article, write_marked};
pub use versions::{write_difference, write_versions};

use crate::search::{Hit, Request, Response};

/// One row of the table of outputs.
#[derive(Debug)]
pub struct Output {
    /// The name, as in `--output NAME`.
    pub name: &'static str,
    /// One line of help.
    pub help: &'static str,
    /// The media type (RFC 6838), for programs that hand the text on.
    pub media_type: &'static str,
    /// What a file of it ends in, without the dot.
    pub extension: &'static str,
    /// How many values of a facet are part of it where no number is asked for. None where facets and timelines have no place in
    /// it; a caller who asked for them ought to be told.
    pub shows_counts: Option<usize>,
    /// Whether the matches of a hit, each with its context, are part of it.
    pub shows_lines: ShowsLines,
    /// Begins a text of this kind.
    pub render: for<'a> fn(&'a mut dyn Write, Look) -> Box<dyn Render + 'a>,
}

impl Output {
    /// The context of matches that a request for this output asks for, where so much was asked for by hand.
    #[must_use]
    pub fn context(&self, asked: Option<u16>) -> Option<u16> {
        match self.shows_lines {
            ShowsLines::Never => None,
            ShowsLines::WhenAsked => asked,
            ShowsLines::Only => asked.or(Some(kwic::CONTEXT)),
        }
    }

    /// How many values of each facet a request for this output asks for, where so many were asked for by hand.
    #[must_use]
    pub fn values(&self, asked: Option<usize>) -> usize {
        asked.or(self.shows_counts).unwrap_or(0)
    }
}

/// Whether an output shows [`Hit::lines`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ShowsLines {
    /// It has no place for them.
    Never,
    /// It does where they were asked for.
    WhenAsked,
    /// It is made of them, so they must be asked for.
    Only,
}

/// A text in the making. [`Render::begin`] once, [`Render::hit`] for each hit in order, [`Render::end`] once.
pub trait Render {
    /// Begins. The `hits` of `head` are not looked at: they come one by one.
    fn begin(&mut self, head: &Response) -> io::Result<()>;
    /// Writes one hit.
    fn hit(&mut self, hit: &Hit) -> io::Result<()>;
    /// Ends, with the same `head` that it began with.
    fn end(&mut self, head: &Response) -> io::Result<()>;
}

/// What a text may look like where it is going. Only outputs for people heed it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Look {
    /// Whether escape sequences for colour and weight are understood.
    pub color: bool,
    /// How many columns a line has; `None` when lines may be of any length, as in a file or a pipe.
    pub width: Option<usize>,
    /// How many columns of text stand on each side of a match, where each has its line; `None` for as many as find room.
    pub context: Option<usize>,
}

/// The outputs there are. The first is the one for people.
pub const OUTPUTS: &[Output] = &[
    Output {
        name: "list",
        help: "for reading: headlines, dates, snippets",
        media_type: "text/plain; charset=utf-8",
        extension: "txt",
        shows_counts: Some(20),
        shows_lines: ShowsLines::Never,
        render: |out, look| Box::new(list::List::new(out, look)),
    },
    Output {
        name: "json",
        help: "one object with everything",
        media_type: "application/json",
        extension: "json",
        shows_counts: Some(Request::DEFAULT_VALUES),
        shows_lines: ShowsLines::WhenAsked,
        render: |out, _| Box::new(json::Json::new(out)),
    },
    Output {
        name: "jsonl",
        help: "one hit a line, as JSON",
        media_type: "application/jsonl",
        extension: "jsonl",
        shows_counts: None,
        shows_lines: ShowsLines::WhenAsked,
        render: |out, _| Box::new(jsonl::JsonLines::new(out)),
    },
    Output {
        name: "csv",
        help: "one hit a row, with a row of headings (RFC 4180)",
        media_type: "text/csv; charset=utf-8; header=present",
        extension: "csv",
        shows_counts: None,
        shows_lines: ShowsLines::Never,
        render: |out, _| Box::new(csv::Csv::hits(out)),
    },
    Output {
        name: "ris",
        help: "one reference a hit, for Zotero, EndNote and others (RIS)",
        media_type: "application/x-research-info-systems",
        extension: "ris",
        shows_counts: None,
        shows_lines: ShowsLines::Never,
        render: |out, _| Box::new(ris::Ris::new(out)),
    },
    Output {
        name: "bibtex",
        help: "one reference a hit, for LaTeX (BibTeX)",
        media_type: "application/x-bibtex",
        extension: "bib",
        shows_counts: None,
        shows_lines: ShowsLines::Never,
        render: |out, _| Box::new(bibtex::BibTex::new(out)),
    },
    Output {
        name: "kwic",
        help: "one match a line, in its context (a concordance)",
        media_type: "text/plain; charset=utf-8",
        extension: "txt",
        shows_counts: None,
        shows_lines: ShowsLines::Only,
        render: |out, look| Box::new(kwic::Kwic::new(out, look)),
    },
    Output {
        name: "kwic-csv",
        help: "one match a row, with a row of headings",
        media_type: "text/csv; charset=utf-8; header=present",
        extension: "csv",
        shows_counts: None,
        shows_lines: ShowsLines::Only,
        render: |out, _| Box::new(csv::Csv::lines(out)),
    },
];

/// The output with this name.
#[must_use]
pub fn find(name: &str) -> Option<&'static Output> {
    OUTPUTS.iter().find(|output| output.name == name)
}

/// Writes a response that is there as a whole.
pub fn write(
    output: &Output,
    response: &Response,
    out: &mut dyn Write,
    look: Look,
) -> io::Result<()> {
    let mut text = (output.render)(out, look);
    text.begin(response)?;
    for hit in &response.hits {
        text.hit(hit)?;
    }
    text.end(response)
}
