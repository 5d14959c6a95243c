//! What a record says of itself before its bytes: the fields of WARC, the one line of ARC.

use super::http::{self, Media};
use crate::format::Rejection;
use crate::source::SkipReason;

/// What the first line of an ARC file begins with.
pub(super) const ARC_BEGIN: &[u8] = b"filedesc://";

/// The head of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Head {
    /// What kind of record it is.
    pub(super) kind: Kind,
    /// The address that was asked for; empty where there is none.
    pub(super) address: String,
    /// What its bytes are said to be.
    pub(super) media: Media,
    /// How many bytes follow the head.
    pub(super) length: u64,
}

/// Kinds of records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// What a server answered.
    Answer,
    /// A file without what the server said of it.
    Resource,
    /// What was made of a page later: mostly its text.
    Extract,
    /// Never an article: what it is.
    Other(&'static str),
}

/// The types of WARC, 5.5.
const KINDS: &[(&str, Kind)] = &[
    ("response", Kind::Answer),
    ("resource", Kind::Resource),
    ("conversion", Kind::Extract),
    ("warcinfo", Kind::Other("a note about the crawl")),
    ("request", Kind::Other("a request")),
    ("metadata", Kind::Other("metadata")),
    (
        "revisit",
        Kind::Other("a page that has not changed since another capture"),
    ),
    (
        "continuation",
        Kind::Other("a part of a record in another file"),
    ),
];

/// Whether a line, or a file, begins as a record of WARC does.
pub(super) fn begins_warc(line: &[u8]) -> bool {
    line.strip_prefix(b"WARC/")
        .is_some_and(|version| version.first().is_some_and(u8::is_ascii_digit))
}

/// The head that these fields make.
pub(super) fn of_warc(fields: &[(String, String)]) -> Result<Head, Rejection> {
    let field = |name| http::field(fields, name);
    let named = field("warc-type").unwrap_or_default().to_ascii_lowercase();
    let kind = KINDS.iter().find(|(name, _)| *name == named);
    // Some writers put the address into angle brackets, as the first edition of the standard did.
    let address = field("warc-target-uri").unwrap_or_default();
    let address = address.trim_start_matches('<').trim_end_matches('>');
    let length = field("content-length").unwrap_or_default();
    Ok(Head {
        kind: kind.map_or(Kind::Other("a record of a kind of its own"), |(_, kind)| {
            *kind
        }),
        address: address.to_owned(),
        media: Media::of(field("content-type").unwrap_or_default()),
        length: of_digits(length, address)?,
    })
}

/// Whether a line looks like the head of a record of ARC: an address, an IP address, a date, a type, and at the end a
/// length; later versions have more between.
pub(super) fn begins_arc(line: &[u8]) -> bool {
    let parts: Vec<&[u8]> = line
        .trim_ascii()
        .split(|byte| *byte == b' ')
        .take(12)
        .collect();
    let is_date = |part: &&[u8]| part.len() >= 12 && part.iter().all(u8::is_ascii_digit);
    (5..=10).contains(&parts.len())
        && parts[0]
            .windows(3)
            .any(|three| three == b"://" || three == b"dns")
        && parts.get(2).is_some_and(is_date)
}

/// The head in that line.
pub(super) fn of_arc(line: &[u8]) -> Result<Head, Rejection> {
    let line = String::from_utf8_lossy(line);
    let parts: Vec<&str> = line.trim().split(' ').collect();
    let address = parts.first().copied().unwrap_or_default();
    let kind = if line.as_bytes().starts_with(ARC_BEGIN) {
        Kind::Other("a note about the crawl")
    } else {
        Kind::Answer
    };
    Ok(Head {
        kind,
        address: address.to_owned(),
        media: Media::of(parts.get(3).copied().unwrap_or_default()),
        length: of_digits(parts.last().copied().unwrap_or_default(), address)?,
    })
}

fn of_digits(length: &str, address: &str) -> Result<u64, Rejection> {
    length.parse().map_err(|_| {
        let place = if address.is_empty() {
            "a record"
        } else {
            address
        };
        let detail = format!("{place}: its length is no number, but `{length}`");
        Rejection::new(SkipReason::Malformed, detail)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_arc_are_told_from_text() {
        let check =
            |line: &str, expected| assert_eq!(begins_arc(line.as_bytes()), expected, "{line}");
        check(
            "http://news.example/a 192.0.2.1 20140216050221 text/html 1591\n",
            true,
        );
        check(
            "http://news.example/a 192.0.2.1 20140216050221 text/html 200 - - 88 a.arc.gz 1591",
            true,
        );
        check(
            "dns:news.example 192.0.2.1 20140216050221 text/dns 56",
            true,
        );
        check(
            "URL IP-address Archive-date Content-type Archive-length",
            false,
        );
        check("See http://news.example/a on 12 May", false);
        check("", false);
    }

    #[test]
    fn heads_say_what_follows() {
        let head =
            of_arc(b"http://news.example/a 192.0.2.1 20140216050221 text/html 15\n").unwrap();
        assert_eq!((head.kind, head.length), (Kind::Answer, 15));
        assert!(of_arc(b"http://news.example/a 192.0.2.1 20140216050221 text/html -1").is_err());
        let fields = [
            ("warc-type", "request"),
            ("content-length", "7"),
            ("warc-target-uri", "<http://a.example/>"),
        ]
        .map(|(name, value)| (name.to_owned(), value.to_owned()));
        let head = of_warc(&fields).unwrap();
        assert_eq!(
            (head.kind, head.address.as_str()),
            (Kind::Other("a request"), "http://a.example/")
        );
        assert!(of_warc(&fields[..1]).is_err());
    }
}
