//! `dialects.txt`: queries as librarians type them for other archives, each with what becomes of it here, and how it is
//! written in every dialect. Read by hand, as `cases.txt` is.

use std::fmt::Write;

use morgue::query::dialect::in_every_dialect;
use morgue::query::{Context, Dialect, parse};

use super::{ALL, cases};

fn context(dialect: Dialect) -> Context {
    Context { dialect, ..ALL }
}

/// As of `cases.txt`, and `@` how a dialect writes it, with its notes.
fn outcome(dialect: Dialect, query: &str) -> String {
    let context = context(dialect);
    let mut text = cases::outcome(query, context);
    if let Ok(parsed) = parse(query, &context) {
        for written in in_every_dialect(&parsed.tree) {
            if written.dialect == Dialect::Morgue {
                continue;
            }
            let query = written.text.as_deref().unwrap_or("-");
            writeln!(text, "@ {}: {query}", written.dialect).unwrap();
            for note in written.notes {
                writeln!(text, "@   {note}").unwrap();
            }
        }
    }
    text
}

#[test]
fn every_query_comes_out_as_written() {
    cases::check("dialects.txt", |prefix, query| {
        let dialect = prefix.parse().ok()?;
        Some(outcome(dialect, query))
    });
}
