//! The reading of pages, against what people or tested programs say is in them.
//!
//! `cargo test --test main quality::html -- --nocapture` prints the figures. Every page is read by the format's row, as
//! `morgue index` does; a page that is rejected counts as read with nothing in it.

mod measure;
mod pages;
mod truth;

use std::collections::BTreeMap;
use std::time::Instant;

use self::measure::{mean, shingle_scores, token_f1};
use self::pages::{Seen, folded};
use super::figures::{Figures, corpus};

#[test]
fn pages_are_read_as_well_as_before() {
    let Some(folder) = corpus("html") else { return };
    let mut figures = Figures::default();
    let start = Instant::now();
    let pages: usize = [
        benchmark(&folder.join("article-extraction-benchmark"), &mut figures),
        fundus(&folder.join("fundus"), &mut figures),
        htmldate(&folder.join("htmldate"), &mut figures),
        approved(&folder, &mut figures),
    ]
    .iter()
    .sum();
    let seconds = start.elapsed().as_secs_f64();
    println!("{pages} pages in {seconds:.1} s, measuring included");
    figures.check("tests/quality/html.txt");
}

/// The body as the article extraction benchmark of Scrapinghub measures it (`evaluate.py` in
/// scrapinghub/article-extraction-benchmark): shingles of four words, precision and recall of each page, their means, and the
/// harmonic mean of the means.
fn benchmark(folder: &std::path::Path, figures: &mut Figures) -> usize {
    let truth = truth::benchmark(folder);
    let scores: Vec<(Option<f64>, Option<f64>)> = truth
        .iter()
        .map(|(page, body)| shingle_scores(body, &Seen::at(page).body))
        .collect();
    let precision = mean(scores.iter().filter_map(|(precision, _)| *precision));
    let recall = mean(scores.iter().filter_map(|(_, recall)| *recall));
    figures.add("article-extraction-benchmark: body precision", precision);
    figures.add("article-extraction-benchmark: body recall", recall);
    figures.add(
        "article-extraction-benchmark: body F1",
        2.0 * precision * recall / (precision + recall),
    );
    truth.len()
}

/// All fields of Fundus: each has its own right answer, made by a parser for that one publisher.
fn fundus(folder: &std::path::Path, figures: &mut Figures) -> usize {
    let truth = truth::fundus(folder);
    let read: Vec<(&truth::Article, Seen)> = truth
        .iter()
        .map(|(page, article)| (article, Seen::at(page)))
        .collect();
    let share = |right: fn(&truth::Article, &Seen) -> bool| {
        mean(
            read.iter()
                .map(|(truth, seen)| f64::from(u8::from(right(truth, seen)))),
        )
    };
    figures.add(
        "fundus: body token F1",
        mean(
            read.iter()
                .map(|(truth, seen)| token_f1(&truth.body, &seen.body)),
        ),
    );
    figures.add(
        "fundus: deck and body token F1",
        mean(read.iter().map(|(truth, seen)| {
            token_f1(
                &format!("{}\n{}", truth.deck, truth.body),
                &format!("{}\n{}", seen.deck, seen.body),
            )
        })),
    );
    figures.add(
        "fundus: headline the same",
        share(|truth, seen| folded(&truth.headline) == folded(&seen.headline)),
    );
    figures.add(
        "fundus: one of the headlines on the page the same",
        share(|truth, seen| {
            seen.headlines
                .iter()
                .any(|own| *own == folded(&truth.headline))
        }),
    );
    figures.add(
        "fundus: the best place for each publisher the same",
        best_places(&truth, &read),
    );
    figures.add(
        "fundus: deck the same",
        share(|truth, seen| folded(&truth.deck) == folded(&seen.deck)),
    );
    figures.add(
        "fundus: set of authors the same",
        share(|truth, seen| truth.authors == seen.authors),
    );
    figures.add(
        "fundus: day of publication",
        share(|truth, seen| truth.day == seen.day),
    );
    truth.len()
}

/// How many headlines would be the same if somebody who knows the truth chose, for each publisher, the one place of a page
/// where its headline is taken from: more than a rule that knows neither can be asked for.
fn best_places(
    truth: &[(std::path::PathBuf, truth::Article)],
    read: &[(&truth::Article, Seen)],
) -> f64 {
    let mut publishers: BTreeMap<String, Vec<f64>> = BTreeMap::new();
    for ((page, article), (_, seen)) in truth.iter().zip(read) {
        let name = page.to_string_lossy();
        let publisher = name.split("_20").next().unwrap_or_default();
        let right = publishers
            .entry(publisher.to_owned())
            .or_insert_with(|| vec![0.0; seen.stated.len()]);
        for (right, stated) in right.iter_mut().zip(&seen.stated) {
            *right += f64::from(u8::from(*stated == Some(folded(&article.headline))));
        }
    }
    let best = |right: &Vec<f64>| right.iter().copied().fold(0.0, f64::max);
    let best: f64 = publishers.values().map(best).sum();
    best / f64::from(u32::try_from(truth.len()).unwrap_or(u32::MAX))
}

/// The day of publication, of all pages.
fn htmldate(folder: &std::path::Path, figures: &mut Figures) -> usize {
    let mut all = Vec::new();
    for part in ["default", "mediacloud_2020"] {
        let right: Vec<f64> = truth::htmldate(folder, part)
            .iter()
            .map(|(page, day)| f64::from(u8::from(Seen::at(page).day.as_ref() == Some(day))))
            .collect();
        figures.add(
            &format!("htmldate: day of publication, {part}"),
            mean(right.iter().copied()),
        );
        all.extend(right);
    }
    figures.add("htmldate: day of publication", mean(all.iter().copied()));
    all.len()
}

/// Bodies that the tests of other extractors approve of: their own output, so these figures only show that nothing is
/// quite wrong. Goose's are the beginnings of the texts.
fn approved(folder: &std::path::Path, figures: &mut Figures) -> usize {
    let mut pages = 0;
    for (name, truth) in [
        (
            "newspaper3k",
            truth::newspaper(&folder.join("newspaper3k"), "text"),
        ),
        (
            "newspaper4k",
            truth::newspaper(&folder.join("newspaper4k"), "txt"),
        ),
        (
            "readability",
            truth::readability(&folder.join("readability")),
        ),
    ] {
        figures.add(
            &format!("{name}: body token F1"),
            mean(
                truth
                    .iter()
                    .map(|(page, body)| token_f1(body, &Seen::at(page).body)),
            ),
        );
        pages += truth.len();
    }
    let goose = truth::goose(&folder.join("goose3"));
    figures.add(
        "goose3: beginning of the body found, tokens",
        mean(
            goose
                .iter()
                .map(|(page, body)| measure::token_recall(body, &Seen::at(page).body)),
        ),
    );
    pages + goose.len()
}
