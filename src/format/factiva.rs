//! Reads what Factiva lets its users download: many articles in one text or HTML file.
//!
//! Two layouts. With field codes: lines that begin with two or three capitals (`HD`, `BY`, `WC 512 words`, `LP`, `TD`).
//! Without: headline, byline, `512 words`, day, publication, language and copyright, each on a line, then the text. Both
//! end each article with `Document` and its number. HTML is laid out as text first.

use super::mapping::{finished, language_tag, split_dateline};
use super::stream::whole_text;
use super::{Draft, Head, Input, MapField, Record, Rejection, Sink, Verdict, layout, markup};
use crate::source::SkipReason;
use crate::text::{byline, clean, date};

/// The codes of fields.
const CODES: &[&str] = &[
    "HD", "BY", "WC", "PD", "ET", "SN", "SC", "ED", "PG", "VOL", "LA", "CY", "LP", "TD", "ART",
    "CT", "RF", "CO", "IN", "NS", "RE", "IPC", "IPD", "PUB", "AN", "SE", "CR", "CLM", "CX", "DE",
    "RIC", "RST", "CAT",
];

/// How the word for words is spelt after their number.
const WORDS: &[&str] = &[
    "words", "word", "wörter", "mots", "palabras", "parole", "palavras", "woorden", "ord", "słów",
    "слов", "字",
];

/// Sure when an article has codes for headline and length in that order, or a length and a number at its end.
pub(super) fn sniff(head: &Head<'_>) -> Verdict {
    let text = laid_out(head.text);
    let mut headline = false;
    let mut length = false;
    for line in text.lines().map(str::trim) {
        match code(line) {
            Some(("HD", _)) => headline = true,
            Some(("WC", _)) if headline => {
                return Verdict::new(97, "lines that begin with the codes HD and WC");
            }
            _ => {}
        }
        length |= is_length(line);
        if length && number(line).is_some() {
            return Verdict::new(
                96,
                "a line with the count of words, then `Document` and a number",
            );
        }
    }
    Verdict::NO
}

/// Reads article by article.
pub(super) fn read(input: &mut Input<'_>, sink: &mut Sink<'_>) -> Result<(), Rejection> {
    let decoded = whole_text(input.bytes)?;
    let text = decoded.text.replace("\r\n", "\n");
    let text = laid_out(&text);
    let mut open: Vec<&str> = Vec::new();
    let mut seen = 0;
    for line in text.lines() {
        let Some(id) = number(line.trim()) else {
            // A headline begins an article, too, where the number is missing.
            let begins = matches!(code(line.trim()), Some(("HD", _)));
            if begins
                && open
                    .iter()
                    .any(|line| matches!(code(line.trim()), Some(("HD", _))))
            {
                seen += 1;
                if sink(record(&std::mem::take(&mut open), "")).is_break() {
                    return Ok(());
                }
            }
            open.push(line);
            continue;
        };
        seen += 1;
        if sink(record(&std::mem::take(&mut open), id)).is_break() {
            return Ok(());
        }
    }
    if open
        .iter()
        .any(|line| matches!(code(line.trim()), Some(("HD", _))))
    {
        seen += 1;
        let _ = sink(record(&open, ""));
    }
    if seen == 0 {
        return Err(Rejection::new(
            SkipReason::Malformed,
            "there is no article in it",
        ));
    }
    Ok(())
}

/// The text of a page, or the text itself.
fn laid_out(text: &str) -> std::borrow::Cow<'_, str> {
    let page = text.trim_start_matches('\u{feff}').trim_start();
    let told = ["articleParagraph", "<b>HD</b>", "enArticle"];
    if page.starts_with('<') && told.iter().any(|mark| text.contains(mark)) {
        markup::text(text)
    } else {
        std::borrow::Cow::Borrowed(text)
    }
}

