//! What a search found: the count, warnings, the hits with their matches marked, the facets as links, the way on.

use super::html::{escape, lang, marked};
use super::{links, timeline};
use crate::output::marks;
use crate::output::terminal::caret;
use crate::search::{FacetCount, FacetName, Hit, Request, Response};

/// How many values of a facet are shown.
const VALUES: usize = 10;

/// All that stands below the form.
pub(super) fn results(asked: &Request, response: &Response) -> String {
    let drawing = response
        .timeline
        .as_deref()
        .map(|buckets| timeline::timeline(asked, buckets));
    let hits: String = response.hits.iter().map(hit).collect();
    let list = if hits.is_empty() {
        String::new()
    } else {
        format!("<ol class=\"hits\">\n{hits}</ol>\n")
    };
    let facets: String = response
        .facets
        .iter()
        .map(|(name, counts)| facet(asked, *name, counts))
        .collect();
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
            escape(&caret(&query.text, warning.start, warning.end))
        )
    };
    query.warnings.iter().map(warning).collect()
}

/// One hit. Where the text runs from right to left is seen from the text itself (`dir="auto"`).
fn hit(hit: &Hit) -> String {
    let mut headline = marked(&marks::headline(hit));
    if headline.trim().is_empty() {
        headline = "(no headline)".into();
    }
    let snippets: String = marks::below_headline(hit)
        .map(|snippet| {
            let pieces = marks::pieces(&snippet.text, &snippet.highlights);
            format!("<p dir=\"auto\">{}</p>\n", marked(&pieces))
        })
        .collect();
    format!(
        "<li value=\"{}\"><article{}>\n<h2 dir=\"auto\"><a href=\"{}\">{headline}</a></h2>\n{}{snippets}</article></li>\n",
        hit.rank,
        lang(hit.language.as_ref()),
        escape(&links::article(&hit.id)),
        facts(hit),
    )
}

fn facts(hit: &Hit) -> String {
    let date = hit.date.map(|date| format!("<time>{date}</time>"));
    let byline = (!hit.byline.is_empty()).then(|| escape(&hit.byline.join(", ")).into_owned());
    let place = hit
        .places
        .first()
        .map(|place| escape(&place.name).into_owned());
    let rest = [
        hit.source.as_deref(),
        hit.section.as_deref(),
        Some(hit.file.as_str()),
    ];
    let rest = rest
        .into_iter()
        .flatten()
        .map(|text| escape(text).into_owned());
    let facts: Vec<String> = [date, byline, place]
        .into_iter()
        .flatten()
        .chain(rest)
        .filter(|fact| !fact.is_empty())
        .map(|fact| format!("<bdi>{fact}</bdi>"))
        .collect();
    format!("<p class=\"facts\">{}</p>\n", facts.join(" · "))
}

fn facet(asked: &Request, name: FacetName, counts: &[FacetCount]) -> String {
    if counts.is_empty() {
        return String::new();
    }
    let values: String = counts
        .iter()
        .take(VALUES)
        .map(|FacetCount { value, count }| {
            format!(
                "<li><a href=\"{}\"><bdi>{}</bdi></a> {count}</li>\n",
                escape(&links::narrowed(asked, name, value)),
                escape(value)
            )
        })
        .collect();
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
    let mut ways = String::new();
    if asked.after.is_some() {
        ways += &format!(
            "<a href=\"{}\">First hits</a> ",
            escape(&links::page(asked, None))
        );
    }
    if let Some(next) = &response.next {
        ways += &format!(
            "<a href=\"{}\" rel=\"next\">Next hits</a>",
            escape(&links::page(asked, Some(next)))
        );
    }
    if ways.is_empty() {
        ways
    } else {
        format!("<nav aria-label=\"More hits\">{ways}</nav>\n")
    }
}
