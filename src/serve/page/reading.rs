//! One article to read: its text in a column, and below it what else is known. Opened from a hit, it has the matches
//! marked; each mark is a link to the next one, so that they can be gone through without a script.

use super::asked::Asked;
use super::html::{each, escape, facts, lang};
use super::words::{self, count};
use crate::Article;
use crate::output::byline;
use crate::output::marks::{self, Piece};
use crate::search::{Marked, Passage, SnippetField};

/// The article as HTML.
pub(super) fn article(article: &Article) -> String {
    text(article, &[], &mut Marks(0)) + &about(article)
}

/// The article with its matches marked, as it is opened from the hits of `asked`.
pub(super) fn marked(asked: &Asked, marked: &Marked) -> String {
    let mut marks = Marks(0);
    let text = text(&marked.article, &marked.marks, &mut marks);
    let matches = if marked.found {
        count(marked.matches.len() as u64, "match")
    } else {
        "No match".into()
    };
    let to_first = if marks.0 == 0 {
        String::new()
    } else {
        "<a href=\"#match-1\">First</a>\n".into()
    };
    let to_hits = format!(
        "<a rel=\"up\" href=\"{}\">All hits</a>",
        escape(&asked.address())
    );
    format!(
        "<div class=\"matches\" id=\"matches\">\n<p>{matches} of <code>{}</code></p>\n<nav aria-label=\"Matches\">{to_first}{to_hits}</nav>\n</div>\n\
         {text}<p class=\"facts\" id=\"match-{}\">No more matches. {to_first}{to_hits}</p>\n{}",
        escape(&marked.query.canonical),
        marks.0 + 1,
        about(&marked.article),
    )
}

/// How many marks a page has so far.
struct Marks(usize);

impl Marks {
    /// Pieces of text. Each match has a name, and is a link to the next; the last leads to what stands below the text.
    fn html(&mut self, pieces: &[Piece<'_>]) -> String {
        each(pieces, |piece| {
            let text = escape(piece.text);
            if !piece.marked {
                return text.into_owned();
            }
            self.0 += 1;
            let (this, next) = (self.0, self.0 + 1);
            format!("<mark id=\"match-{this}\"><a href=\"#match-{next}\">{text}</a></mark>")
        })
    }
}

/// Headline to captions, with these marks.
fn text(article: &Article, marks: &[Passage], names: &mut Marks) -> String {
    let of = |field, part| marks::highlights(marks, field, part);
    let headline = if article.headline.is_empty() {
        "(no headline)".into()
    } else {
        names.html(&marks::pieces(
            &article.headline,
            &of(SnippetField::Headline, 0),
        ))
    };
    let deck = article.deck.as_ref().map(|deck| {
        let deck = names.html(&marks::pieces(deck, &of(SnippetField::Deck, 0)));
        format!("<p class=\"deck\" dir=\"auto\">{deck}</p>\n")
    });
    let imprint = imprint(article, marks, names);
    let paragraphs = marks::paragraphs(&article.body, &of(SnippetField::Body, 0));
    let body = each(paragraphs, |pieces| {
        format!("<p dir=\"auto\">{}</p>\n", names.html(&pieces))
    });
    let captions = each(article.captions.iter().enumerate(), |(number, caption)| {
        let caption = names.html(&marks::pieces(caption, &of(SnippetField::Caption, number)));
        format!("<p class=\"caption\" dir=\"auto\">{caption}</p>\n")
    });
    format!(
        "<article class=\"reading\"{}>\n<h1 dir=\"auto\">{headline}</h1>\n{}{imprint}{body}{captions}</article>\n",
        lang(article.language.as_ref()),
        deck.unwrap_or_default(),
    )
}

/// Date, byline, publication and section on one line.
fn imprint(article: &Article, marks: &[Passage], names: &mut Marks) -> String {
    let printed = || match &article.byline_line {
        Some(line) => escape(line).into_owned(),
        None => escape(&article.byline.join(", ")).into_owned(),
    };
    let byline = byline(article, marks).map_or_else(printed, |pieces| names.html(&pieces));
    let date = article.date.map(words::date);
    let plain = |text: &String| escape(text).into_owned();
    facts([
        date,
        Some(byline),
        article.source.as_ref().map(plain),
        article.section.as_ref().map(plain),
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
        ("Updated", article.updated.map(words::date)),
        ("Language", article.language.clone().and_then(text)),
        ("Words", text(words::number(article.word_count.into()))),
        ("Address", article.url.as_deref().map(link)),
        (
            "Corrects or continues",
            article.follows.clone().and_then(text),
        ),
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
