//! Where the sentences of a paragraph begin.
//!
//! The rules of Unicode (UAX #29) end a sentence after "Sept." and "U.S."; news has one of these in every other line. So
//! the bounds are found by rules of our own: fast, the same on every machine, and part of the index format ("same sentence"
//! is a test on positions). A change here needs a new index version.
//!
//! A sentence ends after `.`, `!`, `?` or `…` (and closing quotes and brackets) where a blank follows and the next letter is
//! not a small one, unless the word before a single dot is an abbreviation or an initial; and after the full stops of
//! Chinese, Japanese, Hindi, Urdu, Amharic, Burmese, Khmer and Armenian and the Arabic question mark, wherever they stand.

mod words;

use self::words::{BEFORE_NUMBERS, BEFORE_ORDINALS, NEVER_LAST, SELDOM_LAST, STARTERS};
use super::date;

/// The byte offsets at which the sentences of one paragraph begin, the first (0) included; none for an empty text.
/// Blanks and opening quotes: a sentence begins with its opening quote, after the blank.
pub fn starts(paragraph: &str) -> impl Iterator<Item = usize> + '_ {
    let mut next = (!paragraph.is_empty()).then_some(0);
    std::iter::from_fn(move || {
        let start = next?;
        next = next_start(paragraph, start);
        Some(start)
    })
}

/// A stretch of a text that words can share.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// A sentence.
    Sentence,
    /// A paragraph, and a sentence with it.
    Paragraph,
    /// The whole text, and a paragraph with it.
    Text,
}

/// The byte offsets at which the units of a text begin, in order, each with the widest unit that begins there. Paragraphs are
/// divided by empty lines.
pub fn units(text: &str) -> Vec<(usize, Unit)> {
    let mut units = Vec::new();
    let mut start = 0;
    for paragraph in text.split("\n\n") {
        let widest = if start == 0 {
            Unit::Text
        } else {
            Unit::Paragraph
        };
        let starts = starts(paragraph);
        units.extend(starts.map(|at| (start + at, if at == 0 { widest } else { Unit::Sentence })));
        start += paragraph.len() + 2;
    }
    units
}

/// The first start of a sentence after `from`.
fn next_start(text: &str, from: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = from;
    loop {
        at += bytes[at..]
            .iter()
            .position(|byte| MAY_END[usize::from(*byte)])?;
        let mark = text.get(at..).and_then(|rest| rest.chars().next());
        match mark {
            Some('.' | '!' | '?' | '…') => {
                let (end, start) = after_marks(text, at);
                if start > end && ends_here(text, from, at, end, start) {
                    return Some(start);
                }
                at = end;
            }
            Some(c) if is_full_stop(c) => {
                let (_, start) = after_marks(text, at);
                return (start < text.len()).then_some(start);
            }
            Some(c) => at += c.len_utf8(),
            None => at += 1,
        }
    }
}

/// Bytes that an end mark begins with. Among them are those of ordinary letters of some scripts; the character decides.
static MAY_END: [bool; 256] = {
    let mut table = [false; 256];
    let mut n = 0;
    let first_bytes = b".!?\xe2\xe3\xef\xe0\xd8\xdb\xe1\xd6";
    while n < first_bytes.len() {
        table[first_bytes[n] as usize] = true;
        n += 1;
    }
    table
};

/// Whether a mark may end a sentence, in any script.
pub(crate) fn is_end(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…') || is_full_stop(c)
}

/// Marks that end a sentence whatever follows.
fn is_full_stop(c: char) -> bool {
    matches!(
        c,
        '。' | '！'
            | '？'
            | '｡'
            | '．'
            | '।'
            | '॥'
            | '؟'
            | '۔'
            | '።'
            | '፧'
            | '։'
            | '។'
            | '။'
    )
}

fn is_closing(c: char) -> bool {
    matches!(
        c,
        '"' | '\'' | '”' | '’' | '“' | '»' | '›' | ')' | ']' | '」' | '』' | '）' | '】'
    )
}

