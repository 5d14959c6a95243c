//! What comes out of archives that are whole.

use std::ops::ControlFlow;

use morgue::source::Limits;
use proptest::prelude::*;

use super::{bzip2, each, gzip, shown, shown_within, tar, xz, zip, zip_stream, zstd};

const HARBOUR: &[u8] = b"Harbour reopens after storm";
const COUNCIL: &[u8] = b"Council rejects tram line";

#[track_caller]
fn check(name: &str, bytes: &[u8], expected: &[&str]) {
    assert_eq!(shown(name, bytes), expected);
}

#[test]
fn what_is_not_packed_is_one_member() {
    check("a.txt", HARBOUR, &["a.txt: Harbour reopens after storm"]);
    // Names prove nothing.
    check("a.zip", HARBOUR, &["a.zip: Harbour reopens after storm"]);
    check("a.txt", b"", &["a.txt = empty"]);
    check("a.txt", b"\x1f", &["a.txt: \u{1f}"]);
}

#[test]
fn compression_adds_nothing_to_the_name() {
    for packed in [gzip(HARBOUR), bzip2(HARBOUR), xz(HARBOUR), zstd(HARBOUR)] {
        check("a.txt", &packed, &["a.txt: Harbour reopens after storm"]);
    }
    for packed in [gzip(b""), bzip2(b""), xz(b""), zstd(b"")] {
        check("a.txt", &packed, &["a.txt = empty"]);
    }
}

#[test]
fn compressed_files_one_after_the_other_are_one_text() {
    for pack in [gzip, bzip2, xz, zstd] {
        let two = [pack(b"One. "), pack(b"Two.")].concat();
        check("a.gz", &two, &["a.gz: One. Two."]);
    }
}

#[test]
fn what_follows_a_whole_gzip_stream_is_padding() {
    for padding in [&[0_u8; 600][..], b"\r\n", b"\x1f", b"#### end of tape"] {
        let padded = [&gzip(b"One. "), &gzip(b"Two."), padding].concat();
        let expected: &[&str] = match padding {
            // It could be the first byte of a stream that was cut off.
            b"\x1f" => &["a.gz: One. Two.… broken-archive"],
            _ => &["a.gz: One. Two."],
        };
        check("a.gz", &padded, expected);
    }
}

#[test]
fn a_zstd_frame_to_be_skipped_is_skipped() {
    let mut frames = b"\x53\x2a\x4d\x18\x04\0\0\0note".to_vec();
    frames.extend(zstd(HARBOUR));
    check("a.zst", &frames, &["a.zst: Harbour reopens after storm"]);
}

#[test]
fn archives_show_their_members_in_order() {
    let members: [(&str, &[u8]); 3] = [("1963/b.txt", HARBOUR), ("a.txt", COUNCIL), ("c.txt", b"")];
    let expected = [
        "x!/1963/b.txt: Harbour reopens after storm",
        "x!/a.txt: Council rejects tram line",
        "x!/c.txt = empty",
    ];
    check("x", &tar(&members), &expected);
    check("x", &gzip(&tar(&members)), &expected);
    check("x", &zip(&members), &expected);
    check("x", &zip_stream(&members), &expected);
}

#[test]
fn archives_lie_in_archives() {
    let inner = tar(&[("c.txt.gz", &gzip(HARBOUR)), ("d.txt", COUNCIL)]);
    let outer = zip(&[("b.tar.xz", &xz(&inner)), ("e.txt", COUNCIL)]);
    let expected = [
        "a.zip!/b.tar.xz!/c.txt.gz: Harbour reopens after storm",
        "a.zip!/b.tar.xz!/d.txt: Council rejects tram line",
        "a.zip!/e.txt: Council rejects tram line",
    ];
    check("a.zip", &outer, &expected);
    let shallow = Limits {
        depth: 3,
        ..Limits::default()
    };
    let expected = [
        "a.zip!/b.tar.xz!/c.txt.gz = too-deep",
        "a.zip!/b.tar.xz!/d.txt: Council rejects tram line",
        "a.zip!/e.txt: Council rejects tram line",
    ];
    assert_eq!(shown_within(&shallow, "a.zip", &outer), expected);
    // A zip in a stream has to be copied to be read.
    let nested = gzip(&zip(&[("b.zip", &zip(&[("c.txt", HARBOUR)]))]));
    check(
        "a.gz",
        &nested,
        &["a.gz!/b.zip!/c.txt: Harbour reopens after storm"],
    );
}

