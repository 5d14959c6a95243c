//! An issue in METS: what its logical structure names, and which blocks of which pages make it up. It opens no page.
//!
//! The names of divisions are those of the METS/ALTO profile that docWorks and the national libraries use (ENMAP, NDNP,
//! Papers Past); a division of a name of its own is an article when it has text and holds none.

use std::collections::HashMap;

use super::tree::Tree;

/// An issue.
#[derive(Debug, Default)]
pub(super) struct Issue {
    /// Its id in its library.
    pub(super) id: String,
    /// The label of the whole.
    pub(super) label: String,
    /// What is in it, in order.
    pub(super) items: Vec<Item>,
    /// The records of MODS, by the IDs of their sections.
    pub(super) records: HashMap<String, Mods>,
    /// The sections that describe the issue and the paper it is of, from the nearest outwards.
    pub(super) about: Vec<String>,
    /// The addresses of files, by their IDs.
    pub(super) files: HashMap<String, String>,
}

/// A division of the issue that holds no other of its kind: an article, an advertisement, the masthead.
#[derive(Debug, Default, Clone)]
pub(super) struct Item {
    /// What it is called, in small letters without marks: `article`, `titlesection`.
    pub(super) kind: String,
    /// Its own ID.
    pub(super) id: String,
    /// Its label.
    pub(super) label: String,
    /// The sections that describe it.
    pub(super) about: Vec<String>,
    /// The label of the section it lies in.
    pub(super) section: Option<String>,
    /// Where its text stands, in the order of reading.
    pub(super) areas: Vec<Area>,
}

/// A place in a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Area {
    /// What part of the item it is.
    pub(super) role: Role,
    /// The ID of the page's file.
    pub(super) file: String,
    /// The ID of a block there; empty for all of the page.
    pub(super) block: String,
}

/// Parts of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Headline,
    Deck,
    Byline,
    Caption,
    Body,
    /// A picture itself.
    Picture,
}

/// What a record of MODS says.
#[derive(Debug, Default, Clone)]
pub(super) struct Mods {
    /// The title, its article before it.
    pub(super) title: Option<String>,
    /// The first language.
    pub(super) language: Option<String>,
    /// The day of issue, as written.
    pub(super) date: Option<String>,
    /// Those who wrote it.
    pub(super) names: Vec<String>,
}

/// How many divisions around a place are asked for its role or section; in real issues there are about ten.
const AROUND: usize = 40;

/// How many writers a record names at most.
const NAMES: usize = 40;

/// Divisions that are never an item: they hold them.
const HOLDERS: &[&str] = &[
    "newspaper",
    "periodical",
    "serial",
    "volume",
    "issue",
    "supplement",
    "content",
    "contents",
    "year",
    "month",
    "day",
];

/// Divisions that are an item whatever lies in them.
const ITEMS: &[&str] = &[
    "article",
    "advertisement",
    "letter",
    "obituary",
    "deathnotice",
    "poem",
    "weather",
];

/// What a division's name says of the text in it; nearer names go first. An `IMAGE` is a picture only in an `ILLUSTRATION`:
/// tables have one too, and text in it.
const ROLES: &[(&str, Role)] = &[
    ("author", Role::Byline),
    ("body", Role::Body),
    ("bodycontent", Role::Body),
    ("byline", Role::Byline),
    ("caption", Role::Caption),
    ("headline", Role::Headline),
    ("heading", Role::Headline),
    ("graphic", Role::Picture),
    ("illustration", Role::Picture),
    ("overline", Role::Deck),
    ("picture", Role::Picture),
    ("subheading", Role::Deck),
    ("subheadline", Role::Deck),
    ("subtitle", Role::Deck),
    ("title", Role::Headline),
];

impl Issue {
    /// Reads the elements of a file.
    pub(super) fn of(tree: &Tree) -> Issue {
        let mut issue = Issue::default();
        let Some(root) = tree.elements.first() else {
            return issue;
        };
        let attribute = |name| root.attribute(name).unwrap_or_default().to_owned();
        (issue.id, issue.label) = (attribute("OBJID"), attribute("LABEL"));
        let mut end = 0;
        for (at, element) in tree.elements.iter().enumerate() {
            // None of these lies in another.
            if at < end || !["dmdSec", "file", "structMap"].contains(&element.name.as_str()) {
                continue;
            }
            end = element.end;
            match (element.name.as_str(), element.attribute("ID")) {
                ("dmdSec", Some(id)) => {
                    issue.records.insert(id.to_owned(), mods(tree, at));
                }
                ("file", Some(id)) => {
                    let place = tree.named(at, "FLocat").next();
                    let address = place.and_then(|at| tree.elements[at].attribute("href"));
                    issue
                        .files
                        .insert(id.to_owned(), path(address.unwrap_or_default()));
                }
                ("structMap", _) if is_logical(tree, at) && issue.items.is_empty() => {
                    issue.structure(tree, at);
                }
                _ => {}
            }
        }
        issue
    }

    /// Whether it makes articles of blocks of the page in a file of this name.
    pub(super) fn claims(&self, name: &str) -> bool {
        let is_it = |path: &String| path.rsplit('/').next() == Some(name);
        self.items
            .iter()
            .flat_map(|item| &item.areas)
            .any(|area| self.files.get(&area.file).is_some_and(is_it))
    }

