//! The fields that were found → a [`Draft`]: each value read as its field wants it.

use super::super::{Draft, MapField, layout, markup};
use super::Fields;
use super::value::{authors, date, first_text, language_tag, line, list, text};
use super::version::embargo;
use crate::article::{Article, Place, PlaceFrom};
use crate::text::dateline;

/// The article that the fields make.
pub(super) fn draft(fields: &Fields<'_>) -> Draft {
    let get = |field| fields.get(field);
    let one_line = |field| {
        get(field)
            .and_then(text)
            .map(|text| line(&text))
            .filter(|line| !line.is_empty())
    };
    let language = get(MapField::Language)
        .and_then(text)
        .and_then(|text| language_tag(&text));
    let mut article = Article {
        id: one_line(MapField::Id).unwrap_or_default(),
        headline: get(MapField::Headline)
            .and_then(first_text)
            .map(|text| line(&text))
            .unwrap_or_default(),
        deck: get(MapField::Deck)
            .and_then(first_text)
            .map(|text| line(&text))
            .filter(|deck| !deck.is_empty()),
        body: get(MapField::Body)
            .and_then(text)
            .map(|text| layout::paragraphs(&markup::text(news_text(&text))))
            .unwrap_or_default(),
        section: get(MapField::Section)
            .and_then(first_text)
            .map(|text| line(&text))
            .filter(|section| !section.is_empty()),
        source: one_line(MapField::Source),
        url: get(MapField::Url)
            .and_then(first_text)
            .map(|text| line(&text)),
        dateline: one_line(MapField::Dateline),
        copyright: one_line(MapField::Copyright),
        topics: get(MapField::Topics)
            .map(|node| list(node, &[',', ';', '|']))
            .unwrap_or_default(),
        captions: get(MapField::Captions)
            .map(|node| list(node, &[]))
            .unwrap_or_default(),
        places: get(MapField::Places)
            .map(|node| list(node, &[';', '|']))
            .unwrap_or_default()
            .into_iter()
            .map(|name| Place::named(name, PlaceFrom::Metadata))
            .collect(),
        ..Article::default()
    };
    if let Some(node) = get(MapField::Byline) {
        (article.byline, article.byline_line) = authors(node);
    }
    let read = |field| get(field).and_then(|node| date(node, language.as_deref()));
    let (published, updated) = (read(MapField::Date), read(MapField::Updated));
    let embargo = get(MapField::Embargo).and_then(|node| embargo(node, language.as_deref()));
    without_headline(&mut article);
    article.language = language;
    let mut draft = Draft {
        article,
        date: published,
        updated,
        embargo,
        origins: fields.origins(),
    };
    split_dateline(&mut draft);
    draft
}

/// The text of a field that holds a whole document of NITF: what its head says is in other fields, too.
fn news_text(field: &str) -> &str {
    let Some((_, text)) = field.split_once("<body.content>") else {
        return field;
    };
    text.split_once("</body.content>")
        .map_or(text, |(text, _)| text)
}

/// Takes the headline from the beginning of a text that repeats it.
fn without_headline(article: &mut Article) {
    while !article.headline.is_empty()
        && let Some((first, rest)) = article.body.split_once("\n\n")
        && first == article.headline
    {
        article.body = rest.to_owned();
        without_credit(article);
    }
}

/// Takes a line `Harbour TT` between headline and text: a word for the subject, and the agency that holds the rights.
fn without_credit(article: &mut Article) {
    let Some((first, rest)) = article.body.split_once("\n\n") else {
        return;
    };
    let holders = [&article.source, &article.copyright];
    let last = first.rsplit(' ').next().unwrap_or_default();
    let is_credit =
        first.split(' ').count() <= 3 && holders.into_iter().flatten().any(|holder| holder == last);
    if is_credit {
        article.body = rest.to_owned();
    }
}

/// Takes a dateline from the beginning of the body, when no field names it, and gives back the date in it as printed.
pub(crate) fn split_dateline(draft: &mut Draft) -> Option<String> {
    let Draft {
        article, origins, ..
    } = draft;
    if article.dateline.is_some() {
        return None;
    }
    let found = dateline::split(&article.body).or_else(|| dateline::agency_alone(&article.body))?;
    // A text that is nothing but a dateline is no dateline.
    let rest = article
        .body
        .get(found.length..)
        .unwrap_or_default()
        .trim_start();
    if rest.is_empty() {
        return None;
    }
    article.body = rest.to_owned();
    if found.place.is_empty() {
        return found.date;
    }
    let known = |place: &Place| place.name.eq_ignore_ascii_case(&found.place);
    if !article.places.iter().any(known) {
        article
            .places
            .push(Place::named(found.place.clone(), PlaceFrom::Dateline));
        origins.also(MapField::Places, "dateline at the beginning of the text");
    }
    origins.note(MapField::Dateline, "dateline at the beginning of the text");
    article.dateline = Some(found.place);
    found.date
}
