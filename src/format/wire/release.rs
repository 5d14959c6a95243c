//! Releases that a wire carries for others: `Source: NAME`, `MEDIA RELEASE PR12345`, headline, and a dateline of its own line.

use super::super::{Draft, MapField, Record};
use super::story;
use crate::article::{Place, PlaceFrom};
use crate::text::{clean, date, dateline};

/// Whether a text begins with the two lines above every release.
pub(super) fn is_header(text: &str) -> bool {
    let mut lines = text
        .split(['\r', '\n'])
        .map(str::trim)
        .filter(|line| !line.is_empty());
    let source = lines.next().is_some_and(|line| {
        line.get(..7)
            .is_some_and(|name| name.eq_ignore_ascii_case("source:"))
    });
    source && lines.next().is_some_and(|line| number(line).is_some())
}

/// The number of a release: `MEDIA RELEASE PR12345`.
fn number(line: &str) -> Option<&str> {
    let rest = line.trim().strip_prefix("MEDIA RELEASE")?.trim();
    let known = !rest.is_empty()
        && rest.len() <= 16
        && rest.bytes().all(|byte| byte.is_ascii_alphanumeric());
    known.then_some(rest)
}

/// Whether a line says under the text whose release it is: `SOURCE: Mercury Ferries`, `SOURCE Mercury Ferries`.
fn names_source(line: &str) -> bool {
    line.trim_start()
        .strip_prefix("SOURCE")
        .is_some_and(|rest| rest.starts_with([':', ' ']) && rest.len() < 100)
}

/// The record of a release.
pub(super) fn record(text: &str) -> Record {
    let mut draft = Draft::default();
    let mut lines = text.lines().skip_while(|line| line.trim().is_empty());
    let source = lines.next().unwrap_or_default();
    draft.article.source = source.split_once(':').map(|(_, name)| clean::line(name));
    for (field, at) in [
        (MapField::Source, "line `Source:`"),
        (MapField::Id, "line with the number of the release"),
        (MapField::Headline, "lines above the first empty one"),
    ] {
        draft.origins.note(field, at);
    }
    let mut lines = lines.skip_while(|line| line.trim().is_empty());
    let id = lines.next().and_then(number).unwrap_or_default();
    id.clone_into(&mut draft.article.id);
    let rest: Vec<&str> = lines.skip_while(|line| line.trim().is_empty()).collect();
    let end = rest
        .iter()
        .position(|line| line.trim().is_empty())
        .unwrap_or(rest.len());
    draft.article.headline = clean::line(&rest[..end].join(" "));
    let mut body = &rest[end..];
    let first = body.iter().position(|line| !line.trim().is_empty());
    if let Some(at) = first.filter(|at| body[*at].trim_end().ends_with("--")) {
        let line = clean::line(body[at]);
        if let Some(found) = dateline::from_field(&line) {
            draft.date = found
                .date
                .as_deref()
                .and_then(|day| date::read(day, Some("en")));
            let named = Place::named(found.place.clone(), PlaceFrom::Dateline);
            draft.article.places.push(named);
            for field in [MapField::Date, MapField::Places, MapField::Dateline] {
                draft.origins.note(field, "dateline on a line of its own");
            }
            draft.article.dateline = Some(found.place);
            body = &body[at + 1..];
        }
    }
    let text: Vec<&str> = body
        .iter()
        .copied()
        .filter(|line| !names_source(line))
        .collect();
    story::record(draft, &text.join("\n"))
}
