//! Tells how AND and OR were read where both stand side by side without brackets. The canonical form has no brackets there
//! either, so this is the only place that shows them.

use super::Warning;
use super::tree::{Kind, Node};

/// The longest reading that is shown, in characters.
const LONGEST: usize = 120;

/// Warns of every OR with an AND beside it that its writer has put into no brackets.
pub(super) fn warn(tree: &Node, warnings: &mut Vec<Warning>) {
    if let Kind::Or(members) = &tree.kind
        && members.iter().any(is_bare_and)
    {
        let read: Vec<String> = members
            .iter()
            .map(|member| match member.kind {
                Kind::And(_) => format!("({member})"),
                _ => member.to_string(),
            })
            .collect();
        let read = read.join(" OR ");
        let message = if read.chars().count() > LONGEST {
            "AND binds more tightly than OR; put brackets around what belongs together".into()
        } else {
            format!("AND binds more tightly than OR; read as {read}")
        };
        warnings.push(Warning {
            span: tree.span,
            message,
        });
    }
    for part in tree.parts() {
        warn(part, warnings);
    }
}

/// Whether the node is an AND of which the text has no brackets: its place would be wider than those of its members.
fn is_bare_and(node: &Node) -> bool {
    let Kind::And(members) = &node.kind else {
        return false;
    };
    let first = members.iter().map(|member| member.span.start).min();
    first.is_none_or(|first| node.span.start >= first)
}
