//! Reads Reuters-21578: files of many `<REUTERS>` elements, the Reuters newswire of 1987 as David Lewis marked it up.
//!
//! Given bytes by `source`, yields one article per element, however it is marked up: with headline and body (`NORM`),
//! headline only (`BRIEF`), or not at all (`UNPROC`). It is no SGML parser: the collection has neither a root element
//! nor legal references, so elements are looked for by name. The XML edition of the collection is another format.

mod article;
mod body;
mod dateline;
mod element;

use super::elements::{Element, Elements, find};
use super::stream::{decoded, too_large};
use super::{Head, Input, Rejection, Sink, Verdict};
use crate::source::SkipReason;

const BEGIN: &[u8] = b"<REUTERS";

/// Certain when the elements of an article of the collection are there.
pub(super) fn sniff(head: &Head<'_>) -> Verdict {
    let bytes = head.bytes;
    // A text about the collection shows an element somewhere, too.
    let begins = head.text.trim_start_matches('\u{feff}').trim_start();
    if !begins.starts_with('<') {
        return Verdict::NO;
    }
    let Some(begin) = find(bytes, BEGIN, 0) else {
        return Verdict::NO;
    };
    let marked = |name: &[u8]| find(bytes, name, begin).is_some();
    let is_collection = marked(b"<TEXT") || marked(b"<TITLE") || marked(b"NEWID=");
    Verdict::when(
        is_collection,
        99,
        "an element <REUTERS> with <TEXT>, <TITLE> or NEWID=",
    )
}

/// Reads element by element.
pub(super) fn read(input: &mut Input<'_>, sink: &mut Sink<'_>) -> Result<(), Rejection> {
    let mut elements = Elements::new(decoded(input)?, "REUTERS");
    while let Some(element) = elements.next()? {
        let record = match element {
            Element::Whole(bytes) => article::draft(&String::from_utf8_lossy(&bytes)),
            Element::TooLarge => Err(too_large(&format!("element {}", elements.number))),
            Element::Cut(rejection) => Err(rejection),
        };
        if sink(record).is_break() {
            return Ok(());
        }
    }
    if elements.number == 0 {
        return Err(Rejection::new(
            SkipReason::Malformed,
            "there is no <REUTERS> element in it",
        ));
    }
    Ok(())
}
