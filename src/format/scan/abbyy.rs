//! The XML of ABBYY FineReader, versions 6 to 10 and on → what was printed on each page. A file is a `<document>` of pages, or
//! one `<page>` of it, as libraries cut them.
//!
//! Tables, pictures, running titles and what the machine itself calls garbage are left out. Its letters are elements, so that
//! pages are read one by one by [`crate::format::xml`].

use std::collections::HashMap;

use super::lines::Line;
use super::page::{self, Vocabulary};
use super::print::{Block, Page, Sureness};
use super::{Head, Input, Rejection, Sink, Verdict};
use crate::format::xml::{self, Element};
use crate::text::language;

/// Where it has what a page says.
const VOCABULARY: &Vocabulary = &Vocabulary {
    block: "par",
    sure: "charConfidence of the letters",
};

/// Paragraphs in these roles are no part of a text: running titles, and garbage.
const NO_TEXT: &[&str] = &["rt", "garb"];

/// So many letters that stand alone, one after another, are a word that is printed with blanks between its letters.
const SPACED_LETTERS: usize = 4;

/// Certain at its namespace; a root without one needs its blocks.
pub(crate) fn sniff(head: &Head<'_>) -> Verdict {
    let Some(root) = xml::root(head.text) else {
        return Verdict::NO;
    };
    let blocks = || root.rest.contains("blockType=");
    if root.is("document") && root.tag.contains("abbyy.com/FineReader_xml") {
        Verdict::new(99, "the root element is <document> of ABBYY FineReader")
    } else {
        Verdict::when(
            (root.is("document") || root.is("page")) && blocks(),
            98,
            "the root element is <page> or <document>, with blocks of a blockType in it",
        )
    }
}

/// Reads page by page.
pub(crate) fn read(input: &mut Input<'_>, sink: &mut Sink<'_>) -> Result<(), Rejection> {
    let file = input.file;
    let mut styles: Option<Styles> = None;
    xml::read(input, &["page"], &mut |around, page| {
        // They stand before the first page.
        let styles = styles.get_or_insert_with(|| Styles::of(around));
        sink(page.and_then(|page| page::article(printed(&page, styles), file, VOCABULARY)))
    })
}

/// What the styles at the head of a document say, by their ids.
#[derive(Debug, Default)]
struct Styles {
    /// The size of a font, in points.
    sizes: HashMap<String, f64>,
    /// What a paragraph is.
    roles: HashMap<String, String>,
}

impl Styles {
    fn of(around: &[Element]) -> Styles {
        let mut styles = Styles::default();
        for element in around.iter().flat_map(Element::descendants) {
            let Some(id) = element.attribute("id") else {
                continue;
            };
            match element.name.as_str() {
                "fontstyle" => {
                    if let Some(size) = number(element, "fs") {
                        styles.sizes.insert(id.to_owned(), size);
                    }
                }
                "paragraphstyle" => {
                    let role = element.attribute("role").unwrap_or_default();
                    styles.roles.insert(id.to_owned(), role.to_owned());
                }
                _ => {}
            }
        }
        styles
    }

    fn is_text(&self, paragraph: &Element) -> bool {
        let style = paragraph.attribute("style");
        let role = style.and_then(|style| self.roles.get(style));
        role.is_none_or(|role| !NO_TEXT.contains(&role.as_str()))
    }

    fn size(&self, formatting: &Element) -> Option<f64> {
        let of_style = || self.sizes.get(formatting.attribute("style")?).copied();
        number(formatting, "fs").or_else(of_style)
    }
}

fn number(element: &Element, name: &str) -> Option<f64> {
    // `14.` is a number, too.
    let number: f64 = element.attribute(name)?.parse().ok()?;
    number.is_finite().then_some(number)
}

/// What is printed on a page. A paragraph is a block of it, as large as its largest letters.
fn printed(page: &Element, styles: &Styles) -> Page {
    let mut printed = Page::default();
    let mut languages: Vec<(&str, usize)> = Vec::new();
    for paragraph in paragraphs(page).filter(|it| styles.is_text(it)) {
        let first = printed.lines.len();
        let mut size: f64 = 0.0;
        for line in paragraph.children("line") {
            let mut read = Reading::default();
            for formatting in line.children("formatting") {
                let letters = read.take(formatting);
                if letters > 0 {
                    size = size.max(styles.size(formatting).unwrap_or(0.0));
                }
                count(&mut languages, formatting.attribute("lang"), letters);
            }
            let (line, sure) = read.into_line();
            printed.push(line, sure);
        }
        printed.blocks.push(Block {
            lines: first..printed.lines.len(),
            size,
        });
    }
    let most = languages.iter().max_by_key(|(_, letters)| *letters);
    printed.language = most.and_then(|(name, _)| language_of(name));
    printed
}

/// The paragraphs in the blocks of text, those in groups of blocks too.
fn paragraphs(page: &Element) -> impl Iterator<Item = &Element> {
    let mut open = vec![page];
    let blocks = std::iter::from_fn(move || {
        let element = open.pop()?;
        let inner: Vec<&Element> = element.children("block").collect();
        open.extend(inner.into_iter().rev());
        Some(element)
    });
    let is_text = |block: &&Element| {
        let kind = block.attribute("blocktype").unwrap_or("text");
        kind.eq_ignore_ascii_case("text")
    };
    blocks
        .filter(is_text)
        .flat_map(|block| block.children("text"))
        .flat_map(|text| text.children("par"))
}

