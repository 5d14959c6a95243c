//! Text → words, and the two forms in which each is looked for: exact and stemmed in the article's language.
//!
//! The index, the queries and the highlights all take their words from here, so that what is counted is what is
//! marked. Every change of its results is a change of the index format: raise [`FINGERPRINT`].
//!
//! * [`words`](words()) finds the words in a text; the n-th word has position n.
//! * [`form::exact`] is what quoted words match: NFKC, case and accents folded, possessives and inner apostrophes gone.
//! * [`stem::Stemmer`] gives what bare words match: the same stem in the article's own language. In scripts without spaces
//!   only the letter that begins a word has one.

pub mod form;
mod segment;
pub mod stem;
mod words;

pub use words::{Words, is_unspaced, words};

/// Names this analysis. An index that was built with another one gives wrong answers, and is refused.
pub const FINGERPRINT: &str = "morgue-5 unicode-17 snowball-20261016 icu4x-2.4";
