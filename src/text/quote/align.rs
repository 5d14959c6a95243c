//! The stretch of a text that has the most words of a quote in its order.
//!
//! The two are aligned word by word (Sellers 1980: edit distance, beginning and end in the text free). Where a text and a quote
//! are both long, a window as long as the quote first slides over the text and counts the words that both have, and only what is
//! around the best place is aligned: a long text then costs one look at each word.

use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::text::analysis::{form, words};

/// The stretch of a text that is nearest to a quote.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Nearest {
    /// From the first to the last word, in bytes.
    pub(super) bytes: Range<usize>,
    /// How many words of the quote it has, in their order.
    pub(super) kept: usize,
    /// How many words the longer of the two has.
    pub(super) of: usize,
}

/// How many of five words must be kept: a sentence that shares its particles with another is no other form of it.
const OF_FIVE: usize = 3;

/// How many pairs of words are compared at most, before only a part of the text is: an article of 4,000 words with a quote of 1,000.
const PAIRS: usize = 4_000_000;

/// A word that the quote does not have.
const FOREIGN: usize = usize::MAX;

/// The stretch nearest to `quote`, where it keeps enough of it.
pub(super) fn nearest(text: &str, quote: &str) -> Option<Nearest> {
    let mut numbers: FxHashMap<String, usize> = FxHashMap::default();
    let quoted: Vec<usize> = words(quote)
        .map(|word| {
            let next = numbers.len();
            *numbers.entry(form::exact_of(&quote[word])).or_insert(next)
        })
        .collect();
    let (mut places, mut found) = (Vec::new(), Vec::new());
    for word in words(text) {
        found.push(
            numbers
                .get(&form::exact_of(&text[word.clone()]))
                .copied()
                .unwrap_or(FOREIGN),
        );
        places.push(word);
    }
    if quoted.is_empty() || found.is_empty() {
        return None;
    }
    let around = if found.len().saturating_mul(quoted.len()) <= PAIRS {
        0..found.len()
    } else {
        window(&found, &quoted)
    };
    let (stretch, kept) = aligned(&found[around.clone()], &quoted)?;
    let (first, last) = (around.start + stretch.start, around.start + stretch.end - 1);
    let of = quoted.len().max(stretch.len());
    (kept * 5 >= of * OF_FIVE).then(|| Nearest {
        bytes: places[first].start..places[last].end,
        kept,
        of,
    })
}

/// The words around the place that shares the most words with the quote: as many as the quote on either side of it.
fn window(found: &[usize], quoted: &[usize]) -> Range<usize> {
    let len = quoted.len();
    let mut wanted = vec![0_isize; len];
    for number in quoted {
        wanted[*number] += 1;
    }
    let (mut shared, mut best, mut best_end) = (0_usize, 0, 0);
    for (at, number) in found.iter().enumerate() {
        if let Some(wanted) = wanted.get_mut(*number) {
            shared += usize::from(*wanted > 0);
            *wanted -= 1;
        }
        if let Some(wanted) = at
            .checked_sub(len)
            .and_then(|gone| wanted.get_mut(found[gone]))
        {
            *wanted += 1;
            shared -= usize::from(*wanted > 0);
        }
        if shared > best {
            (best, best_end) = (shared, at + 1);
        }
    }
    best_end.saturating_sub(2 * len)..(best_end + len).min(found.len())
}

/// The words of `found` that are the least changes away from `quoted`, and how many of them are the same.
fn aligned(found: &[usize], quoted: &[usize]) -> Option<(Range<usize>, usize)> {
    let columns = found.len() + 1;
    let at = |row: usize, column: usize| row * columns + column;
    let mut cost = vec![0_u32; columns * (quoted.len() + 1)];
    for (row, word) in (1..).zip(quoted) {
        cost[at(row, 0)] = cost[at(row - 1, 0)] + 1;
        for (column, other) in (1..).zip(found) {
            let changed = cost[at(row - 1, column - 1)] + u32::from(word != other);
            let gone = cost[at(row - 1, column)] + 1;
            let new = cost[at(row, column - 1)] + 1;
            cost[at(row, column)] = changed.min(gone).min(new);
        }
    }
    let last = &cost[at(quoted.len(), 0)..];
    let least = *last.iter().min()?;
    let mut end = last.iter().position(|cost| *cost == least)?;
    // A last word that was changed is a part of the stretch, not one that the quote has added.
    if last.get(end + 1) == Some(&least) {
        end += 1;
    }
    let (mut row, mut column, mut kept) = (quoted.len(), end, 0);
    while row > 0 && column > 0 {
        let is_same = quoted[row - 1] == found[column - 1];
        let here = cost[at(row, column)];
        if here == cost[at(row - 1, column - 1)] + u32::from(!is_same) {
            kept += usize::from(is_same);
            (row, column) = (row - 1, column - 1);
        } else if here == cost[at(row, column - 1)] + 1 {
            column -= 1;
        } else {
            row -= 1;
        }
    }
    (column < end).then_some((column..end, kept))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, quote: &str, expected: Option<(&str, usize, usize)>) {
        let near = nearest(text, quote);
        let found = near.map(|near| (&text[near.bytes], near.kept, near.of));
        assert_eq!(found, expected);
    }

    #[test]
    fn the_nearest_stretch() {
        let text = "The ferry waits. The old ferry to Larkmouth sails again from Monday, the mayor said. The end.";
        check(
            text,
            "ferry to Larkmouth sails",
            Some(("ferry to Larkmouth sails", 4, 4)),
        );
        check(
            text,
            "the ferry to Larkmouth never sails again",
            Some(("old ferry to Larkmouth sails again", 5, 7)),
        );
        check(
            text,
            "sails again from Tuesday",
            Some(("sails again from Monday", 3, 4)),
        );
        check(
            text,
            "Sunday ferry to Larkmouth sails",
            Some(("old ferry to Larkmouth sails", 4, 5)),
        );
        check(text, "the mayor and the end of the line", None);
        check(text, "", None);
        check("", "ferry", None);
    }

    #[test]
    fn a_long_text_and_a_long_quote_are_no_matter() {
        let text = "one two three four five ".repeat(40_000);
        let begin = std::time::Instant::now();
        let quote = "one three two five four ".repeat(80);
        let _ = nearest(&text, &quote);
        assert!(begin.elapsed().as_secs() < 10);
    }
}
