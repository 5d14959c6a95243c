//! The description of the routes is true: it has every one of them, and what it gives as examples finds something.
//! `tests/serve/clients/run.sh` has it judged by programs of others.

use std::path::Path;

use serde_json::{Value, json};

use axum::body::Body;
use axum::http::Request as HttpRequest;
use morgue::Archive;
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

/// The operations of the document: path, method and what is said of it.
fn operations(document: &Value) -> impl Iterator<Item = (&String, &String, &Value)> {
    let paths = document["paths"].as_object().unwrap();
    paths.iter().flat_map(|(path, operations)| {
        let operations = operations.as_object().unwrap();
        operations
            .iter()
            .map(move |(method, operation)| (path, method, operation))
    })
}

/// What the sample corpus answers to the examples of an operation.
fn asked(archive: &Archive, path: &str, method: &str, operation: &Value) -> Answer {
    let request = HttpRequest::builder()
        .method(method.to_uppercase().as_str())
        .header("host", "localhost");
    let request = match &operation["requestBody"]["content"]["application/json"]["example"] {
        Value::Null => request.uri(address(path, operation)).body(Body::empty()),
        body => request
            .uri(path)
            .header("content-type", "application/json")
            .body(Body::from(body.to_string())),
    };
    send_to(router(archive.clone()), request.unwrap())
}

/// An answer, but for what differs by the machine and the hour.
fn settled(mut answer: Value) -> Value {
    let machine = [
        ("took_ms", json!(1.5)),
        (
            "next",
            json!("eyJwIjp7ImtleSI6Wy00NjE3Mjk2ODQwNzU5NDQzNDU2XX0"),
        ),
        ("path", json!("/var/lib/morgue/index")),
        ("roots", json!(["/srv/archive/sample-corpus"])),
        ("bytes", json!(380_000)),
        ("last_indexed", json!("2026-11-23T04:05:06Z")),
    ];
    for (name, value) in machine {
        if let Some(member) = answer.get_mut(name)
            && !member.is_null()
        {
            *member = value;
        }
    }
    let hits = answer.get_mut("hits").and_then(Value::as_array_mut);
    for hit in hits.into_iter().flatten() {
        hit["score"] = json!((hit["score"].as_f64().unwrap() * 1000.0).round() / 1000.0);
    }
    answer
}

/// Run with `UPDATE_FIGURES=1` to write what is answered now; read it before it is kept.
#[test]
fn its_examples_are_what_the_sample_corpus_answers() {
    let (_index, archive) = sample_archive();
    let document = document();
    let mut answers = json!({});
    for (path, method, operation) in operations(&document) {
        let answer = asked(&archive, path, method, operation);
        assert_eq!(answer.status, 200, "{path}: {}", answer.body);
        let media_type = answer.media_type();
        let body = match media_type {
            "application/json" => settled(answer.json()),
            _ => Value::from(answer.body.as_str()),
        };
        if let Some(total) = body.get("total") {
            assert!(total.as_u64() > Some(0), "{method} {path}");
        }
        // The description does not have itself as an example.
        if !path.ends_with("openapi.json") {
            answers[path][method][media_type] = body;
        }
    }
    if std::env::var_os("UPDATE_FIGURES").is_some_and(|value| value == "1") {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/serve/api/answers.json");
        let text = serde_json::to_string_pretty(&answers).unwrap();
        std::fs::write(file, text + "\n").unwrap();
        return;
    }
    for (path, method, operation) in operations(&document) {
        let contents = operation["responses"]["200"]["content"]
            .as_object()
            .unwrap();
        for (media_type, content) in contents {
            let (example, answer) = (&content["example"], &answers[path][method][media_type]);
            assert_eq!(example, answer, "{method} {path} as {media_type}");
        }
    }
}
