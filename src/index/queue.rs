//! How much may wait for tantivy: its queue holds ten thousand documents, whatever their size.
//!
//! Each document has a [`Ticket`] for its bytes, which it gives back when a thread of tantivy's takes it in hand. Who adds
//! documents waits for room.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tantivy::TantivyDocument;
use tantivy::schema::Document;

/// The room before tantivy.
pub(super) struct Queue {
    most: usize,
    shared: Arc<Shared>,
}

#[derive(Default)]
struct Shared {
    waiting: Mutex<usize>,
    changed: Condvar,
}

impl Shared {
    fn waiting(&self) -> MutexGuard<'_, usize> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Where tantivy's threads have died, nothing is given back, and adding says so itself.
const PATIENCE: Duration = Duration::from_secs(1);

impl Queue {
    /// Room for `most` bytes, or for one document.
    pub(super) fn new(most: usize) -> Self {
        Queue {
            most,
            shared: Arc::default(),
        }
    }

    /// Waits until there is room for a document of so many bytes, and puts it into the line.
    pub(super) fn put(&self, document: TantivyDocument, bytes: usize) -> Queued {
        let is_full =
            |waiting: &mut usize| *waiting > 0 && waiting.saturating_add(bytes) > self.most;
        let waiting = self.shared.waiting();
        let (mut waiting, _) = self
            .shared
            .changed
            .wait_timeout_while(waiting, PATIENCE, is_full)
            .unwrap_or_else(PoisonError::into_inner);
        *waiting += bytes;
        let shared = Arc::clone(&self.shared);
        let ticket = Ticket { bytes, shared };
        Queued { document, ticket }
    }
}

/// A document that waits for tantivy.
pub(super) struct Queued {
    document: TantivyDocument,
    ticket: Ticket,
}

/// What a document takes of the room, until it is dropped.
struct Ticket {
    bytes: usize,
    shared: Arc<Shared>,
}

impl Drop for Ticket {
    fn drop(&mut self) {
        *self.shared.waiting() -= self.bytes;
        self.shared.changed.notify_all();
    }
}

impl Document for Queued {
    type Value<'a> = <TantivyDocument as Document>::Value<'a>;
    type FieldsValuesIter<'a> = <TantivyDocument as Document>::FieldsValuesIter<'a>;

    fn iter_fields_and_values(&self) -> Self::FieldsValuesIter<'_> {
        self.document.iter_fields_and_values()
    }

    fn into_tantivy_document(self) -> TantivyDocument {
        drop(self.ticket);
        self.document
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_wait_for_room_and_give_it_back() {
        let queue = Queue::new(100);
        let one = queue.put(TantivyDocument::default(), 1_000);
        let begun = std::time::Instant::now();
        std::thread::scope(|scope| {
            scope.spawn(|| {
                std::thread::sleep(Duration::from_millis(100));
                one.into_tantivy_document();
            });
            let other = queue.put(TantivyDocument::default(), 60);
            assert!(begun.elapsed() >= Duration::from_millis(100));
            assert_eq!(*queue.shared.waiting(), 60);
            drop(other);
        });
        assert_eq!(*queue.shared.waiting(), 0);
    }
}
