//! The tools that give an article: `read`, page by page; and `status`, which tells what there is.

use std::ops::Range;

use percent_encoding::{NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use rmcp::schemars::{self, JsonSchema};
use serde::Serialize;

use super::answers::{self, Passage, QUOTED, Value, shortened, some_of};
use super::arguments::{Nothing, Reading};
use super::searches::{invalid, within};
use crate::article::{Article, Version};
use crate::search::{SnippetField, Text, texts};
use crate::text::hash::hash;
use crate::text::quote::slice;
use crate::{Archive, Result};

/// How many characters a page may have, and how many it has when nobody says.
const LONGEST_PAGE: u32 = 20_000;
const PAGE: u32 = 6_000;
/// How many texts and versions of an article are listed.
const MOST_LISTED: usize = 30;
/// How many publications are listed.
const MOST_SOURCES: usize = 30;

/// What the address of an article as a resource begins with; its id follows, percent-encoded.
pub(super) const RESOURCE: &str = "morgue://article/";

/// The answer of `read`.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(crate = "schemars")]
pub(super) struct Page {
    /// How to take what is quoted.
    notice: &'static str,
    /// The text of this page.
    passage: Passage,
    /// How many characters the whole text has.
    characters: usize,
    /// The `start` of the page that follows; absent at the end of the text.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<usize>,
    /// What the archive knows about the article; with the first page of its body only.
    #[serde(skip_serializing_if = "Option::is_none")]
    about: Option<About>,
}

/// What is known about an article.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(crate = "schemars")]
struct About {
    /// Its address as a resource: the whole article in one piece.
    uri: String,
    /// The headline.
    headline: String,
    /// The deck under it.
    #[serde(skip_serializing_if = "Option::is_none")]
    deck: Option<String>,
    /// The authors.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    byline: Vec<String>,
    /// When it was published, as precisely as is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<String>,
    /// The dateline as printed.
    #[serde(skip_serializing_if = "Option::is_none")]
    dateline: Option<String>,
    /// The publication.
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<String>,
    /// Its section.
    #[serde(skip_serializing_if = "Option::is_none")]
    section: Option<String>,
    /// The language, a BCP 47 tag.
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<String>,
    /// The places that it names.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    places: Vec<String>,
    /// What it is filed under.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    topics: Vec<String>,
    /// Its address on the web.
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    /// The file it came from, and its record there.
    file: String,
    /// Only a summary of an article that stands elsewhere.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    stub: bool,
    /// Its texts that can be read and cited.
    texts: Vec<Listed>,
    /// Its versions, where there are several, the earliest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    versions: Vec<Past>,
    /// The ids of articles that correct or continue it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    followed_by: Vec<String>,
}

/// A text that can be read.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(crate = "schemars")]
struct Listed {
    /// Which one.
    field: &'static str,
    /// Which name of the byline or which caption, from 0.
    part: usize,
    /// How many Unicode characters it has.
    characters: usize,
    /// The first 16 bytes of BLAKE3 over it.
    hash: String,
}

/// A version of an article.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(crate = "schemars")]
struct Past {
    /// Its number.
    version: u32,
    /// Whether the archive reads so now.
    current: bool,
    /// The day from which it read so.
    #[serde(skip_serializing_if = "Option::is_none")]
    since: Option<String>,
    /// The day from which it no longer read so.
    #[serde(skip_serializing_if = "Option::is_none")]
    until: Option<String>,
    /// What its publisher says of it, unless it may be used: withheld or canceled texts must not be quoted as news.
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<&'static str>,
}

pub(super) fn read(archive: &Archive, asked: Reading) -> Result<Page> {
    let Reading {
        id,
        field,
        part,
        start,
        length,
        exactly,
        version,
    } = asked;
    let length = within("length", length, 1..=LONGEST_PAGE)?.unwrap_or(PAGE) as usize;
    let article = match version {
        Some(number) => archive.version(&id, number)?,
        None => archive.article(&id)?,
    };
    let (field, part) = (field.unwrap_or(SnippetField::Body), part as usize);
    let wanted = |text: &Text<'_>| text.field == field && text.part == part;
    let Some(Text { text, .. }) = texts(&article).find(wanted) else {
        let fields: Vec<_> = texts(&article)
            .map(|text| format!("{} {}", text.field.name(), text.part))
            .take(MOST_LISTED)
            .collect();
        let why = format!(
            "the article has no {} {part}; it has {}",
            field.name(),
            fields.join(", ")
        );
        return Err(invalid("field", why));
    };
    let characters = text.chars().count();
    let start = usize::try_from(start).unwrap_or(usize::MAX);
    if start > characters {
        let why = format!("{start} is beyond the end: the text has {characters} characters");
        return Err(invalid("start", why));
    }
    let range = page(text, characters, start, length, exactly);
    let versions = archive.versions(&id)?;
    let number = (versions.len() > 1).then(|| {
        let shown = versions.iter().find(|other| match version {
            Some(number) => other.number == number,
            None => other.current,
        });
        shown.map(|version| version.number)
    });
    let passage = answers::passage(
        &article.id,
        number.flatten(),
        (field, part),
        range.clone(),
        hash(text),
        slice(text, &range).to_owned(),
    );
    let is_first = start == 0 && field == SnippetField::Body && !exactly;
    Ok(Page {
        notice: QUOTED,
        passage,
        characters,
        next: (range.end < characters).then_some(range.end),
        about: if is_first {
            Some(about(archive, &article, &versions)?)
        } else {
            None
        },
    })
}

/// The characters of a page: as many as asked for, but no paragraph or word is torn where a quarter of the page can be spared.
fn page(text: &str, characters: usize, start: usize, length: usize, exactly: bool) -> Range<usize> {
    let end = start.saturating_add(length).min(characters);
    if exactly || end == characters {
        return start..end;
    }
    let shown = slice(text, &(start..end));
    let least = shown
        .char_indices()
        .nth(length - length / 4)
        .map_or(shown.len(), |(at, _)| at);
    let after_paragraph = shown.rfind("\n\n").map(|at| at + 2);
    let after_word = || {
        shown
            .rfind(char::is_whitespace)
            .map(|at| at + shown[at..].chars().next().map_or(0, char::len_utf8))
    };
    let cut = after_paragraph
        .filter(|at| *at >= least)
        .or_else(|| after_word().filter(|at| *at >= least));
    start..start + shown[..cut.unwrap_or(shown.len())].chars().count()
}

fn about(archive: &Archive, article: &Article, versions: &[Version]) -> Result<About> {
    let short = |value: &Option<String>| value.as_deref().map(shortened);
    let listed = |text: Text<'_>| Listed {
        field: text.field.name(),
        part: text.part,
        characters: text.text.chars().count(),
        hash: hash(text.text),
    };
    let past = |version: &Version| Past {
        version: version.number,
        current: version.current,
        since: version.since.map(|day| day.to_string()),
        until: version.until.map(|day| day.to_string()),
        status: match version.article.status {
            crate::article::Status::Usable => None,
            crate::article::Status::Withheld => Some("withheld"),
            crate::article::Status::Canceled => Some("canceled"),
        },
    };
    Ok(About {
        uri: address(&article.id),
        headline: shortened(&article.headline),
        deck: short(&article.deck),
        byline: some_of(article.byline.iter()),
        date: article.date.as_ref().map(ToString::to_string),
        dateline: short(&article.dateline),
        source: short(&article.source),
        section: short(&article.section),
        language: short(&article.language),
        places: some_of(article.places.iter().map(|place| &place.name)),
        topics: some_of(article.topics.iter()),
        url: short(&article.url),
        file: format!("{}, record {}", shortened(&article.file), article.record),
        stub: article.stub,
        texts: texts(article)
            .filter(|text| !text.text.is_empty())
            .take(MOST_LISTED)
            .map(listed)
            .collect(),
        versions: versions
            .iter()
            .filter(|_| versions.len() > 1)
            .take(MOST_LISTED)
            .map(past)
            .collect(),
        followed_by: some_of(archive.followed_by(&article.id)?.iter()),
    })
}

