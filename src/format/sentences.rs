//! Reads texts that a collection has cut into sentences: a line of fields divided by `###`, then one numbered sentence a line.
//!
//! The fields have no names: address, day, list and number are told by their shape, and of what is left the first is the
//! source and the longest the headline. Where the paragraphs were is lost, so the text is one.

use super::mapping::finished;
use super::stream::whole_text;
use super::{Draft, Head, Input, MapField, Rejection, Sink, Verdict};
use crate::text::{clean, date};

/// Divides the fields of the first line.
const MARK: &str = "###";

/// How many fields there are at least.
const FIELDS: usize = 5;

/// Sure when the first line has so many fields, and an address is among them.
pub(super) fn sniff(head: &Head<'_>) -> Verdict {
    let text = head.text.trim_start_matches('\u{feff}').trim_start();
    let first = text.lines().next().unwrap_or_default();
    let many = first.split(MARK).take(FIELDS).count() == FIELDS;
    Verdict::when(
        many && !first.starts_with('#') && first.split(MARK).any(is_address),
        97,
        "the first line is fields divided by ###, an address among them",
    )
}

/// Reads the file as one article.
pub(super) fn read(input: &mut Input<'_>, sink: &mut Sink<'_>) -> Result<(), Rejection> {
    let decoded = whole_text(input.bytes)?;
    let text = decoded.text.trim_start_matches('\u{feff}').trim_start();
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    let mut draft = Draft::default();
    fill(&mut draft, first);
    let sentences: Vec<String> = rest
        .lines()
        .filter_map(sentence)
        .map(clean::line)
        .filter(|sentence| !sentence.is_empty())
        .collect();
    draft.article.body = sentences.join(" ");
    draft
        .origins
        .note(MapField::Body, "the sentences below the first line");
    let _ = sink(finished(draft, "there are no sentences in it"));
    Ok(())
}

/// The sentence behind its number; a line without one goes on with text, a line of numbers names the sentences of a summary.
fn sentence(line: &str) -> Option<&str> {
    let line = line.trim();
    if line.chars().all(|c| c.is_numeric() || c == '@') {
        return None;
    }
    let numbered = line
        .split_once('\t')
        .filter(|(number, _)| !number.is_empty() && number.chars().all(char::is_numeric));
    Some(numbered.map_or(line, |(_, sentence)| sentence))
}

fn is_address(field: &str) -> bool {
    let field = field.trim();
    field.starts_with("http://") || field.starts_with("https://")
}

/// Reads the fields of the first line.
fn fill(draft: &mut Draft, line: &str) {
    for (field, at) in [
        (MapField::Url, "the address"),
        (MapField::Section, "last of the first list"),
        (MapField::Topics, "the second list"),
        (MapField::Date, "the first that is a day"),
        (MapField::Source, "the first text, up to `_`"),
        (MapField::Headline, "the longest text"),
    ] {
        draft.origins.note(field, ("in the first line,", at));
    }
    let mut lists = 0;
    let mut titles: Vec<String> = Vec::new();
    for field in line.split(MARK) {
        let text = clean::line(field);
        let list = text
            .strip_prefix('[')
            .and_then(|text| text.strip_suffix(']'));
        let day = text.len() <= 32
            && text.starts_with(|c: char| c.is_numeric())
            && text.contains([':', '-', '/']);
        if text.is_empty() {
            continue;
        }
        if is_address(&text) {
            draft.article.url = Some(text);
        } else if let Some(list) = list {
            lists += 1;
            let mut members = list
                .split(',')
                .map(|member| member.trim().trim_matches(['\'', '"']).to_owned())
                .filter(|member| !member.is_empty());
            // The first list is that of the sections, the second of the keywords.
            if lists == 1 {
                draft.article.section = members.next_back();
            } else {
                draft.article.topics.extend(members);
            }
        } else if day && draft.date.is_none() {
            draft.date = date::read(&text, None);
        } else if !text.chars().all(char::is_numeric) {
            titles.push(text);
        }
    }
    if titles.len() > 1 {
        // `asriran_1_data`: a word for the source, and what the collection needs.
        let source = titles.remove(0);
        let word = source.split('_').next().unwrap_or_default();
        draft.article.source = Some(word.to_owned()).filter(|word| !word.is_empty());
    }
    let longest = titles.into_iter().max_by_key(String::len);
    draft.article.headline = longest.unwrap_or_default();
}
