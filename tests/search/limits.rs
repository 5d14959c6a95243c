//! Time: an answer is whole, or it is an error. However short the time is, nobody gets a part of an answer.

use std::time::Duration;

use morgue::search::{FacetName, Limits, Request, Sort, Unit};
use morgue::{Archive, Error};

use super::{DENSE, request};
use crate::archives::{archive_of, archive_of_commits, article, export};
use crate::support::within;

const QUERIES: &[&str] = &[
    "strike",
    "\"oil ferry\" OR harbour",
    "s* NOT headline:oil",
    "date:1963 strike",
    "-strike",
    "",
];

fn requests() -> impl Iterator<Item = Request> {
    let sorts = [Sort::Relevance, Sort::Newest, Sort::Oldest];
    let pairs = QUERIES
        .iter()
        .flat_map(move |query| sorts.map(|sort| (query, sort)));
    pairs.map(|(query, sort)| Request {
        sort: Some(sort),
        limit: 50,
        facets: vec![FacetName::Source, FacetName::Year],
        timeline: Some(Unit::Year),
        ..request(query)
    })
}

/// What an archive answers to a request, all of it but the time that it took; none when it gave up.
fn answers(archive: &Archive, request: &Request) -> [Option<String>; 3] {
    let whole = |answer: Result<String, Error>| match answer {
        Ok(answer) => Some(answer),
        Err(Error::TooLong(_)) => None,
        Err(error) => panic!("{error}"),
    };
    let search = archive.search(request).map(|mut response| {
        response.took_ms = 0.0;
        format!("{response:?}")
    });
    let exported = export(archive, request)
        .map(|(hits, response)| format!("{hits:?} {} {:?}", response.total, response.timeline));
    let explained = archive.explain(request).map(|lines| format!("{lines:?}"));
    [whole(search), whole(exported), whole(explained)]
}

#[test]
fn without_time_there_is_an_error_on_every_path() {
    let archive = archive_of_commits(&[&DENSE[..300], &DENSE[300..]], 2);
    let none = archive
        .archive
        .clone()
        .with_limits(Limits::time(Duration::ZERO));
    for request in requests() {
        assert_eq!(answers(&none, &request), [None, None, None], "{request:?}");
    }
}

#[test]
fn an_answer_is_whole_however_short_the_time_is() {
    let archive = archive_of_commits(&[&DENSE[..300], &DENSE[300..]], 2);
    let (mut given_up, mut answered) = (0, 0);
    for request in requests() {
        let whole = answers(&archive, &request);
        assert!(whole.iter().all(Option::is_some));
        for microseconds in [
            1, 10, 30, 100, 200, 400, 800, 1_500, 3_000, 6_000, 60_000_000,
        ] {
            let time = Limits::time(Duration::from_micros(microseconds));
            let hasty = answers(&archive.archive.clone().with_limits(time), &request);
            for (hasty, whole) in hasty.iter().zip(&whole) {
                if hasty.is_none() {
                    given_up += 1;
                } else {
                    answered += 1;
                    assert_eq!(hasty, whole, "{microseconds} µs for {request:?}");
                }
            }
        }
    }
    assert!(given_up > 0 && answered > 0, "{given_up} and {answered}");
}

/// Four words, each so many times in one article, in every order.
fn crowded(id: usize, times: usize) -> morgue::Article {
    let words = ["the", "of", "in", "to"];
    let body: Vec<&str> = (0..4 * times)
        .map(|at| words[(at + at / 4 + at / 16) % 4])
        .collect();
    article(&id.to_string(), "Pier", &body.join(" "))
}

const CROSSED: &str = "(the W/1000 of) W/1000 (in W/1000 to)";

/// Each side has fewer ways than are looked at, and together they have thousands of millions.
#[test]
fn too_many_pairs_are_refused_before_they_are_looked_at() {
    let archive = archive_of(&[crowded(0, 215)]);
    for query in [
        CROSSED.to_owned(),
        format!("NOT ({CROSSED})"),
        format!("pier OR ({CROSSED})"),
        format!("ATLEAST2({CROSSED})"),
        // One match is enough to find the article; to count them is not.
        format!("ATLEAST1(pier OR ({CROSSED}))"),
    ] {
        for sort in [Sort::Relevance, Sort::Newest] {
            let request = Request {
                sort: Some(sort),
                ..request(&query)
            };
            let answer = within(10, &query, || archive.search(&request));
            // A negation marks nothing, and is decided by the first match.
            if query.starts_with("NOT") {
                assert_eq!(answer.unwrap().total, 0);
                continue;
            }
            let error = answer.unwrap_err().to_string();
            assert!(error.contains("too many ways"), "{query}: {error}");
        }
    }
    let marked = archive.marked("0", &request(CROSSED)).unwrap_err();
    assert!(marked.to_string().contains("too many ways"), "{marked}");
}

/// The clock is looked at for every article, each of which takes long.
#[test]
fn time_is_up_between_articles_that_take_long() {
    let articles: Vec<_> = (0..400).map(|id| crowded(id, 30)).collect();
    let archive = archive_of(&articles);
    let time = Limits::time(Duration::from_millis(50));
    let hasty = archive.archive.clone().with_limits(time);
    let error = within(5, CROSSED, || hasty.search(&request(CROSSED))).unwrap_err();
    assert!(matches!(error, Error::TooLong(_)), "{error}");
}