    /// Takes the items from the logical structure.
    fn structure(&mut self, tree: &Tree, map: usize) {
        let holds = holders(tree, map);
        let (mut at, end) = (map + 1, tree.elements[map].end);
        while at < end {
            let element = &tree.elements[at];
            let kind = kind(tree, at);
            if element.name != "div" || HOLDERS.contains(&kind.as_str()) || holds[at - map] {
                if ["issue", "volume", "newspaper"].contains(&kind.as_str()) {
                    let about = words(element.attribute("DMDID"));
                    self.about.splice(0..0, about);
                }
                at += 1;
                continue;
            }
            // The heading of a section that holds articles is the section's name.
            let is_part = ROLES
                .iter()
                .any(|(name, role)| *name == kind && *role != Role::Picture);
            let areas = areas(tree, at);
            let is_name = is_part && in_section(tree, at);
            if !is_name && !areas.is_empty() {
                self.items.push(Item {
                    id: element.attribute("ID").unwrap_or_default().to_owned(),
                    label: element
                        .attribute("LABEL")
                        .unwrap_or_default()
                        .trim()
                        .to_owned(),
                    about: words(element.attribute("DMDID")).collect(),
                    section: section(tree, at),
                    kind,
                    areas,
                });
            }
            at = element.end;
        }
    }
}

fn is_logical(tree: &Tree, map: usize) -> bool {
    let kind = tree.elements[map].attribute("TYPE").unwrap_or_default();
    kind.is_empty() || kind.to_ascii_uppercase().starts_with("LOGICAL")
}

/// For each element of the map, whether it holds an item.
fn holders(tree: &Tree, map: usize) -> Vec<bool> {
    let mut holds = vec![false; tree.elements[map].end - map];
    for at in tree.named(map, "div") {
        if !ITEMS.contains(&kind(tree, at).as_str()) {
            continue;
        }
        // An item in an item is a part of it.
        let around = tree.around(at).take_while(|at| *at > map);
        for at in around {
            if holds[at - map] || ITEMS.contains(&kind(tree, at).as_str()) {
                break;
            }
            holds[at - map] = true;
        }
    }
    holds
}

/// The name of a division's kind.
fn kind(tree: &Tree, at: usize) -> String {
    let kind = tree.elements[at].attribute("TYPE").unwrap_or_default();
    let letters = kind.chars().filter(char::is_ascii_alphanumeric);
    letters.map(|c| c.to_ascii_lowercase()).collect()
}

fn words(attribute: Option<&str>) -> impl Iterator<Item = String> {
    attribute
        .unwrap_or_default()
        .split_whitespace()
        .map(str::to_owned)
}

/// Whether the nearest division around one is a section.
fn in_section(tree: &Tree, at: usize) -> bool {
    tree.around(at)
        .next()
        .is_some_and(|at| kind(tree, at) == "section")
}

fn section(tree: &Tree, at: usize) -> Option<String> {
    let section = tree
        .around(at)
        .take(AROUND)
        .find(|at| kind(tree, *at) == "section")?;
    let label = crate::text::clean::line(tree.elements[section].attribute("LABEL")?);
    (!label.is_empty()).then_some(label)
}

/// The places in pages that a division names. Of several files for one place (`<par>`: picture, print, text) those that have
/// a block are text.
fn areas(tree: &Tree, item: usize) -> Vec<Area> {
    let named = tree.named(item, "area").filter_map(|at| {
        let area = &tree.elements[at];
        Some(Area {
            role: role(tree, at, item),
            file: area.attribute("FILEID")?.to_owned(),
            block: area
                .attribute("BEGIN")
                .filter(|block| !block.is_empty())?
                .to_owned(),
        })
    });
    named.collect()
}

/// The role of an area: that of the nearest division around it that has one.
fn role(tree: &Tree, area: usize, item: usize) -> Role {
    tree.around(area)
        .take_while(|at| *at > item)
        .take(AROUND)
        .find_map(|at| {
            let kind = kind(tree, at);
            ROLES
                .iter()
                .find(|(name, _)| *name == kind)
                .map(|(_, role)| *role)
        })
        .unwrap_or(Role::Body)
}

/// A path from an address: `file://./text/1.xml`.
fn path(address: &str) -> String {
    let path = address.strip_prefix("file://").unwrap_or(address);
    let path = path.strip_prefix("localhost/").unwrap_or(path);
    path.replace("%20", " ").replace('\\', "/")
}

fn mods(tree: &Tree, section: usize) -> Mods {
    let filled = |at: usize| Some(tree.text(at)).filter(|text| !text.is_empty());
    let first = |name: &str| tree.named(section, name).find_map(filled);
    let title = tree.named(section, "titleInfo").next().and_then(|info| {
        let part = |name| tree.named(info, name).find_map(filled);
        let title = part("title")?;
        Some(match part("nonSort") {
            Some(article) if article.ends_with(['\'', '’']) => format!("{article}{title}"),
            Some(article) => format!("{article} {title}"),
            None => title,
        })
    });
    Mods {
        title,
        language: first("languageTerm"),
        date: first("dateIssued"),
        names: tree
            .named(section, "name")
            .take(NAMES)
            .filter_map(|name| tree.named(name, "namePart").find_map(filled))
            .collect(),
    }
}
