//! Whatever is packed in a file: opening it ends, every member has a name, what is left out has a reason, and the limits hold.
//!
//! The first byte says how what follows is packed, inside and outside; a mutation can hardly find a valid gzip stream in a zip by
//! itself. The three bytes after it change one byte of the archive. Where the first byte is 0, the rest is the file as it is.
#![no_main]

use std::io::{Cursor, Read, Write};
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use morgue::source::{Found, Limits, decode, decoding_reader, looks_binary, open};

/// Longer inputs find nothing that shorter ones do not.
const MOST: usize = 64 * 1024;

/// Small enough to be met.
const LIMITS: Limits = Limits {
    depth: 4,
    member_bytes: 1 << 20,
    ratio: 1000,
    members: 1000,
};

/// The one file that is written again for each input.
static FILE: LazyLock<PathBuf> = LazyLock::new(|| {
    std::env::temp_dir().join(format!("morgue-fuzz-source-{}", std::process::id()))
});

fuzz_target!(|bytes: &[u8]| {
    let bytes = &*made(&bytes[..bytes.len().min(MOST)]);
    std::fs::write(&*FILE, bytes).expect("the folder for temporary files can be written to");
    let found = Found {
        path: FILE.clone(),
        file: "1987/file".to_owned(),
        size: bytes.len() as u64,
        modified: None,
    };
    let mut shown = 0_u64;
    open(&found, &LIMITS, &mut |member| {
        shown += 1;
        match member {
            Ok(member) => {
                assert!(member.file.starts_with("1987/file"), "{}", member.file);
                let mut unpacked = Vec::new();
                // That it fails is a matter for its reader; what was read until then is kept.
                let _ = member.bytes.read_to_end(&mut unpacked);
                assert!(unpacked.len() as u64 <= LIMITS.member_bytes);
                look_at(unpacked);
            }
            Err((file, rejection)) => {
                assert!(file.starts_with("1987/file"), "{file}");
                assert!(!rejection.detail.is_empty(), "{}", rejection.reason);
            }
        }
        ControlFlow::Continue(())
    });
    assert!(shown > 0, "a file of which nothing is told");
});

/// The file that an input describes.
fn made(input: &[u8]) -> Vec<u8> {
    let [recipe @ (1..), high, low, change, content @ ..] = input else {
        return input.get(1..).unwrap_or_default().to_vec();
    };
    let mut file = pack(recipe >> 4, &pack(recipe & 15, content));
    if let Some(last) = file.len().checked_sub(1) {
        let at = usize::from(u16::from_be_bytes([*high, *low])) * last / usize::from(u16::MAX);
        file[at] ^= change;
    }
    file
}

/// Packs in one of nine ways, or not. Archives have a member for each stretch between bytes of 0xFF.
fn pack(way: u8, content: &[u8]) -> Vec<u8> {
    let mut members = content.split(|byte| *byte == 0xff).take(20).enumerate();
    let name = |number: usize| format!("1987/{number}.txt");
    match way {
        1 => {
            let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
            encoder.write_all(content).expect("memory takes all");
            encoder.finish().expect("memory takes all")
        }
        2 => zstd::encode_all(content, 1).expect("memory takes all"),
        3 => {
            let mut packed = Vec::new();
            let mut encoder = liblzma::read::XzEncoder::new(content, 0);
            encoder.read_to_end(&mut packed).expect("memory takes all");
            packed
        }
        4 => {
            let mut packed = Vec::new();
            let mut encoder = bzip2::read::BzEncoder::new(content, bzip2::Compression::fast());
            encoder.read_to_end(&mut packed).expect("memory takes all");
            packed
        }
        5 => {
            let mut builder = tar::Builder::new(Vec::new());
            for (number, member) in members {
                let mut header = tar::Header::new_gnu();
                header.set_size(member.len() as u64);
                // Long names have a member of their own before them.
                let name = name(number).repeat(1 + 30 * (number % 2));
                builder.append_data(&mut header, name, member).expect("a name that is allowed");
            }
            builder.into_inner().expect("memory takes all")
        }
        6 => {
            let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
            members.for_each(|(number, member)| zipped(&mut writer, &name(number), member));
            writer.finish().expect("memory takes all").into_inner()
        }
        7 => {
            let mut packed = Vec::new();
            let mut writer = zip::ZipWriter::new_stream(&mut packed);
            members.for_each(|(number, member)| zipped(&mut writer, &name(number), member));
            writer.finish().expect("memory takes all");
            packed
        }
        // Without its directory, for the salvage.
        8 => {
            let whole = pack(7, content);
            let directory = whole.windows(4).position(|here| here == b"PK\x01\x02");
            whole[..directory.unwrap_or(whole.len())].to_vec()
        }
        // A document of Word.
        9 => {
            let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
            zipped(&mut writer, "[Content_Types].xml", b"<Types/>");
            let text = members.next().map_or(&b""[..], |(_, member)| member);
            zipped(&mut writer, "word/document.xml", text);
            writer.finish().expect("memory takes all").into_inner()
        }
        _ => content.to_vec(),
    }
}

fn zipped<W: Write + std::io::Seek>(writer: &mut zip::ZipWriter<W>, name: &str, member: &[u8]) {
    let options = zip::write::SimpleFileOptions::default();
    writer.start_file(name, options).expect("a name that is new");
    writer.write_all(member).expect("memory takes all");
}

/// What is done with the bytes of every member.
fn look_at(mut bytes: Vec<u8>) {
    bytes.truncate(MOST);
    let _ = looks_binary(&bytes);
    let mut streamed = String::new();
    decoding_reader(&mut &*bytes, &bytes, None)
        .read_to_string(&mut streamed)
        .expect("what is decoded is UTF-8");
    let length = bytes.len();
    let decoded = decode(bytes, None).text;
    assert!(decoded.len().max(streamed.len()) <= 3 * length);
}
