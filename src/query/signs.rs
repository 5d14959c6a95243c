//! Signs that stand alone or before a word: `-`, `!`, `+`, dashes, and what other query languages give a meaning to.
//! Part of the lexer. A sign that is not searched is passed over with a warning when it may have been meant.

use super::fields;
use super::lex::Lexer;
use super::quotes;
use super::token::{Lexed, TokenKind};
use super::word::is_edge;

/// Signs that mean something in other query languages, or between people, and nothing here.
const UNSEARCHED: &[(char, &str)] = &[
    ('|', "`|` is not searched; for either of two write OR"),
    (
        '\\',
        "`\\` is not searched; to search signs as they are, quote them",
    ),
    ('^', "`^` is not searched"),
    (
        '~',
        "`~` is not searched; it stands behind a word, as in name~1",
    ),
    ('=', "`=` is not searched"),
    ('<', "`<` is not searched"),
    ('>', "`>` is not searched"),
    (
        '[',
        "`[` is not searched; a range is written date:1963..1965",
    ),
    ('{', "`{` is not searched"),
];

const EXCLUDED_NUMBER: &str = "`-` excludes what follows it; for a number below zero quote it";
const HYPHEN: &str = "`-` behind a sign is a hyphen; to exclude the word put a space before it";
const DASH: &str = "a dash is not searched; to exclude the word write NOT or a plain -";
const PLUS: &str = "`+` is no operator; words that must all occur are joined with AND";

impl Lexer<'_> {
    /// A minus, an exclamation mark, a plus or a dash.
    pub(super) fn sign(&mut self, c: char) -> Lexed<()> {
        let at = self.at;
        let dashes = self.text[..at]
            .iter()
            .rev()
            .take(2)
            .take_while(|c| **c == '-')
            .count();
        let free = self.opens_at(at - dashes);
        let alone = !self.begins_operand(at + 1);
        match c {
            '!' if alone && self.opens_at(at) && self.next().is_some_and(char::is_whitespace) => {
                self.warn(
                    at,
                    at + 1,
                    "`!` alone is not searched; to exclude a word write NOT",
                );
            }
            _ if alone => {}
            '-' if free && dashes == 0 => {
                if self.next().is_some_and(char::is_numeric) {
                    self.warn(at, at + 1, EXCLUDED_NUMBER);
                }
                return self.push(TokenKind::Not { sign: true }, 1);
            }
            '!' if free => {
                self.warn(at, at + 1, "`!` before a word is read as NOT");
                return self.push(TokenKind::Not { sign: true }, 1);
            }
            '+' if free => self.warn(at, at + 1, PLUS),
            '-' if dashes == 0 && matches!(self.text[at - 1], ')' | '"' | '”' | ',' | ';') => {
                self.warn(at, at + 1, HYPHEN);
            }
            _ if free => self.warn(at - dashes, at + 1, DASH),
            _ => {}
        }
        self.at += 1;
        Ok(())
    }

    /// Whether a word, a quotation or a group begins at `at`.
    fn begins_operand(&self, at: usize) -> bool {
        let word = |c: char| !is_edge(c) && c != '+';
        self.text.get(at).is_some_and(|c| {
            let quoted = quotes::is_single(*c)
                && self
                    .text
                    .get(at + 1)
                    .is_some_and(|next| next.is_alphanumeric());
            word(*c) || *c == '(' || quotes::is_quote(*c) || quoted
        })
    }

    /// Passes over a character that is not searched.
    pub(super) fn skip(&mut self, c: char) {
        if let Some((_, message)) = UNSEARCHED.iter().find(|(sign, _)| *sign == c) {
            self.warn(self.at, self.at + 1, *message);
        }
        let behind_space = self.at > 0 && self.text[self.at - 1].is_whitespace();
        let last = self.tokens.last().filter(|_| c == ':' && behind_space);
        let field = last.and_then(|token| fields::find(token.word()?));
        if let Some(field) = field {
            let message = format!("`:` is not searched; for the field write {}:…", field.name);
            self.warn(self.at, self.at + 1, message);
        }
        self.at += 1;
    }
}
