//! Facets: for every value the number of matching articles that have it, as the oracle counts them.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use chrono::Datelike;
use morgue::Article;
use morgue::query::parse;
use morgue::search::{FacetName, Match, Request};

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
}
