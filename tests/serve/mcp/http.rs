//! The same tools over HTTP: by the protocol's own client, and request by request.

use axum::body::Body;
use axum::http::{Request as HttpRequest, StatusCode};
use morgue::serve::router;
use serde_json::{Value, json};

use super::super::archive::archive;
use super::super::{Answer, send_to};

fn post(message: &Value, headers: &[(&str, &str)]) -> Answer {
    post_body(message.to_string(), headers)
}

fn post_body(body: String, headers: &[(&str, &str)]) -> Answer {
    let mut request = HttpRequest::post("/mcp")
        .header("content-type", "application/json")
        .header("accept", "application/json, text/event-stream");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    send_to(router(archive()), request.body(Body::from(body)).unwrap())
}

const HERE: (&str, &str) = ("host", "localhost:7878");

fn search() -> Value {
    json!({"jsonrpc": "2.0", "id": 7, "method": "tools/call", "params": {"name": "search", "arguments": {"query": "larkmouth", "limit": 1}}})
}

#[test]
fn one_request_one_answer_and_no_session() {
    let hello = json!({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {
        "protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "test", "version": "1"}}});
    let answer = post(&hello, &[HERE]);
    assert_eq!(
        (answer.status, answer.media_type()),
        (StatusCode::OK, "application/json")
    );
    assert_eq!(answer.json()["result"]["serverInfo"]["name"], "morgue");
    assert!(!answer.headers.contains_key("mcp-session-id"));

    let answer = post(&search(), &[HERE, ("mcp-protocol-version", "2025-06-18")]);
    assert_eq!(
        (
            &answer.json()["id"],
            &answer.json()["result"]["structuredContent"]["total"]
        ),
        (&json!(7), &json!(2))
    );
}

#[test]
fn foreign_hosts_and_pages_are_refused() {
    assert_eq!(
        post(&search(), &[("host", "evil.example")]).status,
        StatusCode::MISDIRECTED_REQUEST
    );
    for origin in [
        "https://evil.example",
        "null",
        "http://localhost.evil.example:7878",
        "\u{fc}",
    ] {
        assert_eq!(
            post(&search(), &[HERE, ("origin", origin)]).status,
            StatusCode::FORBIDDEN,
            "{origin}"
        );
    }
    assert_eq!(
        post(&search(), &[HERE, ("origin", "http://localhost:7878")]).status,
        StatusCode::OK
    );
}

#[test]
fn what_is_no_message_is_refused() {
    let get = HttpRequest::get("/mcp")
        .header("host", "localhost")
        .header("accept", "text/event-stream");
    assert_eq!(
        send_to(router(archive()), get.body(Body::empty()).unwrap()).status,
        StatusCode::METHOD_NOT_ALLOWED
    );
    let long = json!({"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": "search", "arguments": {"query": "a".repeat(300_000)}}});
    assert_eq!(post(&long, &[HERE]).status, StatusCode::PAYLOAD_TOO_LARGE);
    for garbage in ["", "{", "[]", "null", "{\"jsonrpc\":\"2.0\"}", "\u{0}"] {
        let status = post_body(garbage.into(), &[HERE]).status;
        assert!(status.is_client_error(), "{garbage}: {status}");
    }
}

#[cfg(unix)]
#[test]
fn the_protocols_own_client_is_served() {
    use rmcp::ServiceExt;
    use rmcp::model::ClientConfig;
    use rmcp::transport::StreamableHttpClientTransport;

    super::block_on(async {
        let dir = tempfile::tempdir().unwrap();
        let socket = dir.path().join("socket");
        let listener = tokio::net::UnixListener::bind(&socket).unwrap();
        let server = tokio::spawn(async { axum::serve(listener, router(archive())).await });
        let transport = StreamableHttpClientTransport::from_unix_socket(
            socket.to_str().unwrap(),
            "http://localhost/mcp",
        );
        let client = ClientConfig::default().serve(transport).await.unwrap();
        assert_eq!(client.list_all_tools().await.unwrap().len(), 7);
        let found = super::call(&client, "search", json!({"query": "larkmouth"})).await;
        assert_eq!(found.value["total"], 2);
        client.cancel().await.unwrap();
        server.abort();
    });
}
