//! The options of every command that reads files: which format, which names, which order of dates, where the report goes.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use clap::Args;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use morgue::Error;
use morgue::format::{FORMATS, Format, MapField};
use morgue::intake::ReadOptions;
use morgue::text::date::Order;

use super::values;

#[derive(Debug, Args)]
pub(super) struct Reading {
    /// Read every file as this format, instead of recognising it (see `morgue formats`)
    #[arg(long, value_name = "NAME", value_parser = format())]
    format: Option<Chosen>,
    /// Take a field from the JSON member or column of this name, or from the third column as `#3` (may be repeated)
    #[arg(long, value_name = "FIELD=NAME", value_parser = mapping)]
    map: Vec<(MapField, String)>,
    /// How to read 03.04.2024 where the source does not show it itself: day first or month first
    #[arg(long, value_name = "ORDER", value_parser = values::one_of::<Order>(["dmy", "mdy"]))]
    date_order: Option<Order>,
    /// Write what became of each file and record to this file, as JSON Lines
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
}

impl Reading {
    pub(super) fn options(&self) -> ReadOptions {
        ReadOptions {
            format: self.format.as_ref().map(|chosen| chosen.0),
            map: self.map.clone(),
            date_order: self.date_order,
            ..ReadOptions::default()
        }
    }

    /// Whether what became of each file goes to a report.
    pub(super) fn is_reported(&self) -> bool {
        self.report.is_some()
    }

    /// The file for the report, made anew.
    pub(super) fn report(&self) -> Result<Reports, Error> {
        let Some(path) = &self.report else {
            return Ok(Reports(None));
        };
        let file = File::create(path).map_err(|error| Error::Write {
            path: path.clone(),
            error,
        })?;
        Ok(Reports(Some((file, path.clone()))))
    }

    /// Refuses a report among the files that are watched: it would be news each time that it is written.
    pub(super) fn refuse_report_among(&self, paths: &[PathBuf]) -> Result<(), Error> {
        let Some(path) = &self.report else {
            return Ok(());
        };
        let folder = path
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty());
        let folder = folder.unwrap_or(Path::new(".")).canonicalize();
        let holds = |root: &&PathBuf| {
            let root = root.canonicalize();
            matches!((&folder, root), (Ok(folder), Ok(root)) if folder.starts_with(&root))
        };
        match paths.iter().find(holds) {
            None => Ok(()),
            Some(root) => Err(Error::Invalid {
                what: format!("--report {}", path.display()),
                why: format!(
                    "it lies in `{}`, which is watched; put it elsewhere",
                    root.display()
                ),
            }),
        }
    }
}

/// Where reports go: a file, or nowhere.
pub(super) struct Reports(Option<(File, PathBuf)>);

impl Reports {
    /// The report of one run, written behind that of the run before.
    pub(super) fn next(&self) -> Option<Box<dyn Write + Send>> {
        let (file, path) = self.0.as_ref()?;
        let file = file.try_clone().ok()?;
        let path = path.clone();
        Some(Box::new(BufWriter::new(Report { file, path })))
    }
}

/// The file for the report, which is named where it cannot be written.
struct Report {
    file: File,
    path: PathBuf,
}

impl Report {
    fn told<T>(&self, done: io::Result<T>) -> io::Result<T> {
        done.map_err(|error| match error.kind() {
            // The caller tries again.
            io::ErrorKind::Interrupted => error,
            kind => {
                let path = self.path.clone();
                io::Error::new(kind, Error::Write { path, error })
            }
        })
    }
}

impl Write for Report {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.file.write(bytes);
        self.told(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        let flushed = self.file.flush();
        self.told(flushed)
    }
}

/// A row of the table of formats.
#[derive(Clone)]
struct Chosen(&'static Format);

impl std::fmt::Debug for Chosen {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.0.name)
    }
}

fn format() -> impl TypedValueParser<Value = Chosen> {
    let names = FORMATS
        .iter()
        .map(|format| PossibleValue::new(format.name).help(format.help));
    PossibleValuesParser::new(names).try_map(|name| {
        FORMATS
            .iter()
            .find(|format| format.name == name)
            .map(Chosen)
            .ok_or("no such format")
    })
}

/// `FIELD=NAME`.
fn mapping(text: &str) -> Result<(MapField, String), String> {
    let (field, name) = text
        .split_once('=')
        .filter(|(_, name)| !name.is_empty())
        .ok_or("write FIELD=NAME, for example headline=title")?;
    let known = MapField::by_name(field.trim()).ok_or_else(|| {
        let names: Vec<_> = MapField::names().collect();
        format!("no field `{field}`; there is {}", names.join(", "))
    })?;
    Ok((known, name.to_owned()))
}
