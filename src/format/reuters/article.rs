//! One `<REUTERS>` element → a [`Draft`].

use chrono::NaiveDate;

use super::super::{Draft, MapField, Origins, Record, Rejection};
use super::body::paragraphs;
use super::dateline::{self, Parts};
use super::element::{attribute, content, decode, list, section, unmarked};
use crate::article::{Article, Place, PlaceFrom};
use crate::source::SkipReason;
use crate::text::date::Reading;
use crate::text::edtf::Edtf;
use crate::text::{byline, clean};

/// What the makers of the collection put where a text would stand when there is a headline only.
const FILLER: &str = "Blah blah blah.";

/// Where the fields are.
const ORIGINS: &[(MapField, (&str, &str))] = &[
    (MapField::Id, ("attribute", "NEWID")),
    (
        MapField::Source,
        ("the collection:", "all of it is Reuters"),
    ),
    (
        MapField::Language,
        ("the collection:", "all of it is English"),
    ),
    (MapField::Places, ("element", "PLACES")),
    (
        MapField::Topics,
        ("elements", "TOPICS, PEOPLE, ORGS, EXCHANGES"),
    ),
    (MapField::Headline, ("element", "TEXT/TITLE")),
    (MapField::Dateline, ("element", "TEXT/DATELINE")),
    (MapField::Body, ("element", "TEXT/BODY")),
    (MapField::Byline, ("element", "TEXT/AUTHOR")),
    (MapField::Date, ("element", "DATE")),
];

/// The article in an element.
pub(super) fn draft(element: &str) -> Record {
    let text = section(element, "TEXT").unwrap_or_else(|| marked_text(element));
    let id = attribute(element, "REUTERS", "NEWID")
        .unwrap_or_default()
        .trim();
    let mut article = Article {
        id: id.to_owned(),
        source: Some("Reuters".to_owned()),
        language: Some("en".to_owned()),
        places: list(element, "PLACES")
            .into_iter()
            .map(|name| Place::named(name, PlaceFrom::Metadata))
            .collect(),
        // What it is about first; then who and which markets it names.
        topics: ["TOPICS", "PEOPLE", "ORGS", "EXCHANGES"]
            .iter()
            .flat_map(|name| list(element, name))
            .collect(),
        ..Article::default()
    };
    let mut origins = Origins::default();
    for (field, at) in ORIGINS {
        origins.note(*field, *at);
    }
    fill_text(&mut article, &mut origins, text);
    if let Some(author) = content(text, "AUTHOR") {
        let line = clean::line(&decode(author));
        article.byline = byline::names(&line);
        article.byline_line = (!line.is_empty()).then_some(line);
    }
    if article.headline.is_empty() && article.body.is_empty() {
        return Err(Rejection::new(SkipReason::NoText, format!("NEWID {id}")));
    }
    let date = content(element, "DATE").and_then(|date| time(&decode(date)));
    Ok(Box::new(Draft {
        article,
        date: date.map(Reading::Settled),
        origins,
        ..Draft::default()
    }))
}

/// Where the text begins in an element that has lost its `<TEXT>` tag.
fn marked_text(element: &str) -> &str {
    element.find("<TITLE>").map_or("", |at| &element[at..])
}

/// Fills headline, body, dateline and its place.
fn fill_text(article: &mut Article, origins: &mut Origins, text: &str) {
    let title = content(text, "TITLE").map(decode);
    let mut parts = dateline::parts(&decode(content(text, "DATELINE").unwrap_or_default()));
    let mut body = decode(content(text, "BODY").unwrap_or_default());
    article.headline = clean::line(title.as_deref().unwrap_or_default());
    let rest = decode(&unmarked(text));
    // Stars mark urgency.
    let rest = rest.trim_matches(|c: char| c == '*' || c.is_whitespace());
    if title.is_none() {
        let (headline, unmarked) = headline_and_body(rest);
        article.headline = clean::line(headline);
        (parts, body) = first_dateline(unmarked);
        let at = "first line of the text, in capitals: there is no <TITLE>";
        origins.note(MapField::Headline, at);
        origins.note(MapField::Body, ("element", "TEXT"));
        origins.note(MapField::Dateline, "dateline at the beginning of the text");
    } else if rest != FILLER && !rest.is_empty() {
        body = format!("{rest}\n\n{body}");
    }
    if let Some(swallowed) = parts.swallowed.take() {
        // `anti-` goes on with its other half, a dash between words keeps its blank.
        let hyphen = swallowed.ends_with('-') && !swallowed.ends_with(" -");
        body = format!(
            "{swallowed}{}{}",
            if hyphen { "" } else { " " },
            body.trim_start()
        );
    }
    article.body = paragraphs(&body);
    if let Some(place) = parts.place {
        let named = |known: &Place| same_name(&known.name, &place);
        if !article.places.iter().any(named) {
            article
                .places
                .push(Place::named(place.clone(), PlaceFrom::Dateline));
            origins.also(MapField::Places, "the dateline");
        }
        article.dateline = Some(place);
    }
}

