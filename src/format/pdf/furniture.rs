//! What stands on many pages at the top or at the foot: running heads, numbers of pages. It is taken away; its lines are
//! given back, for a running head often has the date.

use std::collections::{HashMap, HashSet};

use super::lines::{Block, Line};

/// So many lines at the top and at the foot of a page are looked at.
const LINES: usize = 3;

/// A line on two pages, and on one of so many, is a running head: left and right pages may have their own.
const SHARE: usize = 4;

/// A number on a page of its own stands with at most so many letters: "Page 3 of 4".
const LETTERS: usize = 8;

/// Takes them away, and gives their texts.
pub(super) fn take(pages: &mut [Vec<Block>]) -> Vec<String> {
    let mut counts: HashMap<String, usize> = HashMap::new();
    for page in pages.iter() {
        let keys: HashSet<String> = edges(page).iter().map(|line| key(&line.text)).collect();
        for key in keys {
            *counts.entry(key).or_default() += 1;
        }
    }
    let least = pages.len().div_ceil(SHARE).max(2);
    let mut heads = Vec::new();
    for page in pages {
        let taken: Vec<Line> = edges(page)
            .into_iter()
            .filter(|line| {
                let key = key(&line.text);
                let repeats = key.chars().any(char::is_alphabetic) && counts[&key] >= least;
                repeats || is_page_number(&line.text)
            })
            .cloned()
            .collect();
        for block in page.iter_mut() {
            block.lines.retain(|line| !taken.contains(line));
        }
        page.retain(|block| !block.lines.is_empty());
        heads.extend(taken.into_iter().map(|line| line.text));
    }
    heads
}

/// The first and the last lines of a page.
fn edges(page: &[Block]) -> Vec<&Line> {
    let mut lines: Vec<&Line> = page.iter().flat_map(|block| &block.lines).collect();
    lines.sort_by(|a, b| b.base.total_cmp(&a.base));
    if lines.len() > 2 * LINES {
        lines.drain(LINES..lines.len() - LINES);
    }
    lines
}

/// A line without what changes from page to page.
fn key(text: &str) -> String {
    let kept = text.chars().filter(|c| c.is_alphabetic() || *c == ' ');
    kept.collect::<String>().trim().to_lowercase()
}

fn is_page_number(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let words = text.to_lowercase();
    let named = [
        "page", "seite", "pagina", "página", "side", "sida", "стр", "p.",
    ];
    (1..=4).contains(&digits)
        && text.chars().count() <= 24
        && (letters == 0
            || letters <= LETTERS
                && named
                    .iter()
                    .any(|name| words.trim_start().starts_with(name)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(lines: &[&str]) -> Vec<Block> {
        let line = |(nth, text): (i32, &&str)| Line {
            text: (*text).to_owned(),
            left: 0.0,
            right: 9.0,
            base: f64::from(-nth),
            size: 10.0,
            bold: false,
        };
        let lines = (0..).zip(lines).map(line).collect();
        vec![Block { lines }]
    }

    #[test]
    fn heads_that_run_are_taken_away() {
        let mut pages = [
            page(&["The Courier, 4 March 1987", "It sails.", "page 1"]),
            page(&["The Courier, 4 March 1987", "In 1987", "2 of us", "- 2 -"]),
        ];
        let heads = take(&mut pages);
        assert_eq!(heads.len(), 4);
        let left: Vec<_> = pages.iter().flatten().flat_map(|it| &it.lines).collect();
        let left: Vec<_> = left.iter().map(|line| line.text.as_str()).collect();
        assert_eq!(left, ["It sails.", "In 1987", "2 of us"]);
    }
}
