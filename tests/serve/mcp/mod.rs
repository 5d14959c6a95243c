//! The tools for agents, asked by the protocol's own client: over streams in this process, over HTTP, and by the program.

mod calls;
mod hostile;
mod http;
mod program;

use std::time::Duration;

use morgue::Archive;
use morgue::serve::converse;
use rmcp::model::{CallToolRequestParams, CallToolResult, ClientConfig};
use rmcp::service::{RoleClient, RunningService, ServiceExt};
use serde_json::Value;
use tokio::time::timeout;

use super::archive::archive;

/// A client that has introduced itself.
type Client = RunningService<RoleClient, ClientConfig>;

/// What a tool answered.
#[derive(Debug)]
struct Answer {
    /// The object; of an error, null.
    value: Value,
    /// The text beside it.
    text: String,
    is_error: bool,
}

fn block_on<T>(work: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        timeout(Duration::from_secs(60), work)
            .await
            .expect("it ends")
    })
}

/// A client of a server in this process.
async fn client_of(archive: Archive) -> Client {
    let (near, far) = tokio::io::duplex(1 << 16);
    let (input, output) = tokio::io::split(far);
    tokio::spawn(converse(archive, input, output, std::future::pending()));
    ClientConfig::default().serve(near).await.unwrap()
}

/// Calls a tool; an error of the protocol is none of a tool.
async fn call(client: &Client, tool: &str, arguments: Value) -> Answer {
    let Value::Object(arguments) = arguments else {
        panic!("arguments are an object: {arguments}");
    };
    let asked = CallToolRequestParams::new(tool.to_owned()).with_arguments(arguments);
    let CallToolResult {
        content,
        structured_content,
        is_error,
        ..
    } = client.call_tool(asked).await.unwrap();
    let text = content.iter().filter_map(|block| block.as_text());
    Answer {
        value: structured_content.unwrap_or_default(),
        text: text.map(|text| text.text.as_str()).collect(),
        is_error: is_error == Some(true),
    }
}

/// What a tool answers, asked by itself.
#[track_caller]
fn told(tool: &str, arguments: Value) -> Value {
    let answer = asked(tool, arguments);
    assert!(!answer.is_error, "{}", answer.text);
    answer.value
}

/// What a tool says is wrong.
#[track_caller]
fn refused(tool: &str, arguments: Value, expected: &str) {
    let answer = asked(tool, arguments);
    assert!(answer.is_error, "{:?}", answer.value);
    assert_eq!(answer.text, expected);
}

fn asked(tool: &str, arguments: Value) -> Answer {
    block_on(async { call(&client_of(archive()).await, tool, arguments).await })
}
