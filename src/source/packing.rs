//! Recognises how bytes are packed, by their first bytes and never by a name: `story.txt` may be a gzip file, and
//! `story.gz` may be plain text. [`open`](super::open()) asks here at every layer.

/// How bytes are packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Packing {
    Gzip,
    Zstd,
    Xz,
    Bzip2,
    Tar,
    Zip,
    /// Known, but not opened: what it is called.
    Foreign(&'static str),
}

/// How many first bytes are needed: one block of a tar.
pub(super) const HEAD: usize = 512;

/// What packed bytes begin with.
const MAGIC: &[(&[u8], Packing)] = &[
    (b"\x1f\x8b\x08", Packing::Gzip),
    (b"\x28\xb5\x2f\xfd", Packing::Zstd),
    (b"\xfd7zXZ\0", Packing::Xz),
    (b"PK\x03\x04", Packing::Zip),
    // An archive without members, and one that was to be split and was not.
    (b"PK\x05\x06", Packing::Zip),
    (b"PK00PK\x03\x04", Packing::Zip),
    (b"7z\xbc\xaf\x27\x1c", Packing::Foreign("7z")),
    (b"Rar!\x1a\x07", Packing::Foreign("rar")),
    (b"\x04\x22\x4d\x18", Packing::Foreign("lz4")),
    (b"LZIP\x01", Packing::Foreign("lzip")),
    (b"\x1f\x9d", Packing::Foreign("compress (.Z)")),
    (b"\x1f\xa0", Packing::Foreign("compress (.Z)")),
    (b"\x1f\x1e", Packing::Foreign("pack (.z)")),
];

/// What follows `BZh1`…`BZh9`: the first block, or the end of an empty stream. Without it, a text could begin so.
const BZIP2_NEXT: &[&[u8]] = &[b"1AY&SY", b"\x17rE8P\x90"];

/// First members that make a zip a document of an office program or an e-book. Such a file is one thing and no archive.
const DOCUMENTS: &[&[u8]] = &[
    b"mimetype",
    b"[Content_Types].xml",
    b"_rels/.rels",
    b"docProps/app.xml",
    b"docProps/core.xml",
    b"word/document.xml",
    b"word/numbering.xml",
    b"word/settings.xml",
    b"word/styles.xml",
    b"word/fontTable.xml",
];

impl Packing {
    /// How the bytes that begin with `head` (their first [`HEAD`] bytes, or all) are packed, if they are.
    pub(super) fn of(head: &[u8]) -> Option<Packing> {
        if let Some((_, packing)) = MAGIC.iter().find(|(magic, _)| head.starts_with(magic)) {
            return (*packing != Packing::Zip || !is_document(head)).then_some(*packing);
        }
        // A zstd file may begin with a frame to be skipped, of sixteen kinds.
        let skippable = matches!(head, [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..]);
        if skippable {
            return Some(Packing::Zstd);
        }
        if let [b'B', b'Z', b'h', b'1'..=b'9', next @ ..] = head
            && BZIP2_NEXT.iter().any(|magic| next.starts_with(magic))
        {
            return Some(Packing::Bzip2);
        }
        is_tar(head).then_some(Packing::Tar)
    }
}

/// Whether bytes that begin with `head` are a zip whose first member's name (at byte 30 of its header, its length at byte
/// 26) is one that documents begin with.
pub(crate) fn is_document(head: &[u8]) -> bool {
    let Some(length) = head.get(26..28).filter(|_| head.starts_with(b"PK\x03\x04")) else {
        return false;
    };
    let length = usize::from(u16::from_le_bytes([length[0], length[1]]));
    head.get(30..30 + length)
        .is_some_and(|name| DOCUMENTS.contains(&name))
}

/// `ustar` (POSIX, GNU) stands at byte 257. Archives from before 1988 have only the sum of the header's bytes, in octal
/// at byte 148, counted with that field blank.
fn is_tar(head: &[u8]) -> bool {
    let Some(block) = head.get(..HEAD) else {
        return false;
    };
    if &block[257..262] == b"ustar" {
        return true;
    }
    let digits = block[148..156].trim_ascii_start();
    let digits = digits.split(|byte| matches!(byte, 0 | b' ')).next();
    let stated = digits
        .and_then(|digits| std::str::from_utf8(digits).ok())
        .and_then(|digits| u32::from_str_radix(digits, 8).ok());
    let bytes = block[..148].iter().chain(&block[156..]);
    stated == Some(bytes.map(|byte| u32::from(*byte)).sum::<u32>() + 8 * u32::from(b' '))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_not_packed() {
        for text in [
            "",
            "BZh9 is the first word",
            "PKWARE",
            "ustar",
            "{\"a\": 1}",
        ] {
            assert_eq!(Packing::of(text.as_bytes()), None, "{text}");
        }
        assert_eq!(Packing::of(&[b' '; 1000]), None);
        assert_eq!(Packing::of(&[0; 1000]), None);
    }

    #[test]
    fn documents_are_no_archives() {
        let mut head = b"PK\x03\x04".to_vec();
        head.resize(26, 0);
        head.extend(8_u16.to_le_bytes());
        head.extend([0, 0]);
        assert_eq!(Packing::of(&head), Some(Packing::Zip));
        head.extend(b"mimetypeapplication/epub+zip");
        assert_eq!(Packing::of(&head), None);
    }
}
