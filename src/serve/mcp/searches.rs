//! The tools that ask a query: `search`, `explain`, `timeline`, `facets`. Each makes a [`Request`] and shortens its response.

use std::fmt::Write;

use super::answers::{
    Counted, Explained, Facet, Found, Part, QUOTED, Results, Row, Timeline, Understood, Value,
};
use super::arguments::{Explaining, Facetting, Searching, Timing};
use crate::query::{FIELDS, OPERATORS};
use crate::search::{Bucket, Request, Unit};
use crate::{Archive, Error, Result};

/// How many hits an answer may have.
const MOST_HITS: u32 = 50;
/// How many values of a facet an answer may have, and how many it has when nobody says.
const MOST_VALUES: u32 = 200;
const VALUES: u32 = 20;
/// How many rows a timeline may have, and beyond how many a larger unit is taken when nobody says which.
const MOST_ROWS: usize = 400;
const ROWS: usize = 48;

/// What `search` tells of itself: the query language, row by row.
pub(super) fn language() -> String {
    let mut text = String::from(
        "Searches the archive. Totals are exact; nothing typed is silently weakened: what is not understood is an error with its place. \
         Words side by side must all occur, in any inflection; quoted words as written. Operators are in capitals.\nOperators:\n",
    );
    for row in OPERATORS.iter().filter(|row| row.name != "field") {
        // A string takes all that is written.
        let _ = writeln!(
            text,
            "  {}: {} (e.g. {})",
            row.forms.join("  "),
            row.help,
            row.example
        );
    }
    text += "Fields (before a word, a phrase or a group):\n";
    for field in FIELDS {
        let _ = writeln!(
            text,
            "  {}: {} (e.g. {})",
            field.name, field.help, field.example
        );
    }
    text
}

pub(super) fn search(archive: &Archive, asked: Searching) -> Result<Results> {
    let limit = within("limit", asked.limit, 1..=MOST_HITS)?;
    let limit = limit.map_or(Request::DEFAULT_LIMIT, |limit| limit as usize);
    let response = archive
        .search(&asked.request(limit))
        .map_err(|error| match error {
            // Elsewhere it has another name.
            Error::Invalid { what, why } if what == "after" => invalid("cursor", why),
            error => error,
        })?;
    Ok(Results {
        notice: QUOTED,
        understood: Understood::of(&response.query),
        total: response.total,
        sort: response.sort.name(),
        hits: response.hits.into_iter().map(Found::of).collect(),
        next: response.next,
    })
}

pub(super) fn explain(archive: &Archive, asked: Explaining) -> Result<Explained> {
    let explanation = archive.explain(&asked.request())?;
    let part = |line: crate::search::ExplainedLine| Part {
        depth: line.depth,
        meaning: line.text,
        articles: line.articles,
    };
    Ok(Explained {
        understood: Understood::of(&explanation.query),
        parts: explanation.lines.into_iter().map(part).collect(),
    })
}

pub(super) fn timeline(archive: &Archive, asked: Timing) -> Result<Timeline> {
    let (unit, mut request) = asked.request();
    let first = unit.unwrap_or(Unit::Month);
    request.timeline = Some(first);
    let mut response = archive.search(&request)?;
    let rows = |buckets: &Option<Vec<Bucket>>| buckets.as_ref().map_or(0, Vec::len);
    let chosen = match (unit, rows(&response.timeline)) {
        (Some(unit), _) => unit,
        (None, ..=2) => Unit::Day,
        (None, ..=ROWS) => Unit::Month,
        (None, _) => Unit::Year,
    };
    if chosen != first {
        request.timeline = Some(chosen);
        response = archive.search(&request)?;
    }
    if rows(&response.timeline) > MOST_ROWS {
        let why = format!(
            "{} rows of one {chosen} each are too many; take a larger unit, or narrow it with `from` and `to`",
            rows(&response.timeline)
        );
        return Err(invalid("unit", why));
    }
    let buckets = response.timeline.unwrap_or_default();
    let dated: u64 = buckets.iter().map(|bucket| bucket.count).sum();
    let row = |bucket: Bucket| Row {
        from: bucket.from.to_string(),
        count: bucket.count,
        of: bucket.of,
    };
    Ok(Timeline {
        understood: Understood::of(&response.query),
        total: response.total,
        unit: chosen.name(),
        rows: buckets.into_iter().map(row).collect(),
        undated: Some(response.total - dated).filter(|undated| *undated > 0),
    })
}

pub(super) fn facets(archive: &Archive, asked: Facetting) -> Result<Counted> {
    let most = within("limit", asked.limit, 1..=MOST_VALUES)?.unwrap_or(VALUES) as usize;
    let request = Request {
        values: most,
        ..asked.request()
    };
    if request.facets.is_empty() {
        return Err(invalid("by", "name at least one facet".into()));
    }
    let response = archive.search(&request)?;
    let facets = response.facets.iter().map(|(name, counts)| Facet {
        by: name.name(),
        values: Value::first(counts, most),
        others: response.others.get(name).copied().unwrap_or(0),
    });
    Ok(Counted {
        notice: QUOTED,
        understood: Understood::of(&response.query),
        total: response.total,
        facets: facets.collect(),
    })
}

/// A number that must lie in a range, where one is given.
pub(super) fn within(
    what: &str,
    number: Option<u32>,
    range: std::ops::RangeInclusive<u32>,
) -> Result<Option<u32>> {
    match number {
        Some(number) if !range.contains(&number) => {
            let why = format!(
                "{number} is no number from {} to {}",
                range.start(),
                range.end()
            );
            Err(invalid(what, why))
        }
        number => Ok(number),
    }
}

pub(super) fn invalid(what: &str, why: String) -> Error {
    Error::Invalid {
        what: what.into(),
        why,
    }
}
