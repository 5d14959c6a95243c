//! One document of a Nexis download → a record.
//!
//! Above the first named field stand publication, day and, in the newer layout, the headline; what is centred is not the
//! headline. Between the fields, or under a line `Body`, stands the text.

use super::super::mapping::{finished, language_tag, split_dateline};
use super::super::{Draft, MapField, Record, layout};
use crate::article::{Place, PlaceFrom};
use crate::text::{byline, clean, date, dateline};

/// What a named field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Field {
    Headline,
    Deck,
    Byline,
    Section,
    Length,
    Dateline,
    Body,
    Graphic,
    Language,
    Subject,
    Url,
    Copyright,
    Updated,
    /// Nothing that an article keeps.
    Unread,
}

/// The names of fields, in the languages in which downloads come.
const NAMES: &[(Field, &[&str])] = &[
    (
        Field::Headline,
        &["headline", "title", "titre", "schlagzeile"],
    ),
    (
        Field::Deck,
        &["highlight", "abstract", "summary", "subheadline"],
    ),
    (Field::Byline, &["byline", "author", "autor", "auteur"]),
    (Field::Section, &["section", "rubrik", "rubrique"]),
    (Field::Length, &["length", "länge", "longueur", "longitud"]),
    (Field::Dateline, &["dateline"]),
    (Field::Body, &["body", "text", "volltext"]),
    (Field::Graphic, &["graphic", "graphik", "grafik"]),
    (Field::Language, &["language", "sprache", "langue"]),
    (
        Field::Subject,
        &["subject", "organization", "industry", "person", "company"],
    ),
    (Field::Url, &["url"]),
    (Field::Copyright, &["copyright"]),
    (Field::Updated, &["correction-date"]),
    (
        Field::Unread,
        &[
            "load-date",
            "update",
            "publication-type",
            "journal-code",
            "acc-no",
            "type",
            "series",
            "note",
            "notes",
            "distribution",
            "ticker",
            "geographic",
            "city",
            "state",
            "country",
            "classification",
            "pub-type",
            "document-type",
            "correction",
            "zeitungs-code",
        ],
    ),
];

/// Names that stand alone on a line, with the text under them.
const HEADINGS: &[(&str, Field)] = &[
    ("Body", Field::Body),
    ("Graphic", Field::Graphic),
    ("Classification", Field::Unread),
    ("Notes", Field::Unread),
    ("Correction", Field::Unread),
];

/// The field that a line begins, and what stands behind its name.
fn field(line: &str) -> Option<(Field, &str)> {
    let trimmed = line.trim();
    if let Some((_, field)) = HEADINGS.iter().find(|(name, _)| *name == trimmed) {
        return Some((*field, ""));
    }
    let (name, value) = trimmed.split_once(':')?;
    // `Text:` and `Note:` begin sentences, too: the names are in capitals, or are those of the newer layout.
    let capitals = name.chars().all(|c| !c.is_lowercase());
    let lower = name.to_lowercase();
    let (field, _) = NAMES
        .iter()
        .find(|(_, names)| names.contains(&lower.as_str()))?;
    let newer = matches!(
        field,
        Field::Section | Field::Length | Field::Byline | Field::Dateline | Field::Deck
    ) || lower == "load-date";
    let titled = name.chars().next().is_some_and(char::is_uppercase);
    (capitals || newer && titled).then_some((*field, value.trim()))
}

/// Whether a line is the length of a document: `LENGTH: 512 words`.
pub(super) fn is_length(line: &str) -> bool {
    field(line).is_some_and(|(field, value)| {
        field == Field::Length && value.starts_with(|c: char| c.is_ascii_digit())
    })
}

/// Whether these lines are a document, and no list of what was searched for.
pub(super) fn is_document(lines: &[&str]) -> bool {
    lines.iter().any(|line| {
        field(line).is_some_and(|(field, _)| {
            matches!(field, Field::Length | Field::Body | Field::Headline)
        })
    })
}

