//! The real program: what it prints where, and how it ends.

mod matches;
mod read;
mod real;
mod usage;
mod watch;
