//! Words, patterns and phrases as the vendors type them → leaves of the tree. What is common to the vendors' lexers is
//! here; their operators and signs are in their own files.

use super::vendor::{Pattern, Vendor};
use crate::query::error::{Problem, shown};
use crate::query::lex::{self, Lexer};
use crate::query::parse;
use crate::query::token::{Lexed, Nearness, TokenKind};
use crate::query::tree::{Kind, Node, Span, Within};
use crate::query::word::{self, is_edge, is_separator};
use crate::query::{fields, join, quotes};

/// Side by side, in this order.
pub(super) const ADJACENT: Nearness = Nearness {
    within: Within::Words(1),
    ordered: true,
    negated: false,
};

/// Signs that are operators somewhere, and here neither operators nor searched.
const REFUSED: &[(char, &str)] = &[
    ('&', "write and"),
    ('|', "for either of two write or"),
    ('!', "to shorten a word write *"),
    ('[', "write ("),
    (']', "write )"),
    ('=', "quote the text that it stands in"),
    ('<', "quote the text that it stands in"),
    ('>', "quote the text that it stands in"),
    ('~', "leave it out"),
    ('^', "leave it out"),
    ('\\', "leave it out"),
    ('{', "write ("),
    ('}', "write )"),
];

/// Reads what begins at the lexer's place.
pub(super) fn step(lexer: &mut Lexer<'_>, vendor: &'static Vendor) -> Lexed<()> {
    let c = lexer.text[lexer.at];
    match c {
        '(' => lexer.push(TokenKind::Open, 1),
        ')' => lexer.push(TokenKind::Close, 1),
        _ if quotes::is_quote(c) => lexer.quotation(),
        _ if c.is_whitespace() => {
            lexer.at += 1;
            Ok(())
        }
        _ if (vendor.operator)(lexer)? => Ok(()),
        _ if is_separator(c) || is_edge(c) => pass_over(lexer, c, vendor),
        _ => word(lexer, vendor),
    }
}

/// Passes over punctuation. Signs that other systems give a meaning to are refused.
fn pass_over(lexer: &mut Lexer<'_>, c: char, vendor: &Vendor) -> Lexed<()> {
    let span = Span::new(lexer.at, lexer.at + 1);
    if let Some((_, hint)) = REFUSED.iter().find(|(sign, _)| *sign == c) {
        let problem = Problem::new(span, format!("`{c}` means nothing in {}", vendor.dialect));
        return Err(problem.hint(*hint));
    }
    let before_word = lexer.next().is_some_and(char::is_alphanumeric);
    if c == '-' && lexer.opens_at(lexer.at) && before_word {
        let message = format!("`-` is not searched; to exclude write {}", vendor.but_not);
        lexer.warn(span.start, span.end, message);
    }
    lexer.at += 1;
    Ok(())
}

fn word(lexer: &mut Lexer<'_>, vendor: &'static Vendor) -> Lexed<()> {
    if lexer.address()? {
        return Ok(());
    }
    let start = lexer.at;
    let end = (vendor.end_of_word)(lexer, start);
    let piece = lexer.slice(start, end);
    let span = Span::new(start, end);
    refuse_colon(lexer, vendor, &piece, span)?;
    vendor.refuse_foreign(&piece, span)?;
    let (text, warning) = match (vendor.pattern)(&piece, span)? {
        Pattern::Text(text) => (text, None),
        Pattern::Warned(text, warning) => (text, Some(warning)),
        Pattern::AnyOf(forms) => {
            let forms = forms.iter().map(|form| Some(node(leaf(form)?, span)));
            let forms: Option<Vec<Node>> = forms.collect();
            let forms = join::any(forms.ok_or_else(|| untypable(span))?);
            return lexer.push(TokenKind::Leaf(forms.kind), end - start);
        }
    };
    if let Some(warning) = warning {
        lexer.warn(start, end, warning);
    }
    let kind = term(vendor, &text, &piece, span)?;
    lexer.push(TokenKind::Leaf(kind), end - start)
}

/// What the text is, a word or a pattern: what morgue's own language would read as the same.
fn term(vendor: &Vendor, text: &str, typed: &str, span: Span) -> Lexed<Kind> {
    let quote = |problem: Problem| problem.hint("to search it as words, quote it");
    if !text.chars().any(char::is_alphanumeric) {
        let message = format!("`{}` means nothing in {}", shown(typed), vendor.dialect);
        return Err(Problem::new(span, message).hint("leave it out"));
    }
    if text.contains('~') {
        let problem = Problem::new(span, format!("`~` means nothing in {}", vendor.dialect));
        return Err(problem.hint("leave it out, and write * or ? for letters that may differ"));
    }
    match word::classify(text, span) {
        Ok(Some(TokenKind::Leaf(kind @ (Kind::Word(_) | Kind::Wildcard(_))))) => {
            let (Kind::Word(word) | Kind::Wildcard(word)) = &kind else {
                return Ok(kind);
            };
            if text.starts_with('+') || !lex::reads_as(&kind, word) {
                return Err(quote(vendor.no_operator(typed, span)));
            }
            Ok(kind)
        }
        _ => Err(quote(vendor.no_operator(typed, span))),
    }
}

