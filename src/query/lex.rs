//! Query text → tokens with their places. Spaces and punctuation end here; what looks like an operator and is none is
//! never dropped without a warning. Fails on what cannot be read at all, such as an unclosed quote; joins nothing.

use chrono::NaiveDate;

use super::error::Problem;
use super::token::{Lexed, Token, TokenKind};
use super::tree::{Kind, Span};
use super::word::{self, is_edge, is_separator};
use super::{Dialect, Warning, foreign, quotes};

/// How many terms a query may have.
const MOST_TERMS: usize = 1_000;

/// The tokens of a query and what the user should know about the reading of them.
pub(super) fn lex(
    text: &[char],
    today: NaiveDate,
    dialect: Dialect,
) -> Lexed<(Vec<Token>, Vec<Warning>)> {
    let last_single = (0..text.len())
        .rev()
        .find(|at| quotes::closes_single(text, *at))
        .unwrap_or(0);
    let mut lexer = Lexer {
        text,
        at: 0,
        today,
        dialect,
        last_single,
        terms: 0,
        tokens: Vec::new(),
        warnings: Vec::new(),
    };
    while lexer.at < text.len() {
        dialect.step(&mut lexer)?;
    }
    Ok((lexer.tokens, lexer.warnings))
}

/// Whether the text, standing alone or behind `in:`, is read as this very word.
pub(super) fn is_plain_word(text: &str) -> bool {
    reads_as(&Kind::Word(text.to_owned()), text)
}

/// Whether the text, standing alone in morgue's own language, is read as this very term.
pub(super) fn reads_as(term: &Kind, text: &str) -> bool {
    let chars: Vec<char> = text.chars().collect();
    let Ok((tokens, _)) = lex(&chars, NaiveDate::default(), Dialect::Morgue) else {
        return false;
    };
    // Beside others, a `?` behind a word may be punctuation, and then the word must be one.
    let stem = text.trim_end_matches('?');
    matches!(&tokens[..], [token] if matches!(&token.kind, TokenKind::Leaf(kind) if kind == term))
        && word::classify(stem, Span::default()).is_ok()
}

/// A place in the text, and what was read before it.
pub(super) struct Lexer<'a> {
    pub(super) text: &'a [char],
    pub(super) at: usize,
    pub(super) today: NaiveDate,
    dialect: Dialect,
    last_single: usize,
    terms: usize,
    pub(super) tokens: Vec<Token>,
    warnings: Vec<Warning>,
}

