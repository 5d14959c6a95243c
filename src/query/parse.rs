//! Tokens → the tree, by recursive descent. Here are the parts that all dialects share: groups, fields, terms, and what is
//! said when one is missing. How they are joined, and what binds first, is each dialect's own grammar in `dialect`.

use super::error::{Problem, shown};
use super::fields::{Lies, Meaning, QueryField};
use super::operands::{self, Whole};
use super::token::{Lexed, Nearness, Token, TokenKind};
use super::tree::{Field, Kind, Node, Span};
use super::{Dialect, filters};
use crate::search::Match;

/// How deep brackets, and trees, may be nested.
pub(super) const DEEPEST: usize = 50;

/// Reads a whole query. There must be at least one token.
pub(super) fn tree(
    tokens: Vec<Token>,
    text: &[char],
    matching: Match,
    dialect: Dialect,
) -> Lexed<Node> {
    let mut parser = Parser {
        tokens: tokens.into_iter().peekable(),
        last: None,
        text,
        matching,
        dialect,
        inside: Inside::Nothing,
        depth: 0,
    };
    let tree = dialect.query(&mut parser)?;
    match parser.tokens.peek() {
        // Whatever ends a query early is a bracket: all else begins or joins an operand.
        Some(token) => Err(Problem::new(token.span, "this `)` closes nothing")
            .hint("take it out, or open a ( before")),
        None => Ok(tree),
    }
}

/// The tokens that are left, and where in the query they stand.
pub(super) struct Parser<'a> {
    tokens: std::iter::Peekable<std::vec::IntoIter<Token>>,
    /// The place of the token that was taken last.
    last: Option<Span>,
    text: &'a [char],
    pub(super) matching: Match,
    dialect: Dialect,
    pub(super) inside: Inside,
    depth: usize,
}

/// The field whose value is being read.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Inside {
    Nothing,
    Text(Field),
    Place(Lies),
}

impl Parser<'_> {
    /// A term, a filter, a field with its value, a group, or what is counted.
    pub(super) fn part(&mut self) -> Lexed<Node> {
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
            TokenKind::Not { .. } if self.dialect != Dialect::Morgue => {
                let typed = self.typed(token.span);
                Err(Problem::new(
                    token.span,
                    format!("`{typed}` excludes from what stands before it, and nothing does"),
                )
                .hint(format!(
                    "write first what is searched: a {} b",
                    self.dialect.but_not()
                )))
            }
            TokenKind::Not { .. }
            | TokenKind::Near(_)
            | TokenKind::And
            | TokenKind::Or
            | TokenKind::Close => Err(Problem::new(token.span, "an operand is missing here")),
        }
    }

    /// The rest of a group whose bracket has been read.
    fn group(&mut self, open: Span) -> Lexed<Node> {
        let dialect = self.dialect;
        let node = self.deeper(open, |parser| dialect.query(parser))?;
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

    /// Reads what lies one level deeper, if that is not too deep.
    fn deeper(&mut self, at: Span, read: impl FnOnce(&mut Self) -> Lexed<Node>) -> Lexed<Node> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(too_deep(at));
        }
        let node = read(self)?;
        self.depth -= 1;
        Ok(node)
    }

    fn at_least(&mut self, count: u32, span: Span) -> Lexed<Node> {
        let node = if let Some(counted) = self.dialect.counted() {
            self.deeper(span, counted)?
        } else if let Some(open) = self.take_if(|kind| matches!(kind, TokenKind::Open)) {
            self.group(open.span)?
        } else {
            let typed = self.typed(span);
            let problem = Problem::new(span, format!("`{typed}` needs brackets"));
            return Err(problem.hint(format!("write {typed}(…)")));
        };
        operands::check(&node, Whole::AtLeast(count), self.dialect)?;
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
            Meaning::Date(_) | Meaning::Words | Meaning::Versions | Meaning::AsOf => {
                Inside::Nothing
            }
        };
        let value = self.dialect.value(self)?;
        let Inside::Text(field) = std::mem::replace(&mut self.inside, Inside::Nothing) else {
            return Ok(Node {
                span: Span::new(span.start, value.span.end),
                ..value
            });
        };
        operands::check(&value, Whole::Field, self.dialect)?;
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
        let field = match self.inside {
            Inside::Text(field) => Some(field),
            Inside::Nothing | Inside::Place(_) => None,
        };
        let node = Node {
            kind: self.dialect.leaf(node.kind, field),
            span: node.span,
        };
        let filter = matches!(
            node.kind,
            Kind::Date(_) | Kind::Words { .. } | Kind::Versions(_)
        );
        match self.inside {
            Inside::Nothing => Ok(node),
            Inside::Text(_) | Inside::Place(_) if filter => Err(Problem::new(
                node.span,
                "a field cannot stand inside a field",
            )
            .hint("join them with AND")),
            Inside::Text(_) => Ok(node),
            Inside::Place(lies) => {
                let span = node.span;
                filters::place(lies, node).map(|kind| Node { kind, span })
            }
        }
    }

    /// Two parts near each other, if both can be.
    pub(super) fn near(&self, left: Node, right: Node, nearness: Nearness) -> Lexed<Node> {
        for side in [&left, &right] {
            operands::check(side, Whole::Near(nearness), self.dialect)?;
        }
        Ok(near(left, right, nearness))
    }

    /// The next token.
    pub(super) fn peek(&mut self) -> Option<&Token> {
        self.tokens.peek()
    }

    /// Takes the next token if it is a proximity of this kind: the proximity, and its place.
    pub(super) fn take_near(
        &mut self,
        wanted: impl Fn(Nearness) -> bool,
    ) -> Option<(Nearness, Span)> {
        let near =
            self.take_if(|kind| matches!(kind, TokenKind::Near(nearness) if wanted(*nearness)))?;
        match near.kind {
            TokenKind::Near(nearness) => Some((nearness, near.span)),
            _ => None,
        }
    }

    /// Takes the next token if it is of this kind, and says whether it was.
    pub(super) fn takes(&mut self, wanted: impl Fn(&TokenKind) -> bool) -> bool {
        self.take_if(wanted).is_some()
    }

    /// Takes the next token if it is of this kind.
    pub(super) fn take_if(&mut self, wanted: impl Fn(&TokenKind) -> bool) -> Option<Token> {
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
    pub(super) fn typed(&self, span: Span) -> String {
        shown(&self.text[span.start..span.end].iter().collect::<String>())
    }
}

/// Two parts near each other.
pub(super) fn near(left: Node, right: Node, nearness: Nearness) -> Node {
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
