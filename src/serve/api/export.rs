//! Every hit, as any of the outputs: what `morgue search --all` prints, byte for byte.
//!
//! The hits of one commit pass by one after another and are sent as they come, so memory does not grow with their number. A
//! thread writes them, and waits while the client reads; a client that has gone, or reads nothing for long, frees it.

use std::io;
use std::ops::ControlFlow;
use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::http::{Uri, header};
use axum::response::{IntoResponse, Response};

use super::openapi::{EveryHit, Exported, Problems};
use crate::output::{self, Look, Output};
use crate::search::{Export, Request};
use crate::serve::desk::Desk;
use crate::serve::params;
use crate::serve::problem::Problem;
use crate::serve::stream::{self, Outlet};
use crate::{Error, Result};

/// The output when the address does not say.
const FORMAT: &str = "jsonl";

/// Every hit
///
/// All that a query finds, from one state of the archive, in any of the outputs of `morgue search --all`. The hits are sent as
/// they are found; an answer that breaks off, without its last chunk, is not complete.
#[utoipa::path(
    get,
    path = "/api/v1/export",
    tag = "search",
    params(Exported),
    responses(EveryHit, Problems)
)]
pub(super) async fn export(State(desk): State<Arc<Desk>>, uri: Uri) -> Result<Response, Problem> {
    let (format, request) = params::format_and_request(&uri)?;
    let format = format.as_deref().unwrap_or(FORMAT);
    let output = output::find(format).ok_or_else(|| {
        let names: Vec<_> = output::OUTPUTS.iter().map(|output| output.name).collect();
        params::invalid(
            "format",
            format!("no output `{format}`; there is {}", names.join(", ")),
        )
    })?;
    let request = Request {
        context: output.context(request.context),
        ..request
    };
    let Some(seat) = desk.seat_of_an_export() else {
        return Err(Error::Busy.into());
    };
    let (outlet, chunks) = stream::channel();
    let (begun, beginning) = tokio::sync::oneshot::channel();
    desk.at_leisure(move |archive| {
        // Kept until the last hit is sent.
        let _seat = seat;
        match archive.exported(&request) {
            Ok(export) => {
                if begun.send(Ok(())).is_ok() {
                    // The client is told by the end of its answer.
                    let _ = write(export, output, outlet);
                }
            }
            Err(error) => drop(begun.send(Err(error))),
        }
    });
    beginning
        .await
        .map_err(|lost| Error::Io(io::Error::other(lost)))??;
    let name = format!("attachment; filename=\"morgue.{}\"", output.extension);
    let headers = [
        (header::CONTENT_TYPE, output.media_type.to_owned()),
        (header::CONTENT_DISPOSITION, name),
    ];
    Ok((headers, Body::from_stream(chunks)).into_response())
}

/// Writes everything. Where that fails, the outlet is dropped, and the client sees that the answer is not complete.
fn write(mut export: Export<'_>, output: &Output, mut outlet: Outlet) -> Result<()> {
    let head = export.head().clone();
    let mut text = (output.render)(&mut outlet, Look::default());
    text.begin(&head)?;
    let mut written = Ok(());
    export.each(&mut |hit| {
        written = text.hit(&hit);
        if written.is_ok() {
            ControlFlow::Continue(())
        } else {
            ControlFlow::Break(())
        }
    })?;
    written?;
    text.end(&head)?;
    drop(text);
    Ok(outlet.end()?)
}
