//! The pages for people: a search page, an article to read, help. Whole pages from the server, one style sheet, nothing from
//! elsewhere; so they work in any browser, without a network, without a script, and from the keyboard. The scripts make
//! more of it: they fetch the same pages and put them in place, so that there is one way to draw everything.
//!
//! ```text
//! address → asked → finding (archive) → form, results (facets, timeline, explained) → html
//!                                       reading, versions
//! what is typed → suggest (archive)
//! ```
//!
//! A page is built by small functions that each return a piece of HTML; [`html`] has the one that makes text harmless.

mod asked;
mod assets;
mod explained;
mod facets;
mod finding;
mod form;
mod help;
mod html;
mod reading;
mod results;
mod root;
mod suggest;
mod timeline;
mod versions;
mod words;

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, Uri};
use axum::middleware::from_fn;
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;

use self::asked::{Asked, Opened};
use self::html::{Page, each, escape, pointed_at, with_code};
pub(super) use self::root::under;
use super::desk::Desk;
use super::problem::Problem;
use crate::article::Version;
use crate::search::{FacetName, Request, Unit};
use crate::{Archive, Error, Result};

/// The paths of this part.
pub(super) fn routes() -> Router<Arc<Desk>> {
    let pages = Router::new()
        .route("/", get(search))
        .route("/article", get(article))
        .route("/help", get(help))
        .route("/page/suggest", get(suggest::suggest));
    pages.merge(assets::routes()).layer(from_fn(root::below))
}

/// `GET /`: the box, and the hits for what is in it. Without any parameter there is only the box.
async fn search(State(desk): State<Arc<Desk>>, uri: Uri) -> Response {
    let asked = match asked::read(&uri) {
        Ok(asked) => asked,
        Err(error) => return problem(&error.into()),
    };
    if uri.query().is_none_or(str::is_empty) {
        return first_page(&desk).await;
    }
    let request = asked.clone();
    let found = desk.ask(move |archive| finding::find(archive, &request));
    match found.await {
        Ok(found) => {
            let body = form::form(&asked, false) + &answer(&results::results(&asked, &found));
            page(&title(&asked), &body, &feeds(&asked), "search")
        }
        Err(error) => with_problem(&asked, &error.into()),
    }
}

/// The box, and what the archive holds, by time.
async fn first_page(desk: &Arc<Desk>) -> Response {
    let asked = Asked::default();
    let everything = Request {
        limit: 0,
        facets: vec![FacetName::Source],
        timeline: Some(Unit::Month),
        ..Request::default()
    };
    match desk.ask(move |archive| archive.search(&everything)).await {
        Ok(response) => {
            let body = String::from("<h1 class=\"unseen\">Search the archive</h1>\n")
                + &form::form(&asked, true)
                + &answer(&(help::examples() + &results::holdings(&asked, &response)));
            page("morgue", &body, "", "first")
        }
        Err(error) => with_problem(&asked, &error.into()),
    }
}

/// `GET /help`: the query language.
async fn help() -> Response {
    let body = form::form(&Asked::default(), false) + &answer(&help::help());
    page("How to ask – morgue", &body, "", "search")
}

/// `GET /article?id=ID`: one article to read; with `q=…` the matches of that query are marked in it. `version=` shows what it
/// read before, `diff=1..2` what changed.
async fn article(State(desk): State<Arc<Desk>>, uri: Uri) -> Response {
    let opened = match asked::opened(&uri) {
        Ok(opened) => opened,
        Err(error) => return problem(&error.into()),
    };
    let wanted = opened.clone();
    match desk.ask(move |archive| read(archive, &wanted)).await {
        Ok(Read::Article { title, body }) => {
            page(&format!("{title} – morgue"), &body, "", "article")
        }
        Ok(Read::Withdrawn(error, versions)) => {
            let list = versions::list(&opened, &versions);
            let mut problem = Problem::from(error);
            // It tells of a command; here the list stands below.
            problem.hint = None;
            told(&opened.asked, &problem, &list)
        }
        Err(error) => with_problem(&opened.asked, &error.into()),
    }
}

