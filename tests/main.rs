//! All tests that are not units: one binary, so that the engine is linked once. Folders are named as in `src/`.

mod format;
mod quality;
mod query;
mod source;
mod text;
