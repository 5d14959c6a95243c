//! NITF, the News Industry Text Format of the IPTC, 2 and 3: one `<nitf>`, one article. Also the New York Times
//! Annotated Corpus, which keeps its dates and sections in metas.
//!
//! NewsML carries NITF inside; [`fill`] reads it there too. What the metas of single agencies mean is not guessed.

use super::country;
use super::prose::{self, Prose};
use super::story;
use super::xml::{self, Element};
use super::{Draft, Head, Input, MapField, Origins, Part, Rejection, Sink, Verdict};
use crate::article::Article;
use crate::text::date::Reading;
use crate::text::language;

/// Certain at the root element.
pub(super) fn sniff(head: &Head<'_>) -> Verdict {
    let is_nitf = xml::root(head.text).is_some_and(|root| root.is("nitf"));
    Verdict::when(is_nitf, 98, "the root element is <nitf>")
}

/// Reads each `<nitf>`.
pub(super) fn read(input: &mut Input<'_>, sink: &mut Sink<'_>) -> Result<(), Rejection> {
    xml::read(input, &["nitf"], &mut |_, element| {
        sink(element.and_then(|nitf| {
            let mut draft = Draft::default();
            let prose = fill(&nitf, &mut draft);
            story::record(draft, prose)
        }))
    })
}

/// Fills what an `<nitf>` states and nobody has stated before it, and gives its text.
pub(super) fn fill(nitf: &Element, draft: &mut Draft) -> Prose {
    let article = &mut draft.article;
    let origins = &mut draft.origins;
    let stated = nitf
        .attribute("lang")
        .or_else(|| nitf.attribute("baselang"));
    if article.language.is_none() {
        article.language = origins.told(
            MapField::Language,
            "attribute xml:lang or baselang of <nitf>",
            stated.and_then(language::normalise),
        );
    }
    if let Some(head) = nitf.child("head") {
        fill_head(head, draft);
    }
    let body = nitf.child("body").unwrap_or(nitf);
    if let Some(head) = body.child("body.head") {
        fill_body_head(head, draft);
    }
    let article = &mut draft.article;
    let title = || nitf.at(&["head", "title"]).and_then(Element::some_line);
    if article.headline.is_empty() {
        article.headline = title().unwrap_or_default();
        draft
            .origins
            .note(MapField::Headline, ("element", "head/title"));
    }
    draft
        .origins
        .note(MapField::Body, ("element", "body/body.content"));
    text(body)
}

/// The text: `body.content`, or what of the body is not its head. Of blocks that hold the text and its first paragraph once
/// more, the whole one is taken.
fn text(body: &Element) -> Prose {
    let content = body.child("body.content");
    let full = content.and_then(|content| {
        content
            .children("block")
            .find(|block| block.attribute("class") == Some("full_text"))
    });
    let end = body.at(&["body.end", "tagline"]);
    let mut prose = if let Some(content) = full.or(content) {
        prose::of_element(content)
    } else {
        let mut rest = body.clone();
        rest.nodes.retain(
            |node| !matches!(node, xml::Node::Element(inner) if inner.name.starts_with("body.")),
        );
        prose::of_element(&rest)
    };
    if let Some(end) = end {
        prose.pieces.append(&mut prose::of_element(end).pieces);
    }
    prose
}

fn fill_head(head: &Element, draft: &mut Draft) {
    let article = &mut draft.article;
    let origins = &mut draft.origins;
    for subject in head
        .descendants()
        .filter(|element| element.name == "tobject.subject")
    {
        for part in ["type", "matter", "detail"] {
            if let Some(name) = subject.attribute(&format!("tobject.subject.{part}")) {
                story::add_topic(article, name);
                origins.also(
                    MapField::Topics,
                    ("element", "head/tobject/tobject.subject"),
                );
            }
        }
    }
    let desk = head
        .child("tobject")
        .and_then(|object| object.attribute("tobject.type"))
        .filter(|desk| !desk.eq_ignore_ascii_case("news"));
    article.section = article.section.take().or_else(|| {
        origins.told(
            MapField::Section,
            ("element", "head/tobject@tobject.type"),
            desk.map(str::to_owned),
        )
    });
    if let Some(data) = head.child("docdata") {
        fill_docdata(data, draft);
    }
    let pubdata = head.find("pubdata");
    let article = &mut draft.article;
    let origins = &mut draft.origins;
    if let Some(pubdata) = pubdata {
        article.source = article.source.take().or_else(|| {
            let name = owned(pubdata, "name");
            origins.told(MapField::Source, ("element", "head/pubdata@name"), name)
        });
        article.section = article.section.take().or_else(|| {
            let section = owned(pubdata, "position.section");
            let at = ("element", "head/pubdata@position.section");
            origins.told(MapField::Section, at, section)
        });
        article.url = article.url.take().or_else(|| {
            let address = owned(pubdata, "ex-ref");
            origins.told(MapField::Url, ("element", "head/pubdata@ex-ref"), address)
        });
    }
    fill_metas(head, draft);
    let published = pubdata.and_then(|pubdata| pubdata.attribute("date.publication"));
    let language = draft.article.language.clone();
    let origins = &mut draft.origins;
    draft.date = draft.date.or_else(|| {
        let date = story::date(published?, language.as_deref());
        let at = ("element", "head/pubdata@date.publication");
        origins.told(MapField::Date, at, date)
    });
}

