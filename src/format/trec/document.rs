//! The fields of a `<DOC>` element → a record.

use super::super::mapping::{finished, language_tag, split_dateline};
use super::super::{Draft, MapField, Record, Rejection, short_date};
use super::fields::{Field, Found, attribute, fields, line, paragraphs};
use crate::article::{Place, PlaceFrom};
use crate::source::SkipReason;
use crate::text::date::{self, Reading};
use crate::text::{byline, dateline};

/// What the first letters of a document's number say of its source.
const SOURCES: &[(&str, &str)] = &[
    ("AP", "Associated Press"),
    ("APW", "Associated Press"),
    ("AFP", "Agence France-Presse"),
    ("CNA", "Central News Agency"),
    ("FBIS", "Foreign Broadcast Information Service"),
    ("FR", "Federal Register"),
    ("FT", "Financial Times"),
    ("LA", "Los Angeles Times"),
    ("LTW", "Los Angeles Times/Washington Post"),
    ("NYT", "New York Times"),
    ("WPB", "Washington Post/Bloomberg"),
    ("WSJ", "Wall Street Journal"),
    ("XIE", "Xinhua"),
    ("XIN", "Xinhua"),
    ("SJMN", "San Jose Mercury News"),
];

/// The number of the document and its page, when it is one of a web collection.
pub(super) fn web_page(element: &str) -> Option<(String, &str)> {
    let (head, page) = element.split_once("</DOCHDR>")?;
    let id = fields(head)
        .into_iter()
        .find(|found| found.field == Field::Id)
        .map(|found| line(found.content));
    let page = page.trim_end().strip_suffix("</DOC>").unwrap_or(page);
    Some((id.unwrap_or_default(), page))
}

/// The record that an element is.
pub(super) fn record(element: &str) -> Record {
    let tag = element.find('>').map_or("", |end| &element[..end]);
    let attributes = tag.get("<DOC".len()..).unwrap_or_default();
    let fields = fields(element);
    let mut draft = Draft::default();
    if let Some(id) = attribute(attributes, "id") {
        id.trim().clone_into(&mut draft.article.id);
        draft
            .origins
            .note(MapField::Id, ("attribute", "id of <DOC>"));
    }
    let kind = attribute(attributes, "type").unwrap_or_default();
    let mut body = Vec::new();
    let mut kinds = vec![kind.to_owned()];
    for found in &fields {
        match found.field {
            Field::Body => {
                body.push(paragraphs(found.content));
                let at = ("element", found.name);
                draft.origins.also(MapField::Body, at);
            }
            Field::Kind => kinds.push(line(found.content)),
            Field::Date => fill_date(&mut draft, found),
            _ => {
                note(&mut draft, found);
                fill(&mut draft, found);
            }
        }
    }
    if fields.is_empty() {
        let after = element.find('>').map_or("", |end| &element[end + 1..]);
        body.push(paragraphs(after));
        let at = "all of <DOC>: it has no elements";
        draft.origins.note(MapField::Body, at);
    }
    if let Some(kind) = kinds.iter().find(|kind| is_no_story(kind)) {
        return Err(Rejection::new(
            SkipReason::NotAnArticle,
            format!("{}: it is for editors: {kind}", draft.article.id),
        ));
    }
    body.retain(|part| !part.is_empty());
    draft.article.body = body.join("\n\n");
    finish(&mut draft);
    let missing = format!("document {}", draft.article.id);
    finished(draft, missing.trim_end())
}

/// Whether a kind is that of a message from editors to editors.
fn is_no_story(kind: &str) -> bool {
    let kind = kind.trim().to_lowercase();
    kind.starts_with("advis") || kind.starts_with("test") || kind == "editors' note"
}

