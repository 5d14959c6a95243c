//! How long a thousand watches take when ten thousand articles have come in, beside the indexing of these.
//!
//! Each watch asks for two words of a headline of the archive, near each other or not, so it finds a little; all deliver to files.

use std::collections::BTreeSet;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::time::Instant;

use morgue::Archive;
use morgue::alert::{self, Existing, Format, Options, Target, Watch};
use morgue::index::sync::{SyncOptions, sync};
use morgue::intake::Ledger;
use morgue::query::Dialect;
use morgue::search::{Match, Request};

use super::{Result, clock};

const WATCHES: usize = 1_000;
const NEW: usize = 10_000;

/// Indexes the articles of the JSON Lines files in `data` but for the last ten thousand, adds the watches, and then those.
pub(crate) fn measure(data: &Path, work: &Path) -> Result<()> {
    let (files, index, found) = (work.join("files"), work.join("index"), work.join("found"));
    for folder in [&files, &index, &found] {
        if folder.exists() {
            fs::remove_dir_all(folder)?;
        }
    }
    fs::create_dir_all(&files)?;
    fs::create_dir_all(&found)?;
    let lines = lines(data)?;
    let (old, new) = lines.split_at(lines.len().saturating_sub(NEW));
    println!(
        "Load before: {}; {} articles, then {} more\n",
        clock::load(),
        old.len(),
        new.len()
    );
    println!("| | wall, s | CPU, s |\n|---|---|---|");
    fs::write(files.join("old.jsonl"), old.concat())?;
    timed("the first index", || bring_up_to_date(&index, &files))?;
    timed("a thousand watches added", || add(&index, &found))?;
    timed("a run with nothing new", || run(&index).map(drop))?;
    fs::write(files.join("new.jsonl"), new.concat())?;
    timed("ten thousand articles indexed", || {
        bring_up_to_date(&index, &files)
    })?;
    let mut delivered = 0;
    timed("what is new delivered", || {
        delivered = run(&index)?;
        Ok(())
    })?;
    println!(
        "\n{delivered} articles were delivered. Load after: {}",
        clock::load()
    );
    Ok(())
}

fn timed(what: &str, act: impl FnOnce() -> Result<()>) -> Result<()> {
    let (begin, before) = (Instant::now(), clock::process_seconds()?);
    act()?;
    let cpu = clock::process_seconds()? - before;
    println!(
        "| {what} | {:.2} | {cpu:.2} |",
        begin.elapsed().as_secs_f64()
    );
    Ok(())
}

fn lines(data: &Path) -> Result<Vec<String>> {
    let entries = fs::read_dir(data)?.map(|entry| entry.map(|entry| entry.path()));
    let mut files = entries.collect::<std::io::Result<Vec<PathBuf>>>()?;
    files.sort();
    let mut lines = Vec::new();
    for file in files {
        for line in BufReader::new(fs::File::open(file)?).lines() {
            lines.push(line? + "\n");
        }
    }
    Ok(lines)
}

fn bring_up_to_date(index: &Path, files: &Path) -> Result<()> {
    let options = SyncOptions::default();
    sync(
        index,
        &[files.to_owned()],
        &options,
        &mut Ledger::default(),
        &mut (),
    )?;
    Ok(())
}

fn add(index: &Path, found: &Path) -> Result<()> {
    let archive = Archive::open(index)?;
    let newest = Request {
        limit: 1_000,
        ..Request::default()
    };
    let hits = archive.search(&newest)?.hits;
    let words: BTreeSet<String> = hits
        .iter()
        .flat_map(|hit| hit.headline.split(|c: char| !c.is_ascii_alphabetic()))
        .filter(|word| word.len() > 4)
        .map(str::to_lowercase)
        .collect();
    let words: Vec<String> = words.into_iter().collect();
    for number in 0..WATCHES {
        let [one, other] = [number * 7, number * 13 + 5].map(|at| &words[at % words.len()]);
        let query = match number % 4 {
            0 => format!("headline:{one}"),
            1 => format!("{one} {other}"),
            2 => format!("{one} W/10 {other}"),
            _ => format!("{one}* AND since:2020"),
        };
        let name = format!("w{number}");
        let watch = Watch {
            to: Target::File {
                path: found.join(&name),
                format: Format::Jsonl,
            },
            name,
            number: 0,
            query,
            matching: Match::All,
            dialect: Dialect::Morgue,
            only_recent: None,
            added: chrono::Utc::now(),
        };
        alert::add(index, watch, Existing::Known, &Options::default())?;
    }
    Ok(())
}

fn run(index: &Path) -> Result<u64> {
    let report = alert::run(index, &Options::default())?;
    Ok(report.delivered.iter().map(|(_, count)| count).sum())
}
