//! Makes the text of a source clean: what is left is words, blanks and the marks between them, in NFC.
//!
//! Formats call it on every text before it becomes part of an article, so that index, snippets and terminal never meet
//! a control character. It decodes no markup (but see [`entities()`]) and changes no letters, quotes or dashes.

mod entities;
mod paragraphs;

use std::borrow::Cow;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

pub use entities::entities;
pub use paragraphs::paragraphs;

/// One line: white space of every kind (also line ends, no-break and zero-width spaces) folded to single blanks, none
/// at the ends, and otherwise as [`printable`].
#[must_use]
pub fn line(text: &str) -> String {
    let text = printable(text);
    let mut line = String::with_capacity(text.len());
    for word in text.split(is_blank).filter(|word| !word.is_empty()) {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}

/// Removes what cannot be printed, and composes letters (NFC).
///
/// - Line ends of all kinds, form feeds and the Unicode line and paragraph separators become `\n`; tabs stay.
/// - C1 controls become what Windows-1252 has in their place, as in HTML: in news they are always its quotes and
///   dashes, wrongly decoded. Other controls go, with byte-order marks, word joiners and soft hyphens (a word with
///   a soft hyphen would not be found).
/// - Of the marks for writing direction only the *overrides* (U+202D, U+202E) go: they show text in another order than
///   it has. Right-to-left news needs the others.
#[must_use]
pub fn printable(text: &str) -> Cow<'_, str> {
    if text
        .bytes()
        .all(|byte| matches!(byte, b'\t' | b'\n' | b' '..=b'~'))
    {
        return Cow::Borrowed(text);
    }
    let unwanted = |c: char| kept(c) != Some(c);
    let text = if text.contains(unwanted) {
        // Composed afterwards: a removed mark may have stood between a letter and its accent.
        Cow::Owned(
            text.replace("\r\n", "\n")
                .chars()
                .filter_map(kept)
                .collect(),
        )
    } else {
        Cow::Borrowed(text)
    };
    match is_nfc_quick(text.chars()) {
        IsNormalized::Yes => text,
        _ => Cow::Owned(text.nfc().collect()),
    }
}

/// The character to be printed in place of this one, if any.
fn kept(c: char) -> Option<char> {
    match c {
        '\t' | '\n' => Some(c),
        '\r' | '\x0b' | '\x0c' | '\u{2028}' | '\u{2029}' => Some('\n'),
        '\u{80}'..='\u{9f}' => markup5ever::data::C1_REPLACEMENTS[c as usize - 0x80],
        '\u{ad}' | '\u{2060}' | '\u{feff}' | '\u{202d}' | '\u{202e}' => None,
        _ if c.is_control() => None,
        _ => Some(c),
    }
}

/// Whether it only divides words. The zero-width space does, in Thai and Khmer and in the web's leftovers.
fn is_blank(c: char) -> bool {
    c.is_whitespace() || c == '\u{200b}'
}
