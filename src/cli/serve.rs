//! `morgue serve`: the server, from the command line until it is interrupted.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::Args;
use clap::builder::RangedU64ValueParser;
use morgue::search::Limits;
use morgue::serve::{KeyFile, Options, Origin};
use morgue::{Archive, serve};

use super::interrupt::interrupted;
use super::log::{self, Log};
use super::{Exit, Printer, values};

/// The port when none is given.
const PORT: u16 = 7878;
/// How many requests a second one client may make of a server that others can reach.
const RATE: u32 = 20;

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  morgue serve
  morgue serve --listen 0.0.0.0:7878 --keys keys.json
  morgue serve --host archive.example --proxy 127.0.0.1 --log json

Other machines are let in with keys (`morgue key add NAME`), or with --public. README tells how to put a proxy with TLS before it.")]
pub(super) struct Serve {
    /// Listen on this address; others than 127.0.0.1 let other machines in, and want --keys or --public
    #[arg(long, value_name = "ADDRESS:PORT")]
    listen: Option<SocketAddr>,
    /// Listen on this port of 127.0.0.1 (default 7878); 0 takes any that is free
    #[arg(long, value_name = "N", conflicts_with = "listen")]
    port: Option<u16>,
    /// Answer only requests with a key of this file
    #[arg(long, value_name = "FILE", env = "MORGUE_KEYS")]
    keys: Option<PathBuf>,
    /// Let everybody read who can reach the address
    #[arg(long)]
    public: bool,
    /// Answer to this name too, besides localhost and addresses; again for another one
    #[arg(long, value_name = "NAME", value_parser = values::host)]
    host: Vec<String>,
    /// Let scripts of this site read the answers, for example https://desk.example; again for another one
    #[arg(long, value_name = "ORIGIN")]
    cors: Vec<Origin>,
    /// Believe this proxy when it says for whom it asks, and how (X-Forwarded-For, -Proto, -Prefix); again for another one
    #[arg(long, value_name = "ADDRESS")]
    proxy: Vec<IpAddr>,
    /// How many requests a second one client may make; 0 is any number (default 20, and any number on 127.0.0.1)
    #[arg(long, value_name = "N")]
    rate: Option<u32>,
    /// How many connections may be open at once
    #[arg(long, value_name = "N", default_value = "1024", value_parser = RangedU64ValueParser::<usize>::new().range(1..=1_000_000))]
    connections: usize,
    /// What is logged on stderr; queries never are
    #[arg(long, value_enum, value_name = "HOW", default_value = "failures")]
    log: Log,
    /// Give up a search after so many seconds; 0 is never
    #[arg(long, value_name = "SECONDS", default_value = "10", value_parser = values::time)]
    timeout: Limits,
}

pub(super) fn run(args: &Serve, dir: &Path, printer: &Printer) -> anyhow::Result<Exit> {
    let local = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), args.port.unwrap_or(PORT));
    let address = args.listen.unwrap_or(local);
    let options = options(args, address)?;
    let archive = Archive::open(dir)?.with_limits(args.timeout);
    log::begin(args.log);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    let served = runtime.block_on(async {
        let listener = serve::listen(address).await?;
        let address = listener.local_addr()?;
        // Taken before the address is told: whoever reads it may already end us.
        let stop = interrupted()?;
        printer.always(format!("listening on http://{address}"));
        if !address.ip().is_loopback() && args.keys.is_none() {
            printer.warning("everybody who can reach this address can read the archive");
        }
        serve::run(listener, archive, options, stop).await
    });
    // A search that is still under way must not hold up the end.
    runtime.shutdown_timeout(Duration::from_millis(100));
    served?;
    Ok(Exit::Found)
}

/// Who may ask, as it was said. Nobody else's machine gets in by an oversight.
fn options(args: &Serve, address: SocketAddr) -> morgue::Result<Options> {
    let is_local = address.ip().is_loopback();
    if !is_local && args.keys.is_none() && !args.public {
        return Err(morgue::Error::Invalid {
            what: "--listen".into(),
            why: format!(
                "other machines could read the archive at {address}; give --keys FILE (made by `morgue key add NAME`), or --public if everybody may"
            ),
        });
    }
    let usual = if is_local { 0 } else { RATE };
    Ok(Options {
        keys: args.keys.as_deref().map(KeyFile::open).transpose()?,
        hosts: args.host.clone(),
        origins: args.cors.clone(),
        proxies: args.proxy.clone(),
        rate: args.rate.unwrap_or(usual),
        connections: args.connections,
    })
}
