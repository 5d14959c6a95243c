//! What lies in the folder of an index and is not made from files: the watches (see [`crate::alert`]). A rebuild and a restore
//! take it along, a backup has it too.
//!
//! It knows the name of the folder, and which of its files belongs to the index beside it; nothing of what is in them.

use std::fs;
use std::io::{self, ErrorKind, Write};
use std::path::Path;

use super::copy::{unreadable, unwritable};
use super::disk::Disk;
use crate::error::Result;

/// The folder of the watches, in that of the index.
pub(crate) const WATCHES: &str = "watches";
/// What has been looked at in this very index. Without it, all that is there counts as known.
pub(crate) const LOOKED: &str = "looked.json";
/// What the names of files begin with that hold what is to be delivered.
pub(crate) const ROUND: &str = "round-";

/// Whether what is copied is for the same commit, or for another index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum For {
    /// A copy of the same index.
    Copy,
    /// Another index takes the place of the one in `from`: nothing of it has been looked at.
    Other,
}

/// Copies what is kept in the folder `from` to `to`, in the place of what is there. Where `from` has nothing, `to` keeps what
/// it has, but for what has been looked at when it becomes another index.
///
/// # Errors
/// [`crate::Error::Read`] also where the watches are those of another user: they are nobody else's business.
pub(super) fn carry_over(disk: &Disk, from: &Path, to: &Path, into: For) -> Result<()> {
    let (from, to) = (from.join(WATCHES), to.join(WATCHES));
    if from.is_dir() {
        let names = names_in(&from).map_err(unreadable(&from))?;
        if to.exists() {
            disk.remove_folder(&to).map_err(unwritable(&to))?;
        }
        disk.create_folder(&to).map_err(unwritable(&to))?;
        for name in names {
            let (from, to) = (from.join(&name), to.join(&name));
            match fs::read(&from) {
                Ok(bytes) => disk
                    .put_private(&to, |file| file.write_all(&bytes))
                    .map_err(unwritable(&to))?,
                // A round that has been delivered meanwhile.
                Err(error) if error.kind() == ErrorKind::NotFound => {}
                Err(error) => return Err(unreadable(&from)(error)),
            }
        }
    }
    let looked = to.join(LOOKED);
    if into == For::Other && looked.exists() {
        disk.remove(&looked).map_err(unwritable(&looked))?;
    }
    Ok(())
}

/// What is to be delivered comes first: while an index is in use, a delivery is rather copied twice than not at all.
fn names_in(folder: &Path) -> io::Result<Vec<String>> {
    let mut names = super::copy::names_in(folder)?;
    names.retain(|name| !name.ends_with(super::disk::UNFINISHED));
    names.sort_by_key(|name| !name.starts_with(ROUND));
    Ok(names)
}
