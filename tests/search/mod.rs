//! Search, judged by an [`oracle`] that shares no code with it but the definition of a word.

mod advice;
mod agreement;
mod explained;
mod facets;
mod limits;
mod lines;
mod oracle;
mod paging;
mod proximity;
mod questions;
mod refusals;
mod snippets;
mod stock;
mod suggest;
mod timeline;

use std::sync::LazyLock;

use morgue::Article;
use morgue::article::Place;
use morgue::query::{Context, Dialect};
use morgue::search::{Match, Request};

use crate::archives::{Dice, counted, place};

/// A Wednesday in September.
const TODAY: chrono::NaiveDate = chrono::NaiveDate::from_ymd_opt(2024, 9, 18).unwrap();

fn context(matching: Match) -> Context {
    Context {
        matching,
        today: TODAY,
        dialect: Dialect::Morgue,
    }
}

fn request(query: &str) -> Request {
    Request {
        today: Some(TODAY),
        ..Request::for_query(query)
    }
}

/// Articles made of few words, so that everything occurs beside everything: in many languages and parts, with dates of
/// every precision, many of them the same, and some without.
static DENSE: LazyLock<Vec<Article>> = LazyLock::new(|| {
    let mut dice = Dice::new(1963);
    (0..400).map(|number| dense(&mut dice, number)).collect()
});

const WORDS: &[&str] = &[
    "harbour",
    "harbours",
    "strike",
    "strikes",
    "striking",
    "Café",
    "U.S.",
    "us",
    "O'Brien",
    "41,200",
    "cease-fire",
    "AT&T",
    "pier",
    "ferry",
    "oil",
    "oils",
    "müde",
    "Häuser",
    "港口",
    "مرفأ",
    "l'eau",
    "e\u{301}te\u{301}",
];
const LANGUAGES: &[Option<&str>] = &[
    Some("en"),
    Some("en"),
    Some("en-GB"),
    Some("fr"),
    Some("de"),
    Some("ar"),
    Some("ja"),
    None,
];
const DATES: &[Option<&str>] = &[
    Some("1963"),
    Some("1963-08"),
    Some("1963-08-14"),
    Some("1963-08-14T10:05:00"),
    Some("1963-08-14T10:05:00+03:00"),
    Some("1963-08-15"),
    Some("1964"),
    Some("1964-02-29"),
    Some("1668-02"),
    Some("1970-01-01"),
    Some("1969-12-31"),
    Some("2024-09-18"),
    None,
];
const NAMES: &[&str] = &["Ada O'Brien", "Oil Ferry", "Jean Pier"];
const VALUES: &[&str] = &[
    "Harbour News",
    "News",
    "Oil & Gas",
    "Sport",
    "Café",
    "Oil strikes. Ferry news, harbour news",
];
/// Names, countries, and what they lie in.
const PLACES: &[(&str, Option<&str>, &[&str])] = &[
    ("Cairo", Some("EG"), &["Africa", "Egypt", "Cairo"]),
    ("New Cairo", None, &[]),
    ("Cairo, Illinois (Little Egypt)", Some("US"), &[]),
    ("York", Some("GB"), &["Europe", "United Kingdom", "York"]),
    ("NEW YORK; York", Some("US"), &["North America"]),
    ("Pôrto", None, &["Europe", "Iberia (north)"]),
];

fn placed((name, country, path): (&str, Option<&str>, &[&str])) -> Place {
    Place {
        country: country.map(str::to_owned),
        path: path.iter().map(ToString::to_string).collect(),
        ..place(name)
    }
}

fn text(dice: &mut Dice, most: usize) -> String {
    let mut text = String::new();
    for _ in 0..dice.below(most + 1) {
        text.push_str(dice.pick(WORDS));
        text.push_str(dice.pick(&[" ", " ", " ", " ", ", ", ". ", "\n", "\n\n", " – "]));
    }
    text.trim().to_owned()
}

fn dense(dice: &mut Dice, number: usize) -> Article {
    let some = |dice: &mut Dice, of: &[&str]| {
        (0..dice.below(3))
            .map(|_| dice.pick(of).to_owned())
            .collect::<Vec<_>>()
    };
    let headline = text(dice, 4).replace('\n', " ");
    counted(Article {
        id: format!("{:03}-{number}", dice.below(1000)),
        headline,
        deck: dice.chance(30).then(|| text(dice, 4).replace('\n', " ")),
        body: text(dice, 25),
        byline: some(dice, NAMES),
        date: dice.pick(DATES).map(|date| date.parse().unwrap()),
        places: (0..dice.below(3))
            .map(|_| placed(dice.pick(PLACES)))
            .collect(),
        section: dice.chance(70).then(|| dice.pick(VALUES).to_owned()),
        source: dice.chance(70).then(|| dice.pick(VALUES).to_owned()),
        language: dice.pick(LANGUAGES).map(str::to_owned),
        topics: some(dice, VALUES),
        captions: (0..dice.below(3))
            .map(|_| text(dice, 5).replace('\n', " "))
            .collect(),
        ..Article::default()
    })
}
