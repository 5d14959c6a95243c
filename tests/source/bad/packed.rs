//! Bad archives and compressed files: cut, corrupt, of strange members, of kinds that are not opened.

use std::fs;
use std::io::{Cursor, Write};
use std::path::Path;

use super::{Case, STORY, Trial, file};
use crate::source::{bzip2, gzip, tar, xz, zip, zip_stream, zstd};

pub(super) const CASES: &[Case] = &[
    file!(
        "gzip-cut",
        "a gzip file that ends in the middle",
        "a.txt.gz",
        cut(gzip(&long()), 2)
    ),
    file!(
        "gzip-head-only",
        "a gzip file that ends in its header",
        "a.txt.gz",
        &gzip(b"a")[..7]
    ),
    file!(
        "gzip-sum",
        "a gzip file whose check sum is wrong",
        "a.txt.gz",
        spoilt(gzip(STORY.as_bytes()), 8)
    ),
    file!(
        "gzip-empty",
        "a gzip file of nothing",
        "a.txt.gz",
        gzip(b"")
    ),
    file!(
        "gzip-not",
        "a file that is named .gz and is plain text",
        "a.txt.gz",
        STORY
    ),
    file!(
        "gzip-then-noise",
        "a gzip file, and noise after it",
        "a.txt.gz",
        [gzip(STORY.as_bytes()), b"noise".to_vec()].concat()
    ),
    file!(
        "zstd-cut",
        "a zstd file that ends in the middle",
        "a.txt.zst",
        cut(zstd(&long()), 2)
    ),
    file!(
        "zstd-sum",
        "a zstd file whose bytes were changed",
        "a.txt.zst",
        changed(zstd(&long()))
    ),
    file!(
        "zstd-window",
        "a zstd file that asks for a window of 2 GB",
        "a.txt.zst",
        &b"\x28\xb5\x2f\xfd\x00\xa8\x01\x00\x00"[..]
    ),
    file!(
        "xz-cut",
        "an xz file that ends in the middle",
        "a.txt.xz",
        cut(xz(&long()), 2)
    ),
    file!(
        "xz-sum",
        "an xz file whose bytes were changed",
        "a.txt.xz",
        changed(xz(&long()))
    ),
    file!(
        "xz-memory",
        "an xz file that asks for 4 GB of memory",
        "a.txt.xz",
        greedy_xz()
    ),
    file!(
        "bzip2-cut",
        "a bzip2 file that ends in the middle",
        "a.txt.bz2",
        cut(bzip2(&long()), 2)
    ),
    file!(
        "bzip2-sum",
        "a bzip2 file whose bytes were changed",
        "a.txt.bz2",
        changed(bzip2(&long()))
    ),
    file!(
        "zip-cut",
        "a zip whose download was broken off",
        "a.zip",
        cut(zip(&pair()), 2)
    ),
    file!(
        "zip-no-directory",
        "a zip without its directory, all members whole",
        "a.zip",
        until(&zip(&pair()), b"PK\x01\x02")
    ),
    file!(
        "zip-stream-cut",
        "a zip written to a pipe, cut in its second member",
        "a.zip",
        cut(zip_stream(&pair()), 2)
    ),
    file!(
        "zip-sum",
        "a zip one of whose members has a wrong check sum",
        "a.zip",
        spoilt_zip()
    ),
    file!(
        "zip-encrypted",
        "a zip one of whose members needs a password",
        "a.zip",
        encrypted_zip()
    ),
    file!(
        "zip-method",
        "a zip one of whose members is packed in a rare way",
        "a.zip",
        rare_zip()
    ),
    file!("zip-empty", "a zip without members", "a.zip", zip(&[])),
    file!(
        "zip-folders",
        "a zip of nothing but folders",
        "a.zip",
        zip_of_folders()
    ),
    file!(
        "zip-outside",
        "a zip whose members are named to land outside",
        "a.zip",
        zip(&outside())
    ),
    file!(
        "zip-link",
        "a zip with a symbolic link to /etc/passwd",
        "a.zip",
        zip_with_link()
    ),
    file!(
        "zip-twins",
        "a zip with two members of one name",
        "a.zip",
        twins()
    ),
    file!(
        "zip-hidden",
        "a zip from a Mac, with its resource forks",
        "a.zip",
        zip(&[("__MACOSX/._a.txt", b"x"), ("a.txt", STORY.as_bytes())])
    ),
    file!(
        "zip-latin-name",
        "a zip whose names are in the code page of DOS",
        "a.zip",
        dos_zip()
    ),
    file!(
        "zip-directory-lies",
        "a zip whose directory points beyond its end",
        "a.zip",
        lying_zip()
    ),
    file!(
        "zip-picture",
        "a zip of a picture and a story",
        "a.zip",
        zip(&[
            ("a.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"),
            ("b.txt", STORY.as_bytes())
        ])
    ),
    file!(
        "tar-cut",
        "a tar that ends in its second member",
        "a.tar",
        cut_by(tar(&pair()), 1200)
    ),
    file!(
        "tar-header",
        "a tar whose second header was changed",
        "a.tar",
        spoilt_tar()
    ),
    file!(
        "tar-size",
        "a tar whose member claims 8 GB and has 300 bytes",
        "a.tar",
        claiming_tar()
    ),
    file!(
        "tar-name",
        "a tar whose first name has a terabyte",
        "a.tar",
        endless_name()
    ),
    file!(
        "tar-empty",
        "a tar without members",
        "a.tar.gz",
        gzip(&tar(&[]))
    ),
    file!(
        "tar-outside",
        "a tar whose members are named to land outside",
        "a.tar",
        tar(&outside())
    ),
    file!(
        "tar-special",
        "a tar of links, a pipe and a device",
        "a.tar",
        special_tar()
    ),
    file!(
        "tar-gzip-cut",
        "a tar.gz that ends in its second member",
        "a.tgz",
        cut(gzip(&tar(&pair())), 3)
    ),
    file!(
        "archive-in-cut-archive",
        "a zip in a tar.gz that ends in the zip",
        "a.tgz",
        cut(gzip(&tar(&[("b.zip", &zip(&pair()))])), 2)
    ),
    file!(
        "damaged-in-whole",
        "a tar of a damaged gzip file and a story",
        "a.tar",
        tar(&[("a.gz", &gzip(&long())[..300]), ("b.txt", STORY.as_bytes())])
    ),
    file!(
        "five-layers",
        "a story packed five times",
        "a.gz",
        gzip(&gzip(&gzip(&gzip(&gzip(STORY.as_bytes())))))
    ),
    file!(
        "zips-in-zips",
        "a zip in a zip, five times",
        "a.zip",
        zips(5)
    ),
    Case {
        name: "zip-split",
        what: "a zip that was split in two files",
        trial: Trial::Files(split),
    },
    file!(
        "seven-zip",
        "a 7z archive",
        "a.7z",
        &b"7z\xbc\xaf\x27\x1c\0\x04"[..]
    ),
    file!("rar", "a rar archive", "a.rar", &b"Rar!\x1a\x07\x01\0"[..]),
    file!(
        "compress",
        "a file packed by compress",
        "a.txt.Z",
        &b"\x1f\x9d\x90\x48"[..]
    ),
    file!(
        "docx-cut",
        "a Word document that was cut",
        "a.docx",
        cut(
            zip(&[
                ("[Content_Types].xml", b"<Types/>"),
                ("word/document.xml", &long())
            ]),
            2
        )
    ),
    file!(
        "docx-foreign",
        "a workbook, which begins as a Word document does",
        "a.xlsx",
        zip(&[
            ("[Content_Types].xml", b"<Types/>"),
            ("xl/workbook.xml", b"<workbook/>")
        ])
    ),
];

