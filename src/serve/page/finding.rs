//! What the search page needs to know from the archive: the hits, the facets with what could be chosen beside what is
//! chosen, a timeline whose unit fits the time that the hits span, and the query in words where that was asked for.

use chrono::Datelike;

use super::asked::Asked;
use crate::search::{Bucket, Explanation, FacetName, Request, Response, Unit};
use crate::{Archive, Result};

/// What is counted when the address does not say.
const FACETS: &[FacetName] = &[
    FacetName::Source,
    FacetName::Section,
    FacetName::Place,
    FacetName::Byline,
    FacetName::Topic,
    FacetName::Language,
];
/// How often all is asked again when commits come in between.
const TRIES: usize = 3;
/// From so many months on, days are too many to see.
const MONTHS_OF_DAYS: usize = 3;

/// An answer, all of it from one commit.
pub(super) struct Found {
    /// The hits, the facets, the timeline.
    pub(super) response: Response,
    /// The query in words.
    pub(super) explanation: Option<Explanation>,
}

/// Finds what is asked for.
pub(super) fn find(archive: &Archive, asked: &Asked) -> Result<Found> {
    let mut request = asked.request.clone();
    if request.facets.is_empty() {
        request.facets = FACETS.to_vec();
    } else {
        // A page about them has them all.
        request.values = Request::MAX_VALUES;
    }
    request.timeline = request.timeline.or(Some(Unit::Month));
    let mut response = archive.search(&request)?;
    for _ in 1..TRIES {
        if complete(archive, asked, &request, &mut response)? {
            break;
        }
        response = archive.search(&request)?;
    }
    let explanation = if asked.explain {
        let mut explanation = archive.explain(&asked.request)?;
        explanation.query = response.query.clone();
        Some(explanation)
    } else {
        None
    };
    Ok(Found {
        response,
        explanation,
    })
}

/// Adds what other searches have to tell; false when one of them has seen another commit.
fn complete(
    archive: &Archive,
    asked: &Asked,
    request: &Request,
    response: &mut Response,
) -> Result<bool> {
    let chosen = request.only.keys();
    for facet in chosen.filter(|facet| request.facets.contains(facet)) {
        let mut others = Request {
            limit: 0,
            after: None,
            facets: vec![*facet],
            timeline: None,
            ..request.clone()
        };
        others.only.remove(facet);
        let others = archive.search(&others)?;
        if others.total < response.total {
            return Ok(false);
        }
        response.others.remove(facet);
        response.others.extend(others.others);
        response.facets.extend(others.facets);
    }
    let months = response.timeline.as_ref().map_or(0, Vec::len);
    if asked.request.timeline.is_none() && (1..=MONTHS_OF_DAYS).contains(&months) {
        let days = archive.search(&Request {
            limit: 0,
            after: None,
            facets: Vec::new(),
            timeline: Some(Unit::Day),
            ..request.clone()
        })?;
        if days.total != response.total {
            return Ok(false);
        }
        response.timeline = days.timeline;
    }
    Ok(true)
}

/// How many bars can be told apart, and hit with a pointer.
const BARS: usize = 120;

/// The timeline in as many bars as can be seen: stretches are put together to years, tens of years and so on. The first and the
/// last of them are only as long as what was counted.
pub(super) fn in_sight(buckets: &[Bucket]) -> Vec<Bucket> {
    let mut bars = buckets.to_vec();
    for years in [1, 5, 10, 25, 50, 100] {
        if bars.len() <= BARS {
            break;
        }
        bars = by_years(buckets, years);
    }
    bars
}

fn by_years(buckets: &[Bucket], years: i32) -> Vec<Bucket> {
    let of = |bucket: &Bucket| bucket.from.year().div_euclid(years);
    let together = buckets.chunk_by(|one, next| of(one) == of(next));
    together
        .map(|bars| Bucket {
            from: bars[0].from,
            to: bars[bars.len() - 1].to,
            count: bars.iter().map(|bar| bar.count).sum(),
            of: bars.iter().map(|bar| bar.of).sum(),
        })
        .collect()
}
