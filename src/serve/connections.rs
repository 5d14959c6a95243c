//! Connections: taken in, bounded in number and in time, and let go when the server is told to stop.
//!
//! Written on hyper, since `axum::serve` waits for ever: for a request that is never finished, and for a reader who never reads.

use std::future::Future;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio_io_timeout::TimeoutStream;
use tower_service::Service;

/// How long the next request of a connection may take to come, from its first byte to the end of its head.
const HEAD: Duration = Duration::from_secs(30);
/// How long a reader may take no byte of an answer.
const STALL: Duration = Duration::from_secs(30);
/// How long requests that are under way may take to finish once the server is told to stop.
const GRACE: Duration = Duration::from_secs(5);
/// How long the head of a request may be, in bytes: the longest query in a script of which each letter is nine bytes when it is
/// encoded, and what browsers add.
const HEAD_BYTES: usize = 128 << 10;
/// After an error of the system (out of file descriptors, most likely), so long nothing is taken in.
const PAUSE: Duration = Duration::from_millis(100);

/// What somebody hears who comes when all places are taken.
const FULL: &str = "{\"type\":\"urn:morgue:problem:busy\",\"title\":\"The server is busy\",\"status\":503,\
\"detail\":\"all connections are taken; try again in a second\"}\n";
/// How long somebody who was refused may take to hear it.
const REFUSAL: Duration = Duration::from_secs(1);

/// Answers requests until `stop` is done, and those under way have been answered or [`GRACE`] is over.
pub(super) async fn serve(
    listener: TcpListener,
    app: Router,
    most: usize,
    stop: impl Future<Output = ()>,
) {
    let places = Arc::new(Semaphore::new(most));
    let graceful = GracefulShutdown::new();
    tokio::pin!(stop);
    loop {
        let (stream, client) = tokio::select! {
            () = &mut stop => break,
            accepted = listener.accept() => {
                // One connection that failed, or a system short of something: neither ends the server.
                let Ok(accepted) = accepted else {
                    tokio::time::sleep(PAUSE).await;
                    continue;
                };
                accepted
            },
        };
        match Arc::clone(&places).try_acquire_owned() {
            Ok(place) => answer(stream, client, app.clone(), place, &graceful),
            Err(_) => refuse(stream),
        }
    }
    drop(listener);
    let _ = tokio::time::timeout(GRACE, graceful.shutdown()).await;
}

/// Answers the requests of one connection, each with the address of its client.
fn answer(
    stream: TcpStream,
    client: SocketAddr,
    app: Router,
    place: OwnedSemaphorePermit,
    graceful: &GracefulShutdown,
) {
    // Answers are written whole; waiting for more would only delay them.
    let _ = stream.set_nodelay(true);
    let mut stream = TimeoutStream::new(stream);
    stream.set_write_timeout(Some(STALL));
    let service = service_fn(move |request: hyper::Request<Incoming>| {
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(ConnectInfo(client));
        // A router is always ready.
        app.clone().call(request)
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD)
        .max_header_size(HEAD_BYTES)
        .serve_connection(TokioIo::new(Box::pin(stream)), service);
    let connection = graceful.watch(connection);
    tokio::spawn(async move {
        let _place = place;
        // What goes wrong here is the client's doing: it went away, stalled, or did not speak HTTP.
        let _ = connection.await;
    });
}

fn refuse(mut stream: TcpStream) {
    let answer = format!(
        "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nContent-Type: application/problem+json\r\n\
         Content-Length: {}\r\nConnection: close\r\n\r\n{FULL}",
        FULL.len()
    );
    tokio::spawn(tokio::time::timeout(REFUSAL, async move {
        let _ = stream.write_all(answer.as_bytes()).await;
        let _ = stream.shutdown().await;
        // A system takes an answer back when something of the request is unread at the end.
        let mut unread = [0; 4096];
        while matches!(stream.read(&mut unread).await, Ok(1..)) {}
    }));
}
