//! UTF-16 and UTF-32: encodings in which every character of plain English has zero bytes.
//!
//! [`decode`](super::decode()) asks here first, and [`looks_binary`](super::looks_binary) too, to which zero bytes are
//! else a sign of no text. UTF-16 is decoded by `encoding_rs`; UTF-32, which the web does not know, here.

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};

use super::Decoded;

/// So many bytes tell whether a text is UTF-16 or UTF-32.
const SAMPLE: usize = 4096;

/// An encoding of two or four bytes a character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wide {
    Utf16(&'static Encoding),
    Utf32 { little: bool },
}

impl Wide {
    /// UTF-16 or UTF-32, by its mark, else by where the zero bytes are.
    pub(super) fn of(bytes: &[u8]) -> Option<Wide> {
        match bytes {
            // Before UTF-16, whose mark is the beginning of this one.
            [0xff, 0xfe, 0, 0, ..] => Some(Wide::Utf32 { little: true }),
            [0, 0, 0xfe, 0xff, ..] => Some(Wide::Utf32 { little: false }),
            [0xff, 0xfe, ..] => Some(Wide::Utf16(UTF_16LE)),
            [0xfe, 0xff, ..] => Some(Wide::Utf16(UTF_16BE)),
            _ => by_zeros(&bytes[..bytes.len().min(SAMPLE)]),
        }
    }
}

fn by_zeros(sample: &[u8]) -> Option<Wide> {
    // The usual case first.
    if !sample.contains(&0) {
        return None;
    }
    let either = [true, false];
    if let Some(little) = either.into_iter().find(|it| is_utf32(sample, *it)) {
        return Some(Wide::Utf32 { little });
    }
    let little = either.into_iter().find(|it| is_utf16(sample, *it))?;
    Some(Wide::Utf16(if little { UTF_16LE } else { UTF_16BE }))
}

/// Decodes UTF-32, without its mark.
pub(super) fn decode_utf32(bytes: &[u8], little: bool) -> Decoded {
    let units = bytes.chunks_exact(4);
    let mut clean = units.remainder().is_empty();
    let mut text = String::with_capacity(bytes.len() / 4);
    for unit in units {
        let character = char::from_u32(utf32_unit(unit, little));
        clean &= character.is_some();
        text.push(character.unwrap_or(char::REPLACEMENT_CHARACTER));
    }
    if text.starts_with('\u{feff}') {
        text.remove(0);
    }
    Decoded {
        text,
        encoding: if little { "UTF-32LE" } else { "UTF-32BE" },
        clean,
    }
}

/// Whether the sample has at least two characters and each is one of text.
fn is_utf32(sample: &[u8], little: bool) -> bool {
    sample.len() >= 8
        && sample
            .chunks_exact(4)
            .all(|unit| char::from_u32(utf32_unit(unit, little)).is_some_and(|it| !is_strange(it)))
}

fn utf32_unit(unit: &[u8], little: bool) -> u32 {
    let unit = [unit[0], unit[1], unit[2], unit[3]];
    if little {
        u32::from_le_bytes(unit)
    } else {
        u32::from_be_bytes(unit)
    }
}

/// Whether an eighth of the units or more are of Latin-1 (in any script there are spaces, digits and line ends), and
/// all are characters of text.
fn is_utf16(sample: &[u8], little: bool) -> bool {
    let units = || {
        sample.chunks_exact(2).map(|unit| {
            let unit = [unit[0], unit[1]];
            if little {
                u16::from_le_bytes(unit)
            } else {
                u16::from_be_bytes(unit)
            }
        })
    };
    let latin = units().filter(|unit| *unit <= 0xff).count();
    // The other way round these would have zero bytes in both places.
    let swapped = units().filter(|unit| unit.trailing_zeros() >= 8).count();
    let whole = sample.len() / 2;
    // A surrogate may be cut in two by the end of the sample.
    let text = char::decode_utf16(units().take(whole.saturating_sub(1)));
    whole >= 2
        && latin * 8 >= whole
        && swapped * 16 <= latin
        && text
            .into_iter()
            .all(|it| it.is_ok_and(|it| !is_strange(it)))
}

/// Control characters that are not of plain text, and code points that are no characters.
fn is_strange(character: char) -> bool {
    let control = character.is_control() && !matches!(character, '\t' | '\n' | '\x0c' | '\r');
    control || u32::from(character) & 0xfffe == 0xfffe
}
