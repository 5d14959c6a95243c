mod date;
mod order;
