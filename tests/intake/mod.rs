//! Step 4: from files to articles, and the account of what became of each.

mod company;
mod dates;
mod embargo;
mod feet;
mod ledger;

use std::io::Write;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::{Arc, Mutex};

use morgue::Article;
use morgue::intake::{Entry, Ledger, ReadOptions, read};

/// A report that is kept in memory.
#[derive(Clone, Default)]
pub(crate) struct Report(Arc<Mutex<Vec<u8>>>);

impl Write for Report {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Report {
    /// Its lines, each of which must be an entry.
    pub(crate) fn entries(&self) -> Vec<Entry> {
        let bytes = self.0.lock().unwrap();
        let lines = bytes
            .split(|byte| *byte == b'\n')
            .filter(|line| !line.is_empty());
        lines
            .map(|line| serde_json::from_slice(line).unwrap())
            .collect()
    }
}

/// All articles below `root`, in the order in which they are delivered.
pub(crate) fn articles(root: &Path, options: &ReadOptions) -> (Vec<Article>, Ledger) {
    let (mut articles, mut ledger) = (Vec::new(), Ledger::default());
    let take = &mut |article| {
        articles.push(article);
        ControlFlow::Continue(())
    };
    read(&[root.to_owned()], options, &mut ledger, take).unwrap();
    (articles, ledger)
}
