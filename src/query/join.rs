//! Nodes → one node, in normal form: like groups merged, groups of one opened, a double negation cancelled. Two queries
//! that differ only there have equal trees. Moves nothing else: no simplification that would surprise the reader.

use super::tree::{Field, Kind, Node, Span};
use crate::search::Match;

/// All of these.
pub(super) fn all(nodes: Vec<Node>) -> Node {
    let span = around(&nodes);
    let (every, mut members): (Vec<Node>, Vec<Node>) = flattened(nodes, |kind| match kind {
        Kind::And(members) => Ok(members),
        kind => Err(kind),
    })
    .into_iter()
    .partition(|node| node.kind == Kind::All);
    match members.len() {
        0 => Node {
            kind: every.into_iter().next().map_or(Kind::All, |node| node.kind),
            span,
        },
        1 => Node {
            span,
            ..members.remove(0)
        },
        _ => Node {
            kind: Kind::And(members),
            span,
        },
    }
}

/// Any of these.
pub(super) fn any(nodes: Vec<Node>) -> Node {
    let span = around(&nodes);
    let mut members = flattened(nodes, |kind| match kind {
        Kind::Or(members) => Ok(members),
        kind => Err(kind),
    });
    match members.len() {
        1 => Node {
            span,
            ..members.remove(0)
        },
        _ => Node {
            kind: Kind::Or(members),
            span,
        },
    }
}

/// Every article but this.
pub(super) fn not(node: Node, span: Span) -> Node {
    match node.kind {
        Kind::Not(inner) => Node { span, ..*inner },
        _ => Node {
            kind: Kind::Not(Box::new(node)),
            span,
        },
    }
}

/// Terms that stand side by side with no operator between them.
///
/// [`Match::All`] joins them with AND. [`Match::Any`] makes alternatives of what is looked for in the text, while negations
/// and filters still hold for all of it: `gaza truce -sport in:egypt` asks for either word, in Egypt, and no sport.
pub(super) fn side_by_side(nodes: Vec<Node>, matching: Match) -> Node {
    if matching == Match::All || nodes.len() == 1 {
        return all(nodes);
    }
    let (filters, words): (Vec<Node>, Vec<Node>) = nodes.into_iter().partition(narrows);
    if words.is_empty() {
        return all(filters);
    }
    let words = any(words);
    all([vec![words], filters].concat())
}

/// Whether the node narrows a search rather than being what is looked for in the text.
fn narrows(node: &Node) -> bool {
    match &node.kind {
        Kind::All
        | Kind::Not(_)
        | Kind::Date(_)
        | Kind::In(_)
        | Kind::Place(_)
        | Kind::Words { .. }
        | Kind::Versions(_) => true,
        Kind::Field { field, .. } => !matches!(field, Field::Headline | Field::Lead),
        Kind::And(members) | Kind::Or(members) => members.iter().all(narrows),
        Kind::Word(_)
        | Kind::Phrase(_)
        | Kind::Wildcard(_)
        | Kind::Fuzzy { .. }
        | Kind::Near { .. }
        | Kind::AtLeast { .. } => false,
    }
}

/// The nodes, with the members of a group of the same kind in its place.
fn flattened(nodes: Vec<Node>, open: fn(Kind) -> Result<Vec<Node>, Kind>) -> Vec<Node> {
    let mut members = Vec::with_capacity(nodes.len());
    for Node { kind, span } in nodes {
        match open(kind) {
            Ok(inner) => members.extend(inner),
            Err(kind) => members.push(Node { kind, span }),
        }
    }
    members
}

/// From the beginning of the first to the end of the last, as they stand in the text.
fn around(nodes: &[Node]) -> Span {
    Span {
        start: nodes.iter().map(|node| node.span.start).min().unwrap_or(0),
        end: nodes.iter().map(|node| node.span.end).max().unwrap_or(0),
    }
}
