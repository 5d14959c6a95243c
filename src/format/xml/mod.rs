//! XML for the formats of the wire and of feeds: bytes → [`Element`]s, one record at a time.
//!
//! The one place that names the XML crate. A record is a small tree; what stands around it (the head of a feed, of a
//! message) is given along, and no file is held as a whole. Real files are read, not only well-formed ones: end tags that
//! are missing or too many, bare `&` and `<`, entities of HTML that nobody declared. Nothing is fetched, no entity is
//! expanded but to one character, and depth, size and attributes have limits.

mod element;
mod root;

use std::io::{BufRead, Cursor, Read};
use std::ops::ControlFlow;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

pub(crate) use element::{Element, Node, Space};
pub(crate) use root::{Root, root};

use super::stream::{RECORD_BYTES, cut_off, lost, too_large};
use super::{Input, Rejection};
use crate::source::{self, SkipReason};
use crate::text::clean;

/// Files up to this size are decoded as a whole, which tells encodings better than their beginning does.
const WHOLE: usize = 1 << 20;

/// Elements that lie deeper are no longer told apart; their text stays.
const DEEPEST: usize = 200;

/// How many attributes of an element are kept.
const MOST_ATTRIBUTES: usize = 200;

/// How many prefixes are kept at a time.
const MOST_SPACES: usize = 100;

/// How many bytes of what stands around the records are kept, and of a text in it: each record may look there.
const AROUND: usize = 1 << 20;
const TEXT_AROUND: usize = 4 << 10;

/// What an element takes in memory beside its text, roughly.
const ELEMENT_BYTES: usize = 160;

/// What [`read`] gives for each record: the open elements around it, the root first, with what they held before it; and
/// the record. Where the file ends in a record, what is open of that stands last around it.
pub(crate) type Found<'f> =
    dyn FnMut(&[Element], Result<Element, Rejection>) -> ControlFlow<()> + 'f;

/// Reads the elements of these names (in small letters, without prefixes), the outermost ones, in their order; without
/// names the root. An error means
/// that the rest of the file is lost; where that happens in a record, it is the record's.
pub(crate) fn read(
    input: &mut Input<'_>,
    records: &[&str],
    found: &mut Found<'_>,
) -> Result<(), Rejection> {
    let mut head = Vec::new();
    (&mut *input.bytes)
        .take(WHOLE as u64)
        .read_to_end(&mut head)
        .map_err(|error| lost(&error))?;
    let declared = root::declared_encoding(&head);
    let declared = declared.as_deref();
    if head.len() < WHOLE {
        let text = source::decode(head, declared).text;
        return elements(&mut text.as_bytes(), records, found);
    }
    let beginning = head.clone();
    let mut bytes = Cursor::new(head).chain(&mut *input.bytes);
    let mut text = source::decoding_reader(&mut bytes, &beginning, declared);
    elements(&mut *text, records, found)
}

/// Reads the root element as one record.
pub(crate) fn read_root(input: &mut Input<'_>, found: &mut Found<'_>) -> Result<(), Rejection> {
    read(input, &[], found)
}

/// Reads decoded text.
fn elements(
    text: &mut dyn BufRead,
    records: &[&str],
    found: &mut Found<'_>,
) -> Result<(), Rejection> {
    let mut reader = Reader::from_reader(Bounded { text, left: 0 });
    let config = reader.config_mut();
    config.allow_dangling_amp = true;
    config.allow_unmatched_ends = true;
    config.check_end_names = false;
    let mut tree = Tree::new(records, found);
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        reader.get_mut().left = RECORD_BYTES;
        let before = reader.buffer_position();
        let flow = match reader.read_event_into(&mut buffer) {
            Ok(Event::Eof) => return tree.end(),
            Ok(event) => tree.take(&event),
            // What is ill-formed is passed over; where nothing was read, nothing will be.
            Err(quick_xml::Error::IllFormed(_)) if reader.buffer_position() > before => {
                ControlFlow::Continue(())
            }
            Err(error) => {
                let position = reader.error_position().max(before);
                return tree.break_off(broken(&error, position));
            }
        };
        if flow.is_break() {
            return Ok(());
        }
    }
}