/// The metas of the New York Times; `desk` and `section` are used by others too.
fn fill_metas(head: &Element, draft: &mut Draft) {
    let meta = |name: &str| {
        head.children("meta")
            .find(|meta| meta.attribute("name") == Some(name))
            .and_then(|meta| meta.attribute("content"))
    };
    let section = ["online_sections", "section", "dsk", "aap-desk"]
        .into_iter()
        .find_map(|name| Some((name, meta(name)?)));
    let article = &mut draft.article;
    let origins = &mut draft.origins;
    if let (None, Some((name, section))) = (&article.section, section) {
        article.section = Some(section.to_owned());
        origins.note(MapField::Section, ("meta", name));
    }
    // AAP's take key is the place of the dateline, in brackets.
    let place = meta("anpa-takekey").and_then(|key| key.strip_prefix('(')?.strip_suffix(')'));
    if let (None, Some(place)) = (&article.dateline, place) {
        story::set_dateline(article, place);
        origins.note(MapField::Dateline, ("meta", "anpa-takekey"));
    }
    let day = || {
        let number = |name| meta(name)?.parse::<u32>().ok();
        let year = i32::try_from(number("publication_year")?).ok()?;
        let day = crate::text::edtf::Edtf::day(
            year,
            number("publication_month")?,
            number("publication_day_of_month")?,
        )?;
        Some(Reading::Settled(day))
    };
    draft.date = draft.date.or_else(|| {
        origins.told(
            MapField::Date,
            ("meta", "publication_year, _month, _day_of_month"),
            day(),
        )
    });
}

fn fill_docdata(data: &Element, draft: &mut Draft) {
    let article = &mut draft.article;
    let origins = &mut draft.origins;
    let id = data
        .child("doc-id")
        .and_then(|id| id.attribute("id-string"));
    if article.id.is_empty() {
        id.unwrap_or_default().clone_into(&mut article.id);
        origins.note(MapField::Id, ("element", "head/docdata/doc-id@id-string"));
    }
    if let Some(status) = data.attribute("management-status") {
        article.status = story::status(status);
        origins.note(Part::Status, ("element", "head/docdata@management-status"));
    }
    let key = data.child("du-key");
    article.version = article.version.or_else(|| {
        let version = key.and_then(|key| key.attribute("version"));
        origins.told(
            Part::Version,
            ("element", "head/docdata/du-key@version"),
            version.and_then(story::version),
        )
    });
    let corrected = data
        .child("correction")
        .and_then(|corrected| owned(corrected, "id-string"));
    article.follows = article.follows.take().or_else(|| {
        let at = ("element", "head/docdata/correction@id-string");
        origins.told(Part::Follows, at, corrected)
    });
    add_topics(data, article, origins);
    add_places(data, article, origins);
    if let Some(holder) = data.child("doc.copyright") {
        let parts = [holder.attribute("year"), holder.attribute("holder")];
        let line = parts.into_iter().flatten().collect::<Vec<_>>().join(" ");
        article.copyright = (!line.is_empty()).then_some(line);
        origins.note(
            MapField::Copyright,
            ("element", "head/docdata/doc.copyright"),
        );
        article.source = article.source.take().or_else(|| {
            let at = ("element", "head/docdata/doc.copyright@holder");
            origins.told(MapField::Source, at, owned(holder, "holder"))
        });
    }
    fill_dates(data, draft);
}