/// The record that the lines of a document make.
pub(super) fn record(lines: &[&str]) -> Record {
    let mut draft = Draft::default();
    let lines = &lines[cover(lines)..];
    let begin = lines
        .iter()
        .position(|line| field(line).is_some())
        .unwrap_or(lines.len());
    let mut text: Vec<&str> = Vec::new();
    let mut open: Option<(Field, Vec<&str>)> = None;
    for line in &lines[begin..] {
        if let Some((next, value)) = field(line) {
            close(&mut draft, open.take(), &mut text);
            open = Some((next, vec![value]));
        } else if line.trim().is_empty()
            && open.as_ref().is_some_and(|(field, values)| {
                *field != Field::Body && values.iter().any(|value| !value.trim().is_empty())
            })
        {
            // An empty line ends a field; what follows without a name is text.
            close(&mut draft, open.take(), &mut text);
        } else if let Some((_, values)) = &mut open {
            values.push(line);
        } else {
            text.push(line);
        }
    }
    close(&mut draft, open, &mut text);
    preamble(&mut draft, &lines[..begin]);
    take_copyright(&mut draft, &mut text);
    draft.article.body = layout::paragraphs(&text.join("\n"));
    draft
        .origins
        .note(MapField::Body, "line `Body`, or the lines without a name");
    split_dateline(&mut draft);
    finished(draft, "a document without text")
}

/// How many lines stand before the document: the page that says what was searched for.
fn cover(lines: &[&str]) -> usize {
    const COVER: &[&str] = &[
        "Client/Matter:",
        "Search Terms:",
        "Search Type:",
        "Narrowed by:",
        "Content Type",
        "Job Number:",
        "Date and Time:",
    ];
    lines
        .iter()
        .rposition(|line| COVER.iter().any(|begin| line.trim().starts_with(begin)))
        .map_or(0, |at| {
            // What the search was narrowed by.
            let rest = &lines[at + 1..];
            at + 1
                + rest
                    .iter()
                    .take_while(|line| !line.trim().is_empty())
                    .count()
        })
}

/// The fields that named lines hold, and their English names.
const ORIGINS: &[(Field, MapField, &str)] = &[
    (Field::Headline, MapField::Headline, "HEADLINE"),
    (Field::Deck, MapField::Deck, "HIGHLIGHT"),
    (Field::Byline, MapField::Byline, "BYLINE"),
    (Field::Section, MapField::Section, "SECTION"),
    (Field::Dateline, MapField::Dateline, "DATELINE"),
    (Field::Dateline, MapField::Places, "DATELINE"),
    (Field::Graphic, MapField::Captions, "GRAPHIC"),
    (Field::Language, MapField::Language, "LANGUAGE"),
    (Field::Subject, MapField::Topics, "SUBJECT, and its like"),
    (Field::Url, MapField::Url, "URL"),
    (Field::Copyright, MapField::Copyright, "COPYRIGHT"),
    (Field::Updated, MapField::Updated, "CORRECTION-DATE"),
];

/// Sets the field that ends.
fn close<'a>(draft: &mut Draft, open: Option<(Field, Vec<&'a str>)>, text: &mut Vec<&'a str>) {
    let Some((field, values)) = open else {
        return;
    };
    if field == Field::Body {
        text.extend(values);
        return;
    }
    let value = clean::line(&values.join(" "));
    if value.is_empty() {
        return;
    }
    for (_, part, name) in ORIGINS.iter().filter(|(known, ..)| *known == field) {
        draft.origins.also(*part, ("line", *name));
    }
    let article = &mut draft.article;
    match field {
        Field::Headline => article.headline = value,
        Field::Deck => article.deck = Some(value),
        Field::Byline => {
            article.byline = byline::names(&value);
            article.byline_line = Some(value);
        }
        Field::Section => {
            let section = value.split(';').next().unwrap_or_default().trim();
            article.section = Some(section.to_owned());
        }
        Field::Dateline => {
            let place = dateline::from_field(&value).map_or(value, |found| found.place);
            article
                .places
                .push(Place::named(place.clone(), PlaceFrom::Dateline));
            article.dateline = Some(place);
        }
        Field::Graphic => article.captions.push(value),
        Field::Language => {
            let first = value.split([';', ',']).next().unwrap_or_default();
            article.language = language_tag(first);
        }
        Field::Subject => article.topics.extend(
            value
                .split(';')
                .map(|topic| {
                    topic
                        .split(" (")
                        .next()
                        .unwrap_or_default()
                        .trim()
                        .to_owned()
                })
                .filter(|topic| !topic.is_empty()),
        ),
        Field::Url => article.url = Some(value),
        Field::Copyright => article.copyright = Some(value),
        Field::Updated => draft.updated = date::read(&value, Some("en")),
        Field::Length | Field::Unread | Field::Body => {}
    }
}

