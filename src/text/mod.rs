//! Step 3: what formats, index and search share about text: dates, names, languages, words.
//!
//! Pure functions on strings. Nothing here knows files, formats or tantivy.

pub mod analysis;
pub mod byline;
pub mod clean;
pub mod date;
pub mod dateline;
pub mod difference;
pub mod edtf;
pub mod hash;
pub mod language;
pub mod quote;
pub mod sentence;
