//! The values of filters → leaves of the tree: dates by way of `dates`, lengths, places, language tags.
//! Reads a value only; where it begins and ends is the lexer's affair.

use chrono::NaiveDate;

use super::dates::{self, DateProblem, DateSpan};
use super::error::{Problem, shown};
use super::fields::{Lies, Meaning, QueryField, Side};
use super::token::Lexed;
use super::tree::{Kind, Node, Span, Versions};

/// Reads the value of a field that is no word: a date, a length, a choice of versions.
pub(super) fn read(field: &QueryField, value: &str, span: Span, today: NaiveDate) -> Lexed<Kind> {
    let of_date = |DateProblem { message, hint }: DateProblem| {
        let problem = Problem::new(span, message);
        match hint {
            Some(hint) => problem.hint(hint),
            None => problem,
        }
    };
    match field.meaning {
        Meaning::Date(Side::Within) => dates::read_span(value, today)
            .map(Kind::Date)
            .map_err(of_date),
        Meaning::Date(side) => one_sided(side, value, today)
            .map(Kind::Date)
            .map_err(of_date),
        Meaning::Words => words(value, span),
        Meaning::AsOf => dates::read_days(value, today)
            .map(|(_, last)| Kind::Versions(Versions::AsOf(last)))
            .map_err(of_date),
        Meaning::Versions if value.eq_ignore_ascii_case("all") => Ok(Kind::Versions(Versions::All)),
        Meaning::Versions => Err(Problem::new(
            span,
            format!("`{}` is no choice of versions", shown(value)),
        )
        .hint("write versions:all; without it, what is current is searched")),
        Meaning::Text(_) | Meaning::Place(_) => unreachable_value(field, span),
    }
}

/// The lexer reads only dates and lengths by themselves; the values of other fields are words.
fn unreachable_value(field: &QueryField, span: Span) -> Lexed<Kind> {
    Err(Problem::new(span, format!("`{}:` takes words", field.name)))
}

fn one_sided(side: Side, value: &str, today: NaiveDate) -> Result<DateSpan, DateProblem> {
    let days = dates::read_days(value, today)?;
    match side {
        Side::Before => dates::before(days),
        Side::After => dates::after(days),
        Side::Since => Ok(dates::since(days)),
        Side::Until => Ok(dates::until(days)),
        Side::Within => Ok(DateSpan {
            from: Some(days.0),
            to: Some(days.1),
        }),
    }
}

/// `>500`, `>=500`, `<500`, `<=500`, `=500`, `500`, `500..800`, `500..`, `..800`.
fn words(value: &str, span: Span) -> Lexed<Kind> {
    let wrong = || {
        Problem::new(span, format!("`{}` is no length", shown(value)))
            .hint("write words:>500, words:<=800 or words:500..800, in digits")
    };
    let number = |text: &str| {
        let text = text.trim();
        let plain = text.bytes().all(|byte| byte.is_ascii_digit());
        text.parse::<u32>().ok().filter(|_| plain).ok_or_else(wrong)
    };
    let nothing = || Problem::new(span, "no article can be of that length");
    let (min, max) = if let Some(text) = value.strip_prefix(">=") {
        (Some(number(text)?), None)
    } else if let Some(text) = value.strip_prefix("<=") {
        (None, Some(number(text)?))
    } else if let Some(text) = value.strip_prefix('>') {
        (
            Some(number(text)?.checked_add(1).ok_or_else(nothing)?),
            None,
        )
    } else if let Some(text) = value.strip_prefix('<') {
        (
            None,
            Some(number(text)?.checked_sub(1).ok_or_else(nothing)?),
        )
    } else if let Some((min, max)) = value.split_once("..") {
        let end = |text: &str| {
            Some(text)
                .filter(|text| !text.is_empty())
                .map(number)
                .transpose()
        };
        (end(min)?, end(max)?)
    } else {
        let exactly = number(value.strip_prefix('=').unwrap_or(value))?;
        (Some(exactly), Some(exactly))
    };
    match (min, max) {
        (None, None) => Err(wrong()),
        (Some(min), Some(max)) if max < min => {
            Err(Problem::new(span, "the range ends before it starts")
                .hint(format!("did you mean {max}..{min}?")))
        }
        _ => Ok(Kind::Words { min, max }),
    }
}

/// A place from the word or phrase that names it.
pub(super) fn place(lies: Lies, node: Node) -> Lexed<Kind> {
    let (Kind::Word(name) | Kind::Phrase(name)) = node.kind else {
        return Err(Problem::new(
            node.span,
            "a place is a name, without wildcards or operators",
        )
        .hint("write in:egypt or in:\"middle east\""));
    };
    if name.contains(['*', '?']) {
        return Err(Problem::new(
            node.span,
            "a place is a name, without wildcards",
        ));
    }
    Ok(match lies {
        Lies::In => Kind::In(name),
        Lies::Named => Kind::Place(name),
    })
}

/// Refuses what can be no language: it is a tag.
pub(super) fn check_language(node: &Node) -> Lexed<()> {
    let (Kind::Word(tag) | Kind::Phrase(tag)) = &node.kind else {
        return Err(
            Problem::new(node.span, "a language is a tag, without wildcards").hint("write lang:en"),
        );
    };
    let mut subtags = tag.split('-');
    let primary = subtags.next().unwrap_or_default();
    let letters =
        primary.bytes().all(|byte| byte.is_ascii_alphabetic()) && matches!(primary.len(), 2 | 3);
    let rest = subtags.all(|part| {
        matches!(part.len(), 1..=8) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
    });
    if letters && rest {
        return Ok(());
    }
    Err(
        Problem::new(node.span, format!("`{}` is no language tag", shown(tag)))
            .hint("write two or three letters, such as en, ar or pt-BR"),
    )
}
