//! Makes an index agree with the files it was made from: what is new, changed or gone.
//!
//! [`plan`] compares the files with the manifest; here the difference is carried out. What is the same in a file that changed
//! stays as it is (see `earlier`), and the manifest names a file only in a commit that holds all of it: a run that was killed
//! is taken up by the next one where its last commit left it.

pub(super) mod again;
mod loss;
mod place;
mod plan;

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, HashMap};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use loss::Loss;
use plan::{Change, Plan};

use super::disk::Disk;
use super::earlier::{Earlier, Keeps};
use super::manifest::FileEntry;
use super::versions::Arrival;
use super::writer::{Resources, Writer};
use crate::article::Article;
use crate::error::Result;
use crate::intake::{
    DateOrders, Delivery, Feet, Habits, Job, Ledger, Progress, ReadOptions, deliver,
};
use crate::source::SkipReason;

/// What the user said about an indexing run.
#[derive(Clone)]
pub struct SyncOptions {
    /// How files are read.
    pub read: ReadOptions,
    /// What the writer may use.
    pub resources: Resources,
    /// Remove more than a third of the archive without asking.
    pub yes: bool,
    /// A commit is made after so many articles: so much is lost at most when a run is killed, and searchable meanwhile.
    pub commit_every: u64,
    /// The disk that the index is on.
    pub disk: Disk,
}

impl Default for SyncOptions {
    fn default() -> Self {
        SyncOptions {
            read: ReadOptions::default(),
            resources: Resources::default(),
            yes: false,
            commit_every: 100_000,
            disk: Disk::default(),
        }
    }
}

/// What a run has done.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct SyncReport {
    /// Files that were not in the index.
    pub added: u64,
    /// Files that have changed, or must be read again because of others that have.
    pub changed: u64,
    /// Files that are gone.
    pub removed: u64,
    /// Files that are as they were.
    pub unchanged: u64,
    /// Articles of files that were read which were in the index already, just so.
    pub kept: u64,
    /// Articles in the index now.
    pub articles: u64,
}

/// Makes the index in `dir` agree with the files below `roots`. Files of other roots stay as they are.
///
/// # Errors
/// What [`Writer::open`] says, [`Error::Read`](crate::Error::Read) for a root that does not exist, [`Error::Loss`](crate::Error::Loss) when too much would be
/// removed without `yes`. What is wrong with single files is in the ledger.
pub fn sync(
    dir: &Path,
    roots: &[PathBuf],
    options: &SyncOptions,
    ledger: &mut Ledger,
    progress: &mut dyn Progress,
) -> Result<SyncReport> {
    let roots = place::distinct(roots)?;
    let mut writer = Writer::open_on(&options.disk, dir, options.resources)?;
    let plan = Plan::make(
        &roots,
        &mut writer.manifest,
        &options.read.fingerprint(),
        ledger,
    )?;
    let mut report = plan.report();
    if plan.is_empty() {
        ledger.finish()?;
        report.articles = writer.archive()?.articles()?;
        writer.finish()?;
        return Ok(report);
    }
    let loss = Loss::of(&plan, &mut writer, options.yes)?;
    loss.refuse("their files are gone")?;
    (report.kept, report.articles) = follow(writer, &plan, loss, options, ledger, progress)?;
    Ok(report)
}

/// Carries a plan out and commits; gives the number of articles that were kept as they were, and of all that there are then.
fn follow(
    mut writer: Writer,
    plan: &Plan,
    loss: Loss,
    options: &SyncOptions,
    ledger: &mut Ledger,
    progress: &mut dyn Progress,
) -> Result<(u64, u64)> {
    for key in &plan.gone {
        writer.remove_file(key)?;
    }
    let mut run = Run {
        news: BTreeMap::new(),
        writer,
        changes: &plan.changes,
        ledger,
        progress,
        loss,
        kept: 0,
        commit_every: options.commit_every,
    };
    run.carry_out(&options.read)?;
    let (mut writer, kept) = (run.writer, run.kept);
    ledger.finish()?;
    let articles = writer.archive()?.articles()?;
    writer.finish()?;
    Ok((kept, articles))
}

