//! What is counted and what is marked of the matches that a query reports.

use std::collections::BTreeSet;
use std::ops::Range;

use super::near::{Reported, Run};
use super::words::Read;

/// How many matches are counted: matches of leaves that share a word are one; what lies within another match is not counted
/// by itself, and of equal ones one is.
pub fn matches(reported: &[Reported]) -> usize {
    let of_leaves = reported.iter().filter(|found| !found.window);
    let windows = reported.iter().filter(|found| found.window);
    let mut extents: BTreeSet<(usize, Run)> =
        joined(of_leaves.map(|found| (found.part, found.extent)).collect())
            .into_iter()
            .collect();
    extents.extend(windows.map(|found| (found.part, found.extent)));
    let within_another = |(part, extent): &(usize, Run)| {
        extents
            .iter()
            .any(|(p, other)| p == part && other != extent && other.holds(extent))
    };
    extents.iter().filter(|one| !within_another(one)).count()
}

/// The stretches that are marked: number of the part, bytes.
pub fn marks(read: &Read, reported: &[Reported]) -> Vec<(usize, Range<usize>)> {
    let runs = reported
        .iter()
        .flat_map(|found| found.runs.iter().map(|run| (found.part, *run)));
    joined(runs.collect())
        .into_iter()
        .map(|(part, run)| {
            let words = &read.parts[part].1.words;
            (
                part,
                words[run.first].range.start..words[run.last].range.end,
            )
        })
        .collect()
}

/// In order, those that share a word as one.
fn joined(mut runs: Vec<(usize, Run)>) -> Vec<(usize, Run)> {
    runs.sort();
    let mut joined: Vec<(usize, Run)> = Vec::new();
    for (part, run) in runs {
        match joined.last_mut() {
            Some((last, before)) if *last == part && run.first <= before.last => {
                before.last = before.last.max(run.last);
            }
            _ => joined.push((part, run)),
        }
    }
    joined
}
