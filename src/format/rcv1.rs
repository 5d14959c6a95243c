//! Reuters Corpus Volume 1 (RCV1, RCV2): one `<newsitem itemid>` a file, with codes for topics, industries and countries.
//!
//! The codes are kept as topics as they are; those of countries become places by their names where the item has them.

use super::xml::{self, Element};
use super::{Draft, Head, Input, Record, Rejection, Sink, Verdict};
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
    item.attribute("itemid")
        .unwrap_or_default()
        .clone_into(&mut article.id);
    article.language = item.attribute("lang").and_then(language::normalise);
    let line = |name: &str| item.child(name).and_then(Element::some_line);
    article.headline = line("headline")
        .or_else(|| line("title"))
        .unwrap_or_default();
    article.copyright = line("copyright");
    if let Some(byline) = line("byline") {
        story::set_byline(article, &byline);
    }
    if let Some(dateline) = line("dateline") {
        // `MEXICO CITY 1996-08-20`: the day without a comma.
        let (place, day) = dateline.rsplit_once(' ').unwrap_or((&dateline, ""));
        let dated = day.starts_with(|c: char| c.is_ascii_digit());
        story::set_dateline(article, if dated { place } else { &dateline });
    }
    let metadata = item.child("metadata");
    for codes in metadata
        .iter()
        .flat_map(|metadata| metadata.children("codes"))
    {
        for code in codes.children("code") {
            story::add_topic(article, code.attribute("code").unwrap_or_default());
        }
    }
    let stated = |name: &str| {
        metadata?
            .children("dc")
            .find(|dc| dc.attribute("element") == Some(name))?
            .attribute("value")
    };
    article.source = stated("dc.source")
        .or(stated("dc.publisher"))
        .map(str::to_owned);
    if let Some(country) = stated("dc.creator.location.country.name") {
        story::add_place(article, country, None);
    }
    let date = item
        .attribute("date")
        .or_else(|| stated("dc.date.published"))
        .or_else(|| stated("dc.date.created"));
    draft.date = date.and_then(|date| story::date(date, draft.article.language.as_deref()));
    let prose = item
        .child("text")
        .map(prose::of_element)
        .unwrap_or_default();
    story::record(draft, prose)
}
