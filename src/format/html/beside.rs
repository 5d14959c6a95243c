//! Which blocks stand beside the article: labels, believed or not.
//!
//! A class name can be wrong (`content-with-sidebar`, `article-widget-text`), so a label is weighed against what its
//! element holds: when that is most of the good text of the page, or the headline with a good part of it, the label is
//! not believed. Elements of the same class are weighed together.

use std::collections::HashMap;

use super::blocks::{Block, Sums, span};
use super::label::{Label, Labels};
use super::page::{NodeIndex, Page};

/// For every block, whether it stands beside the article.
pub(crate) fn beside(page: &Page, blocks: &[Block], labels: &Labels) -> Vec<bool> {
    let prose = Sums::new(blocks.iter().map(|block| if block.is_prose() { block.weight } else { 0 }));
    let held_by_class = held_by_class(page, blocks, &prose);
    let anchors = anchors(page, labels);
    let mut beside = vec![false; blocks.len()];
    let mut at = 0;
    while at < page.nodes.len() {
        let node = &page.nodes[at];
        let blocks_inside = span(blocks, at..node.end);
        if blocks_inside.is_empty() {
            at = node.end;
            continue;
        }
        let held = node.attribute("class").and_then(|class| held_by_class.get(class).copied()).unwrap_or_else(|| prose.of(blocks_inside.clone()));
        let first_anchor = anchors.partition_point(|&anchor| anchor < at);
        let anchored = anchors.get(first_anchor).is_some_and(|&anchor| anchor < node.end);
        let believed = labels.get(at).is_some_and(|label| held * 10 <= prose.all() * believed_to(label, anchored)) && !is_quote(page, at);
        if believed {
            beside[blocks_inside].fill(true);
            at = node.end;
        } else {
            at += 1;
        }
    }
    beside
}

/// Up to how many tenths of the good text of the page an element with this label may hold and still be believed; less when
/// the headline or an element labelled as the text lies in it. Found by measuring.
fn believed_to(label: Label, anchored: bool) -> i64 {
    match (label, anchored) {
        (Label::Text, _) => -1,
        (Label::Beside, true) => 3,
        (Label::Beside, false) => 7,
        (Label::Comments | Label::Hidden, true) => 5,
        (Label::Comments | Label::Hidden, false) => 9,
    }
}

/// Where the article certainly is: headlines, and what is labelled as its text.
fn anchors(page: &Page, labels: &Labels) -> Vec<NodeIndex> {
    let mut anchors: Vec<NodeIndex> = page.elements("h1").map(|(node, _)| node).chain(labels.nodes(Label::Text)).collect();
    anchors.sort_unstable();
    anchors
}

/// How much good text the elements of each class hold, nested ones counted once.
fn held_by_class<'a>(page: &'a Page, blocks: &[Block], prose: &Sums) -> HashMap<&'a str, i64> {
    let mut held: HashMap<&str, (i64, NodeIndex)> = HashMap::new();
    for (at, node) in page.nodes.iter().enumerate() {
        let Some(class) = node.attribute("class") else { continue };
        let (sum, end) = held.entry(class).or_default();
        if *end <= at {
            *sum += prose.of(span(blocks, at..node.end));
            *end = node.end;
        }
    }
    held.into_iter().map(|(class, (sum, _))| (class, sum)).collect()
}

/// A post of a social network, quoted in the article: it is labelled `social`, but is part of the text.
fn is_quote(page: &Page, at: NodeIndex) -> bool {
    page.nodes[at].end - at < 200
        && page.nodes[at..page.nodes[at].end]
            .iter()
            .any(|node| node.tag == "blockquote" && (node.has_word("class", "twitter-tweet") || node.has_word("class", "instagram-media")))
}
