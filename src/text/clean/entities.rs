//! HTML character references → characters, with the standard's own table of names.
//!
//! For texts that carry references without being HTML: JSON members, CSV columns, SGML, feeds. It decodes once; text
//! that was escaped twice keeps one layer.

use std::borrow::Cow;

use markup5ever::data::{C1_REPLACEMENTS, NAMED_ENTITIES};

/// The longest name in the standard, with its semicolon: `CounterClockwiseContourIntegral;`.
const LONGEST_NAME: usize = 32;

/// Decodes HTML character references: `&amp;`, `&#233;`, `&#xE9;`, and `&#146;` as Windows-1252 means it.
///
/// What is no reference stays as it is (`AT&T`, `R&D`, a bare `#39;`). A name that the standard allows without its
/// semicolon (`&copy 2024`) counts only where no letter, digit or `=` follows, so that addresses keep their parameters.
/// Control characters that come out (`&#5;`) are for [`printable`](super::printable) to remove.
#[must_use]
pub fn entities(text: &str) -> Cow<'_, str> {
    let Some(first) = text.find('&') else {
        return Cow::Borrowed(text);
    };
    let mut decoded = String::with_capacity(text.len());
    decoded.push_str(&text[..first]);
    let mut rest = &text[first..];
    while let Some(at) = rest.find('&') {
        decoded.push_str(&rest[..at]);
        rest = &rest[at..];
        let taken = reference(&rest[1..], &mut decoded);
        if taken == 0 {
            decoded.push('&');
        }
        rest = &rest[1 + taken..];
    }
    decoded.push_str(rest);
    Cow::Owned(decoded)
}

/// Decodes the reference that `text` begins with (after `&`), and tells how many bytes it takes; 0 when it is none.
fn reference(text: &str, decoded: &mut String) -> usize {
    match text.strip_prefix('#') {
        Some(number) => numeric(number, decoded).map_or(0, |taken| taken + 1),
        None => named(text, decoded).unwrap_or(0),
    }
}

fn numeric(text: &str, decoded: &mut String) -> Option<usize> {
    let (digits, radix, before) = match text.strip_prefix(['x', 'X']) {
        Some(digits) => (digits, 16, 1),
        None => (text, 10, 0),
    };
    let length = digits
        .bytes()
        .take_while(|byte| char::from(*byte).is_digit(radix))
        .count();
    if length == 0 {
        return None;
    }
    // Too large for a number is too large for a character.
    let number = u32::from_str_radix(&digits[..length], radix).unwrap_or(u32::MAX);
    decoded.push(match number {
        0x80..=0x9f => {
            C1_REPLACEMENTS[number as usize - 0x80].unwrap_or(char::REPLACEMENT_CHARACTER)
        }
        0 => char::REPLACEMENT_CHARACTER,
        _ => char::from_u32(number).unwrap_or(char::REPLACEMENT_CHARACTER),
    });
    let semicolon = usize::from(digits[length..].starts_with(';'));
    Some(before + length + semicolon)
}

fn named(text: &str, decoded: &mut String) -> Option<usize> {
    let length = text
        .bytes()
        .take(LONGEST_NAME)
        .take_while(u8::is_ascii_alphanumeric)
        .count();
    let next = text.as_bytes().get(length);
    let taken = match next {
        Some(b';') => length + 1,
        Some(b'=') => return None,
        _ => length,
    };
    // The table also holds the beginnings of names, as (0, 0).
    let (first, second) = NAMED_ENTITIES
        .get(&text[..taken])
        .copied()
        .filter(|(first, _)| *first != 0)?;
    decoded.extend(char::from_u32(first));
    decoded.extend(char::from_u32(second).filter(|c| *c != '\0'));
    Some(taken)
}
