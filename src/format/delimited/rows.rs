//! Cuts a table into rows and cells (RFC 4180, read leniently).
//!
//! A quote is one only at the beginning of a cell, and closes only before a delimiter or a line end; everywhere else it
//! is a character. When a quote that was never closed swallows the lines after it, the row is read again without quotes.

use std::collections::VecDeque;
use std::io::BufRead;

use super::super::stream::{Line, RECORD_BYTES, RECORD_PARTS, lost, next_line};
use super::super::{HEAD_BYTES, Rejection};
use super::dialect::Dialect;

/// How often a row may be read again in one file, so that a file of nothing but quotes is not read over and over.
const SECOND_READINGS: usize = 100;

/// How many lines that a quote has swallowed tell whether it is one.
const EVIDENCE: usize = 100;

/// How many bytes of the beginning are evidence: one row of it may be very long.
const HEAD: usize = 4 * HEAD_BYTES;

/// A row.
pub(super) enum Row {
    /// Its cells, unquoted.
    Cells(Vec<String>),
    /// It is larger than the limit. It was passed over.
    TooLarge,
    /// It has more than [`RECORD_PARTS`] cells.
    TooWide,
    /// The file ends in a quoted cell of it, or before its last cell.
    Cut,
}

/// A line as it is printed.
enum Printed {
    Line(Vec<u8>),
    TooLong,
}

/// The rows of a stream.
pub(super) struct Rows<'a> {
    bytes: Box<dyn BufRead + 'a>,
    /// Lines that were read ahead.
    ahead: VecDeque<Printed>,
    ended: bool,
    dialect: Dialect,
    width: usize,
    second_readings: usize,
    /// The line on which the last row began, from 1.
    pub(super) line: usize,
    next_line: usize,
}

impl<'a> Rows<'a> {
    /// Reads the beginning of the stream, from which the dialect can be told.
    pub(super) fn new(bytes: Box<dyn BufRead + 'a>) -> Result<Self, Rejection> {
        let mut rows = Rows {
            bytes,
            ahead: VecDeque::new(),
            ended: false,
            dialect: Dialect::default(),
            width: 0,
            second_readings: 0,
            line: 0,
            next_line: 1,
        };
        let mut read = 0;
        while read < HEAD_BYTES {
            let mut line = Vec::new();
            let found = next_line(&mut *rows.bytes, &mut line, RECORD_BYTES)
                .map_err(|error| lost(&error))?;
            read += line.len();
            match found {
                Line::End => {
                    rows.ended = true;
                    break;
                }
                Line::TooLong => rows.ahead.push_back(Printed::TooLong),
                Line::Whole => rows.ahead.push_back(Printed::Line(line)),
            }
        }
        Ok(rows)
    }

    /// The beginning of the stream, and whether it is all there is.
    pub(super) fn head(&self) -> (String, bool) {
        let mut text = String::new();
        for line in &self.ahead {
            if let Printed::Line(line) = line {
                let left = HEAD - text.len().min(HEAD);
                if line.len() > left {
                    text.push_str(&String::from_utf8_lossy(&line[..left]));
                    return (text, false);
                }
                text.push_str(&String::from_utf8_lossy(line));
            }
        }
        (text, self.ended)
    }

    /// Sets how to read, and how many cells a row should have.
    pub(super) fn set(&mut self, dialect: Dialect, width: usize) {
        self.dialect = dialect;
        self.width = width;
    }

    pub(super) fn dialect(&self) -> Dialect {
        self.dialect
    }

    /// The next row; `None` at the end.
    pub(super) fn next(&mut self) -> Result<Option<Row>, Rejection> {
        let mut lines: Vec<Vec<u8>> = Vec::new();
        let mut splitter = Splitter::new(self.dialect);
        let mut size = 0;
        self.line = self.next_line;
        while lines.is_empty() || splitter.is_open() {
            match self.next_line()? {
                None => break,
                Some(Printed::TooLong) => return Ok(Some(Row::TooLarge)),
                Some(Printed::Line(line)) => {
                    size += line.len();
                    if size > RECORD_BYTES {
                        return Ok(Some(Row::TooLarge));
                    }
                    splitter.feed(&line);
                    lines.push(line);
                }
            }
        }
        if lines.is_empty() {
            return Ok(None);
        }
        if splitter.cells.len() >= RECORD_PARTS {
            return Ok(Some(Row::TooWide));
        }
        let open = splitter.is_open();
        let cells = splitter.finish();
        if self.is_at_end() && self.is_cut(&lines, &cells, open) {
            return Ok(Some(Row::Cut));
        }
        let swallowed = lines.len() > 1 && (open || cells.len() != self.width);
        if swallowed && self.second_readings < SECOND_READINGS {
            let literal = split(&lines[0], self.dialect.without_quotes());
            if literal.len() == self.width {
                self.second_readings += 1;
                self.next_line = self.line + 1;
                for line in lines.drain(1..).rev() {
                    self.ahead.push_front(Printed::Line(line));
                }
                return Ok(Some(Row::Cells(literal)));
            }
        }
        Ok(Some(Row::Cells(cells)))
    }

