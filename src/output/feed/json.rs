//! JSON Feed 1.1. What it has no member for stands in `_morgue`, as its extensions do: the date as precisely as it is known.

use chrono::SecondsFormat;
use serde_json::{Map, Value, json};

use super::xml::escape;
use super::{Entry, Feed};

/// The feed as JSON.
pub(crate) fn json(feed: &Feed) -> String {
    let items: Vec<_> = feed.entries.iter().map(item).collect();
    let feed = json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.page,
        "feed_url": feed.here,
        "items": items,
    });
    format!("{feed}\n")
}

fn item(entry: &Entry) -> Value {
    let article = &entry.article;
    let names = article.byline.iter().map(|name| json!({"name": name}));
    let members = [
        ("id", json!(entry.id)),
        ("url", json!(entry.page)),
        ("external_url", json!(entry.original())),
        (
            "title",
            json!(Some(&article.headline).filter(|headline| !headline.is_empty())),
        ),
        (
            "content_html",
            json!(format!("<p>{}</p>", escape(&entry.summary))),
        ),
        (
            "date_published",
            json!(
                entry
                    .published
                    .map(|time| time.to_rfc3339_opts(SecondsFormat::AutoSi, true))
            ),
        ),
        (
            "date_modified",
            json!(
                article
                    .updated
                    .map(|_| entry.updated.to_rfc3339_opts(SecondsFormat::AutoSi, true))
            ),
        ),
        ("authors", names.collect()),
        ("tags", json!(article.topics)),
        ("language", json!(article.language)),
        (
            "_morgue",
            json!({"id": article.id, "date": article.date, "source": article.source, "section": article.section}),
        ),
    ];
    let told = |value: &Value| !value.is_null() && *value != json!([]);
    let members = members.into_iter().filter(|(_, value)| told(value));
    Value::Object(
        members
            .map(|(name, value)| (name.to_owned(), value))
            .collect::<Map<_, _>>(),
    )
}
