//! Languages that their letters tell, among those that share a script.

use super::function_words::{AMHARIC, TIGRINYA};

/// Letters of the Arabic script that only one language of newspapers has, or has often; the first row with enough of them
/// wins, Uyghur before Kurdish, whose vowels it shares.
const ARABIC_LETTERS: &[(&str, &[char])] = &[
    ("ug", &['ڭ', 'ۇ', 'ۈ', 'ۋ']),
    ("ku", &['ڕ', 'ڵ', 'ێ', 'ۆ', 'ە', 'ڤ']),
    (
        "ps",
        &['ټ', 'ډ', 'ړ', 'ږ', 'ښ', 'ګ', 'ې', 'ۍ', 'ځ', 'څ', 'ڼ'],
    ),
    (
        "sd",
        &[
            'ٻ', 'ڀ', 'ٺ', 'ٿ', 'ڄ', 'ڃ', 'ڇ', 'ڌ', 'ڏ', 'ڊ', 'ڦ', 'ڪ', 'ڱ', 'ڻ',
        ],
    ),
];

/// Of so many letters, one must be of the language's own: no quotation in Arabic or Persian has so many.
const ONE_OF: usize = 20;

/// A language in the Arabic script that its own letters tell. None for Arabic, Persian and Urdu, which whatlang tells.
pub(super) fn of_arabic_letters(sample: &str, letters: usize) -> Option<&'static str> {
    ARABIC_LETTERS
        .iter()
        .find(|(_, own)| {
            let found = sample.chars().filter(|c| own.contains(c)).count();
            found >= 3 && found * ONE_OF >= letters
        })
        .map(|(language, _)| *language)
}

/// Whether letters tell a language.
pub(super) fn has(language: &str) -> bool {
    ["am", "ti"].contains(&language) || ARABIC_LETTERS.iter().any(|(own, _)| *own == language)
}

/// Amharic or Tigrinya, by their small words and by letters that only Tigrinya has.
pub(super) fn of_ethiopia(sample: &str) -> &'static str {
    let words = || sample.split(|c: char| !c.is_alphabetic());
    let count = |table: &[&str]| words().filter(|word| table.contains(word)).count();
    let letters = |of: fn(char) -> bool| sample.chars().filter(|c| of(*c)).count();
    let tigrinya = 3 * count(TIGRINYA)
        + letters(|c| matches!(c, 'ኣ' | '\u{1250}'..='\u{125f}' | '\u{12b8}'..='\u{12be}'));
    let amharic = 3 * count(AMHARIC) + letters(|c| c == 'አ');
    if tigrinya > amharic { "ti" } else { "am" }
}

/// The scripts of languages, as far as a text in another script cannot be in them: the first character of a block, and its
/// last.
#[rustfmt::skip]
#[expect(clippy::type_complexity, reason = "a table of pairs of lists")]
const SCRIPTS: &[(&[&str], &[(char, char)])] = &[
    (&["ru", "uk", "be", "bg", "mk", "kk", "ky", "tg", "mn", "tt"], &[('\u{400}', '\u{52f}')]),
    (&["ar", "fa", "ur", "ps", "sd", "ug", "ckb"], &[('\u{600}', '\u{6ff}'), ('\u{750}', '\u{77f}'), ('\u{fb50}', '\u{feff}')]),
    (&["zh"], &[('\u{3400}', '\u{9fff}'), ('\u{20000}', '\u{323af}')]),
    (&["ja"], &[('\u{3040}', '\u{30ff}'), ('\u{3400}', '\u{9fff}')]),
    (&["ko"], &[('\u{1100}', '\u{11ff}'), ('\u{3130}', '\u{318f}'), ('\u{ac00}', '\u{d7af}')]),
    (&["am", "ti"], &[('\u{1200}', '\u{139f}')]),
    (&["he", "yi"], &[('\u{590}', '\u{5ff}')]), (&["el"], &[('\u{370}', '\u{3ff}'), ('\u{1f00}', '\u{1fff}')]),
    (&["hi", "mr", "ne"], &[('\u{900}', '\u{97f}')]), (&["bn", "as"], &[('\u{980}', '\u{9ff}')]),
    (&["pa"], &[('\u{a00}', '\u{a7f}'), ('\u{600}', '\u{6ff}')]), (&["gu"], &[('\u{a80}', '\u{aff}')]),
    (&["or"], &[('\u{b00}', '\u{b7f}')]), (&["ta"], &[('\u{b80}', '\u{bff}')]), (&["te"], &[('\u{c00}', '\u{c7f}')]),
    (&["kn"], &[('\u{c80}', '\u{cff}')]), (&["ml"], &[('\u{d00}', '\u{d7f}')]), (&["si"], &[('\u{d80}', '\u{dff}')]),
    (&["th"], &[('\u{e00}', '\u{e7f}')]), (&["lo"], &[('\u{e80}', '\u{eff}')]), (&["bo"], &[('\u{f00}', '\u{fff}')]),
    (&["my"], &[('\u{1000}', '\u{109f}')]), (&["ka"], &[('\u{10a0}', '\u{10ff}')]), (&["km"], &[('\u{1780}', '\u{17ff}')]),
    (&["hy"], &[('\u{530}', '\u{58f}')]),
    // Written in two or three scripts.
    (&["sr", "bs"], &[('A', '\u{24f}'), ('\u{400}', '\u{52f}')]),
    (&["ku", "az", "uz", "tk"], &[('A', '\u{24f}'), ('\u{400}', '\u{52f}'), ('\u{600}', '\u{6ff}')]),
];

/// The Latin script, in which every other language is written.
const LATIN: &[(char, char)] = &[('A', '\u{24f}'), ('\u{1e00}', '\u{1eff}')];

/// Whether a text has letters in which the language is written.
pub(super) fn can_be(sample: &str, language: &str) -> bool {
    let blocks = SCRIPTS
        .iter()
        .find(|(languages, _)| languages.contains(&language))
        .map_or(LATIN, |(_, blocks)| blocks);
    sample.chars().any(|c| {
        c.is_alphabetic()
            && blocks
                .iter()
                .any(|(first, last)| (first..=last).contains(&&c))
    })
}
