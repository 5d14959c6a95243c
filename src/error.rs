//! The library's one error type. Each variant names the thing it is about; [`Error::hint`] says what to do next.

use std::io::ErrorKind;
use std::path::PathBuf;

use crate::article::Article;
use crate::query::QueryError;
use crate::source::plain;

/// A result of this library.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why a command could not be carried out.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// There is no index in the folder.
    #[error("no index in `{}`", .0.display())]
    NoIndex(PathBuf),
    /// There is something in the folder that is no index of ours.
    #[error("`{}` holds files, but no index of morgue", .0.display())]
    NotAnIndex(PathBuf),
    /// The index was built by another version of the program.
    #[error("the index in `{}` has format {found}, this program needs {wanted}{}", path.display(), if *is_newer { ": a newer version of morgue has made it" } else { "" })]
    OtherVersion {
        /// The folder of the index.
        path: PathBuf,
        /// What the index says.
        found: String,
        /// What this program writes.
        wanted: String,
        /// The index is of a later version than this program.
        is_newer: bool,
    },
    /// Another process writes to the index.
    #[error("the index in `{}` is being written by another process{}", path.display(), holder.as_deref().map(|who| format!(" ({who})")).unwrap_or_default())]
    Locked {
        /// The folder of the index.
        path: PathBuf,
        /// Who holds the lock, as far as is known.
        holder: Option<String>,
    },
    /// A path given by the user does not exist or cannot be read.
    #[error("cannot read `{}`: {}", path.display(), plain(error))]
    Read {
        /// The path.
        path: PathBuf,
        /// What the system said.
        error: std::io::Error,
    },
    /// Something could not be written.
    #[error("cannot write `{}`: {}", path.display(), plain(error))]
    Write {
        /// The path.
        path: PathBuf,
        /// What the system said.
        error: std::io::Error,
    },
    /// The address to serve at cannot be had.
    #[error("cannot listen on {address}: {}", error.kind())]
    Listen {
        /// The address.
        address: std::net::SocketAddr,
        /// What the system said.
        error: std::io::Error,
    },
    /// A value that is not one of those allowed: an option, a parameter, a cursor.
    #[error("{what}: {why}")]
    Invalid {
        /// The option or parameter, as the user typed it.
        what: String,
        /// What is wrong, and what would be right.
        why: String,
    },
    /// More would be removed from the archive than anybody is likely to want.
    #[error("{0}")]
    Loss(String),
    /// The query cannot be understood.
    #[error(transparent)]
    Query(#[from] QueryError),
    /// The answer would have taken longer than it may. There is no part of it.
    #[error("the search took longer than {:?}, and was given up", .0)]
    TooLong(std::time::Duration),
    /// The server has more to do than it can: it was not even begun.
    #[error("too many ask at once")]
    Busy,
    /// No article has this id.
    #[error("no article has the id `{0}`")]
    NoArticle(String),
    /// The article with this id has been withdrawn: what it read must not be used.
    #[error("the article `{id}` was withdrawn{}{}", since.map(|day| format!(" on {day}")).unwrap_or_default(), notice.as_ref().map(|notice| told(notice)).unwrap_or_default())]
    Withdrawn {
        /// The id.
        id: String,
        /// The day, where it is known.
        since: Option<chrono::NaiveDate>,
        /// What its publisher sent to withdraw it.
        notice: Option<Box<Article>>,
    },
    /// The article with this id must not be seen yet.
    #[error("the article `{id}` must not be seen before {}", moment(*until))]
    Embargoed {
        /// The id.
        id: String,
        /// The second from which it may, since 1970-01-01 UTC.
        until: i64,
    },
    /// The index is damaged, or the disk failed below it.
    #[error("the index in `{}` cannot be used: {}", path.display(), in_words(error))]
    Damaged {
        /// The folder of the index.
        path: PathBuf,
        /// What the engine said.
        error: tantivy::TantivyError,
    },
    /// The engine failed.
    #[error("the index cannot be written or read: {}", in_words(.0))]
    Engine(#[from] tantivy::TantivyError),
    /// Reading or writing failed where no path is known.
    #[error("{}", plain(.0))]
    Io(#[from] std::io::Error),
}

impl Error {
    /// Whether all is well, but what was asked for is not there, or must not be seen.
    pub fn is_about_nothing(&self) -> bool {
        matches!(
            self,
            Error::NoArticle(_) | Error::Withdrawn { .. } | Error::Embargoed { .. }
        )
    }

    /// What the user can do about it, in one line.
    pub fn hint(&self) -> Option<String> {
        match self {
            Error::NoIndex(path) => Some(format!(
                "build it first: morgue index --index {} PATH…",
                path.display()
            )),
            Error::NotAnIndex(_) => Some("give another folder with --index DIR".into()),
            Error::OtherVersion { path, is_newer, .. } => Some(format!(
                "{}build it anew: morgue index --index {} --rebuild (the old one stays until the new one is ready)",
                if *is_newer {
                    "update this program, or "
                } else {
                    ""
                },
                path.display()
            )),
            Error::Locked { .. } => {
                Some("wait until it has finished; searching goes on meanwhile".into())
            }
            Error::Read { error, .. } | Error::Write { error, .. } | Error::Io(error) => {
                of_system(error)
            }
            Error::Engine(error) => of_system(&system_error(error)?),
            Error::Listen { address, error } => Some(match error.kind() {
                ErrorKind::AddrInUse => format!(
                    "another program has port {}; choose one with --port N, or any free one with --port 0",
                    address.port()
                ),
                ErrorKind::PermissionDenied => {
                    "ports below 1024 are reserved; choose a higher one with --port N".into()
                }
                _ => "give an address of this machine with --listen ADDRESS:PORT".into(),
            }),
            Error::Query(error) => error.hint.clone(),
            Error::Loss(_) => Some(
                "if that shall be, give `morgue index` (or `check --repair`) the option --yes"
                    .into(),
            ),
            Error::TooLong(_) => {
                Some("narrow it by a date (since:2020), or by more letters before a `*`".into())
            }
            Error::Withdrawn { id, .. } => Some(format!(
                "`morgue show {id} --versions` lists what the archive keeps of it, and `--version N` shows one"
            )),
            Error::NoArticle(_) => Some("ids are printed by `morgue search`".into()),
            Error::Damaged { error, .. } if system_error(error).is_some() => {
                of_system(&system_error(error)?)
            }
            Error::Damaged { .. } => Some(
                "`morgue check` tells what is damaged, `morgue check --repair` mends it".into(),
            ),
            _ => None,
        }
    }
}

/// What a notice says, in a message.
fn told(notice: &Article) -> String {
    let mut said = format!(" ({:?})", notice.status).to_lowercase();
    if !notice.headline.is_empty() {
        said.push_str(": ");
        said.push_str(&notice.headline);
    }
    said
}

fn moment(second: i64) -> String {
    chrono::DateTime::from_timestamp(second, 0).map_or_else(
        || second.to_string(),
        |time| time.format("%Y-%m-%d %H:%M UTC").to_string(),
    )
}

/// What can be done about an error of the system.
fn of_system(error: &std::io::Error) -> Option<String> {
    // Too many open files: of the process, of the system.
    let no_more_files = matches!(error.raw_os_error(), Some(23 | 24));
    Some(match error.kind() {
        _ if no_more_files && cfg!(unix) => {
            "allow more open files and try again: ulimit -n 1024".into()
        }
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => {
            "what was indexed before is whole; make room, and run the same command again".into()
        }
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => {
            "take another folder, or ask whoever keeps this one".into()
        }
        ErrorKind::AlreadyExists | ErrorKind::NotADirectory => {
            "give a folder that is new, or an index, with --index DIR".into()
        }
        _ => return None,
    })
}

/// The error of the system that an error of the engine comes from. The engine passes most of them on as words.
fn system_error(error: &tantivy::TantivyError) -> Option<std::io::Error> {
    let words = error.to_string();
    let mut numbers = ["(os error ", "Os { code: "]
        .into_iter()
        .filter_map(|mark| {
            let (_, rest) = words.split_once(mark)?;
            rest.split([')', ',']).next()?.parse().ok()
        });
    numbers.next().map(std::io::Error::from_raw_os_error)
}

/// An error of the engine, in the words of the system where it comes from there.
fn in_words(error: &tantivy::TantivyError) -> String {
    system_error(error).map_or_else(|| error.to_string(), |error| plain(&error))
}
