//! Step 10: the same Request and Response over HTTP, for programs ([`api`]), agents ([`mcp`]) and
//! people ([`page`]).
//!
//! ```text
//! GET /                         the search page        GET /api/v1/search         a search, as `--output json`
//! GET /article?id=ID&q=…        one article to read    GET /api/v1/articles/ID    one article, as `show --output json`
//! GET /healthz                  whether it can answer  GET /api/v1/status         what is in the archive
//! POST /mcp                     tools for agents (Model Context Protocol)
//! ```
//!
//! The server reads and never writes. It has no login: it listens on this machine, and [`host`] refuses requests that a
//! foreign page has smuggled here. It prints nothing; [`run`] ends when it is told to.

mod api;
mod desk;
mod host;
mod mcp;
mod page;
mod params;
mod problem;

use std::future::Future;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderName, HeaderValue, Uri};
use axum::middleware::{from_fn, map_response};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use tokio::net::TcpListener;

use desk::Desk;
use host::Hosts;
pub use mcp::converse;
use problem::Problem;

use crate::{Archive, Error, Result};

/// How long requests that are under way may take to finish once the server is told to stop.
const GRACE: Duration = Duration::from_secs(5);

/// Sent with every answer: nothing is loaded from elsewhere, no script runs, no other site may frame or read it.
const HEADERS: &[(&str, &str)] = &[
    (
        "content-security-policy",
        "default-src 'none'; style-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    ),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-resource-policy", "same-origin"),
    ("cache-control", "no-cache"),
];

/// Everything the server answers, for requests that name this machine as their host.
pub fn router(archive: Archive) -> Router {
    routes(archive, Hosts::Loopback)
}

/// The parts, each of which brings its own paths, and what they have in common.
fn routes(archive: Archive, hosts: Hosts) -> Router {
    Router::new()
        .merge(page::routes())
        .merge(api::routes())
        .merge(mcp::routes())
        .route("/healthz", get(healthz))
        .fallback(nowhere)
        .method_not_allowed_fallback(only_get)
        .with_state(Arc::new(Desk::new(archive)))
        .layer(from_fn(move |request, next| {
            host::check(hosts, request, next)
        }))
        .layer(map_response(with_headers))
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
    stop: impl Future<Output = ()> + Send + 'static,
) -> Result<()> {
    let app = routes(archive, Hosts::for_listener(listener.local_addr()?));
    let (stopping, stopped) = tokio::sync::oneshot::channel();
    let server = axum::serve(listener, app).with_graceful_shutdown(async move {
        stop.await;
        // The receiver is gone only when the server is.
        let _ = stopping.send(());
    });
    let given_up = async {
        if stopped.await.is_ok() {
            tokio::time::sleep(GRACE).await;
        } else {
            std::future::pending::<()>().await;
        }
    };
    tokio::select! {
        done = server.into_future() => Ok(done?),
        () = given_up => Ok(()),
    }
}

async fn with_headers(mut response: Response) -> Response {
    for (name, value) in HEADERS {
        response.headers_mut().insert(
            HeaderName::from_static(name),
            HeaderValue::from_static(value),
        );
    }
    response
}

/// Whether the archive can be read: `ok`, or the problem.
async fn healthz(State(desk): State<Arc<Desk>>) -> Result<&'static str, Problem> {
    desk.ask(Archive::refresh).await?;
    Ok("ok\n")
}

/// Every method but GET and HEAD.
async fn only_get() -> Problem {
    Problem::only_get()
}

/// Every other path.
async fn nowhere(uri: Uri) -> Response {
    let problem = Problem::nowhere(uri.path());
    if uri.path().starts_with("/api/") {
        problem.into_response()
    } else {
        page::problem(&problem)
    }
}
