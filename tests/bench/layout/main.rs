//! Which index layout, and which way of running a query, is the fastest: trial layouts side by side, in CPU time. It is
//! what morgue's layout was chosen by (`../README.md` has the figures), and is no part of morgue.
//!
//! `cargo bench --bench layout --`, then one of
//! `build DIR --text t3 --store dict [--sort] [--mb N] [--each N] [--merge] FILE.jsonl…` ·
//! `merge DIR`: all segments into one · `fetch DIR…`: ten stored articles, fetched and parsed, in turns ·
//! `bench QUERIES.jsonl OUT.jsonl DIR:EXEC…`: in turns (A B A B); OUT gets a line a query and variant.
//! EXEC is one of the ways in `run.rs`.
#![allow(clippy::pedantic, reason = "a trial, not a library")]
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "its figures are what it is for"
)]
#![allow(missing_docs, unreachable_pub, reason = "a program")]

#[allow(dead_code, reason = "the other program uses the rest")]
#[path = "../clock.rs"]
mod clock;
#[path = "../stems.rs"]
mod stems;

mod ask;
mod best;
mod days;
mod engine;
mod layout;
mod matches;
mod run;
mod sums;
mod words;

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};

use serde_json::{Value, json};
use tantivy::index::SegmentComponent;
use tantivy::indexer::NoMergePolicy;
use tantivy::{DocAddress, IndexWriter};

use clock::ThreadClock;
use layout::{Layout, Options};

fn main() -> tantivy::Result<()> {
    // Cargo adds an argument of its own.
    let args: Vec<String> = std::env::args()
        .skip(1)
        .filter(|arg| arg != "--bench")
        .collect();
    match args.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["build", dir, ref rest @ ..] => build(dir, rest),
        ["merge", dir] => merge(dir),
        ["fetch", ref dirs @ ..] => fetch(dirs),
        ["bench", queries, out, ref variants @ ..] => bench(queries, out, variants),
        _ => {
            println!("build | merge | fetch | bench: see the head of main.rs");
            Ok(())
        }
    }
}

fn build(dir: &str, args: &[&str]) -> tantivy::Result<()> {
    let (mut files, mut mb, mut each, mut merges) = (vec![], 1000, 40_000, false);
    let mut options = Options::default();
    let mut words = args.iter();
    while let Some(&word) = words.next() {
        let mut value = || words.next().expect("a value").to_string();
        match word {
            "--text" => options.text = value(),
            "--store" => options.store = value(),
            "--sort" => options.sort = true,
            "--no-cache" => options.cache = false,
            "--value" => options.value = true,
            "--mb" => mb = value().parse().expect("a number"),
            "--each" => each = value().parse().expect("a number"),
            "--merge" => merges = true,
            file => files.push(file),
        }
    }
    std::fs::create_dir_all(dir)?;
    let mut layout = Layout::create(dir, options, files[0])?;
    let start = clock::process_seconds()?;
    let wall = std::time::Instant::now();
    let mut writer: IndexWriter = layout.index.writer_with_num_threads(1, mb << 20)?;
    if !merges {
        writer.set_merge_policy(Box::new(NoMergePolicy));
    }
    let mut n = 0;
    for file in files {
        for line in BufReader::with_capacity(1 << 20, std::fs::File::open(file)?).lines() {
            let line = line?;
            let document = if layout.options.value {
                layout.document_of_value(&line)
            } else {
                layout.document(&line)
            };
            writer.add_document(document)?;
            n += 1;
            if n % each == 0 {
                writer.commit()?;
            }
        }
    }
    writer.commit()?;
    writer.wait_merging_threads()?;
    let used = clock::process_seconds()? - start;
    report(
        dir,
        &layout,
        json!({"did": "build", "docs": n, "cpu_s": used, "wall_s": wall.elapsed().as_secs_f64()}),
    )
}

fn merge(dir: &str) -> tantivy::Result<()> {
    let layout = Layout::open(dir)?;
    let start = clock::process_seconds()?;
    let mut writer: IndexWriter = layout.index.writer_with_num_threads(1, 100 << 20)?;
    let segments = layout.index.searchable_segment_ids()?;
    writer.merge(&segments).wait()?;
    writer.garbage_collect_files().wait()?;
    writer.wait_merging_threads()?;
    let used = clock::process_seconds()? - start;
    report(dir, &layout, json!({"did": "merge", "cpu_s": used}))
}

