//! Step 8: a query tree → hits. [`Request`] and [`Response`] are the one contract of every command, output and route:
//! plain serde data, free of tantivy.

mod advice;
mod analysed;
mod bits;
mod cursor;
mod days;
mod deadline;
mod expand;
mod explain;
mod export;
mod facet;
mod filter;
mod leaf;
mod lines;
mod lower;
mod marked;
mod matches;
mod narrow;
mod news;
mod pattern;
mod plan;
mod quote;
mod rank;
mod request;
mod response;
mod run;
mod sight;
mod snippet;
mod sought;
mod spans;
mod suggest;
mod texts;
mod timeline;
mod vocabulary;

pub use deadline::Limits;
pub use explain::{ExplainedLine, Explanation};
pub use export::Export;
pub use marked::Marked;
pub(crate) use news::{Among, Found};
pub use quote::{LONGEST_QUOTE, Source, Verdict, Verified};
pub(crate) use request::named;
pub use request::{FacetName, LineOrder, Match, Only, Request, Sort, Unit};
pub use response::{
    Bucket, FacetCount, Hit, Line, Passage, QueryEcho, Response, Snippet, SnippetField, Warning,
};
pub(crate) use suggest::Value;
pub use suggest::{Suggestion, Suggests};
pub use texts::{Text, texts};