    /// Whether nothing is left to read.
    fn is_at_end(&mut self) -> bool {
        self.ahead.is_empty() && (self.ended || self.bytes.fill_buf().is_ok_and(<[u8]>::is_empty))
    }

    /// Whether these last lines of the file are a row that was cut off. A quote that is open at the end may also be one that
    /// was never closed: then most of the lines that it has swallowed are rows without it.
    fn is_cut(&self, lines: &[Vec<u8>], cells: &[String], open: bool) -> bool {
        let has_end = lines.last().is_some_and(|line| line.ends_with(b"\n"));
        if !open {
            let is_blank = cells.iter().all(|cell| cell.trim().is_empty());
            return !has_end && !is_blank && cells.len() < self.width;
        }
        let is_row = |line: &[u8]| split(line, self.dialect.without_quotes()).len() == self.width;
        let swallowed: Vec<_> = lines[1..]
            .iter()
            .filter(|line| !line.trim_ascii().is_empty())
            .take(EVIDENCE)
            .collect();
        let rows = swallowed.iter().filter(|line| is_row(line)).count();
        let is_stray = rows * 2 > swallowed.len() || swallowed.is_empty() && has_end;
        !(is_stray && is_row(&lines[0]))
    }

    /// The next line; `None` at the end.
    fn next_line(&mut self) -> Result<Option<Printed>, Rejection> {
        if let Some(line) = self.ahead.pop_front() {
            self.next_line += 1;
            return Ok(Some(line));
        }
        if self.ended {
            return Ok(None);
        }
        let mut line = Vec::new();
        let found =
            next_line(&mut *self.bytes, &mut line, RECORD_BYTES).map_err(|error| lost(&error))?;
        self.next_line += 1;
        Ok(match found {
            Line::End => {
                self.ended = true;
                None
            }
            Line::TooLong => Some(Printed::TooLong),
            Line::Whole => Some(Printed::Line(line)),
        })
    }
}

/// The cells of one row that is in memory as a whole.
fn split(row: &[u8], dialect: Dialect) -> Vec<String> {
    let mut splitter = Splitter::new(dialect);
    splitter.feed(row);
    splitter.finish()
}

/// The rows of a text that is in memory as a whole.
pub(super) fn rows_of(text: &str, dialect: Dialect, most: usize) -> (Vec<Vec<String>>, bool) {
    let mut rows = Vec::new();
    let mut splitter = Splitter::new(dialect);
    let mut quoted = false;
    for line in text.split_inclusive('\n') {
        splitter.feed(line.as_bytes());
        if !splitter.is_open() {
            quoted |= splitter.quoted;
            let cells = std::mem::replace(&mut splitter, Splitter::new(dialect)).finish();
            if cells.len() > 1 || !cells[0].trim().is_empty() {
                rows.push(cells);
            }
            if rows.len() == most {
                return (rows, quoted);
            }
        }
    }
    if splitter.is_open() {
        rows.push(splitter.finish());
    }
    (rows, quoted)
}

/// Where in a cell the reader is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Start,
    Bare,
    Quoted,
    /// Behind a quote in a quoted cell: it may close it.
    Behind,
}

/// Cuts one row into cells, line by line.
struct Splitter {
    dialect: Dialect,
    cells: Vec<Vec<u8>>,
    cell: Vec<u8>,
    place: Place,
    /// Whether a cell was properly quoted.
    quoted: bool,
}

impl Splitter {
    fn new(dialect: Dialect) -> Self {
        Splitter {
            dialect,
            cells: Vec::new(),
            cell: Vec::new(),
            place: Place::Start,
            quoted: false,
        }
    }

    /// Whether the row goes on behind the line end.
    fn is_open(&self) -> bool {
        self.place == Place::Quoted
    }

