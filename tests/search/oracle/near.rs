//! Matches as sets of words, all of them, and those that are reported.
//!
//! A match of a proximity is any match of its left side with any match of its right side that shares no word with it and is
//! near enough: all pairs are tried.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};

use morgue::query::tree::Within;

use super::leaf::Leaf;
use super::words::{Stretch, Word};

/// What a new match costs, in pairs that are looked at.
const NEW_MATCH: usize = 20;

/// What may still be tried for one query, in pairs of matches that are looked at.
pub struct Effort(Cell<u64>);

impl Effort {
    pub fn new(most: u64) -> Self {
        Effort(Cell::new(most))
    }

    /// Whether so much of it was left. When it is not, what is said of the query is wrong.
    fn spend(&self, pairs: usize) -> bool {
        self.0.set(self.0.get().saturating_sub(pairs as u64));
        !self.is_spent()
    }

    pub fn is_spent(&self) -> bool {
        self.0.get() == 0
    }
}

/// What is looked for in one place.
pub enum Pattern {
    Leaf(Leaf),
    Or(Vec<Pattern>),
    Near {
        left: Box<Pattern>,
        right: Box<Pattern>,
        within: Within,
        ordered: bool,
        negated: bool,
    },
}

/// Words side by side that match one leaf, by their numbers in the part, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Run {
    pub first: usize,
    pub last: usize,
}

/// Words of one part: what matches the leaves of a proximity, in order, no two with a word in common.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Match {
    runs: Vec<Run>,
}

/// A match that is reported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reported {
    /// The number of the part.
    pub part: usize,
    /// From the first word to the last.
    pub extent: Run,
    /// What is marked.
    pub runs: Vec<Run>,
    /// Whether it is the match of a proximity, not of a leaf.
    pub window: bool,
}

impl Match {
    pub fn of(run: Run) -> Self {
        Match { runs: vec![run] }
    }

    fn extent(&self) -> Run {
        Run {
            first: self.runs[0].first,
            last: self.runs[self.runs.len() - 1].last,
        }
    }

    fn shares_a_word_with(&self, other: &Match) -> bool {
        let shared = |a: &Run, b: &Run| a.first <= b.last && b.first <= a.last;
        self.runs
            .iter()
            .any(|run| other.runs.iter().any(|another| shared(run, another)))
    }

    fn joined(&self, other: &Match) -> Match {
        let mut runs = [&self.runs[..], &other.runs].concat();
        runs.sort();
        Match { runs }
    }
}

impl Run {
    /// Whether `other` lies in it; equal ones do.
    pub fn holds(&self, other: &Run) -> bool {
        self.first <= other.first && other.last <= self.last
    }
}

/// Whether `b` is as near to `a` as is asked for. They share no word.
fn is_near(a: Run, b: Run, within: Within, ordered: bool, words: &[Word]) -> bool {
    if ordered && a.last >= b.first {
        return false;
    }
    let (first, last) = (a.first.min(b.first), a.last.max(b.last));
    match within {
        Within::Words(most) => {
            let distance = if a.last < b.first {
                b.first - a.last
            } else {
                a.first.saturating_sub(b.last)
            };
            distance <= most as usize
        }
        Within::Sentence => words[first].sentence == words[last].sentence,
        Within::Paragraph => words[first].paragraph == words[last].paragraph,
    }
}

impl Pattern {
    /// Every match in a place.
    fn all(&self, stretch: &Stretch<'_>, effort: &Effort) -> BTreeSet<Match> {
        match self {
            Pattern::Leaf(leaf) => leaf.all(stretch).into_iter().collect(),
            Pattern::Or(patterns) => patterns
                .iter()
                .flat_map(|pattern| pattern.all(stretch, effort))
                .collect(),
            Pattern::Near {
                left,
                right,
                within,
                ordered,
                negated,
            } => {
                let (left, right) = (left.all(stretch, effort), right.all(stretch, effort));
                let mut all = BTreeSet::new();
                for a in &left {
                    if !effort.spend(right.len() + 1) {
                        break;
                    }
                    let near = right.iter().filter(|b| {
                        is_near(a.extent(), b.extent(), *within, *ordered, stretch.words)
                            && !a.shares_a_word_with(b)
                    });
                    if !negated {
                        let before = all.len();
                        all.extend(near.map(|b| a.joined(b)));
                        effort.spend(NEW_MATCH * (all.len() - before));
                    } else if near.count() == 0 {
                        all.insert(a.clone());
                    }
                }
                all
            }
        }
    }

    /// The matches in a place that are reported.
    pub fn reported(&self, stretch: &Stretch<'_>, effort: &Effort) -> Vec<Reported> {
        let all = self.all(stretch, effort);
        self.reported_of(&all, stretch, effort)
    }

    /// Those of `kept` that are reported. `kept` are matches of this node, all or those that survive.
    fn reported_of(
        &self,
        kept: &BTreeSet<Match>,
        stretch: &Stretch<'_>,
        effort: &Effort,
    ) -> Vec<Reported> {
        match self {
            Pattern::Leaf(_) => kept
                .iter()
                .map(|found| Reported {
                    part: stretch.part,
                    extent: found.extent(),
                    runs: found.runs.clone(),
                    window: false,
                })
                .collect(),
            Pattern::Or(patterns) => patterns
                .iter()
                .flat_map(|pattern| {
                    let own = pattern.all(stretch, effort);
                    let own: BTreeSet<Match> = own.intersection(kept).cloned().collect();
                    pattern.reported_of(&own, stretch, effort)
                })
                .collect(),
            Pattern::Near {
                negated: true,
                left,
                ..
            } => left.reported_of(kept, stretch, effort),
            Pattern::Near { negated: false, .. } => shortest(kept, stretch.part, effort),
        }
    }
}

/// Those whose extent holds no other extent; of those with one extent one, with the words of all.
fn shortest(matches: &BTreeSet<Match>, part: usize, effort: &Effort) -> Vec<Reported> {
    let mut by_extent: BTreeMap<Run, Vec<Run>> = BTreeMap::new();
    for found in matches {
        let runs = by_extent.entry(found.extent()).or_default();
        runs.extend(&found.runs);
    }
    if !effort.spend(by_extent.len() * by_extent.len()) {
        return Vec::new();
    }
    let holds_another = |extent: &Run| {
        let mut others = by_extent.keys().filter(|other| *other != extent);
        others.any(|other| extent.holds(other))
    };
    let shortest = by_extent
        .iter()
        .filter(|(extent, _)| !holds_another(extent));
    shortest
        .map(|(extent, runs)| Reported {
            part,
            extent: *extent,
            runs: runs.clone(),
            window: true,
        })
        .collect()
}
