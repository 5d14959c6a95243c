//! The tree → its canonical text: every operator written out, no bracket too many, dates in days or whole months or years.
//! Parsing it gives the same tree, with either match mode and on any day. Describing it in words is `outline`'s affair.

use std::fmt;

use super::token::Nearness;
use super::tree::{Kind, Node, Versions};
use super::{fields, lex, operands};

/// How strongly a node's text holds together, the weakest first.
#[derive(Clone, Copy, PartialEq, PartialOrd)]
enum Binding {
    Or,
    And,
    Not,
    Near,
    Part,
}

impl fmt::Display for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write(self, Binding::Or, f)
    }
}

/// Writes a node where nothing that binds more weakly than `least` may stand without brackets.
fn write(node: &Node, least: Binding, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    if binding(&node.kind) < least {
        f.write_str("(")?;
        write(node, Binding::Or, f)?;
        return f.write_str(")");
    }
    match &node.kind {
        Kind::All => f.write_str("*"),
        Kind::Word(word) | Kind::Wildcard(word) => f.write_str(word),
        Kind::Phrase(text) => write!(f, "\"{text}\""),
        Kind::Fuzzy { word, edits } => write!(f, "{word}~{edits}"),
        Kind::And(members) => write_list(members, " AND ", Binding::Not, f),
        Kind::Or(members) => write_list(members, " OR ", Binding::And, f),
        Kind::Not(inner) => {
            f.write_str("NOT ")?;
            write(inner, Binding::Near, f)
        }
        Kind::Near {
            left,
            right,
            within,
            ordered,
            negated,
        } => {
            let nearness = Nearness {
                within: *within,
                ordered: *ordered,
                negated: *negated,
            };
            write_side(left, Binding::Near, f)?;
            write!(f, " {} ", operands::operator(nearness))?;
            write_side(right, Binding::Part, f)
        }
        Kind::AtLeast { count, node } => write!(f, "ATLEAST{count}({node})"),
        Kind::Field { field, node } => {
            write!(f, "{}:", fields::name_of(*field))?;
            write(node, Binding::Part, f)
        }
        Kind::Date(span) => write!(f, "date:{span}"),
        Kind::In(name) => write_place("in", name, f),
        Kind::Place(name) => write_place("place", name, f),
        Kind::Words { min, max } => match (min, max) {
            (Some(min), Some(max)) if min == max => write!(f, "words:{min}"),
            (Some(min), Some(max)) => write!(f, "words:{min}..{max}"),
            (Some(min), None) => write!(f, "words:>={min}"),
            (None, Some(max)) => write!(f, "words:<={max}"),
            (None, None) => f.write_str("words:>=0"),
        },
        Kind::Versions(Versions::All) => f.write_str("versions:all"),
        Kind::Versions(Versions::AsOf(day)) => write!(f, "as-of:{day}"),
    }
}

/// A side of a proximity. The word `not` before an operator would become a part of it.
fn write_side(node: &Node, least: Binding, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match &node.kind {
        Kind::Word(word) if word == "not" => f.write_str("(not)"),
        _ => write(node, least, f),
    }
}

fn write_list(
    members: &[Node],
    between: &str,
    least: Binding,
    f: &mut fmt::Formatter<'_>,
) -> fmt::Result {
    for (at, member) in members.iter().enumerate() {
        if at > 0 {
            f.write_str(between)?;
        }
        write(member, least, f)?;
    }
    Ok(())
}

fn write_place(field: &str, name: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    if lex::is_plain_word(name) {
        write!(f, "{field}:{name}")
    } else {
        write!(f, "{field}:\"{name}\"")
    }
}

fn binding(kind: &Kind) -> Binding {
    match kind {
        Kind::Or(_) => Binding::Or,
        Kind::And(_) => Binding::And,
        Kind::Not(_) => Binding::Not,
        Kind::Near { .. } => Binding::Near,
        Kind::All | Kind::Word(_) | Kind::Phrase(_) | Kind::Wildcard(_) | Kind::Fuzzy { .. } => {
            Binding::Part
        }
        Kind::AtLeast { .. } | Kind::Field { .. } | Kind::Date(_) | Kind::Words { .. } => {
            Binding::Part
        }
        Kind::In(_) | Kind::Place(_) | Kind::Versions(_) => Binding::Part,
    }
}
