//! XML as a flat list of elements in document order: a subtree is a range, a walk is a loop. Names are local names:
//! the prefixes of METS and ALTO differ from library to library.

use std::ops::Range;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::format::Rejection;
use crate::format::stream::{RECORD_PARTS, too_many};
use crate::source::SkipReason;
use crate::text::clean;

/// A parsed file.
#[derive(Debug, Default)]
pub(super) struct Tree {
    /// Every element in document order; the first is the root.
    pub(super) elements: Vec<Element>,
}

/// An element.
#[derive(Debug)]
pub(super) struct Element {
    /// Its local name.
    pub(super) name: String,
    attributes: Vec<(String, String)>,
    /// The text directly in it, as written.
    text: String,
    /// The element it lies in; the root lies in itself.
    pub(super) parent: usize,
    /// The end of its subtree: the first element after it that does not lie in it.
    pub(super) end: usize,
}

impl Tree {
    /// Parses, leniently: ends that are missing are where the file ends, or where the outer element does.
    pub(super) fn parse(text: &str) -> Result<Tree, Rejection> {
        let mut reader = Reader::from_str(text);
        reader.config_mut().check_end_names = false;
        reader.config_mut().allow_unmatched_ends = true;
        let mut tree = Tree::default();
        let mut open: Vec<usize> = Vec::new();
        loop {
            match reader.read_event() {
                Ok(Event::Start(start)) => open.push(tree.push(&start, open.last().copied())?),
                Ok(Event::Empty(start)) => {
                    tree.push(&start, open.last().copied())?;
                }
                Ok(Event::End(_)) => {
                    if let Some(ended) = open.pop() {
                        tree.elements[ended].end = tree.elements.len();
                    }
                }
                Ok(Event::Text(text)) => tree.add(&open, &text),
                Ok(Event::CData(text)) => tree.add(&open, &text),
                Ok(Event::GeneralRef(name)) => {
                    tree.add(&open, "&");
                    tree.add(&open, &name);
                    tree.add(&open, ";");
                }
                Ok(Event::Eof) => break,
                Ok(_) => {}
                Err(error) => {
                    let detail = format!("byte {}: {error}", reader.error_position());
                    return Err(Rejection::new(SkipReason::Malformed, detail));
                }
            }
        }
        for unended in open {
            tree.elements[unended].end = tree.elements.len();
        }
        Ok(tree)
    }

    fn push(&mut self, start: &BytesStart<'_>, parent: Option<usize>) -> Result<usize, Rejection> {
        let at = self.elements.len();
        // A large page has 50,000.
        if at >= RECORD_PARTS {
            return Err(too_many("the file", "elements"));
        }
        let attributes = start
            .attributes()
            .with_checks(false)
            .flatten()
            .map(|attribute| {
                let name = attribute.key.local_name().as_ref().to_owned();
                (name, clean::entities(&attribute.value).into_owned())
            })
            .collect();
        self.elements.push(Element {
            name: start.local_name().as_ref().to_owned(),
            attributes,
            text: String::new(),
            parent: parent.unwrap_or(at),
            end: at + 1,
        });
        Ok(at)
    }

    fn add(&mut self, open: &[usize], text: &str) {
        if let Some(&at) = open.last()
            && !(text.trim().is_empty() && self.elements[at].text.is_empty())
        {
            self.elements[at].text.push_str(text);
        }
    }

    /// The elements inside of one.
    pub(super) fn inside(&self, at: usize) -> Range<usize> {
        at + 1..self.elements[at].end
    }

    /// The elements of this name inside of one, in document order.
    pub(super) fn named<'a>(
        &'a self,
        at: usize,
        name: &'a str,
    ) -> impl Iterator<Item = usize> + 'a {
        self.inside(at)
            .filter(move |at| self.elements[*at].name == name)
    }

    /// The text directly in an element, as one line.
    pub(super) fn text(&self, at: usize) -> String {
        clean::line(&clean::entities(&self.elements[at].text))
    }

    /// The elements around one, from the nearest outwards.
    pub(super) fn around(&self, at: usize) -> impl Iterator<Item = usize> {
        std::iter::successors(Some(at), |&at| {
            let parent = self.elements[at].parent;
            (parent != at).then_some(parent)
        })
        .skip(1)
    }
}

impl Element {
    /// The value of an attribute, by its local name.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes
            .iter()
            .find(|(own, _)| own == name)
            .map(|(_, value)| value.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_lie_in_ranges() {
        let tree = Tree::parse(
            "<?xml version='1.0'?><m:a x:k='1 &amp; 2'><b>F&#233;ry &amp; pier</b><c/><d><e/></a>",
        )
        .unwrap();
        let names: Vec<_> = tree.elements.iter().map(|it| it.name.as_str()).collect();
        assert_eq!(names, ["a", "b", "c", "d", "e"]);
        assert_eq!(tree.elements[0].attribute("k"), Some("1 & 2"));
        assert_eq!(tree.text(1), "Féry & pier");
        assert_eq!(tree.inside(0), 1..5);
        assert_eq!(tree.around(4).collect::<Vec<_>>(), [3, 0]);
    }

    #[test]
    fn damage_is_told() {
        assert!(Tree::parse("<a><b x=").is_err());
        assert!(Tree::parse("").unwrap().elements.is_empty());
    }
}
