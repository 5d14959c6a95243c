//! Forms of other engines and archives that are not ours: each is refused with the form that says the same here, for
//! reading it as words would answer another question. Forms that can be taken over are read in `lex` and `word`.

use super::error::{Problem, shown};
use super::fields::{self, Meaning};
use super::lex::Lexer;
use super::quotes;
use super::token::Lexed;
use super::tree::Span;
use super::word::is_number;

impl Lexer<'_> {
    /// `"a b"~5`, `"a b"^2`, `"a b"*`: forms of other engines.
    pub(super) fn refuse_suffix(&self, phrase: &str, at: usize) -> Lexed<()> {
        let end = self.until(at + 1, |c| !c.is_ascii_digit());
        let span = Span::new(at, end.min(self.text.len()));
        let digits = self.slice((at + 1).min(end), end);
        match self.text.get(at) {
            Some('~') => {
                let within = if digits.is_empty() { "5" } else { &digits };
                let words: Vec<&str> = phrase.split(' ').take(4).collect();
                Err(
                    Problem::new(span, "nearness is not written behind a phrase")
                        .hint(format!("write {}", words.join(&format!(" W/{within} ")))),
                )
            }
            Some('^') if !digits.is_empty() => Err(no_boost(span)),
            Some('*') => Err(
                Problem::new(span, "a wildcard cannot stand behind a phrase")
                    .hint("put it into the quotes, behind the word"),
            ),
            _ => Ok(()),
        }
    }

    /// What a word and the sign behind it mean in other languages: `headline(oil)`, `wc>500`, `oil^2`.
    pub(super) fn refuse_neighbour(&self, piece: &str, span: Span) -> Lexed<()> {
        let next = self.text.get(span.end).copied();
        if next == Some('\\') {
            self.refuse_backstroke(piece, span)?;
        }
        let digit_behind = self
            .text
            .get(span.end + 1)
            .is_some_and(|c| c.is_ascii_digit() || *c == '=');
        if next == Some('^') && digit_behind {
            return Err(no_boost(Span::new(
                span.end,
                self.until(span.end + 1, |c| !c.is_ascii_digit()),
            )));
        }
        let value_behind = self
            .text
            .get(span.end + 1)
            .is_some_and(|c| c.is_alphanumeric() || *c == '(' || quotes::is_quote(*c));
        if let Some(sign @ ('<' | '>' | '=')) =
            next.filter(|sign| digit_behind || *sign == '=' && value_behind)
            && let Some(field) = fields::find(piece)
        {
            let value = self.slice(span.end, self.until(span.end, char::is_whitespace));
            // To be equal is what the colon says.
            let value = value.strip_prefix('=').unwrap_or(&value);
            let whole = value
                .chars()
                .all(|c| c.is_alphanumeric() || "<>=-.".contains(c));
            let value = if whole { value } else { "…" };
            return Err(Problem::new(span, format!("`{piece}{sign}` needs a colon"))
                .hint(format!("write {}:{value}", field.name)));
        }
        if next != Some('(') {
            return Ok(());
        }
        if let Some(field) =
            fields::find(piece).filter(|field| matches!(field.meaning, Meaning::Text(_)))
        {
            return Err(Problem::new(span, format!("`{piece}(` needs a colon"))
                .hint(format!("write {}:(…)", field.name)));
        }
        match piece {
            "ATLEAST" | "atleast" => {
                Err(Problem::new(span, format!("`{piece}` needs a number"))
                    .hint("write ATLEAST5(…)"))
            }
            "caps" | "allcaps" | "nocaps" | "CAPS" | "ALLCAPS" | "NOCAPS" => {
                Err(Problem::new(span, "capital letters cannot be searched for"))
            }
            _ => Ok(()),
        }
    }
}

impl Lexer<'_> {
    /// `W\5`: the other stroke.
    fn refuse_backstroke(&self, piece: &str, span: Span) -> Lexed<()> {
        let name = piece.to_ascii_uppercase();
        let end = self.until(span.end + 1, |c| !c.is_ascii_alphanumeric());
        let distance = self.slice(span.end + 1, end).to_ascii_uppercase();
        let known = matches!(name.as_str(), "W" | "PRE");
        if known && (is_number(&distance) || distance == "S" || distance == "P") {
            let span = Span::new(span.start, end);
            let problem = Problem::new(span, "nearness is written with the other stroke");
            return Err(problem.hint(format!("write {name}/{}", shown(&distance))));
        }
        Ok(())
    }
}

fn no_boost(span: Span) -> Problem {
    Problem::new(span, "words cannot be weighted").hint("leave the ^ and its number out")
}

/// `NEAR/5` and its like: understood, and refused with the form that is ours.
pub(super) fn refuse_proximity(word: &str, lower: &str, span: Span) -> Lexed<()> {
    const FOREIGN: &[(&str, &str)] = &[
        ("near", "W"),
        ("onear", "PRE"),
        ("adj", "PRE"),
        ("within", "W"),
        ("wn", "W"),
        ("n", "W"),
        ("p", "PRE"),
    ];
    for (name, ours) in FOREIGN {
        let Some(rest) = lower.strip_prefix(name) else {
            continue;
        };
        // A word may well be `n5` or `p7`: without the stroke, only the long names are operators.
        let distance = rest
            .strip_prefix('/')
            .or(Some(rest).filter(|_| name.len() > 1));
        if let Some(distance) = distance.filter(|distance| is_number(distance)) {
            return Err(
                of_another_system(word, span).hint(format!("write {ours}/{}", shown(distance)))
            );
        }
    }
    Ok(())
}

/// `/5`, `/5n/`, `/s`, `/joined?/`: what begins with a stroke and is an operator elsewhere.
pub(super) fn refuse_stroke(piece: &str, span: Span) -> Lexed<()> {
    let body = piece.trim_matches('/').to_ascii_lowercase();
    let distance = body.strip_suffix('n').unwrap_or(&body);
    if is_number(distance) {
        return Err(of_another_system(piece, span).hint(format!("write W/{}", shown(distance))));
    }
    if body == "s" || body == "p" {
        return Err(
            of_another_system(piece, span).hint(format!("write W/{}", body.to_ascii_uppercase()))
        );
    }
    if !body.is_empty() && piece.len() > 2 && piece.ends_with('/') {
        return Err(Problem::new(span, "regular expressions are not understood")
            .hint("write * for any letters and ? for one letter"));
    }
    Ok(())
}

fn of_another_system(operator: &str, span: Span) -> Problem {
    Problem::new(
        span,
        format!("`{}` is an operator of another system", shown(operator)),
    )
}
