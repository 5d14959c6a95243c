//! The languages of articles, against what the corpora say: the name of a folder, a column, a read-me file, the mark of a
//! page.
//!
//! `article` is the language in the finished article; `text alone` is [`detect`] with every statement hidden, and no
//! neighbours: what is not right there is told nothing or told wrong, and only the second does harm. Tags are compared by
//! their language; Norwegian and Kurdish are one language each, by whichever of their tags.

mod truth;

use std::collections::BTreeMap;

use morgue::text::language::detect;

use self::truth::Truth;
use super::figures::Figures;
use super::reading;

/// How often a corpus was told right.
#[derive(Default)]
struct Score {
    articles: usize,
    right: usize,
    right_alone: usize,
    wrong_alone: usize,
}

#[test]
fn languages_are_told_as_well_as_before() {
    let Some(reading) = reading::all() else {
        return;
    };
    let truth = Truth::of(&reading.root);
    let mut scores: BTreeMap<String, Score> = BTreeMap::new();
    let mut told_wrong = BTreeMap::new();
    for article in &reading.articles {
        let Some((corpus, stated)) = truth.language(article) else {
            continue;
        };
        let score = scores.entry(corpus.clone()).or_default();
        score.articles += 1;
        let language = article.language.as_deref().unwrap_or("none");
        if same(language, &stated) {
            score.right += 1;
        } else {
            let case = (corpus, stated.clone(), language.to_owned());
            *told_wrong.entry(case).or_insert(0) += 1;
        }
        match detect(&article.text) {
            Some(alone) if same(alone, &stated) => score.right_alone += 1,
            Some(_) => score.wrong_alone += 1,
            None => {}
        }
    }
    for ((corpus, stated, told), count) in told_wrong {
        println!("{corpus}: {count} of {stated} told as {told}");
    }
    let mut figures = Figures::default();
    #[expect(clippy::cast_precision_loss, reason = "counts of articles")]
    let share = |part: usize, all: usize| part as f64 / all.max(1) as f64;
    let sum = |part: fn(&Score) -> usize| scores.values().map(part).sum::<usize>();
    let all = sum(|score| score.articles);
    for (corpus, score) in &scores {
        println!("{corpus}: {} articles", score.articles);
        figures.add(
            &format!("{corpus}: article"),
            share(score.right, score.articles),
        );
        figures.add(
            &format!("{corpus}: text alone"),
            share(score.right_alone, score.articles),
        );
        figures.add(
            &format!("{corpus}: text alone, not told wrong"),
            1.0 - share(score.wrong_alone, score.articles),
        );
    }
    figures.add(
        "all articles: article",
        share(sum(|score| score.right), all),
    );
    figures.add(
        "all articles: text alone",
        share(sum(|score| score.right_alone), all),
    );
    figures.add(
        "all articles: text alone, not told wrong",
        1.0 - share(sum(|score| score.wrong_alone), all),
    );
    let mean = scores
        .values()
        .map(|score| share(score.right, score.articles))
        .sum::<f64>();
    figures.add("mean over corpora: article", mean / share(scores.len(), 1));
    figures.check("tests/quality/language.txt");
}

/// Whether two tags are of one language.
fn same(one: &str, other: &str) -> bool {
    let language = |tag: &str| match tag.split('-').next().unwrap_or_default() {
        "nb" | "nn" => "no".to_owned(),
        "ckb" => "ku".to_owned(),
        language => language.to_owned(),
    };
    language(one) == language(other)
}
