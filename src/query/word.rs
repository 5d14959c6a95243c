//! What one unbroken piece of a query is: a word, a wildcard, a fuzzy word, an operator, or an operator of another
//! system that is named so that it can be said in ours. Sees the piece alone; its neighbours are `advice`'s affair.

use super::error::{Problem, shown};
use super::token::{Lexed, Nearness, TokenKind};
use super::tree::{Kind, Span, Within};
use super::{foreign, quotes};

/// The widest proximity, and the highest count of `ATLEAST`.
const MOST: u32 = 1_000;

/// Whether the character ends a piece wherever it stands. The lexer knows the exceptions (`1,000`).
pub(super) fn is_separator(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || quotes::is_quote(c)
        || matches!(
            c,
            '(' | ')'
                | '['
                | ']'
                | '{'
                | '}'
                | '<'
                | '>'
                | '='
                | '|'
                | '\\'
                | '^'
                | '~'
                | '`'
                | ','
                | ';'
                | '!'
        )
        || matches!(
            c,
            '…' | '–'
                | '—'
                | '―'
                | '•'
                | '¿'
                | '¡'
                | '،'
                | '؛'
                | '؟'
                | '۔'
                | '।'
                | '॥'
                | '።'
        )
        || matches!(
            c,
            '、' | '。'
                | '〈'
                | '〉'
                | '【'
                | '】'
                | '〔'
                | '〕'
                | '！'
                | '（'
                | '）'
                | '，'
                | '．'
                | '：'
                | '；'
                | '？'
                | '～'
        )
        || matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// Whether the character is no part of a word at whose edge it stands, though it may be inside one: `O'Brien's`, `9/11`.
pub(super) fn is_edge(c: char) -> bool {
    let symbol = matches!(c, '*' | '?' | '#' | '@' | '$' | '%' | '+');
    c.is_ascii_punctuation() && !symbol
        || quotes::is_single(c)
        || matches!(
            c,
            '·' | '‧' | '・' | '‐' | '‑' | '‒' | '−' | '′' | '″' | '\u{ad}'
        )
        || is_separator(c)
}

/// Says what a piece is. `None` when nothing in it can be searched.
pub(super) fn classify(piece: &str, span: Span) -> Lexed<Option<TokenKind>> {
    let (piece, edits) = match piece.split_once('~') {
        Some((piece, edits)) => (piece, Some(edits.trim_end_matches('.'))),
        None => (piece, None),
    };
    let word = trimmed(piece);
    let wild = word.contains(['*', '?']);
    if !word.chars().any(char::is_alphanumeric) {
        let all = !word.is_empty() && word.chars().all(|c| c == '*');
        return Ok(all.then_some(TokenKind::Leaf(Kind::All)));
    }
    if let Some(edits) = edits {
        return fuzzy(word, edits, wild, span).map(Some);
    }
    if wild {
        return Ok(Some(TokenKind::Leaf(Kind::Wildcard(word.to_owned()))));
    }
    if let Some(operator) = operator(piece, word, span)? {
        return Ok(Some(operator));
    }
    Ok(Some(TokenKind::Leaf(Kind::Word(word.to_owned()))))
}

/// The piece without the punctuation around it. The last full stop of `U.S.` belongs to it.
pub(super) fn trimmed(piece: &str) -> &str {
    let start = piece.trim_start_matches(is_edge);
    let word = start.trim_end_matches(is_edge);
    let mut letters = word.split('.');
    let acronym = word.contains('.') && letters.all(|part| part.chars().count() == 1);
    if acronym && start[word.len()..].starts_with('.') {
        &start[..=word.len()]
    } else {
        word
    }
}

fn fuzzy(word: &str, edits: &str, wild: bool, span: Span) -> Lexed<TokenKind> {
    if wild {
        return Err(
            Problem::new(span, "a word cannot have both a wildcard and `~`")
                .hint("write one of them"),
        );
    }
    let edits = match edits {
        "" | "1" => 1,
        "2" => 2,
        _ => {
            return Err(
                Problem::new(span, format!("`~{}` is no number of edits", shown(edits)))
                    .hint(format!("write {0}~1 or {0}~2", shown(word))),
            );
        }
    };
    Ok(TokenKind::Leaf(Kind::Fuzzy {
        word: word.to_owned(),
        edits,
    }))
}

/// An operator that is written like a word.
fn operator(piece: &str, word: &str, span: Span) -> Lexed<Option<TokenKind>> {
    match word {
        "AND" => return Ok(Some(TokenKind::And)),
        "OR" => return Ok(Some(TokenKind::Or)),
        "NOT" => return Ok(Some(TokenKind::Not { sign: false })),
        "W" | "PRE" if piece.ends_with('/') => {
            return Err(Problem::new(span, format!("`{piece}` needs a number"))
                .hint(format!("write {word}/10, or W/S for the same sentence")));
        }
        _ => {}
    }
    let lower = word.to_ascii_lowercase();
    if let Some(count) = lower
        .strip_prefix("atleast")
        .filter(|count| is_number(count))
    {
        return Ok(Some(TokenKind::AtLeast(limited(word, count, span, MOST)?)));
    }
    if let Some(nearness) = nearness(word, &lower, span)? {
        return Ok(Some(TokenKind::Near(nearness)));
    }
    foreign::refuse_proximity(word, &lower, span).map(|()| None)
}

/// `W/5`, `pre/3`, `W/S`.
fn nearness(word: &str, lower: &str, span: Span) -> Lexed<Option<Nearness>> {
    let Some((name @ ("w" | "pre"), distance)) = lower.split_once('/') else {
        return Ok(None);
    };
    let within = match distance {
        "s" => Within::Sentence,
        "p" => Within::Paragraph,
        _ if is_number(distance) => Within::Words(limited(word, distance, span, MOST)?),
        _ if distance.starts_with(|c: char| c.is_ascii_digit())
            || matches!(distance, "seg" | "doc") =>
        {
            return Err(
                Problem::new(span, format!("`{}` is no distance", shown(word))).hint(
                    "write W/10 for words, W/S for the same sentence, W/P for the same paragraph",
                ),
            );
        }
        _ => return Ok(None),
    };
    Ok(Some(Nearness {
        within,
        ordered: name == "pre",
        negated: false,
    }))
}

/// The number of an operator, if it is within what is allowed.
pub(super) fn limited(operator: &str, digits: &str, span: Span, most: u32) -> Lexed<u32> {
    match digits.parse() {
        Ok(n) if (1..=most).contains(&n) => Ok(n),
        _ => Err(
            Problem::new(span, format!("`{}` is out of range", shown(operator)))
                .hint(format!("the number goes from 1 to {most}")),
        ),
    }
}

/// Whether the text is digits only.
pub(super) fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}
