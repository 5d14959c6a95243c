//! Feeds: RSS 0.9 to 2.0 and RSS 1.0 ([`rss`]), Atom ([`atom`]), JSON Feed ([`json`]); and the export of WordPress
//! ([`wxr`]), which is RSS with more in it.
//!
//! An item with its whole text is an article; one with a summary of it is a stub, whose body is the summary. Episodes of
//! podcasts and films are no articles. Nothing is fetched.

pub(super) mod atom;
pub(super) mod json;
pub(super) mod rss;
pub(super) mod wxr;

use super::prose::{self, Prose};
use super::story;
use super::xml::{self, Found};
use super::{Draft, Input, MapField, Origin, Origins, Part, Record, Rejection};
use crate::article::Article;
use crate::source::SkipReason;
use crate::text::date::Reading;
use crate::text::{byline, clean};

/// A text in the place of a summary that says as much as this, in characters and paragraphs, is the whole text.
const WHOLE_CHARACTERS: usize = 1_200;
const WHOLE_PARAGRAPHS: usize = 3;

/// The longest summary that is a deck beside a whole text, in characters.
const DECK: usize = 600;

/// Reads the elements of this name; a feed may have none.
fn items(input: &mut Input<'_>, name: &str, found: &mut Found<'_>) -> Result<(), Rejection> {
    let mut any = false;
    xml::read(input, &[name], &mut |around, item| {
        any = true;
        found(around, item)
    })?;
    if any { Ok(()) } else { Err(nothing()) }
}

/// What is said of a feed that has nothing in it.
fn nothing() -> Rejection {
    Rejection::new(SkipReason::Empty, "a feed without items")
}

/// Makes the record of an item: `text` stands in the place of the whole text, `summary` in that of a summary.
fn record(
    mut draft: Draft,
    text: Option<(Origin, Prose)>,
    summary: Option<(Origin, Prose)>,
) -> Record {
    let some = |prose: Option<(Origin, Prose)>| prose.filter(|(_, prose)| !prose.pieces.is_empty());
    let article = &mut draft.article;
    let origins = &mut draft.origins;
    origins.note(
        Part::Stub,
        "a summary stands in the place of the text, or the text is cut",
    );
    let prose = match (some(text), some(summary)) {
        (Some((_, text)), Some((from, summary))) if length(&text) < length(&summary) => {
            article.stub = !is_whole(&summary);
            origins.note(MapField::Body, from);
            summary
        }
        (Some((from, text)), summary) => {
            article.stub = is_cut(&text);
            origins.note(MapField::Body, from);
            let (at, deck) = summary.map_or(("".into(), String::new()), |(at, summary)| {
                (at, line(summary))
            });
            let is_deck = !deck.is_empty() && deck.chars().count() <= DECK && !ends_cut(&deck);
            article.deck = article
                .deck
                .take()
                .or_else(|| origins.told(MapField::Deck, at, is_deck.then_some(deck)));
            text
        }
        (None, Some((from, summary))) => {
            article.stub = !is_whole(&summary);
            origins.note(MapField::Body, from);
            summary
        }
        (None, None) => {
            article.stub = true;
            Prose::default()
        }
    };
    story::record(draft, prose)
}

