//! From the matches of an article to what is counted, and to what is marked.

use super::algebra::{Found, Run};

/// Of the matches of each proximity, those whose extent holds no other extent of the same; with the words of all that have
/// the same extent. Words and phrases all stay.
pub(super) fn shortest(mut found: Vec<Found>) -> Vec<Found> {
    // From the last start to the first, the shorter of one start first: what holds another comes after it.
    found.sort_unstable_by(|a, b| (a.of, b.start, a.end).cmp(&(b.of, a.start, b.end)));
    let mut kept: Vec<Found> = Vec::with_capacity(found.len());
    for next in found {
        match kept.last_mut() {
            Some(last) if next.of.is_some() && last.of == next.of && last.end <= next.end => {
                if (last.start, last.end) == (next.start, next.end) {
                    last.runs.extend(next.runs);
                }
            }
            _ => kept.push(next),
        }
    }
    kept
}

/// The extents of what is counted, in order: words and phrases that share a word as one, and nothing that lies in another.
pub(crate) fn counted(found: &[Found]) -> Vec<Run> {
    let leaves = found.iter().filter(|one| one.of.is_none());
    let mut extents = joined(leaves.map(|one| (one.start, one.end)).collect());
    let windows = found.iter().filter(|one| one.of.is_some());
    extents.extend(windows.map(|one| (one.start, one.end)));
    extents.sort_unstable_by(|a, b| (a.0, b.1).cmp(&(b.0, a.1)));
    let mut reach = None;
    extents.retain(|(_, end)| {
        let outside = reach.is_none_or(|reach| *end > reach);
        if outside {
            reach = Some(*end);
        }
        outside
    });
    extents
}

/// What is marked, in order, never overlapping: the words of all matches.
pub(crate) fn marked(found: &[Found]) -> Vec<Run> {
    joined(found.iter().flat_map(Found::runs).collect())
}

/// Runs that share a word as one.
fn joined(mut runs: Vec<Run>) -> Vec<Run> {
    runs.sort_unstable();
    runs.dedup_by(|next, last| {
        let shared = next.0 <= last.1;
        if shared {
            last.1 = last.1.max(next.1);
        }
        shared
    });
    runs
}
