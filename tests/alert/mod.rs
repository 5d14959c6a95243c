//! Step 11: saved searches, on an index of files that change. The files are invented, and made here.

mod faults;
mod kill;
mod model;
mod new;
mod targets;

use std::fs;
use std::path::PathBuf;

use chrono::Utc;
use morgue::Result;
use morgue::alert::{self, Added, Existing, Format, Options, Report, Target, Watch};
use morgue::query::Dialect;
use morgue::search::Match;

use crate::index::Desk;

/// A desk with watches.
pub(crate) struct Office {
    pub(crate) desk: Desk,
    pub(crate) options: Options,
}

impl Office {
    /// With an article `old` in the index, so that there is one.
    pub(crate) fn new() -> Self {
        let office = Office {
            desk: Desk::new(),
            options: Options::default(),
        };
        office.write("old.jsonl", &[("old", "The old ferry")]);
        office.desk.sync(&[""]);
        office
    }

    /// Writes articles with ids and headlines into a file.
    pub(crate) fn write(&self, file: &str, articles: &[(&str, &str)]) {
        let lines = articles
            .iter()
            .map(|(id, headline)| crate::index::line(id, headline));
        self.desk.write(file, lines.collect::<String>());
    }

    /// The path of a file beside the index.
    pub(crate) fn beside(&self, name: &str) -> PathBuf {
        self.desk.index().with_file_name(name)
    }

    /// Where a watch of this name delivers when it delivers to a file.
    pub(crate) fn file(&self, name: &str) -> Target {
        Target::File {
            path: self.beside(&format!("{name}.jsonl")),
            format: Format::Jsonl,
        }
    }

    pub(crate) fn watch(name: &str, query: &str, to: Target) -> Watch {
        Watch {
            name: name.into(),
            number: 0,
            query: query.into(),
            matching: Match::All,
            dialect: Dialect::Morgue,
            only_recent: None,
            added: Utc::now(),
            to,
        }
    }

    pub(crate) fn try_add(&self, watch: Watch) -> Result<Added> {
        alert::add(&self.desk.index(), watch, Existing::Known, &self.options)
    }

    /// Adds a watch that appends to a file of its name.
    pub(crate) fn add(&self, name: &str, query: &str) -> Added {
        self.try_add(Office::watch(name, query, self.file(name)))
            .unwrap()
    }

    /// Delivers what is new.
    pub(crate) fn run(&self) -> Report {
        alert::run(&self.desk.index(), &self.options).unwrap()
    }

    /// Brings the index up to date, and delivers what is new; then nothing is left to deliver.
    #[track_caller]
    pub(crate) fn round(&self) {
        self.desk.sync(&[""]);
        let report = self.run();
        assert!(
            report.failed.is_empty() && report.unasked.is_empty(),
            "{report:?}"
        );
        let again = self.run();
        assert!(again.delivered.is_empty(), "{again:?}");
    }

    /// The ids that were delivered to the file of a watch, in their order.
    pub(crate) fn delivered(&self, name: &str) -> Vec<String> {
        let text = fs::read_to_string(self.beside(&format!("{name}.jsonl")));
        ids(&text.unwrap_or_default())
    }

    /// The names of the files of the watches.
    pub(crate) fn store(&self) -> Vec<String> {
        let folder = self.desk.index().join("watches");
        if folder.exists() {
            crate::index::names_in(&folder)
        } else {
            Vec::new()
        }
    }
}

/// The ids in JSON Lines.
pub(crate) fn ids(lines: &str) -> Vec<String> {
    let ids = lines.lines().map(|line| {
        let line: serde_json::Value = serde_json::from_str(line).expect("a whole line");
        line["id"].as_str().unwrap().to_owned()
    });
    ids.collect()
}
