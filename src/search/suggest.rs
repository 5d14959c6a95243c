//! What could be typed next: words, names, places and other values that begin as what has been typed, from the dictionaries and
//! columns of the archive, the most frequent first. Only what a search finds is suggested, with the number of articles.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::ops::ControlFlow;

use serde::{Deserialize, Serialize};

use super::deadline::Deadline;
use super::expand::{self, Wanted};
use super::facet;
use super::request::{FacetName, Request, named};
use super::response::FacetCount;
use crate::error::Result;
use crate::index::Archive;
use crate::query::FIELDS;
use crate::text::analysis::form::exact_of;
use crate::text::analysis::words;

named! {
    /// What is suggested.
    Suggests, "kind of suggestion" {
        /// Words of the articles, in their exact forms.
        Words = "words",
        /// Authors.
        Names = "names",
        /// Places by name.
        Places = "places",
        /// Publications.
        Sources = "sources",
        /// Sections.
        Sections = "sections",
        /// Topics.
        Topics = "topics",
        /// The fields of the query language.
        Fields = "fields",
    }
}

impl Suggests {
    fn facet(self) -> Option<FacetName> {
        match self {
            Suggests::Words | Suggests::Fields => None,
            Suggests::Names => Some(FacetName::Byline),
            Suggests::Places => Some(FacetName::Place),
            Suggests::Sources => Some(FacetName::Source),
            Suggests::Sections => Some(FacetName::Section),
            Suggests::Topics => Some(FacetName::Topic),
        }
    }
}

/// Something that can be searched.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Suggestion {
    /// The word, the value, or the name of a field with its colon.
    pub text: String,
    /// A query that asks for it.
    pub query: String,
    /// How many articles have it; none for a field.
    pub count: Option<u64>,
}

/// A value of a column, with its words in exact form.
pub(crate) struct Value {
    folded: String,
    text: String,
    count: u64,
}

impl Archive {
    /// At most `limit` things that begin with `typed`: a word of the articles with the last word of it, a value with one of its own
    /// words. Without anything typed, the most frequent values, and no words.
    ///
    /// # Errors
    /// [`crate::Error::TooLong`], and what the engine says.
    pub fn suggest(&self, kind: Suggests, typed: &str, limit: usize) -> Result<Vec<Suggestion>> {
        match (kind, kind.facet()) {
            (_, Some(facet)) => self.suggested_values(facet, &folded(typed), limit),
            (Suggests::Fields, _) => Ok(fields(typed.trim(), limit)),
            _ => self.suggested_words(typed, limit),
        }
    }

    fn suggested_words(&self, typed: &str, limit: usize) -> Result<Vec<Suggestion>> {
        let Some(last) = words(typed).last().map(|word| exact_of(&typed[word])) else {
            return Ok(Vec::new());
        };
        let deadline = Deadline::new(self.limits());
        // The dictionary counts what is deleted and hidden, too; so a few more than are asked for.
        let mut best = BinaryHeap::new();
        let (mut met, mut in_time) = (0, Ok(()));
        let pattern = format!("{last}*");
        let wanted = Wanted::Pattern(&pattern);
        let _ = expand::each(
            &self.searcher(),
            self.fields().text,
            &wanted,
            &mut |word, articles| {
                best.push((Reverse(articles), word.to_owned()));
                if best.len() > limit * 2 {
                    best.pop();
                }
                met += 1;
                in_time = deadline.check_at(met);
                if in_time.is_ok() {
                    ControlFlow::Continue(())
                } else {
                    ControlFlow::Break(())
                }
            },
        )?;
        in_time?;
        let mut suggestions = Vec::new();
        for (_, word) in best.into_sorted_vec() {
            let query = format!("\"{word}\"");
            let request = Request {
                limit: 0,
                ..Request::for_query(&query)
            };
            let count = self.search(&request)?.total;
            if count > 0 {
                suggestions.push(Suggestion {
                    text: word,
                    query,
                    count: Some(count),
                });
            }
        }
        suggestions.sort_by_key(|suggestion| Reverse(suggestion.count));
        suggestions.truncate(limit);
        Ok(suggestions)
    }

    fn suggested_values(
        &self,
        facet: FacetName,
        typed: &str,
        limit: usize,
    ) -> Result<Vec<Suggestion>> {
        let searcher = self.searcher();
        let facts = self.facts(&searcher)?;
        let values = facts.values_of(facet, || {
            let of_value = |FacetCount { value, count }| Value {
                folded: folded(&value),
                text: value,
                count,
            };
            Ok(facet::values(&searcher, facet)?
                .into_iter()
                .map(of_value)
                .collect())
        })?;
        let inside = format!(" {typed}");
        let fits =
            |value: &&Value| value.folded.starts_with(typed) || value.folded.contains(&inside);
        let suggested = values
            .iter()
            .filter(fits)
            .take(limit)
            .map(|value| Suggestion {
                text: value.text.clone(),
                query: facet.condition(&value.text),
                count: Some(value.count),
            });
        Ok(suggested.collect())
    }
}

/// The words of a text in exact form, with a blank between.
fn folded(text: &str) -> String {
    let forms: Vec<_> = words(text).map(|word| exact_of(&text[word])).collect();
    forms.join(" ")
}

fn fields(typed: &str, limit: usize) -> Vec<Suggestion> {
    let fits = |name: &str| name.starts_with(&typed.to_lowercase());
    let fields = FIELDS.iter().filter(|field| field.names().any(fits));
    let suggestion = |field: &crate::query::QueryField| Suggestion {
        text: format!("{}:", field.name),
        query: field.example.into(),
        count: None,
    };
    fields.take(limit).map(suggestion).collect()
}

impl FacetName {
    /// What in the query language asks for a value of this facet. It finds every article that is counted for the value.
    #[must_use]
    pub fn condition(self, value: &str) -> String {
        let field = match self {
            FacetName::Source => "source",
            FacetName::Section => "section",
            FacetName::Byline => "byline",
            FacetName::Place => "place",
            FacetName::Topic => "topic",
            FacetName::Language => "lang",
            FacetName::Year => "date",
        };
        let plain = |letter: char| letter.is_ascii_alphanumeric() || letter == '-';
        let code = matches!(self, FacetName::Language | FacetName::Year);
        if code && !value.is_empty() && value.chars().all(plain) {
            return format!("{field}:{value}");
        }
        // A quotation ends at the next quotation mark of any kind; inside it they count for nothing anyway.
        let quoted: String = value
            .chars()
            .map(|letter| {
                if matches!(letter, '"' | '“' | '”' | '„' | '«' | '»') {
                    ' '
                } else {
                    letter
                }
            })
            .collect();
        format!("{field}:\"{}\"", quoted.trim())
    }
}
