//! One query, asked of the engine and of the oracle.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};

use morgue::Archive;
use morgue::query::parse;
use morgue::search::{Hit, Match, Request, Snippet, SnippetField};

use crate::archives::export;
use crate::search::oracle::{Oracle, Text, Verdict};
use crate::search::{context, request};

/// Up to so many hits are exported and compared one by one; of more, as many are looked at as a page has.
const EXPORTED: usize = 150;

/// What became of a query.
#[derive(Debug, PartialEq)]
pub enum Outcome {
    /// It cannot be asked, or not be judged.
    NotAsked(String),
    /// So many articles, the same ones, marked in the same way.
    Agreed(usize),
    /// What the oracle says and what the engine says.
    Differ(String),
}

/// Asks both.
pub fn compare(archive: &Archive, oracle: &Oracle, query: &str, matching: Match) -> Outcome {
    let tree = match parse(query, &context(matching)) {
        Ok(parsed) => parsed.tree,
        Err(error) => return Outcome::NotAsked(error.to_string()),
    };
    let Some(verdicts) = oracle.judge(&tree) else {
        return Outcome::NotAsked("it has too many matches to be judged".into());
    };
    let expected: BTreeMap<&str, Verdict<'_>> = verdicts
        .into_iter()
        .map(|verdict| (verdict.read.article.id.as_str(), verdict))
        .collect();
    let request = Request {
        matching,
        limit: 20,
        ..request(query)
    };
    let asked = catch_unwind(AssertUnwindSafe(|| differ(archive, &request, &expected)));
    match asked.unwrap_or_else(|_| Err("the engine panics".into())) {
        Ok(()) => Outcome::Agreed(expected.len()),
        Err(how) => Outcome::Differ(how),
    }
}

/// Asks the engine. The error says in what it differs from what is expected.
fn differ(
    archive: &Archive,
    request: &Request,
    expected: &BTreeMap<&str, Verdict<'_>>,
) -> Result<(), String> {
    let (hits, total) = if expected.len() <= EXPORTED {
        let (hits, response) = export(archive, request).map_err(|error| error.to_string())?;
        let found: BTreeSet<&str> = hits.iter().map(|hit| hit.id.as_str()).collect();
        if let Some(missed) = expected
            .values()
            .find(|verdict| !found.contains(verdict.id()))
        {
            return Err(format!("the engine does not find {}", shown(missed)));
        }
        (hits, response.total)
    } else {
        let response = archive.search(request).map_err(|error| error.to_string())?;
        (response.hits, response.total)
    };
    for hit in &hits {
        let Some(verdict) = expected.get(hit.id.as_str()) else {
            return Err(format!(
                "the engine finds {}, the oracle does not: {:?}",
                hit.id, hit.snippets
            ));
        };
        check_marks(hit, verdict)?;
    }
    if usize::try_from(total).unwrap() != expected.len() {
        return Err(format!(
            "the engine finds {total} articles, the oracle {}",
            expected.len()
        ));
    }
    Ok(())
}

/// What is counted is what the oracle counts, what is marked what it marks, and all that is shown is marked.
fn check_marks(hit: &Hit, verdict: &Verdict<'_>) -> Result<(), String> {
    if hit.matches as usize != verdict.matches {
        return Err(format!(
            "the engine counts {} matches in {}",
            hit.matches,
            shown(verdict)
        ));
    }
    for snippet in &hit.snippets {
        let mut parts = verdict.read.parts.iter().enumerate();
        let is_right = parts.any(|(number, (part, text))| {
            let of_part = verdict.marks.iter().filter(|(part, _)| *part == number);
            let marks: Vec<_> = of_part.map(|(_, range)| range.clone()).collect();
            *part == snippet.field && is_shown(snippet, text, &marks)
        });
        if !is_right {
            return Err(format!(
                "the engine shows {snippet:?}, which is marked otherwise in {}",
                shown(verdict)
            ));
        }
    }
    // The body is shown in part where it is marked, all else whole.
    let is_body = |part: usize| verdict.read.parts[part].0 == SnippetField::Body;
    let marks = verdict.marks.iter();
    let (in_body, elsewhere): (Vec<_>, Vec<_>) = marks.partition(|(part, _)| is_body(*part));
    let highlights = |in_body: bool| -> usize {
        let snippets = hit.snippets.iter();
        let of_part = snippets.filter(|snippet| (snippet.field == SnippetField::Body) == in_body);
        of_part.map(|snippet| snippet.highlights.len()).sum()
    };
    if (highlights(true) == 0) != in_body.is_empty() || highlights(false) != elsewhere.len() {
        return Err(format!(
            "the engine shows {:?} of {}",
            hit.snippets,
            shown(verdict)
        ));
    }
    Ok(())
}

/// An article as the oracle sees it: what it counts and marks, all texts with a mark.
fn shown(verdict: &Verdict<'_>) -> String {
    let mut shown = format!(
        "{} ({} matches by the oracle)",
        verdict.id(),
        verdict.matches
    );
    for (_, text) in verdict
        .marked()
        .iter()
        .filter(|(_, text)| text.contains('['))
    {
        shown.push_str("\n    ");
        shown.push_str(&around_marks(text));
    }
    shown
}

/// A marked text on one line, without what is far from any mark.
fn around_marks(text: &str) -> String {
    const NEAR: usize = 100;
    let chars: Vec<char> = text.replace("\n\n", " ¶ ").chars().collect();
    let mut shown = String::new();
    for (at, c) in chars.iter().enumerate() {
        let near = &chars[at.saturating_sub(NEAR)..(at + NEAR).min(chars.len())];
        if near.contains(&'[') {
            shown.push(*c);
        } else if !shown.ends_with('…') {
            shown.push('…');
        }
    }
    shown
}

/// Whether a snippet stands in a part, with just those of its marks that lie in it.
fn is_shown(snippet: &Snippet, part: &Text, marks: &[Range<usize>]) -> bool {
    let blank = |c: char| {
        if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') {
            ' '
        } else {
            c
        }
    };
    // The place of each character, and of the end.
    let places: Vec<usize> = part
        .text
        .char_indices()
        .map(|(at, _)| at)
        .chain([part.text.len()])
        .collect();
    let text: Vec<char> = part.text.chars().map(blank).collect();
    let shown: Vec<char> = snippet.text.chars().collect();
    let last = text.len().checked_sub(shown.len());
    last.is_some_and(|last| {
        (0..=last)
            .filter(|&at| text[at..at + shown.len()] == shown)
            .any(|at| {
                let (from, to) = (places[at], places[at + shown.len()]);
                // Of a mark that is longer than the snippet, a part is shown.
                let inside = marks
                    .iter()
                    .map(|mark| mark.start.max(from)..mark.end.min(to))
                    .filter(|mark| !mark.is_empty());
                let highlights = snippet
                    .highlights
                    .iter()
                    .map(|&(start, end)| places[at + start]..places[at + end]);
                inside.eq(highlights)
            })
    })
}
