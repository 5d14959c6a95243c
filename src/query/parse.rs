//! Tokens → the tree, by recursive descent: one function for each strength of binding, the weakest first.
//!
//! ```text
//! query  = chunk { OR chunk }
//! chunk  = both { both }              side by side: AND, or OR with `--match any`
//! both   = but { AND but }
//! but    = { NOT } near
//! near   = part { W/n part }          from the left: a W/5 b W/3 c = (a W/5 b) W/3 c
//! part   = term | filter | field: part | "(" query ")" | ATLEASTn "(" query ")"
//! ```
//!
//! With `--match any`, OR between neighbours binds as weakly as a written one: `a b AND c` is `a OR (b AND c)`.

use super::error::{Problem, shown};
use super::fields::{Lies, Meaning, QueryField};
use super::operands::{self, Whole};
use super::token::{Lexed, Nearness, Token, TokenKind};
use super::tree::{Field, Kind, Node, Span};
use super::{filters, join};
use crate::search::Match;

/// How deep brackets, and trees, may be nested.
pub(super) const DEEPEST: usize = 50;

/// Reads a whole query. There must be at least one token.
pub(super) fn tree(tokens: Vec<Token>, text: &[char], matching: Match) -> Lexed<Node> {
    let mut parser = Parser {
        tokens: tokens.into_iter().peekable(),
        last: None,
        text,
        matching,
        inside: Inside::Nothing,
        depth: 0,
    };
    let tree = parser.query()?;
    match parser.tokens.peek() {
        // Whatever ends a query early is a bracket: all else begins or joins an operand.
        Some(token) => Err(Problem::new(token.span, "this `)` closes nothing")
            .hint("take it out, or open a ( before")),
        None => Ok(tree),
    }
}

struct Parser<'a> {
    tokens: std::iter::Peekable<std::vec::IntoIter<Token>>,
    /// The place of the token that was taken last.
    last: Option<Span>,
    text: &'a [char],
    matching: Match,
    inside: Inside,
    depth: usize,
}

/// The field whose value is being read.
#[derive(Clone, Copy, PartialEq)]
enum Inside {
    Nothing,
    Text(Field),
    Place(Lies),
}

