//! Atom 0.3 and 1.0 (RFC 4287): one `<entry>`, one article. A file that is one entry is read too.

use super::super::xml::{self, Element, Space};
use super::super::{Draft, Head, Input, MapField, Origins, Record, Rejection, Sink, Verdict};
use super::super::{prose, prose::Prose, story};
use super::{add_author, add_keyword, plain};
use crate::article::Article;
use crate::source::SkipReason;
use crate::text::language;

/// Certain at the root element.
pub(in super::super) fn sniff(head: &Head<'_>) -> Verdict {
    let is_atom = xml::root(head.text).is_some_and(|root| {
        let named = root.is("feed") || root.is("entry");
        named && (root.tag.to_ascii_lowercase().contains("atom") || root.rest.contains("entry>"))
    });
    Verdict::when(is_atom, 97, "the root element is <feed> or <entry> of Atom")
}

/// Reads entry by entry.
pub(in super::super) fn read(input: &mut Input<'_>, sink: &mut Sink<'_>) -> Result<(), Rejection> {
    super::items(input, "entry", &mut |around, entry| {
        sink(entry.and_then(|entry| record(&entry, around.first())))
    })
}

/// The first child of this name that is Atom's own.
fn own<'e>(element: &'e Element, name: &str) -> Option<&'e Element> {
    element
        .children(name)
        .find(|child| matches!(child.space, Space::Own | Space::Atom))
}

fn record(entry: &Element, feed: Option<&Element>) -> Record {
    let mut draft = draft(entry, feed);
    let is_film = entry
        .elements()
        .any(|element| element.space == Space::Other && element.name == "videoid");
    if is_film {
        return Err(Rejection::new(
            SkipReason::NotAnArticle,
            format!("a video: {}", draft.article.id),
        ));
    }
    let content = own(entry, "content");
    if let Some(source) = content.and_then(|content| content.attribute("src")) {
        let origins = &mut draft.origins;
        draft.article.url = draft.article.url.take().or_else(|| {
            let at = ("element", "content@src");
            origins.told(MapField::Url, at, Some(source.to_owned()))
        });
    }
    let media = || {
        let described =
            |element: &&Element| element.space == Space::Media && element.name == "description";
        entry.descendants().find(described)
    };
    let summary = own(entry, "summary").or_else(media);
    let summary = summary.map(|summary| {
        let at = match summary.space {
            Space::Media => ("element", "media:description"),
            _ => ("element", "summary"),
        };
        (at.into(), text(summary))
    });
    let content = content.map(|content| (("element", "content").into(), text(content)));
    super::record(draft, content, summary)
}

/// The text of a text construct: plain, escaped, or XHTML.
fn text(construct: &Element) -> Prose {
    if construct.elements().next().is_some() {
        return prose::of_element(construct);
    }
    // Types of pictures and of archives hold their bytes in letters.
    let kind = construct.attribute("type").unwrap_or("text");
    let is_text = ["text", "html", "xhtml"].contains(&kind)
        || kind.starts_with("text/")
        || kind.contains("xml");
    if is_text {
        prose::of_html(&construct.text())
    } else {
        Prose::default()
    }
}

/// A text construct as one line.
fn line(construct: &Element) -> Option<String> {
    Some(plain(&construct.text())).filter(|line| !line.is_empty())
}

fn draft(entry: &Element, feed: Option<&Element>) -> Draft {
    // An entry that was taken over says where from.
    let source = own(entry, "source");
    let of_feed = |name: &str| {
        source
            .and_then(|source| own(source, name))
            .or_else(|| own(feed?, name))
    };
    let link = entry
        .children("link")
        .find(|link| link.attribute("rel").is_none_or(|rel| rel == "alternate"));
    let mut origins = Origins::default();
    let mut article = Article {
        id: own(entry, "id").map(Element::line).unwrap_or_default(),
        headline: own(entry, "title").and_then(line).unwrap_or_default(),
        url: link
            .and_then(|link| link.attribute("href"))
            .map(str::to_owned),
        source: of_feed("title").and_then(line),
        copyright: own(entry, "rights")
            .or_else(|| of_feed("rights"))
            .and_then(line),
        ..Article::default()
    };
    for (field, name) in [
        (MapField::Id, "id"),
        (MapField::Headline, "title"),
        (MapField::Url, "link@href"),
        (MapField::Copyright, "rights, of the entry or of the feed"),
    ] {
        origins.note(field, ("element", name));
    }
    let at = source.map_or("element title of the feed", |_| "element source/title");
    origins.note(MapField::Source, at);
    if article.id.is_empty() {
        origins.note(MapField::Id, "the address of the article");
        article.id = article.url.clone().unwrap_or_default();
    }
    let content = own(entry, "content");
    article.language = [content, Some(entry), source, feed]
        .into_iter()
        .flatten()
        .find_map(|element| element.attribute("lang"))
        .and_then(language::normalise);
    let at = "attribute xml:lang, the nearest to the text";
    origins.note(MapField::Language, at);
    let authors = |element: &Element, article: &mut Article| {
        for author in element.children("author").take(20) {
            let name = author.child("name").unwrap_or(author);
            add_author(article, &name.text());
        }
    };
    authors(entry, &mut article);
    origins.note(MapField::Byline, ("element", "author"));
    if article.byline_line.is_none()
        && let Some(feed) = source.or(feed)
    {
        authors(feed, &mut article);
        origins.note(MapField::Byline, "element author of the feed");
    }
    for category in entry.children("category") {
        let name = category
            .attribute("label")
            .or_else(|| category.attribute("term"))
            .map_or_else(|| category.text(), str::to_owned);
        add_keyword(&mut article, &name);
        origins.also(MapField::Topics, ("element", "category"));
    }
    let language = article.language.clone();
    let date = |names: &[&'static str]| {
        let (name, element) = names
            .iter()
            .find_map(|name| Some((*name, own(entry, name)?)))?;
        Some((name, story::date(&element.line(), language.as_deref())?))
    };
    let published = date(&["published", "issued", "created"]);
    let updated = date(&["updated", "modified"]);
    super::dated(article, origins, published, updated)
}
