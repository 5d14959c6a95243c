//! Beside step 10: saved searches. A [`Watch`] is asked again after every indexing run ([`run`]); what it finds for the first time is
//! delivered once.
//!
//! ```text
//! commit → look (what is new to which watch) → outbox (on the disk) → seen → looked → deliver → done
//! ```
//!
//! Whatever moment a run is killed at, the next one goes on: before the outbox is written nothing is known to have been found, after
//! it everything is. All of it is in the folder `watches` of the index, which a rebuild, a backup and a restore take along; after the
//! first and the last of these, what is there counts as known. It knows neither the command line nor HTTP, and prints nothing.

mod check;
mod deliver;
mod look;
mod outbox;
mod seen;
mod store;
mod watch;

use std::collections::{BTreeMap, HashSet};
use std::path::Path;
use std::time::Duration;

use chrono::{DateTime, Local, NaiveDate, TimeDelta, Utc};

use crate::error::{Error, Result};
use crate::index::disk::Disk;
use crate::index::{Archive, Held};
use crate::search::{Hit, Limits, QueryEcho};
use deliver::{Desk, Outcome, Queue};
use look::Look;
use outbox::Round;
use store::{Store, written};

pub use check::{are_hidden, check, repair};
pub use store::{Failure, Record};
pub use watch::{Format, Target, Watch};

/// How long one watch may search, so that the others have their turn.
const LONGEST: Duration = Duration::from_secs(60);
/// After how many seconds a delivery is tried again that has failed once; each time twice as long.
const FIRST_REST: i64 = 60;
/// The longest rest between two attempts, in seconds.
const LONGEST_REST: i64 = 6 * 60 * 60;

/// How watches are run.
#[derive(Clone, Default)]
pub struct Options {
    /// The disk that the index is on.
    pub disk: Disk,
    /// The day that `date:last-week` and its like start from; `None` is the clock's.
    pub today: Option<NaiveDate>,
    /// Try again at once what has failed, also where it is not time yet.
    pub at_once: bool,
}

impl Options {
    fn today(&self) -> NaiveDate {
        self.today.unwrap_or_else(|| Local::now().date_naive())
    }
}

/// What a run has delivered, and what it has not.
#[derive(Debug, Default)]
pub struct Report {
    /// Watches that have delivered something, and how many articles.
    pub delivered: Vec<(Watch, u64)>,
    /// Watches whose delivery failed at this run.
    pub failed: Vec<(Watch, Failure)>,
    /// Watches that could not be asked, and why: they are asked again at the next run, and miss nothing.
    pub unasked: Vec<(String, Error)>,
}

/// What is there of the articles that a new watch finds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Existing {
    /// It counts as delivered.
    Known,
    /// The next run delivers it.
    Deliver,
}

/// A watch that was added.
#[derive(Debug)]
pub struct Added {
    /// The query, as it was understood.
    pub query: QueryEcho,
    /// How many articles it finds now.
    pub found: u64,
    /// How many of those that it would find have no date, where only recent ones are wanted: it never delivers such.
    pub undated: u64,
}

/// A watch, and how it does.
#[derive(Debug, serde::Serialize)]
pub struct Listed {
    /// The watch.
    #[serde(flatten)]
    pub watch: Watch,
    /// How its deliveries went.
    pub record: Record,
    /// How many deliveries wait.
    pub waiting: u64,
}

/// Adds a watch to the index in `dir`.
///
/// # Errors
/// [`Error::Query`] for a query that cannot be understood, [`Error::Invalid`] for a name that is taken or cannot be one, or for
/// a target that cannot be; [`Error::NoIndex`], [`Error::Locked`].
pub fn add(dir: &Path, mut watch: Watch, existing: Existing, options: &Options) -> Result<Added> {
    watch.check_name()?;
    check_target(&watch.to)?;
    let archive = Archive::open(dir)?;
    let _held = Held::take(dir)?;
    archive.refresh()?;
    let store = Store::of(&options.disk, dir);
    store.make()?;
    let mut watches = store.watches()?;
    if watches.watches.iter().any(|known| known.name == watch.name) {
        return Err(Error::Invalid {
            what: format!("the name `{}`", watch.name),
            why: "there is such a watch; `morgue watch remove` removes it".into(),
        });
    }
    check_taken(&watch.to, &watches.watches)?;
    // Nothing that an attempt leaves which is cut off shall belong to another watch.
    watch.number = watches.next;
    watches.next += 1;
    store.put_watches(&watches)?;
    let look = |watches| Look {
        store: &store,
        archive: &archive,
        watches,
        today: options.today(),
    };
    let news = archive.news(&watch.request(options.today()), &archive.everything())?;
    let mut added = Added {
        query: news.echo().clone(),
        found: news.found.len() as u64,
        undated: 0,
    };
    if watch.only_recent.is_some() {
        let any = Watch {
            only_recent: None,
            ..watch.clone()
        };
        let any = archive.news(&any.request(options.today()), &archive.everything())?;
        added.undated = any
            .found
            .iter()
            .filter(|one| one.order.0 == i64::MAX)
            .count() as u64;
    }
    if store.looked()?.is_none() {
        look(&watches.watches).take_as_known()?;
    }
    let mut looked = store.looked()?.unwrap_or_default();
    match existing {
        Existing::Known => look(std::slice::from_ref(&watch)).note_known(&news.found)?,
        Existing::Deliver => {
            looked.behind.insert(watch.number);
            store.put_looked(&looked)?;
        }
    }
    watches.watches.push(watch);
    watches.watches.sort_by(|a, b| a.name.cmp(&b.name));
    store.put_watches(&watches)?;
    Ok(added)
}

