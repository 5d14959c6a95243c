//! A copy of an index that is whole, taken while indexing goes on; and such a copy put in the place of an index.
//!
//! A backup is an index itself, which can be searched and checked. How its files are copied is in `copy`; here is where they
//! may be put.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::check::check;
use super::copy::{Copied, copy, unreadable, unwritable};
use super::disk::Disk;
use super::holder::Held;
use super::kept::{self, For};
use super::rebuild::Known;
use super::store;
use super::swap::{self, Beside};
use super::{MANAGED, META, holds_index, open_index};
use crate::error::{Error, Result};
use crate::intake::{Progress, absolute};

/// What a backup says of itself.
#[derive(Debug, Serialize, Deserialize)]
struct Mark {
    from: PathBuf,
    begun: DateTime<Utc>,
}

/// The mark of a folder that holds a backup.
const MARK: &str = ".backup";

/// Copies the last commit of the index in `dir` to `dest`: a new or empty folder, or an older backup of this index, of
/// which is kept what has not changed. Every file of the copy is compared with its checksum.
///
/// # Errors
/// [`Error::NoIndex`], [`Error::OtherVersion`], [`Error::Damaged`] when the index is; [`Error::Invalid`] when `dest` holds
/// something else.
pub fn backup(dir: &Path, dest: &Path, disk: &Disk, progress: &mut dyn Progress) -> Result<Copied> {
    if !holds_index(dir) {
        swap::complete(dir);
    }
    if !holds_index(dir) {
        return Err(Error::NoIndex(dir.to_owned()));
    }
    let from = absolute(dir)?;
    disk.create_folder(dest).map_err(unwritable(dest))?;
    refuse_foreign(dest, &from)?;
    let held = Held::take(dest)?;
    swap::sweep(disk, dest).map_err(unwritable(dest))?;
    let mark = serde_json::to_vec(&Mark {
        from: from.clone(),
        begun: Utc::now(),
    })
    .map_err(io::Error::from)?;
    let marked = |folder: &Path| {
        disk.put(&folder.join(MARK), |file| file.write_all(&mark))
            .map_err(unwritable(folder))
    };
    if !is_of_another(dest, &from)? {
        marked(dest)?;
        return copy(disk, &from, dest, progress);
    }
    // The index has been rebuilt since: nothing of its old files is of use, but they stay until all is there.
    let new = Beside::Restore.of(dest);
    swap::prepare(disk, &new, &format!("backup of {}", from.display()))?;
    marked(&new)?;
    let made = Held::take(&new)?;
    let copied = copy(disk, &from, &new, progress)?;
    swap::put(disk, made, dest, Some(held))?;
    Ok(copied)
}

/// Puts a copy of the index in `backup` in the place of the one in `dir`, when every file and every article of it is
/// whole. Until then the old one stays; a restore that is cut off leaves the one or the other.
///
/// # Errors
/// [`Error::NoIndex`] when there is no backup, [`Error::OtherVersion`], [`Error::Invalid`] when it is damaged,
/// [`Error::NotAnIndex`] when `dir` holds something else, [`Error::Locked`].
pub fn restore(
    backup: &Path,
    dir: &Path,
    disk: &Disk,
    progress: &mut dyn Progress,
) -> Result<Copied> {
    swap::complete(dir);
    refuse_damaged(backup)?;
    let from = absolute(backup)?;
    let held = if dir.exists() {
        if absolute(dir)? == from {
            return Err(invalid("restore", "an index cannot be its own backup"));
        }
        if !may_be_replaced(dir).map_err(unreadable(dir))? {
            return Err(Error::NotAnIndex(dir.to_owned()));
        }
        let held = Held::take(dir)?;
        swap::sweep(disk, dir).map_err(unwritable(dir))?;
        Some(held)
    } else {
        let parent = dir.parent().filter(|parent| !parent.as_os_str().is_empty());
        if let Some(parent) = parent {
            disk.create_folder(parent).map_err(unwritable(parent))?;
        }
        None
    };
    let new = Beside::Restore.of(dir);
    swap::prepare(disk, &new, &format!("restored from {}", from.display()))?;
    let made = Held::take(&new)?;
    let copied = copy(disk, &from, &new, progress)?;
    refuse_damaged(&new)?;
    // Those of the index know what was delivered since.
    kept::carry_over(disk, dir, &new, For::Other)?;
    swap::put(disk, made, dir, held)?;
    Ok(copied)
}

fn refuse_damaged(dir: &Path) -> Result<()> {
    let damage = check(dir)?.damage;
    let Some(first) = damage.first() else {
        return Ok(());
    };
    let why = format!(
        "{} is damaged, and stays where it is: {first}",
        dir.display()
    );
    Err(invalid("restore", &why))
}

/// Whether a folder holds nothing, or an index of ours, however damaged.
fn may_be_replaced(dir: &Path) -> io::Result<bool> {
    let ours = [META, MANAGED].iter().any(|name| dir.join(name).exists());
    if ours || Known::of(dir).is_some() {
        return Ok(!holds_index(dir) || !matches!(open_index(dir), Err(Error::NotAnIndex(_))));
    }
    for entry in fs::read_dir(dir)? {
        let name = entry?.file_name();
        let passes = |name: &str| name.starts_with('.') || name == "README.md";
        if !name.to_str().is_some_and(passes) {
            return Ok(false);
        }
    }
    Ok(true)
}

/// A backup must not take the place of something else.
fn refuse_foreign(dest: &Path, from: &Path) -> Result<()> {
    let place = absolute(dest)?;
    if place.starts_with(from) {
        return Err(invalid("backup", "the copy cannot be a part of the index"));
    }
    let Ok(mark) = fs::read(dest.join(MARK)) else {
        let mut entries = fs::read_dir(dest).map_err(unreadable(dest))?.flatten();
        // The lock of another backup that has just begun.
        let foreign = entries.any(|entry| !entry.file_name().to_string_lossy().starts_with('.'));
        if foreign {
            let why = format!(
                "{} holds files, but no backup; give a new folder",
                dest.display()
            );
            return Err(invalid("backup", &why));
        }
        return Ok(());
    };
    match serde_json::from_slice::<Mark>(&mark) {
        Ok(mark) if mark.from != from => {
            let why = format!(
                "{} holds a backup of {}; give another folder",
                dest.display(),
                mark.from.display()
            );
            Err(invalid("backup", &why))
        }
        _ => Ok(()),
    }
}

/// Whether `dest` has a commit whose articles need another dictionary than those of `from`.
fn is_of_another(dest: &Path, from: &Path) -> Result<bool> {
    let dictionary = |dir| store::checksum(dir).map_err(unreadable(dir));
    let theirs = dictionary(dest)?;
    Ok(theirs.is_some() && theirs != dictionary(from)?)
}

fn invalid(what: &str, why: &str) -> Error {
    Error::Invalid {
        what: what.into(),
        why: why.into(),
    }
}
