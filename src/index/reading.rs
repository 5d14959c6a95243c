//! The folder of an index as those see it who only read: they make nothing in it and change nothing, so the disk may be one
//! that can only be read, and the index somebody else's.
//!
//! While tantivy opens the files of a commit it takes a lock, lest a writer removes some of them, and opens a file for writing
//! to that end. Here the lock is shared, and taken with a file opened for reading. Where there is none, or the disk has no
//! locks, it goes without: [`of_last_commit`] loads again what a writer was faster to remove.

use std::fs::File;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use fs4::fs_std::FileExt;
use tantivy::directory::error::{DeleteError, LockError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    Directory, DirectoryLock, FileHandle, Lock, META_LOCK, MmapDirectory, WatchCallback,
    WatchHandle, WritePtr,
};

use super::last_commit;

/// How often a commit is loaded that is replaced meanwhile.
const TRIES: u32 = 100;

/// tantivy's folder of files, for reading.
#[derive(Debug, Clone)]
pub(super) struct Reading {
    inner: MmapDirectory,
    dir: PathBuf,
}

impl Reading {
    /// The folder `dir`.
    pub(super) fn open(dir: &Path) -> tantivy::Result<Self> {
        Ok(Reading {
            inner: MmapDirectory::open(dir)?,
            dir: dir.to_owned(),
        })
    }
}

impl Directory for Reading {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        self.inner.get_file_handle(path)
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        Err(DeleteError::IoError {
            io_error: Arc::new(refused()),
            filepath: path.to_owned(),
        })
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.inner.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        Err(OpenWriteError::wrap_io_error(refused(), path.to_owned()))
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        self.inner.atomic_read(path)
    }

    fn atomic_write(&self, _: &Path, _: &[u8]) -> io::Result<()> {
        Err(refused())
    }

    fn sync_directory(&self) -> io::Result<()> {
        Err(refused())
    }

    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        // Every other lock is one of writers, and a shared one would not keep them from each other.
        if lock.filepath != META_LOCK.filepath {
            return Err(LockError::IoError(Arc::new(refused())));
        }
        let file = File::open(self.dir.join(&lock.filepath)).ok();
        // It ends when the file is closed.
        let locked = file.filter(|file| FileExt::lock_shared(file).is_ok());
        Ok(DirectoryLock::from(Box::new(locked)))
    }

    fn watch(&self, callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.inner.watch(callback)
    }
}

/// What is said to whoever wants to write here: a mistake of ours.
fn refused() -> io::Error {
    io::Error::new(ErrorKind::ReadOnlyFilesystem, "it was opened for reading")
}

/// What `load` loads of the last commit in `dir`. When that fails and there is a newer commit by then, a writer has removed
/// files of the older one meanwhile, and it is loaded again.
pub(super) fn of_last_commit<T>(
    dir: &Path,
    mut load: impl FnMut() -> tantivy::Result<T>,
) -> tantivy::Result<T> {
    for _ in 0..TRIES {
        let commit = last_commit(dir);
        match load() {
            Err(_) if last_commit(dir) != commit => {}
            loaded => return loaded,
        }
    }
    load()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::index::META;

    #[test]
    fn a_commit_that_is_replaced_while_it_is_loaded_is_loaded_again() {
        let dir = tempfile::tempdir().unwrap();
        let commit = |number: u32| fs::write(dir.path().join(META), number.to_string()).unwrap();
        let gone = || tantivy::TantivyError::from(io::Error::from(ErrorKind::NotFound));
        commit(0);
        let mut loads = 0;
        let loaded = of_last_commit(dir.path(), || {
            loads += 1;
            if loads < 4 {
                commit(loads);
                return Err(gone());
            }
            Ok(loads)
        });
        assert_eq!(loaded.unwrap(), 4);
        // What is missing from a commit that stays is damage.
        let mut loads = 0;
        let loaded: tantivy::Result<()> = of_last_commit(dir.path(), || {
            loads += 1;
            Err(gone())
        });
        assert!(loaded.is_err());
        assert_eq!(loads, 1);
    }

    #[test]
    fn readers_share_a_lock_that_keeps_the_writer_out() {
        let dir = tempfile::tempdir().unwrap();
        let reading = Reading::open(dir.path()).unwrap();
        // Nothing is made for it.
        reading.acquire_lock(&META_LOCK).unwrap();
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 0);
        let file = File::create(dir.path().join(&META_LOCK.filepath)).unwrap();
        let locks = [(); 2].map(|()| reading.acquire_lock(&META_LOCK).unwrap());
        assert!(!FileExt::try_lock_exclusive(&file).unwrap());
        drop(locks);
        assert!(FileExt::try_lock_exclusive(&file).unwrap());
        let writers = &*tantivy::directory::INDEX_WRITER_LOCK;
        assert!(reading.acquire_lock(writers).is_err());
    }
}
