//! Articles as words: in which part each stands, in which sentence and paragraph, and its forms.

use std::collections::HashMap;
use std::ops::Range;

use morgue::Article;
use morgue::query::tree::Field;
use morgue::search::SnippetField;
use morgue::text::analysis::stem::Stemmer;
use morgue::text::analysis::{form, words};
use morgue::text::sentence;

/// An article with its words.
pub struct Read {
    pub article: Article,
    /// The headline, the deck, each name of the byline, the body, each caption.
    pub parts: Vec<(SnippetField, Text)>,
    /// The section, the source, each topic.
    pub values: Vec<(Field, Text)>,
}

/// A text and its words.
pub struct Text {
    pub text: String,
    pub words: Vec<Word>,
}

/// A word where it stands.
pub struct Word {
    /// In bytes.
    pub range: Range<usize>,
    /// The number of its exact form.
    pub exact: u32,
    /// The number of its stem in the language of the article.
    pub stem: u32,
    /// Sentences and paragraphs are counted from the beginning of the text.
    pub sentence: usize,
    pub paragraph: usize,
}

/// The number of no stem: of a letter inside a word that no space divides.
const NO_STEM: u32 = u32::MAX;

/// Where matches are looked for: words of one part.
pub struct Stretch<'a> {
    /// The number of the part, or of the value.
    pub part: usize,
    /// All words of the part.
    pub words: &'a [Word],
    /// Those of them that belong to the field.
    pub within: Range<usize>,
}

/// Texts by number: numbers are quickly compared.
#[derive(Default)]
pub struct Numbers(pub HashMap<String, u32>);

impl Numbers {
    fn of(&mut self, text: String) -> u32 {
        let next = u32::try_from(self.0.len()).unwrap();
        *self.0.entry(text).or_insert(next)
    }
}

/// Whether a field holds text that is stemmed, counted and marked. Without a field, all text is searched.
pub fn is_text(field: Option<Field>) -> bool {
    matches!(
        field,
        None | Some(Field::Headline | Field::Lead | Field::Byline)
    )
}

impl Read {
    /// Finds the words of an article.
    pub fn new(article: Article, exact: &mut Numbers, stems: &mut Numbers) -> Self {
        let stemmer = Stemmer::for_language(article.language.as_deref());
        let mut read = |text: &String| Text::new(text, &stemmer, exact, stems);
        let mut parts = vec![(SnippetField::Headline, read(&article.headline))];
        if let Some(deck) = &article.deck {
            parts.push((SnippetField::Deck, read(deck)));
        }
        for name in &article.byline {
            parts.push((SnippetField::Byline, read(name)));
        }
        parts.push((SnippetField::Body, read(&article.body)));
        for caption in &article.captions {
            parts.push((SnippetField::Caption, read(caption)));
        }
        let mut values = Vec::new();
        if let Some(section) = &article.section {
            values.push((Field::Section, read(section)));
        }
        if let Some(source) = &article.source {
            values.push((Field::Source, read(source)));
        }
        for topic in &article.topics {
            values.push((Field::Topic, read(topic)));
        }
        Read {
            article,
            parts,
            values,
        }
    }

    /// Where matches are looked for in a field, or in no field.
    pub fn stretches<'a>(&'a self, field: Option<Field>) -> Vec<Stretch<'a>> {
        let whole = |part: usize, text: &'a Text| Stretch {
            part,
            words: &text.words,
            within: 0..text.words.len(),
        };
        if !is_text(field) {
            let values = self.values.iter().enumerate();
            let of_field = values.filter(|(_, (value, _))| Some(*value) == field);
            return of_field
                .map(|(number, (_, text))| whole(number, text))
                .collect();
        }
        let parts = self.parts.iter().enumerate();
        parts
            .filter_map(|(number, (part, text))| match (field, part) {
                (None, _)
                | (Some(Field::Headline | Field::Lead), SnippetField::Headline)
                | (Some(Field::Byline), SnippetField::Byline) => Some(whole(number, text)),
                (Some(Field::Lead), SnippetField::Body) => Some(Stretch {
                    within: 0..text.first_paragraph(),
                    ..whole(number, text)
                }),
                _ => None,
            })
            .collect()
    }
}

impl Text {
    fn new(text: &str, stemmer: &Stemmer, exact: &mut Numbers, stems: &mut Numbers) -> Self {
        let begins = begins(text);
        let mut found = words(text);
        let mut word = |range: Range<usize>, inside: bool| {
            let mut stem = String::new();
            stemmer.stem(&text[range.clone()], &mut stem);
            let before = begins.iter().take_while(|(at, _)| *at <= range.start);
            let sentence = before.count() - 1;
            Word {
                exact: exact.of(form::exact_of(&text[range.clone()])),
                stem: if inside {
                    NO_STEM
                } else {
                    stems.of(format!("{} {stem}", stemmer.code()))
                },
                sentence,
                paragraph: begins[sentence].1,
                range,
            }
        };
        let next = std::iter::from_fn(|| {
            let range = found.next()?;
            Some(word(range, found.is_inside()))
        });
        Text {
            words: next.collect(),
            text: text.to_owned(),
        }
    }

    /// How many words its first paragraph with a word has.
    fn first_paragraph(&self) -> usize {
        let same = |word: &&Word| word.paragraph == self.words[0].paragraph;
        self.words.iter().take_while(same).count()
    }
}

/// Where the sentences of a text begin, in bytes, and the number of the paragraph of each.
fn begins(text: &str) -> Vec<(usize, usize)> {
    let (mut begins, mut start) = (Vec::new(), 0);
    for (number, paragraph) in text.split("\n\n").enumerate() {
        begins.extend(sentence::starts(paragraph).map(|at| (start + at, number)));
        start += paragraph.len() + 2;
    }
    begins
}
