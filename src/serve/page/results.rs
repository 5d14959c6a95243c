//! What a search found: how much, what it was narrowed to, the timeline, the hits with their matches marked, the way on.

use super::asked::Asked;
use super::finding::Found;
use super::html::{each, escape, facts, lang, marked, pointed_at, with_code};
use super::words::{self, count, number};
use super::{explained, facets, timeline};
use crate::output::{OUTPUTS, ShowsLines, marks};
use crate::query::caret;
use crate::query::tree::Span;
use crate::search::{FacetName, Hit, QueryEcho, Response, Warning};
use crate::serve::params;

/// All that stands below the form.
pub(super) fn results(asked: &Asked, found: &Found) -> String {
    let response = &found.response;
    let hits = each(&response.hits, |found| hit(asked, found));
    let list = if hits.is_empty() {
        String::new()
    } else {
        format!("<ol class=\"hits\">\n{hits}</ol>\n")
    };
    format!(
        "{}{}{}<div class=\"found\">\n<section aria-label=\"Hits\">\n{}{}{list}{}</section>\n{}</div>\n",
        warnings(&response.query),
        found
            .explanation
            .as_ref()
            .map(|explanation| explained::explained(asked, explanation))
            .unwrap_or_default(),
        facets::narrowed(asked),
        summary(asked, response),
        timeline::timeline(asked, response),
        way_on(asked, response),
        facets::facets(asked, response),
    )
}

/// How many there are, what can be done with them, and how the query was read where that is not as it was typed.
fn summary(asked: &Asked, response: &Response) -> String {
    let shown = match (response.hits.first(), response.hits.last()) {
        (Some(first), Some(last)) if first.rank > 1 => {
            format!(", {} to {}", number(first.rank), number(last.rank))
        }
        _ => String::new(),
    };
    let read_as = &response.query.canonical;
    let read_as = if read_as.is_empty() || *read_as == asked.request.query {
        String::new()
    } else {
        format!(
            "<p class=\"facts\">Read as <code>{}</code></p>\n",
            escape(read_as)
        )
    };
    let explain = if asked.explain || asked.request.query.trim().is_empty() {
        String::new()
    } else {
        let address = asked.with(|asked| asked.explain = true);
        format!("<a href=\"{}\">In words</a>\n", escape(&address))
    };
    format!(
        "<div class=\"bar\">\n<h1 id=\"total\" tabindex=\"-1\">{}{shown}</h1>\n<div class=\"acts\">\n{explain}{}</div>\n</div>\n{read_as}",
        count(response.total, "article"),
        takeaway(asked),
    )
}

/// What of a request says which articles are found, and in which order.
fn of_the_hits(name: &str) -> bool {
    !matches!(name, "limit" | "after" | "facet" | "timeline" | "context")
}

/// The address of something that is made of all hits: `path`, then the request.
pub(super) fn of_all(asked: &Asked, path: &str) -> String {
    let parameters = params::written(&asked.request, of_the_hits);
    format!("{path}{}", parameters.join("&"))
}

/// The feeds of a search: how readers call them, where they are, what they are.
pub(super) const FEEDS: &[(&str, &str, &str)] = &[
    ("Atom", "/feeds/atom?", "application/atom+xml"),
    ("RSS", "/feeds/rss?", "application/rss+xml"),
    ("JSON Feed", "/feeds/json?", "application/feed+json"),
];

/// All hits to take away, and new ones to be told of.
fn takeaway(asked: &Asked) -> String {
    let link = |path: &str, label: &str| {
        let address = of_all(asked, path);
        format!("<li><a href=\"{}\">{label}</a></li>\n", escape(&address))
    };
    let files = OUTPUTS
        .iter()
        .filter(|output| output.shows_lines != ShowsLines::Only);
    let files = each(files, |output| {
        let path = format!("/api/v1/export?format={}&", output.name);
        let label = format!(
            "<strong>{}</strong> {}",
            escape(output.name),
            escape(output.help)
        );
        link(&path, &label)
    });
    let feeds = each(FEEDS, |(name, path, _)| link(path, name));
    format!(
        "<details class=\"menu\">\n<summary>Export</summary>\n<ul>\n{files}</ul>\n</details>\n\
         <details class=\"menu\">\n<summary>Follow</summary>\n<ul>\n{feeds}</ul>\n</details>\n"
    )
}

