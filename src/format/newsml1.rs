//! NewsML 1.0 to 1.2 of the IPTC: `<NewsML>` with items whose components nest: main text, other languages, pictures.
//!
//! An item is one article: its metadata is what the outermost component states, or the first one in it that does; its
//! text is the component whose role says so, else the longest text. An item without any text is a picture, a sound or a film.

use super::xml::{self, Element};
use super::{Draft, Head, Input, MapField, Origins, Part, Record, Rejection, Sink, Verdict};
use super::{country, nitf, prose, prose::Prose, story};
use crate::article::Article;
use crate::source::SkipReason;
use crate::text::language;

/// Certain at the root element.
pub(super) fn sniff(head: &Head<'_>) -> Verdict {
    let is_newsml = xml::root(head.text).is_some_and(|root| root.is("NewsML"));
    Verdict::when(is_newsml, 98, "the root element is <NewsML>")
}

/// Reads item by item.
pub(super) fn read(input: &mut Input<'_>, sink: &mut Sink<'_>) -> Result<(), Rejection> {
    xml::read(input, &["newsitem"], &mut |around, item| {
        sink(item.and_then(|item| record(&item, around)))
    })
}

fn record(item: &Element, around: &[Element]) -> Record {
    let mut draft = Draft::default();
    fill_identification(item, &mut draft);
    let Some(component) = item.child("newscomponent") else {
        return no_article("no component", &draft);
    };
    draft.article.language = draft.origins.told(
        MapField::Language,
        "element Language of a component, or an attribute xml:lang",
        stated_language(item, component),
    );
    fill_management(item, around, &mut draft);
    fill_lines(component, &mut draft);
    fill_metadata(component, &mut draft);
    let texts = Texts::of(component);
    if let Some(deck) = texts.deck {
        let line = clean(deck);
        let at = "component of the role of a summary or subheadline";
        let origins = &mut draft.origins;
        draft.article.deck =
            (draft.article.deck.take()).or_else(|| origins.told(MapField::Deck, at, line));
    }
    for caption in &texts.captions {
        draft.article.captions.extend(clean(caption));
        draft
            .origins
            .also(MapField::Captions, ("component of the role", "Caption"));
    }
    if texts.is_media || texts.body.is_none() && texts.media {
        return no_article("a picture, sound or film", &draft);
    }
    draft
        .origins
        .note(MapField::Body, ("element", "ContentItem/DataContent"));
    let prose = texts.body.map(|body| text(body, &mut draft));
    let mut prose = prose.unwrap_or_default();
    if let Some(lead) = texts.lead {
        let mut lead = text(lead, &mut draft);
        lead.pieces.append(&mut prose.pieces);
        prose.pieces = lead.pieces;
    }
    if draft.article.headline.is_empty() {
        draft.article.headline = texts.title.and_then(clean).unwrap_or_default();
        draft.origins.note(
            MapField::Headline,
            ("component of the role", "Title or Headline"),
        );
    }
    story::record(draft, prose)
}

fn no_article(what: &str, draft: &Draft) -> Record {
    Err(Rejection::new(
        SkipReason::NotAnArticle,
        format!("{what}: {}", draft.article.id),
    ))
}

/// The name of a thing: `FormalName`.
fn formal(element: &Element) -> Option<&str> {
    element.attribute("formalname")
}

/// The language of a text: nearest to it, else of the whole.
fn stated_language(item: &Element, component: &Element) -> Option<String> {
    component
        .descendants()
        .find(|element| element.name == "language")
        .and_then(formal)
        .or_else(|| component.attribute("lang"))
        .or_else(|| item.attribute("lang"))
        .or_else(|| {
            let inner = component.children("newscomponent");
            inner.into_iter().find_map(|inner| inner.attribute("lang"))
        })
        .and_then(language::normalise)
}

/// The text of a content as one line.
fn clean(content: &Element) -> Option<String> {
    let prose = content_text(content);
    let lines: Vec<_> = prose.pieces.into_iter().map(|piece| piece.text).collect();
    Some(lines.join(" ")).filter(|line| !line.is_empty())
}

