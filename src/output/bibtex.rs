//! One reference a hit, as an `@article` of BibTeX: what LaTeX, JabRef and Zotero take in. UTF-8.
//!
//! Whatever TeX would obey is written out (`\&`, `\textbackslash{}`), and braces are never left alone: BibTeX counts them, also
//! those behind a backslash. Keys are made of the id alone, so they are the same in every export.

use std::io::{self, Write};

use chrono::Datelike;

use super::terminal::clean;
use super::{Render, marks};
use crate::search::{Hit, Response};
use crate::text::edtf::Edtf;

/// The names that BibTeX has for months.
const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];

/// A field, and what stands in its braces of a hit, if anything.
type Field = (&'static str, fn(&Hit) -> Option<String>);

/// The fields, in their order.
const FIELDS: &[Field] = &[
    // In two braces: a style must not change the capitals of a headline.
    ("title", |hit| Some(format!("{{{}}}", tex(&hit.headline)))),
    ("author", |hit| {
        let names: Vec<_> = hit.byline.iter().map(|name| author(name)).collect();
        Some(names.join(" and "))
    }),
    ("journal", |hit| hit.source.as_deref().map(tex)),
    ("year", |hit| {
        hit.date
            .map(|date| format!("{:04}", date.first_day().year()))
    }),
    ("date", |hit| {
        hit.date.map(|date| date.without_time().to_string())
    }),
    ("url", |hit| hit.url.as_deref().map(address)),
    ("langid", |hit| hit.language.as_deref().map(tex)),
    ("keywords", |hit| {
        let places: Vec<_> = hit.places.iter().map(|place| tex(&place.name)).collect();
        Some(places.join(", "))
    }),
    ("abstract", |hit| {
        let snippet = marks::below_headline(hit).next();
        snippet.map(|snippet| tex(&snippet.text))
    }),
    ("note", |hit| Some(tex(&hit.id))),
];

/// The output `bibtex`.
pub(super) struct BibTex<'a> {
    out: &'a mut dyn Write,
}

impl<'a> BibTex<'a> {
    pub(super) fn new(out: &'a mut dyn Write) -> Self {
        BibTex { out }
    }
}

impl Render for BibTex<'_> {
    fn begin(&mut self, _: &Response) -> io::Result<()> {
        Ok(())
    }

    fn hit(&mut self, hit: &Hit) -> io::Result<()> {
        write!(self.out, "@article{{{}", key(hit))?;
        for (name, value) in FIELDS {
            if let Some(value) = value(hit).filter(|value| !value.is_empty() && value != "{}") {
                write!(self.out, ",\n  {name} = {{{value}}}")?;
            }
        }
        if let Some(month) = hit.date.and_then(month) {
            write!(self.out, ",\n  month = {month}")?;
        }
        self.out.write_all(b"\n}\n\n")
    }

    fn end(&mut self, _: &Response) -> io::Result<()> {
        Ok(())
    }
}

/// The key: a word to know it by, the year, and what tells this id from every other.
fn key(hit: &Hit) -> String {
    let names = hit.byline.first().or(hit.source.as_ref());
    let name = names.and_then(|name| name.split_whitespace().next_back());
    let name: String = name
        .unwrap_or_default()
        .chars()
        .filter(char::is_ascii_alphabetic)
        .take(20)
        .collect();
    let year = hit.date.map(|date| date.first_day().year());
    let year = year.map(|year| format!("{year:04}")).unwrap_or_default();
    let id = blake3::hash(hit.id.as_bytes()).to_hex();
    let name = if name.is_empty() { "article" } else { &name };
    format!("{}{year}-{}", name.to_ascii_lowercase(), &id[..16])
}

/// The month, where it is known, by a name that every style writes in its own way.
fn month(date: Edtf) -> Option<&'static str> {
    match date {
        Edtf::Year(_) => None,
        date => MONTHS.get(date.first_day().month0() as usize).copied(),
    }
}

/// A name. One that BibTeX would divide (at `and`, at a comma) is kept together.
fn author(name: &str) -> String {
    let divides = |word: &str| {
        ["and", "others"]
            .iter()
            .any(|other| word.eq_ignore_ascii_case(other))
    };
    let name = tex(name);
    if name.contains(',') || name.split_whitespace().any(divides) {
        format!("{{{name}}}")
    } else {
        name
    }
}

/// Text of one line that TeX only prints.
fn tex(text: &str) -> String {
    let mut written = String::with_capacity(text.len());
    for letter in clean(text).trim().chars() {
        match letter {
            '\\' => written.push_str("\\textbackslash{}"),
            '{' => written.push_str("\\textbraceleft{}"),
            '}' => written.push_str("\\textbraceright{}"),
            '~' => written.push_str("\\textasciitilde{}"),
            '^' => written.push_str("\\textasciicircum{}"),
            '$' | '&' | '#' | '%' | '_' => written.extend(['\\', letter]),
            letter => written.push(letter),
        }
    }
    written
}

/// An address as it stands: programs read this field, and LaTeX sets it with `\url`. Only what would end the field is
/// percent-encoded.
fn address(url: &str) -> String {
    let mut written = String::with_capacity(url.len());
    for letter in clean(url).trim().chars() {
        match letter {
            '{' => written.push_str("%7B"),
            '}' => written.push_str("%7D"),
            '\\' => written.push_str("%5C"),
            ' ' => written.push_str("%20"),
            letter => written.push(letter),
        }
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_left_for_tex_to_obey() {
        for (text, expected) in [
            ("AT&T up 5% to $9", "AT\\&T up 5\\% to \\$9"),
            ("}\n@misc{x,", "\\textbraceright{} @misc\\textbraceleft{}x,"),
            (
                "\\input{a_b}",
                "\\textbackslash{}input\\textbraceleft{}a\\_b\\textbraceright{}",
            ),
            ("#~^", "\\#\\textasciitilde{}\\textasciicircum{}"),
            ("žluťoučký 停戰", "žluťoučký 停戰"),
        ] {
            assert_eq!(tex(text), expected);
        }
    }

    #[test]
    fn a_name_is_one_name() {
        for (name, expected) in [
            ("Ann Roe", "Ann Roe"),
            ("Agence France-Presse", "Agence France-Presse"),
            ("Bell and Sons", "{Bell and Sons}"),
            ("Roe, Ann", "{Roe, Ann}"),
            ("AND", "{AND}"),
            ("Andover", "Andover"),
        ] {
            assert_eq!(author(name), expected);
        }
    }
}
