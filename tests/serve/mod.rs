//! The server over fixed answers: routes, problems, pages, hosts; and once over a real socket.

mod api;
mod page;
mod socket;

use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request as HttpRequest, StatusCode};
use morgue::query::{QueryError, tree::Span};
use morgue::search::{Marked, Passage, QueryEcho, Request, Response, SnippetField};
use morgue::serve::{Answers, router};
use morgue::{Article, Error, Result};
use tower::ServiceExt;

use crate::support::response;

/// Answers every search with the same response, and a query that names the field `nope` with an error.
struct Fixed;

impl Answers for Fixed {
    fn search(&self, request: &Request) -> Result<Response> {
        if let Some(at) = request.query.find("nope:") {
            let start = request.query[..at].chars().count();
            return Err(Error::Query(QueryError {
                query: request.query.clone(),
                span: Span {
                    start,
                    end: start + 4,
                },
                message: "no field `nope`".into(),
                hint: Some("there is headline, byline, …".into()),
            }));
        }
        if request.query == "slow" {
            return Err(Error::TooLong(std::time::Duration::from_secs(10)));
        }
        if let Some(after) = request.after.as_ref().filter(|after| *after != "c:2") {
            let why = format!("`{after}` is no cursor of this search");
            return Err(Error::Invalid {
                what: "after".into(),
                why,
            });
        }
        let mut response = response();
        response.query.text.clone_from(&request.query);
        response.hits.truncate(request.limit);
        if request.query == "nothing" {
            (response.total, response.hits, response.next) = (0, vec![], None);
        }
        Ok(response)
    }

    fn article(&self, id: &str) -> Result<Article> {
        if id == "none" {
            return Err(Error::NoArticle(id.into()));
        }
        Ok(Article {
            id: id.into(),
            headline: "<script>alert(1)</script>".into(),
            body: "One & two.\n\n<b onmouseover=x>three</b>".into(),
            url: Some(
                if id == "web" {
                    "https://courier.example/?a=1&b=2"
                } else {
                    "javascript:alert(1)"
                }
                .into(),
            ),
            ..Article::default()
        })
    }

    /// Finds every article, and in it the characters 1 to 6 of the headline and the end of the first paragraph with the
    /// beginning of the second one; but nothing for `nothing`.
    fn marked(&self, id: &str, request: &Request) -> Result<Marked> {
        self.search(request)?;
        let mark = |field, start, end| Passage {
            field,
            part: 0,
            start,
            end,
        };
        let mut marks = vec![
            mark(SnippetField::Headline, 1, 7),
            mark(SnippetField::Body, 4, 14),
        ];
        let found = request.query != "nothing";
        if !found {
            marks.clear();
        }
        Ok(Marked {
            article: self.article(id)?,
            query: QueryEcho {
                text: request.query.clone(),
                canonical: format!("{} ({})", request.query, request.matching),
                warnings: vec![],
            },
            found,
            matches: marks.clone(),
            marks,
        })
    }

    fn status(&self) -> Result<serde_json::Value> {
        Ok(serde_json::json!({"articles": 12}))
    }

    fn refresh(&self) -> Result<bool> {
        Ok(false)
    }
}

/// What came back.
struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: String,
}

impl Answer {
    fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap()
    }

    fn media_type(&self) -> &str {
        self.headers["content-type"].to_str().unwrap()
    }
}

/// Sends one request straight to the router.
fn send(method: &str, path: &str, host: Option<&str>) -> Answer {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let mut request = HttpRequest::builder().method(method).uri(path);
        if let Some(host) = host {
            request = request.header("host", host);
        }
        let answer = router(Fixed)
            .oneshot(request.body(Body::empty()).unwrap())
            .await
            .unwrap();
        let (status, headers) = (answer.status(), answer.headers().clone());
        let body = to_bytes(answer.into_body(), usize::MAX).await.unwrap();
        Answer {
            status,
            headers,
            body: String::from_utf8(body.into()).unwrap(),
        }
    })
}

fn get(path: &str) -> Answer {
    send("GET", path, Some("localhost:7878"))
}
