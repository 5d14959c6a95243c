//! `morgue formats`: the formats that are read, from the table of formats.

use std::io::Write;

use clap::Args;
use morgue::format::FORMATS;

use super::{Exit, Printer};

#[derive(Debug, Args)]
pub(super) struct Formats {}

pub(super) fn run(_: &Formats, printer: &Printer) -> anyhow::Result<Exit> {
    let mut out = printer.data();
    let width = FORMATS
        .iter()
        .map(|format| format.name.len())
        .max()
        .unwrap_or(0);
    for format in FORMATS {
        writeln!(out, "{:<width$}  {}", format.name, format.help)?;
    }
    out.flush()?;
    Ok(Exit::Found)
}
