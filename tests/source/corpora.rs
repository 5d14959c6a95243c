//! Real archives, where they are at hand: every file is opened and read to its end, nothing panics, nothing is lost.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::Path;

use morgue::source::{Limits, decode, looks_binary, open, reason_of, walk};

#[test]
fn every_file_of_the_corpora_is_read() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpora");
    if !root.is_dir() {
        eprintln!("skipped: no corpora at hand");
        return;
    }
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let mut count = |what: String| *counts.entry(what).or_default() += 1;
    let (mut files, mut members, mut bytes_read) = (0, 0, 0);
    for entry in walk(&root) {
        files += 1;
        let found = match entry {
            Ok(found) => found,
            Err((file, rejection)) => {
                count(format!("walk {}: {file}", rejection.reason));
                continue;
            }
        };
        let mut said = 0;
        open(&found, &Limits::default(), &mut |member| {
            said += 1;
            match member {
                Ok(member) => {
                    members += 1;
                    let mut bytes = Vec::new();
                    if let Err(error) = member.bytes.read_to_end(&mut bytes) {
                        count(format!(
                            "read {}: {} {error}",
                            reason_of(&error),
                            member.file
                        ));
                    }
                    bytes_read += bytes.len();
                    let head = &bytes[..bytes.len().min(65536)];
                    if looks_binary(head) {
                        count(format!("binary: {}", member.file));
                    } else {
                        let decoded = decode(bytes, None);
                        let clean = if decoded.clean { "" } else { " with errors" };
                        count(format!("{}{clean}", decoded.encoding));
                    }
                }
                Err((file, it)) => count(format!("open {}: {file}: {}", it.reason, it.detail)),
            }
            ControlFlow::Continue(())
        });
        assert!(said > 0, "nothing said of {}", found.file);
    }
    eprintln!("{files} files, {members} members, {bytes_read} bytes");
    for (what, count) in counts {
        eprintln!("{count:6} {what}");
    }
    assert!(members > 0);
}
