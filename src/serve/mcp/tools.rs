//! The tools, as one table: what clients list and call. To add one, write its arguments, its answer and its function, and a row.

use std::sync::{Arc, LazyLock};

use rmcp::handler::server::tool::{schema_for_input, schema_for_output};
use rmcp::model::{CallToolResult, ContentBlock, JsonObject, Tool, ToolAnnotations};
use rmcp::schemars::JsonSchema;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::searches::invalid;
use super::{articles, quotes, searches};
use crate::{Archive, Error, Result};

/// A tool.
pub(super) struct Row {
    name: &'static str,
    title: &'static str,
    description: fn() -> String,
    /// The schemas of its arguments and of its answer.
    schemas: fn() -> (Schema, Schema),
    /// Does it.
    pub(super) call: fn(&Archive, JsonObject) -> Result<CallToolResult>,
}

type Schema = Arc<JsonObject>;

/// Every tool, in the order in which they are listed.
static TOOLS: &[Row] = &[
    Row {
        name: "search",
        title: "Search the archive",
        description: searches::language,
        schemas: || schemas(searches::search),
        call: |archive, arguments| answer(archive, arguments, searches::search),
    },
    Row {
        name: "read",
        title: "Read an article",
        description: || {
            "Gives an article, or one of its texts, page by page: the body first, with what is known about the article. Every page carries its character range and the hash of the whole text, so that a citation (id, field, start, end, hash) can be checked: read it with `start`, `length` and `exactly`.".into()
        },
        schemas: || schemas(articles::read),
        call: |archive, arguments| answer(archive, arguments, articles::read),
    },
    Row {
        name: "verify_quote",
        title: "Verify a quote",
        description: || {
            "Tells whether a quote was printed: exact, altered (with the difference, word by word) or absent. Tolerates only kinds of quotation marks, dashes and white space, and says so when it did. Use it for every quotation before it is given to anyone. Without an id the whole archive is searched.".into()
        },
        schemas: || schemas(quotes::verify),
        call: |archive, arguments| answer(archive, arguments, quotes::verify),
    },
    Row {
        name: "timeline",
        title: "Count over time",
        description: || {
            "Counts the articles that match a query by day, week, month or year, beside all articles of that time: compare the shares, since archives are not evenly filled.".into()
        },
        schemas: || schemas(searches::timeline),
        call: |archive, arguments| answer(archive, arguments, searches::timeline),
    },
    Row {
        name: "facets",
        title: "Count by values",
        description: || {
            "Counts the articles that match a query by publication, section, author, place, topic, language or year.".into()
        },
        schemas: || schemas(searches::facets),
        call: |archive, arguments| answer(archive, arguments, searches::facets),
    },
    Row {
        name: "explain",
        title: "Explain a query",
        description: || {
            "Tells how a query is understood, part by part, with the number of articles that each part finds by itself. For a query that finds too little or too much.".into()
        },
        schemas: || schemas(searches::explain),
        call: |archive, arguments| answer(archive, arguments, searches::explain),
    },
    Row {
        name: "status",
        title: "What the archive holds",
        description: || {
            "Tells how many articles there are, from when to when, in which languages and publications, and when the archive was last changed.".into()
        },
        schemas: || schemas(articles::status),
        call: |archive, arguments| answer(archive, arguments, articles::status),
    },
];

/// The tool of this name.
pub(super) fn named(name: &str) -> Option<&'static Row> {
    TOOLS.iter().find(|row| row.name == name)
}

/// All of them, as clients list them.
pub(super) fn all() -> Vec<Tool> {
    static LISTED: LazyLock<Vec<Tool>> = LazyLock::new(|| TOOLS.iter().map(Row::listed).collect());
    LISTED.clone()
}

impl Row {
    fn listed(&self) -> Tool {
        let (input, output) = (self.schemas)();
        let hints = ToolAnnotations::new()
            .read_only(true)
            .idempotent(true)
            .open_world(false);
        Tool::new(self.name, (self.description)(), input)
            .with_title(self.title)
            .with_raw_output_schema(output)
            .with_annotations(hints)
    }
}

fn schemas<A: JsonSchema + 'static, B: JsonSchema + 'static>(
    _: fn(&Archive, A) -> Result<B>,
) -> (Schema, Schema) {
    let input = schema_for_input::<A>().expect("arguments are an object");
    (input, schema_for_output::<B>())
}

/// Calls a tool. The answer is given twice, as the protocol asks: as an object, and as text for clients that know no objects.
fn answer<A: DeserializeOwned, B: Serialize>(
    archive: &Archive,
    arguments: JsonObject,
    tool: fn(&Archive, A) -> Result<B>,
) -> Result<CallToolResult> {
    let arguments = serde_json::from_value(arguments.into())
        .map_err(|error| invalid("arguments", error.to_string()))?;
    let answer = tool(archive, arguments)?;
    let failed = |error: serde_json::Error| Error::Io(error.into());
    let mut result = CallToolResult::structured(serde_json::to_value(&answer).map_err(failed)?);
    // Of the struct itself, whose members stand in an order that is meant to be read.
    result.content = vec![ContentBlock::text(
        serde_json::to_string(&answer).map_err(failed)?,
    )];
    Ok(result)
}

/// An error as whoever called a tool is to see it: what is wrong, where, and what to do.
pub(super) fn failed(error: &Error) -> CallToolResult {
    let mut text = error.to_string();
    if let Error::Query(error) = error {
        text = format!("{text}\n{}", error.caret());
    }
    let hint = match error {
        Error::NoArticle(_) => Some("ids are those that `search` gives".into()),
        Error::Withdrawn { .. } => {
            Some("it must not be quoted; `read` with `version` gives what it was".into())
        }
        error => error.hint(),
    };
    if let Some(hint) = hint {
        text = format!("{text}\nhint: {hint}");
    }
    CallToolResult::error(vec![ContentBlock::text(text)])
}
