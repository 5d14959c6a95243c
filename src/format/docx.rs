//! Reads DOCX (Office Open XML, ISO/IEC 29500): one article a file. Of a document two or three parts are read: the text, the
//! names of its styles, what is said of it. Notes, comments and changes that were taken back are left out.
//!
//! Other documents that are zips come here too, to be refused by their name: they are no archives of articles.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::ControlFlow;

use super::prose::{Piece, Prose};
use super::stream::whole;
use super::xml::{self, Element, Node};
use super::{
    Draft, Head, Input, MapField, Options, Record, Rejection, Sink, Verdict, document, story,
};
use crate::source::{Beside, Parts, SkipReason, is_document};
use crate::text::date::{self, Reading};
use crate::text::{byline, clean, language};

/// The text of a document may be so large, unpacked, and what is said of it.
const TEXT_BYTES: usize = 32 << 20;
const ABOUT_BYTES: usize = 4 << 20;

/// A table with a cell of more characters lays out text; others are figures.
const CELL: usize = 120;

/// A first line with no more words and no stop is the headline, where no style says what is.
const WORDS: usize = 25;

/// Certain at any document that is a zip.
pub(super) fn sniff(head: &Head<'_>) -> Verdict {
    Verdict::when(
        is_document(head.bytes),
        99,
        "a zip archive whose first members are those of a document",
    )
}

/// Reads the file as one article.
pub(super) fn read(input: &mut Input<'_>, sink: &mut Sink<'_>) -> Result<(), Rejection> {
    let bytes = whole(input.bytes)?;
    // There is no second record to be wanted or not.
    let _ = sink(record(&bytes));
    Ok(())
}

fn record(bytes: &[u8]) -> Record {
    let mut parts = Parts::of(bytes)?;
    // `document2.xml` is one of Microsoft's own.
    let is_text = |name: &Cow<'_, str>| name.starts_with("word/document") && name.ends_with(".xml");
    let Some(text) = parts.names().filter(is_text).min().map(Cow::into_owned) else {
        return Err(foreign(&mut parts));
    };
    let styles = match parts.bytes("word/styles.xml", ABOUT_BYTES)? {
        Some(bytes) => styles(&bytes)?,
        None => HashMap::new(),
    };
    let mut draft = Draft::default();
    let mut creator = String::new();
    if let Some(bytes) = parts.bytes("docProps/core.xml", ABOUT_BYTES)? {
        creator = about(&bytes, &mut draft)?;
    }
    let text = parts.bytes(&text, TEXT_BYTES)?.unwrap_or_default();
    let mut prose = prose(&text, &styles)?;
    headline(&mut prose, &mut draft);
    document::opening(&mut prose.pieces, &mut draft);
    document::drop_late_change(&mut draft);
    draft
        .origins
        .note(MapField::Body, "paragraphs of word/document.xml");
    story::record(draft, prose).map(|mut draft| {
        if draft.article.byline_line.is_none() && creator.contains(' ') {
            draft.article.byline = byline::names(&creator);
            draft
                .origins
                .note(MapField::Byline, "dc:creator of the file");
        }
        draft
    })
}

/// Why a document of another kind is not read.
fn foreign(parts: &mut Parts<'_>) -> Rejection {
    let mimetype = parts.bytes("mimetype", 200).ok().flatten();
    let mimetype = String::from_utf8_lossy(&mimetype.unwrap_or_default()).into_owned();
    let has = |folder: &str| parts.names().any(|name| name.starts_with(folder));
    let kind = if mimetype.contains("epub") {
        "an e-book (EPUB)"
    } else if mimetype.contains("opendocument") {
        "a document in OpenDocument (ODT and its like)"
    } else if has("xl/") {
        "a workbook (XLSX)"
    } else if has("ppt/") {
        "a presentation (PPTX)"
    } else {
        "a document of an unknown kind"
    };
    Rejection::new(
        SkipReason::UnknownFormat,
        format!("{kind}, which is not read"),
    )
}

/// Gives each element of these names.
fn elements(bytes: &[u8], names: &[&str], each: &mut dyn FnMut(&Element)) -> Result<(), Rejection> {
    let mut bytes = bytes;
    let mut input = Input {
        bytes: &mut bytes,
        file: "",
        options: &Options::default(),
        beside: &Beside::default(),
    };
    let mut damage = None;
    xml::read(&mut input, names, &mut |_, element| match element {
        Ok(element) => {
            each(&element);
            ControlFlow::Continue(())
        }
        Err(rejection) => {
            damage = Some(rejection);
            ControlFlow::Break(())
        }
    })?;
    damage.map_or(Ok(()), Err)
}

