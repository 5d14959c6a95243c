//! What a thread or a process has used, as Linux tells it in `/proc`, and how figures are summed up.

use std::fs::{self, File};
use std::io::{self, Read, Seek};
use std::path::Path;

/// Reads the CPU time of this thread.
pub(crate) struct ThreadClock(File);

impl ThreadClock {
    pub(crate) fn new() -> io::Result<Self> {
        File::open("/proc/thread-self/schedstat").map(ThreadClock)
    }

    /// Microseconds on a CPU so far. The kernel adds them up when it switches between threads, so this lets it do so first.
    pub(crate) fn micros(&mut self) -> io::Result<f64> {
        std::thread::yield_now();
        let mut text = String::new();
        self.0.rewind()?;
        self.0.read_to_string(&mut text)?;
        let nanos = text.split(' ').next().and_then(|n| n.parse::<f64>().ok());
        nanos
            .map(|nanos| nanos / 1e3)
            .ok_or(io::ErrorKind::InvalidData.into())
    }
}

/// CPU seconds of this process and all its threads, from its start: user and system, in steps of 10 ms.
pub(crate) fn process_seconds() -> io::Result<f64> {
    seconds(11)
}

/// CPU seconds of all processes that this one has started and that have ended.
pub(crate) fn children_seconds() -> io::Result<f64> {
    seconds(13)
}

/// The sum of two neighbouring times of this process, those behind so many fields after its name.
fn seconds(skipped: usize) -> io::Result<f64> {
    const TICKS_A_SECOND: f64 = 100.0;
    let stat = fs::read_to_string("/proc/self/stat")?;
    // The second field is the name in parentheses, and may hold anything; user and system are the 14th and 15th, those of
    // its children the next two.
    let fields = stat.rsplit(") ").next().unwrap_or_default().split(' ');
    let ticks = fields
        .skip(skipped)
        .take(2)
        .filter_map(|n| n.parse::<f64>().ok());
    Ok(ticks.sum::<f64>() / TICKS_A_SECOND)
}

/// The most memory this process has had resident, in MiB.
pub(crate) fn peak_mib() -> io::Result<f64> {
    peak_mib_of("self")
}

/// The most memory that the process with this id has had resident, in MiB.
pub(crate) fn peak_mib_of(process: &str) -> io::Result<f64> {
    mib_of(process, "VmHWM:")
}

/// The memory of the process with this id that is its own, and no page of a file, in MiB.
pub(crate) fn own_mib_of(process: &str) -> io::Result<f64> {
    mib_of(process, "RssAnon:")
}

fn mib_of(process: &str, what: &str) -> io::Result<f64> {
    let status = fs::read_to_string(format!("/proc/{process}/status"))?;
    let line = status.lines().find_map(|line| line.strip_prefix(what));
    let kib = line.and_then(|line| line.trim().strip_suffix(" kB")?.parse::<f64>().ok());
    kib.map(|kib| kib / 1024.0)
        .ok_or(io::ErrorKind::InvalidData.into())
}

/// The bytes of the files in a folder, in MiB.
pub(crate) fn folder_mib(dir: &Path) -> io::Result<f64> {
    let mut bytes = 0;
    for entry in fs::read_dir(dir)? {
        bytes += entry?.metadata()?.len();
    }
    #[expect(clippy::cast_precision_loss, reason = "a figure for people")]
    Ok(bytes as f64 / 1_048_576.0)
}

/// The load of the machine, as the kernel says it.
pub(crate) fn load() -> String {
    let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    load.split(' ').take(3).collect::<Vec<_>>().join(" ")
}

/// The value below which `share` (0 to 1) of the figures lie; the greatest one for small lists and shares near 1.
pub(crate) fn percentile(figures: &[f64], share: f64) -> f64 {
    let mut sorted = figures.to_vec();
    sorted.sort_by(f64::total_cmp);
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a rank in a short list"
    )]
    let rank = (sorted.len() as f64 * share) as usize;
    sorted
        .get(rank)
        .or(sorted.last())
        .copied()
        .unwrap_or(f64::NAN)
}
