//! NewsML-G2 of the IPTC: a `newsItem`, or a message with many. Packages, concepts, events and pictures are told and left out.
//!
//! What the metadata states comes first; the text inside (NITF, XHTML, or markup in a text) states the rest. Of subjects
//! and places the names are taken: what codes mean is not looked up. NewsML 1 is another format ([`super::newsml1`]).

use super::xml::{self, Element};
use super::{Draft, Head, Input, MapField, Part, Record, Rejection, Sink, Verdict};
use super::{country, nitf, prose, prose::Prose, story};
use crate::article::Status;
use crate::source::SkipReason;
use crate::text::date::Reading;
use crate::text::{byline, language};

/// The items, and what those are that are no news.
const ITEMS: &[(&str, &str)] = &[
    ("newsitem", ""),
    ("packageitem", "a package of items"),
    ("conceptitem", "a concept"),
    ("knowledgeitem", "a list of concepts"),
    ("planningitem", "a plan of coverage"),
    ("catalogitem", "a catalogue"),
];

/// What classes of items are (the local part of `itemClass`) that are no text.
const CLASSES: &[(&str, &str)] = &[
    ("picture", "a picture"),
    ("graphic", "a graphic"),
    ("audio", "audio"),
    ("video", "a video"),
    ("animation", "an animation"),
];

/// Certain at a root of the standard: by its name, and its namespace or attributes.
pub(super) fn sniff(head: &Head<'_>) -> Verdict {
    let Some(root) = xml::root(head.text) else {
        return Verdict::NO;
    };
    let is_item = ITEMS.iter().any(|(name, _)| root.is(name)) || root.is("newsMessage");
    let tag = root.tag;
    let stated = ["iptc.org/std/nar", "NewsML-G2", "EventsML", "guid="]
        .iter()
        .any(|mark| tag.contains(mark));
    match (is_item, stated) {
        (true, true) => Verdict::new(
            98,
            "the root element is an item or message of NewsML-G2, by its name and its attributes",
        ),
        (true, false) if !tag.contains("itemid") => {
            Verdict::new(80, "the root element has the name of an item of NewsML-G2")
        }
        _ => Verdict::NO,
    }
}

/// Reads item by item.
pub(super) fn read(input: &mut Input<'_>, sink: &mut Sink<'_>) -> Result<(), Rejection> {
    let names: Vec<&str> = ITEMS.iter().map(|(name, _)| *name).collect();
    xml::read(input, &names, &mut |around, item| {
        sink(item.and_then(|item| record(&item, around)))
    })
}

fn record(item: &Element, around: &[Element]) -> Record {
    let guid = item.attribute("guid").unwrap_or_default();
    let no_article = |what: &str| {
        Err(Rejection::new(
            SkipReason::NotAnArticle,
            format!("{what}: {guid}"),
        ))
    };
    if let Some((_, what)) = ITEMS
        .iter()
        .find(|(name, what)| *name == item.name && !what.is_empty())
    {
        return no_article(what);
    }
    let class = item
        .at(&["itemmeta", "itemclass"])
        .and_then(code)
        .unwrap_or_default();
    let class = local(class).to_ascii_lowercase();
    if let Some((_, what)) = CLASSES.iter().find(|(name, _)| *name == class) {
        return no_article(what);
    }
    let mut draft = Draft::default();
    guid.clone_into(&mut draft.article.id);
    draft.origins.note(MapField::Id, ("attribute", "guid"));
    draft.article.version = item.attribute("version").and_then(story::version);
    draft.origins.note(Part::Version, ("attribute", "version"));
    let content = item.child("contentmeta");
    let of_content = content.and_then(|meta| meta.child("language")?.attribute("tag"));
    let (at, tag) = match of_content {
        Some(tag) => (("element", "contentMeta/language@tag"), Some(tag)),
        None => (("attribute", "xml:lang"), item.attribute("lang")),
    };
    draft.article.language = tag.and_then(language::normalise);
    draft.origins.note(MapField::Language, at);
    if let Some(content) = content {
        fill_content(content, &mut draft);
    }
    if let Some(meta) = item.child("itemmeta") {
        fill_item(meta, &mut draft);
    }
    fill_rights(item, &mut draft);
    fill_dates(item, around, &mut draft);
    let Some(set) = item.child("contentset") else {
        return without_text(draft);
    };
    if set.find("events").is_some() || set.find("concept").is_some() {
        return no_article("events");
    }
    match text(set, &mut draft) {
        Some(prose) => story::record(creator_last(draft, content), prose),
        None => without_text(draft),
    }
}

