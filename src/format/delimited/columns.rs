//! Tells what the columns of a table hold: by the header, or, when there is none that is understood, by their content.

use std::collections::HashSet;

use super::super::mapping::{is_status, recognise};
use super::super::{MapField, Options};
use super::dialect::width;
use super::{is_text, numbered};

/// A column of which the field is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Column {
    /// Which column, from 0.
    pub(super) at: usize,
    /// The field it holds.
    pub(super) field: MapField,
    /// How good it is for that field, of several: less is better.
    pub(super) rank: u16,
}

/// The columns of a table.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Columns {
    /// Those that hold a field.
    pub(super) known: Vec<Column>,
    /// Those that say whether an article may be used.
    pub(super) statuses: Vec<usize>,
    /// How many there are.
    pub(super) width: usize,
    /// Whether a header names headline or text.
    pub(super) named: bool,
    /// The cells of the header, if there is one.
    header: Vec<String>,
}

impl Columns {
    /// The columns of a table, from its first rows; `None` when it has neither headlines nor texts.
    pub(super) fn of(sample: &[Vec<String>], options: &Options) -> Option<Self> {
        let width = width(sample);
        let first = sample.first()?;
        let rest = &sample[1..];
        let named = names_fields(first) && !recurs(first, rest);
        let known = if named { by_name(first) } else { Vec::new() };
        let mut columns = Columns {
            named,
            known,
            statuses: Vec::new(),
            width,
            header: Vec::new(),
        };
        let profiles: Vec<Profile> = (0..width).map(|at| Profile::of(rest, at)).collect();
        if columns.named || is_header(first, &profiles) {
            columns.header.clone_from(first);
        }
        if !columns.named {
            let rows = if columns.header.is_empty() {
                sample
            } else {
                rest
            };
            let profiles: Vec<Profile> = (0..width).map(|at| Profile::of(rows, at)).collect();
            columns.known = by_content(&profiles);
        }
        columns.obey(options, first);
        let names = columns.header.iter().enumerate();
        columns.statuses = names
            .filter(|(_, name)| is_status(name))
            .map(|(at, _)| at)
            .collect();
        let has_text = columns.known.iter().any(|column| is_text(column.field));
        (width > 0 && has_text).then_some(columns)
    }

    /// Sets what the user said, which wins.
    fn obey(&mut self, options: &Options, first: &[String]) {
        for (field, name) in &options.map {
            let by_name = || {
                first
                    .iter()
                    .position(|cell| cell.trim().eq_ignore_ascii_case(name))
            };
            let Some(at) = numbered(name).or_else(by_name) else {
                continue;
            };
            if self.header.is_empty() && numbered(name).is_none() {
                self.header = first.to_vec();
            }
            self.known
                .retain(|column| column.field != *field && column.at != at);
            self.known.push(Column {
                at,
                field: *field,
                rank: 0,
            });
        }
    }

    /// Whether a row is the header, at the top or again where tables were put together.
    pub(super) fn is_header(&self, cells: &[String]) -> bool {
        !self.header.is_empty() && self.header == cells
    }

    /// What tells that a column holds its field.
    pub(super) fn origin(&self, column: &Column, options: &Options) -> String {
        let mapped = options.map.iter().any(|(field, _)| *field == column.field);
        let number = column.at + 1;
        let name = self
            .header
            .get(column.at)
            .map(|name| name.trim())
            .filter(|name| !name.is_empty());
        let place = match name {
            Some(name) => format!("column {number}, {name}"),
            None => format!("column {number}"),
        };
        let why = match (mapped, self.named) {
            (true, _) => ", as --map says",
            (false, true) => "",
            (false, false) => ", by what its cells look like",
        };
        format!("{place}{why}")
    }

    /// Whether the last column is a headline or a text.
    pub(super) fn ends_with_text(&self) -> bool {
        self.known
            .iter()
            .any(|column| column.at + 1 == self.width && is_text(column.field))
    }
}

