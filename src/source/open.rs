//! Opens a file and unpacks what it holds, archives in archives too, to a bounded depth.
//!
//! Second step of the way: takes what [`walk`](super::walk()) found, gives bytes to the formats. Members are streamed:
//! memory is bounded by the windows of the decoders (128 MiB each at most, mostly 8), whatever the size of the file.
//! Nothing is written but a nested zip that is too large for memory, to an unnamed temporary file.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::ops::ControlFlow;

use super::decompress::{self, BUFFER, Meter};
use super::failure::{self, Failure};
use super::packing::{HEAD, Packing};
use super::{Found, SkipReason, tar, zip};
use crate::format::Rejection;

/// How far unpacking goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// How many layers of packing are opened: `a.zip!/b.tar.gz!/c.gz` has four. Never more than 32.
    pub depth: usize,
    /// How many bytes one member may have, unpacked.
    pub member_bytes: u64,
    /// How many times larger than the file itself all that is unpacked from it may be, once it is more than 64 MB.
    pub ratio: u64,
    /// How many members one archive may have.
    pub members: u64,
}

impl Default for Limits {
    /// Four layers, a thousandfold growth, ten million members of 1 TiB: no real archive meets them, no bomb survives
    /// the second. A format that keeps a whole member in memory must set a bound of its own.
    fn default() -> Self {
        Limits {
            depth: 4,
            member_bytes: 1 << 40,
            ratio: 1000,
            members: 10_000_000,
        }
    }
}

/// Layers are opened by recursion, so there is an end to them even where the caller sets none.
const DEEPEST: usize = 32;

/// A stream of bytes that is not packed any more.
pub struct Member<'a> {
    /// Its name in the archive: the file's, followed by `!/` and its path for each archive it was in. Plain
    /// compression adds nothing: `a.sgm.gz` is `a.sgm.gz`.
    pub file: String,
    /// Its bytes. A failure to read them is told here; [`reason_of`](super::reason_of) gives its kind.
    pub bytes: &'a mut dyn BufRead,
}

/// Where members, and the reasons for those left out, are delivered. `Break` means that the caller wants no more.
pub type Visit<'v> = dyn FnMut(Result<Member<'_>, (String, Rejection)>) -> ControlFlow<()> + 'v;

/// Opens `found` and shows `visit` each member, in the order of the archive, or the reason why one is left out, with its
/// name. What `visit` does not read of a member is skipped.
///
/// Of a damaged archive the members before the damage are shown, the one it goes through too: its reader fails there.
/// Where what follows the damage cannot be reached, that is told under the name of the archive: a [`SkipReason::BrokenArchive`].
pub fn open(found: &Found, limits: &Limits, visit: &mut Visit<'_>) {
    let unpacking = Unpacking {
        limits,
        meter: Meter::new(found.size, limits),
    };
    // Whether the visitor broke off makes no difference here: there is nothing after this file.
    let _ = match File::open(&found.path) {
        Ok(file) => unpacking.file(&found.file, file, visit),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let detail = "it was removed after it had been found";
            let rejection = Rejection::new(SkipReason::Unreadable, detail);
            visit(Err((found.file.clone(), rejection)))
        }
        Err(error) => visit(Err((found.file.clone(), failure::rejection(&error)))),
    };
}

/// The unpacking of one file: its limits, and what it has given so far.
pub(super) struct Unpacking<'l> {
    pub(super) limits: &'l Limits,
    pub(super) meter: Meter,
}

