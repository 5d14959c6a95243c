//! The pages for people: a search page and an article to read. Whole pages from the server, one style sheet, no script,
//! nothing from elsewhere; so they work in any browser, without a network, and from the keyboard.
//!
//! A page is built by small functions that each return a piece of HTML; [`html`] has the one that makes text harmless.

mod form;
mod html;
mod links;
mod reading;
mod results;
mod syntax;
mod timeline;

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, Uri, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;

use self::html::{document, escape};
use super::desk::Desk;
use super::params;
use super::problem::Problem;
use crate::Article;
use crate::search::{FacetName, Request};

/// What the search page counts when the address does not say.
const FACETS: &[FacetName] = &[
    FacetName::Source,
    FacetName::Section,
    FacetName::Place,
    FacetName::Year,
];

/// The paths of this part.
pub(super) fn routes() -> Router<Arc<Desk>> {
    Router::new()
        .route("/", get(search))
        .route("/article", get(article))
        .route("/style.css", get(style))
}

/// `GET /`: the box, and the hits for what is in it. Without any parameter there is only the box.
async fn search(State(desk): State<Arc<Desk>>, uri: Uri) -> Response {
    let asked = match params::read(&uri) {
        Ok(asked) => asked,
        Err(error) => return with_problem(&Request::default(), &error.into()),
    };
    if uri.query().is_none_or(str::is_empty) {
        return Html(document(
            "morgue",
            &(form::form(&asked, true) + &syntax::syntax(true)),
        ))
        .into_response();
    }
    // The page shows no lines.
    let mut request = Request {
        context: None,
        ..asked.clone()
    };
    if request.facets.is_empty() {
        request.facets = FACETS.to_vec();
    }
    match desk.ask(move |archive| archive.search(&request)).await {
        Ok(response) => {
            let body = form::form(&asked, false)
                + &syntax::syntax(false)
                + &results::results(&asked, &response);
            Html(document(&title(&asked), &body)).into_response()
        }
        Err(error) => with_problem(&asked, &error.into()),
    }
}

/// `GET /article?id=ID`: one article to read; with `q=…` the matches of that query are marked in it.
async fn article(State(desk): State<Arc<Desk>>, uri: Uri) -> Response {
    let (id, query) = match params::id_and_query(&uri) {
        Ok(asked) => asked,
        Err(error) => return problem(&error.into()),
    };
    let Some(asked) = query else {
        return match desk.ask(move |archive| archive.article(&id)).await {
            Ok(article) => reading(&article, &reading::article(&article)),
            Err(error) => problem(&error.into()),
        };
    };
    let request = asked.clone();
    match desk.ask(move |archive| archive.marked(&id, &request)).await {
        Ok(marked) => reading(&marked.article, &reading::marked(&asked, &marked)),
        Err(error) => with_problem(&asked, &error.into()),
    }
}

fn reading(article: &Article, body: &str) -> Response {
    let title = if article.headline.is_empty() {
        &article.id
    } else {
        &article.headline
    };
    Html(document(&format!("{title} – morgue"), body)).into_response()
}

/// `GET /style.css`
async fn style() -> impl IntoResponse {
    (
        [(header::CONTENT_TYPE, "text/css; charset=utf-8")],
        include_str!("style.css"),
    )
}

/// A page that says what went wrong, with an empty box to go on from.
pub(super) fn problem(problem: &Problem) -> Response {
    with_problem(&Request::default(), problem)
}

/// The box as it was filled in, and below it what is wrong with that.
fn with_problem(asked: &Request, problem: &Problem) -> Response {
    let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let caret = problem
        .caret
        .as_ref()
        .map(|caret| format!("<pre>{}</pre>\n", escape(caret)));
    let hint = problem
        .hint
        .as_ref()
        .map(|hint| format!("<p class=\"hint\">{}</p>\n", escape(hint)));
    let body = format!(
        "{}<section class=\"problem\" role=\"alert\">\n<p><strong>{}</strong></p>\n{}{}</section>\n{}",
        form::form(asked, true),
        escape(&problem.detail),
        caret.unwrap_or_default(),
        hint.unwrap_or_default(),
        syntax::syntax(false),
    );
    (status, Html(document(&title(asked), &body))).into_response()
}

fn title(asked: &Request) -> String {
    if asked.query.is_empty() {
        "morgue".into()
    } else {
        format!("{} – morgue", asked.query)
    }
}