/// What it is about: keywords, classifiers, people and organisations.
fn add_topics(data: &Element, article: &mut Article, origins: &mut Origins) {
    for (name, named, path) in [
        ("key-list", "keyword", "head/docdata/key-list/keyword"),
        (
            "identified-content",
            "classifier",
            "head/docdata/identified-content/classifier",
        ),
    ] {
        for list in data.children(name) {
            for keyword in list.children(named) {
                let word = keyword.attribute("key").or(keyword.attribute("value"));
                let word = word.map_or_else(|| keyword.line(), str::to_owned);
                story::add_topic(article, &word);
                origins.also(MapField::Topics, ("element", path));
            }
        }
    }
    if let Some(content) = data.child("identified-content") {
        for who in content
            .elements()
            .filter(|who| matches!(who.name.as_str(), "person" | "org" | "object.title"))
        {
            story::add_topic(article, &who.line());
            let at = "head/docdata/identified-content: person, org, object.title";
            origins.also(MapField::Topics, ("element", at));
        }
    }
}

/// Where it happened.
fn add_places(data: &Element, article: &mut Article, origins: &mut Origins) {
    if let Some(content) = data.child("identified-content") {
        for place in content.children("location") {
            story::add_place(article, &place_name(place), country_in(place));
            let at = ("element", "head/docdata/identified-content/location");
            origins.also(MapField::Places, at);
        }
    }
    for place in data.children("evloc") {
        let name = ["city", "county-dist", "state-prov"]
            .iter()
            .find_map(|part| place.attribute(part));
        let country = place.attribute("iso-cc").and_then(country::alpha2);
        story::add_place(article, name.unwrap_or_default(), country);
        origins.also(MapField::Places, ("element", "head/docdata/evloc"));
    }
}

/// Published when it was issued. What is released later than that is under embargo until then; what is around it may have told one.
fn fill_dates(data: &Element, draft: &mut Draft) {
    let language = draft.article.language.clone();
    let norm = |name: &str| {
        let element = data.child(name)?;
        let norm = element.attribute("norm").map(str::to_owned);
        norm.or_else(|| element.some_line())
    };
    let issued = norm("date.issue");
    let released = norm("date.release");
    let origins = &mut draft.origins;
    draft.date = draft.date.or_else(|| {
        let (at, text) = match (&issued, &released) {
            (Some(issued), _) => ("head/docdata/date.issue", issued),
            (None, released) => ("head/docdata/date.release", released.as_ref()?),
        };
        let date = story::date(text, language.as_deref());
        origins.told(MapField::Date, ("element", at), date)
    });
    draft.embargo = draft.embargo.take().or_else(|| {
        let until = story::release(issued.as_deref(), &released?, language.as_deref());
        let at = "head/docdata/date.release, later than date.issue";
        origins.told(MapField::Embargo, ("element", at), until)
    });
}

fn fill_body_head(head: &Element, draft: &mut Draft) {
    let article = &mut draft.article;
    let origins = &mut draft.origins;
    if article.headline.is_empty() {
        let headline = head.at(&["hedline", "hl1"]);
        article.headline = headline.map(Element::line).unwrap_or_default();
        origins.note(
            MapField::Headline,
            ("element", "body/body.head/hedline/hl1"),
        );
    }
    let bylines: Vec<&Element> = head.children("byline").collect();
    // Of a byline as printed and as a librarian put it, the printed one.
    let printed = bylines
        .iter()
        .find(|line| line.attribute("class") == Some("print_byline"))
        .or(bylines.first());
    if let Some(line) = printed
        && article.byline_line.is_none()
    {
        let line = byline(line);
        story::set_byline(article, &line);
        origins.note(MapField::Byline, ("element", "body/body.head/byline"));
        // Agencies put other lines there: a deck, a kicker.
        if article.byline.is_empty() && article.deck.is_none() && line.split(' ').count() > 6 {
            article.deck = article.byline_line.take();
            origins.note(
                MapField::Deck,
                "element body/body.head/byline, which names nobody",
            );
        }
    }
    if let Some(line) = head.child("dateline") {
        let place = line.child("location");
        let text = place.map_or_else(
            || {
                let mut line = line.clone();
                line.nodes.retain(
                    |node| !matches!(node, xml::Node::Element(inner) if inner.name == "story.date"),
                );
                line.line()
            },
            place_name,
        );
        story::set_dateline(article, &text);
        origins.note(MapField::Dateline, ("element", "body/body.head/dateline"));
        if let Some(place) = place.filter(|place| country_in(place).is_some()) {
            story::add_place(article, &place_name(place), country_in(place));
            let at = ("element", "body/body.head/dateline/location");
            origins.also(MapField::Places, at);
        }
        let dated = line
            .child("story.date")
            .and_then(|date| date.attribute("norm"));
        draft.date = draft.date.or_else(|| {
            let at = ("element", "body/body.head/dateline/story.date@norm");
            origins.told(MapField::Date, at, story::date(dated?, None))
        });
    }
    let article = &mut draft.article;
    let origins = &mut draft.origins;
    article.deck = article.deck.take().or_else(|| {
        let deck = head.child("abstract").and_then(Element::some_line);
        let at = ("element", "body/body.head/abstract");
        origins.told(MapField::Deck, at, deck)
    });
    article.deck = article.deck.take().or_else(|| {
        let deck = subheading(head, &article.headline);
        let at = ("element", "body/body.head/hedline/hl2");
        origins.told(MapField::Deck, at, deck)
    });
    let distributor = head.child("distributor").and_then(Element::some_line);
    let at = ("element", "body/body.head/distributor");
    let distributor = origins.told(MapField::Source, at, distributor);
    article.source = distributor.or(article.source.take());
    article.copyright = article.copyright.take().or_else(|| {
        let owner = head.find("rights.owner").and_then(Element::some_line);
        let at = ("element", "body/body.head/rights/rights.owner");
        origins.told(MapField::Copyright, at, owner)
    });
}

