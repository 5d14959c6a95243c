//! Which member of an object, or which column of a table, holds which field of an article; and whether it is one.
//!
//! Shared by JSON, JSON lines and tables. [`names`] knows the names, [`value`] reads what is found under them, and here
//! the best of what is found is chosen. What the user says with `--map` wins over everything.

mod draft;
mod names;
mod node;
mod value;
mod version;

use super::{Draft, MapField, Options, Origins, Record, Rejection};
use crate::article::Status;
use crate::source::SkipReason;
pub(crate) use draft::split_dateline;
pub(crate) use names::recognise;
pub(crate) use node::Node;
pub(crate) use value::language_tag;
pub(crate) use version::{is_status, status_among};

/// Objects that only wrap the fields of an article: their members count as members of the object around them.
const WRAPPERS: &[&str] = &[
    "fields",
    "attributes",
    "_source",
    "item",
    "article",
    "story",
    "document",
    "doc",
    "data",
    "node",
    "meta",
    "metadata",
    "newsitem",
    "news",
    "post",
    "record",
    "payload",
    "content",
    "result",
    "response",
    "entry",
    "hits",
    "feed",
];

/// How deeply wrappers are opened.
const DEPTH: usize = 3;

/// What each layer of wrapping adds to a rank: a member further out is the better one.
const WRAPPED: u16 = 200;

/// What is said of a record with fields for headline and text, and nothing in them.
const EMPTY: &str = "headline and text are empty";

/// Whether an object of this name only wraps others.
pub(crate) fn is_wrapper(name: &str) -> bool {
    WRAPPERS
        .iter()
        .any(|known| known.eq_ignore_ascii_case(name))
}

/// Whether the object stands alone in its file. Alone, a title and a few more members do not make an article: it may be
/// the settings of some program. As one of many, a title is enough.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Company {
    /// It is the file, or the only one of its kind in it.
    Alone,
    /// It is one of several: a line, an element of an array, a row.
    Many,
}

/// The values found for the fields of one article.
#[derive(Debug, Default)]
pub(crate) struct Fields<'n> {
    found: [Option<Found<'n>>; MapField::COUNT],
    /// Where they were found, if anybody wants to know.
    origins: Origins,
}

/// A value, and how good its name is.
#[derive(Debug, Clone, Copy)]
struct Found<'n> {
    node: &'n Node<'n>,
    rank: u16,
    /// Found under the bare name `name`, which many things have that are no articles.
    weak: bool,
}

impl<'n> Fields<'n> {
    /// The fields of an object.
    pub(crate) fn of(object: &'n Node<'n>, options: &Options) -> Self {
        let mut fields = Fields::default();
        fields.collect(object, 0, options);
        for (field, name) in &options.map {
            // Of several names for one field the first that is there is taken.
            if let (None, Some(node)) = (fields.get(*field), at_path(object, name)) {
                fields.offer(*field, node, 0, false);
            }
        }
        if options.explain {
            fields.explain(object, options);
        }
        fields
    }

    /// Takes `node` for `field`, if nothing better was found before.
    pub(crate) fn offer(&mut self, field: MapField, node: &'n Node<'n>, rank: u16, weak: bool) {
        let place = &mut self.found[field as usize];
        if !node.is_void() && fits(field, node) && place.is_none_or(|before| rank < before.rank) {
            *place = Some(Found { node, rank, weak });
        }
    }

    fn collect(&mut self, object: &'n Node<'n>, depth: usize, options: &Options) {
        let mapped = |name: &str| {
            options
                .map
                .iter()
                .any(|(_, mapped)| mapped.eq_ignore_ascii_case(name))
        };
        let layers = u16::try_from(depth)
            .unwrap_or(u16::MAX)
            .saturating_mul(WRAPPED);
        for (name, node) in object.members() {
            if depth < DEPTH && matches!(node, Node::Object(_)) && is_wrapper(name) && wraps(node) {
                self.collect(node, depth + 1, options);
                continue;
            }
            let Some(recognised) = recognise(name) else {
                continue;
            };
            let said = options
                .map
                .iter()
                .any(|(field, _)| *field == recognised.field);
            if !said && !mapped(name) {
                let weak = name.eq_ignore_ascii_case("name");
                self.offer(
                    recognised.field,
                    node,
                    layers.saturating_add(recognised.rank),
                    weak,
                );
            }
        }
    }

