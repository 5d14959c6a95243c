//! Newspapers that were scanned and read by machines: pages in ALTO, and issues in METS that say which of their blocks
//! make an article (both of the Library of Congress); pages in the XML of ABBYY FineReader.
//!
//! An issue is put together from the pages beside it ([`mets`], [`issue`]); such a page is then no article of its own. A page that
//! no issue claims is one article ([`page`]); single articles in files of their own are [`clipping`]. [`mod@tree`] reads XML, [`alto`] and [`abbyy`] the lines of a page ([`mod@print`]), [`lines`] makes paragraphs of them.

mod abbyy;
mod alto;
mod clipping;
mod issue;
mod lines;
mod mets;
mod page;
mod print;
mod tree;

use super::stream::whole;
use super::{Head, Input, Rejection, Sink, Verdict};
use crate::source::{SkipReason, decode};
use crate::text::edtf::Edtf;
use tree::Tree;

pub(super) use abbyy::{read as read_abbyy, sniff as sniff_abbyy};
pub(super) use clipping::{read as read_clipping, sniff as sniff_clipping};
pub(super) use issue::read as read_issue;
pub(super) use lines::{Line, Paragraph};
pub(super) use page::read as read_page;

/// Certain at an issue of METS; it stands for books and pictures too, which is told when it is read.
pub(super) fn sniff_issue(head: &Head<'_>) -> Verdict {
    Verdict::when(root(head) == "mets", 98, "the root element is <mets>")
}

/// Certain at a page of ALTO.
pub(super) fn sniff_page(head: &Head<'_>) -> Verdict {
    Verdict::when(root(head) == "alto", 98, "the root element is <alto>")
}

/// The name of the root element in lower case, without its prefix; empty where there is none.
fn root(head: &Head<'_>) -> String {
    let mut rest = head.text.trim_start_matches('\u{feff}').trim_start();
    // Declaration, comments, a doctype.
    while rest.starts_with("<?") || rest.starts_with("<!") {
        let end = if rest.starts_with("<!--") { "-->" } else { ">" };
        let Some(at) = rest.find(end) else {
            return String::new();
        };
        rest = rest[at + end.len()..].trim_start();
    }
    let name: String = rest
        .strip_prefix('<')
        .unwrap_or_default()
        .chars()
        .take(40)
        .take_while(|c| c.is_ascii_alphanumeric() || *c == ':' || *c == '-')
        .collect();
    let name = name.rsplit(':').next().unwrap_or_default();
    name.to_ascii_lowercase()
}

/// The elements of a file.
fn tree(input: &mut Input<'_>) -> Result<Tree, Rejection> {
    Tree::parse(&decode(whole(input.bytes)?, None).text)
}

/// Gives the one record that a file is.
fn one(record: super::Record, sink: &mut Sink<'_>) {
    // There is no second record to be wanted or not.
    let _ = sink(record);
}

/// The day that folders and file names give an issue: `1937/03/01/3.xml`, `1858-12-07_01-00001.xml`, `19000603_1.xml`. Such
/// names are given by those who scanned it, and a page has no other word of its day.
fn day_in_path(file: &str) -> Option<Edtf> {
    let path = file.as_bytes();
    let begins = |at: &usize| *at == 0 || !path[at - 1].is_ascii_digit();
    let days: Vec<Edtf> = (0..path.len())
        .filter(begins)
        .filter_map(|at| day_at(&path[at..]))
        .collect();
    let first = days.first()?;
    days.iter().all(|day| day == first).then_some(*first)
}

/// The day that begins these bytes: year, month and day with one divider between them, or none.
fn day_at(bytes: &[u8]) -> Option<Edtf> {
    let divider = bytes.get(4).filter(|byte| b"/-_.".contains(byte));
    let width = usize::from(divider.is_some());
    let number = |from: usize, digits: usize| -> Option<u32> {
        let digits = bytes.get(from..from + digits)?;
        digits.iter().all(u8::is_ascii_digit).then_some(())?;
        std::str::from_utf8(digits).ok()?.parse().ok()
    };
    let (year, month, day) = (
        number(0, 4)?,
        number(4 + width, 2)?,
        number(6 + 2 * width, 2)?,
    );
    let divided = divider.is_none_or(|divider| bytes.get(7) == Some(divider));
    let goes_on = bytes.get(8 + 2 * width).is_some_and(u8::is_ascii_digit);
    let year = i32::try_from(year)
        .ok()
        .filter(|year| (1600..2100).contains(year))?;
    (divided && !goes_on).then(|| Edtf::day(year, month, day))?
}

fn no_article(detail: impl Into<String>) -> Rejection {
    Rejection::new(SkipReason::NotAnArticle, detail)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_give_the_day() {
        let check = |file: &str, expected: Option<(i32, u32, u32)>| {
            let expected = expected.and_then(|(year, month, day)| Edtf::day(year, month, day));
            assert_eq!(day_in_path(file), expected, "{file}");
        };
        check("radio/1937/03/01/3/x_alto.xml", Some((1937, 3, 1)));
        check(
            "anp/1937/03/01/1/anp_1937_03_01_1/anp_1937_03_01_1_alto.xml",
            Some((1937, 3, 1)),
        );
        check(
            "zeit_1858-12-07_01/text/1858-12-07_01-00001.xml",
            Some((1858, 12, 7)),
        );
        check("19000603_1/ALTO/19000603_1-0002.xml", Some((1900, 6, 3)));
        check("1900/13/03/1.xml", None);
        check("1900-06-03/reprint-1910-01-01.xml", None);
        check("010179815/00120.xml", None);
        check("190006031/1.xml", None);
    }
}
