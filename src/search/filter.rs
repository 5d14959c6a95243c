//! What a query asks of an article beside its text: date, length, language, places, section, source, topics.
//!
//! The index has answered it for the query as a whole. Marking asks again, for each part of the query: what stands beside a
//! filter that the article does not pass marks nothing (`(a date:1963) OR (b date:1964)`).

use crate::article::Article;
use crate::places;
use crate::query::dates::DateSpan;
use crate::query::tree::{Field, Kind, Node};
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
            let wanted = format!(" {} ", places::key(name));
            article
                .places
                .iter()
                .any(|place| format!(" {} ", places::key(&place.name)).contains(&wanted))
        }
        Kind::In(name) => {
            let wanted = places::key(name);
            article
                .places
                .iter()
                .any(|place| places::keys(place).contains(&wanted))
        }
        _ => true,
    }
}

/// The values of a field that is no part of the text.
pub(super) fn values(article: &Article, field: Field) -> impl Iterator<Item = &str> {
    let (one, many): (Option<&String>, &[String]) = match field {
        Field::Section => (article.section.as_ref(), &[]),
        Field::Source => (article.source.as_ref(), &[]),
        Field::Topic => (None, &article.topics),
        Field::Language | Field::Headline | Field::Lead | Field::Byline => (None, &[]),
    };
    one.into_iter().chain(many).map(String::as_str)
}

/// Whether an article is in the language that `lang:` names.
pub(super) fn in_language(article: &Article, node: &Node) -> bool {
    let (Kind::Word(tag) | Kind::Phrase(tag)) = &node.kind else {
        return false;
    };
    let language = article.language.as_deref();
    language.is_some_and(|language| is_tag_of(tag, language))
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
