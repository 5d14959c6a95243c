//! Pages: put together they are the whole list, whatever their lengths, and whatever is added or removed meanwhile.

use std::cmp::Reverse;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use morgue::search::{Hit, Request, Sort};
use morgue::text::edtf::Edtf;
use morgue::{Archive, Error};

use super::{DENSE, request};
use crate::archives::{
    Dice, TempArchive, add, archive_of, archive_of_commits, article, dated, export, remove,
};

const QUERIES: &[&str] = &[
    "",
    "strike",
    "strike OR ferry OR oil",
    "\"oil ferry\" OR harbour*",
    "date:1963",
    "NOT strike",
    "section:news",
    "zeppelin",
    "(\"oil ferry\" AND pier) OR strike",
];

fn sorted(query: &str, sort: Sort) -> Request {
    Request {
        sort: Some(sort),
        ..request(query)
    }
}

fn several_segments() -> TempArchive {
    let (first, second) = DENSE.split_at(200);
    archive_of_commits(&[first, second], 2)
}

/// All pages from `request` on, each with the next of these limits.
fn paged(archive: &Archive, request: &Request, mut limit: impl FnMut() -> usize) -> Vec<Hit> {
    let (mut request, mut hits) = (request.clone(), Vec::new());
    loop {
        request.limit = limit();
        let response = archive.search(&request).unwrap();
        assert!(response.hits.len() <= request.limit);
        assert!(
            response.next.is_none() || response.hits.len() == request.limit,
            "a short page is the last"
        );
        hits.extend(response.hits);
        request.after = response.next;
        if request.after.is_none() {
            return hits;
        }
    }
}

fn ids(hits: &[Hit]) -> Vec<&str> {
    hits.iter().map(|hit| hit.id.as_str()).collect()
}

/// Where a date stands: the day, then the time of the day; what has none comes last.
fn in_time(date: Option<Edtf>, newest: bool) -> (bool, i64, bool, i64) {
    let Some(date) = date else {
        return (true, 0, true, 0);
    };
    let sign = if newest { -1 } else { 1 };
    let second = date.second_of_day();
    let day = i64::from(chrono::Datelike::num_days_from_ce(&date.first_day()));
    (
        false,
        sign * day,
        second.is_none(),
        sign * second.map_or(0, i64::from),
    )
}

/// The order that each sort promises, strictly: no two hits are equal.
fn check_order(hits: &[Hit], sort: Sort) {
    for pair in hits.windows(2) {
        let [a, b] = pair else { unreachable!() };
        let (newest, oldest) = (
            |hit: &Hit| (in_time(hit.date, true), hit.id.clone()),
            |hit: &Hit| (in_time(hit.date, false), hit.id.clone()),
        );
        let right = match sort {
            Sort::Relevance => {
                (Reverse(a.score.to_bits()), newest(a)) < (Reverse(b.score.to_bits()), newest(b))
            }
            Sort::Newest => newest(a) < newest(b),
            Sort::Oldest => oldest(a) < oldest(b),
        };
        assert!(
            right,
            "{sort}: {} {} {:?} before {} {} {:?}",
            a.id, a.score, a.date, b.id, b.score, b.date
        );
    }
}

#[test]
fn pages_are_the_list() {
    let archive = several_segments();
    let mut dice = Dice::new(7);
    for &sort in Sort::ALL {
        for query in QUERIES {
            let request = sorted(query, sort);
            let (hits, response) = export(&archive, &request).unwrap();
            assert_eq!(hits.len() as u64, response.total, "{query}");
            assert!(
                hits.iter().map(|hit| hit.rank).eq(1..=response.total),
                "{query}"
            );
            check_order(&hits, sort);
            for most in [1, 7, 400] {
                assert_eq!(
                    paged(&archive, &request, || 1 + dice.below(most)),
                    hits,
                    "{sort} {query}"
                );
            }
        }
    }
}

#[test]
fn limits() {
    let archive = several_segments();
    let none = archive
        .search(&Request {
            limit: 0,
            ..request("strike")
        })
        .unwrap();
    assert!(none.hits.is_empty() && none.next.is_none() && none.total > 0);
    let all = archive
        .search(&Request {
            limit: 1000,
            ..request("strike")
        })
        .unwrap();
    assert_eq!((all.hits.len() as u64, all.next), (all.total, None));
    let exact = archive
        .search(&Request {
            limit: all.hits.len(),
            ..request("strike")
        })
        .unwrap();
    assert_eq!(exact.next, None);
    let error = archive
        .search(&Request {
            limit: 1001,
            ..request("strike")
        })
        .unwrap_err();
    assert!(
        error.to_string().starts_with("limit: 1001 is too many"),
        "{error}"
    );
}

#[test]
fn goes_on_after_other_articles_came_and_went() {
    for sort in [Sort::Newest, Sort::Oldest] {
        let archive = several_segments();
        let request = sorted("strike", sort);
        let before = paged(&archive, &request, || 400);
        let first = archive
            .search(&Request {
                limit: 10,
                ..request.clone()
            })
            .unwrap();
        let after = Request {
            after: first.next,
            ..request
        };
        // Some of those that have been given go, some come at both ends that the query does not find.
        remove(archive.dir.path(), &ids(&first.hits)[..6]);
        let others = [
            dated(article("x1", "Nothing", ""), "2025-01-01"),
            dated(article("x2", "Nothing", ""), "1600"),
            article("x3", "Nothing", ""),
        ];
        add(archive.dir.path(), &others, 1);
        assert!(archive.refresh().unwrap());
        for limit in [1, 3, 400] {
            let rest = paged(&archive, &after, || limit);
            assert_eq!(ids(&rest), ids(&before[10..]), "{sort} by {limit}");
            assert_eq!(rest[0].rank, 11);
        }
    }
}

