//! The text of an article in markup (NITF, XHTML, HTML) → paragraphs, captions, headings.
//!
//! Used where a format says which element is the text; what of a whole web page is the article, the HTML format tells.
//! Tables of figures are left out and counted: an article that is nothing else is none.

use super::html::blocks::{self, Block, Kind};
use super::html::page::{self, Page};
use super::xml::{Element, Node};
use super::{layout, markup};
use crate::text::clean;

/// The text of an article.
#[derive(Debug, Default)]
pub(crate) struct Prose {
    /// Paragraphs, list items and headings, in their order.
    pub(crate) pieces: Vec<Piece>,
    /// The captions of pictures.
    pub(crate) captions: Vec<String>,
    /// How many tables of figures were left out.
    pub(crate) tables: usize,
}

/// A piece of the text.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Piece {
    /// Its text, one clean line.
    pub(crate) text: String,
    /// Whether it is a heading.
    pub(crate) heading: bool,
}

/// What the elements of NITF are in HTML, where that tells how they are read.
const AS_HTML: &[(&str, &str)] = &[
    ("body.content", "div"),
    ("body.head", "div"),
    ("body.end", "div"),
    ("block", "div"),
    ("media", "div"),
    ("bq", "blockquote"),
    ("hedline", "div"),
    ("hl1", "h1"),
    ("hl2", "h2"),
    ("media-caption", "figcaption"),
    ("media-metadata", "script"),
    ("media-object", "script"),
    ("media-producer", "script"),
    ("media-reference", "script"),
    ("nitf-table", "table"),
    ("nitf-table-metadata", "script"),
    ("nitf-col", "td"),
    ("subhead", "h2"),
    ("tagline", "p"),
    ("para", "p"),
];

/// A table with a cell that says more than this lays out text.
const CELL: i64 = 120;

/// The text in an element.
pub(crate) fn of_element(element: &Element) -> Prose {
    let has_blocks = element
        .descendants()
        .any(|inner| inner.name == "br" || blocks::is_dividing(tag(&inner.name)));
    if !has_blocks {
        return of_text(&element.text());
    }
    let mut page = Page::default();
    copy(element, 0, &mut page);
    of_page(&page)
}

/// The text in markup that is a text itself: what a feed escapes, what stands in CDATA. Plain text is read too.
pub(crate) fn of_html(html: &str) -> Prose {
    if !html.contains('<') {
        return Prose {
            pieces: pieces(&clean::paragraphs(&markup::references(html))),
            ..Prose::default()
        };
    }
    of_page(&Page::parse(html))
}

/// The paragraphs of plain text, whose lines may be wrapped.
pub(crate) fn of_text(text: &str) -> Prose {
    Prose {
        pieces: pieces(&layout::paragraphs(text)),
        ..Prose::default()
    }
}

/// Paragraphs divided by empty lines, as pieces.
fn pieces(text: &str) -> Vec<Piece> {
    text.split("\n\n")
        .filter(|piece| !piece.is_empty())
        .map(|piece| Piece {
            text: piece.to_owned(),
            heading: false,
        })
        .collect()
}

/// The name that an element would have in HTML.
fn tag(name: &str) -> &str {
    AS_HTML
        .iter()
        .find(|(own, _)| *own == name)
        .map_or(name, |(_, html)| html)
}

/// Copies an element with all that is in it.
fn copy(element: &Element, parent: usize, page: &mut Page) {
    let index = push(page, tag(&element.name), parent);
    page.nodes[index].attributes.clone_from(&element.attributes);
    // Agencies break the lines of a paragraph where a teleprinter would have.
    let wrapped = element.name == "p" && element.child("br").is_some();
    if element.name == "pre" || wrapped || is_typed(element) {
        for piece in pieces(&layout::paragraphs(&lines(element))) {
            let paragraph = push(page, "p", index);
            let text = push(page, "", paragraph);
            page.nodes[text].text = piece.text;
            page.nodes[paragraph].end = page.nodes.len();
        }
    } else {
        for node in &element.nodes {
            match node {
                Node::Element(inner) => copy(inner, index, page),
                Node::Text(text) => {
                    let at = push(page, "", index);
                    page.nodes[at].text.clone_from(text);
                }
            }
        }
    }
    page.nodes[index].end = page.nodes.len();
}

