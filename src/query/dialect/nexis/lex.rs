//! The connectors, segments, dates and lengths of Nexis, as they are typed. Words are read in `term`.

use super::table::{self, NEXIS};
use crate::query::dates::DateSpan;
use crate::query::dialect::vendor::ours;
use crate::query::error::{Problem, shown};
use crate::query::filters;
use crate::query::lex::Lexer;
use crate::query::token::{Lexed, Nearness, TokenKind};
use crate::query::tree::{Kind, Span, Within};
use crate::query::word::{self, is_number};

/// What compares dates: the vendor's sign, and our field.
const DATES: &[(&str, &str)] = &[
    ("is", "date"),
    ("=", "date"),
    ("aft", "after"),
    ("after", "after"),
    (">", "after"),
    ("bef", "before"),
    ("before", "before"),
    ("<", "before"),
    ("geq", "since"),
    (">=", "since"),
    ("leq", "until"),
    ("<=", "until"),
];

/// What compares lengths: the vendor's sign, and ours.
const LENGTHS: &[(&str, &str)] = &[
    ("is", "="),
    ("=", "="),
    ("gtr", ">"),
    (">", ">"),
    ("lss", "<"),
    ("<", "<"),
    ("geq", ">="),
    (">=", ">="),
    ("leq", "<="),
    ("<=", "<="),
];

/// Reads what is no word, if such begins here.
pub(super) fn operator(lexer: &mut Lexer<'_>) -> Lexed<bool> {
    let start = lexer.at;
    let c = lexer.text[start];
    if c == '&' && lexer.next().is_none_or(char::is_whitespace) {
        return lexer.push(TokenKind::And, 1).map(|()| true);
    }
    if !c.is_ascii_alphabetic() && c != '/' {
        return Ok(false);
    }
    let end = match c {
        // A stroke is an operator with a number or a letter or two, and nothing longer.
        '/' => lexer
            .until(start + 1, |c| !c.is_ascii_alphanumeric())
            .min(start + 8),
        _ => lexer.end_of_piece(start),
    };
    let piece = lexer.slice(start, end);
    let lower = piece.to_ascii_lowercase();
    if let Some(kind) = connector(&piece, &lower, Span::new(start, end))? {
        return lexer.push(kind, end - start).map(|()| true);
    }
    match lower.as_str() {
        "but" => but_not(lexer, end),
        "date" => date(lexer, end),
        "length" => length(lexer, end),
        _ => segment(lexer, &piece, end),
    }
}

/// One after the last character of the word that begins there, with the `!` behind it.
pub(super) fn end_of_word(lexer: &Lexer<'_>, start: usize) -> usize {
    let bang = |at: usize| lexer.text.get(at) == Some(&'!');
    let end = lexer.end_of_piece(start);
    if !bang(end) {
        return end;
    }
    // A `!` within a word is not understood, and the message shows the word whole.
    let goes_on = lexer.text.get(end + 1).is_some_and(|c| c.is_alphanumeric());
    let end = if goes_on {
        lexer.end_of_piece(end + 1)
    } else {
        end
    };
    end + usize::from(bang(end))
}

fn connector(piece: &str, lower: &str, span: Span) -> Lexed<Option<TokenKind>> {
    let sign = false;
    match lower {
        "and" => return Ok(Some(TokenKind::And)),
        "or" => return Ok(Some(TokenKind::Or)),
        "not" | "andnot" | "butnot" => return Ok(Some(TokenKind::Not { sign })),
        _ => {}
    }
    if let Some(count) = lower.strip_prefix("atleast").filter(|rest| is_number(rest)) {
        let count = word::limited(piece, count, span, table::WIDEST)?;
        return Ok(Some(TokenKind::AtLeast(count)));
    }
    let Some((name @ ("" | "w" | "near" | "pre" | "onear" | "not"), distance)) =
        lower.split_once('/')
    else {
        return Ok(None);
    };
    let within = match distance {
        "s" | "sent" => Within::Sentence,
        "p" | "para" => Within::Paragraph,
        "seg" => {
            return Err(
                Problem::new(span, "segments cannot be compared by a connector")
                    .hint("write and, within one segment: headline(a and b)"),
            );
        }
        _ if is_number(distance) => {
            Within::Words(word::limited(piece, distance, span, table::WIDEST)?)
        }
        _ if name.is_empty() => return Ok(None),
        _ => {
            return Err(
                Problem::new(span, format!("`{}` is no distance", shown(piece))).hint(
                    "write w/10 for words, w/s for the same sentence, w/p for the same paragraph",
                ),
            );
        }
    };
    Ok(Some(TokenKind::Near(Nearness {
        within,
        ordered: matches!(name, "pre" | "onear"),
        negated: name == "not",
    })))
}

