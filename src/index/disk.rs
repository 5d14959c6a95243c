//! Every change that is made to the disk below an index goes through here, those of tantivy too: so a test can make any of
//! them fail, and whatever has to outlast a loss of power is synced in one way.
//!
//! It knows files and folders, and nothing of what is in them.

use std::fs::{self, File};
use std::io::{self, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tantivy::directory::error::{DeleteError, LockError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    AntiCallToken, Directory, DirectoryLock, FileHandle, Lock, MmapDirectory, TerminatingWrite,
    WatchCallback, WatchHandle, WritePtr,
};

use super::window::Windowed;
use super::{META, seal};

/// What the names of files end with that are still being written.
pub(super) const UNFINISHED: &str = ".unfinished";

/// The file system, or one that is watched by a test.
#[derive(Clone, Default)]
pub struct Disk(Option<Arc<dyn Watch>>);

/// What may be asked of the file system.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Call {
    /// Opens a file for reading.
    Open,
    /// Makes a file or a folder.
    Create,
    /// Writes bytes into a file.
    Write,
    /// Syncs a file to the disk.
    Sync,
    /// Syncs the names in a folder to the disk.
    SyncFolder,
    /// Gives a file or a folder another name.
    Rename,
    /// Removes a file.
    Remove,
}

/// Is asked before every call.
pub trait Watch: Send + Sync {
    /// What shall become of the call.
    fn ask(&self, call: Call, path: &Path) -> Fate;
}

/// What becomes of a call.
#[derive(Debug)]
pub enum Fate {
    /// It is carried out.
    Done,
    /// It fails, and nothing has been done.
    Refused(io::Error),
    /// It fails when it is done: half the bytes are written, the file has its new name.
    Torn(io::Error),
}

impl Disk {
    /// A disk whose calls are watched.
    pub fn watched(watch: Arc<dyn Watch>) -> Self {
        Disk(Some(watch))
    }

    fn carry_out<T>(
        &self,
        call: Call,
        path: &Path,
        act: impl FnOnce() -> io::Result<T>,
    ) -> io::Result<T> {
        match self.0.as_ref().map(|watch| watch.ask(call, path)) {
            None | Some(Fate::Done) => act(),
            Some(Fate::Refused(error)) => Err(error),
            Some(Fate::Torn(error)) => act().and(Err(error)),
        }
    }

    /// Makes a file, or empties the one that is there.
    pub(super) fn create(&self, path: &Path) -> io::Result<NewFile> {
        let file = self.carry_out(Call::Create, path, || File::create(path))?;
        Ok(NewFile {
            disk: self.clone(),
            path: path.to_owned(),
            file,
        })
    }

    /// Makes a folder, and those it lies in.
    pub(crate) fn create_folder(&self, path: &Path) -> io::Result<()> {
        self.carry_out(Call::Create, path, || fs::create_dir_all(path))
    }

    /// Puts a file in its place: first written and synced under another name, so that there is the whole of it or none.
    pub(crate) fn put(
        &self,
        path: &Path,
        write: impl FnOnce(&mut NewFile) -> io::Result<()>,
    ) -> io::Result<()> {
        let mut unfinished = path.as_os_str().to_owned();
        unfinished.push(UNFINISHED);
        let unfinished = PathBuf::from(unfinished);
        let mut file = self.create(&unfinished)?;
        write(&mut file)?;
        file.finish()?;
        self.rename(&unfinished, path)?;
        self.sync_folder(folder_of(path))
    }

    /// The same for a file that only its owner may read and change.
    pub(crate) fn put_private(
        &self,
        path: &Path,
        write: impl FnOnce(&mut NewFile) -> io::Result<()>,
    ) -> io::Result<()> {
        self.put(path, |file| {
            make_private(&file.file)?;
            write(file)
        })
    }

