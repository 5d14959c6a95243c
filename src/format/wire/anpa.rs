//! Messages of ANPA 1312, the wire of American newspapers.
//!
//! Header: the message's number and selector, then priority, category, slug, day and word count. Text: lines that begin
//! with `^` are the slug again, headline, deck, notes to editors and byline; the story is indented. Below it stands where
//! and when it was sent (`AP-WF-11-13-13 1509GMT`), the only place that has a year.

use super::super::{Draft, MapField, Record, Rejection};
use super::message::{ETX, STX};
use super::story;
use crate::source::SkipReason;
use crate::text::date::{self, Reading};
use crate::text::{byline, clean};

/// The second line of the header.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Header<'a> {
    category: char,
    slug: &'a str,
}

/// What the letters of categories mean; those that say nothing to readers are left out.
const CATEGORIES: &[(char, &str)] = &[
    ('a', "Domestic"),
    ('e', "Entertainment"),
    ('f', "Business"),
    ('i', "International"),
    ('l', "Lifestyle"),
    ('p', "Politics"),
    ('s', "Sports"),
    ('t', "Travel"),
    ('w', "Washington"),
];

/// Messages of this category are from editors to editors.
const ADVISORIES: char = 'v';

/// The header, if the text behind the first line has one of this layout: `f l` and a device control character.
pub(super) fn header(rest: &str) -> Option<Header<'_>> {
    let line = rest.lines().next()?;
    let at = line.find(|c: char| ('\u{11}'..='\u{14}').contains(&c))?;
    let mut codes = line[..at].split_whitespace();
    let (priority, category) = (codes.next()?, codes.next()?);
    let letters = priority.len() == 1 && category.len() == 1 && codes.next().is_none();
    let slug = line[at..].trim_matches(|c: char| c.is_control() || c.is_whitespace());
    letters.then(|| Header {
        category: category.chars().next().unwrap_or(' ').to_ascii_lowercase(),
        slug,
    })
}

/// The record of a message, from the second line of its header on.
pub(super) fn record(header: &Header<'_>, rest: &str) -> Record {
    if header.category == ADVISORIES {
        return Err(Rejection::new(
            SkipReason::NotAnArticle,
            format!("it is for editors: {}", clean::line(header.slug)),
        ));
    }
    let text = rest.split_once(STX).map_or_else(
        || rest.split_once('\n').map_or("", |(_, text)| text),
        |(_, text)| text,
    );
    let (text, sent) = text.split_once(ETX).unwrap_or((text, ""));
    let mut draft = Draft::default();
    draft.article.section = CATEGORIES
        .iter()
        .find(|(letter, _)| *letter == header.category)
        .map(|(_, name)| (*name).to_owned());
    story::mark(&mut draft, header.slug);
    let sent = sent.lines().next().unwrap_or_default();
    (draft.article.source, draft.date) = sent_by(sent);
    for (field, at) in [
        (MapField::Section, "category in the header"),
        (MapField::Source, "line below the text, of its sending"),
        (MapField::Date, "line below the text, of its sending"),
    ] {
        draft.origins.note(field, at);
    }
    let mut body = String::with_capacity(text.len());
    let mut heads = Vec::new();
    for line in text.lines() {
        if let Some(head) = line.trim_start().strip_prefix('^') {
            heads.push(head.trim_end_matches(|c: char| c.is_whitespace() || "<=".contains(c)));
        } else {
            body.push_str(line);
            body.push('\n');
        }
    }
    fill_heads(&mut draft, &heads);
    story::record(draft, &body)
}

/// Reads the lines above the story: the first is the slug, the rest are told by what they say.
fn fill_heads(draft: &mut Draft, heads: &[&str]) {
    let mut lines = heads.iter().map(|head| clean::line(head));
    if let Some(slug) = lines.next() {
        story::mark(draft, &slug);
    }
    let mut signed = false;
    for line in lines {
        let note = [
            "Eds:",
            "Eds.",
            "AP Photo",
            "AP Graphic",
            "AP Video",
            "With AP",
            "END",
        ]
        .iter()
        .any(|begin| line.starts_with(begin));
        if line.is_empty() || note || story::holds_back(&line.to_lowercase()) {
            story::mark(draft, &line);
            continue;
        }
        if byline::is_byline(&line) {
            story::sign(draft, &line);
            signed = true;
        } else if signed {
            // For whom the author writes.
            if let Some(printed) = &mut draft.article.byline_line {
                printed.push_str(", ");
                printed.push_str(&line);
            }
        } else if draft.article.headline.is_empty() {
            draft.article.headline = story::typeset(&line);
            let at = "line `^` above the text, after the slug";
            draft.origins.note(MapField::Headline, at);
        } else if draft.article.deck.is_none() {
            draft.article.deck = Some(story::typeset(&line));
            let at = "line `^` above the text, after the headline";
            draft.origins.note(MapField::Deck, at);
        }
    }
}

/// Who sent it and when: `AP-WF-11-13-13 1509GMT`, month, day and year.
fn sent_by(line: &str) -> (Option<String>, Option<Reading>) {
    let line = line.trim().trim_end_matches('<').trim_end();
    let mut parts = line.split(['-', ' ']);
    let agency = parts.next().unwrap_or_default();
    let mut numbers = line
        .split(|c: char| !c.is_ascii_digit())
        .filter(|part| !part.is_empty());
    let mut read = || {
        let (month, day, year) = (numbers.next()?, numbers.next()?, numbers.next()?);
        let clock = numbers.next().filter(|clock| clock.len() == 4)?;
        let zone = line.rsplit(|c: char| c.is_ascii_digit()).next()?.trim();
        let century = if year.parse::<u32>().ok()? >= 60 {
            19
        } else {
            20
        };
        let (hour, minute) = clock.split_at(2);
        let text = format!("{century}{year:0>2}-{month:0>2}-{day:0>2} {hour}:{minute} {zone}");
        date::read(&text, None)
    };
    let date = read();
    let agency = (byline::is_agency(agency) && !agency.is_empty()).then(|| agency.to_owned());
    (agency, date)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_of_sending_has_the_year() {
        let check = |line: &str, source: Option<&str>, expected: &str| {
            let (found, date) = sent_by(line);
            let date = match date {
                Some(Reading::Settled(date)) => date.to_string(),
                _ => String::new(),
            };
            assert_eq!(
                (found.as_deref(), date.as_str()),
                (source, expected),
                "{line}"
            );
        };
        check(
            "AP-WF-11-13-13 1509GMT<",
            Some("AP"),
            "2013-11-13T15:09:00Z",
        );
        check(
            "AP-NY-02-12-88 2344EST",
            Some("AP"),
            "1988-02-12T23:44:00-05:00",
        );
        check("AP-WF", Some("AP"), "");
        check("", None, "");
    }

    #[test]
    fn headers_have_priority_and_category() {
        let check = |line: &str, expected: Option<(char, &str)>| {
            let found = header(line).map(|header| (header.category, header.slug));
            assert_eq!(found, expected, "{line}");
        };
        check(
            "f l\u{13}\u{11} BC-Ferry 11-13 1049\n",
            Some(('l', "BC-Ferry 11-13 1049")),
        );
        check("a story \u{13} of words", None);
        check("", None);
    }
}
