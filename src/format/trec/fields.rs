//! Finds the fields of a `<DOC>` element, whatever its collection calls them, and undoes their markup.
//!
//! One pass over the tags. Elements that only hold others (`<BODY>`, `<HEADER>`) are looked into; the first element that
//! is in the table is taken whole.

use std::borrow::Cow;

use crate::text::clean;

/// What an element of a document holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    Id,
    Headline,
    Deck,
    Byline,
    Date,
    Dateline,
    Body,
    Section,
    Source,
    Topics,
    Captions,
    Copyright,
    Language,
    Url,
    /// Story, advisory to editors, correction.
    Kind,
    /// What a program needs and no reader.
    Unread,
}

/// The names of the elements in the collections.
const NAMES: &[(Field, &str)] = &[
    (Field::Id, "DOCNO DOCID"),
    (Field::Headline, "HEADLINE HEAD HL TITLE TI DOCTITLE"),
    (Field::Deck, "SUMMARY ABSTRACT SUBHEAD"),
    (Field::Byline, "BYLINE AUTHOR AU AUTHORS"),
    (
        Field::Date,
        "DATE DD DATE_TIME DATETIME DATE1 PUBDATE DATE-TIME PDATE",
    ),
    (Field::Dateline, "DATELINE"),
    (Field::Body, "TEXT LP LEADPARA LEAD"),
    (Field::Section, "SECTION CAT CATEGORY"),
    (Field::Source, "SO PUB SOURCE JOURNAL NAME PUBLICATION"),
    (Field::Topics, "IN SUBJECT DESCRIPT KEYWORDS KEYWORD TP"),
    (Field::Captions, "CAPTION GRAPHIC"),
    (Field::Copyright, "COPYRGHT COPYRIGHT"),
    (Field::Language, "LANGUAGE LANG"),
    (Field::Url, "URL"),
    (Field::Kind, "DOCTYPE TYPE"),
    (
        Field::Unread,
        "FIRST SECOND SLUG PREAMBLE ANNOTATION TRAILER PROFILE HT MEMO CORRECTION",
    ),
];

/// An element that holds a field.
#[derive(Debug, Clone, Copy)]
pub(super) struct Found<'a> {
    pub(super) field: Field,
    /// Its name, in capitals.
    pub(super) name: &'static str,
    /// The attributes, as printed.
    pub(super) attributes: &'a str,
    /// What is in it, with its markup.
    pub(super) content: &'a str,
}

/// The fields of an element, in its order.
pub(super) fn fields(element: &str) -> Vec<Found<'_>> {
    let mut found = Vec::new();
    // Names whose end tag was looked for in vain; there are as many as the table has.
    let mut endless: Vec<&str> = Vec::new();
    let mut rest = element;
    while let Some(at) = rest.find('<') {
        let tag = &rest[at + 1..];
        if let Some(comment) = tag.strip_prefix("!--") {
            rest = comment.find("-->").map_or("", |end| &comment[end + 3..]);
            continue;
        }
        let Some(end) = tag.find('>') else {
            break;
        };
        rest = &tag[end + 1..];
        let (name, attributes) = tag[..end]
            .split_once(char::is_whitespace)
            .unwrap_or((&tag[..end], ""));
        let Some((field, known)) = field_of(name) else {
            continue;
        };
        let close = (!endless.contains(&name))
            .then(|| rest.find(&format!("</{name}>")))
            .flatten();
        let length = close.unwrap_or_else(|| {
            if !endless.contains(&name) {
                endless.push(name);
            }
            // The text without an end goes on to the end; a line of the header to the next tag.
            let next = if field == Field::Body {
                None
            } else {
                rest.find('<')
            };
            next.unwrap_or(rest.len())
        });
        found.push(Found {
            field,
            name: known,
            attributes,
            content: &rest[..length],
        });
        rest = &rest[length..];
    }
    found
}

fn field_of(name: &str) -> Option<(Field, &'static str)> {
    NAMES.iter().find_map(|(field, names)| {
        let known = names.split(' ').find(|known| *known == name)?;
        Some((*field, known))
    })
}

/// The attribute of this name in the attributes of a tag, quoted or not.
pub(super) fn attribute<'a>(attributes: &'a str, name: &str) -> Option<&'a str> {
    let at = attributes
        .match_indices(name)
        .map(|(at, _)| at)
        .find(|at| {
            let before = attributes[..*at].chars().next_back();
            before.is_none_or(char::is_whitespace)
                && attributes[*at + name.len()..].trim_start().starts_with('=')
        })?;
    let value = attributes[at + name.len()..]
        .trim_start()
        .strip_prefix('=')?;
    let value = value.trim_start();
    match value.chars().next()? {
        quote @ ('"' | '\'') => value[1..].split(quote).next(),
        _ => value.split(|c: char| c.is_whitespace() || c == '>').next(),
    }
}

/// The text of an element on one line.
pub(super) fn line(content: &str) -> String {
    clean::line(&references(&without_tags(content, " ")))
}

