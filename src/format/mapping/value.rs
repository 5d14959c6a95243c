//! Reads what is found under the names: texts, lists of names, dates, tags of languages.
//!
//! Knows the shapes in which exporters keep the same thing: a string, a list of strings, an object with a `name`, a list
//! of such objects, and a list printed into a string.

use std::borrow::Cow;

use chrono::DateTime;

use super::super::markup;
use super::Node;
use crate::text::date::{self, Reading};
use crate::text::edtf::Edtf;
use crate::text::{byline, clean};

/// The members of an object that hold its text, the best first.
const TEXTS: &[&str] = &[
    "value",
    "text",
    "rendered",
    "main",
    "content",
    "html",
    "body",
    "body_html",
    "body_xhtml",
    "body_text",
    "name",
    "title",
    "headline",
    "label",
    "term",
    "original",
    "default",
    "url",
    "href",
    "domain",
    "#text",
    "$t",
    "_",
    "$date",
    "$oid",
    "$numberLong",
    "@value",
    "@id",
    "id",
];

/// Members that hold a text part by part, and each of these its own.
const PARTS: &[&str] = &["sections", "paragraphs", "blocks"];

/// Members that tell that the objects of a list are one thing in several shapes, of which the first is taken.
const VARIANTS: &[&str] = &[
    "role",
    "contenttype",
    "contentType",
    "mimetype",
    "mimeType",
    "rel",
];

/// Kinds of pieces of an article that are not its text, where a list holds the whole page piece by piece.
const NO_TEXT: &[&str] = &[
    "title",
    "headline",
    "kicker",
    "byline",
    "date",
    "image",
    "photo",
    "video",
    "gallery",
    "author_info",
    "deck",
    "ad",
    "tweet",
    "pullquote",
    "related",
];

/// Whether an element of a list is the text of one of those pieces.
fn is_no_text(item: &Node<'_>) -> bool {
    matches!(item.member("type"), Some(Node::Text(kind)) if NO_TEXT.iter().any(|known| known.eq_ignore_ascii_case(kind)))
}

/// The text of a value; paragraphs of a list are divided by empty lines.
pub(super) fn text<'n>(node: &'n Node<'n>) -> Option<Cow<'n, str>> {
    match node {
        Node::Null | Node::Bool(_) => None,
        Node::Number(number) => Some(Cow::Borrowed(number)),
        Node::Text(text) => (!node.is_void()).then_some(Cow::Borrowed(text.as_ref())),
        Node::List(items) => {
            let variants = VARIANTS.iter().any(|name| {
                items
                    .first()
                    .is_some_and(|item| item.member(name).is_some())
            });
            let parts: Vec<_> = items
                .iter()
                .filter(|item| !is_no_text(item))
                .filter_map(text)
                .take(if variants { 1 } else { usize::MAX })
                .collect();
            match parts.len() {
                0 => None,
                1 => parts.into_iter().next(),
                _ => Some(Cow::Owned(parts.join("\n\n"))),
            }
        }
        Node::Object(_) => {
            in_parts(node).or_else(|| TEXTS.iter().find_map(|name| text(node.member(name)?)))
        }
    }
}

/// The text of an object that holds it part by part, a cross-heading and a lead before the parts.
fn in_parts<'n>(object: &'n Node<'n>) -> Option<Cow<'n, str>> {
    let first = |names: &[&str]| names.iter().find_map(|name| text(object.member(name)?));
    let parts = PARTS.iter().find_map(|name| {
        let list = object.member(name).filter(|it| matches!(it, Node::List(_)));
        text(list?)
    })?;
    let before = [
        first(&["headline", "heading", "title"]),
        first(&["summary", "lead"]),
    ];
    let mut all: Vec<Cow<'n, str>> = before.into_iter().flatten().collect();
    all.push(parts);
    Some(Cow::Owned(all.join("\n\n")))
}

/// Whether a text is more than a few words.
pub(super) fn is_long(node: Option<&Node<'_>>) -> bool {
    node.and_then(text)
        .is_some_and(|text| text.chars().take(40).count() == 40)
}

/// One line, without markup.
pub(super) fn line(text: &str) -> String {
    clean::line(&markup::text(text))
}

/// The text of the first member of a list, else the text.
pub(super) fn first_text<'n>(node: &'n Node<'n>) -> Option<Cow<'n, str>> {
    match node {
        Node::List(items) => items.iter().find_map(text),
        _ => text(node),
    }
}

/// The members of a list: of an array, of an array printed into a string, or of a string with delimiters in it.
pub(super) fn list(node: &Node<'_>, delimiters: &[char]) -> Vec<String> {
    let mut members = Vec::new();
    let mut add = |text: &str| {
        let member = line(text);
        if !member.is_empty() && !members.contains(&member) {
            members.push(member);
        }
    };
    match node {
        Node::List(items) => items.iter().filter_map(text).for_each(|text| add(&text)),
        Node::Text(text) => match printed_list(text) {
            Some(items) => items.iter().for_each(|item| add(item)),
            None => {
                // The rarest delimiter that occurs: commas may stand inside of names.
                match delimiters
                    .iter()
                    .rev()
                    .find(|delimiter| text.contains(**delimiter))
                {
                    Some(delimiter) => text.split(*delimiter).for_each(add),
                    None => add(text),
                }
            }
        },
        _ => {
            if let Some(text) = text(node) {
                add(&text);
            }
        }
    }
    members
}

