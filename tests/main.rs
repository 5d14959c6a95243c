//! The tests that need more than one module, in folders named as in `src/`.

mod format;
