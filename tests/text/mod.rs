//! Tests of `morgue::text`.

mod byline;
mod clean;
mod date;
mod dateline;
mod language;
mod order;
mod quote;
mod reuters;
mod sentence;
