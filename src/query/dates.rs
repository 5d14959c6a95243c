//! The dates of the query language.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// A stretch of days, both ends included; an open end is `None`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DateSpan {
    /// The first day.
    pub from: Option<NaiveDate>,
    /// The last day.
    pub to: Option<NaiveDate>,
}
