//! The real program: what it prints where, and how it ends.

mod alert;
mod follow;
mod keep;
mod matches;
mod read;
mod readers;
mod real;
mod serve;
mod show;
mod stop;
mod usage;
