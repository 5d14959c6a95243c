//! The house is kept: what `src/README.md` says of the code's structure is so.

use std::fs;
use std::path::{Path, PathBuf};

use morgue::format::FORMATS;
use morgue::output::OUTPUTS;
use morgue::query::{Context, Dialect, FIELDS, OPERATORS, parse};
use morgue::search::Match;

/// Every Rust file below a folder of the repository, by its path from there, with its text.
fn files(folder: &str) -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (mut found, mut open) = (Vec::new(), vec![root.join(folder)]);
    while let Some(path) = open.pop() {
        if path.is_dir() {
            let entries = fs::read_dir(&path)
                .unwrap()
                .map(|entry| entry.unwrap().path());
            open.extend(entries);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let name: PathBuf = path.strip_prefix(root).unwrap().into();
            found.push((
                name.to_str().unwrap().replace('\\', "/"),
                fs::read_to_string(&path).unwrap(),
            ));
        }
    }
    found.sort();
    assert!(!found.is_empty());
    found
}

/// The lines of a file that are code: comments name what they like.
fn code(text: &str) -> impl Iterator<Item = &str> {
    text.lines()
        .map(|line| line.split("//").next().unwrap_or_default())
}

#[test]
fn every_file_says_what_it_is() {
    for (file, text) in files("src").into_iter().chain(files("tests")) {
        let first = text.lines().next().unwrap_or_default();
        let says =
            first.starts_with("//! ") || (file == "src/lib.rs" && first.contains("README.md"));
        assert!(says, "{file} begins without `//!`");
    }
}

#[test]
fn no_file_has_more_than_500_lines() {
    for (file, text) in files("src").into_iter().chain(files("tests")) {
        let lines = text.lines().count();
        assert!(
            lines <= 500,
            "{file} has {lines} lines: two things live in one room"
        );
    }
}

/// A crate, and the files that may name it.
const WALLS: &[(&str, &[&str])] = &[
    ("tantivy", &["src/error.rs", "src/index/", "src/search/"]),
    ("tantivy_fst", &["src/search/"]),
    ("clap", &["src/cli/", "src/main.rs"]),
    ("fs4", &["src/index/reading.rs"]),
    ("anyhow", &["src/cli/"]),
    ("indicatif", &["src/cli/progress.rs"]),
    ("anstream", &["src/cli/printer.rs"]),
    ("axum", &["src/serve/", "src/error.rs"]),
    ("tower_http", &["src/serve/"]),
    ("futures_core", &["src/serve/"]),
    (
        "tokio",
        &[
            "src/serve/",
            "src/cli/serve.rs",
            "src/cli/mcp.rs",
            "src/cli/interrupt.rs",
        ],
    ),
    ("rmcp", &["src/serve/mcp/"]),
    ("walkdir", &["src/source/"]),
    ("flate2", &["src/source/"]),
    ("liblzma", &["src/source/"]),
    ("bzip2", &["src/source/"]),
    ("zip", &["src/source/"]),
    ("tar", &["src/source/"]),
    ("brotli_decompressor", &["src/source/"]),
    ("chardetng", &["src/source/"]),
    // What is read record by record, and what is walked to and fro as a whole.
    ("quick_xml", &["src/format/xml/", "src/format/scan/tree.rs"]),
    ("csv", &["src/format/", "src/output/"]),
    ("mail_parser", &["src/format/mail"]),
    ("dom_query", &["src/format/"]),
    ("whatlang", &["src/text/language"]),
    ("frostem", &["src/text/analysis/stem.rs"]),
    ("crossbeam_channel", &["src/intake/"]),
    ("ureq", &["src/alert/deliver/webhook.rs"]),
    ("shlex", &["src/cli/watch/"]),
];

#[test]
fn crates_are_named_only_where_they_belong() {
    for (file, text) in files("src") {
        for (name, places) in WALLS {
            let path = format!("{name}::");
            let named = code(&text).any(|line| {
                line.match_indices(&path).any(|(at, _)| {
                    // `super::zip::` and `crate::…::tar::` are our own.
                    !line[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':')
                })
            });
            let allowed = places.iter().any(|place| file.starts_with(place));
            assert!(!named || allowed, "{file} names {name}");
        }
    }
}