/// A draft with its dates, each with the name of the element that says it: a change is one only after a publication.
fn dated(
    article: Article,
    mut origins: Origins,
    published: Option<(&'static str, Reading)>,
    updated: Option<(&'static str, Reading)>,
) -> Draft {
    if let Some((name, _)) = published.or(updated) {
        origins.note(MapField::Date, ("element", name));
    }
    if let Some((name, _)) = updated {
        origins.note(MapField::Updated, ("element", name));
    }
    let published = published.map(|(_, date)| date);
    let updated = updated.map(|(_, date)| date);
    Draft {
        article,
        date: published.or(updated),
        updated: updated.filter(|updated| published.is_some_and(|published| published != *updated)),
        origins,
        ..Draft::default()
    }
}

fn length(prose: &Prose) -> usize {
    prose.pieces.iter().map(|piece| piece.text.len()).sum()
}

/// Whether what stands in the place of a summary is the whole text.
fn is_whole(prose: &Prose) -> bool {
    let characters: usize = prose
        .pieces
        .iter()
        .map(|piece| piece.text.chars().count())
        .sum();
    prose.pieces.len() >= WHOLE_PARAGRAPHS && characters >= WHOLE_CHARACTERS && !is_cut(prose)
}

/// Whether a text ends where it was cut.
fn is_cut(prose: &Prose) -> bool {
    prose.pieces.last().is_some_and(|last| ends_cut(&last.text))
}

/// Whether a line ends with the signs of having been cut.
fn ends_cut(line: &str) -> bool {
    let line = line.trim_end_matches([']', ')', '»', '>', ' ']);
    line.ends_with('…') || line.ends_with("...")
}

/// A text as one line.
fn line(prose: Prose) -> String {
    let lines: Vec<_> = prose.pieces.into_iter().map(|piece| piece.text).collect();
    lines.join(" ")
}

/// Markup in a field as one line.
fn plain(field: &str) -> String {
    if field.contains('<') {
        line(prose::of_html(field))
    } else {
        clean::line(&super::markup::references(field))
    }
}

/// Adds an author: a name, or an address with a name in brackets behind it, as RSS has it.
fn add_author(article: &mut Article, author: &str) {
    let author = plain(author);
    let name = match author.split_once('(') {
        Some((address, name)) if address.contains('@') => name.trim_end_matches([')', ' ']),
        None if author.contains('@') => return,
        _ => &author,
    };
    if name.is_empty() {
        return;
    }
    for name in byline::names(name) {
        if !article.byline.contains(&name) {
            article.byline.push(name);
        }
    }
    article.byline_line = match article.byline_line.take() {
        Some(line) if line.contains(name) || line.len() > 300 => Some(line),
        Some(line) => Some(format!("{line}, {name}")),
        None => Some(name.to_owned()),
    };
}

/// Adds a keyword; a path of them (`News/Politics`) stays as it is.
fn add_keyword(article: &mut Article, keyword: &str) {
    story::add_topic(article, &plain(keyword));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stubs_are_told_from_whole_texts() {
        let check = |text: Option<&str>, summary: Option<&str>, stub: bool, body: &str| {
            let mut draft = Draft::default();
            draft.article.headline = "Ferry".to_owned();
            let of = |html: &str| (Origin::from("a test"), prose::of_html(html));
            let article = record(draft, text.map(of), summary.map(of))
                .unwrap()
                .article;
            assert_eq!((article.stub, article.body.as_str()), (stub, body));
        };
        check(
            Some("<p>All of it.</p>"),
            Some("Of it"),
            false,
            "All of it.",
        );
        check(Some("<p>All of […]</p>"), None, true, "All of […]");
        check(None, Some("Some of it."), true, "Some of it.");
        check(Some("Short."), Some("Not so short."), true, "Not so short.");
        check(None, None, true, "");
        let long = format!(
            "<p>{0}</p><p>{0}</p><p>{0}</p>",
            "Many words. ".repeat(50).trim()
        );
        let paragraph = "Many words. ".repeat(50);
        let whole = [paragraph.trim(); 3].join("\n\n");
        check(None, Some(&long), false, &whole);
    }

    #[test]
    fn authors_of_feeds() {
        let check = |author: &str, names: &[&str]| {
            let mut article = Article::default();
            add_author(&mut article, author);
            assert_eq!(article.byline, names, "{author}");
        };
        check("Ada Byron", &["Ada Byron"]);
        check("ada@example.com (Ada Byron)", &["Ada Byron"]);
        check("ada@example.com", &[]);
        check(" ", &[]);
    }
}
