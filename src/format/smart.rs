//! Reads collections in the layout of the SMART system: articles one after the other, each under a line of its own.
//!
//! Two layouts: `*TEXT 017 01/04/63 PAGE 020` above each article (TIME), and lines of a dot and a letter (`.I 1`, `.T`,
//! `.W`) above each part. The numbers of the first are those of a larger collection and say nothing to those who have
//! this one: an article is known by its place in the file. What is asked of the collections (`*FIND`) is no article.

use super::mapping::finished;
use super::stream::{Line, RECORD_BYTES, cut_off, decoded, lost, next_line, too_large};
use super::{Draft, Head, Input, MapField, Rejection, Sink, Verdict, layout, short_date};
use crate::source::SkipReason;
use crate::text::date::{self, Reading};
use crate::text::{byline, clean};

/// Sure by the first line, and by the second where that is `.I 1`.
pub(super) fn sniff(head: &Head<'_>) -> Verdict {
    let text = head.text.trim_start_matches('\u{feff}');
    let mut lines = text.lines().filter(|line| !line.trim().is_empty());
    match (lines.next().map(mark), lines.next().map(mark)) {
        (Some(Mark::Text(_) | Mark::Query), _) => {
            Verdict::new(97, "the first line is `*TEXT` or `*FIND` and a number")
        }
        (Some(Mark::Item(_)), Some(Mark::Part(_))) => Verdict::new(
            96,
            "the first two lines are `.I` with a number and a part of one letter",
        ),
        _ => Verdict::NO,
    }
}

/// What a line says of those that follow.
#[derive(Debug, PartialEq, Eq)]
enum Mark<'a> {
    /// `*TEXT`: an article, with the rest of the line.
    Text(&'a str),
    /// `*FIND`: a question.
    Query,
    /// `.I`: an article, with its number.
    Item(&'a str),
    /// A part of one, by its letter.
    Part(char),
    /// `*STOP`
    Stop,
    /// None of these: text.
    Nothing,
}

fn mark(line: &str) -> Mark<'_> {
    let line = line.trim_end();
    let numbered = |rest: &str| {
        rest.starts_with(char::is_whitespace)
            && rest.trim_start().starts_with(|c: char| c.is_ascii_digit())
    };
    if let Some(rest) = line.strip_prefix("*TEXT").filter(|rest| numbered(rest)) {
        return Mark::Text(rest.trim());
    }
    if line.strip_prefix("*FIND").is_some_and(numbered) {
        return Mark::Query;
    }
    if line == "*STOP" {
        return Mark::Stop;
    }
    if let Some(rest) = line.strip_prefix(".I").filter(|rest| numbered(rest)) {
        return Mark::Item(rest.trim());
    }
    let mut chars = line.chars();
    match (chars.next(), chars.next(), chars.next()) {
        (Some('.'), Some(letter @ 'A'..='Z'), None) => Mark::Part(letter),
        _ => Mark::Nothing,
    }
}

/// An article while its lines are read.
struct Item {
    /// The line above it, when that has a date.
    header: Option<String>,
    id: String,
    /// The letter of a part, and its lines.
    parts: Vec<(char, String)>,
    bytes: usize,
}

/// The letter under which text without a part of its own stands.
const TEXT: char = 'W';

/// Reads article by article.
pub(super) fn read(input: &mut Input<'_>, sink: &mut Sink<'_>) -> Result<(), Rejection> {
    let mut bytes = decoded(input)?;
    let mut line = Vec::new();
    let mut item: Option<Item> = None;
    let (mut number, mut has_end) = (0, true);
    loop {
        let found =
            next_line(&mut *bytes, &mut line, RECORD_BYTES).map_err(|error| lost(&error))?;
        let text = String::from_utf8_lossy(&line);
        if found == Line::Whole {
            has_end = text.ends_with('\n');
        }
        let next = match (found, mark(&text)) {
            (Line::End, _) => break,
            (_, Mark::Text(header)) => Some(Item::new(Some(header), "")),
            (_, Mark::Item(id)) => Some(Item::new(None, id)),
            (_, Mark::Query | Mark::Stop) => None,
            (_, Mark::Part(letter)) => {
                if let Some(item) = &mut item {
                    item.parts.push((letter, String::new()));
                }
                continue;
            }
            (_, Mark::Nothing) => {
                if let Some(item) = &mut item {
                    item.add(&text);
                }
                continue;
            }
        };
        number += usize::from(next.is_some());
        if let Some(done) = std::mem::replace(&mut item, next)
            && sink(done.record()).is_break()
        {
            return Ok(());
        }
    }
    // Programs write these files, and end each line; a text of one article may have been typed.
    let is_cut = !has_end && number > 1;
    if let Some(done) = item {
        let cut = || cut_off(&format!("article {number}"), "the end of its last line");
        let _ = sink(if is_cut { Err(cut()) } else { done.record() });
    }
    if number > 0 {
        return Ok(());
    }
    Err(Rejection::new(
        SkipReason::NotAnArticle,
        "it is a list of queries",
    ))
}