/// `but not` is `and not`; `but` alone is a word.
fn but_not(lexer: &mut Lexer<'_>, end: usize) -> Lexed<bool> {
    let next = lexer.until(end, |c| !c.is_whitespace());
    let behind = lexer.until(next, |c| !c.is_alphanumeric() && c != '/');
    let after = lexer.until(behind, |c| !c.is_whitespace());
    let word = lexer.until(after, |c| !c.is_alphabetic());
    // In `but not w/5 oil` the negation is the proximity's.
    let proximity = behind > next && lexer.text.get(word) == Some(&'/');
    if proximity || !lexer.slice(next, behind).eq_ignore_ascii_case("not") {
        return Ok(false);
    }
    let length = behind - lexer.at;
    lexer
        .push(TokenKind::Not { sign: false }, length)
        .map(|()| true)
}

/// `headline(`, with or without a space.
fn segment(lexer: &mut Lexer<'_>, name: &str, end: usize) -> Lexed<bool> {
    let open = lexer.until(end, |c| !c.is_whitespace());
    if lexer.text.get(open) != Some(&'(') {
        return Ok(false);
    }
    // A word and a group with a space between are two operands, if the word is no segment.
    if open > end && !NEXIS.has_field(name) {
        return Ok(false);
    }
    let length = end - lexer.at;
    NEXIS.begin_field(lexer, name, length).map(|()| true)
}

/// `date aft 1963`, `date(geq (1/1/1963) and leq (12/31/1963))`; `date` before all else is a word.
fn date(lexer: &mut Lexer<'_>, end: usize) -> Lexed<bool> {
    let start = lexer.at;
    let next = lexer.until(end, |c| !c.is_whitespace());
    let (span, behind) = if lexer.text.get(next) == Some(&'(') {
        dates_in_brackets(lexer, next)?
    } else {
        let Some((field, value)) = comparison(lexer, next, DATES) else {
            return Ok(false);
        };
        let (from, to) = value_of(lexer, value);
        (day(lexer, field, from, to)?, to)
    };
    lexer.push(TokenKind::Leaf(Kind::Date(span)), behind - start)?;
    Ok(true)
}

/// The dates in the brackets that open there, and one after the closing one.
fn dates_in_brackets(lexer: &mut Lexer<'_>, open: usize) -> Lexed<(DateSpan, usize)> {
    let unclosed = || {
        Problem::new(Span::new(open, open + 1), "this `(` is not closed")
            .hint("write date(geq 1/1/1963 and leq 12/31/1963)")
    };
    let (mut from, mut to) = (None, None);
    let mut at = open + 1;
    loop {
        at = lexer.until(at, |c| !c.is_whitespace());
        let (field, value) = comparison(lexer, at, DATES).unwrap_or(("date", at));
        let inner = lexer.until(value, |c| !c.is_whitespace());
        let bracket = lexer.text.get(inner) == Some(&'(');
        let (begin, end) = value_of(lexer, if bracket { inner + 1 } else { value });
        let span = day(lexer, field, begin, end)?;
        from = from.max(span.from);
        to = match (to, span.to) {
            (Some(a), Some(b)) => Some(std::cmp::min(a, b)),
            (a, b) => a.or(b),
        };
        at = lexer.until(end, |c| !c.is_whitespace());
        if bracket {
            if lexer.text.get(at) != Some(&')') {
                return Err(unclosed());
            }
            at = lexer.until(at + 1, |c| !c.is_whitespace());
        }
        let word = lexer.until(at, |c| !c.is_alphabetic());
        if lexer.text.get(at) == Some(&')') {
            break;
        }
        if !lexer.slice(at, word).eq_ignore_ascii_case("and") {
            return Err(unclosed());
        }
        at = word;
    }
    if let (Some(first), Some(last)) = (from, to)
        && last < first
    {
        return Err(Problem::new(
            Span::new(open, at + 1),
            "the range ends before it starts",
        ));
    }
    Ok((DateSpan { from, to }, at + 1))
}