fn warnings(query: &QueryEcho) -> String {
    each(&query.warnings, |warning: &Warning| {
        format!(
            "<section class=\"warning\" aria-label=\"Note on the query\">\n<p>{}</p>\n{}</section>\n",
            with_code(&warning.message),
            pointed_at(&caret(&query.text, Span::new(warning.start, warning.end)))
        )
    })
}

/// One hit. Where the text runs from right to left is seen from the text itself (`dir="auto"`).
fn hit(asked: &Asked, hit: &Hit) -> String {
    let mut headline = marked(&marks::headline(hit));
    if headline.trim().is_empty() {
        headline = "(no headline)".into();
    }
    let snippets = each(marks::below_headline(hit), |snippet| {
        let pieces = marks::pieces(&snippet.text, &snippet.highlights);
        format!("<p dir=\"auto\">{}</p>\n", marked(&pieces))
    });
    format!(
        "<li value=\"{}\"><article{}>\n<h2 dir=\"auto\"><a href=\"{}\">{headline}</a></h2>\n{}{snippets}</article></li>\n",
        hit.rank,
        lang(hit.language.as_ref()),
        escape(&asked.article(&hit.id, "")),
        imprint(hit),
    )
}

/// When, in which publication (or else file), by whom, where, and how often the query matches.
fn imprint(hit: &Hit) -> String {
    let text = |text: &String| escape(text).into_owned();
    let byline = hit.byline.join(", ");
    let place = hit.places.first().map(|place| &place.name);
    let matches = u64::from(hit.matches);
    facts([
        hit.date.map(words::date),
        Some(text(hit.source.as_ref().unwrap_or(&hit.file))),
        hit.section.as_ref().map(text),
        Some(text(&byline)),
        place.map(text),
        (matches > 1).then(|| count(matches, "match")),
    ])
}

/// The links to the other hits, or what to do when there are none.
fn way_on(asked: &Asked, response: &Response) -> String {
    if response.total == 0 {
        return "<p>Nothing found. Fewer words, wider dates, or “any word” find more.</p>\n".into();
    }
    let link = |label: &str, rel: &str, after: Option<&str>| {
        let after = after.map(String::from);
        let address = asked.with(|asked| asked.request.after = after);
        format!("<a href=\"{}\"{rel}>{label}</a>\n", escape(&address))
    };
    let first = asked.request.after.as_ref();
    let first = first.map(|_| link("First hits", "", None));
    let next = response.next.as_deref();
    let next = next.map(|next| link("Next hits", " rel=\"next\"", Some(next)));
    match first.unwrap_or_default() + &next.unwrap_or_default() {
        none if none.is_empty() => none,
        ways => format!("<nav class=\"way-on\" aria-label=\"More hits\">\n{ways}</nav>\n"),
    }
}

/// What the archive holds, by time: for the first page.
pub(super) fn holdings(asked: &Asked, response: &Response) -> String {
    if response.total == 0 {
        return "<p>The archive is empty. <code>morgue index PATH</code> fills it.</p>\n".into();
    }
    let sources = response.facets.get(&FacetName::Source).map_or(0, Vec::len) as u64;
    let sources = match sources {
        // As many as are counted: there may be more.
        0 | 100.. => String::new(),
        sources => format!(" of {}", count(sources, "publication")),
    };
    let all = asked.address();
    format!(
        "<section class=\"holdings\" aria-label=\"The archive\">\n{}\
         <p class=\"facts\"><a href=\"{}\">{}</a>{sources}</p>\n</section>\n",
        timeline::timeline(asked, response),
        escape(&all),
        count(response.total, "article"),
    )
}
