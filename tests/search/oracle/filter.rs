//! What a query asks of an article beside its text: date, length, places, language.

use morgue::article::Place;
use morgue::query::tree::Kind;
use morgue::search::SnippetField;
use morgue::text::analysis::{form, words};

use super::words::Read;

/// Whether an article passes a filter.
pub fn passes(read: &Read, filter: &Kind) -> bool {
    match filter {
        // A date overlaps a span, or does not; an article without a date is in none.
        Kind::Date(span) => read.article.date.is_some_and(|date| {
            span.from.is_none_or(|from| date.last_day() >= from)
                && span.to.is_none_or(|to| date.first_day() <= to)
        }),
        Kind::Words { min, max } => {
            let counted = read.parts.iter().filter(|(part, _)| {
                matches!(
                    part,
                    SnippetField::Headline | SnippetField::Deck | SnippetField::Body
                )
            });
            let count: usize = counted.map(|(_, text)| text.words.len()).sum();
            min.is_none_or(|min| count >= min as usize)
                && max.is_none_or(|max| count <= max as usize)
        }
        Kind::Place(name) => {
            let wanted = forms(name);
            let is_named = |place: &Place| {
                let name = forms(&place.name);
                name.windows(wanted.len().max(1)).any(|run| run == wanted)
            };
            read.article.places.iter().any(is_named)
        }
        Kind::In(name) => {
            let wanted = forms(name);
            !wanted.is_empty()
                && (read.article.places)
                    .iter()
                    .any(|place| lies_in(place, &wanted))
        }
        _ => unreachable!("no filter: {filter:?}"),
    }
}

/// Whether a place is the one with this name, or lies in it.
fn lies_in(place: &Place, wanted: &[String]) -> bool {
    let pieces = place.name.split([',', ';', '(', ')', '[', ']']);
    let named = [&place.name]
        .into_iter()
        .chain(&place.path)
        .map(String::as_str);
    let mut names = named.chain(pieces).map(forms);
    let country = place.country.iter().map(|code| code.to_lowercase());
    names.any(|name| name == wanted) || country.into_iter().any(|code| wanted == [code])
}

/// The words of a text in their exact forms.
fn forms(text: &str) -> Vec<String> {
    words(text)
        .map(|word| form::exact_of(&text[word]))
        .collect()
}

/// Whether a tag is the one of the article's language or the beginning of it.
pub fn is_in_language(read: &Read, tag: &str) -> bool {
    let language = read.article.language.as_deref().unwrap_or_default();
    let (language, tag) = (language.to_lowercase(), tag.to_lowercase());
    language == tag || language.starts_with(&format!("{tag}-"))
}
