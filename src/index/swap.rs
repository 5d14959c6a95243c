//! An index that is made beside another, and put in its place when it is whole.
//!
//! Where the system can, the two folders change places at one moment. Elsewhere the old one steps aside first: for that
//! moment there is none, and whoever comes next, reader or writer, puts the old one back ([`complete`]). A folder that is
//! being made has a mark in it, and loses it in its new place: a folder without one is what has been replaced, and is removed.

use std::ffi::OsString;
use std::fs;
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use super::disk::Disk;
use super::holder::Held;
use super::holds_index;
use crate::error::{Error, Result};

/// What a folder beside the index is for: the end of its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Beside {
    /// An index that is being rebuilt.
    Rebuild,
    /// A backup that is being restored.
    Restore,
    /// The old one, while it steps aside.
    Old,
}

impl Beside {
    const ALL: [Beside; 3] = [Beside::Rebuild, Beside::Restore, Beside::Old];

    /// Its path beside the folder `dir`.
    pub(super) fn of(self, dir: &Path) -> PathBuf {
        // A link stays what it is: the folder behind it is exchanged.
        let dir = dir.canonicalize().unwrap_or_else(|_| dir.to_owned());
        let mut name = dir
            .file_name()
            .map_or_else(OsString::new, ToOwned::to_owned);
        name.push(match self {
            Beside::Rebuild => ".morgue-rebuild",
            Beside::Restore => ".morgue-restore",
            Beside::Old => ".morgue-old",
        });
        dir.with_file_name(name)
    }
}

/// The mark of a folder that is being made.
const MARK: &str = ".being-made";

/// Makes the folder `new`, marked with `what`; one that is there with the same mark is gone on with, any other removed.
///
/// # Errors
/// [`Error::Locked`] when another process is making it.
pub(super) fn prepare(disk: &Disk, new: &Path, what: &str) -> Result<()> {
    if new.exists() {
        drop(Held::take(new)?);
    }
    let prepared = || -> io::Result<()> {
        match fs::read_to_string(new.join(MARK)) {
            Ok(mark) if mark == what => return Ok(()),
            _ if new.exists() => disk.remove_folder(new)?,
            _ => {}
        }
        disk.create_folder(new)?;
        disk.put(&new.join(MARK), |file| file.write_all(what.as_bytes()))
    };
    prepared().map_err(written(new))
}

/// Puts the index in the folder `made` in the place of the one in `dir`, which is then removed. Nobody else may change
/// either: the locks of both are given, that of `dir` where there is such a folder.
pub(super) fn put(disk: &Disk, mut made: Held, dir: &Path, held: Option<Held>) -> Result<()> {
    let place = dir.canonicalize().unwrap_or_else(|_| dir.to_owned());
    let new = &made.dir().to_owned();
    keep_foreign(disk, new, &place).map_err(written(new))?;
    // What is replaced must not look like what is being made.
    unmark(disk, &place).map_err(written(&place))?;
    let replaced = put_in_place(disk, new, &place).map_err(written(&place))?;
    made.moved_to(&place);
    unmark(disk, &place).map_err(written(&place))?;
    // Not before the folder is gone: who waits for this lock must not get it, and write where nobody looks.
    let removed = replaced.map_or(Ok(()), |old| disk.remove_folder(&old));
    drop(held);
    removed.map_err(written(&place))
}

/// Gives the folder `new` the path `place`; where the one is now that was there.
fn put_in_place(disk: &Disk, new: &Path, place: &Path) -> io::Result<Option<PathBuf>> {
    let parent = place.parent().unwrap_or(place);
    disk.sync_folder(new)?;
    if !place.exists() {
        disk.rename(new, place)?;
        disk.sync_folder(parent)?;
        return Ok(None);
    }
    let old = match disk.exchange(new, place) {
        Ok(()) => new.to_owned(),
        Err(error) if error.kind() == ErrorKind::Unsupported => {
            let aside = Beside::Old.of(place);
            disk.rename(place, &aside)?;
            disk.rename(new, place)?;
            aside
        }
        Err(error) => return Err(error),
    };
    disk.sync_folder(parent)?;
    Ok(Some(old))
}

/// Copies what others have put into the folder of the index: a README, what a repository needs.
fn keep_foreign(disk: &Disk, new: &Path, dir: &Path) -> io::Result<()> {
    if !dir.exists() {
        return Ok(());
    }
    for entry in fs::read_dir(dir)? {
        let entry = entry?;
        let name = entry.file_name();
        let foreign = name
            .to_str()
            .is_some_and(|name| name == "README.md" || name.starts_with(".git"));
        if foreign && entry.file_type()?.is_file() {
            let bytes = fs::read(entry.path())?;
            disk.put(&new.join(&name), |file| file.write_all(&bytes))?;
        }
    }
    Ok(())
}

/// Where an exchange was cut off in the middle, puts the old index back.
pub(super) fn complete(dir: &Path) {
    let aside = Beside::Old.of(dir);
    if !dir.exists() && holds_index(&aside) {
        // Another may be faster. Who can only read finds no index, and is told so.
        let _ = Disk::default().rename(&aside, dir);
    }
}

/// Removes what an exchange that was cut off has left beside `dir`, and what was to be restored. A rebuild that is half done
/// is worth to be gone on with, and stays. Only for the holder of the lock of `dir`.
pub(super) fn sweep(disk: &Disk, dir: &Path) -> io::Result<()> {
    for beside in Beside::ALL {
        let left = beside.of(dir);
        if !left.is_dir() || !holds_index(dir) {
            continue;
        }
        let half_made = left.join(MARK).exists();
        if !half_made || (beside == Beside::Restore && Held::take(&left).is_ok()) {
            disk.remove_folder(&left)?;
        }
    }
    Ok(())
}

/// Removes the mark of an index that has come to its place.
fn unmark(disk: &Disk, dir: &Path) -> io::Result<()> {
    let mark = dir.join(MARK);
    if mark.exists() {
        disk.remove(&mark)?;
        disk.sync_folder(dir)?;
    }
    Ok(())
}

fn written(path: &Path) -> impl Fn(io::Error) -> Error {
    let path = path.to_owned();
    move |error| Error::Write {
        path: path.clone(),
        error,
    }
}
