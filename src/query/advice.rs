//! What only a token's neighbours tell: whether a `?` asks a question, whether `and` was meant as an operator, whether a
//! proximity joins all that its writer thinks. Settles the doubtful tokens, and warns; the lexer has read them, the parser joins them.

use super::Warning;
use super::error::{Problem, shown};
use super::token::{Lexed, Token, TokenKind};
use super::tree::{Kind, Span};
use super::word;

/// How many words make a pasted sentence rather than a query.
const SENTENCE: usize = 3;

/// Words that join in other languages or letter cases, and what joins here.
const JOINING: &[(&str, &str)] = &[
    ("and", "`and` is searched as a word; to join write AND"),
    ("or", "`or` is searched as a word; for either write OR"),
    ("not", "`not` is searched as a word; to exclude write NOT"),
];

/// Operators of other systems that are words as well.
const FOREIGN: &[(&str, &str)] = &[
    (
        "NEAR",
        "`NEAR` is searched as a word; for nearness write W/10",
    ),
    (
        "ADJ",
        "`ADJ` is searched as a word; for words in order write PRE/3 or a phrase",
    ),
    (
        "XOR",
        "`XOR` is searched as a word; there is no such operator",
    ),
    (
        "SAME",
        "`SAME` is searched as a word; for the same sentence write W/S",
    ),
    (
        "ATLEAST",
        "`ATLEAST` is searched as a word; for so many matches write ATLEAST5(…)",
    ),
    ("ANDNOT", "`ANDNOT` is searched as a word; write AND NOT"),
];

const QUESTION: &str =
    "`?` at the end of a sentence is not searched; within a query it stands for one letter";
const ONE_LETTER: &str = "`?` stands for one letter; leave it out if it asks a question";
const EXCLAMATION: &str = "`!` is not searched; to shorten a word write *";
const CAPITALS: &str =
    "AND, OR and NOT in capitals are operators; to search them as words, quote the text";

/// Settles the tokens whose meaning hangs on their neighbours, and adds the warnings that hang on them.
pub(super) fn settle(tokens: Vec<Token>, warnings: &mut Vec<Warning>) -> Lexed<Vec<Token>> {
    let mut tokens = not_near(tokens);
    punctuation(&mut tokens, warnings)?;
    joining_words(&tokens, warnings);
    unstroked(&tokens, warnings);
    capitals(&tokens, warnings);
    loose_neighbours(&tokens, warnings);
    Ok(tokens)
}

/// `NOT W/5` is one operator; so is `not w/5`, which cannot mean anything else.
fn not_near(tokens: Vec<Token>) -> Vec<Token> {
    let mut settled: Vec<Token> = Vec::with_capacity(tokens.len());
    for mut token in tokens {
        if let TokenKind::Near(nearness) = &mut token.kind {
            let not = settled.pop_if(|last| {
                matches!(last.kind, TokenKind::Not { sign: false }) || last.word() == Some("not")
            });
            if let Some(not) = not {
                nearness.negated = true;
                token.span.start = not.span.start;
            }
        }
        settled.push(token);
    }
    settled
}

/// Decides whether `?` and `!` behind a word are punctuation. They are at the end of a sentence: of a query that is three
/// words or more and nothing else, or before a capital letter in one. Elsewhere `?` is one letter, and `!` an error.
fn punctuation(tokens: &mut [Token], warnings: &mut Vec<Warning>) -> Lexed<()> {
    let sentence = tokens.len() >= SENTENCE
        && tokens.iter().all(|token| {
            matches!(
                token.kind,
                TokenKind::Leaf(Kind::Word(_) | Kind::Wildcard(_) | Kind::Phrase(_))
            )
        });
    let alone = tokens.len() == 1;
    for at in 0..tokens.len() {
        let ends = sentence && tokens.get(at + 1).is_none_or(begins_with_a_capital);
        let token = &mut tokens[at];
        if token.bang {
            exclamation(token, ends, warnings)?;
        } else if !alone {
            question(token, ends, warnings)?;
        }
    }
    Ok(())
}

/// Settles a `?` at the end of a word that has no other wildcard.
fn question(token: &mut Token, ends: bool, warnings: &mut Vec<Warning>) -> Lexed<()> {
    let TokenKind::Leaf(Kind::Wildcard(wildcard)) = &token.kind else {
        return Ok(());
    };
    let word = wildcard.trim_end_matches('?');
    if word.len() == wildcard.len() {
        return Ok(());
    }
    let Some(kind @ TokenKind::Leaf(Kind::Word(_))) = word::classify(word, token.span)? else {
        return Ok(());
    };
    if ends {
        warn(warnings, token.span, QUESTION);
        token.kind = kind;
    } else {
        warn(warnings, token.span, ONE_LETTER);
    }
    Ok(())
}

