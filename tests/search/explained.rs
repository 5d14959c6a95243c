//! What `explain` says of a part of a query is what a search for that part alone finds.

use morgue::query::tree::{Kind, Node};
use morgue::query::{outline, parse};
use morgue::search::{FacetName, Match, Only, Request};

use super::oracle::Oracle;
use super::questions::Questions;
use super::{DENSE, context, request};
use crate::archives::{Dice, archive_of};

const QUERIES: usize = 60;

#[test]
fn the_count_of_each_part_is_that_of_a_search_for_it() {
    let archive = archive_of(&DENSE);
    let oracle = Oracle::new(DENSE.clone());
    let mut questions = Questions {
        oracle: &oracle,
        dice: Dice::new(1851),
        deepest: 2,
    };
    let (mut parts, mut found) = (0, 0);
    for _ in 0..QUERIES {
        let query = questions.next();
        let tree = parse(&query, &context(Match::All)).unwrap().tree;
        let explained = archive.explain(&request(&query)).unwrap();
        let outlined = outline(&tree);
        assert_eq!(explained.lines.len(), outlined.len(), "{query}");
        for (line, part) in explained.lines.iter().zip(outlined) {
            let alone = match part.field {
                None => part.node.to_string(),
                Some(field) => Node {
                    kind: Kind::Field {
                        field,
                        node: Box::new(part.node.clone()),
                    },
                    span: part.node.span,
                }
                .to_string(),
            };
            let wanted = Request {
                limit: 0,
                ..request(&alone)
            };
            let total = archive.search(&wanted).unwrap().total;
            assert_eq!(line.articles, Some(total), "{alone} in {query}");
            assert_eq!(
                (line.depth, &line.text),
                (part.depth, &part.text),
                "{query}"
            );
            parts += 1;
            found += usize::from(total > 0);
        }
    }
    assert!(
        parts > 3 * QUERIES && found * 2 > parts,
        "{found} of {parts}"
    );
}

#[test]
fn what_is_chosen_of_facets_is_a_part_of_the_whole() {
    let archive = archive_of(&DENSE);
    let all = Request {
        facets: vec![FacetName::Source, FacetName::Year],
        ..request("")
    };
    let facets = archive.search(&all).unwrap().facets;
    let sources: Vec<String> = facets[&FacetName::Source]
        .iter()
        .take(2)
        .map(|counted| counted.value.clone())
        .collect();
    let year = vec![facets[&FacetName::Year][0].value.clone()];
    let only = Only::from([
        (FacetName::Source, sources.clone()),
        (FacetName::Section, Vec::new()),
        (FacetName::Year, year.clone()),
    ]);
    let total = |query: &str, only: Only| {
        let narrowed = Request {
            only,
            limit: 0,
            ..request(query)
        };
        Some(archive.search(&narrowed).unwrap().total)
    };
    let alone = |name, values: &Vec<String>| total("", Only::from([(name, values.clone())]));
    for (query, parts) in [
        ("", 0),
        ("*", 0),
        ("truce", 1),
        ("truce OR ferry", 3),
        ("truce -ferry", 3),
    ] {
        let narrowed = Request {
            only: only.clone(),
            ..request(query)
        };
        let explained = archive.explain(&narrowed).unwrap();
        let [whole, of_the_query @ .., source, years] = &explained.lines[..] else {
            panic!("{query}: {:?}", explained.lines)
        };
        assert_eq!((whole.depth, &*whole.text), (0, "all of these:"));
        assert_eq!(whole.articles, total(query, only.clone()), "{query}");
        assert_eq!(of_the_query.len(), parts, "{query}");
        assert!(of_the_query.iter().all(|line| line.depth > 0), "{query}");
        let [a, b] = &sources[..] else {
            panic!("{sources:?}")
        };
        assert_eq!(source.text, format!("with \"{a}\" or \"{b}\" as source"));
        assert_eq!(source.articles, alone(FacetName::Source, &sources));
        assert_eq!(years.text, format!("with \"{}\" as year", year[0]));
        assert_eq!(years.articles, alone(FacetName::Year, &year));
        for written in explained.written {
            assert!(
                written
                    .notes
                    .contains(&"does not say which year".to_owned()),
                "{written:?}"
            );
        }
    }
}