/// Reads what stands above the first named field.
fn preamble(draft: &mut Draft, lines: &[&str]) {
    let mut before: Vec<&str> = Vec::new();
    let mut after: Vec<&str> = Vec::new();
    for line in lines.iter().filter(|line| !line.trim().is_empty()) {
        let words = line.trim();
        if is_rights(words) {
            add_copyright(draft, words);
            let at = "line of rights above the fields";
            draft.origins.also(MapField::Copyright, at);
            continue;
        }
        // A day, perhaps with its name, an edition and a time.
        let day = (draft.date.is_none() && words.len() <= 80)
            .then(|| date::find(words, Some("en")).or_else(|| date::find(words, None)))
            .flatten()
            .filter(|(range, _)| range.start <= 12);
        match day {
            Some((_, day)) => draft.date = date::read(words, Some("en")).or(Some(day)),
            None if draft.date.is_none() => before.push(line),
            None => after.push(line),
        }
    }
    if draft.date.is_some() {
        let at = "first day above the fields";
        draft.origins.note(MapField::Date, at);
    }
    // The publication is above its day; in the newer layout the headline is above both.
    if let Some(source) = before.pop() {
        draft.article.source = Some(clean::line(source));
        draft.origins.note(MapField::Source, "line above the date");
    }
    let centred = |line: &&&str| line.starts_with("        ");
    let named = draft.article.headline.is_empty();
    if named && !before.is_empty() {
        draft.article.headline = clean::line(&before.join(" "));
        let at = "lines above source and date";
        draft.origins.note(MapField::Headline, at);
    } else if named {
        let flush: Vec<&str> = after
            .iter()
            .filter(|line| !centred(line))
            .copied()
            .collect();
        // Without its layout an edition cannot be told but by its name.
        let headline: Vec<&str> = flush
            .into_iter()
            .filter(|line| !line.trim().ends_with("Edition"))
            .collect();
        draft.article.headline = clean::line(&headline.join(" "));
        let at = "lines below the date";
        draft.origins.note(MapField::Headline, at);
    }
}

fn is_rights(line: &str) -> bool {
    let lower = line.to_lowercase();
    lower.starts_with("copyright ")
        || lower.starts_with('©')
        || lower.ends_with("rights reserved")
        || lower.ends_with("rights reserved.")
}

fn add_copyright(draft: &mut Draft, line: &str) {
    let line = clean::line(line);
    match &mut draft.article.copyright {
        Some(copyright) => {
            copyright.push(' ');
            copyright.push_str(&line);
        }
        None => draft.article.copyright = Some(line),
    }
}

/// Takes the copyright that the older layout has under the text.
fn take_copyright(draft: &mut Draft, text: &mut Vec<&str>) {
    let mut last: Vec<&str> = Vec::new();
    while let Some(line) = text.pop() {
        let words = line.trim();
        if words.is_empty() {
            continue;
        }
        if last.len() < 3 && is_rights(words) {
            last.push(words);
            continue;
        }
        text.push(line);
        break;
    }
    for line in last.into_iter().rev() {
        let at = "line of rights below the text";
        draft.origins.also(MapField::Copyright, at);
        add_copyright(draft, line);
    }
}
