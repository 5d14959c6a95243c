//! An element of XML with all that is in it. Names are in small letters and without their prefixes; what a prefix said is
//! kept as a [`Space`].

use crate::text::clean;

/// An element.
#[derive(Debug, Clone, Default)]
pub(crate) struct Element {
    /// Its name without a prefix, in small letters.
    pub(crate) name: String,
    /// What the name belongs to.
    pub(crate) space: Space,
    /// Names (with prefixes, in small letters) and values, in their order.
    pub(crate) attributes: Vec<(String, String)>,
    /// What it holds, in its order.
    pub(crate) nodes: Vec<Node>,
}

/// A part of an element.
#[derive(Debug, Clone)]
pub(crate) enum Node {
    /// An element in it.
    Element(Element),
    /// Text, with its references decoded.
    Text(String),
}

/// The vocabularies that formats tell apart.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Space {
    /// Of the format itself: without a prefix.
    #[default]
    Own,
    /// Dublin Core, and its terms.
    Dublin,
    /// `content:encoded` of RSS.
    Content,
    /// Media RSS.
    Media,
    /// Atom.
    Atom,
    /// What podcasts add.
    Itunes,
    /// The export of WordPress.
    WordPress,
    /// The excerpts in it.
    Excerpt,
    /// Any other prefix.
    Other,
}

/// Vocabularies by what is in their address, and by the prefix that people give them without declaring it.
const SPACES: &[(Space, &str, &str)] = &[
    (Space::Dublin, "purl.org/dc/", "dc"),
    (Space::Dublin, "purl.org/dc/terms", "dcterms"),
    (
        Space::Content,
        "purl.org/rss/1.0/modules/content",
        "content",
    ),
    (Space::Media, "search.yahoo.com/mrss", "media"),
    (Space::Atom, "www.w3.org/2005/atom", "atom"),
    (Space::Atom, "purl.org/atom/ns", "atom"),
    (Space::Itunes, "www.itunes.com/dtds/podcast", "itunes"),
    (
        Space::Excerpt,
        "wordpress.org/export/1.2/excerpt",
        "excerpt",
    ),
    (
        Space::Excerpt,
        "wordpress.org/export/1.1/excerpt",
        "excerpt",
    ),
    (Space::WordPress, "wordpress.org/export/", "wp"),
];

impl Space {
    /// The vocabulary of an address.
    pub(super) fn of_address(address: &str) -> Option<Space> {
        let address = address.to_ascii_lowercase();
        SPACES
            .iter()
            .find(|(_, known, _)| address.contains(known))
            .map(|(space, ..)| *space)
    }

    /// The vocabulary of a prefix that nobody declared, or with an address that is not known.
    pub(super) fn of_prefix(prefix: &str) -> Space {
        let known = SPACES.iter().find(|(_, _, known)| *known == prefix);
        match known {
            _ if prefix.is_empty() => Space::Own,
            Some((space, ..)) => *space,
            None => Space::Other,
        }
    }
}

impl Element {
    /// The value of an attribute, with or without a prefix, trimmed; `None` when it is missing or empty.
    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        let value = |fits: &dyn Fn(&str) -> bool| {
            self.attributes
                .iter()
                .find(|(own, _)| fits(own))
                .map(|(_, value)| value.trim())
                .filter(|value| !value.is_empty())
        };
        value(&|own| own == name)
            .or_else(|| value(&|own| own.split_once(':').is_some_and(|(_, own)| own == name)))
    }

    /// The elements directly in it.
    pub(crate) fn elements(&self) -> impl Iterator<Item = &Element> {
        self.nodes.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// Those of them with this name.
    pub(crate) fn children(&self, name: &str) -> impl Iterator<Item = &Element> {
        self.elements().filter(move |element| element.name == name)
    }

    /// The first of them.
    pub(crate) fn child(&self, name: &str) -> Option<&Element> {
        self.children(name).next()
    }

    /// The first element at the end of a path of names.
    pub(crate) fn at(&self, path: &[&str]) -> Option<&Element> {
        match path {
            [] => Some(self),
            [name, rest @ ..] => self.children(name).find_map(|child| child.at(rest)),
        }
    }

    /// Every element in it at any depth, in the order of the text.
    pub(crate) fn descendants(&self) -> Descendants<'_> {
        Descendants {
            open: vec![self.nodes.iter()],
        }
    }

    /// The first of them with this name.
    pub(crate) fn find(&self, name: &str) -> Option<&Element> {
        self.descendants().find(|element| element.name == name)
    }

    /// All text in it, as it stands.
    pub(crate) fn text(&self) -> String {
        let mut text = String::new();
        self.add_text(&mut text);
        text
    }

    fn add_text(&self, text: &mut String) {
        for node in &self.nodes {
            match node {
                Node::Text(own) => text.push_str(own),
                Node::Element(element) => element.add_text(text),
            }
        }
    }

    /// All text in it as one clean line.
    pub(crate) fn line(&self) -> String {
        clean::line(&self.text())
    }

    /// The same, when there is any.
    pub(crate) fn some_line(&self) -> Option<String> {
        Some(self.line()).filter(|line| !line.is_empty())
    }

    /// Adds text at its end.
    pub(super) fn push_text(&mut self, text: &str) {
        if let Some(Node::Text(last)) = self.nodes.last_mut() {
            last.push_str(text);
        } else {
            self.nodes.push(Node::Text(text.to_owned()));
        }
    }
}

/// See [`Element::descendants`].
pub(crate) struct Descendants<'e> {
    open: Vec<std::slice::Iter<'e, Node>>,
}

impl<'e> Iterator for Descendants<'e> {
    type Item = &'e Element;

    fn next(&mut self) -> Option<&'e Element> {
        while let Some(nodes) = self.open.last_mut() {
            match nodes.next() {
                Some(Node::Element(element)) => {
                    self.open.push(element.nodes.iter());
                    return Some(element);
                }
                Some(Node::Text(_)) => {}
                None => {
                    self.open.pop();
                }
            }
        }
        None
    }
}
