//! The judge of search: reads every article from its first word to its last, for every query.
//!
//! It shares with the engine what a word and its forms are (`text::analysis`), the query tree, and nothing else: no index,
//! no tantivy, no lowering. What it says follows from DESIGN, sections 4 and 5:
//!
//! * a bare word matches its stem in the article's own language, quoted words their exact forms, side by side in one part;
//! * a date overlaps a span, or does not; an article without a date is in none;
//! * marks are what the words of the query match, where the part of the query they stand in holds for the article;
//!   what stands below a NOT marks nothing; marks that overlap are one.

use std::collections::HashMap;
use std::ops::Range;

use morgue::Article;
use morgue::query::tree::{Field, Kind, Node};
use morgue::search::SnippetField;
use morgue::text::analysis::stem::Stemmer;
use morgue::text::analysis::{form, words};

/// Articles, read.
pub struct Oracle {
    pub articles: Vec<Read>,
    exact: Numbers,
    stems: Numbers,
}

/// An article with its words.
pub struct Read {
    pub article: Article,
    pub parts: Vec<Part>,
    stemmer: &'static str,
    section: Vec<Vec<Word>>,
    source: Vec<Vec<Word>>,
    topics: Vec<Vec<Word>>,
    places: Vec<Vec<Word>>,
}

/// A part of an article: the headline, the deck, one name of the byline, the body, one caption.
pub struct Part {
    pub field: SnippetField,
    pub text: String,
    pub words: Vec<Word>,
}

/// A word where it stands.
pub struct Word {
    /// In bytes.
    pub range: Range<usize>,
    exact: u32,
    stem: u32,
}

/// An article that a query finds.
pub struct Verdict<'a> {
    pub read: &'a Read,
    /// The marks: number of the part, bytes. In order, none within another.
    pub marks: Vec<(usize, Range<usize>)>,
}

/// Texts by number: numbers are quickly compared.
#[derive(Default)]
struct Numbers(HashMap<String, u32>);

impl Numbers {
    fn of(&mut self, text: String) -> u32 {
        let next = u32::try_from(self.0.len()).unwrap();
        *self.0.entry(text).or_insert(next)
    }
}

impl Oracle {
    /// Reads articles.
    pub fn new(articles: Vec<Article>) -> Self {
        let mut oracle = Oracle {
            articles: Vec::new(),
            exact: Numbers::default(),
            stems: Numbers::default(),
        };
        for article in articles {
            let read = oracle.read(article);
            oracle.articles.push(read);
        }
        oracle
    }

    fn read(&mut self, article: Article) -> Read {
        let stemmer = Stemmer::for_language(article.language.as_deref());
        let mut texts = vec![(SnippetField::Headline, article.headline.clone())];
        texts.extend(
            article
                .deck
                .iter()
                .map(|deck| (SnippetField::Deck, deck.clone())),
        );
        texts.extend(
            article
                .byline
                .iter()
                .map(|name| (SnippetField::Byline, name.clone())),
        );
        texts.push((SnippetField::Body, article.body.clone()));
        texts.extend(
            article
                .captions
                .iter()
                .map(|caption| (SnippetField::Caption, caption.clone())),
        );
        let mut found = |text: &str| -> Vec<Word> {
            let word = |range: Range<usize>| {
                let mut stem = String::new();
                stemmer.stem(&text[range.clone()], &mut stem);
                let exact = self.exact.of(form::exact_of(&text[range.clone()]));
                Word {
                    exact,
                    stem: self.stems.of(format!("{} {stem}", stemmer.code())),
                    range,
                }
            };
            words(text).map(word).collect()
        };
        let parts = texts
            .into_iter()
            .map(|(field, text)| Part {
                field,
                words: found(&text),
                text,
            })
            .collect();
        let mut values =
            |values: Vec<&String>| values.into_iter().map(|value| found(value)).collect();
        Read {
            section: values(article.section.iter().collect()),
            source: values(article.source.iter().collect()),
            topics: values(article.topics.iter().collect()),
            places: values(article.places.iter().map(|place| &place.name).collect()),
            stemmer: stemmer.code(),
            parts,
            article,
        }
    }