impl Lexer<'_> {
    /// Reads what begins here, in morgue's own language.
    pub(super) fn step(&mut self) -> Lexed<()> {
        let c = self.text[self.at];
        match c {
            '(' => self.push(TokenKind::Open, 1),
            ')' => self.push(TokenKind::Close, 1),
            '&' if self.next() == Some('&') => {
                self.warn(self.at, self.at + 2, "`&&` is read as AND");
                self.push(TokenKind::And, 2)
            }
            '|' if self.next() == Some('|') => {
                self.warn(self.at, self.at + 2, "`||` is read as OR");
                self.push(TokenKind::Or, 2)
            }
            '-' | '!' | '+' | '–' | '—' | '−' => self.sign(c),
            '/' => self.stroke(),
            _ if quotes::is_quote(c) => self.quotation(),
            _ if quotes::is_single(c) => self.single_quotation(),
            _ if is_separator(c) || is_edge(c) => {
                self.skip(c);
                Ok(())
            }
            _ => self.word(),
        }
    }

    /// A stroke that no word stands before.
    fn stroke(&mut self) -> Lexed<()> {
        if self.opens_at(self.at) {
            let end = self.until(self.at, |c| c.is_whitespace() || c == '(' || c == ')');
            foreign::refuse_stroke(&self.slice(self.at, end), Span::new(self.at, end))?;
        }
        self.at += 1;
        Ok(())
    }

    /// Text between double quotation marks.
    pub(super) fn quotation(&mut self) -> Lexed<()> {
        let open = self.at;
        // An angle before a space is an arrow: Home » World.
        let arrow =
            matches!(self.text[open], '»' | '›') && self.next().is_none_or(char::is_whitespace);
        let end = quotes::end_of_quotation(self.text, open).filter(|_| !arrow);
        let Some(end) = end else {
            // Angles and corner brackets are also used as arrows and bullets.
            if matches!(self.text[open], '"' | '“' | '”' | '„' | '‟' | '＂') {
                return Err(self.unclosed(open));
            }
            self.warn(
                open,
                open + 1,
                "this quotation mark is alone and is not searched",
            );
            self.at += 1;
            return Ok(());
        };
        if !end.matched {
            self.warn(
                open,
                end.close + 1,
                "the quotation marks differ; the text between them is read as a phrase",
            );
        } else if self.text[open] != '"' {
            let message = format!(
                "`{}` and `{}` are read as \": these words, in this order, in exactly these forms",
                self.text[open], self.text[end.close]
            );
            self.warn(open, end.close + 1, message);
        }
        self.dialect.phrase(self, open, end.close)
    }

    /// Text between single quotation marks, or an apostrophe.
    fn single_quotation(&mut self) -> Lexed<()> {
        let open = self.at;
        let free = self.opens_at(open)
            || matches!(
                self.text[open - 1],
                ':' | '-' | '+' | '!' | '\'' | '‘' | '–' | '—'
            );
        if let Some(end) = quotes::end_of_single(self.text, open, self.last_single).filter(|_| free)
        {
            if self.text[open] == '\'' || !end.matched {
                self.warn(
                    open,
                    end.close + 1,
                    "the text between single quotes is read as a phrase",
                );
            }
            self.phrase(open, end.close)
        } else {
            let before_word = self.next().is_some_and(char::is_alphanumeric);
            if free && before_word && !quotes::is_elided(&self.text[open + 1..]) {
                self.warn(
                    open,
                    open + 1,
                    "this quote is not closed; what follows is read as words",
                );
            }
            self.at += 1;
            Ok(())
        }
    }

    /// The text between two quotation marks, in morgue's own language.
    pub(super) fn phrase(&mut self, open: usize, close: usize) -> Lexed<()> {
        let span = Span::new(open, close + 1);
        let (text, question) = quotes::phrase(&self.slice(open + 1, close));
        if text.is_empty() {
            return Err(Problem::new(span, "there is no word between the quotes"));
        }
        if question {
            self.warn(open, close + 1, "`?` behind a quoted word is not searched");
        }
        self.refuse_suffix(&text, close + 1)?;
        self.push(TokenKind::Leaf(Kind::Phrase(text)), close + 1 - open)
    }

    /// The error of a quote without an end, with the query as it may have been meant.
    pub(super) fn unclosed(&self, open: usize) -> Problem {
        const LONGEST: usize = 40;
        let before = open.checked_sub(1).map(|at| self.text[at]);
        let behind = self.text.get(open + 1);
        let closes = before.is_some_and(|c| !c.is_whitespace() && c != ':' && c != '(')
            && behind.is_none_or(|c| c.is_whitespace() || *c == ')');
        if closes {
            return Problem::new(Span::new(open, open + 1), "this quote closes nothing")
                .hint("add a \" where the phrase begins, or take it out");
        }
        let rest = self.slice(open + 1, (open + 2 + LONGEST).min(self.text.len()));
        let end = [" AND ", " OR ", " NOT ", " W/", " PRE/", ")"]
            .iter()
            .filter_map(|mark| rest.find(mark))
            .min()
            .unwrap_or(rest.len());
        let phrase = rest[..end].trim();
        let problem = Problem::new(Span::new(open, open + 1), "this quote is not closed");
        if phrase.is_empty() || phrase.chars().count() > LONGEST {
            problem.hint("add a \" where the phrase ends")
        } else {
            problem.hint(format!("close it: \"{phrase}\""))
        }
    }

    /// A word, or what is written like one.
    fn word(&mut self) -> Lexed<()> {
        if self.address()? || self.field()? {
            return Ok(());
        }
        let start = self.at;
        let end = self.end_of_piece(start);
        let piece = self.slice(start, end);
        let span = Span::new(start, end);
        self.refuse_neighbour(&piece, span)?;
        if piece == "w/" {
            self.warn(
                start,
                end,
                "`w/` is read as the word w; nearness is written W/10",
            );
        }
        let token = word::classify(&piece, span)?;
        self.at = end;
        let bang = self.text.get(end) == Some(&'!');
        match token {
            Some(kind) => {
                self.at = start;
                self.push(kind, end - start)?;
            }
            None => self.warn(
                start,
                end,
                "there is no letter or digit in this; it is not searched",
            ),
        }
        if bang {
            self.at += 1;
            if let Some(token) = self.tokens.last_mut() {
                token.bang = token.span.start == start;
            }
        }
        Ok(())
    }

    /// A web address, which is searched as a phrase: its `:` names no field and its `?` is no wildcard.
    pub(super) fn address(&mut self) -> Lexed<bool> {
        let start = self.at;
        let scheme = self.until(start, |c| !c.is_ascii_alphanumeric());
        let is = |at: usize, sign: &str| {
            sign.chars()
                .eq(self.text.iter().skip(at).take(sign.len()).copied())
        };
        if !is(scheme, "://") && !is(start, "www.") && !is(start, "mailto:") {
            return Ok(false);
        }
        let mut end = self.until(start, |c| {
            c.is_whitespace() || quotes::is_quote(c) || matches!(c, '<' | '>')
        });
        // A bracket that the address opens belongs to it, one that stood before it does not.
        let count = |c| {
            self.text[start..end]
                .iter()
                .filter(|found| **found == c)
                .count()
        };
        let mut surplus = count(')').saturating_sub(count('('));
        while end > start && is_edge(self.text[end - 1]) {
            if self.text[end - 1] == ')' {
                if surplus == 0 {
                    break;
                }
                surplus -= 1;
            }
            end -= 1;
        }
        let (text, _) = quotes::phrase(&self.slice(start, end).replace(['?', '*'], " "));
        if text.is_empty() {
            return Ok(false);
        }
        self.push(TokenKind::Leaf(Kind::Phrase(text)), end - start)?;
        Ok(true)
    }

    /// One after the last character of the piece that begins at `start`.
    pub(super) fn end_of_piece(&self, start: usize) -> usize {
        self.end_of_piece_before(start, self.text.len())
    }

    /// The same, where a piece ends at `limit` at the latest.
    pub(super) fn end_of_piece_before(&self, start: usize, limit: usize) -> usize {
        let at = |at: usize| self.text.get(at).copied();
        let digit = |c: Option<char>| c.is_some_and(char::is_numeric);
        let hebrew = |c: Option<char>| c.is_some_and(|c| matches!(c, 'א'..='ת'));
        let mut end = start + 1;
        while let Some(c) = at(end).filter(|_| end < limit) {
            let (before, after) = (at(end - 1), at(end + 1));
            let inside = match c {
                ',' => digit(before) && digit(after),
                ':' => after.is_some_and(char::is_alphanumeric),
                // Hebrew writes acronyms so: צה"ל.
                '"' => hebrew(before) && hebrew(after),
                // Dots that trail off, a typewriter's dash, and an operator end a word.
                '.' | '-' | '&' => after != Some(c),
                '~' => {
                    let behind = self.until(end + 1, |c| !(c.is_ascii_digit() || c == '.'));
                    return if at(behind).is_none_or(|c| is_separator(c) || is_edge(c)) {
                        behind
                    } else {
                        end
                    };
                }
                _ => !is_separator(c),
            };
            if !inside {
                break;
            }
            end += 1;
        }
        end
    }

    /// Adds a token that begins here, and goes on behind it.
    pub(super) fn push(&mut self, kind: TokenKind, length: usize) -> Lexed<()> {
        let span = Span::new(self.at, self.at + length);
        if matches!(kind, TokenKind::Leaf(_)) {
            self.terms += 1;
            if self.terms > MOST_TERMS {
                return Err(Problem::new(span, format!("more than {MOST_TERMS} terms")));
            }
        }
        self.tokens.push(Token {
            kind,
            span,
            bang: false,
        });
        self.at += length;
        Ok(())
    }

    pub(super) fn warn(&mut self, start: usize, end: usize, message: impl Into<String>) {
        self.warnings.push(Warning {
            span: Span { start, end },
            message: message.into(),
        });
    }

    /// Whether something may open at `at`: the text, a bracket or a space is before it.
    pub(super) fn opens_at(&self, at: usize) -> bool {
        at == 0 || self.text[at - 1].is_whitespace() || self.text[at - 1] == '('
    }

    pub(super) fn next(&self) -> Option<char> {
        self.text.get(self.at + 1).copied()
    }

    /// The first place from `at` on where `ends` holds, or the end of the text.
    pub(super) fn until(&self, at: usize, ends: impl Fn(char) -> bool) -> usize {
        let rest = self.text.get(at..).unwrap_or_default();
        at.min(self.text.len()) + rest.iter().take_while(|c| !ends(**c)).count()
    }

    pub(super) fn slice(&self, start: usize, end: usize) -> String {
        self.text[start..end.max(start)].iter().collect()
    }
}
