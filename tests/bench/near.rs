//! Positional queries beside tantivy's phrase query of the same two words, on the same postings: what an order, a distance, a
//! sentence or a count costs. Both count their matches, exactly, and give no hits.

use std::path::Path;

use morgue::Archive;
use morgue::search::{Request, Sort};
use tantivy::collector::Count;
use tantivy::query::PhraseQuery;
use tantivy::schema::Field;
use tantivy::{Index, Searcher, Term};

use crate::clock::{ThreadClock, percentile};
use crate::{PASSES, Result};

/// How many of the commonest words are taken by twos.
const COMMON: usize = 24;
/// Words with at least so many letters: nothing is to be learnt from `of` and `the` alone.
const LETTERS: usize = 3;
/// Words that are operators, or nearly.
const OPERATORS: [&str; 2] = ["and", "not"];

/// The forms compared: a name, and the query of two words.
type Form = (&'static str, fn(&str, &str) -> String);

const FORMS: &[Form] = &[
    ("\"a b\"", |a, b| format!("\"{a} {b}\"")),
    ("a PRE/1 b", |a, b| format!("\"{a}\" PRE/1 \"{b}\"")),
    ("a W/5 b", |a, b| format!("\"{a}\" W/5 \"{b}\"")),
    ("a PRE/10 b", |a, b| format!("\"{a}\" PRE/10 \"{b}\"")),
    ("a W/50 b", |a, b| format!("\"{a}\" W/50 \"{b}\"")),
    ("a W/S b", |a, b| format!("\"{a}\" W/S \"{b}\"")),
    ("a W/P b", |a, b| format!("\"{a}\" W/P \"{b}\"")),
    ("a NOT W/10 b", |a, b| format!("\"{a}\" NOT W/10 \"{b}\"")),
    ("ATLEAST2(a W/10 b)", |a, b| {
        format!("ATLEAST2(\"{a}\" W/10 \"{b}\")")
    }),
    ("ATLEAST3(a)", |a, _| format!("ATLEAST3(\"{a}\")")),
    ("(a W/5 b) W/10 a", |a, b| {
        format!("(\"{a}\" W/5 \"{b}\") W/10 \"{a}\"")
    }),
    ("a* W/10 b", |a, b| {
        format!("{}* W/10 \"{b}\"", &a[..LETTERS])
    }),
    ("bare a W/10 b", |a, b| format!("{a} W/10 {b}")),
    ("lead:a", |a, _| format!("lead:\"{a}\"")),
    ("a*", |a, _| format!("{}*", &a[..LETTERS])),
];

/// Asks the archive in `dir`, whose index is one of tantivy's.
pub(crate) fn compare(dir: &Path) -> Result<()> {
    let (archive, index) = (Archive::open(dir)?, Index::open_in_dir(dir)?);
    let (searcher, field) = (
        index.reader()?.searcher(),
        index.schema().get_field("text")?,
    );
    let words = commonest(&searcher, field)?;
    let pairs: Vec<(&str, &str)> = words
        .chunks_exact(2)
        .map(|pair| (pair[0].as_str(), pair[1].as_str()))
        .collect();
    println!(
        "{} articles, {} pairs: {pairs:?}\n",
        archive.articles()?,
        pairs.len()
    );
    println!("| | p50, µs | p99, µs | by tantivy's phrase: p50 | slowest | matches by its |");
    println!("|---|---|---|---|---|---|");
    let mut clock = ThreadClock::new()?;
    for (name, query) in FORMS {
        let (mut ours, mut ratios, mut found) = (Vec::new(), Vec::new(), Vec::new());
        for (a, b) in &pairs {
            let terms = [a, b].map(|word| Term::from_field_text(field, word));
            let phrase = PhraseQuery::new(terms.to_vec());
            let request = Request {
                limit: 0,
                sort: Some(Sort::Newest),
                ..Request::for_query(query(a, b))
            };
            let (mut theirs_us, mut ours_us) = (Vec::new(), Vec::new());
            let mut totals = (0, 0);
            for pass in 0..=PASSES {
                let begin = clock.micros()?;
                totals.0 = searcher.search(&phrase, &Count)? as u64;
                let between = clock.micros()?;
                totals.1 = archive.search(&request)?.total;
                let end = clock.micros()?;
                if pass > 0 {
                    theirs_us.push(between - begin);
                    ours_us.push(end - between);
                }
            }
            let (theirs, mine) = (percentile(&theirs_us, 0.5), percentile(&ours_us, 0.5));
            ours.push(mine);
            ratios.push(mine / theirs);
            #[expect(clippy::cast_precision_loss, reason = "a figure for people")]
            found.push(totals.1 as f64 / totals.0.max(1) as f64);
        }
        println!(
            "| {name} | {:.0} | {:.0} | {:.2} | {:.2} | {:.1} |",
            percentile(&ours, 0.5),
            percentile(&ours, 0.99),
            percentile(&ratios, 0.5),
            percentile(&ratios, 0.99),
            percentile(&found, 0.5),
        );
    }
    Ok(())
}

/// The commonest words of the field, in exact form, the commonest first.
fn commonest(searcher: &Searcher, field: Field) -> Result<Vec<String>> {
    let mut words = Vec::new();
    for segment in searcher.segment_readers() {
        let index = segment.inverted_index(field)?;
        let mut terms = index.terms().stream()?;
        while terms.advance() {
            let word = String::from_utf8_lossy(terms.key());
            if word.len() >= LETTERS && word.bytes().all(|byte| byte.is_ascii_lowercase()) {
                words.push((terms.value().doc_freq, word.into_owned()));
            }
        }
    }
    words.sort_unstable_by(|a, b| b.cmp(a));
    let mut common: Vec<String> = Vec::new();
    for (_, word) in words {
        if common.len() < COMMON && !common.contains(&word) && !OPERATORS.contains(&word.as_str()) {
            common.push(word);
        }
    }
    Ok(common)
}
