//! Reads plain text with one article a line, as collections for training programs have it: no fields, only text.
//!
//! Told from prose by what it lacks: every line is far longer than a line of print, none is empty, and none is as short
//! as a headline or the end of a dialogue.

use super::layout;
use super::mapping::split_dateline;
use super::stream::{Line, RECORD_BYTES, decoded, lost, next_line, too_large};
use super::{Draft, Head, Input, MapField, Rejection, Sink, Verdict};

/// An article has so many words at least.
const WORDS: usize = 30;

/// So many lines make a collection.
const LINES: usize = 10;

/// Surer than plain text, when the lines that can be seen are articles.
pub(super) fn sniff(head: &Head<'_>) -> Verdict {
    let text = head.text.trim_start_matches('\u{feff}');
    if text.starts_with(['<', '{', '[', '*', '.', '#', '%', '|']) || text.contains('\t') {
        return Verdict::NO;
    }
    let mut lines: Vec<&str> = text.trim_end().lines().collect();
    if !head.whole {
        // The last line is cut.
        lines.pop();
    }
    let article = |line: &&str| {
        let ended = line
            .trim_end()
            .ends_with(['.', '!', '?', '"', '\'', '”', '’', ')', '。', '؟']);
        ended && line.split_whitespace().take(WORDS).count() == WORDS
    };
    let articles = lines.iter().filter(|line| article(line)).count();
    // A line that was cut by its maker is allowed among twenty.
    let words: usize = lines
        .iter()
        .map(|line| line.split_whitespace().count())
        .sum();
    let long = words >= lines.len() * WORDS * 3;
    let all = articles * 20 >= lines.len() * 19 && lines.len() >= LINES;
    Verdict::when(
        all && long,
        70,
        "nearly every line is many words long and ends as a sentence does",
    )
}

/// Reads line by line.
pub(super) fn read(input: &mut Input<'_>, sink: &mut Sink<'_>) -> Result<(), Rejection> {
    let mut bytes = decoded(input)?;
    let mut line = Vec::new();
    let mut number = 0;
    loop {
        number += 1;
        let found =
            next_line(&mut *bytes, &mut line, RECORD_BYTES).map_err(|error| lost(&error))?;
        let record = match found {
            Line::End => return Ok(()),
            Line::TooLong => Err(too_large(&format!("line {number}"))),
            Line::Whole => {
                let text = String::from_utf8_lossy(&line);
                let mut draft = Draft::default();
                draft.article.body = layout::paragraphs(text.trim_start_matches('\u{feff}'));
                draft.origins.note(MapField::Body, "the line");
                split_dateline(&mut draft);
                if draft.article.body.is_empty() {
                    continue;
                }
                Ok(Box::new(draft))
            }
        };
        if sink(record).is_break() {
            return Ok(());
        }
    }
}
