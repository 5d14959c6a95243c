//! Queries on the numbers of an article: its days, its length.

use std::ops::Bound;

use tantivy::Term;
use tantivy::query::{BooleanQuery, Occur, Query, RangeQuery};
use tantivy::schema::Field;

use crate::index::schema::Fields;
use crate::query::dates::DateSpan;
use crate::text::edtf::day_number;

/// Articles whose date overlaps the span: they begin before it ends, and end after it begins. An article of 1963 is found
/// by `date:1963-08`. Those without a date are in no span, not even in an open one.
pub(crate) fn overlapping(fields: &Fields, span: &DateSpan) -> Box<dyn Query> {
    let number = |field, day: Option<chrono::NaiveDate>| {
        day.map_or(Bound::Unbounded, |day| Bound::Included(Term::from_field_i64(field, day_number(day))))
    };
    let begins = between(fields.first_day, Bound::Unbounded, number(fields.first_day, span.to));
    let ends = between(fields.last_day, number(fields.last_day, span.from), Bound::Unbounded);
    Box::new(BooleanQuery::new(vec![(Occur::Must, begins), (Occur::Must, ends)]))
}

/// Articles with so many words, both ends included.
pub(crate) fn words_between(fields: &Fields, min: Option<u32>, max: Option<u32>) -> Box<dyn Query> {
    let number = |words: Option<u32>| {
        words.map_or(Bound::Unbounded, |words| Bound::Included(Term::from_field_i64(fields.words, i64::from(words))))
    };
    between(fields.words, number(min), number(max))
}

fn between(field: Field, from: Bound<Term>, to: Bound<Term>) -> Box<dyn Query> {
    match (from, to) {
        (Bound::Unbounded, Bound::Unbounded) => {
            let all = Bound::Included(Term::from_field_i64(field, i64::MIN));
            Box::new(RangeQuery::new(all, Bound::Unbounded))
        }
        (from, to) => Box::new(RangeQuery::new(from, to)),
    }
}
