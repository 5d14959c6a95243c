//! The server on a real socket: it listens, answers, ends when told to, and says why it cannot listen.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use morgue::serve::{Options, listen, run};
use tokio::sync::oneshot;
use tokio::time::timeout;

use super::archive::archive;

fn block_on<T>(work: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        timeout(Duration::from_secs(30), work)
            .await
            .expect("it ends")
    })
}

fn any_port() -> SocketAddr {
    "127.0.0.1:0".parse().unwrap()
}

fn healthz(address: SocketAddr) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    write!(
        stream,
        "GET /healthz HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n"
    )
    .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

#[test]
fn answers_until_it_is_told_to_stop() {
    block_on(async {
        let listener = listen(any_port()).await.unwrap();
        let address = listener.local_addr().unwrap();
        let (stop, stopped) = oneshot::channel::<()>();
        let server = tokio::spawn(run(listener, archive(), Options::default(), async {
            let _ = stopped.await;
        }));

        let answer = tokio::task::spawn_blocking(move || healthz(address))
            .await
            .unwrap();
        assert!(
            answer.starts_with("HTTP/1.1 200 OK\r\n") && answer.ends_with("\r\n\r\nok\n"),
            "{answer}"
        );

        // A connection that is open and idle does not hold up the end.
        let _idle = TcpStream::connect(address).unwrap();
        stop.send(()).unwrap();
        server.await.unwrap().unwrap();
        assert!(TcpStream::connect(address).is_err());
    });
}

#[test]
fn a_port_in_use_is_an_error_with_a_way_out() {
    block_on(async {
        let listener = listen(any_port()).await.unwrap();
        let address = listener.local_addr().unwrap();
        let error = listen(address).await.unwrap_err();
        assert_eq!(
            error.to_string(),
            format!("cannot listen on {address}: address in use")
        );
        let port = address.port();
        assert_eq!(
            error.hint().unwrap(),
            format!(
                "another program has port {port}; choose one with --port N, or any free one with --port 0"
            )
        );
    });
}
