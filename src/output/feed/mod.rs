//! Articles as a feed for feed readers: Atom, RSS and JSON Feed, as a server has it of any query and a watch keeps it in a file.
//!
//! An entry is known by the id of its article, wherever the feed is, so a reader shows it once. Its date stands for the beginning
//! of what is known: feeds have no year alone.

mod json;
mod xml;

use chrono::{DateTime, FixedOffset, NaiveDateTime};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

pub(crate) use json::json;
pub(crate) use xml::{atom, rss};

use super::marks;
use crate::article::Article;
use crate::search::Hit;
use crate::text::edtf::Edtf;

/// What a feed says.
pub(crate) struct Feed {
    /// The same for ever: an IRI.
    pub id: String,
    pub title: String,
    /// Its own address, and that of a page with the same.
    pub here: Option<String>,
    pub page: Option<String>,
    /// When something in it changed last.
    pub updated: DateTime<FixedOffset>,
    pub entries: Vec<Entry>,
}

/// One article in a feed.
pub(crate) struct Entry {
    id: String,
    /// Where it can be read.
    page: Option<String>,
    summary: String,
    published: Option<DateTime<FixedOffset>>,
    /// Later than it was published, or the same.
    updated: DateTime<FixedOffset>,
    article: Article,
}

impl Entry {
    /// An article, found by a search, that can be read at an address.
    pub(crate) fn new(article: Article, hit: &Hit, page: Option<String>) -> Self {
        let summary = marks::below_headline(hit).next();
        let published = article.date.map(instant);
        let updated = article.updated.map(instant).or(published);
        Entry {
            id: format!("urn:morgue:article:{}", encode(&article.id)),
            page,
            summary: summary.map(|it| it.text.clone()).unwrap_or_default(),
            published,
            // Atom wants one of every entry. What has no date is told from what has by a day that no archive needs.
            updated: updated.max(published).unwrap_or_default(),
            article,
        }
    }

    /// A hit as far as it tells of its article, which may have changed since; its own address is where it can be read.
    pub(crate) fn of_hit(hit: &Hit) -> Self {
        let article = Article {
            id: hit.id.clone(),
            headline: hit.headline.clone(),
            byline: hit.byline.clone(),
            date: hit.date,
            section: hit.section.clone(),
            source: hit.source.clone(),
            language: hit.language.clone(),
            url: hit.url.clone(),
            ..Article::default()
        };
        let page = original(&article).map(str::to_owned);
        Entry::new(article, hit, page)
    }

    /// As new as its coming into the feed, whatever its date.
    pub(crate) fn come(self, updated: DateTime<FixedOffset>) -> Self {
        Entry { updated, ..self }
    }

    /// When something in it changed last.
    pub(crate) fn updated(&self) -> DateTime<FixedOffset> {
        self.updated
    }

    /// Its address elsewhere.
    fn original(&self) -> Option<&str> {
        original(&self.article).filter(|url| self.page.as_deref() != Some(*url))
    }
}

/// The address of an article where that is one of the web.
fn original(article: &Article) -> Option<&str> {
    let url = article.url.as_deref()?;
    let is_web = url.starts_with("http://") || url.starts_with("https://");
    let is_whole = url
        .chars()
        .all(|letter| letter.is_ascii_graphic() && !"<>\"{}|\\^`".contains(letter));
    (is_web && is_whole).then_some(url)
}

/// The moment at which a date begins; in UTC where the source does not say.
fn instant(date: Edtf) -> DateTime<FixedOffset> {
    let utc = |time: NaiveDateTime| time.and_utc().fixed_offset();
    match date {
        Edtf::Instant(time) => time,
        Edtf::Local(time) => utc(time),
        date => utc(date.first_day().into()),
    }
}

/// Whether the day of a date is known: what is less is no moment.
fn has_day(date: Edtf) -> bool {
    !matches!(date, Edtf::Year(_) | Edtf::Month(..))
}

/// All but the unreserved letters of RFC 3986.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// Text as a part of an address.
pub(crate) fn encode(text: &str) -> String {
    utf8_percent_encode(text, RESERVED).to_string()
}
