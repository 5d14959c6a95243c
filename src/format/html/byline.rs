//! Who wrote it: the authors that a page states, else the byline it shows.
//!
//! A page that names itself as the author names nobody.

use std::ops::Range;

use super::address;
use super::blocks::{Block, span};
use super::headline::folded;
use super::label::{self, Label, Labels};
use super::page::{NodeIndex, Page};
use super::stated::{self, Stated};
use crate::format::{MapField, Origin};
use crate::text::byline;

/// The byline of a page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Byline {
    /// The names.
    pub(crate) names: Vec<String>,
    /// The line as it is written.
    pub(crate) line: Option<String>,
    /// Where it was found.
    pub(crate) origin: Option<Origin>,
}

/// Words that name the element of the byline.
#[rustfmt::skip]
const NAMED: &[&str] = &[
    "byline", "bylines", "author", "authors", "autor", "autoren", "auteur", "autore", "autori", "writer", "reporter",
    "journalist", "redakteur", "firma", "skribent",
];

/// Takes the first part of the page that names somebody else than the page; the range is where a byline may be shown.
pub(crate) fn choose(
    stated: [&Stated; 3],
    urls: &[String],
    page: &Page,
    labels: &Labels,
    blocks: &[Block],
    shown: Range<NodeIndex>,
) -> Byline {
    let publishers = stated.iter().filter_map(|part| part.publisher.as_deref());
    let hosts = urls.iter().filter_map(|url| address::host(url));
    let sites: Vec<String> = publishers
        .chain(hosts)
        .map(folded)
        .filter(|site| !site.is_empty())
        .collect();
    let given: Vec<Byline> = stated
        .iter()
        .map(|part| {
            let of = |line: &String| stated::origin(stated, MapField::Byline, line);
            Byline {
                origin: part.authors.first().and_then(of),
                ..stated_names(&part.authors)
            }
        })
        .filter(|byline| !byline.names.is_empty())
        .collect();
    let by_somebody = given
        .iter()
        .find(|byline| byline.names.iter().any(|name| !is_site(name, &sites)))
        .cloned();
    by_somebody
        .or_else(|| printed(page, labels, blocks, shown, &sites))
        .or_else(|| given.into_iter().next())
        .unwrap_or_default()
}

/// Whether a name is that of the publication.
fn is_site(name: &str, sites: &[String]) -> bool {
    let name = folded(name);
    sites.iter().any(|site| {
        *site == name
            || (site.len() >= 4 && name.contains(site.as_str()))
            || (name.len() >= 4 && site.contains(&name))
    })
}

/// The names in a field for authors. Where no person is in it, the newsroom or the agency in it is the author.
fn stated_names(lines: &[String]) -> Byline {
    let people = read(lines);
    if !people.names.is_empty() || lines.is_empty() {
        return people;
    }
    Byline {
        names: lines.to_vec(),
        line: Some(lines.join(", ")),
        origin: None,
    }
}

/// The names of people in lines of which each may hold several.
fn read(lines: &[String]) -> Byline {
    let mut names: Vec<String> = Vec::new();
    for name in lines.iter().flat_map(|line| byline::names(line)) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    Byline {
        line: (!names.is_empty()).then(|| lines.join(", ")),
        names,
        origin: None,
    }
}

/// Whether a text can be the name of a person: a few words with capitals where the script has them, and no digits.
fn is_person(name: &str) -> bool {
    let words: Vec<&str> = name.split_whitespace().collect();
    // Chinese, Japanese and Korean names are written without a space.
    let is_joined = name.chars().all(|letter| letter as u32 >= 0x3000);
    (words.len() >= 2 || is_joined)
        && words.len() <= 5
        && !name.contains(|letter: char| {
            letter.is_ascii_digit() || matches!(letter, ':' | '/' | '|' | '·' | '@')
        })
        && words
            .iter()
            .filter(|word| word.starts_with(char::is_lowercase))
            .count()
            * 2
            < words.len()
}

/// The first byline that is shown: an element named as one, or a line that begins like one.
fn printed(
    page: &Page,
    labels: &Labels,
    blocks: &[Block],
    shown: Range<NodeIndex>,
    sites: &[String],
) -> Option<Byline> {
    let blocks = &blocks[span(blocks, shown)];
    let named = blocks
        .iter()
        .filter(|block| block.weight < 80)
        .filter(|block| {
            page.ancestors(block.node).take(4).any(|ancestor| {
                let node = &page.nodes[ancestor];
                node.has_word("rel", "author")
                    || label::words(node)
                        .iter()
                        .any(|word| NAMED.contains(&word.as_str()))
            }) && !page
                .ancestors(block.node)
                .any(|ancestor| labels.get(ancestor) == Some(Label::Comments))
        });
    let lines = blocks
        .iter()
        .take(12)
        .filter(|block| block.weight < 80 && byline::is_byline(&block.text));
    named
        .chain(lines)
        .map(|block| Byline {
            origin: Some("a line on the page that is named as a byline, or begins as one".into()),
            ..read(std::slice::from_ref(&block.text))
        })
        .find(|byline| {
            !byline.names.is_empty()
                && byline
                    .names
                    .iter()
                    .all(|name| is_person(name) && !is_site(name, sites))
        })
}
