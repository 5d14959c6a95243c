//! `morgue status`: what is in the index, from when to when, in which languages, how large, how old.

use std::io::{self, Write};
use std::path::Path;

use clap::Args;
use morgue::Archive;
use morgue::index;
use morgue::output::json;
use morgue::output::terminal::clean;
use morgue::search::FacetCount;

use super::show::As;
use super::{Exit, Printer};

/// How many languages and publications are named.
const NAMED: usize = 8;

#[derive(Debug, Args)]
pub(super) struct Status {
    /// What to print
    #[arg(long, short, value_name = "NAME", default_value = "text")]
    output: As,
}

pub(super) fn run(args: &Status, dir: &Path, printer: &Printer) -> anyhow::Result<Exit> {
    let status = Archive::open(dir)?.status()?;
    let mut out = printer.data();
    match args.output {
        As::Text => write_status(&mut out, &status)?,
        As::Json => json::write_line(&mut out, &status)?,
    }
    out.flush()?;
    Ok(Exit::Found)
}

fn write_status(out: &mut dyn Write, status: &index::Status) -> io::Result<()> {
    let mut line = |name: &str, value: &str| {
        if value.is_empty() {
            Ok(())
        } else {
            writeln!(out, "{name:<13} {}", clean(value))
        }
    };
    let dates = match (&status.first_date, &status.last_date) {
        (Some(first), Some(last)) => format!("{first} to {last}, {} undated", status.undated),
        _ => format!("{} undated", status.undated),
    };
    line(
        "index",
        &format!(
            "{} (format {})",
            status.path.display(),
            status.format_version
        ),
    )?;
    line("articles", &status.articles.to_string())?;
    line("files", &status.files.to_string())?;
    line("rejected", &status.rejected.to_string())?;
    line("dates", &dates)?;
    line("languages", &named(&status.languages))?;
    line("sources", &named(&status.sources))?;
    line("size", &megabytes(status.bytes))?;
    let indexed = status.last_indexed.as_ref().map(ToString::to_string);
    line("last indexed", &indexed.unwrap_or_default())
}

/// The first few of a list of counts, as they come.
fn named(counts: &[FacetCount]) -> String {
    let mut named: Vec<String> = counts
        .iter()
        .take(NAMED)
        .map(|FacetCount { value, count }| format!("{value} {count}"))
        .collect();
    if counts.len() > NAMED {
        named.push(format!("and {} more", counts.len() - NAMED));
    }
    named.join(", ")
}

/// A size in units of 1,000,000 bytes.
fn megabytes(bytes: u64) -> String {
    format!("{}.{} MB", bytes / 1_000_000, bytes / 100_000 % 10)
}
