//! What is wrong with a query: where, what, and what to type instead. [`QueryError`] is what callers see; inside the
//! module a [`Problem`] travels, which does not yet carry the query's text. Prints nothing itself.

use std::fmt;

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::tree::Span;

/// A query that cannot be understood. Its [`fmt::Display`] is one line; [`QueryError::caret`] shows the place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueryError {
    /// The query as typed.
    pub query: String,
    /// The place, in Unicode characters of `query`.
    pub span: Span,
    /// What is wrong, lower case, without a full stop: "no field `headlin`".
    pub message: String,
    /// What to type instead: "did you mean `headline:`?".
    pub hint: Option<String>,
}

/// A [`QueryError`] on its way up, without the query.
#[derive(Debug, Clone)]
pub(super) struct Problem {
    pub span: Span,
    pub message: String,
    pub hint: Option<String>,
}

/// How long a message or a hint may become by what it quotes, in characters.
const LONGEST_MESSAGE: usize = 200;

impl Problem {
    /// A problem without a hint.
    pub(super) fn new(span: Span, message: impl Into<String>) -> Self {
        Problem {
            span,
            message: one_line(&message.into(), LONGEST_MESSAGE),
            hint: None,
        }
    }

    /// Adds what to type instead.
    pub(super) fn hint(self, hint: impl Into<String>) -> Self {
        Problem {
            hint: Some(one_line(&hint.into(), LONGEST_MESSAGE)),
            ..self
        }
    }

    /// The error that callers see.
    pub(super) fn in_query(self, query: &str) -> QueryError {
        QueryError {
            query: query.to_owned(),
            span: self.span,
            message: self.message,
            hint: self.hint,
        }
    }
}

impl QueryError {
    /// Two lines: the query, and `^^^` under the place.
    ///
    /// Characters that would move the cursor or turn the line are shown as spaces, and a long query is cut around the
    /// place (`…`). The carets stand right in a terminal, where some characters are two columns wide and some none.
    #[must_use]
    pub fn caret(&self) -> String {
        caret(&self.query, self.span)
    }
}

/// As [`QueryError::caret`], for any place in a query.
#[must_use]
pub fn caret(query: &str, place: Span) -> String {
    let shown: Vec<char> = query.chars().map(visible).collect();
    let start = place.start.min(shown.len());
    let end = place.end.clamp(start, shown.len());
    let (from, to) = window(&shown, start);

    let text = |a: usize, b: usize| shown[a..b.max(a)].iter().collect::<String>();
    let (before, after) = (
        if from > 0 { "…" } else { "" },
        if to < shown.len() { "…" } else { "" },
    );
    let indent = before.width() + text(from, start).width();
    let carets = text(start, end.min(to)).width().max(1);
    format!(
        "{before}{}{after}\n{}{}",
        text(from, to),
        " ".repeat(indent),
        "^".repeat(carets)
    )
}

/// What was typed, as a message quotes it: on one line, and a long text cut.
pub(super) fn shown(typed: &str) -> String {
    one_line(typed, 40)
}

/// A text without line breaks and their like, cut behind `longest` characters.
fn one_line(text: &str, longest: usize) -> String {
    let line: String = text.chars().take(longest + 1).map(visible).collect();
    match line.char_indices().nth(longest) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}

/// How much of a query is shown, in columns.
const COLUMNS: usize = 76;
/// How much of it is shown before the place, in columns, when the query is cut.
const COLUMNS_BEFORE: usize = 24;

/// The stretch of `shown` that fits the line and holds the character at `place`.
fn window(shown: &[char], place: usize) -> (usize, usize) {
    let width = |c: char| c.width().unwrap_or(0);
    let mut from = place;
    let mut used = 0;
    while from > 0 && used + width(shown[from - 1]) <= COLUMNS_BEFORE {
        from -= 1;
        used += width(shown[from]);
    }
    let mut to = place;
    while to < shown.len() && used + width(shown[to]) <= COLUMNS {
        used += width(shown[to]);
        to += 1;
    }
    while from > 0 && used + width(shown[from - 1]) <= COLUMNS {
        from -= 1;
        used += width(shown[from]);
    }
    (from, to)
}

/// The character itself, or a space where a terminal would do something else than show it.
fn visible(c: char) -> char {
    let turns_the_line = matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}');
    if c.is_control() || turns_the_line {
        ' '
    } else {
        c
    }
}

impl fmt::Display for QueryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for QueryError {}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(query: &str, start: usize, end: usize, expected: &str) {
        let error = Problem::new(Span { start, end }, "wrong").in_query(query);
        assert_eq!(error.caret(), expected);
    }

    #[test]
    fn the_carets_stand_under_the_place() {
        check("headlin:oil", 0, 7, "headlin:oil\n^^^^^^^");
        check("oil AND", 4, 7, "oil AND\n    ^^^");
        check("oil", 3, 3, "oil\n   ^");
        check("", 0, 0, "\n^");
    }

    #[test]
    fn wide_and_narrow_characters_are_counted_in_columns() {
        check("石油 foo:x", 3, 6, "石油 foo:x\n     ^^^");
        check("cafe\u{301} foo:x", 6, 9, "cafe\u{301} foo:x\n     ^^^");
        check("a\tb\u{202e}c", 4, 5, "a b c\n    ^");
    }

    #[test]
    fn a_long_query_is_cut_around_the_place() {
        let query = format!("{}(b {}", "a ".repeat(100), "c ".repeat(100));
        let error = Problem::new(
            Span {
                start: 200,
                end: 201,
            },
            "wrong",
        )
        .in_query(&query);
        let caret = error.caret();
        let (line, mark) = caret.split_once('\n').unwrap();
        assert!(line.starts_with('…') && line.ends_with('…'));
        assert!(line.width() <= COLUMNS + 2);
        assert_eq!(line.chars().nth(mark.find('^').unwrap()), Some('('));
    }

    #[test]
    fn a_span_beyond_the_query_does_no_harm() {
        check("oil", 7, 90, "oil\n   ^");
        check("oil", 2, 1, "oil\n  ^");
    }
}
