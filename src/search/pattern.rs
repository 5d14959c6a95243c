//! A wildcard as an automaton over the terms of a field, so that a dictionary is walked only where words can fit.
//! Knows characters, not bytes: `?` is one Unicode character. Reads no dictionary itself; [`super::expand`] does.

use tantivy_fst::Automaton;

use crate::index::terms;
use crate::text::analysis::form::MAX_CHARS;

/// The exact forms that a pattern of `*` (any run of characters) and `?` (one character) stands for.
///
/// All the places up to which a word may have fitted are kept at once, as bits of one number (Shift-And: Baeza-Yates &
/// Gonnet, "A new approach to text searching", CACM 35, 1992). No pattern costs more for each byte than another.
#[derive(Debug, Clone)]
pub(crate) struct Pattern {
    /// Places with a `*`, where any character may be added.
    runs: u128,
    /// Places behind which any character leads on.
    any: u128,
    /// Places behind which one character leads on, in the order of the characters.
    one: Vec<(char, u128)>,
    /// The place where the pattern ends; none when it is longer than any word.
    end: Option<u128>,
}

/// How far a word has come.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Progress {
    /// The places of the pattern up to which it fits.
    places: u128,
    /// The bits of a character of which some bytes are still missing.
    bits: u32,
    /// How many bytes these are.
    missing: u8,
}

// One bit for each character of the longest word, and one for the end.
const _: () = assert!(MAX_CHARS < 128);

impl Pattern {
    /// Reads a pattern, whose other characters are as in exact forms.
    pub(crate) fn new(pattern: &str) -> Self {
        let (mut runs, mut any, mut place) = (0, 0, Some(1u128));
        let mut one: Vec<(char, u128)> = Vec::new();
        for c in pattern.chars() {
            let Some(at) = place else { break };
            if c == '*' {
                runs |= at;
                continue;
            }
            match c {
                '?' => any |= at,
                _ => match one.iter_mut().find(|(known, _)| *known == c) {
                    Some((_, places)) => *places |= at,
                    None => one.push((c, at)),
                },
            }
            place = at.checked_mul(2).filter(|place| *place <= 1 << MAX_CHARS);
        }
        one.sort_unstable_by_key(|(c, _)| *c);
        Pattern {
            runs,
            any,
            one,
            end: place,
        }
    }

    /// The places from `places` on, one character further.
    fn take(&self, places: u128, c: char) -> u128 {
        if c == terms::STEM || c == terms::MARK {
            return 0;
        }
        let leads = match self.one.binary_search_by_key(&c, |(known, _)| *known) {
            Ok(at) => self.one[at].1,
            Err(_) => 0,
        };
        (places & self.runs) | ((places & (self.any | leads)) << 1)
    }
}

impl Automaton for Pattern {
    type State = Progress;

    fn start(&self) -> Progress {
        Progress {
            places: u128::from(self.end.is_some()),
            bits: 0,
            missing: 0,
        }
    }

    fn is_match(&self, word: &Progress) -> bool {
        word.missing == 0 && self.end.is_some_and(|end| word.places & end != 0)
    }

    fn can_match(&self, word: &Progress) -> bool {
        word.places != 0
    }

    fn accept(&self, word: &Progress, byte: u8) -> Progress {
        let (bits, missing) = match byte {
            0x80..=0xBF => (
                word.bits << 6 | u32::from(byte & 0x3F),
                word.missing.saturating_sub(1),
            ),
            0xC0..=0xDF => (u32::from(byte & 0x1F), 1),
            0xE0..=0xEF => (u32::from(byte & 0x0F), 2),
            0xF0..=0xFF => (u32::from(byte & 0x07), 3),
            _ => (u32::from(byte), 0),
        };
        let places = match (missing, char::from_u32(bits)) {
            (0, Some(c)) => self.take(word.places, c),
            (0, None) => 0,
            _ => word.places,
        };
        Progress {
            places,
            bits,
            missing,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fits(pattern: &str, word: &str) -> bool {
        let pattern = Pattern::new(pattern);
        let read = |word: Progress, byte: &u8| pattern.accept(&word, *byte);
        let end = word.as_bytes().iter().fold(pattern.start(), read);
        pattern.is_match(&end)
    }

    #[test]
    fn words_fit_as_the_pattern_says() {
        let check = |pattern, word, expected| {
            assert_eq!(fits(pattern, word), expected, "{pattern} {word}");
        };
        check("m*hamm?d", "mohammed", true);
        check("m*hamm?d", "mhammed", true);
        check("m*hamm?d", "mohamed", false);
        check("*gate", "watergate", true);
        check("*gate", "gate", true);
        check("*gate", "gates", false);
        check("cease*", "cease", true);
        check("cease*", "ceas", false);
        check("a*a*b", "aaaaaaab", true);
        check("a**b", "ab", true);
        check("", "", true);
        check("*", "", true);
        check("?", "é", true);
        check("?", "石", true);
        check("?", "石油", false);
        check("石?", "石油", true);
        check("*油*", "石油王", true);
        check("?", "😀", true);
    }

    #[test]
    fn stems_and_marks_fit_nothing() {
        for pattern in ["*", "*n:talk", "?*", "?s"] {
            assert!(!fits(pattern, "\u{1}en:talk"), "{pattern}");
            assert!(!fits(pattern, "\u{2}s"), "{pattern}");
        }
    }

    #[test]
    fn the_longest_word_fits_and_a_longer_pattern_fits_nothing() {
        let word = "é".repeat(MAX_CHARS);
        assert!(fits(&word, &word));
        assert!(fits(&"?".repeat(MAX_CHARS), &word));
        assert!(fits(&"é*".repeat(MAX_CHARS), &word));
        assert!(!fits(&"?".repeat(MAX_CHARS + 1), &word));
        assert!(!fits(&"*?".repeat(10_000), &word));
    }
}
