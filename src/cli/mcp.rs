//! `morgue mcp`: the archive for an agent that starts this program and speaks with it over stdin and stdout. stdout carries the
//! protocol and nothing else.

use std::path::Path;
use std::time::Duration;

use clap::Args;
use morgue::search::Limits;
use morgue::{Archive, serve};

use super::interrupt::interrupted;
use super::{Exit, Printer, values};

#[derive(Debug, Args)]
pub(super) struct Mcp {
    /// Give up a search after so many seconds; 0 is never
    #[arg(long, value_name = "SECONDS", default_value = "10", value_parser = values::time)]
    timeout: Limits,
}

pub(super) fn run(args: &Mcp, dir: &Path, printer: &Printer) -> anyhow::Result<Exit> {
    let archive = Archive::open(dir)?.with_limits(args.timeout);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    let ended = runtime.block_on(async {
        let stop = interrupted()?;
        printer.note(format!(
            "speaking MCP over stdin and stdout; the index is {}",
            dir.display()
        ));
        serve::converse(archive, tokio::io::stdin(), tokio::io::stdout(), stop).await
    });
    // The thread that waits for stdin would wait for ever.
    runtime.shutdown_timeout(Duration::from_millis(100));
    ended?;
    Ok(Exit::Found)
}
