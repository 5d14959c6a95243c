//! One article to read: its text in a column, and below it what else is known.

use super::html::{each, escape, facts, lang};
use crate::Article;

/// The article as HTML.
pub(super) fn article(article: &Article) -> String {
    let headline = if article.headline.is_empty() {
        "(no headline)"
    } else {
        &article.headline
    };
    let deck = article
        .deck
        .as_ref()
        .map(|deck| format!("<p class=\"deck\" dir=\"auto\">{}</p>\n", escape(deck)));
    let paragraphs = article
        .body
        .split("\n\n")
        .filter(|text| !text.trim().is_empty());
    let body = each(paragraphs, |text| {
        format!("<p dir=\"auto\">{}</p>\n", escape(text))
    });
    let captions = each(&article.captions, |caption| {
        format!(
            "<p class=\"caption\" dir=\"auto\">{}</p>\n",
            escape(caption)
        )
    });
    format!(
        "<article class=\"reading\"{}>\n<h1 dir=\"auto\">{}</h1>\n{}{}{body}{captions}</article>\n{}",
        lang(article.language.as_ref()),
        escape(headline),
        deck.unwrap_or_default(),
        imprint(article),
        about(article),
    )
}

/// Date, byline, publication and section on one line.
fn imprint(article: &Article) -> String {
    let byline = article
        .byline_line
        .clone()
        .unwrap_or_else(|| article.byline.join(", "));
    facts([
        article.date.map(|date| date.to_string()),
        Some(byline),
        article.source.clone(),
        article.section.clone(),
    ])
}

/// What else is known, a row each.
fn about(article: &Article) -> String {
    let text = |text: String| (!text.is_empty()).then(|| format!("<bdi>{}</bdi>", escape(&text)));
    let places: Vec<String> = article
        .places
        .iter()
        .map(|place| {
            if place.path.is_empty() {
                place.name.clone()
            } else {
                place.path.join(" › ")
            }
        })
        .collect();
    let rows = [
        ("Dateline", article.dateline.clone().and_then(text)),
        ("Places", text(places.join("; "))),
        ("Topics", text(article.topics.join("; "))),
        (
            "Updated",
            article.updated.and_then(|date| text(date.to_string())),
        ),
        ("Language", article.language.clone().and_then(text)),
        ("Words", text(article.word_count.to_string())),
        ("Address", article.url.as_deref().map(link)),
        ("Copyright", article.copyright.clone().and_then(text)),
        (
            "File",
            text(format!("{}, record {}", article.file, article.record)),
        ),
        ("Id", text(article.id.clone())),
    ];
    let rows: String = rows
        .into_iter()
        .filter_map(|(name, value)| value.map(|value| format!("<dt>{name}</dt><dd>{value}</dd>\n")))
        .collect();
    format!("<dl class=\"about\">\n{rows}</dl>\n")
}

/// A link to the source, where its address is one of the web's: `javascript:` and its like stay text.
fn link(url: &str) -> String {
    let text = escape(url);
    let scheme = url
        .split_once("://")
        .map(|(scheme, _)| scheme.to_ascii_lowercase());
    if matches!(scheme.as_deref(), Some("http" | "https")) {
        format!("<a href=\"{text}\" rel=\"noreferrer noopener\">{text}</a>")
    } else {
        text.into_owned()
    }
}
