//! A page as it was printed: its lines in the order of the file, the blocks they stand in, and how sure the machine was
//! that read them. Made by [`alto`](super::alto) and [`abbyy`](super::abbyy); what of it is an article, [`page`](super::page) tells.

use std::collections::HashMap;
use std::ops::Range;

use super::lines::Line;

/// A page.
#[derive(Debug, Default)]
pub(super) struct Page {
    /// Every line of it.
    pub(super) lines: Vec<Line>,
    /// The lines of each block of text.
    pub(super) blocks: Vec<Block>,
    /// The lines of everything that has an ID: a line, a block, blocks composed of others, the page.
    pub(super) places: HashMap<String, Range<usize>>,
    /// How sure the words of each line are.
    sure: Vec<Sureness>,
    /// How sure the page is as a whole, from 0 to 1, where it says so.
    pub(super) stated: Option<f64>,
    /// The language in which most of it was read, as a BCP 47 tag, where that is told.
    pub(super) language: Option<String>,
}

/// A block of text.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Block {
    /// Its lines in [`Page::lines`].
    pub(super) lines: Range<usize>,
    /// The size of its print: of its font, else the height of its lines. To be compared within a page only.
    pub(super) size: f64,
}

/// A sum of confidences, weighed by letters.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Sureness {
    sum: f64,
    letters: f64,
}

impl Sureness {
    /// That of so many letters, from 0 to 1.
    pub(super) fn of(share: f64, letters: usize) -> Self {
        let letters = f64::from(u32::try_from(letters).unwrap_or(u32::MAX));
        Sureness {
            sum: share * letters,
            letters,
        }
    }

    /// Adds those of others.
    pub(super) fn add(&mut self, other: Sureness) {
        self.sum += other.sum;
        self.letters += other.letters;
    }

    /// The mean in percent; `None` where nothing was said.
    pub(super) fn percent(self) -> Option<u8> {
        (self.letters > 0.0).then(|| percent(self.sum / self.letters))
    }
}

/// A share from 0 to 1 in percent.
fn percent(share: f64) -> u8 {
    // The range of a float that is cast is bounded first.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let percent = (share * 100.0).round().clamp(0.0, 100.0) as u8;
    percent
}

impl Page {
    /// Adds a line, and how sure its words are.
    pub(super) fn push(&mut self, line: Line, sure: Sureness) {
        self.lines.push(line);
        self.sure.push(sure);
    }

    /// The lines of what has this ID; all of the page for the empty one.
    pub(super) fn place(&self, id: &str) -> Option<Range<usize>> {
        if id.is_empty() {
            return Some(0..self.lines.len());
        }
        self.places.get(id).cloned()
    }

    /// How sure these lines are.
    pub(super) fn sureness(&self, lines: Range<usize>) -> Sureness {
        let mut all = Sureness::default();
        for sure in &self.sure[lines] {
            all.add(*sure);
        }
        all
    }

    /// How sure the page is, in percent.
    pub(super) fn percent(&self) -> Option<u8> {
        let words = self.sureness(0..self.lines.len()).percent();
        words.or(self.stated.map(percent))
    }
}
