//! Stems: what bare words match. A stem belongs to a language, and is compared only with stems of that language.
//!
//! The Snowball algorithms of `frostem`. A language without one, or no language at all, has the empty code and leaves
//! words as their exact forms.

use std::borrow::Cow;

use frostem::Algorithm;

use super::{form, words};

/// The languages with a stemmer, by the first part of their BCP 47 tags.
const STEMMERS: &[(&str, Algorithm)] = &[
    ("ar", Algorithm::Arabic),
    ("ca", Algorithm::Catalan),
    ("cs", Algorithm::Czech),
    ("da", Algorithm::Danish),
    ("de", Algorithm::German),
    ("el", Algorithm::Greek),
    ("en", Algorithm::English),
    ("es", Algorithm::Spanish),
    ("et", Algorithm::Estonian),
    ("eu", Algorithm::Basque),
    ("fa", Algorithm::Persian),
    ("fi", Algorithm::Finnish),
    ("fr", Algorithm::French),
    ("ga", Algorithm::Irish),
    ("hi", Algorithm::Hindi),
    ("hu", Algorithm::Hungarian),
    ("hy", Algorithm::Armenian),
    ("id", Algorithm::Indonesian),
    ("it", Algorithm::Italian),
    ("lt", Algorithm::Lithuanian),
    ("nb", Algorithm::Norwegian),
    ("ne", Algorithm::Nepali),
    ("nl", Algorithm::Dutch),
    ("nn", Algorithm::Norwegian),
    ("no", Algorithm::Norwegian),
    ("pl", Algorithm::Polish),
    ("pt", Algorithm::Portuguese),
    ("ro", Algorithm::Romanian),
    ("ru", Algorithm::Russian),
    ("sr", Algorithm::Serbian),
    ("st", Algorithm::Sesotho),
    ("sv", Algorithm::Swedish),
    ("ta", Algorithm::Tamil),
    ("tr", Algorithm::Turkish),
    ("uk", Algorithm::Ukrainian),
    ("yi", Algorithm::Yiddish),
];

/// Stems words of one language.
#[derive(Clone, Copy)]
pub struct Stemmer {
    code: &'static str,
    stemmer: Option<frostem::Stemmer>,
}

impl Stemmer {
    /// The stemmer for a BCP 47 tag; the one that changes nothing for a language that has none.
    pub fn for_language(tag: Option<&str>) -> Self {
        let code = tag
            .unwrap_or_default()
            .split(['-', '_'])
            .next()
            .unwrap_or_default();
        match STEMMERS.binary_search_by(|(known, _)| (*known).cmp(code)) {
            Ok(row) => Stemmer {
                code: STEMMERS[row].0,
                stemmer: Some(frostem::Stemmer::new(STEMMERS[row].1)),
            },
            Err(_) => Stemmer {
                code: "",
                stemmer: None,
            },
        }
    }

    /// Every stemmer there is, the one that changes nothing first.
    pub fn all() -> impl Iterator<Item = Stemmer> {
        std::iter::once(None)
            .chain(STEMMERS.iter().map(|(code, _)| Some(*code)))
            .map(Stemmer::for_language)
    }

    /// The code of its language, empty for none: stems are compared only within one code.
    pub fn code(&self) -> &'static str {
        self.code
    }

    /// Whether a stem begins with the same letter as its word: the algorithm only takes endings off.
    pub fn keeps_beginnings(&self) -> bool {
        const ENDINGS_ONLY: [&str; 16] = [
            "ca", "da", "de", "en", "es", "fi", "fr", "it", "nb", "nn", "no", "pt", "ro", "ru",
            "sv", "tr",
        ];
        self.stemmer.is_none() || ENDINGS_ONLY.contains(&self.code)
    }

    /// The stem of `word`, written into `stem`.
    pub fn stem(&self, word: &str, stem: &mut String) {
        // Turkish writes the endings of names after an apostrophe: Ankara'da, "in Ankara".
        let word = if self.code == "tr" {
            word.split(words::is_apostrophe).next().unwrap_or(word)
        } else {
            word
        };
        form::lower(word, stem);
        if stem.contains('.') && stem.starts_with(char::is_alphabetic) {
            // Bare `U.S.` and `US` find each other.
            stem.retain(|c| c != '.');
        }
        if let Some(stemmer) = &self.stemmer
            && let Cow::Owned(shorter) = stemmer.stem(stem)
        {
            *stem = shorter;
        }
        if !stem.is_ascii() {
            let folded = form::fold(stem);
            *stem = folded;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(language: &str, words: &[&str], expected: &str) {
        let (stemmer, mut stem) = (Stemmer::for_language(Some(language)), String::new());
        for word in words {
            stemmer.stem(word, &mut stem);
            assert_eq!(stem, expected, "{word}");
        }
    }

    #[test]
    fn inflections_share_a_stem() {
        check(
            "en-GB",
            &["talk", "Talks", "talking", "TALKED", "talk's"],
            "talk",
        );
        check("en", &["US", "U.S.", "us"], "us");
        check("fr", &["générale", "GÉNÉRALES", "generale"], "general");
        check("de", &["Häuser", "Häusern"], "haus");
        check("tr", &["Ankara’da", "ANKARA", "Ankara"], "ankar");
        check("xx", &["Talks"], "talks");
    }

    #[test]
    fn the_table_can_be_searched() {
        assert!(STEMMERS.is_sorted_by_key(|(code, _)| code));
        assert_eq!(Stemmer::all().count(), STEMMERS.len() + 1);
    }
}
