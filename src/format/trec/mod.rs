//! Reads TREC SGML and its many relatives: files of `<DOC>` elements, as the collections of NIST and the LDC mark them up
//! (AP, WSJ, FT, LA Times, FBIS, AQUAINT, Gigaword, IE-ER, NTCIR, Hamshahri, TREC web).
//!
//! Given bytes by `source`, yields one article per element. Each collection has its own names for the same things;
//! [`fields`] has the table of them and finds them, [`document`] makes the article. It is no SGML parser: hardly a
//! collection has a document type, and many have no end tags.

mod document;
mod fields;

use super::elements::{Element, Elements, begin_tag};
use super::stream::{decoded, too_large};
use super::{Head, Input, Options, Rejection, Sink, Verdict, html};
use crate::source::SkipReason;
use std::ops::ControlFlow;

const BEGIN: &[u8] = b"<DOC";

/// Sure when the file begins with tags, and an element `<DOC>` with a number or a text is among them.
pub(super) fn sniff(head: &Head<'_>) -> Verdict {
    const WITHIN: [&str; 7] = [
        "<DOCNO>",
        "<DOCID>",
        "<DOCHDR>",
        "<TEXT>",
        "<HEADLINE>",
        "<DOC id=",
        "<BODY>",
    ];
    let text = head.text.trim_start_matches('\u{feff}').trim_start();
    if !text.starts_with('<') {
        return Verdict::NO;
    }
    let Some(begin) = begin_tag(text.as_bytes(), BEGIN, 0) else {
        return Verdict::NO;
    };
    // In small letters it is somebody's XML.
    let element = &text[begin..];
    let capitals = element.starts_with("<DOC");
    Verdict::when(
        capitals && WITHIN.iter().any(|mark| element.contains(mark)),
        98,
        "an element <DOC> with a number, a headline or a text in capitals",
    )
}

/// Reads element by element.
pub(super) fn read(input: &mut Input<'_>, sink: &mut Sink<'_>) -> Result<(), Rejection> {
    let (file, options) = (input.file, input.options);
    let mut elements = Elements::new(decoded(input)?, "DOC");
    while let Some(element) = elements.next()? {
        let flow = match element {
            Element::TooLarge => sink(Err(too_large(&format!("document {}", elements.number)))),
            Element::Cut(rejection) => sink(Err(rejection)),
            Element::Whole(bytes) => {
                let text = String::from_utf8_lossy(&bytes);
                match document::web_page(&text) {
                    Some((id, page)) => read_page(&id, page, file, options, sink),
                    None => sink(document::record(&text)),
                }
            }
        };
        if flow.is_break() {
            return Ok(());
        }
    }
    if elements.number == 0 {
        return Err(Rejection::new(
            SkipReason::Malformed,
            "there is no <DOC> element in it",
        ));
    }
    Ok(())
}

/// Reads the page that a document of a web collection holds.
fn read_page(
    id: &str,
    page: &str,
    file: &str,
    options: &Options,
    sink: &mut Sink<'_>,
) -> ControlFlow<()> {
    let mut flow = ControlFlow::Continue(());
    let mut input = Input {
        bytes: &mut page.as_bytes(),
        file,
        options,
        beside: &crate::source::Beside::default(),
    };
    let end = html::read(&mut input, &mut |record| {
        flow = sink(record.map(|mut draft| {
            id.clone_into(&mut draft.article.id);
            let at = ("element", "DOCNO or DOCID");
            draft.origins.note(super::MapField::Id, at);
            draft
        }));
        flow
    });
    match end {
        Err(rejection) => sink(Err(rejection)),
        Ok(()) => flow,
    }
}
