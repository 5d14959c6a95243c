//! An issue in METS and the pages beside it → its articles.

use std::collections::HashMap;

use super::lines::{Line, paragraphs};
use super::mets::{Area, Issue, Item, Mods, Role};
use super::print::{Page, Sureness};
use super::tree::Tree;
use super::{Input, Rejection, Sink, day_in_path, no_article, tree};
use crate::article::Article;
use crate::format::stream::RECORD_BYTES;
use crate::format::{Draft, MapField, Origins, Part, Record};
use crate::source::{Beside, SkipReason, decode};
use crate::text::date::{self, Reading};
use crate::text::{byline, clean};

/// Divisions that are no articles, and what they are.
const NO_ARTICLES: &[(&str, &str)] = &[
    ("footer", "the foot of a page"),
    ("header", "the head of a page"),
    ("illustration", "a picture"),
    ("image", "a picture"),
    ("masthead", "the title of the paper"),
    ("pagenumber", "the number of a page"),
    ("picture", "a picture"),
    ("publishingstmt", "the imprint"),
    ("titlesection", "the title of the paper"),
];

/// Titles that a machine gives to what has none.
const UNTITLED: &[&str] = &["untitled", "untitled article", "[no title]"];

/// How many bytes of pages are read for one issue.
const PAGES: usize = 512 << 20;

/// Reads the issue.
pub(crate) fn read(input: &mut Input<'_>, sink: &mut Sink<'_>) -> Result<(), Rejection> {
    let issue = Issue::of(&tree(input)?);
    if issue.items.is_empty() {
        return Err(no_article(
            "METS that names no articles; its pages are read one by one",
        ));
    }
    if input.beside.is_nothing() {
        return Err(no_article(
            "an issue in an archive; its pages are read one by one",
        ));
    }
    let mut pages = Pages {
        issue: &issue,
        beside: input.beside,
        read: HashMap::new(),
        left: PAGES,
    };
    for item in &issue.items {
        if sink(article(&issue, item, &mut pages, input.file)).is_break() {
            break;
        }
    }
    Ok(())
}

/// The pages of an issue, each read once.
struct Pages<'a> {
    issue: &'a Issue,
    beside: &'a Beside,
    read: HashMap<String, Option<Page>>,
    left: usize,
}

impl Pages<'_> {
    /// The page in the file of this ID.
    fn page(&mut self, file: &str) -> Option<&Page> {
        if !self.read.contains_key(file) {
            let page = self.open(file);
            self.read.insert(file.to_owned(), page);
        }
        self.read.get(file)?.as_ref()
    }

    fn open(&mut self, file: &str) -> Option<Page> {
        let path = self.issue.files.get(file)?;
        let bytes = self.beside.bytes(path, RECORD_BYTES.min(self.left))?;
        self.left -= bytes.len();
        let tree = Tree::parse(&decode(bytes, None).text).ok()?;
        Some(Page::of(&tree))
    }
}

/// What an item says, part by part.
#[derive(Default)]
struct Parts {
    headline: Vec<Vec<Line>>,
    deck: Vec<Vec<Line>>,
    byline: Vec<Vec<Line>>,
    captions: Vec<Vec<Line>>,
    body: Vec<Vec<Line>>,
    sure: Sureness,
    /// A page that could not be read.
    missing: Option<String>,
}

impl Parts {
    fn take(&mut self, area: &Area, pages: &mut Pages<'_>) {
        let Some(page) = pages.page(&area.file) else {
            self.missing = Some(area.file.clone());
            return;
        };
        let Some(place) = page.place(&area.block) else {
            return;
        };
        let lines = page.lines[place.clone()].to_vec();
        let to = match area.role {
            Role::Picture => return,
            // What looks like a headline inside of the text stays there.
            Role::Headline if !self.body.is_empty() => &mut self.body,
            Role::Headline => &mut self.headline,
            Role::Deck => &mut self.deck,
            Role::Byline => &mut self.byline,
            Role::Caption => &mut self.captions,
            Role::Body => &mut self.body,
        };
        to.push(lines);
        self.sure.add(page.sureness(place));
    }
}

/// The lines of blocks as paragraphs.
fn text(blocks: &[Vec<Line>]) -> String {
    paragraphs(blocks.iter().map(Vec::as_slice))
}

/// Where those fields are that are always in one place.
const ORIGINS: &[(Part, &str)] = &[
    (
        Part::Field(MapField::Id),
        "ids of the issue and of its division",
    ),
    (
        Part::Field(MapField::Deck),
        "blocks of its deck on the page",
    ),
    (
        Part::Field(MapField::Body),
        "blocks of its text on the pages",
    ),
    (Part::Field(MapField::Section), "the division around it"),
    (Part::Field(MapField::Source), "MODS of the issue: title"),
    (
        Part::Field(MapField::Language),
        "MODS of the article: language",
    ),
    (Part::Field(MapField::Topics), "attribute TYPE of its div"),
    (
        Part::Field(MapField::Captions),
        "blocks of captions on the pages",
    ),
    (Part::Ocr, "attribute WC of the words"),
];

