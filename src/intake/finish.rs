//! What every article needs, whatever its format: a tag for its language, an id, its provenance, its length.

use crate::article::{Article, Place, PlaceFrom, Status};
use crate::format::{Draft, MapField, Rejection};
use crate::source::SkipReason;
use crate::text::analysis::words;
use crate::text::language;

/// Finishes a draft but for its dates; a draft without any text is rejected, and one of which nobody can tell when it may be seen. An id that is made here begins with `home`
/// (see [`super::home_of`]).
pub(super) fn prepare(
    mut draft: Box<Draft>,
    home: &str,
    file: &str,
    record: u32,
) -> Result<Box<Draft>, Rejection> {
    if let Some(Err(printed)) = &draft.embargo {
        let detail = format!("`{printed}`: the article stays out until this can be read as a date");
        return Err(Rejection::new(SkipReason::Embargo, detail));
    }
    let Draft {
        article, origins, ..
    } = &mut *draft;
    // A notice that takes an article back needs no text.
    let is_empty = article.headline.is_empty() && article.body.is_empty();
    if is_empty && article.status == Status::Usable {
        return Err(Rejection::new(
            SkipReason::NoText,
            SkipReason::NoText.sentence(),
        ));
    }
    article.language = article.language.as_deref().and_then(language::normalise);
    if article.language.is_none() {
        // What is told later has an origin of its own.
        origins.forget(MapField::Language);
    }
    file.clone_into(&mut article.file);
    article.record = record;
    if article.id.is_empty() {
        article.id = format!("{home}{file}#{record}");
        origins.note(MapField::Id, "path of the file and number of the record");
    }
    let texts = [
        Some(&article.headline),
        article.deck.as_ref(),
        Some(&article.body),
    ];
    let count: usize = texts
        .into_iter()
        .flatten()
        .map(|text| words(text).count())
        .sum();
    article.word_count = u32::try_from(count).unwrap_or(u32::MAX);
    if place_of_dateline(article) {
        origins.also(MapField::Places, "the dateline");
    }
    Ok(draft)
}

/// An article names the place of its dateline. True when it is one more.
fn place_of_dateline(article: &mut Article) -> bool {
    let Some(dateline) = article
        .dateline
        .as_deref()
        .filter(|dateline| !dateline.is_empty())
    else {
        return false;
    };
    let known = |place: &Place| place.name.eq_ignore_ascii_case(dateline);
    if article.places.iter().any(known) {
        return false;
    }
    let place = Place::named(dateline, PlaceFrom::Dateline);
    article.places.push(place);
    true
}
