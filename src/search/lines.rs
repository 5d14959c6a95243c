//! Every match with its context: the lines of a concordance, and the places of matches for other programs.
//!
//! What is a match is decided in [`super::matches`]. This counts it in characters of its text and cuts the context; how a
//! line is shown, and in which order, is a matter of [`crate::output::kwic`].

use unicode_normalization::char::is_combining_mark;

use super::analysed::{Analysed, Stretch};
use super::matches::Matches;
use super::response::{Line, Passage};
use super::snippet::on_one_line;

/// A line for every match that is counted, with up to `context` characters on each side. No line leaves its text: what
/// stands before a match in the body is never the headline.
pub(crate) fn lines(article: &Analysed<'_>, matches: &Matches, context: u16) -> Vec<Line> {
    let line = |(place, stretch): (Passage, &Stretch)| {
        let (before, rest) = article.parts[stretch.part]
            .text
            .split_at(stretch.range.start);
        let (matched, after) = rest.split_at(stretch.range.len());
        Line {
            place,
            left: on_one_line(end_of(before, context.into())),
            matched: on_one_line(matched),
            right: on_one_line(beginning_of(after, context.into())),
        }
    };
    let places = passages(article, &matches.list).into_iter();
    places.zip(&matches.list).map(line).collect()
}

/// Where these stretches lie, counted in characters.
pub(crate) fn passages(article: &Analysed<'_>, stretches: &[Stretch]) -> Vec<Passage> {
    let mut ruler = Ruler::default();
    let mut measured = 0;
    let passage = |stretch: &Stretch| {
        let part = &article.parts[stretch.part];
        if std::mem::replace(&mut measured, stretch.part) != stretch.part {
            ruler = Ruler::default();
        }
        Passage {
            field: part.field,
            part: part.number,
            start: ruler.characters(part.text, stretch.range.start),
            end: ruler.characters(part.text, stretch.range.end),
        }
    };
    stretches.iter().map(passage).collect()
}

/// Counts the characters before places of a text. It counts on from the last place, so that a text with many matches is
/// gone through about once.
#[derive(Default)]
struct Ruler {
    byte: usize,
    character: usize,
}

impl Ruler {
    fn characters(&mut self, text: &str, byte: usize) -> usize {
        if byte >= self.byte {
            self.character += text[self.byte..byte].chars().count();
        } else {
            self.character -= text[byte..self.byte].chars().count();
        }
        self.byte = byte;
        self.character
    }
}

/// The last characters of a text, at most `count`: not beginning with marks of a letter that is cut off.
fn end_of(text: &str, count: usize) -> &str {
    let starts = text.char_indices().rev().take(count);
    let cut = starts.last().map_or(text.len(), |(at, _)| at);
    if cut == 0 {
        return text;
    }
    text[cut..].trim_start_matches(joins_the_letter_before)
}

/// The first characters of a text, at most `count`: not ending with a letter whose marks are cut off.
fn beginning_of(text: &str, count: usize) -> &str {
    let cut = text.char_indices().nth(count).map(|(at, _)| at);
    let Some(cut) = cut else { return text };
    let whole = &text[..cut];
    if !text[cut..].starts_with(joins_the_letter_before) {
        return whole;
    }
    let mut letters = whole.trim_end_matches(joins_the_letter_before).chars();
    letters.next_back();
    letters.as_str()
}

/// Accents, vowel signs, variation selectors and joiners.
fn joins_the_letter_before(c: char) -> bool {
    is_combining_mark(c) || c == '\u{200d}'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn context_is_cut_between_letters() {
        let check = |text: &str, count: usize, end: &str, beginning: &str| {
            assert_eq!(end_of(text, count), end, "the end of {text}");
            assert_eq!(
                beginning_of(text, count),
                beginning,
                "the beginning of {text}"
            );
        };
        check("the ferry", 5, "ferry", "the f");
        check("ferry", 5, "ferry", "ferry");
        check("ferry", 0, "", "");
        check("", 5, "", "");
        check("kůň", 2, "ůň", "ků");
        check("ae\u{301}i", 2, "i", "a");
        check("ae\u{301}i", 3, "e\u{301}i", "ae\u{301}");
        // A text of nothing but marks is no letter's.
        check("\u{301}\u{301}", 1, "", "");
        check("\u{301}\u{301}", 2, "\u{301}\u{301}", "\u{301}\u{301}");
    }

    #[test]
    fn a_ruler_goes_back_too() {
        let text = "kůň a kůň";
        let mut ruler = Ruler::default();
        for (byte, characters) in [(0, 0), (5, 3), (8, 6), (3, 2), (text.len(), 9)] {
            assert_eq!(ruler.characters(text, byte), characters);
        }
    }
}
