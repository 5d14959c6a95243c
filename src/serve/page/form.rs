//! The search box and what stands below it: dates, order, match mode, dialect, unit of the timeline.

use std::fmt::Display;

use super::asked::Asked;
use super::html::{each, escape};
use crate::query::Dialect;
use crate::search::{Match, Request, Sort, Unit};

/// What others call the form, to have their check boxes in it.
pub(super) const NAME: &str = "search";

/// The form, filled in as `asked`. `focus` puts the cursor into the box: right where there is nothing to read yet.
pub(super) fn form(asked: &Asked, focus: bool) -> String {
    let Request {
        query,
        from,
        to,
        sort,
        matching,
        dialect,
        timeline,
        ..
    } = &asked.request;
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
    let unusual = *matching != Match::All || *dialect != Dialect::Morgue || timeline.is_some();
    format!(
        "<form id=\"{NAME}\" action=\"/\" method=\"get\" role=\"search\" aria-label=\"Articles\">\n\
         <div class=\"box\"><input type=\"search\" id=\"q\" name=\"q\" value=\"{}\" aria-label=\"Query\" \
         placeholder=\"Search the archive\" autocomplete=\"off\" autocapitalize=\"off\" spellcheck=\"false\"{}>\
         <button>Search</button></div>\n<div class=\"filters\">\n{}{}{}<details{}>\n\
         <summary>More</summary>\n<div class=\"filters\">\n{}{}{}</div>\n</details>\n</div>\n{}</form>\n",
        escape(query),
        if focus { " autofocus" } else { "" },
        day("From", "from", from.as_deref()),
        day("to", "to", to.as_deref()),
        choice("Order", "sort", Some("by default"), &sorts, *sort),
        if unusual { " open" } else { "" },
        choice("Match", "match", None, &modes, Some(*matching)),
        choice("Written for", "dialect", None, &dialects, Some(*dialect)),
        choice("Bars are", "timeline", Some("as fits"), &units, *timeline),
        unseen(asked),
    )
}

/// A field for a date in any form of the query language, so not one of type `date`, which knows only whole days.
fn day(label: &str, name: &str, value: Option<&str>) -> String {
    format!(
        "<label>{label} <input name=\"{name}\" value=\"{}\" size=\"10\" placeholder=\"1963-08-14\" autocomplete=\"off\"></label>\n",
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
fn unseen(asked: &Asked) -> String {
    let Request {
        facets,
        limit,
        today,
        ..
    } = &asked.request;
    let facets: Vec<_> = facets.iter().map(|facet| facet.name()).collect();
    let limit = (*limit != Request::DEFAULT_LIMIT).then(|| limit.to_string());
    let fields = [
        ("limit", limit),
        ("facet", (!facets.is_empty()).then(|| facets.join(","))),
        ("today", today.map(|day| day.to_string())),
        ("explain", asked.explain.then(|| "yes".into())),
    ];
    each(fields, |(name, value)| {
        value.map_or_else(String::new, |value| hidden(name, &value))
    })
}

/// A field that is not seen.
pub(super) fn hidden(name: &str, value: &str) -> String {
    format!(
        "<input type=\"hidden\" name=\"{name}\" value=\"{}\" form=\"{NAME}\">\n",
        escape(value)
    )
}