/// Notes where a field is found that [`fill`] is about to fill; of a line the first of a name counts.
fn note(draft: &mut Draft, found: &Found<'_>) {
    let article = &draft.article;
    let (field, is_first) = match found.field {
        Field::Id => (MapField::Id, article.id.is_empty() || found.name == "DOCNO"),
        Field::Headline if article.headline.is_empty() => (MapField::Headline, true),
        Field::Headline | Field::Deck => (MapField::Deck, article.deck.is_none()),
        Field::Byline => (MapField::Byline, article.byline_line.is_none()),
        Field::Dateline => (MapField::Dateline, article.dateline.is_none()),
        Field::Section => (MapField::Section, article.section.is_none()),
        Field::Source => (MapField::Source, article.source.is_none()),
        Field::Copyright => (MapField::Copyright, article.copyright.is_none()),
        Field::Url => (MapField::Url, article.url.is_none()),
        Field::Language => (MapField::Language, article.language.is_none()),
        Field::Captions => (MapField::Captions, false),
        Field::Topics => (MapField::Topics, false),
        Field::Date | Field::Body | Field::Kind | Field::Unread => return,
    };
    let at = ("element", found.name);
    if is_first && !found.content.trim().is_empty() {
        draft.origins.note(field, at);
    } else if matches!(field, MapField::Captions | MapField::Topics) {
        draft.origins.also(field, at);
    }
}

/// Fills a field that is a line or a list. The first of a name counts.
fn fill(draft: &mut Draft, found: &Found<'_>) {
    let article = &mut draft.article;
    let text = line(found.content);
    if text.is_empty() {
        return;
    }
    let first = |place: &mut Option<String>| {
        place.get_or_insert(text.clone());
    };
    match found.field {
        Field::Id if article.id.is_empty() || found.name == "DOCNO" => article.id = text,
        Field::Headline if article.headline.is_empty() => headline(draft, found.content),
        Field::Headline | Field::Deck => first(&mut article.deck),
        Field::Byline if article.byline_line.is_none() => sign(draft, text),
        Field::Dateline if article.dateline.is_none() => {
            let place = dateline::from_field(&text).map_or(text, |found| found.place);
            let place = place.trim_end_matches(['-', '_', ' ', ',']).to_owned();
            if byline::is_agency(&place) || place.is_empty() {
                return;
            }
            let named = Place::named(place.clone(), PlaceFrom::Dateline);
            article.places.push(named);
            draft
                .origins
                .also(MapField::Places, ("element", "DATELINE"));
            article.dateline = Some(place);
        }
        Field::Section => {
            let section = text.split(';').next().unwrap_or_default().trim();
            article.section.get_or_insert(section.to_owned());
        }
        Field::Source => first(&mut article.source),
        Field::Copyright => first(&mut article.copyright),
        Field::Url => first(&mut article.url),
        Field::Language => article.language = article.language.take().or(language_tag(&text)),
        Field::Captions => article.captions.push(text),
        Field::Topics => {
            for topic in topics(found.content) {
                if !topic.is_empty() && !article.topics.contains(&topic) {
                    article.topics.push(topic);
                }
            }
        }
        _ => {}
    }
}

/// The members of a list: divided by semicolons, else one a line, else divided by commas.
fn topics(content: &str) -> Vec<String> {
    let lines = content.trim().lines().count();
    let parts = |mark: char| content.split(mark).map(line).collect();
    match (content.contains(';'), lines) {
        (true, _) => parts(';'),
        (false, 0 | 1) => parts(','),
        _ => parts('\n'),
    }
}

/// A headline: what newspapers put before it (the issue and its day) and behind it (the author) is taken off.
fn headline(draft: &mut Draft, content: &str) {
    let (above, below) = content.split_once("----").unwrap_or((content, ""));
    let mut lines: Vec<&str> = above.lines().collect();
    // `… By Ann Lee` and her title stand in the last lines of some.
    let signed = |lines: &[&str]| {
        lines
            .iter()
            .position(|line| line.trim().starts_with("By ") && byline::is_byline(line.trim()))
    };
    let mut author = signed(&lines)
        .filter(|at| *at > 0)
        .map(|at| lines.split_off(at));
    if author.is_none() {
        let below: Vec<&str> = below.lines().collect();
        author = signed(&below).map(|at| below[at..].to_vec());
    }
    if let (Some(author), None) = (author, &draft.article.byline_line) {
        let signature = author.first().map(|author| line(author));
        sign(draft, signature.unwrap_or_default());
        let at = "the last lines of the headline";
        draft.origins.note(MapField::Byline, at);
    }
    let text = line(&lines.join("\n"));
    // `FT  14 MAY 91 / News in Brief: …`
    let issue = text.split_once(" / ").filter(|(issue, _)| {
        issue.len() <= 24 && issue.bytes().filter(u8::is_ascii_digit).count() >= 3
    });
    let headline = issue.map_or(text.as_str(), |(_, text)| text);
    headline.clone_into(&mut draft.article.headline);
}

