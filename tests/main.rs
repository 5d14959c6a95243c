//! All tests that are not units: one binary, so that the engine is linked once. Folders are named as in `src/`.

mod index;
mod intake;
mod query;
mod source;
mod text;
