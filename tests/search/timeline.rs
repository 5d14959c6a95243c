//! Timelines: every unit of time from the first match to the last, also the empty ones; and the days of a request.

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};
use morgue::Article;
use morgue::query::parse;
use morgue::search::{Bucket, Match, Request, Unit};

use super::oracle::Oracle;
use super::{DENSE, context, request};
use crate::archives::{archive_of, archive_of_commits, article, dated};

fn buckets(archive: &morgue::Archive, query: &str, unit: Unit) -> Vec<Bucket> {
    archive
        .search(&Request {
            timeline: Some(unit),
            limit: 1,
            ..request(query)
        })
        .unwrap()
        .timeline
        .unwrap()
}

/// How many of these articles begin in the days of a bucket.
fn in_bucket<'a>(articles: impl Iterator<Item = &'a Article>, bucket: &Bucket) -> u64 {
    articles
        .filter(|article| {
            article
                .date
                .is_some_and(|date| (bucket.from..=bucket.to).contains(&date.first_day()))
        })
        .count() as u64
}

fn is_unit(bucket: &Bucket, unit: Unit) -> bool {
    let after = bucket.to + Days::new(1);
    match unit {
        Unit::Day => bucket.from == bucket.to,
        Unit::Week => bucket.from.weekday() == Weekday::Mon && bucket.from + Days::new(7) == after,
        Unit::Month => bucket.from.day() == 1 && bucket.from + Months::new(1) == after,
        Unit::Year => bucket.from.ordinal() == 1 && bucket.from + Months::new(12) == after,
    }
}

#[test]
fn counts_every_unit() {
    let (first, second) = DENSE.split_at(250);
    let archive = archive_of_commits(&[first, second], 2);
    let oracle = Oracle::new(DENSE.clone());
    for query in [
        "strike date:1900..",
        "ferry AND oil",
        "",
        "NOT strike",
        "date:1668",
    ] {
        let tree = parse(query, &context(Match::All)).unwrap().tree;
        let found: Vec<&Article> = oracle
            .judge(&tree)
            .unwrap()
            .iter()
            .map(|verdict| &verdict.read.article)
            .collect();
        let days: Vec<NaiveDate> = found
            .iter()
            .filter_map(|article| Some(article.date?.first_day()))
            .collect();
        for &unit in Unit::ALL {
            // 1668 to 2024 is too long for days.
            if unit == Unit::Day
                && days.iter().min().unwrap().year() < 1900
                && days.iter().max().unwrap().year() > 1900
            {
                continue;
            }
            let buckets = buckets(&archive, query, unit);
            assert!(
                buckets
                    .windows(2)
                    .all(|pair| pair[0].to + Days::new(1) == pair[1].from),
                "one after the other"
            );
            for bucket in &buckets {
                assert!(is_unit(bucket, unit), "{unit}: {bucket:?}");
                assert_eq!(
                    bucket.count,
                    in_bucket(found.iter().copied(), bucket),
                    "{query} {bucket:?}"
                );
                assert_eq!(
                    bucket.of,
                    in_bucket(DENSE.iter(), bucket),
                    "of {query} {bucket:?}"
                );
            }
            assert_eq!(
                buckets.iter().map(|bucket| bucket.count).sum::<u64>(),
                days.len() as u64,
                "{query}"
            );
            let (begin, end) = (buckets.first().unwrap(), buckets.last().unwrap());
            assert!(
                begin.count > 0 && end.count > 0,
                "from the first match to the last"
            );
        }
    }
}

#[test]
fn of_nothing() {
    let archive = archive_of(&[
        article("a", "Strike", ""),
        dated(article("b", "Ferry", ""), "1963"),
    ]);
    assert_eq!(buckets(&archive, "zeppelin", Unit::Year), []);
    assert_eq!(
        buckets(&archive, "strike", Unit::Year),
        [],
        "it has no date"
    );
    assert_eq!(archive.search(&request("ferry")).unwrap().timeline, None);
}

#[test]
fn refuses_more_than_can_be_read() {
    let archive = archive_of(&[
        dated(article("a", "Strike", ""), "1600"),
        dated(article("b", "Strike", ""), "2024"),
    ]);
    let error = archive
        .search(&Request {
            timeline: Some(Unit::Day),
            ..request("strike")
        })
        .unwrap_err();
    assert!(error.to_string().contains("larger"), "{error}");
}

/// `from` and `to` are the same as `date:FROM..TO` beside the whole query.
#[test]
fn from_and_to_narrow_the_query() {
    let archive = archive_of(&DENSE);
    for query in ["", "strike", "strike OR ferry", "NOT oil"] {
        for (from, to) in [
            (Some("1963-08-14"), None),
            (None, Some("1963")),
            (Some("1963-08"), Some("1964-02-29")),
            (Some("1969-12-31"), Some("1969-12-31")),
        ] {
            let narrowed = Request {
                from: from.map(str::to_owned),
                to: to.map(str::to_owned),
                limit: 1000,
                ..request(query)
            };
            let (from, to) = (from.unwrap_or_default(), to.unwrap_or_default());
            let written = Request {
                limit: 1000,
                ..request(&format!("({query}) date:{from}..{to}").replace("() ", ""))
            };
            let (narrowed, written) = (
                archive.search(&narrowed).unwrap(),
                archive.search(&written).unwrap(),
            );
            assert_eq!(
                (narrowed.total, narrowed.hits),
                (written.total, written.hits),
                "{query} {from}..{to}"
            );
        }
    }
}

#[test]
fn from_and_to_are_dates() {
    let archive = archive_of(&[dated(article("a", "Strike", ""), "2024-09-17")]);
    let ask = |from: &str, to: &str| {
        let given = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        archive.search(&Request {
            from: given(from),
            to: given(to),
            ..request("strike")
        })
    };
    assert_eq!(ask("yesterday", "").unwrap().total, 1);
    assert_eq!(ask("", "2024-09-16").unwrap().total, 0);
    for (from, to, what) in [
        ("2023-02-30", "", "from"),
        ("", "soon", "to"),
        ("1964", "1963", "from"),
    ] {
        let error = ask(from, to).unwrap_err().to_string();
        assert!(error.starts_with(&format!("{what}: ")), "{error}");
    }
}
