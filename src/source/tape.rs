//! The bytes of a tar, watched while the `tar` crate reads them: headers may not be endless, and the end must be one.
//!
//! Used by [`tar`](super::tar) only.

use std::cell::{Cell, RefCell};
use std::io::{self, BufRead, Read};

use super::SkipReason;
use super::failure::Failure;

/// A tar is a series of blocks of so many bytes.
const BLOCK: u64 = 512;

/// What lies between two members may have so many bytes. The `tar` crate keeps long names in memory, of any length.
const HEADERS: u64 = 1 << 20;

/// The bytes of a tar.
pub(super) struct Tape<'a> {
    bytes: RefCell<&'a mut dyn BufRead>,
    /// How many more bytes may be read.
    allowance: Cell<u64>,
    /// How many of the last bytes read were zero.
    zeros: Cell<u64>,
}

impl<'a> Tape<'a> {
    pub(super) fn new(bytes: &'a mut dyn BufRead) -> Self {
        Tape {
            bytes: RefCell::new(bytes),
            allowance: Cell::new(HEADERS),
            zeros: Cell::new(0),
        }
    }

    /// What is read next is a header.
    pub(super) fn in_header(&self) {
        self.allowance.set(HEADERS);
    }

    /// What is read next is a member.
    pub(super) fn in_member(&self) {
        self.allowance.set(u64::MAX);
    }

    /// Whether the last block read was the one of zeros that ends an archive.
    pub(super) fn has_ended(&self) -> bool {
        self.zeros.get() >= BLOCK
    }
}

impl Read for &Tape<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let allowance = self.allowance.get();
        if allowance == 0 && !into.is_empty() {
            let text = "damaged tar: a header without end";
            return Err(Failure::new(SkipReason::BrokenArchive, text).into());
        }
        let wanted = usize::try_from(allowance).map_or(into.len(), |most| most.min(into.len()));
        let read = self.bytes.borrow_mut().read(&mut into[..wanted])?;
        self.allowance.set(allowance.saturating_sub(read as u64));
        let last = into[..read].iter().rposition(|byte| *byte != 0);
        self.zeros.set(match last {
            Some(at) => (read - at - 1) as u64,
            None => self.zeros.get().saturating_add(read as u64),
        });
        Ok(read)
    }
}
