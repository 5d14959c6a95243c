//! Step 6: what the user typed → a closed, serialisable tree with positions. Knows nothing of tantivy.
//!
//! lex → parse → tree; the tree prints back in one canonical form, and parse → print → parse is stable.

pub mod dates;
mod error;
pub mod tree;

pub use error::QueryError;
