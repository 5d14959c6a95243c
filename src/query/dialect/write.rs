//! The tree → a query in a dialect, and what that dialect cannot say. Compound parts always stand in brackets: what binds
//! first differs from vendor to vendor, and from one reader's memory to another's.

use serde::{Deserialize, Serialize};

use super::vendor::Vendor;
use super::{Dialect, term};
use crate::query::error::shown;
use crate::query::token::Nearness;
use crate::query::tree::{Field, Kind, Node, Within};
use crate::query::{Context, LONGEST, fields, read};
use crate::search::Match;

/// A query in one dialect.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Written {
    /// Which.
    pub dialect: Dialect,
    /// The query, for that system's search box; `None` when it cannot be written.
    pub text: Option<String>,
    /// What is different there, or why it cannot be written. None when it means the same in every respect that the
    /// language can tell.
    pub notes: Vec<String>,
}

/// How many words a note lists.
const MOST_LISTED: usize = 8;

pub(super) fn write(tree: &Node, dialect: Dialect) -> Written {
    let Some(vendor) = dialect.vendor() else {
        return Written {
            dialect,
            text: Some(tree.to_string()),
            notes: Vec::new(),
        };
    };
    let mut writer = Writer {
        vendor,
        field: None,
        unsaid: Vec::new(),
        notes: Vec::new(),
        as_typed: Vec::new(),
    };
    let text = writer.whole(tree);
    if text.chars().count() > LONGEST {
        writer.refuse(format!("it would be longer than {LONGEST} characters"));
    }
    let (text, notes) = if writer.unsaid.is_empty() {
        let as_typed = writer.as_typed_note();
        writer.notes.sort();
        writer.notes.dedup();
        let notes = writer.notes.into_iter().chain(as_typed).collect();
        (Some(text), notes)
    } else {
        let notes = writer
            .unsaid
            .iter()
            .map(|why| format!("cannot be written: {why}"));
        (None, notes.collect())
    };
    Written {
        dialect,
        text,
        notes,
    }
}

struct Writer {
    vendor: &'static Vendor,
    /// The field whose value is being written.
    field: Option<Field>,
    /// What cannot be said.
    unsaid: Vec<String>,
    /// What is said nearly.
    notes: Vec<String>,
    /// Words whose other forms are not found.
    as_typed: Vec<String>,
}

impl Writer {
    /// Notes what cannot be said, once; the text that stands for it is not shown.
    fn refuse(&mut self, why: impl Into<String>) -> String {
        let why = why.into();
        if !self.unsaid.contains(&why) {
            self.unsaid.push(why);
        }
        String::new()
    }

