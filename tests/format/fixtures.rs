//! Every row of the table of formats reads its own fixtures: `tests/format/NAME/*`, with a snapshot of what comes out.
//!
//! The stories are invented. A new format needs a folder with at least one file.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use morgue::format::{FORMATS, Head, Record, sniff};
use morgue::source::{Beside, Found};

use super::read_beside;

/// The fixtures of a format, by name.
pub(super) fn fixtures(format: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/format")
        .join(format);
    let mut files: Vec<_> = std::fs::read_dir(&folder)
        .unwrap_or_else(|_| panic!("`{}` has no fixtures", folder.display()))
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            path.extension()
                .is_some_and(|end| !["snap", "new", "rs"].iter().any(|other| end == *other))
        })
        .collect();
    files.sort();
    files
}

/// The name of a fixture, its bytes, and what lies beside it.
pub(super) fn opened(path: &Path) -> (String, Vec<u8>, Beside) {
    let bytes = std::fs::read(path).unwrap();
    let name = path.file_name().unwrap().to_string_lossy().to_lowercase();
    let beside = Beside::of(&Found {
        path: path.to_owned(),
        file: name.clone(),
        size: bytes.len() as u64,
        modified: None,
        changed: None,
    });
    (name, bytes, beside)
}

/// What was read, without what is empty.
fn shown(records: &[Record]) -> String {
    let mut out = String::new();
    for record in records {
        match record {
            Ok(draft) => {
                let article = serde_json::to_value(&draft.article).unwrap();
                for (name, value) in article.as_object().unwrap() {
                    let empty = value.is_null()
                        || *value == ""
                        || *value == 0
                        || value.as_array().is_some_and(Vec::is_empty);
                    if !empty {
                        writeln!(out, "{name}: {value}").unwrap();
                    }
                }
                let embargo = draft.embargo.clone().transpose().unwrap();
                for (name, date) in [
                    ("date", draft.date),
                    ("updated", draft.updated),
                    ("embargo", embargo),
                ] {
                    if let Some(date) = date {
                        writeln!(out, "{name}: {date:?}").unwrap();
                    }
                }
            }
            Err(rejection) => writeln!(out, "{}: {}", rejection.reason, rejection.detail).unwrap(),
        }
        out.push_str("---\n");
    }
    out
}

#[test]
fn fixtures_are_read_as_they_were() {
    for format in FORMATS {
        let files = fixtures(format.name);
        assert!(!files.is_empty(), "{} has no fixture", format.name);
        for path in files {
            let (name, bytes, beside) = opened(&path);
            let records = read_beside(format.name, &name, &bytes, &beside);
            insta::with_settings!({
                snapshot_path => path.parent().unwrap(),
                prepend_module_to_snapshot => false,
                omit_expression => true,
            }, {
                insta::assert_snapshot!(name.as_str(), shown(&records));
            });
        }
    }
}

#[test]
fn fixtures_are_recognised_with_and_without_their_names() {
    for format in FORMATS {
        for path in fixtures(format.name) {
            let bytes = std::fs::read(&path).unwrap();
            let name = path.file_name().unwrap().to_string_lossy().to_lowercase();
            for name in [name.as_str(), "file"] {
                let head = Head {
                    bytes: &bytes,
                    text: &String::from_utf8_lossy(&bytes),
                    whole: true,
                    name,
                };
                let found = sniff(&head).map(|(found, _)| found.name);
                assert_eq!(found, Some(format.name), "{} as {name}", path.display());
            }
        }
    }
}