    /// The articles that `query` finds.
    pub fn judge(&self, query: &Node) -> Vec<Verdict<'_>> {
        let test = self.test(query, None);
        let found = self.articles.iter().filter_map(|read| {
            Some(Verdict {
                marks: joined(test.holds(read)?),
                read,
            })
        });
        found.collect()
    }

    fn test<'q>(&self, node: &'q Node, field: Option<Field>) -> Test<'q> {
        let all = |nodes: &'q [Node]| nodes.iter().map(|node| self.test(node, field)).collect();
        match &node.kind {
            Kind::All => Test::And(Vec::new()),
            Kind::Word(text) | Kind::Phrase(text) if field == Some(Field::Language) => {
                Test::Language(text)
            }
            Kind::Word(text) if is_text(field) => Test::Words(field, self.stems_of(text)),
            Kind::Word(text) | Kind::Phrase(text) => Test::Words(field, self.exactly(text)),
            Kind::Wildcard(pattern) => Test::Words(field, self.like(pattern)),
            Kind::And(nodes) => Test::And(all(nodes)),
            Kind::Or(nodes) => Test::Or(all(nodes)),
            Kind::Not(node) => Test::Not(Box::new(self.test(node, field))),
            Kind::Field { field, node } => self.test(node, Some(*field)),
            Kind::Date(_) | Kind::Words { .. } => Test::Filter(&node.kind),
            Kind::Place(name) => Test::Place(self.exactly(name)),
            Kind::Fuzzy { .. } | Kind::Near { .. } | Kind::AtLeast { .. } | Kind::In(_) => {
                unimplemented!("the engine refuses `{node}`, so it is not asked")
            }
        }
    }

    fn exactly(&self, text: &str) -> Wanted {
        Wanted::Exact(
            words(text)
                .map(|word| self.exact.0.get(&form::exact_of(&text[word])).copied())
                .collect(),
        )
    }

    fn stems_of(&self, text: &str) -> Wanted {
        let in_language = |stemmer: Stemmer| {
            let mut stem = String::new();
            let numbers = words(text).map(|word| {
                stemmer.stem(&text[word], &mut stem);
                self.stems
                    .0
                    .get(&format!("{} {stem}", stemmer.code()))
                    .copied()
            });
            (stemmer.code(), numbers.collect())
        };
        Wanted::Stem(Stemmer::all().map(in_language).collect())
    }

    fn like(&self, pattern: &str) -> Wanted {
        let mut regex = String::from("(?s)^");
        for piece in pattern.split_inclusive(['*', '?']) {
            let literal = piece.trim_end_matches(['*', '?']);
            regex.push_str(&regex::escape(&form::exact_of(literal)));
            regex.push_str(match &piece[literal.len()..] {
                "*" => ".*",
                "?" => ".",
                _ => "",
            });
        }
        let regex = regex::Regex::new(&format!("{regex}$")).unwrap();
        let mut fits = vec![false; self.exact.0.len()];
        for (form, number) in &self.exact.0 {
            fits[*number as usize] = regex.is_match(form);
        }
        Wanted::Like(fits)
    }
}

