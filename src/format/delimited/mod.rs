//! Reads tables: CSV, TSV and their like, one article a row.
//!
//! Given bytes by `source`. Delimiter, quotes, header and the meaning of columns are told by evidence from the beginning
//! of the file ([`dialect`], [`columns`]); the meaning of named columns by [`super::mapping`]. A row that is too short
//! or too long is kept as long as headline or text are there.

mod columns;
mod dialect;
mod rows;

use super::mapping::{Fields, Node, finished, status_among};
use super::stream::{cut_off, decoded, too_large, too_many};
use super::{Head, Input, MapField, Options, Part, Record, Rejection, Sink, Verdict};
use crate::source::SkipReason;
use columns::Columns;
use dialect::Dialect;
use rows::{Row, Rows};

/// Sure when lines have the same number of cells, and the columns are those of articles.
pub(super) fn sniff(head: &Head<'_>) -> Verdict {
    let text = head.text.trim_start_matches('\u{feff}');
    if text.trim_start().starts_with(['{', '<']) {
        return Verdict::NO;
    }
    let Some((dialect, sample)) = dialect::guess(text, head.whole) else {
        return Verdict::NO;
    };
    let named = [".csv", ".tsv", ".psv", ".tab"]
        .iter()
        .any(|end| head.name.contains(end));
    let columns = Columns::of(&sample, &Options::default());
    match (columns, named) {
        (Some(_), true) => Verdict::new(90, "rows with a column of texts, and named as a table"),
        (Some(columns), false) if columns.named && dialect.steady >= 0.8 => Verdict::new(
            86,
            "the first row names the fields of articles, and the rows are as wide",
        ),
        (Some(_), false) if dialect.reads_like_a_table(sample.len()) => {
            Verdict::new(75, "rows of the same width, one column of which is texts")
        }
        (None, true) => Verdict::new(60, "lines with a common delimiter, and named as a table"),
        _ => Verdict::NO,
    }
}

/// Reads row by row.
pub(super) fn read(input: &mut Input<'_>, sink: &mut Sink<'_>) -> Result<(), Rejection> {
    let options = input.options;
    let mut rows = Rows::new(decoded(input)?)?;
    let (head, whole) = rows.head();
    let (dialect, sample) = dialect::guess(&head, whole)
        .ok_or_else(|| Rejection::new(SkipReason::Malformed, "lines have no common delimiter"))?;
    let columns = Columns::of(&sample, options)
        .ok_or_else(|| Rejection::new(SkipReason::NotAnArticle, no_text(&sample)))?;
    rows.set(dialect, columns.width);
    while let Some(row) = rows.next()? {
        let record = match row {
            Row::TooLarge => Err(too_large(&format!("line {}", rows.line))),
            Row::TooWide => Err(too_many(&format!("line {}", rows.line), "cells")),
            Row::Cut => {
                let place = format!("line {}", rows.line);
                Err(cut_off(&place, "a quotation mark or a cell"))
            }
            Row::Cells(cells) => {
                if cells.iter().all(|cell| cell.trim().is_empty()) || columns.is_header(&cells) {
                    continue;
                }
                record(cells, &columns, &rows.dialect(), rows.line, options)
            }
        };
        if sink(record).is_break() {
            break;
        }
    }
    Ok(())
}

/// The article in a row.
fn record(
    mut cells: Vec<String>,
    columns: &Columns,
    dialect: &Dialect,
    line: usize,
    options: &Options,
) -> Record {
    let found = cells.len();
    if found > columns.width && columns.ends_with_text() {
        // The delimiter occurs in a text that should have been quoted.
        let delimiter = char::from(dialect.delimiter).to_string();
        let rest = cells.split_off(columns.width - 1).join(&delimiter);
        cells.push(rest);
    }
    let nodes: Vec<Node<'_>> = cells
        .into_iter()
        .map(|cell| Node::Text(cell.into()))
        .collect();
    let mut fields = Fields::default();
    for column in &columns.known {
        if let Some(node) = nodes.get(column.at) {
            fields.offer(column.field, node, column.rank, false);
        }
    }
    let explained = columns.known.iter().filter(|_| options.explain);
    for column in explained {
        if nodes
            .get(column.at)
            .is_some_and(|node| fields.is_taken(column.field, node))
        {
            fields.note(column.field, columns.origin(column, options));
        }
    }
    let detail = if found == columns.width {
        format!("line {line}: headline and text are empty")
    } else {
        format!(
            "line {line}: {found} cells instead of {}, and none with headline or text",
            columns.width
        )
    };
    let mut draft = fields.draft();
    draft.article.status = status_among(columns.statuses.iter().filter_map(|at| nodes.get(*at)));
    draft
        .origins
        .note(Part::Status, "a column pubstatus or status");
    finished(draft, &detail).map_err(|mut rejection| {
        if found != columns.width {
            rejection.reason = SkipReason::Malformed;
        }
        rejection
    })
}

/// What the table has instead of texts.
fn no_text(sample: &[Vec<String>]) -> String {
    let first: Vec<String> = sample
        .first()
        .map(|row| {
            row.iter()
                .take(12)
                .map(|cell| cell.chars().take(40).collect())
                .collect()
        })
        .unwrap_or_default();
    format!(
        "no column of headlines or texts; the first row is: {}",
        first.join(", ")
    )
}

/// The column that `#3` names, counted from 0.
fn numbered(name: &str) -> Option<usize> {
    name.strip_prefix('#')?
        .parse::<usize>()
        .ok()?
        .checked_sub(1)
}

/// Whether the field is one without which there is no article.
fn is_text(field: MapField) -> bool {
    matches!(field, MapField::Headline | MapField::Body)
}
