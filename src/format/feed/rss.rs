//! RSS 0.9x, 1.0 (RDF) and 2.0: one `<item>`, one article. With Dublin Core, `content:encoded`, Media RSS.

use super::super::xml::{self, Element, Space};
use super::super::{Draft, Head, Input, MapField, Origins, Record, Rejection, Sink, Verdict};
use super::super::{prose, story};
use super::{add_author, add_keyword, plain};
use crate::article::Article;
use crate::source::SkipReason;
use crate::text::language;

/// Certain at the root element; the export of WordPress is surer.
pub(in super::super) fn sniff(head: &Head<'_>) -> Verdict {
    let is_rss = xml::root(head.text).is_some_and(|root| {
        root.is("rss") || root.is("channel") && root.rest.contains("<item") || is_rdf(&root)
    });
    Verdict::when(
        is_rss,
        97,
        "the root element is <rss>, a <channel> with items, or RDF with items",
    )
}

/// RDF is much else too.
fn is_rdf(root: &xml::Root<'_>) -> bool {
    root.is("RDF")
        && (root.tag.contains("rss/1.0")
            || root.tag.contains("simple/0.9")
            || root.rest.contains("<item"))
}

/// Reads item by item.
pub(in super::super) fn read(input: &mut Input<'_>, sink: &mut Sink<'_>) -> Result<(), Rejection> {
    xml::read(input, &["item"], &mut |around, item| {
        sink(item.and_then(|item| record(&item, channel(around))))
    })
}

/// The channel that an item is in, or, in RDF, beside.
pub(super) fn channel(around: &[Element]) -> Option<&Element> {
    around
        .iter()
        .rev()
        .find(|element| element.name == "channel")
        .or_else(|| around.first()?.child("channel"))
}

/// The first child of this name in one of these vocabularies that says something.
pub(super) fn child<'e>(element: &'e Element, names: &[(Space, &str)]) -> Option<&'e Element> {
    names.iter().find_map(|(space, name)| {
        element
            .children(name)
            .find(|child| child.space == *space && !child.text().trim().is_empty())
    })
}

fn record(item: &Element, channel: Option<&Element>) -> Record {
    let draft = draft(item, channel);
    if item.children("enclosure").any(is_recording)
        && channel.is_some_and(|channel| channel.elements().any(|own| own.space == Space::Itunes))
    {
        return Err(Rejection::new(
            SkipReason::NotAnArticle,
            format!("an episode of a podcast: {}", draft.article.id),
        ));
    }
    let text = child(
        item,
        &[
            (Space::Content, "encoded"),
            (Space::Own, "body"),
            (Space::Other, "body"),
            (Space::Atom, "content"),
        ],
    );
    let summary = child(
        item,
        &[
            (Space::Own, "description"),
            (Space::Atom, "summary"),
            (Space::Dublin, "description"),
            (Space::Itunes, "summary"),
            (Space::Media, "description"),
        ],
    );
    super::record(draft, text.map(markup), summary.map(markup))
}

/// The text of an element that holds markup, escaped or not.
fn markup(element: &Element) -> prose::Prose {
    if element.elements().next().is_some() {
        prose::of_element(element)
    } else {
        prose::of_html(&element.text())
    }
}

/// Whether an enclosure is something to be heard or seen.
fn is_recording(enclosure: &Element) -> bool {
    enclosure
        .attribute("type")
        .is_some_and(|kind| kind.starts_with("audio/") || kind.starts_with("video/"))
}

/// All of an item but its text.
pub(super) fn draft(item: &Element, channel: Option<&Element>) -> Draft {
    let line = |names: &[(Space, &str)]| {
        child(item, names)
            .map(|child| plain(&child.text()))
            .filter(|line| !line.is_empty())
    };
    let of_channel = |names: &[(Space, &str)]| {
        channel
            .and_then(|channel| child(channel, names))
            .map(|child| plain(&child.text()))
            .filter(|line| !line.is_empty())
    };
    let mut origins = Origins::default();
    let mut article = Article {
        headline: line(&[
            (Space::Own, "title"),
            (Space::Dublin, "title"),
            (Space::Media, "title"),
            (Space::Atom, "title"),
        ])
        .unwrap_or_default(),
        url: line(&[(Space::Own, "link")]).or_else(|| link(item)),
        source: line(&[(Space::Own, "source"), (Space::Dublin, "publisher")])
            .or_else(|| of_channel(&[(Space::Own, "title")])),
        copyright: line(&[(Space::Dublin, "rights")])
            .or_else(|| of_channel(&[(Space::Own, "copyright"), (Space::Dublin, "rights")])),
        ..Article::default()
    };
    article.language = line(&[(Space::Dublin, "language")])
        .or_else(|| item.attribute("lang").map(str::to_owned))
        .or_else(|| of_channel(&[(Space::Own, "language"), (Space::Dublin, "language")]))
        .as_deref()
        .and_then(language::normalise);
    article.id = line(&[(Space::Own, "guid"), (Space::Dublin, "identifier")])
        .or_else(|| item.attribute("about").map(str::to_owned))
        .or_else(|| article.url.clone())
        .unwrap_or_default();
    authors(item, &mut article);
    for keyword in item
        .elements()
        .filter(|element| match element.name.as_str() {
            "category" => element.space == Space::Own,
            "subject" => element.space == Space::Dublin,
            _ => false,
        })
    {
        add_keyword(&mut article, &keyword.text());
    }
    for caption in item
        .descendants()
        .filter(|element| element.space == Space::Media && element.name == "description")
    {
        let caption = plain(&caption.text());
        if !caption.is_empty()
            && !article.captions.contains(&caption)
            && article.captions.len() < 100
        {
            article.captions.push(caption);
        }
    }
    if let Some(place) = child(item, &[(Space::Dublin, "coverage")]) {
        story::add_place(&mut article, &place.line(), None);
    }
    let language = article.language.clone();
    let date = |names: &[(Space, &str)]| story::date(&line(names)?, language.as_deref());
    let published = date(&[
        (Space::Own, "pubdate"),
        (Space::Dublin, "date"),
        (Space::Dublin, "created"),
        (Space::Atom, "published"),
        (Space::Own, "date"),
    ]);
    let updated = date(&[(Space::Atom, "updated"), (Space::Dublin, "modified")]);
    Draft {
        article,
        date: published.or(updated),
        updated: updated.filter(|updated| published.is_some_and(|published| published != *updated)),
        origins,
    }
}

/// The authors of an item. A channel's editor is no author.
fn authors(item: &Element, article: &mut Article) {
    for (space, name) in [
        (Space::Dublin, "creator"),
        (Space::Own, "author"),
        (Space::Atom, "author"),
        (Space::Itunes, "author"),
    ] {
        for author in item
            .children(name)
            .filter(|author| author.space == space)
            .take(20)
        {
            let name = author.child("name").unwrap_or(author);
            add_author(article, &name.text());
        }
        if article.byline_line.is_some() {
            return;
        }
    }
}

/// The address of a link in the manner of Atom, or of a guid that is one.
fn link(item: &Element) -> Option<String> {
    let alternate = item
        .children("link")
        .find(|link| link.attribute("rel").is_none_or(|rel| rel == "alternate"))
        .and_then(|link| link.attribute("href"));
    let permanent = || {
        let guid = child(item, &[(Space::Own, "guid")])?;
        let is_link = guid.attribute("ispermalink") != Some("false");
        Some(guid.line()).filter(|guid| is_link && guid.starts_with("http"))
    };
    alternate.map(str::to_owned).or_else(permanent)
}
