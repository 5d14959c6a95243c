//! The reading of wire files, against what a careful librarian would record of them (`truth.txt`, written by hand).
//!
//! `cargo test --test main quality::wire -- --nocapture` prints the figures, and every field that is not right. Files are
//! read as `morgue read` reads them. Headline, byline, date and dateline are right or wrong; a body scores a third each for
//! its first words, its last words and its length. An article that is missing has no field right, and one too many counts
//! as a missing one.

mod truth;

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::Path;

use morgue::article::Article;
use morgue::intake::{self, Ledger, ReadOptions};

use self::truth::{Body, File, Record, Value};
use super::figures::{Figures, corpus};

#[test]
fn wires_are_read_as_well_as_before() {
    let Some(folder) = corpus("wire") else { return };
    let corpora = folder.parent().expect("the folder of the corpora");
    let mut scores = Scores::default();
    let files = truth::files();
    for file in &files {
        scores.file(file, &Seen::at(&corpora.join(file.path)));
    }
    let mut figures = Figures::default();
    for field in FIELDS {
        figures.add(
            &format!("all: {field}"),
            mean(scores.of(|(_, own)| own == *field)),
        );
    }
    for kind in files
        .iter()
        .map(|file| file.kind)
        .collect::<std::collections::BTreeSet<_>>()
    {
        figures.add(
            &format!("kind: {kind}"),
            mean(scores.of(|(own, _)| own == kind)),
        );
    }
    println!("{} files of the corpora", files.len());
    figures.check("tests/quality/wire.txt");
}

/// What is measured, as the figures name it.
const FIELDS: &[&str] = &[
    "headline",
    "byline",
    "date",
    "dateline",
    "body",
    "no article, and why",
];

/// What was read in a file.
#[derive(Default)]
struct Seen {
    articles: Vec<Article>,
    /// The names of the reasons for which records and the file were left out.
    reasons: Vec<&'static str>,
}

impl Seen {
    fn at(path: &Path) -> Self {
        assert!(path.is_file(), "{}", path.display());
        let mut seen = Seen::default();
        let mut ledger = Ledger::new(None);
        intake::read(
            &[path.to_owned()],
            &ReadOptions::default(),
            &mut ledger,
            &mut |article| {
                seen.articles.push(article);
                ControlFlow::Continue(())
            },
        )
        .expect("the file can be read");
        seen.reasons = ledger.reasons.keys().map(|reason| reason.name()).collect();
        seen
    }
}

/// The scores, 0 to 1, of each kind of file and field.
#[derive(Default)]
struct Scores<'a>(BTreeMap<(&'a str, &'static str), Vec<f64>>);

impl<'a> Scores<'a> {
    fn of(&self, wanted: impl Fn((&str, &str)) -> bool) -> impl Iterator<Item = f64> {
        self.0
            .iter()
            .filter(move |((kind, field), _)| wanted((kind, field)))
            .flat_map(|(_, scores)| scores.iter().copied())
    }

    fn file(&mut self, file: &'a File<'a>, seen: &Seen) {
        if let Some((reasons, what)) = file.no_article {
            let right = seen.articles.is_empty()
                && !seen.reasons.is_empty()
                && seen
                    .reasons
                    .iter()
                    .all(|own| reasons.split(' ').any(|reason| reason == *own));
            let found = format!("{} articles, {:?}", seen.articles.len(), seen.reasons);
            self.add(
                file,
                "no article, and why",
                f64::from(u8::from(right)),
                what,
                &found,
            );
        }
        for (at, record) in file.records.iter().enumerate() {
            self.record(file, record, seen.articles.get(at));
        }
        let surplus = seen.articles.len().saturating_sub(file.records.len());
        if !file.more && file.no_article.is_none() {
            for article in &seen.articles[seen.articles.len() - surplus..] {
                self.add(
                    file,
                    "headline",
                    0.0,
                    "no further article",
                    &article.headline,
                );
            }
        }
    }

    fn record(&mut self, file: &'a File<'a>, record: &Record<'a>, seen: Option<&Article>) {
        let found = |value: fn(&Article) -> String| seen.map(value);
        let fields: [(&'static str, &Value<'a>, Option<String>); 4] = [
            (
                "headline",
                &record.headline,
                found(|own| own.headline.clone()),
            ),
            ("byline", &record.byline, found(|own| own.byline.join("; "))),
            (
                "date",
                &record.date,
                found(|own| {
                    own.date
                        .as_ref()
                        .map(ToString::to_string)
                        .unwrap_or_default()
                }),
            ),
            (
                "dateline",
                &record.dateline,
                found(|own| own.dateline.clone().unwrap_or_default()),
            ),
        ];
        for (field, value, found) in fields {
            let Value::OneOf(right) = value else { continue };
            let score = found
                .as_deref()
                .is_some_and(|own| right.iter().any(|right| folded(right) == folded(own)));
            let found = found.unwrap_or_else(|| "no article".to_owned());
            self.add(
                file,
                field,
                f64::from(u8::from(score)),
                &right.join(" || "),
                &found,
            );
        }
        if let Some(body) = &record.body {
            let text = seen.map(|own| own.body.as_str());
            let score = text.map_or(0.0, |text| body.score(text));
            self.add(
                file,
                "body",
                score,
                &body.to_string(),
                &Body::outline(text.unwrap_or_default()),
            );
        }
    }

    fn add(
        &mut self,
        file: &'a File<'a>,
        field: &'static str,
        score: f64,
        right: &str,
        found: &str,
    ) {
        if score < 0.98 {
            println!(
                "{score:.2} {field} of {}\n     right {right}\n     found {found}",
                file.path
            );
        }
        self.0.entry((file.kind, field)).or_default().push(score);
    }
}

/// In small letters, with one kind of quotation marks and single blanks.
fn folded(text: &str) -> String {
    let text: String = text
        .to_lowercase()
        .chars()
        .map(|c| match c {
            '“' | '”' | '„' => '"',
            '‘' | '’' => '\'',
            c => c,
        })
        .collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn mean(scores: impl Iterator<Item = f64>) -> f64 {
    let (sum, count) = scores.fold((0.0, 0.0), |(sum, count), score| (sum + score, count + 1.0));
    if count > 0.0 { sum / count } else { 1.0 }
}