/// Settles a `!` behind a word: punctuation also behind a name (`Yahoo!`), else what Nexis shortens words with.
fn exclamation(token: &mut Token, ends: bool, warnings: &mut Vec<Warning>) -> Lexed<()> {
    let name = begins_with_a_capital(token);
    match &token.kind {
        TokenKind::Leaf(Kind::Word(word)) if !name && !ends => {
            Err(Problem::new(token.span, "`!` does not shorten words")
                .hint(format!("write {}*", shown(word))))
        }
        TokenKind::Leaf(Kind::Word(_)) => {
            warn(warnings, token.span, EXCLAMATION);
            Ok(())
        }
        _ => question(token, ends, warnings),
    }
}

fn begins_with_a_capital(token: &Token) -> bool {
    match &token.kind {
        TokenKind::Leaf(Kind::Word(word) | Kind::Wildcard(word)) => {
            word.starts_with(char::is_uppercase)
        }
        _ => false,
    }
}

/// Warns once for each of `and`, `or`, `not` that does not end the query, and for operators of other systems.
fn joining_words(tokens: &[Token], warnings: &mut Vec<Warning>) {
    for (name, message) in JOINING {
        let last = tokens.len().saturating_sub(1);
        let found = tokens[..last].iter().find(|token| {
            token
                .word()
                .is_some_and(|word| word.eq_ignore_ascii_case(name))
        });
        if let Some(token) = found {
            warn(warnings, token.span, message);
        }
    }
    for (name, message) in FOREIGN {
        if let Some(token) = tokens.iter().find(|token| token.word() == Some(name)) {
            warn(warnings, token.span, message);
        }
    }
}

/// Warns of `w5` and `W 5` between two words: a proximity without its stroke.
fn unstroked(tokens: &[Token], warnings: &mut Vec<Warning>) {
    let is_number = |digits: &str| !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    for (at, token) in tokens.iter().enumerate().skip(1) {
        let Some(word) = token.word() else { continue };
        let lower = word.to_ascii_lowercase();
        let apart = tokens.get(at + 1).and_then(Token::word);
        let (name, digits, length) = match (lower.as_str(), apart) {
            (name @ ("w" | "pre"), Some(digits)) if is_number(digits) => (name, digits, 2),
            (joined, _) => match joined.strip_prefix("pre").or(joined.strip_prefix('w')) {
                Some(digits) => (&joined[..joined.len() - digits.len()], digits, 1),
                None => continue,
            },
        };
        let Some(last) = tokens.get(at + length - 1).filter(|_| is_number(digits)) else {
            continue;
        };
        if tokens.len() > at + length {
            let span = Span::new(token.span.start, last.span.end);
            let operator = format!("{}/{digits}", name.to_ascii_uppercase());
            let message = format!("this is searched as words; nearness is written {operator}");
            warn(warnings, span, &message);
        }
    }
}

/// Warns when a text in capitals, as old headlines are, has operators that may be words of it.
fn capitals(tokens: &[Token], warnings: &mut Vec<Warning>) {
    let words: Vec<&str> = tokens.iter().filter_map(Token::word).collect();
    let shouted = words.iter().all(|word| !word.contains(char::is_lowercase));
    let long = words
        .iter()
        .any(|word| word.chars().filter(|c| c.is_uppercase()).count() > SENTENCE + 1);
    let operator = tokens.iter().find(|token| {
        matches!(
            token.kind,
            TokenKind::And | TokenKind::Or | TokenKind::Not { sign: false }
        )
    });
    if let Some(operator) = operator.filter(|_| words.len() >= SENTENCE && shouted && long) {
        warn(warnings, operator.span, CAPITALS);
    }
}

/// Warns when a word stands beside the side of a proximity: `prime minister W/5 gaza` joins only the last two.
fn loose_neighbours(tokens: &[Token], warnings: &mut Vec<Warning>) {
    let word = |at: usize| tokens.get(at).and_then(Token::word);
    for (at, token) in tokens.iter().enumerate() {
        if !matches!(token.kind, TokenKind::Near(_)) {
            continue;
        }
        // A word that is a field's value, or the side of another proximity, stands where it was put.
        let bound = |at: usize| {
            at > 0
                && matches!(
                    tokens[at - 1].kind,
                    TokenKind::Field(_) | TokenKind::Near(_)
                )
        };
        if let Some(before) = at.checked_sub(2).filter(|before| !bound(*before))
            && let (Some(first), Some(side)) = (word(before), word(at - 1))
        {
            let phrase = format!("{first} {side}");
            warn(warnings, tokens[before].span, &loose(first, &phrase));
        }
        let ends = !matches!(
            tokens.get(at + 3).map(|next| &next.kind),
            Some(TokenKind::Near(_))
        );
        if let (Some(side), Some(next)) = (word(at + 1), word(at + 2).filter(|_| ends)) {
            warn(
                warnings,
                tokens[at + 2].span,
                &loose(next, &format!("{side} {next}")),
            );
        }
    }
}

fn loose(word: &str, phrase: &str) -> String {
    format!(
        "`{}` may be anywhere: the operator holds for its neighbours; for a phrase write \"{}\"",
        shown(word),
        shown(phrase)
    )
}

fn warn(warnings: &mut Vec<Warning>, span: Span, message: &str) {
    warnings.push(Warning {
        span,
        message: message.to_owned(),
    });
}
