//! Whether the archive printed what a quote says it printed, and where.
//!
//! What is exact and what is altered is [`crate::text::quote`]'s affair; this knows which articles to look into. Searching only
//! proposes them: a verdict is always one about the text of an article, read from its first to its last character.

use serde::{Deserialize, Serialize};

use super::request::{Match, Request, Sort};
use super::response::{Passage, SnippetField};
use super::texts::{Text, texts};
use crate::article::Article;
use crate::error::{Error, Result};
use crate::index::Archive;
use crate::text::analysis::words;
use crate::text::hash::hash;
use crate::text::quote::{self, Found, Reading};

/// How long a quote may be, in characters.
pub const LONGEST_QUOTE: usize = 2_000;
/// How many articles are read that have all words of a quote side by side.
const WITH_ALL: usize = 25;
/// How many are read that have the most of them.
const WITH_MOST: usize = 25;
/// So many neighbouring words are looked for as a phrase where a quote may have been altered.
const PHRASE: usize = 3;
/// So many of its first words at most: a query has its limits, and these are enough to find an article by.
const ASKED_FOR: usize = 200;
/// And so many of its longest words by themselves.
const LONG_WORDS: usize = 16;

/// What became of a quote.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// It was printed so.
    Exact,
    /// Something like it was printed.
    Altered,
    /// Nothing like it was found.
    Absent,
}

/// What the archive says of a quote.
#[derive(Debug, Clone, PartialEq)]
pub struct Verified {
    /// What became of it.
    pub verdict: Verdict,
    /// The passage that it is, or was made of; none where it is absent.
    pub source: Option<Source>,
    /// The ids of other articles that have it exactly, the earliest first: as many as were read.
    pub also_in: Vec<String>,
    /// How many articles and versions were read.
    pub read: usize,
}

/// The passage that a quote is, or was made of.
#[derive(Debug, Clone, PartialEq)]
pub struct Source {
    /// The article that has it.
    pub article: Article,
    /// The number of its version, where there are several.
    pub version: Option<u32>,
    /// Whether the archive reads so now.
    pub current: bool,
    /// Where it stands.
    pub place: Passage,
    /// What stands there, character for character.
    pub text: String,
    /// The hash of the whole text that it stands in.
    pub hash: String,
    /// How it stands there.
    pub reading: Reading,
}

/// An article that may have the quote.
struct Candidate {
    article: Article,
    version: Option<u32>,
    current: bool,
}

impl Archive {
    /// Whether `quote` was printed, in the article `id` or, where none is named, in any. The article is read as it is now, or as
    /// its `version` was; where neither has the quote exactly, its earlier versions are read, too.
    ///
    /// # Errors
    /// [`Error::Invalid`] for a quote without a word, one that is too long, or a version without an id; as
    /// [`Archive::article`] and [`Archive::version`] where an id is named, and as [`Archive::search`] where none is.
    pub fn verify_quote(
        &self,
        quote: &str,
        id: Option<&str>,
        version: Option<u32>,
    ) -> Result<Verified> {
        if !quote::has_words(quote) {
            return Err(invalid("quote", "there is no word in it".into()));
        }
        if quote.chars().nth(LONGEST_QUOTE).is_some() {
            let why = format!("longer than {LONGEST_QUOTE} characters; verify it in parts");
            return Err(invalid("quote", why));
        }
        match (id, version) {
            (Some(id), _) => self.verified_in(quote, id, version),
            (None, Some(_)) => Err(invalid(
                "version",
                "of which article? An id is missing".into(),
            )),
            (None, None) => self.verified_anywhere(quote),
        }
    }

    fn verified_in(&self, quote: &str, id: &str, version: Option<u32>) -> Result<Verified> {
        let mut reading = Reader::new(quote);
        let asked = match version {
            Some(number) => self.version(id, number)?,
            None => self.article(id)?,
        };
        let versions = self.versions(id)?;
        let several = versions.len() > 1;
        let shown = versions.iter().find(|other| match version {
            Some(number) => other.number == number,
            None => other.current,
        });
        reading.read(Candidate {
            article: asked,
            version: shown.filter(|_| several).map(|shown| shown.number),
            current: shown.is_none_or(|shown| shown.current),
        });
        if version.is_none() && !reading.has_exact() {
            for earlier in versions.into_iter().rev() {
                if !earlier.current && earlier.embargo.is_none() {
                    reading.read(Candidate {
                        article: earlier.article,
                        version: Some(earlier.number),
                        current: false,
                    });
                }
            }
        }
        Ok(reading.verified())
    }

