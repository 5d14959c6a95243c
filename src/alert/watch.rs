//! A watch: a query that is asked again after every commit, and where what it finds is delivered.

use std::path::PathBuf;

use chrono::{DateTime, Days, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::query::{self, Context, Dialect, Parsed};
use crate::search::{Match, Request, named};

/// A saved search.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Watch {
    /// What it is called: letters, digits, `.`, `-` and `_`.
    pub name: String,
    /// Its number, which no other watch of this index ever has: one of the same name that is added later is another.
    #[serde(default)]
    pub number: u32,
    /// The query, as typed.
    pub query: String,
    /// How words without an operator are joined.
    #[serde(rename = "match")]
    pub matching: Match,
    /// The language that the query is written in.
    pub dialect: Dialect,
    /// Deliver only what is dated so many days back at most; what has no date is then not delivered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub only_recent: Option<u32>,
    /// When it was added.
    pub added: DateTime<Utc>,
    /// Where it delivers.
    pub to: Target,
}

/// Where a watch delivers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Target {
    /// The articles are appended to a file.
    File {
        /// The file.
        path: PathBuf,
        /// How they are written.
        format: Format,
    },
    /// A program is started, and given the articles as JSON Lines on its standard input.
    Command {
        /// The program and its arguments. No shell is between.
        run: Vec<String>,
        /// The folder that it runs in.
        folder: PathBuf,
        /// How long it may take.
        seconds: u64,
    },
    /// The articles are sent to an address, as JSON in the body of a POST.
    Webhook {
        /// The address.
        url: String,
        /// Headers to send, each with its value.
        #[serde(default)]
        headers: Vec<(String, String)>,
        /// How long it may take.
        seconds: u64,
    },
    /// A file is kept that has the newest as an Atom feed.
    Feed {
        /// The file.
        path: PathBuf,
        /// How many articles it has at most.
        entries: usize,
    },
}

named! {
    /// How articles are appended to a file.
    Format, "format" {
        /// One article a line, as JSON.
        Jsonl = "jsonl",
        /// One article a row, the headings first where the file is new.
        Csv = "csv",
    }
}

/// The longest name that a watch may have.
const LONGEST_NAME: usize = 64;

impl Watch {
    /// What is asked on a day: of a watch for what is recent, only that.
    pub(super) fn request(&self, today: NaiveDate) -> Request {
        let first = |days: u32| today.checked_sub_days(Days::new(days.into()));
        Request {
            matching: self.matching,
            dialect: self.dialect,
            today: Some(today),
            from: self.only_recent.and_then(first).map(|day| day.to_string()),
            ..Request::for_query(self.query.clone())
        }
    }

    /// Whether its query means something else on another day: `date:last-week` does.
    pub(super) fn differs_between(&self, one: NaiveDate, other: NaiveDate) -> bool {
        let meaning = |today| {
            let context = Context {
                matching: self.matching,
                today,
                dialect: self.dialect,
            };
            query::parse(&self.query, &context)
                .ok()
                .map(|Parsed { tree, .. }| tree.to_string())
        };
        meaning(one) != meaning(other)
    }

    /// Whether its name can be part of the name of a file, of a variable's value and of an address.
    pub(super) fn check_name(&self) -> Result<()> {
        let fits = |c: char| c.is_ascii_alphanumeric() || "._-".contains(c);
        if !self.name.is_empty() && self.name.len() <= LONGEST_NAME && self.name.chars().all(fits) {
            return Ok(());
        }
        Err(Error::Invalid {
            what: format!("the name `{}`", self.name),
            why: format!(
                "take letters (a to z), digits, `.`, `-` and `_`, at most {LONGEST_NAME} of them"
            ),
        })
    }
}

impl Target {
    /// What kind it is, as in `--to`.
    pub fn kind(&self) -> &'static str {
        match self {
            Target::File { .. } => "file",
            Target::Command { .. } => "command",
            Target::Webhook { .. } => "webhook",
            Target::Feed { .. } => "feed",
        }
    }

    /// Where it is, without what is secret: of an address only the host.
    pub fn place(&self) -> String {
        match self {
            Target::File { path, .. } | Target::Feed { path, .. } => path.display().to_string(),
            Target::Command { run, .. } => run.join(" "),
            Target::Webhook { url, .. } => origin(url).to_owned(),
        }
    }

    /// Takes the values of its headers away: they may be keys.
    pub(super) fn hide_values(&mut self) {
        if let Target::Webhook { headers, .. } = self {
            for (_, value) in headers {
                "…".clone_into(value);
            }
        }
    }

    /// Whether the same delivery once more changes nothing, because it is seen that it has been made.
    pub(super) fn is_repeatable(&self) -> bool {
        matches!(self, Target::File { .. } | Target::Feed { .. })
    }
}

/// Scheme, host and port of an address.
pub(super) fn origin(url: &str) -> &str {
    let host = url.find("://").map_or(0, |at| at + 3);
    let end = url[host..].find(['/', '?', '#']);
    &url[..end.map_or(url.len(), |end| host + end)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_secret_in_an_address_is_not_its_origin() {
        for (url, expected) in [
            (
                "https://hooks.example/T0/secret?key=1",
                "https://hooks.example",
            ),
            ("http://127.0.0.1:8080/x", "http://127.0.0.1:8080"),
            ("https://hooks.example?key=1", "https://hooks.example"),
            ("https://hooks.example", "https://hooks.example"),
        ] {
            assert_eq!(origin(url), expected);
        }
    }
}
