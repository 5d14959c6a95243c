//! How fast files are read: each format alone on one thread from memory, then all of it with every thread.
//!
//! Unpacking is done before the clock runs: what is measured is sniffing's outcome, the format's row, from bytes to drafts.
//! Languages, ids and dates that need their neighbours are in the second table only.

use std::collections::BTreeMap;
use std::io::{BufReader, Cursor};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::time::Instant;

use morgue::format::{self, Format, HEAD_BYTES, Head, Input, Options};
use morgue::intake::{self, Ledger, ReadOptions};
use morgue::source::{self, Beside, Found, Limits};

use super::Result;
use super::clock::{self, ThreadClock};

/// Files are read so often; the fastest time counts, as a busy machine can only make it longer.
const PASSES: usize = 3;

/// An unpacked file.
struct Page {
    file: String,
    bytes: Vec<u8>,
    beside: Beside,
}

/// What the files of one format came to.
#[derive(Default)]
struct Sum {
    files: u64,
    bytes: u64,
    articles: u64,
    micros: f64,
    slowest: (f64, String),
}

/// Prints both tables for files and folders.
pub(crate) fn measure(paths: &[&str]) -> Result<()> {
    println!("Load before: {}\n", clock::load());
    let mut sums: BTreeMap<&'static str, Sum> = BTreeMap::new();
    let mut thread = ThreadClock::new()?;
    for path in paths {
        for found in source::walk(Path::new(path)).flatten() {
            for (page, format) in pages(&found) {
                let (micros, articles) = read(&page, format, &mut thread)?;
                let sum = sums.entry(format.name).or_default();
                sum.files += 1;
                sum.bytes += page.bytes.len() as u64;
                sum.articles += articles;
                sum.micros += micros;
                if micros > sum.slowest.0 {
                    sum.slowest = (micros, page.file);
                }
            }
        }
    }
    println!(
        "| format | files | MB | articles | MB/s | files/s | slowest file, ms |\n|---|---|---|---|---|---|---|"
    );
    for (name, sum) in &sums {
        print_row(name, sum);
    }
    println!();
    for threads in [1, 0] {
        with_threads(paths, threads)?;
    }
    println!("\nLoad after: {}", clock::load());
    Ok(())
}

#[expect(clippy::cast_precision_loss, reason = "figures for people")]
fn print_row(name: &str, sum: &Sum) {
    println!(
        "| {name} | {} | {:.2} | {} | {:.1} | {:.0} | {:.1} {} |",
        sum.files,
        sum.bytes as f64 / 1e6,
        sum.articles,
        sum.bytes as f64 / sum.micros,
        sum.files as f64 * 1e6 / sum.micros,
        sum.slowest.0 / 1e3,
        sum.slowest.1,
    );
}

/// The members of a file that some format reads.
fn pages(found: &Found) -> Vec<(Page, &'static Format)> {
    let mut pages = Vec::new();
    source::open(found, &Limits::default(), &mut |member| {
        let Ok(member) = member else {
            return ControlFlow::Continue(());
        };
        let mut bytes = Vec::new();
        if member.bytes.read_to_end(&mut bytes).is_ok()
            && let Some(format) = recognise(&bytes, &member.file)
        {
            let beside = if member.file == found.file {
                Beside::of(found)
            } else {
                Beside::default()
            };
            let file = member.file;
            pages.push((
                Page {
                    file,
                    bytes,
                    beside,
                },
                format,
            ));
        }
        ControlFlow::Continue(())
    });
    pages
}

fn recognise(bytes: &[u8], file: &str) -> Option<&'static Format> {
    let begin = &bytes[..bytes.len().min(HEAD_BYTES)];
    if source::looks_binary(begin) {
        return None;
    }
    let text = source::decode(begin.to_vec(), None).text;
    let name = file.rsplit('/').next().unwrap_or(file).to_lowercase();
    let head = Head {
        bytes: begin,
        text: &text,
        whole: bytes.len() <= HEAD_BYTES,
        name: &name,
    };
    format::sniff(&head).map(|(format, _)| format)
}

/// The fewest microseconds of CPU that reading a page takes, and its articles.
fn read(page: &Page, format: &Format, thread: &mut ThreadClock) -> Result<(f64, u64)> {
    let (mut fewest, mut articles) = (f64::MAX, 0);
    for _ in 0..PASSES {
        articles = 0;
        let before = thread.micros()?;
        let mut bytes = BufReader::with_capacity(HEAD_BYTES, Cursor::new(&page.bytes));
        let options = Options::default();
        let mut input = Input {
            bytes: &mut bytes,
            file: &page.file,
            options: &options,
            beside: &page.beside,
        };
        let _ = (format.read)(&mut input, &mut |record| {
            articles += u64::from(record.is_ok());
            ControlFlow::Continue(())
        });
        fewest = fewest.min(thread.micros()? - before);
    }
    Ok((fewest, articles))
}

/// All of reading, as `morgue index` does it before the index: unpacking, languages and dates included.
fn with_threads(paths: &[&str], threads: usize) -> Result<()> {
    let roots: Vec<PathBuf> = paths.iter().map(PathBuf::from).collect();
    let options = ReadOptions {
        threads,
        ..ReadOptions::default()
    };
    let (mut ledger, mut articles) = (Ledger::default(), 0_u64);
    let (wall, cpu) = (Instant::now(), clock::process_seconds()?);
    intake::read(&roots, &options, &mut ledger, &mut |_| {
        articles += 1;
        ControlFlow::Continue(())
    })?;
    let (wall, cpu) = (
        wall.elapsed().as_secs_f64(),
        clock::process_seconds()? - cpu,
    );
    let name = if threads == 0 {
        "all threads".to_owned()
    } else {
        format!("{threads} thread")
    };
    println!(
        "{name}: {articles} articles, {cpu:.2} s of CPU, {wall:.2} s, {:.2} CPUs in use",
        cpu / wall
    );
    Ok(())
}