/// The text in a `<DataContent>`, whichever markup it is in.
fn content_text(content: &Element) -> Prose {
    match content.find("body") {
        Some(body) => prose::of_element(body),
        None if content.elements().next().is_some() => prose::of_element(content),
        None => {
            let text = content.text();
            if text.contains('<') {
                prose::of_html(&text)
            } else {
                prose::of_text(&text)
            }
        }
    }
}

/// The same, with what NITF states beside.
fn text(content: &Element, draft: &mut Draft) -> Prose {
    match content.find("nitf") {
        Some(inner) => nitf::fill(inner, draft),
        None => content_text(content),
    }
}

/// The texts of an item, by the roles of their components.
#[derive(Default)]
struct Texts<'e> {
    title: Option<&'e Element>,
    deck: Option<&'e Element>,
    lead: Option<&'e Element>,
    body: Option<&'e Element>,
    /// How long the text of each of these is, so that none is measured twice.
    lengths: [usize; 4],
    captions: Vec<&'e Element>,
    /// Whether there are pictures, sounds or films.
    media: bool,
    /// Whether the item as a whole is one of them, and its text describes it.
    is_media: bool,
}

impl<'e> Texts<'e> {
    fn of(component: &'e Element) -> Self {
        let mut texts = Texts::default();
        texts.take(component, "", 0);
        texts
    }

    fn take(&mut self, component: &'e Element, outer: &str, depth: usize) {
        let own = component.child("role").and_then(formal);
        let role = own.unwrap_or(outer).to_ascii_lowercase();
        let is_medium = matches!(
            role.as_str(),
            "audio" | "video" | "photo" | "picture" | "image" | "graphic" | "sound"
        );
        if depth <= 1 && is_medium && self.body.is_none() && !is_spoken(component, &role) {
            self.is_media = true;
        }
        for content in component.children("contentitem") {
            self.take_content(content, &role);
        }
        for inner in component.children("newscomponent") {
            // What belongs to a picture beside a text is no part of the text.
            let before = self.is_media;
            self.take(inner, &role, depth + 1);
            if before != self.is_media && self.body.is_some() && has_main_text(component) {
                self.is_media = before;
            }
        }
    }

    fn take_content(&mut self, content: &'e Element, role: &str) {
        let stated = ["mediatype", "mimetype", "format"]
            .iter()
            .filter_map(|name| content.child(name).and_then(formal));
        let is_medium = stated.map(str::to_ascii_lowercase).any(|kind| {
            [
                "image", "photo", "picture", "graphic", "audio", "video", "jpeg", "mp3", "mpeg",
                "css",
            ]
            .iter()
            .any(|medium| kind.contains(medium))
        });
        let Some(text) = content.child("datacontent").filter(|_| !is_medium) else {
            self.media |= is_medium;
            return;
        };
        let length = text.text().trim().len();
        if length == 0 {
            return;
        }
        let [title, deck, lead, body] = &mut self.lengths;
        let (slot, longest) = match role {
            "title" | "headline" => (&mut self.title, title),
            "subheadline" | "subtitle" | "abstract" | "summary" => (&mut self.deck, deck),
            "lead" => (&mut self.lead, lead),
            "caption" => {
                self.captions.push(text);
                return;
            }
            "contact" | "stylesheet" | "logo" | "keyword" | "keywords" | "label" | "photo" => {
                return;
            }
            _ => (&mut self.body, body),
        };
        // Of several the longest: the same text comes in shorter forms too.
        if length > *longest {
            *slot = Some(text);
            *longest = length;
        }
    }
}

/// Whether a component has a text of its own beside its pictures.
fn has_main_text(component: &Element) -> bool {
    component.children("newscomponent").any(|inner| {
        let role = inner.child("role").and_then(formal).unwrap_or_default();
        matches!(role.to_ascii_lowercase().as_str(), "main" | "body" | "text")
    })
}

