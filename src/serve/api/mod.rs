//! The routes for programs. What they answer is what the commands print: `search --output json`, `show --output json`,
//! `explain`, `search --all`. [`openapi`] describes them, from the handlers themselves and from the tables behind them.
//!
//! ```text
//! search.rs     search by GET and POST; explain, timeline, facets, suggest, status
//! articles.rs   articles, their versions, what differs between two
//! export.rs     every hit, as any of the outputs
//! ```

mod articles;
mod export;
pub(super) mod openapi;
mod search;

use std::sync::Arc;

use axum::Router;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use serde::Serialize;

use super::desk::Desk;
use crate::Result;
use crate::output::json;

/// The paths of this part. A test compares them with those that are described.
pub(super) fn routes() -> Router<Arc<Desk>> {
    Router::new()
        .route("/api/v1/search", get(search::search).post(search::post))
        .route("/api/v1/explain", get(search::explain))
        .route("/api/v1/timeline", get(search::timeline))
        .route("/api/v1/facets", get(search::facets))
        .route("/api/v1/suggest", get(search::suggest))
        .route("/api/v1/status", get(search::status))
        .route("/api/v1/articles/{*id}", get(articles::article))
        .route("/api/v1/versions/{*id}", get(articles::versions))
        .route("/api/v1/differences/{*id}", get(articles::difference))
        .route("/api/v1/export", get(export::export))
        .route("/api/openapi.json", get(openapi::document))
}

fn answer(value: &impl Serialize) -> Result<Response> {
    let mut body = Vec::new();
    json::write_line(&mut body, value)?;
    Ok(([(header::CONTENT_TYPE, "application/json")], body).into_response())
}
