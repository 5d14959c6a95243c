//! The operators, fields, dates and lengths of Factiva, as they are typed. Words are read in `term`.

use chrono::{Days, NaiveDate};

use super::table::{self, FACTIVA};
use crate::query::dates::{self, DateSpan};
use crate::query::dialect::vendor::ours;
use crate::query::error::{Problem, shown};
use crate::query::filters;
use crate::query::lex::Lexer;
use crate::query::token::{Lexed, Nearness, TokenKind};
use crate::query::tree::{Kind, Span, Within};
use crate::query::word::{self, is_number, is_separator};

/// Reads what is no word, if such begins here.
pub(super) fn operator(lexer: &mut Lexer<'_>) -> Lexed<bool> {
    let start = lexer.at;
    let c = lexer.text[start];
    match c {
        '[' => return lexer.push(TokenKind::Open, 1).map(|()| true),
        ']' => return lexer.push(TokenKind::Close, 1).map(|()| true),
        '/' => return stroke(lexer),
        '%' if lexer.next().is_none_or(char::is_whitespace) => {
            return Err(Problem::new(
                Span::new(start, start + 1),
                "`%` for one word is not understood",
            )
            .hint("write adj2, which finds the two side by side as well"));
        }
        _ if !c.is_ascii_alphabetic() => return Ok(false),
        _ => {}
    }
    let end = end_of_word(lexer, start);
    let piece = lexer.slice(start, end);
    let lower = piece.to_ascii_lowercase();
    match lexer.text.get(end) {
        Some('=' | '<' | '>') if lower == "wc" => return length(lexer, end),
        Some('=') => {
            let length = end + 1 - start;
            return FACTIVA.begin_field(lexer, &piece, length).map(|()| true);
        }
        _ => {}
    }
    let span = Span::new(start, end);
    let kind = match lower.as_str() {
        "and" => Some(TokenKind::And),
        "or" => Some(TokenKind::Or),
        "not" => Some(TokenKind::Not { sign: false }),
        "same" => Some(proximity(Within::Paragraph, false)),
        "date" => return date(lexer, end).map(|()| true),
        "upd" => {
            return Err(
                Problem::new(span, "the day of an update cannot be searched")
                    .hint("write date from 19630801 to 19630831; to search the word, quote it"),
            );
        }
        _ => numbered(&piece, &lower, span)?,
    };
    match kind {
        Some(kind) => lexer.push(kind, end - start).map(|()| true),
        None => Ok(false),
    }
}

/// One after the last character of the word that begins there: `747/N30/british` is a word, an operator and a word.
pub(super) fn end_of_word(lexer: &Lexer<'_>, start: usize) -> usize {
    let ends = |at: usize| {
        let (c, next) = (lexer.text[at], lexer.text.get(at + 1));
        let trails_off = matches!(c, '.' | '-' | '&' | ':') && next == Some(&c);
        trails_off || is_separator(c) || c == '/' && counted_stroke(lexer, at).is_some()
    };
    let rest = start + 1..lexer.text.len();
    let limit = rest.clone().find(|at| ends(*at)).unwrap_or(rest.end);
    let stroke = lexer.text.get(limit) == Some(&'/');
    lexer.end_of_piece_before(start, if stroke { limit } else { rest.end })
}

/// `/N5/` or `/F50/` that begins there: its letter, its digits, and one after it.
fn counted_stroke(lexer: &Lexer<'_>, at: usize) -> Option<(char, String, usize)> {
    const MOST_DIGITS: usize = 6;
    let letter = lexer.text.get(at + 1)?.to_ascii_lowercase();
    let digits = lexer.text[at + 2..].iter().take(MOST_DIGITS);
    let end = at + 2 + digits.take_while(|c| c.is_ascii_digit()).count();
    let found = matches!(letter, 'n' | 'f') && end > at + 2 && lexer.text.get(end) == Some(&'/');
    found.then(|| (letter, lexer.slice(at + 2, end), end + 1))
}

