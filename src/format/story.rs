//! What the formats of the wire and of feeds share: the parts that a source states → a [`Record`].
//!
//! A source states headline, byline and dateline in fields, in the text, or in both. What stands in both is taken out of
//! the text, what stands only there is taken from it. Nothing here knows XML.

use super::prose::{Piece, Prose};
use super::{Draft, MapField, Origins, Record, Rejection, table};
use crate::article::{Article, MINOR_VERSIONS, Place, PlaceFrom, Status};
use crate::source::SkipReason;
use crate::text::date::{self, Reading};
use crate::text::edtf::Edtf;
use crate::text::{byline, clean, dateline};

/// In how many of the first paragraphs a byline or dateline may stand: notes to editors go before.
const OPENING: usize = 6;

/// What stands beside tables of figures and is shorter, in characters, is their legend: a line, and one that ends as a
/// sentence does.
const LONG: usize = 80;
const SENTENCE: usize = 50;

/// Makes the record of an article and its text.
pub(crate) fn record(mut draft: Draft, prose: Prose) -> Record {
    let is_prose = |piece: &Piece| {
        let length = piece.text.chars().count();
        let sentence = piece.text.ends_with(['.', '!', '?', '"', '”', '。']);
        !piece.heading && (length >= LONG || sentence && length >= SENTENCE)
    };
    let rows: Vec<String> = prose
        .pieces
        .iter()
        .map(|piece| piece.text.clone())
        .collect();
    // A summary is too short to tell.
    let only_rows = !draft.article.stub && (table::is_table(&rows) || table::is_roll(&rows));
    let only_tables = prose.tables > 0 && !prose.pieces.iter().any(is_prose);
    tell(&mut draft, prose);
    let article = &draft.article;
    if only_tables {
        return Err(Rejection::new(
            SkipReason::NotAnArticle,
            "tables of figures, no text",
        ));
    }
    if only_rows {
        return Err(Rejection::new(
            SkipReason::NotAnArticle,
            "a table of results or a list of names, no text",
        ));
    }
    let is_empty = article.headline.is_empty() && article.body.is_empty() && article.deck.is_none();
    // A notice that takes an item back needs no text.
    if is_empty && article.status == Status::Usable {
        return Err(Rejection::new(
            SkipReason::NoText,
            match &*article.id {
                "" => "item: neither headline nor text".to_owned(),
                id => format!("item {id}: neither headline nor text"),
            },
        ));
    }
    Ok(Box::new(draft))
}

/// Fills body, captions, and what the text says of headline, deck, byline and dateline.
fn tell(draft: &mut Draft, prose: Prose) {
    let Draft {
        article, origins, ..
    } = draft;
    for caption in prose.captions {
        if !article.captions.contains(&caption) {
            article.captions.push(caption);
            origins.also(MapField::Captions, "captions in the text");
        }
    }
    let mut pieces = prose.pieces;
    headings(article, origins, &mut pieces);
    opening(article, origins, &mut pieces);
    // What stood under them was no text.
    while pieces.len() > 1 && pieces.pop_if(|last| last.heading).is_some() {}
    if pieces.len() > 1
        && let Some(last) = pieces.pop_if(|last| last.text.starts_with('©'))
    {
        article.copyright = article.copyright.take().or_else(|| {
            origins.told(
                MapField::Copyright,
                "last paragraph of the text, with ©",
                Some(last.text),
            )
        });
    }
    if pieces.len() > 1 {
        pieces.pop_if(|last| is_signature(&last.text));
    }
    let texts: Vec<_> = pieces.into_iter().map(|piece| piece.text).collect();
    article.body = texts.join("\n\n");
    if article.deck.as_deref().is_some_and(|deck| {
        same(deck, &article.headline) || texts.first().is_some_and(|first| begins(first, deck))
    }) {
        article.deck = None;
    }
}

/// Takes the headline and the deck from the head of the text.
fn headings(article: &mut Article, origins: &mut Origins, pieces: &mut Vec<Piece>) {
    while let Some(first) = pieces.first() {
        if article.headline.is_empty() && first.heading && pieces.len() > 1 {
            article.headline = pieces.remove(0).text;
            origins.note(MapField::Headline, "first heading in the text");
        } else if same(&first.text, &article.headline) {
            pieces.remove(0);
        } else if first.heading && article.deck.is_none() && pieces.len() > 1 {
            article.deck = Some(pieces.remove(0).text);
            origins.note(MapField::Deck, "heading above the text");
        } else {
            return;
        }
    }
}