/// Whether a paragraph is a text of a typewriter with paragraphs of its own: some of its lines are indented, others not.
fn is_typed(element: &Element) -> bool {
    let [Node::Text(text)] = &element.nodes[..] else {
        return false;
    };
    let lines = || text.lines().skip(1).filter(|line| !line.trim().is_empty());
    element.name == "p"
        && lines().any(|line| line.starts_with("  "))
        && lines().any(|line| !line.starts_with(char::is_whitespace))
}

/// The text of an element with its line breaks; those of the file count only where it is preformatted.
fn lines(element: &Element) -> String {
    let mut text = String::new();
    for node in &element.nodes {
        match node {
            Node::Element(inner) if inner.name == "br" => text.push('\n'),
            Node::Element(inner) => text.push_str(&lines(inner)),
            Node::Text(own) if element.name == "pre" || is_typed(element) => text.push_str(own),
            Node::Text(own) => {
                let blanks = |c: char| c.is_whitespace();
                text.push_str(if own.starts_with(blanks) { " " } else { "" });
                text.push_str(&clean::line(own));
                text.push_str(if own.ends_with(blanks) { " " } else { "" });
            }
        }
    }
    text
}

fn push(page: &mut Page, tag: &str, parent: usize) -> usize {
    let index = page.nodes.len();
    page.nodes.push(page::Node {
        tag: tag.to_owned(),
        attributes: Vec::new(),
        text: String::new(),
        parent,
        end: index + 1,
    });
    index
}

/// Sorts the blocks of a page.
fn of_page(page: &Page) -> Prose {
    let mut prose = Prose::default();
    let blocks = blocks::blocks(page);
    let mut kept = vec![true; blocks.len()];
    for (node, table) in page.elements("table") {
        let span = blocks::span(&blocks, node..table.end);
        if !span.is_empty() && blocks[span.clone()].iter().all(|block| block.weight < CELL) {
            prose.tables += 1;
            kept[span].fill(false);
        }
    }
    for (block, _) in blocks.into_iter().zip(kept).filter(|(_, kept)| *kept) {
        if is_caption(page, &block) {
            if !prose.captions.contains(&block.text) {
                prose.captions.push(block.text);
            }
            continue;
        }
        // A rule drawn with signs is no text, and markup that was escaped once too often is for machines.
        let is_markup = block.text.starts_with('<') && block.text.ends_with('>');
        if !is_markup && block.text.chars().any(char::is_alphanumeric) {
            prose.pieces.push(Piece {
                heading: matches!(block.kind, Kind::Heading(_)),
                text: block.text,
            });
        }
    }
    prose
}

/// Whether a block is the caption of a picture, by its element or by what a class near it says.
fn is_caption(page: &Page, block: &Block) -> bool {
    block.kind == Kind::Caption
        || page.ancestors(block.node).take(3).any(|node| {
            page.nodes[node]
                .attribute("class")
                .is_some_and(|class| class.contains("caption"))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(html: &str, expected: &[&str], captions: &[&str], tables: usize) {
        let prose = of_html(html);
        let pieces: Vec<_> = prose
            .pieces
            .iter()
            .map(|piece| piece.text.as_str())
            .collect();
        assert_eq!(pieces, expected, "{html}");
        assert_eq!(prose.captions, captions, "{html}");
        assert_eq!(prose.tables, tables, "{html}");
    }

    #[test]
    fn markup_is_sorted() {
        check(
            "<p>One <b>line</b>.</p>two<br><br>three",
            &["One line.", "two", "three"],
            &[],
            0,
        );
        check(
            "<figure><img><figcaption>A ferry</figcaption></figure><p>Text.</p><p>***</p>",
            &["Text."],
            &["A ferry"],
            0,
        );
        check(
            "<p>Text.</p><table><tr><td>1</td><td>2</td></tr></table>",
            &["Text."],
            &[],
            1,
        );
        check(
            "One line.\n\nAnother &amp; more.",
            &["One line.", "Another & more."],
            &[],
            0,
        );
        check("", &[], &[], 0);
    }
}
