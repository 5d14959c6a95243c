//! The search box and what stands below it: dates, order, match mode, dialect, unit of the timeline.

use std::fmt::Display;

use super::html::{each, escape};
use crate::query::Dialect;
use crate::search::{Match, Request, Sort, Unit};

/// The form, filled in as `asked`. `focus` puts the cursor into the box: right where there is nothing to read yet.
pub(super) fn form(asked: &Request, focus: bool) -> String {
    let sorts = [
        ("best first", Sort::Relevance),
        ("newest first", Sort::Newest),
        ("oldest first", Sort::Oldest),
    ];
    let modes = [("all words", Match::All), ("any word", Match::Any)];
    let dialects = [
        ("morgue", Dialect::Morgue),
        ("Nexis", Dialect::Nexis),
        ("Factiva", Dialect::Factiva),
    ];
    let units = [
        ("days", Unit::Day),
        ("weeks", Unit::Week),
        ("months", Unit::Month),
        ("years", Unit::Year),
    ];
    format!(
        "<form action=\"/\" method=\"get\" role=\"search\">\n\
         <p class=\"box\"><input type=\"search\" name=\"q\" value=\"{}\" aria-label=\"Query\" \
         placeholder=\"gaza truce, &quot;prisoner swap&quot;, truce W/10 cairo\" \
         autocomplete=\"off\" autocapitalize=\"off\" spellcheck=\"false\" accesskey=\"s\"{}>\
         <button>Search</button></p>\n<p class=\"filters\">\n{}{}{}{}{}{}</p>\n{}</form>\n",
        escape(&asked.query),
        if focus { " autofocus" } else { "" },
        day("from", "from", asked.from.as_deref()),
        day("to", "to", asked.to.as_deref()),
        choice("order", "sort", Some("by default"), &sorts, asked.sort),
        choice("match", "match", None, &modes, Some(asked.matching)),
        choice(
            "written for",
            "dialect",
            None,
            &dialects,
            Some(asked.dialect)
        ),
        choice("timeline", "timeline", Some("none"), &units, asked.timeline),
        unseen(asked),
    )
}

/// A field for a date in any form of the query language, so not one of type `date`, which knows only whole days.
fn day(label: &str, name: &str, value: Option<&str>) -> String {
    format!(
        "<label>{label} <input name=\"{name}\" value=\"{}\" size=\"10\" placeholder=\"1963-08\" autocomplete=\"off\"></label>\n",
        escape(value.unwrap_or_default())
    )
}

/// A list to choose from; `nothing` is the label of not choosing.
fn choice<T: Display + PartialEq + Copy>(
    label: &str,
    name: &str,
    nothing: Option<&str>,
    choices: &[(&str, T)],
    chosen: Option<T>,
) -> String {
    let option = |value: &str, text: &str, selected: bool| {
        let selected = if selected { " selected" } else { "" };
        format!("<option value=\"{value}\"{selected}>{text}</option>")
    };
    let mut options = String::new();
    if let Some(text) = nothing {
        options += &option("", text, chosen.is_none());
    }
    for (text, value) in choices {
        options += &option(&value.to_string(), text, chosen == Some(*value));
    }
    format!("<label>{label} <select name=\"{name}\">{options}</select></label>\n")
}

/// What the address asked for beside the fields that are shown, so that the next search keeps it.
fn unseen(asked: &Request) -> String {
    let facets: Vec<_> = asked.facets.iter().map(|facet| facet.name()).collect();
    let limit = (asked.limit != Request::DEFAULT_LIMIT).then(|| asked.limit.to_string());
    let fields = [
        ("limit", limit),
        ("facet", (!facets.is_empty()).then(|| facets.join(","))),
        ("today", asked.today.map(|day| day.to_string())),
    ];
    each(fields, |(name, value)| {
        let field = |value| format!("<input type=\"hidden\" name=\"{name}\" value=\"{value}\">\n");
        value.map(field).unwrap_or_default()
    })
}