/// What is said of a file that cannot be read further.
fn broken(error: &quick_xml::Error, position: u64) -> Rejection {
    match error {
        // Of ours, below; what unpacks without end says so itself.
        quick_xml::Error::Io(error)
            if error.kind() == std::io::ErrorKind::FileTooLarge && error.get_ref().is_none() =>
        {
            too_large(&format!("the text or tag at byte {position}"))
        }
        quick_xml::Error::Io(error) => lost(error),
        error => Rejection::new(
            SkipReason::Malformed,
            format!("at byte {position} of the text: {error}"),
        ),
    }
}

/// A reader that fails when one event takes too much.
struct Bounded<'a> {
    text: &'a mut dyn BufRead,
    left: usize,
}

impl Read for Bounded<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        self.text.read(buffer)
    }
}

impl BufRead for Bounded<'_> {
    fn fill_buf(&mut self) -> std::io::Result<&[u8]> {
        if self.left == 0 {
            return Err(std::io::ErrorKind::FileTooLarge.into());
        }
        self.text.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.left = self.left.saturating_sub(amount);
        self.text.consume(amount);
    }
}

/// The tree that grows while the events are read.
struct Tree<'t, 'f> {
    records: &'t [&'t str],
    found: &'t mut Found<'f>,
    /// The elements that are open, the root first.
    open: Vec<Element>,
    /// What the prefixes mean, with the depth at which they were declared.
    spaces: Vec<(usize, String, Space)>,
    /// Where in `open` the record is.
    record: Option<usize>,
    /// How many records were begun.
    number: usize,
    /// What the record, or what stands around the records, takes.
    size: usize,
    around: usize,
    /// How many elements are open that were too deep to be kept.
    too_deep: usize,
}

