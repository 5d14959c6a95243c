//! The routes for programs. What they answer is what the commands print: `search --output json`, `show --output json`.

use std::sync::Arc;

use axum::Router;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::{Uri, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use serde::Serialize;

use super::desk::Desk;
use super::params;
use super::problem::Problem;
use crate::output::json;
use crate::{Archive, Error, Result};

/// The paths of this part.
pub(super) fn routes() -> Router<Arc<Desk>> {
    Router::new()
        .route("/api/v1/search", get(search))
        .route("/api/v1/articles/{*id}", get(article))
        .route("/api/v1/status", get(status))
}

/// `GET /api/v1/search?q=…`
async fn search(State(desk): State<Arc<Desk>>, uri: Uri) -> Result<Response, Problem> {
    let request = params::read(&uri)?;
    let response = desk.ask(move |archive| archive.search(&request)).await?;
    Ok(answer(&response)?)
}

/// `GET /api/v1/articles/ID`, the id percent-encoded; a `/` in it may be left as it is. With `q=…` the places where that
/// query matches are added, as `show --query` adds them.
async fn article(
    State(desk): State<Arc<Desk>>,
    uri: Uri,
    id: Result<Path<String>, PathRejection>,
) -> Result<Response, Problem> {
    let query = params::query(&uri)?;
    let Path(id) = id.map_err(|rejection| Error::Invalid {
        what: "id".into(),
        why: rejection.body_text(),
    })?;
    if let Some(request) = query {
        let marked = desk.ask(move |archive| archive.marked(&id, &request));
        return Ok(answer(&marked.await?)?);
    }
    let article = desk.ask(move |archive| archive.article(&id)).await?;
    Ok(answer(&article)?)
}

/// `GET /api/v1/status`
async fn status(State(desk): State<Arc<Desk>>, uri: Uri) -> Result<Response, Problem> {
    params::none(&uri)?;
    let status = desk.ask(Archive::status).await?;
    Ok(answer(&status)?)
}

fn answer(value: &impl Serialize) -> Result<Response> {
    let mut body = Vec::new();
    json::write_line(&mut body, value)?;
    Ok(([(header::CONTENT_TYPE, "application/json")], body).into_response())
}
