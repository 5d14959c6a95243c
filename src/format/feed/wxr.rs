//! WXR, the export of WordPress: RSS with whole posts, their status and their authors.
//!
//! Posts are articles, drafts among them (withheld). Pages of the site, attachments, menus and the like are not.

use std::ops::ControlFlow;

use super::super::xml::{self, Element, Space};
use super::super::{Head, Input, MapField, Origins, Part, Record, Rejection, Sink, Verdict};
use super::super::{prose, prose::Prose, story};
use super::{add_author, rss};
use crate::article::{Article, Status};
use crate::source::SkipReason;

/// A caption ends within so many bytes.
const CAPTION: usize = 4_000;

/// Certain when the vocabulary of the export is declared.
pub(in super::super) fn sniff(head: &Head<'_>) -> Verdict {
    let is_export = xml::root(head.text)
        .is_some_and(|root| root.is("rss") && root.tag.contains("wordpress.org/export/"));
    Verdict::when(
        is_export,
        99,
        "the root element is <rss>, and declares the export of WordPress",
    )
}

/// Reads item by item.
pub(in super::super) fn read(input: &mut Input<'_>, sink: &mut Sink<'_>) -> Result<(), Rejection> {
    super::items(input, "item", &mut |around, item| -> ControlFlow<()> {
        sink(item.and_then(|item| record(&item, rss::channel(around))))
    })
}

/// What the export says of an item.
fn meta(item: &Element, name: &str) -> Option<String> {
    rss::child(item, &[(Space::WordPress, name)]).and_then(Element::some_line)
}

/// Types of posts that hold no text of the publication.
fn is_no_post(kind: &str) -> bool {
    const KINDS: &[&str] = &[
        "attachment",
        "page",
        "nav_menu_item",
        "revision",
        "custom_css",
        "customize_changeset",
        "oembed_cache",
        "user_request",
        "feedback",
    ];
    KINDS.contains(&kind) || kind.starts_with("wp_") || kind.starts_with("acf")
}

fn record(item: &Element, channel: Option<&Element>) -> Record {
    let mut draft = rss::draft(item, channel);
    let kind = meta(item, "post_type").unwrap_or_default();
    if is_no_post(&kind) {
        return Err(Rejection::new(
            SkipReason::NotAnArticle,
            format!("of the type {kind}: {}", draft.article.id),
        ));
    }
    let language = draft.article.language.clone();
    let date = |name: &str, zone: &str| {
        let text = meta(item, name)?;
        story::date(&format!("{text}{zone}"), language.as_deref())
    };
    let in_utc = date("post_date_gmt", "Z");
    let published = in_utc.or_else(|| date("post_date", ""));
    if published.is_some() {
        let at = in_utc.map_or("wp:post_date", |_| "wp:post_date_gmt");
        draft.origins.note(MapField::Date, ("element", at));
    }
    let at = ("element", "wp:post_modified_gmt");
    draft.origins.note(MapField::Updated, at);
    draft.date = published.or(draft.date);
    draft.updated = date("post_modified_gmt", "Z")
        .filter(|updated| draft.date.is_some_and(|published| published != *updated));
    let article = &mut draft.article;
    let origins = &mut draft.origins;
    let status = meta(item, "status").unwrap_or_default();
    article.status = match status.as_str() {
        "future" | "pending" | "auto-draft" => Status::Withheld,
        "trash" => Status::Canceled,
        other => story::status(other),
    };
    origins.note(Part::Status, ("element", "wp:status"));
    if status == "future" {
        origins.note(MapField::Embargo, "element wp:status, future, and the date");
        // The date of the feed may be the day of the export.
        draft.embargo = Some(published.ok_or_else(|| "future, without a date".into()));
    }
    display_names(item, channel, article, origins);
    origins.note(MapField::Section, "element category, domain category");
    article.section = item
        .children("category")
        .find(|category| category.attribute("domain") == Some("category"))
        .and_then(Element::some_line)
        .filter(|section| !section.eq_ignore_ascii_case("uncategorized"));
    article
        .topics
        .retain(|topic| !topic.eq_ignore_ascii_case("uncategorized"));
    let excerpt = rss::child(item, &[(Space::Excerpt, "encoded")]);
    let excerpt = excerpt.map(|excerpt| super::plain(&excerpt.text()));
    origins.note(MapField::Deck, ("element", "excerpt:encoded"));
    origins.note(MapField::Body, ("element", "content:encoded"));
    article.deck = excerpt.filter(|excerpt| !excerpt.is_empty());
    let content = rss::child(item, &[(Space::Content, "encoded")]);
    let prose = content.map(|content| post(&content.text()));
    story::record(draft, prose.unwrap_or_default())
}

