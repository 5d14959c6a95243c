//! What a vendor's dialect is made of: its fields, its limits, how it shortens words, how it writes what a tree holds.
//! Reading and writing go by the same tables.

use super::Dialect;
use crate::query::dates::DateSpan;
use crate::query::error::{Problem, shown};
use crate::query::fields::{self, Lies, Meaning, QueryField};
use crate::query::lex::Lexer;
use crate::query::suggest;
use crate::query::token::{Lexed, Nearness, TokenKind};
use crate::query::tree::{Field, Kind, Node, Span};
use crate::query::word::is_number;

/// A vendor's language.
pub(super) struct Vendor {
    pub dialect: Dialect,
    /// Its fields; of several that mean the same, the first is written.
    pub fields: &'static [VendorField],
    /// A field with its value: its name, a query, and whether that is one term.
    pub field: fn(&str, &str, bool) -> String,
    /// Operators of other systems, and what stands for them here: before their number, or, with a space behind it, whole.
    pub foreign: &'static [(&'static str, &'static str)],
    /// Reads an operator, a field or a filter that begins at the lexer's place, if one does.
    pub operator: fn(&mut Lexer<'_>) -> Lexed<bool>,
    /// One after the last character of the word that begins there.
    pub end_of_word: fn(&Lexer<'_>, usize) -> usize,
    /// A word with the vendor's signs for letters → with ours; or what it stands for, when that is no pattern.
    pub pattern: fn(&str, Span) -> Lexed<Pattern>,
    /// A proximity operator, or why there is none.
    pub near: fn(Nearness) -> Result<String, String>,
    /// The beginning of `ATLEAST`, to be followed by the node in brackets if it needs some; or why there is none.
    pub at_least: fn(u32, &Node) -> Result<String, String>,
    /// Our pattern with the vendor's signs, if it has such.
    pub shortened: fn(&str) -> Option<String>,
    /// Days: a condition or several.
    pub days: fn(&DateSpan) -> Option<Vec<String>>,
    /// The name of a length.
    pub length: &'static str,
    /// What excludes: `and not`.
    pub but_not: &'static str,
    /// A language as it is named there.
    pub language: fn(&str) -> Option<String>,
}

/// What a word with signs for letters is in our language.
pub(super) enum Pattern {
    /// This text, a word or a pattern.
    Text(String),
    /// The same, and what the user should know about its reading.
    Warned(String, &'static str),
    /// Any of these forms.
    AnyOf(Vec<String>),
}

/// A field of a vendor.
pub(super) struct VendorField {
    /// Its names, in lower case.
    pub names: &'static [&'static str],
    pub means: Means,
}

/// What a vendor's field is here.
pub(super) enum Means {
    /// Our field of this name.
    Ours(&'static str),
    /// Our field of this name, which is not quite the same: what is to be known when it is read, and when it is written.
    Nearly(&'static str, &'static str, &'static str),
    /// Nothing: why, and what to type instead.
    Nothing(&'static str, &'static str),
}

impl Vendor {
    fn row(&self, name: &str) -> Option<&'static VendorField> {
        let named = |row: &&VendorField| row.names.iter().any(|n| n.eq_ignore_ascii_case(name));
        self.fields.iter().find(named)
    }

    /// Whether it has a field of this name, even one that cannot be searched here.
    pub(super) fn has_field(&self, name: &str) -> bool {
        self.row(name).is_some()
    }

    /// Begins the field that is named here, `length` characters with its sign. Fails when there is no such field.
    pub(super) fn begin_field(
        &self,
        lexer: &mut Lexer<'_>,
        name: &str,
        length: usize,
    ) -> Lexed<()> {
        let chars = name.chars().count();
        let span = Span::new(lexer.at, lexer.at + chars);
        let Some(row) = self.row(name) else {
            return Err(self.no_field(name, span));
        };
        let (ours, note) = match &row.means {
            Means::Ours(ours) => (ours, None),
            Means::Nearly(ours, note, _) => (ours, Some(note)),
            Means::Nothing(why, hint) => return Err(Problem::new(span, *why).hint(*hint)),
        };
        if let Some(note) = note {
            lexer.warn(span.start, span.end, *note);
        }
        let Some(field) = fields::find(ours) else {
            return Err(self.no_field(name, span));
        };
        lexer.push(TokenKind::Field(field), length)
    }

    fn no_field(&self, name: &str, span: Span) -> Problem {
        let problem = Problem::new(
            span,
            format!("{} has no field `{name}` that is known here", self.dialect),
        );
        let names = self.fields.iter().flat_map(|row| row.names);
        match suggest::nearest(name, names.copied()) {
            Some(near) => problem.hint(format!("did you mean {}?", (self.field)(near, "…", true))),
            None => problem.hint("to search it as a word, quote it"),
        }
    }

    /// A field of the tree with its value, if there is one.
    pub(super) fn in_field(&self, field: Field, value: &str, one_term: bool) -> Option<String> {
        self.written(|meaning| meaning == Meaning::Text(field), value, one_term)
    }

    /// The places of an article, if they can be named.
    pub(super) fn in_place(&self, value: &str) -> Option<String> {
        self.written(|meaning| meaning == Meaning::Place(Lies::In), value, true)
    }

    /// How the vendor's field differs from this one, if it does.
    pub(super) fn note(&self, field: Field) -> Option<&'static str> {
        match self
            .row_of(|meaning| meaning == Meaning::Text(field))?
            .means
        {
            Means::Nearly(_, _, note) => Some(note),
            Means::Ours(_) | Means::Nothing(..) => None,
        }
    }

    fn written(
        &self,
        wanted: impl Fn(Meaning) -> bool,
        value: &str,
        one_term: bool,
    ) -> Option<String> {
        let row = self.row_of(wanted)?;
        Some((self.field)(row.names[0], value, one_term))
    }

    fn row_of(&self, wanted: impl Fn(Meaning) -> bool) -> Option<&'static VendorField> {
        self.fields.iter().find(|row| match row.means {
            Means::Ours(name) | Means::Nearly(name, ..) => {
                fields::find(name).is_some_and(|field| wanted(field.meaning))
            }
            Means::Nothing(..) => false,
        })
    }

    /// Refuses an operator that another system has.
    pub(super) fn refuse_foreign(&self, word: &str, span: Span) -> Lexed<()> {
        let lower = word.to_ascii_lowercase();
        for (name, ours) in self.foreign {
            let Some(rest) = lower.strip_prefix(name) else {
                continue;
            };
            // A name that ends in a stroke, or a whole operator: `w/s`.
            let numbered = is_number(rest) && !ours.ends_with(' ');
            if numbered || rest.is_empty() && ours.ends_with(' ') {
                let problem = self.no_operator(word, span);
                return Err(problem.hint(format!("write {}{rest}", ours.trim_end())));
            }
        }
        Ok(())
    }

    /// The error of what looks like an operator and is none here.
    pub(super) fn no_operator(&self, typed: &str, span: Span) -> Problem {
        Problem::new(
            span,
            format!("{} has no operator `{}`", self.dialect, shown(typed)),
        )
    }
}

/// A field of ours by name, for filters.
pub(super) fn ours(name: &str) -> &'static QueryField {
    fields::find(name).expect("the table of fields has it")
}

/// A leaf that is a word, a pattern, or words that stand in exactly these forms.
pub(super) fn is_text(kind: &Kind) -> bool {
    matches!(
        kind,
        Kind::Word(_) | Kind::Phrase(_) | Kind::Wildcard(_) | Kind::Near { .. } | Kind::Or(_)
    )
}