/// The members of a list printed into a string: `['a', "b"]`, `["a"]`.
fn printed_list(text: &str) -> Option<Vec<String>> {
    let inner = text.trim().strip_prefix('[')?.strip_suffix(']')?;
    let mut members = Vec::new();
    let mut rest = inner.trim_start();
    while !rest.is_empty() {
        let quote = rest.chars().next().filter(|c| matches!(c, '\'' | '"'))?;
        let mut member = String::new();
        let mut chars = rest[1..].char_indices();
        let end = loop {
            match chars.next()? {
                (at, c) if c == quote => break at + 2,
                (_, '\\') => member.extend(chars.next().map(|(_, c)| c)),
                (_, c) => member.push(c),
            }
        };
        members.push(member);
        rest = rest[end..].trim_start();
        rest = rest.strip_prefix(',').unwrap_or(rest).trim_start();
    }
    Some(members)
}

/// The names of the authors, and the line in which they were printed, if it was one.
pub(super) fn authors(node: &Node<'_>) -> (Vec<String>, Option<String>) {
    let printed = match node {
        Node::Text(text) => printed_list(text).is_none().then(|| line(text)),
        Node::Object(_) => node
            .member("original")
            .and_then(text)
            .map(|text| line(&text)),
        _ => None,
    };
    if let Some(printed) = printed {
        return (
            byline::names(&printed),
            (!printed.is_empty()).then_some(printed),
        );
    }
    let mut names: Vec<String> = Vec::new();
    let mut add = |name: &str| {
        for name in byline::names(&line(name)) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
    };
    match node {
        Node::List(items) => items.iter().filter_map(person).for_each(|name| add(&name)),
        Node::Text(_) => list(node, &[]).iter().for_each(|name| add(name)),
        _ => person(node).iter().for_each(|name| add(name)),
    }
    (names, None)
}

/// The name of a person.
fn person<'n>(node: &'n Node<'n>) -> Option<Cow<'n, str>> {
    let part = |names: &[&str]| names.iter().find_map(|name| text(node.member(name)?));
    let first = part(&[
        "firstname",
        "firstName",
        "first_name",
        "first",
        "givenName",
        "given_name",
    ]);
    let last = part(&[
        "lastname",
        "lastName",
        "last_name",
        "last",
        "familyName",
        "family_name",
        "surname",
    ]);
    // The line of an agency, with the author's title beside it.
    if let Some(line) = part(&["by"]) {
        return Some(line);
    }
    match (part(&["name"]), first, last) {
        (None, Some(first), Some(last)) => Some(Cow::Owned(format!("{first} {last}"))),
        _ => text(node),
    }
}

/// The date in a value: as printed, or as seconds, milliseconds or microseconds since 1970.
pub(super) fn date(node: &Node<'_>, language: Option<&str>) -> Option<Reading> {
    let text = first_text(node)?;
    let text = text.trim();
    let digits = text.strip_prefix('-').unwrap_or(text);
    let whole = digits.split_once('.').map_or(digits, |(whole, _)| whole);
    if whole.len() >= 9
        && digits
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'.')
        && let Some(instant) = since_1970(text, whole.len())
    {
        return Some(instant);
    }
    date::read(text, language)
}

/// Reads a number of seconds, or of parts of them: how many digits it has tells which. Numbers of 9 to 11 digits are
/// seconds from 1973 on, three or six more are thousandths or millionths.
fn since_1970(number: &str, digits: usize) -> Option<Reading> {
    let whole = number.split_once('.').map_or(number, |(whole, _)| whole);
    let number: i64 = whole.parse().ok()?;
    let instant = match digits {
        9..=11 => DateTime::from_timestamp(number, 0)?,
        12..=14 if !looks_like_a_date(whole) => DateTime::from_timestamp_millis(number)?,
        15..=17 => DateTime::from_timestamp_micros(number)?,
        _ => return None,
    };
    Some(Reading::Settled(Edtf::Instant(instant.fixed_offset())))
}

/// Whether the digits are year, month, day and a time: `20240918143000`.
fn looks_like_a_date(digits: &str) -> bool {
    let part = |from: usize, to: usize| {
        digits
            .get(from..to)
            .and_then(|part| part.parse::<u32>().ok())
    };
    let date = matches!(
        (part(0, 4), part(4, 6), part(6, 8)),
        (Some(1600..=2199), Some(1..=12), Some(1..=31))
    );
    date && matches!((part(8, 10), part(10, 12)), (Some(0..=23), Some(0..=59)))
}

