//! Streams of PDF unpacked (ISO 32000-1, 7.4): the filters that text is packed with, and no others. What is damaged is
//! unpacked as far as it goes, and never more than asked for.

use super::object::{Dict, unhex};
use crate::source::inflated;

/// Unpacks with one filter; `None` for one that pictures are packed with.
pub(super) fn unpack(filter: &str, bytes: &[u8], parms: &Dict, most: usize) -> Option<Vec<u8>> {
    match filter {
        "FlateDecode" | "Fl" => Some(predicted(inflated(bytes, most), parms)),
        "LZWDecode" | "LZW" => {
            let early = parms.get("EarlyChange").number() != Some(0.0);
            Some(predicted(lzw(bytes, early, most), parms))
        }
        "ASCIIHexDecode" | "AHx" => {
            let end = bytes.iter().position(|byte| *byte == b'>');
            Some(unhex(&bytes[..end.unwrap_or(bytes.len())]))
        }
        "ASCII85Decode" | "A85" => Some(base85(bytes)),
        "RunLengthDecode" | "RL" => Some(runs(bytes, most)),
        _ => None,
    }
}

fn base85(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut group: Vec<u32> = Vec::with_capacity(5);
    for byte in bytes {
        match byte {
            b'z' if group.is_empty() => out.extend([0; 4]),
            b'!'..=b'u' => group.push(u32::from(byte - b'!')),
            b'~' => break,
            _ => {}
        }
        if group.len() == 5 {
            out.extend(four(&group));
            group.clear();
        }
    }
    if group.len() > 1 {
        let given = group.len();
        group.resize(5, 84);
        out.extend(&four(&group)[..given - 1]);
    }
    out
}

fn four(group: &[u32]) -> [u8; 4] {
    let number = group.iter().fold(0_u32, |sum, digit| {
        sum.wrapping_mul(85).wrapping_add(*digit)
    });
    number.to_be_bytes()
}

fn runs(bytes: &[u8], most: usize) -> Vec<u8> {
    let mut out = Vec::new();
    let mut rest = bytes;
    while let Some((&length, after)) = rest.split_first() {
        let count = usize::from(length);
        match length {
            0..=127 => {
                let given = &after[..after.len().min(count + 1)];
                out.extend_from_slice(given);
                rest = &after[given.len()..];
            }
            128 => break,
            129.. => {
                let Some((&byte, after)) = after.split_first() else {
                    break;
                };
                out.extend(std::iter::repeat_n(byte, 257 - count));
                rest = after;
            }
        }
        if out.len() >= most {
            break;
        }
    }
    out.truncate(most);
    out
}

/// LZW with codes of 9 to 12 bits, 256 to begin anew, 257 to end.
fn lzw(bytes: &[u8], early: bool, most: usize) -> Vec<u8> {
    const CLEAR: usize = 256;
    const END: usize = 257;
    let mut out: Vec<u8> = Vec::new();
    // What a code above 257 means: a stretch of what came out.
    let mut table: Vec<(usize, usize)> = Vec::new();
    let mut before: Option<(usize, usize)> = None;
    let (mut bits, mut held, mut width) = (0_u32, 0, 9);
    for byte in bytes {
        bits = bits << 8 | u32::from(*byte);
        held += 8;
        if held < width {
            continue;
        }
        held -= width;
        let code = (bits >> held) as usize & ((1 << width) - 1);
        let begin = out.len();
        match code {
            CLEAR => {
                table.clear();
                before = None;
                width = 9;
                continue;
            }
            END => break,
            0..=255 => out.push(code.to_le_bytes()[0]),
            _ => match (table.get(code - 258).copied(), before) {
                (Some((from, to)), _) => out.extend_from_within(from..to),
                (None, Some((from, to))) if code - 258 == table.len() => {
                    out.extend_from_within(from..to);
                    out.push(out[from]);
                }
                _ => break,
            },
        }
        if let Some((from, to)) = before
            && table.len() < 4096 - 258
        {
            // The entry is what came before and the first byte of this: they stand side by side.
            table.push((from, to + 1));
        }
        before = Some((begin, out.len()));
        let next = 258 + table.len() + usize::from(early);
        width = match next {
            ..512 => 9,
            512..1024 => 10,
            1024..2048 => 11,
            2048.. => 12,
        };
        if out.len() >= most {
            break;
        }
    }
    out.truncate(most);
    out
}

