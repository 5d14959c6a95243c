//! XML of nobody's standard: an element with children named `headline`, `content`, `publishDate`, … as agencies and content
//! systems make it up. Children are members, as in JSON, and [`super::mapping`] tells what they hold.
//!
//! The root is the article, or its children are, with what the root says of all of them. Events and pictures are told.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::ControlFlow;

use super::mapping::{self, Company, Node, recognise};
use super::xml::{self, Element};
use super::{Head, Input, MapField, Options, Record, Rejection, Sink, Verdict, prose, story};
use crate::source::SkipReason;

/// How many tags are looked at in sniffing.
const TAGS: usize = 400;

/// How deep elements are members; deeper ones are text.
const DEPTH: usize = 8;

/// Roots of other vocabularies that have titles and texts.
const OTHERS: &[&str] = &[
    "html",
    "svg",
    "opml",
    "urlset",
    "sitemapindex",
    "stylesheet",
    "schema",
    "project",
    "plist",
    "configuration",
];

/// Not sure, but possible, where elements are named as headline and text of an article.
pub(super) fn sniff(head: &Head<'_>) -> Verdict {
    let Some(root) = xml::root(head.text) else {
        return Verdict::NO;
    };
    if OTHERS.iter().any(|other| root.is(other)) {
        return Verdict::NO;
    }
    let fields: Vec<MapField> = root
        .rest
        .split('<')
        .take(TAGS)
        .filter_map(|tag| {
            let end = tag.find([' ', '>', '/', '\n', '\r', '\t'])?;
            Some(recognise(&tag[..end])?.field)
        })
        .collect();
    let has = |field| fields.contains(&field);
    Verdict::when(
        has(MapField::Headline) && has(MapField::Body),
        50,
        "XML with elements named as headline and text of an article",
    )
}

/// Reads the file as a whole.
pub(super) fn read(input: &mut Input<'_>, sink: &mut Sink<'_>) -> Result<(), Rejection> {
    let options = input.options;
    xml::read_root(input, &mut |open, root| match root {
        Err(rejection) => {
            whole_records(open, options, sink)?;
            sink(Err(rejection))
        }
        Ok(root) => records(&root, options, sink),
    })
}

/// The articles in a list that the file ends in, as far as they are whole; `open` are the elements that are not, each in the
/// one before it.
fn whole_records(open: &[Element], options: &Options, sink: &mut Sink<'_>) -> ControlFlow<()> {
    let items_of = |(at, list): (usize, &Element)| {
        let items: Vec<Element> = list
            .elements()
            .filter(|item| item.elements().count() > 1)
            .cloned()
            .collect();
        let name = &open.get(at + 1).or(items.get(1))?.name;
        let is_list = items.iter().all(|item| item.name == *name)
            && items
                .iter()
                .any(|item| record(item, open.first(), options).is_ok());
        is_list.then_some(items)
    };
    // A list of them may lie one level deeper.
    let mut lists = open.iter().enumerate().take(2).filter_map(items_of);
    let items = lists.next().unwrap_or_default();
    items
        .iter()
        .try_for_each(|item| sink(record(item, open.first(), options)))
}

/// The article that a root is, or, where it has no headline of its own, those that its children are.
fn records(root: &Element, options: &Options, sink: &mut Sink<'_>) -> ControlFlow<()> {
    let own = || record(root, None, options);
    let is_headline = |child: &Element| {
        recognise(&child.name).is_some_and(|found| found.field == MapField::Headline)
            && !child.text().trim().is_empty()
    };
    let mut items: Vec<&Element> = root
        .elements()
        .filter(|item| item.elements().count() > 1)
        .collect();
    if items.is_empty() || other(root).is_some() || root.elements().any(is_headline) {
        return sink(own());
    }
    // A list of them may lie one level deeper.
    if let [list] = items[..]
        && list.elements().all(|item| item.elements().count() > 1)
    {
        items = list.elements().collect();
    }
    let many = items.len() > 1 && items.iter().all(|item| items[0].name == item.name);
    if !many
        && !items
            .iter()
            .any(|item| record(item, Some(root), options).is_ok())
    {
        return sink(own());
    }
    items
        .iter()
        .try_for_each(|item| sink(record(item, Some(root), options)))
}