    /// A node where nothing stands beside it.
    fn whole(&mut self, node: &Node) -> String {
        let name = self.vendor.dialect;
        match &node.kind {
            Kind::Word(_) | Kind::Phrase(_) | Kind::Wildcard(_) => self.term(&node.kind),
            Kind::All => self.refuse(format!("{name} has no query for every article")),
            Kind::Fuzzy { word, edits } => {
                self.refuse(format!("{name} has no words within edits, {word}~{edits}"))
            }
            Kind::And(members) => self.all(members),
            Kind::Or(members) => self.list(members.iter(), " or "),
            Kind::Not(_) => self.refuse(format!(
                "{name} excludes only from what stands before, and here nothing does"
            )),
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
                self.near(node, left, right, nearness)
            }
            Kind::AtLeast { count, node } => self.at_least(*count, node),
            Kind::Field { field, node } => self.in_field(*field, node),
            Kind::Date(span) => match (self.vendor.days)(span) {
                Some(conditions) => conditions.join(" and "),
                None => self.refuse(format!("{name} does not know these days, {span}")),
            },
            Kind::In(place) => match self.vendor.in_place(&format!("\"{place}\"")) {
                Some(text) if self.reads_as(&text, &node.kind) => text,
                Some(_) => self.refuse(format!("{name} has no way to type {}", shown(place))),
                None => self.refuse(format!("{name} knows regions by codes only, in:{place}")),
            },
            Kind::Place(place) => self.refuse(format!(
                "{name} has no field for a named place, place:{place}"
            )),
            Kind::Words { min, max } => self.words(*min, *max),
            Kind::Versions(_) => {
                self.refuse(format!("{name} searches no earlier versions, {node}"))
            }
        }
    }

    /// A node beside others: in brackets when it is made of parts.
    fn part(&mut self, node: &Node) -> String {
        let text = self.whole(node);
        if self.is_compound(node) {
            format!("({text})")
        } else {
            text
        }
    }

    fn is_compound(&self, node: &Node) -> bool {
        match &node.kind {
            Kind::And(_) | Kind::Or(_) | Kind::Not(_) => true,
            Kind::Near { .. } => self.row(node).is_none(),
            Kind::Words { min, max } => min.is_some() && max.is_some(),
            Kind::Date(span) => (self.vendor.days)(span).is_some_and(|days| days.len() > 1),
            _ => false,
        }
    }

    fn list<'a>(&mut self, members: impl Iterator<Item = &'a Node>, between: &str) -> String {
        let members: Vec<String> = members.map(|member| self.part(member)).collect();
        members.join(between)
    }

    /// What is searched, and behind it what is excluded from it.
    fn all(&mut self, members: &[Node]) -> String {
        let excluded = |node: &&Node| matches!(node.kind, Kind::Not(_));
        let mut text = self.list(members.iter().filter(|node| !excluded(node)), " and ");
        if text.is_empty() {
            return self.refuse(format!(
                "{} excludes only from what stands before, and here nothing does",
                self.vendor.dialect
            ));
        }
        for node in members {
            if let Kind::Not(node) = &node.kind {
                let part = self.part(node);
                text = format!("{text} {} {part}", self.vendor.but_not);
            }
        }
        text
    }

    fn near(&mut self, node: &Node, left: &Node, right: &Node, nearness: Nearness) -> String {
        if let Some(row) = self.row(node) {
            return row;
        }
        let same = matches!(nearness.within, Within::Paragraph);
        if self.vendor.dialect == Dialect::Factiva && same {
            let inner = [left, right].iter().any(|side| holds_paragraph(side));
            if inner {
                return self.refuse("factiva's same joins two terms only");
            }
            if self.field.is_some() {
                return self.refuse("factiva's same does not stand in a field");
            }
        }
        match (self.vendor.near)(nearness) {
            Ok(operator) => {
                let (left, right) = (self.part(left), self.part(right));
                format!("{left} {operator} {right}")
            }
            Err(why) => self.refuse(why),
        }
    }

    /// Words side by side, when the vendor reads them so.
    fn row(&self, node: &Node) -> Option<String> {
        let mut words = Vec::new();
        let mut rest = node;
        while let Kind::Near {
            left,
            right,
            within,
            ordered: true,
            negated: false,
        } = &rest.kind
        {
            if *within != term::ADJACENT.within {
                return None;
            }
            words.push(self.plain(&right.kind)?);
            rest = left;
        }
        words.push(self.plain(&rest.kind)?);
        words.reverse();
        let text = words.join(" ");
        (words.len() > 1 && self.reads_as(&text, &node.kind)).then_some(text)
    }

    /// A word or pattern as it is typed without quotes.
    fn plain(&self, kind: &Kind) -> Option<String> {
        let text = match kind {
            Kind::Word(word) => word.clone(),
            Kind::Wildcard(pattern) => (self.vendor.shortened)(pattern)?,
            _ => return None,
        };
        self.reads_as(&text, kind).then_some(text)
    }

    fn term(&mut self, kind: &Kind) -> String {
        let name = self.vendor.dialect;
        let language = self.field == Some(Field::Language);
        if let Some(text) = self.plain(kind).filter(|_| !language) {
            return text;
        }
        match kind {
            Kind::Wildcard(pattern) => {
                self.refuse(format!("{name} has no such wildcard, {}", shown(pattern)))
            }
            Kind::Word(word) if language => {
                let named = (self.vendor.language)(word).filter(|name| self.reads_as(name, kind));
                match named {
                    Some(named) => named,
                    None => self.refuse(format!("{name} has no name for the language {word}")),
                }
            }
            Kind::Word(word) => {
                // Its other forms are lost, and that is said.
                let exact = term::leaf(word);
                let quoted = format!("\"{word}\"");
                let text = [word.clone(), quoted].into_iter().find(|text| {
                    exact
                        .as_ref()
                        .is_some_and(|exact| self.reads_as(text, exact))
                });
                match text {
                    Some(text) => {
                        if self.field.is_none_or(finds_forms) && !self.as_typed.contains(word) {
                            self.as_typed.push(word.clone());
                        }
                        text
                    }
                    None => self.refuse(format!("{name} has no way to type {}", shown(word))),
                }
            }
            Kind::Phrase(text) => self.phrase(text),
            _ => String::new(),
        }
    }

    fn phrase(&mut self, text: &str) -> String {
        let kind = Kind::Phrase(text.to_owned());
        let words = text.split(' ').map(|word| {
            if word.contains(['*', '?']) {
                (self.vendor.shortened)(word)
            } else {
                Some(word.to_owned())
            }
        });
        let quoted = words
            .collect::<Option<Vec<_>>>()
            .map(|words| format!("\"{}\"", words.join(" ")));
        match quoted.filter(|quoted| self.reads_as(quoted, &kind)) {
            Some(quoted) => quoted,
            None => self.refuse(format!(
                "{} has no way to type \"{}\"",
                self.vendor.dialect,
                shown(text)
            )),
        }
    }

    /// Whether the vendor's reader makes this of the text, where it stands.
    fn reads_as(&self, text: &str, kind: &Kind) -> bool {
        let context = Context {
            matching: Match::All,
            today: chrono::NaiveDate::default(),
            dialect: self.vendor.dialect,
        };
        let query = match self.field {
            Some(field) => self.vendor.in_field(field, text, true).unwrap_or_default(),
            None => text.to_owned(),
        };
        let tree = read(&query, context).map(|parsed| parsed.tree.kind);
        match (tree, self.field) {
            (Ok(Kind::Field { node, .. }), Some(_)) => node.kind == *kind,
            (Ok(read), None) => read == *kind,
            _ => false,
        }
    }

    fn at_least(&mut self, count: u32, node: &Node) -> String {
        let name = self.vendor.dialect;
        if self.field.is_some() && name == Dialect::Factiva {
            return self.refuse("factiva counts in the whole article only, not in a field");
        }
        match (self.vendor.at_least)(count, node) {
            Ok(begin) if begin.ends_with(' ') => format!("{begin}{}", self.whole(node)),
            Ok(begin) => format!("{begin}({})", self.whole(node)),
            Err(why) => self.refuse(why),
        }
    }

    fn in_field(&mut self, field: Field, node: &Node) -> String {
        let missing = self.vendor.in_field(field, "", true).is_none();
        if missing {
            let (name, ours) = (self.vendor.dialect, fields::name_of(field));
            return self.refuse(format!("{name} has no field for {ours}:"));
        }
        if let Some(note) = self.vendor.note(field) {
            self.notes.push(note.to_owned());
        }
        let outer = self.field.replace(field);
        let value = self.whole(node);
        self.field = outer;
        let one_term = matches!(
            node.kind,
            Kind::Word(_) | Kind::Phrase(_) | Kind::Wildcard(_)
        );
        self.vendor
            .in_field(field, &value, one_term)
            .unwrap_or_default()
    }

    fn words(&mut self, min: Option<u32>, max: Option<u32>) -> String {
        let length = self.vendor.length;
        let conditions = [
            min.map(|min| min.checked_sub(1).map(|below| ('>', below))),
            max.map(|max| max.checked_add(1).map(|above| ('<', above))),
        ];
        let conditions: Option<Vec<String>> = conditions
            .into_iter()
            .flatten()
            .map(|condition| {
                let (sign, number) = condition?;
                let space = if length == "wc" { "" } else { " " };
                Some(format!("{length}{space}{sign}{space}{number}"))
            })
            .collect();
        match conditions {
            Some(conditions) if !conditions.is_empty() => conditions.join(" and "),
            _ => self.refuse(format!(
                "{} cannot ask for this length",
                self.vendor.dialect
            )),
        }
    }

    fn as_typed_note(&self) -> Option<String> {
        let listed: Vec<&str> = self
            .as_typed
            .iter()
            .map(String::as_str)
            .take(MOST_LISTED)
            .collect();
        let more = if self.as_typed.len() > MOST_LISTED {
            ", …"
        } else {
            ""
        };
        (!listed.is_empty()).then(|| {
            format!(
                "finds only the forms that are typed, not the other forms of {}{more}",
                listed.join(", ")
            )
        })
    }
}

/// Whether words in this field are found in their other forms as well.
fn finds_forms(field: Field) -> bool {
    matches!(field, Field::Headline | Field::Lead | Field::Byline)
}

fn holds_paragraph(node: &Node) -> bool {
    let here = matches!(&node.kind, Kind::Near { within, .. } if *within == Within::Paragraph);
    here || node.parts().into_iter().any(holds_paragraph)
}
