//! The tree in plain words, one line a node: what `morgue explain` shows. Each line keeps its node, so that counts can be
//! put beside it. The form that can be typed again is `print`'s affair.

use super::dates::DateSpan;
use super::fields;
use super::tree::{Field, Kind, Node, Versions, Within};

/// A node in words.
#[derive(Debug, Clone)]
pub struct Line<'a> {
    /// How many nodes are above it.
    pub depth: usize,
    /// What it asks for: "all of these:", "the phrase \"prisoner swap\"".
    pub text: String,
    /// The node.
    pub node: &'a Node,
    /// The field that it is looked for in, when a node above it says so.
    pub field: Option<Field>,
}

/// The nodes of a tree in words, each before the nodes below it, from left to right.
#[must_use]
pub fn outline(tree: &Node) -> Vec<Line<'_>> {
    let mut lines = Vec::new();
    let mut open = vec![(tree, 0, None)];
    while let Some((node, depth, field)) = open.pop() {
        lines.push(Line {
            depth,
            text: in_words(&node.kind, field),
            node,
            field,
        });
        let below = match &node.kind {
            Kind::Field { field, .. } => Some(*field),
            _ => field,
        };
        let parts = node.parts().into_iter().rev();
        open.extend(parts.map(|part| (part, depth + 1, below)));
    }
    lines
}

/// The outline as text: two spaces a level, one line a node.
#[must_use]
pub fn describe(tree: &Node) -> String {
    let lines: Vec<String> = outline(tree)
        .iter()
        .map(|line| format!("{}{}", "  ".repeat(line.depth), line.text))
        .collect();
    lines.join("\n")
}

fn in_words(kind: &Kind, field: Option<Field>) -> String {
    match kind {
        Kind::All => "every article".into(),
        // A tag, and names that are not inflected.
        Kind::Word(tag) if field == Some(Field::Language) => tag.clone(),
        Kind::Word(word)
            if matches!(field, Some(Field::Section | Field::Source | Field::Topic)) =>
        {
            format!("\"{word}\", in exactly this form")
        }
        Kind::Word(word) => format!("the word {word}, in all its forms"),
        Kind::Phrase(text) if text.contains(' ') => {
            format!("the phrase \"{text}\", in exactly these forms")
        }
        Kind::Phrase(text) => format!("\"{text}\", in exactly this form"),
        Kind::Wildcard(word) => format!("words like {word} (* any letters, ? one letter)"),
        Kind::Fuzzy { word, edits } => format!(
            "{word}, or what differs from it by {}",
            plural(*edits, "letter")
        ),
        Kind::And(_) => "all of these:".into(),
        Kind::Or(_) => "any of these:".into(),
        Kind::Not(_) => "every article but those with:".into(),
        Kind::Near {
            within,
            ordered,
            negated,
            ..
        } => nearness(*within, *ordered, *negated),
        Kind::AtLeast { count, .. } => format!("at least {} of:", plural(*count, "match")),
        Kind::Field { field, .. } => in_field(*field),
        Kind::Date(span) => format!("dated {}", days(span)),
        Kind::In(name) => format!("placed in {name}, or in a place that lies there"),
        Kind::Place(name) => format!("naming the place {name} itself"),
        Kind::Words { min, max } => match (min, max) {
            (Some(min), Some(max)) if min == max => format!("{} long", plural(*min, "word")),
            (Some(min), Some(max)) => format!("{min} to {} long", plural(*max, "word")),
            (Some(min), None) => format!("at least {} long", plural(*min, "word")),
            (None, Some(max)) => format!("at most {} long", plural(*max, "word")),
            (None, None) => "of any length".into(),
        },
        Kind::Versions(Versions::All) => "in any of its versions".into(),
        Kind::Versions(Versions::AsOf(day)) => {
            format!("in the version that the archive read at the end of {day}")
        }
    }
}

fn nearness(within: Within, ordered: bool, negated: bool) -> String {
    let distance = match within {
        Within::Words(1) => "next to each other".into(),
        Within::Words(n) => format!("at most {n} words apart"),
        Within::Sentence => "in one sentence".into(),
        Within::Paragraph => "in one paragraph".into(),
    };
    let order = if ordered { ", in this order" } else { "" };
    if negated {
        format!("the first of these where the second is not with it ({distance}{order}):")
    } else {
        format!("these, {distance}{order}:")
    }
}

fn in_field(field: Field) -> String {
    let help = fields::FIELDS
        .iter()
        .find(|row| row.name == fields::name_of(field))
        .map_or("", |row| row.help);
    let (place, _) = help.split_once(',').unwrap_or((help, ""));
    format!("{place}:")
}

fn days(span: &DateSpan) -> String {
    match (span.from, span.to) {
        (Some(from), Some(to)) if from == to => format!("on {from}"),
        (Some(from), Some(to)) => format!("between {from} and {to}"),
        (Some(from), None) => format!("on {from} or later"),
        (None, Some(to)) => format!("on {to} or earlier"),
        (None, None) => "on any day".into(),
    }
}

fn plural(n: impl Into<u32>, noun: &str) -> String {
    let n = n.into();
    match (n, noun.ends_with("ch")) {
        (1, _) => format!("1 {noun}"),
        (_, true) => format!("{n} {noun}es"),
        (_, false) => format!("{n} {noun}s"),
    }
}
