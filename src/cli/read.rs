//! `morgue read`: what the formats make of files, as JSON Lines, or how they are made of them. Needs no index and makes none.

use std::io::Write;
use std::ops::ControlFlow;
use std::path::PathBuf;

use clap::Args;
use morgue::intake::{self, Ledger};
use morgue::output::json;

use super::reading::Reading;
use super::{Exit, Printer, explained, ledger};

#[derive(Debug, Args)]
pub(super) struct Read {
    /// Files and folders; archives and compressed files are opened
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Tell, instead, which format was recognised and why, and where each field was found
    #[arg(long)]
    explain: bool,
    /// With --explain: how many records of each file are told
    #[arg(long, value_name = "N", default_value_t = 3, requires = "explain")]
    limit: usize,
    #[command(flatten)]
    reading: Reading,
}

pub(super) fn run(args: &Read, printer: &Printer) -> anyhow::Result<Exit> {
    if args.explain {
        let options = args.reading.options();
        return explained::run(&args.paths, &options, args.limit, printer);
    }
    let mut out = printer.data();
    let mut ledger = Ledger::new(args.reading.report()?.next());
    let mut written = Ok(());
    intake::read(
        &args.paths,
        &args.reading.options(),
        &mut ledger,
        &mut |article| {
            written = json::write_line(&mut out, &article);
            if written.is_ok() {
                ControlFlow::Continue(())
            } else {
                ControlFlow::Break(())
            }
        },
    )?;
    written?;
    out.flush()?;
    ledger::tell(&ledger, args.reading.is_reported(), printer);
    Ok(Exit::found(ledger.records.accepted > 0))
}
