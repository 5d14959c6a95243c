//! Finds the words in a text.
//!
//! A word is a run of letters, digits and their marks, and what news writes inside words: `O'Brien`, `U.S.`, `AT&T`,
//! `41,200`, `1.13`. Hyphens divide (`cease-fire` is two words, and a phrase when it is searched), and so do French and
//! Italian elisions (`l'eau`). Scripts without spaces (Han, kana, Thai, Lao, Khmer, Burmese) give one word a letter, so
//! that any stretch of them is found as a phrase; which letters begin a word of the language [`super::segment`] tells. It
//! follows UAX #29 in spirit, not to the letter.

use std::ops::Range;

use super::segment::Segments;

/// The words of a text, as byte ranges, in order.
#[derive(Debug, Clone)]
pub struct Words<'t> {
    text: &'t str,
    at: usize,
    /// Of the run of letters without spaces that was met last.
    segments: Segments,
    inside: bool,
}

/// The words of `text`.
pub fn words(text: &str) -> Words<'_> {
    Words {
        text,
        at: 0,
        segments: Segments::default(),
        inside: false,
    }
}

/// Whether a word is a letter of a script without spaces.
pub fn is_unspaced(word: &str) -> bool {
    word.chars().next().map(class) == Some(Class::Lone)
}

/// How a character takes part in words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    /// Joins with its neighbours: letters.
    Letter,
    /// Joins with its neighbours: digits.
    Digit,
    /// A word on its own, with the marks that follow.
    Lone,
    /// Belongs to what is before it: combining marks, and characters that are not seen.
    Mark,
    /// Divides words.
    Other,
}

fn class(c: char) -> Class {
    if c.is_ascii() {
        return match c {
            'a'..='z' | 'A'..='Z' => Class::Letter,
            '0'..='9' => Class::Digit,
            _ => Class::Other,
        };
    }
    match u32::from(c) {
        // Soft hyphen, zero-width space, non-joiner and joiner, word joiner.
        0xAD | 0x200B..=0x200D | 0x2060 => Class::Mark,
        // Superscripts that are footnote marks; fractions; circled digits: numeric, but no part of a word.
        0xB2 | 0xB3 | 0xB9 | 0xBC..=0xBE | 0x2460..=0x24FF => Class::Other,
        // Thai, Lao, Burmese, Khmer; kana; Han.
        0x0E00..=0x0EFF | 0x1000..=0x109F | 0x1780..=0x17FF => {
            if unicode_normalization::char::is_combining_mark(c) {
                Class::Mark
            } else if c.is_alphanumeric() {
                Class::Lone
            } else {
                Class::Other
            }
        }
        0x3005..=0x3007 | 0x3041..=0x3096 | 0x30A1..=0x30FA | 0x30FC..=0x30FF | 0x31F0..=0x31FF => {
            Class::Lone
        }
        0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xF900..=0xFAFF | 0x20000..=0x3FFFF => Class::Lone,
        _ if unicode_normalization::char::is_combining_mark(c) => Class::Mark,
        _ if c.is_alphabetic() => Class::Letter,
        _ if c.is_numeric() => Class::Digit,
        _ => Class::Other,
    }
}

/// The characters that are written for an apostrophe.
pub(super) const fn is_apostrophe(c: char) -> bool {
    matches!(
        c,
        '\'' | '\u{2019}' | '\u{2018}' | '\u{02BC}' | '\u{FF07}' | '\u{00B4}' | '`'
    )
}

/// What stands before the apostrophe of an elided article or pronoun in French, Italian and Catalan.
const ELISIONS: &[&str] = &[
    "l", "d", "j", "m", "n", "s", "t", "c", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu", "presqu",
    "quelqu", "un", "dell", "nell", "all", "dall", "sull", "coll", "quest", "quell", "gl",
    "c\u{327}",
];

/// The longest part on either side of an `&` that is one word with it: `AT&T`, `PG&E`.
const AMPERSAND_LETTERS: usize = 3;

