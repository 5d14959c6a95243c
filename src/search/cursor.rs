//! Cursors: where a page ended, so that the next one goes on there.
//!
//! A cursor is a place in the total order of hits, not a number of hits to skip: what is added or removed meanwhile
//! shifts nothing. It belongs to its request; in the order of relevance also to its commit, because every commit changes
//! all scores a little.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};

use super::rank::Key;
use super::request::{Only, Sort};
use crate::error::{Error, Result};

/// A place in the total order of hits.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct Position {
    pub(crate) key: Key,
    pub(crate) id: String,
}

/// What a cursor says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Cursor {
    /// The place of the last hit given.
    #[serde(rename = "p")]
    pub(crate) position: Position,
    /// How many hits have been given.
    #[serde(rename = "n")]
    pub(crate) given: u64,
    /// Names the request it belongs to.
    #[serde(rename = "r")]
    pub(crate) request: String,
}

impl Cursor {
    /// The name of a request: its canonical query, the facets it is narrowed to and its order, and the commit where the order
    /// depends on it.
    pub(crate) fn request(canonical: &str, only: &Only, sort: Sort, commit: u64) -> String {
        let commit = if sort == Sort::Relevance { commit } else { 0 };
        let request = format!("{sort}\n{commit}\n{canonical}\n{only:?}");
        blake3::hash(request.as_bytes()).to_hex()[..16].to_owned()
    }

    pub(crate) fn encode(&self) -> String {
        URL_SAFE_NO_PAD.encode(serde_json::to_vec(self).expect("numbers and strings are JSON"))
    }

    /// Reads a cursor that belongs to this request.
    pub(crate) fn decode(text: &str, request: &str) -> Result<Cursor> {
        let invalid = |why: &str| Error::Invalid {
            what: "after".into(),
            why: why.into(),
        };
        let bytes = URL_SAFE_NO_PAD.decode(text).ok();
        let cursor: Option<Cursor> = bytes.and_then(|bytes| serde_json::from_slice(&bytes).ok());
        // It went through other hands: what is counted on from there must not overflow.
        let cursor = cursor.filter(|cursor| i64::try_from(cursor.given).is_ok());
        let cursor = cursor.ok_or_else(|| {
            invalid("not a cursor; give the `next` of an earlier answer as it stands")
        })?;
        if cursor.request != request {
            return Err(invalid(
                "the cursor belongs to another query, or the archive has changed; search again without it",
            ));
        }
        Ok(cursor)
    }
}
