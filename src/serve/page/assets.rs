//! The style sheet, the scripts and the icon: compiled in, and served with a tag of their content, so that a browser that has
//! them asks for no more than whether they have changed.

use std::sync::{Arc, LazyLock};

use axum::Router;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use crate::serve::desk::Desk;

/// One row of the table of files.
struct Asset {
    path: &'static str,
    media_type: &'static str,
    text: &'static str,
}

const STYLE: &str = "text/css; charset=utf-8";
const SCRIPT: &str = "text/javascript; charset=utf-8";

/// The files there are.
const ASSETS: &[Asset] = &[
    asset("/page/style.css", STYLE, include_str!("style.css")),
    asset("/page/main.js", SCRIPT, include_str!("script/main.js")),
    asset("/page/search.js", SCRIPT, include_str!("script/search.js")),
    asset(
        "/page/suggest.js",
        SCRIPT,
        include_str!("script/suggest.js"),
    ),
    asset(
        "/page/timeline.js",
        SCRIPT,
        include_str!("script/timeline.js"),
    ),
    asset(
        "/page/reading.js",
        SCRIPT,
        include_str!("script/reading.js"),
    ),
    asset("/page/keys.js", SCRIPT, include_str!("script/keys.js")),
    asset("/page/icon.svg", "image/svg+xml", include_str!("icon.svg")),
];

const fn asset(path: &'static str, media_type: &'static str, text: &'static str) -> Asset {
    Asset {
        path,
        media_type,
        text,
    }
}

/// What tells these files from those of any other version of the program.
static TAG: LazyLock<String> = LazyLock::new(|| {
    let mut hasher = blake3::Hasher::new();
    for asset in ASSETS {
        hasher.update(asset.text.as_bytes());
    }
    format!("\"{}\"", &hasher.finalize().to_hex()[..16])
});

/// A path for each file.
pub(super) fn routes() -> Router<Arc<Desk>> {
    ASSETS.iter().fold(Router::new(), |router, asset| {
        router.route(
            asset.path,
            get(async |headers: HeaderMap| given(asset, &headers)),
        )
    })
}

fn given(asset: &Asset, headers: &HeaderMap) -> Response {
    let tag = [(header::ETAG, TAG.as_str())];
    let known = headers.get(header::IF_NONE_MATCH);
    if known.is_some_and(|known| known == TAG.as_str()) {
        return (StatusCode::NOT_MODIFIED, tag).into_response();
    }
    let media_type = [(header::CONTENT_TYPE, asset.media_type)];
    (tag, media_type, asset.text).into_response()
}
