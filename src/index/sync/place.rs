//! Where the paths of a run stand among the roots of the manifest, of which none lies in another.

use std::path::{Path, PathBuf};

use crate::error::{Error, Result};
use crate::index::manifest::{Manifest, Root, file_key};
use crate::intake::{absolute, home_of};
use crate::source::readable;

/// The absolute paths of `roots`, without those that lie in another of them.
pub(super) fn distinct(roots: &[PathBuf]) -> Result<Vec<PathBuf>> {
    let mut kept: Vec<PathBuf> = Vec::new();
    for root in roots {
        let root = absolute(root)?;
        if kept.iter().all(|wider| !root.starts_with(wider)) {
            kept.retain(|narrower| !narrower.starts_with(&root));
            kept.push(root);
        }
    }
    Ok(kept)
}

/// Where a path stands: `archive/1987` is a part of the root `archive`, once that is known.
pub(super) struct Place {
    /// The root of the manifest.
    pub(super) root: String,
    part: Part,
}

/// How much of its root a path is.
enum Part {
    Whole,
    /// A folder: what the names of its files begin with.
    Folder(String),
    /// A single file: its name.
    File(String),
}

impl Place {
    /// The place of the absolute path `path`, which is a new root when it lies in none.
    ///
    /// # Errors
    /// [`Error::Invalid`] for a new root whose name is not UTF-8: two of them could become one, and take each other's articles away.
    pub(super) fn of(path: &Path, manifest: &mut Manifest) -> Result<Self> {
        for known in manifest.roots.keys() {
            if let Ok(below) = path.strip_prefix(known) {
                let parts: Vec<_> = below
                    .iter()
                    .map(|part| readable(part.as_encoded_bytes()))
                    .collect();
                let below = parts.join("/");
                let part = match (below.is_empty(), path.is_file()) {
                    (true, _) => Part::Whole,
                    (false, true) => Part::File(below),
                    (false, false) => Part::Folder(below + "/"),
                };
                return Ok(Place {
                    root: known.clone(),
                    part,
                });
            }
        }
        let Some(root) = path.to_str().map(str::to_owned) else {
            return Err(Error::Invalid {
                what: format!("`{}`", path.display()),
                why:
                    "its name is not UTF-8; index the folder that it is in, or give it another name"
                        .into(),
            });
        };
        let others = manifest
            .homes
            .iter()
            .filter(|(other, _)| **other != root && !Path::new(other).starts_with(path));
        let home = home_of(path, &others.map(|(_, home)| home.clone()).collect());
        manifest.homes.entry(root.clone()).or_insert(home);
        Ok(Place {
            root,
            part: Part::Whole,
        })
    }

    /// The name below the root of a file that the walk of this path has called `file`.
    pub(super) fn name(&self, file: &str) -> String {
        match &self.part {
            Part::Whole => file.to_owned(),
            Part::Folder(prefix) => format!("{prefix}{file}"),
            Part::File(name) => name.clone(),
        }
    }

    /// Takes out of the manifest what it knows of this place.
    pub(super) fn take_known(&self, manifest: &mut Manifest) -> Root {
        let Some(known) = manifest.roots.get_mut(&self.root) else {
            return Root::new();
        };
        match &self.part {
            Part::Whole => std::mem::take(known),
            Part::Folder(prefix) => {
                let (taken, left) = std::mem::take(known)
                    .into_iter()
                    .partition(|(file, _)| file.starts_with(prefix));
                *known = left;
                taken
            }
            Part::File(name) => known.remove_entry(name).into_iter().collect(),
        }
    }

    /// Takes the roots out of the manifest that lie in this one, and gives their files by their keys. They are read again,
    /// under the names that they have here.
    pub(super) fn absorb(&self, manifest: &mut Manifest) -> Root {
        let is_narrower =
            |root: &String| *root != self.root && Path::new(root).starts_with(&self.root);
        let narrower: Vec<String> = manifest
            .roots
            .keys()
            .filter(|root| is_narrower(root))
            .cloned()
            .collect();
        let mut absorbed = Root::new();
        for root in narrower {
            manifest.homes.remove(&root);
            let files = manifest.roots.remove(&root).unwrap_or_default();
            absorbed.extend(
                files
                    .into_iter()
                    .map(|(file, entry)| (file_key(&root, &file), entry)),
            );
        }
        absorbed
    }
}
