//! Where a query matches in an article. What is counted, marked and shown all comes from here.
//!
//! The tree is evaluated over the words of the article, taken by the same analysis as the index took them. A part of the
//! query that does not hold for the article (`b` in `a OR (b AND c)` without a c) marks nothing, nor does what is excluded.

use std::cell::OnceCell;
use std::ops::Range;

use rustc_hash::FxHashMap;

use super::filter;
use super::response::SnippetField;
use crate::article::Article;
use crate::index::document::first_paragraph;
use crate::query::tree::{Field, Kind, Node};
use crate::text::analysis::stem::Stemmer;
use crate::text::analysis::{form, words};

/// A part of an article with its words.
#[derive(Debug)]
pub(crate) struct Part<'a> {
    pub(crate) field: SnippetField,
    pub(crate) text: &'a str,
    words: Vec<Word>,
}

#[derive(Debug, Clone)]
struct Word {
    /// In bytes.
    range: Range<usize>,
    /// Its number in the [`Vocabulary`].
    id: usize,
}

/// A stretch of a part, in bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Stretch {
    /// The number of the part.
    pub(crate) part: usize,
    pub(crate) range: Range<usize>,
}

/// Where a query matches in an article.
#[derive(Debug, Default)]
pub(crate) struct Matches {
    /// What is counted, in order: a word, a phrase, or the stretch from the first to the last word of a proximity. Stretches
    /// of proximities may overlap.
    pub(crate) list: Vec<Stretch>,
    /// What is marked, in order, never overlapping: the words of these matches.
    pub(crate) marks: Vec<Stretch>,
}

/// Words that were met, with their forms: they recur from article to article.
#[derive(Default)]
pub(crate) struct Vocabulary {
    /// By language, then by word.
    ids: FxHashMap<&'static str, FxHashMap<Box<str>, usize>>,
    forms: Vec<Forms>,
}

struct Forms {
    word: Box<str>,
    stemmer: Stemmer,
    exact: String,
    /// Most words are told apart from what is looked for before their stems are needed.
    stem: OnceCell<String>,
}

impl Vocabulary {
    fn id(&mut self, stemmer: &Stemmer, word: &str) -> usize {
        let ids = self.ids.entry(stemmer.code()).or_default();
        if let Some(id) = ids.get(word) {
            return *id;
        }
        self.forms.push(Forms {
            word: word.into(),
            stemmer: *stemmer,
            exact: form::exact_of(word),
            stem: OnceCell::new(),
        });
        ids.insert(word.into(), self.forms.len() - 1);
        self.forms.len() - 1
    }

    fn exact(&self, id: usize) -> &str {
        &self.forms[id].exact
    }

    fn has_stem(&self, id: usize, wanted: &str) -> bool {
        let forms = &self.forms[id];
        if forms.stemmer.keeps_beginnings() && forms.exact.chars().next() != wanted.chars().next() {
            return false;
        }
        let stem = forms.stem.get_or_init(|| {
            let mut stem = String::new();
            forms.stemmer.stem(&forms.word, &mut stem);
            stem
        });
        stem == wanted
    }
}

/// An article, its words found.
pub(crate) struct Analysed<'a> {
    article: &'a Article,
    stemmer: Stemmer,
    pub(crate) parts: Vec<Part<'a>>,
}

impl<'a> Analysed<'a> {
    /// Finds the words of `article`: the same parts as [`crate::index::document`] indexes.
    pub(crate) fn new(article: &'a Article, vocabulary: &mut Vocabulary) -> Self {
        let stemmer = Stemmer::for_language(article.language.as_deref());
        let texts = [(SnippetField::Headline, article.headline.as_str())]
            .into_iter()
            .chain(
                article
                    .deck
                    .iter()
                    .map(|deck| (SnippetField::Deck, deck.as_str())),
            )
            .chain(
                article
                    .byline
                    .iter()
                    .map(|name| (SnippetField::Byline, name.as_str())),
            )
            .chain([(SnippetField::Body, article.body.as_str())])
            .chain(
                article
                    .captions
                    .iter()
                    .map(|caption| (SnippetField::Caption, caption.as_str())),
            );
        let parts = texts
            .map(|(field, text)| {
                let words = words(text).map(|range| Word {
                    id: vocabulary.id(&stemmer, &text[range.clone()]),
                    range,
                });
                Part {
                    field,
                    text,
                    words: words.collect(),
                }
            })
            .collect();
        Analysed {
            article,
            stemmer,
            parts,
        }
    }

    /// Where `node` matches: in order, none within another. None when the article has not what `node` asks for.
    pub(crate) fn matches(&self, node: &Node, vocabulary: &Vocabulary) -> Option<Matches> {
        let found = merged(self.evaluate(node, None, vocabulary)?);
        Some(Matches {
            list: found.clone(),
            marks: found,
        })
    }

