//! What neighbours tell the vendors' dialects: `and not` is one connector, and so is `not w/5`. Morgue's own language is
//! settled in `advice`.

use crate::query::token::{Token, TokenKind};

/// Makes one token of `and not`, and one of `not w/5`.
pub(super) fn settle(tokens: Vec<Token>) -> Vec<Token> {
    let mut settled: Vec<Token> = Vec::with_capacity(tokens.len());
    for mut token in tokens {
        let before = match &mut token.kind {
            TokenKind::Not { .. } => settled.pop_if(|last| matches!(last.kind, TokenKind::And)),
            TokenKind::Near(nearness) => {
                let not = settled.pop_if(|last| matches!(last.kind, TokenKind::Not { .. }));
                nearness.negated |= not.is_some();
                not
            }
            _ => None,
        };
        if let Some(before) = before {
            token.span.start = before.span.start;
        }
        settled.push(token);
    }
    settled
}