impl Item {
    fn new(header: Option<&str>, id: &str) -> Self {
        Item {
            header: header.map(str::to_owned),
            id: id.to_owned(),
            parts: Vec::new(),
            bytes: 0,
        }
    }

    /// Adds a line to the part that is open.
    fn add(&mut self, line: &str) {
        self.bytes += line.len();
        if self.bytes > RECORD_BYTES {
            self.parts.clear();
            return;
        }
        if self.parts.is_empty() {
            self.parts.push((TEXT, String::new()));
        }
        if let Some((_, text)) = self.parts.last_mut() {
            text.push_str(line);
        }
    }

    fn record(self) -> super::Record {
        let name = self.header.clone().unwrap_or_else(|| self.id.clone());
        if self.bytes > RECORD_BYTES {
            return Err(too_large(&name));
        }
        let mut draft = Draft::default();
        draft.article.id = self.id;
        draft.origins.note(MapField::Id, ("line", ".I"));
        draft.origins.note(MapField::Date, ("line", "*TEXT"));
        // `017 01/04/63 PAGE 020`; a slash may be missing.
        draft.date = self.header.as_deref().and_then(|header| {
            let (_, rest) = header.split_once(char::is_whitespace)?;
            let date = rest.split("PAGE").next()?;
            short_date::month_day_year(date).map(Reading::Settled)
        });
        for (letter, text) in &self.parts {
            let article = &mut draft.article;
            let origins = &mut draft.origins;
            match letter {
                'T' if article.headline.is_empty() => {
                    article.headline = clean::line(text);
                    origins.note(MapField::Headline, ("part", ".T"));
                }
                'A' if article.byline_line.is_none() => {
                    let line = clean::line(text);
                    article.byline = byline::names(&line);
                    origins.note(MapField::Byline, ("part", ".A"));
                    article.byline_line = Some(line).filter(|line| !line.is_empty());
                }
                'B' | 'D' if draft.date.is_none() => {
                    draft.date = date::read(text, Some("en"));
                    origins.note(MapField::Date, ("part", ".B or .D"));
                }
                'W' => {
                    let body = spaced_out(text).unwrap_or_else(|| layout::paragraphs(text));
                    if !article.body.is_empty() {
                        article.body.push_str("\n\n");
                    }
                    article.body.push_str(&body);
                    let part = self
                        .header
                        .as_ref()
                        .map_or(("part", ".W"), |_| ("text under", "*TEXT"));
                    origins.note(MapField::Body, part);
                }
                _ => {}
            }
        }
        finished(draft, &name)
    }
}

/// The text when an empty line stands after each of its lines, so that none of them tells anything: one paragraph.
fn spaced_out(text: &str) -> Option<String> {
    let mut full = 0usize;
    let mut adjacent = 0usize;
    let mut before = false;
    for line in text.lines() {
        let filled = !line.trim().is_empty();
        full += usize::from(filled);
        adjacent += usize::from(filled && before);
        before = filled;
    }
    (full > 2 && adjacent * 20 <= full).then(|| clean::line(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_marks_or_text() {
        let check = |line: &str, expected: Mark<'_>| assert_eq!(mark(line), expected, "{line}");
        check(
            "*TEXT 017 01/04/63 PAGE 020",
            Mark::Text("017 01/04/63 PAGE 020"),
        );
        check("*TEXT", Mark::Nothing);
        check("*FIND     1", Mark::Query);
        check(".I 12\r\n", Mark::Item("12"));
        check(".W", Mark::Part('W'));
        check(".While", Mark::Nothing);
        check("", Mark::Nothing);
    }
}
