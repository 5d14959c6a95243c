//! The bodies of requests: short, and soon there. They are read before a route sees them, so no client that never ends its request
//! holds anything for longer than [`COMES`].

use std::time::Duration;

use axum::body::{Body, HttpBody, to_bytes};
use axum::extract::Request;
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http_body_util::LengthLimitError;

use super::problem::Problem;

/// The longest body, in bytes: queries are longer than an address allows, and a quote of 2,000 characters has room, whatever it is
/// escaped to; but no books.
const LONGEST: usize = 256 * 1024;
/// How long all of a body may take to come.
const COMES: Duration = Duration::from_secs(30);

/// Reads the body, or says what is wrong with it.
pub(super) async fn whole(request: Request, next: Next) -> Response {
    within(COMES, request, next).await
}

async fn within(time: Duration, request: Request, next: Next) -> Response {
    let (head, body) = request.into_parts();
    if body.is_end_stream() {
        return next.run(Request::from_parts(head, body)).await;
    }
    let problem = |status, detail: String| Problem::bad_body(status, detail).into_response();
    if body.size_hint().lower() > LONGEST as u64 {
        return problem(StatusCode::PAYLOAD_TOO_LARGE, too_long());
    }
    match tokio::time::timeout(time, to_bytes(body, LONGEST)).await {
        Ok(Ok(bytes)) => next.run(Request::from_parts(head, Body::from(bytes))).await,
        Ok(Err(error)) if is_limit(&error) => problem(StatusCode::PAYLOAD_TOO_LARGE, too_long()),
        Ok(Err(error)) => problem(StatusCode::BAD_REQUEST, error.to_string()),
        Err(_) => problem(
            StatusCode::REQUEST_TIMEOUT,
            format!("it was not there within {} seconds", time.as_secs()),
        ),
    }
}

fn too_long() -> String {
    format!("it is longer than {LONGEST} bytes")
}

/// Whether that is why a body could not be read.
fn is_limit(error: &axum::Error) -> bool {
    let reason = std::error::Error::source(error);
    reason.is_some_and(<dyn std::error::Error>::is::<LengthLimitError>)
}

#[cfg(test)]
mod tests {
    use std::pin::Pin;
    use std::task::{Context, Poll};

    use axum::Router;
    use axum::body::Bytes;
    use axum::middleware::from_fn;
    use axum::routing::post;
    use hyper::body::Frame;
    use tower::ServiceExt;

    use super::*;

    fn status(body: Body) -> u16 {
        let short = |request, next| within(Duration::from_millis(50), request, next);
        let app = Router::new()
            .route("/", post(|body: String| async { body }))
            .layer(from_fn(short));
        let request = Request::post("/").body(body).unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        let answer = runtime.block_on(app.oneshot(request)).unwrap();
        answer.status().as_u16()
    }

    /// A body that ends where it is told to, or never.
    struct Trickle {
        left: usize,
        ends: bool,
    }

    impl HttpBody for Trickle {
        type Data = Bytes;
        type Error = axum::Error;

        fn poll_frame(
            mut self: Pin<&mut Self>,
            _: &mut Context<'_>,
        ) -> Poll<Option<Result<Frame<Self::Data>, Self::Error>>> {
            if self.left == 0 {
                return if self.ends {
                    Poll::Ready(None)
                } else {
                    Poll::Pending
                };
            }
            self.left -= 1;
            let piece = Bytes::from_static(&[b'a'; 1024]);
            Poll::Ready(Some(Ok(Frame::data(piece))))
        }
    }

    #[test]
    fn a_body_is_short_and_soon_there() {
        let trickle = |left, ends| Body::new(Trickle { left, ends });
        assert_eq!(status(Body::from("{}")), 200);
        assert_eq!(status(trickle(256, true)), 200);
        assert_eq!(status(trickle(257, true)), 413);
        assert_eq!(status(Body::from(vec![b'a'; LONGEST + 1])), 413);
        assert_eq!(status(trickle(3, false)), 408);
    }
}
