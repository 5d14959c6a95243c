//! Why reading failed, carried through `io::Error`, so that a format that only sees a reader can report the true reason.

use std::fmt;
use std::io;

use super::SkipReason;
use crate::format::Rejection;

/// What systems say, and what is said instead: what it means for somebody who has files, and what can be done.
const OF_SYSTEMS: &[(io::ErrorKind, &str)] = &[
    (io::ErrorKind::NotFound, "there is no such file or folder"),
    (
        io::ErrorKind::PermissionDenied,
        "you may not read or write it",
    ),
    (io::ErrorKind::StorageFull, "the disk is full"),
    (
        io::ErrorKind::QuotaExceeded,
        "your share of the disk is full",
    ),
    (
        io::ErrorKind::FileTooLarge,
        "the file would grow larger than the system allows",
    ),
    (
        io::ErrorKind::ReadOnlyFilesystem,
        "the disk can only be read",
    ),
    (io::ErrorKind::AlreadyExists, "there is a file of this name"),
    (
        io::ErrorKind::NotADirectory,
        "a part of the path is a file, not a folder",
    ),
    (io::ErrorKind::IsADirectory, "it is a folder"),
    (
        io::ErrorKind::StaleNetworkFileHandle,
        "the network drive has lost it; try again",
    ),
];

/// What decoders say, and what is said instead.
const OF_DECODERS: &[(&str, &str)] = &[
    (
        "Could not find EOCD",
        "it has lost its end, where its directory stands",
    ),
    (
        "Unexpected end of zip::",
        "its directory points at what is no member",
    ),
    ("checksum", "its check sum is wrong"),
    ("invalid data", "its bytes have changed"),
    ("corrupt", "its bytes have changed"),
    ("Data corruption", "its bytes have changed"),
    ("lzma data error", "its bytes have changed"),
];

/// An error of the system in plain words, without its number.
pub(crate) fn plain(error: &io::Error) -> String {
    let words = error.to_string();
    if error.raw_os_error().is_none() {
        return words;
    }
    let known = OF_SYSTEMS.iter().find(|(kind, _)| *kind == error.kind());
    match known {
        Some((_, known)) => (*known).to_owned(),
        None => words
            .split(" (os error")
            .next()
            .unwrap_or_default()
            .to_lowercase(),
    }
}

/// What a decoder says, in plain words.
pub(super) fn of_decoder(words: &str) -> String {
    let known = OF_DECODERS
        .iter()
        .find(|(theirs, _)| words.contains(theirs));
    known.map_or_else(|| words.to_owned(), |(_, ours)| (*ours).to_owned())
}

/// So many bytes, in the unit that people use: `64 MB`.
pub(super) fn amount(bytes: u64) -> String {
    const UNITS: &[&str] = &["bytes", "KB", "MB", "GB", "TB"];
    let (mut amount, mut unit) = (bytes, 0);
    while amount >= 10_000 && unit + 1 < UNITS.len() {
        (amount, unit) = (amount.div_ceil(1024), unit + 1);
    }
    let (amount, unit) = match (amount, unit) {
        // 8192 MB are better said as 8 GB.
        (amount, unit) if amount % 1024 == 0 && unit + 1 < UNITS.len() && amount > 0 => {
            (amount / 1024, unit + 1)
        }
        whole => whole,
    };
    format!("{amount} {}", UNITS[unit])
}

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
            return Failure::new(SkipReason::Unreadable, plain(error));
        }
        // zstd and xz say so in words only. Both ask for memory that the file's header dictates.
        let words = error.to_string();
        if words.contains("memory") {
            return Failure::new(
                SkipReason::TooLarge,
                format!(
                    "{what}: it wants more than 128 MB of memory to unpack; pack it anew with a smaller window"
                ),
            );
        }
        let text = if error.kind() == io::ErrorKind::UnexpectedEof {
            format!("damaged {what}: it ends too early")
        } else {
            format!("damaged {what}: {}", of_decoder(&words))
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
    Rejection::new(reason_of(error), plain(error))
}