/// A text that does not shrink to nothing, so that a cut hits it.
fn long() -> Vec<u8> {
    let paragraph = |number: u32| {
        let ships = number.wrapping_mul(2_654_435_761) % 1000;
        format!(
            "On day {number} the harbour of Larkmouth counted {ships} ships, {} of them under sail.\n\n",
            ships / 7
        )
    };
    let text: String = (0..200).map(paragraph).collect();
    (STORY.to_owned() + &text).into_bytes()
}

fn pair() -> [(&'static str, &'static [u8]); 2] {
    [("a.txt", STORY.as_bytes()), ("b.txt", STORY.as_bytes())]
}

fn outside() -> [(&'static str, &'static [u8]); 3] {
    let story = STORY.as_bytes();
    [
        ("../../etc/passwd", story),
        ("/etc/shadow", story),
        ("..\\..\\autoexec.bat", story),
    ]
}

/// The first part of so many.
fn cut(mut bytes: Vec<u8>, parts: usize) -> Vec<u8> {
    bytes.truncate(bytes.len() - bytes.len() / parts);
    bytes
}

fn cut_by(mut bytes: Vec<u8>, by: usize) -> Vec<u8> {
    bytes.truncate(bytes.len() - by);
    bytes
}

/// With another byte so far from the end.
fn spoilt(mut bytes: Vec<u8>, from_end: usize) -> Vec<u8> {
    let at = bytes.len() - from_end;
    bytes[at] ^= 0x55;
    bytes
}

/// With other bytes in the middle.
fn changed(mut bytes: Vec<u8>) -> Vec<u8> {
    let middle = bytes.len() / 2;
    bytes[middle..middle + 16].fill(0x55);
    bytes
}

fn place(bytes: &[u8], mark: &[u8]) -> usize {
    bytes
        .windows(mark.len())
        .position(|here| here == mark)
        .unwrap()
}

fn until(bytes: &[u8], mark: &[u8]) -> Vec<u8> {
    bytes[..place(bytes, mark)].to_vec()
}

