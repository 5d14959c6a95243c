//! Dates that a page shows: `<time>`, elements named as the date, and lines at the headline.
//!
//! Dates of comments and of other articles stand on the same page; where a date stands decides.

use std::ops::Range;

use super::blocks::{Block, span};
use super::date::is_said;
use super::label::{self, Label, Labels};
use super::page::{NodeIndex, Page};
use crate::text::date::{Reading, find, read};

/// Where dates are looked for.
pub(crate) struct Shown<'a> {
    /// The page.
    pub(crate) page: &'a Page,
    /// The labels of its nodes.
    pub(crate) labels: &'a Labels,
    /// Its blocks.
    pub(crate) blocks: &'a [Block],
    /// Where the headline is printed.
    pub(crate) headline: Option<NodeIndex>,
    /// The nodes of the text.
    pub(crate) text: Range<NodeIndex>,
}

/// Words in the names of elements that show the date.
#[rustfmt::skip]
const NAMED: &[&str] = &[
    "created", "date", "dateline", "datetime", "datum", "fecha", "postdate", "posted", "pubdate", "publication",
    "publishdate", "published", "stamp", "time", "timestamp",
];

/// Words in the names of elements that show other articles.
const OTHERS: &[&str] = &["latest", "popular", "recommended", "related", "sidebar", "teaser", "trending"];

/// Attributes that hold a date for machines.
const MACHINE: &[&str] = &["datetime", "data-datetime", "data-date", "data-time", "data-timestamp", "content", "title"];

/// An element that shows a date holds no more nodes than this.
const SMALL: usize = 40;

/// The date of an element made or named for it: from the headline to the end of the text, else before, else after.
pub(crate) fn marked(shown: &Shown<'_>, language: Option<&str>) -> Option<Reading> {
    let from = shown.headline.map_or(0, |headline| headline.min(shown.text.start));
    let end = shown.text.end.max(from);
    [from..end, 0..from, end..shown.page.nodes.len()].into_iter().find_map(|range| marked_in(shown, range, language))
}

/// The first date of publication in a range, else the first of a change.
fn marked_in(shown: &Shown<'_>, range: Range<NodeIndex>, language: Option<&str>) -> Option<Reading> {
    let page = shown.page;
    let mut of_change = None;
    let mut at = range.start;
    while at < range.end {
        let node = &page.nodes[at];
        if node.tag.is_empty() {
            at += 1;
            continue;
        }
        let names = label::words(node);
        let named = |wanted: &[&str]| names.iter().any(|name| wanted.contains(&name.as_str()));
        let is_large = node.end - at >= page.nodes.len() / 2;
        if !is_large && (shown.labels.get(at) == Some(Label::Comments) || named(OTHERS)) {
            at = node.end;
            continue;
        }
        let is_mark = node.tag == "time" || (named(NAMED) && node.end - at < SMALL);
        if let Some(reading) = is_mark.then(|| date_of(page, at, language)).flatten() {
            let changes = named(&["updated", "modified", "update"]) || says(CHANGE, &text_of(page, node.parent));
            if !changes {
                return Some(reading);
            }
            of_change = of_change.or(Some(reading));
        }
        at += 1;
    }
    of_change
}

/// The date an element holds: for machines, else in its text.
fn date_of(page: &Page, at: NodeIndex, language: Option<&str>) -> Option<Reading> {
    let machine = MACHINE.iter().filter_map(|name| page.nodes[at].attribute(name)).find_map(|value| read(value, language).filter(is_said));
    machine.or_else(|| find(&text_of(page, at), language).map(|(_, reading)| reading).filter(is_said))
}

/// The text of a small element; that of a large one says nothing about a date in it.
fn text_of(page: &Page, at: NodeIndex) -> String {
    if page.nodes[at].end - at < SMALL { page.text(at) } else { String::new() }
}

/// How many blocks after the beginning of the text, and before the headline, may be the line with the date.
const NEAR: usize = 6;

/// A date in a line: at the headline, then where a line says "published", then after the text, then anywhere.
pub(crate) fn printed(shown: &Shown<'_>, language: Option<&str>) -> Option<Reading> {
    let blocks = shown.blocks;
    let end = span(blocks, shown.text.clone()).end;
    at_headline(shown, language)
        .or_else(|| blocks.iter().filter(|block| says(PUBLICATION, &block.text)).find_map(|block| in_line(block, language)))
        .or_else(|| part(blocks, end.saturating_sub(4)..end + 8).iter().find_map(|block| in_line(block, language)))
        .or_else(|| blocks.iter().find_map(|block| in_line(block, language)))
}

/// A date in a line after the headline, else before it.
pub(crate) fn at_headline(shown: &Shown<'_>, language: Option<&str>) -> Option<Reading> {
    let blocks = shown.blocks;
    let text = span(blocks, shown.text.clone()).start;
    let headline = shown.headline.map_or(text, |node| span(blocks, 0..node).end);
    part(blocks, headline..text.max(headline) + NEAR)
        .iter()
        .find_map(|block| in_line(block, language))
        .or_else(|| part(blocks, headline.saturating_sub(NEAR)..headline).iter().rev().find_map(|block| in_line(block, language)))
}

/// The date in a block that is short enough to be a line of its own.
fn in_line(block: &Block, language: Option<&str>) -> Option<Reading> {
    let is_line = block.weight < 150;
    is_line.then(|| find(&block.text, language)).flatten().map(|(_, reading)| reading).filter(is_said)
}

/// A range of the blocks, as far as there are any.
fn part(blocks: &[Block], range: Range<usize>) -> &[Block] {
    let start = range.start.min(blocks.len());
    &blocks[start..range.end.clamp(start, blocks.len())]
}

/// Words before the date of a change.
#[rustfmt::skip]
const CHANGE: &[&str] = &[
    "actualizada", "actualizado", "aggiornato", "aktualisiert", "atualizado", "bijgewerkt", "geändert", "güncelleme",
    "mis à jour", "modified", "oppdatert", "updated", "uppdaterad", "zaktualizowano", "обновлено", "更新",
];

/// Words before the date of publication.
#[rustfmt::skip]
const PUBLICATION: &[&str] = &[
    "date:", "datum:", "erschienen", "erstellt", "fecha:", "gepubliceerd", "opublikowano", "posted", "pubblicato",
    "publicada", "publicado", "publicerad", "publié", "published", "publisert", "stand:", "veröffentlicht", "yayın",
    "опубликовано",
];

/// Whether the beginning of a line has one of these words.
fn says(words: &[&str], line: &str) -> bool {
    let beginning = line[..line.floor_char_boundary(80)].to_lowercase();
    words.iter().any(|word| beginning.contains(word))
}
