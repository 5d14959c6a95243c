//! Snippets: the stretches of an article that show why it was found.
//!
//! Headline, deck, byline and captions are shown whole where they hold a match; the body by its best stretches, which
//! begin and end with sentences where these are not too long, else between words. Without a match in the body, its
//! beginning is shown. The matches are those of [`super::matches`], and no others.

use std::ops::Range;

use super::analysed::{Analysed, Stretch};
use super::matches::Matches;
use super::response::{Snippet, SnippetField};
use crate::text::hash::hash;
use crate::text::sentence;

/// How many stretches of the body are shown at most.
const STRETCHES: usize = 3;
/// How long a stretch should be, in bytes: sentences are joined up to this.
const WANTED: usize = 160;
/// How long a stretch may be, in bytes: longer sentences are cut.
const LONGEST: usize = 320;

/// The snippets of an article with these matches; where `hashes` are wanted, each with that of its text.
pub(crate) fn snippets(article: &Analysed<'_>, matches: &Matches, hashes: bool) -> Vec<Snippet> {
    let mut snippets = Vec::new();
    for (at, part) in article.parts.iter().enumerate() {
        let marks = of_part(&matches.marks, at);
        let stretches: Vec<_> = match part.field {
            SnippetField::Body if marks.is_empty() => beginning(part.text).into_iter().collect(),
            SnippetField::Body => best(part.text, &shown_together(matches, at, &marks)),
            _ if marks.is_empty() => continue,
            _ => std::iter::once(0..part.text.len()).collect(),
        };
        let hash = (hashes && !stretches.is_empty()).then(|| hash(part.text));
        for stretch in stretches {
            snippets.push(Snippet {
                part: part.number,
                hash: hash.clone(),
                ..snippet(part.field, part.text, stretch, &marks)
            });
        }
    }
    snippets
}

fn of_part(stretches: &[Stretch], part: usize) -> Vec<Range<usize>> {
    let of_part = stretches.iter().filter(|stretch| stretch.part == part);
    of_part.map(|stretch| stretch.range.clone()).collect()
}

/// The matches of a part that are to be shown whole; of one that is too long, its words one by one.
fn shown_together(matches: &Matches, part: usize, marks: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut shown = of_part(&matches.list, part);
    shown.retain(|found| found.len() <= LONGEST);
    let (mut next, mut reach) = (0, 0);
    let mut apart = Vec::new();
    for mark in marks {
        while next < shown.len() && shown[next].start <= mark.start {
            reach = reach.max(shown[next].end);
            next += 1;
        }
        if reach < mark.end {
            apart.push(mark.clone());
        }
    }
    shown.extend(apart);
    shown.sort_by_key(|found| (found.start, found.end));
    shown
}

/// The stretch of `text` with the matches that lie in it, counted in characters.
fn snippet(
    field: SnippetField,
    text: &str,
    stretch: Range<usize>,
    matches: &[Range<usize>],
) -> Snippet {
    let shown = &text[stretch.clone()];
    let mut highlights = Vec::new();
    let (mut at, mut chars) = (stretch.start, 0);
    for found in matches {
        // Of a mark that is longer than what is shown, what is shown.
        let found = found.start.max(stretch.start)..found.end.min(stretch.end);
        if found.is_empty() {
            continue;
        }
        let start = chars + text[at..found.start].chars().count();
        let end = start + text[found.clone()].chars().count();
        highlights.push((start, end));
        (at, chars) = (found.end, end);
    }
    Snippet {
        field,
        part: 0,
        start: text[..stretch.start].chars().count(),
        hash: None,
        text: on_one_line(shown),
        highlights,
    }
}

/// The text with one blank for each character that ends a line or is none of a line, so that offsets stay.
pub(super) fn on_one_line(text: &str) -> String {
    let shown = |c: char| {
        if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') {
            ' '
        } else {
            c
        }
    };
    text.chars().map(shown).collect()
}

/// The beginning of a body.
fn beginning(text: &str) -> Option<Range<usize>> {
    let sentences = sentences(text, &[]);
    Some(grown(text, sentences.first()?.clone(), &sentences))
}

/// The best stretches of a body, in the order of the text.
fn best(text: &str, matches: &[Range<usize>]) -> Vec<Range<usize>> {
    let sentences = sentences(text, matches);
    let mut chosen: Vec<Range<usize>> = Vec::new();
    let mut seen: Vec<String> = Vec::new();
    while chosen.len() < STRETCHES {
        let free = |sentence: &&Range<usize>| {
            !chosen
                .iter()
                .any(|range| range.start < sentence.end && sentence.start < range.end)
        };
        let scored = sentences
            .iter()
            .filter(free)
            .map(|sentence| (worth(text, sentence, matches, &seen), sentence));
        // Of equals the earlier one: news says the most important thing first.
        let Some((worth, sentence)) =
            scored.reduce(|best, next| if next.0 > best.0 { next } else { best })
        else {
            break;
        };
        if worth == (0, 0) {
            break;
        }
        let taken = chosen.clone();
        let free: Vec<_> = sentences
            .iter()
            .filter(|s| {
                !taken
                    .iter()
                    .any(|range| range.start < s.end && s.start < range.end)
            })
            .cloned()
            .collect();
        let stretch = grown(text, around_matches(text, sentence.clone(), matches), &free);
        seen.extend(inside(&stretch, matches).map(|found| text[found.clone()].to_lowercase()));
        chosen.push(stretch);
    }
    chosen.sort_by_key(|range| range.start);
    chosen
}

