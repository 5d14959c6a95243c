//! Pages: what is read from invented ones, and that no bytes do harm.
