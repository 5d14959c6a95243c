//! Advice from the archive: what a query names that is not there, and what may have been meant.

use std::sync::LazyLock;

use morgue::Article;

use super::request;
use crate::archives::{TempArchive, archive_of_commits, article, place};

fn ceasefire(number: usize) -> Article {
    Article {
        language: Some("en".into()),
        source: Some("Morning Post".into()),
        section: Some("Foreign Affairs".into()),
        byline: vec!["John Smith".into()],
        places: vec![place("New York")],
        ..article(
            &format!("truce-{number}"),
            "Truce holds",
            "The truce in the harbour district held. The ceasefire was signed; prisoners swap letters.",
        )
    }
}

static ARCHIVE: LazyLock<TempArchive> = LazyLock::new(|| {
    let mut articles: Vec<Article> = (0..12).map(ceasefire).collect();
    articles.push(Article {
        language: Some("fr".into()),
        ..article(
            "fr",
            "La grève",
            "Trust in the port. A base camp and a ball game. Old fire doors cease to close.",
        )
    });
    let many: Vec<String> = (0..1_200).map(|n| format!("zz{n}")).collect();
    let rest = [
        article("many", "Index", &many.join(" ")),
        article("ja", "東京都は京都へ", "統計"),
        article("zh", "大統領", ""),
        article("base", "Sport", "A baseball match, and a base ball one."),
    ];
    archive_of_commits(&[&articles, &rest], 1)
});

#[test]
fn a_word_inside_longer_words_is_told() {
    check("京都", &[]);
    check(
        "統領",
        &[(
            "統領",
            "`統領` also stands inside longer words, in 1 article; in quotes it is found there too",
        )],
    );
    check("\"統領\"", &[]);
}

/// The warnings of a search, each with what stands at its place; the same as those of its explanation.
#[track_caller]
fn check(query: &str, expected: &[(&str, &str)]) {
    let response = ARCHIVE.search(&request(query)).unwrap();
    let chars: Vec<char> = query.chars().collect();
    let told: Vec<(String, &str)> = response
        .query
        .warnings
        .iter()
        .map(|warning| {
            let place = chars[warning.start..warning.end].iter().collect();
            (place, warning.message.as_str())
        })
        .collect();
    let told: Vec<(&str, &str)> = told
        .iter()
        .map(|(place, told)| (place.as_str(), *told))
        .collect();
    assert_eq!(told, expected, "{query}");
    let explained = ARCHIVE.explain(&request(query)).unwrap();
    assert_eq!(explained.query, response.query);
}

#[test]
fn nothing_is_said_when_every_word_occurs() {
    for query in [
        "",
        "truce",
        "truces harbours",
        "\"the truce\"",
        "trus*",
        "-truce",
        "grèves",
        "lang:fr",
        "place:\"new york\"",
        "section:foreign truce",
        "headline:truce OR byline:smith",
    ] {
        check(query, &[]);
    }
}

#[test]
fn a_word_that_occurs_nowhere_is_told_with_the_one_that_was_meant() {
    check(
        "truse",
        &[(
            "truse",
            "`truse` occurs nowhere; did you mean `truce` (12 articles)?",
        )],
    );
    check(
        "harbour tuce",
        &[(
            "tuce",
            "`tuce` occurs nowhere; did you mean `truce` (12 articles)?",
        )],
    );
    check(
        "hrabuor",
        &[(
            "hrabuor",
            "`hrabuor` occurs nowhere; did you mean `harbour` (12 articles)?",
        )],
    );
    check(
        "\"the Truse, held\"",
        &[(
            "Truse",
            "`Truse` occurs nowhere; did you mean `truce` (12 articles)?",
        )],
    );
    check(
        "truce OR xylophone",
        &[("xylophone", "`xylophone` occurs nowhere")],
    );
    // A word of four letters holds no two slips, and a number none.
    check("trck", &[("trck", "`trck` occurs nowhere")]);
    check("1200x7", &[("1200x7", "`1200x7` occurs nowhere")]);
    check("NOT truse", &[("truse", "`truse` occurs nowhere")]);
    check(
        "truse truse",
        &[(
            "truse",
            "`truse` occurs nowhere; did you mean `truce` (12 articles)?",
        )],
    );
}

