//! What became of every file and record: accepted, duplicate or rejected, and the sums add up.

use std::collections::BTreeMap;
use std::io::Write;

use serde::{Deserialize, Serialize};

use crate::article::Article;
use crate::error::Result;
use crate::format::Rejection;
use crate::source::SkipReason;

/// What became of a file or a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// A record: it is an article. A file: articles came from it, or records of it are duplicates.
    Accepted,
    /// An article that is in the archive already.
    Duplicate,
    /// No article, for the reason given.
    Rejected,
}

/// One line of a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The file, as in [`Article::file`].
    pub file: String,
    /// Which record of it, from 1; none when the line is about the file.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub record: Option<u32>,
    /// What became of it.
    pub outcome: Outcome,
    /// The article's id, where there is one.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub id: Option<String>,
    /// The format that read the file.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub format: Option<String>,
    /// Why it was rejected.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub reason: Option<SkipReason>,
    /// What exactly was wrong, or whose duplicate it is.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub detail: Option<String>,
}

/// How many of each outcome.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Accepted.
    pub accepted: u64,
    /// Duplicates.
    pub duplicate: u64,
    /// Rejected.
    pub rejected: u64,
}

impl Counts {
    /// All of them.
    pub fn total(&self) -> u64 {
        self.accepted + self.duplicate + self.rejected
    }

    fn add(&mut self, outcome: Outcome) {
        match outcome {
            Outcome::Accepted => self.accepted += 1,
            Outcome::Duplicate => self.duplicate += 1,
            Outcome::Rejected => self.rejected += 1,
        }
    }
}

/// The account of a run. Single lines go to the report as they come; here only sums are kept, and the first rejections.
#[derive(Default)]
pub struct Ledger {
    /// Files, and members of archives.
    pub files: Counts,
    /// Records of files that could be read.
    pub records: Counts,
    /// Rejected files and records, by reason.
    pub reasons: BTreeMap<SkipReason, Rejected>,
    /// Files read by each format.
    pub formats: BTreeMap<&'static str, u64>,
    /// Articles whose date kept only its year, because day and month could not be told apart.
    pub undecided_dates: u64,
    /// Articles that have lost what their source puts under every article.
    pub feet: u64,
    open: Option<OpenFile>,
    report: Option<Box<dyn Write + Send>>,
}

/// The file whose records are coming in.
struct OpenFile {
    file: String,
    format: &'static str,
    /// Rejected as a whole, or for the rest of it: the reason.
    rejection: Option<Rejection>,
    /// The first of its records that was rejected.
    rejected_record: Option<Rejection>,
    accepted: bool,
}

/// What was rejected for one reason.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rejected {
    /// How many files and records.
    pub count: u64,
    /// The first of them: `file`, or `file#record`.
    pub examples: Vec<String>,
}

/// How many rejections of each reason are named in the summary.
const EXAMPLES: usize = 5;

impl Ledger {
    /// An empty account, which writes a line of JSON for each file and record to `report`, when there is one.
    pub fn new(report: Option<Box<dyn Write + Send>>) -> Self {
        Ledger {
            report,
            ..Ledger::default()
        }
    }

    /// A file, or a member of one, that this format reads.
    pub(crate) fn file(&mut self, file: &str, format: &'static str) -> Result<()> {
        self.close()?;
        *self.formats.entry(format).or_insert(0) += 1;
        self.open = Some(OpenFile {
            file: file.to_owned(),
            format,
            rejection: None,
            rejected_record: None,
            accepted: false,
        });
        Ok(())
    }

    /// A record that is an article.
    pub(crate) fn accept(&mut self, article: &Article) -> Result<()> {
        self.record(article, Outcome::Accepted, None)
    }

    /// A record of an item that the archive has: a version of it that reads otherwise.
    pub(crate) fn version(&mut self, article: &Article) -> Result<()> {
        let detail = "the archive has other versions of it";
        self.record(article, Outcome::Accepted, Some(detail.to_owned()))
    }

    /// A record that is in the archive already: where, as far as is known.
    pub(crate) fn duplicate(&mut self, article: &Article, of: Option<&str>) -> Result<()> {
        let detail = match of {
            Some(of) => format!("the article came from `{of}`"),
            None => "the article came from another file".to_owned(),
        };
        self.record(article, Outcome::Duplicate, Some(detail))
    }

