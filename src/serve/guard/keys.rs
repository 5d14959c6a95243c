//! API keys: who may ask, and what for.
//!
//! A key is 32 random bytes, shown once when it is made. The file keeps its BLAKE3 hash: a key of so many random bits cannot be
//! guessed from it, so no slow hash for passwords is wanted. [`blake3::Hash`] compares in constant time, and every key of the
//! file is compared, so the time of an answer tells nothing.

use std::fmt;
use std::fs;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, SubsecRound, Utc};
use serde::{Deserialize, Serialize};

use crate::{Error, Result};

/// What a key begins with, so that one that was published by mistake is recognised for what it is.
const MARK: &str = "morgue_";
/// Random bytes in a key.
const BYTES: usize = 32;

/// What a key is good for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Scope {
    /// Searching and reading: the page, the API but for exports, feeds.
    Read,
    /// Exporting all hits of a search.
    Export,
    /// The tools for agents.
    Mcp,
    /// The figures about the server itself.
    Metrics,
}

impl Scope {
    /// All there are.
    pub const ALL: [Scope; 4] = [Scope::Read, Scope::Export, Scope::Mcp, Scope::Metrics];

    /// Its name, as it is typed.
    pub fn name(self) -> &'static str {
        match self {
            Scope::Read => "read",
            Scope::Export => "export",
            Scope::Mcp => "mcp",
            Scope::Metrics => "metrics",
        }
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Scope {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let found = Scope::ALL.into_iter().find(|scope| scope.name() == text);
        found.ok_or_else(|| {
            format!(
                "no scope `{text}`; there is {}",
                Scope::ALL.map(Scope::name).join(", ")
            )
        })
    }
}

/// A key, as the file has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Key {
    /// Whose it is. No two keys have one name.
    pub name: String,
    /// What it is good for.
    pub scopes: Vec<Scope>,
    /// When it was made.
    pub made: DateTime<Utc>,
    /// Its BLAKE3 hash in hexadecimal digits.
    hash: String,
}

/// A file of keys.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Keys {
    /// In the order in which they were made.
    pub keys: Vec<Key>,
}

impl Keys {
    /// Reads a file; one that is not there has no keys.
    ///
    /// # Errors
    /// [`Error::Read`]; [`Error::Invalid`] when it is no file of keys.
    pub fn read(path: &Path) -> Result<Self> {
        let bytes = match fs::read(path) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Keys::default()),
            read => read.map_err(|error| Error::Read {
                path: path.to_owned(),
                error,
            })?,
        };
        serde_json::from_slice(&bytes).map_err(|error| Error::Invalid {
            what: format!("`{}`", path.display()),
            why: format!("it is no file of keys: {error}"),
        })
    }

    /// Writes the file, so that there is the old one or the new one at any moment, and only its owner can read it.
    ///
    /// # Errors
    /// [`Error::Write`].
    pub fn write(&self, path: &Path) -> Result<()> {
        let folder = match path.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder,
            _ => Path::new("."),
        };
        let written = || -> std::io::Result<()> {
            // Made with the rights 0600.
            let mut file = tempfile::NamedTempFile::new_in(folder)?;
            serde_json::to_writer_pretty(&mut file, self)?;
            file.write_all(b"\n")?;
            file.as_file().sync_all()?;
            file.persist(path)?;
            Ok(())
        };
        written().map_err(|error| Error::Write {
            path: path.to_owned(),
            error,
        })
    }

    /// Makes a key, and gives its text: it is kept nowhere.
    ///
    /// # Errors
    /// [`Error::Invalid`] for a name that is taken, empty or not of printable letters; [`Error::Io`] when the system has no random bytes.
    pub fn add(&mut self, name: &str, scopes: &[Scope]) -> Result<String> {
        let invalid = |why: String| Error::Invalid {
            what: "name".into(),
            why,
        };
        if name.is_empty() || name.chars().any(char::is_control) {
            return Err(invalid("a key has a name, in printable letters".into()));
        }
        if self.keys.iter().any(|key| key.name == name) {
            return Err(invalid(format!(
                "there is a key `{name}`; remove it first, or choose another name"
            )));
        }
        let mut bytes = [0; BYTES];
        getrandom::fill(&mut bytes).map_err(|error| Error::Io(std::io::Error::other(error)))?;
        let text = format!("{MARK}{}", URL_SAFE_NO_PAD.encode(bytes));
        self.keys.push(Key {
            name: name.to_owned(),
            scopes: scopes.to_vec(),
            made: Utc::now().trunc_subsecs(0),
            hash: blake3::hash(text.as_bytes()).to_hex().to_string(),
        });
        Ok(text)
    }

    /// Takes a key out; whether there was one.
    pub fn remove(&mut self, name: &str) -> bool {
        let before = self.keys.len();
        self.keys.retain(|key| key.name != name);
        self.keys.len() < before
    }

    /// The key that has this text.
    pub fn find(&self, text: &str) -> Option<&Key> {
        let given = blake3::hash(text.as_bytes());
        let mut found = None;
        for key in &self.keys {
            let same = blake3::Hash::from_hex(&key.hash).is_ok_and(|hash| hash == given);
            if same {
                found = Some(key);
            }
        }
        found
    }
}

