//! Who writes to an index, since when, and with which command: a note beside the lock, for the message that others get.
//!
//! The lock is what counts. A note is read only when the lock is held, and not believed when its process is gone.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use tantivy::TantivyError;
use tantivy::directory::error::LockError;
use tantivy::directory::{Directory, DirectoryLock, INDEX_WRITER_LOCK, MmapDirectory};

use crate::error::{Error, Result};

/// The note, in the folder of the index.
const HOLDER: &str = ".writer";
/// How many letters of a command are told.
const COMMAND: usize = 120;

#[derive(Debug, Serialize, Deserialize)]
struct Holder {
    process: u32,
    host: String,
    user: String,
    command: String,
    since: DateTime<Utc>,
}

/// How often, and how long, a lock is waited for that is held only for a moment: a process that another has just started
/// holds its locks too, until it has become another program.
const TRIES: u32 = 20;
const WAIT: Duration = Duration::from_millis(25);

/// The lock of the writer, without a writer. While it is held nobody else changes the folder.
pub(crate) struct Held {
    dir: PathBuf,
    _lock: DirectoryLock,
}

impl Held {
    /// Takes the lock of the folder `dir`, whatever is in it.
    ///
    /// # Errors
    /// [`Error::Locked`], and what the system says.
    pub(crate) fn take(dir: &Path) -> Result<Self> {
        let lock = patiently(|| {
            // By its path each time: the folder may have been exchanged for another.
            let directory = MmapDirectory::open(dir)?;
            Ok(directory.acquire_lock(&INDEX_WRITER_LOCK)?)
        });
        let lock = lock.map_err(|error| locked(dir, error))?;
        note(dir);
        Ok(Held {
            dir: dir.to_owned(),
            _lock: lock,
        })
    }

    /// The folder that is locked.
    pub(super) fn dir(&self) -> &Path {
        &self.dir
    }

    /// The folder has this path now.
    pub(super) fn moved_to(&mut self, dir: &Path) {
        dir.clone_into(&mut self.dir);
    }
}

/// Makes sure that the lock which this process has just taken is that of the folder which has the path `dir` now: another
/// may have exchanged it meanwhile.
pub(super) fn confirm(dir: &Path) -> Result<()> {
    let directory = MmapDirectory::open(dir).map_err(tantivy::TantivyError::from)?;
    match directory.acquire_lock(&INDEX_WRITER_LOCK) {
        Err(LockError::LockBusy) => Ok(()),
        _ => Err(Error::Locked {
            path: dir.to_owned(),
            holder: who(dir),
        }),
    }
}

/// What `take` takes, when the lock is free or becomes so in a moment.
pub(super) fn patiently<T>(mut take: impl FnMut() -> tantivy::Result<T>) -> tantivy::Result<T> {
    for _ in 0..TRIES {
        match take() {
            Err(TantivyError::LockFailure(LockError::LockBusy, _)) => std::thread::sleep(WAIT),
            taken => return taken,
        }
    }
    take()
}

/// Why the index in `dir` could not be locked.
pub(super) fn locked(dir: &Path, error: TantivyError) -> Error {
    match error {
        TantivyError::LockFailure(LockError::LockBusy, _) => Error::Locked {
            path: dir.to_owned(),
            holder: who(dir),
        },
        TantivyError::LockFailure(LockError::IoError(error), _) => Error::Write {
            path: dir.to_owned(),
            // With its number, by which it is put into words.
            error: match error.raw_os_error() {
                Some(number) => std::io::Error::from_raw_os_error(number),
                None => std::io::Error::new(error.kind(), error.to_string()),
            },
        },
        other => other.into(),
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        forget(&self.dir);
    }
}

/// Notes that this process writes to the index in `dir`.
pub(super) fn note(dir: &Path) {
    let holder = Holder {
        process: std::process::id(),
        host: host(),
        user: user(),
        command: command(),
        since: Utc::now(),
    };
    // Only a message depends on it. One that is not written must not leave another's.
    let written = serde_json::to_vec(&holder).map(|note| fs::write(dir.join(HOLDER), note));
    if !matches!(written, Ok(Ok(()))) {
        forget(dir);
    }
}

