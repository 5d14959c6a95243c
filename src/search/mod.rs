//! Step 7: a query tree → hits. [`Request`] and [`Response`] are the one contract of every command, output and route:
//! plain serde data, free of tantivy.

mod request;
mod response;

pub use request::{FacetName, Match, Request, Sort, Unit};
pub use response::{Bucket, FacetCount, Hit, QueryEcho, Response, Snippet, SnippetField, Warning};
