//! Pages below the path of another program: every link to ourselves gets that path before it.
//!
//! They all stand in a quoted attribute of these names and begin with `/` (`href="/help"`). No text of others has a quotation mark left
//! once it is escaped, and no address of others begins so.

use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::header;
use axum::middleware::Next;
use axum::response::Response;

use crate::serve::origin::Here;

/// The attributes that have links. Others have text of people, which may begin with `/` too.
const ATTRIBUTES: [&str; 3] = [" href", " src", " action"];
/// How a link to ourselves begins.
const LINK: &str = "=\"/";

/// Answers as ever, and then puts the path before the links.
pub(super) async fn below(request: Request, next: Next) -> Response {
    let here = Here::of(&request);
    under(&here, next.run(request).await).await
}

/// A page as it reads where it is.
pub(in crate::serve) async fn under(here: &Here, response: Response) -> Response {
    let media_type = response.headers().get(header::CONTENT_TYPE);
    let is_page = media_type.is_some_and(|it| it.as_bytes().starts_with(b"text/html"));
    if !here.is_below() || !is_page {
        return response;
    }
    let (head, body) = response.into_parts();
    // It stands in memory as a whole.
    let page = to_bytes(body, usize::MAX).await.unwrap_or_default();
    let page = linked(here, &String::from_utf8_lossy(&page));
    Response::from_parts(head, Body::from(page))
}

fn linked(here: &Here, page: &str) -> String {
    let mut parts = page.split(LINK);
    let mut html = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let is_link = ATTRIBUTES.iter().any(|name| html.ends_with(name));
        let (path, rest) = part.split_at(part.find('"').unwrap_or(part.len()));
        let path = format!("/{path}");
        let path = if is_link { here.link(&path) } else { path };
        html += "=\"";
        html += &path;
        html += rest;
    }
    html
}
