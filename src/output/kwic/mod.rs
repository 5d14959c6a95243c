//! The concordance: one match a line (key word in context), the matches below each other, where it was printed beside it.
//!
//! ```text
//! 1963-08-14                  The ferry to Larkmouth sails agai  n:1
//! 1963-09-02  the bridge, not on the ferry.                      n:2
//! ```
//!
//! Each line has a day, what stands before the match, the match, what stands after it, and the id, for `morgue show`. On a
//! terminal all columns have their place and a line never wraps: what finds no room is cut. In a pipe nothing of the match
//! and the id is. Columns count as a terminal counts them: Chinese and Japanese letters take two. Text from right to left
//! is kept in its column by isolates (UAX 9), so that it does not take its neighbours along; what stands before the match
//! stays on the left.
//!
//! It writes lines as hits come; [`sorted`] holds them first.

mod sorted;

use std::io::{self, Write};

use anstyle::Style;
use unicode_segmentation::UnicodeSegmentation;

pub use sorted::Sorted;

use super::terminal::{clean, columns};
use super::{Look, Render, ink};
use crate::search::{Hit, Line, Response};

/// How many characters of context to ask for where no number was given: more than most terminals have room for.
pub const CONTEXT: u16 = 100;
/// How many columns of context there are in a pipe where no number was given.
const IN_A_PIPE: usize = 60;
/// How many columns a match and the context after it have in a pipe beyond those of the context.
const FOR_THE_MATCH: usize = 12;
/// The columns of a day.
const DAY: usize = 10;
/// Between the columns that are not text.
const GAP: &str = "  ";

/// The output `kwic`.
pub(super) struct Kwic<'a> {
    out: &'a mut dyn Write,
    color: bool,
    room: Room,
}

/// How many columns there are for what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Room {
    /// What stands before the match.
    left: usize,
    /// The match, at most.
    matched: Option<usize>,
    /// What stands after the match, at most.
    right: usize,
    /// The match and what stands after it together: shorter ones are filled up, so that ids stand below each other.
    both: usize,
    /// The id, at most.
    id: Option<usize>,
}

impl Room {
    fn of(look: Look) -> Self {
        let Some(width) = look.width else {
            let context = look.context.unwrap_or(IN_A_PIPE);
            return Room {
                left: context,
                matched: None,
                right: context,
                both: context + FOR_THE_MATCH,
                id: None,
            };
        };
        let id = (width / 5).clamp(8, 32);
        let text = width.saturating_sub(DAY + id + 2 * GAP.len()).max(20);
        // The match stands a little before the middle: it and what follows are read on.
        let context = look.context.unwrap_or(usize::MAX);
        let left = (text * 9 / 20).min(context);
        let both = (text - text * 9 / 20).min(context.saturating_add(text / 3));
        Room {
            left,
            matched: Some(both * 2 / 3),
            right: context,
            both,
            id: Some(id),
        }
    }
}

impl<'a> Kwic<'a> {
    pub(super) fn new(out: &'a mut dyn Write, look: Look) -> Self {
        Kwic {
            out,
            color: look.color,
            room: Room::of(look),
        }
    }

    fn line(&mut self, hit: &Hit, line: &Line) -> io::Result<()> {
        let room = self.room;
        let day: String = hit.date.map(|date| date.to_string()).unwrap_or_default();
        // The day is enough: an hour would cost the text as many columns.
        let day = day.get(..DAY).unwrap_or(&day);
        self.cell(ink::DIM, &format!("{day:DAY$}"))?;
        self.out.write_all(GAP.as_bytes())?;

        let left = on_one_line(&line.left);
        let left = end_of(left.trim_start(), room.left);
        self.blanks(room.left - width(left))?;
        self.cell(Style::new(), left)?;

        let matched = on_one_line(&line.matched);
        let matched = match room.matched {
            Some(most) => without_the_middle(&matched, most),
            None => matched,
        };
        self.cell(ink::MATCH, &matched)?;

        let right = on_one_line(&line.right);
        let left_over = room.both.saturating_sub(width(&matched));
        // In a pipe a long match takes nothing from what follows it.
        let most = if room.matched.is_some() {
            left_over.min(room.right)
        } else {
            room.right
        };
        let right = beginning_of(right.trim_end(), most);
        self.cell(Style::new(), right)?;
        self.blanks(left_over.saturating_sub(width(right)))?;

        self.out.write_all(GAP.as_bytes())?;
        let id = clean(&hit.id);
        match room.id {
            Some(most) if width(&id) > most => {
                let end = end_of(&id, most - 1);
                self.cell(ink::DIM, &format!("…{end}"))?;
            }
            _ => self.cell(ink::DIM, &id)?,
        }
        writeln!(self.out)
    }

