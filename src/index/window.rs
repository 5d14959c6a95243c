//! Reads the large files of an index through a window, for the writer: a merge comes past every byte of its segments, and
//! mapped files would count as memory of the process, however large the archive has become.
//!
//! Readers of the archive map their files: they come back to the same pages.

use std::fs::File;
use std::io;
use std::ops::Range;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use tantivy::HasLen;
use tantivy::directory::{FileHandle, OwnedBytes};

/// How many bytes are read at once: few where places are looked up here and there, more and more where they follow each other.
const LEAST: usize = 4 << 10;
const MOST: usize = 1 << 20;
/// What lies no farther behind the last place follows it: other documents of the same file stand between.
const NEAR: usize = 64 << 10;

/// A file, and the part of it that was read last.
#[derive(Debug)]
pub(super) struct Windowed {
    file: File,
    len: usize,
    window: Mutex<Window>,
}

#[derive(Debug)]
struct Window {
    start: usize,
    bytes: OwnedBytes,
    /// How much to read next.
    ahead: usize,
}

impl Windowed {
    /// Whether a file of this name is read so: stored articles, postings and positions. The others are small, and looked up
    /// in all places.
    pub(super) fn suits(path: &Path) -> bool {
        let extension = path.extension().and_then(|extension| extension.to_str());
        matches!(extension, Some("store" | "idx" | "pos"))
    }

    pub(super) fn open(path: &Path) -> io::Result<Self> {
        let file = File::open(path)?;
        let len = usize::try_from(file.metadata()?.len()).map_err(io::Error::other)?;
        Ok(Windowed {
            file,
            len,
            window: Mutex::new(Window {
                start: 0,
                bytes: OwnedBytes::empty(),
                ahead: LEAST,
            }),
        })
    }

    fn read(&self, range: Range<usize>) -> io::Result<OwnedBytes> {
        let mut bytes = vec![0; range.len()];
        read_exact_at(&self.file, &mut bytes, range.start as u64)?;
        Ok(OwnedBytes::new(bytes))
    }
}

impl Window {
    fn end(&self) -> usize {
        self.start + self.bytes.len()
    }

    fn follows(&self, start: usize) -> bool {
        (self.start..=self.end() + NEAR).contains(&start)
    }
}

impl HasLen for Windowed {
    fn len(&self) -> usize {
        self.len
    }
}

impl FileHandle for Windowed {
    fn read_bytes(&self, range: Range<usize>) -> io::Result<OwnedBytes> {
        if range.start > range.end || range.end > self.len {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        if range.len() > MOST {
            return self.read(range);
        }
        let mut window = self.window.lock().unwrap_or_else(PoisonError::into_inner);
        if range.start < window.start || range.end > window.end() {
            let ahead = if window.follows(range.start) {
                (2 * window.ahead).min(MOST)
            } else {
                LEAST
            };
            let end = (range.start + ahead).min(self.len).max(range.end);
            *window = Window {
                start: range.start,
                bytes: self.read(range.start..end)?,
                ahead,
            };
        }
        let start = range.start - window.start;
        Ok(window.bytes.slice(start..start + range.len()))
    }
}

#[cfg(unix)]
fn read_exact_at(file: &File, bytes: &mut [u8], start: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::read_exact_at(file, bytes, start)
}

#[cfg(not(unix))]
fn read_exact_at(mut file: &File, bytes: &mut [u8], start: u64) -> io::Result<()> {
    use std::io::{Read, Seek, SeekFrom};

    file.seek(SeekFrom::Start(start))?;
    file.read_exact(bytes)
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_window_gives_what_the_file_has(
            places in prop::collection::vec((0_usize..3_000_000, prop_oneof![0_usize..300, 0_usize..2_000_000]), 1..40),
        ) {
            let bytes: Vec<u8> = (0..2_500_000_u32).map(|n| (n ^ (n >> 7)).to_le_bytes()[0]).collect();
            let mut file = tempfile::NamedTempFile::new().expect("a file");
            file.write_all(&bytes).expect("written");
            let file = Windowed::open(file.path()).expect("opened");
            for (start, len) in places {
                let range = start..start + len;
                match (bytes.get(range.clone()), file.read_bytes(range)) {
                    (Some(wanted), Ok(found)) => prop_assert_eq!(wanted, found.as_slice()),
                    (None, Err(_)) => {}
                    (wanted, found) => prop_assert!(false, "{:?} {:?}", wanted.map(<[u8]>::len), found.map(|f| f.len())),
                }
            }
        }
    }
}
