//! All evidence of a page → the draft of an article, or the reason why it is none.
//!
//! For each field the first part of the page that says something wins: JSON-LD, then the metas, then microdata. Only the
//! language is asked of the text as well: templates say `en` for whatever is in them.

use super::blocks::{self, Block, Kind, span};
use super::date::Evidence;
use super::headline::{self, folded};
use super::label::Labels;
use super::page::Page;
use super::shown_date::Shown;
use super::stated::{self, Stated};
use super::verdict::{self, Signs};
use super::{address, beside, body, byline, deck, json_ld, meta, microdata};
use crate::article::{Article, Place, PlaceFrom};
use crate::format::{Draft, MapField, Origin, Origins, Record};
use crate::text::language;

/// The article of a page, as far as the page states and shows it; `from` is the address that it came from, if known.
#[expect(clippy::too_many_lines, reason = "one field after the other")]
pub(crate) fn record(page: &Page, from: Option<&str>) -> Record {
    let (ld, meta, micro) = (json_ld::read(page), meta::read(page), microdata::read(page));
    let stated = [&ld, &meta, &micro];

    let blocks = blocks::blocks(page);
    let labels = Labels::of(page);
    let beside = beside::beside(page, &blocks, &labels);
    let text = body::find(page, &blocks, &labels, &beside);
    let headline = headline::choose(page, stated);
    let deck = deck::choose(page, &blocks, stated, headline.node, &text.blocks);
    let is_body = |index: &usize| {
        Some(*index) != deck && folded(&blocks[*index].text) != folded(&headline.text)
    };
    let kept: Vec<usize> = text.blocks.iter().copied().filter(is_body).collect();

    let shown_body = body::paragraphs(page, &blocks, &kept).join("\n\n");
    let stated_body = text_of(&shown_body, &ld);
    let body = stated_body.unwrap_or(&shown_body);
    let (language, overruled) = language(page, stated, &format!("{}\n{body}", headline.text));
    let urls = addresses(stated, from);
    let begin = headline
        .node
        .map_or(text.nodes.start, |node| node.min(text.nodes.start));
    let byline = byline::choose(stated, &urls, page, &labels, &blocks, begin..text.nodes.end);
    let captions = captions(&blocks, begin..text.nodes.end, &ld.captions);
    let shown = Shown {
        page,
        labels: &labels,
        blocks: &blocks,
        headline: headline.node,
        text: text.nodes,
    };
    let evidence = Evidence {
        stated,
        shown,
        urls: &urls,
        language: language.as_deref(),
    };
    let (published, updated) = (evidence.published(), evidence.updated());
    let mut draft = Draft {
        date: published.as_ref().map(|(_, reading)| *reading),
        updated: updated.as_ref().map(|(_, reading)| *reading),
        embargo: None,
        origins: Origins::default(),
        article: Article {
            id: urls.first().cloned().unwrap_or_default(),
            headline: headline.text.clone(),
            deck: deck.map(|index| blocks[index].text.clone()),
            body: body.to_owned(),
            byline: byline.names,
            byline_line: byline.line,
            places: first_list(stated, |part| &part.places)
                .into_iter()
                .map(|name| Place::named(name, PlaceFrom::Metadata))
                .collect(),
            dateline: first(stated, |part| part.dateline.as_ref()),
            section: first(stated, |part| part.section.as_ref()),
            source: first(stated, |part| part.publisher.as_ref()),
            language,
            url: urls.into_iter().next(),
            topics: without_doubles(first_list(stated, |part| &part.topics)),
            captions,
            copyright: first(stated, |part| part.copyright.as_ref()),
            ..Article::default()
        },
    };
    note(&mut draft, stated);
    let origins = &mut draft.origins;
    if !headline.shown.is_empty() {
        origins.note(MapField::Headline, ("element", headline.shown));
    }
    let at = stated_body.map_or(
        "the main text that the page shows",
        |_| "JSON-LD articleBody",
    );
    origins.note(MapField::Body, at);
    origins.note(
        MapField::Deck,
        "a block of the page between headline and text",
    );
    let is_shown = |caption: &String| blocks.iter().any(|block| block.text == *caption);
    for caption in &draft.article.captions {
        let at = if is_shown(caption) {
            "captions that the page shows"
        } else {
            "JSON-LD image.caption"
        };
        origins.also(MapField::Captions, at);
    }
    let found = [
        (MapField::Byline, byline.origin),
        (MapField::Date, published.map(|(at, _)| at)),
        (MapField::Updated, updated.map(|(at, _)| at)),
    ];
    for (field, at) in found {
        if let Some(at) = at {
            origins.note(field, at);
        }
    }
    if declares_language(page) {
        origins.note(MapField::Language, "attribute lang of <html>");
    }
    if overruled {
        let at = "all of the text: what the page states is another language";
        origins.note(MapField::Language, at);
    }
    let signs = Signs {
        page,
        declared: stated.iter().any(|part| part.is_article),
        prose: kept
            .iter()
            .filter(|&&index| blocks[index].is_prose())
            .count(),
        weight: blocks::weight(&draft.article.body),
        own_address: meta.url.first().map(String::as_str).or(from),
    };
    match verdict::rejection(&signs, &draft) {
        Some(rejection) => Err(rejection),
        None => Ok(Box::new(draft)),
    }
}