/// Removes the note.
pub(super) fn forget(dir: &Path) {
    let _ = fs::remove_file(dir.join(HOLDER));
}

/// Who writes to the index in `dir`, in a few words; none when nobody knows.
pub(super) fn who(dir: &Path) -> Option<String> {
    let note = fs::read(dir.join(HOLDER)).ok()?;
    let holder: Holder = serde_json::from_slice(&note).ok()?;
    let here = holder.host == host();
    if here && is_gone(holder.process) {
        return None;
    }
    let user = match holder.user.as_str() {
        "" => String::new(),
        user => format!(", user {user}"),
    };
    let host = if here {
        String::new()
    } else {
        format!(", on {}", holder.host)
    };
    let since = holder.since.format("%Y-%m-%d %H:%M:%S UTC");
    Some(format!(
        "process {}{user}{host}, `{}`, since {since}",
        holder.process, holder.command
    ))
}

/// Whether no process of this machine has this number. Where the system does not tell, there may be one.
fn is_gone(process: u32) -> bool {
    let processes = Path::new("/proc");
    processes.join("self").exists() && !processes.join(process.to_string()).exists()
}

fn user() -> String {
    let names = ["USER", "LOGNAME", "USERNAME"];
    names
        .into_iter()
        .find_map(|name| std::env::var(name).ok())
        .unwrap_or_default()
}

fn host() -> String {
    let told = fs::read_to_string("/proc/sys/kernel/hostname").ok();
    let host = told.or_else(|| std::env::var("COMPUTERNAME").ok());
    host.or_else(|| std::env::var("HOSTNAME").ok())
        .unwrap_or_default()
        .trim()
        .to_owned()
}

/// The command as it was typed, without the folder of the program.
fn command() -> String {
    let mut words = std::env::args_os().map(|word| word.to_string_lossy().into_owned());
    let program = words.next().unwrap_or_default();
    let program = Path::new(&program).file_name();
    let program = program.unwrap_or_default().to_string_lossy().into_owned();
    // The addresses and keys of a watch are nobody's business.
    let words =
        words.take_while(|word| !word.starts_with("--url") && !word.starts_with("--header"));
    let command = std::iter::once(program)
        .chain(words)
        .collect::<Vec<_>>()
        .join(" ");
    match command.char_indices().nth(COMMAND) {
        Some((end, _)) => format!("{}…", &command[..end]),
        None => command,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_tells_who_and_is_not_believed_of_the_dead() {
        let dir = tempfile::tempdir().unwrap();
        assert_eq!(who(dir.path()), None);
        note(dir.path());
        let told = who(dir.path()).unwrap();
        let process = std::process::id();
        assert!(told.starts_with(&format!("process {process}")), "{told}");
        assert!(told.contains(" UTC") && told.contains('`'), "{told}");
        // No process has so high a number.
        let note = fs::read_to_string(dir.path().join(HOLDER)).unwrap();
        let alive = format!("\"process\":{process}");
        let dead = note.replace(&alive, "\"process\":4294967295");
        fs::write(dir.path().join(HOLDER), &dead).unwrap();
        let gone = Path::new("/proc/self").exists();
        assert_eq!(who(dir.path()).is_none(), gone);
        // Of another machine nothing is known.
        let elsewhere = dead.replace(&format!("\"host\":\"{}\"", host()), "\"host\":\"far\"");
        fs::write(dir.path().join(HOLDER), elsewhere).unwrap();
        assert!(who(dir.path()).unwrap().contains("on far"));
        fs::write(dir.path().join(HOLDER), "process 12").unwrap();
        assert_eq!(who(dir.path()), None, "a note of another version");
        forget(dir.path());
        assert_eq!(who(dir.path()), None);
    }
}