/// A stream header, and a block whose dictionary has 4 GB.
fn greedy_xz() -> Vec<u8> {
    let mut bytes = xz(STORY.as_bytes());
    // The property of the filter LZMA2 stands behind the sizes of the block's header; its sum follows the padding.
    let header = &mut bytes[12..24];
    header[4] = 40;
    let sum = crc32(&header[..8]);
    header[8..12].copy_from_slice(&sum.to_le_bytes());
    bytes
}

fn crc32(bytes: &[u8]) -> u32 {
    let mut sum = flate2::Crc::new();
    sum.update(bytes);
    sum.sum()
}

fn spoilt_zip() -> Vec<u8> {
    let mut bytes = zip(&pair());
    let directory = place(&bytes, b"PK\x01\x02");
    // The sum in the directory's row.
    bytes[directory + 16] ^= 0x55;
    bytes
}

fn encrypted_zip() -> Vec<u8> {
    let mut bytes = zip(&pair());
    let directory = place(&bytes, b"PK\x01\x02");
    bytes[6] |= 1;
    bytes[directory + 8] |= 1;
    bytes
}

fn rare_zip() -> Vec<u8> {
    let mut bytes = zip(&pair());
    let directory = place(&bytes, b"PK\x01\x02");
    // LZMA.
    (bytes[8], bytes[directory + 10]) = (14, 14);
    bytes
}

fn zip_of_folders() -> Vec<u8> {
    let mut writer = ::zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = ::zip::write::SimpleFileOptions::default();
    writer.add_directory("1987/", options).unwrap();
    writer.finish().unwrap().into_inner()
}

fn zip_with_link() -> Vec<u8> {
    let mut writer = ::zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = ::zip::write::SimpleFileOptions::default();
    writer.add_symlink("a.txt", "/etc/passwd", options).unwrap();
    writer.start_file("b.txt", options).unwrap();
    writer.write_all(STORY.as_bytes()).unwrap();
    writer.finish().unwrap().into_inner()
}

/// The writer refuses a name that it has, so it is changed afterwards.
fn twins() -> Vec<u8> {
    let bytes = zip(&pair());
    let text = bytes.iter().enumerate();
    let is_name = |at: usize| bytes[at..].starts_with(b"b.txt");
    text.map(|(at, byte)| if is_name(at) { b'a' } else { *byte })
        .collect()
}

fn dos_zip() -> Vec<u8> {
    let bytes = zip(&[("caf_.txt", STORY.as_bytes())]);
    let is_name = |at: usize| at > 3 && bytes[at - 3..].starts_with(b"caf_.txt");
    let text = bytes.iter().enumerate();
    text.map(|(at, byte)| if is_name(at) { 0x82 } else { *byte })
        .collect()
}

fn lying_zip() -> Vec<u8> {
    let mut bytes = zip(&pair());
    let directory = place(&bytes, b"PK\x01\x02");
    bytes[directory + 42..directory + 46].fill(0xfe);
    bytes
}

fn spoilt_tar() -> Vec<u8> {
    let mut bytes = tar(&pair());
    let second = bytes.windows(5).rposition(|here| here == b"b.txt").unwrap();
    bytes[second + 3] = 7;
    bytes
}

fn claiming_tar() -> Vec<u8> {
    let mut header = ::tar::Header::new_gnu();
    header.set_path("a.txt").unwrap();
    header.set_size(8 << 30);
    header.set_cksum();
    [header.as_bytes().as_slice(), &STORY.as_bytes()[..300]].concat()
}

fn endless_name() -> Vec<u8> {
    let mut header = ::tar::Header::new_gnu();
    header.set_entry_type(::tar::EntryType::GNULongName);
    header.set_size(1 << 40);
    header.set_cksum();
    let mut bytes = header.as_bytes().to_vec();
    bytes.resize(2 << 20, b'a');
    bytes
}

fn special_tar() -> Vec<u8> {
    let mut builder = ::tar::Builder::new(Vec::new());
    let mut header = ::tar::Header::new_ustar();
    header.set_size(0);
    for (kind, path) in [
        (::tar::EntryType::Symlink, "link"),
        (::tar::EntryType::Link, "hard"),
        (::tar::EntryType::Fifo, "pipe"),
        (::tar::EntryType::Block, "disk"),
    ] {
        header.set_entry_type(kind);
        header.set_link_name("/etc/passwd").unwrap();
        builder.append_data(&mut header, path, &b""[..]).unwrap();
    }
    builder.into_inner().unwrap()
}

fn zips(layers: usize) -> Vec<u8> {
    (0..layers).fold(STORY.as_bytes().to_vec(), |inner, layer| {
        zip(&[(if layer == 0 { "a.txt" } else { "b.zip" }, &inner)])
    })
}

/// A split zip is one archive in several files, each named and none whole.
fn split(dir: &Path) {
    let bytes = zip(&pair());
    let (first, second) = bytes.split_at(bytes.len() / 2);
    fs::write(dir.join("a.z01"), first).unwrap();
    fs::write(dir.join("a.zip"), second).unwrap();
}
