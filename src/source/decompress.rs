//! Decoders of compressed streams, each with bounded memory, counted against the limits, and failing in plain words.
//!
//! [`open`](super::open()) puts them one on the other. They know nothing of archives.

use std::cell::Cell;
use std::io::{self, BufRead, BufReader, Read};

use flate2::bufread::GzDecoder;
use liblzma::bufread::XzDecoder;
use liblzma::stream::{CONCATENATED, Stream};

use super::failure::{Failure, amount};
use super::packing::Packing;
use super::{Limits, SkipReason};

/// How many bytes are read at once.
pub(super) const BUFFER: usize = 64 * 1024;

/// Memory for an xz stream: `xz -9` needs 65 MiB.
const XZ_MEMORY: u64 = 128 << 20;

/// The binary logarithm of the largest window of a zstd stream, 128 MiB: what `zstd` itself accepts unless told more.
const ZSTD_WINDOW: u32 = 27;

/// So much may come out of any file, however small: text of one letter shrinks to a thousandth too.
const FREE: u64 = 64 << 20;

/// Counts what comes out of one file, all layers and members together.
pub(super) struct Meter {
    unpacked: Cell<u64>,
    most: u64,
}

impl Meter {
    /// A meter for a file of `size` bytes.
    pub(super) fn new(size: u64, limits: &Limits) -> Self {
        Meter {
            unpacked: Cell::new(0),
            most: size.saturating_mul(limits.ratio).max(FREE),
        }
    }

    /// Whether the file may give more.
    pub(super) fn check(&self) -> Result<(), Failure> {
        if self.unpacked.get() > self.most {
            let text = format!(
                "unpacks to more than {}: made to do harm, or nothing but repetition",
                amount(self.most)
            );
            return Err(Failure::new(SkipReason::TooLarge, text));
        }
        Ok(())
    }

    fn count(&self, bytes: usize) -> Result<(), Failure> {
        self.unpacked
            .set(self.unpacked.get().saturating_add(bytes as u64));
        self.check()
    }
}

/// The bytes of a decoder, counted; once it has failed it fails for ever.
pub(super) struct Unpacked<'m, R> {
    decoder: R,
    what: &'static str,
    meter: &'m Meter,
    failure: Option<Failure>,
}

impl<'m, R: Read> Unpacked<'m, R> {
    /// `what` is the noun for messages: "gzip stream".
    pub(super) fn new(decoder: R, what: &'static str, meter: &'m Meter) -> Self {
        Unpacked {
            decoder,
            what,
            meter,
            failure: None,
        }
    }
}

impl<R: Read> Read for Unpacked<'_, R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if let Some(failure) = &self.failure {
            return Err(failure.clone().into());
        }
        let failure = match self.decoder.read(into) {
            Ok(read) => match self.meter.count(read) {
                Ok(()) => return Ok(read),
                Err(failure) => failure,
            },
            Err(error) if error.kind() == io::ErrorKind::Interrupted => return Err(error),
            Err(error) => Failure::of_decoder(&error, self.what),
        };
        Err(self.failure.insert(failure).clone().into())
    }
}

/// The bytes that `packed` holds, for the packings that are one stream and no archive; `None` for others.
pub(super) fn stream<'a>(
    packing: Packing,
    packed: &'a mut dyn BufRead,
    meter: &'a Meter,
) -> Option<io::Result<Box<dyn BufRead + 'a>>> {
    let (what, decoder): (_, io::Result<Box<dyn Read + 'a>>) = match packing {
        Packing::Gzip => ("gzip stream", Ok(Box::new(Gzip::new(packed)))),
        Packing::Zstd => ("zstd stream", zstd(packed)),
        Packing::Xz => ("xz stream", xz(packed)),
        Packing::Bzip2 => (
            "bzip2 stream",
            Ok(Box::new(bzip2::bufread::MultiBzDecoder::new(packed))),
        ),
        Packing::Tar | Packing::Zip | Packing::Foreign(_) => return None,
    };
    Some(decoder.map(|decoder| {
        let unpacked = Unpacked::new(decoder, what, meter);
        Box::new(BufReader::with_capacity(BUFFER, unpacked)) as Box<dyn BufRead>
    }))
}

fn zstd<'a>(packed: &'a mut dyn BufRead) -> io::Result<Box<dyn Read + 'a>> {
    let mut decoder = zstd::Decoder::with_buffer(packed)?;
    decoder.window_log_max(ZSTD_WINDOW)?;
    Ok(Box::new(decoder))
}

fn xz<'a>(packed: &'a mut dyn BufRead) -> io::Result<Box<dyn Read + 'a>> {
    let stream = Stream::new_stream_decoder(XZ_MEMORY, CONCATENATED)?;
    Ok(Box::new(XzDecoder::new_stream(packed, stream)))
}

/// A gzip file of one or many members (a WARC has one for each record). What follows a whole member and does not begin
/// as another, padding of a tape for example, is not read; flate2's own multi-member decoder calls it damage.
struct Gzip<R> {
    /// `None` after the last member.
    member: Option<GzDecoder<R>>,
}

impl<R: BufRead> Gzip<R> {
    fn new(packed: R) -> Self {
        Gzip {
            member: Some(GzDecoder::new(packed)),
        }
    }
}

impl<R: BufRead> Read for Gzip<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if into.is_empty() {
            return Ok(0);
        }
        while let Some(member) = &mut self.member {
            let read = member.read(into)?;
            if read > 0 {
                return Ok(read);
            }
            let goes_on = match member.get_mut().fill_buf()? {
                // The second byte may lie beyond the buffer; then the header's parser decides.
                [0x1f] | [0x1f, 0x8b, ..] => true,
                _ => false,
            };
            self.member = match self.member.take() {
                Some(member) if goes_on => Some(GzDecoder::new(member.into_inner())),
                _ => None,
            };
        }
        Ok(0)
    }
}
