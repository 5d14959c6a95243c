//! The language of Nexis and Lexis, "terms and connectors". Here: its grammar. Its connectors, segments and dates are read
//! in `lex`; its tables and how it writes a tree are in `table`.
//!
//! ```text
//! query = all { [and] not all }        `and not` binds last: a and not b and c = a AND NOT (b AND c)
//! all   = near { and near }
//! near  = any { w/n any }              small numbers first, then /s, then /p; equal ones from the left
//! any   = row { or row }               `or` binds first: a or b and c = (a OR b) AND c
//! row   = term { term } | segment(query) | atleastN(query) | date … | length … | "(" query ")"
//! ```
//!
//! Decided by the vendor's help pages: a word is found in all its forms, and so are words side by side, which stand next to
//! each other in this order (`dog bite` finds dogs biting, so it is `dog PRE/1 bite` and not a phrase of exact forms);
//! quotes make forms exact. `!` ends a word in any way, `?` is one letter; `*` is one letter as in the older products, which
//! a warning says, for in the newer ones it can be any. Dates in numbers have the month first, which a warning says where
//! it matters. `hlead` is our `lead:`, with a warning of what differs.

mod lex;
mod table;

use super::vendor::is_text;
use super::{Dialect, Rules, settle, term};
use crate::query::error::Problem;
use crate::query::join;
use crate::query::parse::{self, Inside, Parser};
use crate::query::token::{Lexed, Nearness, TokenKind};
use crate::query::tree::{Field, Kind, Node, Span, Within};
use crate::text::language;

pub(super) const RULES: Rules = Rules {
    dialect: Dialect::Nexis,
    step: |lexer| term::step(lexer, &table::NEXIS),
    phrase: |lexer, open, close| term::phrase(lexer, open, close, &table::NEXIS),
    settle: |tokens, _| Ok(settle::settle(tokens)),
    query,
    value: |parser| parser.part(),
    counted: None,
    leaf,
    vendor: Some(&table::NEXIS),
};

fn query(parser: &mut Parser<'_>) -> Lexed<Node> {
    let mut members = vec![all(parser)?];
    while let Some(not) = parser.take_if(|kind| matches!(kind, TokenKind::Not { .. })) {
        let node = all(parser)?;
        let span = Span::new(not.span.start, node.span.end);
        members.push(join::not(node, span));
    }
    Ok(join::all(members))
}

fn all(parser: &mut Parser<'_>) -> Lexed<Node> {
    let mut members = vec![near(parser, u32::MAX)?];
    while parser.takes(|kind| matches!(kind, TokenKind::And)) {
        members.push(near(parser, u32::MAX)?);
    }
    Ok(join::all(members))
}

/// Parts joined by connectors that reach no further than `widest`.
fn near(parser: &mut Parser<'_>, widest: u32) -> Lexed<Node> {
    let mut left = any(parser)?;
    while let Some((nearness, _)) = parser.take_near(|next| reach(next) <= widest) {
        let right = near(parser, reach(nearness) - 1)?;
        left = parser.near(left, right, nearness)?;
    }
    Ok(left)
}

/// How far a connector reaches: those that reach less far join first.
fn reach(nearness: Nearness) -> u32 {
    match nearness.within {
        Within::Words(n) => n.max(1),
        Within::Sentence => table::WIDEST + 1,
        Within::Paragraph => table::WIDEST + 2,
    }
}

fn any(parser: &mut Parser<'_>) -> Lexed<Node> {
    let mut members = vec![row(parser)?];
    while parser.takes(|kind| matches!(kind, TokenKind::Or)) {
        members.push(row(parser)?);
    }
    Ok(join::any(members))
}

/// Terms side by side stand side by side; all else needs a connector.
fn row(parser: &mut Parser<'_>) -> Lexed<Node> {
    let mut bare = begins_term(parser);
    let mut left = parser.part()?;
    while parser
        .peek()
        .is_some_and(|token| token.begins_operand() && !matches!(token.kind, TokenKind::Not { .. }))
    {
        bare &= begins_term(parser);
        let right = parser.part()?;
        left = match (&left.kind, &right.kind) {
            (Kind::In(a), Kind::In(b)) if bare && parser.inside != Inside::Nothing => Node {
                kind: Kind::In(format!("{a} {b}")),
                span: Span::new(left.span.start, right.span.end),
            },
            _ if bare && holds_exact_forms(parser.inside) => phrase(left, right),
            (a, b) if bare && is_text(a) && is_text(b) => {
                parser.near(left, right, term::ADJACENT)?
            }
            _ => {
                let problem = Problem::new(right.span, "no connector stands before this");
                return Err(problem.hint("write and, or, or w/5 between the two"));
            }
        };
    }
    Ok(left)
}

/// Whether the field being read holds words in exact forms only, so that words side by side are a phrase.
fn holds_exact_forms(inside: Inside) -> bool {
    matches!(
        inside,
        Inside::Text(Field::Section | Field::Source | Field::Topic)
    )
}

fn phrase(left: Node, right: Node) -> Node {
    let span = Span::new(left.span.start, right.span.end);
    let texts = term::text(&left).zip(term::text(&right));
    match texts.and_then(|(a, b)| term::exact(&[a, b], span)) {
        Some(kind) => Node { kind, span },
        None => parse::near(left, right, term::ADJACENT),
    }
}

fn begins_term(parser: &mut Parser<'_>) -> bool {
    parser
        .peek()
        .is_some_and(|token| matches!(token.kind, TokenKind::Leaf(_)))
}

/// A word is found in all its forms. A language is named, and not given as a tag.
fn leaf(kind: Kind, field: Option<Field>) -> Kind {
    match kind {
        Kind::Word(name) if field == Some(Field::Language) => {
            Kind::Word(language::normalise(&name).unwrap_or(name))
        }
        kind => kind,
    }
}
