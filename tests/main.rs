//! The one test binary, so that tantivy is linked once. Folders are named as in `src/`.

mod cli;
mod output;
mod serve;
mod support;
