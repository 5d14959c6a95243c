//! The languages that queries are written in: morgue's own, and those of the archives that librarians come from. All are
//! read into the one tree, and the tree is written in all of them.
//!
//! | | morgue | Nexis | Factiva |
//! |---|---|---|---|
//! | a word | in all its forms | in all its forms | as typed |
//! | words side by side | all of them | side by side | a phrase |
//! | `a or b and c` | `a OR (b AND c)` | `(a OR b) AND c` | `a OR (b AND c)` |
//! | what binds first | proximity, NOT, AND, OR | or, proximity (small numbers first), and, and not | proximity, fields, not, and, or |
//!
//! A dialect is a row of [`DIALECTS`]: how it takes text apart (`step`), what neighbours tell it (`settle`), its grammar
//! (`query`, `value`), and how it writes a tree. What a vendor's language says and the tree cannot hold is an error with
//! what to type instead, and what the tree holds and the vendor's language cannot say is a note in [`Written`]. The facts
//! are those of the vendors' public help pages.

mod factiva;
mod morgue;
mod nexis;
mod settle;
mod term;
mod vendor;
mod write;

use serde::{Deserialize, Serialize};

pub use write::Written;

use super::Warning;
use super::lex::Lexer;
use super::operands;
use super::parse::Parser;
use super::token::{Lexed, Nearness, Token};
use super::tree::{Field, Kind, Node};
use crate::search::named;
use vendor::Vendor;

named! {
    /// The language that a query is written in.
    #[derive(Default)]
    Dialect, "dialect" {
        /// Morgue's own.
        #[default]
        Morgue = "morgue",
        /// That of Nexis and Lexis, "terms and connectors".
        Nexis = "nexis",
        /// That of Factiva, "traditional search".
        Factiva = "factiva",
    }
}

/// How a dialect is read and written.
struct Rules {
    dialect: Dialect,
    /// Reads what begins at the lexer's place: a token or more, or what is passed over.
    step: fn(&mut Lexer<'_>) -> Lexed<()>,
    /// The text between two quotation marks, at these places.
    phrase: fn(&mut Lexer<'_>, usize, usize) -> Lexed<()>,
    /// Settles the tokens that hang on their neighbours.
    settle: fn(Vec<Token>, &mut Vec<Warning>) -> Lexed<Vec<Token>>,
    /// What stands in brackets, and the whole: the weakest binding.
    query: fn(&mut Parser<'_>) -> Lexed<Node>,
    /// The value of a field.
    value: fn(&mut Parser<'_>) -> Lexed<Node>,
    /// What is counted, when that may stand without brackets.
    counted: Option<fn(&mut Parser<'_>) -> Lexed<Node>>,
    /// What a term means in this field, or outside of all.
    leaf: fn(Kind, Option<Field>) -> Kind,
    /// What is the vendor's own; nothing for morgue's language.
    vendor: Option<&'static Vendor>,
}

/// Every dialect, in the order of [`Dialect::ALL`].
static DIALECTS: &[Rules] = &[morgue::RULES, nexis::RULES, factiva::RULES];

impl Dialect {
    fn rules(self) -> &'static Rules {
        let found = DIALECTS.iter().find(|rules| rules.dialect == self);
        found.expect("every dialect has a row")
    }

    pub(super) fn step(self, lexer: &mut Lexer<'_>) -> Lexed<()> {
        (self.rules().step)(lexer)
    }

    pub(super) fn phrase(self, lexer: &mut Lexer<'_>, open: usize, close: usize) -> Lexed<()> {
        (self.rules().phrase)(lexer, open, close)
    }

    pub(super) fn settle(
        self,
        tokens: Vec<Token>,
        warnings: &mut Vec<Warning>,
    ) -> Lexed<Vec<Token>> {
        (self.rules().settle)(tokens, warnings)
    }

    pub(super) fn query(self, parser: &mut Parser<'_>) -> Lexed<Node> {
        (self.rules().query)(parser)
    }

    pub(super) fn value(self, parser: &mut Parser<'_>) -> Lexed<Node> {
        (self.rules().value)(parser)
    }

    /// The grammar of what `ATLEAST` counts, when it needs no brackets.
    pub(super) fn counted(self) -> Option<fn(&mut Parser<'_>) -> Lexed<Node>> {
        self.rules().counted
    }

    pub(super) fn leaf(self, kind: Kind, field: Option<Field>) -> Kind {
        (self.rules().leaf)(kind, field)
    }

    fn vendor(self) -> Option<&'static Vendor> {
        self.rules().vendor
    }

    /// A proximity operator as this dialect writes it, for messages; as morgue does where it cannot be said.
    pub(super) fn operator(self, nearness: Nearness) -> String {
        let written = self.vendor().map(|vendor| (vendor.near)(nearness));
        match written {
            Some(Ok(operator)) => operator,
            _ => operands::operator(nearness),
        }
    }

    /// What excludes, as this dialect writes it.
    pub(super) fn but_not(self) -> &'static str {
        self.vendor().map_or("NOT", |vendor| vendor.but_not)
    }

    /// A query in the headline as this dialect writes it, for hints.
    pub(super) fn in_headline(self, query: &str) -> String {
        match self.vendor() {
            Some(vendor) => vendor
                .in_field(Field::Headline, query, false)
                .unwrap_or_default(),
            None => format!("headline:({query})"),
        }
    }
}

/// The tree in every dialect, morgue's own first.
#[must_use]
pub fn in_every_dialect(tree: &Node) -> Vec<Written> {
    let rows = DIALECTS.iter();
    rows.map(|rules| write::write(tree, rules.dialect))
        .collect()
}

/// The tree in one dialect.
#[must_use]
pub fn in_dialect(tree: &Node, dialect: Dialect) -> Written {
    write::write(tree, dialect)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_dialect_has_a_row() {
        for dialect in Dialect::ALL {
            assert_eq!(dialect.rules().dialect, *dialect);
        }
        assert_eq!(DIALECTS.len(), Dialect::ALL.len());
    }
}
