//! The words of a part of an article, as tantivy wants them: one pass that gives exact forms, stems and marks.
//!
//! tantivy has one tokenizer a field, but the language is the article's and the emphasis the part's. So the value that
//! is indexed (and never stored) says both before the text: see [`Part`].
//!
//! A part with emphasis 3 has each of its words counted three times, at one position. That is BM25F by replication
//! (Robertson, Zaragoza & Taylor, "Simple BM25 extension to multiple weighted fields", CIKM 2004): one field can be
//! ranked with tantivy's own block-max pruning, and a word in the headline still weighs more.

use rustc_hash::FxHashMap;
use tantivy::tokenizer::{TextAnalyzer, Token, TokenStream, Tokenizer, TokenizerManager};

use super::terms::{self, Mark};
use crate::text::analysis::stem::Stemmer;
use crate::text::analysis::{Words, form, words};
use crate::text::sentence::{Unit, units};

/// The name under which it is registered for the index.
pub const NAME: &str = "words";
/// The name of the one that keeps the text of a [`Part`] whole, for columns.
pub const VALUES: &str = "values";

/// A value of a word field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part<'a> {
    /// What part of the article it is.
    pub opens: Mark,
    /// How often each word counts. 0: once, and in its exact form only.
    pub emphasis: u8,
    /// The BCP 47 tag of the article; empty when it is unknown.
    pub language: &'a str,
    /// The text.
    pub text: &'a str,
}

impl<'a> Part<'a> {
    /// The value to be indexed.
    pub fn encode(&self) -> String {
        let opens = match self.opens {
            Mark::Headline => 'h',
            Mark::Body => 'b',
            Mark::Part | Mark::Paragraph | Mark::Sentence => 'f',
        };
        format!("{opens}{}{}\n{}", self.emphasis, self.language, self.text)
    }

    fn decode(value: &'a str) -> Self {
        let (head, text) = value.split_once('\n').unwrap_or(("f0", value));
        let (opens, head) = head.split_at(head.len().min(1));
        let (emphasis, language) = head.split_at(head.len().min(1));
        Part {
            opens: match opens {
                "h" => Mark::Headline,
                "b" => Mark::Body,
                _ => Mark::Part,
            },
            emphasis: emphasis.parse().unwrap_or(0),
            language,
            text,
        }
    }
}

/// Registers the tokenizers of the word fields and of their columns.
pub fn register(tokenizers: &TokenizerManager, columns: &TokenizerManager) {
    tokenizers.register(NAME, TextAnalyzer::from(WordTokenizer::default()));
    columns.register(VALUES, TextAnalyzer::from(ValueTokenizer::default()));
}

#[derive(Clone, Default)]
struct WordTokenizer {
    token: Token,
    /// By the code of the language.
    vocabularies: FxHashMap<&'static str, Vocabulary>,
}

/// The words of one language that were met, with their terms: words recur.
#[derive(Clone, Default)]
struct Vocabulary {
    numbers: FxHashMap<Box<str>, usize>,
    terms: Vec<Terms>,
}

/// A word's exact form, and its stem's term when it has forms that differ.
#[derive(Clone)]
struct Terms {
    exact: Box<str>,
    stem: Option<Box<str>>,
}

/// How many words a vocabulary holds before it starts anew.
const WORDS: usize = 1 << 16;

impl Vocabulary {
    /// The number of a word in `terms`.
    fn number(&mut self, word: &str, stemmer: &Stemmer) -> usize {
        if let Some(number) = self.numbers.get(word) {
            return *number;
        }
        let exact = form::exact_of(word);
        let stem = (!stemmer.is_invariable(&exact)).then(|| {
            let mut stem = String::new();
            stemmer.stem(word, &mut stem);
            terms::stem_term(stemmer.code(), &stem).into()
        });
        self.terms.push(Terms {
            exact: exact.into(),
            stem,
        });
        self.numbers.insert(word.into(), self.terms.len() - 1);
        self.terms.len() - 1
    }
}

impl Tokenizer for WordTokenizer {
    type TokenStream<'a> = WordStream<'a>;

    fn token_stream<'a>(&'a mut self, value: &'a str) -> WordStream<'a> {
        let part = Part::decode(value);
        let stemmer = Stemmer::for_language((part.emphasis > 0).then_some(part.language));
        let vocabulary = self.vocabularies.entry(stemmer.code()).or_default();
        if vocabulary.terms.len() > WORDS {
            *vocabulary = Vocabulary::default();
        }
        self.token.reset();
        WordStream {
            text: part.text,
            words: words(part.text),
            units: units(part.text).into_iter().peekable(),
            opens: part.opens,
            emphasis: part.emphasis,
            stemmer,
            vocabulary,
            queue: Queue::default(),
            token: &mut self.token,
        }
    }
}

/// What is still to be given at the position of the current word.
#[derive(Debug, Default)]
struct Queue {
    /// The widest thing that begins here, then what it includes.
    mark: Option<Mark>,
    /// The number of the word.
    word: usize,
    exact: u8,
    stem: u8,
    /// The term that the token holds is the one to be given again.
    again: bool,
}