    /// Puts a file in its place that others may put there at the same moment: two who make one index. The names in the folder
    /// are not synced yet.
    fn put_among_others(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let mut named = tempfile::Builder::new();
        named.suffix(UNFINISHED);
        make_usual(&mut named);
        let made = self.carry_out(Call::Create, path, || named.tempfile_in(folder_of(path)))?;
        let (file, unfinished) = made.into_parts();
        let mut file = NewFile {
            disk: self.clone(),
            path: path.to_owned(),
            file,
        };
        file.write_all(bytes)?;
        file.finish()?;
        self.carry_out(Call::Rename, path, || Ok(unfinished.persist(path)?))
    }

    /// Opens a file to write behind its first `kept` bytes, which are all that is left of it; makes it where there is none.
    pub(crate) fn append(&self, path: &Path, kept: u64) -> io::Result<NewFile> {
        let file = self.carry_out(Call::Create, path, || {
            let mut file = File::options()
                .create(true)
                .write(true)
                .truncate(false)
                .open(path)?;
            if file.metadata()?.len() > kept {
                file.set_len(kept)?;
            }
            file.seek(SeekFrom::End(0))?;
            Ok(file)
        })?;
        Ok(NewFile {
            disk: self.clone(),
            path: path.to_owned(),
            file,
        })
    }

    /// Gives a file or folder another name, and replaces the file that has it.
    pub(crate) fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.carry_out(Call::Rename, from, || fs::rename(from, to))
    }

    /// Lets two folders change places at one moment, where the system can.
    ///
    /// # Errors
    /// [`io::ErrorKind::Unsupported`] where it cannot.
    pub(super) fn exchange(&self, one: &Path, other: &Path) -> io::Result<()> {
        self.carry_out(Call::Rename, one, || exchange(one, other))
    }

    /// Removes a file.
    pub(crate) fn remove(&self, path: &Path) -> io::Result<()> {
        self.carry_out(Call::Remove, path, || fs::remove_file(path))
    }

    /// Removes a folder with all that is in it.
    pub(crate) fn remove_folder(&self, path: &Path) -> io::Result<()> {
        self.carry_out(Call::Remove, path, || fs::remove_dir_all(path))
    }

    /// Makes sure that the names in a folder outlast a loss of power.
    pub(crate) fn sync_folder(&self, path: &Path) -> io::Result<()> {
        self.carry_out(Call::SyncFolder, path, || {
            // Windows has no such thing, and needs none.
            if cfg!(windows) {
                return Ok(());
            }
            File::open(path)?.sync_all()
        })
    }

    /// The folder `dir` as tantivy wants it for writing.
    pub(super) fn directory(&self, dir: &Path) -> tantivy::Result<impl Directory> {
        Ok(Watched {
            inner: MmapDirectory::open(dir)?,
            dir: dir.to_owned(),
            disk: self.clone(),
        })
    }
}

#[cfg(unix)]
fn make_private(file: &File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(fs::Permissions::from_mode(0o600))
}

#[cfg(not(unix))]
fn make_private(_: &File) -> io::Result<()> {
    Ok(())
}

/// Lets those read a new file who may read all others: what is made for a while is its owner's alone.
#[cfg(unix)]
fn make_usual(named: &mut tempfile::Builder<'_, '_>) {
    use std::os::unix::fs::PermissionsExt;
    named.permissions(fs::Permissions::from_mode(0o666));
}

#[cfg(not(unix))]
fn make_usual(_: &mut tempfile::Builder<'_, '_>) {}

/// The folder that a path lies in.
pub(crate) fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}

