//! Our positional query: where words stand side by side, near each other, in one sentence, and how often.
//!
//! ```text
//! query node → tree (Spans) → query (tantivy's Query, Weight) → scorer (postings: documents, then positions) → algebra
//!                           → search::matches (the words of one article)                                     → algebra → counting
//! ```

use crate::error::Error;

mod algebra;
mod counting;
mod marks;
mod postings;
mod query;
mod scorer;
mod tree;
mod units;

pub(crate) use algebra::{Found, Places, Run, TooMany, Units};
pub(crate) use counting::{counted, marked};
pub(crate) use query::{Asked, Leaf, Slot, SpanQuery, SpanWeight, Stop};
pub(crate) use tree::Positional;
pub(crate) use units::{Starts, keep_lead};

impl From<TooMany> for Error {
    fn from(_: TooMany) -> Self {
        Error::Invalid {
            what: "query".into(),
            why: "a proximity inside another can be met in too many ways in one article; \
                  use smaller distances or rarer words"
                .into(),
        }
    }
}
