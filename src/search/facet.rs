//! Facets and days: how many articles have which value, among the matches or in the whole archive.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use tantivy::{DocId, Searcher, SegmentReader};

use super::bits::Bits;
use super::days;
use super::deadline::{Deadline, Limits};
use super::plan::{Plan, Segment};
use super::request::FacetName;
use super::response::FacetCount;
use super::sight::Sight;
use crate::error::Result;
use crate::index::Archive;
use crate::text::edtf::{day_number, day_of_number};

/// The counts of some facets and of days, over a set of articles.
#[derive(Debug, Default)]
pub(crate) struct Counts {
    /// For each facet all its values, the largest counts first.
    pub(crate) facets: BTreeMap<FacetName, Vec<FacetCount>>,
    /// For each first day the articles that begin on it.
    pub(crate) days: BTreeMap<i64, u64>,
}

/// Counts the articles in `matches`, one set for each segment.
pub(crate) fn count(
    searcher: &Searcher,
    matches: &[Bits],
    facets: &[FacetName],
    days: bool,
    deadline: &Deadline,
) -> Result<Counts> {
    let mut values: BTreeMap<FacetName, BTreeMap<String, u64>> =
        facets.iter().map(|name| (*name, BTreeMap::new())).collect();
    let mut by_day = BTreeMap::new();
    let mut same_day = SameDay::default();
    let by_year = facets.contains(&FacetName::Year);
    for (segment, matches) in searcher.segment_readers().iter().zip(matches) {
        let mut columns = facets
            .iter()
            .filter_map(|name| Column::open(segment, *name).transpose())
            .collect::<Result<Vec<_>>>()?;
        let first_day = segment.fast_fields().i64("first_day")?;
        for (number, doc) in matches.iter().enumerate() {
            deadline.check_at(number)?;
            for column in &mut columns {
                column.count(doc);
            }
            if days || by_year {
                same_day.next(first_day.first(doc), &mut by_day);
            }
        }
        same_day.next(None, &mut by_day);
        for column in columns {
            column.harvest(values.entry(column.name).or_default())?;
        }
    }
    if by_year {
        let years = values.entry(FacetName::Year).or_default();
        for (&day, count) in &by_day {
            if let Some(date) = day_of_number(day) {
                *years.entry(format!("{:04}", date.year())).or_insert(0) += count;
            }
        }
    }
    let facets = values
        .into_iter()
        .map(|(name, values)| (name, largest_first(values)))
        .collect();
    Ok(Counts {
        facets,
        days: by_day,
    })
}

/// Documents are in the order of their days: those of one day are counted together.
#[derive(Default)]
struct SameDay {
    day: Option<i64>,
    count: u64,
}

impl SameDay {
    fn next(&mut self, day: Option<i64>, by_day: &mut BTreeMap<i64, u64>) {
        if day != self.day {
            if let Some(ended) = self.day {
                *by_day.entry(ended).or_insert(0) += self.count;
            }
            *self = SameDay { day, count: 0 };
        }
        self.count += 1;
    }
}

/// The largest counts first; of equals, by value.
fn largest_first(values: BTreeMap<String, u64>) -> Vec<FacetCount> {
    let mut counts: Vec<_> = values
        .into_iter()
        .map(|(value, count)| FacetCount { value, count })
        .collect();
    counts.sort_by_key(|count| std::cmp::Reverse(count.count));
    counts
}

/// The documents that are counted for one of these values of a facet.
pub(super) fn having(segment: &SegmentReader, name: FacetName, values: &[String]) -> Result<Bits> {
    let len = segment.max_doc();
    let mut bits = Bits::none(len);
    if let Some(column) = Column::open(segment, name)? {
        for value in values {
            if let Some(ord) = column.values.dictionary().term_ord(value)? {
                // A new list each: it is changed in place.
                let mut docs = Vec::new();
                let ords = column.values.ords();
                ords.get_docids_for_value_range(ord..=ord, 0..len, &mut docs);
                for doc in docs {
                    bits.insert(doc);
                }
            }
        }
    } else if name == FacetName::Year {
        let first_day = segment.fast_fields().i64("first_day")?;
        for year in values.iter().filter_map(|value| value.parse().ok()) {
            let day = |month, day| NaiveDate::from_ymd_opt(year, month, day).map(day_number);
            if let (Some(from), Some(to)) = (day(1, 1), day(12, 31)) {
                bits.insert_range(days::beginning(&first_day, from, to));
            }
        }
    }
    Ok(bits)
}

