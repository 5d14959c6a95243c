//! All tests that are not units: one binary, so that the engine is linked once. Folders are named as in `src/`.

mod query;
mod search;
mod source;
mod support;
mod text;
