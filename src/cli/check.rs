//! `morgue check`: whether the index is whole, and what is damaged.

use std::io::Write;
use std::path::Path;

use clap::Args;
use morgue::index;
use morgue::output::json;
use morgue::output::terminal::clean;

use super::show::As;
use super::{Exit, Printer};

/// How many pieces of damage are named in the text; all are in the JSON.
const NAMED: usize = 50;

#[derive(Debug, Args)]
pub(super) struct Check {
    /// What to print
    #[arg(long, short, value_name = "NAME", default_value = "text")]
    output: As,
}

pub(super) fn run(args: &Check, dir: &Path, printer: &Printer) -> anyhow::Result<Exit> {
    let health = index::check(dir)?;
    let mut out = printer.data();
    match args.output {
        As::Text => {
            for damage in health.damage.iter().take(NAMED) {
                writeln!(out, "{}", clean(&damage.to_string()))?;
            }
            if let Some(more) = health.damage.len().checked_sub(NAMED + 1) {
                writeln!(out, "and {} more", more + 1)?;
            }
        }
        As::Json => json::write_line(&mut out, &health)?,
    }
    out.flush()?;
    printer.note(format!(
        "{} files and {} articles checked",
        health.files, health.articles
    ));
    if health.damage.is_empty() {
        return Ok(Exit::Found);
    }
    anyhow::bail!(
        "the index in `{}` is damaged; remove it and index its files again",
        dir.display()
    )
}
