//! The members of a zip, in the order of its directory, which stands at the end.
//!
//! [`open`](super::open()) calls it for bytes that begin as a zip and is called back for every member. A zip without its
//! end (a download broken off) is read from the beginning instead, as far as it goes: [`salvage`].

mod parts;
mod salvage;

pub(crate) use parts::Parts;

use std::io::{BufRead, BufReader, Read, Seek};
use std::ops::ControlFlow;

use ::zip::read::{Config, ZipFileEntry};
use ::zip::result::ZipError;
use ::zip::unstable::read::ZipIterable;
use ::zip::{SUPPORTED_COMPRESSION_METHODS, ZipReadOptions};
use tempfile::SpooledTempFile;

use super::decompress::{BUFFER, Unpacked};
use super::failure;
use super::open::{Bounded, Unpacking, Visit};
use super::{SkipReason, name};
use crate::format::Rejection;

/// A zip in another archive is kept in memory up to so many bytes, then in a temporary file,
const IN_MEMORY: usize = 16 << 20;

/// and there up to so many.
const ON_DISK: u64 = 2 << 30;

/// Shows each member of a zip that is a stream: it is copied first, since a zip is read from its end.
pub(super) fn nested(
    unpacking: &Unpacking<'_>,
    archive: &str,
    bytes: &mut dyn BufRead,
    depth: usize,
    visit: &mut Visit<'_>,
) -> ControlFlow<()> {
    let mut copy = SpooledTempFile::new(IN_MEMORY);
    let most = unpacking.limits.member_bytes.min(ON_DISK);
    let copied = std::io::copy(&mut Bounded::new(bytes, most), &mut copy);
    match copied {
        // What was copied of a stream that breaks off may hold whole members.
        Err(error) if failure::reason_of(&error) == SkipReason::BrokenArchive => {
            salvage::members(unpacking, archive, copy, &error.to_string(), depth, visit)
        }
        Err(error) => visit(Err((archive.to_owned(), failure::rejection(&error)))),
        Ok(_) => {
            let copy = BufReader::with_capacity(BUFFER, copy);
            members(unpacking, archive, copy, depth, visit)
        }
    }
}

/// Shows each member of the zip `bytes`, named `archive`, at `depth` layers of packing.
pub(super) fn members<R: Read + Seek>(
    unpacking: &Unpacking<'_>,
    archive: &str,
    mut bytes: R,
    depth: usize,
    visit: &mut Visit<'_>,
) -> ControlFlow<()> {
    // Not `ZipArchive`: it keeps one member of each name and drops the others without a word.
    let mut zip = match ZipIterable::try_new(&mut bytes, Config::default()) {
        Ok(zip) => zip,
        Err(error) => {
            let why = words(&error);
            return salvage::members(unpacking, archive, bytes, &why, depth, visit);
        }
    };
    let reject = |reason, detail: String, visit: &mut Visit<'_>| {
        visit(Err((archive.to_owned(), Rejection::new(reason, detail))))
    };
    let entries = match zip.files() {
        Ok(entries) => entries,
        Err(error) => return reject(SkipReason::BrokenArchive, words(&error), visit),
    };
    let mut members = 0;
    let mut last = String::new();
    while let Some(entry) = entries.next() {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                let detail = format!("damaged zip: {}, after `{last}`", words(&error));
                return reject(SkipReason::BrokenArchive, detail, visit);
            }
        };
        if entry.is_dir() {
            continue;
        }
        members += 1;
        if members > unpacking.limits.members {
            let detail = format!("more than {} members", unpacking.limits.members);
            return reject(SkipReason::TooLarge, detail, visit);
        }
        last = entry_name(&entry);
        member(
            unpacking,
            archive,
            entry,
            entries.reader_mut(),
            depth,
            visit,
        )?;
        if let Err(failure) = unpacking.meter.check() {
            // Who read the member knows of that member only: what follows it is lost, too.
            let detail = format!("{failure}, in or after `{last}`");
            return reject(SkipReason::TooLarge, detail, visit);
        }
    }
    if members == 0 {
        return reject(
            SkipReason::Empty,
            "an archive without members".into(),
            visit,
        );
    }
    ControlFlow::Continue(())
}

fn member<R: Read + Seek>(
    unpacking: &Unpacking<'_>,
    archive: &str,
    entry: ZipFileEntry<'_>,
    bytes: &mut R,
    depth: usize,
    visit: &mut Visit<'_>,
) -> ControlFlow<()> {
    let path = entry_name(&entry);
    let file = name::of_member(archive, path.as_bytes());
    let refusal = if name::parts(path.as_bytes()).any(name::is_hidden) {
        Some((SkipReason::Hidden, "a file"))
    } else if entry.encrypted() {
        Some((SkipReason::Encrypted, "needs a password; unpack it first"))
    } else if entry.is_symlink() {
        Some((SkipReason::SpecialFile, "a symbolic link"))
    } else if !SUPPORTED_COMPRESSION_METHODS.contains(&entry.compression()) {
        let detail = format!("packed by {}, which is not read", entry.compression());
        return visit(Err((
            file,
            Rejection::new(SkipReason::UnknownFormat, detail),
        )));
    } else {
        None
    };
    if let Some((reason, detail)) = refusal {
        return visit(Err((file, Rejection::new(reason, detail))));
    }
    match entry.with_reader(bytes, ZipReadOptions::new()) {
        Ok(unzipped) => {
            let unpacked = Unpacked::new(unzipped, "zip member", &unpacking.meter);
            let mut bytes = BufReader::with_capacity(BUFFER, unpacked);
            unpacking.stream(&file, &mut bytes, depth, visit)
        }
        Err(error) => {
            let detail = format!("damaged zip: {}", words(&error));
            visit(Err((
                file,
                Rejection::new(SkipReason::BrokenArchive, detail),
            )))
        }
    }
}

/// The path of an entry. Bytes that are UTF-8 are taken for it even where the flag that says so is missing, as many
/// programs leave it; else they are of code page 437, as the standard has it.
fn entry_name(entry: &ZipFileEntry<'_>) -> String {
    let raw = entry.name_raw();
    match std::str::from_utf8(raw) {
        Ok(name) => name.to_owned(),
        Err(_) => entry
            .name()
            .map_or_else(|_| name::readable(raw), std::borrow::Cow::into_owned),
    }
}

/// The words of an error, without the zip crate's own preface.
fn words(error: &ZipError) -> String {
    match error {
        ZipError::InvalidArchive(words) => failure::of_decoder(words),
        ZipError::UnsupportedArchive(words) => (*words).to_owned(),
        ZipError::Io(error) => failure::plain(error),
        other => other.to_string(),
    }
}
