//! One article: as it reads now, as it read before, and what has changed.

use std::sync::Arc;

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::Uri;
use axum::response::Response;

use super::answer;
use super::openapi::{ArticleOrMarked, Between, Id, InArticles, Problems, VersionNumber};
use crate::article::{Difference, Version};
use crate::serve::desk::Desk;
use crate::serve::params;
use crate::serve::problem::Problem;
use crate::{Error, Result};

/// The id in the path.
type PathId = Result<Path<String>, PathRejection>;

/// An article
///
/// The id is percent-encoded; a `/` in it may be left as it is. With `q`, the places where that query matches are added, as
/// `morgue show --query` adds them; with `version`, the article as it read then, also when it was replaced or withdrawn.
#[utoipa::path(
    get, path = "/api/v1/articles/{id}", tag = "articles", params(Id, VersionNumber, InArticles),
    responses(
        (status = 200, description = "The article; with `q`, and the matches of that query", body = inline(ArticleOrMarked)),
        Problems
    )
)]
pub(super) async fn article(
    State(desk): State<Arc<Desk>>,
    uri: Uri,
    id: PathId,
) -> Result<Response, Problem> {
    let (version, query) = params::version_and_query(&uri)?;
    let id = decoded(id)?;
    match (query, version) {
        (Some(_), Some(_)) => {
            Err(params::invalid("version", "not together with `q`".into()).into())
        }
        (Some(request), None) => {
            let marked = desk.ask(move |archive| archive.marked(&id, &request));
            Ok(answer(&marked.await?)?)
        }
        (None, Some(number)) => {
            let version = desk.ask(move |archive| archive.version(&id, number));
            Ok(answer(&version.await?)?)
        }
        (None, None) => {
            let article = desk.ask(move |archive| archive.article(&id));
            Ok(answer(&article.await?)?)
        }
    }
}

/// The versions of an article
///
/// Every version that the archive keeps, the earliest first.
#[utoipa::path(
    get, path = "/api/v1/versions/{id}", tag = "articles", params(Id),
    responses((status = 200, description = "The versions", body = Vec<Version>), Problems)
)]
pub(super) async fn versions(
    State(desk): State<Arc<Desk>>,
    uri: Uri,
    id: PathId,
) -> Result<Response, Problem> {
    params::none(&uri)?;
    let id = decoded(id)?;
    let versions = desk.ask(move |archive| archive.versions(&id));
    Ok(answer(&versions.await?)?)
}

/// What differs between two versions of an article
///
/// Word by word: the stretches that lead from the one to the other.
#[utoipa::path(
    get, path = "/api/v1/differences/{id}", tag = "articles", params(Id, Between),
    responses((status = 200, description = "The differences", body = Difference), Problems)
)]
pub(super) async fn difference(
    State(desk): State<Arc<Desk>>,
    uri: Uri,
    id: PathId,
) -> Result<Response, Problem> {
    let [from, to] = params::named(&uri, ["from", "to"])?;
    let number = |name: &str, value: Option<String>| {
        let missing = || params::invalid(name, "it is missing".into());
        params::version_number(name, &value.ok_or_else(missing)?)
    };
    let (from, to) = (number("from", from)?, number("to", to)?);
    let id = decoded(id)?;
    let difference = desk.ask(move |archive| archive.difference(&id, from, to));
    Ok(answer(&difference.await?)?)
}

fn decoded(id: PathId) -> Result<String> {
    let Path(id) = id.map_err(|rejection| Error::Invalid {
        what: "id".into(),
        why: rejection.body_text(),
    })?;
    Ok(id)
}