/// Undoes a predictor: rows of bytes as differences (PNG's five kinds, TIFF's for bytes).
fn predicted(bytes: Vec<u8>, parms: &Dict) -> Vec<u8> {
    let count = |name: &str, usual: usize| parms.get(name).count().unwrap_or(usual);
    let predictor = count("Predictor", 1);
    let bits = count("BitsPerComponent", 8).saturating_mul(count("Colors", 1));
    let pixel = bits.div_ceil(8).max(1);
    let row = bits.saturating_mul(count("Columns", 1)).div_ceil(8);
    if predictor < 2 || row == 0 || row > bytes.len() || pixel > row {
        return bytes;
    }
    if predictor == 2 {
        let mut bytes = bytes;
        for row in bytes.chunks_mut(row) {
            for at in pixel..row.len() {
                row[at] = row[at].wrapping_add(row[at - pixel]);
            }
        }
        return bytes;
    }
    let mut out: Vec<u8> = Vec::with_capacity(bytes.len());
    let mut above = vec![0; row];
    for line in bytes.chunks(row + 1) {
        let (kind, line) = (line[0], &line[1..]);
        let mut here = vec![0; row];
        for (at, byte) in line.iter().enumerate() {
            let left = if at < pixel { 0 } else { here[at - pixel] };
            let up = above[at];
            let corner = if at < pixel { 0 } else { above[at - pixel] };
            let guess = match kind {
                1 => left,
                2 => up,
                3 => u8::midpoint(left, up),
                4 => paeth(left, up, corner),
                _ => 0,
            };
            here[at] = byte.wrapping_add(guess);
        }
        out.extend_from_slice(&here[..line.len()]);
        above = here;
    }
    out
}

fn paeth(left: u8, up: u8, corner: u8) -> u8 {
    let guess = i16::from(left) + i16::from(up) - i16::from(corner);
    let far = |byte: u8| (guess - i16::from(byte)).abs();
    if far(left) <= far(up) && far(left) <= far(corner) {
        left
    } else if far(up) <= far(corner) {
        up
    } else {
        corner
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn filters_unpack() {
        let check = |filter: &str, bytes: &[u8], expected: &[u8]| {
            let found = unpack(filter, bytes, &Dict::default(), 1000);
            assert_eq!(found.as_deref(), Some(expected), "{filter}");
        };
        check("AHx", b"41 42 4>", b"AB@");
        check("ASCII85Decode", b"87cURD]i,\"Ebo80~>", b"Hello World!");
        check("RL", &[1, b'a', b'b', 254, b'c', 128], b"abccc");
        // The example of ISO 32000-1, 7.4.4.2.
        check(
            "LZW",
            &[0x80, 0x0b, 0x60, 0x50, 0x22, 0x0c, 0x0c, 0x85, 0x01],
            &[45, 45, 45, 45, 45, 65, 45, 45, 45, 66],
        );
        assert_eq!(unpack("DCTDecode", b"", &Dict::default(), 9), None);
    }

    #[test]
    fn no_filter_gives_more_than_is_asked_for() {
        let bytes: Vec<u8> = (0..4096_u32)
            .map(|at| (at.wrapping_mul(2_654_435_761) >> 13).to_le_bytes()[0])
            .collect();
        for filter in ["RL", "LZW", "Fl"] {
            assert!(unpack(filter, &bytes, &Dict::default(), 100).unwrap().len() <= 100);
        }
    }
}
