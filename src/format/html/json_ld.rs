//! JSON-LD on a page (schema.org): script blocks → [`Stated`].
//!
//! The article may stand alone, in an array, in an `@graph`, inside a `WebPage`, or in pieces that point at each other by
//! `@id`. Nothing is fetched: a context is never looked up, names of types and properties are taken as they are.

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::headline::folded;
use super::json;
use super::page::Page;
use super::stated::{Stated, keywords};
use crate::format::MapField;
use crate::text::clean;

type Object = Map<String, Value>;

/// The properties that are read, and their fields; the best of a field first.
const NAMES: &[(&str, MapField)] = &[
    ("headline", MapField::Headline),
    ("name", MapField::Headline),
    ("alternativeHeadline", MapField::Headline),
    ("description", MapField::Deck),
    ("author", MapField::Byline),
    ("creator", MapField::Byline),
    ("datePublished", MapField::Date),
    ("dateCreated", MapField::Date),
    ("uploadDate", MapField::Date),
    ("dateModified", MapField::Updated),
    ("articleSection", MapField::Section),
    ("publisher", MapField::Source),
    ("sourceOrganization", MapField::Source),
    ("copyrightHolder", MapField::Source),
    ("inLanguage", MapField::Language),
    ("url", MapField::Url),
    ("mainEntityOfPage", MapField::Url),
    ("@id", MapField::Url),
    ("keywords", MapField::Topics),
    ("copyrightNotice", MapField::Copyright),
    ("contentLocation", MapField::Places),
    ("locationCreated", MapField::Places),
    ("spatialCoverage", MapField::Places),
    ("dateline", MapField::Dateline),
];

/// How deep an object is looked for in others.
const DEEPEST: usize = 8;

/// So many bytes of blocks are read, and no more: their values take thirty times as much.
const MOST: usize = 4 << 20;

/// What the blocks of the page state; nothing when none of them speaks of an article.
pub(crate) fn read(page: &Page) -> Stated {
    let roots: Vec<Value> = page
        .elements("script")
        .filter(|(_, script)| {
            script
                .attribute("type")
                .is_some_and(|kind| kind.to_ascii_lowercase().contains("ld+json"))
        })
        .map(|(index, _)| page.source(index))
        .scan(0, |bytes, block| {
            *bytes += block.len();
            (*bytes <= MOST).then_some(block)
        })
        .flat_map(|block| json::values(&block))
        .collect();
    let mut graph = Graph::default();
    for root in &roots {
        graph.take(root, 0);
    }
    graph.stated(&shown_titles(page)).unwrap_or_default()
}

/// The first headlines and the title that the page shows, for comparing.
fn shown_titles(page: &Page) -> Vec<String> {
    page.elements("title")
        .take(1)
        .chain(page.elements("h1").take(8))
        .map(|(node, _)| folded(&page.text(node)).chars().take(400).collect())
        .collect()
}

/// The objects of a page.
#[derive(Default)]
struct Graph<'a> {
    articles: Vec<&'a Object>,
    pages: Vec<&'a Object>,
    by_id: HashMap<&'a str, &'a Object>,
}

impl<'a> Graph<'a> {
    /// Collects an object and those in it.
    fn take(&mut self, value: &'a Value, depth: usize) {
        if depth > DEEPEST {
            return;
        }
        match value {
            Value::Array(values) => values.iter().for_each(|value| self.take(value, depth + 1)),
            Value::Object(object) => {
                if let Some(id) = object.get("@id").and_then(Value::as_str)
                    && object.len() > 1
                {
                    self.by_id.entry(id).or_insert(object);
                }
                if kinds(object).any(is_article) {
                    self.articles.push(object);
                } else if kinds(object).any(|kind| kind.ends_with("Page") || kind == "CreativeWork")
                {
                    self.pages.push(object);
                }
                // Lists of other articles (`itemListElement`, `hasPart`, `citation`) are not this article.
                for name in [
                    "@graph",
                    "mainEntity",
                    "mainEntityOfPage",
                    "author",
                    "publisher",
                    "creator",
                ] {
                    if let Some(value) = object.get(name) {
                        self.take(value, depth + 1);
                    }
                }
            }
            _ => {}
        }
    }

