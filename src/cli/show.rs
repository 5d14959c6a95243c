//! `morgue show`: one whole article, to read or as JSON, with the matches of a query marked where one is given; its versions,
//! and what differs between them.

use std::io::{self, Write};
use std::path::Path;

use chrono::NaiveDate;
use clap::{Args, ValueEnum};
use morgue::Archive;
use morgue::article::Version;
use morgue::output::terminal::clean;
use morgue::output::{json, write_article, write_difference, write_marked, write_versions};
use morgue::query::Dialect;
use morgue::search::{Match, Request};
use serde::Serialize;

use super::{Exit, Printer, values};

#[derive(Debug, Args)]
pub(super) struct Show {
    /// The id of the article, as `morgue search` prints it
    #[arg(allow_hyphen_values = true)]
    id: String,
    /// What to print
    #[arg(long, short, value_name = "NAME", default_value = "text")]
    output: As,
    /// List its versions, the earliest first
    #[arg(long, conflicts_with_all = ["query", "version", "diff"])]
    versions: bool,
    /// Print this version of it, also when it was replaced or withdrawn
    #[arg(long, value_name = "N", conflicts_with_all = ["query", "diff"])]
    version: Option<u32>,
    /// Print what differs between two of its versions, word by word
    #[arg(long, value_name = "M..N", value_parser = values::two_numbers, conflicts_with = "query")]
    diff: Option<(u32, u32)>,
    /// Mark the matches of this query
    #[arg(long, value_name = "QUERY", allow_hyphen_values = true)]
    query: Option<String>,
    /// Whose query language it is written in
    #[arg(long, value_name = "NAME", default_value = "morgue", requires = "query", value_parser = values::one_of::<Dialect>(Dialect::ALL.iter().map(|value| value.name())))]
    dialect: Dialect,
    /// Whether all words must occur, or any
    #[arg(long = "match", value_name = "MODE", default_value = "all", requires = "query", value_parser = values::one_of::<Match>(Match::ALL.iter().map(|value| value.name())))]
    matching: Match,
    /// The day that `date:last-week` and its like start from, instead of the clock's
    #[arg(long, value_name = "DATE", requires = "query", value_parser = values::day)]
    today: Option<NaiveDate>,
}

/// How one thing is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum As {
    /// For reading
    Text,
    /// One JSON object
    Json,
}

pub(super) fn run(args: &Show, dir: &Path, printer: &Printer) -> anyhow::Result<Exit> {
    let archive = Archive::open(dir)?;
    if args.versions {
        return versions(args, &archive, printer);
    }
    if let Some((from, to)) = args.diff {
        return difference(args, (from, to), &archive, printer);
    }
    match &args.query {
        Some(query) => marked(args, query, &archive, printer),
        None => whole(args, &archive, printer),
    }
}

/// What is printed as JSON: an article, and what only the archive knows of it.
#[derive(Serialize)]
struct Shown<'a, T> {
    #[serde(flatten)]
    article: &'a T,
    /// The other files that hold the same.
    also_in: &'a [String],
}

fn whole(args: &Show, archive: &Archive, printer: &Printer) -> anyhow::Result<Exit> {
    let article = match args.version {
        Some(number) => archive.version(&args.id, number)?,
        None => archive.article(&args.id)?,
    };
    let versions = archive.versions(&args.id)?;
    let shown = shown(args, &versions);
    let mut out = printer.data();
    match args.output {
        As::Text => write_article(&mut out, &article, printer.look())?,
        As::Json => write_shown(&mut out, &article, shown)?,
    }
    out.flush()?;
    tell_history(args, archive, (&versions, shown), printer)?;
    Ok(Exit::Found)
}

/// The version of an article that is asked for.
fn shown<'a>(args: &Show, versions: &'a [Version]) -> Option<&'a Version> {
    versions.iter().find(|version| match args.version {
        Some(number) => version.number == number,
        None => version.current,
    })
}

fn write_shown<T: Serialize>(
    out: &mut dyn Write,
    article: &T,
    shown: Option<&Version>,
) -> io::Result<()> {
    let also_in = shown.map_or(&[][..], |shown| &shown.also_in);
    json::write_line(out, &Shown { article, also_in })
}

/// What an article does not say of itself: that it has other versions, that others correct it.
fn tell_history(
    args: &Show,
    archive: &Archive,
    (versions, shown): (&[Version], Option<&Version>),
    printer: &Printer,
) -> anyhow::Result<()> {
    if let Some(shown) = shown {
        if versions.len() > 1 {
            printer.note(format!(
                "version {} of {}; --versions lists them",
                shown.number,
                versions.len()
            ));
        }
        match shown.until {
            Some(day) => printer.warning(format!("the archive has not read so since {day}")),
            None if !shown.current => printer.warning("the archive no longer reads so"),
            None => {}
        }
        for also in &shown.also_in {
            printer.note(format!("also in {}", clean(also)));
        }
    }
    for id in archive.followed_by(&args.id)? {
        printer.note(format!("corrected or continued by {}", clean(&id)));
    }
    Ok(())
}

fn versions(args: &Show, archive: &Archive, printer: &Printer) -> anyhow::Result<Exit> {
    let versions = archive.versions(&args.id)?;
    let mut out = printer.data();
    match args.output {
        As::Text => write_versions(&mut out, &versions, printer.look())?,
        As::Json => json::write_line(&mut out, &versions)?,
    }
    out.flush()?;
    Ok(Exit::Found)
}

fn difference(
    args: &Show,
    (from, to): (u32, u32),
    archive: &Archive,
    printer: &Printer,
) -> anyhow::Result<Exit> {
    let difference = archive.difference(&args.id, from, to)?;
    let mut out = printer.data();
    match args.output {
        As::Text => write_difference(&mut out, &difference, printer.look())?,
        As::Json => json::write_line(&mut out, &difference)?,
    }
    out.flush()?;
    Ok(Exit::Found)
}

/// The article is shown also where the query does not find it; that is told aside, and by the exit code.
fn marked(args: &Show, query: &str, archive: &Archive, printer: &Printer) -> anyhow::Result<Exit> {
    let request = Request {
        dialect: args.dialect,
        matching: args.matching,
        today: args.today,
        ..Request::for_query(query)
    };
    let marked = archive.marked(&args.id, &request)?;
    printer.query_warnings(&marked.query);
    let mut out = printer.data();
    match args.output {
        As::Text => write_marked(&mut out, &marked, printer.look())?,
        As::Json => {
            let versions = archive.versions(&args.id)?;
            write_shown(&mut out, &marked, shown(args, &versions))?;
        }
    }
    out.flush()?;
    if !marked.found {
        printer.note("the query does not find this article");
    }
    Ok(Exit::found(marked.found))
}