/// `headline:oil` is morgue's own form.
fn refuse_colon(lexer: &Lexer<'_>, vendor: &Vendor, piece: &str, span: Span) -> Lexed<()> {
    let at = |at: usize| lexer.text.get(at).copied();
    let opens = |c: char| c == '(' || quotes::is_quote(c);
    let name = match piece.split_once(':') {
        Some((name, _)) => name,
        None if at(span.end) == Some(':') && at(span.end + 1).is_some_and(opens) => piece,
        None => return Ok(()),
    };
    if fields::find(name).is_none() && !vendor.has_field(name) {
        return Ok(());
    }
    let length = name.chars().count() + 1;
    let problem = Problem::new(
        Span::new(span.start, span.start + length),
        format!("`{name}:` is not how {} names a field", vendor.dialect),
    );
    let example = if vendor.has_field(name) {
        name
    } else {
        vendor.fields[0].names[0]
    };
    Err(problem.hint(format!("write {}", (vendor.field)(example, "…", true))))
}

/// The text between two quotation marks: these words in exactly these forms, with the vendor's signs for letters.
pub(super) fn phrase(
    lexer: &mut Lexer<'_>,
    open: usize,
    close: usize,
    vendor: &Vendor,
) -> Lexed<()> {
    let span = Span::new(open, close + 1);
    let (text, question) = quotes::phrase(&lexer.slice(open + 1, close));
    if text.is_empty() {
        return Err(Problem::new(span, "there is no word between the quotes"));
    }
    if question {
        lexer.warn(open, close + 1, "`?` behind a quoted word is not searched");
    }
    let mut words = Vec::new();
    for word in text.split(' ') {
        if !word.contains(['!', '*', '?', '$']) {
            words.push(word.to_owned());
            continue;
        }
        let core = word.trim_matches(|c: char| is_edge(c) && c != '!');
        match (vendor.pattern)(core, span)? {
            Pattern::Text(text) | Pattern::Warned(text, _) => words.push(text),
            Pattern::AnyOf(_) => {
                return Err(Problem::new(
                    span,
                    format!("`{}` cannot stand in quotes", shown(core)),
                )
                .hint("take it out of the quotes"));
            }
        }
    }
    let kind = exact(&words, span).ok_or_else(|| untypable(span))?;
    lexer.push(TokenKind::Leaf(kind), close + 1 - open)
}

/// These words side by side, in exactly these forms: a phrase, or where a phrase cannot hold them, a proximity. Nothing
/// where neither can.
pub(super) fn exact(words: &[String], span: Span) -> Option<Kind> {
    let text = words.join(" ");
    if is_phrase(&text) {
        return Some(Kind::Phrase(text));
    }
    let searched = |word: &&String| word.chars().any(char::is_alphanumeric);
    let words = words.iter().filter(searched);
    let nodes: Option<Vec<Node>> = words.map(|word| Some(node(leaf(word)?, span))).collect();
    let near = |left, right| parse::near(left, right, ADJACENT);
    Some(nodes?.into_iter().reduce(near)?.kind)
}

fn untypable(span: Span) -> Problem {
    Problem::new(span, "signs among the letters hinder the wildcard").hint("leave the signs out")
}

/// The text of a term that may stand in a phrase.
pub(super) fn text(node: &Node) -> Option<String> {
    match &node.kind {
        Kind::Phrase(text) | Kind::Word(text) | Kind::Wildcard(text) => Some(text.clone()),
        _ => None,
    }
}

/// A word in exactly this form, or a pattern, if it can be written as one.
pub(super) fn leaf(word: &str) -> Option<Kind> {
    let plain = |kind: Kind| lex::reads_as(&kind, word).then_some(kind);
    if word.contains(['*', '?']) {
        plain(Kind::Wildcard(word.to_owned()))
    } else if is_phrase(word) {
        Some(Kind::Phrase(word.to_owned()))
    } else {
        plain(Kind::Word(word.to_owned()))
    }
}

/// Whether the text, in quotes, is read as it is.
fn is_phrase(text: &str) -> bool {
    quotes::phrase(text) == (text.to_owned(), false)
}

fn node(kind: Kind, span: Span) -> Node {
    Node { kind, span }
}