    /// The object that a value is or points at.
    fn object(&self, value: &'a Value) -> Option<&'a Object> {
        let object = value.as_object()?;
        match object.get("@id").and_then(Value::as_str) {
            Some(id) if object.keys().all(|key| key.starts_with('@')) => {
                Some(self.by_id.get(id).copied().unwrap_or(object))
            }
            _ => Some(object),
        }
    }

    fn stated(&self, titles: &[String]) -> Option<Stated> {
        // Of several the one whose headline the page shows, and that says most: pages list teasers of other articles.
        let main = self.articles.iter().rev().max_by_key(|article| {
            let headline = article.get("headline").and_then(Value::as_str);
            let headline = headline.map(folded).unwrap_or_default();
            let is_shown =
                !headline.is_empty() && titles.iter().any(|title| title.contains(&headline));
            (
                is_shown,
                article.len() + 20 * usize::from(article.contains_key("articleBody")),
            )
        })?;
        let mut stated = self.article(main);
        // The same article, said again in another block, or the page it is on: these fill what the first leaves open.
        for other in self
            .articles
            .iter()
            .filter(|other| same_headline(main, other))
        {
            fill(&mut stated, self.article(other));
        }
        if let [page] = self.pages.as_slice() {
            let page = self.article(page);
            stated.published.extend(page.published);
            stated.updated.extend(page.updated);
            stated.language = stated.language.or(page.language);
            stated.url.extend(page.url);
            stated.told.extend(page.told);
        }
        Some(stated)
    }

    fn article(&self, object: &'a Object) -> Stated {
        let one = |name: &str| {
            object
                .get(name)
                .and_then(|value| self.texts(value).into_iter().next())
        };
        let all = |names: &[&str]| -> Vec<String> {
            names
                .iter()
                .filter_map(|name| object.get(*name))
                .flat_map(|value| self.texts(value))
                .collect()
        };
        Stated {
            is_article: true,
            headline: all(&["headline", "name", "alternativeHeadline"]),
            deck: one("description"),
            body: object
                .get("articleBody")
                .and_then(Value::as_str)
                .map(super::plain::paragraphs)
                .filter(|body| !body.is_empty()),
            authors: ["author", "creator"]
                .iter()
                .filter_map(|name| object.get(*name))
                .map(|value| self.people(value))
                .find(|names| !names.is_empty())
                .unwrap_or_default(),
            published: all(&["datePublished", "dateCreated", "uploadDate"]),
            updated: all(&["dateModified"]),
            section: one("articleSection"),
            publisher: ["publisher", "sourceOrganization", "copyrightHolder"]
                .iter()
                .find_map(|name| one(name)),
            language: object.get("inLanguage").and_then(language),
            url: ["url", "mainEntityOfPage", "@id"]
                .iter()
                .filter_map(|name| object.get(*name))
                .filter_map(address)
                .collect(),
            topics: object
                .get("keywords")
                .map(|value| self.topics(value))
                .unwrap_or_default(),
            captions: object
                .get("image")
                .map(|value| self.captions(value))
                .unwrap_or_default(),
            copyright: one("copyrightNotice"),
            places: ["contentLocation", "locationCreated", "spatialCoverage"]
                .iter()
                .filter_map(|name| object.get(*name))
                .flat_map(|value| self.texts(value))
                .collect(),
            dateline: one("dateline"),
            told: self.told(object),
        }
    }

    /// The statements of an object by their properties.
    fn told(&self, object: &'a Object) -> Vec<(MapField, &'static str, String)> {
        let said = |(name, field): &(&'static str, MapField)| {
            let value = object.get(*name)?;
            let texts = match field {
                MapField::Byline => self.people(value),
                MapField::Language => language(value).into_iter().collect(),
                MapField::Url => address(value).into_iter().collect(),
                _ => self.texts(value),
            };
            Some((*field, *name, texts))
        };
        let said = NAMES.iter().filter_map(said);
        said.flat_map(|(field, name, texts)| texts.into_iter().map(move |text| (field, name, text)))
            .collect()
    }

    /// The texts in a value: itself, its members, or the name of an object.
    fn texts(&self, value: &'a Value) -> Vec<String> {
        let text = match value {
            Value::String(text) => super::plain::line(text),
            Value::Number(number) => number.to_string(),
            Value::Array(values) => {
                return values.iter().flat_map(|value| self.texts(value)).collect();
            }
            Value::Object(_) => self
                .object(value)
                .and_then(|object| {
                    ["name", "@value", "text"]
                        .iter()
                        .find_map(|name| object.get(*name)?.as_str())
                })
                .map(super::plain::line)
                .unwrap_or_default(),
            _ => return Vec::new(),
        };
        if text.is_empty() {
            Vec::new()
        } else {
            vec![text]
        }
    }

    /// The names of people; an organisation that stands beside people is no author.
    fn people(&self, value: &'a Value) -> Vec<String> {
        let values: &[Value] = match value {
            Value::Array(values) => values,
            value => std::slice::from_ref(value),
        };
        let (mut people, mut others) = (Vec::new(), Vec::new());
        for value in values {
            let names = match self.object(value) {
                Some(object) => match object.get("name").map(|name| self.texts(name)) {
                    Some(names) if !names.is_empty() => names,
                    _ => ["givenName", "familyName"]
                        .iter()
                        .filter_map(|part| object.get(*part)?.as_str())
                        .map(clean::line)
                        .reduce(|first, last| format!("{first} {last}"))
                        .into_iter()
                        .collect(),
                },
                None => self.texts(value),
            };
            let organisation = self.object(value).is_some_and(|object| {
                kinds(object).any(|kind| kind.to_ascii_lowercase().ends_with("organization"))
            });
            if organisation {
                others.extend(names);
            } else {
                people.extend(names);
            }
        }
        if people.is_empty() { others } else { people }
    }

    /// Keywords: one string of many, a list, or terms with a name.
    fn topics(&self, value: &'a Value) -> Vec<String> {
        match value {
            Value::String(text) => keywords(&super::plain::line(text)).collect(),
            value => self.texts(value),
        }
    }

    fn captions(&self, value: &'a Value) -> Vec<String> {
        match value {
            Value::Array(values) => values
                .iter()
                .flat_map(|value| self.captions(value))
                .collect(),
            value => self
                .object(value)
                .and_then(|image| image.get("caption"))
                .map(|value| self.texts(value))
                .unwrap_or_default(),
        }
    }
}

/// Fills what is empty in `stated` from what another part says.
fn fill(stated: &mut Stated, other: Stated) {
    stated.told.extend(other.told);
    stated.headline.extend(other.headline);
    stated.published.extend(other.published);
    stated.updated.extend(other.updated);
    stated.url.extend(other.url);
    stated.deck = stated.deck.take().or(other.deck);
    stated.body = stated.body.take().or(other.body);
    stated.section = stated.section.take().or(other.section);
    stated.publisher = stated.publisher.take().or(other.publisher);
    stated.language = stated.language.take().or(other.language);
    stated.copyright = stated.copyright.take().or(other.copyright);
    stated.dateline = stated.dateline.take().or(other.dateline);
    for (own, others) in [
        (&mut stated.authors, other.authors),
        (&mut stated.topics, other.topics),
        (&mut stated.captions, other.captions),
        (&mut stated.places, other.places),
    ] {
        if own.is_empty() {
            *own = others;
        }
    }
}

fn same_headline(one: &Object, other: &Object) -> bool {
    !std::ptr::eq(one, other)
        && matches!((one.get("headline"), other.get("headline")), (Some(one), Some(other)) if one == other)
}

/// The types of an object, without a prefix or the address of the vocabulary.
fn kinds(object: &Object) -> impl Iterator<Item = &str> {
    let values: &[Value] = match object.get("@type") {
        Some(Value::Array(values)) => values,
        Some(value) => std::slice::from_ref(value),
        None => &[],
    };
    values
        .iter()
        .filter_map(Value::as_str)
        .map(|kind| kind.rsplit(['/', ':', '#']).next().unwrap_or(kind))
}

/// schema.org's Article and what is under it.
fn is_article(kind: &str) -> bool {
    let kind = kind.to_ascii_lowercase();
    kind.ends_with("article")
        || kind.ends_with("blogposting")
        || kind == "report"
        || kind == "socialmediaposting"
        || kind == "newsitem"
}

/// A language: its tag, or an object with the tag as its other name.
fn language(value: &Value) -> Option<String> {
    match value {
        Value::Object(object) => object
            .get("alternateName")
            .or(object.get("name"))
            .and_then(Value::as_str)
            .map(clean::line),
        Value::Array(values) => values.first().and_then(language),
        Value::String(text) => Some(clean::line(text)),
        _ => None,
    }
}

/// The address in a value: itself, or an object's `@id` or `url`.
fn address(value: &Value) -> Option<String> {
    let text = match value {
        Value::Object(object) => object
            .get("@id")
            .or(object.get("url"))
            .and_then(Value::as_str)?,
        value => value.as_str()?,
    };
    Some(text.trim().to_owned()).filter(|text| !text.is_empty())
}