/// A run in progress.
struct Run<'a> {
    writer: Writer,
    changes: &'a [Change],
    /// What has come in of the files in hand, by their numbers.
    news: BTreeMap<usize, News>,
    ledger: &'a mut Ledger,
    progress: &'a mut dyn Progress,
    loss: Loss,
    /// Articles that were in the index just so.
    kept: u64,
    commit_every: u64,
}

impl Run<'_> {
    fn carry_out(&mut self, read: &ReadOptions) -> Result<()> {
        self.progress.begin(
            self.changes.len() as u64,
            self.changes.iter().map(|change| change.found.size).sum(),
        );
        let manifest = &self.writer.manifest;
        let mut habits = Habits {
            orders: DateOrders::with_evidence(read.date_order, manifest.date_orders.clone()),
            feet: Feet::with_known(manifest.feet.clone()),
        };
        let homes = self.writer.manifest.homes.iter();
        let homes: HashMap<String, Arc<str>> = homes
            .map(|(root, home)| (root.clone(), home.as_str().into()))
            .collect();
        let jobs = self.changes.iter().enumerate().map(|(number, change)| Job {
            number,
            home: homes.get(&*change.root).cloned().unwrap_or_default(),
            found: change.found.clone(),
        });
        deliver(jobs, read, &mut habits, &mut |delivery, habits| {
            self.take(delivery, habits)
        })?;
        let in_hand: Vec<usize> = self.news.keys().copied().collect();
        for number in in_hand {
            self.break_off(number)?;
            self.done(number)?;
        }
        self.ledger.undecided_dates = habits.orders.undecided;
        self.ledger.feet = habits.feet.removed;
        self.commit(&habits)?;
        self.progress.end();
        Ok(())
    }

    /// Commits what has come in, with what was learned from it.
    fn commit(&mut self, habits: &Habits) -> Result<()> {
        habits
            .orders
            .evidence()
            .clone_into(&mut self.writer.manifest.date_orders);
        habits
            .feet
            .known()
            .clone_into(&mut self.writer.manifest.feet);
        self.loss
            .refuse("their files are gone, or have less in them than they had")?;
        self.writer.commit()
    }

    fn take(&mut self, delivery: Delivery, habits: &Habits) -> Result<ControlFlow<()>> {
        if self.progress.wants_end() {
            return Ok(ControlFlow::Break(()));
        }
        match delivery {
            Delivery::Member(number, file, format) => {
                let is_whole = file == self.changes[number].found.file;
                self.news(number)?.is_recognised |= is_whole;
                self.ledger.file(&file, format)?;
            }
            Delivery::Rejected(number, file, record, rejection) => {
                let is_whole = record.is_none() && file == self.changes[number].found.file;
                let news = self.news(number)?;
                news.entry.rejected += 1;
                let is_nothing = is_whole && !news.is_recognised && is_nothing(rejection.reason);
                // The worst is that it could not be read: it is tried again.
                if is_failure(rejection.reason) || is_nothing {
                    if news.failure != Some(SkipReason::Unreadable) {
                        news.failure = Some(rejection.reason);
                    }
                    news.broken_off.insert(file.clone(), record);
                } else {
                    news.broken_off.remove(&file);
                }
                self.ledger.reject(&file, record, &rejection)?;
            }
            Delivery::Article(number, article) => self.article(number, *article)?,
            Delivery::Done(number) => self.done(number)?,
        }
        if self.writer.changes() >= self.commit_every {
            self.commit(habits)?;
        }
        Ok(ControlFlow::Continue(()))
    }

    /// What is known of a file that is being read.
    fn news(&mut self, number: usize) -> Result<&mut News> {
        match self.news.entry(number) {
            Entry::Occupied(there) => Ok(there.into_mut()),
            Entry::Vacant(free) => {
                let change = &self.changes[number];
                Ok(free.insert(News {
                    entry: change.entry.clone(),
                    // Also of a file that the manifest does not know: a commit that failed may have left its articles, where a
                    // merge has ended meanwhile.
                    earlier: self.writer.earlier(&change.key)?,
                    failure: None,
                    broken_off: BTreeMap::new(),
                    is_recognised: false,
                }))
            }
        }
    }

    /// The run was told to end amid this file: the next one reads it again.
    fn break_off(&mut self, number: usize) -> Result<()> {
        let file = self.changes[number].found.file.clone();
        let news = self.news(number)?;
        news.failure = Some(SkipReason::Unreadable);
        news.broken_off.insert(file, None);
        Ok(())
    }

    fn article(&mut self, number: usize, article: Article) -> Result<()> {
        self.news(number)?;
        let news = self.news.get_mut(&number).expect("it is in hand");
        news.entry.articles += 1;
        // It has gone on behind what was broken. An article whose date waited may also come after what stands behind it.
        let broken_at = news.broken_off.get(&article.file).copied().flatten();
        if broken_at.is_some_and(|at| at < article.record) {
            news.broken_off.remove(&article.file);
        }
        // The ledger knows an article by little of it.
        let told = Article {
            id: article.id.clone(),
            file: article.file.clone(),
            record: article.record,
            ..Article::default()
        };
        let key = &self.changes[number].key;
        match self.writer.take_again(article, key, &mut news.earlier)? {
            Arrival::New => self.ledger.accept(&told),
            Arrival::Version => self.ledger.version(&told),
            Arrival::Duplicate(of) => self.ledger.duplicate(&told, of.as_deref()),
        }
    }

    /// A file has come in whole: the next commit may name it. One that fails now keeps what it gave before.
    fn done(&mut self, number: usize) -> Result<()> {
        self.news(number)?;
        let News {
            mut entry,
            earlier,
            failure,
            broken_off,
            ..
        } = self.news.remove(&number).expect("it is in hand");
        let change = &self.changes[number];
        self.progress
            .advance(change.found.size, entry.articles, &change.found.file);
        let (has_nothing, same) = (entry.articles == 0, earlier.same());
        // What breaks off keeps what it did not come to, and what cannot be read at all keeps everything.
        let is_behind = |file: &str, is_behind: bool| {
            let broken = || and_archives(file).any(|it| broken_off.contains_key(it));
            has_nothing || is_behind && broken()
        };
        let is_kept = failure.map(|_| &is_behind as &Keeps<'_>);
        entry.articles += self.writer.remove_rest(&change.key, earlier, is_kept)?;
        self.kept += same;
        // The disk or the network may do better next time, and what has changed meanwhile was not read: it stays unfinished.
        if failure == Some(SkipReason::Unreadable) || !change.found.is_as_found() {
            entry = FileEntry {
                reading: entry.reading,
                articles: entry.articles,
                rejected: entry.rejected,
                ..FileEntry::default()
            };
        }
        let roots = &mut self.writer.manifest.roots;
        let root = roots.entry(change.root.to_string()).or_default();
        let articles = entry.articles;
        let before = root.insert(change.found.file.clone(), entry);
        let before = before.map_or(0, |entry| entry.articles);
        self.loss.count_within(before.saturating_sub(articles));
        Ok(())
    }
}