/// A second headline that says something else than the first, and is no slug in capitals.
fn subheading(head: &Element, headline: &str) -> Option<String> {
    let line = head
        .child("hedline")?
        .children("hl2")
        .find(|line| {
            !line
                .attributes
                .iter()
                .any(|(_, value)| value.contains("original"))
        })?
        .some_line()?;
    let slug = !line.chars().any(char::is_lowercase) && line.chars().any(char::is_uppercase);
    (line != headline && !slug).then_some(line)
}

/// A byline with its parts set apart: `By Ann Lee<byttl>Business Writer</byttl>`.
fn byline(line: &Element) -> String {
    let mut text = String::new();
    for node in &line.nodes {
        match node {
            xml::Node::Text(own) => text.push_str(own),
            xml::Node::Element(inner) if inner.name == "byttl" => {
                let bare = text.trim_end().trim_end_matches(',').len();
                text.truncate(bare);
                text.push_str(", ");
                text.push_str(&inner.text());
            }
            xml::Node::Element(inner) => {
                text.push(' ');
                text.push_str(&inner.text());
                text.push(' ');
            }
        }
    }
    crate::text::clean::line(&text)
        .trim_start_matches(", ")
        .to_owned()
}

/// The name of a place: the narrowest part that is marked, else all of it.
fn place_name(place: &Element) -> String {
    ["sublocation", "city", "state", "region", "country"]
        .iter()
        .find_map(|part| place.child(part).and_then(Element::some_line))
        .unwrap_or_else(|| place.line())
}

/// The country that is stated of a place.
fn country_in(place: &Element) -> Option<String> {
    let code = place
        .attribute("iso-cc")
        .or_else(|| place.find("country")?.attribute("iso-cc"))?;
    country::alpha2(code)
}

/// An attribute as a line of text.
fn owned(element: &Element, name: &str) -> Option<String> {
    element.attribute(name).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bylines_keep_their_parts_apart() {
        let check = |text: &str, expected: &str| {
            let mut found = String::new();
            let xml = format!("<nitf><byline>{text}</byline></nitf>");
            let mut bytes = xml.as_bytes();
            let mut input = Input {
                bytes: &mut bytes,
                file: "",
                options: &super::super::Options::default(),
                beside: &crate::source::Beside::default(),
            };
            xml::read(&mut input, &["byline"], &mut |_, element| {
                found = byline(&element.unwrap());
                std::ops::ControlFlow::Continue(())
            })
            .unwrap();
            assert_eq!(found, expected);
        };
        check("By ADA BYRON<byttl>Staff</byttl>", "By ADA BYRON, Staff");
        check(
            "By<person>Ada Byron</person><byttl>Staff</byttl>",
            "By Ada Byron, Staff",
        );
        check("By Ada Byron, <byttl>Staff</byttl>", "By Ada Byron, Staff");
        check("<byttl>Staff</byttl>", "Staff");
    }
}