    /// Notes the paths of what was found.
    fn explain(&mut self, object: &'n Node<'n>, options: &Options) {
        for (at, found) in self.found.iter().enumerate() {
            let Some(found) = found else { continue };
            let field = MapField::ALL[at];
            let path = path_of(object, found.node, 0).unwrap_or_default();
            let said = options.map.iter().any(|(mapped, _)| *mapped == field);
            let said = if said { ", as --map says" } else { "" };
            self.origins.note(field, format!("member {path}{said}"));
        }
    }

    /// Notes where a field was found by whoever offered it.
    pub(crate) fn note(&mut self, field: MapField, origin: String) {
        self.origins.note(field, origin);
    }

    /// The field that this value was taken for.
    pub(crate) fn is_taken(&self, field: MapField, node: &Node<'_>) -> bool {
        self.get(field).is_some_and(|own| std::ptr::eq(own, node))
    }

    fn origins(&self) -> Origins {
        self.origins.clone()
    }

    fn get(&self, field: MapField) -> Option<&'n Node<'n>> {
        self.found[field as usize].map(|found| found.node)
    }

    fn has(&self, field: MapField) -> bool {
        self.found[field as usize].is_some()
    }

    /// Whether the user said where headline or text are, and they are there.
    pub(crate) fn are_mapped(&self, options: &Options) -> bool {
        options.map.iter().any(|(field, _)| {
            matches!(field, MapField::Headline | MapField::Body) && self.has(*field)
        })
    }

    /// Whether there is a headline that can be nothing else.
    pub(crate) fn has_headline(&self) -> bool {
        self.found[MapField::Headline as usize].is_some_and(|found| !found.weak)
    }

    /// Whether these are the fields of an article.
    pub(crate) fn are_an_article(&self, company: Company) -> bool {
        const TELLING: &[MapField] = &[
            MapField::Date,
            MapField::Byline,
            MapField::Url,
            MapField::Section,
            MapField::Source,
            MapField::Deck,
            MapField::Topics,
            MapField::Language,
        ];
        let others = TELLING.iter().filter(|field| self.has(**field)).count();
        let signed = self.has(MapField::Date) || self.has(MapField::Byline);
        let headline = self.has_headline();
        match (self.has(MapField::Body), company) {
            (true, Company::Many) => true,
            (true, Company::Alone) => {
                headline || others > 0 || value::is_long(self.get(MapField::Body))
            }
            (false, Company::Many) if headline => true,
            (false, Company::Alone) if headline => signed && others > 1 || others > 2,
            (false, _) => {
                let described = self.has(MapField::Deck) || self.has(MapField::Url);
                self.has(MapField::Headline) && self.has(MapField::Date) && described
            }
        }
    }

    /// The article that they make.
    pub(crate) fn draft(&self) -> Draft {
        draft::draft(self)
    }
}

/// The record that an object is.
pub(crate) fn record(object: &Node<'_>, options: &Options, company: Company) -> Record {
    let fields = Fields::of(object, options);
    let said = fields.are_mapped(options);
    let has_body = fields.has(MapField::Body);
    let other = || other_item(innermost(object), has_body);
    if let Some(kind) = other_item(object, has_body).or_else(other) {
        return Err(Rejection::new(SkipReason::NotAnArticle, kind));
    }
    let table = matches!(innermost(object).member("profile"), Some(Node::Text(profile)) if TABLES.iter().any(|known| known.eq_ignore_ascii_case(profile)));
    if table && !said {
        return Err(Rejection::new(
            SkipReason::NotAnArticle,
            "it is a table of results, or a calendar",
        ));
    }
    if !said && !version::withdraws(innermost(object)) && !fields.are_an_article(company) {
        return Err(if knows_text(object) {
            Rejection::new(SkipReason::NoText, EMPTY)
        } else {
            let headline = fields.has_headline();
            Rejection::new(SkipReason::NotAnArticle, what_it_has(object, headline))
        });
    }
    let mut draft = fields.draft();
    version::fill(&mut draft, innermost(object));
    finished(draft, EMPTY)
}

