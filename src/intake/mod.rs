//! Step 4: from paths to finished [`Article`]s, in a stable order: walk → open → sniff → read → finish.
//!
//! Files are parsed by several threads ([`parse`]), and delivered in the order of their names by one. Every file and every
//! record ends in the [`Ledger`]: accepted, duplicate or rejected.

mod budget;
mod company;
mod dates;
mod explain;
mod feet;
mod finish;
mod ledger;
mod parse;
mod pipeline;

use std::collections::BTreeSet;
use std::fmt::Write;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::article::Article;
use crate::error::{Error, Result};
use crate::format::{self, Format, MapField};
use crate::source::{self, Limits};
use crate::text::date::Order;

pub(crate) use budget::bytes_of;
pub use dates::DateOrders;
pub use explain::{Explained, Recognition, explain};
pub use feet::{Feet, KnownFeet};
pub use ledger::{Counts, Entry, Ledger, Outcome, Rejected};
pub(crate) use pipeline::{Delivery, Habits, Job, deliver};

/// What the user said about the reading of files.
#[derive(Clone, Default)]
pub struct ReadOptions {
    /// `--format NAME`: read every file so, whatever it looks like.
    pub format: Option<&'static Format>,
    /// `--map FIELD=NAME`.
    pub map: Vec<(MapField, String)>,
    /// `--date-order`: how numeric dates are written, whatever they look like.
    pub date_order: Option<Order>,
    /// How far unpacking goes.
    pub limits: Limits,
    /// How many threads parse; 0 is one for each processor.
    pub threads: usize,
    /// How many bytes of articles may wait between reading and what comes next; 0 is 64 MB.
    pub waiting: usize,
}

impl ReadOptions {
    /// What tells these options from others that would read a file differently; empty when the user has said nothing.
    pub(crate) fn fingerprint(&self) -> String {
        let mut text = String::new();
        let mut say = |name: &str, value: &str| {
            // A value is the user's, and may hold what divides them.
            let value = value.replace('\\', "\\\\").replace(';', "\\;");
            write!(text, "{name}={value};").expect("a string takes all");
        };
        if let Some(format) = self.format {
            say("format", format.name);
        }
        for (field, name) in &self.map {
            say(field.name(), name);
        }
        if let Some(order) = self.date_order {
            say("order", if order == Order::Dmy { "dmy" } else { "mdy" });
        }
        text
    }

    /// These options, but for those that tell one reading from another: they are as in this fingerprint. None when it
    /// names something that this program does not know.
    pub(crate) fn with_fingerprint(&self, fingerprint: &str) -> Option<ReadOptions> {
        let mut options = ReadOptions {
            format: None,
            map: Vec::new(),
            date_order: None,
            ..self.clone()
        };
        let (mut said, mut chars) = (String::new(), fingerprint.chars());
        while let Some(c) = chars.next() {
            match c {
                '\\' => said.push(chars.next()?),
                ';' => {
                    let (name, value) = said.split_once('=')?;
                    match (name, value) {
                        ("format", name) => {
                            let named = format::FORMATS.iter().find(|row| row.name == name);
                            options.format = Some(named?);
                        }
                        ("order", "dmy") => options.date_order = Some(Order::Dmy),
                        ("order", "mdy") => options.date_order = Some(Order::Mdy),
                        (field, name) => {
                            let field = MapField::by_name(field)?;
                            options.map.push((field, name.to_owned()));
                        }
                    }
                    said.clear();
                }
                c => said.push(c),
            }
        }
        said.is_empty().then_some(options)
    }
}

/// Is told how far a long work has come.
pub trait Progress: Send {
    /// So much is to be done.
    fn begin(&mut self, files: u64, bytes: u64);
    /// So much has been done since the last call; `file` is the one just finished.
    fn advance(&mut self, bytes: u64, articles: u64, file: &str);
    /// All is done.
    fn end(&mut self);
    /// Whether the work is to be broken off: what has come in whole is kept, the next run goes on there.
    fn wants_end(&self) -> bool {
        false
    }
}

/// For those who do not want to know.
impl Progress for () {
    fn begin(&mut self, _: u64, _: u64) {}
    fn advance(&mut self, _: u64, _: u64, _: &str) {}
    fn end(&mut self) {}
}

