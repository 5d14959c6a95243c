//! What the box offers while somebody types: a few words, names, places, publications and fields of the query language that begin
//! so, in one answer. [`Archive::suggest`] knows them; here is only which of them go together.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Query, State};
use serde::{Deserialize, Serialize};

use crate::search::{Suggestion, Suggests};
use crate::serve::desk::Desk;
use crate::serve::problem::Problem;
use crate::{Archive, Result};

/// How many are offered of each kind, and of the only one behind the name of a field.
const OF_EACH: usize = 4;
const OF_ONE: usize = 8;

/// What is being typed.
#[derive(Debug, Deserialize)]
pub(super) struct Typed {
    /// A word, or the beginning of one.
    q: String,
    /// The name of the field before it.
    #[serde(default)]
    field: String,
}

/// One thing that is offered.
#[derive(Debug, Serialize)]
pub(super) struct Offer {
    /// What it is.
    kind: &'static str,
    #[serde(flatten)]
    suggestion: Suggestion,
}

/// What a kind is called, and the fields behind which it alone is offered.
const KINDS: &[(Suggests, &str, &[&str])] = &[
    (Suggests::Words, "word", &["headline", "lead"]),
    (Suggests::Fields, "field", &[]),
    (Suggests::Names, "author", &["byline", "author", "by"]),
    (Suggests::Places, "place", &["place"]),
    (
        Suggests::Sources,
        "publication",
        &["source", "pub", "paper"],
    ),
    (Suggests::Sections, "section", &["section", "desk"]),
    (Suggests::Topics, "topic", &["topic", "subject", "tag"]),
];

/// `GET /page/suggest?q=…&field=…`
pub(super) async fn suggest(
    State(desk): State<Arc<Desk>>,
    Query(typed): Query<Typed>,
) -> Result<Json<Vec<Offer>>, Problem> {
    let offers = desk.ask(move |archive| offers(archive, &typed)).await?;
    Ok(Json(offers))
}

fn offers(archive: &Archive, typed: &Typed) -> Result<Vec<Offer>> {
    let field = typed.field.to_lowercase();
    let only = KINDS
        .iter()
        .find(|(_, _, fields)| fields.contains(&field.as_str()));
    let (kinds, limit) = match only {
        Some(row) => (std::slice::from_ref(row), OF_ONE),
        // Of another field nothing is known.
        None if !field.is_empty() => return Ok(Vec::new()),
        None => (KINDS, OF_EACH),
    };
    let mut offers = Vec::new();
    for &(suggests, kind, _) in kinds {
        for mut suggestion in archive.suggest(suggests, &typed.q, limit)? {
            let plain = suggestion.text.chars().all(char::is_alphanumeric);
            match suggests {
                // The name of a field is what its value is typed behind.
                Suggests::Fields => suggestion.query.clone_from(&suggestion.text),
                // A word is meant in all its forms, as it is when it is typed.
                Suggests::Words if plain => suggestion.query.clone_from(&suggestion.text),
                _ => {}
            }
            if suggests == Suggests::Words && only.is_some() {
                suggestion.query = format!("{field}:{}", suggestion.query);
            }
            offers.push(Offer { kind, suggestion });
        }
    }
    Ok(offers)
}
