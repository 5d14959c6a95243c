//! What the archive loses by a run. More than a third of it at once is a slip more often than a wish.

use std::collections::HashSet;

use tantivy::Term;

use super::plan::Plan;
use crate::error::{Error, Result};
use crate::index::versions::aside;
use crate::index::writer::Writer;

/// What goes, of how much.
pub(super) struct Loss {
    /// The articles that there were.
    all: u64,
    /// Those that are gone with their files.
    gone: u64,
    /// Those that changed files do not have any more.
    within: u64,
    yes: bool,
}

/// So few articles fewer in a file are an edit.
const AN_EDIT: u64 = 10;

impl Loss {
    /// What the plan takes away.
    pub(super) fn of(plan: &Plan, writer: &mut Writer, yes: bool) -> Result<Self> {
        let roots = writer.manifest.roots.values();
        let entries = roots.flat_map(|root| root.values());
        let kept: u64 = entries.map(|entry| entry.articles).sum();
        let gone = plan.lost.iter().map(|(_, articles)| articles).sum();
        let mut loss = Loss {
            all: kept + gone,
            gone,
            within: 0,
            yes,
        };
        // The manifest counts records: what other files have as well is not lost. The index knows, but has to be asked for each.
        if loss.is_too_much() {
            (loss.gone, loss.all) = without_copies(plan, writer)?;
        }
        Ok(loss)
    }

    /// A changed file has so many fewer than it had.
    pub(super) fn count_within(&mut self, fewer: u64) {
        self.within += fewer;
    }

    fn lost(&self) -> u64 {
        self.gone + Some(self.within).filter(|it| *it >= AN_EDIT).unwrap_or(0)
    }

    fn is_too_much(&self) -> bool {
        !self.yes && self.lost() * 3 > self.all
    }

    /// Refuses what is too much. Asked before each commit, so what was committed has not lost as much.
    pub(super) fn refuse(&self, why: &str) -> Result<()> {
        if !self.is_too_much() {
            return Ok(());
        }
        Err(Error::Loss(format!(
            "{} of {} articles would be removed, because {why}",
            self.lost(),
            self.all
        )))
    }
}

/// How many articles, every text of them counted once, are in no file but those that are gone; and how many there are.
fn without_copies(plan: &Plan, writer: &mut Writer) -> Result<(u64, u64)> {
    let archive = writer.archive()?;
    let (searcher, fields) = (archive.searcher(), archive.fields());
    let gone: HashSet<&str> = plan.gone.iter().map(String::as_str).collect();
    let (mut lost, mut counted) = (0, HashSet::new());
    for (key, _) in &plan.lost {
        let of_file = Term::from_field_text(fields.file, key);
        for (_, identity) in archive.identities_with(&searcher, &of_file)? {
            if !counted.insert((identity.item, identity.content)) {
                continue;
            }
            let of_item = Term::from_field_i64(fields.item, identity.item);
            let mut is_elsewhere = false;
            for (at, other) in archive.identities_with(&searcher, &of_item)? {
                is_elsewhere |= other.content == identity.content
                    && !gone.contains(archive.identity_at(&searcher, at)?.1.as_str());
            }
            lost += u64::from(!is_elsewhere);
        }
    }
    Ok((lost, searcher.num_docs() - aside(&searcher)?.duplicates))
}