#[test]
fn depth_is_counted_in_layers() {
    let mut packed = HARBOUR.to_vec();
    for layers in 1..=40 {
        packed = gzip(&packed);
        for depth in [0, 1, 4, 1_000_000] {
            let limits = Limits {
                depth,
                ..Limits::default()
            };
            let expected = if layers <= depth.min(32) {
                "a: Harbour reopens after storm"
            } else {
                "a = too-deep"
            };
            assert_eq!(shown_within(&limits, "a", &packed), [expected]);
        }
    }
    let limits = Limits {
        depth: 0,
        ..Limits::default()
    };
    let zip = zip(&[("a", HARBOUR)]);
    assert_eq!(shown_within(&limits, "a", &zip), ["a = too-deep"]);
}

#[test]
fn what_is_no_file_is_no_member() {
    let mut builder = ::tar::Builder::new(Vec::new());
    let mut header = ::tar::Header::new_ustar();
    header.set_size(0);
    for (kind, path) in [
        (::tar::EntryType::Directory, "folder/"),
        (::tar::EntryType::Symlink, "link"),
        (::tar::EntryType::Link, "hard"),
        (::tar::EntryType::Fifo, "pipe"),
        (::tar::EntryType::XGlobalHeader, "pax_global_header"),
    ] {
        header.set_entry_type(kind);
        builder.append_data(&mut header, path, &b""[..]).unwrap();
    }
    let expected = [
        "x!/link = special-file",
        "x!/hard = special-file",
        "x!/pipe = special-file",
    ];
    check("x", &builder.into_inner().unwrap(), &expected);

    let mut writer = ::zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = ::zip::write::SimpleFileOptions::default();
    writer.add_directory("folder/", options).unwrap();
    check("x", &writer.finish().unwrap().into_inner(), &["x = empty"]);
    check("x", &zip(&[]), &["x = empty"]);
}

#[test]
fn names_lead_nowhere_else() {
    let members: [(&str, &[u8]); 3] = [
        ("../../etc/passwd", b"1"),
        ("/etc/passwd", b"2"),
        ("..\\news\\a.txt", b"3"),
    ];
    let expected = ["x!/etc/passwd: 1", "x!/etc/passwd: 2", "x!/news/a.txt: 3"];
    check("x", &tar(&members), &expected);
    check("x", &zip(&members), &expected);
    let long = "folder/".repeat(30) + "a.txt";
    check("x", &tar(&[(&long, b"1")]), &[&format!("x!/{long}: 1")]);
}

#[test]
fn two_members_of_one_name_are_two_members() {
    let mut zip = zip(&[("a.txt", HARBOUR), ("b.txt", COUNCIL)]);
    for at in 0..zip.len() - 5 {
        if &zip[at..at + 5] == b"b.txt" {
            zip[at] = b'a';
        }
    }
    let expected = [
        "x!/a.txt: Harbour reopens after storm",
        "x!/a.txt: Council rejects tram line",
    ];
    check("x", &zip, &expected);
}

#[test]
fn hidden_members_are_named() {
    let members: [(&str, &[u8]); 4] = [
        ("./a.txt", HARBOUR),
        ("__MACOSX/._a.txt", b"x"),
        (".git/HEAD", b"x"),
        ("a.txt~", b"x"),
    ];
    let expected = [
        "x!/a.txt: Harbour reopens after storm",
        "x!/__MACOSX/._a.txt = hidden",
        "x!/.git/HEAD = hidden",
        "x!/a.txt~ = hidden",
    ];
    check("x", &tar(&members), &expected);
    check("x", &zip(&members), &expected);
}

