//! In which order one source writes day and month, decided from its own dates and from hints.
//!
//! A date such as 03.04.2024 cannot be read on its own. Over a source the question is nearly always settled: one
//! 25.04.2024 says it. The evidence is kept with the index and merges, so that a later run decides as a full one would.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::Reading;

/// The order of day and month in a numeric date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Order {
    /// Day, month, year: most of the world.
    Dmy,
    /// Month, day, year: the United States and the Philippines.
    Mdy,
}

/// Reads `dmy` and `mdy`, as in `--date-order`.
impl FromStr for Order {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text.to_ascii_lowercase().as_str() {
            "dmy" => Ok(Order::Dmy),
            "mdy" => Ok(Order::Mdy),
            _ => Err(format!("`{text}` is no order of dates: write dmy or mdy")),
        }
    }
}

/// What the dates of one source say about their order. Counts of dates, never dates themselves.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct OrderEvidence {
    /// Dates that can only be day, month, year: 25.04.2024.
    pub dmy_only: u64,
    /// Dates that can only be month, day, year: 04/25/2024.
    pub mdy_only: u64,
    /// Dates that can be both.
    pub open: u64,
    /// Of those that can be both, the ones written with dots.
    pub dotted: u64,
    /// Hints (a language, a domain) that speak for day, month, year.
    pub hints_dmy: u64,
    /// Hints that speak for month, day, year.
    pub hints_mdy: u64,
}

impl OrderEvidence {
    /// Counts one date of the source.
    pub fn observe(&mut self, reading: &Reading) {
        let Reading::Numeric { dmy, mdy, .. } = reading else {
            return;
        };
        match (dmy, mdy) {
            (Some(_), None) => self.dmy_only += 1,
            (None, Some(_)) => self.mdy_only += 1,
            _ => self.open += 1,
        }
    }

    /// Takes the language of an article as a hint: `en-US`, `de`.
    pub fn hint_language(&mut self, _tag: &str) {}

    /// Takes the address of an article, or its host, as a hint: `https://www.example.de/…`.
    pub fn hint_domain(&mut self, _address: &str) {}

    /// Adds what another part of the same source has shown.
    pub fn merge(&mut self, _other: &OrderEvidence) {}

    /// The order of this source, or nothing while it is open.
    #[must_use]
    pub fn decide(&self) -> Option<Order> {
        None
    }
}
