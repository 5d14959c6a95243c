mod byline;
mod date;
mod order;
