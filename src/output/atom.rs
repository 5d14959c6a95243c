//! Hits as an Atom feed (RFC 4287), for feed readers: the file that a watch keeps.
//!
//! Every entry has an id that stays the same wherever the feed is, and the moment at which it came into the feed. It knows
//! neither files nor addresses: those are given.

use std::borrow::Cow;
use std::io::{self, Write};

use chrono::{DateTime, SecondsFormat, Utc};

use super::marks;
use crate::search::Hit;
use crate::text::edtf::Edtf;

/// What stands at the head of a feed.
#[derive(Debug, Clone)]
pub struct Feed {
    /// The same for ever: an IRI.
    pub id: String,
    /// What people read.
    pub title: String,
    /// When something in it changed last.
    pub updated: DateTime<Utc>,
    /// Where the feed itself can be had.
    pub own: Option<String>,
}

/// An article in a feed.
#[derive(Debug, Clone)]
pub struct Entry<'a> {
    /// The article.
    pub hit: &'a Hit,
    /// Where it can be read.
    pub address: Option<String>,
    /// When it came into the feed; its date where that is not told.
    pub updated: Option<DateTime<Utc>>,
}

/// Writes a feed, its entries as they come.
pub fn write<'a>(
    out: &mut dyn Write,
    feed: &Feed,
    entries: impl Iterator<Item = Entry<'a>>,
) -> io::Result<()> {
    writeln!(out, "<?xml version=\"1.0\" encoding=\"utf-8\"?>")?;
    writeln!(out, "<feed xmlns=\"http://www.w3.org/2005/Atom\">")?;
    element(out, "id", &feed.id)?;
    element(out, "title", &feed.title)?;
    element(out, "updated", &moment(feed.updated))?;
    writeln!(out, "<author><name>morgue</name></author>")?;
    if let Some(own) = &feed.own {
        writeln!(out, "<link rel=\"self\" href=\"{}\"/>", escaped(own))?;
    }
    for entry in entries {
        write_entry(out, feed, &entry)?;
    }
    writeln!(out, "</feed>")
}

fn write_entry(out: &mut dyn Write, feed: &Feed, entry: &Entry<'_>) -> io::Result<()> {
    let hit = entry.hit;
    let published = hit.date.as_ref().and_then(first_moment);
    let updated = entry.updated.or(published).unwrap_or(feed.updated);
    let headline = match hit.headline.as_str() {
        "" => "(no headline)",
        headline => headline,
    };
    writeln!(out, "<entry>")?;
    element(out, "id", &urn(&hit.id))?;
    element(out, "title", headline)?;
    element(out, "updated", &moment(updated))?;
    if let Some(published) = published {
        element(out, "published", &moment(published))?;
    }
    for name in hit.byline.iter().chain(&hit.source) {
        writeln!(out, "<author><name>{}</name></author>", escaped(name))?;
    }
    let is_web = |address: &&String| {
        ["http://", "https://"]
            .iter()
            .any(|it| address.starts_with(it))
    };
    if let Some(address) = entry.address.as_ref().filter(is_web) {
        writeln!(out, "<link href=\"{}\"/>", escaped(address))?;
    }
    if let Some(section) = &hit.section {
        writeln!(out, "<category term=\"{}\"/>", escaped(section))?;
    }
    let below: Vec<&str> = marks::below_headline(hit)
        .map(|it| it.text.as_str())
        .collect();
    if !below.is_empty() {
        element(out, "summary", &below.join(" … "))?;
    }
    writeln!(out, "</entry>")
}

fn element(out: &mut dyn Write, name: &str, text: &str) -> io::Result<()> {
    writeln!(out, "<{name}>{}</{name}>", escaped(text))
}

/// The id of an article as an IRI.
fn urn(id: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~:/#!@".contains(&byte);
    let mut urn = String::from("urn:morgue:article:");
    for byte in id.bytes() {
        if plain(byte) {
            urn.push(char::from(byte));
        } else {
            urn.push_str(&format!("%{byte:02X}"));
        }
    }
    urn
}

/// The first second of a date.
fn first_moment(date: &Edtf) -> Option<DateTime<Utc>> {
    let midnight = date.first_day().and_hms_opt(0, 0, 0)?.and_utc();
    let told = date
        .instant()
        .and_then(|second| DateTime::from_timestamp(second, 0));
    Some(told.unwrap_or(midnight))
}

fn moment(moment: DateTime<Utc>) -> String {
    moment.to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// Text as XML 1.0 has it: what no document may contain becomes a blank.
fn escaped(text: &str) -> Cow<'_, str> {
    let is_safe =
        |c: char| !matches!(c, '&' | '<' | '>' | '"' | '\u{fffe}' | '\u{ffff}') && c >= ' ';
    if text.chars().all(is_safe) {
        return Cow::Borrowed(text);
    }
    let mut safe = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\n' | '\t' => safe.push(c),
            '\u{fffe}' | '\u{ffff}' => safe.push(' '),
            c if c < ' ' => safe.push(' '),
            c => safe.push(c),
        }
    }
    Cow::Owned(safe)
}
