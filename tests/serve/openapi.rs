//! The description of the routes is true: it has every one of them, and what it gives as examples finds something.
//! `tests/serve/clients/run.sh` has it judged by programs of others.

use std::path::Path;

use serde_json::Value;

use axum::body::Body;
use axum::http::Request as HttpRequest;
use morgue::serve::router;

use super::{Answer, get, sample_archive, send_to};

fn document() -> Value {
    get("/api/openapi.json").json()
}

#[test]
fn every_route_is_described() {
    let document = document();
    assert_eq!(document["openapi"], "3.1.0");
    let described: Vec<_> = document["paths"]
        .as_object()
        .unwrap()
        .keys()
        .cloned()
        .collect();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/serve");
    let source = ["api/mod.rs", "feed/mod.rs"]
        .map(|file| std::fs::read_to_string(root.join(file)).unwrap())
        .concat();
    let mut served: Vec<_> = source
        .split(".route(\"")
        .skip(1)
        .map(|route| route.split('"').next().unwrap().replace("{*id}", "{id}"))
        .collect();
    served.sort();
    assert_eq!(described, served);
}

#[test]
fn every_word_of_it_is_for_others() {
    let text = document().to_string();
    for ours in ["[`", "`crate::", "`super::", "`self::"] {
        assert!(!text.contains(ours), "{ours}");
    }
    for (path, operations) in document()["paths"].as_object().unwrap() {
        for (method, operation) in operations.as_object().unwrap() {
            assert!(
                operation["summary"].is_string() && operation["description"].is_string()
                    || path.ends_with("status"),
                "{method} {path}"
            );
            for parameter in operation["parameters"].as_array().into_iter().flatten() {
                assert!(
                    parameter["description"].is_string(),
                    "{path} {}",
                    parameter["name"]
                );
            }
        }
    }
}

/// The address of an operation with the examples of its parameters.
fn address(path: &str, operation: &Value) -> String {
    let mut path = path.to_owned();
    let mut pairs = Vec::new();
    for parameter in operation["parameters"].as_array().into_iter().flatten() {
        let value = match &parameter["example"] {
            Value::Null => continue,
            Value::String(text) => text.clone(),
            Value::Array(values) => values
                .iter()
                .map(|value| value.as_str().unwrap())
                .collect::<Vec<_>>()
                .join(","),
            other => other.to_string(),
        };
        let value = value.replace(' ', "%20").replace('"', "%22");
        let name = parameter["name"].as_str().unwrap();
        if parameter["in"] == "path" {
            path = path.replace(&format!("{{{name}}}"), &value);
        } else if !(name == "q" && path.contains("/articles/")) {
            pairs.push(format!("{name}={value}"));
        }
    }
    format!("{path}?{}", pairs.join("&"))
}

#[test]
fn its_examples_find_something_in_the_sample_corpus() {
    let (_index, archive) = sample_archive();
    let send = |request: HttpRequest<Body>| -> Answer { send_to(router(archive.clone()), request) };
    for (path, operations) in document()["paths"].as_object().unwrap() {
        for (method, operation) in operations.as_object().unwrap() {
            let request = HttpRequest::builder()
                .method(method.to_uppercase().as_str())
                .header("host", "localhost");
            let answer = match &operation["requestBody"]["content"]["application/json"]["example"] {
                Value::Null => send(
                    request
                        .uri(address(path, operation))
                        .body(Body::empty())
                        .unwrap(),
                ),
                body => {
                    let request = request.uri(path).header("content-type", "application/json");
                    send(request.body(Body::from(body.to_string())).unwrap())
                }
            };
            assert_eq!(answer.status, 200, "{path}: {}", answer.body);
            assert!(answer.body.len() > 100, "{path}: {}", answer.body);
            if let Ok(Value::Object(answer)) = serde_json::from_str(&answer.body)
                && let Some(total) = answer.get("total")
            {
                assert!(total.as_u64() > Some(0), "{method} {path}");
            }
        }
    }
}