/// Whether a recording has the text that is spoken in it beside it: a bulletin of the radio.
fn is_spoken(component: &Element, role: &str) -> bool {
    const CHARACTERS: usize = 400;
    let texts = component.children("newscomponent").filter(|inner| {
        let role = inner.child("role").and_then(formal).unwrap_or_default();
        matches!(role.to_ascii_lowercase().as_str(), "main" | "body" | "text")
    });
    let long = |text: &Element| text.line().chars().count() >= CHARACTERS;
    matches!(role, "audio" | "sound")
        && texts
            .filter_map(|inner| inner.find("datacontent"))
            .any(long)
}

fn fill_identification(item: &Element, draft: &mut Draft) {
    let Some(identifier) = item.at(&["identification", "newsidentifier"]) else {
        return;
    };
    let article = &mut draft.article;
    let origins = &mut draft.origins;
    let line = |name: &str| identifier.child(name).and_then(Element::some_line);
    let made = || {
        let parts = [line("providerid")?, line("dateid")?, line("newsitemid")?];
        Some(format!("urn:newsml:{}", parts.join(":")))
    };
    // The number of the revision is a part of the public one: versions of one item share the rest.
    article.id = line("newsitemid")
        .and(line("publicidentifier"))
        .or_else(made)
        .unwrap_or_default();
    let identifier_of = ("element", "Identification/NewsIdentifier");
    origins.note(MapField::Id, identifier_of);
    let revision = identifier.child("revisionid");
    article.version = revision
        .map(Element::line)
        .filter(|revision| revision.bytes().all(|byte| byte.is_ascii_digit()))
        .and_then(|revision| story::version(&revision));
    let at = ("element", "Identification/NewsIdentifier/RevisionId");
    origins.note(Part::Version, at);
    origins.note(Part::Follows, at);
    let before = revision
        .and_then(|revision| revision.attribute("previousrevision"))
        .filter(|before| before.bytes().any(|byte| byte != b'0'));
    let root = article.id.rsplit_once(':').map(|(root, _)| root);
    article.follows = before
        .zip(root)
        .map(|(before, root)| format!("{root}:{before}"));
}

fn fill_management(item: &Element, around: &[Element], draft: &mut Draft) {
    let management = item.child("newsmanagement");
    let article = &mut draft.article;
    let origins = &mut draft.origins;
    if let Some(status) = management.and_then(|management| formal(management.child("status")?)) {
        article.status = story::status(status);
        origins.note(Part::Status, ("element", "NewsManagement/Status"));
    }
    let derived = management.and_then(|management| {
        let from = management
            .child("updates")
            .or_else(|| management.child("derivedfrom"));
        from?.attribute("newsitem")
    });
    article.follows = article.follows.take().or_else(|| {
        let at = ("element", "NewsManagement: Update or DerivedFrom");
        origins.told(Part::Follows, at, derived.map(str::to_owned))
    });
    // `Embargoed` until the date at which the status will change.
    let language = article.language.clone();
    let until = management
        .and_then(|management| management.at(&["statuswillchange", "dateandtime"]))
        .and_then(|date| story::embargo(&date.line(), language.as_deref()));
    let at = ("element", "NewsManagement/StatusWillChange/DateAndTime");
    draft.embargo = origins.told(MapField::Embargo, at, until);
    let read = |date: Option<&Element>| story::date(&date?.line(), language.as_deref());
    let managed = |name: &str| read(management?.child(name));
    let sent = || read(around.first()?.at(&["newsenvelope", "dateandtime"]));
    let revised = managed("thisrevisioncreated");
    let first = managed("firstcreated");
    let at = match (first, revised) {
        (Some(_), _) => "NewsManagement/FirstCreated",
        (None, Some(_)) => "NewsManagement/ThisRevisionCreated",
        (None, None) => "NewsEnvelope/DateAndTime",
    };
    origins.note(MapField::Date, ("element", at));
    let at = ("element", "NewsManagement/ThisRevisionCreated");
    origins.note(MapField::Updated, at);
    draft.date = first.or(revised).or_else(sent);
    draft.updated = revised.filter(|revised| Some(revised) != draft.date.as_ref());
}

