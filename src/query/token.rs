//! The tokens of a query: what the lexer hands to the parser. A token has a place; it has no meaning beside others yet.

use super::error::Problem;
use super::fields::QueryField;
use super::tree::{Kind, Span, Within};

/// A token and its place.
#[derive(Debug)]
pub(super) struct Token {
    pub kind: TokenKind,
    pub span: Span,
    /// A `!` stood directly behind the word.
    pub bang: bool,
}

/// What a token is.
#[derive(Debug)]
pub(super) enum TokenKind {
    /// `(`
    Open,
    /// `)`
    Close,
    And,
    Or,
    /// `NOT`, or a `-` or `!` before a word (`sign`).
    Not {
        sign: bool,
    },
    Near(Nearness),
    /// `ATLEAST5`; a group must follow.
    AtLeast(u32),
    /// A field's name and its colon; the value must follow.
    Field(&'static QueryField),
    /// A term or a filter: a leaf of the tree.
    Leaf(Kind),
}

/// A proximity operator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Nearness {
    pub within: Within,
    pub ordered: bool,
    pub negated: bool,
}

impl Token {
    /// The word, if the token is a plain one.
    pub(super) fn word(&self) -> Option<&str> {
        match &self.kind {
            TokenKind::Leaf(Kind::Word(word)) => Some(word),
            _ => None,
        }
    }

    /// Whether it can begin an operand.
    pub(super) fn begins_operand(&self) -> bool {
        !matches!(
            self.kind,
            TokenKind::Close | TokenKind::And | TokenKind::Or | TokenKind::Near(_)
        )
    }
}

/// A lexing step's result.
pub(super) type Lexed<T> = Result<T, Problem>;
