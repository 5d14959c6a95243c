//! Tells delimiter and quotes of a table: those with which its rows have the same number of cells.

use super::rows::rows_of;

/// How a table is written.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Dialect {
    /// What stands between cells.
    pub(super) delimiter: u8,
    /// What stands around cells in which the delimiter occurs.
    pub(super) quote: Option<u8>,
    /// Whether cells were seen that are quoted.
    pub(super) quoted: bool,
    /// The share of rows that have the number of cells that most have.
    pub(super) steady: f32,
    /// Whether delimiters are mostly followed by a blank, as in prose.
    pub(super) spaced: bool,
}

/// Delimiters and quotes, the usual ones first.
const DELIMITERS: &[u8] = b",\t;|";
const QUOTES: &[Option<u8>] = &[Some(b'"'), None, Some(b'\'')];

/// How many rows are looked at.
const ROWS: usize = 200;

impl Dialect {
    /// The same without quotes.
    pub(super) fn without_quotes(self) -> Self {
        Dialect {
            quote: None,
            ..self
        }
    }

    /// Whether it is a table even when neither its name nor its header says so.
    pub(super) fn reads_like_a_table(&self, rows: usize) -> bool {
        let unlike_prose = self.delimiter == b'\t' || self.quoted || !self.spaced;
        rows >= 3 && self.steady >= 0.9 && unlike_prose
    }
}

/// The dialect of a text, and its first rows; `None` when no delimiter divides most lines alike.
pub(super) fn guess(text: &str, whole: bool) -> Option<(Dialect, Vec<Vec<String>>)> {
    let text = if whole {
        text
    } else {
        // The last line of a head is cut somewhere.
        &text[..text.rfind('\n').map_or(text.len(), |end| end + 1)]
    };
    let mut best: Option<(Dialect, Vec<Vec<String>>)> = None;
    for delimiter in DELIMITERS
        .iter()
        .copied()
        .filter(|byte| text.as_bytes().contains(byte))
    {
        for quote in QUOTES {
            let mut dialect = Dialect {
                delimiter,
                quote: *quote,
                ..Dialect::default()
            };
            let (mut rows, quoted) = rows_of(text, dialect, ROWS);
            if !whole && rows.len() > 1 && rows.len() < ROWS {
                rows.pop();
            }
            let Some((steady, _)) = steadiness(&rows) else {
                continue;
            };
            dialect.steady = steady;
            dialect.quoted = quoted;
            dialect.spaced = is_spaced(text, delimiter);
            let better = |(before, _): &(Dialect, Vec<Vec<String>>)| {
                (steps(dialect.steady), dialect.quoted) > (steps(before.steady), before.quoted)
            };
            if best.as_ref().is_none_or(better) {
                best = Some((dialect, rows));
            }
        }
    }
    best.filter(|(dialect, _)| dialect.steady >= 0.6)
}

/// Shares are compared in steps of a twentieth: one odd row is no evidence.
fn steps(share: f32) -> u32 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a share is between 0 and 1"
    )]
    let steps = (share * 20.0).round() as u32;
    steps
}

/// The share of rows that have as many cells as most, and how many that are; `None` when most have one.
#[expect(clippy::cast_precision_loss, reason = "a few hundred rows at most")]
fn steadiness(rows: &[Vec<String>]) -> Option<(f32, usize)> {
    let mut counts: Vec<usize> = rows.iter().map(Vec::len).collect();
    counts.sort_unstable();
    let (size, cells) = counts
        .chunk_by(|one, other| one == other)
        .map(|same| (same.len(), same[0]))
        .max()?;
    (cells > 1).then(|| (size as f32 / rows.len() as f32, cells))
}

/// Whether most delimiters are followed by a blank.
fn is_spaced(text: &str, delimiter: u8) -> bool {
    let pairs = text
        .as_bytes()
        .windows(2)
        .filter(|pair| pair[0] == delimiter);
    let (all, spaced) = pairs.fold((0, 0), |(all, spaced), pair| {
        (all + 1, spaced + usize::from(pair[1] == b' '))
    });
    spaced * 2 > all
}

/// The number of cells that most rows have.
pub(super) fn width(rows: &[Vec<String>]) -> usize {
    steadiness(rows).map_or(0, |(_, width)| width)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, delimiter: u8, quote: Option<u8>) {
        let (dialect, _) = guess(text, true).unwrap();
        assert_eq!(
            (dialect.delimiter, dialect.quote),
            (delimiter, quote),
            "{text}"
        );
    }

    #[test]
    fn the_dialect_is_the_one_with_steady_rows() {
        check(
            "date,title\n1,one\n2,two, too\n3,three\n4,four\n5,five\n",
            b',',
            Some(b'"'),
        );
        check("a\t\"b, c\nd\"\ne\tf, g\n", b'\t', Some(b'"'));
        check(
            "x;'one; two, \"three\"'\ny;'four, five'\nx;'six'\n",
            b';',
            Some(b'\''),
        );
        check("1|one, two\n2|three\n", b'|', Some(b'"'));
    }

    #[test]
    fn prose_has_no_dialect() {
        assert!(guess("Rain.\n\nIt rained, they said, and then, late, it stopped.\nNobody, of those asked, knew why.\nSome did.\n", true).is_none());
        assert!(guess("", true).is_none());
    }
}
