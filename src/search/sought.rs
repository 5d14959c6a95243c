//! What a leaf looks for at one place, as a test of a word of an article.

use super::leaf::Wanted;
use super::vocabulary::Vocabulary;
use crate::text::analysis::stem::Stemmer;

/// A test of one word.
#[derive(Debug)]
pub(super) enum Sought {
    /// It has this exact form.
    Exact(String),
    /// It has this stem.
    Stem(String),
    /// Its exact form fits this pattern.
    Pattern(String),
    /// Its exact form is within so many edits of this one.
    Fuzzy(Vec<char>, usize),
    /// It is a word.
    Any,
}

impl Sought {
    /// The test for articles with this stemmer.
    pub(super) fn new(wanted: Wanted, stemmer: &Stemmer) -> Self {
        match wanted {
            Wanted::Inflected(word) => {
                let mut stem = String::new();
                stemmer.stem(&word, &mut stem);
                Sought::Stem(stem)
            }
            Wanted::Exact(form) => Sought::Exact(form),
            Wanted::Pattern(pattern) => Sought::Pattern(pattern),
            Wanted::Fuzzy(form, edits) => Sought::Fuzzy(form.chars().collect(), edits.into()),
            Wanted::Any => Sought::Any,
        }
    }

    /// Whether the word with this number passes.
    pub(super) fn fits(&self, word: usize, vocabulary: &Vocabulary) -> bool {
        match self {
            Sought::Exact(form) => vocabulary.exact(word) == form,
            Sought::Stem(stem) => vocabulary.has_stem(word, stem),
            Sought::Pattern(pattern) => fits_pattern(vocabulary.exact(word), pattern),
            Sought::Fuzzy(form, edits) => is_within(vocabulary.exact(word), form, *edits),
            Sought::Any => true,
        }
    }
}

/// Whether `word` fits `pattern`: `*` is any run of characters, `?` one.
fn fits_pattern(word: &str, pattern: &str) -> bool {
    if word.is_ascii() && pattern.is_ascii() {
        return fits(word.as_bytes(), pattern.as_bytes(), b'*', b'?');
    }
    let characters = |text: &str| text.chars().collect::<Vec<_>>();
    fits(&characters(word), &characters(pattern), '*', '?')
}

fn fits<C: Copy + PartialEq>(word: &[C], pattern: &[C], any: C, one: C) -> bool {
    let (mut w, mut p) = (0, 0);
    // Where the last `*` stood, and how far the word had come there: to let it take one character more.
    let mut star: Option<(usize, usize)> = None;
    while w < word.len() {
        match pattern.get(p) {
            Some(&c) if c == any => {
                star = Some((p, w));
                p += 1;
            }
            Some(&c) if c == one || c == word[w] => {
                w += 1;
                p += 1;
            }
            _ => {
                let Some((at, taken)) = star else {
                    return false;
                };
                star = Some((at, taken + 1));
                (p, w) = (at + 1, taken + 1);
            }
        }
    }
    pattern[p..].iter().all(|&c| c == any)
}

/// Whether so many edits lead from `word` to `form`: a character more, less or other, or two neighbours changed over
/// (optimal string alignment).
fn is_within(word: &str, form: &[char], edits: usize) -> bool {
    if word.len() + edits < form.len() {
        return false;
    }
    let word: Vec<char> = word.chars().collect();
    if word.len().abs_diff(form.len()) > edits {
        return false;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=form.len()).collect();
    for w in 1..=word.len() {
        let mut next = vec![w; form.len() + 1];
        for f in 1..=form.len() {
            let other = usize::from(word[w - 1] != form[f - 1]);
            next[f] = (last[f] + 1).min(next[f - 1] + 1).min(last[f - 1] + other);
            if w > 1 && f > 1 && word[w - 1] == form[f - 2] && word[w - 2] == form[f - 1] {
                next[f] = next[f].min(before[f - 2] + 1);
            }
        }
        if next.iter().all(|distance| *distance > edits)
            && last.iter().all(|distance| *distance > edits)
        {
            return false;
        }
        before = std::mem::replace(&mut last, next);
    }
    last[form.len()] <= edits
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wildcards_fit() {
        for (pattern, word, fits) in [
            ("m*hamm?d", "mohammed", true),
            ("m*hamm?d", "muhammad", true),
            ("m*hamm?d", "mohamed", false),
            ("*gate", "watergate", true),
            ("*gate", "gate", true),
            ("cease*", "cease", true),
            ("?", "a", true),
            ("?", "ab", false),
            ("a*a*a*b", "aaaaaaaaaaaaaaaa", false),
            ("*", "", true),
        ] {
            assert_eq!(fits_pattern(word, pattern), fits, "{pattern} {word}");
        }
    }

    #[test]
    fn edits_are_counted() {
        for (form, word, edits, within) in [
            ("netanyahu", "netanyahu", 1, true),
            ("netanyahu", "netenyahu", 1, true),
            ("netanyahu", "netnayahu", 1, true),
            ("netanyahu", "natanyaho", 1, false),
            ("netanyahu", "natanyaho", 2, true),
            // A transposition is not edited again: optimal string alignment, not the full Damerau distance.
            ("ca", "abc", 2, false),
            ("müde", "mude", 1, true),
            ("ab", "abcd", 1, false),
            ("a", "", 1, true),
        ] {
            let form: Vec<char> = form.chars().collect();
            assert_eq!(is_within(word, &form, edits), within, "{form:?} {word}");
        }
    }
}
