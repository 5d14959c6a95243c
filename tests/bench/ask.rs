//! A neutral query: a line of the queries file, and what it is in morgue's query language. Knows nothing of any index.
//!
//! `terms` joined by `op` (`or`, `and`) · `phrase` · `prefix` · `not` · `field` (`headline`) · `scaled_date_from` and
//! `scaled_date_to`, a day that is in and one that is out · `place` · `sort` (`date`) · `facet` · `hist`. The words are
//! lower-case letters, so they mean the same in every query language.

use std::error::Error;

use chrono::NaiveDate;
use morgue::search::{FacetName, Request, Sort, Unit};
use serde::Deserialize;

/// How terms are joined.
#[derive(Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Op {
    /// Any of them.
    #[default]
    Or,
    /// All of them.
    And,
}

/// A line of the queries file.
#[derive(Deserialize)]
pub(crate) struct Ask {
    pub(crate) kind: String,
    #[serde(default)]
    pub(crate) terms: Vec<String>,
    #[serde(default)]
    pub(crate) op: Op,
    pub(crate) phrase: Option<String>,
    pub(crate) prefix: Option<String>,
    #[serde(default)]
    pub(crate) not: Vec<String>,
    pub(crate) field: Option<String>,
    #[serde(rename = "scaled_date_from")]
    pub(crate) from: Option<NaiveDate>,
    #[serde(rename = "scaled_date_to")]
    pub(crate) until: Option<NaiveDate>,
    pub(crate) place: Option<String>,
    pub(crate) sort: Option<String>,
    pub(crate) facet: Option<String>,
    pub(crate) hist: Option<String>,
}

impl Ask {
    /// The queries of a file, one a line.
    pub(crate) fn read(text: &str) -> Result<Vec<Ask>, Box<dyn Error>> {
        let lines = text.lines().filter(|line| !line.trim().is_empty());
        Ok(lines
            .map(serde_json::from_str)
            .collect::<Result<_, serde_json::Error>>()?)
    }

    pub(crate) fn in_headline(&self) -> bool {
        self.field.as_deref() == Some("headline")
    }

    /// The same for morgue. A quoted phrase is exact there, while the bare program's phrases are of stems.
    pub(crate) fn request(&self) -> Request {
        let words = if let Some(phrase) = &self.phrase {
            format!("\"{phrase}\"")
        } else if let Some(prefix) = &self.prefix {
            format!("{prefix}*")
        } else {
            let op = match self.op {
                Op::Or => " OR ",
                Op::And => " AND ",
            };
            format!("({})", self.terms.join(op))
        };
        let field = if self.in_headline() { "headline:" } else { "" };
        let mut clauses = vec![format!("{field}{words}")];
        clauses.extend(self.not.iter().map(|word| format!("NOT {word}")));
        if let (Some(from), Some(until)) = (self.from, self.until) {
            let last = until.pred_opt().unwrap_or(until);
            clauses.push(format!("date:{from}..{last}"));
        }
        clauses.extend(self.place.iter().map(|place| format!("place:\"{place}\"")));
        Request {
            sort: self.sort.as_ref().map(|_| Sort::Newest),
            facets: self.facet.iter().map(|_| FacetName::Place).collect(),
            timeline: self.hist.as_ref().map(|_| Unit::Month),
            ..Request::for_query(clauses.join(" AND "))
        }
    }
}
