//! The real program: what it prints where, and how it ends.

mod keep;
mod matches;
mod read;
mod real;
mod serve;
mod usage;
mod watch;