/// A BCP 47 tag in its usual case, from a tag or from the English name of a language.
pub(crate) fn language_tag(text: &str) -> Option<String> {
    const NAMES: &[(&str, &str)] = &[
        ("english", "en"),
        ("german", "de"),
        ("deutsch", "de"),
        ("french", "fr"),
        ("spanish", "es"),
        ("italian", "it"),
        ("portuguese", "pt"),
        ("dutch", "nl"),
        ("russian", "ru"),
        ("turkish", "tr"),
        ("arabic", "ar"),
        ("persian", "fa"),
        ("farsi", "fa"),
        ("hebrew", "he"),
        ("chinese", "zh"),
        ("japanese", "ja"),
        ("korean", "ko"),
        ("kurdish", "ku"),
        ("hindi", "hi"),
        ("urdu", "ur"),
        ("swahili", "sw"),
        ("polish", "pl"),
        ("ukrainian", "uk"),
        ("swedish", "sv"),
        ("norwegian", "no"),
        ("danish", "da"),
        ("finnish", "fi"),
        ("greek", "el"),
    ];
    let text = text.trim();
    if let Some((_, tag)) = NAMES
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case(text))
    {
        return Some((*tag).to_owned());
    }
    let mut parts = text.split(['-', '_']);
    let first = parts.next().filter(|first| {
        (2..=3).contains(&first.len()) && first.bytes().all(|byte| byte.is_ascii_alphabetic())
    })?;
    let mut tag = first.to_ascii_lowercase();
    for part in parts {
        if part.is_empty()
            || part.len() > 8
            || !part.bytes().all(|byte| byte.is_ascii_alphanumeric())
        {
            return None;
        }
        tag.push('-');
        match part.len() {
            2 => tag.push_str(&part.to_ascii_uppercase()),
            4 => {
                tag.push_str(&part[..1].to_ascii_uppercase());
                tag.push_str(&part[1..].to_ascii_lowercase());
            }
            _ => tag.push_str(&part.to_ascii_lowercase()),
        }
    }
    Some(tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn node(text: &str) -> Node<'_> {
        serde_json::from_str(text).unwrap()
    }

    #[test]
    fn lists_come_in_many_shapes() {
        let check = |json: &str, expected: &[&str]| {
            assert_eq!(list(&node(json), &[',', ';']), expected, "{json}");
        };
        check(r#"["a", " b ", "", "a"]"#, &["a", "b"]);
        check(r#"[{"name": "a"}, {"value": "b"}, 7]"#, &["a", "b", "7"]);
        check(r#""a, b""#, &["a", "b"]);
        check(r#""a, b; c""#, &["a, b", "c"]);
        check(r#""['a', \"it's\", 'it\\'s']""#, &["a", "it's"]);
        check(r#""[unprinted]""#, &["[unprinted]"]);
    }

    #[test]
    fn numbers_are_dates() {
        let check = |json: &str, expected: &str| {
            let read = match date(&node(json), None) {
                Some(Reading::Settled(date)) => date.to_string(),
                _ => String::new(),
            };
            assert_eq!(read, expected, "{json}");
        };
        check("1714726800", "2024-05-03T09:00:00Z");
        check("1714726800000", "2024-05-03T09:00:00Z");
        check(r#""1714726800.25""#, "2024-05-03T09:00:00Z");
        check("20030219", "2003-02-19");
        check(
            r#"{"$date": {"$numberLong": "1714726800000"}}"#,
            "2024-05-03T09:00:00Z",
        );
        check(
            r#"{"$date": "2024-05-03T09:00:00Z"}"#,
            "2024-05-03T09:00:00Z",
        );
        check("99999999999999999999", "");
    }

    #[test]
    fn languages_are_tags() {
        let check = |text: &str, expected: Option<&str>| {
            assert_eq!(language_tag(text).as_deref(), expected);
        };
        check("en", Some("en"));
        check("EN_in", Some("en-IN"));
        check("zh-hans", Some("zh-Hans"));
        check("German", Some("de"));
        check("?", None);
        check("Martian", None);
    }

    #[test]
    fn authors_are_names_or_a_line() {
        let check = |json: &str, names: &[&str], line: Option<&str>| {
            let (found, printed) = authors(&node(json));
            assert_eq!(
                (found, printed.as_deref()),
                (names.iter().map(ToString::to_string).collect(), line)
            );
        };
        check(r#""By Ada Byron""#, &["Ada Byron"], Some("By Ada Byron"));
        check(
            r#"["Ada Byron", {"name": "Jo March"}]"#,
            &["Ada Byron", "Jo March"],
            None,
        );
        check(
            r#"[{"firstName": "Jo", "lastName": "March"}]"#,
            &["Jo March"],
            None,
        );
        check(
            r#""['Ada Byron', 'Jo March']""#,
            &["Ada Byron", "Jo March"],
            None,
        );
    }
}
