//! The lines of a concordance in another order than that of the hits: what stands beside the match is grouped.
//!
//! All lines are held until the last hit has come: their texts, and each hit once without its snippets.

use std::io;

use crate::output::Render;
use crate::search::{Hit, Line, LineOrder, Response};
use crate::text::analysis::{form, words};

/// Hands hits on to another output, one line at a time, in an order of lines.
pub struct Sorted<'a> {
    inner: Box<dyn Render + 'a>,
    order: LineOrder,
    hits: Vec<Hit>,
    /// Each with the number of its hit.
    lines: Vec<(usize, Line)>,
}

impl<'a> Sorted<'a> {
    /// Sorts what goes to `inner`.
    #[must_use]
    pub fn new(inner: Box<dyn Render + 'a>, order: LineOrder) -> Self {
        Sorted {
            inner,
            order,
            hits: Vec::new(),
            lines: Vec::new(),
        }
    }
}

impl Render for Sorted<'_> {
    fn begin(&mut self, head: &Response) -> io::Result<()> {
        self.inner.begin(head)
    }

    fn hit(&mut self, hit: &Hit) -> io::Result<()> {
        let lines = hit.lines.iter().flatten().cloned();
        self.lines.extend(lines.map(|line| (self.hits.len(), line)));
        self.hits.push(Hit {
            lines: None,
            snippets: Vec::new(),
            ..hit.clone()
        });
        Ok(())
    }

    fn end(&mut self, head: &Response) -> io::Result<()> {
        let order = self.order;
        // Lines that are alike stay in the order of the hits.
        self.lines.sort_by_cached_key(|(_, line)| key(order, line));
        for (hit, line) in self.lines.drain(..) {
            let hit = &mut self.hits[hit];
            hit.lines = Some(vec![line]);
            self.inner.hit(hit)?;
        }
        self.inner.end(head)
    }
}

/// What a line is sorted by: words, one after the other, cases and accents folded.
fn key(order: LineOrder, line: &Line) -> Vec<String> {
    let folded = |text: &str| -> Vec<String> {
        words(text)
            .map(|word| form::exact_of(&text[word]))
            .collect()
    };
    match order {
        LineOrder::Order => Vec::new(),
        LineOrder::Left => {
            let mut words = folded(&line.left);
            words.reverse();
            words
        }
        LineOrder::Right => folded(&line.right),
        LineOrder::Match => {
            let mut words = folded(&line.matched);
            // Sorts before every word: a match goes before the longer one that it begins.
            words.push(String::new());
            words.extend(folded(&line.right));
            words
        }
    }
}
