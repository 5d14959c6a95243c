//! A page as a flat list of nodes in document order: a subtree is a range, a walk is a loop.
//!
//! Made once for each page by the HTML5 parser, then read by everything in this folder. It is never changed, and it
//! does not know which part of the page is the article.

use std::ops::Range;

use dom_query::{Document, NodeData, NodeRef};

/// The place of a node in [`Page::nodes`].
pub(crate) type NodeIndex = usize;

/// A parsed page.
#[derive(Debug, Default)]
pub(crate) struct Page {
    /// Every element and text, in document order.
    pub(crate) nodes: Vec<Node>,
}

/// An element or a text.
#[derive(Debug)]
pub(crate) struct Node {
    /// The element's name in lower case; empty for a text.
    pub(crate) tag: String,
    /// The attributes, names in lower case.
    pub(crate) attributes: Vec<(String, String)>,
    /// The text, when it is one, with its white space as in the source.
    pub(crate) text: String,
    /// The element it lies in; the root lies in itself.
    pub(crate) parent: NodeIndex,
    /// The end of its subtree: the first node after it that does not lie in it.
    pub(crate) end: NodeIndex,
}

impl Page {
    /// Parses; any text is a page.
    pub(crate) fn parse(html: &str) -> Page {
        let pruned = super::prune::prune(html);
        let document = Document::from(pruned.as_ref());
        let mut page = Page::default();
        page.take(document.root());
        page
    }

    /// Copies the tree in document order, with its own stack: the depth of a page is in the hands of its author.
    fn take(&mut self, root: NodeRef<'_>) {
        let mut open: Vec<(NodeIndex, Option<NodeRef<'_>>)> = vec![(self.push("", 0), root.first_child())];
        while let Some((parent, next)) = open.last_mut() {
            let Some(node) = next.take() else {
                let (done, _) = (*parent, open.pop());
                self.nodes[done].end = self.nodes.len();
                continue;
            };
            *next = node.next_sibling();
            let parent = *parent;
            if let Some(index) = self.copy(&node, parent) {
                open.push((index, node.first_child()));
            }
        }
    }

    /// Copies one node; `Some` when it can have children.
    fn copy(&mut self, node: &NodeRef<'_>, parent: NodeIndex) -> Option<NodeIndex> {
        node.query(|node| match &node.data {
            NodeData::Text { contents } => {
                let index = self.push("", parent);
                self.nodes[index].text = contents.to_string();
                None
            }
            NodeData::Element(element) => {
                let index = self.push(&element.name.local, parent);
                self.nodes[index].attributes = element
                    .attrs
                    .iter()
                    .map(|attribute| (attribute.name.local.to_string(), attribute.value.to_string()))
                    .collect();
                Some(index)
            }
            _ => None,
        })?
    }

    fn push(&mut self, tag: &str, parent: NodeIndex) -> NodeIndex {
        let index = self.nodes.len();
        self.nodes.push(Node {
            tag: tag.to_owned(),
            attributes: Vec::new(),
            text: String::new(),
            parent,
            end: index + 1,
        });
        index
    }

    /// The nodes inside `node`, without itself.
    pub(crate) fn inside(&self, node: NodeIndex) -> Range<NodeIndex> {
        node + 1..self.nodes[node].end
    }

    /// Every element of this name, in document order.
    pub(crate) fn elements<'a>(&'a self, tag: &'a str) -> impl Iterator<Item = (NodeIndex, &'a Node)> {
        self.nodes.iter().enumerate().filter(move |(_, node)| node.tag == tag)
    }

    /// The elements that `node` lies in, from the nearest outwards, without itself.
    pub(crate) fn ancestors(&self, node: NodeIndex) -> impl Iterator<Item = NodeIndex> {
        std::iter::successors(Some(node), |&index| {
            let parent = self.nodes[index].parent;
            (parent != index).then_some(parent)
        })
        .skip(1)
    }

    /// The text directly in `node` as it is in the source, for scripts.
    pub(crate) fn source(&self, node: NodeIndex) -> String {
        self.inside(node).map(|index| self.nodes[index].text.as_str()).collect()
    }

    /// The text inside `node` as one line, without scripts and styles.
    pub(crate) fn text(&self, node: NodeIndex) -> String {
        let mut text = String::new();
        let mut at = node;
        let end = self.nodes[node].end;
        while at < end {
            let here = &self.nodes[at];
            match here.tag.as_str() {
                "" => text.push_str(&here.text),
                "script" | "style" | "noscript" | "template" | "svg" => {
                    at = here.end;
                    continue;
                }
                // What stands in boxes of their own does not run together.
                "br" | "p" | "div" | "li" | "td" | "h1" | "h2" | "h3" | "time" | "section" => text.push(' '),
                _ => {}
            }
            at += 1;
        }
        crate::text::clean::line(&text)
    }
}

impl Node {
    /// The value of an attribute.
    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes
            .iter()
            .find(|(own, _)| own == name)
            .map(|(_, value)| value.as_str())
    }

    /// Whether one of the words of an attribute is this one, in any case.
    pub(crate) fn has_word(&self, name: &str, word: &str) -> bool {
        self.attribute(name)
            .is_some_and(|value| value.split_whitespace().any(|own| own.eq_ignore_ascii_case(word)))
    }
}
