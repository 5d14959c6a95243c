//! What became of files and records, told in a few lines on stderr. Every one of them is in `--report`.

use morgue::intake::{Counts, Ledger};
use morgue::output::terminal::clean;

use super::Printer;

/// How many rejected files or records are named for each reason.
const NAMED: usize = 3;

/// Tells the counts, which add up to what was there, and the reasons of what was rejected.
pub(super) fn tell(ledger: &Ledger, is_reported: bool, printer: &Printer) {
    printer.note(counts("files", &ledger.files));
    printer.note(counts("records", &ledger.records));
    for (reason, rejected) in &ledger.reasons {
        let mut named: Vec<String> = rejected
            .examples
            .iter()
            .take(NAMED)
            .map(|name| clean(name).into_owned())
            .collect();
        if rejected.count > named.len() as u64 && !named.is_empty() {
            named.push("…".into());
        }
        printer.note(format!(
            "  {} {}: {}",
            rejected.count,
            reason.sentence(),
            named.join(", ")
        ));
    }
    if !ledger.reasons.is_empty() && !is_reported {
        printer.note("  what is wrong with each: --report FILE, one line of JSON for each of them");
    }
    if ledger.undecided_dates > 0 {
        printer.note(format!(
            "  {} dates keep only their year: day and month could not be told apart (--date-order dmy or mdy says which is first)",
            ledger.undecided_dates
        ));
    }
    if ledger.feet > 0 {
        printer.note(format!(
            "  {} articles without what their source puts under every one",
            ledger.feet
        ));
    }
}

fn counts(what: &str, counts: &Counts) -> String {
    let Counts {
        accepted,
        duplicate,
        rejected,
        ..
    } = counts;
    format!("  {what:<8} {accepted} accepted, {duplicate} duplicates, {rejected} rejected")
}
