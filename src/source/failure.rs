//! Why reading failed, carried through `io::Error`, so that a format that only sees a reader can report the true reason.

use std::fmt;
use std::io;

use super::SkipReason;
use crate::format::Rejection;

/// A failure of ours inside an `io::Error`. It can be told again: a decoder that has failed fails the same way on every
/// later read, where the libraries below would go on with an early end of file.
#[derive(Debug, Clone)]
pub(super) struct Failure {
    reason: SkipReason,
    text: String,
}

impl Failure {
    pub(super) fn new(reason: SkipReason, text: impl Into<String>) -> Self {
        Failure {
            reason,
            text: text.into(),
        }
    }

    /// What `error`, coming from a decoder of a `what` ("gzip stream"), means. Failures of layers below and of the
    /// system pass unchanged: a disk that fails does not make the archive a damaged one.
    pub(super) fn of_decoder(error: &io::Error, what: &str) -> Self {
        if let Some(failure) = Failure::within(error) {
            return failure.clone();
        }
        if error.raw_os_error().is_some() {
            return Failure::new(SkipReason::Unreadable, error.to_string());
        }
        // zstd and xz say so in words only. Both ask for memory that the file's header dictates.
        let words = error.to_string();
        if words.contains("memory") {
            return Failure::new(
                SkipReason::TooLarge,
                format!("{what} that needs too much memory to unpack"),
            );
        }
        let text = if error.kind() == io::ErrorKind::UnexpectedEof {
            format!("damaged {what}: it ends too early")
        } else {
            format!("damaged {what}: {words}")
        };
        Failure::new(SkipReason::BrokenArchive, text)
    }

    fn within(error: &io::Error) -> Option<&Failure> {
        error.get_ref()?.downcast_ref()
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl std::error::Error for Failure {}

impl From<Failure> for io::Error {
    fn from(failure: Failure) -> io::Error {
        let kind = match failure.reason {
            SkipReason::TooLarge => io::ErrorKind::FileTooLarge,
            SkipReason::BrokenArchive => io::ErrorKind::InvalidData,
            _ => io::ErrorKind::Other,
        };
        io::Error::new(kind, failure)
    }
}

/// Why a read of a [`Member`](super::Member) failed. The error's own text is the detail for people.
#[must_use]
pub fn reason_of(error: &io::Error) -> SkipReason {
    if let Some(failure) = Failure::within(error) {
        return failure.reason;
    }
    match error.kind() {
        io::ErrorKind::FileTooLarge => SkipReason::TooLarge,
        // Not from here: `BufRead::read_line` says so of bytes that are not UTF-8.
        io::ErrorKind::InvalidData => SkipReason::Malformed,
        io::ErrorKind::UnexpectedEof => SkipReason::BrokenArchive,
        _ => SkipReason::Unreadable,
    }
}

/// The rejection of a file or member of which reading failed with `error`.
pub(super) fn rejection(error: &io::Error) -> Rejection {
    Rejection::new(reason_of(error), error.to_string())
}
