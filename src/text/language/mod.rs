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

pub use names::{english_name, normalise};

/// So many characters tell the language; more would cost time at indexing.
const SAMPLE: usize = 1000;

/// Fewer letters tell nothing.
const FEWEST_LETTERS: usize = 24;

/// Fewer characters tell nothing in scripts of one language, or where a character is a word.
const FEWEST_CHARACTERS: usize = 4;

/// Scripts that tell the language, as far as we tell languages apart.
const ONE_LANGUAGE: [Script; 5] = [
    Script::Ethiopic,
    Script::Mandarin,
    Script::Hiragana,
    Script::Katakana,
    Script::Hangul,
];

/// Fewer small words may be chance.
const FEWEST_HITS: u32 = 4;

/// The percentage of their usual share that makes small words decide alone, and the one that is enough where trigrams
/// are unsure.
const SURE: u32 = 40;
const PERHAPS: u32 = 15;

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
    let enough = match script {
        Script::Latin => FEWEST_LETTERS,
        _ if ONE_LANGUAGE.contains(&script) => FEWEST_CHARACTERS,
        _ => FEWEST_LETTERS,
    };
    if letters < enough {
        return None;
    }
    if script == Script::Ethiopic {
        return Some(of_ethiopia(sample));
    }
    let votes = (script == Script::Latin).then(|| Votes::of(sample));
    if let Some(language) = votes.as_ref().and_then(|votes| votes.winner(SURE)) {
        return Some(language);
    }
    let info = whatlang::detect(sample)?;
    if !info.is_reliable()
        && let Some(language) = votes.as_ref().and_then(|votes| votes.winner(PERHAPS))
    {
        return Some(language);
    }
    let sure = info.is_reliable() || letters > if votes.is_some() { 200 } else { 60 };
    let language = tag_of(info.lang()).filter(|_| sure)?;
    match votes {
        Some(votes) if language == "zu" => Some(votes.rather("zu", "xh")),
        _ => Some(language),
    }
}

/// What the small words of a text say about each row of [`FUNCTION_WORDS`].
struct Votes {
    /// Words of the text.
    words: u32,
    /// How many of them a row has.
    hits: [u32; FUNCTION_WORDS.len()],
    /// The same, where a word that few rows have counts more.
    weight: [u32; FUNCTION_WORDS.len()],
}

impl Votes {
    fn of(sample: &str) -> Self {
        let mut votes = Votes {
            words: 0,
            hits: [0; FUNCTION_WORDS.len()],
            weight: [0; FUNCTION_WORDS.len()],
        };
        let sample = sample.to_lowercase().replace('’', "'");
        let between = |c: char| {
            !c.is_alphabetic() && c != '\'' && !unicode_normalization::char::is_combining_mark(c)
        };
        for word in sample
            .split(between)
            .map(|word| word.trim_matches('\''))
            .filter(|word| !word.is_empty())
        {
            votes.words += 1;
            let rows = ROWS_BY_WORD.get(word).map_or(&[][..], Vec::as_slice);
            for row in rows {
                votes.hits[*row] += 1;
                votes.weight[*row] += [0, 12, 6, 4][rows.len().min(3)];
            }
        }
        votes
    }

    /// The language whose small words weigh most, when they have so much of their usual share.
    fn winner(&self, least_percent: u32) -> Option<&'static str> {
        let best = (0..self.weight.len())
            .max_by_key(|row| (self.weight[*row], std::cmp::Reverse(*row)))?;
        let (language, usual, _) = FUNCTION_WORDS[best];
        let percent_of_usual = self.hits[best] * 10_000 / (self.words.max(1) * usual);
        (self.hits[best] >= FEWEST_HITS && percent_of_usual >= least_percent).then_some(language)
    }

    /// Which of two neighbours it is rather: whatlang knows only the first.
    fn rather(&self, known: &'static str, neighbour: &'static str) -> &'static str {
        let weight = |tag: &str| {
            FUNCTION_WORDS
                .iter()
                .position(|row| row.0 == tag)
                .map_or(0, |row| self.weight[row])
        };
        if weight(neighbour) > weight(known) {
            neighbour
        } else {
            known
        }
    }
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