/// An item whose text is somewhere else: a stub, when it says something.
fn without_text(mut draft: Draft) -> Record {
    draft.article.stub = true;
    draft.origins.note(Part::Stub, "no text in contentSet");
    if draft.article.deck.is_none() && draft.article.status == Status::Usable {
        return Err(Rejection::new(
            SkipReason::NoText,
            format!("there is no text in it: {}", draft.article.id),
        ));
    }
    story::record(draft, Prose::default())
}

/// The text of an item, and what it states beside.
fn text(set: &Element, draft: &mut Draft) -> Option<Prose> {
    let renditions = set
        .elements()
        .filter(|part| matches!(part.name.as_str(), "inlinexml" | "inlinedata"));
    // Of several renditions of one text, the one with the most of it.
    let best = renditions.max_by_key(|part| part.text().len())?;
    let at = if best.name == "inlinedata" {
        "contentSet/inlineData"
    } else {
        "contentSet/inlineXML"
    };
    draft.origins.note(MapField::Body, ("element", at));
    if let Some(inner) = best.find("nitf") {
        return Some(nitf::fill(inner, draft));
    }
    if best.name == "inlinedata" {
        return Some(prose::of_html(&best.text()));
    }
    let Some(body) = best.find("body") else {
        return Some(prose::of_element(best));
    };
    // The page of an agency repeats the metadata in a header.
    let mut body = body.clone();
    body.nodes.retain(|node| {
        !matches!(node, xml::Node::Element(inner) if matches!(inner.name.as_str(), "header" | "footer"))
    });
    let loose = body.elements().any(|inner| inner.name == "p");
    if loose {
        // Text between paragraphs is the codes of the agency.
        body.nodes
            .retain(|node| matches!(node, xml::Node::Element(_)));
    }
    Some(prose::of_element(&body))
}

/// Without a byline the creator is the author, if it is a person.
fn creator_last(mut draft: Draft, content: Option<&Element>) -> Draft {
    if draft.article.byline_line.is_some() {
        return draft;
    }
    let creators = content.iter().flat_map(|meta| meta.children("creator"));
    for creator in creators {
        let is_person = creator.child("organisationdetails").is_none();
        let Some(name) = name(creator).filter(|name| is_person && name.contains(' ')) else {
            continue;
        };
        for name in byline::names(&name) {
            if !draft.article.byline.contains(&name) {
                draft.article.byline.push(name);
                draft
                    .origins
                    .also(MapField::Byline, ("element", "contentMeta/creator"));
            }
        }
    }
    draft
}