/// Takes byline and dateline from the first paragraphs.
fn opening(article: &mut Article, origins: &mut Origins, pieces: &mut Vec<Piece>) {
    if pieces.len() > 1
        && let Some(at) = pieces
            .iter()
            .take(OPENING)
            .position(|piece| is_remark(&piece.text))
    {
        pieces.remove(at);
    }
    let is_byline = |piece: &Piece| !piece.heading && byline::is_byline(&piece.text);
    let more = pieces.len() > 1 || !article.headline.is_empty();
    if more && let Some(at) = pieces.iter().take(OPENING).position(is_byline) {
        let line = pieces.remove(at).text;
        // As printed, it is better than a name in the metadata.
        if article.byline_line.is_none() || article.byline.is_empty() {
            set_byline(article, &line);
            origins.note(MapField::Byline, "byline in the text");
        }
    }
    for (nth, piece) in pieces.iter_mut().take(OPENING).enumerate() {
        let found = dateline::split(&piece.text)
            .or_else(|| nordic(&piece.text))
            .or_else(|| dateline::agency_alone(&piece.text));
        let Some(found) = found else { continue };
        let rest = piece.text.get(found.length..).unwrap_or_default();
        let rest = rest.trim_start_matches(|c: char| c.is_whitespace() || ".-–—:".contains(c));
        let sure = nth == 0 || found.agency.is_some() || found.date.is_some();
        if rest.is_empty() || !sure {
            continue;
        }
        piece.text = rest.to_owned();
        if article.dateline.is_none() && !found.place.is_empty() {
            article.dateline = Some(found.place);
            origins.note(MapField::Dateline, "dateline at the beginning of the text");
        }
        return;
    }
}

/// Whether a paragraph tells editors what is new in a version: `(Adds quotes, background)`.
fn is_remark(text: &str) -> bool {
    const REMARKS: &[&str] = &[
        "adds",
        "updates",
        "recasts",
        "refiles",
        "corrects",
        "repeats",
        "removes",
        "fixes",
        "rewrites",
        "changes",
        "clarifies",
        "deletes",
        "amends",
        "releads",
        "writethru",
    ];
    let Some(inner) = text
        .strip_prefix('(')
        .and_then(|text| text.strip_suffix(')'))
    else {
        return false;
    };
    let first = inner.split(|c: char| !c.is_alphanumeric()).next();
    first.is_some_and(|first| REMARKS.contains(&first.to_lowercase().as_str()))
}

/// A dateline of the Nordic agencies: `København /ritzau/: `.
fn nordic(text: &str) -> Option<dateline::Dateline> {
    let (place, rest) = text.split_once(" /")?;
    let (agency, _) = rest.split_once("/: ")?;
    let fits = place.len() <= 40
        && place.starts_with(char::is_uppercase)
        && !place.contains(['.', ':', '"'])
        && agency.len() <= 20
        && !agency.contains(' ');
    fits.then(|| dateline::Dateline {
        place: clean::line(place),
        date: None,
        agency: Some(agency.to_owned()),
        length: place.len() + 2 + agency.len() + 3,
    })
}

/// Whether two texts say the same, but for case and signs.
fn same(one: &str, other: &str) -> bool {
    !one.is_empty() && letters(one).eq(letters(other))
}

/// Whether a text begins with another one.
fn begins(text: &str, beginning: &str) -> bool {
    let mut text = letters(text);
    letters(beginning).all(|letter| text.next() == Some(letter))
}

fn letters(text: &str) -> impl Iterator<Item = char> {
    text.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
}

/// Whether a last paragraph is nothing but the mark of an agency: `/ritzau/`, `(BusinessDesk)`, `AFP sn`, `ends`.
pub(crate) fn is_signature(text: &str) -> bool {
    const ENDS: &[&str] = &["end", "ends", "more"];
    let marks = |c: char| c.is_whitespace() || "./()-=#".contains(c);
    let inner = text.trim_matches(marks);
    let words: Vec<&str> = inner.split(' ').collect();
    let bracketed = text.starts_with(['/', '(']) && text.ends_with(['/', ')', '.']);
    if inner.is_empty() || inner.len() > 24 || text.ends_with(['!', '?', '"']) {
        return false;
    }
    // The initials of those who wrote it: `hh/ph/ts`.
    let are_initials = |word: &str| {
        word.split('/').count() > 1
            && word.split('/').all(|one| {
                (1..=4).contains(&one.len()) && one.bytes().all(|byte| byte.is_ascii_lowercase())
            })
    };
    match words[..] {
        [one] => {
            are_initials(one)
                || bracketed
                || byline::is_agency(one)
                || ENDS.contains(&one.to_lowercase().as_str())
        }
        [agency, initials] => byline::is_agency(agency) && initials.len() <= 8,
        _ => false,
    }
}

