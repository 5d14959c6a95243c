mod byline;
mod date;
mod dateline;
mod language;
mod order;
mod sentence;
