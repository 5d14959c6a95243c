//! Reads PDF: one article a file, where there is text in it; a machine's reading under a scanned page is text.
//!
//! [`object`] and [`mod@file`] find what is in the bytes, [`filter`] unpacks it, [`font`] (with [`cmap`] and [`encoding`]) tells
//! the text of a string, [`content`] and [`page`] where it stands, [`columns`] and [`lines`] in which order it is read,
//! [`furniture`] what is none of it, [`article`] what of it is what. Everything is bounded, nothing is drawn.

mod article;
mod cmap;
mod columns;
mod content;
mod encoding;
mod file;
mod filter;
mod font;
mod furniture;
mod lines;
mod object;
mod page;

use super::stream::whole;
use super::{Head, Input, Record, Rejection, Sink, Verdict};
use crate::source::SkipReason;
use content::Work;
use file::File;

/// So many operators and glyphs may any file have, and so many for each of its bytes: a byte of packed text is two glyphs.
const WORK: usize = 2_000_000;
const WORK_A_BYTE: usize = 40;

/// Certain.
pub(super) fn sniff(head: &Head<'_>) -> Verdict {
    Verdict::when(head.bytes.starts_with(b"%PDF-"), 99, "begins with %PDF-")
}

/// Reads the file as one article.
pub(super) fn read(input: &mut Input<'_>, sink: &mut Sink<'_>) -> Result<(), Rejection> {
    let bytes = whole(input.bytes)?;
    // There is no second record to be wanted or not.
    let _ = sink(record(&bytes));
    Ok(())
}

fn record(bytes: &[u8]) -> Record {
    let file = File::of(bytes);
    if file.is_encrypted() {
        let detail = "a PDF that is encrypted, be it with an empty password";
        return Err(Rejection::new(SkipReason::Encrypted, detail));
    }
    let mut work = Work::new(bytes.len().saturating_mul(WORK_A_BYTE).max(WORK));
    let mut pages = page::pages(&file, &mut work);
    if file.is_exhausted() || work.left == 0 {
        let detail = "a PDF that unpacks to, or draws, far more than a file of its size has";
        return Err(Rejection::new(SkipReason::TooLarge, detail));
    }
    if pages.is_empty() {
        let detail = "a PDF without pages: damaged, or cut off";
        return Err(Rejection::new(SkipReason::Malformed, detail));
    }
    let letters: usize = pages
        .iter()
        .flatten()
        .flat_map(|block| &block.lines)
        .map(|line| line.text.chars().filter(|c| c.is_alphanumeric()).count())
        .sum();
    if work.unknown > letters {
        let detail = "fonts that do not say which letters their glyphs are";
        return Err(Rejection::new(SkipReason::NoText, detail));
    }
    if letters == 0 {
        let detail = if work.pictures {
            "no text: scanned images only"
        } else {
            "no text on its pages"
        };
        return Err(Rejection::new(SkipReason::NoText, detail));
    }
    let heads = furniture::take(&mut pages);
    article::record(&file, &pages, &heads)
}
