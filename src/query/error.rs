//! What is wrong with a query: where, what, and what to type instead.

use std::fmt;

use super::tree::Span;

/// A query that cannot be understood. Its [`fmt::Display`] is one line; [`QueryError::caret`] shows the place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueryError {
    /// The query as typed.
    pub query: String,
    /// The place, in Unicode characters of `query`.
    pub span: Span,
    /// What is wrong, lower case, without a full stop: "no field `headlin`".
    pub message: String,
    /// What to type instead: "did you mean `headline:`?".
    pub hint: Option<String>,
}

impl fmt::Display for QueryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for QueryError {}