/// A target that could never be delivered to.
fn check_target(target: &Target) -> Result<()> {
    let wrong = |what: &str, why: String| {
        Err(Error::Invalid {
            what: what.into(),
            why,
        })
    };
    match target {
        Target::File { path, .. } | Target::Feed { path, .. } => {
            let folder = path
                .parent()
                .filter(|folder| !folder.as_os_str().is_empty());
            match folder {
                Some(folder) if !folder.is_dir() => wrong(
                    "--path",
                    format!("there is no folder `{}`", folder.display()),
                ),
                _ if path.is_dir() => wrong("--path", "it is a folder; name a file".into()),
                _ => Ok(()),
            }
        }
        Target::Command { run, .. } if run.is_empty() => {
            wrong("--run", "there is no command".into())
        }
        Target::Command { .. } => Ok(()),
        Target::Webhook { url, headers, .. } => {
            deliver::check_address(url, headers).or_else(|why| wrong("--url", why))
        }
    }
}

/// A feed is written anew as a whole, so its file is its own: none of another watch, and none that somebody else has written.
fn check_taken(target: &Target, others: &[Watch]) -> Result<()> {
    let wrong = |why: String| {
        Err(Error::Invalid {
            what: "--path".into(),
            why,
        })
    };
    let (Target::File { path, .. } | Target::Feed { path, .. }) = target else {
        return Ok(());
    };
    let is_feed = matches!(target, Target::Feed { .. });
    for other in others {
        let theirs = match &other.to {
            Target::Feed { path, .. } => path,
            Target::File { path, .. } if is_feed => path,
            _ => continue,
        };
        if theirs == path {
            return wrong(format!("the watch `{}` has this file", other.name));
        }
    }
    if is_feed && path.exists() && !deliver::is_our_feed(path) {
        return wrong(
            "there is such a file, and it is no feed of a watch; name another one".into(),
        );
    }
    Ok(())
}

/// Removes a watch, with what waits for its delivery. A file that it has delivered to stays.
///
/// # Errors
/// [`Error::Invalid`] when there is none of this name, [`Error::NoIndex`], [`Error::Locked`].
pub fn remove(dir: &Path, name: &str, options: &Options) -> Result<Watch> {
    find(dir, name)?;
    let _held = Held::take(dir)?;
    let store = Store::of(&options.disk, dir);
    let mut watches = store.watches()?;
    let at = watches.watches.iter().position(|watch| watch.name == name);
    let watch = watches.watches.remove(at.ok_or_else(|| unknown(name))?);
    store.put_watches(&watches)?;
    store.forget(&deliver::feed_name(watch.number))?;
    let mut records = store.records()?;
    if records.remove(&watch.number).is_some() {
        store.put_records(&records)?;
    }
    let left: Vec<u32> = watches.watches.iter().map(|watch| watch.number).collect();
    let path = store.seen();
    let seen = seen::Seen::read(&path).map_err(store::unreadable(&path))?;
    seen.compact(&options.disk, &path, &left)
        .map_err(written(&path))?;
    Ok(watch)
}

/// The watches of the index in `dir`, by their names.
///
/// # Errors
/// [`Error::NoIndex`], [`Error::Read`].
pub fn list(dir: &Path) -> Result<Vec<Listed>> {
    let store = Store::of(&Disk::default(), dir);
    let watches = store.watches()?.watches;
    if watches.is_empty() {
        // A folder that is no index is an error, one without watches is none.
        Archive::open(dir)?;
        return Ok(Vec::new());
    }
    let mut records = store.records()?;
    let rounds = outbox::rounds(&store.folder).map_err(store::unreadable(&store.folder))?;
    let listed = watches.into_iter().map(|mut watch| {
        watch.to.hide_values();
        let pending = rounds.iter().flat_map(|round| &round.pending);
        Listed {
            record: records.remove(&watch.number).unwrap_or_default(),
            waiting: pending.filter(|it| it.watch == watch.number).count() as u64,
            watch,
        }
    });
    Ok(listed.collect())
}

/// The watch of this name.
///
/// # Errors
/// [`Error::Invalid`] when there is none, and as [`list`].
pub fn find(dir: &Path, name: &str) -> Result<Listed> {
    let mut listed = list(dir)?.into_iter();
    listed
        .find(|listed| listed.watch.name == name)
        .ok_or_else(|| unknown(name))
}

fn unknown(name: &str) -> Error {
    Error::Invalid {
        what: format!("the name `{name}`"),
        why: "there is no such watch; `morgue watch list` names them".into(),
    }
}

