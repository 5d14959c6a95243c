//! Where words stand near each other: an algebra of the positions of one article. It knows neither the index nor the text, so
//! that what the index matches and what is marked in an article come from the same code.
//!
//! A match is a set of words, its extent goes from the first to the last of them. Whether there is a match is asked of all
//! combinations: none is dropped for being longer than another, since the longer one may be nearer to a third word. What is
//! reported are the shortest stretches, after Clarke, Cormack & Burkowski ("An Algebra for Structured Text Search", 1995):
//! those that hold no other of the same proximity.

use std::borrow::Cow;

use super::counting::shortest;
use super::tree::{Near, Spans};
use crate::query::tree::Within;
use crate::text::sentence::Unit;

/// Words side by side: the positions of the first and of the last.
pub(crate) type Run = (u32, u32);

/// A match.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Found {
    /// The position of its first word.
    pub(crate) start: u32,
    /// The position of its last word.
    pub(crate) end: u32,
    /// The words it is made of, in order; none when they are one run from the first to the last.
    pub(crate) runs: Vec<Run>,
    /// The number of the proximity that it matches, or none for a word or phrase.
    pub(crate) of: Option<u16>,
}

impl Found {
    /// A match of a word or a phrase.
    pub(crate) fn run((start, end): Run) -> Self {
        Found {
            start,
            end,
            runs: Vec::new(),
            of: None,
        }
    }

    pub(crate) fn runs(&self) -> impl Iterator<Item = Run> + '_ {
        let whole = self.runs.is_empty().then_some((self.start, self.end));
        self.runs.iter().copied().chain(whole)
    }

    fn extent(&self) -> Run {
        (self.start, self.end)
    }

    /// Both together.
    fn join(&self, other: &Found, of: u16) -> Self {
        let mut runs: Vec<Run> = self.runs().chain(other.runs()).collect();
        runs.sort_unstable();
        Found {
            start: self.start.min(other.start),
            end: self.end.max(other.end),
            runs,
            of: Some(of),
        }
    }

    fn shares_a_word_with(&self, other: &Found) -> bool {
        let apart = self.end < other.start || other.end < self.start;
        let overlap = |a: Run| other.runs().any(|b| a.0 <= b.1 && b.0 <= a.1);
        !apart && self.runs().any(overlap)
    }
}

/// The sentences, paragraphs and parts of an article, by position.
pub(crate) trait Units {
    /// The unit that holds a position: from its first position to before the first of the next.
    fn around(&mut self, unit: Unit, position: u32) -> (u32, u32);
}

/// Is given one match after the other, and says whether to go on.
type Each<'e, T> = &'e mut dyn FnMut(T) -> Result<bool, TooMany>;

/// The matches that may stand on the other side of a proximity.
struct Others<'f> {
    /// In the order of their starts.
    found: &'f [Found],
    /// How far the longest reaches beyond its start.
    longest: u32,
}

impl<'f> Others<'f> {
    fn new(found: &'f [Found]) -> Self {
        let longest = found.iter().map(|one| one.end - one.start).max();
        Others {
            found,
            longest: longest.unwrap_or(0),
        }
    }
}

/// In an article, proximities can be met in more ways than are looked at. Then there is no answer: some of the matches would
/// pass for all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TooMany;

/// In how many ways a proximity that is part of another may be met in one article.
const MOST: usize = 50_000;
/// How many pairs of matches are looked at in one article: a second at the very most.
const MOST_PAIRS: usize = 2_000_000;

/// An article, in which each leaf of a tree has been looked up.
pub(crate) struct Places<'a, U> {
    /// The runs of each leaf, in order.
    leaves: &'a [Vec<Run>],
    units: &'a mut U,
    /// How many pairs of matches have been looked at.
    pairs: usize,
}

impl<'a, U: Units> Places<'a, U> {
    /// An article with the runs of each leaf, in order.
    pub(crate) fn new(leaves: &'a [Vec<Run>], units: &'a mut U) -> Self {
        Places {
            leaves,
            units,
            pairs: 0,
        }
    }

    /// Whether there is a match.
    pub(crate) fn any(&mut self, spans: &Spans) -> Result<bool, TooMany> {
        match spans {
            Spans::Leaf(leaf) => Ok(!self.leaves[*leaf].is_empty()),
            Spans::Any(parts) => {
                for part in parts {
                    if self.any(part)? {
                        return Ok(true);
                    }
                }
                Ok(false)
            }
            Spans::Near(near) if near.negated => Ok(!self.all(spans)?.is_empty()),
            Spans::Near(near) => {
                let mut found = false;
                self.windows(near, &mut |_| {
                    found = true;
                    Ok(false)
                })?;
                Ok(found)
            }
        }
    }

    /// The matches to be counted and marked: of each proximity, the shortest.
    pub(crate) fn reported(&mut self, spans: &Spans) -> Result<Vec<Found>, TooMany> {
        match spans {
            Spans::Leaf(leaf) => Ok(self.leaves[*leaf].iter().copied().map(Found::run).collect()),
            Spans::Any(parts) => {
                let mut found = Vec::new();
                for part in parts {
                    found.extend(self.reported(part)?);
                }
                Ok(found)
            }
            Spans::Near(near) if near.negated => Ok(shortest(self.all(spans)?)),
            Spans::Near(near) => {
                let (mut found, mut limit) = (Vec::new(), MOST);
                self.windows(near, &mut |window| {
                    found.push(window);
                    if found.len() > limit {
                        found = shortest(std::mem::take(&mut found));
                        limit = MOST.max(2 * found.len());
                    }
                    Ok(true)
                })?;
                Ok(shortest(found))
            }
        }
    }