    /// Goes over one line with its end.
    fn feed(&mut self, line: &[u8]) {
        let content = line.strip_suffix(b"\n").unwrap_or(line);
        let content = content.strip_suffix(b"\r").unwrap_or(content);
        for byte in content {
            self.step(*byte);
        }
        match self.place {
            Place::Quoted => self.cell.extend_from_slice(&line[content.len()..]),
            Place::Behind => {
                self.quoted = true;
                self.place = Place::Bare;
            }
            _ => {}
        }
    }

    fn step(&mut self, byte: u8) {
        let quote = Some(byte) == self.dialect.quote;
        let delimiter = byte == self.dialect.delimiter;
        match self.place {
            Place::Start if quote => self.place = Place::Quoted,
            Place::Start | Place::Bare if delimiter => self.end_cell(),
            Place::Start | Place::Bare => {
                self.cell.push(byte);
                // Blanks before a quote are no part of the cell.
                if byte != b' ' || self.place == Place::Bare {
                    self.place = Place::Bare;
                }
            }
            Place::Quoted if quote => self.place = Place::Behind,
            Place::Quoted => self.cell.push(byte),
            Place::Behind if quote => {
                self.cell.push(byte);
                self.place = Place::Quoted;
            }
            Place::Behind if delimiter => {
                self.quoted = true;
                self.end_cell();
            }
            Place::Behind => {
                self.cell.extend(self.dialect.quote);
                self.cell.push(byte);
                self.place = Place::Quoted;
            }
        }
    }

    fn end_cell(&mut self) {
        let cell = std::mem::take(&mut self.cell);
        if self.cells.len() < RECORD_PARTS {
            self.cells.push(cell);
        }
        self.place = Place::Start;
    }

    fn finish(mut self) -> Vec<String> {
        self.end_cell();
        self.cells
            .into_iter()
            .map(|cell| match String::from_utf8(cell) {
                Ok(cell) => cell,
                Err(error) => String::from_utf8_lossy(error.as_bytes()).into_owned(),
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, delimiter: u8, quote: Option<u8>, expected: &[&[&str]]) {
        let dialect = Dialect {
            delimiter,
            quote,
            ..Dialect::default()
        };
        let mut rows = Rows::new(Box::new(text.as_bytes())).unwrap();
        rows.set(dialect, expected[0].len());
        let mut found = Vec::new();
        while let Some(Row::Cells(cells)) = rows.next().unwrap() {
            found.push(cells);
        }
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn quotes_are_quotes_at_the_ends_of_cells_only() {
        check(
            "a,\"b, \"\"c\"\"\nd\",e\r\nf,g,h",
            b',',
            Some(b'"'),
            &[&["a", "b, \"c\"\nd", "e"], &["f", "g", "h"]],
        );
        check(
            "5\" pipe,\"the \"big\" one\",x\n",
            b',',
            Some(b'"'),
            &[&["5\" pipe", "the \"big\" one", "x"]],
        );
        check("a;'b;''c'''\n", b';', Some(b'\''), &[&["a", "b;'c'"]]);
        check("a|\"b|c\n", b'|', None, &[&["a", "\"b", "c"]]);
    }

    #[test]
    fn a_quote_that_is_never_closed_costs_no_row() {
        check(
            "\"Ada\" sails\tx\nJo stays\ty\n",
            b'\t',
            Some(b'"'),
            &[&["\"Ada\" sails", "x"], &["Jo stays", "y"]],
        );
        check(
            "a,b\nc,\"d\n",
            b',',
            Some(b'"'),
            &[&["a", "b"], &["c", "d\n"]],
        );
        check(
            "a,b\nc,\"d\ne,f\ng,h",
            b',',
            Some(b'"'),
            &[&["a", "b"], &["c", "\"d"], &["e", "f"], &["g", "h"]],
        );
    }

    #[test]
    fn a_row_that_the_file_ends_in_is_cut() {
        for cut in ["\"d", "\"d\n\ne, f", "\"d\n\ne\n", "\"d\",\"e", "d"] {
            let text = format!("a,b,c\nd,\"e\nf\",g\nc,{cut}");
            let mut rows = Rows::new(Box::new(text.as_bytes())).unwrap();
            let dialect = Dialect {
                delimiter: b',',
                quote: Some(b'"'),
                ..Dialect::default()
            };
            rows.set(dialect, 3);
            for _ in 0..2 {
                assert!(matches!(rows.next().unwrap(), Some(Row::Cells(_))), "{cut}");
            }
            assert!(matches!(rows.next().unwrap(), Some(Row::Cut)), "{cut}");
            assert!(rows.next().unwrap().is_none(), "{cut}");
        }
    }
}
