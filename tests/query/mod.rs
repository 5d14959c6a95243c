//! The query language: what is typed → what it means, what is warned of, what is refused.

mod cases;
mod dates;
mod dialects;
mod limits;
mod properties;

use chrono::NaiveDate;
use morgue::query::{Context, Dialect};
use morgue::search::Match;

/// A Wednesday in September.
pub const TODAY: NaiveDate = NaiveDate::from_ymd_opt(2024, 9, 18).unwrap();

pub const ALL: Context = Context {
    matching: Match::All,
    today: TODAY,
    dialect: Dialect::Morgue,
};

pub const NEXIS: Context = Context {
    dialect: Dialect::Nexis,
    ..ALL
};

pub const FACTIVA: Context = Context {
    dialect: Dialect::Factiva,
    ..ALL
};

pub const ANY: Context = Context {
    matching: Match::Any,
    today: TODAY,
    dialect: Dialect::Morgue,
};
