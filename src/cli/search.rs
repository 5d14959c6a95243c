//! `morgue search`: asks the index, brings it up to date first when told to, and prints what it finds.

use std::io::{self, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use clap::Args;
use morgue::Archive;
use morgue::output::kwic::Sorted;
use morgue::output::{Look, Output, ShowsLines};
use morgue::query::Dialect;
use morgue::search::{
    FacetName, Hit, Limits, LineOrder, Match, Only, Request, Response, Sort, Unit,
};

use super::{Exit, Printer, index, values};

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  morgue search 'gaza truce'
  morgue search '\"prisoner swap\" W/10 cairo' --from 1963-08 --sort newest
  morgue search --facet source,year --timeline month --output json inflation
  morgue search --all --output jsonl 'headline:election' > election.jsonl
  morgue search --all --output kwic --kwic-sort right strike
  morgue search -- -sport")]
pub(super) struct Search {
    /// The query; several words are joined by blanks. Without one, every article, newest first
    ///
    /// A query that begins with `-` comes after `--`.
    query: Vec<String>,
    /// Bring the index up to date with this file or folder first (may be repeated)
    #[arg(long, value_name = "PATH")]
    sync: Vec<PathBuf>,
    /// Only articles dated then or later: 1963, 1963-08, 1963-08-14
    #[arg(long, value_name = "DATE")]
    from: Option<String>,
    /// Only articles dated then or earlier
    #[arg(long, value_name = "DATE")]
    to: Option<String>,
    /// Only articles with this value of a facet, as `--facet` gives it (may be repeated: several of one facet are either)
    #[arg(long, value_name = "FACET=VALUE", value_parser = values::of_facet)]
    only: Vec<(FacetName, String)>,
    /// Whether all words must occur, or any
    #[arg(long = "match", value_name = "MODE", default_value = "all", value_parser = values::one_of::<Match>(Match::ALL.iter().map(|value| value.name())))]
    matching: Match,
    /// The language that the query is written in
    #[arg(long, value_name = "NAME", default_value = "morgue", value_parser = values::one_of::<Dialect>(Dialect::ALL.iter().map(|value| value.name())))]
    dialect: Dialect,
    /// The order; relevance where the query has words, else newest
    #[arg(long, value_name = "ORDER", value_parser = values::one_of::<Sort>(Sort::ALL.iter().map(|value| value.name())))]
    sort: Option<Sort>,
    /// How many hits, 0 to 1000
    #[arg(long, value_name = "N", default_value_t = Request::DEFAULT_LIMIT, value_parser = values::limit)]
    limit: usize,
    /// Go on after the last hit of an earlier search: its `next`
    #[arg(long, value_name = "CURSOR")]
    after: Option<String>,
    /// Every hit, however many there are
    #[arg(long, conflicts_with_all = ["limit", "after"])]
    all: bool,
    /// Count the hits by this (may be repeated, or joined by commas)
    #[arg(long = "facet", value_name = "NAME", value_delimiter = ',', value_parser = values::one_of::<FacetName>(FacetName::ALL.iter().map(|value| value.name())))]
    facets: Vec<FacetName>,
    /// How many values of each facet, the largest counts first, at most 10000 (default 20; with json 100)
    #[arg(long, value_name = "N", value_parser = values::of_values)]
    values: Option<usize>,
    /// Count the hits by this unit of time
    #[arg(long, value_name = "UNIT", value_parser = values::one_of::<Unit>(Unit::ALL.iter().map(|value| value.name())))]
    timeline: Option<Unit>,
    /// What to print
    #[arg(long, short, value_name = "NAME", default_value = "list", value_parser = values::output())]
    output: &'static Output,
    /// With json, jsonl: add every match with so many characters of context on each side, at most 500. With kwic: so much
    /// context and no more
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(..=i64::from(Request::MAX_CONTEXT)))]
    context: Option<u16>,
    /// With kwic, kwic-csv: the order of the lines, by what stands left or right of the match or by the match; all but the
    /// order of the hits hold every line in memory first
    #[arg(long, value_name = "ORDER", default_value = "order", value_parser = values::one_of::<LineOrder>(LineOrder::ALL.iter().map(|value| value.name())))]
    kwic_sort: LineOrder,
    /// The day that `date:last-week` and its like start from, instead of the clock's
    #[arg(long, value_name = "DATE", value_parser = values::day)]
    today: Option<NaiveDate>,
    /// Give up after so many seconds (default: never); there is then no answer, not a part of one
    #[arg(long, value_name = "SECONDS", default_value = "0", hide_default_value = true, value_parser = values::time)]
    timeout: Limits,
}

