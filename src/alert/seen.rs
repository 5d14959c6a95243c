//! Which articles a watch has found already: two numbers of eight bytes for each, in one file for all watches.
//!
//! A file of frames, each with a checksum, only ever appended to: a run costs one write and one sync, however many watches
//! have found something. The last frame may be torn when the power failed; what is in it is in a round as well
//! (see [`super::outbox`]).

use std::collections::{HashMap, HashSet};
use std::fs;
use std::io::{self, ErrorKind, Write};
use std::ops::Range;
use std::path::Path;

use crate::index::disk::Disk;

/// How a frame begins.
const MAGIC: [u8; 4] = *b"seen";
/// The bytes before the numbers: how it begins, the watch, how many numbers there are.
const HEAD: usize = 12;
const NUMBER: usize = size_of::<i64>();
const CHECKSUM: usize = 8;

/// The file, as it was read.
#[derive(Default)]
pub(super) struct Seen {
    bytes: Vec<u8>,
    /// Where the numbers of each watch stand.
    places: HashMap<u32, Vec<Range<usize>>>,
    /// The end of the last frame that is whole.
    end: usize,
    /// How many bytes before that are no frame: damage.
    pub(super) damaged: usize,
}

impl Seen {
    /// Reads the file, if there is one.
    pub(super) fn read(path: &Path) -> io::Result<Self> {
        match fs::read(path) {
            Ok(bytes) => Ok(Seen::of_bytes(bytes)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(Seen::default()),
            Err(error) => Err(error),
        }
    }

    fn of_bytes(bytes: Vec<u8>) -> Self {
        let mut seen = Seen::default();
        let mut at = 0;
        while at < bytes.len() {
            let Some((watch, numbers)) = frame(&bytes[at..]) else {
                // Damage costs a frame, and not those behind it.
                let rest = bytes[at + 1..].windows(MAGIC.len());
                let next = rest.into_iter().position(|four| four == MAGIC);
                at = next.map_or(bytes.len(), |next| at + 1 + next);
                continue;
            };
            seen.damaged += at - seen.end;
            let places = seen.places.entry(watch).or_default();
            places.push(at + numbers.start..at + numbers.end);
            at += numbers.end + CHECKSUM;
            seen.end = at;
        }
        seen.bytes = bytes;
        seen
    }

    /// What a watch has found.
    pub(super) fn of(&self, watch: u32) -> HashSet<i64> {
        let places = self.places.get(&watch).into_iter().flatten();
        let numbers = places.flat_map(|place| self.bytes[place.clone()].chunks_exact(NUMBER));
        numbers
            .map(|bytes| i64::from_le_bytes(bytes.try_into().expect("eight bytes")))
            .collect()
    }

    /// Adds what watches have found; it outlasts a loss of power.
    pub(super) fn append(
        &mut self,
        disk: &Disk,
        path: &Path,
        found: &[(u32, Vec<i64>)],
    ) -> io::Result<()> {
        let frames: Vec<u8> = found
            .iter()
            .filter(|(_, numbers)| !numbers.is_empty())
            .flat_map(|(watch, numbers)| of_numbers(*watch, numbers))
            .collect();
        if frames.is_empty() {
            return Ok(());
        }
        let is_new = !path.exists();
        let mut file = disk.append(path, self.end as u64)?;
        file.write_all(&frames)?;
        file.finish()?;
        if is_new {
            disk.sync_folder(crate::index::disk::folder_of(path))?;
        }
        let mut bytes = std::mem::take(&mut self.bytes);
        bytes.truncate(self.end);
        bytes.extend(frames);
        *self = Seen::of_bytes(bytes);
        Ok(())
    }

    /// Writes the file anew with what is of these watches, when that is less than half of it.
    pub(super) fn compact(&self, disk: &Disk, path: &Path, watches: &[u32]) -> io::Result<()> {
        let bytes = |watch: &u32| {
            let places = self.places.get(watch).into_iter().flatten();
            places.map(ExactSizeIterator::len).sum::<usize>()
        };
        if watches.iter().map(bytes).sum::<usize>() * 2 >= self.bytes.len() {
            return Ok(());
        }
        disk.put(path, |file| {
            for &watch in watches {
                let numbers: Vec<i64> = self.of(watch).into_iter().collect();
                if !numbers.is_empty() {
                    file.write_all(&of_numbers(watch, &numbers))?;
                }
            }
            Ok(())
        })
    }
}

fn of_numbers(watch: u32, numbers: &[i64]) -> Vec<u8> {
    let count = u32::try_from(numbers.len()).expect("a run finds fewer articles than that");
    let mut frame = Vec::with_capacity(HEAD + numbers.len() * NUMBER + CHECKSUM);
    frame.extend(MAGIC);
    frame.extend(watch.to_le_bytes());
    frame.extend(count.to_le_bytes());
    for number in numbers {
        frame.extend(number.to_le_bytes());
    }
    frame.extend(checksum(&frame));
    frame
}

/// The watch of the frame that `bytes` begin with, and where its numbers stand; none where there is no whole one.
fn frame(bytes: &[u8]) -> Option<(u32, Range<usize>)> {
    let four = |at: usize| Some(<[u8; 4]>::try_from(bytes.get(at..at + 4)?).expect("four bytes"));
    if four(0)? != MAGIC {
        return None;
    }
    let (watch, count) = (u32::from_le_bytes(four(4)?), u32::from_le_bytes(four(8)?));
    let end = HEAD + usize::try_from(count).ok()?.checked_mul(NUMBER)?;
    let told = bytes.get(end..end.checked_add(CHECKSUM)?)?;
    (told == checksum(&bytes[..end])).then_some((watch, HEAD..end))
}

fn checksum(bytes: &[u8]) -> [u8; CHECKSUM] {
    let hash = blake3::hash(bytes);
    hash.as_bytes()[..CHECKSUM]
        .try_into()
        .expect("a hash is longer")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn set(numbers: &[i64]) -> HashSet<i64> {
        numbers.iter().copied().collect()
    }

    #[test]
    fn a_torn_frame_is_cut_and_a_damaged_one_is_passed_over() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("seen");
        let disk = Disk::default();
        let mut seen = Seen::read(&path).unwrap();
        seen.append(&disk, &path, &[(1, vec![10, 11]), (2, vec![20])])
            .unwrap();
        seen.append(&disk, &path, &[(1, vec![12]), (3, vec![])])
            .unwrap();
        assert_eq!(seen.of(1), set(&[10, 11, 12]));
        let whole = fs::read(&path).unwrap();
        // Torn: what follows takes its place.
        fs::write(&path, &whole[..whole.len() - 3]).unwrap();
        let mut torn = Seen::read(&path).unwrap();
        assert_eq!((torn.of(1), torn.damaged), (set(&[10, 11]), 0));
        torn.append(&disk, &path, &[(1, vec![12])]).unwrap();
        assert_eq!(fs::read(&path).unwrap(), whole);
        // Damaged: only that frame is lost.
        let mut bytes = whole.clone();
        bytes[HEAD] ^= 1;
        let damaged = Seen::of_bytes(bytes);
        assert_eq!((damaged.of(1), damaged.of(2)), (set(&[12]), set(&[20])));
        assert!(damaged.damaged > 0);
        Seen::of_bytes(whole).compact(&disk, &path, &[2]).unwrap();
        let left = Seen::read(&path).unwrap();
        assert_eq!((left.of(1), left.of(2)), (set(&[]), set(&[20])));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn no_bytes_are_too_strange(bytes in prop::collection::vec(prop_oneof![Just(b's'), Just(b'e'), Just(b'n'), any::<u8>()], 0..200)) {
            let seen = Seen::of_bytes(bytes);
            prop_assert!(seen.end <= seen.bytes.len());
        }
    }
}