#[test]
fn new_articles_shift_nothing() {
    let archive = several_segments();
    let request = sorted("strike", Sort::Newest);
    let before = paged(&archive, &request, || 400);
    let first = archive
        .search(&Request {
            limit: 10,
            ..request.clone()
        })
        .unwrap();
    add(
        archive.dir.path(),
        &[
            dated(article("x", "A strike", ""), "2025-01-01"),
            article("zz", "Another strike", ""),
        ],
        1,
    );
    archive.refresh().unwrap();
    let rest = paged(
        &archive,
        &Request {
            after: first.next,
            ..request
        },
        || 3,
    );
    let expected: Vec<&str> = ids(&before[10..]).into_iter().chain(["zz"]).collect();
    assert_eq!(ids(&rest), expected);
}

#[track_caller]
fn refused(archive: &Archive, request: &Request, why: &str) {
    match archive.search(request) {
        Err(Error::Invalid { what, why: found }) if what == "after" && found.contains(why) => {}
        other => panic!("{other:?}"),
    }
}

#[test]
fn cursors_of_others_are_refused() {
    let archive = several_segments();
    let request = Request {
        limit: 5,
        ..sorted("strike", Sort::Relevance)
    };
    let next = archive.search(&request).unwrap().next.unwrap();
    let with = |after: &str| Request {
        after: Some(after.to_owned()),
        ..request.clone()
    };
    for text in [
        "",
        "x",
        "e30",
        "🦀",
        &next[..next.len() - 4],
        &format!("{next}AAAA"),
    ] {
        refused(&archive, &with(text), "not a cursor");
    }
    refused(
        &archive,
        &Request {
            query: "ferry".into(),
            ..with(&next)
        },
        "another query",
    );
    refused(
        &archive,
        &Request {
            sort: Some(Sort::Oldest),
            ..with(&next)
        },
        "another query",
    );
    refused(
        &archive,
        &Request {
            from: Some("1963".into()),
            ..with(&next)
        },
        "another query",
    );
    // The same query in other words is the same query.
    assert_eq!(
        archive
            .search(&Request {
                query: " (strike) ".into(),
                ..with(&next)
            })
            .unwrap()
            .hits[0]
            .rank,
        6
    );
    // Scores are those of a commit.
    add(archive.dir.path(), &[article("x", "Nothing", "")], 1);
    archive.refresh().unwrap();
    refused(&archive, &with(&next), "has changed");
}

/// A cursor can be written by anybody.
#[test]
fn no_cursor_does_harm() {
    let archive = several_segments();
    let request = Request {
        limit: 5,
        ..sorted("strike", Sort::Newest)
    };
    let next = archive.search(&request).unwrap().next.unwrap();
    let cursor: serde_json::Value =
        serde_json::from_slice(&URL_SAFE_NO_PAD.decode(next).unwrap()).unwrap();
    for (member, value) in [
        ("n", serde_json::json!(u64::MAX)),
        ("n", serde_json::json!(i64::MAX)),
        (
            "p",
            serde_json::json!({"key": [i64::MIN, i64::MIN, i64::MIN], "id": ""}),
        ),
        (
            "p",
            serde_json::json!({"key": [i64::MAX, i64::MAX, i64::MAX], "id": "\u{10FFFF}"}),
        ),
    ] {
        let mut cursor = cursor.clone();
        cursor[member] = value;
        let after = Some(URL_SAFE_NO_PAD.encode(cursor.to_string()));
        let _ = archive.search(&Request {
            after,
            ..request.clone()
        });
    }
}

#[test]
fn the_same_files_give_the_same_order() {
    let (one, four) = (archive_of(&DENSE), archive_of_commits(&[&DENSE], 4));
    for &sort in Sort::ALL {
        for query in QUERIES {
            let request = sorted(query, sort);
            let (a, b) = (
                export(&one, &request).unwrap().0,
                export(&four, &request).unwrap().0,
            );
            assert_eq!(a, b, "{sort} {query}");
        }
    }
}

#[test]
fn the_order_by_default() {
    let archive = several_segments();
    for (query, sort) in [
        ("", Sort::Newest),
        ("strike", Sort::Relevance),
        ("date:1963", Sort::Newest),
        ("NOT strike", Sort::Newest),
        ("date:1963 strike", Sort::Relevance),
    ] {
        assert_eq!(
            archive.search(&request(query)).unwrap().sort,
            sort,
            "{query}"
        );
    }
}

#[test]
fn better_matches_come_first() {
    let archive = archive_of(&[
        article(
            "body",
            "Weather",
            "The ferry sails in the rain, as it does on most days of the year.",
        ),
        article(
            "headline",
            "Ferry sails",
            "It does so in the rain, as it does on most days of the year.",
        ),
        article(
            "twice",
            "Weather",
            "The ferry meets a ferry in the rain, as it does on most days of the year.",
        ),
    ]);
    let hits = archive.search(&request("ferry")).unwrap().hits;
    assert_eq!(ids(&hits), ["headline", "twice", "body"]);
    assert!(
        hits.windows(2)
            .all(|pair| pair[0].score > pair[1].score && pair[1].score > 0.0)
    );
}
