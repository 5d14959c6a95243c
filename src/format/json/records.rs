//! Finds the articles in a JSON value: the value itself, or the objects of the outermost arrays in it that hold some.
//!
//! What wraps them may have any name when it is an array; an object that wraps is known by its name. A table of articles keyed
//! by their ids is one where nearly every member is an article by itself: a table of other things keyed by a hash is not taken
//! for one.

use std::borrow::Cow;
use std::ops::ControlFlow;

use super::super::mapping::{Company, Fields, Node, is_medium, is_wrapper, recognise, record};
use super::super::{MapField, Options, Record, Rejection, Sink};
use crate::source::SkipReason;

/// Lists that an item has beside its text: none of them holds articles.
const BESIDE: &[&str] = &[
    "renditions",
    "associations",
    "trustindicator",
    "trustindicators",
    "altids",
    "rightsinfo",
];

/// How many wrappers are opened.
const DEPTH: usize = 6;

/// Delivers the articles in `node`, or the reason why there is none.
pub(super) fn of(
    node: &Node<'_>,
    options: &Options,
    company: Company,
    sink: &mut Sink<'_>,
) -> ControlFlow<()> {
    match node {
        Node::List(items) => items
            .iter()
            .try_for_each(|item| of(item, options, Company::Many, sink)),
        Node::Object(_) => {
            let own = record(node, options, company);
            if own.is_err()
                && let Some(members) = keyed(node, options)
            {
                return members
                    .iter()
                    .try_for_each(|(key, item)| sink(record_of(key, item, options)));
            }
            // Nearly every object is an article; only the others are searched for some.
            let searched = own.is_err() && !is_medium(node);
            match searched.then(|| lists(node, options)).flatten() {
                Some(found) => found
                    .iter()
                    .try_for_each(|item| sink(record(item, options, Company::Many))),
                None => sink(own),
            }
        }
        _ => sink(Err(bare())),
    }
}

/// The members of an object that is a table of articles by their ids: none is named as a field or a wrapper is, and of ten nine
/// are articles with a headline that need no company.
fn keyed<'n>(object: &'n Node<'n>, options: &Options) -> Option<&'n [(Cow<'n, str>, Node<'n>)]> {
    let members = object.members();
    let named = |name: &str| is_wrapper(name) || recognise(name).is_some();
    if members.is_empty() || members.iter().any(|(name, _)| named(name)) {
        return None;
    }
    let articles = members
        .iter()
        .filter(|(_, item)| {
            matches!(item, Node::Object(_)) && {
                let fields = Fields::of(item, options);
                fields.has_headline() && fields.are_an_article(Company::Alone)
            }
        })
        .count();
    (articles * 10 >= members.len() * 9).then_some(members)
}

/// The record of an article in such a table; the key is its id where it has no other.
fn record_of(key: &str, item: &Node<'_>, options: &Options) -> Record {
    if !matches!(item, Node::Object(_)) {
        return Err(bare());
    }
    let mut draft = record(item, options, Company::Many)?;
    if draft.article.id.is_empty() {
        key.clone_into(&mut draft.article.id);
        draft.origins.note(MapField::Id, "the key of the article");
    }
    Ok(draft)
}

fn bare() -> Rejection {
    Rejection::new(SkipReason::NotAnArticle, "it is a bare value, no object")
}

/// The objects that are the articles in `object`, which is none itself; `None` when it holds none.
fn lists<'n>(object: &'n Node<'n>, options: &Options) -> Option<Vec<&'n Node<'n>>> {
    let mut level = vec![object];
    for _ in 0..DEPTH {
        let mut found = Vec::new();
        let mut next = Vec::new();
        for (name, node) in level.iter().flat_map(|object| object.members()) {
            let beside = BESIDE.iter().any(|known| known.eq_ignore_ascii_case(name));
            match node {
                _ if beside => {}
                Node::List(items)
                    if items
                        .iter()
                        .any(|item| is_article(item, options, Company::Many)) =>
                {
                    found.extend(items.iter());
                }
                Node::List(items) if items.len() == 1 => next.extend(items.iter()),
                Node::Object(_) if wraps(name) && is_article(node, options, Company::Alone) => {
                    found.push(node);
                }
                Node::Object(_) => next.push(node),
                _ => {}
            }
        }
        if !found.is_empty() {
            return Some(found);
        }
        level = next;
    }
    None
}

/// Whether an object of this name may be the one article that its parent wraps.
fn wraps(name: &str) -> bool {
    is_wrapper(name) || recognise(name).is_some()
}

/// Whether `node` is an article, as far as its names tell.
fn is_article(node: &Node<'_>, options: &Options, company: Company) -> bool {
    matches!(node, Node::Object(_)) && {
        let fields = Fields::of(node, options);
        let mapped = fields.are_mapped(options);
        mapped || fields.are_an_article(company)
    }
}