/// Authors are given by what they log in with; the head of the export has their names.
fn display_names(
    item: &Element,
    channel: Option<&Element>,
    article: &mut Article,
    origins: &mut Origins,
) {
    let Some(login) = rss::child(item, &[(Space::Dublin, "creator")]).and_then(Element::some_line)
    else {
        return;
    };
    let authors = channel
        .into_iter()
        .flat_map(|channel| channel.children("author"));
    let author = authors
        .filter(|author| author.space == Space::WordPress)
        .find(|author| meta(author, "author_login").as_deref() == Some(login.as_str()));
    let name = author.and_then(|author| {
        let part = |name| meta(author, name).unwrap_or_default();
        let whole = format!("{} {}", part("author_first_name"), part("author_last_name"));
        meta(author, "author_display_name")
            .filter(|name| name.contains(' '))
            .or(Some(whole.trim().to_owned()).filter(|whole| whole.contains(' ')))
            .or_else(|| meta(author, "author_display_name"))
    });
    if let Some(name) = name {
        article.byline.clear();
        article.byline_line = None;
        add_author(article, &name);
        let at = ("element of the channel,", "wp:author");
        origins.note(MapField::Byline, at);
    }
    // Nobody is called that.
    if login.eq_ignore_ascii_case("admin") && article.byline.is_empty() {
        article.byline_line = None;
    }
}

/// The text of a post: where it has no paragraphs, its line ends are breaks; shortcodes are for the machine.
fn post(content: &str) -> Prose {
    let (content, captions) = without_shortcodes(content);
    let has_blocks = content.contains("<p>") || content.contains("<p ");
    let mut prose = if has_blocks {
        prose::of_html(&content)
    } else {
        let content = content.replace("\r\n", "\n");
        prose::of_html(&content.replace('\n', "<br>"))
    };
    prose.captions.extend(captions);
    prose
}

/// The content without `[gallery ids="1"]`, and the text of each `[caption]…[/caption]`.
fn without_shortcodes(content: &str) -> (String, Vec<String>) {
    let mut kept = String::with_capacity(content.len());
    let mut captions = Vec::new();
    let mut rest = content;
    while let Some(at) = rest.find('[') {
        kept.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest
            .bytes()
            .take(2_000)
            .position(|byte| byte == b']' || byte == b'\n')
            .filter(|end| rest.as_bytes()[*end] == b']');
        let inner = end.map_or("", |end| &rest[1..end]);
        if !is_shortcode(inner) {
            kept.push('[');
            rest = &rest[1..];
            continue;
        }
        rest = &rest[inner.len() + 2..];
        if inner.starts_with("caption") || inner.starts_with("wp_caption") {
            let close = rest[..floor(rest, CAPTION)].find("[/").unwrap_or(0);
            let caption = super::plain(&rest[..close]);
            if !caption.is_empty() {
                captions.push(caption);
            }
            rest = &rest[close..];
        }
    }
    kept.push_str(rest);
    (kept, captions)
}

/// The last place up to `most` where a text can be cut.
fn floor(text: &str, most: usize) -> usize {
    (0..=most.min(text.len()))
        .rev()
        .find(|at| text.is_char_boundary(*at))
        .unwrap_or(0)
}

/// Whether what stands in square brackets is a shortcode: a name in small letters, with attributes or of those that have none.
fn is_shortcode(inner: &str) -> bool {
    let name = inner.trim_start_matches('/');
    let name = name.split([' ', '=']).next().unwrap_or_default();
    let is_name = name.len() > 2
        && name
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte == b'_' || byte == b'-');
    let known = [
        "gallery",
        "caption",
        "wp_caption",
        "embed",
        "audio",
        "video",
        "playlist",
        "more",
    ];
    is_name && (inner.contains("=\"") || inner.contains("='") || known.contains(&name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn posts_without_paragraphs_have_lines() {
        let texts = |content: &str| -> Vec<String> {
            post(content)
                .pieces
                .into_iter()
                .map(|piece| piece.text)
                .collect()
        };
        assert_eq!(
            texts("One.\n\nTwo, and\r\n\r\nthree."),
            ["One.", "Two, and", "three."]
        );
        assert_eq!(
            texts("<p>One\nline.</p>\n<p>Two.</p>"),
            ["One line.", "Two."]
        );
        assert_eq!(
            texts("Said [the mayor]. [gallery ids=\"1\"]"),
            ["Said [the mayor]."]
        );
        let captioned = post("[caption id=\"a\"]<img> A ferry[/caption]\n\nText.");
        assert_eq!(captioned.captions, ["A ferry"]);
        assert_eq!(captioned.pieces.len(), 1);
    }
}
