//! The real program: what it prints where, and how it ends.

mod alert;
mod follow;
mod keep;
mod matches;
mod read;
mod real;
mod serve;
mod stop;
mod usage;
