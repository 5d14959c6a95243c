//! One article as a page to read: what `morgue show` prints, with the matches of a query where one was given.

use std::borrow::Cow;
use std::io::{self, Write};

use anstyle::Style;

use super::marks::{Piece, highlights, paragraphs, pieces};
use super::terminal::{clean, columns, wrap};
use super::{Look, ink, list};
use crate::Article;
use crate::search::{Marked, Passage, SnippetField};

/// Lines of text longer than this are hard to read, however wide the terminal is.
const WIDEST: usize = 90;

/// Writes the article: headline, deck, byline, dateline and text, captions, then what else is known about it.
pub fn write_article(out: &mut dyn Write, article: &Article, look: Look) -> io::Result<()> {
    write_page(&mut Page { out, look }, article, &[])
}

/// Writes how many matches there are, then the article with them marked. Of an article that the query does not find, it
/// writes the article alone.
pub fn write_marked(out: &mut dyn Write, marked: &Marked, look: Look) -> io::Result<()> {
    let mut page = Page { out, look };
    if marked.found {
        page.paragraph("", &[Piece::plain(&count(marked))], ink::DIM)?;
        page.gap()?;
    }
    write_page(&mut page, &marked.article, &marked.marks)
}

/// How many matches there are, and in which texts: `3 matches of ferry: 1 in the headline, 2 in the body`.
fn count(marked: &Marked) -> String {
    let matches = &marked.matches;
    let mut texts = Vec::new();
    for of_field in matches.chunk_by(|a, b| a.field == b.field) {
        texts.push(format!(
            "{} in the {}",
            of_field.len(),
            of_field[0].field.name()
        ));
    }
    let matches = match matches.len() {
        1 => "1 match".into(),
        count => format!("{count} matches"),
    };
    let colon = if texts.is_empty() { "" } else { ": " };
    let query = &marked.query.canonical;
    format!("{matches} of {query}{colon}{}", texts.join(", "))
}

fn write_page(page: &mut Page<'_>, article: &Article, marks: &[Passage]) -> io::Result<()> {
    let of = |field, part| highlights(marks, field, part);
    if article.headline.is_empty() {
        page.paragraph("", &[Piece::plain("(no headline)")], ink::BOLD)?;
    } else {
        let headline = pieces(&article.headline, &of(SnippetField::Headline, 0));
        page.paragraph("", &headline, ink::BOLD)?;
    }
    if let Some(deck) = &article.deck {
        page.paragraph("", &pieces(deck, &of(SnippetField::Deck, 0)), Style::new())?;
    }
    imprint(page, article, marks)?;
    for paragraph in paragraphs(&article.body, &of(SnippetField::Body, 0)) {
        page.gap()?;
        page.paragraph("", &paragraph, Style::new())?;
    }
    for (number, caption) in article.captions.iter().enumerate() {
        page.gap()?;
        let caption = pieces(caption, &of(SnippetField::Caption, number));
        page.paragraph("[caption] ", &caption, Style::new())?;
    }
    page.gap()?;
    facts(page, article)
}

/// When, by whom, in which publication and section, on one line.
fn imprint(page: &mut Page<'_>, article: &Article, marks: &[Passage]) -> io::Result<()> {
    let date = article.date.map(|date| date.to_string());
    let mut facts: Vec<Vec<Piece<'_>>> = Vec::new();
    facts.extend(date.iter().map(|date| vec![Piece::plain(date)]));
    let names = list::names(&article.byline);
    let printed = article.byline_line.as_ref().unwrap_or(&names);
    let by = byline(article, marks).unwrap_or_else(|| vec![Piece::plain(printed)]);
    facts.push(by);
    let publication = article.source.iter().chain(&article.section);
    facts.extend(publication.map(|text| vec![Piece::plain(text)]));
    facts.retain(|pieces| pieces.iter().any(|piece| !piece.text.is_empty()));
    if facts.is_empty() {
        return Ok(());
    }
    page.paragraph("", &facts.join(&Piece::plain(" · ")), ink::DIM)
}

/// The names of the authors, where one of them holds a match: it is the names that are searched, not the printed line.
pub(crate) fn byline<'a>(article: &'a Article, marks: &[Passage]) -> Option<Vec<Piece<'a>>> {
    let name = |(number, name): (usize, &'a String)| {
        pieces(name, &highlights(marks, SnippetField::Byline, number))
    };
    let names: Vec<_> = article.byline.iter().enumerate().map(name).collect();
    let names = names.join(&Piece::plain(", "));
    names.iter().any(|piece| piece.marked).then_some(names)
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
        ("follows", article.follows.clone()),
        ("copyright", article.copyright.clone()),
        (
            "file",
            Some(format!("{}, record {}", article.file, article.record)),
        ),
    ];
    for (name, value) in facts {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            page.paragraph(&format!("{name:<10}"), &[Piece::plain(&value)], ink::DIM)?;
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
    fn paragraph(&mut self, label: &str, text: &[Piece<'_>], style: Style) -> io::Result<()> {
        let texts: Vec<(Cow<'_, str>, bool)> = text
            .iter()
            .map(|piece| (clean(piece.text), piece.marked))
            .collect();
        let pieces: Vec<_> = texts
            .iter()
            .map(|(text, marked)| Piece {
                text,
                marked: *marked,
            })
            .collect();
        let indent = columns(label);
        let width = self
            .look
            .width
            .map(|width| width.min(WIDEST).saturating_sub(indent).max(20));
        let mut lead = label.to_owned();
        for line in wrap(&pieces, width) {
            ink::paint(self.out, self.look.color, ink::DIM, &lead)?;
            for (text, marked) in line {
                let style = if marked { ink::MATCH } else { style };
                ink::paint(self.out, self.look.color, style, &text)?;
            }
            writeln!(self.out)?;
            lead = " ".repeat(indent);
        }
        Ok(())
    }
}