fn fill_item(meta: &Element, draft: &mut Draft) {
    let article = &mut draft.article;
    let origins = &mut draft.origins;
    if let Some(status) = meta.child("pubstatus").and_then(code) {
        article.status = story::status(status);
        origins.note(Part::Status, ("element", "itemMeta/pubStatus"));
    }
    let at = ("element", "itemMeta/embargoed");
    let until = meta.child("embargoed").map(Element::some_line);
    // In NewsML-G2 one without a date has no end that is told yet.
    if until == Some(None) && article.status == Status::Usable {
        article.status = Status::Withheld;
        origins.note(Part::Status, at);
    }
    let until = until.flatten();
    let until = until.and_then(|printed| story::embargo(&printed, None));
    draft.embargo = origins.told(MapField::Embargo, at, until);
    let is_update = meta.children("signal").filter_map(code).any(|signal| {
        ["update", "correction", "replace"].contains(&local(signal).to_ascii_lowercase().as_str())
    });
    origins.note(Part::Follows, ("element", "itemMeta/link"));
    article.follows = meta
        .children("link")
        .find(|link| match link.attribute("rel") {
            Some(rel) => follows(rel),
            None => is_update,
        })
        .and_then(|link| {
            ["guidref", "residref", "uri", "href"]
                .iter()
                .find_map(|name| link.attribute(name))
        })
        .filter(|before| *before != article.id)
        .map(str::to_owned);
    let provider = meta.child("provider");
    let named = provider.and_then(|provider| provider.child("name")?.some_line());
    article.source = origins
        .told(
            MapField::Source,
            ("element", "itemMeta/provider/name"),
            named,
        )
        .or(article.source.take())
        .or_else(|| {
            let at = ("element", "itemMeta/provider@literal");
            origins.told(MapField::Source, at, provider.and_then(name))
        });
    if article.headline.is_empty() {
        let title = meta
            .children("title")
            .find(|title| title.attribute("role").is_none());
        article.headline = title.map(Element::line).unwrap_or_default();
        origins.note(MapField::Headline, ("element", "itemMeta/title"));
    }
}

/// Whether a relation (`rel` of a link) leads to what the item goes on with, replaces or corrects.
fn follows(rel: &str) -> bool {
    const RELATIONS: &[&str] = &[
        "evolvedfrom",
        "previousversion",
        "replaces",
        "corrects",
        "correctionof",
        "updateof",
        "isupdateof",
        "isrevisionof",
    ];
    RELATIONS.contains(&local(rel).to_ascii_lowercase().as_str())
}

fn fill_content(meta: &Element, draft: &mut Draft) {
    let article = &mut draft.article;
    let origins = &mut draft.origins;
    for headline in meta.children("headline") {
        let line = headline.line();
        let role = headline
            .attribute("role")
            .unwrap_or_default()
            .to_ascii_lowercase();
        if role.contains("sub") {
            article.deck = article.deck.take().or_else(|| {
                let at = "element contentMeta/headline, role of a subheading";
                origins.told(MapField::Deck, at, Some(line))
            });
        } else if article.headline.is_empty() {
            article.headline = line;
            origins.note(MapField::Headline, ("element", "contentMeta/headline"));
        }
    }
    if let Some(by) = meta.child("by") {
        story::set_byline(article, &by.line());
        origins.note(MapField::Byline, ("element", "contentMeta/by"));
    }
    if let Some(dateline) = meta.child("dateline") {
        story::set_dateline(article, &dateline.line());
        origins.note(MapField::Dateline, ("element", "contentMeta/dateline"));
    }
    for description in meta.children("description") {
        let role = description.attribute("role").unwrap_or_default();
        // What feeds call a caption is of their pictures, and in a text a slug.
        let is_summary = !role.to_ascii_lowercase().contains("caption");
        let summary = description
            .some_line()
            .filter(|line| is_summary && !line.ends_with("...") && !line.ends_with('…'));
        article.deck = article.deck.take().or_else(|| {
            let at = ("element", "contentMeta/description");
            origins.told(MapField::Deck, at, summary)
        });
    }
    for located in meta.children("located") {
        story::add_place(
            article,
            &name(located).unwrap_or_default(),
            country_of(located),
        );
        origins.also(MapField::Places, ("element", "contentMeta/located"));
    }
    for subject in meta.children("subject") {
        let Some(name) = subject.child("name").and_then(Element::some_line) else {
            continue;
        };
        let is_place = subject
            .attribute("type")
            .is_some_and(|kind| kind.contains("geo"))
            || subject
                .children("facet")
                .filter_map(code)
                .any(|facet| facet.to_ascii_lowercase().starts_with("geo"));
        if is_place {
            story::add_place(article, &name, country_of(subject));
            origins.also(MapField::Places, ("element", "contentMeta/subject"));
        } else if name.chars().count() > 2 {
            story::add_topic(article, &name);
            origins.also(MapField::Topics, ("element", "contentMeta/subject"));
        }
        let is_desk =
            code(subject).is_some_and(|code| code.to_ascii_lowercase().contains("department"));
        if is_desk && article.section.is_none() {
            article.section = Some(name);
            origins.note(
                MapField::Section,
                "element contentMeta/subject, a department",
            );
        }
    }
    for keyword in meta.children("keyword") {
        story::add_topic(article, &keyword.line());
        origins.also(MapField::Topics, ("element", "contentMeta/keyword"));
    }
    let at = ("element", "contentMeta/infoSource");
    let source = meta.child("infosource").and_then(name);
    article.source = origins.told(MapField::Source, at, source);
}

