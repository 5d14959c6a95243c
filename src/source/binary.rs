//! Tells text from what is none: pictures, programs, databases. For the recognition of formats; it decodes nothing.

use super::packing::is_document;
use super::wide::Wide;

/// First bytes of files that may look like text for a while.
const BINARIES: &[(&[u8], &str)] = &[
    (b"%!PS-Adobe", "PostScript; make a PDF of it"),
    (
        b"{\\rtf",
        "a document in RTF; save it as DOCX or as plain text",
    ),
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"II*\0", "a picture (TIFF)"),
    (b"MM\0*", "a picture (TIFF)"),
    (b"RIFF", "sound, film or a picture (RIFF)"),
    (b"OggS", "sound or film (Ogg)"),
    (b"ID3", "sound (MP3)"),
    (b"\x7fELF", "a program"),
    (
        b"SQLite format 3\0",
        "a database (SQLite); export it as CSV or JSON",
    ),
    (
        b"\xd0\xcf\x11\xe0",
        "an old document of Word, Excel or PowerPoint; save it as DOCX or as plain text",
    ),
    (b"PK\x03\x04", "a zip archive"),
    (b"\xca\xfe\xba\xbe", "a program"),
];

/// First bytes of files that are no text, or hold what may be of any kind, and are opened by a format: crawls of the web,
/// documents.
const HOLDERS: &[&[u8]] = &[b"WARC/", b"filedesc://", b"%PDF-"];

/// Of so many bytes of a text, one may be a control character. Wire messages have many (SYN SYN SOH, STX, ETX, US as a
/// divider): up to 1 of 30 in a short one. Compressed bytes have 1 of 9.
const CONTROLS: usize = 16;

/// And so many more: of a message of one line they are the half of what surrounds it.
const SHORT: usize = 8;

/// Of so many bytes of a text, one may be NUL: records of tapes are padded with it.
const NULS: usize = 100;

/// What the bytes are that begin so, where it is known and no text.
pub(crate) fn binary_kind(head: &[u8]) -> Option<&'static str> {
    let known = BINARIES.iter().find(|(magic, _)| head.starts_with(magic));
    known.map(|(_, kind)| *kind)
}

/// Whether bytes that begin with `head` (some thousand bytes, or all) are no text in any encoding that is read.
#[must_use]
pub fn looks_binary(head: &[u8]) -> bool {
    if is_document(head) {
        return false;
    }
    if binary_kind(head).is_some() {
        return true;
    }
    if HOLDERS.iter().any(|magic| head.starts_with(magic)) {
        return false;
    }
    if Wide::of(head).is_some() {
        return false;
    }
    // Padding after the end says nothing of what is before it.
    let padding = head.iter().rev().take_while(|byte| **byte == 0).count();
    let text = &head[..head.len() - padding];
    if text.is_empty() {
        return !head.is_empty();
    }
    let (mut nuls, mut controls) = (0, 0);
    for byte in text {
        nuls += usize::from(*byte == 0);
        controls += usize::from(is_control(*byte));
    }
    nuls > 1 + text.len() / NULS || controls > SHORT + text.len() / CONTROLS
}

/// Control characters other than those of plain text: tab, line feed, form feed, carriage return, the escape that
/// changes the alphabet in old Japanese mail, the end mark of CP/M and DOS.
fn is_control(byte: u8) -> bool {
    byte < b' ' && !matches!(byte, b'\t' | b'\n' | 0x0c | b'\r' | 0x1a | 0x1b) || byte == 0x7f
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wire_messages_are_text() {
        for text in [
            &b"\x16\x16\x01a0042 r a BC-Harbour 06-12 0044\r\n\x02^LHarbour reopens\x03\r\n\x04"[..],
            b"\x01RACE: TOWN\x1f6\x1fN\x1fN\x1fN\x1fSW\x1fWednesday\r\n1. FIRST HORSE: N Rider, second word of text",
            b"caf\xe9 au lait, \x93quoted\x94",
            b"\xff\xfeN\0e\0w\0s\0",
            b"N\0e\0w\0s\0 \0o\0f\0 \0t\0h\0e\0 \0d\0a\0y\0",
            b"WARC/1.0\r\nWARC-Type: resource\r\n\r\n\x89PNG\0\0\0\x0d\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89\0\0",
            b"a tape record of 40 bytes\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0",
            b"",
        ] {
            assert!(!looks_binary(text), "{}", text.escape_ascii());
        }
    }

    #[test]
    fn pictures_and_programs_are_not() {
        let mut noise = Vec::new();
        let mut state = 1_u32;
        for _ in 0..4096 {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            noise.push((state >> 24) as u8);
        }
        for bytes in [
            &noise[..],
            b"%!PS-Adobe-3.0\nplain so far",
            b"\x7fELF\x02\x01\x01",
            b"\0\0\0\0\0\0\0\0",
        ] {
            assert!(looks_binary(bytes));
        }
    }
}
