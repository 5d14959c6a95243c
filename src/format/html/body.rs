//! The text of the article: which blocks of the page are it.
//!
//! Every block has a value: good text counts for the element that holds it, short lines and links count against it. The
//! element with the highest value holds the article (a maximum subsequence as in Pasternack and Roth, "Extracting article
//! text from the web with maximum subsequence segmentation", WWW 2009, but over subtrees). In it, what is labelled as standing
//! beside, what is mostly links, and what is said twice is left out.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::blocks::{Block, Kind, Sums, span};
use super::label::{Label, Labels};
use super::page::{NodeIndex, Page};

/// Where the text of the article is.
#[derive(Debug, Default)]
pub(crate) struct Text {
    /// The nodes of the element that holds it; empty when nothing on the page is text.
    pub(crate) nodes: Range<NodeIndex>,
    /// The blocks that are it, in order.
    pub(crate) blocks: Vec<usize>,
}

/// Finds the text; `beside` tells for every block whether it stands beside the article.
pub(crate) fn find(page: &Page, blocks: &[Block], labels: &Labels, beside: &[bool]) -> Text {
    let Some(container) = container(page, blocks, labels, beside) else {
        return Text::default();
    };
    let nodes = container..page.nodes[container].end;
    let inside = span(blocks, nodes.clone());
    let kept: Vec<usize> = inside.filter(|&index| !beside[index] && is_text(&blocks[index])).collect();
    let kept = without_repetition(blocks, kept);
    let kept = without_ends(blocks, kept);
    Text { nodes, blocks: without_lone_headings(blocks, kept) }
}

/// The blocks as paragraphs: the short cells of a table's row are one.
pub(crate) fn paragraphs(page: &Page, blocks: &[Block], kept: &[usize]) -> Vec<String> {
    let mut paragraphs: Vec<String> = Vec::new();
    let mut row_before = None;
    for block in kept.iter().map(|&index| &blocks[index]) {
        let is_cell = block.kind == Kind::Cell && block.weight < 60;
        let row = is_cell.then(|| page.ancestors(block.node).find(|&node| page.nodes[node].tag == "tr")).flatten();
        match paragraphs.last_mut() {
            Some(last) if row.is_some() && row == row_before => {
                last.push(' ');
                last.push_str(&block.text);
            }
            _ => paragraphs.push(block.text.clone()),
        }
        row_before = row;
    }
    paragraphs
}

/// The element whose blocks have the highest value; of equals the inner one, for it holds less else.
fn container(page: &Page, blocks: &[Block], labels: &Labels, beside: &[bool]) -> Option<NodeIndex> {
    let values = Sums::new(blocks.iter().zip(beside).map(|(block, beside)| if *beside { 0 } else { value(block) }));
    let mut best: Option<(i64, NodeIndex)> = None;
    for (at, node) in page.nodes.iter().enumerate() {
        let inside = span(blocks, at..node.end);
        if node.tag.is_empty() || inside.is_empty() {
            continue;
        }
        // In tenths. What calls itself the text is worth more than what merely holds text.
        let tenths = match labels.get(at) {
            Some(Label::Text) => 15,
            _ if matches!(node.tag.as_str(), "article" | "main") => 11,
            _ => 10,
        };
        let value = tenths * values.of(inside);
        if value > 0 && best.is_none_or(|(highest, _)| value >= highest) {
            best = Some((value, at));
        }
    }
    best.map(|(_, at)| at)
}

/// What a block says for the element it is in. The numbers were found by measuring.
fn value(block: &Block) -> i64 {
    let free = block.weight - 2 * block.linked;
    let mostly_free = block.linked * 10 < block.weight * 3;
    match block.kind {
        _ if block.is_prose() => free,
        Kind::Caption => 0,
        Kind::Heading(_) | Kind::Item | Kind::Cell if mostly_free => 0,
        _ if block.weight >= 40 && block.linked * 10 < block.weight * 4 => free / 4,
        _ if block.weight - block.linked >= 40 => 0,
        _ if mostly_free => -10,
        _ => -40 - block.linked / 2,
    }
}

/// Whether a block inside the container is text, by itself.
fn is_text(block: &Block) -> bool {
    let free = block.weight - block.linked;
    match block.kind {
        Kind::Caption | Kind::Heading(1) => false,
        _ if block.text.starts_with('©') => false,
        Kind::Heading(_) => block.linked * 2 < block.weight,
        Kind::Item | Kind::Cell => block.linked * 10 < block.weight * 4 || free >= 40,
        Kind::Paragraph => block.linked * 10 < block.weight * 6 || free >= 60,
    }
}

/// Without the second copy of a paragraph, and without short lines that come again and again ("Advertisement").
fn without_repetition(blocks: &[Block], kept: Vec<usize>) -> Vec<usize> {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for &index in &kept {
        *counts.entry(&blocks[index].text).or_default() += 1;
    }
    let mut seen: HashSet<&str> = HashSet::new();
    kept.into_iter()
        .filter(|&index| {
            let block = &blocks[index];
            let is_first = seen.insert(&block.text);
            match block.weight {
                _ if block.kind != Kind::Paragraph => true,
                0..20 => counts[block.text.as_str()] == 1,
                // Lines of a list that was not marked as one, say of a schedule.
                20..60 => true,
                _ => is_first,
            }
        })
        .collect()
}

/// Without the short lines before the first and after the last sentence: dates, names, "Comments".
fn without_ends(blocks: &[Block], kept: Vec<usize>) -> Vec<usize> {
    let is_solid = |index: &usize| {
        let block = &blocks[*index];
        block.is_prose()
            || matches!(block.kind, Kind::Cell | Kind::Item)
            || (block.weight >= 15 && block.ends_sentence() && block.linked * 10 < block.weight * 4)
    };
    if !kept.iter().any(|&index| blocks[index].is_prose()) {
        return kept;
    }
    let first = kept.iter().position(is_solid).unwrap_or(0);
    let end = kept.iter().rposition(is_solid).map_or(kept.len(), |last| last + 1);
    kept[first..end].to_vec()
}

/// Without headings that no paragraph follows: they head something that was left out.
fn without_lone_headings(blocks: &[Block], kept: Vec<usize>) -> Vec<usize> {
    let is_heading = |index: usize| matches!(blocks[index].kind, Kind::Heading(_));
    let mut rest: Vec<usize> = Vec::with_capacity(kept.len());
    for index in kept.into_iter().rev() {
        let followed = rest.last().is_some_and(|&next| !is_heading(next));
        if followed || !is_heading(index) {
            rest.push(index);
        }
    }
    rest.reverse();
    rest
}