/// Reads every article below `roots` and gives it to `each`, without an index.
///
/// # Errors
/// [`Error::Read`] when a root does not exist; what is wrong with single files is in the ledger.
pub fn read(
    roots: &[PathBuf],
    options: &ReadOptions,
    ledger: &mut Ledger,
    each: &mut dyn FnMut(Article) -> ControlFlow<()>,
) -> Result<()> {
    check_roots(roots)?;
    let mut habits = Habits {
        orders: DateOrders::new(options.date_order),
        ..Habits::default()
    };
    let (mut jobs, mut homes) = (Vec::new(), BTreeSet::new());
    for root in roots {
        let home: Arc<str> = home_of(&absolute(root)?, &homes).into();
        homes.insert(home.to_string());
        for found in source::walk(root) {
            match found {
                Ok(found) => jobs.push(Job {
                    number: jobs.len(),
                    home: home.clone(),
                    found,
                }),
                Err((file, rejection)) => ledger.reject_file(&file, &rejection)?,
            }
        }
    }
    let receive = &mut |delivery: Delivery, _: &Habits| match delivery {
        Delivery::Article(_, article) => {
            ledger.accept(&article)?;
            Ok(each(*article))
        }
        Delivery::Rejected(_, file, record, rejection) => {
            ledger.reject(&file, record, &rejection)?;
            Ok(ControlFlow::Continue(()))
        }
        Delivery::Member(_, file, format) => {
            ledger.file(&file, format)?;
            Ok(ControlFlow::Continue(()))
        }
        Delivery::Done(_) => Ok(ControlFlow::Continue(())),
    };
    deliver(jobs.into_iter(), options, &mut habits, receive)?;
    ledger.undecided_dates = habits.orders.undecided;
    ledger.feet = habits.feet.removed;
    ledger.finish()
}

/// What the ids of a root's articles begin with, where their sources give them none: nothing for the first root, for all
/// others their name and `//`, so that `1987/1.txt` of two roots is two articles. As much of the path is the name as
/// tells the root from those in `taken`; no file name has `//`.
pub(crate) fn home_of(root: &Path, taken: &BTreeSet<String>) -> String {
    if taken.is_empty() {
        return String::new();
    }
    let mut name = String::new();
    for part in root.iter().rev() {
        let part = source::readable(part.as_encoded_bytes());
        name = if name.is_empty() {
            part
        } else {
            format!("{}/{name}", part.trim_end_matches('/'))
        };
        if !taken.contains(&format!("{name}//")) {
            break;
        }
    }
    format!("{name}//")
}

/// The path of a root without links, from the top.
pub(crate) fn absolute(root: &Path) -> Result<PathBuf> {
    root.canonicalize().map_err(|error| Error::Read {
        path: root.to_owned(),
        error,
    })
}

/// Roots that do not exist are the caller's mistake, not a rejected file.
pub(crate) fn check_roots(roots: &[PathBuf]) -> Result<()> {
    for root in roots {
        std::fs::metadata(root).map_err(|error| Error::Read {
            path: root.clone(),
            error,
        })?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fingerprint_gives_the_options_back() {
        let nothing = ReadOptions::default();
        assert_eq!(nothing.fingerprint(), "");
        let names = ["title", "a;order=dmy", "b\\", "c=d", "新聞", ";;\\;"];
        let options = ReadOptions {
            format: Some(&format::FORMATS[3]),
            map: names.map(|name| (MapField::Headline, name.into())).into(),
            date_order: Some(Order::Mdy),
            ..ReadOptions::default()
        };
        for options in [nothing.clone(), options] {
            let fingerprint = options.fingerprint();
            let again = nothing.with_fingerprint(&fingerprint).unwrap();
            assert_eq!(again.fingerprint(), fingerprint);
            assert_eq!(
                (again.map, again.date_order),
                (options.map, options.date_order)
            );
        }
        for unknown in ["x", "x=y;", "format=none;", "headline=a", "headline=a\\"] {
            assert!(nothing.with_fingerprint(unknown).is_none(), "{unknown}");
        }
    }
}
