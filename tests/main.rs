//! All tests that are not units: one binary, so that the engine is linked once. Folders are named as in `src/`.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::print_stderr,
    unreachable_pub,
    reason = "a test fails by panicking, says what it skips, and is nobody's interface"
)]

mod alert;
mod archives;
mod cli;
mod format;
mod house;
mod index;
mod intake;
mod output;
mod quality;
mod query;
mod readme;
mod search;
mod serve;
mod source;
mod support;
mod text;
