//! Whether the files of the watches can be read, and what is done about one that cannot.
//!
//! What is lost is rather not delivered than delivered twice: where it is not known any more what was found, all that is there
//! counts as known. Definitions cannot be made up for; a backup has them.

use std::fs;
use std::io;
use std::path::Path;

use super::seen::Seen;
use super::store::{Store, unreadable, written};
use super::{Options, deliver, outbox};
use crate::error::{Error, Result};
use crate::index::copy_names as names_in;
use crate::index::kept::LOOKED;
use crate::index::{Damage, Held};

/// Whether the watches of the index in `dir` are hidden from this user: they are their owner's alone.
pub fn are_hidden(dir: &Path) -> bool {
    let watches = Store::of(&Options::default().disk, dir).watches();
    matches!(watches, Err(Error::Read { error, .. }) if error.kind() == io::ErrorKind::PermissionDenied)
}

/// What is wrong with the files of the watches of the index in `dir`.
///
/// # Errors
/// [`Error::Read`] where the folder cannot be listed.
pub fn check(dir: &Path) -> Result<Vec<Damage>> {
    let store = Store::of(&Options::default().disk, dir);
    let mut damage = Vec::new();
    for name in names(&store)? {
        let path = store.folder.join(&name);
        let wrong = match name.as_str() {
            "seen" => match Seen::read(&path) {
                Ok(seen) if seen.damaged > 0 => Some(format!("{} bytes are damaged", seen.damaged)),
                read => read.err().map(|error| error.to_string()),
            },
            "watches.json" => store.watches().err().map(|error| error.to_string()),
            LOOKED => store.looked().err().map(|error| error.to_string()),
            "deliveries.json" => store.records().err().map(|error| error.to_string()),
            name if outbox::is_round(name) => outbox::is_readable(&path)
                .err()
                .map(|error| error.to_string()),
            name if deliver::is_feed(name) => deliver::read_feed(&path).err(),
            _ => None,
        };
        damage.extend(wrong.map(|why| Damage::Watches { file: name, why }));
    }
    Ok(damage)
}

/// Puts aside what cannot be read, so that the watches can go on; what of it is lost is in the damage that is told.
///
/// # Errors
/// [`Error::Invalid`] when the definitions are lost, [`Error::Locked`], [`Error::Write`].
pub fn repair(dir: &Path, options: &Options) -> Result<Vec<Damage>> {
    let damage = check(dir)?;
    if damage.is_empty() {
        return Ok(damage);
    }
    let _held = Held::take(dir)?;
    let store = Store::of(&options.disk, dir);
    for damage in &damage {
        let Damage::Watches { file, why } = damage else {
            continue;
        };
        if file == "watches.json" {
            return Err(Error::Invalid {
                what: file.clone(),
                why: format!("{why}; take it from a backup, or remove the folder `watches`"),
            });
        }
        let path = store.folder.join(file);
        if file == "seen" {
            let seen = Seen::read(&path).map_err(unreadable(&path))?;
            seen.mend(&store.disk, &path).map_err(written(&path))?;
            store.forget(LOOKED)?;
        } else if outbox::is_round(file) {
            let aside = store.folder.join(format!("broken-{file}"));
            store.disk.rename(&path, &aside).map_err(written(&path))?;
        } else {
            store.forget(file)?;
        }
    }
    Ok(damage)
}

fn names(store: &Store) -> Result<Vec<String>> {
    let listed: io::Result<Vec<String>> = match fs::metadata(&store.folder) {
        Ok(_) => names_in(&store.folder),
        Err(_) => Ok(Vec::new()),
    };
    let mut names = listed.map_err(unreadable(&store.folder))?;
    names.sort();
    Ok(names)
}
