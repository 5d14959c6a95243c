//! Where each field was found: every format tells it of every field that it fills.

use std::fmt::Write;

use morgue::format::{Draft, FORMATS, MapField, Options, Part};
use morgue::source::Beside;

use super::fixtures::{fixtures, opened};
use super::records;

/// The parts of an article that hold something, by their names.
fn filled(draft: &Draft) -> Vec<Part> {
    let article = serde_json::to_value(&draft.article).unwrap();
    let holds = |name: &str| {
        let value = &article[name];
        !(value.is_null() || *value == "" || value.as_array().is_some_and(Vec::is_empty))
    };
    let fields = MapField::ALL.into_iter().filter(|field| match field {
        MapField::Date => draft.date.is_some(),
        MapField::Updated => draft.updated.is_some(),
        MapField::Embargo => draft.embargo.is_some() || holds("embargo"),
        MapField::Byline => holds("byline") || holds("byline_line"),
        field => holds(field.name()),
    });
    let others = [Part::Version, Part::Follows, Part::Ocr];
    let mut parts: Vec<Part> = fields.map(Part::Field).collect();
    parts.extend(others.into_iter().filter(|part| holds(part.name())));
    parts.extend((article["status"] != "usable").then_some(Part::Status));
    parts.extend(draft.article.stub.then_some(Part::Stub));
    parts
}

#[test]
fn every_field_of_every_fixture_has_an_origin() {
    let options = Options {
        explain: true,
        ..Options::default()
    };
    let mut missing = String::new();
    for format in FORMATS {
        for path in fixtures(format.name) {
            let (name, bytes, beside) = opened(&path);
            let read = records(format.name, &name, &bytes, &options, &beside);
            for draft in read.into_iter().flatten() {
                for part in filled(&draft) {
                    let origins: Vec<String> =
                        draft.origins.of(part).map(ToString::to_string).collect();
                    if origins.is_empty() || origins.iter().any(String::is_empty) {
                        let part = part.name();
                        writeln!(missing, "{} {name}: {part}", format.name).unwrap();
                    }
                }
            }
        }
    }
    assert!(missing.is_empty(), "{missing}");
}

#[test]
fn origins_are_true() {
    let check = |format: &str, file: &str, field: MapField, expected: &[&str]| {
        let path = fixtures(format)
            .into_iter()
            .find(|path| path.ends_with(file))
            .unwrap();
        let bytes = std::fs::read(path).unwrap();
        let options = Options {
            explain: true,
            ..Options::default()
        };
        let read = records(format, file, &bytes, &options, &Beside::default());
        let draft = read.into_iter().flatten().next().unwrap();
        let found: Vec<String> = draft.origins.of(field).map(ToString::to_string).collect();
        assert_eq!(found, expected, "{format} {file} {}", field.name());
    };
    check(
        "nitf",
        "annotated.xml",
        MapField::Date,
        &["meta publication_year, _month, _day_of_month"],
    );
    check(
        "nitf",
        "wire.xml",
        MapField::Topics,
        &[
            "element head/tobject/tobject.subject",
            "element head/docdata/key-list/keyword",
        ],
    );
    check(
        "html",
        "page.html",
        MapField::Source,
        &["meta og:site_name"],
    );
    check(
        "html",
        "page.html",
        MapField::Headline,
        &["JSON-LD headline"],
    );
    check(
        "csv",
        "header.csv",
        MapField::Body,
        &["column 3, full_text"],
    );
    check(
        "csv",
        "bare.tsv",
        MapField::Headline,
        &["column 1, by what its cells look like"],
    );
    check(
        "factiva",
        "codes.txt",
        MapField::Date,
        &["line PD", "line ET"],
    );
    check(
        "rss",
        "feed.xml",
        MapField::Body,
        &["element content:encoded"],
    );
    check(
        "text",
        "wire.txt",
        MapField::Dateline,
        &["dateline at the beginning of the text"],
    );
}