/// The comparison that begins there: what it is here, and where its value may begin.
fn comparison(
    lexer: &Lexer<'_>,
    at: usize,
    table: &[(&str, &'static str)],
) -> Option<(&'static str, usize)> {
    let end = match lexer.text.get(at)? {
        '<' | '>' | '=' => lexer.until(at, |c| !matches!(c, '<' | '>' | '=')),
        _ => lexer.until(at, |c| !c.is_ascii_alphabetic()),
    };
    let sign = lexer.slice(at, end.min(at + 8)).to_ascii_lowercase();
    let (_, ours) = table.iter().find(|(name, _)| *name == sign)?;
    Some((ours, end))
}

/// From where to where the value stands that may begin there: up to a bracket or a connector, some words at most.
fn value_of(lexer: &Lexer<'_>, at: usize) -> (usize, usize) {
    const MOST_WORDS: usize = 3;
    let start = lexer.until(at, |c| !c.is_whitespace());
    let ends = |c: char| c.is_whitespace() || c == '(' || c == ')';
    let mut end = start;
    for _ in 0..MOST_WORDS {
        let next = lexer.until(end, |c| !c.is_whitespace());
        let behind = lexer.until(next, ends);
        let word = lexer.slice(next, behind.min(next + 8)).to_ascii_lowercase();
        if behind == next || matches!(word.as_str(), "and" | "or" | "not" | "but" | "andnot") {
            break;
        }
        end = behind;
    }
    (start, end)
}

/// The days that a comparison with this value means.
fn day(lexer: &mut Lexer<'_>, field: &str, from: usize, to: usize) -> Lexed<DateSpan> {
    let typed = lexer.slice(from, to);
    let span = Span::new(
        from.min(lexer.text.len() - 1),
        to.max(from + 1).min(lexer.text.len()),
    );
    if typed.is_empty() {
        return Err(Problem::new(span, "a date is missing here").hint("write date aft 8/14/1963"));
    }
    let value = match month_first(&typed) {
        Some((value, sure)) => {
            if !sure {
                let message = format!("read as {value}: the month stands first in nexis");
                lexer.warn(from, to, message);
            }
            value
        }
        None => typed,
    };
    match filters::read(ours(field), &value, span, lexer.today)? {
        Kind::Date(days) => Ok(days),
        _ => Err(Problem::new(span, "no date")),
    }
}

/// `8/14/1963` as year, month and day, and whether it can only be that.
fn month_first(typed: &str) -> Option<(String, bool)> {
    let parts: Vec<&str> = typed.split(['/', '-']).collect();
    let [a, b, year] = parts[..] else {
        return None;
    };
    if year.len() != 4
        || ![a, b, year]
            .iter()
            .all(|part| is_number(part) && part.len() <= 4)
    {
        return None;
    }
    let (first, second): (u32, u32) = (a.parse().ok()?, b.parse().ok()?);
    let (month, day) = if first > 12 {
        (second, first)
    } else {
        (first, second)
    };
    let sure = month == day || day > 12;
    Some((format!("{year}-{month:02}-{day:02}"), sure))
}

/// `length > 500`; `length` before all else is a word.
fn length(lexer: &mut Lexer<'_>, end: usize) -> Lexed<bool> {
    let start = lexer.at;
    let next = lexer.until(end, |c| !c.is_whitespace());
    let Some((sign, value)) = comparison(lexer, next, LENGTHS) else {
        return segment(lexer, "length", end);
    };
    let value = lexer.until(value, |c| !c.is_whitespace());
    let behind = lexer.until(value, |c| c.is_whitespace() || c == '(' || c == ')');
    let number = format!("{sign}{}", lexer.slice(value, behind));
    let span = Span::new(start, behind);
    let kind = filters::read(ours("words"), &number, span, lexer.today)
        .map_err(|problem| problem.hint("write length > 500 or length < 800, in digits"))?;
    lexer.push(TokenKind::Leaf(kind), behind - start)?;
    Ok(true)
}
