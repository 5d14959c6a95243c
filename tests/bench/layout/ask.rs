//! A line of queries.jsonl, read once. Knows no field and no index.

use serde_json::Value;

use crate::layout::seconds;

/// A query of queries.jsonl.
pub struct Ask {
    pub id: String,
    pub kind: String,
    pub words: Vec<String>,
    pub and: bool,
    pub phrase: Option<String>,
    pub prefix: Option<String>,
    pub not: Vec<String>,
    pub days: Option<(i64, i64)>,
    pub place: Option<String>,
    pub headline: bool,
    pub newest: bool,
}

impl Ask {
    /// None for the kinds that are not measured here (facets, histograms).
    pub fn parse(q: &Value) -> Option<Ask> {
        if q["facet"].is_string() || q["hist"].is_string() {
            return None;
        }
        let text = |k: &str| q[k].as_str().map(str::to_string);
        let list = |k: &str| {
            q[k].as_array()
                .into_iter()
                .flatten()
                .filter_map(|w| Some(w.as_str()?.to_string()))
                .collect()
        };
        let day = |k: &str| q[k].as_str().map(|d| seconds(d) / 86_400);
        Some(Ask {
            id: text("id")?,
            kind: text("kind")?,
            words: list("terms"),
            and: q["op"] == "and",
            phrase: text("phrase"),
            prefix: text("prefix"),
            not: list("not"),
            days: day("scaled_date_from").zip(day("scaled_date_to")),
            place: text("place"),
            headline: q["field"] == "headline",
            newest: q["sort"] == "date",
        })
    }
}

impl Ask {
    /// Words and nothing else.
    pub fn plain(&self) -> bool {
        self.days.is_none() && self.place.is_none() && self.not.is_empty()
    }
}
