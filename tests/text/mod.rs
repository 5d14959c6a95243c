mod byline;
mod date;
mod dateline;
mod order;
