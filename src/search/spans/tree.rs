//! The part of a query that asks where words stand: a proximity, what an `ATLEAST` counts, a word or phrase by itself.

use crate::query::tree::{Kind, Node, Within};

/// What is looked for by position.
#[derive(Debug, Clone)]
pub(crate) enum Spans {
    /// Words side by side, by their number among the leaves.
    Leaf(usize),
    /// Any of these.
    Any(Vec<Spans>),
    /// Two near each other.
    Near(Box<Near>),
}

/// A proximity.
#[derive(Debug, Clone)]
pub(crate) struct Near {
    pub(crate) left: Spans,
    pub(crate) right: Spans,
    pub(crate) within: Within,
    /// The left one comes first.
    pub(crate) ordered: bool,
    /// The left one where the right one is not near.
    pub(crate) negated: bool,
    /// Tells it from the others of the query.
    pub(crate) number: u16,
}

/// A node of the query as such a tree, with the nodes of its leaves from left to right.
#[derive(Debug)]
pub(crate) struct Positional<'q> {
    pub(crate) spans: Spans,
    pub(crate) leaves: Vec<&'q Node>,
}

impl<'q> Positional<'q> {
    /// None for a node that holds something without a position: the parser lets nothing of the kind into a proximity.
    pub(crate) fn of(node: &'q Node) -> Option<Self> {
        let (mut leaves, mut proximities) = (Vec::new(), 0);
        let spans = spans(node, &mut leaves, &mut proximities)?;
        Some(Positional { spans, leaves })
    }
}

fn spans<'q>(node: &'q Node, leaves: &mut Vec<&'q Node>, proximities: &mut u16) -> Option<Spans> {
    Some(match &node.kind {
        Kind::Word(_) | Kind::Phrase(_) | Kind::Wildcard(_) | Kind::Fuzzy { .. } => {
            leaves.push(node);
            Spans::Leaf(leaves.len() - 1)
        }
        Kind::Or(nodes) => {
            let parts = nodes.iter().map(|node| spans(node, leaves, proximities));
            Spans::Any(parts.collect::<Option<_>>()?)
        }
        Kind::Near {
            left,
            right,
            within,
            ordered,
            negated,
        } => {
            *proximities += 1;
            let number = *proximities;
            Spans::Near(Box::new(Near {
                left: spans(left, leaves, proximities)?,
                right: spans(right, leaves, proximities)?,
                within: *within,
                ordered: *ordered,
                negated: *negated,
                number,
            }))
        }
        _ => return None,
    })
}