#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn exchange(one: &Path, other: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    use rustix::io::Errno;

    renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE).map_err(|errno| match errno {
        // What file systems and older systems say that do not know the flag.
        Errno::INVAL | Errno::NOSYS | Errno::NOTSUP => io::ErrorKind::Unsupported.into(),
        errno => errno.into(),
    })
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn exchange(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// A file that is being written.
pub(crate) struct NewFile {
    disk: Disk,
    path: PathBuf,
    file: File,
}

impl NewFile {
    /// Syncs it to the disk.
    pub(crate) fn finish(self) -> io::Result<()> {
        self.sync()
    }

    /// Syncs to the disk what has been written so far.
    pub(crate) fn sync(&self) -> io::Result<()> {
        self.disk
            .carry_out(Call::Sync, &self.path, || self.file.sync_all())
    }
}

impl Write for NewFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        write_to(&self.disk, &self.path, &mut self.file, bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

fn write_to(disk: &Disk, path: &Path, file: &mut impl Write, bytes: &[u8]) -> io::Result<usize> {
    match disk.0.as_ref().map(|watch| watch.ask(Call::Write, path)) {
        None | Some(Fate::Done) => file.write(bytes),
        Some(Fate::Refused(error)) => Err(error),
        Some(Fate::Torn(error)) => {
            file.write_all(&bytes[..bytes.len() / 2])?;
            Err(error)
        }
    }
}

/// tantivy's folder of files, each call watched, and the large ones read through windows.
#[derive(Clone)]
struct Watched {
    inner: MmapDirectory,
    dir: PathBuf,
    disk: Disk,
}

impl std::fmt::Debug for Watched {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Watched({})", self.dir.display())
    }
}

impl Watched {
    fn watch<T>(
        &self,
        call: Call,
        path: &Path,
        act: impl FnOnce() -> io::Result<T>,
    ) -> io::Result<T> {
        self.disk.carry_out(call, &self.dir.join(path), act)
    }
}

impl Directory for Watched {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        let failed = |error| OpenReadError::wrap_io_error(error, path.to_owned());
        self.watch(Call::Open, path, || Ok(())).map_err(failed)?;
        if !Windowed::suits(path) {
            return self.inner.get_file_handle(path);
        }
        match Windowed::open(&self.dir.join(path)) {
            Ok(file) => Ok(Arc::new(file)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                Err(OpenReadError::FileDoesNotExist(path.to_owned()))
            }
            Err(error) => Err(failed(error)),
        }
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        let refused = |error| DeleteError::IoError {
            io_error: Arc::new(error),
            filepath: path.to_owned(),
        };
        self.watch(Call::Remove, path, || Ok(())).map_err(refused)?;
        self.inner.delete(path)
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.inner.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        self.watch(Call::Create, path, || Ok(()))
            .map_err(|error| OpenWriteError::wrap_io_error(error, path.to_owned()))?;
        let inner = self.inner.open_write(path)?.into_inner();
        let file = WatchedFile {
            inner: inner.map_err(|_| {
                let error = io::Error::other("a new file holds bytes");
                OpenWriteError::wrap_io_error(error, path.to_owned())
            })?,
            path: self.dir.join(path),
            disk: self.disk.clone(),
        };
        Ok(io::BufWriter::new(Box::new(file)))
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        self.inner.atomic_read(path)
    }

    fn atomic_write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let sealed = (path == Path::new(META)).then(|| seal::sealed(bytes));
        let bytes = sealed.as_deref().unwrap_or(bytes);
        self.disk.put_among_others(&self.dir.join(path), bytes)
    }

    fn sync_directory(&self) -> io::Result<()> {
        self.watch(Call::SyncFolder, Path::new(""), || {
            self.inner.sync_directory()
        })
    }

    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        self.inner.acquire_lock(lock)
    }

    fn watch(&self, callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.inner.watch(callback)
    }
}

/// A file that tantivy writes.
struct WatchedFile {
    inner: Box<dyn TerminatingWrite + Send + Sync>,
    path: PathBuf,
    disk: Disk,
}

impl Write for WatchedFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        write_to(&self.disk, &self.path, &mut self.inner, bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

impl TerminatingWrite for WatchedFile {
    fn terminate_ref(&mut self, token: AntiCallToken) -> io::Result<()> {
        let (disk, path, inner) = (&self.disk, &self.path, &mut self.inner);
        disk.carry_out(Call::Sync, path, || inner.terminate_ref(token))
    }
}
