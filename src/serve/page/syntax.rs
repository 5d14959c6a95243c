//! How to ask: the forms of the query language with an example each, as links that try them.

use super::html::{each, escape};
use crate::query::{FIELDS, OPERATORS};
use crate::search::Request;
use crate::serve::params::address;

/// The list, folded away unless `open`.
pub(super) fn syntax(open: bool) -> String {
    let operators = OPERATORS.iter().map(|row| (row.example, row.help));
    let rows = operators.chain(FIELDS.iter().map(|row| (row.example, row.help)));
    let rows = each(rows, |(example, meaning)| {
        let address = address(&Request::for_query(example));
        format!(
            "<dt><a href=\"{}\"><code>{}</code></a></dt><dd>{}</dd>\n",
            escape(&address),
            escape(example),
            escape(meaning)
        )
    });
    let open = if open { " open" } else { "" };
    format!(
        "<details{open}>\n<summary>How to ask</summary>\n<dl class=\"about\">\n{rows}</dl>\n</details>\n"
    )
}
