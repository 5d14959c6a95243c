//! The days of a request (`--from`, `--to`) as a part of its query.

use chrono::NaiveDate;

use super::request::Request;
use crate::error::{Error, Result};
use crate::query;
use crate::query::dates::DateSpan;
use crate::query::tree::{Kind, Node, Span};

/// The query, narrowed to the days between `from` and `to`.
pub(super) fn to_days(tree: Node, request: &Request, today: NaiveDate) -> Result<Node> {
    let read = |what: &str, text: &Option<String>| {
        let Some(text) = text else { return Ok(None) };
        let invalid = |problem: query::dates::DateProblem| Error::Invalid {
            what: what.into(),
            why: match problem.hint {
                Some(hint) => format!("{}; {hint}", problem.message),
                None => problem.message,
            },
        };
        query::dates::read_span(text, today)
            .map(Some)
            .map_err(invalid)
    };
    let (from, to) = (read("from", &request.from)?, read("to", &request.to)?);
    if from.is_none() && to.is_none() {
        return Ok(tree);
    }
    let span = DateSpan {
        from: from.and_then(|span| span.from),
        to: to.and_then(|span| span.to),
    };
    if let (Some(from), Some(to)) = (span.from, span.to)
        && from > to
    {
        return Err(Error::Invalid {
            what: "from".into(),
            why: format!("{from} is after {to}"),
        });
    }
    let date = Node {
        kind: Kind::Date(span),
        span: Span::default(),
    };
    Ok(match tree.kind {
        Kind::All => date,
        Kind::And(mut nodes) => {
            nodes.push(date);
            Node {
                kind: Kind::And(nodes),
                span: tree.span,
            }
        }
        _ => Node {
            span: tree.span,
            kind: Kind::And(vec![tree, date]),
        },
    })
}