/// Sets the byline as it was printed, and the names in it.
pub(crate) fn set_byline(article: &mut Article, line: &str) {
    let line = clean::line(line);
    if line.is_empty() {
        return;
    }
    article.byline = byline::names(&line);
    article.byline_line = Some(line);
}

/// Sets the dateline from a field that holds only that; a date alone is none.
pub(crate) fn set_dateline(article: &mut Article, field: &str) {
    let line = clean::line(field);
    if let Some(found) = dateline::from_field(&line)
        && found.place.starts_with(char::is_alphabetic)
    {
        article.dateline = Some(found.place);
    }
}

/// How many places and topics an article has at most: each new one is compared with all before it.
const MOST: usize = 500;

/// Adds a place, once.
pub(crate) fn add_place(article: &mut Article, name: &str, country: Option<String>) {
    let name = clean::line(name);
    if name.is_empty() || !name.chars().any(char::is_alphabetic) {
        return;
    }
    let full = article.places.len() >= MOST;
    let known = article
        .places
        .iter_mut()
        .find(|place| place.name.eq_ignore_ascii_case(&name));
    match known {
        Some(place) => place.country = place.country.take().or(country),
        None if full => {}
        None => article.places.push(Place {
            country,
            ..Place::named(name, PlaceFrom::Metadata)
        }),
    }
}

/// Adds a topic, once.
pub(crate) fn add_topic(article: &mut Article, topic: &str) {
    let topic = clean::line(topic);
    if !topic.is_empty() && article.topics.len() < MOST && !article.topics.contains(&topic) {
        article.topics.push(topic);
    }
}

/// Reads a date as the wire writes them; midnight without a zone is how day dates are padded.
pub(crate) fn date(text: &str, language: Option<&str>) -> Option<Reading> {
    let text = text.trim();
    let day = text
        .strip_suffix("T000000")
        .or_else(|| text.strip_suffix("T00:00:00"));
    let text = day.unwrap_or(text);
    if is_placeholder(text) {
        return None;
    }
    date::read(text, language)
}

/// Whether it is what systems write that have no date and must write something.
pub(crate) fn is_placeholder(text: &str) -> bool {
    text.starts_with("0001-01-01") || text.starts_with("0000-00-00")
}

/// The embargo that a printed date is; what cannot be read is given back. There is none where nothing is printed.
pub(crate) fn embargo(printed: &str, language: Option<&str>) -> Option<Result<Reading, String>> {
    if printed.trim().is_empty() || is_placeholder(printed.trim()) {
        return None;
    }
    Some(date(printed, language).ok_or_else(|| unreadable(printed)))
}

/// The beginning of what cannot be read, for the person who has to mend it.
pub(crate) fn unreadable(printed: &str) -> String {
    clean::line(printed).chars().take(40).collect()
}

/// The embargo of what is released after it was issued. It is none only when both dates are read, and are in this order.
pub(crate) fn release(
    issued: Option<&str>,
    released: &str,
    language: Option<&str>,
) -> Option<Result<Reading, String>> {
    let release = embargo(released, language)?;
    let settled = |reading: Reading| match reading {
        Reading::Settled(date) => Some(date),
        // The order of day and month is not known yet.
        Reading::Numeric { .. } => None,
    };
    let is_out = || {
        let until = settled(*release.as_ref().ok()?)?;
        let issue = settled(date(issued?, language)?)?;
        let on_day = |date: Edtf| (date.first_day(), date.second_of_day());
        Some(match (until.instant(), issue.instant()) {
            (Some(until), Some(issue)) => until <= issue,
            _ => on_day(until) <= on_day(issue),
        })
    };
    (is_out() != Some(true)).then_some(release)
}

/// What a publishing status means: of the IPTC's `pubStatus`, of NewsML 1's `Status`, of NITF's `management-status`.
pub(crate) fn status(text: &str) -> Status {
    let name = text.rsplit(':').next().unwrap_or(text).trim();
    let name = name.to_ascii_lowercase();
    match name.as_str() {
        "canceled" | "cancelled" | "killed" | "kill" | "deleted" | "annulled" => Status::Canceled,
        "withheld" | "withhold" | "embargoed" | "hold" | "draft" | "private" => Status::Withheld,
        _ => Status::Usable,
    }
}

