//! The files below the paths given, in a stable order.

use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::format::Rejection;

/// A file to be opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Where it is.
    pub path: PathBuf,
    /// Its name in the archive: relative to the root given, with `/` between the parts. For a root that is a file
    /// itself, its file name.
    pub file: String,
    /// Its size in bytes.
    pub size: u64,
    /// When it was last changed, where the system tells.
    pub modified: Option<SystemTime>,
}

/// Every file below `root` in the order of its names, or the reason why one is left out, with its name in the archive.
pub fn walk(_root: &Path) -> impl Iterator<Item = Result<Found, (String, Rejection)>> {
    std::iter::empty()
}
