//! The engine and the [`oracle`](super::oracle) agree: which articles, how many, what is counted, marked and shown.
//!
//! `MORGUE_QUERIES=20000` asks so many queries, over all archives together; `MORGUE_SEED` asks others.

mod compare;
mod corpora;
mod smaller;

use morgue::query::parse;
use morgue::search::Match;
use morgue::{Archive, Article};

use self::compare::{Outcome, compare};
use super::oracle::Oracle;
use super::questions::Questions;
use super::{DENSE, context};
use crate::archives::{Dice, add, archive_of, archive_of_commits, article, dated, remove};

/// How many queries are asked in all when the environment does not say.
const QUERIES: usize = 2_000;

/// An archive, the articles in it, and what is asked about them.
struct Round<'a> {
    name: &'a str,
    archive: &'a Archive,
    articles: Vec<Article>,
    /// Of a hundred queries.
    share: usize,
    seed: u64,
    /// How deep proximities stand in each other at most.
    deepest: usize,
}

impl Round<'_> {
    /// Asks random queries. At the first one on which engine and oracle differ, says how to have it again.
    fn agree(self) {
        let oracle = Oracle::new(self.articles);
        let mut questions = Questions {
            oracle: &oracle,
            dice: Dice::new(self.seed),
            deepest: self.deepest,
        };
        let wanted = std::env::var("MORGUE_QUERIES").map_or(QUERIES, |most| most.parse().unwrap());
        let queries = wanted * self.share / 100;
        let (mut asked, mut hits, mut found) = (0, 0, 0);
        for number in 1..=queries {
            let query = questions.next();
            let matching = if questions.dice.chance(80) {
                Match::All
            } else {
                Match::Any
            };
            match compare(self.archive, &oracle, &query, matching) {
                Outcome::NotAsked(why) => eprintln!("not asked: {query}: {why}"),
                Outcome::Agreed(count) => {
                    asked += 1;
                    hits += count;
                    found += usize::from(count > 0);
                }
                Outcome::Differ(how) => {
                    let tree = parse(&query, &context(matching)).unwrap().tree;
                    let differs =
                        |query: &str| match compare(self.archive, &oracle, query, Match::All) {
                            Outcome::Differ(how) => Some(how),
                            Outcome::NotAsked(_) | Outcome::Agreed(_) => None,
                        };
                    let (smallest, how_it_fails) = smaller::smallest(tree, how.clone(), differs);
                    panic!(
                        "{}: query {number} of this seed (words joined by {matching}):\n  {query}\n  {how}\n\
                        smallest: {smallest}\n  {how_it_fails}",
                        self.name
                    );
                }
            }
        }
        eprintln!(
            "{}: {asked} queries agree, {found} of them with hits, {hits} hits",
            self.name
        );
        assert!(
            asked * 100 >= queries * 95,
            "too many queries could not be asked"
        );
        assert!(found * 2 >= asked, "too few queries find anything");
    }
}

#[test]
fn on_the_sample_corpus() {
    let (_dir, archive, articles) = corpora::sample();
    Round {
        name: "sample corpus",
        archive: &archive,
        articles,
        share: 25,
        seed: 1987,
        deepest: 2,
    }
    .agree();
}

#[test]
fn on_articles_of_few_words() {
    let archive = archive_of(&DENSE);
    Round {
        name: "few words",
        archive: &archive,
        articles: DENSE.clone(),
        share: 25,
        seed: 1914,
        deepest: 3,
    }
    .agree();
}

