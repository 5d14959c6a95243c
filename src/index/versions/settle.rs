//! The standing of all records of an item: a function of the records, whatever the order in which they came in.
//!
//! Records with one id are one story unless they are worded like two (`1`, `2`, `3` of one export are not `1`, `2`, `3` of
//! another); the later story then has no id of its own. Of one story, the highest version is current, then the latest
//! change, then the last file and record; what says the same as another is its duplicate. A version that may not be used, or a
//! notice that takes the item back, ends those before it. One that is held back leaves the place to those before it until its
//! time has come.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::record::{Facts, Times, effective};
use super::{SOME_DAY, Standing};
use crate::article::{Article, MINOR_VERSIONS, Status};

/// What becomes of a record.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Settled {
    pub(crate) standing: Standing,
    /// Another story of the archive has its id.
    pub(crate) is_other_story: bool,
}

/// With so many stories under one id, it is no id: what comes then is compared with none of them.
const STORIES: usize = 64;

/// What becomes of the `records` of an item, in their order. `notices` are records of other items that take this one back.
pub(crate) fn settle(records: &[&Facts], notices: &[&Facts]) -> Vec<Settled> {
    let mut settled = vec![Settled::default(); records.len()];
    for (number, story) in stories(records).into_iter().enumerate() {
        let (mut versions, duplicates) = distinct(records, story);
        for duplicate in duplicates {
            settled[duplicate].standing = Standing::DUPLICATE;
        }
        versions.sort_by_key(|&at| order(records[at]));
        let notices = if number == 0 { notices } else { &[] };
        for (at, standing) in line_up(records, &versions, notices) {
            settled[at] = Settled {
                standing,
                is_other_story: number > 0,
            };
        }
    }
    settled
}

/// The standing of a record that is alone.
pub(crate) fn alone(article: &Article) -> Standing {
    let times = Times::of(article);
    let until = (effective(article) != Status::Usable).then(|| times.day.unwrap_or(SOME_DAY));
    Standing {
        shown: times.embargo,
        since: times.begins().filter(|_| times.begins() != times.dated),
        until,
        yields: None,
        version: None,
    }
}

/// Where a version stands among the others of its story: 1 before 1.1, and that before 2.
fn order(facts: &Facts) -> impl Ord + '_ {
    let numbers = |version: u32| match version / MINOR_VERSIONS {
        0 => (version, 0),
        first => (first, version % MINOR_VERSIONS),
    };
    let version = facts.version.map(numbers);
    (version, facts.times.instant, &facts.origin)
}

/// The records by the stories that they tell, in the order of where they came from.
fn stories(records: &[&Facts]) -> Vec<Vec<usize>> {
    let mut ordered: Vec<usize> = (0..records.len()).collect();
    ordered.sort_by_key(|&at| &records[at].origin);
    let mut stories: Vec<Vec<usize>> = Vec::new();
    let mut said = HashMap::new();
    for at in ordered {
        let content = records[at].identity.content;
        let told = said.get(&content).copied().or_else(|| {
            let mut first = stories.iter().take(STORIES);
            first.position(|story| is_one_story(records[story[0]], records[at]))
        });
        let told = told.unwrap_or(stories.len());
        if told == stories.len() {
            stories.push(Vec::new());
        }
        stories[told].push(at);
        said.insert(content, told);
    }
    stories
}

/// Whether two records with one id are of one story.
fn is_one_story(a: &Facts, b: &Facts) -> bool {
    // Not those whose items have one hash by chance.
    if a.id != b.id {
        return false;
    }
    // A notice has a text of its own, or none.
    if a.status != Status::Usable || b.status != Status::Usable {
        return true;
    }
    let counted = a.version.is_some() && b.version.is_some() || a.updated && b.updated;
    counted && !a.wording.is_of_another_source(&b.wording) || a.wording.is_like(&b.wording)
}

/// The records that say something new, and the copies of them. Of copies, the one of the first file stands.
fn distinct(records: &[&Facts], story: Vec<usize>) -> (Vec<usize>, Vec<usize>) {
    let mut first = HashMap::new();
    let (mut versions, mut duplicates) = (Vec::new(), Vec::new());
    for at in story {
        match first.entry(records[at].identity.content) {
            Entry::Vacant(free) => {
                free.insert(at);
                versions.push(at);
            }
            Entry::Occupied(_) => duplicates.push(at),
        }
    }
    (versions, duplicates)
}

/// The standing of versions that follow each other.
fn line_up(records: &[&Facts], versions: &[usize], notices: &[&Facts]) -> Vec<(usize, Standing)> {
    let times = |at: usize| records[at].times;
    let mut standings = Vec::with_capacity(versions.len());
    // A version that tells an earlier day than the one before it came after that one all the same.
    let mut since = None;
    for (number, &at) in (1..).zip(versions) {
        since = since.max(times(at).begins());
        let standing = Standing {
            shown: times(at).embargo,
            since: since.filter(|_| since != times(at).dated),
            until: None,
            yields: None,
            version: (versions.len() > 1).then_some(number),
        };
        standings.push((at, since, standing));
    }
    // Backwards: each version ends where the next begins; one that may not be used ends where it begins.
    let mut next = None;
    // The second at which a later version has taken its place; none while there is no later one.
    let mut taken: Option<i64> = None;
    for (at, since, standing) in standings.iter_mut().rev() {
        let facts = records[*at];
        let ends = notices.iter().filter(|notice| ends(notice, facts));
        let taken_back = ends
            .map(|notice| notice.times.day.unwrap_or(SOME_DAY))
            .min();
        if facts.status == Status::Usable {
            let shown = standing.shown.unwrap_or(AT_ONCE);
            if taken_back.is_none() {
                standing.yields = taken.filter(|second| *second > shown);
            }
            standing.until = next.or(taken_back);
            taken = Some(taken.map_or(shown, |second| second.min(shown)));
        } else {
            standing.until = Some(since.unwrap_or(SOME_DAY));
            taken = Some(AT_ONCE);
        }
        next = Some(since.unwrap_or(SOME_DAY));
    }
    standings
        .into_iter()
        .map(|(at, _, standing)| (at, standing))
        .collect()
}

/// A second that has always been.
const AT_ONCE: i64 = i64::MIN;

/// Whether a notice takes back a version: not one that came after it.
fn ends(notice: &Facts, version: &Facts) -> bool {
    match (notice.times.instant, version.times.instant) {
        (Some(notice), Some(version)) => notice >= version,
        _ => true,
    }
}