    /// Looks where the words stand side by side: among what is current, then among all versions; then where the most stand.
    fn verified_anywhere(&self, quote: &str) -> Result<Verified> {
        let mut reading = Reader::new(quote);
        let phrase = phrase(&words_of(quote));
        for (query, current) in [
            (phrase.clone(), true),
            (format!("versions:all {phrase}"), false),
        ] {
            self.read_hits(&query, Sort::Oldest, WITH_ALL, current, &mut reading)?;
            if reading.has_exact() {
                return Ok(reading.verified());
            }
        }
        self.read_hits(
            &most_of(quote),
            Sort::Relevance,
            WITH_MOST,
            true,
            &mut reading,
        )?;
        Ok(reading.verified())
    }

    fn read_hits(
        &self,
        query: &str,
        sort: Sort,
        limit: usize,
        current: bool,
        reading: &mut Reader,
    ) -> Result<()> {
        let request = Request {
            matching: Match::Any,
            sort: Some(sort),
            limit,
            ..Request::for_query(query)
        };
        for hit in self.search(&request)?.hits {
            let article = match hit.version {
                Some(number) => self.version(&hit.id, number),
                None => self.article(&hit.id),
            };
            match article {
                Ok(article) => reading.read(Candidate {
                    article,
                    version: hit.version,
                    current,
                }),
                // Gone since the search, by a commit that came between.
                Err(error)
                    if error.is_about_nothing() || matches!(error, Error::Invalid { .. }) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }
}

fn invalid(what: &str, why: String) -> Error {
    Error::Invalid {
        what: what.into(),
        why,
    }
}

/// Reads articles for a quote, and keeps the best find: of equals the first one.
struct Reader<'q> {
    quote: &'q str,
    read: usize,
    best: Option<(Candidate, Find)>,
    /// The ids of the articles that have it exactly, in the order of reading.
    exact: Vec<String>,
}

/// A find, and the text that it was made in.
struct Find {
    field: SnippetField,
    part: usize,
    found: Found,
}

impl<'q> Reader<'q> {
    fn new(quote: &'q str) -> Self {
        Reader {
            quote,
            read: 0,
            best: None,
            exact: Vec::new(),
        }
    }

    /// Looks into each text of an article.
    fn read(&mut self, candidate: Candidate) {
        self.read += 1;
        let mut best: Option<Find> = None;
        for Text { field, part, text } in texts(&candidate.article) {
            if let Some(found) = quote::find(text, self.quote)
                && best
                    .as_ref()
                    .is_none_or(|best| found.is_better_than(&best.found))
            {
                best = Some(Find { field, part, found });
            }
        }
        let Some(find) = best else { return };
        if find.found.is_exact() && !self.exact.contains(&candidate.article.id) {
            self.exact.push(candidate.article.id.clone());
        }
        if self
            .best
            .as_ref()
            .is_none_or(|(_, best)| find.found.is_better_than(&best.found))
        {
            self.best = Some((candidate, find));
        }
    }

    fn has_exact(&self) -> bool {
        !self.exact.is_empty()
    }

    fn verified(self) -> Verified {
        let verdict = match &self.best {
            None => Verdict::Absent,
            Some((_, find)) if find.found.is_exact() => Verdict::Exact,
            Some(_) => Verdict::Altered,
        };
        let source = self
            .best
            .and_then(|(candidate, find)| source(candidate, find));
        let is_other = |id: &String| {
            source
                .as_ref()
                .is_none_or(|source| source.article.id != *id)
        };
        let also_in = self.exact.into_iter().filter(is_other).collect();
        Verified {
            verdict,
            also_in,
            read: self.read,
            source,
        }
    }
}

fn source(candidate: Candidate, find: Find) -> Option<Source> {
    let Find {
        field,
        part,
        found: Found { range, reading },
    } = find;
    let whole = texts(&candidate.article)
        .find(|text| text.field == field && text.part == part)?
        .text;
    Some(Source {
        text: quote::slice(whole, &range).to_owned(),
        hash: hash(whole),
        place: Passage {
            field,
            part,
            start: range.start,
            end: range.end,
        },
        reading,
        version: candidate.version,
        current: candidate.current,
        article: candidate.article,
    })
}

/// The first words of a quote, as they are written.
fn words_of(quote: &str) -> Vec<String> {
    // The Hebrew mark of an abbreviation is often typed as a quotation mark, which would end a phrase.
    words(quote)
        .take(ASKED_FOR)
        .map(|word| quote[word].replace('"', "\u{5f4}"))
        .collect()
}

/// These words side by side, as a query.
fn phrase(words: &[String]) -> String {
    format!("\"{}\"", words.join(" "))
}

/// A query for articles with the most of a quote: some of its neighbours, and its longest words.
fn most_of(quote: &str) -> String {
    let mut all = words_of(quote);
    let mut wanted: Vec<String> = all.chunks(PHRASE).map(phrase).collect();
    all.sort();
    all.dedup();
    all.sort_by_key(|word| std::cmp::Reverse(word.chars().count()));
    wanted.extend(all.chunks(1).take(LONG_WORDS).map(phrase));
    wanted.join(" ")
}
