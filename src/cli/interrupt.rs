//! The wish of the user (SIGINT) or the system (SIGTERM) that a command ends, for those that end in good order. Whoever wishes it
//! twice does not want to wait for that.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

use super::Exit;

/// The wish, for a command without a runtime of its own.
pub(super) struct Interrupt {
    wish: Wish,
    news: Receiver<()>,
}

/// Whether it has come, for those at work.
#[derive(Clone, Default)]
pub(super) struct Wish {
    has_come: Arc<AtomicBool>,
    /// Nothing is being done that would have to be ended in good order.
    is_idle: Arc<AtomicBool>,
}

impl Wish {
    pub(super) fn has_come(&self) -> bool {
        self.has_come.load(Ordering::SeqCst)
    }

    /// Waits for somebody; meanwhile the first wish ends the program at once, as it does where nobody catches it.
    pub(super) fn while_idle<T>(&self, wait: impl FnOnce() -> T) -> T {
        self.is_idle.store(true, Ordering::SeqCst);
        let done = wait();
        self.is_idle.store(false, Ordering::SeqCst);
        done
    }
}

impl Interrupt {
    /// Catches it from now on.
    pub(super) fn caught() -> io::Result<Self> {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()?;
        let stop = runtime.block_on(async { interrupted() })?;
        let wish = Wish::default();
        let (sender, news) = channel();
        let mark = wish.clone();
        thread::Builder::new()
            .name("interrupt".into())
            .spawn(move || {
                runtime.block_on(stop);
                mark.has_come.store(true, Ordering::SeqCst);
                // Nobody listens any more where the command has ended already.
                let _ = sender.send(());
                if !mark.is_idle.load(Ordering::SeqCst) {
                    // Where a second one cannot be caught, nobody waits for it.
                    if let Ok(again) = runtime.block_on(async { interrupted() }) {
                        runtime.block_on(again);
                    }
                }
                end_at_once();
            })?;
        Ok(Interrupt { wish, news })
    }

    /// For those at work.
    pub(super) fn wish(&self) -> Wish {
        self.wish.clone()
    }

    /// Rests so long, or until it comes; whether it has.
    pub(super) fn after(&self, rest: Duration) -> bool {
        self.wish.has_come()
            || !matches!(self.news.recv_timeout(rest), Err(RecvTimeoutError::Timeout))
    }
}

/// What was committed is safe at any moment, and the next run makes up for the rest.
#[expect(
    clippy::exit,
    reason = "it is the user who cannot wait for the end of what is being done"
)]
fn end_at_once() {
    std::process::exit(Exit::Failed as i32);
}

/// Done when the user (SIGINT) or the system (SIGTERM) wants an end.
#[cfg(unix)]
pub(super) fn interrupted() -> io::Result<impl Future<Output = ()> + Send + 'static> {
    use tokio::signal::unix::{SignalKind, signal};
    let (mut user, mut system) = (
        signal(SignalKind::interrupt())?,
        signal(SignalKind::terminate())?,
    );
    Ok(async move {
        tokio::select! {
            _ = user.recv() => {}
            _ = system.recv() => {}
        }
    })
}

/// Done when the user wants an end.
#[cfg(not(unix))]
pub(super) fn interrupted() -> io::Result<impl Future<Output = ()> + Send + 'static> {
    Ok(async {
        // Without a signal to wait for, the command goes on until its process is ended.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    })
}