fn sign(draft: &mut Draft, text: String) {
    draft.article.byline = byline::names(&text);
    draft.article.byline_line = Some(text).filter(|text| !text.is_empty());
}

/// Reads a date, unless one is known. Of two calendars the western one counts: the other is told by its name only.
fn fill_date(draft: &mut Draft, found: &Found<'_>) {
    let other = ["calender", "calendar"]
        .iter()
        .find_map(|name| attribute(found.attributes, name))
        .is_some_and(|calendar| {
            !["western", "gregorian"].contains(&calendar.to_lowercase().as_str())
        });
    if draft.date.is_some() || other {
        return;
    }
    let text = line(found.content);
    // All collections with two digits for a year are American, or begin with the year.
    let short = short_date::year_month_day(&text)
        .filter(|_| !text.contains('/'))
        .or_else(|| short_date::month_day_year(&text));
    let american = || {
        let (day, clock) = text.split_once(' ')?;
        let mut parts = day.split('/');
        let (month, day, year) = (parts.next()?, parts.next()?, parts.next()?);
        let iso = format!("{year}-{month}-{day} {clock}");
        (year.len() == 4).then(|| date::read(&iso, None)).flatten()
    };
    draft.origins.note(MapField::Date, ("element", found.name));
    draft.date = short
        .map(Reading::Settled)
        .or_else(american)
        .or_else(|| date::read(&text, Some("en")));
}

/// What a document says of itself by its number, and what stands in its text.
fn finish(draft: &mut Draft) {
    let id = draft.article.id.clone();
    let letters = id
        .find(|c: char| !c.is_ascii_uppercase())
        .map_or("", |end| &id[..end]);
    // The collection is surer than the page that is printed beside its name.
    if let Some((_, source)) = SOURCES.iter().find(|(known, _)| *known == letters) {
        draft.article.source = Some((*source).to_owned());
        let at = "the letters of the document's number";
        draft.origins.note(MapField::Source, at);
    }
    split_dateline(draft);
    let end = without_initials(&draft.article.body).len();
    draft.article.body.truncate(end);
    let origins = &mut draft.origins;
    draft.date = draft.date.or_else(|| {
        origins.told(
            MapField::Date,
            "day in the document's number",
            date_in(&id, letters),
        )
    });
}

/// A text without the initials of those who wrote and edited it, which stand behind its last sentence: `(ab-cde)`.
fn without_initials(text: &str) -> &str {
    let found = || {
        let (before, initials) = text.trim_end().strip_suffix(')')?.rsplit_once('(')?;
        let are_initials = initials.len() <= 12
            && initials.split(['-', '/']).all(|one| {
                (2..=4).contains(&one.len()) && one.bytes().all(|byte| byte.is_ascii_lowercase())
            });
        let before = before.trim_end();
        let ended = before.ends_with(['.', '!', '?', '"', '\'', '”']);
        (are_initials && ended).then_some(before)
    };
    found().unwrap_or(text)
}

/// The day in a document's number: `NYT19980601.0001`, `AFP_ENG_19940512.0001`, `AP880212-0001`.
fn date_in(id: &str, letters: &str) -> Option<Reading> {
    SOURCES.iter().find(|(known, _)| *known == letters)?;
    let rest = id[letters.len()..].trim_start_matches(|c: char| c == '_' || c.is_ascii_uppercase());
    let digits = rest
        .find(|c: char| !c.is_ascii_digit())
        .map_or("", |end| &rest[..end]);
    match digits.len() {
        8 => date::read(digits, None),
        6 => short_date::year_month_day(digits).map(Reading::Settled),
        _ => None,
    }
}
