//! Documents that are damaged, of another kind, or too large.

use morgue::source::SkipReason;
use proptest::prelude::*;

use super::read_as;

const RELEASE: &[u8] = include_bytes!("release.docx");

#[test]
fn documents_of_other_kinds_are_named() {
    for (name, kind) in [
        ("OEBPS/1.xhtml", "an e-book (EPUB)"),
        ("xl/workbook.xml", "a workbook"),
        ("ppt/slides/1.xml", "a presentation"),
        ("else", "an unknown kind"),
    ] {
        // One stored member, empty, and the directory.
        let mimetype: &[u8] = if name.starts_with("OEBPS") {
            b"application/epub+zip"
        } else {
            b""
        };
        let bytes = stored(&[("mimetype", mimetype), (name, b"")]);
        let records = read_as("docx", &bytes);
        let rejection = records[0].as_ref().unwrap_err();
        assert_eq!(rejection.reason, SkipReason::UnknownFormat);
        assert!(rejection.detail.contains(kind), "{}", rejection.detail);
    }
}

/// A zip of members that are not packed.
fn stored(members: &[(&str, &[u8])]) -> Vec<u8> {
    let (mut bytes, mut directory) = (Vec::new(), Vec::new());
    for (name, content) in members {
        let short = |number: usize| u16::try_from(number).unwrap().to_le_bytes();
        let long = |number: usize| u32::try_from(number).unwrap().to_le_bytes();
        let sum = crc(content).to_le_bytes();
        let fixed = [
            &[20, 0, 0, 0, 0, 0, 0, 0, 0, 0][..],
            &sum,
            &long(content.len()),
            &long(content.len()),
        ]
        .concat();
        let begin = long(bytes.len());
        bytes.extend(
            [
                b"PK\x03\x04",
                &fixed[..],
                &short(name.len()),
                &[0, 0],
                name.as_bytes(),
                content,
            ]
            .concat(),
        );
        directory.extend(
            [
                b"PK\x01\x02\x14\x00",
                &fixed[..],
                &short(name.len()),
                &[0; 12],
                &begin,
                name.as_bytes(),
            ]
            .concat(),
        );
    }
    let (from, length) = (bytes.len(), directory.len());
    bytes.extend(directory);
    let number = |number: usize| u32::try_from(number).unwrap().to_le_bytes();
    let count = u16::try_from(members.len()).unwrap().to_le_bytes();
    bytes.extend(
        [
            b"PK\x05\x06\0\0\0\0",
            &count[..],
            &count,
            &number(length),
            &number(from),
            &[0, 0],
        ]
        .concat(),
    );
    bytes
}

/// CRC-32, bit by bit.
fn crc(bytes: &[u8]) -> u32 {
    let mut sum = u32::MAX;
    for byte in bytes {
        sum ^= u32::from(*byte);
        for _ in 0..8 {
            sum = (sum >> 1) ^ (0xedb8_8320 & (sum & 1).wrapping_neg());
        }
    }
    !sum
}

#[test]
fn text_without_styles_has_a_headline() {
    let paragraph = |text: &str| format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>");
    let text = [
        "Ferry sails again",
        "By Ann Roe",
        "The ferry sails, said the board.",
        "It is free.",
    ]
    .map(paragraph)
    .concat();
    let records = read_as("docx", &stored(&[("word/document.xml", text.as_bytes())]));
    let article = &records[0].as_ref().unwrap().article;
    assert_eq!(article.headline, "Ferry sails again");
    assert_eq!(article.byline, ["Ann Roe"]);
    assert_eq!(
        article.body,
        "The ferry sails, said the board.\n\nIt is free."
    );
}

#[test]
fn depth_is_bounded() {
    for piece in [
        "<w:p>",
        "<w:tbl>",
        "<w:p><w:tbl>",
        "<w:t>",
        "<w:p><w:r><w:t>a",
    ] {
        let text = piece.repeat((1 << 20) / piece.len());
        read_as("docx", &stored(&[("word/document.xml", text.as_bytes())]));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn damage_breaks_nothing(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
        cut in any::<prop::sample::Index>(),
    ) {
        let mut bytes = RELEASE.to_vec();
        for (at, byte) in &changes {
            let at = at.index(bytes.len());
            bytes[at] = *byte;
        }
        read_as("docx", &bytes);
        bytes.truncate(cut.index(bytes.len()));
        read_as("docx", &bytes);
    }
}
