//! The leaves of random queries: words, phrases, wildcards and fuzzy words, as they stand in an article or a little changed.

use morgue::text::analysis::form;

use super::Questions;
use crate::search::oracle::Text;

/// A word of a text.
#[derive(Clone, Copy)]
pub struct Spot<'a> {
    pub text: &'a Text,
    /// The number of the word.
    pub at: usize,
}

impl<'a> Spot<'a> {
    /// So many words from here on as they are written, fewer where the text ends.
    fn words(self, count: usize) -> &'a str {
        let words = &self.text.words[self.at..];
        let last = &words[count.min(words.len()) - 1];
        &self.text.text[words[0].range.start..last.range.end]
    }

    /// So many words from here on, one by one.
    fn each_word(self, count: usize) -> Vec<&'a str> {
        let words = self.text.words[self.at..].iter().take(count);
        words
            .map(|word| &self.text.text[word.range.clone()])
            .collect()
    }
}

impl<'a> Questions<'a> {
    /// A word that stands at most `reach` words before or behind another.
    pub(super) fn beside(&mut self, spot: Spot<'a>, reach: usize) -> Spot<'a> {
        let from = spot.at.saturating_sub(reach);
        let to = (spot.at + reach).min(spot.text.words.len() - 1);
        Spot {
            at: from + self.dice.below(to - from + 1),
            ..spot
        }
    }

    /// What matches at a spot, mostly.
    pub(super) fn text_leaf(&mut self, spot: Spot<'a>) -> String {
        match self.dice.below(20) {
            0..8 => self.word(spot),
            8..12 => format!("\"{}\"", quotable(spot.words(1 + self.dice.below(4)))),
            12..15 => self.wildcard(spot.words(1)),
            15 => self.wild_phrase(spot),
            16 => self.hyphenated(spot),
            17..19 => self.fuzzy(spot.words(1)),
            _ => self.hyphenated_fuzzy(spot),
        }
    }

    /// A word that is no operator, in some case.
    fn word(&mut self, spot: Spot<'a>) -> String {
        let word = spot.words(1);
        let cased = match self.dice.below(4) {
            0 => word.to_uppercase(),
            1 => word.to_owned(),
            _ => word.to_lowercase(),
        };
        if matches!(
            cased.to_lowercase().as_str(),
            "and" | "or" | "not" | "w" | "pre"
        ) {
            format!("\"{cased}\"")
        } else {
            cased
        }
    }

    /// A word with `*` and `?` in it, if it has letters enough.
    fn wildcard(&mut self, word: &str) -> String {
        let Some(chars) = letters(word, 3) else {
            return if word.chars().all(char::is_alphabetic) {
                format!("{word}*")
            } else {
                format!("\"{}\"", quotable(word))
            };
        };
        let cut = 1 + self.dice.below(chars.len() - 2);
        let (head, tail): (String, String) = (
            chars[..cut].iter().collect(),
            chars[cut + 1..].iter().collect(),
        );
        match self.dice.below(8) {
            0 => format!("{head}*"),
            1 => format!("*{tail}"),
            2 => format!("{head}*{tail}"),
            3 => format!("{head}?{tail}"),
            4 => format!("*{tail}*"),
            5 => format!("?{}", chars[1..].iter().collect::<String>()),
            6 => format!("*?{tail}"),
            _ => format!("{head}*?"),
        }
    }

    /// A phrase with a wildcard in one of its words.
    fn wild_phrase(&mut self, spot: Spot<'a>) -> String {
        let count = 2 + self.dice.below(3);
        let mut words: Vec<String> = spot.each_word(count).into_iter().map(quotable).collect();
        if words.len() < 2 {
            return self.wildcard(spot.words(1));
        }
        let changed = self.dice.below(words.len());
        if self.dice.chance(25) {
            words[changed] = "*".into();
        } else if letters(&words[changed], 3).is_some() {
            words[changed] = self.wildcard(&words[changed].clone());
        }
        format!("\"{}\"", words.join(" "))
    }

    /// Two words as one, sometimes with a wildcard in the second.
    fn hyphenated(&mut self, spot: Spot<'a>) -> String {
        let words = spot.each_word(2);
        let [first, second] = words[..] else {
            return self.word(spot);
        };
        if letters(first, 1).is_none() || letters(second, 3).is_none() {
            return self.word(spot);
        }
        if self.dice.chance(50) {
            format!("{first}-{second}")
        } else {
            format!("{first}-{}", self.wildcard(second))
        }
    }

    /// A word with as many mistakes as it allows, mostly.
    fn fuzzy(&mut self, word: &str) -> String {
        let Some(mut chars) = letters(word, 2) else {
            return format!("\"{}\"", quotable(word));
        };
        let edits = 1 + self.dice.below(2);
        for _ in 0..self.dice.below(edits + 1) {
            self.mistake(&mut chars);
        }
        let word: String = chars.into_iter().collect();
        format!("{word}~{edits}")
    }

    fn hyphenated_fuzzy(&mut self, spot: Spot<'a>) -> String {
        let words = spot.each_word(2);
        match words[..] {
            [first, second] if letters(first, 1).is_some() && letters(second, 2).is_some() => {
                format!("{first}-{}", self.fuzzy(second))
            }
            _ => self.fuzzy(spot.words(1)),
        }
    }

    /// One edit; a letter at least is left.
    fn mistake(&mut self, chars: &mut Vec<char>) {
        let at = self.dice.below(chars.len());
        let letter = self
            .dice
            .pick(&[chars[0], chars[chars.len() - 1], 'a', 's', 'ü']);
        match self.dice.below(4) {
            0 if chars.len() > 1 => {
                chars.remove(at);
            }
            1 => chars.insert(at, letter),
            2 if at + 1 < chars.len() => chars.swap(at, at + 1),
            _ => chars[at] = letter,
        }
    }
}

/// The characters of a word's exact form, if they are letters and digits and so many.
fn letters(word: &str, least: usize) -> Option<Vec<char>> {
    let chars: Vec<char> = form::exact_of(word).chars().collect();
    (chars.len() >= least && chars.iter().all(|c| c.is_alphanumeric())).then_some(chars)
}

/// A text that can stand between quotation marks.
pub(super) fn quotable(text: &str) -> String {
    text.chars()
        .map(|c| {
            if c.is_control() || "\"“”„«»*?".contains(c) {
                ' '
            } else {
                c
            }
        })
        .collect()
}
