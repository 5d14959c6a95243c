//! Sentences, paragraphs and parts of an article, by the positions at which they begin.

use super::algebra::{Run, Units};
use crate::text::sentence::Unit;

/// Where the units of an article begin, in order. What begins a wider one begins the narrower ones too.
#[derive(Debug, Default)]
pub(crate) struct Starts {
    pub(crate) sentences: Vec<u32>,
    pub(crate) paragraphs: Vec<u32>,
    pub(crate) parts: Vec<u32>,
}

impl Starts {
    /// Notes that a unit begins. Positions are given in order.
    pub(crate) fn push(&mut self, unit: Unit, position: u32) {
        self.sentences.push(position);
        if unit >= Unit::Paragraph {
            self.paragraphs.push(position);
        }
        if unit == Unit::Text {
            self.parts.push(position);
        }
    }
}

impl Units for &Starts {
    fn around(&mut self, unit: Unit, position: u32) -> (u32, u32) {
        let starts = match unit {
            Unit::Sentence => &self.sentences,
            Unit::Paragraph => &self.paragraphs,
            Unit::Text => &self.parts,
        };
        around(starts, position)
    }
}

/// The stretch between two starts that holds a position.
pub(super) fn around(starts: &[u32], position: u32) -> (u32, u32) {
    let after = starts.partition_point(|start| *start <= position);
    let first = after.checked_sub(1).map_or(0, |last| starts[last]);
    (first, starts.get(after).copied().unwrap_or(u32::MAX))
}

/// Leaves of the runs those that lie in the lead: the headline, and the first paragraph of the body that holds a word.
pub(crate) fn keep_lead(
    runs: &mut Vec<Run>,
    headline: Option<u32>,
    body: Option<u32>,
    units: &mut impl Units,
) {
    let mut end_of = |start: Option<u32>, unit| {
        let start = start?;
        Some((start, units.around(unit, start).1))
    };
    let lead = [end_of(headline, Unit::Text), end_of(body, Unit::Paragraph)];
    runs.retain(|run| {
        let inside = |&(start, end): &(u32, u32)| start <= run.0 && run.1 < end;
        lead.iter().flatten().any(inside)
    });
}
