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

/// So large must a majority be to decide: one wrong date in twenty is a slip, more is a source without an order.
const MAJORITY: f64 = 0.95;

/// Countries that write the month first. The United States' domains are in [`MONTH_FIRST_DOMAINS`].
const MONTH_FIRST_REGIONS: [&str; 6] = ["US", "PH", "PR", "GU", "AS", "VI"];

/// Countries that use both orders, or neither because the year comes first.
const UNCERTAIN_REGIONS: [&str; 10] = ["CA", "KE", "JP", "CN", "TW", "HK", "KR", "KP", "HU", "LT"];

/// Languages that say nothing about the order: English is written in both, the others begin with the year, and es is
/// that of the United States' second press.
const UNCERTAIN_LANGUAGES: [&str; 8] = ["en", "es", "tl", "zh", "ja", "ko", "hu", "lt"];

/// Top domains of sources that write the month first.
const MONTH_FIRST_DOMAINS: [&str; 5] = ["us", "gov", "mil", "ph", "edu"];

/// Top domains of countries that write the day first, and under which hardly anybody else has an address (unlike io, tv,
/// co, me).
#[rustfmt::skip]
const DAY_FIRST_DOMAINS: [&str; 76] = [
    "ae", "al", "ar", "at", "au", "az", "ba", "bd", "be", "bg", "bo", "br", "by", "ch", "cl", "cr", "cy", "cz", "de", "dk", "dz", "ec",
    "ee", "eg", "es", "et", "fi", "fr", "ge", "gh", "gr", "hr", "id", "ie", "il", "in", "iq", "is", "it", "jo", "kz", "lb", "lk", "lu",
    "lv", "ma", "mk", "mt", "mx", "my", "ng", "nl", "no", "nz", "pe", "pk", "pl", "pt", "py", "qa", "ro", "rs", "ru", "sa", "sg", "si",
    "sk", "th", "tn", "tr", "tz", "ua", "uk", "uy", "ve", "vn",
];

impl OrderEvidence {
    /// Counts one date of the source.
    pub fn observe(&mut self, reading: &Reading) {
        let Reading::Numeric {
            dmy,
            mdy,
            separator,
        } = reading
        else {
            return;
        };
        match (dmy, mdy) {
            (Some(_), None) => self.dmy_only += 1,
            (None, Some(_)) => self.mdy_only += 1,
            (Some(_), Some(_)) => {
                self.open += 1;
                self.dotted += u64::from(*separator == '.');
            }
            (None, None) => {}
        }
    }

    /// Takes the language of an article as a hint: `en-US`, `de`.
    pub fn hint_language(&mut self, tag: &str) {
        let mut subtags = tag.split(['-', '_']);
        let language = subtags.next().unwrap_or_default().to_ascii_lowercase();
        let region = subtags
            .find(|subtag| subtag.len() == 2)
            .map(str::to_ascii_uppercase);
        match region.as_deref() {
            Some(region) if MONTH_FIRST_REGIONS.contains(&region) => self.hints_mdy += 1,
            Some(region) if UNCERTAIN_REGIONS.contains(&region) => {}
            Some(_) => self.hints_dmy += 1,
            None if language.is_empty() || UNCERTAIN_LANGUAGES.contains(&language.as_str()) => {}
            None => self.hints_dmy += 1,
        }
    }

    /// Takes the address of an article, or its host, as a hint: `https://www.example.de/…`.
    pub fn hint_domain(&mut self, address: &str) {
        let after_scheme = address.split_once("://").map_or(address, |(_, rest)| rest);
        let host = after_scheme
            .split(['/', '?', '#', ':'])
            .next()
            .unwrap_or_default();
        let Some((_, top)) = host.rsplit_once('.') else {
            return;
        };
        let top = top.to_ascii_lowercase();
        if MONTH_FIRST_DOMAINS.contains(&top.as_str()) {
            self.hints_mdy += 1;
        } else if DAY_FIRST_DOMAINS.contains(&top.as_str()) {
            self.hints_dmy += 1;
        }
    }

    /// Adds what another part of the same source has shown.
    pub fn merge(&mut self, other: &OrderEvidence) {
        self.dmy_only += other.dmy_only;
        self.mdy_only += other.mdy_only;
        self.open += other.open;
        self.dotted += other.dotted;
        self.hints_dmy += other.hints_dmy;
        self.hints_mdy += other.hints_mdy;
    }

    /// The order of this source, or nothing while it is open.
    ///
    /// Dates that can be read in one way only decide, by a large majority; a source that contradicts itself stays open
    /// whatever the hints say. Without any such date, hints decide in the same way; then dots, which are hardly ever
    /// written where the month comes first.
    #[must_use]
    pub fn decide(&self) -> Option<Order> {
        if self.dmy_only + self.mdy_only > 0 {
            return majority(self.dmy_only, self.mdy_only);
        }
        if self.hints_dmy + self.hints_mdy > 0 {
            return majority(self.hints_dmy, self.hints_mdy);
        }
        (self.dotted > 0 && self.dotted * 2 >= self.open).then_some(Order::Dmy)
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "counts of dates are far below 2^52"
)]
fn majority(dmy: u64, mdy: u64) -> Option<Order> {
    let share = dmy as f64 / (dmy + mdy) as f64;
    if share > MAJORITY {
        Some(Order::Dmy)
    } else if share < 1.0 - MAJORITY {
        Some(Order::Mdy)
    } else {
        None
    }
}
