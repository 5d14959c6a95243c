//! Keeps a file with the newest articles of a watch as an Atom feed. What is in it is kept beside the watch, so that the file
//! can be written anew as a whole, and an article that comes twice is there once.

use std::fs;
use std::io::{self, ErrorKind, Read, Write};
use std::path::Path;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::super::outbox::Batch;
use super::{Desk, Watch};
use crate::output::feed::{self, Entry, Feed};
use crate::search::Hit;

/// What the ids of our feeds begin with.
const ID: &str = "urn:morgue:watch:";
/// How far into a file its id stands at most, in bytes.
const HEAD: u64 = 1024;

/// Whether a file is a feed of a watch, of this index or another one.
pub(in super::super) fn is_ours(path: &Path) -> bool {
    let mut head = Vec::new();
    let read = fs::File::open(path).and_then(|file| file.take(HEAD).read_to_end(&mut head));
    read.is_ok() && String::from_utf8_lossy(&head).contains(&format!("<id>{ID}"))
}

/// An article in a feed.
#[derive(Serialize, Deserialize)]
pub(super) struct Kept {
    item: i64,
    said: i64,
    /// When it came in.
    came: DateTime<Utc>,
    hit: Hit,
}

/// The name of the file with what is in the feed of a watch.
pub(in super::super) fn name(watch: u32) -> String {
    format!("feed-{watch}.json")
}

/// Whether a file is called like that.
pub(in super::super) fn is_name(name: &str) -> bool {
    name.starts_with("feed-") && !name.ends_with(".unfinished")
}

/// Adds a batch to the feed at `path`.
pub(super) fn update(
    desk: &Desk<'_>,
    watch: &Watch,
    path: &Path,
    entries: usize,
    batch: &Batch,
) -> Result<(), String> {
    let own = desk.folder.join(name(watch.number));
    let updated = || -> io::Result<()> {
        let mut kept = read(&own)?;
        let now = Utc::now();
        for waiting in &batch.articles {
            // A story with an id that another has as well is told from it by what it says.
            let is_here = |one: &Kept| (one.item, one.said) == (waiting.item, waiting.said);
            if !kept.iter().any(is_here) {
                kept.insert(
                    0,
                    Kept {
                        item: waiting.item,
                        said: waiting.said,
                        came: now,
                        hit: waiting.hit.clone(),
                    },
                );
            }
        }
        kept.retain(|one| !desk.is_held_back(&one.hit.id));
        kept.truncate(entries);
        let text = serde_json::to_vec(&kept)?;
        desk.disk.put_private(&own, |file| file.write_all(&text))?;
        let feed = Feed {
            id: format!("{ID}{}:{}", watch.name, watch.added.timestamp()),
            title: format!("{}: {}", watch.name, watch.query),
            here: None,
            page: None,
            updated: kept
                .first()
                .map_or(watch.added, |one| one.came)
                .fixed_offset(),
            entries: kept.iter().map(entry).collect(),
        };
        let text = feed::atom(&feed);
        desk.disk.put(path, |file| file.write_all(text.as_bytes()))
    };
    updated().map_err(|error| error.to_string())
}

fn entry(kept: &Kept) -> Entry {
    Entry::of_hit(&kept.hit).come(kept.came.fixed_offset())
}

pub(super) fn read(path: &Path) -> io::Result<Vec<Kept>> {
    match fs::read(path) {
        Ok(bytes) => Ok(serde_json::from_slice(&bytes)?),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(error),
    }
}
