//! Between the network and the routes: who may ask, from where, how often; and the account of what was asked.
//!
//! ```text
//! request → a number, the clock → host → origin → key → rate → (CORS) → routes → headers → log, figures
//!                              └ what refuses here is counted by the rate, too
//! ```
//!
//! Everything that refuses stands before the first look at the archive. It knows no route but by its path, and no query: what
//! people search for is in no log.

mod client;
mod figures;
mod host;
pub(super) mod keys;
pub(super) mod origin;
mod rate;

use std::net::{IpAddr, SocketAddr};
use std::num::NonZeroU32;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Instant, SystemTime};

use axum::Router;
use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use tower_http::cors::CorsLayer;

use super::desk::Desk;
use super::problem::Problem;
use crate::Archive;
use figures::Figures;
use host::Hosts;
use keys::{KeyFile, Scope};
use origin::Origin;
use rate::{Counted, Rate};

/// The number of a request, in its answer and in the log.
const NUMBER: HeaderName = HeaderName::from_static("x-request-id");

/// What clients of MCP tell with each request.
const PROTOCOL: HeaderName = HeaderName::from_static("mcp-protocol-version");

/// What only a trusted proxy can say: how its client came, and below which path it has this server.
const FORWARDED: [&str; 2] = ["x-forwarded-proto", "x-forwarded-prefix"];

/// Sent with every answer: nothing is loaded from elsewhere, no script runs but the page's own and it makes no markup of text,
/// no other site may frame or read it.
const HEADERS: &[(&str, &str)] = &[
    (
        "content-security-policy",
        "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; form-action 'self'; \
         base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
    ),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-resource-policy", "same-origin"),
    ("cache-control", "no-cache"),
];

/// Who may ask a server, and how much.
#[derive(Debug)]
pub struct Options {
    /// The keys, one of which every request must have; none are asked for without a file.
    pub keys: Option<KeyFile>,
    /// Names of hosts it answers to, besides `localhost` and addresses.
    pub hosts: Vec<String>,
    /// Sites whose scripts may read what is answered.
    pub origins: Vec<Origin>,
    /// Addresses of proxies that are believed when they say for whom they ask.
    pub proxies: Vec<IpAddr>,
    /// How many requests a second one client may make; 0 is any number.
    pub rate: u32,
    /// How many connections may be open at once. At least 1.
    pub connections: usize,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            keys: None,
            hosts: Vec::new(),
            origins: Vec::new(),
            proxies: Vec::new(),
            rate: 0,
            connections: 1024,
        }
    }
}

/// What stands before the routes.
pub(super) struct Guard {
    options: Options,
    hosts: Hosts,
    rate: Option<Rate>,
    figures: Figures,
    numbers: Numbers,
}

impl Guard {
    pub(super) fn new(listener: SocketAddr, options: Options) -> Self {
        Guard {
            hosts: Hosts::new(listener, &options.hosts),
            rate: NonZeroU32::new(options.rate).map(Rate::new),
            figures: Figures::new(),
            numbers: Numbers::new(),
            options,
        }
    }

    /// Puts itself before the routes.
    pub(super) fn before(self, routes: Router<Arc<Desk>>, desk: Arc<Desk>) -> Router {
        let guard = Arc::new(self);
        let figures = Router::new()
            .route("/metrics", get(metrics))
            .with_state((Arc::clone(&desk), Arc::clone(&guard)));
        let origins = guard.options.origins.iter().map(Origin::value);
        let origins: Vec<_> = origins.collect();
        let cors = CorsLayer::new()
            .allow_origin(origins)
            .allow_methods([Method::GET, Method::POST])
            .allow_headers([
                header::AUTHORIZATION,
                header::CONTENT_TYPE,
                header::IF_NONE_MATCH,
                PROTOCOL,
            ])
            .expose_headers([header::ETAG, header::LINK, header::RETRY_AFTER, NUMBER]);
        let mut app = routes.with_state(desk).merge(figures);
        if !guard.options.origins.is_empty() {
            app = app.layer(cors);
        }
        app.layer(from_fn_with_state(guard, pass))
    }