impl Unpacking<'_> {
    fn file(&self, name: &str, file: File, visit: &mut Visit<'_>) -> ControlFlow<()> {
        let mut bytes = BufReader::with_capacity(BUFFER, file);
        // A zip is read from its end. On the disk that is possible without a copy.
        let is_zip = bytes
            .fill_buf()
            .is_ok_and(|head| Packing::of(head) == Some(Packing::Zip));
        if is_zip && self.limits.depth > 0 {
            zip::members(self, name, bytes, 1, visit)
        } else {
            self.stream(name, &mut bytes, 0, visit)
        }
    }

    /// Shows the members of `bytes`, which `depth` layers of packing have been taken from.
    pub(super) fn stream(
        &self,
        name: &str,
        bytes: &mut dyn BufRead,
        depth: usize,
        visit: &mut Visit<'_>,
    ) -> ControlFlow<()> {
        let mut bytes = Peeked::new(bytes);
        if bytes.head.is_empty() {
            let rejection = match bytes.error.take() {
                Some(error) => failure::rejection(&error),
                None => Rejection::new(SkipReason::Empty, "0 bytes"),
            };
            return visit(Err((name.to_owned(), rejection)));
        }
        let Some(packing) = Packing::of(&bytes.head) else {
            return visit(Ok(Member {
                file: name.to_owned(),
                bytes: &mut Bounded::new(&mut bytes, self.limits.member_bytes),
            }));
        };
        let refuse = |reason, detail: String| (name.to_owned(), Rejection::new(reason, detail));
        if let Packing::Foreign(kind) = packing {
            let detail = format!("{kind} is not opened; unpack it first");
            return visit(Err(refuse(SkipReason::UnknownFormat, detail)));
        }
        if depth >= self.limits.depth.min(DEEPEST) {
            let detail = format!("packed more than {depth} times; unpack the outer archives first");
            return visit(Err(refuse(SkipReason::TooDeep, detail)));
        }
        match packing {
            Packing::Tar => tar::members(self, name, &mut bytes, depth + 1, visit),
            Packing::Zip => zip::nested(self, name, &mut bytes, depth + 1, visit),
            _ => match decompress::stream(packing, &mut bytes, &self.meter) {
                Some(Ok(mut unpacked)) => self.stream(name, &mut *unpacked, depth + 1, visit),
                Some(Err(error)) => visit(Err((name.to_owned(), failure::rejection(&error)))),
                None => ControlFlow::Continue(()),
            },
        }
    }
}

/// A reader whose first bytes have been looked at. An error met on the way is kept for the reader's turn to come.
struct Peeked<'a> {
    head: Vec<u8>,
    at: usize,
    error: Option<io::Error>,
    rest: &'a mut dyn BufRead,
}

impl<'a> Peeked<'a> {
    fn new(rest: &'a mut dyn BufRead) -> Self {
        let mut head = Vec::with_capacity(HEAD);
        let error = rest.take(HEAD as u64).read_to_end(&mut head).err();
        Peeked {
            head,
            at: 0,
            error,
            rest,
        }
    }
}

impl Read for Peeked<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.fill_buf()?.read(into)?;
        self.consume(read);
        Ok(read)
    }
}

impl BufRead for Peeked<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.at < self.head.len() {
            return Ok(&self.head[self.at..]);
        }
        match self.error.take() {
            Some(error) => Err(error),
            None => self.rest.fill_buf(),
        }
    }

    fn consume(&mut self, amount: usize) {
        if self.at < self.head.len() {
            self.at += amount;
        } else {
            self.rest.consume(amount);
        }
    }
}

/// A reader that fails after so many bytes, if more follow.
pub(super) struct Bounded<'a> {
    bytes: &'a mut dyn BufRead,
    left: u64,
    most: u64,
}

impl<'a> Bounded<'a> {
    pub(super) fn new(bytes: &'a mut dyn BufRead, most: u64) -> Self {
        Bounded {
            bytes,
            left: most,
            most,
        }
    }
}

impl Read for Bounded<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.fill_buf()?.read(into)?;
        self.consume(read);
        Ok(read)
    }
}

impl BufRead for Bounded<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        let buffer = self.bytes.fill_buf()?;
        if self.left == 0 && !buffer.is_empty() {
            let text = format!("larger than {}", failure::amount(self.most));
            return Err(Failure::new(SkipReason::TooLarge, text).into());
        }
        let allowed =
            usize::try_from(self.left).map_or(buffer.len(), |left| left.min(buffer.len()));
        Ok(&buffer[..allowed])
    }

    fn consume(&mut self, amount: usize) {
        self.left = self.left.saturating_sub(amount as u64);
        self.bytes.consume(amount);
    }
}