impl Words<'_> {
    /// Whether the word given last is a letter inside a word of a script without spaces, not the one that begins it.
    pub fn is_inside(&self) -> bool {
        self.inside
    }

    /// The end of the run of letters without spaces that begins at `at`.
    fn unspaced(&self, at: usize) -> usize {
        let mut end = at;
        while let Some((c, Class::Lone | Class::Mark)) = self.peek(end) {
            end += c.len_utf8();
        }
        end
    }

    fn peek(&self, at: usize) -> Option<(char, Class)> {
        self.text[at..].chars().next().map(|c| (c, class(c)))
    }

    /// The end of the run of letters, digits and marks that begins at `at`.
    fn run(&self, at: usize) -> usize {
        let bytes = self.text.as_bytes();
        let mut end = at;
        while end < bytes.len() {
            if bytes[end].is_ascii() {
                if !bytes[end].is_ascii_alphanumeric() {
                    break;
                }
                end += 1;
                continue;
            }
            match self.peek(end) {
                Some((c, Class::Letter | Class::Digit | Class::Mark)) => end += c.len_utf8(),
                _ => break,
            }
        }
        end
    }

    /// The end of the marks that begin at `at`.
    fn marks(&self, mut at: usize) -> usize {
        while let Some((c, Class::Mark)) = self.peek(at) {
            at += c.len_utf8();
        }
        at
    }

    /// The end of an acronym with dots (`U.S.`, `a.m.`) whose first letter ends at `first_end`, if it is one.
    fn dotted(&self, start: usize, first_end: usize) -> Option<usize> {
        let single = |range: Range<usize>| {
            let mut chars = self.text[range].chars();
            chars.next().is_some_and(char::is_alphabetic) && chars.next().is_none()
        };
        if !single(start..first_end) || !self.text[first_end..].starts_with('.') {
            return None;
        }
        let (mut end, mut letters) = (first_end + 1, 1);
        loop {
            let next = self.run(end);
            if next == end || !single(end..next) {
                break;
            }
            letters += 1;
            if !self.text[next..].starts_with('.') {
                // `U.S` at the end of a sentence that has lost its dot, but not the `J.R` of `J.Robert`.
                end = next;
                break;
            }
            end = next + 1;
        }
        (letters > 1).then_some(end)
    }

    /// The end of a number with points or commas between its digits, whose first digits end at `end`.
    fn number(&self, start: usize, end: usize) -> usize {
        let bytes = self.text.as_bytes();
        let digits = |at: usize| {
            bytes[at..]
                .iter()
                .take_while(|byte| byte.is_ascii_digit())
                .count()
        };
        // The rest of what was no number (`18.09.2024`) is none either.
        let in_rest = start >= 2
            && matches!(bytes[start - 1], b'.' | b',')
            && bytes[start - 2].is_ascii_digit();
        if in_rest || digits(start) != end - start {
            return end;
        }
        let (mut at, mut groups) = (end, Vec::new());
        while at < bytes.len() && matches!(bytes[at], b'.' | b',') && groups.len() < 8 {
            let count = digits(at + 1);
            if count == 0 {
                break;
            }
            at += 1 + count;
            groups.push(count);
        }
        let is_number = match groups.as_slice() {
            [_] => true,
            [] => false,
            many => many.iter().all(|&count| count == 3),
        };
        // `3.5m` goes on as a word of its own; `2.0b1` is no number.
        if is_number && self.run(at) == at {
            at
        } else {
            end
        }
    }

    /// The end of the word whose first run is `start..end`: apostrophes, ampersands, dots and commas inside it.
    fn joined(&self, start: usize, mut end: usize) -> usize {
        if let Some(end) = self.dotted(start, end) {
            return end;
        }
        if self.text.as_bytes()[start].is_ascii_digit() {
            return self.number(start, end);
        }
        loop {
            let Some((c, Class::Other)) = self.peek(end) else {
                return end;
            };
            let after = end + c.len_utf8();
            let next = self.run(after);
            if next == after || !self.text[after..].starts_with(char::is_alphabetic) {
                return end;
            }
            let left = &self.text[start..end];
            if is_apostrophe(c) {
                if is_elision(left) && !is_possessive(&self.text[after..next]) {
                    return end;
                }
            } else if c == '&' {
                let short = |part: &str| part.chars().count() <= AMPERSAND_LETTERS;
                if !short(left) || !short(&self.text[after..next]) {
                    return end;
                }
            } else {
                return end;
            }
            end = next;
        }
    }
}

