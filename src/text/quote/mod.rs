//! Whether a text says what a quote says it says: word for word, with words changed, or not at all.
//!
//! [`fold`] tells what two writings of one text may differ in, [`align`] finds the stretch that a changed quote was made of.
//! The caller brings the text; which articles to look into is [`crate::search`]'s affair.

mod align;
mod fold;

use std::ops::Range;

use super::analysis::words;
use super::difference::{Stretch, difference};
use fold::{folded, origin};

pub use fold::Tolerance;

/// What a text has of a quote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Where, in Unicode characters of the text, half-open.
    pub range: Range<usize>,
    /// How it stands there.
    pub reading: Reading,
}

/// How a quote stands in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reading {
    /// Word for word.
    Exact {
        /// In what the two differ all the same; nothing where they are equal, character for character.
        tolerated: Vec<Tolerance>,
        /// How often it stands there.
        times: usize,
        /// Whether it begins or ends inside a word of the text: `he said` in `she said`.
        inside_word: bool,
    },
    /// With other words.
    Altered {
        /// How many words of the quote are in the text, in this order.
        kept: usize,
        /// How many words the longer of the two has.
        of: usize,
        /// What leads from the text to the quote, with quotation marks, dashes and white space made alike.
        difference: Vec<Stretch>,
    },
}

impl Reading {
    /// How good a find is: the greater, the better.
    fn worth(&self) -> (bool, bool, bool, usize) {
        match self {
            Reading::Exact {
                tolerated,
                inside_word,
                ..
            } => (true, !inside_word, tolerated.is_empty(), 0),
            // A share in ten-thousandths.
            Reading::Altered { kept, of, .. } => {
                (false, false, false, kept * 10_000 / (*of).max(1))
            }
        }
    }
}

impl Found {
    /// Whether it is the quote, word for word.
    pub fn is_exact(&self) -> bool {
        matches!(self.reading, Reading::Exact { .. })
    }

    /// Whether this find tells more than another: exact before altered, whole words before parts of them.
    pub fn is_better_than(&self, other: &Found) -> bool {
        self.reading.worth() > other.reading.worth()
    }
}

/// Whether there is anything in `quote` that can be looked for.
pub fn has_words(quote: &str) -> bool {
    words(quote).next().is_some()
}

/// Looks for `quote` in `text`. Exact is what differs in no more than a [`Tolerance`]; altered is what keeps at least three of
/// five words in their order. The quotation marks around a quote are none of it where the text does not have them.
pub fn find(text: &str, quote: &str) -> Option<Found> {
    let quote = quote.trim();
    if !has_words(quote) {
        return None;
    }
    verbatim(text, quote)
        .or_else(|| alike(text, quote))
        .or_else(|| within_marks(quote).and_then(|inner| find_exact(text, inner)))
        .or_else(|| altered(text, within_marks(quote).unwrap_or(quote)))
}

fn find_exact(text: &str, quote: &str) -> Option<Found> {
    verbatim(text, quote).or_else(|| alike(text, quote))
}

/// The quote without the quotation marks around it, where it has them.
fn within_marks(quote: &str) -> Option<&str> {
    let mut chars = quote.chars();
    let (first, last) = (chars.next()?, chars.next_back()?);
    let inner = chars.as_str().trim();
    (fold::is_quotation_mark(first) && fold::is_quotation_mark(last) && has_words(inner))
        .then_some(inner)
}

/// The quote, character for character.
fn verbatim(text: &str, quote: &str) -> Option<Found> {
    let places = text
        .match_indices(quote)
        .map(|(at, _)| at..at + quote.len());
    let (place, inside_word, times) = best(text, places)?;
    Some(Found {
        range: characters(text, place),
        reading: Reading::Exact {
            tolerated: Vec::new(),
            times,
            inside_word,
        },
    })
}

/// The quote, but for what is tolerated.
fn alike(text: &str, quote: &str) -> Option<Found> {
    let (all, sought) = (
        folded(text, &Tolerance::ALL),
        folded(quote, &Tolerance::ALL),
    );
    let places = all
        .match_indices(sought.as_str())
        .map(|(at, _)| at..at + sought.len());
    let (place, inside_word, times) = best(&all, places)?;
    let range = origin(text, &Tolerance::ALL, &place);
    let shown = slice(text, &range);
    let is_needed = |tolerance: &Tolerance| {
        let others: Vec<_> = Tolerance::ALL
            .into_iter()
            .filter(|other| other != tolerance)
            .collect();
        folded(shown, &others) != folded(quote, &others)
    };
    let tolerated = Tolerance::ALL.into_iter().filter(is_needed).collect();
    Some(Found {
        range,
        reading: Reading::Exact {
            tolerated,
            times,
            inside_word,
        },
    })
}

/// The first of these places that begins and ends with words, else the first; whether it lies inside one; how many there are.
fn best(
    text: &str,
    places: impl Iterator<Item = Range<usize>>,
) -> Option<(Range<usize>, bool, usize)> {
    let (mut chosen, mut times) = (None::<(Range<usize>, bool)>, 0);
    for place in places {
        times += 1;
        if chosen.as_ref().is_none_or(|(_, inside)| *inside) {
            let inside = is_inside_word(text, &place);
            if chosen.is_none() || !inside {
                chosen = Some((place, inside));
            }
        }
    }
    chosen.map(|(place, inside)| (place, inside, times))
}

/// Whether a place begins or ends between two letters of one word.
fn is_inside_word(text: &str, place: &Range<usize>) -> bool {
    [place.start, place.end].into_iter().any(|cut| {
        let around = (text[..cut].chars().next_back(), text[cut..].chars().next());
        matches!(around, (Some(before), Some(after)) if fold::is_of_word(before) && fold::is_of_word(after))
    })
}

/// The stretch that the quote may have been made of.
fn altered(text: &str, quote: &str) -> Option<Found> {
    let near = align::nearest(text, quote)?;
    let place = with_signs(text, near.bytes, quote);
    let make_alike = |text: &str| folded(text, &Tolerance::ALL);
    Some(Found {
        reading: Reading::Altered {
            kept: near.kept,
            of: near.of,
            difference: difference(&make_alike(&text[place.clone()]), &make_alike(quote)),
        },
        range: characters(text, place),
    })
}

/// A stretch from word to word, with the signs of the text around it where the quote has signs there, too.
fn with_signs(text: &str, place: Range<usize>, quote: &str) -> Range<usize> {
    let is_sign = |c: char| !c.is_alphanumeric() && !c.is_whitespace();
    let (mut start, mut end) = (place.start, place.end);
    if quote.starts_with(is_sign) {
        start = text[..start].trim_end_matches(is_sign).len();
    }
    if quote.ends_with(is_sign) {
        end = text.len() - text[end..].trim_start_matches(is_sign).len();
    }
    start..end
}

/// A range of bytes as one of characters.
fn characters(text: &str, bytes: Range<usize>) -> Range<usize> {
    let start = text[..bytes.start].chars().count();
    start..start + text[bytes].chars().count()
}

/// The characters of `text` in a range, which may reach beyond its end.
pub fn slice<'t>(text: &'t str, range: &Range<usize>) -> &'t str {
    let mut bytes = text.char_indices().map(|(at, _)| at).chain([text.len()]);
    let start = bytes.nth(range.start).unwrap_or(text.len());
    let more = range.end.saturating_sub(range.start);
    let end = match more.checked_sub(1) {
        Some(more) => bytes.nth(more).unwrap_or(text.len()),
        None => start,
    };
    &text[start..end]
}
