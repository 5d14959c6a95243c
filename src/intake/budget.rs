//! How much may wait between the threads that parse and the one that delivers: so many bytes, whatever the size of the records.
//!
//! Files are delivered in their order. So the file that is being delivered may always put one record into the line, where all
//! others wait for room: what they wait for comes of its delivery, and nothing stands still.

use std::collections::HashMap;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use crate::article::Article;

/// How many bytes an article takes in memory, roughly.
pub(crate) fn bytes_of(article: &Article) -> usize {
    let lists = [&article.captions, &article.topics, &article.byline];
    let lists: usize = lists.into_iter().flatten().map(String::len).sum();
    let deck = article.deck.as_ref().map_or(0, String::len);
    article.headline.len() + deck + article.body.len() + lists
}

/// The room in the line.
pub(super) struct Budget {
    most: usize,
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    /// The bytes that wait, and those of each file.
    waiting: usize,
    of_files: HashMap<usize, usize>,
    /// The number of the file that is being delivered.
    front: usize,
    /// Nothing is delivered any more.
    closed: bool,
}

impl Budget {
    /// Room for `most` bytes, and one record more.
    pub(super) fn new(most: usize) -> Self {
        Budget {
            most,
            state: Mutex::default(),
            changed: Condvar::new(),
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until so many bytes of the file of this number may be put into the line.
    pub(super) fn take(&self, file: usize, bytes: usize) {
        let mut state = self.state();
        loop {
            let own = state.of_files.get(&file).copied().unwrap_or(0);
            let goes_first = state.front == file && own == 0;
            if state.closed || goes_first || state.waiting.saturating_add(bytes) <= self.most {
                break;
            }
            state = self
                .changed
                .wait(state)
                .unwrap_or_else(PoisonError::into_inner);
        }
        state.waiting = state.waiting.saturating_add(bytes);
        *state.of_files.entry(file).or_default() += bytes;
    }

    /// So many bytes of this file have left the line.
    pub(super) fn give(&self, file: usize, bytes: usize) {
        let mut state = self.state();
        state.waiting = state.waiting.saturating_sub(bytes);
        if let Some(own) = state.of_files.get_mut(&file) {
            *own = own.saturating_sub(bytes);
        }
        self.changed.notify_all();
    }

    /// The file of this number is delivered now.
    pub(super) fn deliver(&self, file: usize) {
        let mut state = self.state();
        state.front = file;
        state.of_files.retain(|number, _| *number >= file);
        self.changed.notify_all();
    }
}

/// Lets go of whoever waits when delivery ends, be it with an error.
pub(super) struct Closing<'b>(pub(super) &'b Budget);

impl Drop for Closing<'_> {
    fn drop(&mut self) {
        self.0.state().closed = true;
        self.0.changed.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::time::Duration;

    use super::*;

    #[test]
    fn the_file_at_the_front_always_goes_on() {
        let budget = Budget::new(100);
        let put = AtomicUsize::new(0);
        std::thread::scope(|scope| {
            let _closing = Closing(&budget);
            budget.deliver(0);
            // A file behind it fills the line; its next record waits.
            budget.take(1, 100);
            scope.spawn(|| {
                budget.take(1, 1);
                put.fetch_add(1, Ordering::SeqCst);
            });
            // One record of the front goes in, however large; a second one waits for the first.
            budget.take(0, 1_000);
            scope.spawn(|| {
                budget.take(0, 1);
                put.fetch_add(1, Ordering::SeqCst);
            });
            std::thread::sleep(Duration::from_millis(50));
            assert_eq!(put.load(Ordering::SeqCst), 0);
            budget.give(0, 1_000);
            while put.load(Ordering::SeqCst) == 0 {
                std::thread::yield_now();
            }
            // The other one is let go at the end.
        });
        assert_eq!(put.load(Ordering::SeqCst), 2);
    }
}
