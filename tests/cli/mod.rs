//! The real program: what it prints where, and how it ends.

mod read;
mod usage;
