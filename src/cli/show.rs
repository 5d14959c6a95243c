//! `morgue show`: one whole article, to read or as JSON.

use std::io::Write;
use std::path::Path;

use clap::{Args, ValueEnum};
use morgue::Archive;
use morgue::output::{json, write_article};

use super::{Exit, Printer};

#[derive(Debug, Args)]
pub(super) struct Show {
    /// The id of the article, as `morgue search` prints it
    #[arg(allow_hyphen_values = true)]
    id: String,
    /// What to print
    #[arg(long, short, value_name = "NAME", default_value = "text")]
    output: As,
}

/// How one thing is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum As {
    /// For reading
    Text,
    /// One JSON object
    Json,
}

pub(super) fn run(args: &Show, dir: &Path, printer: &Printer) -> anyhow::Result<Exit> {
    let article = Archive::open(dir)?.article(&args.id)?;
    let mut out = printer.data();
    match args.output {
        As::Text => write_article(&mut out, &article, printer.look())?,
        As::Json => json::write_line(&mut out, &article)?,
    }
    out.flush()?;
    Ok(Exit::Found)
}
