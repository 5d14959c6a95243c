//! `morgue explain`: how a query is understood, part by part, and how many articles each part finds alone.

use std::io::Write;
use std::path::Path;

use clap::Args;
use morgue::Archive;
use morgue::output::terminal::clean;
use morgue::query::Dialect;
use morgue::search::{Limits, Match, Request};

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
    /// Give up after so many seconds (default: never); there is then no answer, not a part of one
    #[arg(long, value_name = "SECONDS", default_value = "0", hide_default_value = true, value_parser = values::time)]
    timeout: Limits,
}

pub(super) fn run(args: &Explain, dir: &Path, printer: &Printer) -> anyhow::Result<Exit> {
    let request = Request {
        matching: args.matching,
        today: args.today,
        dialect: args.dialect,
        ..Request::for_query(args.query.join(" "))
    };
    let explanation = Archive::open(dir)?
        .with_limits(args.timeout)
        .explain(&request)?;
    let mut out = printer.data();
    writeln!(out, "{}", clean(&explanation.query.canonical))?;
    for line in &explanation.lines {
        write!(out, "{}{}", "  ".repeat(line.depth + 1), clean(&line.text))?;
        let counts = [(line.words, "word"), (line.articles, "article")];
        let counts: Vec<String> = counts
            .into_iter()
            .filter_map(|(count, noun)| Some(plural(count?, noun)))
            .collect();
        match &counts[..] {
            [] => writeln!(out)?,
            counts => writeln!(out, "  ({})", counts.join(", "))?,
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

fn plural(count: u64, noun: &str) -> String {
    match count {
        1 => format!("1 {noun}"),
        _ => format!("{count} {noun}s"),
    }
}