/// Whether an object says of itself that it is a picture or a recording: what it holds are renditions of that.
pub(crate) fn is_medium(object: &Node<'_>) -> bool {
    of_kind(object, MEDIA).is_some() || of_kind(innermost(object), MEDIA).is_some()
}

/// The draft as a record, unless there is nothing to read in it.
pub(crate) fn finished(draft: Draft, otherwise: &str) -> Record {
    let article = &draft.article;
    let is_empty = article.headline.is_empty() && article.body.is_empty() && article.deck.is_none();
    // A notice that takes an item back needs no text.
    if is_empty && article.status == Status::Usable {
        return Err(Rejection::new(SkipReason::NoText, otherwise));
    }
    Ok(Box::new(draft))
}

/// Whether a value can be that of the field at all.
fn fits(field: MapField, node: &Node<'_>) -> bool {
    match field {
        MapField::Headline | MapField::Body | MapField::Deck | MapField::Byline => {
            !matches!(node, Node::Bool(_) | Node::Number(_)) && value::text(node).is_some()
        }
        MapField::Date | MapField::Updated => value::date(node, None).is_some(),
        MapField::Embargo => version::embargo(node, None).is_some(),
        MapField::Url => {
            value::text(node).is_some_and(|text| text.contains("://") || text.starts_with("www."))
        }
        MapField::Id | MapField::Section | MapField::Source | MapField::Language => {
            value::text(node).is_some()
        }
        _ => !matches!(node, Node::Bool(_)),
    }
}

/// Whether an object holds a headline or a text directly.
fn wraps(object: &Node<'_>) -> bool {
    object.members().iter().any(|(name, node)| {
        recognise(name).is_some_and(|found| {
            matches!(
                found.field,
                MapField::Headline | MapField::Body | MapField::Date
            )
        }) && !name.eq_ignore_ascii_case("name")
            && !matches!(node, Node::Number(_))
            || is_wrapper(name) && matches!(node, Node::Object(_))
    })
}

/// Whether there are members for a headline or a text, be they empty.
fn knows_text(object: &Node<'_>) -> bool {
    object.members().iter().any(|(name, node)| {
        let void = node.is_void();
        void && recognise(name)
            .is_some_and(|found| matches!(found.field, MapField::Headline | MapField::Body))
    })
}

/// A kind of items, as they name it, and what that is.
type Kind = (&'static str, &'static str);

/// Kinds of items that are pictures or recordings, though they may have a caption for a text.
const MEDIA: &[Kind] = &[
    ("picture", "a picture"),
    ("photo", "a picture"),
    ("image", "a picture"),
    ("imageobject", "a picture"),
    ("graphic", "a picture"),
    ("video", "a video"),
    ("videoobject", "a video"),
    ("audio", "a recording"),
    ("audioobject", "a recording"),
];

/// Kinds of items that are something else, unless they have a text.
const THINGS: &[Kind] = &[
    ("event", "an event"),
    ("planning", "a plan of coverage"),
    ("package", "a package of items"),
    ("composite", "a package of items"),
    ("feature", "a place on a map"),
    ("featurecollection", "a map"),
    ("topology", "a map"),
    ("organization", "an organisation"),
    ("person", "a person"),
    ("website", "a site, not a page of it"),
    ("breadcrumblist", "a site, not a page of it"),
];

