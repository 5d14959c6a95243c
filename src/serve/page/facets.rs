//! What the hits can be narrowed to: check boxes of the form for the values of each facet, several of which are taken as
//! either; and a line of what they are narrowed to, each with a way to take it back.

use super::asked::Asked;
use super::form::{self, NAME};
use super::html::{each, escape};
use super::words::number;
use crate::search::{FacetCount, FacetName, Response};

/// How many values of a facet are shown, unless the page is about it.
const VALUES: usize = 8;

/// The check boxes.
pub(super) fn facets(asked: &Asked, response: &Response) -> String {
    let whole = !asked.request.facets.is_empty();
    let facets = each(&response.facets, |(name, counts)| {
        let others = response.others.get(name).copied().unwrap_or(0);
        facet(asked, *name, counts, others, whole)
    });
    // What is chosen and has no check box must not be lost with the next search.
    let unseen = each(&asked.request.only, |(name, values)| {
        let counts = response.facets.get(name).map_or(&[][..], Vec::as_slice);
        let shown = shown(asked, *name, counts, whole);
        let lost = |value: &&String| shown.iter().all(|count| count.value != **value);
        each(values.iter().filter(lost), |value| {
            form::hidden(name.name(), value)
        })
    });
    if facets.is_empty() {
        return unseen;
    }
    let back = if whole {
        let address = asked.with(|asked| asked.request.facets.clear());
        format!(
            "<p><a href=\"{}\">All that can be chosen</a></p>\n",
            escape(&address)
        )
    } else {
        String::new()
    };
    format!(
        "<aside class=\"facets\" aria-labelledby=\"narrow\">\n<h2 id=\"narrow\">Narrow down</h2>\n{back}{facets}{unseen}\
         <p class=\"apply\"><button form=\"{NAME}\">Apply</button></p>\n</aside>\n"
    )
}

/// The values that have a check box: the first ones, and up to the last that is chosen.
fn shown<'c>(
    asked: &Asked,
    name: FacetName,
    counts: &'c [FacetCount],
    whole: bool,
) -> &'c [FacetCount] {
    let last = counts
        .iter()
        .rposition(|count| asked.has(name, &count.value));
    let end = match last {
        _ if whole => counts.len(),
        Some(last) => VALUES.max(last + 1),
        None => VALUES,
    };
    // All but one are all.
    if counts.len() <= end + 1 {
        counts
    } else {
        &counts[..end]
    }
}

fn facet(
    asked: &Asked,
    name: FacetName,
    counts: &[FacetCount],
    others: usize,
    whole: bool,
) -> String {
    // One value that all articles have leaves nothing to choose.
    if counts.is_empty() || (counts.len() == 1 && !asked.request.only.contains_key(&name) && !whole)
    {
        return String::new();
    }
    let shown = shown(asked, name, counts, whole);
    let values = each(shown, |FacetCount { value, count }| {
        let checked = if asked.has(name, value) {
            " checked"
        } else {
            ""
        };
        format!(
            "<li><label><input type=\"checkbox\" form=\"{NAME}\" name=\"{name}\" value=\"{}\"{checked}>\
             <bdi>{}</bdi> <span class=\"count\">{}</span></label></li>\n",
            escape(value),
            escape(value),
            number(*count)
        )
    });
    let more = if shown.len() < counts.len() {
        let address = asked.with(|asked| asked.request.facets = vec![name]);
        format!(
            "<p class=\"more\"><a href=\"{}\">More {}</a></p>\n",
            escape(&address),
            labels(name).1
        )
    } else if others > 0 {
        format!(
            "<p class=\"more\">{} more {}</p>\n",
            number(others as u64),
            labels(name).1
        )
    } else {
        String::new()
    };
    format!(
        "<fieldset>\n<legend>{}</legend>\n<ul>\n{values}</ul>\n{more}</fieldset>\n",
        labels(name).0
    )
}

/// What a facet is called, one value and many.
fn labels(name: FacetName) -> (&'static str, &'static str) {
    match name {
        FacetName::Source => ("Publication", "publications"),
        FacetName::Section => ("Section", "sections"),
        FacetName::Byline => ("Author", "authors"),
        FacetName::Place => ("Place", "places"),
        FacetName::Topic => ("Topic", "topics"),
        FacetName::Language => ("Language", "languages"),
        FacetName::Year => ("Year", "years"),
    }
}

/// What is chosen, in fields that are not seen: where there is no answer to choose from.
pub(super) fn kept(asked: &Asked) -> String {
    each(&asked.request.only, |(name, values)| {
        each(values, |value| form::hidden(name.name(), value))
    })
}

/// What the hits are narrowed to, beside the query. Each is a link to the hits without it.
pub(super) fn narrowed(asked: &Asked) -> String {
    let mut all = Vec::new();
    let request = &asked.request;
    let days = match (request.from.as_deref(), request.to.as_deref()) {
        (Some(from), Some(to)) if from == to => Some(from.to_owned()),
        (Some(from), Some(to)) => Some(format!("{from} to {to}")),
        (Some(from), None) => Some(format!("from {from}")),
        (None, Some(to)) => Some(format!("up to {to}")),
        (None, None) => None,
    };
    if let Some(days) = days {
        let without = asked.with(|asked| (asked.request.from, asked.request.to) = (None, None));
        all.push(("Date", days, without));
    }
    for (name, values) in &asked.request.only {
        for value in values {
            let without = asked.with(|asked| {
                let values = asked.request.only.entry(*name).or_default();
                values.retain(|chosen| chosen != value);
            });
            all.push((labels(*name).0, value.clone(), without));
        }
    }
    if all.is_empty() {
        return String::new();
    }
    let count = all.len();
    let each = each(all, |(label, value, without)| {
        let value = escape(&value).into_owned();
        format!(
            "<li><a href=\"{}\"><span class=\"unseen\">Without </span>{label}: <bdi>{value}</bdi>\
             <span aria-hidden=\"true\"> ×</span></a></li>\n",
            escape(&without)
        )
    });
    let none = asked.with(|asked| {
        asked.request.only.clear();
        (asked.request.from, asked.request.to) = (None, None);
    });
    let clear = if count > 1 {
        format!("<li><a href=\"{}\">Clear all</a></li>\n", escape(&none))
    } else {
        String::new()
    };
    format!("<ul class=\"narrowed\" aria-label=\"Narrowed to\">\n{each}{clear}</ul>\n")
}
