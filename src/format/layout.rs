//! Tells the lines that a person sees from the lines that a file has: undoes hard wrapping.
//!
//! Used for plain text and for texts in JSON and tables, which say nothing of their paragraphs but line ends. It looks
//! at lengths and blanks only, not at what the lines say.

/// A line as a person sees it: a paragraph, a headline, a byline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Unit {
    /// The text on one line, cleaned.
    pub(crate) text: String,
    /// How many empty lines stand before it.
    pub(crate) gap: usize,
    /// How many lines of the file it was made of.
    pub(crate) lines: usize,
}

/// A text whose widest line is wider than this is not wrapped by hand or by a typewriter.
const WIDEST: usize = 100;

/// A text whose widest line is narrower than this tells too little.
const NARROWEST: usize = 40;

/// The units of a text.
pub(crate) fn units(text: &str) -> Vec<Unit> {
    let rows: Vec<&str> = rows(text);
    let width = wrapped_at(&rows);
    let mut units: Vec<Unit> = Vec::new();
    let mut open: Vec<&str> = Vec::new();
    let mut gap = 0;
    let mut gap_of_open = 0;
    for row in rows {
        if row.trim().is_empty() {
            close(&mut units, &mut open, gap_of_open);
            gap += 1;
            continue;
        }
        let goes_on = open.last().is_some_and(|before| {
            width.is_some_and(|width| would_not_fit(before, row, width) && !row.starts_with("  "))
        });
        if !goes_on {
            close(&mut units, &mut open, gap_of_open);
            gap_of_open = gap;
        }
        gap = 0;
        open.push(row);
    }
    close(&mut units, &mut open, gap_of_open);
    units
}

/// The text of `text` as paragraphs divided by one empty line.
pub(crate) fn paragraphs(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for unit in units(text) {
        if !out.is_empty() {
            out.push_str("\n\n");
        }
        out.push_str(&unit.text);
    }
    out
}

/// The lines of a text, whichever line ends it uses.
fn rows(text: &str) -> Vec<&str> {
    let only_cr = text.contains('\r') && !text.contains('\n');
    text.split(if only_cr { '\r' } else { '\n' })
        .flat_map(|row| row.split(['\u{2028}', '\u{2029}', '\u{b}', '\u{c}']))
        .collect()
}

/// Ends the unit that is open.
fn close(units: &mut Vec<Unit>, open: &mut Vec<&str>, gap: usize) {
    let text = crate::text::clean::line(&open.join(" "));
    if !text.is_empty() {
        units.push(Unit {
            text,
            gap,
            lines: open.len(),
        });
    }
    open.clear();
}

/// Whether the first word of `row` would not have fitted on the line before it.
fn would_not_fit(before: &str, row: &str, width: usize) -> bool {
    let word = row.split_whitespace().next().unwrap_or_default();
    before.trim_end().chars().count() + 1 + word.chars().count() > width
}

/// The width at which the text is wrapped, if it is: most lines that are followed by one end only where the next word
/// would not have fitted.
fn wrapped_at(rows: &[&str]) -> Option<usize> {
    let long = |row: &&str| row.trim_end().chars().take(WIDEST + 1).count();
    let width = rows.iter().map(long).max()?;
    if !(NARROWEST..=WIDEST).contains(&width) {
        return None;
    }
    let mut pairs = 0;
    let mut wrapped = 0;
    for pair in rows.windows(2) {
        if pair.iter().any(|row| row.trim().is_empty()) {
            continue;
        }
        pairs += 1;
        // A few blanks are allowed: words differ, and so do typists.
        if would_not_fit(pair[0], pair[1], width - width / 12) {
            wrapped += 1;
        }
    }
    (pairs > 0 && wrapped * 3 >= pairs * 2).then_some(width - width / 12)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let found: Vec<String> = units(text).into_iter().map(|unit| unit.text).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn wrapped_lines_are_joined() {
        check(
            "Ferry to run again\n\nThe ferry between the two islands will run again from\nMonday, its owner said, after repairs that took a whole\nwinter and much money.\n\nNobody was asked\nfor more.\n",
            &[
                "Ferry to run again",
                "The ferry between the two islands will run again from Monday, its owner said, after repairs that took a whole winter and much money.",
                "Nobody was asked",
                "for more.",
            ],
        );
    }

    #[test]
    fn lines_of_their_own_stay_apart() {
        check(
            "One line.\r\nAnother line.\r\n",
            &["One line.", "Another line."],
        );
        check("One line.\rAnother line.", &["One line.", "Another line."]);
        check(" \n\u{1}\n", &[]);
    }

    #[test]
    fn an_indent_begins_a_paragraph() {
        check(
            "   The mayor spoke for a long time about the old bridge and\nits many friends, of whom there were more than she knew of\nbefore she had come.\n   The bridge is closed for the whole of the winter, she says,\nand for a part of the spring.\n",
            &[
                "The mayor spoke for a long time about the old bridge and its many friends, of whom there were more than she knew of before she had come.",
                "The bridge is closed for the whole of the winter, she says, and for a part of the spring.",
            ],
        );
    }
}
