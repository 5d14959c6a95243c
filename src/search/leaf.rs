//! What a leaf of the query (a word, a phrase, a wildcard, a fuzzy word) looks for, word by word.

use crate::query::tree::{Kind, Node};
use crate::text::analysis::{form, is_unspaced, words};

/// What is looked for at one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Wanted {
    /// The inflections of a word as typed, in the language of the article.
    Inflected(String),
    /// This exact form.
    Exact(String),
    /// An exact form that fits this pattern of `*` and `?`.
    Pattern(String),
    /// An exact form within so many edits of this one.
    Fuzzy(String, u8),
    /// Any word.
    Any,
}

/// What a leaf looks for, side by side. Bare words stand for their `inflected` forms, or for their exact ones. Empty when
/// it holds no word, or when `node` is no leaf.
pub(crate) fn wanted(node: &Node, inflected: bool) -> Vec<Wanted> {
    let each = |text: &str, wanted: &dyn Fn(&str) -> Wanted| -> Vec<Wanted> {
        words(text).map(|word| wanted(&text[word])).collect()
    };
    match &node.kind {
        Kind::Word(text) if inflected => inflections(text),
        Kind::Phrase(text) if text.contains(['*', '?']) => patterns(text),
        Kind::Word(text) | Kind::Phrase(text) => exact(text),
        Kind::Wildcard(text) => patterns(text),
        Kind::Fuzzy { word, edits } => {
            each(word, &|word| Wanted::Fuzzy(form::exact_of(word), *edits))
        }
        _ => Vec::new(),
    }
}

/// The inflections of the words of a text. Of letters that no space divides only the first has to begin a word: `京都` is not in
/// `東京都`, and `北京` is in `北京市`.
fn inflections(text: &str) -> Vec<Wanted> {
    let mut letter_ended = None;
    let each = words(text).map(|range| {
        let word = &text[range.clone()];
        let unspaced = is_unspaced(word);
        let follows = unspaced && letter_ended == Some(range.start);
        letter_ended = unspaced.then_some(range.end);
        if follows {
            Wanted::Exact(form::exact_of(word))
        } else {
            Wanted::Inflected(word.to_owned())
        }
    });
    each.collect()
}

/// The exact forms of the words of a text.
pub(crate) fn exact(text: &str) -> Vec<Wanted> {
    let forms = words(text).map(|word| form::exact_of(&text[word]));
    forms.map(Wanted::Exact).collect()
}

/// Two letters that no text has (of the Gothic alphabet: they have no case and no other form). They stand for the wildcards
/// while words are found, so that a pattern is taken apart like the words that it is to fit.
const STAND_INS: [(char, char); 2] = [('*', '\u{10330}'), ('?', '\u{10331}')];

fn patterns(text: &str) -> Vec<Wanted> {
    let lettered: String = text
        .chars()
        .map(|c| {
            let stand_in = STAND_INS.iter().find(|(wildcard, _)| *wildcard == c);
            stand_in.map_or(c, |(_, letter)| *letter)
        })
        .collect();
    let mut found: Vec<Wanted> = Vec::new();
    let mut end = None;
    for word in words(&lettered) {
        let joined = end == Some(word.start);
        end = Some(word.end);
        let mut pattern = form::exact_of(&lettered[word]);
        for (wildcard, letter) in STAND_INS {
            pattern = pattern.replace(letter, &wildcard.to_string());
        }
        let any = pattern.bytes().all(|byte| byte == b'*');
        // A letter that is a word by itself (Han, kana, Thai) is whole: nothing of it is left for the `*` beside it.
        let after_any = joined && found.last() == Some(&Wanted::Any);
        if any && joined {
            continue;
        }
        if after_any {
            found.pop();
        }
        found.push(match pattern {
            _ if any => Wanted::Any,
            _ if pattern.contains(['*', '?']) => Wanted::Pattern(pattern),
            _ => Wanted::Exact(pattern),
        });
    }
    // Any word at either end asks for nothing.
    while found.last() == Some(&Wanted::Any) {
        found.pop();
    }
    let first = found.iter().position(|wanted| *wanted != Wanted::Any);
    found.drain(..first.unwrap_or(found.len()));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(pattern: &str, expected: &[Wanted]) {
        assert_eq!(patterns(pattern), expected, "{pattern}");
    }

    #[test]
    fn patterns_are_taken_apart_like_words() {
        let exact = |form: &str| Wanted::Exact(form.into());
        let pattern = |form: &str| Wanted::Pattern(form.into());
        check("M*hamm?d", &[pattern("m*hamm?d")]);
        check("cease-f*", &[exact("cease"), pattern("f*")]);
        check("prim* Minister's", &[pattern("prim*"), exact("minister")]);
        check(
            "state of * union",
            &[exact("state"), exact("of"), Wanted::Any, exact("union")],
        );
        check("* union *", &[exact("union")]);
        check("café*", &[pattern("cafe*")]);
        check("港*", &[exact("港")]);
        check("*港", &[exact("港")]);
        check("198?", &[pattern("198?")]);
        check("*", &[]);
    }
}
