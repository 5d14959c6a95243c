//! Copies one commit of an index to another folder, while the index may go on to newer ones.
//!
//! tantivy never changes a file that it has written, and one commit names all that belong together. They are opened first:
//! then they can be read to their end, though a newer commit may have removed them. The commit itself is written last, so
//! that the folder has an older index or this one. It does not ask what else is in the folder: see `backup`.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Read, Seek, SeekFrom, Write};
use std::path::Path;

use tantivy::directory::{ManagedDirectory, MmapDirectory};
use tantivy::{IndexMeta, SegmentMeta, TantivyError};

use super::check::{files_of, read_list};
use super::disk::{Disk, UNFINISHED};
use super::kept::{self, For};
use super::manifest;
use super::store::{self, DICTIONARY};
use super::{MANAGED, META, damaged, open_index, parse_payload};
use crate::error::{Error, Result};
use crate::intake::Progress;

/// What was copied.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Copied {
    /// Files that were copied.
    pub files: u64,
    /// Their bytes.
    pub bytes: u64,
    /// Files that were there already, and whole.
    pub kept: u64,
    /// The articles of the copy.
    pub articles: u64,
}

/// How many bytes are copied at a time.
const PIECE: usize = 1 << 20;
/// How often a commit is looked for whose files are all there.
const TRIES: u32 = 100;
/// Where the checksum stands that tantivy writes: among the last so many bytes.
const FOOTER: u64 = 256;

/// The files of one commit, opened.
struct Commit {
    metas: IndexMeta,
    articles: u64,
    files: Vec<Part>,
}

/// A file of a commit.
struct Part {
    name: String,
    file: File,
    size: u64,
    /// The engine has put a checksum into it.
    of_segment: bool,
}

impl Commit {
    /// Opens the files of the last commit of the index in `dir`. Where one has gone there is a newer commit.
    fn open(dir: &Path) -> Result<Self> {
        let mut tried = None;
        for _ in 0..TRIES {
            let (index, _) = open_index(dir)?;
            let metas = index.load_metas().map_err(|error| damaged(dir, error))?;
            let text = serde_json::to_string(&metas).map_err(io::Error::from)?;
            match Commit::of(dir, metas) {
                Err(Error::Read { error, .. })
                    if error.kind() == ErrorKind::NotFound && tried.as_ref() != Some(&text) =>
                {
                    tried = Some(text);
                }
                Err(Error::Read { error, .. }) => return Err(damaged(dir, error.into())),
                opened => return opened,
            }
        }
        Err(Error::Invalid {
            what: "backup".into(),
            why: "the index changes too fast; try again".into(),
        })
    }

    fn of(dir: &Path, metas: IndexMeta) -> Result<Self> {
        let payload = match &metas.payload {
            Some(text) => Some(parse_payload(text, dir)?),
            None => None,
        };
        let segments = metas.segments.iter().flat_map(files_of);
        let segments = segments.map(|path| (path.display().to_string(), true));
        let others = payload.iter().flat_map(|payload| {
            let dictionary = payload.dictionary.as_ref().map(|_| DICTIONARY.to_owned());
            dictionary.into_iter().chain([payload.manifest.clone()])
        });
        let mut files = Vec::new();
        for (name, of_segment) in segments.chain(others.map(|name| (name, false))) {
            let path = dir.join(&name);
            let opened = || -> io::Result<(File, u64)> {
                let file = File::open(&path)?;
                let size = file.metadata()?.len();
                Ok((file, size))
            };
            let (file, size) = opened().map_err(unreadable(&path))?;
            files.push(Part {
                name,
                file,
                size,
                of_segment,
            });
        }
        let articles = metas.segments.iter().map(SegmentMeta::num_docs);
        Ok(Commit {
            articles: articles.map(u64::from).sum(),
            metas,
            files,
        })
    }
}

/// Copies the last commit of the index in `from` to the folder `to`, which may have an older one.
pub(super) fn copy(
    disk: &Disk,
    from: &Path,
    to: &Path,
    progress: &mut dyn Progress,
) -> Result<Copied> {
    let commit = Commit::open(from)?;
    let mut copied = Copied {
        articles: commit.articles,
        ..Copied::default()
    };
    progress.begin(
        commit.files.len() as u64,
        commit.files.iter().map(|part| part.size).sum(),
    );
    if read_list(to).is_err() {
        // It is made anew below, and must not be in the way.
        disk.remove(&to.join(MANAGED)).map_err(unwritable(to))?;
    }
    let mut names = BTreeSet::from([META.to_owned()]);
    for mut part in commit.files {
        let path = to.join(&part.name);
        names.insert(part.name.clone());
        if part.is_in(to).map_err(unreadable(&path))? {
            copied.kept += 1;
            progress.advance(part.size, 0, &part.name);
            continue;
        }
        disk.put(&path, |copy| part.copy(copy, progress))
            .map_err(unwritable(&path))?;
        if part.of_segment && !is_whole(to, &part.name)? {
            let error = io::Error::other(format!("`{}` is not as it was written", part.name));
            return Err(damaged(from, error.into()));
        }
        copied.files += 1;
        copied.bytes += part.size;
    }
    kept::carry_over(disk, from, to, For::Copy)?;
    commit_copy(disk, to, &commit.metas, &names).map_err(unwritable(to))?;
    confirm(to)?;
    progress.end();
    Ok(copied)
}