impl<'t, 'f> Tree<'t, 'f> {
    fn new(records: &'t [&'t str], found: &'t mut Found<'f>) -> Self {
        Tree {
            records,
            found,
            open: Vec::new(),
            spaces: Vec::new(),
            record: None,
            number: 0,
            size: 0,
            around: 0,
            too_deep: 0,
        }
    }

    fn take(&mut self, event: &Event<'_>) -> ControlFlow<()> {
        match event {
            Event::Start(tag) => self.start(tag, false),
            Event::Empty(tag) => self.start(tag, true),
            Event::End(tag) => self.close(&local(tag.name().into_inner())),
            Event::Text(text) => {
                self.text(text);
                ControlFlow::Continue(())
            }
            Event::CData(text) => {
                self.text(text);
                ControlFlow::Continue(())
            }
            Event::GeneralRef(name) => {
                self.text(&clean::entities(&format!("&{};", &**name)));
                ControlFlow::Continue(())
            }
            _ => ControlFlow::Continue(()),
        }
    }

    fn start(&mut self, tag: &BytesStart<'_>, empty: bool) -> ControlFlow<()> {
        let name = tag.name().into_inner();
        if !name.starts_with(|c: char| c.is_alphabetic() || c == '_') {
            // `5 < 6</p>` is text, and an end tag that was swallowed.
            if let Some((text, end)) = tag.rsplit_once("</") {
                self.text(&format!("<{text}"));
                return self.close(&local(end.trim()));
            }
            self.text(&format!("<{}>", &**tag));
            return ControlFlow::Continue(());
        }
        if self.open.len() >= DEEPEST {
            self.too_deep += usize::from(!empty);
            self.text(" ");
            return ControlFlow::Continue(());
        }
        let mut attributes: Vec<(String, String)> = Vec::new();
        for attribute in tag
            .html_attributes()
            .with_checks(false)
            .take(MOST_ATTRIBUTES)
            .flatten()
        {
            let key = attribute.key.into_inner().to_ascii_lowercase();
            let value = clean::entities(&attribute.value).into_owned();
            if let Some(prefix) = key.strip_prefix("xmlns") {
                if let Some(space) = Space::of_address(&value)
                    && self.spaces.len() < MOST_SPACES
                {
                    let prefix = prefix.strip_prefix(':').unwrap_or(prefix);
                    self.spaces
                        .push((self.open.len(), prefix.to_owned(), space));
                }
                if !prefix.is_empty() {
                    continue;
                }
            }
            self.size += key.len() + value.len();
            attributes.push((key, value));
        }
        let element = Element {
            name: local(name),
            space: self.space(name),
            attributes,
            nodes: Vec::new(),
        };
        let wanted = self.records.is_empty() || self.records.contains(&element.name.as_str());
        if self.record.is_none() && wanted {
            self.record = Some(self.open.len());
            self.number += 1;
            self.size = 0;
        }
        self.size += ELEMENT_BYTES;
        self.open.push(element);
        if empty {
            return self.pop();
        }
        ControlFlow::Continue(())
    }

    /// What a name with its prefix belongs to.
    fn space(&self, name: &str) -> Space {
        let prefix = name.split_once(':').map_or("", |(prefix, _)| prefix);
        let prefix = prefix.to_ascii_lowercase();
        let declared = self
            .spaces
            .iter()
            .rev()
            .find(|(_, known, _)| *known == prefix)
            .map(|(_, _, space)| *space);
        declared.unwrap_or_else(|| Space::of_prefix(&prefix))
    }

    fn text(&mut self, text: &str) {
        self.size += text.len();
        let long = self.record.is_none() && text.len() > TEXT_AROUND;
        if long || self.is_too_large() {
            return;
        }
        if let Some(open) = self.open.last_mut() {
            open.push_text(text);
        }
    }

    /// Whether the record, or all that stands around the records, takes too much.
    fn is_too_large(&self) -> bool {
        match self.record {
            Some(_) => self.size > RECORD_BYTES,
            None => self.around + self.size > AROUND,
        }
    }

    /// An end tag: closes what it names and all that was left open in it. One that names nothing open is ignored.
    fn close(&mut self, name: &str) -> ControlFlow<()> {
        if self.too_deep > 0 {
            self.too_deep -= 1;
            return ControlFlow::Continue(());
        }
        let Some(at) = self.open.iter().rposition(|open| open.name == name) else {
            return ControlFlow::Continue(());
        };
        while self.open.len() > at {
            self.pop()?;
        }
        ControlFlow::Continue(())
    }

    fn pop(&mut self) -> ControlFlow<()> {
        let Some(element) = self.open.pop() else {
            return ControlFlow::Continue(());
        };
        let depth = self.open.len();
        while self.spaces.last().is_some_and(|(at, ..)| *at >= depth) {
            self.spaces.pop();
        }
        if self.record == Some(depth) {
            let record = if self.is_too_large() {
                Err(too_large(&format!("record {}", self.number)))
            } else {
                Ok(element)
            };
            self.record = None;
            self.size = 0;
            return (self.found)(&self.open, record);
        }
        let too_large = self.is_too_large();
        if self.record.is_none() {
            self.around += std::mem::take(&mut self.size);
        }
        if let Some(parent) = self.open.last_mut().filter(|_| !too_large) {
            parent.nodes.push(Node::Element(element));
        }
        ControlFlow::Continue(())
    }

    /// The end of the file: nothing should be open.
    fn end(&mut self) -> Result<(), Rejection> {
        let record = self.record.and_then(|at| self.open.get(at));
        let Some(open) = record.or(self.open.first()) else {
            return Ok(());
        };
        // End tags are not told apart so deep: those that are missing may be of what lies there.
        if self.too_deep > 0 {
            self.close_all();
            return Ok(());
        }
        let place = match record {
            Some(_) => format!("record {}", self.number),
            None => format!("after {} records", self.number),
        };
        self.break_off(cut_off(&place, &format!("`</{}>`", open.name)))
    }

    /// Nothing more can be read. What is too large has lost its end only; any other record that is open is none.
    fn break_off(&mut self, why: Rejection) -> Result<(), Rejection> {
        if why.reason == SkipReason::TooLarge {
            self.close_all();
        } else if self.record.is_some() {
            let _ = (self.found)(&self.open, Err(why));
            return Ok(());
        }
        Err(why)
    }

    fn close_all(&mut self) {
        while !self.open.is_empty() {
            if self.pop().is_break() {
                break;
            }
        }
    }
}