#[test]
fn encrypted_members_are_named() {
    let mut zip = zip(&[("a.txt", HARBOUR), ("b.txt", COUNCIL)]);
    // Sets the flag in the header of the first member and in its row of the directory.
    zip[6] |= 1;
    let row = zip
        .windows(4)
        .position(|four| four == b"PK\x01\x02")
        .unwrap();
    zip[row + 8] |= 1;
    let expected = [
        "x!/a.txt = encrypted",
        "x!/b.txt: Council rejects tram line",
    ];
    check("x", &zip, &expected);
    zip.truncate(row);
    let expected = [
        "x!/a.txt = encrypted",
        "x!/b.txt: Council rejects tram line",
        "x = broken-archive",
    ];
    check("x", &zip, &expected);
}

#[test]
fn what_is_packed_in_a_way_not_known_is_named() {
    check(
        "a.7z",
        b"7z\xbc\xaf\x27\x1c\0\x04",
        &["a.7z = unknown-format"],
    );
    let mut zip = zip(&[("a.txt", HARBOUR), ("b.txt", COUNCIL)]);
    // Method 97 is WavPack.
    let row = zip
        .windows(4)
        .position(|four| four == b"PK\x01\x02")
        .unwrap();
    (zip[8], zip[row + 10]) = (97, 97);
    let expected = [
        "x!/a.txt = unknown-format",
        "x!/b.txt: Council rejects tram line",
    ];
    check("x", &zip, &expected);
}

#[test]
fn the_visitor_may_break_off_and_may_leave_bytes_unread() {
    let members: [(&str, &[u8]); 2] = [
        ("a.txt", &b"a long text ".repeat(10_000)),
        ("b.txt", COUNCIL),
    ];
    for archive in [tar(&members), zip(&members), gzip(&tar(&members))] {
        let mut lines = Vec::new();
        each(&Limits::default(), "x", &archive, &mut |line| {
            lines.push(line);
            ControlFlow::Break(())
        });
        assert_eq!(lines.len(), 1);

        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), &archive).unwrap();
        let found = morgue::source::walk(file.path()).next().unwrap().unwrap();
        let mut names = Vec::new();
        morgue::source::open(&found, &Limits::default(), &mut |member| {
            names.push(member.map_or_else(|(file, why)| format!("{file}{why:?}"), |it| it.file));
            ControlFlow::Continue(())
        });
        let name = &found.file;
        // A hidden root is read: the user has asked for it by name.
        assert_eq!(names, [format!("{name}!/a.txt"), format!("{name}!/b.txt")]);
    }
}

fn files() -> impl Strategy<Value = Vec<(String, Vec<u8>)>> {
    let bytes = prop::collection::vec(b' '..=b'~', 1..2000);
    prop::collection::vec(("[a-z]{1,8}(/[a-z]{1,120})?", bytes), 1..6)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn every_archive_gives_back_what_was_put_in(files in files(), packing in 0..6_usize) {
        let members: Vec<(&str, &[u8])> = files
            .iter()
            .map(|(path, bytes)| (path.as_str(), bytes.as_slice()))
            .collect();
        // Zip writers refuse a second member of one name.
        let unique = members.iter().map(|it| it.0).collect::<std::collections::HashSet<_>>();
        prop_assume!(unique.len() == members.len());
        let packed = match packing {
            0 => tar(&members),
            1 => zip(&members),
            2 => zip_stream(&members),
            3 => zstd(&zip(&members)),
            4 => xz(&tar(&members)),
            _ => bzip2(&tar(&members)),
        };
        let expected: Vec<String> = files
            .iter()
            .map(|(path, bytes)| format!("x!/{path}: {}", String::from_utf8_lossy(bytes)))
            .collect();
        prop_assert_eq!(shown("x", &packed), expected);
    }
}
