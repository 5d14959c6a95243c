//! Whatever is packed in a file: opening it ends, every member has a name, what is left out has a reason, and the limits hold.
#![no_main]

use std::io::Read;
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
    let bytes = &bytes[..bytes.len().min(MOST)];
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
