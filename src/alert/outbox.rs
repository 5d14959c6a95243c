//! What is to be delivered: a file for each run that found something, with everything that is sent in it. It is on the disk
//! before anything is delivered, and goes when all of it is.
//!
//! `round-N.jsonl` has a batch a line. `round-N.done` names those that were delivered.

use std::collections::HashSet;
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, BufWriter, ErrorKind, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};

use crate::index::disk::{Disk, NewFile};
use crate::index::kept::ROUND;
use crate::search::Hit;

/// Articles that are delivered together.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Batch {
    /// What the delivery is called, at every attempt.
    pub(super) delivery: String,
    /// The number of the watch.
    pub(super) watch: u32,
    /// How long the file was that it is appended to, before the run.
    pub(super) behind: Option<u64>,
    pub(super) articles: Vec<Waiting>,
}

/// An article that waits, and the numbers under which it is known.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Waiting {
    pub(super) item: i64,
    pub(super) said: i64,
    pub(super) hit: Hit,
}

/// What of a batch is told without reading it whole.
#[derive(Debug, Clone)]
pub(super) struct Pending {
    pub(super) delivery: String,
    pub(super) watch: u32,
    /// The numbers of its articles.
    pub(super) known: Vec<i64>,
    /// Where its line begins.
    offset: u64,
}

#[derive(Deserialize)]
struct Head {
    delivery: String,
    watch: u32,
    articles: Vec<Numbers>,
}

#[derive(Deserialize)]
struct Numbers {
    item: i64,
    said: i64,
    #[serde(rename = "hit")]
    _hit: IgnoredAny,
}

/// The batches of one run.
pub(super) struct Round {
    path: PathBuf,
    /// Those that have not been delivered, in their order.
    pub(super) pending: Vec<Pending>,
    /// How many have been.
    done: usize,
}

/// The rounds that have something left to deliver, the first one first.
pub(super) fn rounds(folder: &Path) -> io::Result<Vec<Round>> {
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder)? {
        let name = entry?.file_name();
        let is_round = |name: &&str| name.starts_with(ROUND) && name.ends_with(".jsonl");
        if let Some(name) = name.to_str().filter(is_round) {
            paths.push(folder.join(name));
        }
    }
    paths.sort();
    paths.into_iter().map(Round::open).collect()
}

/// Writes a round with what `fill` gives it. From then on it will be delivered.
pub(super) fn write(
    disk: &Disk,
    folder: &Path,
    fill: impl FnOnce(&mut dyn FnMut(&Batch) -> io::Result<()>) -> io::Result<()>,
) -> io::Result<()> {
    let last = rounds(folder)?.pop().and_then(|round| round.number());
    let path = folder.join(format!(
        "{ROUND}{:08}.jsonl",
        last.map_or(1, |last| last + 1)
    ));
    disk.put_private(&path, |file| {
        let mut out = BufWriter::new(file);
        fill(&mut |batch| line(&mut out, batch))?;
        out.flush()
    })
}

fn line(out: &mut impl Write, batch: &Batch) -> io::Result<()> {
    serde_json::to_writer(&mut *out, batch)?;
    out.write_all(b"\n")
}

impl Round {
    fn open(path: PathBuf) -> io::Result<Self> {
        let done = done(&path.with_extension("done"))?;
        let mut round = Round {
            pending: Vec::new(),
            done: 0,
            path,
        };
        let mut lines = BufReader::new(File::open(&round.path)?);
        let (mut offset, mut line) = (0, Vec::new());
        loop {
            let length = lines.read_until(b'\n', &mut line)?;
            if length == 0 {
                return Ok(round);
            }
            let head: Head = serde_json::from_slice(&line)?;
            if done.contains(&head.delivery) {
                round.done += 1;
            } else {
                round.pending.push(Pending {
                    delivery: head.delivery,
                    watch: head.watch,
                    known: head
                        .articles
                        .iter()
                        .flat_map(|one| [one.item, one.said])
                        .collect(),
                    offset,
                });
            }
            offset += length as u64;
            line.clear();
        }
    }

    fn number(&self) -> Option<u64> {
        let name = self.path.file_stem()?.to_str()?;
        name.strip_prefix(ROUND)?.parse().ok()
    }

    /// Reads a batch whole.
    pub(super) fn batch(&self, pending: &Pending) -> io::Result<Batch> {
        let mut file = BufReader::new(File::open(&self.path)?);
        file.seek(SeekFrom::Start(pending.offset))?;
        let mut line = Vec::new();
        file.read_until(b'\n', &mut line)?;
        Ok(serde_json::from_slice(&line)?)
    }

    /// Opens the list of what has been delivered.
    pub(super) fn marks(&self, disk: &Disk) -> io::Result<Marks> {
        let path = self.path.with_extension("done");
        // A name that was cut off must not become part of the next one.
        let whole = match fs::read(&path) {
            Ok(bytes) => bytes
                .iter()
                .rposition(|byte| *byte == b'\n')
                .map_or(0, |at| at + 1),
            Err(error) if error.kind() == ErrorKind::NotFound => 0,
            Err(error) => return Err(error),
        };
        Ok(Marks(disk.append(&path, whole as u64)?))
    }

    /// Removes what has been delivered, and the whole round when nothing is left: of `left` the names are given.
    pub(super) fn tidy(&self, disk: &Disk, left: &HashSet<&str>) -> io::Result<()> {
        let done = self.path.with_extension("done");
        let kept: Vec<&Pending> = self
            .pending
            .iter()
            .filter(|pending| left.contains(pending.delivery.as_str()))
            .collect();
        if kept.is_empty() {
            disk.remove(&self.path)?;
        } else if self.done + self.pending.len() > kept.len() {
            disk.put_private(&self.path, |file| {
                let mut out = BufWriter::new(file);
                for pending in kept {
                    line(&mut out, &self.batch(pending)?)?;
                }
                out.flush()
            })?;
        }
        if done.exists() {
            disk.remove(&done)?;
        }
        Ok(())
    }
}

/// The list of what has been delivered of a round.
pub(super) struct Marks(NewFile);

impl Marks {
    /// Notes that a delivery has been made; `sync` lets that outlast a loss of power, too.
    pub(super) fn note(&mut self, delivery: &str, sync: bool) -> io::Result<()> {
        self.0.write_all(format!("{delivery}\n").as_bytes())?;
        if sync { self.0.sync() } else { Ok(()) }
    }
}

fn done(path: &Path) -> io::Result<HashSet<String>> {
    let mut text = String::new();
    match File::open(path) {
        Ok(mut file) => file.read_to_string(&mut text)?,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(HashSet::new()),
        Err(error) => return Err(error),
    };
    let whole = text.rfind('\n').map_or("", |end| &text[..end]);
    Ok(whole.lines().map(str::to_owned).collect())
}
