//! How to ask: the forms of the query language with an example each, as links that try them.

use super::html::{each, escape};
use crate::search::Request;
use crate::serve::params::address;

/// An example of each form, and what it finds.
const SYNTAX: &[(&str, &str)] = &[
    ("ferry strike", "both words, in any of their inflections"),
    ("\"ferry strike\"", "these words in this order, exactly so"),
    ("ferry OR boat -race", "either word, without the third"),
    (
        "(ferry OR boat) W/10 harbour",
        "within ten words of each other; PRE/10 in this order",
    ),
    ("ferry W/S harbour", "in one sentence; W/P in one paragraph"),
    (
        "headline:ferry",
        "in the headline; also byline: section: source: topic: lang: lead:",
    ),
    ("in:egypt", "about a place in Egypt"),
    (
        "date:1963-08",
        "printed in that month; also date:1963..1965 before:1963 after:1963-08-14",
    ),
    ("colo*r wom?n", "any letters, one letter"),
    ("cairo~1", "spelt with one letter more, less or other"),
    ("ATLEAST5(inflation)", "at least five times"),
    ("words:>500", "longer than 500 words"),
];

/// The list, folded away unless `open`.
pub(super) fn syntax(open: bool) -> String {
    let rows = each(SYNTAX, |(example, meaning)| {
        let address = address(&Request::for_query(*example));
        format!(
            "<dt><a href=\"{}\"><code>{}</code></a></dt><dd>{meaning}</dd>\n",
            escape(&address),
            escape(example)
        )
    });
    let open = if open { " open" } else { "" };
    format!(
        "<details{open}>\n<summary>How to ask</summary>\n<dl class=\"about\">\n{rows}</dl>\n</details>\n"
    )
}
