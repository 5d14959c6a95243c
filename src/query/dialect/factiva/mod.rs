//! The language of Factiva, "traditional search". Here: its grammar. Its operators, fields and dates are read in `lex`; its
//! tables and how it writes a tree are in `table`.
//!
//! ```text
//! query = both { or both }
//! both  = but { and but }
//! but   = near { [and] not near }      `not` binds before `and`
//! near  = row { nearN row }            also adjN, w/N, /NN/, same; from the left
//! row   = part { part }                side by side: a phrase
//! part  = term | field=near | atleastN near | date … | wc>N | "(" query ")"
//! ```
//!
//! Decided by the vendor's help pages: a word is found as typed, and its other forms are asked for (`bid or bids`, `bid*`);
//! terms side by side are joined by `adj`, so words are a phrase, and a group stands next to what is beside it. `$3` is up
//! to three letters more. A field takes all that is near: `hd=oil near5 price`. Dates in numbers have no order of their
//! own there, so `8/4/1963` is refused. `hlp` is our `lead:`, and `hl` our `headline:`, with a warning of what differs.

mod lex;
mod table;

use super::vendor::is_text;
use super::{Dialect, Rules, settle, term};
use crate::query::error::Problem;
use crate::query::join;
use crate::query::parse::Parser;
use crate::query::token::{Lexed, TokenKind};
use crate::query::tree::{Field, Kind, Node, Span, Within};

pub(super) const RULES: Rules = Rules {
    dialect: Dialect::Factiva,
    step: |lexer| term::step(lexer, &table::FACTIVA),
    phrase: |lexer, open, close| term::phrase(lexer, open, close, &table::FACTIVA),
    settle: |tokens, _| Ok(settle::settle(tokens)),
    query,
    value: near,
    counted: Some(near),
    leaf,
    vendor: Some(&table::FACTIVA),
};

fn query(parser: &mut Parser<'_>) -> Lexed<Node> {
    let mut members = vec![both(parser)?];
    while parser.takes(|kind| matches!(kind, TokenKind::Or)) {
        members.push(both(parser)?);
    }
    Ok(join::any(members))
}

fn both(parser: &mut Parser<'_>) -> Lexed<Node> {
    let mut members = vec![but(parser)?];
    while parser.takes(|kind| matches!(kind, TokenKind::And)) {
        members.push(but(parser)?);
    }
    Ok(join::all(members))
}

fn but(parser: &mut Parser<'_>) -> Lexed<Node> {
    let mut members = vec![near(parser)?];
    while let Some(not) = parser.take_if(|kind| matches!(kind, TokenKind::Not { .. })) {
        let node = near(parser)?;
        let span = Span::new(not.span.start, node.span.end);
        members.push(join::not(node, span));
    }
    Ok(join::all(members))
}

fn near(parser: &mut Parser<'_>) -> Lexed<Node> {
    let mut left = row(parser)?;
    let mut same = false;
    while let Some((nearness, span)) = parser.take_near(|_| true) {
        if nearness.negated {
            let typed = parser.typed(span);
            return Err(
                Problem::new(span, format!("factiva has no `{typed}`")).hint(
                    "its proximities cannot be negated; write not, and what is near in brackets",
                ),
            );
        }
        let paragraph = nearness.within == Within::Paragraph;
        if same && paragraph {
            return Err(Problem::new(span, "`same` joins two terms only")
                .hint("write a same b and a same c"));
        }
        same |= paragraph;
        let right = row(parser)?;
        left = parser.near(left, right, nearness)?;
    }
    Ok(left)
}

fn row(parser: &mut Parser<'_>) -> Lexed<Node> {
    let mut words = begins_term(parser);
    let mut parts = vec![parser.part()?];
    while parser
        .peek()
        .is_some_and(|token| token.begins_operand() && !matches!(token.kind, TokenKind::Not { .. }))
    {
        words &= begins_term(parser);
        let next = parser.part()?;
        if let Some(odd) = parts
            .last()
            .into_iter()
            .chain([&next])
            .find(|part| !is_text(&part.kind))
        {
            let problem = Problem::new(odd.span, "no operator joins this to its neighbour");
            return Err(problem.hint("write and between the two"));
        }
        parts.push(next);
    }
    if parts.len() > 1 && words {
        let span = Span::new(parts[0].span.start, parts[parts.len() - 1].span.end);
        let texts: Option<Vec<String>> = parts.iter().map(term::text).collect();
        if let Some(kind) = texts.and_then(|texts| term::exact(&texts, span)) {
            return Ok(Node { kind, span });
        }
    }
    let mut parts = parts.into_iter();
    let first = parts.next().expect("a row has a first part");
    parts.try_fold(first, |left, right| {
        parser.near(left, right, term::ADJACENT)
    })
}

fn begins_term(parser: &mut Parser<'_>) -> bool {
    parser
        .peek()
        .is_some_and(|token| matches!(token.kind, TokenKind::Leaf(_)))
}

/// A word is found as typed. Some fields hold exact forms only: there it stays a word.
fn leaf(kind: Kind, field: Option<Field>) -> Kind {
    match (kind, field) {
        (Kind::Word(word), None | Some(Field::Headline | Field::Lead | Field::Byline)) => {
            term::leaf(&word).unwrap_or(Kind::Word(word))
        }
        (kind, _) => kind,
    }
}