fn stroke(lexer: &mut Lexer<'_>) -> Lexed<bool> {
    const LONGEST: usize = 8;
    let start = lexer.at;
    let Some((letter, digits, end)) = counted_stroke(lexer, start) else {
        let end = lexer.until(start + 1, |c| !c.is_ascii_alphanumeric());
        let piece = lexer.slice(start, end.min(start + LONGEST));
        FACTIVA.refuse_foreign(&piece, Span::new(start, end))?;
        return Ok(false);
    };
    let span = Span::new(start, end);
    if letter == 'f' {
        return Err(
            Problem::new(span, "the first words of an article cannot be counted off")
                .hint("write hlp=…, the headline and the first paragraph"),
        );
    }
    let typed = lexer.slice(start, end);
    let n = word::limited(&typed, &digits, span, table::WIDEST)?;
    let length = end - start;
    lexer
        .push(proximity(Within::Words(n), false), length)
        .map(|()| true)
}

/// `near5`, `adj5`, `w/5`, `atleast5`.
fn numbered(piece: &str, lower: &str, span: Span) -> Lexed<Option<TokenKind>> {
    const NAMES: &[(&str, u32)] = &[
        ("near", table::WIDEST),
        ("adj", table::WIDEST_IN_ORDER),
        ("w/", table::WIDEST_IN_ORDER),
        ("atleast", table::MOST),
    ];
    let Some((name, most)) = NAMES.iter().find(|(name, _)| lower.starts_with(name)) else {
        return Ok(None);
    };
    let number = &lower[name.len()..];
    if number.is_empty() {
        return match *name {
            "adj" => Ok(Some(proximity(Within::Words(1), true))),
            _ => Err(Problem::new(span, format!("`{piece}` needs a number"))
                .hint(format!("write {name}5; to search it as a word, quote it"))),
        };
    }
    if !is_number(number) {
        return Ok(None);
    }
    let n = word::limited(piece, number, span, *most)?;
    Ok(Some(match *name {
        "atleast" => TokenKind::AtLeast(n),
        "near" => proximity(Within::Words(n), false),
        _ => proximity(Within::Words(n), true),
    }))
}

fn proximity(within: Within, ordered: bool) -> TokenKind {
    TokenKind::Near(Nearness {
        within,
        ordered,
        negated: false,
    })
}

/// `wc>500`.
fn length(lexer: &mut Lexer<'_>, end: usize) -> Lexed<bool> {
    let start = lexer.at;
    let ends = |c: char| c.is_whitespace() || matches!(c, '(' | ')' | '[' | ']');
    let behind = lexer.until(end, ends);
    let (value, span) = (lexer.slice(end, behind), Span::new(start, behind));
    let kind = filters::read(ours("words"), &value, span, lexer.today)
        .map_err(|problem| problem.hint("write wc>500 or wc<800, in digits"))?;
    lexer
        .push(TokenKind::Leaf(kind), behind - start)
        .map(|()| true)
}

/// `date from A to B`, `date after A`, `date before A`, `date A`.
fn date(lexer: &mut Lexer<'_>, end: usize) -> Lexed<()> {
    let start = lexer.at;
    let (word, value) = next_word(lexer, end);
    let side = match lexer.slice(word, value).to_ascii_lowercase().as_str() {
        "from" => {
            let (first, from, behind) = day(lexer, start, value)?;
            let (to, between) = next_word(lexer, behind);
            if !lexer.slice(to, between).eq_ignore_ascii_case("to") {
                return Err(no_range(Span::new(start, behind.max(start + 4))));
            }
            let (last, until, behind) = day(lexer, start, between)?;
            if until < from {
                return Err(Problem::new(
                    Span::new(start, behind),
                    "the range ends before it starts",
                )
                .hint(format!("did you mean date from {last} to {first}?")));
            }
            return push(lexer, Some(from), Some(until), behind);
        }
        "after" => std::cmp::Ordering::Greater,
        "before" => std::cmp::Ordering::Less,
        _ => {
            let (_, day, behind) = day(lexer, start, end)?;
            return push(lexer, Some(day), Some(day), behind);
        }
    };
    let (_, day, behind) = day(lexer, start, value)?;
    let span = match side {
        std::cmp::Ordering::Greater => dates::after((day, day)),
        _ => dates::before((day, day)),
    };
    match span {
        Ok(DateSpan { from, to }) => push(lexer, from, to, behind),
        Err(problem) => Err(Problem::new(Span::new(start, behind), problem.message)),
    }
}

