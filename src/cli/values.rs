//! The values that options take, from the library's own tables, so that help, completions and "did you mean" follow them.

use std::str::FromStr;
use std::time::Duration;

use chrono::NaiveDate;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use morgue::output::{self, Output};
use morgue::search::{FacetName, Limits, Request};

/// One of the values with these names.
pub(super) fn one_of<T>(
    names: impl IntoIterator<Item = &'static str>,
) -> impl TypedValueParser<Value = T>
where
    T: FromStr + Clone + Send + Sync + 'static,
    T::Err: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    PossibleValuesParser::new(names.into_iter().map(PossibleValue::new))
        .try_map(|name| name.parse::<T>())
}

/// A row of the table of outputs.
pub(super) fn output() -> impl TypedValueParser<Value = &'static Output> {
    let names = output::OUTPUTS
        .iter()
        .map(|output| PossibleValue::new(output.name).help(output.help));
    PossibleValuesParser::new(names).try_map(|name| output::find(&name).ok_or("no such output"))
}

/// How many hits.
pub(super) fn limit(text: &str) -> Result<usize, String> {
    let wrong = || {
        format!(
            "it is no number from 0 to {}; `--all` gives every hit",
            Request::MAX_LIMIT
        )
    };
    text.parse()
        .ok()
        .filter(|limit| *limit <= Request::MAX_LIMIT)
        .ok_or_else(wrong)
}

/// How many values of a facet.
pub(super) fn of_values(text: &str) -> Result<usize, String> {
    let values = text.parse().ok();
    let values = values.filter(|values| *values <= Request::MAX_VALUES);
    values.ok_or_else(|| format!("it is no number from 0 to {}", Request::MAX_VALUES))
}

/// How long an answer may take, in seconds; 0 is as long as it takes.
pub(super) fn time(text: &str) -> Result<Limits, String> {
    let seconds: f64 = text.parse().unwrap_or(-1.0);
    match Duration::try_from_secs_f64(seconds) {
        Ok(_) if seconds == 0.0 => Ok(Limits::default()),
        Ok(time) => Ok(Limits::time(time)),
        Err(_) => Err("it is no number of seconds".into()),
    }
}

/// A value of a facet: `source=The Larkmouth Courier`.
pub(super) fn of_facet(text: &str) -> Result<(FacetName, String), String> {
    let Some((name, value)) = text.split_once('=') else {
        return Err("it is not of the form source=VALUE".into());
    };
    Ok((name.parse()?, value.to_owned()))
}

/// The name of a host, without anything around it.
pub(super) fn host(text: &str) -> Result<String, String> {
    if text.is_empty() || text.contains(['/', ':', '@', ' ']) {
        return Err(
            "it is no name of a host; write archive.example, without scheme and port".into(),
        );
    }
    Ok(text.to_owned())
}

/// A whole day.
pub(super) fn day(text: &str) -> Result<NaiveDate, String> {
    text.parse()
        .map_err(|_| "it is no day of the form 1963-08-14".into())
}

/// Two numbers of versions: `1..3`.
pub(super) fn two_numbers(text: &str) -> Result<(u32, u32), String> {
    let numbers = text.split_once("..");
    let numbers = numbers.and_then(|(from, to)| Some((from.parse().ok()?, to.parse().ok()?)));
    numbers.ok_or_else(|| "write the numbers of two versions: 1..2".into())
}
