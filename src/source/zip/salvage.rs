//! The members of a zip that has lost its directory, read from the beginning: each member has a header of its own.
//!
//! Deflated and stored members are read; at anything else the salvage ends. Where a header leaves the size to a note
//! after the bytes (a zip that was written as a stream), the end of the deflate stream is the end of the member.
//! Layout: APPNOTE.TXT of PKWARE, section 4.3.

use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};
use std::ops::ControlFlow;

use flate2::bufread::DeflateDecoder;

use crate::format::Rejection;
use crate::source::decompress::{BUFFER, Unpacked};
use crate::source::failure::{self, Failure};
use crate::source::open::{Unpacking, Visit};
use crate::source::{SkipReason, name};

/// Signature of a member's header.
const MEMBER: [u8; 4] = *b"PK\x03\x04";
/// Signature of the note with the sizes, after the bytes of a member.
const SIZES: [u8; 4] = *b"PK\x07\x08";
/// What stands in a size that is kept in the extra fields: zip64.
const ELSEWHERE: u32 = u32::MAX;

/// The header of a member, as far as it matters here.
struct Header {
    path: Vec<u8>,
    deflated: bool,
    encrypted: bool,
    /// The size of the bytes as they are packed; `None` when the header leaves it open.
    packed: Option<u64>,
}

/// Shows each member that is left of `bytes`, then the damage: `why` says what was found at its end.
pub(super) fn members<R: Read + Seek>(
    unpacking: &Unpacking<'_>,
    archive: &str,
    mut bytes: R,
    why: &str,
    depth: usize,
    visit: &mut Visit<'_>,
) -> ControlFlow<()> {
    if let Err(error) = bytes.seek(SeekFrom::Start(0)) {
        return visit(Err((archive.to_owned(), failure::rejection(&error))));
    }
    let mut bytes = BufReader::with_capacity(BUFFER, bytes);
    let mut last = String::from("before its first member");
    for _ in 0..unpacking.limits.members {
        let Ok(Some(header)) = header(&mut bytes) else {
            break;
        };
        last = format!("in or after `{}`", name::readable(&header.path));
        if header.path.ends_with(b"/") {
            continue;
        }
        let went_on = member(unpacking, archive, &header, &mut bytes, depth, visit)?;
        if !went_on || unpacking.meter.check().is_err() {
            break;
        }
    }
    let detail = format!("damaged zip: {why}, {last}");
    let rejection = Rejection::new(SkipReason::BrokenArchive, detail);
    visit(Err((archive.to_owned(), rejection)))
}

/// Shows one member; whether another may follow.
fn member(
    unpacking: &Unpacking<'_>,
    archive: &str,
    header: &Header,
    bytes: &mut dyn BufRead,
    depth: usize,
    visit: &mut Visit<'_>,
) -> ControlFlow<(), bool> {
    let file = name::of_member(archive, &header.path);
    let mut packed = bytes.take(header.packed.unwrap_or(u64::MAX));
    let refusal = if header.encrypted {
        Some(SkipReason::Encrypted)
    } else if name::parts(&header.path).any(name::is_hidden) {
        Some(SkipReason::Hidden)
    } else {
        None
    };
    if let Some(reason) = refusal {
        visit(Err((file, Rejection::new(reason, "in a damaged zip"))))?;
        if header.packed.is_none() {
            return ControlFlow::Continue(false);
        }
    } else {
        let decoder: Box<dyn Read + '_> = if header.deflated {
            Box::new(DeflateDecoder::new(&mut packed))
        } else {
            Box::new(Whole(&mut packed))
        };
        let unpacked = Unpacked::new(decoder, "zip member", &unpacking.meter);
        let mut unpacked = BufReader::with_capacity(BUFFER, unpacked);
        unpacking.stream(&file, &mut unpacked, depth, visit)?;
        if io::copy(&mut unpacked, &mut io::sink()).is_err() {
            return ControlFlow::Continue(false);
        }
    }
    if header.packed.is_none() {
        return ControlFlow::Continue(true);
    }
    // The rest of the stated size: of a member that was refused, or that holds more than its deflate stream.
    let skipped = io::copy(&mut packed, &mut io::sink());
    ControlFlow::Continue(skipped.is_ok() && packed.limit() == 0)
}

/// A stored member: that its bytes end early is damage, as it is for a deflated one.
struct Whole<'a, R>(&'a mut io::Take<R>);

impl<R: Read> Read for Whole<'_, R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.0.read(into)?;
        if read == 0 && self.0.limit() > 0 && !into.is_empty() {
            let text = "damaged zip member: it ends too early";
            return Err(Failure::new(SkipReason::BrokenArchive, text).into());
        }
        Ok(read)
    }
}

/// The next header, behind the note with the sizes of the member before where there is one; `None` where none follows
/// that can be read.
fn header(bytes: &mut dyn BufRead) -> io::Result<Option<Header>> {
    let mut signature = array(bytes)?;
    if signature == SIZES {
        // Sums and sizes, of 4 or of 8 bytes each: the next signature tells which.
        array::<12>(bytes)?;
        signature = array(bytes)?;
        if signature[..2] != *b"PK" {
            array::<4>(bytes)?;
            signature = array(bytes)?;
        }
    }
    if signature != MEMBER {
        return Ok(None);
    }
    let fixed: [u8; 26] = array(bytes)?;
    let short = |at: usize| u16::from_le_bytes([fixed[at], fixed[at + 1]]);
    let long =
        |at: usize| u32::from_le_bytes([fixed[at], fixed[at + 1], fixed[at + 2], fixed[at + 3]]);
    let (flags, method, packed) = (short(2), short(4), long(14));
    let path = block(bytes, short(22))?;
    let extra = block(bytes, short(24))?;
    let left_open = flags & 8 != 0;
    let packed = match packed {
        _ if left_open => None,
        ELSEWHERE => packed_size_of_zip64(&extra),
        packed => Some(u64::from(packed)),
    };
    let readable = match method {
        8 => true,
        0 => packed.is_some(),
        _ => false,
    };
    Ok(readable.then_some(Header {
        path,
        deflated: method == 8,
        encrypted: flags & 1 != 0,
        packed,
    }))
}

/// Extra field 1 holds the size unpacked, then packed, 8 bytes each.
fn packed_size_of_zip64(mut extra: &[u8]) -> Option<u64> {
    loop {
        let (head, rest) = extra.split_first_chunk::<4>()?;
        let length = usize::from(u16::from_le_bytes([head[2], head[3]]));
        let field = rest.get(..length)?;
        if head[..2] == [1, 0] {
            let size = field.get(8..16)?.first_chunk::<8>()?;
            return Some(u64::from_le_bytes(*size));
        }
        extra = &rest[length..];
    }
}

fn array<const N: usize>(bytes: &mut dyn BufRead) -> io::Result<[u8; N]> {
    let mut array = [0; N];
    bytes.read_exact(&mut array)?;
    Ok(array)
}

fn block(bytes: &mut dyn BufRead, length: u16) -> io::Result<Vec<u8>> {
    let mut block = vec![0; usize::from(length)];
    bytes.read_exact(&mut block)?;
    Ok(block)
}
