//! What of the archive a query sees: what is current, or the versions that it asks for. Duplicates and what is embargoed are
//! never seen.

use tantivy::SegmentReader;

use super::bits::Bits;
use crate::error::Result;
use crate::index::versions::{Hidden, Standings};
use crate::query::tree::{Kind, Node};

/// What a query sees, at a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Sight {
    /// Every version, and not only those that are current.
    every_version: bool,
    /// The moment, in seconds since 1970-01-01 UTC.
    now: i64,
}

impl Sight {
    /// What is current now.
    pub(crate) fn current() -> Self {
        Sight {
            every_version: false,
            now: chrono::Utc::now().timestamp(),
        }
    }

    /// What the query sees: one that asks for versions says itself for which.
    pub(crate) fn of(query: &Node) -> Self {
        Sight {
            every_version: asks_for_versions(query),
            ..Sight::current()
        }
    }

    /// Takes out of `bits` what is not seen.
    pub(crate) fn narrow(&self, segment: &SegmentReader, bits: &mut Bits) -> Result<()> {
        let hidden = Hidden::open(segment)?;
        if !hidden.is_empty() {
            bits.retain(|doc| {
                hidden.may_be_seen(doc, self.now)
                    && (self.every_version || hidden.is_current(doc, self.now))
            });
        }
        Ok(())
    }
}

/// What of a segment was embargoed until a second after `since`, and is not at the second `now`; nothing where no document
/// ever was.
pub(crate) fn released(segment: &SegmentReader, since: i64, now: i64) -> Result<Option<Bits>> {
    let hidden = Hidden::open(segment)?;
    if hidden.is_empty() {
        return Ok(None);
    }
    let mut bits = Bits::all(segment.max_doc());
    bits.retain(|doc| hidden.may_be_seen(doc, now) && !hidden.may_be_seen(doc, since));
    Ok(Some(bits))
}

fn asks_for_versions(node: &Node) -> bool {
    matches!(node.kind, Kind::Versions(_)) || node.parts().into_iter().any(asks_for_versions)
}

/// What was current at the end of a day.
pub(crate) fn as_of(segment: &SegmentReader, day: i64) -> Result<Bits> {
    let standings = Standings::open(segment)?;
    let mut bits = Bits::all(segment.max_doc());
    bits.retain(|doc| standings.was_current(doc, day));
    Ok(bits)
}