    fn evaluate(
        &self,
        node: &Node,
        field: Option<Field>,
        vocabulary: &Vocabulary,
    ) -> Option<Vec<Stretch>> {
        match &node.kind {
            Kind::Word(text) => self.leaf(text, field, vocabulary, Form::Stem),
            Kind::Phrase(text) => self.leaf(text, field, vocabulary, Form::Exact),
            Kind::Wildcard(text) => self.leaf(text, field, vocabulary, Form::Pattern),
            Kind::And(nodes) => {
                let mut all = Vec::new();
                for node in nodes {
                    all.extend(self.evaluate(node, field, vocabulary)?);
                }
                Some(all)
            }
            Kind::Or(nodes) => {
                let found: Vec<_> = nodes
                    .iter()
                    .filter_map(|node| self.evaluate(node, field, vocabulary))
                    .collect();
                (!found.is_empty()).then(|| found.concat())
            }
            Kind::Not(node) => self
                .evaluate(node, field, vocabulary)
                .is_none()
                .then(Vec::new),
            Kind::Field { field, node } => self.evaluate(node, Some(*field), vocabulary),
            filter => filter::passes(self.article, filter).then(Vec::new),
        }
    }

    fn leaf(
        &self,
        text: &str,
        field: Option<Field>,
        vocabulary: &Vocabulary,
        form: Form,
    ) -> Option<Vec<Stretch>> {
        if let Some(field) = field.filter(|field| !is_text(*field)) {
            return filter::found(self.article, field, text, form).then(Vec::new);
        }
        let pattern = Pattern::new(text, form, &self.stemmer);
        let mut found = Vec::new();
        for (number, part) in self.parts.iter().enumerate() {
            let Some(end) = self.searched(part, field) else {
                continue;
            };
            let within = part.words.partition_point(|word| word.range.end <= end);
            for run in part.words[..within].windows(pattern.words.len().max(1)) {
                if pattern.fits(run, vocabulary) {
                    found.push(Stretch {
                        part: number,
                        range: run[0].range.start..run[run.len() - 1].range.end,
                    });
                }
            }
        }
        (!found.is_empty()).then_some(found)
    }

    /// How far a part belongs to `field`, in bytes; none when it does not.
    fn searched(&self, part: &Part<'_>, field: Option<Field>) -> Option<usize> {
        match (field, part.field) {
            (None, _)
            | (Some(Field::Headline | Field::Lead), SnippetField::Headline)
            | (Some(Field::Byline), SnippetField::Byline) => Some(part.text.len()),
            (Some(Field::Lead), SnippetField::Body) => {
                Some(first_paragraph(&self.article.body).len())
            }
            _ => None,
        }
    }
}

fn is_text(field: Field) -> bool {
    matches!(field, Field::Headline | Field::Lead | Field::Byline)
}

/// Joins matches that overlap.
fn merged(mut matches: Vec<Stretch>) -> Vec<Stretch> {
    matches.sort_by_key(|found| (found.part, found.range.start, found.range.end));
    let mut joined: Vec<Stretch> = Vec::with_capacity(matches.len());
    for next in matches {
        match joined.last_mut() {
            Some(last) if last.part == next.part && next.range.start < last.range.end => {
                last.range.end = last.range.end.max(next.range.end);
            }
            _ => joined.push(next),
        }
    }
    joined
}

/// How the words of a leaf are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    Exact,
    Stem,
    Pattern,
}

/// Words to be met one after the other.
pub(super) struct Pattern {
    form: Form,
    words: Vec<String>,
}

impl Pattern {
    fn new(text: &str, form: Form, stemmer: &Stemmer) -> Self {
        let in_form = |range: Range<usize>| {
            let mut word = String::new();
            match form {
                Form::Stem => stemmer.stem(&text[range], &mut word),
                _ => form::exact(&text[range], &mut word),
            }
            word
        };
        let words = match form {
            Form::Pattern => vec![folded_pattern(text)],
            _ => words(text).map(in_form).collect(),
        };
        Pattern { form, words }
    }

    /// The pattern of a field that knows no stems.
    pub(super) fn exact(text: &str, form: Form) -> Self {
        let form = if form == Form::Stem {
            Form::Exact
        } else {
            form
        };
        Pattern::new(text, form, &Stemmer::for_language(None))
    }

    /// Whether the words stand side by side in a value of such a field.
    pub(super) fn is_in(&self, value: &str) -> bool {
        let forms: Vec<String> = words(value)
            .map(|word| form::exact_of(&value[word]))
            .collect();
        let fits = |(form, wanted): (&String, &String)| match self.form {
            Form::Pattern => fits_pattern(form, wanted),
            Form::Exact | Form::Stem => form == wanted,
        };
        forms
            .windows(self.words.len().max(1))
            .any(|run| run.len() == self.words.len() && run.iter().zip(&self.words).all(fits))
    }

    fn fits(&self, run: &[Word], vocabulary: &Vocabulary) -> bool {
        run.len() == self.words.len()
            && run
                .iter()
                .zip(&self.words)
                .all(|(word, wanted)| match self.form {
                    Form::Exact => vocabulary.exact(word.id) == wanted,
                    Form::Stem => vocabulary.has_stem(word.id, wanted),
                    Form::Pattern => fits_pattern(vocabulary.exact(word.id), wanted),
                })
    }
}

/// The pattern with what is between its wildcards in exact form.
fn folded_pattern(text: &str) -> String {
    let mut pattern = String::new();
    for piece in text.split_inclusive(['*', '?']) {
        let wildcard = piece.chars().next_back().filter(|c| matches!(c, '*' | '?'));
        let literal = piece.trim_end_matches(['*', '?']);
        if let Some(word) = words(literal).next() {
            let mut exact = String::new();
            form::exact(&literal[word], &mut exact);
            pattern.push_str(&exact);
        }
        pattern.extend(wildcard);
    }
    pattern
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
}
