//! The desk between the server and the archive: every question goes through here, to a thread that may block, and sees
//! the newest state of the archive. It knows neither HTTP nor pages.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::task::JoinHandle;
use tokio::time::timeout;

use crate::{Archive, Error, Result};

/// How old the server's view of the archive may be: an index that was brought up to date is seen after so long.
const REFRESH: Duration = Duration::from_millis(500);

/// How many questions may wait, for each seat, and for how long. Who comes when all these places are taken is told so at once.
const WAITING: usize = 32;
const PATIENCE: Duration = Duration::from_secs(5);

/// How many exports may be under way: each holds a thread as long as its client reads.
const EXPORTS: usize = 8;

/// Takes questions in, a few at a time.
pub(super) struct Desk {
    archive: Archive,
    /// When the archive was last asked for news.
    refreshed: Mutex<Instant>,
    /// One search keeps one core busy; more at once than there are cores would only make each of them slower.
    seats: Arc<Semaphore>,
    /// Places for those who wait.
    line: Semaphore,
    exports: Arc<Semaphore>,
}

impl Desk {
    pub(super) fn new(archive: Archive) -> Self {
        let cores = std::thread::available_parallelism().map_or(2, usize::from);
        Desk {
            archive,
            refreshed: Mutex::new(Instant::now()),
            // One more, so that a short question does not wait for the longest.
            seats: Arc::new(Semaphore::new(cores + 1)),
            line: Semaphore::new((cores + 1) * WAITING),
            exports: Arc::new(Semaphore::new(EXPORTS)),
        }
    }

    /// The answer to a question.
    ///
    /// # Errors
    /// What the archive says, and [`Error::Busy`] when too many have asked before.
    pub(super) async fn ask<T: Send + 'static>(
        self: &Arc<Self>,
        question: impl FnOnce(&Archive) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let desk = Arc::clone(self);
        let seat = self.seat().await?;
        tokio::task::spawn_blocking(move || {
            // Kept until the answer is there, also when whoever asked has gone meanwhile.
            let _seat = seat;
            desk.look_for_news();
            question(&desk.archive)
        })
        .await
        .map_err(|lost| Error::Io(lost.into()))?
    }

    async fn seat(&self) -> Result<OwnedSemaphorePermit> {
        let _place = self.line.try_acquire().map_err(|_| Error::Busy)?;
        let seat = timeout(PATIENCE, Arc::clone(&self.seats).acquire_owned()).await;
        seat.map_err(|_| Error::Busy)?
            .map_err(|closed| Error::Io(std::io::Error::other(closed)))
    }

    /// A seat for an export, unless all are taken.
    pub(super) fn seat_of_an_export(&self) -> Option<OwnedSemaphorePermit> {
        Arc::clone(&self.exports).try_acquire_owned().ok()
    }

    /// Does what takes its time on a thread of its own, beside the questions that wait for a seat.
    pub(super) fn at_leisure<T: Send + 'static>(
        self: &Arc<Self>,
        work: impl FnOnce(&Archive) -> T + Send + 'static,
    ) -> JoinHandle<T> {
        let desk = Arc::clone(self);
        tokio::task::spawn_blocking(move || {
            desk.look_for_news();
            work(&desk.archive)
        })
    }

    /// What the archive is at now: see [`Archive::state`].
    pub(super) async fn state(self: &Arc<Self>) -> Result<String> {
        let state = self.at_leisure(Archive::state).await;
        state.map_err(|lost| Error::Io(lost.into()))?
    }

    /// Asks the archive for newer commits, unless somebody has just done so. When that fails, the older state is still
    /// there and is answered from: a rebuild under way must not silence the server.
    fn look_for_news(&self) {
        let mut refreshed = self
            .refreshed
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if refreshed.elapsed() >= REFRESH {
            *refreshed = Instant::now();
            drop(refreshed);
            let _ = self.archive.refresh();
        }
    }
}
