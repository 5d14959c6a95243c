//! How much of the machine indexing may take: `--memory` and `--threads`, and what they are where nobody says.
//!
//! What is free is what Linux tells (`/proc/meminfo`), and no more than the control groups of the process leave (of version 2 and
//! of version 1: containers and services have them). Elsewhere a plain default stands.

use std::fs;
use std::path::Path;
use std::thread::available_parallelism;

use clap::Args;
use clap::builder::RangedU64ValueParser;
use morgue::index::sync::SyncOptions;
use morgue::index::writer::Resources;

#[derive(Debug, Default, Args)]
pub(super) struct Machine {
    /// How much memory indexing may take, for example 512MB or 2GB; by default a quarter of what is free, and at most 384MB a
    /// thread
    #[arg(long, value_name = "SIZE", value_parser = size)]
    memory: Option<u64>,
    /// How many threads read and index; by default as many as there are processors
    #[arg(long, value_name = "N", value_parser = RangedU64ValueParser::<usize>::new().range(1..=256))]
    threads: Option<usize>,
}

/// The least that can be worked with: tantivy wants 15 MB for a thread.
const LEAST: u64 = 64 << 20;
/// Where nobody says otherwise: a part of what is free, for a thread at most this; and this where nobody knows what is free.
const SHARE: u64 = 4;
const MOST_A_THREAD: u64 = 384 << 20;
const UNKNOWN: u64 = 1 << 30;
/// So much of it is for tantivy's segments in the making; the rest is what waits, what is read and what is merged.
const OF_WRITER: u64 = 2;
/// And one part of so many is for articles that wait to be written.
const OF_WAITING: u64 = 16;
/// So much is wanted for each thread before another one is worth it.
const A_THREAD: u64 = 64 << 20;

impl Machine {
    /// Sets what indexing may take.
    pub(super) fn set(&self, options: &mut SyncOptions) {
        let processors = available_parallelism().map_or(2, usize::from);
        let threads = self.threads.unwrap_or(processors) as u64;
        let memory = self.memory.unwrap_or_else(|| {
            let free = free().unwrap_or(UNKNOWN * SHARE);
            (free / SHARE).clamp(LEAST, threads * MOST_A_THREAD)
        });
        let threads = match self.threads {
            Some(_) => threads,
            None => threads.min((memory / A_THREAD).max(1)),
        };
        let bytes = |bytes: u64| usize::try_from(bytes).unwrap_or(usize::MAX);
        options.read.threads = bytes(threads);
        options.read.waiting = bytes(memory / OF_WAITING);
        options.resources = Resources {
            threads: bytes(threads.min(8).min((memory / OF_WRITER / 16_000_000).max(1))),
            memory: bytes(memory / OF_WRITER),
        };
    }
}

/// A number of bytes with its unit.
fn size(text: &str) -> Result<u64, String> {
    const UNITS: &[(&str, u32)] = &[("k", 10), ("m", 20), ("g", 30), ("t", 40)];
    let lower = text.trim().to_ascii_lowercase();
    let end = lower
        .find(|c: char| !c.is_ascii_digit() && c != '.')
        .unwrap_or(lower.len());
    let (number, unit) = lower.split_at(end);
    let unit = unit.trim();
    let shift = UNITS.iter().find(|(letter, _)| {
        let rest = unit.strip_prefix(letter);
        matches!(rest, Some("" | "b" | "ib"))
    });
    let example = "write a number and its unit, for example 512MB or 2GB";
    let number: f64 = number.parse().map_err(|_| example)?;
    let (_, shift) = shift.ok_or(example)?;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "it is not negative, and what is too much is the most"
    )]
    let bytes = (number
        * f64::from(1_u32 << shift.min(&30))
        * f64::from(1_u32 << shift.saturating_sub(30))) as u64;
    if bytes < LEAST {
        return Err(format!("indexing takes {}MB at least", LEAST >> 20));
    }
    Ok(bytes)
}

/// How many bytes are free, where the system tells.
fn free() -> Option<u64> {
    let table = fs::read_to_string("/proc/meminfo").ok()?;
    let line = table
        .lines()
        .find_map(|line| line.strip_prefix("MemAvailable:"))?;
    let kilobytes: u64 = line.trim().split(' ').next()?.parse().ok()?;
    let groups = fs::read_to_string("/proc/self/cgroup").unwrap_or_default();
    let left = groups
        .lines()
        .filter_map(|line| left_by(line, Path::new("/sys/fs/cgroup")));
    left.chain([kilobytes << 10]).min()
}

/// What a control group, a line of `/proc/self/cgroup`, and those above it leave to be taken.
fn left_by(line: &str, mount: &Path) -> Option<u64> {
    let mut parts = line.splitn(3, ':').skip(1);
    let (kind, path) = (parts.next()?, parts.next()?);
    let (mount, limit, usage) = match kind {
        "" => (mount.to_owned(), "memory.max", "memory.current"),
        "memory" => (
            mount.join("memory"),
            "memory.limit_in_bytes",
            "memory.usage_in_bytes",
        ),
        _ => return None,
    };
    let number = |folder: &Path, name: &str| -> Option<u64> {
        fs::read_to_string(folder.join(name))
            .ok()?
            .trim()
            .parse()
            .ok()
    };
    // In a container the path is that of the machine outside, which is not there; then the limit stands at the top.
    let group = mount.join(path.trim_start_matches('/'));
    let groups = group
        .ancestors()
        .take_while(|folder| folder.starts_with(&mount));
    groups
        .filter_map(|folder| {
            let left = number(folder, limit)?.saturating_sub(number(folder, usage).unwrap_or(0));
            Some(left)
        })
        .min()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_have_units() {
        let check =
            |text: &str, expected: Option<u64>| assert_eq!(size(text).ok(), expected, "{text}");
        check("512MB", Some(512 << 20));
        check("2g", Some(2 << 30));
        check("1.5 GiB", Some(3 << 29));
        check("0.5TB", Some(512 << 30));
        check("99999999999t", Some(u64::MAX));
        for wrong in [
            "", "512", "MB", "-1GB", "1GBs", "1e3GB", "1.2.3GB", "10MB", "NaNGB",
        ] {
            check(wrong, None);
        }
    }

    #[test]
    fn groups_leave_what_the_narrowest_leaves() {
        let mount = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| {
            let path = mount.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        };
        write("a/memory.max", "1000\n");
        write("a/memory.current", "300\n");
        write("a/b/memory.max", "max\n");
        write("memory/c/memory.limit_in_bytes", "500\n");
        let check = |line: &str, expected: Option<u64>| {
            assert_eq!(left_by(line, mount.path()), expected, "{line}");
        };
        check("0::/a/b", Some(700));
        check("0::/elsewhere", None);
        check("4:memory:/c", Some(500));
        check("7:cpu:/c", None);
        check("", None);
    }
}
