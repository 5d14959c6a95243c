//! `morgue serve`: the server, from the command line until it is interrupted.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::Path;
use std::time::Duration;

use clap::Args;
use morgue::search::Limits;
use morgue::{Archive, serve};

use super::interrupt::interrupted;
use super::{Exit, Printer, values};

/// The port when none is given.
const PORT: u16 = 7878;

#[derive(Debug, Args)]
pub(super) struct Serve {
    /// Listen on this address; others than 127.0.0.1 let other machines in, and there is no login
    #[arg(long, value_name = "ADDRESS:PORT")]
    listen: Option<SocketAddr>,
    /// Listen on this port of 127.0.0.1 (default 7878); 0 takes any that is free
    #[arg(long, value_name = "N", conflicts_with = "listen")]
    port: Option<u16>,
    /// Give up a search after so many seconds; 0 is never
    #[arg(long, value_name = "SECONDS", default_value = "10", value_parser = values::time)]
    timeout: Limits,
}

pub(super) fn run(args: &Serve, dir: &Path, printer: &Printer) -> anyhow::Result<Exit> {
    let local = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), args.port.unwrap_or(PORT));
    let address = args.listen.unwrap_or(local);
    let archive = Archive::open(dir)?.with_limits(args.timeout);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    let served = runtime.block_on(async {
        let listener = serve::listen(address).await?;
        let address = listener.local_addr()?;
        // Taken before the address is told: whoever reads it may already end us.
        let stop = interrupted()?;
        printer.always(format!("listening on http://{address}"));
        if !address.ip().is_loopback() {
            printer.warning("other machines can read this archive, and there is no login");
        }
        serve::run(listener, archive, stop).await
    });
    // A search that is still under way must not hold up the end.
    runtime.shutdown_timeout(Duration::from_millis(100));
    served?;
    Ok(Exit::Found)
}