/// A file of keys that a server uses: what is added or removed meanwhile holds from the next request on.
#[derive(Debug)]
pub struct KeyFile {
    path: PathBuf,
    read: Mutex<(Option<SystemTime>, Arc<Keys>)>,
}

impl KeyFile {
    /// Reads the file.
    ///
    /// # Errors
    /// As [`Keys::read`], and [`Error::Invalid`] when it has no key: nobody could ask anything.
    pub fn open(path: &Path) -> Result<Self> {
        let changed = changed(path);
        let keys = Keys::read(path)?;
        if keys.keys.is_empty() {
            return Err(Error::Invalid {
                what: format!("`{}`", path.display()),
                why: "it has no keys; make one: morgue key add NAME --keys FILE".into(),
            });
        }
        Ok(KeyFile {
            path: path.to_owned(),
            read: Mutex::new((changed, Arc::new(keys))),
        })
    }

    /// The keys as the file has them now. While it cannot be read, those it had last.
    pub(in crate::serve) fn now(&self) -> Arc<Keys> {
        let mut read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        let changed = changed(&self.path);
        if changed != read.0 {
            match Keys::read(&self.path) {
                Ok(keys) => *read = (changed, Arc::new(keys)),
                // Whoever has changed it believes that it holds.
                Err(error) => {
                    tracing::warn!(%error, "the file of keys cannot be read; the keys that it had still hold");
                    read.0 = changed;
                }
            }
        }
        Arc::clone(&read.1)
    }
}

fn changed(path: &Path) -> Option<SystemTime> {
    fs::metadata(path).and_then(|data| data.modified()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_found_by_its_text_and_kept_as_a_hash() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("keys.json");
        let mut keys = Keys::read(&path).unwrap();
        let ann = keys.add("ann", &[Scope::Read]).unwrap();
        let desk = keys.add("desk", &Scope::ALL).unwrap();
        assert!(keys.add("ann", &[]).is_err() && keys.add("", &[]).is_err());
        keys.write(&path).unwrap();
        let text = fs::read_to_string(&path).unwrap();
        assert!(!text.contains(&ann) && !text.contains(&ann[MARK.len()..]));
        let file = KeyFile::open(&path).unwrap();
        assert_eq!(file.now().find(&ann).unwrap().name, "ann");
        assert_eq!(file.now().find(&desk).unwrap().scopes, Scope::ALL);
        for wrong in [
            "",
            "ann",
            &ann[1..],
            &format!("{ann} "),
            &ann.to_uppercase(),
        ] {
            assert_eq!(file.now().find(wrong), None, "{wrong}");
        }
        assert!(keys.remove("ann") && !keys.remove("ann"));
        keys.write(&path).unwrap();
        fs::File::open(&path)
            .unwrap()
            .set_modified(SystemTime::UNIX_EPOCH)
            .unwrap();
        assert_eq!(file.now().find(&ann), None);
        // A file that is damaged meanwhile opens no door, and closes none.
        fs::write(&path, "{").unwrap();
        assert!(file.now().find(&desk).is_some());
        assert!(KeyFile::open(&path).is_err());
    }

    #[cfg(unix)]
    #[test]
    fn only_the_owner_can_read_the_file() {
        use std::os::unix::fs::PermissionsExt;

        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("keys.json");
        Keys::default().write(&path).unwrap();
        assert_eq!(
            fs::metadata(&path).unwrap().permissions().mode() & 0o777,
            0o600
        );
    }
}