/// Whether two spellings differ in case and hyphens only: `hong-kong`, `HONG KONG`.
fn same_name(one: &str, other: &str) -> bool {
    let letters = |name: &str| -> String {
        name.chars()
            .filter(|c| c.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .collect()
    };
    letters(one) == letters(other)
}

/// The headline of an unmarked text is its first line, when it is written in capitals. Two thirds are enough: prices
/// and units are in small letters.
fn headline_and_body(text: &str) -> (&str, &str) {
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    let count = |upper: bool| {
        first
            .chars()
            .filter(|c| c.is_alphabetic() && c.is_uppercase() == upper)
            .count()
    };
    let (upper, lower) = (count(true), count(false));
    if upper >= 2 * lower && upper > 0 {
        (first, rest)
    } else {
        ("", text)
    }
}

/// Parts an unmarked text into its dateline, when its first line has one, and the text behind it.
fn first_dateline(text: &str) -> (Parts, String) {
    let lead = text.trim_start();
    let first = lead.lines().next().unwrap_or_default();
    let Some((before, after)) = first.split_once(" - ") else {
        return (Parts::default(), text.to_owned());
    };
    let parts = dateline::parts(before);
    let capitals = before
        .split([',', ' '])
        .next()
        .is_some_and(|word| word.len() > 1 && word.chars().all(|c| !c.is_lowercase()));
    let dated = before.bytes().any(|byte| byte.is_ascii_digit());
    if !capitals || !dated || parts.swallowed.is_some() || parts.place.is_none() {
        return (Parts::default(), text.to_owned());
    }
    let rest = &lead[first.len()..];
    (parts, format!("{after}{rest}"))
}

/// Reads `26-FEB-1987 15:01:01.79`. No zone is given. What follows is ignored, and a time that no clock shows too.
fn time(text: &str) -> Option<Edtf> {
    let mut words = text.split_whitespace();
    let mut date = words.next()?.split('-');
    let day = date.next()?.parse().ok()?;
    let month = month(date.next()?)?;
    let year: String = date.next()?.chars().take(4).collect();
    let day = NaiveDate::from_ymd_opt(year.parse().ok()?, month, day)?;
    let clock = words.next().and_then(|clock| {
        let mut parts = clock.split([':', '.']);
        let mut part = || parts.next()?.parse().ok();
        day.and_hms_opt(part()?, part()?, part()?)
    });
    Some(clock.map_or(Edtf::Day(day), Edtf::Local))
}

/// The number of a month, by its first three letters.
fn month(name: &str) -> Option<u32> {
    const MONTHS: &str = "JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC";
    let name = name.get(..3)?.to_ascii_uppercase();
    let at = MONTHS.find(&name).filter(|at| at % 3 == 0)?;
    u32::try_from(at / 3 + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_with_what_is_wrong_about_them() {
        let check = |text: &str, expected: &str| {
            assert_eq!(
                time(text).map(|time| time.to_string()).unwrap_or_default(),
                expected,
                "{text}"
            );
        };
        check("26-FEB-1987 15:01:01.79", "1987-02-26T15:01:01");
        check("  3-MAR-1987  00:43:42.82", "1987-03-03T00:43:42");
        check("27-MAR-1987 00:02:59.13\t\t\tF RM", "1987-03-27T00:02:59");
        check("31-MAR-1987 605:12:19.12", "1987-03-31");
        check("31-ANF-1987 05:12:19", "");
        check("30-FEB-1987 05:12:19", "");
        check("", "");
    }

    #[test]
    fn unmarked_text_has_its_first_line_in_capitals_as_headline() {
        let draft = draft(
            "<REUTERS NEWID=\"4\"><TEXT TYPE=\"UNPROC\">&#2;\nGRAIN RISES TO 3 dlrs\n    OSLO, March 2 - Grain rose,\nit was said.\n Reuter\n&#3;</TEXT></REUTERS>",
        );
        let article = draft.unwrap().article;
        assert_eq!(article.headline, "GRAIN RISES TO 3 dlrs");
        assert_eq!(article.dateline.as_deref(), Some("OSLO"));
        assert_eq!(article.body, "Grain rose, it was said.");
    }
}
