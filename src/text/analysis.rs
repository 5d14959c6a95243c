//! Text → words.
