//! Facets: for every value the number of matching articles that have it, as the oracle counts them.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use chrono::Datelike;
use morgue::Article;
use morgue::query::parse;
use morgue::search::{FacetName, Hit, Match, Only, Request};

use super::oracle::Oracle;
use super::{DENSE, context, request};
use crate::archives::{archive_of, archive_of_commits, article, export, remove};

/// The values that an article has, each once.
fn values(article: &Article, facet: FacetName) -> BTreeSet<String> {
    match facet {
        FacetName::Source => article.source.iter().cloned().collect(),
        FacetName::Section => article.section.iter().cloned().collect(),
        FacetName::Byline => article.byline.iter().cloned().collect(),
        FacetName::Place => article
            .places
            .iter()
            .map(|place| place.name.clone())
            .collect(),
        FacetName::Topic => article.topics.iter().cloned().collect(),
        FacetName::Language => article.language.iter().cloned().collect(),
        FacetName::Year => article
            .date
            .iter()
            .map(|date| format!("{:04}", date.first_day().year()))
            .collect(),
    }
}

#[test]
fn count_what_matches() {
    let (first, second) = DENSE.split_at(250);
    let archive = archive_of_commits(&[first, second], 2);
    let gone: Vec<&str> = first
        .iter()
        .step_by(5)
        .map(|article| article.id.as_str())
        .collect();
    remove(archive.dir.path(), &gone);
    archive.refresh().unwrap();
    let oracle = Oracle::new(
        DENSE
            .iter()
            .filter(|article| !gone.contains(&article.id.as_str()))
            .cloned()
            .collect(),
    );
    for query in [
        "",
        "strike",
        "NOT strike",
        "topic:oil AND ferry",
        "date:1963",
        "lang:en",
        "zeppelin",
    ] {
        let request = Request {
            facets: FacetName::ALL.to_vec(),
            limit: 3,
            ..request(query)
        };
        let response = archive.search(&request).unwrap();
        let tree = parse(query, &context(Match::All)).unwrap().tree;
        for &facet in FacetName::ALL {
            let mut counts: BTreeMap<String, u64> = BTreeMap::new();
            for verdict in oracle.judge(&tree).unwrap() {
                for value in values(&verdict.read.article, facet) {
                    *counts.entry(value).or_default() += 1;
                }
            }
            let mut expected: Vec<_> = counts.into_iter().collect();
            expected.sort_by_key(|(_, count)| Reverse(*count));
            let found: Vec<_> = response.facets[&facet]
                .iter()
                .map(|row| (row.value.clone(), row.count))
                .collect();
            assert_eq!(found, expected, "{facet} of {query}");
        }
        let (_, exported) = export(&archive, &request).unwrap();
        assert_eq!(
            exported.facets, response.facets,
            "an export counts the same"
        );
    }
}

/// The articles with a value are those that were counted for it, with the scores that they have among all.
#[test]
fn what_is_chosen_is_what_was_counted() {
    let (first, second) = DENSE.split_at(250);
    let archive = archive_of_commits(&[first, second], 2);
    let oracle = Oracle::new(DENSE.to_vec());
    let has = |id: &str, facet: FacetName, wanted: &[String]| {
        let article = DENSE.iter().find(|article| article.id == id).unwrap();
        values(article, facet)
            .iter()
            .any(|value| wanted.contains(value))
    };
    let mut narrowed = 0;
    for query in ["", "strike", "strike OR ferry*", "lang:en"] {
        let request = Request {
            facets: FacetName::ALL.to_vec(),
            limit: 1_000,
            ..request(query)
        };
        let all = archive.search(&request).unwrap();
        let tree = parse(query, &context(Match::All)).unwrap().tree;
        assert_eq!(all.total, oracle.judge(&tree).unwrap().len() as u64);
        let only = |only: Only| {
            let wanted = only.clone();
            let found = archive
                .search(&Request {
                    only,
                    ..request.clone()
                })
                .unwrap();
            let kept = all.hits.iter().filter(|hit| {
                wanted
                    .iter()
                    .all(|(facet, values)| has(&hit.id, *facet, values))
            });
            let named = |hit: &Hit| (hit.id.clone(), hit.score.to_bits());
            let expected: Vec<_> = kept.map(named).collect();
            assert_eq!(found.total, expected.len() as u64, "{query}: {wanted:?}");
            let hits: Vec<_> = found.hits.iter().map(named).collect();
            assert_eq!(hits, expected, "{query}: {wanted:?}");
            found.total
        };
        for (&facet, counts) in &all.facets {
            for counted in counts.iter().take(12) {
                let found = only(Only::from([(facet, vec![counted.value.clone()])]));
                assert_eq!(found, counted.count, "{facet}: {}", counted.value);
                narrowed += u64::from(found < all.total);
            }
            let several: Vec<_> = counts
                .iter()
                .step_by(2)
                .map(|row| row.value.clone())
                .collect();
            for year in &all.facets[&FacetName::Year] {
                let year = vec![year.value.clone(), "no year".into()];
                only(Only::from([
                    (FacetName::Year, year),
                    (facet, several.clone()),
                ]));
            }
        }
    }
    assert!(narrowed > 100, "{narrowed}");
}