#[test]
fn words_are_joined_and_divided() {
    check(
        "harbourdistrict",
        &[(
            "harbourdistrict",
            "`harbourdistrict` occurs nowhere; did you mean \"harbour district\" (12 articles)?",
        )],
    );
    check(
        "\"cease fire\"",
        &[(
            "\"cease fire\"",
            "\"cease fire\" occurs nowhere as a phrase, though its words do; did you mean `ceasefire` (12 articles)?",
        )],
    );
    check(
        "cease-fire",
        &[(
            "cease-fire",
            "cease-fire occurs nowhere as a phrase, though its words do; did you mean `ceasefire` (12 articles)?",
        )],
    );
    check(
        "cease fire held",
        &[("cease fire", "`ceasefire` is one word in 12 articles")],
    );
    check("cease fire", &[]);
}

#[test]
fn a_field_is_named_and_what_is_elsewhere_is_told() {
    check(
        "headline:truse",
        &[(
            "truse",
            "`truse` occurs nowhere in `headline:`; did you mean `truce` (12 articles)?",
        )],
    );
    check(
        "headline:district",
        &[(
            "district",
            "`district` occurs nowhere in `headline:`; elsewhere it does, in 12 articles",
        )],
    );
    check(
        "section:forein",
        &[(
            "forein",
            "`forein` occurs nowhere in `section:`; did you mean `foreign` (12 articles)?",
        )],
    );
    check(
        "place:yrok",
        &[(
            "yrok",
            "`yrok` occurs nowhere in `place:`; did you mean `york` (12 articles)?",
        )],
    );
    check(
        "lang:de truce",
        &[("de", "no article is in `de`; there is en, fr")],
    );
}

#[test]
fn a_name_of_several_words_without_quotes_is_told() {
    check(
        "place:new york",
        &[(
            "york",
            "`york` is looked for anywhere; for the name write place:\"new york\" (12 articles)",
        )],
    );
    check(
        "section:foreign affairs",
        &[(
            "affairs",
            "`affairs` is looked for anywhere; for the name write section:\"foreign affairs\" (12 articles)",
        )],
    );
    check(
        "byline:john smith truce",
        &[(
            "smith",
            "`smith` is looked for anywhere; for the name write byline:\"john smith\" (12 articles)",
        )],
    );
    check(
        "section:foreign AND affairs",
        &[("affairs", "`affairs` occurs nowhere")],
    );
}

#[test]
fn wildcards_tell_when_they_stand_for_none_or_very_many() {
    check("zz*", &[("zz*", "`zz*` stands for 1,200 words")]);
    check("truce OR xyl*", &[("xyl*", "`xyl*` stands for no word")]);
    check("NOT zz*", &[]);
    check(
        "headline:zz*",
        &[("zz*", "`zz*` stands for no word in `headline:`")],
    );
}

#[test]
fn an_explanation_counts_words() {
    let lines = ARCHIVE.explain(&request("tru* OR truce")).unwrap().lines;
    let words: Vec<Option<u64>> = lines.iter().map(|line| line.words).collect();
    assert_eq!(words, [None, Some(2), None]);
}

#[test]
fn many_mistyped_words_are_not_all_told() {
    let query: Vec<String> = (0..40)
        .map(|n| format!("qqq{}xxx", "a".repeat(n + 1)))
        .collect();
    let response = ARCHIVE.search(&request(&query.join(" OR "))).unwrap();
    let told = response.query.warnings;
    assert_eq!(told.len(), 9);
    assert_eq!(told[8].message, "32 more words occur nowhere");
}

#[test]
fn a_cursor_brings_no_advice_again() {
    let mut first = request("truce OR truse");
    first.limit = 5;
    let response = ARCHIVE.search(&first).unwrap();
    assert_eq!(response.query.warnings.len(), 1);
    first.after = response.next;
    assert_eq!(ARCHIVE.search(&first).unwrap().query.warnings, []);
}

#[test]
fn a_place_that_no_article_has_is_told() {
    check(
        "in:Atlantis",
        &[("in:Atlantis", "no article is placed in `Atlantis`")],
    );
    check("truce NOT in:Atlantis", &[]);
}

#[test]
fn an_address_is_not_corrected_word_by_word() {
    let address = "https://truse.example/hrabuor?x=1&y=2";
    let expected = format!("`{address}` occurs nowhere");
    check(address, &[(address, expected.as_str())]);
}
