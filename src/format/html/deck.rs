//! The deck: the lines between headline and text that say what the story is.
//!
//! A description for search engines is a deck only when the page prints it above the text, apart from it.

use super::blocks::{Block, Kind};
use super::headline::folded;
use super::label;
use super::page::{NodeIndex, Page};
use super::stated::Stated;

/// Words that name the element of a deck.
const NAMED: &[&str] = &[
    "deck", "dek", "standfirst", "subtitle", "subtitulo", "subheadline", "subheading", "subhead", "subline", "lede", "lead", "leadtext", "intro", "introduction", "teaser", "summary", "excerpt", "description", "abstract", "vorspann", "chapo", "chapeau", "sottotitolo", "sommario", "entradilla", "bajada", "ingress", "manchet", "perex",
    "hero", "einleitung", "anleser", "stand", "synopsis", "strapline", "tagline", "preamble",
];

/// How many blocks before the text are looked at.
const NEAR: usize = 12;

/// Which block is the deck; `kept` are the blocks of the text, in order.
pub(crate) fn choose(page: &Page, blocks: &[Block], stated: [&Stated; 3], headline: Option<NodeIndex>, kept: &[usize]) -> Option<usize> {
    let first = *kept.first()?;
    let descriptions: Vec<String> = stated.iter().filter_map(|part| part.deck.as_deref()).map(folded).filter(|text| text.len() >= 20).collect();
    let title = headline.map(|node| folded(&page.text(node))).filter(|title| !title.is_empty()).unwrap_or_else(|| "\n".to_owned());
    let after_headline = headline.map_or(0, |node| blocks.partition_point(|block| block.node < page.nodes[node].end));
    let from = after_headline.max(first.saturating_sub(NEAR));
    let candidates: Vec<usize> = (from..first)
        .chain(std::iter::once(first))
        .filter(|&index| (20..700).contains(&blocks[index].weight) && blocks[index].kind != Kind::Caption)
        .filter(|&index| index < first || stands_apart(page, blocks, index, kept))
        .collect();
    let described = candidates.iter().find(|&&index| {
        let text = folded(&blocks[index].text);
        descriptions.iter().any(|description| same(&text, description))
    });
    let named = || candidates.iter().find(|&&index| is_named(page, blocks[index].node, headline) && !folded(&blocks[index].text).contains(&title));
    described.or_else(named).copied()
}

/// A description is often cut short.
fn same(text: &str, description: &str) -> bool {
    let short = text.len().min(description.len());
    short >= 20 && 2 * short >= text.len().max(description.len()) && text.as_bytes()[..short] == description.as_bytes()[..short]
}

/// Whether the element of the block, or one close around it, is named as a deck.
fn is_named(page: &Page, node: NodeIndex, headline: Option<NodeIndex>) -> bool {
    page.ancestors(node)
        .take(3)
        .take_while(|&ancestor| headline.is_none_or(|headline| !(ancestor..page.nodes[ancestor].end).contains(&headline)))
        .any(|ancestor| label::words(&page.nodes[ancestor]).iter().any(|word| NAMED.contains(&word.as_str())))
}

/// Whether the first block of the text is of another make than those after it.
fn stands_apart(page: &Page, blocks: &[Block], index: usize, kept: &[usize]) -> bool {
    let make = |index: usize| {
        let block = &blocks[index];
        page.ancestors(block.node).find(|&node| !matches!(page.nodes[node].tag.as_str(), "span" | "b" | "strong" | "em" | "i" | "a" | "font")).map(|node| {
            let parent = page.nodes[node].parent;
            (parent, page.nodes[node].tag.as_str(), page.nodes[node].attribute("class"))
        })
    };
    let bold = |index: usize| blocks[index].strong * 10 > blocks[index].weight * 9;
    let next = kept.iter().copied().filter(|&other| other > index && blocks[other].kind == Kind::Paragraph).take(2);
    let mut next = next.peekable();
    next.peek().is_some() && next.all(|other| make(other) != make(index) || bold(other) != bold(index))
}