/// So many commits that segments are merged; one of them has no date at all.
#[test]
fn after_commits_and_removals() {
    let (undated, dated): (Vec<Article>, Vec<Article>) = DENSE
        .iter()
        .cloned()
        .partition(|article| article.date.is_none());
    let (first, last) = dated.split_at(320);
    let commits: Vec<&[Article]> = [&undated[..]].into_iter().chain(first.chunks(32)).collect();
    let archive = archive_of_commits(&commits, 2);
    let gone: Vec<&str> = DENSE
        .iter()
        .step_by(3)
        .map(|article| article.id.as_str())
        .collect();
    remove(archive.dir.path(), &gone);
    add(archive.dir.path(), last, 1);
    assert!(archive.refresh().unwrap());
    let is_left =
        |article: &&Article| last.contains(article) || !gone.contains(&article.id.as_str());
    Round {
        name: "several segments",
        archive: &archive,
        articles: DENSE.iter().filter(is_left).cloned().collect(),
        share: 15,
        seed: 1919,
        deepest: 3,
    }
    .agree();
}

#[test]
fn on_news_in_many_languages() {
    let articles = corpora::many_languages();
    if articles.is_empty() {
        eprintln!("skipped: the articles in many languages are not at hand");
        return;
    }
    let archive = archive_of(&articles);
    Round {
        name: "many languages",
        archive: &archive,
        articles,
        share: 25,
        seed: 1789,
        deepest: 3,
    }
    .agree();
}

#[test]
fn on_reuters() {
    let Some((_dir, archive, articles)) = corpora::reuters() else {
        eprintln!("skipped: the Reuters articles are not at hand");
        return;
    };
    Round {
        name: "Reuters",
        archive: &archive,
        articles,
        share: 10,
        seed: 21578,
        deepest: 1,
    }
    .agree();
}

/// What a query finds, worked out by hand: the oracle is tested as the engine is.
#[test]
fn by_hand() {
    let articles = [
        dated(
            article(
                "a",
                "Harbour strike ends",
                "Dockers returned.\n\nThe strike had lasted a week.",
            ),
            "1974-09-14",
        ),
        dated(
            article(
                "b",
                "Ferry sails",
                "The ferry left the harbour. Striking clocks were heard.",
            ),
            "1974",
        ),
        article(
            "c",
            "Cease-fire holds",
            "A cease fire, the U.S. envoy said. O'Brien's ferry waits for us.",
        ),
    ];
    let archive = archive_of(&articles);
    let oracle = Oracle::new(articles.to_vec());
    for (query, expected) in [
        ("strike", &[("a", 2), ("b", 1)][..]),
        ("\"strike\"", &[("a", 2)]),
        ("strik*", &[("a", 2), ("b", 1)]),
        ("headline:strike", &[("a", 1)]),
        ("lead:returned", &[("a", 1)]),
        ("lead:week", &[]),
        ("\"strike ends\"", &[("a", 1)]),
        ("\"ends dockers\"", &[]),
        ("cease-fire", &[("c", 2)]),
        ("\"U.S.\"", &[("c", 1)]),
        ("us", &[("c", 2)]),
        ("obrien", &[("c", 1)]),
        ("harbour NOT strike", &[]),
        ("ferry NOT date:1974-09-14", &[("c", 1)]),
        ("ferry NOT section:sport", &[("b", 2), ("c", 1)]),
        ("date:1974-09", &[("a", 0), ("b", 0)]),
        ("NOT date:..2000", &[("c", 0)]),
        (
            "(harbour date:1974-09-13) OR (ferry words:>10)",
            &[("b", 3), ("c", 1)],
        ),
        ("week OR (ferry AND dockers)", &[("a", 1)]),
        ("*?s", &[("a", 2), ("b", 2), ("c", 3)]),
    ] {
        let tree = parse(query, &context(Match::All)).unwrap().tree;
        let judged: Vec<_> = oracle
            .judge(&tree)
            .unwrap()
            .iter()
            .map(|verdict| (verdict.read.article.id.clone(), verdict.marks.len()))
            .collect();
        let expected: Vec<_> = expected
            .iter()
            .map(|(id, marks)| ((*id).to_owned(), *marks))
            .collect();
        assert_eq!(judged, expected, "the oracle on {query}");
        assert_eq!(
            compare(&archive, &oracle, query, Match::All),
            Outcome::Agreed(expected.len())
        );
    }
}