/// What came of opening an article.
enum Read {
    /// A page to read.
    Article { title: String, body: String },
    /// Why it is not to be read now, and what the archive keeps of it.
    Withdrawn(Error, Vec<Version>),
}

fn read(archive: &Archive, opened: &Opened) -> Result<Read> {
    let Opened { id, asked, .. } = opened;
    let versions = archive.versions(id)?;
    let has_query = !asked.request.query.trim().is_empty();
    let back = || {
        let address = escape(&asked.address()).into_owned();
        format!(
            "<nav class=\"back\" aria-label=\"Search\"><a href=\"{address}\">All hits</a></nav>\n"
        )
    };
    let (title, text) = if let Some((from, to)) = opened.difference {
        let difference = archive.difference(id, from, to)?;
        let title = format!("Versions {from} and {to}");
        (title, versions::difference(opened, &difference))
    } else if let Some(number) = opened.version {
        let article = archive.version(id, number)?;
        (article.headline.clone(), reading::article(&article))
    } else {
        let article = match archive.article(id) {
            Err(error @ Error::Withdrawn { .. }) => return Ok(Read::Withdrawn(error, versions)),
            article => article?,
        };
        let title = article.headline.clone();
        if has_query {
            let marked = archive.marked(id, &asked.request)?;
            (title, reading::marked(asked, &marked))
        } else {
            (title, back() + &reading::article(&article))
        }
    };
    let followed = each(archive.followed_by(id)?, |other| {
        format!(
            "<p class=\"warning\">Corrected or continued by <a href=\"{}\"><bdi>{}</bdi></a></p>\n",
            escape(&asked.article(&other, "")),
            escape(&other)
        )
    });
    let body = versions::notice(opened, &versions)
        + &followed
        + &text
        + &versions::list(opened, &versions);
    let title = if title.is_empty() { id.clone() } else { title };
    Ok(Read::Article { title, body })
}

/// What the scripts put in place: all but the form.
fn answer(body: &str) -> String {
    format!("<div id=\"answer\">\n{body}</div>\n")
}

fn page(title: &str, body: &str, links: &str, class: &str) -> Response {
    let page = Page {
        title,
        body,
        links,
        class,
    };
    Html(page.html()).into_response()
}

/// The feeds of a search, for the browsers and readers that look for them.
fn feeds(asked: &Asked) -> String {
    each(results::FEEDS, |(name, path, media_type)| {
        let address = results::of_all(asked, path);
        format!(
            "<link rel=\"alternate\" type=\"{media_type}\" title=\"{name}\" href=\"{}\">\n",
            escape(&address)
        )
    })
}

/// A page that says what went wrong, with an empty box to go on from.
pub(super) fn problem(problem: &Problem) -> Response {
    with_problem(&Asked::default(), problem)
}

/// The box as it was filled in, and below it what is wrong with that.
fn with_problem(asked: &Asked, problem: &Problem) -> Response {
    told(asked, problem, "")
}

fn told(asked: &Asked, problem: &Problem, more: &str) -> Response {
    let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let caret = problem.caret.as_deref().map(pointed_at);
    let hint = problem
        .hint
        .as_ref()
        .map(|hint| format!("<p class=\"hint\">{}</p>\n", with_code(hint)));
    let body = format!(
        "<section class=\"problem\" id=\"problem\">\n<h1>{}</h1>\n{}{}<p class=\"hint\"><a href=\"/help\">How to ask</a></p>\n</section>\n{}{more}",
        with_code(&problem.detail),
        caret.unwrap_or_default(),
        hint.unwrap_or_default(),
        facets::narrowed(asked) + &facets::kept(asked),
    );
    let body = form::form(asked, true) + &answer(&body);
    let page = page(&title(asked), &body, "", "search");
    (status, problem.headers(), page).into_response()
}

fn title(asked: &Asked) -> String {
    match asked.request.query.trim() {
        "" => "morgue".into(),
        query => format!("{query} – morgue"),
    }
}
