//! `morgue explain`: how a query is understood, part by part, and how many articles each part finds alone.

use std::io::Write;
use std::path::Path;

use clap::Args;
use morgue::Archive;
use morgue::output::terminal::clean;
use morgue::query::Dialect;
use morgue::search::{Match, Request};

use super::{Exit, Printer, values};

#[derive(Debug, Args)]
pub(super) struct Explain {
    /// The query; several words are joined by blanks. One that begins with `-` comes after `--`
    query: Vec<String>,
    /// Whether all words must occur, or any
    #[arg(long = "match", value_name = "MODE", default_value = "all", value_parser = values::one_of::<Match>(Match::ALL.iter().map(|value| value.name())))]
    matching: Match,
    /// The day that `date:last-week` and its like start from, instead of the clock's
    #[arg(long, value_name = "DATE", value_parser = values::day)]
    today: Option<chrono::NaiveDate>,
    /// The language that the query is written in
    #[arg(long, value_name = "NAME", default_value = "morgue", value_parser = values::one_of::<Dialect>(Dialect::ALL.iter().map(|value| value.name())))]
    dialect: Dialect,
}

pub(super) fn run(args: &Explain, dir: &Path, printer: &Printer) -> anyhow::Result<Exit> {
    let request = Request {
        matching: args.matching,
        today: args.today,
        dialect: args.dialect,
        ..Request::for_query(args.query.join(" "))
    };
    let explanation = Archive::open(dir)?.explain(&request)?;
    let mut out = printer.data();
    writeln!(out, "{}", clean(&explanation.query.canonical))?;
    for line in &explanation.lines {
        write!(out, "{}{}", "  ".repeat(line.depth + 1), clean(&line.text))?;
        match line.articles {
            Some(1) => writeln!(out, "  (1 article)")?,
            Some(articles) => writeln!(out, "  ({articles} articles)")?,
            None => writeln!(out)?,
        }
    }
    writeln!(out)?;
    for written in &explanation.written {
        let text = written.text.as_deref().unwrap_or("–");
        writeln!(out, "{:8} {}", written.dialect, clean(text))?;
        for note in &written.notes {
            writeln!(out, "         ({})", clean(note))?;
        }
    }
    out.flush()?;
    printer.query_warnings(&explanation.query);
    Ok(Exit::Found)
}
