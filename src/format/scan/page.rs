//! A page on its own → one article; one of ALTO unless an issue beside it puts it together with others.

use std::ops::Range;

use super::lines::{Line, paragraphs};
use super::mets::Issue;
use super::print::{Block, Page};
use super::tree::Tree;
use super::{Input, Rejection, Sink, day_in_path, no_article, one, tree};
use crate::article::Article;
use crate::format::stream::RECORD_BYTES;
use crate::format::{Draft, MapField, Origins, Part, Record};
use crate::source::{SkipReason, decode};
use crate::text::clean;
use crate::text::date::Reading;

/// A headline has at most so many lines, and words.
const HEADLINE_LINES: usize = 3;
const HEADLINE_WORDS: usize = 20;

/// Where a vocabulary has what its pages say.
pub(super) struct Vocabulary {
    /// The element of a block of text.
    pub(super) block: &'static str,
    /// What says how sure a word is.
    pub(super) sure: &'static str,
}

/// ALTO's.
const ALTO: &Vocabulary = &Vocabulary {
    block: "TextBlock",
    sure: "WC of the words",
};

/// Where an issue may lie, seen from its page.
const FOLDERS: &[&str] = &["", ".."];

/// So many files that may be an issue's are looked into.
const CANDIDATES: usize = 4;

/// Reads the page.
pub(crate) fn read(input: &mut Input<'_>, sink: &mut Sink<'_>) -> Result<(), Rejection> {
    let tree = tree(input)?;
    let record = match issue_of(input) {
        Some(issue) => Err(no_article(format!("a page whose articles are in {issue}"))),
        None => article(Page::of(&tree), input.file, ALTO),
    };
    one(record, sink);
    Ok(())
}

/// The file of the issue that makes articles of this page, as seen from the page.
fn issue_of(input: &Input<'_>) -> Option<String> {
    let own = input.file.rsplit('/').next()?;
    // Libraries that give the text of each article (`X_alto.xml`, `X_0001_articletext.xml`) have put them together already.
    if own.to_ascii_lowercase().ends_with("_alto.xml")
        && let Some(text) = input
            .beside
            .names("")
            .into_iter()
            .find(|name| name.ends_with("text.xml"))
    {
        return Some(text);
    }
    let files = FOLDERS.iter().flat_map(|folder| {
        let names = input.beside.names(folder).into_iter();
        let likely = names.filter(|name| {
            let name = name.to_ascii_lowercase();
            name.rsplit('.').next() == Some("xml") && name.contains("mets")
        });
        likely.map(move |name| {
            if folder.is_empty() {
                name
            } else {
                format!("{folder}/{name}")
            }
        })
    });
    files.take(CANDIDATES).find(|file| {
        let bytes = input.beside.bytes(file, RECORD_BYTES);
        let tree = bytes.and_then(|bytes| Tree::parse(&decode(bytes, None).text).ok());
        tree.is_some_and(|tree| Issue::of(&tree).claims(own))
    })
}

/// The article of a page: the largest print is its headline, where it is short; else a first line that stands alone.
pub(super) fn article(page: Page, file: &str, vocabulary: &Vocabulary) -> Record {
    let headline = page
        .blocks
        .iter()
        .filter(|block| may_be_headline(&page.lines[block.lines.clone()]))
        .fold(None::<&Block>, |best, block| match best {
            Some(best) if best.size >= block.size => Some(best),
            _ => Some(block),
        });
    let headline = headline.map(|block| block.lines.clone());
    let largest = headline.is_some();
    let headline = headline.or_else(|| first_line(&page)).unwrap_or_default();
    let body = page.blocks.iter().filter_map(|block| {
        let lines = block.lines.clone();
        let begin = lines.start + usize::from(headline.start == lines.start) * headline.len();
        page.lines.get(begin.min(lines.end)..lines.end)
    });
    let body = paragraphs(body);
    let headline = paragraphs(std::iter::once(&page.lines[headline]));
    let article = Article {
        headline: clean::line(&headline),
        body,
        ocr: page.percent(),
        language: page.language,
        ..Article::default()
    };
    if article.headline.is_empty() && article.body.is_empty() {
        return Err(Rejection::new(SkipReason::NoText, "a page without a word"));
    }
    Ok(Box::new(Draft {
        article,
        date: day_in_path(file).map(Reading::Settled),
        origins: origins(largest, vocabulary),
        ..Draft::default()
    }))
}

/// The first line of a page of one long block, where it is set apart: much shorter than the lines after it.
fn first_line(page: &Page) -> Option<Range<usize>> {
    let block = page
        .blocks
        .iter()
        .find(|block| block.lines.len() > HEADLINE_LINES)?;
    let length = |line: &Line| line.words.iter().map(String::len).sum::<usize>();
    let lines = &page.lines[block.lines.clone()];
    let longest = lines.iter().map(length).max()?;
    let start = block.lines.start;
    (may_be_headline(&lines[..1]) && length(&lines[0]) * 2 < longest).then_some(start..start + 1)
}

fn may_be_headline(lines: &[Line]) -> bool {
    let words: Vec<&String> = lines.iter().flat_map(|line| &line.words).collect();
    let letters = words.iter().flat_map(|word| word.chars());
    lines.len() <= HEADLINE_LINES
        && words.len() <= HEADLINE_WORDS
        && letters.filter(|c| c.is_alphabetic()).count() >= 4
}

/// Where the fields of a page are.
fn origins(largest: bool, vocabulary: &Vocabulary) -> Origins {
    let mut origins = Origins::default();
    let headline = if largest {
        "the lines in the largest letters"
    } else {
        "first line, which is short"
    };
    origins.note(MapField::Headline, headline);
    origins.note(MapField::Body, ("elements", vocabulary.block));
    origins.note(MapField::Language, "the language the words were read in");
    origins.note(MapField::Date, "the path of the file");
    origins.note(Part::Ocr, ("attribute", vocabulary.sure));
    origins
}
