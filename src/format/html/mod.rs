//! Saved web pages: one page → one article, or the reason why it is none.
//!
//! A page says what it is in up to four ways: JSON-LD ([`json_ld`]), metas ([`meta`]), microdata ([`microdata`]) and what
//! it shows ([`blocks`], [`body`], [`byline`], [`shown_date`]). [`choose`] brings them together. There are no rules for
//! single sites: what is known here is known of the kind. Nothing is fetched, no script is run.

use std::ops::ControlFlow;

use super::stream::{RECORD_PARTS, too_many, whole};
use super::{Head, Input, Record, Rejection, Sink, Verdict};
use crate::source::{self, SkipReason};

mod address;
mod beside;
pub(super) mod blocks;
mod body;
mod byline;
mod charset;
mod choose;
mod date;
mod deck;
mod headline;
mod json;
mod json_ld;
mod label;
mod meta;
mod microdata;
pub(super) mod page;
mod plain;
mod prune;
mod shown_date;
mod stated;
mod verdict;

/// Names that HTML files have.
const ENDINGS: &[&str] = &[".html", ".htm", ".xhtml", ".shtml"];

/// Certain at a doctype or `<html>`, likely at other tags of a page; a feed or another XML file is none, whatever its name.
pub(crate) fn sniff(head: &Head<'_>) -> Verdict {
    let text = head.text.trim_start_matches('\u{feff}').trim_start();
    let beginning = beginning(text);
    let named = ENDINGS.iter().any(|ending| head.name.ends_with(ending));
    if beginning.starts_with("<!doctype html") || beginning.starts_with("<html") {
        return Verdict::new(95, "begins with <!doctype html> or <html>");
    }
    if !beginning.starts_with('<') {
        return Verdict::when(
            named && text.contains("<p"),
            60,
            "named as a page, and with paragraphs",
        );
    }
    if beginning.contains("<html") || beginning.contains("<!doctype html") {
        return Verdict::new(90, "has <!doctype html> or <html> near its beginning");
    }
    let is_xml = beginning.starts_with("<?xml")
        || ["<rss", "<feed", "<rdf:rdf"]
            .iter()
            .any(|root| beginning.contains(root));
    let has_tag = [
        "<head", "<meta", "<body", "<title", "<script", "<div", "<p>", "<article", "<h1",
    ]
    .iter()
    .any(|tag| beginning.contains(tag));
    match (is_xml, named, has_tag) {
        (true, ..) => Verdict::NO,
        (_, true, _) => Verdict::new(80, "begins with `<`, and is named as a page"),
        (_, false, true) => Verdict::new(
            60,
            "begins with `<`, with tags of a page near its beginning",
        ),
        _ => Verdict::NO,
    }
}

/// The first 1,000 letters in lower case.
fn beginning(text: &str) -> String {
    let beginning: String = text.chars().take(1_000).collect();
    beginning.to_ascii_lowercase()
}

/// Reads the page.
pub(crate) fn read(input: &mut Input<'_>, sink: &mut Sink<'_>) -> Result<(), Rejection> {
    let bytes = whole(input.bytes)?;
    // The sink's wish to stop changes nothing: there is no second record.
    let (ControlFlow::Continue(()) | ControlFlow::Break(())) = sink(page(bytes, None, None));
    Ok(())
}

/// The one record of a page that came from `address` with `charset` as its server said, where that is known.
pub(crate) fn page(bytes: Vec<u8>, charset: Option<&str>, address: Option<&str>) -> Record {
    let declared = charset
        .map(str::to_owned)
        .or_else(|| charset::declared(&bytes));
    let text = source::decode(bytes, declared.as_deref()).text;
    if text.trim().is_empty() {
        return Err(Rejection::new(SkipReason::Empty, "a page without a letter"));
    }
    let beginning = beginning(&text);
    if ["<rss", "<feed", "<rdf:rdf"]
        .iter()
        .any(|root| beginning.contains(root))
        && !beginning.contains("<html")
    {
        return Err(Rejection::new(
            SkipReason::NotAnArticle,
            "a feed, not a page",
        ));
    }
    if text.matches('<').nth(RECORD_PARTS).is_some() {
        return Err(too_many("the page", "tags"));
    }
    choose::record(&page::Page::parse(&text), address)
}
