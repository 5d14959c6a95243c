//! Lays out a text of the wire: lines of fixed width, paragraphs told by their indent, tables in between.
//!
//! Given the decoded text of a `<BODY>`, yields paragraphs divided by an empty line. Rows of a table stay lines of
//! their own, with the blanks between their columns, so that they can still be read.

/// A new paragraph is indented by this many blanks; the rows of a table by fewer.
const INDENT: usize = 3;

/// The paragraphs of `text`, without the agency's mark at the end.
pub(super) fn paragraphs(text: &str) -> String {
    let lines = without_signature(text);
    let mut blocks: Vec<Block> = Vec::new();
    let mut after_gap = true;
    for line in lines {
        let content = line.trim();
        if content.is_empty() {
            after_gap = true;
            continue;
        }
        let indent = line.len() - line.trim_start().len();
        match blocks.last_mut() {
            Some(block) if indent == 0 && !after_gap && !block.continues_nothing() => {
                block.lines.push(line);
            }
            _ => blocks.push(Block {
                lines: vec![line],
                after_gap,
            }),
        }
        after_gap = false;
    }
    join(&blocks)
}

/// A paragraph, or one row of a table.
struct Block<'a> {
    lines: Vec<&'a str>,
    /// Whether an empty line stands before it.
    after_gap: bool,
}

impl Block<'_> {
    /// Whether it is a row of a table, after which no line goes on.
    fn continues_nothing(&self) -> bool {
        let first = self.lines[0];
        let indent = first.len() - first.trim_start().len();
        self.lines.len() == 1 && (1..INDENT).contains(&indent)
    }

    /// Whether it looks like a row: one line that is no sentence, with columns or numbers in it.
    fn is_row(&self) -> bool {
        let [line] = self.lines[..] else {
            return false;
        };
        let content = line.trim();
        let columns = content.contains("  ") || content.contains("...");
        let numbers = content.bytes().any(|byte| byte.is_ascii_digit());
        let sentence = content.ends_with(['.', '!', '?', '"']) && !content.ends_with("..");
        columns || self.continues_nothing() || numbers && !sentence
    }
}

/// Joins rows to tables by line ends, everything else by empty lines.
fn join(blocks: &[Block<'_>]) -> String {
    let mut out = String::new();
    let mut before_is_row = false;
    for block in blocks {
        let is_row = block.is_row();
        if !out.is_empty() {
            let same_table = is_row && before_is_row && !block.after_gap;
            out.push_str(if same_table { "\n" } else { "\n\n" });
        }
        if is_row {
            out.push_str(block.lines[0].trim());
        } else {
            for (at, line) in block.lines.iter().enumerate() {
                for (nth, word) in line.split_whitespace().enumerate() {
                    if at + nth > 0 {
                        out.push(' ');
                    }
                    out.push_str(word);
                }
            }
        }
        before_is_row = is_row;
    }
    out
}

/// The lines of `text` without the agency's signature, or "more" where a take ends, on the last of them.
fn without_signature(text: &str) -> Vec<&str> {
    let mut lines: Vec<&str> = text.lines().collect();
    while let Some(last) = lines.pop() {
        let content = last.trim();
        if content.trim_matches('.').is_empty() || is_signature(content) {
            continue;
        }
        lines.push(signed(last).unwrap_or(last));
        break;
    }
    lines
}

/// Whether a line is nothing but the signature.
fn is_signature(line: &str) -> bool {
    const SIGNATURES: &[&str] = &["reuter", "reuters", "reute", "more"];
    let line = line.trim_end_matches('.').trim_end();
    SIGNATURES
        .iter()
        .any(|known| known.eq_ignore_ascii_case(line))
}

/// The line without a signature that follows its last sentence: `… of an ounce. REUTER`.
fn signed(line: &str) -> Option<&str> {
    let at = line.rfind("REUTER").or_else(|| line.rfind("Reuter"))?;
    let before = line[..at].trim_end();
    let after = line[at + "REUTER".len()..].trim();
    // A time and the initials of an editor may follow: `REUTER11:43/VB`.
    let mark = after
        .bytes()
        .all(|byte| byte.is_ascii_digit() || b":/.".contains(&byte) || byte.is_ascii_uppercase());
    let sentence_ended = before.ends_with(['.', ')', '"', '!', '?']);
    (sentence_ended
        && (after.is_empty() || mark && after.starts_with(|c: char| c.is_ascii_digit())))
    .then_some(before)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        assert_eq!(paragraphs(text), expected);
    }

    #[test]
    fn paragraphs_are_told_by_their_indent() {
        check(
            "The harbour was closed on\nMonday, a clerk said.\n    It may open again.\n Reuter\n\n",
            "The harbour was closed on Monday, a clerk said.\n\nIt may open again.",
        );
    }

    #[test]
    fn rows_stay_rows() {
        check(
            "    Shr 34 cts vs 1.19\n    Net 807,000 vs 900,000\n    NOTE: A stock split is\ncounted in.\n",
            "Shr 34 cts vs 1.19\nNet 807,000 vs 900,000\n\nNOTE: A stock split is counted in.",
        );
        check(
            " Gold.....12  up..1\n Silver....3  up..2\n\n Nickel....1\n",
            "Gold.....12  up..1\nSilver....3  up..2\n\nNickel....1",
        );
    }

    #[test]
    fn the_signature_is_no_text() {
        check("It rained.\n REUTER...\n", "It rained.");
        check("It rained. REUTER\n", "It rained.");
        check("It rained (3.7).REUTER11:43/VB\n\n", "It rained (3.7).");
        check("It rained.\n More\n", "It rained.");
        check("He told Reuters.\n", "He told Reuters.");
        check("He said it to Reuter\n", "He said it to Reuter");
        check("", "");
    }
}
