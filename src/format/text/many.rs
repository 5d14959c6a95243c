//! Divides a long text into the stories that were put into it one after another, each under its headline and after an
//! empty line.
//!
//! Only what no single article is: a text of many pages in which most passages begin with a line like a headline. What is
//! a headline of its own and what a cross-heading cannot be told by marks, as there are none; a heading of three words or
//! fewer stays in the story that it stands in.

use super::super::layout::Unit;
use super::line::ends_sentence;
use super::prose::words;

/// A text with fewer characters is one article, however it is divided.
const LONG: usize = 100_000;
/// Fewer passages may be the chapters of one text.
const MANY: usize = 50;
/// A headline has no more characters, and more words than a cross-heading.
const HEADLINE_CHARACTERS: usize = 120;
const CROSS_HEADING_WORDS: usize = 3;

/// The units of each story, in their order; one story of all of them where the text is not of that kind.
pub(super) fn stories(units: Vec<Unit>) -> Vec<Vec<Unit>> {
    let characters: usize = units.iter().map(|unit| unit.text.len()).sum();
    let begins: Vec<bool> = (0..units.len())
        .map(|at| begins_story(&units, at))
        .collect();
    let passages = units.iter().filter(|unit| unit.gap > 0).count();
    let begun = begins.iter().filter(|begins| **begins).count();
    if characters < LONG || begun < MANY || begun * 2 < passages {
        return vec![units];
    }
    let mut stories: Vec<Vec<Unit>> = Vec::with_capacity(begun);
    for (unit, begins) in units.into_iter().zip(begins) {
        match stories.last_mut() {
            Some(story) if !begins => story.push(unit),
            _ => stories.push(vec![unit]),
        }
    }
    stories
}

/// Whether a unit is a line like a headline, after an empty line, with a paragraph right under it.
fn begins_story(units: &[Unit], at: usize) -> bool {
    let unit = &units[at];
    let paragraph = units.get(at + 1).filter(|next| next.gap == 0);
    (unit.gap > 0 || at == 0)
        && unit.text.chars().count() <= HEADLINE_CHARACTERS
        && words(&unit.text) > CROSS_HEADING_WORDS
        && !unit
            .text
            .ends_with(['.', '!', ':', ';', ',', '"', '”', '。', '！', '：', '，'])
        && paragraph.is_some_and(|next| {
            ends_sentence(&next.text) || next.text.ends_with(['"', '”', '\'', '’', '」'])
        })
}

#[cfg(test)]
mod tests {
    use super::super::super::layout;
    use super::*;

    fn archive(stories: usize) -> String {
        let paragraph = "The mill by the river burned, and nobody was hurt. ".repeat(20);
        let story = format!(
            "Old mill by the river burns\n{paragraph}\n{paragraph}\n\nFire brigade\n{paragraph}\n\n"
        );
        story.repeat(stories)
    }

    #[test]
    fn stories_one_after_another_are_many_articles() {
        let check = |text: &str, expected: usize| {
            assert_eq!(stories(layout::units(text)).len(), expected);
        };
        check(&archive(60), 60);
        // A long read with a few chapters.
        check(&archive(30), 1);
        check(
            &"A line of a poem\nthat goes on without an end\n\n".repeat(4_000),
            1,
        );
        check("", 1);
    }
}
