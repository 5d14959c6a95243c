//! Reads plain text, one article a file: headline first and text after it, or a page copied as text. A long file of many
//! stories, one under another, is divided by [`many`].
//!
//! Given bytes by `source`. What is prose is told by [`prose`], which line is what by [`parts`], both by evidence in
//! the text: nothing is known of any one publication.

mod foot;
mod line;
mod many;
mod parts;
mod prose;

pub(super) use line::{ends_sentence, furniture};
pub(super) use prose::words;

use super::stream::whole_text;
use super::{Draft, Head, Input, Record, Rejection, Sink, Verdict, layout, markup};
use crate::source::SkipReason;

/// Never as sure as a format with marks of its own.
pub(super) fn sniff(head: &Head<'_>) -> Verdict {
    let usual = [".txt", ".text", ".asc"]
        .iter()
        .any(|end| head.name.ends_with(end));
    match (prose::is_prose(head), usual) {
        (true, true) => Verdict::new(60, "reads like prose, and is named as a text"),
        (true, false) => Verdict::new(50, "reads like prose"),
        // Taken, to say why it is none.
        (false, _) => Verdict::when(
            prose::is_columns(head.text) && !prose::is_named_otherwise(head.name),
            20,
            "its lines are columns divided by `|`",
        ),
    }
}

/// Reads the file as one article, or as the many that were put into it.
pub(super) fn read(input: &mut Input<'_>, sink: &mut Sink<'_>) -> Result<(), Rejection> {
    let decoded = whole_text(input.bytes)?;
    // Pages copied by programs keep their references: `&#163;1.8m`.
    let text = markup::references(&decoded.text);
    if prose::is_columns(&text) {
        let table = Rejection::new(
            SkipReason::NotAnArticle,
            "a table: its lines are columns divided by `|`",
        );
        // There is no second record to be wanted or not.
        let _ = sink(Err(table));
        return Ok(());
    }
    for story in many::stories(layout::units(&text)) {
        if sink(record(story, input.file)).is_break() {
            break;
        }
    }
    Ok(())
}

fn record(story: Vec<layout::Unit>, file: &str) -> Record {
    let mut draft = parts::draft(story);
    if draft.article.headline.is_empty() && draft.article.body.is_empty() {
        return Err(Rejection::new(
            SkipReason::NoText,
            "there are no words in it",
        ));
    }
    if draft.article.section.is_none() {
        draft.article.section = section_of(file);
        draft
            .origins
            .note(super::MapField::Section, "the folder of the file");
    }
    Ok(Box::<Draft>::from(draft))
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
