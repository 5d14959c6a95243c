//! What the box offers while somebody types: a few words, names, places, publications and fields of the query language that begin
//! so, in one answer. [`Archive::suggest`] knows them; here is only which of them go together, and what becomes of what is typed.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Query, State};
use serde::{Deserialize, Serialize};

use crate::query::{FIELDS, QueryField};
use crate::search::{Suggestion, Suggests};
use crate::serve::desk::Desk;
use crate::serve::problem::Problem;
use crate::text::analysis::words;
use crate::{Archive, Result};

/// How many are offered of each kind, and of the only one behind the name of a field.
const OF_EACH: usize = 4;
const OF_ONE: usize = 8;

/// What is being typed.
#[derive(Debug, Deserialize)]
pub(super) struct Typed {
    /// The beginning of a word, or all that stands behind a quotation mark.
    q: String,
    /// The name of the field before it.
    #[serde(default)]
    field: String,
    /// The quotation mark before it.
    #[serde(default)]
    quote: String,
}

/// One thing that is offered.
#[derive(Debug, Serialize)]
pub(super) struct Offer {
    /// What it is.
    kind: &'static str,
    #[serde(flatten)]
    suggestion: Suggestion,
}

/// What a kind is called, and the fields behind which it alone is offered, under any of their names.
const KINDS: &[(Suggests, &str, &[&str])] = &[
    (Suggests::Words, "word", &["headline", "lead"]),
    (Suggests::Fields, "field", &[]),
    (Suggests::Names, "author", &["byline"]),
    (Suggests::Places, "place", &["in", "place"]),
    (Suggests::Sources, "publication", &["source"]),
    (Suggests::Sections, "section", &["section"]),
    (Suggests::Topics, "topic", &["topic"]),
];

/// `GET /page/suggest?q=…&field=…&quote=…`
pub(super) async fn suggest(
    State(desk): State<Arc<Desk>>,
    Query(typed): Query<Typed>,
) -> Result<Json<Vec<Offer>>, Problem> {
    let offers = desk.ask(move |archive| offers(archive, &typed)).await?;
    Ok(Json(offers))
}

fn offers(archive: &Archive, typed: &Typed) -> Result<Vec<Offer>> {
    let free = typed.field.is_empty() && typed.quote.is_empty();
    let fits = |(suggests, _, fields): &&(Suggests, &str, &[&str])| match field(&typed.field) {
        _ if free => true,
        Some(field) => fields.contains(&field.name),
        // A quotation is one of words. Of a field that is not known, nothing is.
        None => typed.field.is_empty() && *suggests == Suggests::Words,
    };
    let limit = if free { OF_EACH } else { OF_ONE };
    let mut offers = Vec::new();
    for &(suggests, kind, _) in KINDS.iter().filter(fits) {
        if suggests == Suggests::Words && !begins_word(&typed.q) {
            continue;
        }
        for mut suggestion in archive.suggest(suggests, &typed.q, limit)? {
            suggestion.query = typed.completed_by(suggests, &suggestion);
            offers.push(Offer { kind, suggestion });
        }
    }
    Ok(offers)
}

fn field(name: &str) -> Option<&'static QueryField> {
    let is = |known: &str| known.eq_ignore_ascii_case(name);
    FIELDS.iter().find(|field| field.names().any(is))
}

/// Whether enough of a last word is there to look for those that begin so.
fn begins_word(text: &str) -> bool {
    let last = text.rsplit(char::is_whitespace).next();
    last.is_some_and(|word| word.chars().nth(1).is_some())
}

impl Typed {
    /// What takes the place of all that is typed: field, quotation mark and text.
    fn completed_by(&self, suggests: Suggests, suggestion: &Suggestion) -> String {
        let Suggestion { text, query, .. } = suggestion;
        let field = match self.field.as_str() {
            "" => String::new(),
            name => format!("{name}:"),
        };
        match suggests {
            // The name of a field is what its value is typed behind.
            Suggests::Fields => text.clone(),
            // Only the last word is completed; what stands before it is still meant.
            Suggests::Words => {
                let start = words(&self.q).last().map_or(0, |word| word.start);
                let plain = text.chars().all(char::is_alphanumeric);
                // A word is meant in all its forms, as it is when it is typed.
                let word = if plain || start > 0 || !self.quote.is_empty() {
                    text
                } else {
                    query
                };
                format!("{field}{}{}{word}", self.quote, &self.q[..start])
            }
            // The field stays as it was typed: `in:` asks for more than `place:`.
            _ => match query.split_once(':') {
                Some((_, value)) if !field.is_empty() => format!("{field}{value}"),
                _ => query.clone(),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fields_of_the_table_are_those_of_the_query_language() {
        for name in KINDS.iter().flat_map(|(_, _, fields)| *fields) {
            assert_eq!(field(name).map(|field| field.name), Some(*name));
        }
    }
}