/// What a sentence would add: words not shown yet, and matches.
fn worth(
    text: &str,
    sentence: &Range<usize>,
    matches: &[Range<usize>],
    seen: &[String],
) -> (usize, usize) {
    let mut new: Vec<String> = inside(sentence, matches)
        .map(|found| text[found.clone()].to_lowercase())
        .collect();
    let all = new.len();
    new.sort();
    new.dedup();
    (new.iter().filter(|word| !seen.contains(word)).count(), all)
}

/// The matches inside a stretch; they are in order, and there may be thousands.
fn inside<'a>(
    stretch: &Range<usize>,
    matches: &'a [Range<usize>],
) -> impl Iterator<Item = &'a Range<usize>> {
    let first = matches.partition_point(|found| found.start < stretch.start);
    let end = stretch.end;
    matches[first..]
        .iter()
        .take_while(move |found| found.start < end)
        .filter(move |found| found.end <= end)
}

/// The sentences of a body, without the blanks around them. A match that crosses a sentence's end joins two of them.
fn sentences(text: &str, matches: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut sentences: Vec<Range<usize>> = Vec::new();
    let mut matches = matches.iter().peekable();
    // How far the matches reach that begin before the end of the last sentence.
    let mut reach = 0;
    let mut start = 0;
    for paragraph in text.split("\n\n") {
        let starts: Vec<usize> = sentence::starts(paragraph)
            .chain([paragraph.len()])
            .collect();
        for pair in starts.windows(2) {
            let shown = &paragraph[pair[0]..pair[1]];
            let from = start + pair[0] + (shown.len() - shown.trim_start_matches(is_unseen).len());
            let to = from + shown.trim_matches(is_unseen).len();
            match sentences.last_mut() {
                Some(last) if from < reach => last.end = to.max(last.end),
                _ if from < to => sentences.push(from..to),
                _ => {}
            }
            while let Some(found) = matches.next_if(|found| found.start < to) {
                reach = reach.max(found.end);
            }
        }
        start += paragraph.len() + 2;
    }
    sentences
}

fn is_unseen(c: char) -> bool {
    c.is_whitespace() || c.is_control()
}

/// A sentence that is too long, cut around its first matches.
fn around_matches(text: &str, sentence: Range<usize>, matches: &[Range<usize>]) -> Range<usize> {
    if sentence.len() <= LONGEST {
        return sentence;
    }
    let first = inside(&sentence, matches)
        .next()
        .cloned()
        .unwrap_or(sentence.start..sentence.start);
    let before = first.start.saturating_sub(WANTED / 2).max(sentence.start);
    let start = if before == sentence.start {
        before
    } else {
        between_words(text, before, first.start)
    };
    let limit = (start + LONGEST).min(sentence.end).max(first.end);
    let end = if limit == sentence.end {
        limit
    } else {
        start
            + text[start..floor(text, limit)]
                .rfind(char::is_whitespace)
                .unwrap_or(limit - start)
    };
    start..floor(text, end.max(first.end))
}

/// The first place between two words from `at` on, before `before`.
fn between_words(text: &str, at: usize, before: usize) -> usize {
    let at = floor(text, at);
    let blank = text[at..before]
        .find(char::is_whitespace)
        .map_or(before, |blank| at + blank);
    blank + (text[blank..before].len() - text[blank..before].trim_start().len())
}

/// The character boundary at or before `at`.
fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len()))
        .rev()
        .find(|&at| text.is_char_boundary(at))
        .unwrap_or(0)
}

/// A short stretch, with the sentences after and before it in its paragraph that still find room.
fn grown(text: &str, mut stretch: Range<usize>, sentences: &[Range<usize>]) -> Range<usize> {
    let same_paragraph = |gap: Range<usize>| !text[gap].contains("\n\n");
    loop {
        if stretch.len() >= WANTED {
            return cut(text, stretch);
        }
        let after = sentences.iter().find(|next| next.start >= stretch.end);
        let before = sentences
            .iter()
            .rev()
            .find(|next| next.end <= stretch.start);
        // A stretch that was cut out of its sentence takes in what lies between, too.
        let fits = |grown: Range<usize>| grown.len() <= LONGEST;
        if let Some(next) = after
            .filter(|next| fits(stretch.start..next.end) && same_paragraph(stretch.end..next.start))
        {
            stretch.end = next.end;
        } else if let Some(next) = before
            .filter(|next| fits(next.start..stretch.end) && same_paragraph(next.end..stretch.start))
        {
            stretch.start = next.start;
        } else {
            return cut(text, stretch);
        }
    }
}

/// A stretch that is too long all the same, cut at a blank.
fn cut(text: &str, stretch: Range<usize>) -> Range<usize> {
    if stretch.len() <= LONGEST {
        return stretch;
    }
    let limit = floor(text, stretch.start + LONGEST);
    let end = text[stretch.start..limit]
        .rfind(char::is_whitespace)
        .map_or(limit, |blank| stretch.start + blank);
    stretch.start..end
}
