//! Archives that are cut, corrupt, or made to do harm.

use morgue::source::{Limits, SkipReason};
use proptest::prelude::*;
use proptest::sample::Index;

use super::{bzip2, gzip, shown, shown_within, tar, xz, zip, zip_stream, zstd};

fn text(letter: u8, length: usize) -> Vec<u8> {
    // Not compressible to nothing, so that a cut hits the text.
    let mut state = u32::from(letter);
    let mut text = Vec::new();
    for _ in 0..length {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        text.push(b'a' + (state >> 24) as u8 % 26);
    }
    text
}

/// The name, and how it ended: nothing, or a reason.
fn endings(lines: &[String]) -> Vec<String> {
    let ending = |line: &String| match line.split_once(": ") {
        Some((name, text)) => match text.split_once('…') {
            Some((_, reason)) => format!("{name}…{reason}"),
            None => name.to_owned(),
        },
        None => line.clone(),
    };
    lines.iter().map(ending).collect()
}

#[test]
fn a_cut_stream_gives_what_it_has_and_fails_once() {
    let text = text(1, 200_000);
    for pack in [gzip, zstd, xz, bzip2] {
        let packed = pack(&text);
        for cut in [packed.len() / 2, packed.len() - 1] {
            let lines = shown("a", &packed[..cut]);
            let [line] = &lines[..] else {
                panic!("{lines:?}")
            };
            // bzip2 unpacks in blocks of 100,000 bytes; half of it may be none.
            assert!(
                line.ends_with("broken-archive"),
                "{}",
                &line[line.len() - 40..]
            );
        }
        let lines = shown("a", &packed[..14]);
        assert!(lines.len() == 1 && lines[0].ends_with("broken-archive"));
    }
}

#[test]
fn a_cut_tar_gives_the_members_before_the_cut() {
    let whole = tar(&[
        ("a", &text(1, 1000)),
        ("b", &text(2, 1000)),
        ("c", &text(3, 1000)),
    ]);
    // A header and 1000 bytes fill three blocks of 512.
    let member = 3 * 512;
    for (cut, expected) in [
        (600, &["x!/a… broken-archive", "x = broken-archive"][..]),
        (512 + 1000, &["x!/a", "x = broken-archive"]),
        (member, &["x!/a", "x = broken-archive"]),
        (member + 100, &["x!/a", "x = broken-archive"]),
        (
            member + 512,
            &["x!/a", "x!/b = broken-archive", "x = broken-archive"],
        ),
        (
            member + 700,
            &["x!/a", "x!/b… broken-archive", "x = broken-archive"],
        ),
        (3 * member, &["x!/a", "x!/b", "x!/c", "x = broken-archive"]),
        (3 * member + 512, &["x!/a", "x!/b", "x!/c"]),
        (whole.len(), &["x!/a", "x!/b", "x!/c"]),
    ] {
        assert_eq!(
            endings(&shown("x", &whole[..cut])),
            expected,
            "cut at {cut}"
        );
    }
}

#[test]
fn a_cut_archive_in_a_stream_fails_with_the_member_in_hand() {
    let inner = tar(&[("a", &text(1, 100_000)), ("b", &text(2, 100_000))]);
    for pack in [gzip, zstd] {
        let packed = pack(&inner);
        let lines = endings(&shown("x", &packed[..packed.len() * 3 / 4]));
        assert_eq!(
            lines,
            ["x!/a", "x!/b… broken-archive", "x = broken-archive"]
        );
    }
    // The archive around it goes on.
    let outer = tar(&[("a.gz", &gzip(&text(1, 9000))[..3000]), ("b", b"fine")]);
    let lines = endings(&shown("x", &outer));
    assert_eq!(lines, ["x!/a.gz… broken-archive", "x!/b"]);
}

#[test]
fn a_header_of_a_tar_that_is_corrupt_ends_it() {
    let mut whole = tar(&[("a", b"1"), ("b", b"2"), ("c", b"3")]);
    whole[1024 + 3] = 7;
    assert_eq!(shown("x", &whole), ["x!/a: 1", "x = broken-archive"]);
}

#[test]
fn a_name_without_end_takes_no_memory() {
    let mut header = ::tar::Header::new_gnu();
    header.set_entry_type(::tar::EntryType::GNULongName);
    header.set_size(1 << 40);
    header.set_cksum();
    let mut endless = header.as_bytes().to_vec();
    endless.resize(8 << 20, b'a');
    assert_eq!(shown("x", &endless), ["x = broken-archive"]);
}