/// The end of the marks and closing quotes at a place, and the place after the blanks that follow.
fn after_marks(text: &str, at: usize) -> (usize, usize) {
    let rest =
        text[at..].trim_start_matches(|c| matches!(c, '.' | '!' | '?' | '…') || is_full_stop(c));
    let rest = rest.trim_start_matches(is_closing);
    let end = text.len() - rest.len();
    (end, text.len() - rest.trim_start().len())
}

/// Whether the marks from `at` to `end` end the sentence that began at `from`, when the next would begin at `start`.
fn ends_here(text: &str, from: usize, at: usize, end: usize, start: usize) -> bool {
    // A few marks may precede the first letter; in a row of dots without end the look ahead must end, too.
    let opening = |c: &char| " \"'“„‘’«‹([¿¡-–—.…".contains(*c);
    let marks = text[start..].chars().take(8).take_while(opening);
    let next = &text[start + marks.map(char::len_utf8).sum::<usize>()..];
    let Some(first) = next.chars().next() else {
        return false;
    };
    if first.is_lowercase() {
        return false;
    }
    // Only a dot alone can belong to an abbreviation: in `U.S."` the quote is evidence enough.
    let single_dot = &text[at..end] == "." || &text[at..end] == ".)";
    !single_dot || dot_ends(&text[from..at], next)
}

/// The word that a text ends with, at most so many bytes of it.
fn word_before(text: &str) -> &str {
    const LONGEST: usize = 40;
    let mut cut = text.len().saturating_sub(LONGEST);
    while !text.is_char_boundary(cut) {
        cut += 1;
    }
    let tail = &text[cut..];
    let start = tail.rfind(|c: char| {
        c.is_whitespace()
            || matches!(
                c,
                '(' | '"' | '“' | '„' | '‘' | '\'' | '[' | '-' | '–' | '—' | '/' | '«'
            )
    });
    start.map_or(tail, |at| {
        tail[at..].trim_start_matches(|c: char| !c.is_alphanumeric())
    })
}

/// Whether the dot after `before` ends a sentence, when `next` follows.
fn dot_ends(before: &str, next: &str) -> bool {
    let word = word_before(before);
    let next_word = &next[..next
        .find(|c: char| !c.is_alphanumeric() && c != '\'')
        .unwrap_or(next.len())];
    // `A.` is an initial, no article.
    let starts_anew =
        || !next[next_word.len()..].starts_with('.') && is_in(STARTERS, &next_word.to_lowercase());
    let mut letters = word.chars();
    match (letters.next(), letters.next()) {
        (None, _) => return true,
        // An initial, `z. B.`
        (Some(c), None) if c.is_alphabetic() => return starts_anew(),
        _ => {}
    }
    // 3. Mai, die 2. Vorsitzende: a day before its month, an ordinal after its article.
    if word.len() <= 2 && word.bytes().all(|byte| byte.is_ascii_digit()) {
        let article = word_before(before[..before.len() - word.len()].trim_end());
        return !is_in(BEFORE_ORDINALS, article) && !date::is_month(next_word);
    }
    // U.S, a.m, Ph.D
    if word.contains('.') && word.chars().any(char::is_alphabetic) {
        return starts_anew();
    }
    let word = word.to_lowercase();
    if is_in(NEVER_LAST, &word) {
        false
    } else if is_in(BEFORE_NUMBERS, &word) {
        !next.starts_with(|c: char| c.is_numeric())
    } else if is_in(SELDOM_LAST, &word) {
        starts_anew()
    } else {
        true
    }
}

fn is_in(table: &[&str], word: &str) -> bool {
    table.binary_search(&word).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_sorted() {
        for table in [
            NEVER_LAST,
            SELDOM_LAST,
            BEFORE_NUMBERS,
            BEFORE_ORDINALS,
            STARTERS,
        ] {
            assert!(table.is_sorted(), "{table:?}");
        }
    }
}
