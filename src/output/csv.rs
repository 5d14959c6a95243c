//! One hit or one match a row, for spreadsheets: RFC 4180, UTF-8, a row of headings first, lines end with LF.
//!
//! A spreadsheet runs a cell that begins with `=`, `+`, `-` or `@`, and the text of an archive is anybody's. So a cell of
//! text that begins with one of these, or with one of their full-width forms, gets an apostrophe before it, and control
//! characters become blanks or go. Whoever needs the text letter by letter takes `json` or `jsonl`, which change nothing.

use std::io::{self, Write};

use super::terminal::clean;
use super::{Render, marks};
use crate::search::{Hit, Line, Response};

/// One column: its heading, and its text of a hit. Lists are joined with `; `.
type Column = (&'static str, fn(&Hit) -> String);
/// The same of a match.
type LineColumn = (&'static str, fn(&Line) -> String);

/// The columns of a hit. Numbers and dates cannot be taken for formulas, so they stay as they are.
const COLUMNS: &[Column] = &[
    ("rank", |hit| hit.rank.to_string()),
    ("score", |hit| hit.score.to_string()),
    ("id", |hit| cell(&hit.id)),
    ("headline", |hit| cell(&hit.headline)),
    ("deck", |hit| optional(hit.deck.as_ref())),
    ("byline", |hit| cell(&hit.byline.join("; "))),
    ("date", |hit| {
        hit.date.map(|date| date.to_string()).unwrap_or_default()
    }),
    ("places", |hit| {
        cell(
            &hit.places
                .iter()
                .map(|place| place.name.as_str())
                .collect::<Vec<_>>()
                .join("; "),
        )
    }),
    ("section", |hit| optional(hit.section.as_ref())),
    ("source", |hit| optional(hit.source.as_ref())),
    ("language", |hit| optional(hit.language.as_ref())),
    ("url", |hit| optional(hit.url.as_ref())),
    ("file", |hit| cell(&hit.file)),
    ("record", |hit| hit.record.to_string()),
    ("matches", |hit| hit.matches.to_string()),
    // The first stretch of the text; all of them, with their matches, are in `json` and `jsonl`.
    ("snippet", |hit| {
        marks::below_headline(hit)
            .next()
            .map(|snippet| cell(&snippet.text))
            .unwrap_or_default()
    }),
];

/// The columns of a hit that stand before those of its matches.
const BESIDE_LINES: &[&str] = &["rank", "id", "date", "source", "headline"];

/// The columns of a match; offsets count characters of the article's text, as in JSON.
const LINE_COLUMNS: &[LineColumn] = &[
    ("field", |line| line.place.field.name().into()),
    ("part", |line| line.place.part.to_string()),
    ("start", |line| line.place.start.to_string()),
    ("end", |line| line.place.end.to_string()),
    ("left", |line| cell(&line.left)),
    ("match", |line| cell(&line.matched)),
    ("right", |line| cell(&line.right)),
];

/// The outputs `csv` and `kwic-csv`.
pub(super) struct Csv<'a> {
    rows: csv::Writer<&'a mut dyn Write>,
    columns: Vec<Column>,
    /// The columns of a match, where a row is one.
    line_columns: &'static [LineColumn],
}

impl<'a> Csv<'a> {
    /// One hit a row.
    pub(super) fn hits(out: &'a mut dyn Write) -> Self {
        Csv {
            rows: csv::Writer::from_writer(out),
            columns: COLUMNS.to_vec(),
            line_columns: &[],
        }
    }

    /// One match a row.
    pub(super) fn lines(out: &'a mut dyn Write) -> Self {
        let beside = COLUMNS
            .iter()
            .filter(|(heading, _)| BESIDE_LINES.contains(heading));
        Csv {
            rows: csv::Writer::from_writer(out),
            columns: beside.copied().collect(),
            line_columns: LINE_COLUMNS,
        }
    }
}

impl Render for Csv<'_> {
    fn begin(&mut self, _: &Response) -> io::Result<()> {
        let headings = self.columns.iter().map(|(heading, _)| heading);
        let of_lines = self.line_columns.iter().map(|(heading, _)| heading);
        let headings = headings.chain(of_lines);
        self.rows.write_record(headings).map_err(reason)
    }

    fn hit(&mut self, hit: &Hit) -> io::Result<()> {
        let mut cells: Vec<String> = self.columns.iter().map(|(_, text)| text(hit)).collect();
        if self.line_columns.is_empty() {
            return self.rows.write_record(&cells).map_err(reason);
        }
        for line in hit.lines.iter().flatten() {
            cells.truncate(self.columns.len());
            cells.extend(self.line_columns.iter().map(|(_, text)| text(line)));
            self.rows.write_record(&cells).map_err(reason)?;
        }
        Ok(())
    }

    fn end(&mut self, _: &Response) -> io::Result<()> {
        self.rows.flush()
    }
}

/// What the system said: a closed pipe must be known as one further up.
fn reason(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

fn optional(text: Option<&String>) -> String {
    text.map(|text| cell(text)).unwrap_or_default()
}

/// A cell of text that no spreadsheet takes for a formula.
fn cell(text: &str) -> String {
    let text = clean(text);
    match text.trim_start().chars().next() {
        Some('=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠') => format!("'{text}"),
        _ => text.into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula() {
        for (text, expected) in [
            ("=HYPERLINK(\"x\")", "'=HYPERLINK(\"x\")"),
            ("+1 for the mayor", "'+1 for the mayor"),
            ("-5 degrees", "'-5 degrees"),
            ("@desk", "'@desk"),
            ("\t=1", "' =1"),
            ("\r\n@x", "'  @x"),
            ("＝1+1", "'＝1+1"),
            ("truce = peace", "truce = peace"),
            ("", ""),
        ] {
            assert_eq!(cell(text), expected);
        }
    }
}
