//! `cases.txt`: queries as people type them, each with what becomes of it. The file is read by hand, line for line; a
//! change of the language is a change of that file. `MORGUE_WRITE_CASES=1` writes it anew from its queries.

use std::fmt::Write;
use std::path::Path;

use morgue::query::{Context, parse};

use super::{ALL, ANY};

/// `=` canonical form, `~` warning, `!` error, `|` caret, `?` hint.
pub fn outcome(query: &str, context: Context) -> String {
    let mut text = String::new();
    match parse(query, &context) {
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

/// Compares a file of cases with what becomes of them. `outcome` is given the prefix of a line before its `>`, and the
/// query, and knows which prefixes there are.
pub fn check(file: &str, outcome: impl Fn(&str, &str) -> Option<String>) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/query")
        .join(file);
    let written = std::fs::read_to_string(&path).unwrap();
    let mut found = String::new();
    for line in written.lines() {
        let query = line
            .split_once('>')
            .filter(|_| !line.starts_with(['#', '=', '~', '!', '|', '?', '@']));
        let result = query
            .and_then(|(prefix, query)| outcome(prefix, query.strip_prefix(' ').unwrap_or(query)));
        let is_outcome = line.len() > 1 && "=~!|?@".contains(&line[..1]) && !line.starts_with("==");
        match result {
            Some(result) => write!(found, "{line}\n{result}").unwrap(),
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

#[test]
fn every_case_comes_out_as_written() {
    check("cases.txt", |prefix, query| match prefix {
        "" => Some(outcome(query, ALL)),
        "any" => Some(outcome(query, ANY)),
        _ => None,
    });
}
