//! Step 7: what the user typed → a closed, serialisable tree with positions. Knows nothing of tantivy.
//!
//! ```text
//! text → lex (word, quotes, signs, foreign, named → filters → dates) → advice → parse (operands, join) → Node → print | outline
//! ```
//!
//! What is taken apart and joined in which way is the [`dialect`]'s to say; the tree is the same for all.
//!
//! The tree prints back in one canonical form, and parse → print → parse is stable. Nothing typed is dropped in silence:
//! what cannot be understood is a [`QueryError`] with its place and a hint, what may be misunderstood is a [`Warning`].
//! Whether an operator can be answered is `search`'s affair: all of them are parsed.

mod advice;
pub mod dates;
pub mod dialect;
mod error;
mod fields;
mod filters;
mod foreign;
mod join;
mod lex;
mod named;
mod operands;
mod operators;
mod outline;
mod parse;
mod precedence;
mod print;
mod quotes;
mod signs;
mod suggest;
mod token;
pub mod tree;
mod word;

use std::collections::HashSet;

use chrono::NaiveDate;

pub use dialect::{Dialect, Written};
pub use error::{QueryError, caret};
pub(crate) use fields::name_of;
pub use fields::{FIELDS, QueryField};
pub use operators::{Category, OPERATORS, Operator};
pub use outline::{Line, describe, outline};

use crate::search::Match;
use error::Problem;
use tree::{Kind, Node, Span};

/// The longest query that is read, in Unicode characters, as typed and in canonical form.
pub const LONGEST: usize = 10_000;

/// A query that has been understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parsed {
    /// What it means.
    pub tree: Node,
    /// What the user should know about the reading of it, in the order of the text; each message once.
    pub warnings: Vec<Warning>,
}

/// Something the user should know about a place in the query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warning {
    /// The place, in Unicode characters of the query text.
    pub span: Span,
    /// What the user should know, lower case, without a full stop.
    pub message: String,
}

/// What the meaning of a query depends on beside its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Context {
    /// How words without an operator between them are joined.
    pub matching: Match,
    /// The day that `date:last-week` and its like are counted from.
    pub today: NaiveDate,
    /// The language that the query is written in.
    pub dialect: Dialect,
}

/// Reads a query. An empty one is [`Kind::All`].
///
/// # Errors
/// When the query, or any part of it, cannot be understood; the error says where, and what to type instead.
pub fn parse(text: &str, context: &Context) -> Result<Parsed, QueryError> {
    read(text, *context).map_err(|problem| problem.in_query(text))
}

fn read(text: &str, context: Context) -> Result<Parsed, Problem> {
    let chars: Vec<char> = text.chars().collect();
    let whole = Span::new(0, chars.len());
    if chars.len() > LONGEST {
        let rest = Span::new(LONGEST, chars.len());
        return Err(
            Problem::new(rest, format!("longer than {LONGEST} characters"))
                .hint("divide the query"),
        );
    }
    let (tokens, mut warnings) = lex::lex(&chars, context.today, context.dialect)?;
    let tokens = context.dialect.settle(tokens, &mut warnings)?;
    if tokens.is_empty() {
        if chars.iter().all(|c| c.is_whitespace()) {
            let tree = Node {
                kind: Kind::All,
                span: whole,
            };
            return Ok(Parsed { tree, warnings });
        }
        return Err(Problem::new(whole, "there is no word to search for")
            .hint("an empty query lists every article"));
    }
    let tree = parse::tree(tokens, &chars, context.matching, context.dialect)?;
    operands::check_depth(&tree)?;
    operands::check_languages(&tree)?;
    // The canonical form must be a query as well; with its operators written out it may be the longer one.
    if tree.to_string().chars().count() > LONGEST {
        return Err(Problem::new(
            whole,
            format!("longer than {LONGEST} characters with all its operators"),
        )
        .hint("divide the query"));
    }
    if context.matching == Match::Any && context.dialect != Dialect::Morgue {
        warnings.push(Warning {
            span: whole,
            message: format!(
                "words side by side stand together in {}; the match mode makes no difference",
                context.dialect
            ),
        });
    }
    if context.dialect == Dialect::Morgue {
        precedence::warn(&tree, &mut warnings);
    }
    warnings.sort_by_key(|warning| warning.span.start);
    let mut said = HashSet::new();
    warnings.retain(|warning| said.insert(warning.message.clone()));
    Ok(Parsed { tree, warnings })
}
