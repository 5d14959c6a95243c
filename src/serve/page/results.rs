//! What a search found: the count, warnings, the hits with their matches marked, the facets as links, the way on.

use super::html::{each, escape, facts, lang, marked};
use super::{links, timeline};
use crate::output::marks;
use crate::query::caret;
use crate::query::tree::Span;
use crate::search::{FacetCount, FacetName, Hit, Request, Response};

/// How many values of a facet are shown.
const VALUES: usize = 10;

/// All that stands below the form.
pub(super) fn results(asked: &Request, response: &Response) -> String {
    let drawing = response
        .timeline
        .as_deref()
        .map(|buckets| timeline::timeline(asked, buckets));
    let hits = each(&response.hits, |found| hit(asked, found));
    let list = if hits.is_empty() {
        String::new()
    } else {
        format!("<ol class=\"hits\">\n{hits}</ol>\n")
    };
    let facets = each(&response.facets, |(name, counts)| {
        facet(asked, *name, counts)
    });
    let facets = if facets.is_empty() {
        facets
    } else {
        format!("<aside aria-label=\"Narrow down\">\n{facets}</aside>\n")
    };
    format!(
        "{}{}{}<div class=\"found\">\n<div>\n{list}{}</div>\n{facets}</div>\n",
        summary(asked, response),
        warnings(response),
        drawing.unwrap_or_default(),
        way_on(asked, response),
    )
}

fn summary(asked: &Request, response: &Response) -> String {
    let articles = if response.total == 1 {
        "article"
    } else {
        "articles"
    };
    let shown = match (response.hits.first(), response.hits.last()) {
        (Some(first), Some(last)) => format!(", {} to {} shown", first.rank, last.rank),
        _ => String::new(),
    };
    let canonical = &response.query.canonical;
    let read_as = if canonical.is_empty() || *canonical == asked.query {
        String::new()
    } else {
        format!(" · read as <code>{}</code>", escape(canonical))
    };
    format!(
        "<p class=\"summary\" role=\"status\">{} {articles}{shown} · {:.1} ms{read_as}</p>\n",
        response.total, response.took_ms
    )
}

fn warnings(response: &Response) -> String {
    let query = &response.query;
    let warning = |warning: &crate::search::Warning| {
        format!(
            "<section class=\"warning\">\n<p>{}</p>\n<pre>{}</pre>\n</section>\n",
            escape(&warning.message),
            escape(&caret(&query.text, Span::new(warning.start, warning.end)))
        )
    };
    query.warnings.iter().map(warning).collect()
}

/// One hit. Where the text runs from right to left is seen from the text itself (`dir="auto"`).
fn hit(asked: &Request, hit: &Hit) -> String {
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
        escape(&links::article(asked, &hit.id)),
        imprint(hit),
    )
}

/// When, by whom, where, in which publication, from which file.
fn imprint(hit: &Hit) -> String {
    facts([
        hit.date.map(|date| date.to_string()),
        Some(hit.byline.join(", ")),
        hit.places.first().map(|place| place.name.clone()),
        hit.source.clone(),
        hit.section.clone(),
        Some(hit.file.clone()),
    ])
}

fn facet(asked: &Request, name: FacetName, counts: &[FacetCount]) -> String {
    if counts.is_empty() {
        return String::new();
    }
    let shown = counts.iter().take(VALUES);
    let values = each(shown, |FacetCount { value, count }| {
        format!(
            "<li><a href=\"{}\"><bdi>{}</bdi></a> {count}</li>\n",
            escape(&links::narrowed(asked, name, value)),
            escape(value)
        )
    });
    let more = match counts.len().saturating_sub(VALUES) {
        0 => String::new(),
        more => format!("<li class=\"more\">and {more} more</li>\n"),
    };
    format!("<section>\n<h3>{name}</h3>\n<ul>\n{values}{more}</ul>\n</section>\n")
}

/// The links to the other hits, or what to do when there are none.
fn way_on(asked: &Request, response: &Response) -> String {
    if response.total == 0 {
        return "<p>Nothing found. Fewer words, wider dates, or “any word” find more.</p>\n".into();
    }
    let first = asked.after.is_some().then(|| {
        let address = links::page(asked, None);
        format!("<a href=\"{}\">First hits</a>\n", escape(&address))
    });
    let next = response.next.as_deref().map(|next| {
        let address = links::page(asked, Some(next));
        format!(
            "<a href=\"{}\" rel=\"next\">Next hits</a>\n",
            escape(&address)
        )
    });
    match first.unwrap_or_default() + &next.unwrap_or_default() {
        none if none.is_empty() => none,
        ways => format!("<nav aria-label=\"More hits\">\n{ways}</nav>\n"),
    }
}