/// A module, and what it knows nothing of.
const IGNORANCE: &[(&str, &[&str])] = &[
    (
        "src/article.rs",
        &[
            "crate::source",
            "crate::format",
            "crate::index",
            "crate::search",
        ],
    ),
    (
        "src/text/",
        &[
            "crate::source",
            "crate::format",
            "crate::index",
            "crate::search",
            "crate::query",
        ],
    ),
    (
        "src/format/",
        &[
            "crate::index",
            "crate::search",
            "crate::query",
            "crate::intake",
            "std::fs",
        ],
    ),
    (
        "src/query/",
        &[
            "crate::index",
            "crate::source",
            "crate::format",
            "crate::intake",
            "std::fs",
        ],
    ),
    (
        "src/intake/",
        &["crate::search", "crate::query", "crate::index"],
    ),
    (
        "src/output/",
        &["crate::index", "crate::source", "crate::format"],
    ),
    ("src/index/", &["crate::alert"]),
    ("src/search/", &["crate::alert", "crate::output"]),
    ("src/alert/", &["crate::serve", "crate::source", "tantivy"]),
];

#[test]
fn modules_know_only_what_comes_before_them() {
    for (file, text) in files("src") {
        for (module, unknown) in IGNORANCE
            .iter()
            .filter(|(module, _)| file.starts_with(module))
        {
            for name in *unknown {
                let known = code(&text).find(|line| line.contains(&format!("{name}::")));
                assert!(
                    known.is_none(),
                    "{module} knows nothing of {name}, but {file} says: {}",
                    known.unwrap_or_default()
                );
            }
        }
    }
}

#[test]
fn the_library_prints_nothing_and_never_exits() {
    for (file, text) in files("src")
        .iter()
        .filter(|(file, _)| !file.starts_with("src/cli/") && file != "src/main.rs")
    {
        for word in ["println!", "eprintln!", "print!(", "process::exit", "dbg!"] {
            assert!(
                !code(text).any(|line| line.contains(word)),
                "{file} says {word}"
            );
        }
    }
}

#[test]
fn below_an_index_all_is_written_through_one_layer() {
    // A note that only a message depends on.
    let exempt = ["src/index/disk.rs", "src/index/holder.rs"];
    for (file, text) in files("src/index").into_iter().chain(files("src/alert")) {
        for word in [
            "fs::rename",
            "fs::remove",
            "fs::write",
            "fs::create",
            "fs::copy",
            "File::create",
        ] {
            let text = text.split("#[cfg(test)]").next().unwrap_or_default();
            let said = code(text).any(|line| line.contains(word));
            assert!(
                !said || exempt.contains(&file.as_str()),
                "{file} says {word}"
            );
        }
    }
}

#[test]
fn every_row_of_a_table_has_help_and_a_true_example() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for format in FORMATS {
        assert!(!format.help.is_empty(), "format {}", format.name);
        let fixtures = root.join("tests/format").join(format.name);
        assert!(
            fixtures.is_dir(),
            "format {} has no fixtures in {}",
            format.name,
            fixtures.display()
        );
    }
    for output in OUTPUTS {
        assert!(!output.help.is_empty(), "output {}", output.name);
    }
    let context = Context {
        matching: Match::All,
        today: chrono::NaiveDate::default(),
        dialect: Dialect::Morgue,
    };
    let operators = OPERATORS
        .iter()
        .map(|row| (row.name, row.help, row.example));
    for (name, help, example) in
        operators.chain(FIELDS.iter().map(|row| (row.name, row.help, row.example)))
    {
        assert!(!help.is_empty(), "{name}");
        let parsed = parse(example, &context);
        assert!(
            parsed
                .as_ref()
                .is_ok_and(|parsed| parsed.warnings.is_empty()),
            "{name}: {example}"
        );
    }
}

#[test]
fn the_top_level_holds_what_it_may() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let allowed = [
        "Cargo.toml",
        "Cargo.lock",
        "LICENSE",
        "README.md",
        "src",
        "index",
        "tests",
        "sample-corpus",
        "target",
    ];
    for entry in fs::read_dir(root).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(
            name.starts_with('.') || allowed.contains(&name.as_str()),
            "{name} at the top level"
        );
    }
}
