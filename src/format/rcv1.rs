//! Reuters Corpus Volume 1 (RCV1, RCV2): one `<newsitem itemid>` a file, with codes for topics, industries and countries.
//!
//! The codes are kept as topics as they are; those of countries become places by their names where the item has them.

use super::xml::{self, Element};
use super::{Draft, Head, Input, MapField, Record, Rejection, Sink, Verdict};
use super::{prose, story};
use crate::text::language;

/// Certain at the root element with the number of an item.
pub(super) fn sniff(head: &Head<'_>) -> Verdict {
    let is_item =
        xml::root(head.text).is_some_and(|root| root.is("newsitem") && root.tag.contains("itemid"));
    Verdict::when(is_item, 99, "the root element is <newsitem itemid=…>")
}

/// Reads each item.
pub(super) fn read(input: &mut Input<'_>, sink: &mut Sink<'_>) -> Result<(), Rejection> {
    xml::read(input, &["newsitem"], &mut |_, item| {
        sink(item.and_then(|item| record(&item)))
    })
}

fn record(item: &Element) -> Record {
    let mut draft = Draft::default();
    let article = &mut draft.article;
    let origins = &mut draft.origins;
    item.attribute("itemid")
        .unwrap_or_default()
        .clone_into(&mut article.id);
    origins.note(MapField::Id, ("attribute", "itemid"));
    origins.note(MapField::Language, ("attribute", "xml:lang"));
    article.language = item.attribute("lang").and_then(language::normalise);
    let line = |name: &str| item.child(name).and_then(Element::some_line);
    let at = line("headline").map_or("title", |_| "headline");
    origins.note(MapField::Headline, ("element", at));
    article.headline = line("headline")
        .or_else(|| line("title"))
        .unwrap_or_default();
    article.copyright = line("copyright");
    origins.note(MapField::Copyright, ("element", "copyright"));
    if let Some(byline) = line("byline") {
        story::set_byline(article, &byline);
        origins.note(MapField::Byline, ("element", "byline"));
    }
    if let Some(dateline) = line("dateline") {
        // `MEXICO CITY 1996-08-20`: the day without a comma.
        let (place, day) = dateline.rsplit_once(' ').unwrap_or((&dateline, ""));
        let dated = day.starts_with(|c: char| c.is_ascii_digit());
        story::set_dateline(article, if dated { place } else { &dateline });
        origins.note(MapField::Dateline, ("element", "dateline"));
    }
    let metadata = item.child("metadata");
    for codes in metadata
        .iter()
        .flat_map(|metadata| metadata.children("codes"))
    {
        for code in codes.children("code") {
            story::add_topic(article, code.attribute("code").unwrap_or_default());
            origins.also(MapField::Topics, ("element", "metadata/codes/code@code"));
        }
    }
    let stated = |name: &str| {
        metadata?
            .children("dc")
            .find(|dc| dc.attribute("element") == Some(name))?
            .attribute("value")
    };
    let at = stated("dc.source").map_or("dc.publisher", |_| "dc.source");
    origins.note(MapField::Source, ("element metadata/dc", at));
    article.source = stated("dc.source")
        .or(stated("dc.publisher"))
        .map(str::to_owned);
    if let Some(country) = stated("dc.creator.location.country.name") {
        story::add_place(article, country, None);
        let at = "dc.creator.location.country.name";
        origins.also(MapField::Places, ("element metadata/dc", at));
    }
    let dates = [
        (("attribute", "date"), item.attribute("date")),
        (
            ("element metadata/dc", "dc.date.published"),
            stated("dc.date.published"),
        ),
        (
            ("element metadata/dc", "dc.date.created"),
            stated("dc.date.created"),
        ),
    ];
    let date = dates.into_iter().find_map(|(at, date)| Some((at, date?)));
    draft.date = date.and_then(|(at, date)| {
        let date = story::date(date, article.language.as_deref());
        origins.told(MapField::Date, at, date)
    });
    origins.note(MapField::Body, ("element", "text"));
    let prose = item
        .child("text")
        .map(prose::of_element)
        .unwrap_or_default();
    story::record(draft, prose)
}