/// Adds letters to those of their language.
fn count<'e>(languages: &mut Vec<(&'e str, usize)>, language: Option<&'e str>, letters: usize) {
    // A page has a handful of them.
    const MOST: usize = 40;
    let Some(language) = language.filter(|_| letters > 0) else {
        return;
    };
    match languages.iter().position(|(known, _)| *known == language) {
        Some(at) => languages[at].1 += letters,
        None if languages.len() < MOST => languages.push((language, letters)),
        None => {}
    }
}

/// The tag for FineReader's name of a language: `FrenchStandard`, `OldGerman`, `EnglishUnitedStates`.
fn language_of(name: &str) -> Option<String> {
    let name = name.strip_prefix("Old").unwrap_or(name);
    let end = name
        .char_indices()
        .skip(1)
        .find(|(_, c)| !c.is_lowercase())
        .map_or(name.len(), |(at, _)| at);
    language::normalise(&name[..end])
}

/// A line while it is read.
#[derive(Default)]
struct Reading {
    /// Its words, each with the number of blanks before it.
    words: Vec<(usize, String)>,
    blanks: usize,
    sure: Sureness,
}

impl Reading {
    /// Takes the letters of one formatting, and tells how many there were.
    fn take(&mut self, formatting: &Element) -> usize {
        let mut letters = 0;
        let mut characters = formatting.children("charparams").peekable();
        if characters.peek().is_none() {
            return self.push(&formatting.text());
        }
        for character in characters {
            let text = character.text();
            // A blank may be written as an element without text.
            if text.is_empty() {
                self.blanks += 1;
            }
            let count = self.push(&text);
            letters += count;
            // Above 100 stands what was not measured.
            let sure = number(character, "charconfidence");
            if let Some(sure) = sure.filter(|sure| (0.0..=100.0).contains(sure) && count > 0) {
                self.sure.add(Sureness::of(sure / 100.0, count));
            }
        }
        letters
    }

    fn push(&mut self, text: &str) -> usize {
        let mut letters = 0;
        for c in text.chars() {
            if c.is_whitespace() {
                self.blanks += 1;
                continue;
            }
            letters += 1;
            let blanks = std::mem::take(&mut self.blanks);
            match self.words.last_mut().filter(|_| blanks == 0) {
                Some((_, word)) => word.push(c),
                None => self.words.push((blanks, c.into())),
            }
        }
        letters
    }

    fn into_line(self) -> (Line, Sureness) {
        let line = Line {
            words: together(&self.words),
            ..Line::default()
        };
        (line, self.sure)
    }
}

/// Puts words together that are printed with blanks between their letters: `F E R R Y` → `FERRY`. Wider gaps divide such words.
fn together(words: &[(usize, String)]) -> Vec<String> {
    let mut done: Vec<String> = Vec::with_capacity(words.len());
    let mut at = 0;
    while at < words.len() {
        let run = words[at..].iter().take_while(|(_, word)| is_letter(word));
        let run = &words[at..at + run.count()];
        let narrow = run.iter().skip(1).map(|(gap, _)| *gap).min();
        match narrow {
            Some(narrow) if run.len() >= SPACED_LETTERS => {
                for (place, (gap, letter)) in run.iter().enumerate() {
                    match done.last_mut().filter(|_| place > 0 && *gap <= narrow + 1) {
                        Some(word) => word.push_str(letter),
                        None => done.push(letter.clone()),
                    }
                }
            }
            _ => done.extend(run.iter().map(|(_, word)| word.clone())),
        }
        at += run.len();
        if let Some((_, word)) = words.get(at) {
            done.push(word.clone());
            at += 1;
        }
    }
    done
}

/// Whether a word is one letter, perhaps with a mark after it.
fn is_letter(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_alphabetic)
        && letters
            .next()
            .is_none_or(|c| matches!(c, ',' | ';' | ':' | '!' | '?'))
        && letters.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_with_blanks_between_them_are_words() {
        let check = |line: &str, expected: &[&str]| {
            let mut reading = Reading::default();
            reading.push(line);
            assert_eq!(reading.into_line().0.words, expected, "{line}");
        };
        check("F  E  R  R  Y      T  I  M  E  S,", &["FERRY", "TIMES,"]);
        check(
            "the F E R R Y and a b c",
            &["the", "FERRY", "and", "a", "b", "c"],
        );
        check("J. R. R. Mill", &["J.", "R.", "R.", "Mill"]);
        check("", &[]);
    }

    #[test]
    fn languages_have_the_names_of_finereader() {
        let check = |name: &str, expected: Option<&str>| {
            assert_eq!(language_of(name).as_deref(), expected, "{name}");
        };
        check("FrenchStandard", Some("fr"));
        check("EnglishUnitedStates", Some("en"));
        check("OldGerman", Some("de"));
        check("Russian", Some("ru"));
        check("Digits", None);
        check("", None);
    }
}