/// The lines of the outermost component that has some; what it leaves out, an inner one may say.
fn fill_lines(component: &Element, draft: &mut Draft) {
    let lines: Vec<&Element> = component
        .descendants()
        .filter(|element| element.name == "newslines")
        .collect();
    let line = |names: &[&str]| {
        lines.iter().find_map(|lines| {
            names
                .iter()
                .find_map(|name| lines.child(name).and_then(Element::some_line))
        })
    };
    let article = &mut draft.article;
    let origins = &mut draft.origins;
    article.headline = line(&["headline"]).unwrap_or_default();
    origins.note(MapField::Headline, ("element", "NewsLines/HeadLine"));
    article.deck = line(&["subheadline"]);
    origins.note(MapField::Deck, ("element", "NewsLines/SubHeadLine"));
    if let Some(byline) = line(&["byline"]) {
        story::set_byline(article, &byline);
        origins.note(MapField::Byline, ("element", "NewsLines/ByLine"));
    }
    if let Some(dateline) = line(&["dateline"]) {
        story::set_dateline(article, &dateline);
        origins.note(MapField::Dateline, ("element", "NewsLines/DateLine"));
    }
    article.copyright = line(&["copyrightline"]);
    origins.note(MapField::Copyright, ("element", "NewsLines/CopyrightLine"));
    article.source = line(&["creditline"]);
    origins.note(MapField::Source, ("element", "NewsLines/CreditLine"));
    for lines in &lines {
        for keyword in lines.children("keywordline") {
            story::add_topic(article, &keyword.line());
            origins.also(MapField::Topics, ("element", "NewsLines/KeywordLine"));
        }
    }
}

fn fill_metadata(component: &Element, draft: &mut Draft) {
    let article = &mut draft.article;
    let origins = &mut draft.origins;
    let party = |name: &str| {
        component
            .descendants()
            .filter(|element| element.name == name)
            .find_map(|element| formal(element.child("party")?))
            .map(str::to_owned)
    };
    article.source = article
        .source
        .take()
        .or_else(|| {
            let at = ("element", "AdministrativeMetadata/Provider/Party");
            origins.told(MapField::Source, at, party("provider"))
        })
        .or_else(|| {
            let at = ("element", "AdministrativeMetadata/Source/Party");
            origins.told(MapField::Source, at, party("source"))
        });
    for description in component
        .descendants()
        .filter(|element| element.name == "topic")
    {
        let named = |wanted: Option<&str>| {
            description.children("description").find(|name| {
                name.attribute("variant") != Some("Category")
                    && (wanted.is_none() || name.attribute("lang") == wanted)
            })
        };
        let language = article.language.clone();
        let primary = language.as_deref().and_then(|tag| tag.split('-').next());
        let name = named(primary).or_else(|| named(None));
        story::add_topic(article, &name.map(Element::line).unwrap_or_default());
        origins.also(MapField::Topics, ("element", "Topic/Description"));
    }
    for metadata in component
        .descendants()
        .filter(|element| element.name == "descriptivemetadata")
    {
        for property in metadata.children("property") {
            if formal(property) == Some("Keyword") {
                story::add_topic(article, property.attribute("value").unwrap_or_default());
                let at = "DescriptiveMetadata/Property of the name Keyword";
                origins.also(MapField::Topics, ("element", at));
            }
        }
        for location in metadata.children("location").chain([metadata]) {
            add_location(location, article, origins);
        }
    }
}

/// A place in properties: its narrowest part, with its country.
fn add_location(location: &Element, article: &mut Article, origins: &mut Origins) {
    let value = |wanted: &str| {
        location
            .children("property")
            .find(|property| formal(property) == Some(wanted))
            .and_then(|property| property.attribute("value"))
    };
    let country = value("Country");
    let code = country.and_then(country::alpha2);
    // A country alone is a place where it is written out, not as a code.
    let name = value("City")
        .or_else(|| value("SubLocation"))
        .or(country.filter(|name| code.is_none() && name.chars().count() > 3));
    if let Some(name) = name {
        story::add_place(article, name, code);
        origins.also(
            MapField::Places,
            ("element", "DescriptiveMetadata/Location"),
        );
    }
}