/// What has come in of a file.
struct News {
    entry: FileEntry,
    /// What the index has of it, as far as it has not come in again.
    earlier: Earlier,
    /// Why nothing can be read of it, as far as it has been read.
    failure: Option<SkipReason>,
    /// The file itself, or members and archives in it, that ended with what could not be read; at which record, if at one.
    broken_off: BTreeMap<String, Option<u32>>,
    /// It begins as a file of some format.
    is_recognised: bool,
}

/// A file, and the archives that it lies in.
fn and_archives(file: &str) -> impl Iterator<Item = &str> {
    let ends = file.match_indices("!/").map(|(at, _)| at);
    ends.chain([file.len()]).map(|end| &file[..end])
}

/// Whether a file that gives nothing for this reason is damaged, rather than another one than it was.
fn is_failure(reason: SkipReason) -> bool {
    matches!(
        reason,
        SkipReason::Unreadable
            | SkipReason::Malformed
            | SkipReason::BrokenArchive
            | SkipReason::Encrypted
            | SkipReason::TooLarge
            | SkipReason::TooDeep
    )
}

/// Whether this is said of a file of which crashes, holes and strangers' bytes have left nothing. A file of a format that has
/// no records any more is another case: somebody wrote that.
fn is_nothing(reason: SkipReason) -> bool {
    matches!(
        reason,
        SkipReason::Empty | SkipReason::Binary | SkipReason::UnknownFormat
    )
}