    /// Whether the request may be answered; the name of its key. Who is refused has asked, too: guessing keys has its rate.
    fn admit(&self, request: &Request) -> Result<Option<String>, Box<Problem>> {
        let known = self.known(request);
        if let Some(rate) = &self.rate {
            let counted = if let Ok(Some(name)) = &known {
                Counted::Key(name.clone())
            } else {
                let address = client::address(request, &self.options.proxies);
                Counted::Address(client::household(address))
            };
            rate.count(&counted).map_err(Problem::too_often)?;
        }
        known
    }

    /// Whether host, site and key are right; the name of the key.
    fn known(&self, request: &Request) -> Result<Option<String>, Box<Problem>> {
        let (headers, target) = (request.headers(), request.uri());
        if !self.hosts.are_named(headers, target) {
            return Err(Problem::foreign_host().into());
        }
        if !origin::is_welcome(headers, target, &self.options.origins) {
            return Err(Problem::foreign_origin().into());
        }
        self.key(request)
    }

    /// The name of the key that a request has, where one is wanted.
    fn key(&self, request: &Request) -> Result<Option<String>, Box<Problem>> {
        let (Some(file), Some(scope)) = (&self.options.keys, scope(request)) else {
            return Ok(None);
        };
        let keys = file.now();
        let given = client::key(request.headers());
        let Some(key) = given.as_deref().and_then(|text| keys.find(text)) else {
            return Err(Problem::no_key(given.is_some()).into());
        };
        if !key.scopes.contains(&scope) {
            return Err(Problem::beyond_key(scope).into());
        }
        Ok(Some(key.name.clone()))
    }
}

/// Numbers for requests: what begins them is another one each time a server starts.
struct Numbers {
    start: u32,
    last: AtomicU64,
}

impl Numbers {
    fn new() -> Self {
        let clock = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
        Numbers {
            start: clock.map_or(0, |since| since.subsec_nanos()) ^ std::process::id(),
            last: AtomicU64::new(0),
        }
    }

    fn next(&self) -> String {
        let number = self.last.fetch_add(1, Ordering::Relaxed) + 1;
        format!("{:08x}-{number}", self.start)
    }
}

/// What a key must be good for to ask this; nothing, where anybody may.
fn scope(request: &Request) -> Option<Scope> {
    // What another site's browser asks before it sends the key.
    if request.method() == Method::OPTIONS {
        return None;
    }
    match request.uri().path() {
        "/healthz" | "/readyz" => None,
        "/metrics" => Some(Scope::Metrics),
        "/mcp" => Some(Scope::Mcp),
        path if path.starts_with("/api/v1/export") => Some(Scope::Export),
        _ => Some(Scope::Read),
    }
}

/// Everything passes here.
async fn pass(State(guard): State<Arc<Guard>>, mut request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let under_way = guard.figures.begin();
    let number = guard.numbers.next();
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map_or("none", |path| path.as_str())
        .to_owned();
    let method = request.method().clone();
    let address = client::address(&request, &guard.options.proxies);
    let admitted = guard.admit(&request);
    if !client::is_proxy(&request, &guard.options.proxies) {
        for name in FORWARDED {
            request.headers_mut().remove(name);
        }
    }
    let key = admitted.as_ref().ok().cloned().flatten();
    let mut response = match admitted {
        Ok(_) => next.run(request).await,
        Err(refusal) => refusal.into_response(),
    };
    drop(under_way);
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        headers
            .entry(HeaderName::from_static(name))
            .or_insert(HeaderValue::from_static(value));
    }
    if let Ok(number) = HeaderValue::from_str(&number) {
        headers.insert(NUMBER, number);
    }
    let (status, took) = (response.status(), begun.elapsed());
    guard.figures.answered(&route, status.as_u16(), took);
    let took_ms = took.as_secs_f64() * 1e3;
    let (status, key) = (status.as_u16(), key.as_deref());
    if status >= StatusCode::INTERNAL_SERVER_ERROR.as_u16() {
        tracing::warn!(request = number, %address, key, %method, route, status, took_ms, "failed");
    } else {
        tracing::info!(request = number, %address, key, %method, route, status, took_ms, "answered");
    }
    response
}

/// `GET /metrics`: figures about the server, for Prometheus.
async fn metrics(
    State((desk, guard)): State<(Arc<Desk>, Arc<Guard>)>,
) -> Result<Response, Problem> {
    let articles = desk.ask(Archive::articles).await?;
    let text = guard.figures.text(articles);
    Ok(([(header::CONTENT_TYPE, figures::MEDIA_TYPE)], text).into_response())
}
