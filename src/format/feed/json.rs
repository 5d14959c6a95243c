//! JSON Feed 1.0 and 1.1: one member of `items`, one article.

use serde_json::Value;

use super::super::stream::{decoded, whole};
use super::super::{Draft, Head, Input, MapField, Origins, Record, Rejection, Sink, Verdict};
use super::super::{json, prose, story};
use super::{add_author, add_keyword, plain};
use crate::article::Article;
use crate::source::SkipReason;
use crate::text::language;

/// Certain when an object names the version of the standard.
pub(in super::super) fn sniff(head: &Head<'_>) -> Verdict {
    let text = head.text.trim_start_matches('\u{feff}').trim_start();
    let text = text.strip_prefix('{').unwrap_or_default();
    let is_feed = text.contains("jsonfeed.org/version") || text.contains("jsonfeed.org\\/version");
    Verdict::when(is_feed, 99, "an object that names jsonfeed.org/version")
}

/// Reads the feed as a whole, then item by item.
pub(in super::super) fn read(input: &mut Input<'_>, sink: &mut Sink<'_>) -> Result<(), Rejection> {
    let bytes = whole(&mut *decoded(input)?)?;
    json::few_enough(&String::from_utf8_lossy(&bytes))?;
    let feed: Value = serde_json::from_slice(&bytes)
        .map_err(|error| Rejection::new(SkipReason::Malformed, error.to_string()))?;
    let items = feed.get("items").and_then(Value::as_array);
    let items = items
        .filter(|items| !items.is_empty())
        .ok_or_else(super::nothing)?;
    for item in items {
        if sink(record(item, &feed)).is_break() {
            break;
        }
    }
    Ok(())
}

fn text<'v>(value: &'v Value, name: &str) -> Option<&'v str> {
    value
        .get(name)?
        .as_str()
        .map(str::trim)
        .filter(|text| !text.is_empty())
}

fn record(item: &Value, feed: &Value) -> Record {
    let owned = |name: &str| text(item, name).map(str::to_owned);
    let mut origins = Origins::default();
    let mut article = Article {
        headline: text(item, "title").map(plain).unwrap_or_default(),
        url: owned("url").or_else(|| owned("external_url")),
        source: text(feed, "title").map(plain),
        ..Article::default()
    };
    let at = text(item, "url").map_or("external_url", |_| "url");
    origins.note(MapField::Headline, ("member", "title"));
    origins.note(MapField::Url, ("member", at));
    origins.note(MapField::Source, "member title of the feed");
    origins.note(MapField::Id, ("member", "id"));
    let number = item.get("id").filter(|id| id.is_number());
    article.id = owned("id")
        .or_else(|| number.map(Value::to_string))
        .or_else(|| {
            let at = "the address of the article";
            origins.told(MapField::Id, at, article.url.clone())
        })
        .unwrap_or_default();
    article.language = text(item, "language")
        .or_else(|| text(feed, "language"))
        .and_then(language::normalise);
    let at = text(item, "language").map_or("language of the feed", |_| "language");
    origins.note(MapField::Language, ("member", at));
    for (holder, at) in [(item, "authors"), (feed, "authors of the feed")] {
        origins.note(MapField::Byline, ("member", at));
        let many = holder.get("authors").and_then(Value::as_array);
        for author in many.into_iter().flatten().take(20) {
            add_author(&mut article, text(author, "name").unwrap_or_default());
        }
        if article.byline_line.is_none()
            && let Some(author) = holder.get("author")
        {
            add_author(&mut article, text(author, "name").unwrap_or_default());
        }
        if article.byline_line.is_some() {
            break;
        }
    }
    let tags = item.get("tags").and_then(Value::as_array);
    for tag in tags.into_iter().flatten().filter_map(Value::as_str) {
        add_keyword(&mut article, tag);
        origins.also(MapField::Topics, ("member", "tags"));
    }
    let language = article.language.clone();
    let date = |name: &str| story::date(text(item, name)?, language.as_deref());
    let (published, updated) = (date("date_published"), date("date_modified"));
    let at = published.map_or("date_modified", |_| "date_published");
    origins.note(MapField::Date, ("member", at));
    origins.note(MapField::Updated, ("member", "date_modified"));
    let draft = Draft {
        article,
        date: published.or(updated),
        updated: updated.filter(|updated| published.is_some_and(|published| published != *updated)),
        origins,
        ..Draft::default()
    };
    let prose = |name: &'static str| {
        let text = text(item, name)?;
        Some((("member", name).into(), prose::of_html(text)))
    };
    super::record(
        draft,
        prose("content_html").or_else(|| prose("content_text")),
        prose("summary"),
    )
}