struct WordStream<'a> {
    text: &'a str,
    words: Words<'a>,
    units: std::iter::Peekable<std::vec::IntoIter<(usize, Unit)>>,
    opens: Mark,
    emphasis: u8,
    stemmer: Stemmer,
    vocabulary: &'a mut Vocabulary,
    queue: Queue,
    token: &'a mut Token,
}

impl WordStream<'_> {
    fn next_word(&mut self) -> bool {
        let Some(word) = self.words.next() else {
            return false;
        };
        let mut unit = None;
        while let Some((_, begins)) = self.units.next_if(|(at, _)| *at <= word.start) {
            unit = unit.max(Some(begins));
        }
        let mark = unit.map(|unit| match unit {
            Unit::Sentence => Mark::Sentence,
            Unit::Paragraph => Mark::Paragraph,
            Unit::Text => self.opens,
        });
        self.token.position = self.token.position.wrapping_add(1);
        self.token.offset_from = word.start;
        self.token.offset_to = word.end;
        let word = self.vocabulary.number(&self.text[word], &self.stemmer);
        let inflects = self.vocabulary.terms[word].stem.is_some() && !self.words.is_inside();
        self.queue = Queue {
            mark,
            word,
            exact: self.emphasis.max(1),
            stem: if inflects { self.emphasis } else { 0 },
            again: false,
        };
        true
    }

    /// Gives a term of the word; `more` when the same comes again.
    fn give(&mut self, which: fn(&Terms) -> &str, more: bool) {
        if !self.queue.again {
            self.token.text.clear();
            self.token
                .text
                .push_str(which(&self.vocabulary.terms[self.queue.word]));
        }
        self.queue.again = more;
    }
}

impl TokenStream for WordStream<'_> {
    fn advance(&mut self) -> bool {
        loop {
            if let Some(mark) = self.queue.mark {
                self.queue.mark = mark.includes();
                self.token.text.clear();
                self.token.text.push_str(mark.term());
                return true;
            }
            if self.queue.exact > 0 {
                self.queue.exact -= 1;
                self.give(|terms| &terms.exact, self.queue.exact > 0);
                return true;
            }
            if self.queue.stem > 0 {
                self.queue.stem -= 1;
                self.give(
                    |terms| terms.stem.as_deref().unwrap_or_default(),
                    self.queue.stem > 0,
                );
                return true;
            }
            if !self.next_word() {
                return false;
            }
        }
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}

/// Gives the text of a [`Part`] as one token.
#[derive(Clone, Default)]
struct ValueTokenizer {
    token: Token,
}

struct ValueStream<'a> {
    token: &'a mut Token,
    given: bool,
}

impl Tokenizer for ValueTokenizer {
    type TokenStream<'a> = ValueStream<'a>;

    fn token_stream<'a>(&'a mut self, value: &'a str) -> ValueStream<'a> {
        self.token.reset();
        self.token.position = 0;
        self.token.text.push_str(Part::decode(value).text);
        ValueStream {
            token: &mut self.token,
            given: false,
        }
    }
}

impl TokenStream for ValueStream<'_> {
    fn advance(&mut self) -> bool {
        !std::mem::replace(&mut self.given, true)
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(part: Part<'_>, expected: &[(usize, &str)]) {
        let value = part.encode();
        let mut tokenizer = WordTokenizer::default();
        let mut stream = tokenizer.token_stream(&value);
        let mut found = Vec::new();
        while let Some(token) = stream.next() {
            found.push((token.position, token.text.clone()));
        }
        let found: Vec<_> = found
            .iter()
            .map(|(position, text)| (*position, text.as_str()))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn gives_forms_stems_and_marks_at_one_position() {
        check(
            Part {
                opens: Mark::Body,
                emphasis: 1,
                language: "en-GB",
                text: "Talks failed.\n\nThe",
            },
            &[
                (0, "\u{2}b"),
                (0, "\u{2}f"),
                (0, "\u{2}p"),
                (0, "\u{2}s"),
                (0, "talks"),
                (0, "\u{1}en:talk"),
                (1, "failed"),
                (1, "\u{1}en:fail"),
                (2, "\u{2}p"),
                (2, "\u{2}s"),
                (2, "the"),
            ],
        );
    }

    #[test]
    fn repeats_what_is_emphasised_at_its_position() {
        let part = Part {
            opens: Mark::Headline,
            emphasis: 2,
            language: "",
            text: "Oil",
        };
        let marks = [(0, "\u{2}h"), (0, "\u{2}f"), (0, "\u{2}p"), (0, "\u{2}s")];
        let words = [(0, "oil"), (0, "oil"), (0, "\u{1}:oil"), (0, "\u{1}:oil")];
        check(part, &[&marks[..], &words[..]].concat());
    }

    #[test]
    fn gives_exact_forms_only_without_emphasis() {
        check(
            Part {
                opens: Mark::Part,
                emphasis: 0,
                language: "en",
                text: "West Germany",
            },
            &[
                (0, "\u{2}f"),
                (0, "\u{2}p"),
                (0, "\u{2}s"),
                (0, "west"),
                (1, "germany"),
            ],
        );
    }
}
