//! The engine and the [`oracle`](super::oracle) agree: which articles, how many, what is marked, what is shown.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use morgue::index::sync::{SyncOptions, sync};
use morgue::intake::{Ledger, ReadOptions, read};
use morgue::query::parse;
use morgue::search::{Hit, Match, Request, Snippet};
use morgue::{Archive, Article};

use super::oracle::{Oracle, Part, Verdict};
use super::questions::Questions;
use super::{DENSE, context, request};
use crate::archives::{Dice, add, archive_of, archive_of_commits, article, dated, export, remove};

/// Up to so many hits are exported and compared one by one; of more, as many are looked at as a page has.
const EXPORTED: usize = 150;

/// Compares one query; gives the number of hits, or none for a query that cannot be asked.
fn compare(archive: &Archive, oracle: &Oracle, query: &str, matching: Match) -> Option<usize> {
    let tree = match parse(query, &context(matching)) {
        Ok(parsed) => parsed.tree,
        Err(error) => {
            eprintln!("not asked: {query}: {error}");
            return None;
        }
    };
    let request = Request {
        matching,
        limit: 20,
        ..request(query)
    };
    let expected: BTreeMap<&str, Verdict<'_>> = oracle
        .judge(&tree)
        .into_iter()
        .map(|verdict| (verdict.read.article.id.as_str(), verdict))
        .collect();
    let (hits, total) = if expected.len() <= EXPORTED {
        let (hits, response) =
            export(archive, &request).unwrap_or_else(|error| panic!("{query}: {error}"));
        let (found, wanted): (BTreeSet<&str>, BTreeSet<&str>) = (
            hits.iter().map(|hit| hit.id.as_str()).collect(),
            expected.keys().copied().collect(),
        );
        assert_eq!(found, wanted, "{tree}");
        (hits, response.total)
    } else {
        let response = archive
            .search(&request)
            .unwrap_or_else(|error| panic!("{query}: {error}"));
        (response.hits, response.total)
    };
    assert_eq!(usize::try_from(total).unwrap(), expected.len(), "{tree}");
    for hit in &hits {
        let verdict = expected
            .get(hit.id.as_str())
            .unwrap_or_else(|| panic!("{} is no hit of {tree}", hit.id));
        check_marks(hit, verdict, &tree.to_string());
    }
    Some(expected.len())
}

/// What is counted is what is marked, and all that is shown is marked.
fn check_marks(hit: &Hit, verdict: &Verdict<'_>, query: &str) {
    let article = &verdict.read.article;
    assert_eq!(
        hit.matches as usize,
        verdict.marks.len(),
        "matches in {} of {query}",
        hit.id
    );
    for snippet in &hit.snippets {
        let parts = verdict
            .read
            .parts
            .iter()
            .enumerate()
            .filter(|(_, part)| part.field == snippet.field);
        let shown = parts.into_iter().any(|(number, part)| {
            let marks: Vec<_> = verdict
                .marks
                .iter()
                .filter(|(part, _)| *part == number)
                .map(|(_, range)| range.clone())
                .collect();
            is_shown(snippet, part, &marks)
        });
        assert!(
            shown,
            "{snippet:?} of {query} is not in {}, or marked otherwise",
            article.id
        );
    }
    let marked = hit
        .snippets
        .iter()
        .any(|snippet| !snippet.highlights.is_empty());
    assert_eq!(
        marked,
        !verdict.marks.is_empty(),
        "marks in the snippets of {} for {query}",
        hit.id
    );
}

/// Whether a snippet stands in a part, with just those of its marks that lie in it.
fn is_shown(snippet: &Snippet, part: &Part, marks: &[std::ops::Range<usize>]) -> bool {
    let blank = |c: char| {
        if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') {
            ' '
        } else {
            c
        }
    };
    // The place of each character, and of the end.
    let places: Vec<usize> = part
        .text
        .char_indices()
        .map(|(at, _)| at)
        .chain([part.text.len()])
        .collect();
    let text: Vec<char> = part.text.chars().map(blank).collect();
    let shown: Vec<char> = snippet.text.chars().collect();
    let last = text.len().checked_sub(shown.len());
    last.is_some_and(|last| {
        (0..=last)
            .filter(|&at| text[at..at + shown.len()] == shown)
            .any(|at| {
                let (from, to) = (places[at], places[at + shown.len()]);
                let inside = marks
                    .iter()
                    .filter(|mark| from <= mark.start && mark.end <= to);
                let highlights = snippet
                    .highlights
                    .iter()
                    .map(|&(start, end)| places[at + start]..places[at + end]);
                inside.cloned().eq(highlights)
            })
    })
}

/// Compares so many random queries.
fn agree(name: &str, archive: &Archive, articles: Vec<Article>, queries: usize, seed: u64) {
    let oracle = Oracle::new(articles);
    let mut questions = Questions {
        oracle: &oracle,
        dice: Dice::new(seed),
    };
    let (mut asked, mut hits, mut found) = (0, 0, 0);
    for _ in 0..queries {
        let query = questions.next();
        let matching = if questions.dice.chance(80) {
            Match::All
        } else {
            Match::Any
        };
        if let Some(count) = compare(archive, &oracle, &query, matching) {
            asked += 1;
            hits += count;
            found += usize::from(count > 0);
        }
    }
    eprintln!("{name}: {asked} queries agree, {found} of them with hits, {hits} hits");
    assert!(
        asked * 100 >= queries * 95,
        "too many queries could not be asked"
    );
    assert!(found * 2 >= asked, "too few queries find anything");
}

/// The articles of a folder, and the archive of it.
fn archive_of_folder(root: PathBuf) -> (tempfile::TempDir, Archive, Vec<Article>) {
    let (dir, roots) = (tempfile::TempDir::new().unwrap(), [root]);
    sync(
        dir.path(),
        &roots,
        &SyncOptions::default(),
        &mut Ledger::default(),
        &mut (),
    )
    .unwrap();
    let archive = Archive::open(dir.path()).unwrap();
    let (mut articles, mut ids) = (Vec::new(), BTreeSet::new());
    let mut take = |article: Article| {
        // The index keeps the first of those with one id.
        if ids.insert(article.id.clone()) {
            articles.push(article);
        }
        ControlFlow::Continue(())
    };
    read(
        &roots,
        &ReadOptions::default(),
        &mut Ledger::default(),
        &mut take,
    )
    .unwrap();
    assert_eq!(archive.articles(), articles.len() as u64);
    (dir, archive, articles)
}

#[test]
fn on_the_sample_corpus() {
    let (_dir, archive, articles) =
        archive_of_folder(Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-corpus"));
    agree("sample corpus", &archive, articles, 600, 1987);
}

#[test]
fn on_articles_of_few_words() {
    let archive = archive_of(&DENSE);
    agree("few words", &archive, DENSE.clone(), 600, 1914);
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
    agree(
        "several segments",
        &archive,
        DENSE.iter().filter(is_left).cloned().collect(),
        300,
        1919,
    );
}

#[test]
fn on_reuters() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpora/reuters21578");
    if !root.is_dir() {
        eprintln!("skipped: the Reuters articles are not at hand");
        return;
    }
    let (_dir, archive, articles) = archive_of_folder(root);
    agree("Reuters", &archive, articles, 200, 21578);
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
            .iter()
            .map(|verdict| (verdict.read.article.id.clone(), verdict.marks.len()))
            .collect();
        let expected: Vec<_> = expected
            .iter()
            .map(|(id, marks)| ((*id).to_owned(), *marks))
            .collect();
        assert_eq!(judged, expected, "the oracle on {query}");
        compare(&archive, &oracle, query, Match::All);
    }
}