/// Whether a row names a headline or a text, and at least half of its cells name some field.
fn names_fields(first: &[String]) -> bool {
    let found: Vec<_> = first.iter().filter_map(|cell| recognise(cell)).collect();
    let filled = first.iter().filter(|cell| !cell.trim().is_empty()).count();
    found.iter().any(|found| is_text(found.field))
        && (found.len() * 2 >= filled || found.len() >= 4)
}

/// Whether cells of the first row come again below: then they are no names.
fn recurs(first: &[String], rest: &[Vec<String>]) -> bool {
    rest.iter().any(|row| {
        let again = row
            .iter()
            .zip(first)
            .any(|(cell, name)| !name.trim().is_empty() && cell == name);
        again && row != first
    })
}

/// The columns that a header names.
fn by_name(header: &[String]) -> Vec<Column> {
    header
        .iter()
        .enumerate()
        .filter_map(|(at, name)| {
            let found = recognise(name)?;
            Some(Column {
                at,
                field: found.field,
                rank: found.rank,
            })
        })
        .collect()
}

/// What the cells of a column look like.
#[derive(Debug, Default, Clone, Copy)]
struct Profile {
    rows: usize,
    /// Cells with something in them.
    cells: usize,
    /// Characters in an average cell.
    length: usize,
    dates: usize,
    addresses: usize,
    numbers: usize,
    texts: usize,
    distinct: usize,
}

impl Profile {
    fn of(rows: &[Vec<String>], at: usize) -> Self {
        let mut profile = Profile {
            rows: rows.len(),
            ..Profile::default()
        };
        let mut distinct = HashSet::new();
        let mut characters = 0;
        for cell in rows.iter().filter_map(|row| row.get(at)) {
            let cell = cell.trim();
            if cell.is_empty() {
                continue;
            }
            profile.cells += 1;
            characters += cell.chars().count();
            profile.dates += usize::from(looks_like_a_date(cell));
            profile.addresses += usize::from(cell.contains("://") && !cell.contains(' '));
            profile.numbers += usize::from(cell.parse::<f64>().is_ok());
            profile.texts += usize::from(looks_like_text(cell));
            distinct.insert(cell);
        }
        profile.distinct = distinct.len();
        profile.length = characters / profile.cells.max(1);
        profile
    }

    /// Whether nearly all cells are of a kind.
    fn mostly(&self, of_kind: usize) -> bool {
        self.cells > 0 && of_kind * 5 >= self.cells * 4
    }

    fn is_date(&self) -> bool {
        self.mostly(self.dates)
    }

    fn is_text(&self) -> bool {
        // Half of the rows may lack it, not more.
        self.cells * 2 >= self.rows.max(1)
            && self.texts * 3 >= self.cells * 2
            && !self.is_date()
            && !self.mostly(self.addresses)
    }

    /// Few values that come again and again.
    fn is_label(&self) -> bool {
        let repeated = self.cells >= 4 && self.distinct * 2 <= self.cells;
        let short = self.length <= 20 && self.distinct <= 50;
        self.cells > 0
            && self.length <= 30
            && !self.is_date()
            && (repeated || short && self.cells < 10 && !self.mostly(self.numbers))
    }
}

/// Whether a cell is a date: it has digits, and it is not just a number of a few of them.
fn looks_like_a_date(cell: &str) -> bool {
    (6..=40).contains(&cell.len())
        && cell.bytes().any(|byte| byte.is_ascii_digit())
        && crate::text::date::read(cell, None).is_some()
}

/// Whether a cell is a headline or more: some words, or, where words are not divided, some letters.
fn looks_like_text(cell: &str) -> bool {
    if cell.split_whitespace().nth(2).is_some() {
        return cell.chars().filter(|c| c.is_alphabetic()).count() * 2 > cell.chars().count();
    }
    let undivided = cell
        .chars()
        .filter(|c| c.is_alphabetic() && *c >= '\u{e00}')
        .count();
    undivided >= 6
}

