//! When the article was published: the evidence of a page, in the order of its weight.
//!
//! What is stated for machines goes before what is shown, what stands at the headline before what stands elsewhere, and
//! the address before a date at large: that may be today's, in the head of the page. Reading the strings is the work of
//! [`crate::text::date`]; no clock is asked.

use chrono::{DateTime, Datelike, FixedOffset};

use super::shown_date::Shown;
use super::stated::{self, Stated};
use super::{address, shown_date};
use crate::format::{MapField, Origin};
use crate::text::date::{Reading, find, read};
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
    pub(crate) fn published(&self) -> Option<(Origin, Reading)> {
        let stated: Vec<(&String, Reading)> = self
            .stated
            .iter()
            .flat_map(|part| &part.published)
            .filter_map(|text| Some((text, self.field(text)?)))
            .collect();
        let in_address = self
            .urls
            .iter()
            .find_map(|url| address::day(url))
            .map(Reading::Settled);
        let shown = |at: &'static str, reading: Option<Reading>| Some((Origin::Rule(at), reading?));
        let first = || {
            let ((text, first), others) = stated.split_first()?;
            let others: Vec<Reading> = others.iter().map(|(_, reading)| *reading).collect();
            let at = self.origin(MapField::Date, text);
            Some((at, local(*first, &others, in_address)))
        };
        let marked = || shown_date::marked(&self.shown, self.language);
        let printed = || shown_date::printed(&self.shown, self.language);
        first()
            .or_else(|| shown("an element that shows a date", marked()))
            .or_else(|| shown("the address of the page", in_address))
            .or_else(|| shown("a day in a title that the page states", self.in_title()))
            .or_else(|| shown("a line that shows a date", printed()))
            .or_else(|| self.updated())
    }

    /// When it was changed.
    pub(crate) fn updated(&self) -> Option<(Origin, Reading)> {
        self.stated
            .iter()
            .flat_map(|part| &part.updated)
            .find_map(|text| Some((self.origin(MapField::Updated, text), self.field(text)?)))
    }

    /// Where a statement stands.
    fn origin(&self, field: MapField, text: &str) -> Origin {
        stated::origin(self.stated, field, text).unwrap_or(Origin::Rule("stated by the page"))
    }

    /// A full date in a title for machines: `Flood | The Example | 28.04.2023`.
    fn in_title(&self) -> Option<Reading> {
        let titles = self.stated.iter().flat_map(|part| &part.headline);
        titles
            .filter_map(|title| find(title, self.language))
            .map(|(_, reading)| reading)
            .find(is_said)
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
        Reading::Settled(date) => {
            date.first_day().year() > 1600 && date.first_day() != chrono::NaiveDate::default()
        }
        Reading::Numeric { .. } => true,
    }
}

/// The day of publication is that of the place of publication. A page that states its time in UTC often says it
/// once more, with its own zone or without one, or tells the local day.
fn local(first: Reading, others: &[Reading], in_address: Option<Reading>) -> Reading {
    let Reading::Settled(Edtf::Instant(utc)) = first else {
        return first;
    };
    if utc.offset().local_minus_utc() != 0 {
        return first;
    }
    if let Some(zoned) = others.iter().find_map(|other| in_zone(utc, *other)) {
        return zoned;
    }
    // What the page shows is no such evidence: it may be the day of a change.
    others
        .iter()
        .copied()
        .chain(in_address)
        .find_map(|day| local_day(utc, day))
        .unwrap_or(first)
}

/// The same instant in the zone that another statement of it has; the zone is the difference when it names none.
fn in_zone(utc: DateTime<FixedOffset>, other: Reading) -> Option<Reading> {
    let zone = match other {
        Reading::Settled(Edtf::Instant(time)) if (time - utc).num_minutes() == 0 => *time.offset(),
        Reading::Settled(Edtf::Local(time)) => {
            let ahead = (time - utc.naive_utc()).num_seconds();
            // Zones differ from UTC by quarters of an hour, from 12 hours behind to 14 before.
            let is_zone = ahead % 900 == 0 && (-12 * 3600..=14 * 3600).contains(&ahead);
            FixedOffset::east_opt(i32::try_from(ahead).ok().filter(|_| is_zone)?)?
        }
        _ => return None,
    };
    (zone.local_minus_utc() != 0).then(|| Reading::Settled(Edtf::Instant(utc.with_timezone(&zone))))
}

/// The day before or after that of the instant, when it is the day somewhere on the inhabited earth.
fn local_day(utc: DateTime<FixedOffset>, day: Reading) -> Option<Reading> {
    let Reading::Settled(day) = day else {
        return None;
    };
    let day = day.without_time();
    let Edtf::Day(date) = day else { return None };
    let since = (utc.naive_utc() - date.and_time(chrono::NaiveTime::MIN)).num_hours();
    // From 13 hours before UTC to 9 behind: further out lives hardly a newspaper.
    let is_other = date != utc.naive_utc().date();
    (is_other && (-13..24 + 9).contains(&since)).then_some(Reading::Settled(day))
}
