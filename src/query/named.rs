//! A name and a colon: whether they begin a field, and the values that are no words (dates, lengths). Part of the lexer.
//! A pasted headline has colons too: what cannot be a field is left to be read as words.

use super::error::{Problem, shown};
use super::fields::{self, Meaning, QueryField};
use super::lex::Lexer;
use super::token::{Lexed, TokenKind};
use super::tree::Span;
use super::word::{is_edge, is_separator};
use super::{filters, quotes, suggest};

/// What other systems call the text of an article, in which words are found without a field.
const WHOLE_TEXT: &[&str] = &["body", "text", "content", "fulltext", "all", "article"];

impl Lexer<'_> {
    /// Reads the field that begins here, with its value if that is a date or a length. `false` when it is none.
    pub(super) fn field(&mut self) -> Lexed<bool> {
        let start = self.at;
        let colon = self.until(start, |c| {
            !(c.is_alphanumeric() || matches!(c, '_' | '-' | '.'))
        });
        if !self.text[start].is_alphabetic() || self.text.get(colon) != Some(&':') {
            return Ok(false);
        }
        let name = self.slice(start, colon);
        let behind = self.text.get(colon + 1).copied();
        let span = Span::new(start, colon);
        match fields::find(&name) {
            None => self.unknown_field(&name, span, behind),
            Some(field) if behind.is_none_or(char::is_whitespace) => {
                self.field_and_space(field, span)
            }
            Some(field) => match field.meaning {
                Meaning::Text(_) | Meaning::Place(_) => self.field_of_words(field, span, behind),
                Meaning::Date(_) | Meaning::Words | Meaning::Versions | Meaning::AsOf => {
                    self.filter(field, span)
                }
            },
        }
    }

    /// `headlin:oil` is an error, `Covid: what next` are words, `T20:15` is one word.
    fn unknown_field(&mut self, name: &str, span: Span, behind: Option<char>) -> Lexed<bool> {
        let near = suggest::nearest(name, fields::FIELDS.iter().flat_map(QueryField::names));
        let holds = |c: char| c.is_alphanumeric() || quotes::is_quote(c) || matches!(c, '(' | '*');
        let Some(value) = behind.filter(|c| holds(*c)) else {
            if let Some(near) = near {
                self.warn(
                    span.start,
                    span.end,
                    format!("`{name}` is read as a word; the field is `{near}:`"),
                );
            }
            return Ok(false);
        };
        if value.is_numeric() && name.ends_with(char::is_numeric) {
            return Ok(false);
        }
        let problem = Problem::new(span, format!("no field `{}`", shown(name)));
        let operator = name.to_ascii_lowercase();
        if value.is_ascii_digit() && matches!(operator.as_str(), "w" | "near" | "pre") {
            let ours = if operator == "pre" { "PRE" } else { "W" };
            return Err(problem.hint(format!("nearness is written {ours}/10")));
        }
        if WHOLE_TEXT.contains(&operator.as_str()) {
            return Err(problem.hint("leave it out: words without a field may stand anywhere"));
        }
        Err(match near {
            Some(near) => problem.hint(format!("did you mean `{near}:`?")),
            None => problem.hint("to search it as a word, put a space behind the colon"),
        })
    }

    /// `headline: oil` is meant, and `The shape we are in: a review` is not.
    fn field_and_space(&mut self, field: &'static QueryField, span: Span) -> Lexed<bool> {
        let value = self.until(span.end + 1, |c| !c.is_whitespace());
        let name = self.slice(span.start, span.end);
        let last = value == self.text.len();
        match field.meaning {
            Meaning::Text(_) if last => return Err(nothing_behind(&name, span)),
            Meaning::Text(_) => {
                self.warn(
                    span.start,
                    span.end + 1,
                    format!("`{name}:` holds for the next word, phrase or group only"),
                );
                self.push(TokenKind::Field(field), span.end + 1 - span.start)?;
                self.at = value;
                return Ok(true);
            }
            Meaning::Date(_) | Meaning::Words | Meaning::Versions | Meaning::AsOf if !last => {
                let (text, end) = self.raw_value(value);
                let whole = Span::new(span.start, end);
                if let Ok(kind) = filters::read(field, &text, whole, self.today) {
                    self.warn(span.start, end, format!("read as {name}:{}", shown(&text)));
                    self.push(TokenKind::Leaf(kind), end - span.start)?;
                    return Ok(true);
                }
            }
            _ => {}
        }
        self.warn(
            span.start,
            span.end + 1,
            format!("`{name}` is read as a word; a value follows its colon without a space"),
        );
        Ok(false)
    }

    /// A field whose value is read like any other words.
    fn field_of_words(
        &mut self,
        field: &'static QueryField,
        span: Span,
        behind: Option<char>,
    ) -> Lexed<bool> {
        let name = self.slice(span.start, span.end);
        match behind {
            Some(c @ ('-' | '!')) => {
                return Err(Problem::new(
                    Span::new(span.end + 1, span.end + 2),
                    format!("`{c}` cannot stand behind `{name}:`"),
                )
                .hint(format!("write -{name}:…")));
            }
            Some(c)
                if c == '('
                    || quotes::is_quote(c)
                    || quotes::is_single(c)
                    || !(is_edge(c) || is_separator(c)) => {}
            _ => return Err(nothing_behind(&name, span)),
        }
        self.push(TokenKind::Field(field), span.end + 1 - span.start)?;
        Ok(true)
    }

    /// A field whose value is a date or a number.
    fn filter(&mut self, field: &'static QueryField, span: Span) -> Lexed<bool> {
        let name = self.slice(span.start, span.end);
        let begin = span.end + 1;
        match self.text.get(begin) {
            Some('(') => {
                return Err(Problem::new(
                    Span::new(begin, begin + 1),
                    format!("`{name}:` takes no group"),
                )
                .hint(format!("write {0} OR {name}:…", field.example)));
            }
            Some(open @ ('[' | '{')) => return Err(self.foreign_range(&name, begin, *open)),
            Some('"' | '“') if quotes::end_of_quotation(self.text, begin).is_none() => {
                return Err(self.unclosed(begin));
            }
            _ => {}
        }
        let (text, end) = self.raw_value(begin);
        if text.is_empty() {
            return Err(nothing_behind(&name, span));
        }
        let read = filters::read(field, &text, Span::new(begin, end), self.today);
        if let Some((value, end)) = self.value_with_spaces(field, end, begin, read.is_ok()) {
            return Err(
                Problem::new(Span::new(begin, end), "a value with spaces must be quoted")
                    .hint(format!("write {name}:\"{value}\"")),
            );
        }
        let kind = read?;
        self.push(TokenKind::Leaf(kind), end - span.start)?;
        Ok(true)
    }

    /// The value that was meant where it is written with spaces and without quotes, and where it ends: `date:14 August 1963`.
    /// If the part before the space is a value as well (`complete`), only a range is: `date:1963 to 1965`.
    fn value_with_spaces(
        &self,
        field: &QueryField,
        end: usize,
        start: usize,
        complete: bool,
    ) -> Option<(String, usize)> {
        const MOST_WORDS: usize = 5;
        let ends = |c: char| c.is_whitespace() || c == '(' || c == ')' || quotes::is_quote(c);
        let mut behind = end;
        let mut meant = None;
        for word in 1..=MOST_WORDS {
            let next = self.until(behind, |c| !c.is_whitespace());
            behind = self.until(next, ends);
            let joins = matches!(
                self.slice(next, behind).as_str(),
                "to" | "-" | "–" | "—" | ".."
            );
            if behind == next || complete && word == 1 && !joins {
                break;
            }
            let value = self.slice(start, behind);
            let value = value.trim_end_matches([',', ';', '.']);
            if filters::read(field, value, Span::new(start, behind), self.today).is_ok() {
                meant = Some((value.to_owned(), behind));
            }
        }
        meant
    }

    /// The value that begins at `start`, and where it ends: quoted text, or all up to a space or a bracket.
    fn raw_value(&self, start: usize) -> (String, usize) {
        let quoted = match self.text.get(start) {
            Some(c) if quotes::is_quote(*c) => quotes::end_of_quotation(self.text, start),
            Some(c) if quotes::is_single(*c) => {
                quotes::end_of_single(self.text, start, self.text.len())
            }
            _ => None,
        };
        if let Some(quotation) = quoted {
            return (self.slice(start + 1, quotation.close), quotation.close + 1);
        }
        let ends = |c: char| c.is_whitespace() || c == '(' || c == ')' || quotes::is_quote(c);
        let mut end = self.until(start, ends);
        if self.text[start..end]
            .iter()
            .all(|c| matches!(c, '<' | '>' | '='))
        {
            // A comparison sign may stand apart from its number.
            let number = self.until(end, |c| !c.is_whitespace());
            end = self.until(number, ends);
        }
        while end > start && self.is_behind_value(start, end - 1) {
            end -= 1;
        }
        (self.slice(start, end), end)
    }

    /// Whether the character is punctuation of the sentence that the value stands in. Two full stops are a range.
    fn is_behind_value(&self, start: usize, at: usize) -> bool {
        match self.text[at] {
            ',' | ';' | ':' | '!' => true,
            '.' => at == start || self.text[at - 1] != '.',
            c => c.is_whitespace(),
        }
    }

    /// `date:[2024-01 TO 2025]`, as Lucene writes it.
    fn foreign_range(&self, name: &str, open: usize, mark: char) -> Problem {
        let close = self.until(open, |c| c == ']' || c == '}');
        let inside = self.slice(open + 1, close);
        let problem = Problem::new(
            Span::new(open, (close + 1).min(self.text.len())),
            format!("a range is not written in `{mark}`"),
        );
        let end = |text: &str| text.trim().trim_matches('*').to_owned();
        match inside.split_once(" TO ") {
            Some((from, to)) if end(from).is_empty() && end(to).is_empty() => {
                problem.hint("leave it out: it holds for every article")
            }
            Some((from, to)) if inside.len() < 60 => {
                problem.hint(format!("write {name}:{}..{}", end(from), end(to)))
            }
            _ => problem.hint(format!("write {name}:A..B")),
        }
    }
}

fn nothing_behind(name: &str, span: Span) -> Problem {
    Problem::new(
        Span::new(span.start, span.end + 1),
        format!("nothing follows `{name}:`"),
    )
    .hint("a word, a phrase or a group must follow; to search the word itself, quote it")
}