/// Whether the first row, though it is not understood, differs from what stands under it.
fn is_header(first: &[String], below: &[Profile]) -> bool {
    let names = first.iter().all(|cell| {
        let cell = cell.trim();
        cell.len() <= 40
            && cell.parse::<f64>().is_err()
            && !looks_like_a_date(cell)
            && !cell.contains("://")
    });
    let differs = first.iter().zip(below).any(|(cell, profile)| {
        profile.is_date()
            || profile.mostly(profile.numbers)
            || profile.mostly(profile.addresses)
            || profile.is_text() && !looks_like_text(cell)
    });
    names && differs
}

/// The longest column of texts is the body; the first other one, or a single one of short texts, the headline.
fn by_content(profiles: &[Profile]) -> Vec<Column> {
    /// A column of texts that are longer than this on average holds more than headlines.
    const HEADLINE: usize = 150;
    let mut texts: Vec<usize> = (0..profiles.len())
        .filter(|at| profiles[*at].is_text())
        .collect();
    let longest = texts.iter().copied().max_by_key(|at| profiles[*at].length);
    let mut known = Vec::new();
    let mut know = |at: usize, field| {
        known.push(Column { at, field, rank: 0 });
    };
    if let Some(body) = longest.filter(|at| texts.len() > 1 || profiles[*at].length > HEADLINE) {
        know(body, MapField::Body);
        texts.retain(|at| *at != body);
    }
    if let Some(headline) = texts.first() {
        know(*headline, MapField::Headline);
    }
    let mut first = |field, is: &dyn Fn(&Profile) -> bool| {
        let found = (0..profiles.len()).find(|at| is(&profiles[*at]) && !profiles[*at].is_text());
        if let Some(at) = found {
            know(at, field);
        }
    };
    first(MapField::Date, &Profile::is_date);
    first(MapField::Url, &|profile| profile.mostly(profile.addresses));
    first(MapField::Section, &Profile::is_label);
    known
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(rows: &[&[&str]], header: bool, expected: &[(MapField, usize)]) {
        let rows: Vec<Vec<String>> = rows
            .iter()
            .map(|row| row.iter().map(ToString::to_string).collect())
            .collect();
        let columns = Columns::of(&rows, &Options::default()).unwrap();
        let mut known: Vec<_> = columns
            .known
            .iter()
            .map(|column| (column.field, column.at))
            .collect();
        known.sort_by_key(|(_, at)| *at);
        assert_eq!(known, expected);
        assert_eq!(columns.is_header(&rows[0]), header);
    }

    #[test]
    fn a_header_names_columns() {
        check(
            &[
                &["Publish Date", "headline_text"],
                &["20030219", "ferry to run"],
            ],
            true,
            &[(MapField::Date, 0), (MapField::Headline, 1)],
        );
    }

    #[test]
    fn without_a_header_the_content_tells() {
        let long = "The ferry between the two islands will run again from Monday, its owner said on Friday, after repairs.";
        check(
            &[
                &["3", "Ferry to run again", long],
                &["4", "Bridge stays closed now", long],
                &["3", "Rain in the north", long],
                &["4", "Snow in the south", long],
            ],
            false,
            &[
                (MapField::Section, 0),
                (MapField::Headline, 1),
                (MapField::Body, 2),
            ],
        );
        check(
            &[
                &["渡轮将于周一恢复运行", "8"],
                &["大桥整个冬天关闭", "5"],
                &["北部将有大雨天气", "8"],
                &["南部将有大雪天气", "8"],
            ],
            false,
            &[(MapField::Headline, 0), (MapField::Section, 1)],
        );
        check(
            &[
                &["wann", "was"],
                &["2003-02-19", "Fähre fährt wieder"],
                &["2003-02-20", "Brücke bleibt zu"],
            ],
            true,
            &[(MapField::Date, 0), (MapField::Headline, 1)],
        );
    }

    #[test]
    fn numbers_are_no_articles() {
        let rows: Vec<Vec<String>> = (0..9)
            .map(|n| vec![n.to_string(), (n * 7).to_string()])
            .collect();
        assert_eq!(Columns::of(&rows, &Options::default()), None);
    }
}