fn push(
    lexer: &mut Lexer<'_>,
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
    behind: usize,
) -> Lexed<()> {
    let length = behind - lexer.at;
    lexer.push(TokenKind::Leaf(Kind::Date(DateSpan { from, to })), length)
}

/// From where to where the next word stands, up to a space or a bracket.
fn next_word(lexer: &Lexer<'_>, at: usize) -> (usize, usize) {
    let start = lexer.until(at, |c| !c.is_whitespace());
    let ends = |c: char| c.is_whitespace() || matches!(c, '(' | ')' | '[' | ']');
    (start, lexer.until(start, ends))
}

/// The day that stands behind `at`: as typed, the day, and one after it. `19630814`, `8/14/1963`, `-30` days from today.
fn day(lexer: &Lexer<'_>, start: usize, at: usize) -> Lexed<(String, NaiveDate, usize)> {
    const MOST_DAYS: u64 = 999;
    let (begin, end) = next_word(lexer, at);
    let typed = lexer.slice(begin, end);
    let span = Span::new(begin, end);
    let relative = typed.strip_prefix(['-', '+']).unwrap_or(&typed);
    if is_number(relative) && (relative.len() < typed.len() || typed == "0") {
        let count = relative
            .parse()
            .ok()
            .filter(|n| *n <= MOST_DAYS)
            .map(Days::new);
        let moved = count.and_then(|count| {
            if typed.starts_with('-') {
                lexer.today.checked_sub_days(count)
            } else {
                lexer.today.checked_add_days(count)
            }
        });
        return match moved {
            Some(day) => Ok((typed, day, end)),
            None => Err(
                Problem::new(span, format!("`{}` is too far", shown(&typed)))
                    .hint(format!("the number of days goes to {MOST_DAYS}")),
            ),
        };
    }
    if !typed.starts_with(|c: char| c.is_ascii_digit()) {
        return Err(no_range(Span::new(start, start + 4)));
    }
    let value = sure_day(&typed).unwrap_or_else(|| typed.clone());
    match filters::read(ours("date"), &value, span, lexer.today)? {
        Kind::Date(DateSpan {
            from: Some(from),
            to: Some(to),
        }) if from == to => Ok((typed, from, end)),
        _ => Err(Problem::new(span, format!("`{}` is no day", shown(&typed)))
            .hint("write year, month and day: 19630814")),
    }
}

fn no_range(span: Span) -> Problem {
    Problem::new(span, "`date` begins a range of days in factiva").hint(
        "write date from 19630801 to 19630831, or date after 19630801; to search the word, quote it",
    )
}

/// `14/8/1963` or `8/14/1963` as year, month and day, where a number above 12 or two equal ones tell which is which.
fn sure_day(typed: &str) -> Option<String> {
    let parts: Vec<&str> = typed.split('/').collect();
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
    let (a, b): (u32, u32) = (a.parse().ok()?, b.parse().ok()?);
    let (month, day) = match (a > 12, b > 12) {
        (true, _) => (b, a),
        (_, true) => (a, b),
        _ if a == b => (a, b),
        _ => return None,
    };
    Some(format!("{year}-{month:02}-{day:02}"))
}
