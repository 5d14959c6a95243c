//! `morgue show`: one whole article, to read or as JSON, with the matches of a query marked where one is given.

use std::io::Write;
use std::path::Path;

use chrono::NaiveDate;
use clap::{Args, ValueEnum};
use morgue::Archive;
use morgue::output::{json, write_article, write_marked};
use morgue::search::{Match, Request};

use super::{Exit, Printer, values};

#[derive(Debug, Args)]
pub(super) struct Show {
    /// The id of the article, as `morgue search` prints it
    #[arg(allow_hyphen_values = true)]
    id: String,
    /// What to print
    #[arg(long, short, value_name = "NAME", default_value = "text")]
    output: As,
    /// Mark the matches of this query
    #[arg(long, value_name = "QUERY", allow_hyphen_values = true)]
    query: Option<String>,
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
    match &args.query {
        Some(query) => marked(args, query, &archive, printer),
        None => whole(args, &archive, printer),
    }
}

fn whole(args: &Show, archive: &Archive, printer: &Printer) -> anyhow::Result<Exit> {
    let article = archive.article(&args.id)?;
    let mut out = printer.data();
    match args.output {
        As::Text => write_article(&mut out, &article, printer.look())?,
        As::Json => json::write_line(&mut out, &article)?,
    }
    out.flush()?;
    Ok(Exit::Found)
}

/// The article is shown also where the query does not find it; that is told aside, and by the exit code.
fn marked(args: &Show, query: &str, archive: &Archive, printer: &Printer) -> anyhow::Result<Exit> {
    let request = Request {
        matching: args.matching,
        today: args.today,
        ..Request::for_query(query)
    };
    let marked = archive.marked(&args.id, &request)?;
    printer.query_warnings(&marked.query);
    let mut out = printer.data();
    match args.output {
        As::Text => write_marked(&mut out, &marked, printer.look())?,
        As::Json => json::write_line(&mut out, &marked)?,
    }
    out.flush()?;
    if !marked.found {
        printer.note("the query does not find this article");
    }
    Ok(Exit::found(marked.found))
}
