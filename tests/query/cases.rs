//! `cases.txt`: queries as people type them, each with what becomes of it. The file is read by hand, line for line; a
//! change of the language is a change of that file. `MORGUE_WRITE_CASES=1` writes it anew from its queries.

use std::fmt::Write;
use std::path::Path;

use morgue::query::parse;

use super::{ALL, ANY};

/// `>` query, `any>` query with `--match any`; `=` canonical form, `~` warning, `!` error, `|` caret, `?` hint.
fn outcome(query: &str, any: bool) -> String {
    let mut text = String::new();
    match parse(query, if any { &ANY } else { &ALL }) {
        Ok(parsed) => {
            writeln!(text, "= {}", parsed.tree).unwrap();
            for warning in parsed.warnings {
                let place: String = query
                    .chars()
                    .take(warning.span.end)
                    .skip(warning.span.start)
                    .collect();
                writeln!(text, "~ [{place}] {}", warning.message).unwrap();
            }
        }
        Err(error) => {
            writeln!(text, "! {error}").unwrap();
            for line in error.caret().lines() {
                writeln!(text, "| {line}").unwrap();
            }
            if let Some(hint) = error.hint {
                writeln!(text, "? {hint}").unwrap();
            }
        }
    }
    text
}

#[test]
fn every_case_comes_out_as_written() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/query/cases.txt");
    let written = std::fs::read_to_string(&path).unwrap();
    let mut found = String::new();
    for line in written.lines() {
        let query = line.strip_prefix("any>").or_else(|| line.strip_prefix('>'));
        let is_outcome = line.len() > 1 && "=~!|?".contains(&line[..1]) && !line.starts_with("==");
        match query {
            Some(query) => {
                let query = query.strip_prefix(' ').unwrap_or(query);
                write!(found, "{line}\n{}", outcome(query, line.starts_with("any"))).unwrap();
            }
            None if is_outcome => {}
            None => writeln!(found, "{line}").unwrap(),
        }
    }
    if std::env::var_os("MORGUE_WRITE_CASES").is_some() {
        std::fs::write(&path, &found).unwrap();
        return;
    }
    let differs = written.lines().zip(found.lines()).find(|(a, b)| a != b);
    assert_eq!(differs, None, "left: as written, right: as it comes out");
    assert_eq!(written, found);
}