/// The text of an element as paragraphs: told by `<P>` where there are some, else by indents and empty lines.
pub(super) fn paragraphs(content: &str) -> String {
    let marked = ["<P>", "<p>", "<P "]
        .iter()
        .any(|tag| content.contains(tag));
    if !marked {
        let text = without_tags(content, "");
        return clean::paragraphs(&references(&text));
    }
    let text = without_tags(content, "\u{c}");
    let parts: Vec<String> = references(&text)
        .split('\u{c}')
        .map(clean::line)
        .filter(|part| !part.is_empty())
        .collect();
    parts.join("\n\n")
}

/// The text without its tags; for those of paragraphs `instead` is put.
fn without_tags<'a>(content: &'a str, instead: &str) -> Cow<'a, str> {
    if !content.contains('<') {
        return Cow::Borrowed(content);
    }
    let mut out = String::with_capacity(content.len());
    let mut rest = content;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some(quoted) = rest.strip_prefix("<![CDATA[") {
            let end = quoted.find("]]>").unwrap_or(quoted.len());
            out.push_str(&without_tags(&quoted[..end], instead));
            rest = quoted.get(end + 3..).unwrap_or_default();
            continue;
        }
        let tag = rest[1..].strip_prefix('/').unwrap_or(&rest[1..]);
        let begins = tag.starts_with(|c: char| c.is_ascii_alphabetic() || c == '!' || c == '?');
        let end = if rest.starts_with("<!--") {
            rest.find("-->").map(|end| end + 3)
        } else {
            // No tag is longer; a lone `<` stays.
            let within = rest.bytes().take(300).position(|byte| byte == b'>');
            within.map(|end| end + 1)
        };
        match end {
            Some(end) if begins => {
                let name = tag.split(|c: char| !c.is_ascii_alphanumeric()).next();
                if name.is_some_and(|name| {
                    ["P", "BR", "HR"]
                        .iter()
                        .any(|known| known.eq_ignore_ascii_case(name))
                }) {
                    out.push_str(instead);
                }
                rest = &rest[end..];
            }
            _ => {
                out.push('<');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// Decodes references, also the marks of typesetting that the wires of the LDC write as such (`&LR;`, `&Cx1f;`).
fn references(text: &str) -> Cow<'_, str> {
    const MARKS: &[(&str, &str)] = &[
        ("&AMP;", "&"),
        ("&blank;", " "),
        ("&hyph;", "-"),
        ("&MD;", " — "),
        ("&LR;", ""),
        ("&UR;", ""),
        ("&QL;", ""),
        ("&QC;", ""),
        ("&QR;", ""),
        ("&HT;", " "),
        ("&TL;", ""),
        ("&D0;", ""),
        ("&D1;", ""),
        ("&D2;", ""),
    ];
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut text = text.to_owned();
    for (mark, meaning) in MARKS {
        if text.contains(mark) {
            text = text.replace(mark, meaning);
        }
    }
    if text.contains("&Cx") {
        let mut parts = text.split("&Cx");
        let mut out = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let end = part.bytes().take(5).position(|byte| byte == b';');
            out.push_str(&part[end.map_or(0, |end| end + 1)..]);
        }
        text = out;
    }
    Cow::Owned(clean::entities(&text).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_found_with_and_without_end_tags() {
        let found = fields(
            "<DOC>\n<DOCNO> A1 </DOCNO><CODE>SJ<NAME>Harbour News\n<PUBDATE>910630<DAY>SUNDAY<BODY><HEADLINE>Up</HEADLINE><TEXT>It <b>rose.",
        );
        let shown: Vec<(&str, &str)> = found
            .iter()
            .map(|found| (found.name, found.content.trim()))
            .collect();
        assert_eq!(
            shown,
            [
                ("DOCNO", "A1"),
                ("NAME", "Harbour News"),
                ("PUBDATE", "910630"),
                ("HEADLINE", "Up"),
                ("TEXT", "It <b>rose.")
            ]
        );
    }

    #[test]
    fn markup_is_undone() {
        let check = |content: &str, expected: &str| assert_eq!(paragraphs(content), expected);
        check(
            "<P>\nOne\nline.\n</P>\n<P>Two &amp; <b_enamex type=\"X\">three<e_enamex>.</P>",
            "One line.\n\nTwo & three.",
        );
        check(
            "   It rose\nthere.\n   It <NUM>fell<E>.",
            "It rose there.\n\nIt fell.",
        );
        check("<![CDATA[<IMAGE> It rose. ]]>", "It rose.");
        check("<!-- PJG 0012 -->5 < 6 &Cx13;&LR;", "5 < 6");
        check("<", "<");
    }

    #[test]
    fn attributes_are_quoted_or_not() {
        assert_eq!(attribute("docid=\"1\" id='a b'", "id"), Some("a b"));
        assert_eq!(attribute("id=AFP_1 type = story", "type"), Some("story"));
        assert_eq!(attribute("id", "id"), None);
    }
}
