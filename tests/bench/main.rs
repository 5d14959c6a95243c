//! Morgue beside a bare tantivy program, in one run: how long both take to index the same files, and to answer the same
//! queries. What the figures mean is in `README.md`. No test: nothing here passes or fails.
//!
//! `cargo bench --bench bench -- compare DATA_DIR QUERIES_FILE [WORK_DIR]`
//! An index that `WORK_DIR` already holds is asked, not built again.
//!
//! `cargo bench --bench bench -- near INDEX_DIR`
//! Positional queries beside tantivy's phrase query, on an index that morgue has built.
//!
//! `cargo bench --bench bench -- read FILES…`
//! How fast each format is read on one thread, and all of them on all threads.
//!
//! `cargo bench --bench bench -- sync DATA_DIR WORK_DIR`
//! How long a folder takes to be indexed: at first, unchanged, and when a hundredth of it has changed.
//!
//! `cargo bench --bench bench -- watch DATA_DIR WORK_DIR`
//! How long a thousand watches take when ten thousand articles have come in.
#![allow(clippy::print_stdout, reason = "its tables are what it is for")]

mod ask;
mod bare;
mod clock;
mod near;
mod read;
mod stems;
mod sync;
mod watch;

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use morgue::Archive;
use morgue::index::sync::{SyncOptions, sync as bring_up_to_date};
use morgue::index::writer::Resources;
use morgue::intake::Ledger;
use serde::{Deserialize, Serialize};

use ask::Ask;
use bare::Bare;
use clock::{ThreadClock, percentile};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// How often each query is asked after the first time, which is not measured.
const PASSES: usize = 5;

fn main() -> Result<()> {
    // Cargo adds an argument of its own.
    let args: Vec<String> = std::env::args()
        .skip(1)
        .filter(|arg| arg != "--bench")
        .collect();
    match args.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["compare", data, queries] => {
            let work = tempfile::tempdir()?;
            compare(data, queries, work.path())
        }
        ["compare", data, queries, work] => compare(data, queries, Path::new(work)),
        ["near", index] => near::compare(index.as_ref()),
        ["read", ref files @ ..] if !files.is_empty() => read::measure(files),
        ["sync", data, work] => sync::measure(data.as_ref(), work.as_ref()),
        ["watch", data, work] => watch::measure(data.as_ref(), work.as_ref()),
        ["build", engine, data, index] => build(engine, data.as_ref(), index.as_ref()),
        _ => {
            println!("cargo bench --bench bench -- compare DATA_DIR QUERIES_FILE [WORK_DIR]");
            println!("cargo bench --bench bench -- near INDEX_DIR");
            println!("cargo bench --bench bench -- read FILES…");
            println!("cargo bench --bench bench -- sync DATA_DIR WORK_DIR");
            println!("cargo bench --bench bench -- watch DATA_DIR WORK_DIR");
            Ok(())
        }
    }
}

fn compare(data: &str, queries: &str, work: &Path) -> Result<()> {
    let asks = Ask::read(&std::fs::read_to_string(queries)?)?;
    let (bare, ours) = (work.join("bare"), work.join("morgue"));
    println!("Load before: {}\n", clock::load());
    if !bare.exists() && !ours.exists() {
        builds(data, &bare, &ours)?;
    }
    println!("Load between: {}\n", clock::load());
    answers(&asks, &Bare::open(&bare)?, &Archive::open(&ours)?)?;
    println!("\nLoad after: {}", clock::load());
    Ok(())
}

/// What a build has used.
#[derive(Serialize, Deserialize)]
struct Used {
    articles: u64,
    cpu_s: f64,
    wall_s: f64,
    peak_mib: f64,
    index_mib: f64,
}

/// Both builds, and morgue's again with nothing new.
fn builds(data: &str, bare: &Path, ours: &Path) -> Result<()> {
    let bare = in_child("bare", data, bare)?;
    let first = in_child("morgue", data, ours)?;
    let again = in_child("morgue", data, ours)?;
    if bare.articles != first.articles || first.articles != again.articles {
        return Err("the two have not indexed the same articles".into());
    }
    println!(
        "| {} articles | bare | morgue | ratio |\n|---|---|---|---|",
        bare.articles
    );
    for (what, a, b) in [
        ("CPU, s", bare.cpu_s, first.cpu_s),
        ("wall, s", bare.wall_s, first.wall_s),
        ("peak memory, MiB", bare.peak_mib, first.peak_mib),
        ("index, MiB", bare.index_mib, first.index_mib),
    ] {
        println!("| {what} | {a:.1} | {b:.1} | {:.2} |", b / a);
    }
    println!(
        "\nIndexed again, nothing new: {:.2} s of CPU (in steps of 0.01), {:.2} % of the first run.\n",
        again.cpu_s,
        100.0 * again.cpu_s / first.cpu_s
    );
    Ok(())
}

