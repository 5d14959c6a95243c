//! Dates and lengths: which articles overlap a span of days, which have so many words.
//!
//! The index is in the order of the first day, latest first, undated articles last. So a span of days is a run of documents,
//! found by halving; only articles of which no more than month or year is known can reach into it from before.

use std::ops::{Bound, Range};

use tantivy::columnar::Column;
use tantivy::query::{Query, RangeQuery};
use tantivy::{DocId, SegmentReader, Term};

use super::bits::Bits;
use crate::error::Result;
use crate::index::schema::Fields;
use crate::query::dates::DateSpan;
use crate::text::edtf::day_number;

/// The days that the least precise date, a year, can mean.
const LONGEST_DATE: i64 = 366;

/// The documents whose date overlaps the span: they begin before it ends, and end after it begins. An article of 1963 is
/// found by `date:1963-08`. Those without a date are in no span, not even in an open one.
pub(crate) fn overlapping(segment: &SegmentReader, span: &DateSpan) -> Result<Bits> {
    let first_day = segment.fast_fields().i64("first_day")?;
    let last_day = segment.fast_fields().i64("last_day")?;
    let (from, to) = (
        span.from.map_or(i64::MIN, day_number),
        span.to.map_or(i64::MAX, day_number),
    );
    let mut bits = Bits::none(segment.max_doc());
    let inside = beginning(&first_day, from, to);
    let before = beginning(&first_day, from.saturating_sub(LONGEST_DATE - 1), to);
    let before = inside.end..before.end.max(inside.end);
    bits.insert_range(inside);
    // Without an end: tantivy 0.27 takes a range that ends before every value for the least one.
    let mut reaching = Vec::new();
    last_day.get_docids_for_value_range(from..=i64::MAX, before, &mut reaching);
    for doc in reaching {
        bits.insert(doc);
    }
    Ok(bits)
}

/// The documents whose first day is one of these: a run of them.
pub(super) fn beginning(first_day: &Column<i64>, from: i64, to: i64) -> Range<DocId> {
    let len = first_day.num_docs();
    // How many documents come before those that begin on `day` or earlier.
    let later_than = |day: i64| {
        halve(len, |doc| {
            first_day.first(doc).is_some_and(|first| first > day)
        })
    };
    let dated = halve(len, |doc| first_day.first(doc).is_some());
    let end = later_than(from.saturating_sub(1)).min(dated);
    later_than(to).min(end)..end
}

/// The first of `len` documents for which `before` does not hold; it holds for all before that, and for none after.
fn halve(len: u32, before: impl Fn(DocId) -> bool) -> DocId {
    let (mut low, mut high) = (0, len);
    while low < high {
        let middle = low + (high - low) / 2;
        if before(middle) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    low
}

/// Articles with so many words, both ends included.
pub(crate) fn words_between(fields: &Fields, min: Option<u32>, max: Option<u32>) -> Box<dyn Query> {
    let number = |words: u32| Bound::Included(Term::from_field_i64(fields.words, i64::from(words)));
    Box::new(RangeQuery::new(
        number(min.unwrap_or(0)),
        number(max.unwrap_or(u32::MAX)),
    ))
}
