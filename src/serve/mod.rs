//! Step 10: the same Request and Response over HTTP, for programs ([`api`]), agents ([`mcp`]) and
//! people ([`page`]).
//!
//! ```text
//! GET /                         the search page        GET /api/v1/search         a search, as `--output json`
//! GET /article?id=ID&q=…        one article to read    GET /api/v1/articles/ID    one article, as `show --output json`
//! GET /healthz                  whether it runs        GET /api/v1/status         what is in the archive
//! GET /readyz                   whether it can answer  GET /metrics               what it has done, for Prometheus
//! POST /mcp                     tools for agents (Model Context Protocol)
//! ```
//!
//! The server reads and never writes. [`guard`] says who may ask; [`connections`] are bounded, and so are the questions at the
//! [`desk`]. It prints nothing and logs by `tracing`; [`run`] ends when it is told to.

mod api;
mod body;
mod connections;
mod desk;
mod feed;
mod guard;
mod mcp;
mod origin;
mod page;
mod params;
mod problem;
mod stream;
mod unchanged;

use std::future::Future;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::http::Uri;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use tokio::net::TcpListener;
use tower_http::compression::CompressionLayer;

use desk::Desk;
use guard::Guard;
use origin::Here;
use problem::Problem;

pub use guard::Options;
pub use guard::keys::{Key, KeyFile, Keys, Scope};
pub use guard::origin::Origin;
pub use mcp::converse;

use crate::{Archive, Error, Result};

/// Everything the server answers, to be nested in another program's router, which stands before it: for requests that name
/// this machine as their host.
pub fn router(archive: Archive) -> Router {
    router_with(archive, Options::default())
}

/// The same for other hosts, with keys, limits and more.
pub fn router_with(archive: Archive, options: Options) -> Router {
    guarded(archive, options, (Ipv4Addr::LOCALHOST, 0).into())
}

/// The parts, each of which brings its own paths, and what they have in common.
fn guarded(archive: Archive, options: Options, address: SocketAddr) -> Router {
    let desk = Arc::new(Desk::new(archive));
    let unchanged = from_fn_with_state(desk.clone(), unchanged::check);
    let routes = Router::new()
        .merge(page::routes())
        .merge(api::routes().merge(feed::routes()).layer(unchanged))
        .merge(mcp::routes())
        .layer(from_fn(body::whole))
        .route("/healthz", get(|| async { "ok\n" }))
        .route("/readyz", get(readyz))
        .fallback(nowhere)
        .method_not_allowed_fallback(only_get)
        .layer(CompressionLayer::new());
    Guard::new(address, options).before(routes, desk)
}

/// Takes the address, so that the caller can tell it before the first request: port 0 becomes one that is free.
///
/// # Errors
/// [`Error::Listen`] when another program has it, or it is none of this machine's.
pub async fn listen(address: SocketAddr) -> Result<TcpListener> {
    TcpListener::bind(address)
        .await
        .map_err(|error| Error::Listen { address, error })
}

/// Answers requests until `stop` is done and those under way have been answered, or have been given up after five seconds.
///
/// # Errors
/// [`Error::Io`] when the system takes the listener away.
pub async fn run(
    listener: TcpListener,
    archive: Archive,
    options: Options,
    stop: impl Future<Output = ()>,
) -> Result<()> {
    let most = options.connections;
    let app = guarded(archive, options, listener.local_addr()?);
    connections::serve(listener, app, most, stop).await;
    Ok(())
}

/// Whether the archive can be asked now: `ok`, or the problem.
async fn readyz(State(desk): State<Arc<Desk>>) -> Result<&'static str, Problem> {
    let fresh = desk.ask(Archive::refresh).await;
    fresh.map_err(|error| Problem::not_ready(&error))?;
    Ok("ok\n")
}

/// Every method but GET and HEAD.
async fn only_get() -> Problem {
    Problem::only_get()
}

/// Every other path.
async fn nowhere(uri: Uri, here: Here) -> Response {
    let problem = Problem::nowhere(uri.path());
    if uri.path().starts_with("/api/") {
        problem.into_response()
    } else {
        page::under(&here, page::problem(&problem)).await
    }
}