    /// A text in its style; one that runs from right to left is kept to itself.
    fn cell(&mut self, style: Style, text: &str) -> io::Result<()> {
        if text.contains(runs_from_right_to_left) {
            let isolated = format!("{FIRST_STRONG_ISOLATE}{text}{POP_ISOLATE}");
            ink::paint(self.out, self.color, style, &isolated)
        } else {
            ink::paint(self.out, self.color, style, text)
        }
    }

    fn blanks(&mut self, count: usize) -> io::Result<()> {
        write!(self.out, "{:count$}", "")
    }
}

impl Render for Kwic<'_> {
    fn begin(&mut self, _: &Response) -> io::Result<()> {
        Ok(())
    }

    fn hit(&mut self, hit: &Hit) -> io::Result<()> {
        let mut lines = hit.lines.iter().flatten();
        lines.try_for_each(|line| self.line(hit, line))
    }

    fn end(&mut self, _: &Response) -> io::Result<()> {
        Ok(())
    }
}

const FIRST_STRONG_ISOLATE: char = '\u{2068}';
const POP_ISOLATE: char = '\u{2069}';

/// Letters of the scripts from right to left: the blocks that Unicode keeps for them.
fn runs_from_right_to_left(letter: char) -> bool {
    matches!(letter, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}'
        | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
}

/// The text cleaned, with one blank for each run of blanks and line ends.
fn on_one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for letter in clean(text).chars() {
        let letter = if letter.is_whitespace() { ' ' } else { letter };
        if letter != ' ' || !line.ends_with(' ') {
            line.push(letter);
        }
    }
    line
}

/// How many columns a text takes, letter by letter: terminals do not join letters to narrower ones.
fn width(text: &str) -> usize {
    text.graphemes(true).map(columns).sum()
}

/// As much of the beginning as finds room.
fn beginning_of(text: &str, most: usize) -> &str {
    &text[..fitting(text.grapheme_indices(true), most)]
}

/// As much of the end as finds room.
fn end_of(text: &str, most: usize) -> &str {
    &text[text.len() - fitting(text.grapheme_indices(true).rev(), most)..]
}

/// How many bytes of these letters find room.
fn fitting<'a>(letters: impl Iterator<Item = (usize, &'a str)>, most: usize) -> usize {
    let (mut used, mut bytes) = (0, 0);
    for (_, letter) in letters {
        used += columns(letter);
        if used > most {
            break;
        }
        bytes += letter.len();
    }
    bytes
}

/// A text that is too long, by its beginning and its end: of a proximity these are what was asked for.
fn without_the_middle(text: &str, most: usize) -> String {
    if width(text) <= most {
        return text.to_owned();
    }
    let beginning = beginning_of(text, most / 2);
    let end = end_of(text, most.saturating_sub(width(beginning) + 1));
    format!("{beginning}…{end}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_finds_no_room_is_cut_between_letters() {
        let check = |text: &str, most: usize, beginning: &str, end: &str, both: &str| {
            assert_eq!(beginning_of(text, most), beginning);
            assert_eq!(end_of(text, most), end);
            assert_eq!(without_the_middle(text, most), both);
        };
        check("ferry", 5, "ferry", "ferry", "ferry");
        check("the ferry", 5, "the f", "ferry", "th…ry");
        check("停戰協議", 5, "停戰", "協議", "停…議");
        check(
            "e\u{301}te\u{301}s",
            2,
            "e\u{301}t",
            "e\u{301}s",
            "e\u{301}…",
        );
        check("ferry", 0, "", "", "…");
    }

    #[test]
    fn a_line_has_the_width_of_the_terminal() {
        for width in 42..200 {
            for context in [None, Some(0), Some(10), Some(500)] {
                let room = Room::of(Look {
                    width: Some(width),
                    context,
                    ..Look::default()
                });
                let all = DAY + 2 * GAP.len() + room.left + room.both + room.id.unwrap();
                assert!(
                    all <= width && (context.is_some() || all == width),
                    "{width}: {room:?}"
                );
            }
        }
    }
}