/// Builds in a process of its own, whose peak memory is that of the build.
fn in_child(engine: &str, data: &str, index: &Path) -> Result<Used> {
    let mut child = Command::new(std::env::current_exe()?);
    let output = child.args(["build", engine, data]).arg(index).output()?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into());
    }
    Ok(serde_json::from_slice(&output.stdout)?)
}

/// In the child: builds, and prints what that has used.
fn build(engine: &str, data: &Path, index: &Path) -> Result<()> {
    let (begin, resources) = (Instant::now(), Resources::default());
    let articles = if engine == "bare" {
        let entries = std::fs::read_dir(data)?.map(|entry| entry.map(|entry| entry.path()));
        let mut files = entries.collect::<std::io::Result<Vec<PathBuf>>>()?;
        files.sort();
        Bare::build(index, &files, resources.threads, resources.memory)?
    } else {
        let (roots, mut ledger) = ([data.to_owned()], Ledger::new(None));
        bring_up_to_date(index, &roots, &SyncOptions::default(), &mut ledger, &mut ())?.articles
    };
    let used = Used {
        articles,
        cpu_s: clock::process_seconds()?,
        wall_s: begin.elapsed().as_secs_f64(),
        peak_mib: clock::peak_mib()?,
        index_mib: clock::folder_mib(index)?,
    };
    println!("{}", serde_json::to_string(&used)?);
    Ok(())
}

/// The three who are asked in turns: bare tantivy without a count of the matches, with one, and morgue.
const ASKED: usize = 3;

/// A query's medians for each of the three, CPU and wall, in microseconds.
struct Row<'a> {
    kind: &'a str,
    cpu: [f64; ASKED],
    wall: [f64; ASKED],
}

fn answers(asks: &[Ask], bare: &Bare, ours: &Archive) -> Result<()> {
    let mut clock = ThreadClock::new()?;
    let (mut rows, mut otherwise) = (Vec::with_capacity(asks.len()), Vec::new());
    for ask in asks {
        let request = ask.request();
        let mut spent: [Vec<(f64, f64)>; ASKED] = Default::default();
        let mut totals = [0; ASKED];
        for pass in 0..=PASSES {
            for (who, spent) in spent.iter_mut().enumerate() {
                let (cpu, wall) = (clock.micros()?, Instant::now());
                if who == 2 {
                    let response = ours.search(&request)?;
                    totals[who] = response.total;
                    std::hint::black_box(response);
                } else {
                    let (hits, total) = bare.ask(ask, who == 1)?;
                    totals[who] = total.unwrap_or_default() as u64;
                    std::hint::black_box(hits);
                }
                let wall = wall.elapsed().as_secs_f64() * 1e6;
                if pass > 0 {
                    spent.push((clock.micros()? - cpu, wall));
                }
            }
        }
        let median = |of: fn(&(f64, f64)) -> f64| {
            spent
                .each_ref()
                .map(|spent| percentile(&spent.iter().map(of).collect::<Vec<_>>(), 0.5))
        };
        rows.push(Row {
            kind: &ask.kind,
            cpu: median(|used| used.0),
            wall: median(|used| used.1),
        });
        if totals[1] != totals[2] {
            otherwise.push(format!("{} {} for {}", request.query, totals[2], totals[1]));
        }
    }
    tables(&rows);
    println!(
        "\n{} of {} queries have another total than bare's: {}",
        otherwise.len(),
        asks.len(),
        otherwise.join(" · ")
    );
    Ok(())
}

fn tables(rows: &[Row<'_>]) {
    let mut kinds: Vec<&str> = Vec::new();
    for row in rows {
        if !kinds.contains(&row.kind) {
            kinds.push(row.kind);
        }
    }
    for (title, of) in [
        (
            "CPU",
            (|row: &Row<'_>| row.cpu) as fn(&Row<'_>) -> [f64; ASKED],
        ),
        ("wall", |row| row.wall),
    ] {
        println!(
            "| {title}, µs, p50 / p99 | bare | bare with total | morgue | ratio p50 | ratio p99 | with total: p50 | p99 |"
        );
        println!("|---|---|---|---|---|---|---|---|");
        for kind in kinds.iter().copied().chain(["all"]) {
            let rows: Vec<_> = rows
                .iter()
                .filter(|row| kind == "all" || row.kind == kind)
                .map(of)
                .collect();
            let at = |who: usize, share| {
                percentile(&rows.iter().map(|row| row[who]).collect::<Vec<_>>(), share)
            };
            let cell = |who| format!("{:.0} / {:.0}", at(who, 0.5), at(who, 0.99));
            let ratio = |who, share| at(2, share) / at(who, share);
            println!(
                "| {kind} | {} | {} | {} | {:.2} | {:.2} | {:.2} | {:.2} |",
                cell(0),
                cell(1),
                cell(2),
                ratio(0, 0.5),
                ratio(0, 0.99),
                ratio(1, 0.5),
                ratio(1, 0.99)
            );
        }
        println!();
    }
}
