//! The files below the paths given, in a stable order. First step of the way: what it finds, [`open`](super::open())
//! opens. It opens no file and looks into none.

use std::fs::Metadata;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use walkdir::{DirEntry, WalkDir};

use super::{SkipReason, failure, name};
use crate::format::Rejection;

/// A file to be opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Where it is.
    pub path: PathBuf,
    /// Its name in the archive: relative to the root given, with `/` between the parts. For a root that is a file
    /// itself, its file name. A byte that is not UTF-8 is written `\xE9`.
    pub file: String,
    /// Its size in bytes.
    pub size: u64,
    /// When it was last changed, where the system tells. Programs can set it to any time.
    pub modified: Option<SystemTime>,
    /// When its bytes, its name or its times were last changed, in nanoseconds since 1970, where the system tells. Nobody can
    /// set it.
    pub changed: Option<i128>,
}

impl Found {
    /// Whether it is still as it was found, as far as the system tells without reading it.
    pub(crate) fn is_as_found(&self) -> bool {
        let now = std::fs::metadata(&self.path);
        now.is_ok_and(|now| {
            (now.len(), now.modified().ok(), changed(&now))
                == (self.size, self.modified, self.changed)
        })
    }
}

#[cfg(unix)]
#[expect(clippy::unnecessary_wraps, reason = "other systems do not tell")]
fn changed(metadata: &Metadata) -> Option<i128> {
    use std::os::unix::fs::MetadataExt;
    Some(i128::from(metadata.ctime()) * 1_000_000_000 + i128::from(metadata.ctime_nsec()))
}

#[cfg(not(unix))]
fn changed(_: &Metadata) -> Option<i128> {
    None
}

/// Every file below `root` in the order of its names, or the reason why one is left out, with its name in the archive.
///
/// Links are followed, but none to a folder that they lie in or that `root` lies in: all would be there twice. A hidden file is reported as such, a hidden folder and that of an index as one entry; `root` itself may be
/// hidden.
/// A `root` that does not exist is one [`SkipReason::Unreadable`] with the path as it was given.
pub fn walk(root: &Path) -> impl Iterator<Item = Result<Found, (String, Rejection)>> {
    let place = root.canonicalize().ok();
    let mut entries = WalkDir::new(root)
        .follow_links(true)
        // By bytes, not by the rules of a language: the same order on every machine.
        .sort_by(|a, b| {
            let (a, b) = (a.file_name(), b.file_name());
            a.as_encoded_bytes().cmp(b.as_encoded_bytes())
        })
        .into_iter();
    std::iter::from_fn(move || {
        loop {
            let entry = match entries.next()? {
                Ok(entry) => entry,
                Err(error) => return Some(Err(refused(root, &error))),
            };
            let folder = entry.file_type().is_dir();
            if entry.depth() > 0 && name::is_hidden(entry.file_name().as_encoded_bytes()) {
                if folder {
                    entries.skip_current_dir();
                }
                let what = if folder { "a folder" } else { "a file" };
                let rejection = Rejection::new(SkipReason::Hidden, what);
                return Some(Err((name_below(root, entry.path()), rejection)));
            }
            if !folder {
                return Some(found(root, entry));
            }
            if let Some(above) = leads_above(place.as_deref(), &entry) {
                entries.skip_current_dir();
                let why = format!("leads to `{above}`, which the folder given lies in");
                let rejection = Rejection::new(SkipReason::LinkLoop, why);
                return Some(Err((name_below(root, entry.path()), rejection)));
            }
            if entry.depth() > 0 && is_index(entry.path()) {
                entries.skip_current_dir();
                let rejection = Rejection::new(SkipReason::Hidden, "the folder of an index");
                return Some(Err((name_below(root, entry.path()), rejection)));
            }
        }
    })
}

/// The folder that a link leads to, when the root at `place` lies in it. Those on the way from the root are known already.
fn leads_above(place: Option<&Path>, entry: &DirEntry) -> Option<String> {
    if entry.depth() == 0 || !entry.path_is_symlink() {
        return None;
    }
    let target = entry.path().canonicalize().ok()?;
    let is_above = place?.starts_with(&target);
    is_above.then(|| name::readable(target.as_os_str().as_encoded_bytes()))
}

/// Whether a folder is an index of ours: what it holds came from other files, and changes whenever these are indexed.
fn is_index(folder: &Path) -> bool {
    [".managed.json", "meta.json"]
        .iter()
        .all(|name| folder.join(name).is_file())
}

fn found(root: &Path, entry: DirEntry) -> Result<Found, (String, Rejection)> {
    let file = name_below(root, entry.path());
    if !entry.file_type().is_file() {
        let rejection = Rejection::new(SkipReason::SpecialFile, "a pipe, socket or device");
        return Err((file, rejection));
    }
    match entry.metadata() {
        Ok(metadata) => Ok(Found {
            file,
            size: metadata.len(),
            modified: metadata.modified().ok(),
            changed: changed(&metadata),
            path: entry.into_path(),
        }),
        Err(error) => Err(refused(root, &error)),
    }
}

fn refused(root: &Path, error: &walkdir::Error) -> (String, Rejection) {
    let file = match error.path() {
        Some(path) if error.depth() > 0 => name_below(root, path),
        _ => name::readable(root.as_os_str().as_encoded_bytes()),
    };
    let rejection = if let Some(ancestor) = error.loop_ancestor() {
        let ancestor = match name_below(root, ancestor) {
            own if ancestor == root => format!("the folder given (`{own}`)"),
            below => format!("`{below}`"),
        };
        Rejection::new(SkipReason::LinkLoop, format!("leads back to {ancestor}"))
    } else {
        let to_nothing = error
            .path()
            .is_some_and(|path| path.is_symlink() && !path.exists());
        // walkdir's own text repeats the path; the system's words are enough.
        let words = error
            .io_error()
            .map_or_else(|| error.to_string(), failure::plain);
        match error.io_error().map(std::io::Error::kind) {
            Some(std::io::ErrorKind::NotFound) if to_nothing => {
                Rejection::new(SkipReason::Unreadable, "a link that leads to nothing")
            }
            _ => Rejection::new(SkipReason::Unreadable, words),
        }
    };
    (file, rejection)
}

/// The name of `path` in the archive. A path that is the root has no parts below it: then its file name.
fn name_below(root: &Path, path: &Path) -> String {
    let below = path.strip_prefix(root).unwrap_or(path);
    if below.as_os_str().is_empty() {
        let own = root.file_name().unwrap_or(root.as_os_str());
        return name::readable(own.as_encoded_bytes());
    }
    let parts = below
        .iter()
        .map(|part| name::readable(part.as_encoded_bytes()));
    parts.collect::<Vec<_>>().join("/")
}
