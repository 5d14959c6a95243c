//! The record in the middle: what a format yields, what the index stores, what `show` prints.
//!
//! Plain serde data. It knows neither files nor tantivy, and it decides nothing: the texts in it have been
//! cleaned and its dates settled by those who made it.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::text::difference::Stretch;
use crate::text::edtf::Edtf;

/// One article of the archive. Every member is always present in its JSON form: what is unknown is `null` or `[]`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct Article {
    /// Unique in the archive and stable between runs: the source's own id where it has one
    /// (URI, GUID, NEWID, canonical address), else `file#record`.
    pub id: String,
    /// The headline; empty when the source has none.
    pub headline: String,
    /// The deck (standfirst, summary, subheading) under the headline.
    pub deck: Option<String>,
    /// The text; paragraphs are divided by one empty line.
    pub body: String,
    /// The names of the authors, without "By", titles or agencies.
    pub byline: Vec<String>,
    /// The byline as it was printed, when there was one.
    pub byline_line: Option<String>,
    /// When it was published, as precisely as the source says.
    pub date: Option<Edtf>,
    /// When it was last changed.
    pub updated: Option<Edtf>,
    /// The places it is about, or was written in, in the order in which they were found.
    pub places: Vec<Place>,
    /// The dateline as printed, without date and agency: `NEW YORK`, `AUSTIN, Texas`.
    pub dateline: Option<String>,
    /// The section of the publication.
    pub section: Option<String>,
    /// The publication.
    pub source: Option<String>,
    /// The language as a BCP 47 tag.
    pub language: Option<String>,
    /// Its canonical address.
    pub url: Option<String>,
    /// Keywords, subjects, categories.
    pub topics: Vec<String>,
    /// Captions of its pictures: searched, but no part of the body.
    pub captions: Vec<String>,
    /// The copyright line.
    pub copyright: Option<String>,
    /// Whether it may be used: what its publisher says of this version.
    pub status: Status,
    /// The version of the item, as its publisher counts them; a later one is higher. One of two numbers, `1.10`, is the first
    /// times 1,000,000 and the second: 1000010; of those below 1 there is the 0.
    pub version: Option<u32>,
    /// Not to be shown before then, as its publisher asks.
    pub embargo: Option<Edtf>,
    /// The id of the item that it continues, replaces or corrects.
    pub follows: Option<String>,
    /// The id that its source gives it, where another story of the archive has that id already.
    pub source_id: Option<String>,
    /// Only a summary of an article that stands elsewhere, as in most feeds.
    pub stub: bool,
    /// How sure the reading of a scanned page is, in percent, where the source says so.
    pub ocr: Option<u8>,
    /// Words in headline, deck and body, as the index counts words.
    pub word_count: u32,
    /// The file it came from: a path relative to the root that was indexed, with `/` between its parts;
    /// a member of an archive follows after `!/` (`1987.zip!/march/001.txt`).
    pub file: String,
    /// Which record of the file, from 1.
    pub record: u32,
}

/// What the first of two numbers of a version is taken times: see [`Article::version`].
pub(crate) const MINOR_VERSIONS: u32 = 1_000_000;

/// Whether a version of an article may be used: the publishing status of the IPTC's standards (NewsML-G2 `pubStatus`).
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, utoipa::ToSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// It may be used.
    #[default]
    Usable,
    /// It may not be used now: its publisher holds it back.
    Withheld,
    /// It may never be used again: killed.
    Canceled,
}

/// A place that an article names.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct Place {
    /// The name as it is written in the source.
    pub name: String,
    /// An identifier in a gazetteer.
    pub id: Option<String>,
    /// ISO 3166-1 alpha-2 code of the country.
    pub country: Option<String>,
    /// What it lies in, from the widest to the place itself: Africa, Egypt, Cairo.
    pub path: Vec<String>,
    /// Where the name was found.
    pub from: PlaceFrom,
}

/// Where the name of a place was found.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, utoipa::ToSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum PlaceFrom {
    /// A field of the source says so.
    #[default]
    Metadata,
    /// The dateline names it.
    Dateline,
    /// It was recognised in the text.
    Text,
}

/// A version of an article.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Version {
    /// Its place among the versions of its story, from 1; the highest is the latest.
    pub number: u32,
    /// The day from which the archive reads so, where it is known.
    pub since: Option<NaiveDate>,
    /// Whether the archive reads so now.
    pub current: bool,
    /// The day from which the archive no longer reads so, where it is known.
    pub until: Option<NaiveDate>,
    /// Not to be seen before this second (since 1970-01-01 UTC), where that is still to come.
    pub embargo: Option<i64>,
    /// The other files that hold the same.
    pub also_in: Vec<String>,
    /// The version itself; of one that must not be seen yet, only where it is from.
    pub article: Article,
}

/// What differs between two versions of an article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Difference {
    /// The number of the one.
    pub from: u32,
    /// The number of the other.
    pub to: u32,
    /// The headlines.
    pub headline: Vec<Stretch>,
    /// The decks.
    pub deck: Vec<Stretch>,
    /// The texts.
    pub body: Vec<Stretch>,
}

impl Place {
    /// A place of which only the name and its origin are known.
    pub fn named(name: impl Into<String>, from: PlaceFrom) -> Self {
        Place {
            name: name.into(),
            from,
            ..Place::default()
        }
    }
}
