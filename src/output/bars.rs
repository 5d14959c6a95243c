//! Counts as bars of text: facets and timelines in the list.

use std::io::{self, Write};

use chrono::{Datelike, NaiveDate};

use super::terminal::{clean, columns};
use super::{Look, ink};
use crate::search::{Bucket, FacetCount};

/// How many columns the longest bar has.
const BAR_COLUMNS: u64 = 24;
/// How many columns of a value are shown.
const VALUE_COLUMNS: usize = 40;
/// How many empty stretches of time in a row are shown one by one.
const EMPTY_IN_A_ROW: usize = 2;

/// Writes the values of one facet, the largest counts first, as they come, and how many others there are.
pub(super) fn facet(
    out: &mut dyn Write,
    look: Look,
    name: &str,
    counts: &[FacetCount],
    others: usize,
) -> io::Result<()> {
    heading(out, look, name)?;
    let labels: Vec<String> = counts
        .iter()
        .map(|count| shorten(&clean(&count.value)))
        .collect();
    let width = labels.iter().map(|label| columns(label)).max().unwrap_or(0);
    let largest = counts.iter().map(|count| count.count).max().unwrap_or(0);
    for (label, count) in labels.iter().zip(counts) {
        bar(
            out,
            look,
            label,
            width,
            (count.count, largest),
            &count.count.to_string(),
        )?;
    }
    if others > 0 {
        writeln!(out, "   … {others} more; --values N gives as many")?;
    }
    Ok(())
}

/// Writes a timeline; a longer run of empty stretches is one line.
pub(super) fn timeline(out: &mut dyn Write, look: Look, buckets: &[Bucket]) -> io::Result<()> {
    heading(out, look, "timeline")?;
    let labels: Vec<String> = buckets.iter().map(label).collect();
    let width = labels.iter().map(|label| columns(label)).max().unwrap_or(0);
    let largest = buckets.iter().map(|bucket| bucket.count).max().unwrap_or(0);
    let mut at = 0;
    while at < buckets.len() {
        let empty = buckets[at..]
            .iter()
            .take_while(|bucket| bucket.count == 0)
            .count();
        if empty > EMPTY_IN_A_ROW {
            writeln!(out, "   {:width$}  … {empty} without a hit", "")?;
            at += empty;
            continue;
        }
        let Bucket { count, of, .. } = buckets[at];
        bar(
            out,
            look,
            &labels[at],
            width,
            (count, largest),
            &format!("{count} of {of}"),
        )?;
        at += 1;
    }
    Ok(())
}

fn heading(out: &mut dyn Write, look: Look, name: &str) -> io::Result<()> {
    ink::paint(out, look.color, ink::BOLD, name)?;
    writeln!(out)
}

/// One line: label, bar, number. A count that is not 0 has a bar that is not empty.
fn bar(
    out: &mut dyn Write,
    look: Look,
    label: &str,
    width: usize,
    (count, largest): (u64, u64),
    number: &str,
) -> io::Result<()> {
    write!(
        out,
        "   {label}{}  ",
        " ".repeat(width.saturating_sub(columns(label)))
    )?;
    let length = u128::from(count) * u128::from(BAR_COLUMNS) / u128::from(largest.max(1));
    let length = usize::try_from(length)
        .unwrap_or(0)
        .max(usize::from(count > 0));
    if length > 0 {
        ink::paint(out, look.color, ink::BAR, &"█".repeat(length))?;
        write!(out, " ")?;
    }
    writeln!(out, "{number}")
}

/// A stretch of time as briefly as it can be told: `1963`, `1963-08`, `1963-08-14`, `1963-08-12 – 08-18`.
#[must_use]
fn label(bucket: &Bucket) -> String {
    let Bucket { from, to, .. } = bucket;
    let ends_month = |day: &NaiveDate| day.succ_opt().is_none_or(|next| next.day() == 1);
    if from == to {
        return from.to_string();
    }
    if (from.day(), from.year()) == (1, to.year()) && ends_month(to) {
        if from.month() == to.month() {
            return format!("{:04}-{:02}", from.year(), from.month());
        }
        if (from.month(), to.month()) == (1, 12) {
            return format!("{:04}", from.year());
        }
    }
    format!("{from} – {}", to.format("%m-%d"))
}

/// A value in at most [`VALUE_COLUMNS`] columns.
fn shorten(value: &str) -> String {
    if columns(value) <= VALUE_COLUMNS {
        return value.to_owned();
    }
    let mut short = String::new();
    let mut used = 1;
    for letter in value.chars() {
        used += columns(letter.encode_utf8(&mut [0; 4]));
        if used > VALUE_COLUMNS {
            break;
        }
        short.push(letter);
    }
    short + "…"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_as_brief_as_the_stretch_allows() {
        let check = |from: &str, to: &str, expected: &str| {
            let day = |text: &str| text.parse().unwrap();
            let bucket = Bucket {
                from: day(from),
                to: day(to),
                count: 0,
                of: 0,
            };
            assert_eq!(label(&bucket), expected);
        };
        check("1963-08-14", "1963-08-14", "1963-08-14");
        check("1963-08-12", "1963-08-18", "1963-08-12 – 08-18");
        check("1963-12-30", "1964-01-05", "1963-12-30 – 01-05");
        check("2024-02-01", "2024-02-29", "2024-02");
        check("1605-01-01", "1605-12-31", "1605");
    }
}