/// Every value of a facet in the whole archive, as [`largest_first`].
pub(super) fn values(searcher: &Searcher, name: FacetName) -> Result<Vec<FacetCount>> {
    let mut values = BTreeMap::new();
    for (segment, all) in searcher.segment_readers().iter().zip(everything(searcher)?) {
        if let Some(mut column) = Column::open(segment, name)? {
            all.iter().for_each(|doc| column.count(doc));
            column.harvest(&mut values)?;
        }
    }
    Ok(largest_first(values))
}

/// The values of a facet in one segment, and how often each has been met.
struct Column {
    name: FacetName,
    values: tantivy::columnar::StrColumn,
    counts: Vec<u64>,
    /// The values of the article at hand: one that names a place twice counts once.
    seen: Vec<u64>,
}

impl Column {
    fn open(segment: &SegmentReader, name: FacetName) -> Result<Option<Self>> {
        let field = match name {
            FacetName::Source => "source",
            FacetName::Section => "section",
            FacetName::Byline => "byline",
            FacetName::Place => "place",
            FacetName::Topic => "topic",
            FacetName::Language => "language",
            FacetName::Year => return Ok(None),
        };
        let values = segment.fast_fields().str(field)?;
        Ok(values.map(|values| Column {
            name,
            counts: vec![0; values.num_terms()],
            values,
            seen: Vec::new(),
        }))
    }

    fn count(&mut self, doc: DocId) {
        self.seen.clear();
        for ord in self.values.term_ords(doc) {
            if !self.seen.contains(&ord) {
                self.seen.push(ord);
                self.counts[usize::try_from(ord).expect("ordinals count values in memory")] += 1;
            }
        }
    }

    /// Adds up the counts by value. The names are read in one walk over their dictionary.
    fn harvest(&self, values: &mut BTreeMap<String, u64>) -> Result<()> {
        let met = (0..).zip(&self.counts).filter(|(_, count)| **count > 0);
        let (ords, counts): (Vec<u64>, Vec<u64>) = met.unzip();
        let mut counts = counts.into_iter();
        self.values
            .dictionary()
            .sorted_ords_to_term_cb(&ords, |value| {
                let value = String::from_utf8_lossy(value).into_owned();
                *values.entry(value).or_insert(0) += counts.next().unwrap_or_default();
            })?;
        Ok(())
    }
}

/// Every article of an archive, one set for each segment.
fn everything(searcher: &Searcher) -> Result<Vec<Bits>> {
    let unlimited = Deadline::new(&Limits::default());
    searcher
        .segment_readers()
        .iter()
        .map(|reader| Segment::new(reader, 0, unlimited).matches(&Plan::All, Sight::current()))
        .collect()
}

#[expect(
    clippy::unused_self,
    reason = "asked of an archive, though the searcher, which is one moment of it, has all that is read"
)]
impl Archive {
    /// How many articles can be found.
    pub fn articles(&self) -> Result<u64> {
        let counts = everything(&self.searcher())?;
        Ok(counts.iter().map(|bits| u64::from(bits.count())).sum())
    }

    /// The articles of the whole archive by the first day of their dates.
    pub(crate) fn days(&self, searcher: &Searcher) -> Result<BTreeMap<i64, u64>> {
        let unlimited = Deadline::new(&Limits::default());
        Ok(count(searcher, &everything(searcher)?, &[], true, &unlimited)?.days)
    }

    pub(crate) fn facets_of_all(
        &self,
        searcher: &Searcher,
        names: &[FacetName],
    ) -> Result<BTreeMap<FacetName, Vec<FacetCount>>> {
        let unlimited = Deadline::new(&Limits::default());
        Ok(count(searcher, &everything(searcher)?, names, false, &unlimited)?.facets)
    }
}
