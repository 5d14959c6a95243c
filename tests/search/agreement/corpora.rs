//! The articles that are asked about: those of the sample corpus, and real ones where they are at hand.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use morgue::article::Status;
use morgue::index::sync::{SyncOptions, sync};
use morgue::intake::{Ledger, ReadOptions, read};
use morgue::{Archive, Article};
use tempfile::TempDir;

/// Folders with news in many languages.
const MANY_LANGUAGES: &[&str] = &[
    "html/fundus",
    "html/newspaper4k",
    "csv/10kgnad",
    "csv/multilingual_university_news",
    "feeds",
    "tsv",
    "wire",
];
/// How many articles of one language are taken from a folder.
const OF_A_LANGUAGE: usize = 25;
/// How long they are at most, in words: that deep proximities can be judged.
const LONGEST: u32 = 600;

/// The sample corpus in an archive, and its articles.
pub fn sample() -> (TempDir, Archive, Vec<Article>) {
    archive_of_folder(Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-corpus"))
}

/// The Reuters articles in an archive.
pub fn reuters() -> Option<(TempDir, Archive, Vec<Article>)> {
    corpus("reuters21578").map(archive_of_folder)
}

/// Some hundred articles of many languages and formats; none where they are not at hand.
pub fn many_languages() -> Vec<Article> {
    let (mut articles, mut ids, mut texts) = (Vec::new(), BTreeSet::new(), BTreeSet::new());
    for root in MANY_LANGUAGES.iter().filter_map(|folder| corpus(folder)) {
        let mut taken: BTreeMap<Option<String>, usize> = BTreeMap::new();
        let mut take = |article: Article| {
            let count = taken.entry(article.language.clone()).or_default();
            if article.word_count <= LONGEST
                && *count < OF_A_LANGUAGE
                && article.status == Status::Usable
                && texts.insert(article.body.clone())
                && ids.insert(article.id.clone())
            {
                *count += 1;
                articles.push(article);
            }
            ControlFlow::Continue(())
        };
        let ledger = &mut Ledger::default();
        read(&[root], &ReadOptions::default(), ledger, &mut take).unwrap();
    }
    articles
}

fn corpus(name: &str) -> Option<PathBuf> {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpora");
    Some(shared.join(name)).filter(|root| root.is_dir())
}

/// The articles of a folder, and the archive of it.
fn archive_of_folder(root: PathBuf) -> (tempfile::TempDir, Archive, Vec<Article>) {
    let (dir, roots) = (tempfile::TempDir::new().unwrap(), [root]);
    sync(
        dir.path(),
        &roots,
        &SyncOptions::default(),
        &mut Ledger::default(),
        &mut (),
    )
    .unwrap();
    let archive = Archive::open(dir.path()).unwrap();
    let mut articles = Vec::new();
    let mut take = |article: Article| {
        // Of several records of one story, the index knows which one is read: tests/index/model.rs judges that.
        if archive
            .article(&article.id)
            .is_ok_and(|current| (&current.file, current.record) == (&article.file, article.record))
        {
            articles.push(article);
        }
        ControlFlow::Continue(())
    };
    read(
        &roots,
        &ReadOptions::default(),
        &mut Ledger::default(),
        &mut take,
    )
    .unwrap();
    assert_eq!(archive.articles().unwrap(), articles.len() as u64);
    (dir, archive, articles)
}
