//! An answer that is written while it is sent. A thread writes into an [`Outlet`]; what it has written waits, a few chunks of it,
//! until the client has read; who has read nothing for long is given up.

use std::io::{self, Write};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use axum::body::Bytes;
use futures_core::Stream;
use tokio::runtime::Handle;
use tokio::sync::mpsc;

/// The bytes that are sent at a time.
const CHUNK: usize = 64 * 1024;

/// How many chunks wait for the client.
const WAITING: usize = 2;

/// How long a client may take for one chunk: whoever reads less than 2 KB a second is not there to read.
const PATIENCE: Duration = Duration::from_secs(30);

/// Where an answer is written.
pub(super) struct Outlet {
    chunk: Vec<u8>,
    chunks: mpsc::Sender<Bytes>,
    complete: Arc<AtomicBool>,
    patience: Duration,
    runtime: Handle,
}

/// What is sent, as it comes.
pub(super) struct Chunks {
    receiver: mpsc::Receiver<Bytes>,
    complete: Arc<AtomicBool>,
    ended: bool,
}

/// An answer in the making: what is written to the one comes out of the other.
pub(super) fn channel() -> (Outlet, Chunks) {
    channel_with(PATIENCE)
}

fn channel_with(patience: Duration) -> (Outlet, Chunks) {
    let (sender, receiver) = mpsc::channel(WAITING);
    let complete = Arc::new(AtomicBool::new(false));
    let outlet = Outlet {
        chunk: Vec::with_capacity(CHUNK),
        chunks: sender,
        complete: complete.clone(),
        patience,
        runtime: Handle::current(),
    };
    let chunks = Chunks {
        receiver,
        complete,
        ended: false,
    };
    (outlet, chunks)
}

impl Outlet {
    /// Sends what has been written.
    fn send(&mut self) -> io::Result<()> {
        let chunk = std::mem::replace(&mut self.chunk, Vec::with_capacity(CHUNK));
        let sent = self.chunks.send_timeout(chunk.into(), self.patience);
        match self.runtime.block_on(sent) {
            Ok(()) => Ok(()),
            Err(mpsc::error::SendTimeoutError::Timeout(_)) => Err(io::ErrorKind::TimedOut.into()),
            Err(mpsc::error::SendTimeoutError::Closed(_)) => Err(io::ErrorKind::BrokenPipe.into()),
        }
    }

    /// Sends the rest: the answer is complete. One that is dropped without this breaks the connection off, so that nobody
    /// takes a part for the whole.
    pub(super) fn end(mut self) -> io::Result<()> {
        self.flush()?;
        self.complete.store(true, Ordering::Release);
        Ok(())
    }
}

impl Write for Outlet {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let room = bytes.len().min(CHUNK - self.chunk.len());
        self.chunk.extend_from_slice(&bytes[..room]);
        if self.chunk.len() == CHUNK {
            self.send()?;
        }
        Ok(room)
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.chunk.is_empty() {
            Ok(())
        } else {
            self.send()
        }
    }
}

impl Stream for Chunks {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let chunk = ready!(self.receiver.poll_recv(context));
        if chunk.is_some() || self.ended || self.complete.load(Ordering::Acquire) {
            return Poll::Ready(chunk.map(Ok));
        }
        self.ended = true;
        let error = io::Error::other("the answer is not complete");
        Poll::Ready(Some(Err(error)))
    }
}

#[cfg(test)]
mod tests {
    use std::future::poll_fn;

    use super::*;

    /// What a writer comes to that writes without end, and what its reader gets that does `read`.
    fn written_without_end(read: impl AsyncFnOnce(Chunks)) -> io::ErrorKind {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        runtime.block_on(async {
            let (mut outlet, chunks) = channel_with(Duration::from_millis(50));
            let writer = tokio::task::spawn_blocking(move || {
                loop {
                    if let Err(error) = outlet.write_all(&[b'x'; 1000]) {
                        return error.kind();
                    }
                }
            });
            read(chunks).await;
            writer.await.unwrap()
        })
    }

    async fn next(chunks: &mut Chunks) -> Option<io::Result<Bytes>> {
        poll_fn(|context| Pin::new(&mut *chunks).poll_next(context)).await
    }

    #[test]
    fn who_goes_or_does_not_read_is_given_up() {
        let gone = written_without_end(async |chunks| drop(chunks));
        assert_eq!(gone, io::ErrorKind::BrokenPipe);
        let waits = written_without_end(async |chunks| {
            tokio::time::sleep(Duration::from_millis(300)).await;
            drop(chunks);
        });
        assert_eq!(waits, io::ErrorKind::TimedOut);
    }

    #[test]
    fn a_part_is_not_taken_for_the_whole() {
        written_without_end(async |mut chunks| {
            let first = next(&mut chunks).await.unwrap().unwrap();
            assert_eq!(first.len(), CHUNK);
            tokio::time::sleep(Duration::from_millis(300)).await;
            let mut last = Ok(first);
            while let Some(chunk) = next(&mut chunks).await {
                last = chunk;
            }
            assert!(last.is_err(), "the end is not as it should be");
        });
    }

    #[test]
    fn what_is_complete_ends_so() {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        runtime.block_on(async {
            let (mut outlet, mut chunks) = channel();
            let writer = tokio::task::spawn_blocking(move || {
                outlet.write_all(b"all")?;
                outlet.end()
            });
            assert_eq!(next(&mut chunks).await.unwrap().unwrap(), "all");
            writer.await.unwrap().unwrap();
            assert!(next(&mut chunks).await.is_none());
        });
    }
}