/// Gives what a watch would deliver now, and changes nothing.
///
/// # Errors
/// As [`find`] and [`Archive::search`].
pub fn test(dir: &Path, name: &str, options: &Options, each: &mut dyn FnMut(Hit)) -> Result<()> {
    let watch = find(dir, name)?.watch;
    let look = Look {
        store: &Store::of(&options.disk, dir),
        archive: &Archive::open(dir)?,
        watches: &[],
        today: options.today(),
    };
    look.preview(&watch, each)
}

/// Looks at what is new in the index in `dir`, and delivers what waits. To be called after every indexing run; where there are no
/// watches it costs nothing.
///
/// # Errors
/// [`Error::Locked`] while another process writes to the index, [`Error::NoIndex`], [`Error::Read`] and [`Error::Write`] for the
/// files of the watches. What is wrong with single watches is in the report.
pub fn run(dir: &Path, options: &Options) -> Result<Report> {
    let store = Store::of(&options.disk, dir);
    if store.watches()?.watches.is_empty() {
        return Ok(Report::default());
    }
    let _held = Held::take(dir)?;
    let watches = store.watches()?.watches;
    let archive = Archive::open(dir)?.with_limits(Limits::time(LONGEST));
    let rounds = || outbox::rounds(&store.folder).map_err(store::unreadable(&store.folder));
    let look = Look {
        store: &store,
        archive: &archive,
        watches: &watches,
        today: options.today(),
    };
    let (is_fresh, unasked) = look.at_what_is_new(&rounds()?)?;
    let rounds = rounds()?;
    let mut report = Report {
        unasked,
        ..Report::default()
    };
    if !rounds.is_empty() {
        let desk = Desk::new(&store.disk, dir, &store.folder, &archive);
        deliver_all(
            &store,
            &desk,
            &watches,
            &rounds,
            is_fresh,
            options,
            &mut report,
        )?;
    }
    Ok(report)
}

/// Delivers what waits in the rounds, of which the last one may be of this run.
fn deliver_all(
    store: &Store,
    desk: &Desk<'_>,
    watches: &[Watch],
    rounds: &[Round],
    is_fresh: bool,
    options: &Options,
    report: &mut Report,
) -> Result<()> {
    let now = Utc::now();
    let mut records = store.records()?;
    let rests = |watch: &Watch| {
        let failure = records
            .get(&watch.number)
            .and_then(|record| record.failure.as_ref());
        !options.at_once && failure.is_some_and(|failure| failure.again > now)
    };
    let queues: Vec<Queue<'_>> = watches
        .iter()
        .filter(|watch| !rests(watch))
        .map(|watch| queue(watch, rounds, is_fresh))
        .filter(|queue| !queue.waiting.is_empty())
        .collect();
    let outcomes = desk
        .deliver(rounds, &queues)
        .map_err(written(&store.folder))?;
    let made: HashSet<&str> = outcomes
        .values()
        .flat_map(|it| &it.made)
        .map(String::as_str)
        .collect();
    for round in rounds {
        let left = round.pending.iter().filter(|pending| {
            let is_known = watches.iter().any(|watch| watch.number == pending.watch);
            is_known && !made.contains(pending.delivery.as_str())
        });
        let left: HashSet<&str> = left.map(|pending| pending.delivery.as_str()).collect();
        round
            .tidy(&store.disk, &left)
            .map_err(written(&store.folder))?;
    }
    for queue in &queues {
        let Some(outcome) = outcomes.get(&queue.watch.number) else {
            continue;
        };
        settle(queue.watch, outcome, &mut records, now, report);
    }
    if queues.is_empty() {
        return Ok(());
    }
    store.put_records(&records)
}

fn queue<'a>(watch: &'a Watch, rounds: &[Round], is_fresh: bool) -> Queue<'a> {
    let numbered = rounds.iter().enumerate();
    let waiting = numbered.flat_map(|(number, round)| {
        let is_fresh = is_fresh && number + 1 == rounds.len();
        let own = round
            .pending
            .iter()
            .filter(|pending| pending.watch == watch.number);
        own.map(move |pending| (number, is_fresh, pending.clone()))
    });
    Queue {
        watch,
        waiting: waiting.collect(),
    }
}

/// Notes what has become of the deliveries of a watch.
fn settle(
    watch: &Watch,
    outcome: &Outcome,
    records: &mut BTreeMap<u32, Record>,
    now: DateTime<Utc>,
    report: &mut Report,
) {
    let record = records.entry(watch.number).or_default();
    if outcome.articles > 0 {
        record.articles += outcome.articles;
        record.last = Some(now);
        report.delivered.push((watch.clone(), outcome.articles));
    }
    let before = match &record.failure {
        // What followed a success is a first failure.
        Some(failure) if outcome.made.is_empty() => failure.attempts,
        _ => 0,
    };
    record.failure = outcome.failed.as_ref().map(|why| Failure {
        why: why.clone(),
        attempts: before + 1,
        again: now + TimeDelta::seconds((FIRST_REST << before.min(16)).min(LONGEST_REST)),
    });
    if let Some(failure) = &record.failure {
        report.failed.push((watch.clone(), failure.clone()));
    }
}
