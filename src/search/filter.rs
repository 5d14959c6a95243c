//! What a query asks of an article beside its text: date, length, language, places, section, source, topics.
//!
//! The index has answered it for the query as a whole. Marking asks again, for each part of the query: what stands beside a
//! filter that the article does not pass marks nothing (`(a date:1963) OR (b date:1964)`).

use super::matches::{Form, Pattern};
use crate::article::Article;
use crate::query::dates::DateSpan;
use crate::query::tree::{Field, Kind};
use crate::text::edtf::Edtf;
use crate::text::language;

/// Whether an article passes what is neither a word nor an operator. What is no filter either lets all pass.
pub(super) fn passes(article: &Article, kind: &Kind) -> bool {
    match kind {
        Kind::Date(span) => article.date.is_some_and(|date| overlaps(span, &date)),
        Kind::Words { min, max } => {
            (min.unwrap_or(0)..=max.unwrap_or(u32::MAX)).contains(&article.word_count)
        }
        Kind::Place(name) => {
            let pattern = Pattern::exact(name, Form::Exact);
            article
                .places
                .iter()
                .any(|place| pattern.is_in(&place.name))
        }
        _ => true,
    }
}

/// Whether a leaf is found in a field whose words are looked for in their exact forms.
pub(super) fn found(article: &Article, field: Field, text: &str, form: Form) -> bool {
    let pattern = Pattern::exact(text, form);
    match field {
        Field::Section => article.section.iter().any(|value| pattern.is_in(value)),
        Field::Source => article.source.iter().any(|value| pattern.is_in(value)),
        Field::Topic => article.topics.iter().any(|value| pattern.is_in(value)),
        Field::Language => article
            .language
            .as_deref()
            .is_some_and(|language| is_tag_of(text, language)),
        Field::Headline | Field::Lead | Field::Byline => false,
    }
}

fn overlaps(span: &DateSpan, date: &Edtf) -> bool {
    span.from.is_none_or(|from| date.last_day() >= from)
        && span.to.is_none_or(|to| date.first_day() <= to)
}

/// `en` is the tag of `en` and of all its regions.
fn is_tag_of(tag: &str, language: &str) -> bool {
    let tag = language::normalise(tag);
    let rest = tag.and_then(|tag| language.strip_prefix(&tag));
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
}
