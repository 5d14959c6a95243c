//! Opens a file and unpacks what it holds, archives in archives too, to a bounded depth.

use std::io::BufRead;
use std::ops::ControlFlow;

use super::Found;
use crate::format::Rejection;

/// How far unpacking goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// How many layers of packing are opened: `a.zip!/b.tar.gz!/c.gz` has four.
    pub depth: usize,
    /// How many bytes one member may have, unpacked.
    pub member_bytes: u64,
    /// How many times larger than the file itself all that comes out of it may be, once it is more than 64 MB.
    pub ratio: u64,
    /// How many members one archive may have.
    pub members: u64,
}

/// A stream of bytes that is not packed any more.
pub struct Member<'a> {
    /// Its name in the archive: the file's, followed by `!/` and its path for each archive it was in. Plain
    /// compression adds nothing: `a.sgm.gz` is `a.sgm.gz`.
    pub file: String,
    /// Its bytes.
    pub bytes: &'a mut dyn BufRead,
}

/// Opens `found` and shows `visit` each member, in the order of the archive, or the reason why one is left out, with its name.
pub fn open(
    _found: &Found,
    _limits: &Limits,
    _visit: &mut dyn FnMut(Result<Member<'_>, (String, Rejection)>) -> ControlFlow<()>,
) {
    todo!()
}
