//! The smallest query that still fails, from one that does: branches are dropped, operators replaced by one of their sides.

use morgue::query::tree::{Kind, Node};

/// Makes a tree that fails in this way smaller while `fails` says what is wrong with its text.
pub fn smallest(
    mut tree: Node,
    mut how: String,
    fails: impl Fn(&str) -> Option<String>,
) -> (Node, String) {
    'smaller: loop {
        for smaller in smaller(&tree) {
            if let Some(error) = fails(&smaller.to_string()) {
                (tree, how) = (smaller, error);
                continue 'smaller;
            }
        }
        return (tree, how);
    }
}

/// The trees that are smaller by one node or branch. Some of them the parser refuses.
fn smaller(node: &Node) -> Vec<Node> {
    let parts: Vec<Node> = node.parts().into_iter().cloned().collect();
    let mut all = parts.clone();
    for (at, part) in parts.iter().enumerate() {
        if parts.len() > 2 {
            let mut fewer = parts.clone();
            fewer.remove(at);
            all.push(with_parts(node, fewer));
        }
        for smaller in smaller(part) {
            let mut changed = parts.clone();
            changed[at] = smaller;
            all.push(with_parts(node, changed));
        }
    }
    all
}

/// The node with other parts below it.
fn with_parts(node: &Node, mut parts: Vec<Node>) -> Node {
    let mut node = node.clone();
    match &mut node.kind {
        Kind::And(members) | Kind::Or(members) => *members = parts,
        Kind::Not(inner) | Kind::AtLeast { node: inner, .. } | Kind::Field { node: inner, .. } => {
            **inner = parts.remove(0);
        }
        Kind::Near { left, right, .. } => {
            **right = parts.remove(1);
            **left = parts.remove(0);
        }
        _ => {}
    }
    node
}
