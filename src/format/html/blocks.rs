//! A page as the blocks of text that a reader sees: paragraphs, headings, list items, cells.
//!
//! Blocks come in document order and remember the element they stand in. Nothing is judged here: menus and comments
//! are blocks too.

use std::ops::Range;

use super::page::{NodeIndex, Page};

/// What a block looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Running text, in an element made for it or in any other.
    Paragraph,
    /// `h1` to `h6`, with its level.
    Heading(u8),
    /// An item of a list.
    Item,
    /// A cell of a table.
    Cell,
    /// The caption of a picture or a table.
    Caption,
}

/// A piece of text that stands on its own.
#[derive(Debug, Clone)]
pub(crate) struct Block {
    /// The first node of its text; every element that holds this node holds the block.
    pub(crate) node: NodeIndex,
    /// What it looks like.
    pub(crate) kind: Kind,
    /// Its text, one line.
    pub(crate) text: String,
    /// How much it says: letters and digits, where one of a script without spaces counts as three.
    pub(crate) weight: i64,
    /// How much of that is in links.
    pub(crate) linked: i64,
    /// How much of it is in bold or emphasised type.
    pub(crate) strong: i64,
}

impl Block {
    /// Whether it is running text: long enough, or shorter and a sentence, and not mostly links.
    pub(crate) fn is_prose(&self) -> bool {
        !matches!(self.kind, Kind::Heading(_) | Kind::Caption)
            && self.linked * 10 < self.weight * 4
            && (self.weight >= 120 || (self.weight >= 40 && self.ends_sentence()))
    }

    /// Whether it ends as a sentence does, in the scripts of the world.
    pub(crate) fn ends_sentence(&self) -> bool {
        self.text
            .trim_end_matches(['"', '”', '’', '»', '«', ')', ']', '\'', '“', '」', '』'])
            .ends_with(['.', '!', '?', '…', ':', '。', '！', '？', '।', '؟', '۔', '።'])
    }
}

/// The blocks whose text begins in a range of nodes.
pub(crate) fn span(blocks: &[Block], nodes: Range<NodeIndex>) -> Range<usize> {
    let start = blocks.partition_point(|block| block.node < nodes.start);
    let end = blocks.partition_point(|block| block.node < nodes.end);
    start..end.max(start)
}

/// Numbers of which any range is summed at once.
pub(crate) struct Sums(Vec<i64>);

impl Sums {
    /// Sums up.
    pub(crate) fn new(numbers: impl Iterator<Item = i64>) -> Self {
        let mut sum = 0;
        let sums = numbers.map(|number| {
            sum += number;
            sum
        });
        Sums(std::iter::once(0).chain(sums).collect())
    }

    /// The sum of a range of the numbers.
    pub(crate) fn of(&self, range: Range<usize>) -> i64 {
        self.0[range.end] - self.0[range.start]
    }

    /// The sum of all.
    pub(crate) fn all(&self) -> i64 {
        self.0.last().copied().unwrap_or_default()
    }
}

/// Elements whose text is never read by a reader of the page.
const UNSEEN: &[&str] = &[
    "script", "style", "noscript", "template", "svg", "math", "iframe", "object", "embed", "head", "select", "textarea",
    "button", "input", "label", "canvas", "audio", "video", "map", "dialog", "datalist", "option", "title",
];

/// Elements that end the line they begin in.
const DIVIDING: &[&str] = &[
    "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "div", "dl", "dt", "fieldset",
    "figcaption", "caption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav",
    "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul", "hgroup",
];

/// Every block of the page.
pub(crate) fn blocks(page: &Page) -> Vec<Block> {
    let mut walk = Walk::default();
    let mut at = 0;
    while at < page.nodes.len() {
        while walk.open.last().is_some_and(|open| open.end <= at) {
            walk.close();
        }
        let node = &page.nodes[at];
        if node.tag.is_empty() {
            walk.text(at, &node.text);
        } else if UNSEEN.contains(&node.tag.as_str()) {
            at = node.end;
            continue;
        } else {
            walk.enter(&node.tag, node.end);
        }
        at += 1;
    }
    walk.flush();
    walk.blocks
}

/// What is open at a point of the page.
struct Open {
    end: NodeIndex,
    divides: bool,
    kind: Option<Kind>,
    link: bool,
    strong: bool,
}

/// The walk over the page, with the block that is being filled.
#[derive(Default)]
struct Walk {
    blocks: Vec<Block>,
    open: Vec<Open>,
    kinds: Vec<Kind>,
    links: usize,
    strongs: usize,
    breaks: usize,
    pending: Option<Block>,
}

impl Walk {
    fn enter(&mut self, tag: &str, end: NodeIndex) {
        if tag == "br" {
            self.breaks += 1;
            // Two line breaks are how old pages write a paragraph.
            if self.breaks == 2 {
                self.flush();
            }
            if let Some(block) = &mut self.pending {
                block.text.push(' ');
            }
            return;
        }
        let divides = DIVIDING.contains(&tag);
        if divides {
            self.flush();
        }
        let open = Open { end, divides, kind: kind_of(tag), link: tag == "a", strong: matches!(tag, "b" | "strong" | "em" | "i") };
        self.kinds.extend(open.kind);
        self.links += usize::from(open.link);
        self.strongs += usize::from(open.strong);
        self.open.push(open);
    }

    fn close(&mut self) {
        let Some(open) = self.open.pop() else { return };
        if open.divides {
            self.flush();
        }
        if open.kind.is_some() {
            self.kinds.pop();
        }
        self.links -= usize::from(open.link);
        self.strongs -= usize::from(open.strong);
    }

    fn text(&mut self, node: NodeIndex, text: &str) {
        if text.trim().is_empty() {
            if let Some(block) = &mut self.pending {
                block.text.push(' ');
            }
            return;
        }
        self.breaks = 0;
        let kind = self.kinds.last().copied().unwrap_or(Kind::Paragraph);
        let block = self.pending.get_or_insert_with(|| Block { node, kind, text: String::new(), weight: 0, linked: 0, strong: 0 });
        let weight = weight(text);
        block.text.push_str(text);
        block.weight += weight;
        block.linked += if self.links > 0 { weight } else { 0 };
        block.strong += if self.strongs > 0 { weight } else { 0 };
    }

    fn flush(&mut self) {
        if let Some(mut block) = self.pending.take() {
            block.text = crate::text::clean::line(&block.text);
            if !block.text.is_empty() {
                self.blocks.push(block);
            }
        }
        self.breaks = 0;
    }
}

fn kind_of(tag: &str) -> Option<Kind> {
    Some(match tag {
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Kind::Heading(tag.as_bytes()[1] - b'0'),
        "li" | "dd" | "dt" => Kind::Item,
        "td" | "th" => Kind::Cell,
        "figcaption" | "caption" | "figure" => Kind::Caption,
        "p" | "blockquote" => Kind::Paragraph,
        _ => return None,
    })
}

/// How much a text says, see [`Block::weight`].
pub(crate) fn weight(text: &str) -> i64 {
    text.chars()
        .map(|letter| match letter {
            // Thai to Khmer, kana, Han, Hangul: a letter here is a syllable or a word.
            '\u{0e00}'..='\u{0fff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' => 1,
            '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{20000}'..='\u{3ffff}' => 3,
            _ if letter.is_alphanumeric() => 1,
            _ => 0,
        })
        .sum()
}