#[test]
fn a_value_is_chosen_whole() {
    let from = |id: &str, source: &str| Article {
        source: Some(source.into()),
        ..article(id, "Strike", "")
    };
    let archive = archive_of(&[
        from("a", "AP"),
        from("b", "AP Worldstream"),
        from("c", "ap"),
    ]);
    let found = |query: &str, sources: &[&str], after| {
        let sources = sources.iter().map(ToString::to_string).collect();
        let only = Only::from([(FacetName::Source, sources)]);
        let answer = archive.search(&Request {
            only,
            after,
            limit: 1,
            ..request(query)
        })?;
        Ok::<_, morgue::Error>((answer.total, answer.next))
    };
    let total = |query, sources| found(query, sources, None).unwrap().0;
    assert_eq!(total("strike", &["AP"]), 1);
    assert_eq!(total("source:AP", &["AP Worldstream", "ap", "AFP"]), 2);
    assert_eq!(total("strike", &["AFP"]), 0);
    assert_eq!(total("strike", &[]), 3);
    // A page goes on in the same values only.
    let (_, next) = found("strike", &["AP", "ap"], None).unwrap();
    assert!(found("strike", &["AP", "ap"], next.clone()).is_ok());
    assert!(found("strike", &["AP"], next).is_err());
}

#[test]
fn only_what_is_asked_for() {
    let archive = archive_of(&[article("a", "Strike", "")]);
    assert!(
        archive
            .search(&request("strike"))
            .unwrap()
            .facets
            .is_empty()
    );
    let response = archive
        .search(&Request {
            facets: vec![FacetName::Year],
            ..request("strike")
        })
        .unwrap();
    assert_eq!(
        response.facets,
        BTreeMap::from([(FacetName::Year, Vec::new())])
    );
}

#[test]
fn the_largest_of_many() {
    let articles: Vec<Article> = (0..150)
        .flat_map(|topic| (0..=topic % 3).map(move |number| (topic, number)))
        .map(|(topic, number)| Article {
            topics: vec![format!("topic {topic:03}")],
            ..article(&format!("{topic}-{number}"), "Strike", "")
        })
        .collect();
    let archive = archive_of(&articles);
    let response = archive
        .search(&Request {
            facets: vec![FacetName::Topic],
            ..request("strike")
        })
        .unwrap();
    let found = &response.facets[&FacetName::Topic];
    assert_eq!(found.len(), 100);
    assert_eq!((found[0].value.as_str(), found[0].count), ("topic 002", 3));
    assert_eq!(
        (found[99].value.as_str(), found[99].count),
        ("topic 148", 2)
    );
    assert_eq!(response.others, [(FacetName::Topic, 50)].into());
    let given = |values| {
        let request = Request {
            facets: vec![FacetName::Topic, FacetName::Language],
            values,
            ..request("strike")
        };
        let response = archive.search(&request).unwrap();
        let given = response.facets[&FacetName::Topic].len();
        (given, response.others.get(&FacetName::Topic).copied())
    };
    assert_eq!(given(1), (1, Some(149)));
    assert_eq!(given(149), (149, Some(1)));
    assert_eq!(given(150), (150, None));
    assert_eq!(given(Request::MAX_VALUES), (150, None));
    let too_many = Request {
        values: Request::MAX_VALUES + 1,
        ..request("strike")
    };
    let message = archive.search(&too_many).unwrap_err().to_string();
    assert_eq!(message, "values: 10001 is too many; at most 10000");
}
