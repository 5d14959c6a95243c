//! One article as a page to read: what `morgue show` prints.

use std::io::{self, Write};

use anstyle::Style;

use super::marks::Piece;
use super::terminal::{clean, columns, wrap};
use super::{Look, ink, list};
use crate::Article;

/// Lines of text longer than this are hard to read, however wide the terminal is.
const WIDEST: usize = 90;

/// Writes the article: headline, deck, byline, dateline and text, captions, then what else is known about it.
pub fn write_article(out: &mut dyn Write, article: &Article, look: Look) -> io::Result<()> {
    let mut page = Page { out, look };
    let headline = if article.headline.is_empty() {
        "(no headline)"
    } else {
        &article.headline
    };
    page.paragraph("", headline, ink::BOLD)?;
    if let Some(deck) = &article.deck {
        page.paragraph("", deck, Style::new())?;
    }
    let byline = article
        .byline_line
        .clone()
        .unwrap_or_else(|| list::names(&article.byline));
    let date = article.date.map(|date| date.to_string());
    let imprint: Vec<String> = [
        date,
        Some(byline),
        article.source.clone(),
        article.section.clone(),
    ]
    .into_iter()
    .flatten()
    .filter(|part| !part.is_empty())
    .collect();
    if !imprint.is_empty() {
        page.paragraph("", &imprint.join(" · "), ink::DIM)?;
    }
    for paragraph in article
        .body
        .split("\n\n")
        .filter(|text| !text.trim().is_empty())
    {
        page.gap()?;
        page.paragraph("", paragraph, Style::new())?;
    }
    for caption in &article.captions {
        page.gap()?;
        page.paragraph("[caption] ", caption, Style::new())?;
    }
    page.gap()?;
    facts(&mut page, article)
}

/// What is known about the article beside its text, one fact a line, in the order of its members.
fn facts(page: &mut Page<'_>, article: &Article) -> io::Result<()> {
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
    let facts = [
        ("id", Some(article.id.clone())),
        ("updated", article.updated.map(|date| date.to_string())),
        ("dateline", article.dateline.clone()),
        ("places", Some(places.join("; "))),
        ("topics", Some(article.topics.join("; "))),
        ("language", article.language.clone()),
        ("words", Some(article.word_count.to_string())),
        ("url", article.url.clone()),
        ("copyright", article.copyright.clone()),
        (
            "file",
            Some(format!("{}, record {}", article.file, article.record)),
        ),
    ];
    for (name, value) in facts {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            page.paragraph(&format!("{name:<10}"), &value, ink::DIM)?;
        }
    }
    Ok(())
}

/// A page in the making.
struct Page<'a> {
    out: &'a mut dyn Write,
    look: Look,
}

impl Page<'_> {
    fn gap(&mut self) -> io::Result<()> {
        writeln!(self.out)
    }

    /// Writes a text after a label; further lines stand below the text, not below the label.
    fn paragraph(&mut self, label: &str, text: &str, style: Style) -> io::Result<()> {
        let text = clean(text);
        let indent = columns(label);
        let width = self
            .look
            .width
            .map(|width| width.min(WIDEST).saturating_sub(indent).max(20));
        let mut lead = label.to_owned();
        for line in wrap(&[Piece::plain(&text)], width) {
            let line: String = line.into_iter().map(|(text, _)| text).collect();
            ink::paint(self.out, self.look.color, ink::DIM, &lead)?;
            ink::paint(self.out, self.look.color, style, &line)?;
            writeln!(self.out)?;
            lead = " ".repeat(indent);
        }
        Ok(())
    }
}
