//! When the article was published: the evidence of a page, in the order of its weight.
//!
//! What is stated for machines goes before what is shown, what stands at the headline before what stands elsewhere, and
//! the address before a date at large: that may be today's, in the head of the page. Reading the strings is the work of
//! [`crate::text::date`]; no clock is asked.

use chrono::{Datelike, Offset};

use super::shown_date::Shown;
use super::stated::Stated;
use super::{address, shown_date};
use crate::text::date::{Reading, read};
use crate::text::edtf::Edtf;

/// What the evidence is taken from.
pub(crate) struct Evidence<'a> {
    /// JSON-LD, metas, microdata, in the order of their weight.
    pub(crate) stated: [&'a Stated; 3],
    /// What is shown on the page.
    pub(crate) shown: Shown<'a>,
    /// The addresses of the article.
    pub(crate) urls: &'a [String],
    /// The language, as far as it is stated.
    pub(crate) language: Option<&'a str>,
}

impl Evidence<'_> {
    /// When it was published; the date of its last change when the page tells no other.
    pub(crate) fn published(&self) -> Option<Reading> {
        let stated: Vec<Reading> = self.stated.iter().flat_map(|part| &part.published).filter_map(|text| self.field(text)).collect();
        let in_address = self.urls.iter().find_map(|url| address::day(url));
        stated
            .first()
            .map(|first| local(*first, &stated[1..], in_address))
            .or_else(|| shown_date::marked(&self.shown, self.language))
            .or(in_address.map(Reading::Settled))
            .or_else(|| shown_date::printed(&self.shown, self.language))
            .or_else(|| self.updated())
    }

    /// When it was changed.
    pub(crate) fn updated(&self) -> Option<Reading> {
        self.stated.iter().flat_map(|part| &part.updated).find_map(|text| self.field(text))
    }

    /// Reads a field that should hold a date.
    fn field(&self, text: &str) -> Option<Reading> {
        read(text, self.language).filter(is_said)
    }
}

/// Whether a date was said at all: the first instant of Unix time is a zero that a program forgot to fill, and a year
/// alone is the age of something else.
pub(crate) fn is_said(reading: &Reading) -> bool {
    match reading {
        Reading::Settled(Edtf::Year(_)) => false,
        Reading::Settled(date) => date.first_day().year() > 1600 && date.first_day() != chrono::NaiveDate::default(),
        Reading::Numeric { .. } => true,
    }
}

/// The day of publication is that of the place of publication. A page that states its time in UTC often states it once
/// more with its own zone, or has the local day in its address.
fn local(first: Reading, others: &[Reading], in_address: Option<Edtf>) -> Reading {
    let Reading::Settled(Edtf::Instant(utc)) = first else {
        return first;
    };
    if utc.offset().fix().local_minus_utc() != 0 {
        return first;
    }
    let zoned = others.iter().find(|other| {
        matches!(other, Reading::Settled(Edtf::Instant(time)) if time.offset().fix().local_minus_utc() != 0 && (*time - utc).num_minutes() == 0)
    });
    if let Some(zoned) = zoned {
        return *zoned;
    }
    // Zones go from 12 hours behind to 14 hours before UTC.
    let begins = |day: &Edtf| day.first_day().and_time(chrono::NaiveTime::MIN).and_utc();
    let is_near = |day: &Edtf| (-14 * 60..24 * 60 + 12 * 60).contains(&(utc.to_utc() - begins(day)).num_minutes());
    match in_address {
        Some(day) if is_near(&day) && day.first_day() != utc.naive_utc().date() => Reading::Settled(day),
        _ => first,
    }
}
