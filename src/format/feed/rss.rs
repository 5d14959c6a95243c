//! RSS 0.9x, 1.0 (RDF) and 2.0: one `<item>`, one article. With Dublin Core, `content:encoded`, Media RSS.

use super::super::xml::{self, Element, Space};
use super::super::{
    Draft, Head, Input, MapField, Origin, Origins, Record, Rejection, Sink, Verdict,
};
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
    super::items(input, "item", &mut |around, item| {
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
    let told = |element: &Element| (name_of(element), markup(element));
    super::record(draft, text.map(told), summary.map(told))
}

/// The name of an element of a vocabulary, as an origin.
fn name_of(element: &Element) -> Origin {
    match (element.space, element.name.as_str()) {
        (Space::Content, _) => ("element", "content:encoded").into(),
        (Space::Own, "description") => ("element", "description").into(),
        (Space::Own | Space::Other, "body") => ("element", "body").into(),
        (Space::Atom, "content") => ("element", "atom:content").into(),
        (Space::Atom, _) => ("element", "atom:summary").into(),
        (Space::Dublin, _) => ("element", "dc:description").into(),
        (Space::Itunes, _) => ("element", "itunes:summary").into(),
        (Space::Media, _) => ("element", "media:description").into(),
        _ => "an element of the item".into(),
    }
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

/// An element: its vocabulary, its name in small letters, and its name as it is shown.
type Name = (Space, &'static str, &'static str);

const TITLE: &[Name] = &[
    (Space::Own, "title", "title"),
    (Space::Dublin, "title", "dc:title"),
    (Space::Media, "title", "media:title"),
    (Space::Atom, "title", "atom:title"),
];
const LINK: &[Name] = &[(Space::Own, "link", "link")];
const SOURCE: &[Name] = &[
    (Space::Own, "source", "source"),
    (Space::Dublin, "publisher", "dc:publisher"),
];
const RIGHTS: &[Name] = &[
    (Space::Own, "copyright", "copyright"),
    (Space::Dublin, "rights", "dc:rights"),
];
const LANGUAGE: &[Name] = &[
    (Space::Own, "language", "language"),
    (Space::Dublin, "language", "dc:language"),
];
const ID: &[Name] = &[
    (Space::Own, "guid", "guid"),
    (Space::Dublin, "identifier", "dc:identifier"),
];
const PUBLISHED: &[Name] = &[
    (Space::Own, "pubdate", "pubDate"),
    (Space::Dublin, "date", "dc:date"),
    (Space::Dublin, "created", "dcterms:created"),
    (Space::Atom, "published", "atom:published"),
    (Space::Own, "date", "date"),
];
const UPDATED: &[Name] = &[
    (Space::Atom, "updated", "atom:updated"),
    (Space::Dublin, "modified", "dcterms:modified"),
];

/// All of an item but its text.
pub(super) fn draft(item: &Element, channel: Option<&Element>) -> Draft {
    let said = |element: Option<&Element>, names: &[Name]| {
        names.iter().find_map(|(space, name, shown)| {
            let found = child(element?, &[(*space, *name)])?;
            let line = plain(&found.text());
            (!line.is_empty()).then_some((*shown, line))
        })
    };
    let mut origins = Origins::default();
    let mut take = |field: MapField, own: &[Name], of_channel: &[Name]| {
        let (kind, (name, line)) = said(Some(item), own)
            .map(|found| ("element", found))
            .or_else(|| Some(("element of the channel,", said(channel, of_channel)?)))?;
        origins.told(field, (kind, name), Some(line))
    };
    let mut article = Article {
        headline: take(MapField::Headline, TITLE, &[]).unwrap_or_default(),
        url: take(MapField::Url, LINK, &[]),
        source: take(MapField::Source, SOURCE, &[TITLE[0]]),
        copyright: take(MapField::Copyright, &RIGHTS[1..], RIGHTS),
        ..Article::default()
    };
    let language = take(MapField::Language, &LANGUAGE[1..], &[]);
    let id = take(MapField::Id, ID, &[]);
    article.language = language
        .or_else(|| {
            let at = ("attribute", "xml:lang");
            origins.told(
                MapField::Language,
                at,
                item.attribute("lang").map(str::to_owned),
            )
        })
        .or_else(|| {
            let (name, tag) = said(channel, LANGUAGE)?;
            let at = ("element of the channel,", name);
            origins.told(MapField::Language, at, Some(tag))
        })
        .as_deref()
        .and_then(language::normalise);
    article.url = article.url.take().or_else(|| {
        let at = "element link of Atom, or a guid that is an address";
        origins.told(MapField::Url, at, link(item))
    });
    article.id = id
        .or_else(|| {
            let at = ("attribute", "rdf:about");
            origins.told(MapField::Id, at, item.attribute("about").map(str::to_owned))
        })
        .or_else(|| {
            let at = "the address of the article";
            origins.told(MapField::Id, at, article.url.clone())
        })
        .unwrap_or_default();
    authors(item, &mut article, &mut origins);
    for keyword in item
        .elements()
        .filter(|element| match element.name.as_str() {
            "category" => element.space == Space::Own,
            "subject" => element.space == Space::Dublin,
            _ => false,
        })
    {
        add_keyword(&mut article, &keyword.text());
        let name = if keyword.space == Space::Own {
            "category"
        } else {
            "dc:subject"
        };
        origins.also(MapField::Topics, ("element", name));
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
            origins.also(MapField::Captions, ("element", "media:description"));
        }
    }
    if let Some(place) = child(item, &[(Space::Dublin, "coverage")]) {
        story::add_place(&mut article, &place.line(), None);
        origins.also(MapField::Places, ("element", "dc:coverage"));
    }
    let language = article.language.clone();
    let date = |names: &[Name]| {
        let (name, line) = said(Some(item), names)?;
        Some((name, story::date(&line, language.as_deref())?))
    };
    let published = date(PUBLISHED);
    let updated = date(UPDATED);
    super::dated(article, origins, published, updated)
}

/// The authors of an item. A channel's editor is no author.
fn authors(item: &Element, article: &mut Article, origins: &mut Origins) {
    for (space, name, shown) in [
        (Space::Dublin, "creator", "dc:creator"),
        (Space::Own, "author", "author"),
        (Space::Atom, "author", "atom:author"),
        (Space::Itunes, "author", "itunes:author"),
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
            origins.note(MapField::Byline, ("element", shown));
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