impl Parser<'_> {
    fn query(&mut self) -> Lexed<Node> {
        let mut chunks = vec![self.chunk()?];
        while self.take_if(|kind| matches!(kind, TokenKind::Or)).is_some() {
            chunks.push(self.chunk()?);
        }
        Ok(join::any(chunks))
    }

    fn chunk(&mut self) -> Lexed<Node> {
        let mut neighbours = vec![self.both()?];
        while self.tokens.peek().is_some_and(Token::begins_operand) {
            neighbours.push(self.both()?);
        }
        if let Inside::Place(_) = self.inside {
            operands::check_names(&neighbours)?;
        }
        Ok(join::side_by_side(neighbours, self.matching))
    }

    fn both(&mut self) -> Lexed<Node> {
        let mut members = vec![self.but()?];
        while self
            .take_if(|kind| matches!(kind, TokenKind::And))
            .is_some()
        {
            members.push(self.but()?);
        }
        Ok(join::all(members))
    }

    fn but(&mut self) -> Lexed<Node> {
        let mut signs = Vec::new();
        while let Some(not) = self.take_if(|kind| matches!(kind, TokenKind::Not { .. })) {
            signs.push(not.span.start);
        }
        let mut node = self.near()?;
        while let Some(start) = signs.pop() {
            let span = Span::new(start, node.span.end);
            node = join::not(node, span);
        }
        Ok(node)
    }

    fn near(&mut self) -> Lexed<Node> {
        let mut left = self.part()?;
        while let Some(token) = self.take_if(|kind| matches!(kind, TokenKind::Near(_))) {
            let TokenKind::Near(nearness) = token.kind else {
                break;
            };
            let next = self.tokens.peek();
            if let Some(not) = next.filter(|next| matches!(next.kind, TokenKind::Not { .. })) {
                let (place, typed) = (not.span, self.typed(token.span));
                return Err(
                    Problem::new(place, format!("NOT cannot stand behind {typed}"))
                        .hint(format!("for what is not near write NOT {typed}")),
                );
            }
            let right = self.part()?;
            for side in [&left, &right] {
                operands::check(side, Whole::Near(nearness))?;
            }
            left = near(left, right, nearness);
        }
        Ok(left)
    }

    fn part(&mut self) -> Lexed<Node> {
        if !self.tokens.peek().is_some_and(Token::begins_operand) {
            return Err(self.missing_operand());
        }
        let Some(token) = self.take_if(|_| true) else {
            return Err(self.missing_operand());
        };
        match token.kind {
            TokenKind::Open => self.group(token.span),
            TokenKind::AtLeast(count) => self.at_least(count, token.span),
            TokenKind::Field(field) => self.field(field, token.span),
            TokenKind::Leaf(kind) => self.leaf(Node {
                kind,
                span: token.span,
            }),
            TokenKind::Not { .. }
            | TokenKind::Near(_)
            | TokenKind::And
            | TokenKind::Or
            | TokenKind::Close => Err(Problem::new(token.span, "an operand is missing here")),
        }
    }

    /// The rest of a group whose bracket has been read.
    fn group(&mut self, open: Span) -> Lexed<Node> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(too_deep(open));
        }
        let node = self.query()?;
        self.depth -= 1;
        match self.take_if(|kind| matches!(kind, TokenKind::Close)) {
            Some(close) => Ok(Node {
                span: Span::new(open.start, close.span.end),
                ..node
            }),
            None => {
                Err(Problem::new(open, "this `(` is not closed")
                    .hint("add a ) where the group ends"))
            }
        }
    }

    fn at_least(&mut self, count: u32, span: Span) -> Lexed<Node> {
        let Some(open) = self.take_if(|kind| matches!(kind, TokenKind::Open)) else {
            return Err(
                Problem::new(span, format!("`{}` needs brackets", self.typed(span)))
                    .hint(format!("write ATLEAST{count}(…)")),
            );
        };
        let node = self.group(open.span)?;
        operands::check(&node, Whole::AtLeast(count))?;
        let span = Span::new(span.start, node.span.end);
        Ok(Node {
            kind: Kind::AtLeast {
                count,
                node: Box::new(node),
            },
            span,
        })
    }

    fn field(&mut self, field: &'static QueryField, span: Span) -> Lexed<Node> {
        if self.inside != Inside::Nothing {
            return Err(Problem::new(span, "a field cannot stand inside a field")
                .hint("join them with AND"));
        }
        self.inside = match field.meaning {
            Meaning::Text(field) => Inside::Text(field),
            Meaning::Place(lies) => Inside::Place(lies),
            Meaning::Date(_) | Meaning::Words => Inside::Nothing,
        };
        let value = self.part()?;
        let Inside::Text(field) = std::mem::replace(&mut self.inside, Inside::Nothing) else {
            return Ok(Node {
                span: Span::new(span.start, value.span.end),
                ..value
            });
        };
        operands::check(&value, Whole::Field)?;
        let span = Span::new(span.start, value.span.end);
        Ok(Node {
            kind: Kind::Field {
                field,
                node: Box::new(value),
            },
            span,
        })
    }

    fn leaf(&mut self, node: Node) -> Lexed<Node> {
        let filter = matches!(node.kind, Kind::Date(_) | Kind::Words { .. });
        match self.inside {
            Inside::Nothing => Ok(node),
            _ if filter => Err(
                Problem::new(node.span, "a field cannot stand inside a field")
                    .hint("join them with AND"),
            ),
            Inside::Text(field) => filters::check_leaf(field, &node).map(|()| node),
            Inside::Place(lies) => {
                let span = node.span;
                filters::place(lies, node).map(|kind| Node { kind, span })
            }
        }
    }

    /// Takes the next token if it is of this kind.
    fn take_if(&mut self, wanted: impl Fn(&TokenKind) -> bool) -> Option<Token> {
        let token = self.tokens.next_if(|token| wanted(&token.kind))?;
        self.last = Some(token.span);
        Some(token)
    }

    /// Says what is missing where an operand should begin.
    fn missing_operand(&mut self) -> Problem {
        let next = self.tokens.peek().map(|token| token.span);
        let opened = self.last.is_some_and(|span| self.typed(span) == "(");
        match (self.last, next) {
            (Some(last), Some(next)) if opened && self.typed(next) == ")" => Problem::new(
                Span::new(last.start, next.end),
                "there is nothing between the brackets",
            ),
            (Some(last), None) if opened => Problem::new(last, "this `(` is not closed")
                .hint("add the group and a ), or take it out"),
            (None, Some(next)) if self.typed(next) == ")" => {
                Problem::new(next, "this `)` closes nothing")
                    .hint("take it out, or open a ( before")
            }
            (Some(last), Some(next)) if !opened && self.typed(next) != ")" => {
                let (left, right) = (self.typed(last), self.typed(next));
                Problem::new(
                    Span::new(last.start, next.end),
                    format!("there is nothing between `{left}` and `{right}`"),
                )
                .hint(to_search(&right))
            }
            (Some(last), _) if !opened => {
                let typed = self.typed(last);
                Problem::new(last, format!("`{typed}` has nothing on its right"))
                    .hint(to_search(&typed))
            }
            (_, Some(next)) => {
                let typed = self.typed(next);
                Problem::new(next, format!("`{typed}` has nothing on its left"))
                    .hint(to_search(&typed))
            }
            (_, None) => Problem::new(Span::default(), "there is nothing to search for"),
        }
    }

    /// The text of a token, on one line.
    fn typed(&self, span: Span) -> String {
        shown(&self.text[span.start..span.end].iter().collect::<String>())
    }
}

fn near(left: Node, right: Node, nearness: Nearness) -> Node {
    let span = Span::new(left.span.start, right.span.end);
    let Nearness {
        within,
        ordered,
        negated,
    } = nearness;
    let (left, right) = (Box::new(left), Box::new(right));
    Node {
        kind: Kind::Near {
            left,
            right,
            within,
            ordered,
            negated,
        },
        span,
    }
}

fn to_search(operator: &str) -> String {
    if operator.contains('/') {
        return "a word, a phrase or a group must stand on both its sides".into();
    }
    format!("to search the word itself, quote it: \"{operator}\"")
}

pub(super) fn too_deep(span: Span) -> Problem {
    Problem::new(span, format!("nested more than {DEEPEST} levels deep")).hint("divide the query")
}