    fn record(
        &mut self,
        article: &Article,
        outcome: Outcome,
        detail: Option<String>,
    ) -> Result<()> {
        if let Some(open) = self.open.as_mut().filter(|open| open.file == article.file) {
            open.accepted = true;
        }
        self.records.add(outcome);
        self.write(&Entry {
            file: article.file.clone(),
            record: Some(article.record),
            outcome,
            id: Some(article.id.clone()),
            format: None,
            reason: None,
            detail,
        })
    }

    /// A record, or all or the rest of a file, that is no article.
    pub(crate) fn reject(
        &mut self,
        file: &str,
        record: Option<u32>,
        rejection: &Rejection,
    ) -> Result<()> {
        match (record, self.open.as_mut().filter(|open| open.file == file)) {
            (None, Some(open)) => {
                open.rejection = Some(rejection.clone());
                return Ok(());
            }
            (None, None) => return self.reject_file(file, rejection),
            (Some(_), Some(open)) => {
                open.rejected_record = open
                    .rejected_record
                    .take()
                    .or_else(|| Some(rejection.clone()));
            }
            (Some(_), None) => {}
        }
        self.records.add(Outcome::Rejected);
        self.rejected(&Entry {
            file: file.to_owned(),
            record,
            outcome: Outcome::Rejected,
            id: None,
            format: None,
            reason: Some(rejection.reason),
            detail: Some(rejection.detail.clone()),
        })
    }

    /// A file that could not be opened or recognised.
    pub(crate) fn reject_file(&mut self, file: &str, rejection: &Rejection) -> Result<()> {
        self.close()?;
        self.files.add(Outcome::Rejected);
        self.rejected(&Entry {
            file: file.to_owned(),
            record: None,
            outcome: Outcome::Rejected,
            id: None,
            format: None,
            reason: Some(rejection.reason),
            detail: Some(rejection.detail.clone()),
        })
    }

    /// Ends the account.
    pub(crate) fn finish(&mut self) -> Result<()> {
        self.close()?;
        if let Some(report) = &mut self.report {
            report.flush()?;
        }
        Ok(())
    }

    /// Accounts for the file whose records have come in.
    ///
    /// A file that broke off after its first articles is accepted, and the loss of its rest is a rejected record of it.
    /// One that gave no article is rejected, for its own reason or for that of its first record.
    fn close(&mut self) -> Result<()> {
        let Some(open) = self.open.take() else {
            return Ok(());
        };
        let reason = open.rejection.as_ref().or(open.rejected_record.as_ref());
        let outcome = if open.accepted || reason.is_none() {
            Outcome::Accepted
        } else {
            Outcome::Rejected
        };
        self.files.add(outcome);
        if open.accepted && open.rejection.is_some() {
            self.records.add(Outcome::Rejected);
        }
        let reason = reason.filter(|_| outcome == Outcome::Rejected || open.rejection.is_some());
        let entry = Entry {
            file: open.file,
            record: None,
            outcome,
            id: None,
            format: Some(open.format.to_owned()),
            reason: reason.map(|rejection| rejection.reason),
            detail: reason.map(|rejection| rejection.detail.clone()),
        };
        // What its records were rejected for has been counted with them.
        if open.rejection.is_some() {
            self.rejected(&entry)
        } else {
            self.write(&entry)
        }
    }

    fn rejected(&mut self, entry: &Entry) -> Result<()> {
        if let Some(reason) = entry.reason {
            let rejected = self.reasons.entry(reason).or_default();
            rejected.count += 1;
            if rejected.examples.len() < EXAMPLES {
                let record = entry
                    .record
                    .map(|record| format!("#{record}"))
                    .unwrap_or_default();
                rejected.examples.push(format!("{}{record}", entry.file));
            }
        }
        self.write(entry)
    }

    fn write(&mut self, entry: &Entry) -> Result<()> {
        if let Some(report) = &mut self.report {
            serde_json::to_writer(&mut *report, entry).map_err(std::io::Error::from)?;
            report.write_all(b"\n")?;
        }
        Ok(())
    }
}
