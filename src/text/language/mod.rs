//! In which language a text is, and what the names of languages mean.
//!
//! Two models are asked: the small words of some twenty languages, mostly of Africa, that are missing in whatlang or mixed up by
//! it, then whatlang's trigrams for the others. Only the first [`SAMPLE`] characters are looked at.

mod function_words;
mod names;

use std::collections::HashMap;
use std::sync::LazyLock;

use self::function_words::{AMHARIC, FUNCTION_WORDS, TIGRINYA};
use whatlang::{Lang, Script};

pub use names::normalise;

/// So many characters tell the language; more would cost time at indexing.
const SAMPLE: usize = 1000;

/// Fewer letters tell nothing.
const FEWEST_LETTERS: usize = 24;

/// Fewer characters tell nothing in scripts of one language, or where a character is a word.
const FEWEST_CHARACTERS: usize = 4;

/// Fewer small words may be chance.
const FEWEST_HITS: u32 = 4;

/// Word → the rows of [`FUNCTION_WORDS`] that have it.
static ROWS_BY_WORD: LazyLock<HashMap<&str, Vec<usize>>> = LazyLock::new(|| {
    let mut rows: HashMap<&str, Vec<usize>> = HashMap::new();
    for (row, (_, _, words)) in FUNCTION_WORDS.iter().enumerate() {
        for word in words.split(' ') {
            rows.entry(word).or_default().push(row);
        }
    }
    rows
});

/// The language of a text as a BCP 47 tag (`en`, `pcm`, `zh`), when that is sure; nothing for a text too short to tell.
#[must_use]
pub fn detect(text: &str) -> Option<&'static str> {
    let end = text
        .char_indices()
        .nth(SAMPLE)
        .map_or(text.len(), |(at, _)| at);
    let sample = &text[..end];
    let letters = sample.chars().filter(|c| c.is_alphabetic()).count();
    let script = whatlang::detect_script(sample)?;
    match script {
        Script::Ethiopic if letters >= FEWEST_CHARACTERS => return Some(of_ethiopia(sample)),
        Script::Latin if letters >= FEWEST_LETTERS => {
            if let Some(language) = by_function_words(sample) {
                return Some(language);
            }
        }
        Script::Mandarin | Script::Hiragana | Script::Katakana | Script::Hangul
            if letters >= FEWEST_CHARACTERS => {}
        _ if letters < FEWEST_LETTERS => return None,
        _ => {}
    }
    let info = whatlang::detect(sample)?;
    let sure = info.is_reliable() || letters > 200;
    tag_of(info.lang()).filter(|_| sure)
}

/// The language whose small words are as frequent as they should be, if it is one that whatlang does not do as well.
fn by_function_words(sample: &str) -> Option<&'static str> {
    let mut hits = [0u32; FUNCTION_WORDS.len()];
    let mut count = 0u32;
    let sample = sample.to_lowercase().replace('’', "'");
    for word in sample.split(|c: char| {
        !c.is_alphabetic() && c != '\'' && !unicode_normalization::char::is_combining_mark(c)
    }) {
        let word = word.trim_matches('\'');
        if !word.is_empty() {
            count += 1;
            for row in ROWS_BY_WORD.get(word).into_iter().flatten() {
                hits[*row] += 1;
            }
        }
    }
    // The share of the usual share, in percent.
    let score = |row: usize| hits[row] * 10_000 / (count.max(1) * FUNCTION_WORDS[row].1);
    let best = (0..hits.len()).max_by_key(|row| (score(*row), std::cmp::Reverse(*row)))?;
    let (language, ..) = FUNCTION_WORDS[best];
    let sure = hits[best] >= FEWEST_HITS && score(best) >= 45;
    (sure && !matches!(language, "en" | "fr")).then_some(language)
}

/// Amharic or Tigrinya, by their small words and by letters that only Tigrinya has.
fn of_ethiopia(sample: &str) -> &'static str {
    let words = || sample.split(|c: char| !c.is_alphabetic());
    let count = |table: &[&str]| words().filter(|word| table.contains(word)).count();
    let letters = |of: fn(char) -> bool| sample.chars().filter(|c| of(*c)).count();
    let tigrinya = 3 * count(TIGRINYA)
        + letters(|c| matches!(c, 'ኣ' | '\u{1250}'..='\u{125f}' | '\u{12b8}'..='\u{12be}'));
    let amharic = 3 * count(AMHARIC) + letters(|c| c == 'አ');
    if tigrinya > amharic { "ti" } else { "am" }
}

/// The tag of one of whatlang's languages. Esperanto and Latin are left out: no newspaper is in them, but headlines, names and
/// lists are taken for them.
fn tag_of(language: Lang) -> Option<&'static str> {
    match language {
        Lang::Epo | Lang::Lat => None,
        Lang::Cmn => Some("zh"),
        Lang::Pes => Some("fa"),
        other => names::two_letters(other.code()).or(Some(other.code())),
    }
}