/// A version as its publisher counts: the first digits of it, or both of two numbers with a dot between them.
pub(crate) fn version(text: &str) -> Option<u32> {
    let digits = |text: &str| -> String { text.chars().take_while(char::is_ascii_digit).collect() };
    let text = text.trim_start_matches(|c: char| !c.is_ascii_digit());
    let first = digits(text);
    let second = text[first.len()..].strip_prefix('.').map(digits);
    let second = second.unwrap_or_default();
    let number: u32 = first.parse().ok()?;
    // `2.0` is how many programs print 2. Below 1 the second number alone would pass for a version of one.
    if number == 0 || second.bytes().all(|digit| digit == b'0') {
        return Some(number);
    }
    let second: u32 = second.parse().ok()?;
    let first = number.checked_mul(MINOR_VERSIONS)?;
    first
        .checked_add(second)
        .filter(|_| second < MINOR_VERSIONS)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::prose;
    use crate::text::date::Order;

    #[test]
    fn what_stands_twice_is_told_once() {
        let mut draft = Draft::default();
        draft.article.headline = "Ferry runs again".to_owned();
        draft.article.deck = Some("The ferry between the islands".to_owned());
        tell(
            &mut draft,
            prose::of_html(
                "<h1>FERRY RUNS AGAIN</h1><p>(Adds detail)</p><p>By Ada Byron</p>\
                 <p>OSLO, March 2 (Reuters) - The ferry runs.</p><p>(END)</p>",
            ),
        );
        let article = &draft.article;
        assert_eq!(article.body, "The ferry runs.");
        assert_eq!(article.byline, ["Ada Byron"]);
        assert_eq!(article.dateline.as_deref(), Some("OSLO"));
        assert!(article.deck.is_some());
    }

    #[test]
    fn signatures_are_no_text() {
        let check = |text: &str, expected: bool| assert_eq!(is_signature(text), expected, "{text}");
        check("/ritzau/", true);
        check("(BusinessDesk)", true);
        check("==Reuters", true);
        check("AFP sn", true);
        check("ends", true);
        check("hh/ph/ts", true);
        check("and/or what", false);
        check("(He laughed.)", false);
        check("He left.", false);
    }

    #[test]
    fn dates_of_the_wire() {
        let check = |text: &str, expected: Option<&str>| {
            let found = date(text, None).and_then(|reading| reading.settle(None));
            let found = found.map(|date| date.to_string());
            assert_eq!(found.as_deref(), expected, "{text}");
        };
        check("20061231T000000", Some("2006-12-31"));
        check("20170102T222800+0000", Some("2017-01-02T22:28:00Z"));
        check("2016-05-24 20:53:25+00:00", Some("2016-05-24T20:53:25Z"));
        check("0001-01-01T00:00:00", None);
        check("", None);
    }

    #[test]
    fn what_is_released_later_is_held_back() {
        let check = |issued: Option<&str>, released: &str, expected: Option<Result<&str, &str>>| {
            let until = release(issued, released, None).map(|until| {
                until.map(|reading| reading.settle(Some(Order::Dmy)).unwrap().to_string())
            });
            let until = until.as_ref();
            let until = until.map(|until| until.as_deref().map_err(|printed| &**printed));
            assert_eq!(until, expected, "{issued:?} {released}");
        };
        let issued = Some("20990101");
        check(issued, "20990101", None);
        check(issued, "2098-12-31T23:00:00Z", None);
        check(issued, "20990201", Some(Ok("2099-02-01")));
        check(
            issued,
            "2099-01-01T12:00:00Z",
            Some(Ok("2099-01-01T12:00:00Z")),
        );
        check(
            Some("2099-01-01T23:00:00-05:00"),
            "2099-01-02T03:00:00Z",
            None,
        );
        check(issued, "01/02/2099", Some(Ok("2099-02-01")));
        check(issued, "", None);
        check(issued, "later", Some(Err("later")));
        // Where nobody can tell when it was issued, the time of its release decides.
        check(Some("yesterday"), "20990201", Some(Ok("2099-02-01")));
        check(None, "20990201", Some(Ok("2099-02-01")));
    }

    #[test]
    fn versions_are_numbers_in_their_order() {
        let check = |text: &str, expected: Option<u32>| {
            assert_eq!(version(text), expected, "{text}");
        };
        check("7", Some(7));
        check("v7", Some(7));
        check("7.0", Some(7));
        check("4000000000", Some(4_000_000_000));
        check("1.9", Some(1_000_009));
        check("1.10", Some(1_000_010));
        check("2.1, second draft", Some(2_000_001));
        check("0.9", Some(0));
        check("5000.1", None);
        check("1.2000000", None);
        check("first", None);
    }

    #[test]
    fn statuses_have_many_names() {
        assert_eq!(status("stat:usable"), Status::Usable);
        assert_eq!(status("stat:canceled"), Status::Canceled);
        assert_eq!(status("Withheld"), Status::Withheld);
        assert_eq!(status(""), Status::Usable);
    }
}
