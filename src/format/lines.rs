//! Reads plain text with one article a line, as collections for training programs have it: no fields, only text.
//!
//! Told from prose by what it lacks: every line is far longer than a line of print, none is empty, and none is as short
//! as a headline or the end of a dialogue.

use super::layout;
use super::mapping::split_dateline;
use super::stream::{Line, RECORD_BYTES, decoded, lost, next_line, too_large};
use super::text::{ends_sentence, words};
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
        let line = line.trim_end();
        let ended = ends_sentence(line) || line.ends_with(['"', '\'', '”', '’', ')', '」']);
        // An indent begins a paragraph.
        ended && !line.starts_with('\u{3000}') && words(line) >= WORDS
    };
    let articles = lines.iter().filter(|line| article(line)).count();
    // A line that was cut by its maker is allowed among twenty.
    let all_words: usize = lines.iter().map(|line| words(line)).sum();
    let long = all_words >= lines.len() * WORDS * 3;
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_article_a_line_is_told_from_an_article() {
        let check = |text: &str, expected: bool| {
            let head = Head {
                bytes: text.as_bytes(),
                text,
                whole: true,
                name: "file",
            };
            assert_eq!(sniff(&head).sure > 0, expected, "{text}");
        };
        let english = "The ferry between the islands will run again from Monday, its owner said. ";
        let chinese = "渡轮公司周五表示，两岛之间的渡轮将于周一恢复运行，维修工作持续了整个冬天。";
        let many = |line: String| format!("{line}\n").repeat(12);
        check(&many(english.repeat(10)), true);
        check(&many(chinese.repeat(10)), true);
        // Paragraphs, by their length, an indent, a headline among them.
        check(&many(english.repeat(4)), false);
        check(&many(chinese.repeat(4)), false);
        check(
            &many(format!("\u{3000}\u{3000}{}", chinese.repeat(10))),
            false,
        );
        check(
            &format!("渡轮恢复运行\n{}", many(chinese.repeat(10))),
            false,
        );
    }
}
