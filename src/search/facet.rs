//! Facets and days: how many articles have which value, among the matches or in the whole archive.

use std::collections::BTreeMap;

use chrono::Datelike;
use tantivy::query::{AllQuery, EnableScoring, Query};
use tantivy::{DocId, Searcher, SegmentReader};

use super::request::FacetName;
use super::response::FacetCount;
use crate::error::Result;
use crate::index::Archive;
use crate::text::edtf::day_of_number;

/// How many values of a facet are given.
const VALUES: usize = 100;

/// The counts of some facets and of days, over a set of articles.
#[derive(Debug, Default)]
pub(crate) struct Counts {
    /// For each facet its values.
    pub(crate) facets: BTreeMap<FacetName, Vec<FacetCount>>,
    /// For each first day the articles that begin on it.
    pub(crate) days: BTreeMap<i64, u64>,
}

/// Counts the articles that match `query`.
pub(crate) fn count(searcher: &Searcher, query: &dyn Query, facets: &[FacetName], days: bool) -> Result<Counts> {
    let weight = query.weight(EnableScoring::disabled_from_searcher(searcher))?;
    let mut values: BTreeMap<FacetName, BTreeMap<String, u64>> = facets.iter().map(|name| (*name, BTreeMap::new())).collect();
    let mut by_day = BTreeMap::new();
    let by_year = facets.contains(&FacetName::Year);
    for segment in searcher.segment_readers() {
        let mut columns = facets.iter().filter_map(|name| Column::open(segment, *name).transpose()).collect::<Result<Vec<_>>>()?;
        let first_day = segment.fast_fields().i64("first_day")?;
        let alive = segment.alive_bitset();
        let mut segment_days = BTreeMap::new();
        weight.for_each_no_score(segment, &mut |docs| {
            for &doc in docs.iter().filter(|&&doc| alive.is_none_or(|alive| alive.is_alive(doc))) {
                for column in &mut columns {
                    column.count(doc);
                }
                if (days || by_year) && let Some(day) = first_day.first(doc) {
                    *segment_days.entry(day).or_insert(0) += 1;
                }
            }
        })?;
        for column in columns {
            column.harvest(values.entry(column.name).or_default())?;
        }
        for (day, count) in segment_days {
            *by_day.entry(day).or_insert(0) += count;
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
    let facets = values.into_iter().map(|(name, values)| (name, largest_first(values))).collect();
    Ok(Counts { facets, days: by_day })
}

/// The largest counts first; of equals, by value.
fn largest_first(values: BTreeMap<String, u64>) -> Vec<FacetCount> {
    let mut counts: Vec<_> = values.into_iter().map(|(value, count)| FacetCount { value, count }).collect();
    counts.sort_by_key(|count| std::cmp::Reverse(count.count));
    counts.truncate(VALUES);
    counts
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
        Ok(values.map(|values| Column { name, counts: vec![0; values.num_terms()], values, seen: Vec::new() }))
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

    fn harvest(&self, values: &mut BTreeMap<String, u64>) -> Result<()> {
        let mut value = String::new();
        for (ord, &count) in (0..).zip(&self.counts) {
            if count > 0 && self.values.ord_to_str(ord, &mut value)? {
                *values.entry(value.clone()).or_insert(0) += count;
            }
        }
        Ok(())
    }
}

impl Archive {
    /// The articles of the whole archive by the first day of their dates.
    pub(crate) fn days(&self, searcher: &Searcher) -> Result<BTreeMap<i64, u64>> {
        Ok(count(searcher, &AllQuery, &[], true)?.days)
    }

    pub(crate) fn facets_of_all(&self, searcher: &Searcher, names: &[FacetName]) -> Result<BTreeMap<FacetName, Vec<FacetCount>>> {
        Ok(count(searcher, &AllQuery, names, false)?.facets)
    }
}

/// How many articles match `query`.
pub(crate) fn total(searcher: &Searcher, query: &dyn Query) -> Result<u64> {
    let weight = query.weight(EnableScoring::disabled_from_searcher(searcher))?;
    let mut total = 0;
    for segment in searcher.segment_readers() {
        total += u64::from(weight.count(segment)?);
    }
    Ok(total)
}
