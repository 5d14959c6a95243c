//! Reads what Nexis lets its users download: many articles in one text or HTML file.
//!
//! Two layouts. The older counts its documents (`1 of 250 DOCUMENTS`) and names fields in capitals (`BYLINE:`,
//! `LENGTH:`, `LOAD-DATE:`); the newer (Nexis Uni, Lexis+) ends each with `End of Document` and has a line `Body` above
//! the text. [`document`] reads both. HTML is laid out as text first.

mod document;

use super::stream::whole_text;
use super::{Head, Input, Rejection, Sink, Verdict, markup};
use crate::source::SkipReason;

/// Sure when the first document is counted, or one has the fields of the newer layout.
pub(super) fn sniff(head: &Head<'_>) -> Verdict {
    let mut lines = head.text.lines().map(text_of);
    let counted = lines
        .by_ref()
        .filter(|line| !line.is_empty())
        .take(60)
        .any(|line| is_count(&line));
    if counted {
        let measured = lines.take(200).any(|line| document::is_length(&line));
        return Verdict::when(
            measured,
            99,
            "a line that counts documents (`1 of 250 DOCUMENTS`), and below it their length",
        );
    }
    let mut lines = head.text.lines().map(text_of);
    let mut seen = |wanted: fn(&str) -> bool| lines.any(|line| wanted(&line));
    // In the order in which they stand.
    let newer = seen(document::is_length)
        && seen(|line| line == "Body")
        && seen(|line| line.starts_with("Load-Date:") || is_end(line));
    Verdict::when(
        newer,
        98,
        "lines `Length:`, `Body`, and `Load-Date:` or `End of Document`, in this order",
    )
}

/// Reads document by document.
pub(super) fn read(input: &mut Input<'_>, sink: &mut Sink<'_>) -> Result<(), Rejection> {
    let decoded = whole_text(input.bytes)?;
    let text = decoded.text.replace("\r\n", "\n");
    let text = if text.trim_start().starts_with('<') {
        markup::text(&text)
    } else {
        std::borrow::Cow::Borrowed(text.as_str())
    };
    let lines: Vec<&str> = text.lines().collect();
    let mut open: Vec<&str> = Vec::new();
    let mut number = 0;
    for line in lines {
        let words = line.trim();
        let (count, end) = (is_count(words), is_end(words));
        if !count && !end {
            open.push(line);
            continue;
        }
        let done = std::mem::take(&mut open);
        if document::is_document(&done) {
            number += 1;
            if sink(document::record(&done)).is_break() {
                return Ok(());
            }
        }
    }
    if document::is_document(&open) {
        number += 1;
        let _ = sink(document::record(&open));
    }
    if number == 0 {
        return Err(Rejection::new(
            SkipReason::Malformed,
            "there is no document in it",
        ));
    }
    Ok(())
}

/// A line of the file as text: without the tags of HTML.
fn text_of(line: &str) -> String {
    if line.contains('<') {
        markup::text(line).trim().to_owned()
    } else {
        line.trim().to_owned()
    }
}

/// Whether a line counts the documents: `1 of 250 DOCUMENTS`, `Dokument 1 von 250`.
fn is_count(line: &str) -> bool {
    if line.len() > 60 || !line.bytes().any(|byte| byte.is_ascii_digit()) {
        return false;
    }
    let words: Vec<String> = line.split_whitespace().map(str::to_lowercase).collect();
    let number = |at: usize| {
        words
            .get(at)
            .is_some_and(|word| word.bytes().all(|byte| byte.is_ascii_digit()))
    };
    let named = |at: usize| {
        words
            .get(at)
            .is_some_and(|word| word.starts_with("do") && word.contains("ument"))
    };
    let of = |at: usize| {
        words
            .get(at)
            .is_some_and(|word| ["of", "von", "de", "sur", "di", "van"].contains(&word.as_str()))
    };
    match words.len() {
        4 if number(0) => of(1) && number(2) && named(3),
        4 => named(0) && number(1) && of(2) && number(3),
        _ => false,
    }
}

/// Whether a line ends a document of the newer layout.
fn is_end(line: &str) -> bool {
    [
        "End of Document",
        "Ende des Dokuments",
        "Fin du document",
        "Fin del documento",
    ]
    .iter()
    .any(|known| known.eq_ignore_ascii_case(line.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_are_counted() {
        let check = |line: &str, expected: bool| assert_eq!(is_count(line), expected, "{line}");
        check("1 of 250 DOCUMENTS", true);
        check("Dokument 3 von 17", true);
        check("3 of 17 ships", false);
        check("", false);
    }
}
