//! The lines of a plain text → its paragraphs.
//!
//! Three habits are told apart, block by block (a block ends at an empty line): text broken at a column, where the lines
//! of a paragraph are joined; text with a paragraph on each line; and text broken at a column whose paragraphs are
//! indented, as wires send it. It knows nothing of headlines, bylines or other parts.

use super::{line, printable};

/// Text broken at a column is hardly ever wider than this, in characters; a line beyond it is a paragraph.
const WIDEST: usize = 120;

/// A line is indented when so many blanks precede it.
const INDENT: usize = 2;

/// One line of a block: its clean text, and the blanks before it.
struct Line {
    text: String,
    indent: usize,
}

/// Paragraphs divided by one empty line, each on one line, and otherwise as [`line()`].
#[must_use]
pub fn paragraphs(text: &str) -> String {
    let text = printable(text);
    let mut out = String::with_capacity(text.len());
    let mut block = Vec::new();
    for raw in text.split('\n') {
        let clean = line(raw);
        if clean.is_empty() {
            close(&mut block, &mut out);
        } else {
            let indent = raw
                .chars()
                .take_while(|c| super::is_blank(*c))
                .map(|c| if c == '\t' { 8 } else { 1 })
                .sum();
            block.push(Line {
                text: clean,
                indent,
            });
        }
    }
    close(&mut block, &mut out);
    out
}

/// Appends the paragraphs of a block.
fn close(block: &mut Vec<Line>, out: &mut String) {
    let margin = block.iter().map(|line| line.indent).min().unwrap_or(0);
    let indented = |line: &Line| line.indent >= margin + INDENT;
    let broken = is_broken_at_a_column(block, indented);
    for (n, next) in block.iter().enumerate() {
        if n == 0 || !broken || indented(next) {
            if !out.is_empty() {
                out.push_str("\n\n");
            }
        } else if needs_blank(out, &next.text) {
            out.push(' ');
        }
        out.push_str(&next.text);
    }
    block.clear();
}

/// Whether the lines of a block were broken at a column: none is very long, and of those that no indented line follows
/// most end in the middle of a sentence.
fn is_broken_at_a_column(block: &[Line], indented: impl Fn(&Line) -> bool) -> bool {
    let pairs = block.windows(2).filter(|pair| !indented(&pair[1]));
    let (mut lines, mut whole) = (0, 0);
    for pair in pairs {
        lines += 1;
        whole += usize::from(ends_a_sentence(&pair[0].text));
    }
    whole * 2 < lines.max(1)
        && block
            .iter()
            .all(|line| line.text.chars().nth(WIDEST).is_none())
}

/// Whether a line ends as sentences end, quotes and brackets aside.
fn ends_a_sentence(line: &str) -> bool {
    line.trim_end_matches(['"', '\'', ')', ']', '»', '”', '’', '“', '」', '』', '）'])
        .ends_with([
            '.', '!', '?', '…', ':', '。', '！', '？', '।', '؟', '۔', '።',
        ])
}

/// Whether a blank belongs between a line and the next. None after a hyphen, which is kept, as `anti-` / `inflation`
/// cannot be told from a word divided at the margin; none between characters of scripts without blanks.
fn needs_blank(before: &str, after: &str) -> bool {
    let mut last = before.chars().rev();
    match (last.next(), last.next(), after.chars().next()) {
        (Some('-' | '\u{2010}'), Some(letter), Some(next)) => {
            !(letter.is_alphabetic() && next.is_alphabetic())
        }
        (Some(last), _, Some(next)) => !(is_unspaced(last) && is_unspaced(next)),
        _ => false,
    }
}

/// Whether a character belongs to Chinese or Japanese writing, marks included.
fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}')
}
