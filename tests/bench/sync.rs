//! How long `morgue index` takes on a large folder: at first, when nothing has changed, and when a hundredth has.
//!
//! The program itself is run, as a user runs it, so that its memory is its own.

use std::fs::{self, File};
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use super::{Result, clock};

/// How many articles lie in a file.
const IN_A_FILE: usize = 1_000;
/// One file in so many is changed.
const SHARE: usize = 100;
/// So many of the files make up the long one.
const LONG: usize = 100;

/// Indexes the articles of the JSON Lines files in `data`, put into files of a thousand in `work`, again and again.
pub(crate) fn measure(data: &Path, work: &Path) -> Result<()> {
    let (files, index) = (work.join("files"), work.join("index"));
    if !files.exists() {
        divide(data, &files)?;
    }
    let names = sorted(&files)?;
    println!(
        "Load before: {}; {} files of {IN_A_FILE} articles\n",
        clock::load(),
        names.len()
    );
    println!(
        "| | wall, s | CPU, s | of the first run | resident at most, MiB | without pages of files |\n|---|---|---|---|---|---|"
    );
    if index.exists() {
        fs::remove_dir_all(&index)?;
    }
    let first = run(&files, &index, &[])?;
    first.tell("first run", &first);
    run(&files, &index, &[])?.tell("nothing changed", &first);
    for name in names.iter().step_by(SHARE) {
        change(name)?;
    }
    run(&files, &index, &[])?.tell("a hundredth changed", &first);
    for name in names.iter().step_by(SHARE) {
        fs::rename(name, name.with_extension("renamed.jsonl"))?;
    }
    run(&files, &index, &[])?.tell("a hundredth renamed", &first);
    for name in names.iter().step_by(SHARE) {
        fs::remove_file(name.with_extension("renamed.jsonl"))?;
    }
    run(&files, &index, &[])?.tell("a hundredth removed", &first);
    let left: Vec<_> = names.into_iter().filter(|name| name.exists()).collect();
    measure_long(&left[..left.len().min(LONG)], work)?;
    println!("\nLoad after: {}", clock::load());
    // Another measurement begins with all files.
    fs::remove_dir_all(&files)?;
    Ok(())
}

/// The same of one long file: killed on the way and taken up, changed in one place, and with little memory.
fn measure_long(parts: &[PathBuf], work: &Path) -> Result<()> {
    let (file, index) = (work.join("long.jsonl"), work.join("long-index"));
    let mut lines = Vec::new();
    for part in parts {
        lines.extend(fs::read(part)?);
    }
    fs::write(&file, &lines)?;
    let anew = |more: &[&str]| -> Result<Used> {
        if index.exists() {
            fs::remove_dir_all(&index)?;
        }
        run(&file, &index, more)
    };
    let often = ["--commit-every", "10000"];
    let first = anew(&often)?;
    first.tell("one file of a hundred of them", &first);
    fs::remove_dir_all(&index)?;
    let mut child = start(&file, &index, &often)?;
    std::thread::sleep(first.wall.mul_f64(0.6));
    child.kill()?;
    child.wait()?;
    let rest = run(&file, &index, &often)?;
    rest.tell("killed after 60 % of the time, and taken up", &first);
    let text = String::from_utf8(lines)?;
    let changed = text.replacen("\"headline\": \"", "\"headline\": \"Later: ", 1);
    fs::write(&file, changed)?;
    run(&file, &index, &[])?.tell("one of its articles changed", &first);
    for memory in ["64MB", "256MB"] {
        let more = ["--memory", memory, "--threads", "1"];
        anew(&more)?.tell(&format!("`{}`", more.join(" ")), &first);
    }
    fs::remove_file(&file)?;
    Ok(fs::remove_dir_all(&index)?)
}

fn sorted(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder)? {
        names.push(entry?.path());
    }
    names.sort();
    Ok(names)
}

fn divide(data: &Path, files: &Path) -> Result<()> {
    fs::create_dir_all(files)?;
    let (mut number, mut out) = (0, None);
    for source in sorted(data)? {
        for line in BufReader::new(File::open(source)?).lines() {
            if number % IN_A_FILE == 0 {
                let name = format!("{:05}.jsonl", number / IN_A_FILE);
                out = Some(BufWriter::new(File::create(files.join(name))?));
            }
            if let Some(out) = &mut out {
                writeln!(out, "{}", line?)?;
            }
            number += 1;
        }
    }
    Ok(())
}

/// Gives every article of a file another headline.
fn change(name: &Path) -> Result<()> {
    let text = fs::read_to_string(name)?;
    fs::write(
        name,
        text.replace("\"headline\": \"", "\"headline\": \"Later: "),
    )?;
    Ok(())
}

/// What a run has used.
struct Used {
    wall: Duration,
    cpu: f64,
    /// Of memory, in MiB.
    peak: f64,
    /// The same without the pages of files, which the system takes back when it wants to.
    own: f64,
}

impl Used {
    fn tell(&self, what: &str, first: &Used) {
        let Used {
            wall,
            cpu,
            peak,
            own,
        } = self;
        println!(
            "| {what} | {:.1} | {cpu:.1} | {:.1} % | {peak:.0} | {own:.0} |",
            wall.as_secs_f64(),
            100.0 * cpu / first.cpu
        );
    }
}

fn start(files: &Path, index: &Path, more: &[&str]) -> Result<Child> {
    Ok(Command::new(env!("CARGO_BIN_EXE_morgue"))
        .args(["index", "--quiet", "--yes", "--index"])
        .args([index, files])
        .args(more)
        .stderr(Stdio::inherit())
        .spawn()?)
}

fn run(files: &Path, index: &Path, more: &[&str]) -> Result<Used> {
    let (begin, before) = (Instant::now(), clock::children_seconds()?);
    let mut child = start(files, index, more)?;
    let process = child.id().to_string();
    let (mut peak, mut own) = (0.0_f64, 0.0_f64);
    while child.try_wait()?.is_none() {
        peak = peak.max(clock::peak_mib_of(&process).unwrap_or(0.0));
        own = own.max(clock::own_mib_of(&process).unwrap_or(0.0));
        std::thread::sleep(Duration::from_millis(20));
    }
    Ok(Used {
        wall: begin.elapsed(),
        cpu: clock::children_seconds()? - before,
        peak,
        own,
    })
}
