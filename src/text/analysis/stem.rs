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

/// Frequent words that have no other forms, by language, in exact form: the index keeps these once, and not as a stem too.
const INVARIABLE: &[(&str, &str)] = &[
    (
        "de",
        "der die das und in zu den dem des mit sich auf fur ist im nicht ein eine als auch es an aus \
         er hat dass sie nach wird bei um am sind noch wie einem uber einen so zum war haben nur oder \
         aber vor zur bis mehr durch man sein wurde wenn unter wir ich",
    ),
    (
        "en",
        "the of and to in a is that for it as was with be by on not he i this are or his from at which \
         but have an had they you were their one all we can her has there been if more when will would \
         who so no said its than into about after out up over she other some what only them",
    ),
    (
        "es",
        "de la que el en y a los se del las un por con no una su para es al lo como mas o pero sus le ha \
         me si sin sobre este ya entre cuando",
    ),
    (
        "fr",
        "de la le et les des en un du une que est pour qui dans a par plus pas au sur ne se ce il sont \
         avec son aux d l ou mais comme on nous sa elle",
    ),
    (
        "it",
        "di e il la che in a per un del non una le si da con i sono al dei della ha come piu o lo nel \
         alla gli anche ma delle",
    ),
    (
        "pt",
        "de a o que e do da em um para com nao uma os no se na por mais as dos como mas ao das foi",
    ),
];

/// Whether a form holds a digit: such words are never stemmed (`1980` is not `1980s`).
fn is_number(form: &str) -> bool {
    form.bytes().any(|byte| byte.is_ascii_digit())
}

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

    fn invariable(&self) -> impl Iterator<Item = &'static str> {
        let row = INVARIABLE.iter().find(|(code, _)| *code == self.code);
        row.into_iter()
            .flat_map(|(_, words)| words.split_ascii_whitespace())
    }

    /// Whether a word, in its exact form, is kept in that form only: it is its own and only inflection.
    pub fn is_invariable(&self, exact: &str) -> bool {
        is_number(exact) || self.invariable().any(|word| word == exact)
    }

    /// The words kept in their exact form only that have the same stem as `word`, by their exact forms.
    pub fn invariable_kin(&self, word: &str) -> Vec<String> {
        let exact = form::exact_of(word);
        if is_number(&exact) {
            return vec![exact];
        }
        let (mut stem, mut other) = (String::new(), String::new());
        self.stem(word, &mut stem);
        let kin = self.invariable().filter(|kin| {
            self.stem(kin, &mut other);
            other == stem
        });
        kin.map(str::to_owned).collect()
    }

    /// Whether a stem begins with the same letter as its word: the algorithm only takes endings off.
    pub fn keeps_beginnings(&self) -> bool {
        const ENDINGS_ONLY: [&str; 15] = [
            "ca", "da", "de", "en", "es", "fi", "fr", "it", "nb", "nn", "no", "pt", "ro", "ru",
            "sv",
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
            && !is_number(stem)
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
        check("en", &["1980s"], "1980s");
    }

    #[test]
    fn invariable_words_know_their_kin() {
        let kin = |language, word| Stemmer::for_language(Some(language)).invariable_kin(word);
        assert_eq!(kin("en", "The"), ["the"]);
        assert_eq!(kin("en", "41,200"), ["41200"]);
        assert_eq!(kin("en", "talks"), [""; 0]);
        // `le` and `les` have one stem: a bare word finds both.
        assert_eq!(kin("fr", "le"), ["le", "les"]);
        for (code, words) in INVARIABLE {
            for word in words.split_ascii_whitespace() {
                assert_eq!(form::exact_of(word), word, "{code}");
                assert!(kin(code, word).contains(&word.to_owned()), "{code} {word}");
            }
        }
    }

    #[test]
    fn endings_only_are_taken_off() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/sample-corpus/transmarine/");
        let news = std::fs::read_to_string(format!("{folder}wire-2015-2024.jsonl")).unwrap();
        let mut stem = String::new();
        for stemmer in Stemmer::all().filter(Stemmer::keeps_beginnings) {
            for word in crate::text::analysis::words(&news).map(|word| &news[word]) {
                stemmer.stem(word, &mut stem);
                let exact = form::exact_of(word);
                assert_eq!(
                    stem.chars().next(),
                    exact.chars().next(),
                    "{} {word}",
                    stemmer.code()
                );
            }
        }
    }

    #[test]
    fn the_table_can_be_searched() {
        assert!(STEMMERS.is_sorted_by_key(|(code, _)| code));
        assert_eq!(Stemmer::all().count(), STEMMERS.len() + 1);
    }
}
