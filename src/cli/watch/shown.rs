//! Watches as text, for people.

use std::io::{self, Write};

use chrono::{DateTime, Local, Utc};
use morgue::alert::{Listed, Target};
use morgue::output::terminal::clean;

/// One line for each watch.
pub(super) fn list(out: &mut dyn Write, listed: &[Listed]) -> io::Result<()> {
    let width = listed
        .iter()
        .map(|it| it.watch.name.len())
        .max()
        .unwrap_or(0);
    for it in listed {
        let state = match &it.record.failure {
            Some(_) => format!("failing, {} waiting", it.waiting),
            None => format!("{} delivered", it.record.articles),
        };
        writeln!(
            out,
            "{:width$}  {:7}  {state:14}  {}",
            it.watch.name,
            it.watch.to.kind(),
            clean(&it.watch.query)
        )?;
    }
    Ok(())
}

/// All of one watch.
pub(super) fn one(out: &mut dyn Write, listed: &Listed) -> io::Result<()> {
    let Listed {
        watch,
        record,
        waiting,
    } = listed;
    let mut line = |name: &str, value: &str| writeln!(out, "{name:<13} {}", clean(value));
    line("name", &watch.name)?;
    line("query", &watch.query)?;
    if watch.matching.name() != "all" {
        line("match", watch.matching.name())?;
    }
    if watch.dialect.name() != "morgue" {
        line("dialect", watch.dialect.name())?;
    }
    if let Some(days) = watch.only_recent {
        line("only recent", &format!("{days} days"))?;
    }
    line("to", watch.to.kind())?;
    match &watch.to {
        Target::File { path, format } => {
            line("path", &format!("{} ({format})", path.display()))?;
        }
        Target::Command { run, folder, .. } => {
            line("run", &run.join(" "))?;
            line("in", &folder.display().to_string())?;
        }
        Target::Webhook { url, headers, .. } => {
            line("url", url)?;
            for (name, value) in headers {
                line("header", &format!("{name}: {value}"))?;
            }
        }
        Target::Feed { path, entries } => {
            line(
                "path",
                &format!("{} (the newest {entries})", path.display()),
            )?;
        }
    }
    line("added", &moment(watch.added))?;
    line("delivered", &articles(record.articles))?;
    if let Some(last) = record.last {
        line("last", &moment(last))?;
    }
    if *waiting > 0 {
        line("waiting", &format!("{waiting} deliveries"))?;
    }
    if let Some(failure) = &record.failure {
        line(
            "failed",
            &format!("{} times: {}", failure.attempts, failure.why),
        )?;
        line("again after", &moment(failure.again))?;
    }
    Ok(())
}

/// A moment, by the clock of the user.
pub(super) fn moment(moment: DateTime<Utc>) -> String {
    moment
        .with_timezone(&Local)
        .format("%Y-%m-%d %H:%M:%S")
        .to_string()
}

/// So many articles.
pub(super) fn articles(count: u64) -> String {
    match count {
        1 => "1 article".into(),
        _ => format!("{count} articles"),
    }
}