#[test]
fn a_zip_without_its_directory_is_read_from_the_beginning() {
    let (a, b) = (text(1, 5000), text(2, 5000));
    let members: [(&str, &[u8]); 2] = [("a", &a), ("b", &b)];
    for whole in [zip(&members), zip_stream(&members)] {
        let directory = whole
            .windows(4)
            .position(|four| four == b"PK\x01\x02")
            .unwrap();
        let second = whole
            .windows(4)
            .rposition(|four| four == b"PK\x03\x04")
            .unwrap();
        for (cut, expected) in [
            (whole.len() - 1, &["x!/a", "x!/b", "x = broken-archive"][..]),
            (directory, &["x!/a", "x!/b", "x = broken-archive"]),
            (
                second + 2000,
                &["x!/a", "x!/b… broken-archive", "x = broken-archive"],
            ),
            (second + 10, &["x!/a", "x = broken-archive"]),
            (second, &["x!/a", "x = broken-archive"]),
            (10, &["x = broken-archive"]),
        ] {
            assert_eq!(
                endings(&shown("x", &whole[..cut])),
                expected,
                "cut at {cut}"
            );
            let nested = tar(&[("x", &whole[..cut])]);
            let lines = endings(&shown("t", &nested));
            assert_eq!(lines.len(), expected.len());
        }
        // A zip in a stream that is cut.
        let packed = zstd(&whole);
        let lines = endings(&shown("x", &packed[..packed.len() - 500]));
        assert_eq!(lines.last().unwrap(), "x = broken-archive");
    }
}

#[test]
fn a_corrupt_member_of_a_zip_spoils_no_other() {
    let (a, b) = (text(1, 5000), text(2, 5000));
    let mut whole = zip(&[("a", &a), ("b", &b)]);
    whole[1000] ^= 0x55;
    assert_eq!(
        endings(&shown("x", &whole)),
        ["x!/a… broken-archive", "x!/b"]
    );
}

#[test]
fn bombs_are_stopped() {
    let zeros = vec![0; 80 << 20];
    let limits = Limits {
        ratio: 2,
        ..Limits::default()
    };
    for pack in [gzip, zstd, bzip2] {
        let lines = shown_within(&limits, "a", &pack(&zeros));
        assert_eq!(lines.len(), 1);
        assert!(lines[0].ends_with("… too-large"));
    }
    // Ten members, each within the limit, together beyond it.
    let part = &zeros[..9 << 20];
    let names: Vec<String> = (0..10).map(|number| number.to_string()).collect();
    let members: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), part)).collect();
    let lines = endings(&shown_within(&limits, "a", &zip(&members)));
    assert_eq!(lines[7..], ["a!/7… too-large", "a = too-large"]);
    let lines = endings(&shown_within(&limits, "a", &gzip(&tar(&members))));
    assert_eq!(lines[7..], ["a!/7… too-large", "a = too-large"]);
}

#[test]
fn a_member_has_a_largest_size_and_an_archive_a_largest_number() {
    let limits = Limits {
        member_bytes: 10,
        members: 2,
        ..Limits::default()
    };
    let check = |bytes: &[u8], expected: &[&str]| {
        assert_eq!(shown_within(&limits, "x", bytes), expected);
    };
    check(b"0123456789", &["x: 0123456789"]);
    check(b"0123456789a", &["x: 0123456789… too-large"]);
    let members: [(&str, &[u8]); 3] = [("a", b"0123456789a"), ("b", b"2"), ("c", b"3")];
    let expected = ["x!/a: 0123456789… too-large", "x!/b: 2", "x = too-large"];
    check(&tar(&members), &expected);
    check(&zip(&members), &expected);
    // A zip in a stream is copied; so it is too large itself.
    check(&gzip(&zip(&members)), &["x = too-large"]);
}

#[test]
fn a_file_that_is_gone_is_unreadable() {
    let found = morgue::source::Found {
        path: "no/such/file".into(),
        file: "file".into(),
        size: 1,
        modified: None,
        changed: None,
    };
    let mut reasons = Vec::new();
    morgue::source::open(&found, &Limits::default(), &mut |member| {
        reasons.push(member.err().map(|(_, rejection)| rejection.reason));
        std::ops::ControlFlow::Continue(())
    });
    assert_eq!(reasons, [Some(SkipReason::Unreadable)]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn any_bytes_are_survived(
        start in 0..9_usize,
        bytes in prop::collection::vec(any::<u8>(), 0..3000),
    ) {
        const STARTS: [&[u8]; 9] = [
            b"",
            b"\x1f\x8b\x08\0\0\0\0\0\0\x03",
            b"\x28\xb5\x2f\xfd",
            b"\xfd7zXZ\0\0\x04\xe6\xd6\xb4\x46",
            b"BZh91AY&SY",
            b"PK\x03\x04",
            b"PK\x05\x06",
            b"PK\x03\x04\x14\0\x08\0\x08\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x01\0\0\0a",
            b"\x1f\x8b\x08",
        ];
        let lines = shown("x", &[STARTS[start], &bytes].concat());
        prop_assert!(!lines.is_empty());
    }

    #[test]
    fn any_damage_is_survived(
        packing in 0..6_usize,
        cut in any::<Index>(),
        hits in prop::collection::vec((any::<Index>(), any::<u8>()), 0..4),
    ) {
        let (a, b) = (text(1, 3000), text(2, 3000));
        let members: [(&str, &[u8]); 2] = [("a", &a), ("b", &b)];
        let mut packed = match packing {
            0 => tar(&members),
            1 => zip(&members),
            2 => zip_stream(&members),
            3 => gzip(&tar(&members)),
            4 => xz(&tar(&members)),
            _ => zstd(&zip(&members)),
        };
        for (at, value) in hits {
            let at = at.index(packed.len());
            packed[at] = value;
        }
        packed.truncate(cut.index(packed.len()) + 1);
        let lines = shown("x", &packed);
        prop_assert!(!lines.is_empty());
    }
}