/// One line: what was done, and the bytes of each component.
fn report(dir: &str, layout: &Layout, mut line: Value) -> tantivy::Result<()> {
    let mut bytes: BTreeMap<String, u64> = BTreeMap::new();
    for segment in layout.index.searchable_segments()? {
        for (name, component) in [
            ("store", SegmentComponent::Store),
            ("postings", SegmentComponent::Postings),
            ("positions", SegmentComponent::Positions),
            ("terms", SegmentComponent::Terms),
            ("fast", SegmentComponent::FastFields),
            ("norms", SegmentComponent::FieldNorms),
        ] {
            let file = segment
                .open_read(component)
                .ok()
                .and_then(|f| f.read_bytes().ok())
                .map_or(0, |b| b.len() as u64);
            *bytes.entry(name.into()).or_default() += file;
            *bytes.entry("all".into()).or_default() += file;
        }
    }
    line["dir"] = json!(dir);
    line["peak_mb"] = json!(clock::peak_mib()?.round());
    line["segments"] = json!(layout.index.searchable_segment_ids()?.len());
    line["mib"] = bytes
        .iter()
        .map(|(k, v)| {
            (
                k.clone(),
                json!((*v as f64 / 1048576.0 * 10.0).round() / 10.0),
            )
        })
        .collect();
    println!("{line}");
    Ok(())
}

/// Fetches and parses 10 stored articles from places far apart, as a page of hits does; medians of 200 pages.
fn fetch(dirs: &[&str]) -> tantivy::Result<()> {
    let engines: Vec<engine::Engine> = dirs
        .iter()
        .map(|d| engine::Engine::open(d))
        .collect::<Result<_, _>>()?;
    let mut spent: Vec<Vec<f64>> = vec![vec![]; dirs.len()];
    let mut thread = ThreadClock::new()?;
    let mut seed = 7_u64;
    for page in 0..220 {
        let mut picks = vec![];
        for _ in 0..10 {
            seed = seed
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            picks.push(seed >> 33);
        }
        for (engine, spent) in engines.iter().zip(&mut spent) {
            let segments = engine.searcher.segment_readers();
            let start = thread.micros()?;
            let mut read = 0;
            for pick in &picks {
                let ord = *pick as usize % segments.len();
                let doc = (*pick >> 8) as u32 % segments[ord].max_doc();
                read += engine.fetch(DocAddress::new(ord as u32, doc))?.body.len();
            }
            assert!(read > 0);
            if page >= 20 {
                spent.push(thread.micros()? - start);
            }
        }
    }
    for (dir, spent) in dirs.iter().zip(&mut spent) {
        spent.sort_by(f64::total_cmp);
        println!(
            "{}",
            json!({"did": "fetch 10", "dir": dir, "p50_us": spent[100].round(), "p99_us": spent[197].round()})
        );
    }
    Ok(())
}

/// Runs every query with every variant in turns, seven times after a warm-up, and keeps the median.
fn bench(queries: &str, out: &str, variants: &[&str]) -> tantivy::Result<()> {
    let asks: Vec<ask::Ask> = std::fs::read_to_string(queries)?
        .lines()
        .filter_map(|line| ask::Ask::parse(&serde_json::from_str(line).expect("JSON")))
        .collect();
    let mut engines: BTreeMap<&str, engine::Engine> = BTreeMap::new();
    for variant in variants {
        let (dir, _) = variant.rsplit_once(':').expect("DIR:EXEC");
        if !engines.contains_key(dir) {
            engines.insert(dir, engine::Engine::open(dir)?);
        }
    }
    let mut out = std::io::BufWriter::new(std::fs::File::create(out)?);
    let rounds: usize = std::env::var("ROUNDS")
        .ok()
        .and_then(|r| r.parse().ok())
        .unwrap_or(7);
    let mut thread = ThreadClock::new()?;
    for ask in &asks {
        let mut spent = vec![vec![]; variants.len()];
        let mut found = vec![None; variants.len()];
        for round in 0..=rounds {
            for (at, variant) in variants.iter().enumerate() {
                let (dir, exec) = variant.rsplit_once(':').expect("DIR:EXEC");
                let start = thread.micros()?;
                let answer = engines[dir].run(ask, exec)?;
                let took = thread.micros()? - start;
                if round > 0 {
                    spent[at].push(took);
                }
                found[at] = Some(answer);
            }
        }
        for (at, variant) in variants.iter().enumerate() {
            spent[at].sort_by(f64::total_cmp);
            let answer = found[at].take().expect("at least one round");
            let line = json!({"id": ask.id, "kind": ask.kind, "variant": variant, "cpu_us": spent[at][rounds / 2],
                "min_us": spent[at][0], "total": answer.total, "offered": answer.offered,
                "scores": answer.hits.iter().map(|h| h.0).collect::<Vec<_>>(), "hits": answer.hits.iter().map(|h| engines[variant.rsplit_once(':').expect("DIR:EXEC").0].key(h.1)).collect::<Vec<_>>()});
            writeln!(out, "{line}")?;
        }
    }
    Ok(())
}
