//! How to ask: the forms of the query language from the tables of operators and fields, each with an example to try.

use super::html::{each, escape};
use crate::query::{Category, FIELDS, OPERATORS};
use crate::search::Request;
use crate::serve::params::address;

/// What the parts of the table are called, in their order.
const CATEGORIES: &[(Category, &str)] = &[
    (Category::Terms, "Words"),
    (Category::Logic, "Joining them"),
    (Category::Proximity, "How near they stand"),
    (Category::Spelling, "Words that are not known exactly"),
    (Category::Fields, "Where in the article, and which articles"),
];

/// The page.
pub(super) fn help() -> String {
    let parts = each(CATEGORIES, |(category, heading)| {
        let operators = OPERATORS
            .iter()
            .filter(|row| row.category == *category)
            .map(|row| (row.forms.join("   "), row.help, row.example));
        let fields = FIELDS
            .iter()
            .filter(|_| *category == Category::Fields)
            .map(|row| (format!("{}:", row.name), row.help, row.example));
        let rows = each(operators.chain(fields), |(forms, help, example)| {
            format!(
                "<tr><th scope=\"row\"><code>{}</code></th><td>{}</td><td>{}</td></tr>\n",
                escape(&forms),
                escape(help),
                example_link(example)
            )
        });
        format!(
            "<h2>{heading}</h2>\n<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{heading}\">\n<table>\n\
             <thead><tr><th scope=\"col\">Write</th><th scope=\"col\">to find</th><th scope=\"col\">Try</th></tr></thead>\n\
             <tbody>\n{rows}</tbody>\n</table>\n</div>\n"
        )
    });
    format!(
        "<article class=\"help\">\n<h1>How to ask</h1>\n\
         <p>Type words: articles that have all of them in any of their forms are found, the best first. Nothing typed is \
         passed over; what cannot be understood is pointed at.</p>\n{parts}\
         <h2>In the page</h2>\n\
         <p>Every state has an address: copy it to share what you see. Drag across the timeline to choose a time, or use the arrow \
         keys with Shift held, then Enter; Escape takes it back. Press <kbd>?</kbd> for the keys.</p>\n\
         <h2>For programs</h2>\n\
         <p>All of this is at <a href=\"/api/openapi.json\">/api/v1</a>, too.</p>\n</article>\n"
    )
}

/// A few queries to begin with.
pub(super) fn examples() -> String {
    let few = OPERATORS
        .iter()
        .filter(|row| matches!(row.name, "phrase" | "near" | "wildcard" | "not near"));
    let few = each(few, |row| {
        format!("<li>{}</li>\n", example_link(row.example))
    });
    format!(
        "<section class=\"examples\" aria-label=\"Examples\">\n<ul>\n{few}<li><a href=\"/help\">How to ask</a></li>\n</ul>\n</section>\n"
    )
}

fn example_link(example: &str) -> String {
    format!(
        "<a href=\"{}\"><code>{}</code></a>",
        escape(&address(&Request::for_query(example))),
        escape(example)
    )
}
