//! Sends articles to an address, as JSON in the body of a POST.
//!
//! A delivery has one `Idempotency-Key` at every attempt. It is made when the answer is 2xx. Nobody is sent elsewhere: a
//! redirection is a failure, since the headers may hold keys.

use std::sync::OnceLock;
use std::time::Duration;

use serde::Serialize;
use ureq::Agent;
use ureq::tls::{RootCerts, TlsConfig};

use super::super::outbox::Batch;
use super::{Target, Watch};
use crate::search::Hit;

/// The client; made when it is first needed.
#[derive(Default)]
pub(in super::super) struct Client(OnceLock<Agent>);

/// Why a batch was not taken.
#[derive(Debug, thiserror::Error)]
pub(super) enum Failure {
    /// Nobody answers there.
    #[error("{0}")]
    Unreachable(String),
    /// What was answered, or what was wrong before anything was sent.
    #[error("{0}")]
    Refused(String),
}

/// What is sent.
#[derive(Serialize)]
struct Body<'a> {
    watch: &'a str,
    query: &'a str,
    delivery: &'a str,
    hits: Vec<&'a Hit>,
}

impl Client {
    /// Sends a batch to the address of a watch.
    pub(super) fn send(&self, watch: &Watch, batch: &Batch) -> Result<(), Failure> {
        let Target::Webhook {
            url,
            headers,
            seconds,
        } = &watch.to
        else {
            unreachable!("only to addresses is anything sent");
        };
        let body = Body {
            watch: &watch.name,
            query: &watch.query,
            delivery: &batch.delivery,
            hits: batch.articles.iter().map(|waiting| &waiting.hit).collect(),
        };
        let body =
            serde_json::to_vec(&body).map_err(|error| Failure::Refused(error.to_string()))?;
        let mut request = self
            .0
            .get_or_init(agent)
            .post(url)
            .config()
            .timeout_global(Some(Duration::from_secs(*seconds)))
            .build()
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", &batch.delivery);
        for (name, value) in headers {
            request = request.header(name, value);
        }
        let answer = request.send(&body[..]).map_err(failure)?;
        let status = answer.status();
        if status.is_success() {
            return Ok(());
        }
        let elsewhere = answer
            .headers()
            .get("location")
            .and_then(|to| to.to_str().ok());
        let elsewhere = elsewhere.filter(|_| status.is_redirection());
        let told = elsewhere.map(|to| format!(", which leads to {to}; nothing is sent there"));
        Err(Failure::Refused(format!(
            "the answer was {status}{}",
            told.unwrap_or_default()
        )))
    }
}

fn agent() -> Agent {
    // Those of the system: a house may have an authority of its own.
    let tls = TlsConfig::builder()
        .root_certs(RootCerts::PlatformVerifier)
        .build();
    Agent::config_builder()
        .tls_config(tls)
        .max_redirects(0)
        .http_status_as_error(false)
        .user_agent(concat!("morgue/", env!("CARGO_PKG_VERSION")))
        .build()
        .into()
}

fn failure(error: ureq::Error) -> Failure {
    match error {
        ureq::Error::HostNotFound
        | ureq::Error::ConnectionFailed
        | ureq::Error::Timeout(_)
        | ureq::Error::Io(_) => Failure::Unreachable(error.to_string()),
        other => Failure::Refused(other.to_string()),
    }
}

/// Whether an address and headers can be sent to at all.
pub(in super::super) fn check(url: &str, headers: &[(String, String)]) -> Result<(), String> {
    let known = ["http://", "https://"];
    if !known.iter().any(|scheme| url.starts_with(scheme)) {
        return Err("it must begin with http:// or https://".into());
    }
    let mut request = ureq::http::Request::post(url);
    for (name, value) in headers {
        request = request.header(name, value);
    }
    request
        .body(())
        .map(|_| ())
        .map_err(|error| error.to_string())
}