    /// Every match, in the order of their starts.
    fn all(&mut self, spans: &Spans) -> Result<Vec<Found>, TooMany> {
        let mut found = match spans {
            Spans::Leaf(leaf) => {
                return Ok(self.leaves[*leaf].iter().copied().map(Found::run).collect());
            }
            Spans::Any(parts) => {
                let mut found = Vec::new();
                for part in parts {
                    found.extend(self.all(part)?);
                }
                found
            }
            Spans::Near(near) => {
                let (left, right) = (self.all(&near.left)?, self.all(&near.right)?);
                let right = Others::new(&right);
                let mut found = Vec::new();
                if near.negated {
                    for one in left {
                        let mut alone = true;
                        self.partners(near, &one, &right, &mut |_| {
                            alone = false;
                            Ok(false)
                        })?;
                        if alone {
                            found.push(one);
                        }
                    }
                    return Ok(found);
                }
                for one in &left {
                    self.partners(near, one, &right, &mut |other| {
                        found.push(one.join(other, near.number));
                        if found.len() > MOST {
                            return Err(TooMany);
                        }
                        Ok(true)
                    })?;
                }
                found
            }
        };
        found.sort_unstable_by(|a, b| (a.extent(), &a.runs).cmp(&(b.extent(), &b.runs)));
        found.dedup();
        Ok(found)
    }

    /// Gives matches of a proximity until told to stop: all of the shortest are among them.
    fn windows(&mut self, near: &Near, each: Each<'_, Found>) -> Result<(), TooMany> {
        if let (Some(left), Some(right)) = (self.simple(&near.left), self.simple(&near.right)) {
            let going = self.next_ones(near, &left, &right, each)?;
            if going && !near.ordered {
                self.next_ones(near, &right, &left, each)?;
            }
            return Ok(());
        }
        let (left, right) = (self.all(&near.left)?, self.all(&near.right)?);
        let right = Others::new(&right);
        for one in &left {
            let mut going = true;
            self.partners(near, one, &right, &mut |other| {
                going = each(one.join(other, near.number))?;
                Ok(going)
            })?;
            if !going {
                break;
            }
        }
        Ok(())
    }

    /// The matches of words and phrases none of which lies in another: of these, only neighbours can be the nearest.
    fn simple(&self, spans: &Spans) -> Option<Cow<'a, [Run]>> {
        let leaves = self.leaves;
        match spans {
            Spans::Leaf(leaf) => Some(Cow::Borrowed(&leaves[*leaf])),
            Spans::Any(parts) => {
                let mut runs = Vec::new();
                for part in parts {
                    runs.extend_from_slice(&self.simple(part)?);
                }
                runs.sort_unstable();
                runs.dedup();
                let nested = |pair: &[Run]| pair[0].0 == pair[1].0 || pair[1].1 <= pair[0].1;
                (!runs.windows(2).any(nested)).then_some(Cow::Owned(runs))
            }
            Spans::Near(_) => None,
        }
    }

    /// Gives, for each run of `first`, the window to the next run of `second` behind it, if that is near; whether to go on.
    fn next_ones(
        &mut self,
        near: &Near,
        first: &[Run],
        second: &[Run],
        each: Each<'_, Found>,
    ) -> Result<bool, TooMany> {
        let mut rest = second;
        for &one in first {
            while rest.first().is_some_and(|next| next.0 <= one.1) {
                rest = &rest[1..];
            }
            let Some(&next) = rest.first() else { break };
            let near_enough = match near.within {
                Within::Words(most) => next.0 - one.1 <= most,
                Within::Sentence | Within::Paragraph => true,
            };
            if near_enough && next.1 < self.units.around(unit(near), one.0).1 {
                let window = Found {
                    start: one.0,
                    end: next.1,
                    runs: vec![one, next],
                    of: Some(near.number),
                };
                if !each(window)? {
                    return Ok(false);
                }
            }
        }
        Ok(true)
    }

    /// Gives those of `others` that are near `one`, as its right side, until told to stop.
    fn partners<'f>(
        &mut self,
        near: &Near,
        one: &Found,
        others: &Others<'f>,
        each: Each<'_, &'f Found>,
    ) -> Result<(), TooMany> {
        let (from, to) = match near.within {
            Within::Words(most) => (
                one.start.saturating_sub(most + others.longest),
                one.end.saturating_add(most + 1),
            ),
            Within::Sentence | Within::Paragraph => self.units.around(unit(near), one.start),
        };
        let first = others.found.partition_point(|other| other.start < from);
        for other in others.found[first..]
            .iter()
            .take_while(|other| other.start < to)
        {
            self.pairs += 1;
            if self.pairs > MOST_PAIRS {
                return Err(TooMany);
            }
            if self.are_near(near, one, other) && !each(other)? {
                break;
            }
        }
        Ok(())
    }

    fn are_near(&mut self, near: &Near, one: &Found, other: &Found) -> bool {
        let in_order = one.end < other.start;
        let distance = if in_order {
            other.start - one.end
        } else {
            one.start.saturating_sub(other.end)
        };
        if near.ordered && !in_order || one.shares_a_word_with(other) {
            return false;
        }
        if let Within::Words(most) = near.within
            && distance > most
        {
            return false;
        }
        let start = one.start.min(other.start);
        one.end.max(other.end) < self.units.around(unit(near), start).1
    }
}

/// What no match of a proximity goes beyond.
fn unit(near: &Near) -> Unit {
    match near.within {
        Within::Words(_) => Unit::Text,
        Within::Sentence => Unit::Sentence,
        Within::Paragraph => Unit::Paragraph,
    }
}
