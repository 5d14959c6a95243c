//! Texts with their words found: the parts of an article, or the values of one of its fields.

use std::cell::OnceCell;
use std::ops::Range;

use super::leaf::Wanted;
use super::response::SnippetField;
use super::sought::Sought;
use super::spans::{Run, Starts, Units};
use super::texts::{Text, texts};
use super::vocabulary::Vocabulary;
use crate::article::Article;
use crate::text::analysis::stem::Stemmer;
use crate::text::analysis::words;
use crate::text::sentence::{self, Unit};

/// A part of an article.
#[derive(Debug)]
pub(crate) struct Part<'a> {
    pub(crate) field: SnippetField,
    /// See [`Text::part`].
    pub(crate) number: usize,
    pub(crate) text: &'a str,
    /// The position of its first word. No word of one part stands beside one of another.
    first: u32,
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

/// Texts of an article, their words found.
pub(crate) struct Analysed<'a> {
    pub(super) article: &'a Article,
    stemmer: Stemmer,
    pub(crate) parts: Vec<Part<'a>>,
    /// Where sentences begin is seldom asked for.
    starts: OnceCell<Starts>,
}

impl<'a> Analysed<'a> {
    /// Finds the words of `article`: the same parts as [`crate::index::document`] indexes.
    pub(crate) fn new(article: &'a Article, vocabulary: &mut Vocabulary) -> Self {
        let stemmer = Stemmer::for_language(article.language.as_deref());
        Analysed::of(article, stemmer, texts(article), vocabulary)
    }

    /// Finds the words of values of `article`, which stand in no part of it and are not inflected.
    pub(super) fn values(
        article: &'a Article,
        values: impl Iterator<Item = &'a str>,
        vocabulary: &mut Vocabulary,
    ) -> Self {
        let texts = values.map(|text| Text {
            field: SnippetField::Caption,
            part: 0,
            text,
        });
        Analysed::of(article, Stemmer::for_language(None), texts, vocabulary)
    }

    fn of(
        article: &'a Article,
        stemmer: Stemmer,
        texts: impl Iterator<Item = Text<'a>>,
        vocabulary: &mut Vocabulary,
    ) -> Self {
        let mut first = 0;
        let parts = texts.map(|Text { field, part, text }| {
            let mut found = words(text);
            let next = std::iter::from_fn(|| {
                let range = found.next()?;
                Some(Word {
                    id: vocabulary.id(&stemmer, &text[range.clone()], found.is_inside()),
                    range,
                })
            });
            let part = Part {
                field,
                number: part,
                text,
                first,
                words: next.collect(),
            };
            first = part.end() + 1;
            part
        });
        Analysed {
            article,
            stemmer,
            parts: parts.collect(),
            starts: OnceCell::new(),
        }
    }

    /// Where words stand side by side as they are wanted, in the order of their positions.
    pub(super) fn runs(&self, wanted: Vec<Wanted>, vocabulary: &Vocabulary) -> Vec<Run> {
        let sought: Vec<Sought> = wanted
            .into_iter()
            .map(|wanted| Sought::new(wanted, &self.stemmer))
            .collect();
        let Some(last) = sought.len().checked_sub(1) else {
            return Vec::new();
        };
        let mut runs = Vec::new();
        for part in &self.parts {
            for (at, run) in (part.first..).zip(part.words.windows(sought.len())) {
                let mut pairs = run.iter().zip(&sought);
                if pairs.all(|(word, sought)| sought.fits(word.id, vocabulary)) {
                    runs.push((at, at + u32::try_from(last).expect("a query has few words")));
                }
            }
        }
        runs
    }

    /// The part that holds a position.
    pub(super) fn part_at(&self, position: u32) -> usize {
        self.parts.partition_point(|part| part.first <= position) - 1
    }

    /// The bytes from the first to the last word of a run.
    pub(super) fn stretch(&self, run: Run) -> Stretch {
        let number = self.part_at(run.0);
        let part = &self.parts[number];
        let word = |position: u32| &part.words[(position - part.first) as usize].range;
        Stretch {
            part: number,
            range: word(run.0).start..word(run.1).end,
        }
    }

    /// Where the words of a part of this kind begin.
    pub(super) fn first_of(&self, field: SnippetField) -> Option<u32> {
        let part = self.parts.iter().find(|part| part.field == field)?;
        (!part.words.is_empty()).then_some(part.first)
    }

    fn starts(&self) -> &Starts {
        self.starts.get_or_init(|| {
            let mut starts = Starts::default();
            for part in &self.parts {
                let mut units = sentence::units(part.text).into_iter().peekable();
                for (position, word) in (part.first..).zip(&part.words) {
                    let mut begins = None;
                    while let Some((_, unit)) = units.next_if(|(at, _)| *at <= word.range.start) {
                        begins = begins.max(Some(unit));
                    }
                    if let Some(unit) = begins {
                        starts.push(unit, position);
                    }
                }
            }
            starts
        })
    }
}

impl Part<'_> {
    /// One after the position of its last word.
    fn end(&self) -> u32 {
        self.first + u32::try_from(self.words.len()).expect("a text has fewer words than bytes")
    }
}

impl Units for &Analysed<'_> {
    fn around(&mut self, unit: Unit, position: u32) -> (u32, u32) {
        let mut starts = self.starts();
        starts.around(unit, position)
    }
}