/// The code that a line begins with, and what stands behind it.
fn code(line: &str) -> Option<(&str, &str)> {
    let (first, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
    CODES.contains(&first).then(|| (first, rest.trim()))
}

/// Whether a line is the length of an article: `512 words`, `1.204 Wörter`.
fn is_length(line: &str) -> bool {
    let Some((count, word)) = line.trim().split_once(char::is_whitespace) else {
        return false;
    };
    let word = word.trim().to_lowercase();
    count
        .bytes()
        .all(|byte| byte.is_ascii_digit() || b".,".contains(&byte))
        && WORDS.contains(&word.as_str())
}

/// The number of an article in the line that ends it: `Document harb000020030303dz330000a`.
fn number(line: &str) -> Option<&str> {
    let line = line.trim();
    let line = line.strip_prefix("AN ").map_or(line, str::trim_start);
    let (word, id) = line.split_once(char::is_whitespace)?;
    let id = id.trim();
    let named = ["Document", "Dokument", "Documento"].contains(&word);
    let long = (15..=40).contains(&id.len())
        && id
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
        && id.bytes().filter(u8::is_ascii_digit).count() >= 8;
    (named && long).then_some(id)
}

/// The record that the lines of an article make.
fn record(lines: &[&str], id: &str) -> Record {
    let mut draft = Draft::default();
    id.clone_into(&mut draft.article.id);
    draft
        .origins
        .note(MapField::Id, "line `Document` and a number");
    let coded = lines
        .iter()
        .position(|line| matches!(code(line.trim()), Some(("HD" | "SE", _))));
    match coded {
        Some(begin) => read_codes(&mut draft, &lines[begin..]),
        None => read_lines(&mut draft, lines),
    }
    split_dateline(&mut draft);
    finished(
        draft,
        if id.is_empty() {
            "an article without text"
        } else {
            id
        },
    )
}

/// Reads the layout with codes.
fn read_codes(draft: &mut Draft, lines: &[&str]) {
    let mut at = 0;
    let mut text = String::new();
    while at < lines.len() {
        let Some((name, value)) = code(lines[at].trim()) else {
            at += 1;
            continue;
        };
        // Until the next code; in the text, a line that is a code and more is a sentence.
        let prose = matches!(name, "LP" | "TD");
        let ends = |line: &&str| {
            code(line.trim()).is_some_and(|(next, value)| {
                !prose
                    || value.is_empty()
                    || matches!(
                        next,
                        "TD" | "AN"
                            | "NS"
                            | "RE"
                            | "CO"
                            | "IN"
                            | "IPC"
                            | "IPD"
                            | "PUB"
                            | "RF"
                            | "CT"
                            | "ART"
                    )
            })
        };
        let end = lines[at + 1..]
            .iter()
            .position(ends)
            .map_or(lines.len(), |end| at + 1 + end);
        let mut parts = vec![value];
        parts.extend(&lines[at + 1..end]);
        set(draft, name, &parts, &mut text);
        at = end;
    }
    draft.article.body = layout::paragraphs(&text);
    draft.origins.note(MapField::Body, ("lines", "LP and TD"));
}

/// The fields that codes hold; the text is in LP and TD.
const FIELDS: &[(&str, MapField)] = &[
    ("HD", MapField::Headline),
    ("BY", MapField::Byline),
    ("PD", MapField::Date),
    ("SN", MapField::Source),
    ("SE", MapField::Section),
    ("CLM", MapField::Section),
    ("LA", MapField::Language),
    ("CY", MapField::Copyright),
    ("ART", MapField::Captions),
    ("NS", MapField::Topics),
];

/// Sets the field of a code.
fn set(draft: &mut Draft, name: &str, parts: &[&str], text: &mut String) {
    if matches!(name, "LP" | "TD") {
        text.push_str(&parts.join("\n"));
        text.push_str("\n\n");
        return;
    }
    let value = clean::line(&parts.join(" "));
    if value.is_empty() {
        return;
    }
    if let Some((known, field)) = FIELDS.iter().find(|(known, _)| *known == name)
        && (*field != MapField::Section || draft.article.section.is_none())
    {
        draft.origins.note(*field, ("line", *known));
    }
    let article = &mut draft.article;
    match name {
        "HD" => article.headline = value,
        "BY" => {
            article.byline = byline::names(&value);
            article.byline_line = Some(value);
        }
        "PD" => draft.date = date::read(&value, None),
        "ET" => {
            // The clock belongs to the day above it.
            if let Some(crate::text::date::Reading::Settled(day)) = draft.date {
                draft.date = date::read(&format!("{day} {value}"), None).or(draft.date);
                draft.origins.also(MapField::Date, ("line", "ET"));
            }
        }
        "SN" => article.source = Some(value),
        "SE" | "CLM" => article.section = article.section.take().or(Some(value)),
        "LA" => article.language = language_tag(&value),
        "CY" => article.copyright = Some(value),
        "ART" => article.captions.push(value),
        // `gcat : Political/General News | gship : Shipping`
        "NS" => article.topics.extend(
            value
                .split('|')
                .map(|topic| {
                    topic
                        .split_once(" : ")
                        .map_or(topic, |(_, name)| name)
                        .trim()
                        .to_owned()
                })
                .filter(|topic| !topic.is_empty()),
        ),
        _ => {}
    }
}

/// Reads the layout without codes.
fn read_lines(draft: &mut Draft, lines: &[&str]) {
    let Some(at) = lines.iter().position(|line| is_length(line)) else {
        draft.article.body = layout::paragraphs(&lines.join("\n"));
        draft
            .origins
            .note(MapField::Body, "all lines: none counts words");
        return;
    };
    let mut above: Vec<String> = lines[..at]
        .iter()
        .map(|line| clean::line(line))
        .filter(|line| !line.is_empty())
        .collect();
    let signed = above.len() > 1
        && above.last().is_some_and(|last| {
            let few = last.split_whitespace().count() <= 4;
            byline::is_byline(last) || few && byline::names(last).iter().any(|name| name == last)
        });
    if signed && let Some(line) = above.pop() {
        draft.article.byline = byline::names(&line);
        draft.article.byline_line = Some(line);
        draft
            .origins
            .note(MapField::Byline, "line above the count of words");
    }
    let labelled = above.len() > 1 && above[0].split_whitespace().count() <= 3;
    if labelled {
        draft.article.section = Some(above.remove(0));
        draft
            .origins
            .note(MapField::Section, "first line, of three words at most");
    }
    draft.article.headline = above.join(" ");
    for (field, at) in [
        (MapField::Headline, "lines above the count of words"),
        (MapField::Date, "first day below the count of words"),
        (MapField::Source, "line below the date"),
        (MapField::Language, "line below the source"),
        (MapField::Copyright, "line that begins as a copyright does"),
        (MapField::Body, "lines below the copyright"),
    ] {
        draft.origins.note(field, at);
    }
    let mut rest = at + 1;
    let mut filled = 0;
    while rest < lines.len() && filled < 9 {
        let line = clean::line(lines[rest]);
        rest += 1;
        if line.is_empty() {
            continue;
        }
        filled += 1;
        let clock = line.len() <= 8 && line.contains(':');
        let rights = ["(c)", "©", "copyright"]
            .iter()
            .any(|begin| line.to_lowercase().starts_with(begin));
        if rights {
            draft.article.copyright = Some(line);
            break;
        }
        if line.split_whitespace().count() > 14 {
            // Text already: the copyright is missing.
            rest -= 1;
            break;
        }
        if draft.date.is_none() {
            draft.date = date::read(&line, None);
        } else if clock && let Some(crate::text::date::Reading::Settled(day)) = draft.date {
            draft.date = date::read(&format!("{day} {line}"), None).or(draft.date);
        } else if draft.article.source.is_none() {
            draft.article.source = Some(line);
        } else if let Some(tag) = language_tag(&line).filter(|_| line.len() > 3) {
            draft.article.language = Some(tag);
        }
    }
    draft.article.body = layout::paragraphs(&lines[rest..].join("\n"));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_and_numbers_are_told_from_text() {
        assert!(is_length("512 words"));
        assert!(is_length(" 1.204 Wörter "));
        assert!(!is_length("512 words of"));
        assert_eq!(
            number("Document HARB000020030303dz330000a"),
            Some("HARB000020030303dz330000a")
        );
        assert_eq!(number("Document of the council"), None);
        assert_eq!(code("WC 512 words"), Some(("WC", "512 words")));
        assert_eq!(code("WCX"), None);
    }
}
