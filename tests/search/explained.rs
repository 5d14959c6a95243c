//! What `explain` says of a part of a query is what a search for that part alone finds.

use morgue::query::tree::{Kind, Node};
use morgue::query::{outline, parse};
use morgue::search::{Match, Request};

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
