//! One story, its versions: which of the records that came in is what the archive reads, since when and until when.
//!
//! Every record that is read becomes a document, duplicates and earlier versions too, so nothing must be read again when a
//! file is gone. What sets them apart is their [`Standing`], in columns. It follows from all records of an item alone
//! ([`settle`]), in whatever order they came in. [`known`] tells which records are not the first of their item, [`batch`]
//! holds what came in since the last commit, [`rewrite`] gives the documents of such an item their standing, all in the commit that brings it.
//!
//! An item is what its source calls by one id. An article without an id is an item by all that it says.

pub(super) mod batch;
mod columns;
mod history;
pub(super) mod known;
pub(super) mod record;
mod rewrite;
pub(super) mod settle;

pub(crate) use columns::{Columns, Hidden, Standings, aside, documents_with, ended_embargoes};
pub use known::Arrival;
pub(crate) use known::said;
pub(crate) use record::item_of_id;

/// The day on which nothing ended that the archive knows: a version that was replaced on a day nobody told.
pub(crate) const SOME_DAY: i64 = i64::MIN + 1;
/// What a duplicate has as its end: it was never what the archive reads.
pub(crate) const NEVER: i64 = i64::MIN;

/// Whether, since when and until when a document is what the archive reads. What is `None` takes no room in the index.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Standing {
    /// The second before which it must not be seen.
    pub(crate) shown: Option<i64>,
    /// The day from which it is the version to be read, where that is not the first day of its date.
    pub(crate) since: Option<i64>,
    /// The day from which it is no longer, [`SOME_DAY`] or [`NEVER`]; none while it is.
    pub(crate) until: Option<i64>,
    /// The second until which it is read all the same: what comes after it is held back till then.
    pub(crate) yields: Option<i64>,
    /// Its place among the versions of its item, from 1; none where it is the only one.
    pub(crate) version: Option<u32>,
}

impl Standing {
    /// The standing of a record of which the archive has another copy.
    pub(crate) const DUPLICATE: Standing = Standing {
        shown: None,
        since: None,
        until: Some(NEVER),
        yields: None,
        version: None,
    };

    /// Whether it is what the archive reads at this second, if it may be seen.
    pub(crate) fn is_current(&self, now: i64) -> bool {
        self.until.is_none() || self.yields.is_some_and(|yields| yields > now)
    }

    /// Whether it is a copy of another one: stored, and never searched.
    pub(crate) fn is_duplicate(&self) -> bool {
        self.until == Some(NEVER)
    }
}
