//! A page of the corpora, read by the format's row.

use std::collections::BTreeSet;
use std::io::{BufReader, Read};
use std::ops::ControlFlow;
use std::path::Path;

use morgue::format::{self, Draft, Input, Options};
use morgue::text::date::{Order, OrderEvidence};

/// What was read in a page, in the form in which it is compared.
#[derive(Default)]
pub struct Seen {
    /// The headline.
    pub headline: String,
    /// Every `<h1>`, `<title>` and title in the head, folded: one of them is the headline that the truth has chosen.
    pub headlines: Vec<String>,
    /// The first headline in each of the five places where pages state one, folded: see [`PLACES`].
    pub stated: Vec<Option<String>>,
    /// The deck.
    pub deck: String,
    /// The body.
    pub body: String,
    /// The names in the byline.
    pub authors: BTreeSet<String>,
    /// The day of publication.
    pub day: Option<String>,
}

impl Seen {
    /// Reads a page, plain or gzipped.
    pub fn at(path: &Path) -> Seen {
        let bytes = bytes(path);
        let page = String::from_utf8_lossy(&bytes);
        let mut seen = Seen {
            headlines: headlines(&page),
            stated: stated(&page),
            ..Seen::default()
        };
        let Some(draft) = draft(&bytes) else {
            return seen;
        };
        seen.day = day(&draft);
        seen.headline = draft.article.headline;
        seen.deck = draft.article.deck.unwrap_or_default();
        seen.body = draft.article.body;
        seen.authors = draft
            .article
            .byline
            .iter()
            .map(|name| folded(name))
            .collect();
        seen
    }
}

/// In lower case, with single blanks.
pub fn folded(text: &str) -> String {
    text.to_lowercase()
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

/// The bytes of a page.
fn bytes(path: &Path) -> Vec<u8> {
    let file =
        std::fs::File::open(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let mut bytes = Vec::new();
    let read = if path.extension().is_some_and(|ending| ending == "gz") {
        flate2::read::MultiGzDecoder::new(file).read_to_end(&mut bytes)
    } else {
        BufReader::new(file).read_to_end(&mut bytes)
    };
    read.expect("the page can be read");
    bytes
}

/// The article in a page.
fn draft(bytes: &[u8]) -> Option<Draft> {
    let mut found = None;
    let mut input = Input {
        bytes: &mut &*bytes,
        file: "page.html",
        options: &Options::default(),
        beside: &morgue::source::Beside::default(),
    };
    let row = format::by_name("html").expect("the format has a row");
    (row.read)(&mut input, &mut |record| {
        found = record.ok().map(|draft| *draft);
        ControlFlow::Continue(())
    })
    .expect("the page can be read");
    found
}

/// The day, in the order that language and address suggest; day before month where nothing does.
fn day(draft: &Draft) -> Option<String> {
    let mut evidence = OrderEvidence::default();
    for reading in [&draft.date, &draft.updated].into_iter().flatten() {
        evidence.observe(reading);
    }
    if let Some(language) = &draft.article.language {
        evidence.hint_language(language);
    }
    if let Some(address) = &draft.article.url {
        evidence.hint_domain(address);
    }
    let date = draft
        .date?
        .settle(Some(evidence.decide().unwrap_or(Order::Dmy)))?;
    Some(date.without_time().to_string())
}

/// The places where a page states its headline: in print, as its title, for two social networks, in JSON-LD.
const PLACES: [&str; 5] = [
    r"(?is)<h1\b[^>]*>(.*?)</h1>",
    r"(?is)<title\b[^>]*>(.*?)</title>",
    r#"(?is)<meta\b(?:[^>]*\bog:title"[^>]*?\bcontent="([^"]*)"|[^>]*?\bcontent="([^"]*)"[^>]*\bog:title")"#,
    r#"(?is)<meta\b(?:[^>]*\btwitter:title"[^>]*?\bcontent="([^"]*)"|[^>]*?\bcontent="([^"]*)"[^>]*\btwitter:title")"#,
    r#"(?s)"headline"\s*:\s*"((?:[^"\\]|\\.)*)""#,
];

/// See [`Seen::stated`].
fn stated(page: &str) -> Vec<Option<String>> {
    let first = |place: &&str| headlines_in(page, place).into_iter().next();
    PLACES.iter().map(first).collect()
}

/// See [`Seen::headlines`].
fn headlines(page: &str) -> Vec<String> {
    headlines_in(
        page,
        r#"(?is)<(?:h1|title)\b[^>]*>(.*?)</(?:h1|title)>|content="([^"]*)"|"headline"\s*:\s*"((?:[^"\\]|\\.)*)""#,
    )
}

/// What the groups of a pattern match, without tags and folded.
fn headlines_in(page: &str, pattern: &str) -> Vec<String> {
    let titles = regex::Regex::new(pattern).expect("the pattern is right");
    let tags = regex::Regex::new(r"(?s)<[^>]*>").expect("the pattern is right");
    titles
        .captures_iter(page)
        .filter_map(|found| found.iter().skip(1).flatten().next())
        .map(|title| {
            folded(
                &morgue::text::clean::entities(&tags.replace_all(title.as_str(), " "))
                    .replace("\\\"", "\""),
            )
        })
        .collect()
}