/// Members that only such things have.
const MARKS: &[Kind] = &[
    ("eventDetails", "an event"),
    ("eventdetails", "an event"),
    ("geometry", "a place on a map"),
    ("startDate", "an event"),
    ("start_date", "an event"),
    ("dtstart", "an event"),
];

/// Profiles of agencies for tables and calendars, which have a text that nobody reads.
const TABLES: &[&str] = &["agate", "daybook", "results", "table"];

/// What an object is that says that it is of one of these kinds.
fn of_kind(object: &Node<'_>, kinds: &[Kind]) -> Option<&'static str> {
    ["type", "@type", "itemType"].iter().find_map(|name| {
        let Some(Node::Text(own)) = object.member(name) else {
            return None;
        };
        let known = kinds
            .iter()
            .find(|(kind, _)| kind.eq_ignore_ascii_case(own));
        known.map(|(_, what)| *what)
    })
}

/// What an object is that says of itself that it is no text: a picture, though it has a caption for a text, or, without a
/// text, an event, a place on a map, a person.
fn other_item(object: &Node<'_>, has_body: bool) -> Option<&'static str> {
    let marked = || {
        let mark = MARKS.iter().find(|(name, _)| object.member(name).is_some());
        mark.map(|(_, what)| *what)
    };
    let other = || of_kind(object, THINGS).or_else(marked);
    of_kind(object, MEDIA).or_else(|| other().filter(|_| !has_body))
}

/// The object that holds the fields: `object`, or what the wrappers in it hold.
fn innermost<'n>(object: &'n Node<'n>) -> &'n Node<'n> {
    let mut inner = object;
    for _ in 0..DEPTH {
        let wrapped = inner.members().iter().find(|(name, node)| {
            matches!(node, Node::Object(_)) && is_wrapper(name) && wraps(node)
        });
        match wrapped {
            Some((_, node)) => inner = node,
            None => break,
        }
    }
    inner
}

/// The names that an object has, for the person who may want to map them.
fn what_it_has(object: &Node<'_>, headline: bool) -> String {
    const SHOWN: usize = 12;
    let members = object.members();
    let mut names: Vec<String> = members
        .iter()
        .take(SHOWN)
        .map(|(name, _)| name.chars().take(40).collect())
        .collect();
    if members.len() > SHOWN {
        names.push("…".to_owned());
    }
    let names = names.join(", ");
    if headline {
        format!(
            "a headline without a text, and too little beside it to be an article, among its fields: {names}"
        )
    } else {
        format!("no headline and no text among its fields: {names}")
    }
}

/// The names that lead to a value, joined by dots.
fn path_of(object: &Node<'_>, wanted: &Node<'_>, depth: usize) -> Option<String> {
    const DEEPEST: usize = 12;
    let within = |node: &Node<'_>| path_of(node, wanted, depth + 1);
    if depth > DEEPEST {
        return None;
    }
    match object {
        Node::Object(members) => members.iter().find_map(|(name, node)| {
            if std::ptr::eq(node, wanted) {
                return Some(name.to_string());
            }
            within(node).map(|rest| format!("{name}.{rest}"))
        }),
        Node::List(items) => items.iter().find_map(within),
        _ => None,
    }
}

/// The value at a path as typed in `--map`: a name, or names joined by dots.
fn at_path<'n>(object: &'n Node<'n>, path: &str) -> Option<&'n Node<'n>> {
    let of_name = |name: &str| {
        let members = object.members();
        let exact = members.iter().find(|(known, _)| known == name);
        exact
            .or_else(|| {
                members
                    .iter()
                    .find(|(known, _)| known.eq_ignore_ascii_case(name))
            })
            .map(|(_, node)| node)
    };
    of_name(path).or_else(|| {
        let (first, rest) = path.split_once('.')?;
        let inner = of_name(first)?;
        match inner {
            Node::List(items) => at_path(items.first()?, rest),
            _ => at_path(inner, rest),
        }
    })
}
