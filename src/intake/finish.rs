//! What every article needs, whatever its format: a tag for its language, an id, its provenance, its length.

use crate::article::{Article, Place, PlaceFrom};
use crate::format::{Draft, Rejection};
use crate::source::SkipReason;
use crate::text::analysis::words;
use crate::text::language;

/// Finishes a draft but for its dates; a draft without any text is rejected. An id that is made here begins with `home`
/// (see [`super::home_of`]).
pub(super) fn prepare(
    mut draft: Box<Draft>,
    home: &str,
    file: &str,
    record: u32,
) -> Result<Box<Draft>, Rejection> {
    let article = &mut draft.article;
    if article.headline.is_empty() && article.body.is_empty() {
        return Err(Rejection::new(
            SkipReason::NoText,
            SkipReason::NoText.sentence(),
        ));
    }
    article.language = article.language.as_deref().and_then(language::normalise);
    file.clone_into(&mut article.file);
    article.record = record;
    if article.id.is_empty() {
        article.id = format!("{home}{file}#{record}");
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
    place_of_dateline(article);
    Ok(draft)
}

/// An article names the place of its dateline.
fn place_of_dateline(article: &mut Article) {
    let Some(dateline) = article
        .dateline
        .as_deref()
        .filter(|dateline| !dateline.is_empty())
    else {
        return;
    };
    if article
        .places
        .iter()
        .all(|place| !place.name.eq_ignore_ascii_case(dateline))
    {
        article
            .places
            .push(Place::named(dateline, PlaceFrom::Dateline));
    }
}
