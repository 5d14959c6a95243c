//! A stand-in for the intake: reads JSON Lines of articles.

use std::collections::BTreeMap;
use std::io::Write;
use std::ops::ControlFlow;
use std::path::PathBuf;

use crate::source::SkipReason;
use crate::text::date::Order;
use crate::{Article, Error, Result, format};

/// How to read.
#[derive(Default, Clone)]
pub struct ReadOptions {
    /// The format, when it is not to be recognised.
    pub format: Option<&'static format::Format>,
    /// Which name holds which field.
    pub map: Vec<(format::MapField, String)>,
    /// The order of numeric dates.
    pub date_order: Option<Order>,
}

/// Who is told how far the work is.
pub trait Progress {
    /// The work begins.
    fn begin(&mut self, files: u64, bytes: u64);
    /// So much more is done.
    fn advance(&mut self, bytes: u64, articles: u64, file: &str);
    /// The work is done.
    fn end(&mut self);
}

/// How many were what.
#[derive(Debug, Default, Clone, Copy)]
pub struct Counts {
    /// Accepted.
    pub accepted: u64,
    /// Seen before.
    pub duplicate: u64,
    /// Rejected.
    pub rejected: u64,
}

/// What was rejected for one reason.
#[derive(Debug, Default, Clone)]
pub struct Rejected {
    /// How many.
    pub count: u64,
    /// The first few, by name.
    pub examples: Vec<String>,
}

/// What became of every file and record.
#[derive(Default)]
pub struct Ledger {
    /// Files.
    pub files: Counts,
    /// Records.
    pub records: Counts,
    /// Rejections by reason.
    pub reasons: BTreeMap<SkipReason, Rejected>,
    report: Option<Box<dyn Write + Send>>,
}

impl Ledger {
    /// A ledger that streams its entries to `report`.
    pub fn new(report: Option<Box<dyn Write + Send>>) -> Self {
        Ledger {
            report,
            ..Ledger::default()
        }
    }
}

/// Reads.
pub fn read(
    roots: &[PathBuf],
    _options: &ReadOptions,
    ledger: &mut Ledger,
    each: &mut dyn FnMut(Article) -> ControlFlow<()>,
) -> Result<()> {
    for path in roots {
        let text = std::fs::read_to_string(path).map_err(|error| Error::Read {
            path: path.clone(),
            error,
        })?;
        for (number, line) in (1..).zip(text.lines()) {
            let file = path
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            match serde_json::from_str::<Article>(line) {
                Ok(mut article) => {
                    ledger.records.accepted += 1;
                    article.file = file;
                    article.record = number;
                    if each(article).is_break() {
                        return Ok(());
                    }
                }
                Err(error) => {
                    ledger.records.rejected += 1;
                    let reason = ledger.reasons.entry(SkipReason::Malformed).or_default();
                    reason.count += 1;
                    reason.examples.push(format!("{file}#{number}"));
                    if let Some(report) = &mut ledger.report {
                        writeln!(
                            report,
                            "{}",
                            serde_json::json!({"file": file, "record": number, "outcome": "rejected", "reason": "malformed", "detail": error.to_string()})
                        )?;
                    }
                }
            }
        }
        ledger.files.accepted += 1;
    }
    Ok(())
}
