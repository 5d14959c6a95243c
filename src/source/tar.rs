//! The members of a tar: V7, ustar, GNU and pax, read as a stream from the beginning to the end.
//!
//! [`open`](super::open()) calls it for bytes that begin as a tar and is called back for every member.

use std::io::{self, BufRead, BufReader, Read};
use std::ops::ControlFlow;

use ::tar::{Archive, Entry, EntryType};

use super::decompress::BUFFER;
use super::failure::{self, Failure};
use super::open::{Unpacking, Visit};
use super::tape::Tape;
use super::{SkipReason, name};
use crate::format::Rejection;

/// What an entry of a tar is to us.
enum Kind {
    /// A file with bytes.
    File,
    /// A folder, or a note about other entries.
    Nothing,
    /// What has a name but no bytes of its own.
    Special(&'static str),
}

impl Kind {
    fn of(kind: EntryType) -> Kind {
        match kind {
            EntryType::Link => Kind::Special("a link to another member"),
            EntryType::Symlink => Kind::Special("a symbolic link"),
            EntryType::Char | EntryType::Block => Kind::Special("a device"),
            EntryType::Fifo => Kind::Special("a pipe"),
            EntryType::Directory
            | EntryType::XGlobalHeader
            | EntryType::XHeader
            | EntryType::GNULongName
            | EntryType::GNULongLink => Kind::Nothing,
            // The label of a tape, and the names file of an incremental backup.
            other if matches!(other.as_byte(), b'V' | b'D') => Kind::Nothing,
            // POSIX: what is not known is to be read as a file.
            _ => Kind::File,
        }
    }
}

/// Shows each member of the tar `bytes`, named `archive`, at `depth` layers of packing.
pub(super) fn members(
    unpacking: &Unpacking<'_>,
    archive: &str,
    bytes: &mut dyn BufRead,
    depth: usize,
    visit: &mut Visit<'_>,
) -> ControlFlow<()> {
    let tape = Tape::new(bytes);
    let mut tar = Archive::new(&tape);
    let reject = |reason, detail, visit: &mut Visit<'_>| {
        visit(Err((archive.to_owned(), Rejection::new(reason, detail))))
    };
    let mut place = Place::default();
    let mut entries = match tar.entries() {
        Ok(entries) => entries,
        Err(error) => return reject(failure::reason_of(&error), error.to_string(), visit),
    };
    loop {
        tape.in_header();
        let entry = match entries.next() {
            Some(Ok(entry)) => entry,
            Some(Err(error)) => {
                let failure = Failure::of_decoder(&error, "tar");
                let detail = format!("{failure}, {place}");
                return reject(failure::reason_of(&failure.into()), detail, visit);
            }
            None if !tape.has_ended() => {
                let detail = format!("damaged tar: it ends too early, {place}");
                return reject(SkipReason::BrokenArchive, detail, visit);
            }
            None if place.members == 0 => {
                return reject(
                    SkipReason::Empty,
                    "an archive without members".into(),
                    visit,
                );
            }
            None => return ControlFlow::Continue(()),
        };
        tape.in_member();
        place.last = name::of_member("", &entry.path_bytes());
        let kind = Kind::of(entry.header().entry_type());
        if !matches!(kind, Kind::Nothing) {
            place.members += 1;
        }
        if place.members > unpacking.limits.members {
            let detail = format!("more than {} members", unpacking.limits.members);
            return reject(SkipReason::TooLarge, detail, visit);
        }
        let mut entry = EntryBytes::new(entry);
        member(unpacking, archive, &kind, &mut entry, depth, visit)?;
        if entry.failed.is_none() {
            // Its failure is kept, like that of any other reader.
            let _ = io::copy(&mut entry, &mut io::sink());
        }
        // Who read the member knows of that member only: what follows it is lost, too.
        if let Some(Rejection { reason, detail }) = entry.failed {
            return reject(reason, format!("{detail}, {place}"), visit);
        }
    }
}

fn member<R: Read>(
    unpacking: &Unpacking<'_>,
    archive: &str,
    kind: &Kind,
    entry: &mut EntryBytes<'_, R>,
    depth: usize,
    visit: &mut Visit<'_>,
) -> ControlFlow<()> {
    let path = entry.entry.path_bytes().into_owned();
    let file = name::of_member(archive, &path);
    match kind {
        Kind::Nothing => ControlFlow::Continue(()),
        Kind::Special(what) => visit(Err((file, Rejection::new(SkipReason::SpecialFile, *what)))),
        Kind::File if name::parts(&path).any(name::is_hidden) => {
            visit(Err((file, Rejection::new(SkipReason::Hidden, "a file"))))
        }
        Kind::File => {
            // Most members are small, and there are many: no larger buffer than the member.
            let buffer = usize::try_from(entry.left).map_or(BUFFER, |size| size.clamp(512, BUFFER));
            let mut bytes = BufReader::with_capacity(buffer, entry);
            unpacking.stream(&file, &mut bytes, depth, visit)
        }
    }
}

/// Where in an archive the reading is, for messages.
#[derive(Default)]
struct Place {
    members: u64,
    last: String,
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.last.trim_start_matches("!/") {
            "" => f.write_str("before its first member"),
            last => write!(f, "in or after `{last}`"),
        }
    }
}

/// The bytes of one entry. The `tar` crate takes the end of the file for the end of the entry.
struct EntryBytes<'a, R: Read> {
    entry: Entry<'a, R>,
    left: u64,
    /// Why reading failed, and so the archive is at its end.
    failed: Option<Rejection>,
}

impl<'a, R: Read> EntryBytes<'a, R> {
    fn new(entry: Entry<'a, R>) -> Self {
        EntryBytes {
            left: entry.size(),
            entry,
            failed: None,
        }
    }
}

impl<R: Read> Read for EntryBytes<'_, R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = match self.entry.read(into) {
            Ok(0) if self.left > 0 && !into.is_empty() => {
                let text = "damaged tar: it ends too early";
                Err(Failure::new(SkipReason::BrokenArchive, text).into())
            }
            read => read,
        };
        match &read {
            Ok(read) => self.left = self.left.saturating_sub(*read as u64),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => {
                self.failed.get_or_insert_with(|| failure::rejection(error));
            }
        }
        read
    }
}
