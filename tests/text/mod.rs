mod byline;
mod date;
mod dateline;
mod order;
mod sentence;
