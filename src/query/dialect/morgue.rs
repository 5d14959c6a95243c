//! Morgue's own language: the grammar. Its words and signs are read in `lex`.
//!
//! ```text
//! query  = chunk { OR chunk }
//! chunk  = both { both }              side by side: AND, or OR with `--match any`
//! both   = but { AND but }
//! but    = { NOT } near
//! near   = part { W/n part }          from the left: a W/5 b W/3 c = (a W/5 b) W/3 c
//! part   = term | filter | field: part | "(" query ")" | ATLEASTn "(" query ")"
//! ```
//!
//! With `--match any`, OR between neighbours binds as weakly as a written one: `a b AND c` is `a OR (b AND c)`.

use super::{Dialect, Rules};
use crate::query::error::Problem;
use crate::query::operands;
use crate::query::parse::{Inside, Parser};
use crate::query::token::{Lexed, Nearness, Token, TokenKind};
use crate::query::tree::{Node, Span};
use crate::query::{advice, join};

pub(super) const RULES: Rules = Rules {
    dialect: Dialect::Morgue,
    step: |lexer| lexer.step(),
    phrase: |lexer, open, close| lexer.phrase(open, close),
    settle: advice::settle,
    query,
    value: |parser| parser.part(),
    counted: None,
    leaf: |kind, _| kind,
    vendor: None,
};

fn query(parser: &mut Parser<'_>) -> Lexed<Node> {
    let mut chunks = vec![chunk(parser)?];
    while parser.takes(|kind| matches!(kind, TokenKind::Or)) {
        chunks.push(chunk(parser)?);
    }
    Ok(join::any(chunks))
}

fn chunk(parser: &mut Parser<'_>) -> Lexed<Node> {
    let mut neighbours = vec![both(parser)?];
    while parser.peek().is_some_and(Token::begins_operand) {
        neighbours.push(both(parser)?);
    }
    if let Inside::Place(_) = parser.inside {
        operands::check_names(&neighbours)?;
    }
    Ok(join::side_by_side(neighbours, parser.matching))
}

fn both(parser: &mut Parser<'_>) -> Lexed<Node> {
    let mut members = vec![but(parser)?];
    while parser.takes(|kind| matches!(kind, TokenKind::And)) {
        members.push(but(parser)?);
    }
    Ok(join::all(members))
}

fn but(parser: &mut Parser<'_>) -> Lexed<Node> {
    let mut signs = Vec::new();
    while let Some(not) = parser.take_if(|kind| matches!(kind, TokenKind::Not { .. })) {
        signs.push(not.span.start);
    }
    let mut node = near(parser)?;
    while let Some(start) = signs.pop() {
        let span = Span::new(start, node.span.end);
        node = join::not(node, span);
    }
    Ok(node)
}

fn near(parser: &mut Parser<'_>) -> Lexed<Node> {
    let mut left = parser.part()?;
    while let Some((nearness, _)) = parser.take_near(|_| true) {
        let next = parser.peek();
        if let Some(not) = next.filter(|next| matches!(next.kind, TokenKind::Not { .. })) {
            let (place, typed) = (not.span, operands::operator(nearness));
            let negated = operands::operator(Nearness {
                negated: true,
                ..nearness
            });
            return Err(
                Problem::new(place, format!("NOT cannot stand behind {typed}"))
                    .hint(format!("for what is not near write {negated}")),
            );
        }
        let right = parser.part()?;
        left = parser.near(left, right, nearness)?;
    }
    Ok(left)
}
