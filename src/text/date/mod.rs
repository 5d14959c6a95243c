//! Recognises the ways in which news writes a date.

use super::edtf::Edtf;

/// A date as a source wrote it, read as far as it can be read on its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reading {
    /// There is one way to read it.
    Settled(Edtf),
    /// Day and month are both numbers. With one member it can only be that; such a date is evidence for the others
    /// of its source. With both, the source decides.
    Numeric {
        /// As day, month, year.
        dmy: Option<Edtf>,
        /// As month, day, year.
        mdy: Option<Edtf>,
    },
}