fn article(issue: &Issue, item: &Item, pages: &mut Pages<'_>, file: &str) -> Record {
    if let Some((_, what)) = NO_ARTICLES.iter().find(|(kind, _)| *kind == item.kind) {
        return Err(no_article(*what));
    }
    let mut parts = Parts::default();
    for area in &item.areas {
        parts.take(area, pages);
    }
    let own: Vec<&Mods> = item
        .about
        .iter()
        .filter_map(|id| issue.records.get(id))
        .collect();
    let around: Vec<&Mods> = issue
        .about
        .iter()
        .filter_map(|id| issue.records.get(id))
        .collect();
    let title = own.iter().find_map(|record| record.title.clone());
    let printed = clean::line(&text(&parts.headline));
    let titles = [
        ("MODS of the article: title", title.unwrap_or_default()),
        ("attribute LABEL of its div", item.label.clone()),
        ("blocks of its headline on the page", printed),
    ];
    let mut origins = Origins::default();
    let headline = titles
        .into_iter()
        .map(|(at, title)| (at, clean::line(&title)))
        .find(|(_, title)| !title.is_empty() && !UNTITLED.contains(&title.to_lowercase().as_str()))
        .map(|(at, title)| {
            origins.note(MapField::Headline, at);
            title
        });
    let body = text(&parts.body);
    if let (Some(missing), true) = (&parts.missing, body.is_empty()) {
        let path = issue.files.get(missing).unwrap_or(missing);
        let detail = format!("`{}`: its page {path} cannot be read", item.label);
        return Err(Rejection::new(SkipReason::Unreadable, detail));
    }
    let (deck, line) = (
        clean::line(&text(&parts.deck)),
        clean::line(&text(&parts.byline)),
    );
    let named: Vec<String> = own.iter().flat_map(|record| record.names.clone()).collect();
    for (part, at) in ORIGINS {
        origins.note(*part, *at);
    }
    let byline = if named.is_empty() {
        "blocks of its byline on the page"
    } else {
        "MODS of the article: name"
    };
    origins.note(MapField::Byline, byline);
    let article = Article {
        id: id(issue, item),
        headline: headline.unwrap_or_default(),
        deck: (!deck.is_empty()).then_some(deck),
        body,
        byline: if named.is_empty() {
            byline::names(&line)
        } else {
            named
        },
        byline_line: (!line.is_empty()).then_some(line),
        section: item.section.clone(),
        source: around.iter().find_map(|record| record.title.clone()),
        language: own.iter().find_map(|record| record.language.clone()),
        topics: if item.kind == "article" {
            Vec::new()
        } else {
            vec![item.kind.clone()]
        },
        captions: parts
            .captions
            .iter()
            .map(|lines| text(std::slice::from_ref(lines)))
            .filter(|it| !it.is_empty())
            .collect(),
        ocr: parts.sure.percent(),
        ..Article::default()
    };
    if article.headline.is_empty() && article.body.is_empty() {
        return Err(Rejection::new(
            SkipReason::NoText,
            "a division without a word",
        ));
    }
    let (date, at) = day(issue, &around, file);
    origins.note(MapField::Date, at);
    Ok(Box::new(Draft {
        article,
        date,
        origins,
        ..Draft::default()
    }))
}

/// An id that is the same wherever the issue lies, where its library has given it one.
fn id(issue: &Issue, item: &Item) -> String {
    let own = item.about.first().unwrap_or(&item.id);
    if issue.id.is_empty() || own.is_empty() {
        return String::new();
    }
    format!("{}#{own}", issue.id)
}

/// The day of issue: as its record says, else as its label or its path does. The path also decides what `03.06.1900` means.
fn day(issue: &Issue, around: &[&Mods], file: &str) -> (Option<Reading>, &'static str) {
    let in_path = day_in_path(file);
    let stated = around
        .iter()
        .find_map(|record| date::read(record.date.as_deref()?, None));
    let in_label = || date::find(&issue.label, None).map(|(_, reading)| reading);
    let at = stated.map_or(
        "attribute LABEL of the issue",
        |_| "MODS of the issue: date",
    );
    let said = stated.or_else(in_label);
    match (said, in_path) {
        (Some(Reading::Numeric { dmy, mdy, .. }), Some(day))
            if dmy == Some(day) || mdy == Some(day) =>
        {
            (Some(Reading::Settled(day)), at)
        }
        (Some(said), _) => (Some(said), at),
        (None, day) => (day.map(Reading::Settled), "the path of the file"),
    }
}
