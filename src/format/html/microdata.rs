//! Microdata in the body of a page (`itemprop`, schema.org) → [`Stated`].
//!
//! Values come from the article's own scope; what stands in the scope of a comment or of another article does not count.

use super::page::{Node, NodeIndex, Page};
use super::plain;
use super::stated::{Stated, keywords};
use crate::format::MapField;

/// What the page states by `itemprop`.
pub(crate) fn read(page: &Page) -> Stated {
    let scope = page.nodes.iter().position(|node| {
        kind(node).is_some_and(|kind| kind.ends_with("article") || kind.ends_with("blogposting"))
    });
    let range = scope.map_or(0..page.nodes.len(), |scope| page.inside(scope));
    let mut stated = Stated::default();
    let mut at = range.start;
    while at < range.end {
        let node = &page.nodes[at];
        // A scope of its own that is no part of the article: comments, related articles.
        let foreign = kind(node).is_some_and(|kind| {
            kind.ends_with("comment") || kind.ends_with("article") || kind.ends_with("review")
        });
        if foreign
            && node
                .attribute("itemprop")
                .is_none_or(|name| name.eq_ignore_ascii_case("comment"))
        {
            at = node.end;
            continue;
        }
        for name in node
            .attribute("itemprop")
            .unwrap_or_default()
            .split_whitespace()
        {
            take(&mut stated, page, at, &name.to_ascii_lowercase());
        }
        at += 1;
    }
    stated
}

/// The properties that are read, and their fields.
const NAMES: &[(&str, MapField)] = &[
    ("headline", MapField::Headline),
    ("author", MapField::Byline),
    ("creator", MapField::Byline),
    ("datePublished", MapField::Date),
    ("dateModified", MapField::Updated),
    ("articleSection", MapField::Section),
    ("inLanguage", MapField::Language),
    ("publisher", MapField::Source),
    ("sourceOrganization", MapField::Source),
    ("keywords", MapField::Topics),
    ("dateline", MapField::Dateline),
    ("contentLocation", MapField::Places),
];

/// Takes the value of one property.
fn take(stated: &mut Stated, page: &Page, at: NodeIndex, name: &str) {
    let value = || value(page, at);
    if let Some((known, field)) = NAMES
        .iter()
        .find(|(known, _)| known.eq_ignore_ascii_case(name))
    {
        let told = value().into_iter().chain(name_in(page, at));
        stated.told.extend(told.map(|text| (*field, *known, text)));
    }
    match name {
        "headline" => stated.headline.extend(value()),
        "author" | "creator" => stated.authors.extend(name_in(page, at)),
        "datepublished" => stated.published.extend(value()),
        "datemodified" => stated.updated.extend(value()),
        "articlesection" => stated.section = stated.section.take().or_else(value),
        "inlanguage" => stated.language = stated.language.take().or_else(value),
        "publisher" | "sourceorganization" => {
            stated.publisher = stated.publisher.take().or_else(|| name_in(page, at));
        }
        "keywords" => stated
            .topics
            .extend(value().iter().flat_map(|field| keywords(field))),
        "dateline" => stated.dateline = stated.dateline.take().or_else(value),
        "contentlocation" => stated.places.extend(name_in(page, at)),
        _ => {}
    }
}

/// The last part of `itemtype`, in lower case.
fn kind(node: &Node) -> Option<String> {
    let kind = node.attribute("itemtype")?.split_whitespace().next()?;
    Some(kind.rsplit('/').next().unwrap_or(kind).to_ascii_lowercase())
}

/// The value of a property: for machines where there is one, else what is shown.
fn value(page: &Page, at: NodeIndex) -> Option<String> {
    let node = &page.nodes[at];
    let value = match node.attribute("content").or(node.attribute("datetime")) {
        Some(value) if !value.trim().is_empty() => plain::line(value),
        _ => page.text(at),
    };
    Some(value).filter(|value| !value.is_empty())
}

/// The name of a person or an organisation: `itemprop=name` inside, else the whole.
fn name_in(page: &Page, at: NodeIndex) -> Option<String> {
    page.inside(at)
        .find(|&inner| page.nodes[inner].has_word("itemprop", "name"))
        .and_then(|inner| value(page, inner))
        .or_else(|| value(page, at))
}