/// The names of the styles by their ids: ids are in the language of the program, names are not.
fn styles(bytes: &[u8]) -> Result<HashMap<String, String>, Rejection> {
    let mut styles = HashMap::new();
    elements(bytes, &["style"], &mut |style| {
        let name = style.child("name").and_then(|name| name.attribute("val"));
        if let (Some(id), Some(name)) = (style.attribute("styleid"), name) {
            styles.insert(id.to_owned(), name.to_lowercase());
        }
    })?;
    Ok(styles)
}

/// Takes what is said of the document (Dublin Core); gives the name of who made it.
fn about(bytes: &[u8], draft: &mut Draft) -> Result<String, Rejection> {
    let names = [
        "title", "creator", "created", "modified", "keywords", "language",
    ];
    let (mut creator, mut dates) = (String::new(), [None::<Reading>; 2]);
    let origins = &mut draft.origins;
    elements(bytes, &names, &mut |element| {
        let text = element.line();
        match element.name.as_str() {
            "title" if document::is_sensible(&text) => {
                draft.article.headline = text;
                origins.note(MapField::Headline, "dc:title of the file");
            }
            "creator" => creator = text,
            "modified" => dates[0] = date::read(&text, None),
            "created" => dates[1] = date::read(&text, None),
            "keywords" => {
                let topics = text.split([',', ';']).map(clean::line);
                draft
                    .article
                    .topics
                    .extend(topics.filter(|topic| !topic.is_empty()));
                origins.note(MapField::Topics, "cp:keywords of the file");
            }
            "language" => {
                draft.article.language = language::normalise(&text);
                origins.note(MapField::Language, "dc:language of the file");
            }
            _ => {}
        }
    })?;
    let at = "dcterms:modified or created of the file";
    draft.updated = draft
        .origins
        .told(MapField::Updated, at, dates[0].or(dates[1]));
    Ok(creator)
}

/// The paragraphs of the text.
fn prose(bytes: &[u8], styles: &HashMap<String, String>) -> Result<Prose, Rejection> {
    let mut prose = Prose::default();
    elements(bytes, &["p", "tbl"], &mut |element| {
        if element.name == "p" {
            prose.pieces.extend(piece(element, styles));
            return;
        }
        let cells: Vec<Piece> = element
            .descendants()
            .filter(|inner| inner.name == "p")
            .filter_map(|paragraph| piece(paragraph, styles))
            .collect();
        if cells.iter().any(|cell| cell.text.chars().count() > CELL) {
            prose.pieces.extend(cells);
        } else if !cells.is_empty() {
            prose.tables += 1;
        }
    })?;
    Ok(prose)
}

/// A paragraph, unless it is empty.
fn piece(paragraph: &Element, styles: &HashMap<String, String>) -> Option<Piece> {
    let mut text = String::new();
    add_text(paragraph, &mut text);
    let text = clean::line(&text);
    if text.is_empty() {
        return None;
    }
    let style = paragraph
        .at(&["ppr", "pstyle"])
        .and_then(|style| style.attribute("val"));
    let style = style.unwrap_or_default();
    let name = styles
        .get(style)
        .cloned()
        .unwrap_or_else(|| style.to_lowercase());
    let headings = ["title", "subtitle", "heading"];
    let heading = headings.iter().any(|heading| name.starts_with(heading));
    Some(Piece {
        heading: heading && !byline::is_byline(&text),
        text,
    })
}

/// The text of runs; what is only there for programs that cannot do better is said twice.
fn add_text(element: &Element, text: &mut String) {
    for node in &element.nodes {
        let Node::Element(inner) = node else {
            continue;
        };
        match inner.name.as_str() {
            "t" => text.push_str(&inner.text()),
            "tab" | "br" | "cr" => text.push(' '),
            "nobreakhyphen" => text.push('-'),
            "fallback" | "ppr" | "rpr" | "del" | "movefrom" => {}
            // Paragraphs of a box of text.
            "p" => {
                text.push(' ');
                add_text(inner, text);
            }
            _ => add_text(inner, text),
        }
    }
}

/// Without styles the first line is the headline, where it looks like one.
fn headline(prose: &mut Prose, draft: &mut Draft) {
    let styled = prose.pieces.iter().take(4).any(|piece| piece.heading);
    if styled || !draft.article.headline.is_empty() || prose.pieces.len() < 2 {
        return;
    }
    if let Some(first) = prose.pieces.first_mut() {
        let stopped = first.text.ends_with(['.', ':', '。']);
        let short = first.text.split_whitespace().count() <= WORDS;
        first.heading = short && !stopped && !byline::is_byline(&first.text);
    }
}
