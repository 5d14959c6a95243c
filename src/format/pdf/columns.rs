//! Stretches of text on a page → the order in which a person reads them: columns from left to right, and what runs across
//! them above or below.
//!
//! A cut of white (XY-cut, Nagy & Seth 1984): the longest run of rows with a gutter through all of them is cut there; what is above,
//! left, right and below is looked at in the same way.

use super::content::{Stretch, Work};
use super::lines::{Block, blocks_of_column};

/// Cuts in cuts.
const DEEPEST: usize = 12;

/// A region with more rows is not cut.
const ROWS: usize = 600;

/// A column has so many rows at least, and so many characters in each.
const COLUMN: usize = 3;
const CHARACTERS: usize = 8;

/// The width of a page in bits, by words of 64.
const WORDS: usize = 16;

/// A gutter is so wide at least, in the size of the print.
const GUTTER: f64 = 0.8;

/// Which parts of its width a row prints on.
type Ink = [u64; WORDS];

/// The blocks of a page in the order of reading.
pub(super) fn blocks(mut stretches: Vec<Stretch>, work: &mut Work) -> Vec<Block> {
    let mut blocks = Vec::new();
    // From the top, and from the left.
    stretches.sort_by(|a, b| b.base.total_cmp(&a.base).then(a.left.total_cmp(&b.left)));
    region(stretches, 0, work, &mut blocks);
    blocks
}

fn region(stretches: Vec<Stretch>, depth: usize, work: &mut Work, blocks: &mut Vec<Block>) {
    if stretches.is_empty() {
        return;
    }
    let rows = rows(&stretches);
    let cost = rows.len() * rows.len() / 4;
    if depth >= DEEPEST || rows.len() > ROWS || rows.len() < COLUMN || work.left < cost {
        blocks_of_column(stretches, blocks);
        return;
    }
    work.left -= cost;
    let Some((first, last, gutter)) = cut(&stretches, &rows) else {
        blocks_of_column(stretches, blocks);
        return;
    };
    let begin = rows[first].start;
    let end = rows[last].end;
    let (mut above, mut left, mut right, mut below) = (vec![], vec![], vec![], vec![]);
    for (at, stretch) in stretches.into_iter().enumerate() {
        let part = if at < begin {
            &mut above
        } else if at >= end {
            &mut below
        } else if stretch.left < gutter {
            &mut left
        } else {
            &mut right
        };
        part.push(stretch);
    }
    for part in [above, left, right, below] {
        region(part, depth + 1, work, blocks);
    }
}

/// Stretches that stand side by side, as ranges.
fn rows(stretches: &[Stretch]) -> Vec<std::ops::Range<usize>> {
    let mut rows = Vec::new();
    let mut begin = 0;
    for at in 1..=stretches.len() {
        let ends = stretches
            .get(at)
            .is_none_or(|next| stretches[begin].base - next.base > next.size * 0.5);
        if ends {
            rows.push(begin..at);
            begin = at;
        }
    }
    rows
}

/// The longest run of rows with a gutter: its first, its last, and where the gutter is.
fn cut(stretches: &[Stretch], rows: &[std::ops::Range<usize>]) -> Option<(usize, usize, f64)> {
    let from = stretches.iter().map(|it| it.left).fold(f64::MAX, f64::min);
    let to = stretches.iter().map(|it| it.right).fold(f64::MIN, f64::max);
    let bit = (to - from).max(1.0) / 1023.0;
    let ink: Vec<Ink> = rows
        .iter()
        .map(|row| ink(&stretches[row.clone()], from, bit))
        .collect();
    let mut sizes: Vec<f64> = stretches.iter().map(|it| it.size).collect();
    sizes.sort_by(f64::total_cmp);
    let wide = bits(sizes[sizes.len() / 2] * GUTTER / bit).max(2);

    let mut best: Option<(usize, usize, f64)> = None;
    for first in 0..rows.len() {
        let longest = best.map_or(COLUMN - 1, |(first, last, _)| last + 1 - first);
        if rows.len() - first <= longest {
            break;
        }
        let mut all = [0; WORDS];
        let mut found = None;
        for (last, ink) in ink.iter().enumerate().skip(first) {
            for (all, ink) in all.iter_mut().zip(ink) {
                *all |= ink;
            }
            if last - first >= longest
                && let Some(gap) = gap(&all, wide)
            {
                found = Some((last, gap));
            }
        }
        if let Some((last, gap)) = found {
            #[expect(clippy::cast_precision_loss)]
            let gutter = from + gap as f64 * bit;
            let run = &stretches[rows[first].start..rows[last].end];
            if are_columns(run, gutter) {
                best = Some((first, last, gutter));
            }
        }
    }
    best
}

fn bits(width: f64) -> usize {
    // The range of a float that is cast is bounded first.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let bits = width.clamp(0.0, 1023.0) as usize;
    bits
}

fn ink(row: &[Stretch], from: f64, bit: f64) -> Ink {
    let mut ink = [0; WORDS];
    for stretch in row {
        for at in bits((stretch.left - from) / bit)..=bits((stretch.right - from) / bit) {
            ink[at / 64] |= 1 << (at % 64);
        }
    }
    ink
}

/// The middle of the widest white between ink, when it is wide enough.
fn gap(ink: &Ink, wide: usize) -> Option<usize> {
    let mut best = (0, 0);
    let mut last_ink = None;
    for (nth, word) in ink.iter().enumerate() {
        let mut left = *word;
        while left != 0 {
            let at = nth * 64 + left.trailing_zeros() as usize;
            if let Some(before) = last_ink
                && at - before > best.0
            {
                best = (at - before, usize::midpoint(at, before));
            }
            last_ink = Some(at);
            left &= left - 1;
        }
    }
    (best.0 > wide).then_some(best.1)
}

/// Whether what is left and right of a gutter is text in columns, and no list with its numbers.
fn are_columns(run: &[Stretch], gutter: f64) -> bool {
    let side = |is_left: bool| {
        let (mut rows, mut characters, mut base) = (0, 0, f64::MAX);
        for stretch in run.iter().filter(|it| (it.left < gutter) == is_left) {
            characters += stretch.text.chars().count();
            if base - stretch.base > stretch.size * 0.5 {
                rows += 1;
                base = stretch.base;
            }
        }
        rows >= COLUMN && characters >= rows * CHARACTERS
    };
    side(true) && side(false)
}
