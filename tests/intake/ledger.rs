//! The sums add up: on the sample archive, and on real collections where there are any.

use std::io::BufWriter;
use std::path::Path;
use std::slice::from_ref;

use morgue::intake::{Entry, Ledger, Outcome, ReadOptions, read};
use morgue::source;

use super::Report;

/// How many entries of this outcome there are about records, or about files.
fn count(entries: &[Entry], records: bool, outcome: Outcome) -> u64 {
    let wanted = |entry: &&Entry| entry.record.is_some() == records && entry.outcome == outcome;
    entries.iter().filter(wanted).count() as u64
}

/// The report and the counters are the same account.
#[track_caller]
pub(crate) fn check_sums(entries: &[Entry], ledger: &Ledger) {
    for outcome in [Outcome::Accepted, Outcome::Duplicate, Outcome::Rejected] {
        let of = |counts: &morgue::intake::Counts| match outcome {
            Outcome::Accepted => counts.accepted,
            Outcome::Duplicate => counts.duplicate,
            Outcome::Rejected => counts.rejected,
        };
        assert_eq!(
            count(entries, false, outcome),
            of(&ledger.files),
            "files {outcome:?}"
        );
        // The lost rest of an accepted file is a rejected record, told in the line of the file.
        let rests = entries
            .iter()
            .filter(|entry| entry.record.is_none() && entry.outcome == Outcome::Accepted);
        let rests = rests.filter(|entry| entry.reason.is_some()).count() as u64;
        let rests = if outcome == Outcome::Rejected {
            rests
        } else {
            0
        };
        assert_eq!(
            count(entries, true, outcome) + rests,
            of(&ledger.records),
            "records {outcome:?}"
        );
    }
    let reasons = entries
        .iter()
        .filter(|entry| entry.reason.is_some())
        .count() as u64;
    assert!(
        reasons
            >= ledger
                .reasons
                .values()
                .map(|rejected| rejected.count)
                .sum::<u64>()
    );
    assert!(
        entries
            .iter()
            .all(|entry| entry.outcome != Outcome::Rejected || entry.reason.is_some())
    );
}

#[test]
fn the_sample_archive() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-corpus");
    let report = Report::default();
    let mut ledger = Ledger::new(Some(Box::new(report.clone())));
    let mut articles = 0;
    let each = &mut |_| {
        articles += 1;
        std::ops::ControlFlow::Continue(())
    };
    read(from_ref(&root), &ReadOptions::default(), &mut ledger, each).unwrap();
    let entries = report.entries();
    check_sums(&entries, &ledger);
    assert_eq!(ledger.records.accepted, articles);
    // Every file that the walk finds is in the account, itself or its members.
    for found in source::walk(&root) {
        let file = found.map_or_else(|(file, _)| file, |found| found.file);
        let told =
            |entry: &Entry| entry.file == file || entry.file.starts_with(&format!("{file}!/"));
        assert!(entries.iter().any(told), "{file} is not in the report");
    }
}

#[cfg(target_os = "linux")]
mod real {
    use std::process::Command;

    use morgue::Archive;
    use morgue::index::sync::{SyncOptions, sync};

    use super::*;

    const VARIABLE: &str = "MORGUE_CHILD_REPORT";

    /// Indexes the collections in a process of its own, whose memory can be measured.
    #[test]
    fn child() {
        let Ok(report) = std::env::var(VARIABLE) else {
            return;
        };
        let folder = tempfile::tempdir().unwrap();
        let file = std::fs::File::create(&report).unwrap();
        let mut ledger = Ledger::new(Some(Box::new(BufWriter::new(file))));
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpora");
        let done = sync(
            &folder.path().join("index"),
            &[root],
            &SyncOptions::default(),
            &mut ledger,
            &mut (),
        )
        .unwrap();
        let status = Archive::open(&folder.path().join("index"))
            .unwrap()
            .status()
            .unwrap();
        let kept = status.articles + status.versions + status.embargoed;
        assert_eq!(done.articles, status.articles);
        assert_eq!(kept, ledger.records.accepted);
        assert_eq!(status.duplicates, ledger.records.duplicate);
        let entries = std::fs::read_to_string(&report).unwrap();
        let entries: Vec<Entry> = entries
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect();
        check_sums(&entries, &ledger);
        println!(
            "{:?} {:?} {:?} {:?}",
            ledger.files, ledger.records, ledger.reasons, ledger.formats
        );
        let status = std::fs::read_to_string("/proc/self/status").unwrap();
        let peak = status
            .lines()
            .find_map(|line| line.strip_prefix("VmHWM:"))
            .unwrap();
        let kilobytes: u64 = peak.trim().trim_end_matches(" kB").parse().unwrap();
        println!("peak memory {kilobytes} kB");
        assert!(kilobytes < 1_500_000, "{kilobytes} kB");
    }

    #[test]
    fn real_collections() {
        if !Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../shared/corpora")
            .exists()
        {
            println!("skipped: there are no real collections here");
            return;
        }
        let report = tempfile::NamedTempFile::new().unwrap();
        let output = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "intake::ledger::real::child", "--nocapture"])
            .env(VARIABLE, report.path())
            .output()
            .unwrap();
        println!("{}", String::from_utf8_lossy(&output.stdout));
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
    }
}
