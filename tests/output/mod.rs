//! Every output over the same response; text of others made harmless; lines broken where they may be.

mod article;
mod kwic;
mod outputs;
mod references;
mod terminal;