/// A query, its words looked up.
enum Test<'q> {
    Words(Option<Field>, Wanted),
    Place(Wanted),
    Language(&'q str),
    Filter(&'q Kind),
    And(Vec<Test<'q>>),
    Or(Vec<Test<'q>>),
    Not(Box<Test<'q>>),
}

/// Words to be met side by side. None: no article has the word.
enum Wanted {
    Exact(Vec<Option<u32>>),
    /// By the code of the language.
    Stem(HashMap<&'static str, Vec<Option<u32>>>),
    /// One word, of the exact forms with these numbers.
    Like(Vec<bool>),
}

type Marks = Vec<(usize, Range<usize>)>;

impl Test<'_> {
    /// The marks, if it holds for the article.
    fn holds(&self, read: &Read) -> Option<Marks> {
        match self {
            Test::Words(field, wanted) => read.words(*field, wanted),
            Test::Place(wanted) => wanted.is_in(&read.places).then(Vec::new),
            Test::Language(tag) => {
                let language = read.article.language.as_deref()?.to_lowercase();
                let rest = language.strip_prefix(&tag.to_lowercase())?;
                (rest.is_empty() || rest.starts_with('-')).then(Vec::new)
            }
            Test::Filter(kind) => read.passes(kind).then(Vec::new),
            Test::And(tests) => {
                let marks: Option<Vec<Marks>> = tests.iter().map(|test| test.holds(read)).collect();
                marks.map(|marks| marks.concat())
            }
            Test::Or(tests) => {
                let marks: Vec<Marks> = tests.iter().filter_map(|test| test.holds(read)).collect();
                (!marks.is_empty()).then(|| marks.concat())
            }
            Test::Not(test) => test.holds(read).is_none().then(Vec::new),
        }
    }
}

impl Wanted {
    /// What is looked for in an article of this language.
    fn in_language(&self, stemmer: &str) -> Sought<'_> {
        match self {
            Wanted::Exact(words) => Sought::Words(words, |word| word.exact),
            Wanted::Stem(words) => Sought::Words(&words[stemmer], |word| word.stem),
            Wanted::Like(fits) => Sought::Like(fits),
        }
    }

    /// Whether the words stand side by side in one of these values.
    fn is_in(&self, values: &[Vec<Word>]) -> bool {
        let sought = self.in_language("");
        values
            .iter()
            .any(|value| value.windows(sought.len()).any(|run| sought.fits(run)))
    }
}

/// What is looked for in one article.
enum Sought<'a> {
    Words(&'a [Option<u32>], fn(&Word) -> u32),
    Like(&'a [bool]),
}

impl Sought<'_> {
    /// How many words stand side by side.
    fn len(&self) -> usize {
        match self {
            Sought::Words(words, _) => words.len(),
            Sought::Like(_) => 1,
        }
    }

    fn fits(&self, run: &[Word]) -> bool {
        match self {
            Sought::Words(words, form) => run
                .iter()
                .zip(*words)
                .all(|(word, wanted)| Some(form(word)) == *wanted),
            Sought::Like(fits) => fits[run[0].exact as usize],
        }
    }
}

fn is_text(field: Option<Field>) -> bool {
    !matches!(
        field,
        Some(Field::Section | Field::Source | Field::Topic | Field::Language)
    )
}

impl Read {
    fn words(&self, field: Option<Field>, wanted: &Wanted) -> Option<Marks> {
        let values = match field {
            Some(Field::Section) => &self.section,
            Some(Field::Source) => &self.source,
            Some(Field::Topic) => &self.topics,
            _ => {
                let marks = self.marks(field, wanted);
                return (!marks.is_empty()).then_some(marks);
            }
        };
        wanted.is_in(values).then(Vec::new)
    }

    fn marks(&self, field: Option<Field>, wanted: &Wanted) -> Marks {
        let mut marks = Vec::new();
        let sought = wanted.in_language(self.stemmer);
        let len = sought.len();
        for (number, part) in self.parts.iter().enumerate() {
            let paragraph = part.text.find("\n\n").unwrap_or(part.text.len());
            let end = match (field, part.field) {
                (None, _) => part.text.len(),
                (Some(Field::Headline | Field::Lead), SnippetField::Headline) => part.text.len(),
                (Some(Field::Byline), SnippetField::Byline) => part.text.len(),
                (Some(Field::Lead), SnippetField::Body) => paragraph,
                _ => continue,
            };
            for run in part.words.windows(len) {
                if sought.fits(run) && run[len - 1].range.end <= end {
                    marks.push((number, run[0].range.start..run[len - 1].range.end));
                }
            }
        }
        marks
    }

    fn passes(&self, kind: &Kind) -> bool {
        match kind {
            Kind::Date(span) => self.article.date.is_some_and(|date| {
                span.from.is_none_or(|from| date.last_day() >= from)
                    && span.to.is_none_or(|to| date.first_day() <= to)
            }),
            Kind::Words { min, max } => {
                let counted = |part: &&Part| {
                    matches!(
                        part.field,
                        SnippetField::Headline | SnippetField::Deck | SnippetField::Body
                    )
                };
                let count: usize = self
                    .parts
                    .iter()
                    .filter(counted)
                    .map(|part| part.words.len())
                    .sum();
                min.is_none_or(|min| count >= min as usize)
                    && max.is_none_or(|max| count <= max as usize)
            }
            _ => unreachable!("no filter"),
        }
    }
}

/// Marks in order, those that overlap as one.
fn joined(mut marks: Marks) -> Marks {
    marks.sort_by_key(|(part, range)| (*part, range.start, range.end));
    let mut joined: Marks = Vec::new();
    for (part, range) in marks {
        match joined.last_mut() {
            Some((last, before)) if *last == part && range.start < before.end => {
                before.end = before.end.max(range.end);
            }
            _ => joined.push((part, range)),
        }
    }
    joined
}