/// Notes where those fields are stated that are taken as they stand.
fn note(draft: &mut Draft, stated: [&Stated; 3]) {
    let article = &draft.article;
    let origins = &mut draft.origins;
    let one = |text: &Option<String>| text.clone().into_iter().collect::<Vec<_>>();
    let places = article.places.iter().map(|place| place.name.clone());
    let fields = [
        (MapField::Headline, vec![article.headline.clone()]),
        (MapField::Section, one(&article.section)),
        (MapField::Source, one(&article.source)),
        (MapField::Language, one(&article.language)),
        (MapField::Dateline, one(&article.dateline)),
        (MapField::Copyright, one(&article.copyright)),
        (MapField::Topics, article.topics.clone()),
        (MapField::Places, places.collect()),
    ];
    for (field, values) in fields {
        let found = values
            .iter()
            .find_map(|value| stated::origin(stated, field, value));
        origins.note(field, found.unwrap_or(Origin::Rule("stated by the page")));
    }
    if let Some(url) = &article.url {
        // The metas have the first word about addresses.
        let [ld, meta, micro] = stated;
        let found = [("meta", meta), ("JSON-LD", ld), ("microdata", micro)]
            .into_iter()
            .find_map(|(part, stated)| {
                Some(Origin::Named(part, stated.name_of(MapField::Url, url)?))
            });
        let at = found.unwrap_or(Origin::Rule("the address that the page came from"));
        origins.note(MapField::Id, at.clone());
        origins.note(MapField::Url, at);
    }
}

/// The text that JSON-LD states, where a script would have to write it into the page: it says much more than what is shown.
fn text_of<'a>(shown: &str, ld: &'a Stated) -> Option<&'a str> {
    let stated = ld.body.as_deref()?;
    (3 * blocks::weight(shown) < blocks::weight(stated)).then_some(stated)
}

/// Whether the root of the page says which language it is in.
fn declares_language(page: &Page) -> bool {
    page.elements("html")
        .filter_map(|(_, html)| html.attribute("lang").or(html.attribute("xml:lang")))
        .any(|tag| !tag.trim().is_empty())
}

/// The first statement about a field.
fn first(stated: [&Stated; 3], field: fn(&Stated) -> Option<&String>) -> Option<String> {
    stated.into_iter().find_map(field).cloned()
}

/// The first list that is not empty.
fn first_list(stated: [&Stated; 3], field: fn(&Stated) -> &Vec<String>) -> Vec<String> {
    stated
        .into_iter()
        .map(field)
        .find(|list| !list.is_empty())
        .cloned()
        .unwrap_or_default()
}

fn without_doubles(mut list: Vec<String>) -> Vec<String> {
    let mut seen = std::collections::HashSet::new();
    list.retain(|item| seen.insert(folded(item)));
    list
}

/// The language of the page, else that of a statement; that of its text, where a template says another for all its pages, and
/// whether it is so.
fn language(page: &Page, stated: [&Stated; 3], text: &str) -> (Option<String>, bool) {
    let said = page
        .elements("html")
        .filter_map(|(_, html)| html.attribute("lang").or(html.attribute("xml:lang")))
        .map(|tag| tag.trim().to_owned())
        .find(|tag| !tag.is_empty())
        .or_else(|| first(stated, |part| part.language.as_ref()))
        .and_then(|tag| language::normalise(&tag));
    let other = said
        .as_deref()
        .and_then(|said| language::contradicted(text, said));
    let overruled = other.is_some();
    (other.map(str::to_owned).or(said), overruled)
}

/// The addresses of the article, that of `<link rel=canonical>` first, that which the page came `from` last.
fn addresses(stated: [&Stated; 3], from: Option<&str>) -> Vec<String> {
    let [ld, meta, _] = stated;
    let given = meta.url.iter().chain(&ld.url).map(String::as_str);
    let given: Vec<&str> = given.chain(from).collect();
    let base = given.iter().find_map(|url| address::origin(url));
    given
        .iter()
        .filter_map(|url| address::article(url, base))
        .collect()
}

/// The captions from the headline to the end of the text, then those that are only stated.
fn captions(blocks: &[Block], nodes: std::ops::Range<usize>, stated: &[String]) -> Vec<String> {
    let shown = blocks[span(blocks, nodes)]
        .iter()
        .filter(|block| block.kind == Kind::Caption)
        .map(|block| block.text.clone());
    without_doubles(shown.chain(stated.iter().cloned()).collect())
}
