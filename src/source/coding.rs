//! Undoes what a web server did to a page on its way: the codings of HTTP (RFC 9110, 8.4.1). For the formats that hold
//! such pages; what a file itself is packed in is the work of [`open`](super::open()).

use std::io::Read;

use super::SkipReason;
use crate::format::Rejection;

/// The page that `bytes` hold in the codings that `header` names (`gzip`, `deflate, br`), the last applied last. A page that
/// does not begin as its coding would, as crawlers leave it that decode and keep the header, is given back as it is; of one
/// that is cut, what can be read is given. More than `most` bytes are [`SkipReason::TooLarge`].
pub(crate) fn uncoded(header: &str, bytes: Vec<u8>, most: usize) -> Result<Vec<u8>, Rejection> {
    let mut bytes = bytes;
    for coding in header.rsplit(',') {
        let coding = coding.trim().to_ascii_lowercase();
        let packed = bytes.as_slice();
        let decoder: Box<dyn Read + '_> = match (coding.as_str(), packed) {
            ("gzip" | "x-gzip", [0x1f, 0x8b, ..]) => {
                Box::new(flate2::read::MultiGzDecoder::new(packed))
            }
            // RFC 9110 means the zlib format; some servers send bare deflate.
            ("deflate", [first, second, ..]) if is_zlib(*first, *second) => {
                Box::new(flate2::read::ZlibDecoder::new(packed))
            }
            ("deflate", _) if !is_markup(packed) => {
                Box::new(flate2::read::DeflateDecoder::new(packed))
            }
            ("br", _) if !is_markup(packed) => {
                Box::new(brotli_decompressor::Decompressor::new(packed, 4096))
            }
            ("zstd", [0x28, 0xb5, 0x2f, 0xfd, ..]) => match zstd::Decoder::with_buffer(packed) {
                Ok(decoder) => Box::new(decoder),
                Err(error) => return Err(broken(&coding, &error)),
            },
            ("gzip" | "x-gzip" | "deflate" | "br" | "zstd" | "identity" | "", _) => continue,
            _ => {
                let detail = format!("a page in an unknown coding, `{coding}`");
                return Err(Rejection::new(SkipReason::UnknownFormat, detail));
            }
        };
        bytes = all(decoder, &coding, most)?;
    }
    Ok(bytes)
}

/// What a zlib stream holds (a bare deflate stream too), as far as it can be read, and at most `most` bytes of it: streams in
/// documents are often cut, or have a wrong check sum.
pub(crate) fn inflated(packed: &[u8], most: usize) -> Vec<u8> {
    let decoder: Box<dyn Read + '_> = match packed {
        [first, second, ..] if is_zlib(*first, *second) => {
            Box::new(flate2::read::ZlibDecoder::new(packed))
        }
        _ => Box::new(flate2::read::DeflateDecoder::new(packed)),
    };
    let mut bytes = Vec::new();
    // What was read before an error is kept.
    let _ = decoder.take(most as u64).read_to_end(&mut bytes);
    bytes
}

/// Reads to the end, or to where the bytes break off.
fn all(decoder: Box<dyn Read + '_>, coding: &str, most: usize) -> Result<Vec<u8>, Rejection> {
    let mut page = Vec::new();
    let end = decoder.take(most as u64 + 1).read_to_end(&mut page);
    if page.len() > most {
        let detail = format!("a page of more than {} MB", most >> 20);
        return Err(Rejection::new(SkipReason::TooLarge, detail));
    }
    match end {
        Err(error) if page.is_empty() => Err(broken(coding, &error)),
        _ => Ok(page),
    }
}

fn broken(coding: &str, error: &std::io::Error) -> Rejection {
    Rejection::new(
        SkipReason::BrokenArchive,
        format!("a damaged page in the coding {coding}: {error}"),
    )
}

/// Whether two bytes are a header of zlib (RFC 1950): method 8, and a check sum that is a multiple of 31.
fn is_zlib(first: u8, second: u8) -> bool {
    first & 0x0f == 8 && (u16::from(first) << 8 | u16::from(second)) % 31 == 0
}

/// Whether a page is plain already.
fn is_markup(bytes: &[u8]) -> bool {
    let head = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    head.trim_ascii_start().starts_with(b"<")
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};

    use super::*;

    const PAGE: &[u8] = b"<p>The ferry runs again, every half hour.</p>";

    fn check(header: &str, bytes: &[u8]) {
        assert_eq!(
            uncoded(header, bytes.to_vec(), 1000).as_deref(),
            Ok(PAGE),
            "{header}"
        );
    }

    #[test]
    fn pages_come_out_of_every_coding() {
        let mut gzip = GzEncoder::new(Vec::new(), Compression::fast());
        let mut zlib = ZlibEncoder::new(Vec::new(), Compression::fast());
        let mut bare = DeflateEncoder::new(Vec::new(), Compression::fast());
        for encoder in [&mut gzip as &mut dyn Write, &mut zlib, &mut bare] {
            encoder.write_all(PAGE).unwrap();
        }
        let (gzip, zlib, bare) = (
            gzip.finish().unwrap(),
            zlib.finish().unwrap(),
            bare.finish().unwrap(),
        );
        // Brotli, RFC 7932: a block of so many bytes that is not compressed, and an empty last one.
        let length = u32::try_from(PAGE.len() - 1).unwrap();
        let header: u32 = (length << 4) | (1 << 20);
        let mut brotli = header.to_le_bytes()[..3].to_vec();
        brotli.extend_from_slice(PAGE);
        brotli.push(3);
        check("", PAGE);
        check("identity", PAGE);
        check("gzip", &gzip);
        check("X-GZIP ", &gzip);
        check("deflate", &zlib);
        check("deflate", &bare);
        check("br", &brotli);
        check("gzip", PAGE);
        check("br", PAGE);
        check("zstd", &zstd::encode_all(PAGE, 1).unwrap());
        check("deflate, gzip", &gzip_of(&zlib));
    }

    fn gzip_of(bytes: &[u8]) -> Vec<u8> {
        let mut gzip = GzEncoder::new(Vec::new(), Compression::fast());
        gzip.write_all(bytes).unwrap();
        gzip.finish().unwrap()
    }

    #[test]
    fn what_cannot_be_read_is_told() {
        let reason = |header: &str, bytes: &[u8], most| {
            uncoded(header, bytes.to_vec(), most).unwrap_err().reason
        };
        assert_eq!(
            reason("compress", b"\x1f\x9d", 9),
            SkipReason::UnknownFormat
        );
        assert_eq!(
            reason("gzip", b"\x1f\x8b\x08", 9),
            SkipReason::BrokenArchive
        );
        assert_eq!(reason("gzip", &gzip_of(PAGE), 9), SkipReason::TooLarge);
    }

    #[test]
    fn of_a_page_that_is_cut_the_beginning_is_read() {
        let gzip = gzip_of(PAGE);
        let cut = uncoded("gzip", gzip[..gzip.len() - 10].to_vec(), 1000).unwrap();
        assert!(PAGE.starts_with(&cut) && !cut.is_empty());
    }
}