fn is_elision(left: &str) -> bool {
    left.len() <= 8
        && ELISIONS
            .iter()
            .any(|elision| left.eq_ignore_ascii_case(elision))
}

fn is_possessive(right: &str) -> bool {
    right.eq_ignore_ascii_case("s")
}

impl Iterator for Words<'_> {
    type Item = Range<usize>;

    fn next(&mut self) -> Option<Range<usize>> {
        loop {
            let (c, class) = self.peek(self.at)?;
            let start = self.at;
            match class {
                Class::Other | Class::Mark => self.at += c.len_utf8(),
                Class::Lone => {
                    if start >= self.segments.end() {
                        let end = self.unspaced(start);
                        self.segments.find(self.text, start..end);
                    }
                    self.inside = !self.segments.begins(start);
                    self.at = self.marks(start + c.len_utf8());
                    return Some(start..self.at);
                }
                Class::Letter | Class::Digit => {
                    self.inside = false;
                    self.at = self.joined(start, self.run(start));
                    return Some(start..self.at);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let found: Vec<_> = words(text).map(|word| &text[word]).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn finds_the_words_of_news() {
        check(
            "U.S. envoy, Oct. 7: AT&T's 41,200",
            &["U.S.", "envoy", "Oct", "7", "AT&T's", "41,200"],
        );
        check(
            "cease-fire (re-election)",
            &["cease", "fire", "re", "election"],
        );
        check(
            "Trump’s O'Brien don't rock'n'roll",
            &["Trump’s", "O'Brien", "don't", "rock'n'roll"],
        );
        check(
            "l'eau d’Orsay aujourd'hui dell'Arno",
            &["l", "eau", "d", "Orsay", "aujourd'hui", "dell", "Arno"],
        );
        check(
            "N.A.T.O and J.Robert at 9 a.m.",
            &["N.A.T.O", "and", "J", "Robert", "at", "9", "a.m."],
        );
        check(
            "18.09.2024 10:30 1.13bn 1.000.000 3.5.",
            &[
                "18",
                "09",
                "2024",
                "10",
                "30",
                "1",
                "13bn",
                "1.000.000",
                "3.5",
            ],
        );
        check(
            "Marks&Spencer P&O <b>x</b>",
            &["Marks", "Spencer", "P&O", "b", "x", "b"],
        );
        check("'quoted' James' 1980's", &["quoted", "James", "1980", "s"]);
    }

    #[test]
    fn keeps_other_scripts_whole() {
        check(
            "印尼雅加达 GDP増",
            &["印", "尼", "雅", "加", "达", "GDP", "増"],
        );
        check("القاهرة، مصر", &["القاهرة", "مصر"]);
        check("साल में", &["साल", "में"]);
        check("서울에서 회담", &["서울에서", "회담"]);
        check("می‌رود", &["می‌رود"]);
        check("ที่นี่", &["ที่", "นี่"]);
        check("Cafe\u{301} \u{301}x", &["Cafe\u{301}", "x"]);
    }

    proptest! {
        #[test]
        fn words_are_ordered_and_divided(text in "\\PC*|[a-z.&' 0-9,]{0,40}") {
            let mut end = 0;
            for word in words(&text) {
                prop_assert!(end <= word.start && word.start < word.end);
                prop_assert!(text.is_char_boundary(word.start) && text.is_char_boundary(word.end));
                end = word.end;
            }
            prop_assert!(text[end..].chars().all(|c| !matches!(class(c), Class::Letter | Class::Digit | Class::Lone)));
        }
    }
}