/// The address of an article as a resource.
fn address(id: &str) -> String {
    format!("{RESOURCE}{}", utf8_percent_encode(id, NON_ALPHANUMERIC))
}

/// The id in such an address.
pub(super) fn id_in(address: &str) -> Option<String> {
    let id = address.strip_prefix(RESOURCE)?;
    Some(percent_decode_str(id).decode_utf8().ok()?.into_owned())
}

/// The answer of `status`.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(crate = "schemars")]
pub(super) struct Stock {
    /// How to take what is quoted.
    notice: &'static str,
    /// How many articles can be found.
    articles: u64,
    /// The first day of the earliest one.
    #[serde(skip_serializing_if = "Option::is_none")]
    first_date: Option<String>,
    /// The first day of the latest one.
    #[serde(skip_serializing_if = "Option::is_none")]
    last_date: Option<String>,
    /// How many have no date.
    undated: u64,
    /// How many versions were replaced or withdrawn.
    versions: u64,
    /// The languages, the most frequent first.
    languages: Vec<Value>,
    /// The publications, the most frequent first.
    sources: Vec<Value>,
    /// How many other publications there are; `facets` names them.
    other_sources: usize,
    /// When the index was last changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    last_indexed: Option<String>,
}

pub(super) fn status(archive: &Archive, _: Nothing) -> Result<Stock> {
    let status = archive.status()?;
    let day = |day: Option<chrono::NaiveDate>| day.map(|day| day.to_string());
    Ok(Stock {
        notice: QUOTED,
        articles: status.articles,
        first_date: day(status.first_date),
        last_date: day(status.last_date),
        undated: status.undated,
        versions: status.versions,
        languages: Value::first(&status.languages, MOST_SOURCES),
        sources: Value::first(&status.sources, MOST_SOURCES),
        other_sources: status.sources.len().saturating_sub(MOST_SOURCES),
        last_indexed: status.last_indexed.map(|time| time.to_rfc3339()),
    })
}
