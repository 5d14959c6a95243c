//! All tests that are not units: one binary, so that the engine is linked once. Folders are named as in `src/`.

mod cli;
mod format;
mod output;
mod query;
mod serve;
mod source;
mod support;
mod text;
