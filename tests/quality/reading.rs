//! All corpora beside the repository, read once by the library for every measure: articles, and what was rejected.

use std::io::Write;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock, Mutex};

use morgue::intake::{self, Entry, Ledger, ReadOptions};

/// What the measures need of an article.
pub struct Seen {
    /// Relative to the folder of the corpora.
    pub file: String,
    /// From 1.
    pub record: u32,
    /// As it will be in the index.
    pub language: Option<String>,
    /// Headline and text.
    pub text: String,
}

/// What came of reading everything.
pub struct Reading {
    /// Where the corpora are.
    pub root: PathBuf,
    /// Every article, in the order of the files.
    pub articles: Vec<Seen>,
    /// The report, line by line.
    pub entries: Vec<Entry>,
}

/// Everything, when the corpora are there.
pub fn all() -> Option<&'static Reading> {
    static READING: LazyLock<Option<Reading>> = LazyLock::new(read);
    READING.as_ref()
}

/// The corpus of a file: its first two folders.
pub fn corpus_of(file: &str) -> String {
    let folders: Vec<&str> = file.split('/').collect();
    let most = folders.len().saturating_sub(1).min(2);
    folders[..most].join("/")
}

fn read() -> Option<Reading> {
    let root = super::figures::corpus("")?;
    let report = Shared::default();
    let mut ledger = Ledger::new(Some(Box::new(report.clone())));
    let mut articles = Vec::new();
    let roots = [Path::new(&root).to_owned()];
    intake::read(
        &roots,
        &ReadOptions::default(),
        &mut ledger,
        &mut |article| {
            let body: String = article.body.chars().take(1_200).collect();
            articles.push(Seen {
                text: format!("{}\n{body}", article.headline),
                file: article.file,
                record: article.record,
                language: article.language,
            });
            ControlFlow::Continue(())
        },
    )
    .expect("the corpora can be read");
    let lines = report.0.lock().expect("nobody panicked with it").clone();
    let entries = lines
        .split(|byte| *byte == b'\n')
        .filter(|line| !line.is_empty())
        .map(|line| serde_json::from_slice(line).expect("a line of the report is an entry"))
        .collect();
    Some(Reading {
        root,
        articles,
        entries,
    })
}

/// A report in memory.
#[derive(Clone, Default)]
struct Shared(Arc<Mutex<Vec<u8>>>);

impl Write for Shared {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().expect("nobody panicked with it").write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}