/// Makes a folder that has all files of a commit an index with this commit, and removes what older ones have left.
fn commit_copy(
    disk: &Disk,
    to: &Path,
    metas: &IndexMeta,
    names: &BTreeSet<String>,
) -> io::Result<()> {
    // Only what the engine has made: it removes what is on its list and in no commit.
    let managed = names_in(to)?.into_iter().filter(|name| is_of_segment(name));
    let managed: Vec<String> = managed.chain([META.to_owned()]).collect();
    let list = serde_json::to_vec(&managed)?;
    disk.put(&to.join(MANAGED), |file| file.write_all(&list))?;
    let text = serde_json::to_vec_pretty(metas)?;
    disk.put(&to.join(META), |file| file.write_all(&text))?;
    for name in names_in(to)? {
        let old =
            is_of_segment(&name) || manifest::is_manifest(&name) || name.ends_with(UNFINISHED);
        if old && !names.contains(&name) {
            disk.remove(&to.join(name))?;
        }
    }
    disk.sync_folder(to)
}

/// Makes sure that a copy can be opened, with its manifest and its dictionary.
fn confirm(dir: &Path) -> Result<()> {
    let (_, payload) = open_index(dir)?;
    if let Some(payload) = payload {
        manifest::read(dir, &payload.manifest).map_err(|error| damaged(dir, error.into()))?;
        store::confirm(dir, payload.dictionary.as_deref())
            .map_err(|error| damaged(dir, error.into()))?;
    }
    Ok(())
}

impl Part {
    /// Whether the folder `to` has this very file, and it is whole.
    fn is_in(&mut self, to: &Path) -> io::Result<bool> {
        let mut there = match File::open(to.join(&self.name)) {
            Ok(file) => file,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(false),
            Err(error) => return Err(error),
        };
        if !self.of_segment || there.metadata()?.len() != self.size {
            return Ok(false);
        }
        let last = |file: &mut File| -> io::Result<Vec<u8>> {
            let mut bytes = Vec::new();
            file.seek(SeekFrom::Start(self.size.saturating_sub(FOOTER)))?;
            file.read_to_end(&mut bytes)?;
            Ok(bytes)
        };
        let same = last(&mut there)? == last(&mut self.file)?;
        self.file.rewind()?;
        Ok(same && is_whole(to, &self.name).unwrap_or(false))
    }

    fn copy(&mut self, to: &mut impl Write, progress: &mut dyn Progress) -> io::Result<()> {
        let mut piece = vec![0; PIECE];
        loop {
            let read = match self.file.read(&mut piece) {
                Ok(0) => return Ok(()),
                Ok(read) => read,
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            to.write_all(&piece[..read])?;
            progress.advance(read as u64, 0, &self.name);
        }
    }
}

/// Whether a file of a segment has the bytes that its checksum was made of.
fn is_whole(dir: &Path, name: &str) -> Result<bool> {
    let directory = MmapDirectory::open(dir)
        .map_err(TantivyError::from)
        .and_then(|directory| ManagedDirectory::wrap(Box::new(directory)))
        .map_err(|error| damaged(dir, error))?;
    directory
        .validate_checksum(Path::new(name))
        .map_err(|error| damaged(dir, error.into()))
}

/// Whether a file is called as those of segments are: 32 digits, and what it holds.
pub(super) fn is_of_segment(name: &str) -> bool {
    let id = name.split('.').next().unwrap_or_default();
    id.len() == 32 && id.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// The names of the files in a folder.
pub(crate) fn names_in(dir: &Path) -> io::Result<Vec<String>> {
    let names = fs::read_dir(dir)?.map(|entry| Ok(entry?.file_name().into_string().ok()));
    names.filter_map(Result::transpose).collect()
}

/// What failed, and where.
pub(super) fn unreadable(path: &Path) -> impl FnOnce(io::Error) -> Error {
    let path = path.to_owned();
    |error| Error::Read { path, error }
}

/// What failed, and where.
pub(super) fn unwritable(path: &Path) -> impl FnOnce(io::Error) -> Error {
    let path = path.to_owned();
    |error| Error::Write { path, error }
}