impl Search {
    /// What was typed, as the request it means.
    fn request(&self) -> Request {
        let mut facets = self.facets.clone();
        facets.sort_unstable();
        facets.dedup();
        let mut only = Only::new();
        for (facet, value) in &self.only {
            only.entry(*facet).or_default().push(value.clone());
        }
        Request {
            query: self.query.join(" "),
            from: self.from.clone(),
            to: self.to.clone(),
            only,
            matching: self.matching,
            dialect: self.dialect,
            sort: self.sort,
            limit: self.limit,
            after: self.after.clone(),
            facets,
            values: self.output.values(self.values),
            timeline: self.timeline,
            context: self.output.context(self.context),
            hashes: false,
            today: self.today,
        }
    }
}

pub(super) fn run(args: &Search, dir: &Path, printer: &Printer) -> anyhow::Result<Exit> {
    if !args.sync.is_empty() {
        index::bring_up_to_date(dir, &args.sync, printer)?;
    }
    let archive = Archive::open(dir)?.with_limits(args.timeout);
    let request = args.request();
    places_for_all(args, &request, printer);
    if args.all {
        let mut export = archive.exported(&request)?;
        let head = export.head().clone();
        print(args, &head, printer, &mut |write| {
            let mut written = Ok(());
            export.each(&mut |hit| {
                written = write(&hit);
                if written.is_ok() {
                    ControlFlow::Continue(())
                } else {
                    ControlFlow::Break(())
                }
            })?;
            Ok(written?)
        })
    } else {
        let response = archive.search(&request)?;
        print(args, &response, printer, &mut |write| {
            Ok(response.hits.iter().try_for_each(write)?)
        })
    }
}

/// Takes a hit that is to be written.
type Taker<'a> = dyn FnMut(&Hit) -> io::Result<()> + 'a;

/// Prints an answer: its head, and the hits that `hits` hands over.
fn print(
    args: &Search,
    head: &Response,
    printer: &Printer,
    hits: &mut dyn FnMut(&mut Taker<'_>) -> anyhow::Result<()>,
) -> anyhow::Result<Exit> {
    printer.query_warnings(&head.query);
    let mut out = printer.data();
    let mut text = (args.output.render)(&mut out, look(args, printer));
    if args.kwic_sort != LineOrder::Order && args.output.shows_lines == ShowsLines::Only {
        text = Box::new(Sorted::new(text, args.kwic_sort));
    }
    text.begin(head)?;
    let mut lines = 0;
    hits(&mut |hit| {
        lines += hit.lines.as_ref().map_or(0, Vec::len);
        text.hit(hit)
    })?;
    text.end(head)?;
    drop(text);
    out.flush()?;
    summary(args, head, lines, printer);
    Ok(Exit::found(head.total > 0))
}

fn look(args: &Search, printer: &Printer) -> Look {
    Look {
        context: args.context.map(usize::from),
        ..printer.look()
    }
}

/// Says where something was asked for that the output has no place for.
fn places_for_all(args: &Search, request: &Request, printer: &Printer) {
    let Output {
        name,
        shows_counts,
        shows_lines,
        ..
    } = args.output;
    let asked_counts = !request.facets.is_empty() || request.timeline.is_some();
    if asked_counts && shows_counts.is_none() {
        printer.warning(format!(
            "`--output {name}` has no place for facets and timelines; json has"
        ));
    }
    if args.context.is_some() && *shows_lines == ShowsLines::Never {
        printer.warning(format!(
            "`--output {name}` has no place for matches in context; kwic, json and jsonl have"
        ));
    }
    if args.kwic_sort != LineOrder::Order && *shows_lines != ShowsLines::Only {
        printer.warning(format!(
            "`--kwic-sort` orders the lines of kwic and kwic-csv; `--output {name}` has its hits in the order of `--sort`"
        ));
    }
}

/// How many there are, for people: programs find it in `total`.
fn summary(args: &Search, head: &Response, lines: usize, printer: &Printer) {
    let shown = if args.all {
        head.total
    } else {
        head.hits.len() as u64
    };
    let articles = if head.total == 1 {
        "article"
    } else {
        "articles"
    };
    if head.total == 0 {
        printer.note("nothing found");
        return;
    }
    let lines = match args.output.shows_lines {
        ShowsLines::Only if lines == 0 && shown > 0 => {
            printer.warning("the query has no words, so there is no match to show");
            ", no lines".into()
        }
        ShowsLines::Only if lines == 1 => ", 1 line".into(),
        ShowsLines::Only => format!(", {lines} lines"),
        _ => String::new(),
    };
    printer.note(format!(
        "{} {articles}, {shown} shown{lines}, {:.1} ms",
        head.total, head.took_ms
    ));
    if let Some(next) = &head.next {
        printer.hint(format!("more with `--after {next}`, all with `--all`"));
    }
}