fn fill_rights(item: &Element, draft: &mut Draft) {
    let Some(rights) = item.child("rightsinfo") else {
        return;
    };
    let article = &mut draft.article;
    let holder = rights.child("copyrightholder").and_then(name);
    let notice = rights.child("copyrightnotice").and_then(Element::some_line);
    let origins = &mut draft.origins;
    let at = ("element", "rightsInfo/copyrightHolder");
    article.copyright = origins
        .told(
            MapField::Copyright,
            ("element", "rightsInfo/copyrightNotice"),
            notice,
        )
        .or_else(|| origins.told(MapField::Copyright, at, holder.clone()));
    article.source = article
        .source
        .take()
        .or_else(|| origins.told(MapField::Source, at, holder));
}

/// Published when it was first created, updated when this version was.
fn fill_dates(item: &Element, around: &[Element], draft: &mut Draft) {
    let language = draft.article.language.clone();
    let read = |element: Option<&Element>| {
        element.and_then(|date| story::date(&date.line(), language.as_deref()))
    };
    let of = |group: &str, name: &str| read(item.at(&[group, name]));
    let sent = || {
        let message = around.first()?.at(&["header", "sent"]);
        read(message)
    };
    let version = of("itemmeta", "versioncreated");
    let origins = &mut draft.origins;
    let mut first = |dates: &[(&'static str, Option<Reading>)], field| {
        let (at, date) = dates.iter().find(|(_, date)| date.is_some())?;
        origins.told(field, ("element", *at), *date)
    };
    draft.date = first(
        &[
            ("itemMeta/firstCreated", of("itemmeta", "firstcreated")),
            (
                "contentMeta/contentCreated",
                of("contentmeta", "contentcreated"),
            ),
            ("itemMeta/versionCreated", version),
            ("header/sent of the message", sent()),
        ],
        MapField::Date,
    );
    draft.updated = first(
        &[
            ("itemMeta/versionCreated", version),
            (
                "contentMeta/contentModified",
                of("contentmeta", "contentmodified"),
            ),
        ],
        MapField::Updated,
    )
    .filter(|version| Some(version) != draft.date.as_ref());
}

/// The name of a concept: written out, else its literal.
fn name(concept: &Element) -> Option<String> {
    concept
        .child("name")
        .and_then(Element::some_line)
        .or_else(|| concept.attribute("literal").map(str::to_owned))
}

/// The code of a concept.
fn code(concept: &Element) -> Option<&str> {
    concept
        .attribute("qcode")
        .or_else(|| concept.attribute("uri"))
}

/// The last part of a code or address: `usable` of `stat:usable`.
fn local(code: &str) -> &str {
    code.rsplit([':', '/', '#']).next().unwrap_or(code)
}

/// The country of a place, where a code of it or of what it lies in is one.
fn country_of(place: &Element) -> Option<String> {
    let is_country = |concept: &&Element| {
        let kind = concept.attribute("type").unwrap_or_default();
        let code = code(concept).unwrap_or_default().to_ascii_lowercase();
        kind.to_ascii_lowercase().ends_with("country")
            || code.starts_with("iso3166")
            || code.starts_with("cntry:")
            || code.starts_with("country:")
    };
    let codes = std::iter::once(place)
        .chain(place.children("sameas"))
        .chain(place.children("broader"))
        .chain(
            place
                .children("broader")
                .flat_map(|wider| wider.children("sameas")),
        );
    codes
        .filter(is_country)
        .filter_map(code)
        .find_map(country::alpha2)
}