/// A name without its prefix, in small letters.
fn local(name: &str) -> String {
    let local = name.rsplit_once(':').map_or(name, |(_, local)| local);
    local.to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn records(text: &str, names: &[&str]) -> Vec<String> {
        let mut found = Vec::new();
        let end = elements(&mut text.as_bytes(), names, &mut |around, record| {
            let path: Vec<_> = around.iter().map(|open| open.name.as_str()).collect();
            let record = record.map_or_else(|why| format!("= {}", why.detail), |it| it.line());
            found.push(format!("{} {record}", path.join("/")));
            ControlFlow::Continue(())
        });
        found.extend(end.err().map(|why| format!("= {}", why.detail)));
        found
    }

    #[test]
    fn records_are_given_with_what_stands_around_them() {
        let check = |text: &str, expected: &[&str]| {
            assert_eq!(records(text, &["item"]), expected, "{text}");
        };
        check(
            "<?xml version='1.0'?><r><h/><item>a<b>c</b></item><x:Item>d</x:Item></r>",
            &["r ac", "r d"],
        );
        check("<r><item>a<item>b</item></item></r>", &["r ab"]);
        check(
            "<item>Caf&eacute; &amp; &nosuch; R&D 5 < 6</item>",
            &[" Café & &nosuch; R&D 5 < 6"],
        );
        check("<r><item>a<b>c</item></i><item>d</r>", &["r ac", "r d"]);
        check(
            "<!DOCTYPE r [<!ENTITY a \"b\">]><r><item>&a;</item></r>",
            &["r &a;"],
        );
        check("", &[]);
        check("</r>", &[]);
    }

    #[test]
    fn a_record_that_the_file_ends_in_is_none() {
        let check = |text: &str, expected: &[&str]| {
            assert_eq!(records(text, &["item"]), expected, "{text}");
        };
        let cut = "= record 2: it ends too early: cut off, or `</item>` is missing";
        check(
            "<r><item>a</item><item>b<c>",
            &["r a", &format!("r/item/c {cut}")],
        );
        check(
            "<r><item>a</item><item>b</it",
            &[
                "r a",
                "r/item = at byte 24 of the text: syntax error: tag not closed: `>` not found before end of input",
            ],
        );
        let told = "= after 1 records: it ends too early: cut off, or `</r>` is missing";
        check("<r><item>a</item><h>", &["r a", told]);
        check("<r><item>a</item></r> ", &["r a"]);
    }

    #[test]
    fn prefixes_mean_what_is_declared() {
        let text = "<rss xmlns:c='http://purl.org/rss/1.0/modules/content/' xmlns:dc='http://elsewhere/'>\
                    <item><c:encoded/><dc:date/><x:y/><title/></item></rss>";
        let mut spaces = Vec::new();
        elements(&mut text.as_bytes(), &["item"], &mut |_, record| {
            spaces.extend(record.unwrap().elements().map(|element| element.space));
            ControlFlow::Continue(())
        })
        .unwrap();
        assert_eq!(
            spaces,
            [Space::Content, Space::Dublin, Space::Other, Space::Own]
        );
    }

    #[test]
    fn depth_and_size_have_limits() {
        let deep = format!(
            "<item>{}x{}y</item>",
            "<a>".repeat(9_000),
            "</a>".repeat(9_000)
        );
        assert_eq!(records(&deep, &["item"])[0].replace(' ', ""), "xy");
    }
}
