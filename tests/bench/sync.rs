//! How long `morgue index` takes on a large folder: at first, when nothing has changed, and when a hundredth has.
//!
//! The program itself is run, as a user runs it, so that its memory is its own.

use std::fs::{self, File};
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::{Result, clock};

/// How many articles lie in a file.
const IN_A_FILE: usize = 1_000;
/// One file in so many is changed.
const SHARE: usize = 100;

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
    let first = run(&files, &index)?;
    first.tell("first run", &first);
    run(&files, &index)?.tell("nothing changed", &first);
    for name in names.iter().step_by(SHARE) {
        change(name)?;
    }
    run(&files, &index)?.tell("a hundredth changed", &first);
    for name in names.iter().step_by(SHARE) {
        fs::rename(name, name.with_extension("renamed.jsonl"))?;
    }
    run(&files, &index)?.tell("a hundredth renamed", &first);
    for name in names.iter().step_by(SHARE) {
        fs::remove_file(name.with_extension("renamed.jsonl"))?;
    }
    run(&files, &index)?.tell("a hundredth removed", &first);
    println!("\nLoad after: {}", clock::load());
    // Another measurement begins with all files.
    fs::remove_dir_all(&files)?;
    Ok(())
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

fn run(files: &Path, index: &Path) -> Result<Used> {
    let (begin, before) = (Instant::now(), clock::children_seconds()?);
    let mut child = Command::new(env!("CARGO_BIN_EXE_morgue"))
        .args(["index", "--quiet", "--yes", "--index"])
        .args([index, files])
        .stderr(Stdio::inherit())
        .spawn()?;
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
