//! Telex messages between `ZCZC` and `NNNN`, and others of which nothing is known but where they begin.
//!
//! Agencies that send them give each line of the header a mark of its own: `#` slug, `$` headline or category, `:` keyword
//! or place, `@` region; or two letters (`TI#`, `TX#`). The marks are not the same for all: which line is the headline is
//! told by its length.

use super::super::{Draft, MapField, Record};
use super::story;
use crate::article::{Place, PlaceFrom};
use crate::text::{byline, clean, date};

/// What a line of the header begins with.
const MARKS: &str = "%#$:=&*+@~^!";

/// How many lines may stand between two lines of the header.
const BETWEEN: usize = 2;

/// The record of the text after the first line.
pub(super) fn record(rest: &str) -> Record {
    let mut draft = Draft::default();
    let lines: Vec<&str> = rest.lines().collect();
    let body = if lines.iter().take(4).any(|line| lettered(line).is_some()) {
        read_letters(&mut draft, &lines)
    } else {
        read_marks(&mut draft, &lines)
    };
    story::record(draft, &body)
}

/// Reads a header of marks; gives back the text.
fn read_marks(draft: &mut Draft, lines: &[&str]) -> String {
    let is_head = |line: &str| line.trim_start().starts_with(|c| MARKS.contains(c));
    let mut at = 0;
    let mut titles: Vec<String> = Vec::new();
    while let Some(next) = lines[at..]
        .iter()
        .take(BETWEEN + 1)
        .position(|line| is_head(line))
    {
        for line in &lines[at..=at + next] {
            let line = line.trim_matches(|c: char| c.is_whitespace() || c.is_control());
            let value = clean::line(line.trim_start_matches(|c| MARKS.contains(c)));
            head(
                draft,
                line.chars().next().unwrap_or(' '),
                value,
                &mut titles,
            );
        }
        at += next + 1;
    }
    let mut rest = &lines[at..];
    let words = |title: &String| title.split_whitespace().count();
    titles.sort_by_key(|title| std::cmp::Reverse(words(title)));
    let title = titles.into_iter().next().unwrap_or_default();
    draft.article.headline = title;
    let at = "longest line of the header";
    draft.origins.note(MapField::Headline, at);
    if words(&draft.article.headline) < 4 {
        // The first line of the text, if it can be one and something follows it.
        let mut filled = rest
            .iter()
            .enumerate()
            .filter(|(_, line)| !line.trim().is_empty());
        let first = filled.next().map(|(at, line)| (at, clean::line(line)));
        let follows = filled.next().is_some();
        if let Some((at, line)) = first
            && follows
            && (3..=25).contains(&line.split_whitespace().count())
            && !line.ends_with(['.', ',', ';', ':'])
        {
            draft.article.headline = line;
            draft
                .origins
                .note(MapField::Headline, "first line of the text");
            rest = &rest[at + 1..];
        }
    }
    rest.join("\n")
}

/// Reads one line of the header.
fn head(draft: &mut Draft, mark: char, value: String, titles: &mut Vec<String>) {
    let coded = value.bytes().all(|byte| byte.is_ascii_digit()) || value.len() < 2;
    if value.is_empty() || coded {
        return;
    }
    story::mark(draft, &value);
    if byline::is_byline(&value) {
        story::sign(draft, &value);
        return;
    }
    let bracketed = value
        .strip_prefix('(')
        .and_then(|value| value.strip_suffix(')'));
    match (mark, bracketed) {
        ('@', _) => {
            draft
                .article
                .places
                .push(Place::named(value, PlaceFrom::Metadata));
            let at = ("line of the header", "@");
            draft.origins.also(MapField::Places, at);
        }
        (':', Some(place)) => {
            let place = place.to_owned();
            let at = ("line of the header", ":(…)");
            draft.origins.also(MapField::Places, at);
            draft.origins.note(MapField::Dateline, at);
            draft
                .article
                .places
                .push(Place::named(place.clone(), PlaceFrom::Dateline));
            draft.article.dateline = Some(place);
        }
        ('&' | '%' | '*' | '+', _) => {}
        _ => titles.push(value),
    }
}

/// A line `TI#Ferry to run again`: two letters, and what follows.
fn lettered(line: &str) -> Option<(&str, &str)> {
    let (name, value) = line.trim_start().split_once('#')?;
    let letters = name.len() == 2 && name.bytes().all(|byte| byte.is_ascii_uppercase());
    letters.then_some((name, value.trim()))
}

/// The fields that lines of two letters hold.
const LETTERS: &[(&str, MapField)] = &[
    ("TI", MapField::Headline),
    ("HD", MapField::Headline),
    ("HL", MapField::Headline),
    ("AB", MapField::Deck),
    ("BY", MapField::Byline),
    ("AU", MapField::Byline),
    ("PD", MapField::Date),
    ("DA", MapField::Date),
    ("SO", MapField::Source),
    ("SN", MapField::Source),
    ("AN", MapField::Id),
    ("ID", MapField::Id),
    ("KY", MapField::Topics),
    ("KW", MapField::Topics),
];

/// Reads a header of two letters a line; gives back the text.
fn read_letters(draft: &mut Draft, lines: &[&str]) -> String {
    for (at, line) in lines.iter().enumerate() {
        let Some((name, value)) = lettered(line) else {
            continue;
        };
        let value = clean::line(value);
        if let Some((known, field)) = LETTERS.iter().find(|(known, _)| *known == name)
            && !value.is_empty()
        {
            draft.origins.also(*field, ("line", *known));
        }
        let article = &mut draft.article;
        match name {
            "TX" => return format!("{value}\n{}", lines[at + 1..].join("\n")),
            _ if value.is_empty() => {}
            "TI" | "HD" | "HL" => article.headline = value,
            "AB" => article.deck = Some(value),
            "BY" | "AU" => story::sign(draft, &value),
            "PD" | "DA" => draft.date = date::read(&value, None),
            "SO" | "SN" => article.source = Some(value),
            "AN" | "ID" => article.id = value,
            "KY" | "KW" => article.topics.push(value),
            _ => {}
        }
    }
    String::new()
}
