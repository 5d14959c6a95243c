//! Delivers what waits: each watch in the order of its batches, and none waits for another.
//!
//! Files and feeds show whether a delivery has been made, so they get it once, whatever happens. A command and an address
//! get it at least once: again when the process dies between the delivery and its note, each time under the same name.

mod command;
mod feed;
mod file;
mod webhook;

use std::collections::{BTreeMap, HashSet};
use std::io;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde::Serialize;

pub(super) use feed::{is_name as is_feed, is_ours as is_our_feed, name as feed_name};
pub(super) use webhook::check as check_address;

use super::outbox::{Batch, Marks, Pending, Round};
use super::watch::{Format, Target, Watch, origin};
use crate::article::Article;
use crate::error::{Error, Result};
use crate::index::Archive;
use crate::index::disk::Disk;
use crate::output::json;
use crate::search::Hit;

/// How many commands and addresses are busy at a time.
const AT_ONCE: usize = 4;

/// What deliveries need to know.
pub(super) struct Desk<'a> {
    pub(super) disk: &'a Disk,
    /// The folder of the index.
    pub(super) index: &'a Path,
    /// The folder of the watches.
    pub(super) folder: &'a Path,
    pub(super) archive: &'a Archive,
    pub(super) webhook: webhook::Client,
    /// Hosts that could not be reached: nobody else waits for them in this run.
    pub(super) unreachable: Mutex<HashSet<String>>,
}

/// What has become of the batches of a watch.
#[derive(Debug, Default)]
pub(super) struct Outcome {
    /// How many articles were delivered.
    pub(super) articles: u64,
    /// The batches that were.
    pub(super) made: Vec<String>,
    /// Why the next one could not be.
    pub(super) failed: Option<String>,
}

/// A watch, and what waits for it: the number of the round, and whether that was written in this run.
pub(super) struct Queue<'a> {
    pub(super) watch: &'a Watch,
    pub(super) waiting: Vec<(usize, bool, Pending)>,
}

impl<'a> Desk<'a> {
    pub(super) fn new(
        disk: &'a Disk,
        index: &'a Path,
        folder: &'a Path,
        archive: &'a Archive,
    ) -> Self {
        Desk {
            disk,
            index,
            folder,
            archive,
            webhook: webhook::Client::default(),
            unreachable: Mutex::default(),
        }
    }

    /// Delivers what waits in the queues; the outcomes by the numbers of the watches.
    pub(super) fn deliver(
        &self,
        rounds: &[Round],
        queues: &[Queue<'_>],
    ) -> io::Result<BTreeMap<u32, Outcome>> {
        let marks = rounds
            .iter()
            .map(|round| round.marks(self.disk).map(Mutex::new));
        let marks: Vec<Mutex<Marks>> = marks.collect::<io::Result<_>>()?;
        let (here, elsewhere): (Vec<_>, Vec<_>) = queues
            .iter()
            .partition(|queue| queue.watch.to.is_repeatable());
        let outcomes = Mutex::new(BTreeMap::new());
        let settle = |queue: &Queue<'_>| {
            let outcome = self.settle(queue, rounds, &marks);
            lock(&outcomes).insert(queue.watch.number, outcome);
        };
        // One after the other: several may write to one file.
        here.into_iter().for_each(settle);
        let next = AtomicUsize::new(0);
        std::thread::scope(|scope| {
            for _ in 0..AT_ONCE.min(elsewhere.len()) {
                scope.spawn(|| {
                    while let Some(queue) = elsewhere.get(next.fetch_add(1, Ordering::Relaxed)) {
                        settle(queue);
                    }
                });
            }
        });
        Ok(outcomes
            .into_inner()
            .unwrap_or_else(std::sync::PoisonError::into_inner))
    }

    /// Delivers the batches of a watch until one fails.
    fn settle(&self, queue: &Queue<'_>, rounds: &[Round], marks: &[Mutex<Marks>]) -> Outcome {
        let mut outcome = Outcome::default();
        for (number, is_fresh, pending) in &queue.waiting {
            let made = || -> Result<u64, String> {
                let batch = rounds[*number]
                    .batch(pending)
                    .map_err(|error| error.to_string())?;
                let count = self.make(queue.watch, batch, *is_fresh)?;
                let sync = !queue.watch.to.is_repeatable();
                let noted = lock(&marks[*number]).note(&pending.delivery, sync);
                noted.map_err(|error| {
                    format!("it was delivered, but that cannot be noted: {error}")
                })?;
                Ok(count)
            };
            match made() {
                Ok(count) => {
                    outcome.articles += count;
                    outcome.made.push(pending.delivery.clone());
                }
                Err(why) => {
                    outcome.failed = Some(why);
                    break;
                }
            }
        }
        outcome
    }

    /// Makes a delivery; how many articles there were in it.
    fn make(&self, watch: &Watch, mut batch: Batch, is_fresh: bool) -> Result<u64, String> {
        if let Target::File { path, format } = &watch.to
            && !is_fresh
            && file::finish(
                self.disk,
                path,
                &file::texts(watch, &batch, *format)?,
                batch.behind,
            )?
        {
            return Ok(batch.articles.len() as u64);
        }
        if !is_fresh {
            // It may have waited for days.
            batch
                .articles
                .retain(|waiting| !self.is_held_back(&waiting.hit.id));
            if batch.articles.is_empty() {
                return Ok(0);
            }
        }
        let count = batch.articles.len() as u64;
        match &watch.to {
            Target::File { path, format } => {
                file::append(self.disk, path, &file::texts(watch, &batch, *format)?)
            }
            Target::Command { .. } => command::run(watch, &batch, self.index),
            Target::Webhook { url, .. } => {
                let host = origin(url);
                if lock(&self.unreachable).contains(host) {
                    return Err(format!("{host} could not be reached"));
                }
                let sent = self.webhook.send(watch, &batch);
                if let Err(webhook::Failure::Unreachable(_)) = &sent {
                    lock(&self.unreachable).insert(host.to_owned());
                }
                sent.map_err(|failure| failure.to_string())
            }
            Target::Feed { path, entries } => feed::update(self, watch, path, *entries, &batch),
        }
        .map(|()| count)
    }

    /// Whether an article must not be shown any more: it was withdrawn, or is embargoed.
    fn is_held_back(&self, id: &str) -> bool {
        let article: Result<Article> = self.archive.article(id);
        matches!(
            article,
            Err(Error::Withdrawn { .. } | Error::Embargoed { .. })
        )
    }
}

/// Reads what is in the feed of a watch.
pub(super) fn read_feed(path: &Path) -> Result<(), String> {
    feed::read(path)
        .map(drop)
        .map_err(|error| error.to_string())
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex
        .lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner)
}

/// An article as it is delivered: the hit, and which watch found it.
#[derive(Serialize)]
struct Line<'a> {
    watch: &'a str,
    delivery: &'a str,
    #[serde(flatten)]
    hit: &'a Hit,
}

/// The articles of a batch, one a line.
fn lines(watch: &Watch, batch: &Batch) -> Result<Vec<u8>, String> {
    let mut text = Vec::new();
    for waiting in &batch.articles {
        let line = Line {
            watch: &watch.name,
            delivery: &batch.delivery,
            hit: &waiting.hit,
        };
        json::write_line(&mut text, &line).map_err(|error| error.to_string())?;
    }
    Ok(text)
}