fn record(item: &Element, root: Option<&Element>, options: &Options) -> Record {
    if let Some(what) = other(item) {
        return Err(Rejection::new(SkipReason::NotAnArticle, what));
    }
    let mut members = members(item, 0);
    // What the root says of all of them, where they say nothing.
    for (name, node) in root.map(|root| self::members(root, 0)).unwrap_or_default() {
        let said = members.iter().any(|(known, _)| *known == name);
        if matches!(node, Node::Text(_)) && !said {
            members.push((name, node));
        }
    }
    let company = if root.is_some() {
        Company::Many
    } else {
        Company::Alone
    };
    let mut draft = mapping::record(&Node::Object(members), options, company)?;
    let body = &mut draft.article.body;
    if let Some((before, last)) = body.rsplit_once("\n\n")
        && story::is_signature(last)
    {
        body.truncate(before.len());
    }
    Ok(draft)
}

/// What an item is, if it says that it is no text.
fn other(item: &Element) -> Option<&'static str> {
    const EVENTS: &[&str] = &[
        "timestart",
        "startdate",
        "starttime",
        "eventdetails",
        "alldayevent",
    ];
    const MEDIA: &[&str] = &["photo", "picture", "image", "graphic", "video", "audio"];
    if item
        .elements()
        .any(|child| EVENTS.contains(&child.name.as_str()))
    {
        return Some("an event");
    }
    let kind = item
        .child("contenttype")
        .or_else(|| item.child("mediatype"));
    let kind = kind
        .map(|kind| kind.line().to_lowercase())
        .unwrap_or_default();
    MEDIA
        .contains(&kind.as_str())
        .then_some("a picture or recording")
}

/// The children of an element as members of an object; those of one name are a list.
fn members(element: &Element, depth: usize) -> Vec<(Cow<'static, str>, Node<'static>)> {
    let mut members: Vec<(Cow<'static, str>, Node<'static>)> = Vec::new();
    let mut known: HashMap<&str, usize> = HashMap::new();
    for (name, value) in &element.attributes {
        if recognise(name).is_some() && !known.contains_key(name.as_str()) {
            known.insert(name, members.len());
            members.push((
                Cow::Owned(name.clone()),
                Node::Text(Cow::Owned(value.clone())),
            ));
        }
    }
    for child in element.elements() {
        let node = node(child, depth + 1);
        match known.get(child.name.as_str()) {
            None => {
                known.insert(&child.name, members.len());
                members.push((Cow::Owned(child.name.clone()), node));
            }
            Some(at) => match &mut members[*at].1 {
                Node::List(items) => items.push(node),
                first => {
                    let before = std::mem::replace(first, Node::Null);
                    *first = Node::List(vec![before, node]);
                }
            },
        }
    }
    members
}

/// A value: text, markup as text, or an object.
fn node(element: &Element, depth: usize) -> Node<'static> {
    let prints = |inner: &Element| {
        matches!(
            inner.name.as_str(),
            "p" | "br" | "para" | "b" | "i" | "em" | "a" | "strong"
        )
    };
    let has_markup = element.elements().any(prints) || element.child("body").is_some();
    if element.elements().next().is_none() {
        return Node::Text(Cow::Owned(element.text().trim().to_owned()));
    }
    if has_markup || depth >= DEPTH {
        let pieces = prose::of_element(element).pieces;
        let texts: Vec<_> = pieces.into_iter().map(|piece| piece.text).collect();
        return Node::Text(Cow::Owned(texts.join("\n\n")));
    }
    Node::Object(members(element, depth))
}
