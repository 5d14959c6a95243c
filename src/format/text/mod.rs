//! Reads plain text, one article a file: headline first and text after it, or a page copied as text.
//!
//! Given bytes by `source`. What is prose is told by [`prose`], which line is what by [`parts`], both by evidence in
//! the text: nothing is known of any one publication. Files of many articles have formats of their own.

mod foot;
mod line;
mod parts;
mod prose;

pub(super) use line::furniture;

use super::stream::whole;
use super::{Draft, Head, Input, Rejection, Sink, layout, markup};
use crate::source::{SkipReason, decode};

/// Never as sure as a format with marks of its own.
pub(super) fn sniff(head: &Head<'_>) -> u8 {
    let usual = [".txt", ".text", ".asc"]
        .iter()
        .any(|end| head.name.ends_with(end));
    match (prose::is_prose(head), usual) {
        (true, true) => 60,
        (true, false) => 50,
        (false, _) => 0,
    }
}

/// Reads the file as one article.
pub(super) fn read(input: &mut Input<'_>, sink: &mut Sink<'_>) -> Result<(), Rejection> {
    let decoded = decode(whole(input.bytes)?, None);
    // Pages copied by programs keep their references: `&#163;1.8m`.
    let text = markup::references(&decoded.text);
    let mut draft = parts::draft(layout::units(&text));
    if draft.article.section.is_none() {
        draft.article.section = section_of(input.file);
    }
    let record = if draft.article.headline.is_empty() && draft.article.body.is_empty() {
        Err(Rejection::new(
            SkipReason::NoText,
            "there are no words in it",
        ))
    } else {
        Ok(Box::<Draft>::from(draft))
    };
    let _ = sink(record);
    Ok(())
}

/// The section that a folder names: `business/001.txt`. Only where the files are numbered, as collections sorted by hand
/// are, and the folder is one word that says more than "here are files": a wrong section would be worse than none.
fn section_of(file: &str) -> Option<String> {
    const NO_SECTIONS: &[&str] = &[
        "text",
        "texts",
        "txt",
        "html",
        "json",
        "data",
        "articles",
        "article",
        "news",
        "stories",
        "story",
        "files",
        "documents",
        "docs",
        "doc",
        "corpus",
        "archive",
        "raw",
        "input",
        "output",
        "sample",
        "samples",
        "test",
        "tests",
        "train",
        "dev",
        "all",
        "misc",
        "new",
        "old",
        "tmp",
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sep",
        "oct",
        "nov",
        "dec",
    ];
    let mut path = file.rsplit('/');
    let name = path.next()?;
    let folder = path.next()?;
    let stem = name.split('.').next()?;
    let numbered = !stem.is_empty() && stem.bytes().all(|byte| byte.is_ascii_digit());
    let word = folder.chars().count() > 2 && folder.chars().all(char::is_alphabetic);
    let says_more = !NO_SECTIONS
        .iter()
        .any(|known| known.eq_ignore_ascii_case(folder));
    (numbered && word && says_more).then(|| folder.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbered_files_in_a_folder_of_one_word_have_a_section() {
        let check = |file: &str, expected: Option<&str>| {
            assert_eq!(section_of(file).as_deref(), expected, "{file}");
        };
        check("bbc/sport/001.txt", Some("sport"));
        check("Wirtschaft/17.txt", Some("Wirtschaft"));
        check("sport/ferry.txt", None);
        check("1987/001.txt", None);
        check("articles/001.txt", None);
        check("daily-news/001.txt", None);
        check("001.txt", None);
    }
}
