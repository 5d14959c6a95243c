//! What is written for another archive means the same there: reading it in that dialect gives the tree again, but for the
//! order of conditions, and for what the notes say.

use morgue::query::dates::DateSpan;
use morgue::query::dialect::in_dialect;
use morgue::query::tree::{Field, Kind, Node, Span};
use morgue::query::{Context, parse};

use crate::query::{FACTIVA, NEXIS};

pub(super) fn writes_back(tree: &Node) {
    for context in [NEXIS, FACTIVA] {
        check(tree, context);
    }
}

fn check(tree: &Node, context: Context) {
    let written = in_dialect(tree, context.dialect);
    let Some(text) = written.text else {
        assert!(!written.notes.is_empty(), "{tree}");
        return;
    };
    let read = match parse(&text, &context) {
        Ok(parsed) => parsed.tree,
        Err(error) => panic!("{tree}\n{}\n{error}", error.caret()),
    };
    // The one thing that a note may leave different in the tree is that words are found only as typed.
    let noted = !written.notes.is_empty();
    let (read, tree) = (
        normal(read, noted, false),
        normal(tree.clone(), noted, false),
    );
    assert_eq!(read, tree, "{}: {text}", context.dialect);
}

/// The tree with ranges taken apart into two conditions, and what is excluded behind what is searched; with words in exact
/// forms, where that is all the same.
fn normal(node: Node, exact: bool, exact_field: bool) -> Node {
    let below = |node: Node| normal(node, exact, exact_field);
    let kind = match node.kind {
        Kind::Word(word) if exact && !exact_field && !word.contains('"') => Kind::Phrase(word),
        // A word that is an operator there has to be quoted, which is all the same where no forms are found anyway.
        Kind::Phrase(word) if exact_field && !word.contains(' ') => Kind::Word(word),
        Kind::And(members) => and(members.into_iter().map(below).collect()),
        Kind::Or(members) => Kind::Or(members.into_iter().map(below).collect()),
        Kind::Not(inner) => Kind::Not(below(*inner).into()),
        Kind::Near {
            left,
            right,
            within,
            ordered,
            negated,
        } => Kind::Near {
            left: below(*left).into(),
            right: below(*right).into(),
            within,
            ordered,
            negated,
        },
        Kind::AtLeast { count, node } => Kind::AtLeast {
            count,
            node: below(*node).into(),
        },
        Kind::Field { field, node } => {
            let words = matches!(field, Field::Headline | Field::Lead | Field::Byline);
            Kind::Field {
                field,
                node: normal(*node, exact, !words).into(),
            }
        }
        Kind::Date(DateSpan {
            from: Some(from),
            to: Some(to),
        }) => and(vec![
            bare(Kind::Date(DateSpan {
                from: Some(from),
                to: None,
            })),
            bare(Kind::Date(DateSpan {
                from: None,
                to: Some(to),
            })),
        ]),
        Kind::Words {
            min: Some(min),
            max: Some(max),
        } => and(vec![
            bare(Kind::Words {
                min: Some(min),
                max: None,
            }),
            bare(Kind::Words {
                min: None,
                max: Some(max),
            }),
        ]),
        kind => kind,
    };
    bare(kind)
}

fn and(members: Vec<Node>) -> Kind {
    let open = |node: Node| match node.kind {
        Kind::And(members) => members,
        _ => vec![node],
    };
    let (excluded, mut members): (Vec<Node>, Vec<Node>) = members
        .into_iter()
        .flat_map(open)
        .partition(|node| matches!(node.kind, Kind::Not(_)));
    members.extend(excluded);
    Kind::And(members)
}

fn bare(kind: Kind) -> Node {
    Node {
        kind,
        span: Span::default(),
    }
}
