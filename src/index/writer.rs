//! The one writer of an index: long-lived, with bounded memory.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use tantivy::directory::error::LockError;
use tantivy::index::Order;
use tantivy::store::Compressor;
use tantivy::{
    Index, IndexSettings, IndexSortByField, IndexWriter, TantivyDocument, TantivyError, Term,
};

use super::manifest::{self, Manifest, Payload, UNFINISHED};
use super::schema::{self, Fields};
use super::store::{self, DICTIONARY, Packer};
use super::{Archive, document, holds_index};
use crate::article::Article;
use crate::error::{Error, Result};

/// What the writer may use.
#[derive(Debug, Clone, Copy)]
pub struct Resources {
    /// How many threads index. At least 1; tantivy takes 8 at most.
    pub threads: usize,
    /// How many bytes of memory all of them may fill before they write a segment.
    pub memory: usize,
}

impl Default for Resources {
    fn default() -> Self {
        let threads = std::thread::available_parallelism()
            .map_or(2, usize::from)
            .min(8);
        Resources {
            threads,
            memory: threads * (192 << 20),
        }
    }
}

/// How many bytes of memory tantivy wants for each thread, at least and at most.
const LEAST_MEMORY: usize = 15_000_000;
const MOST_MEMORY: usize = 4_000_000_000;

/// The writer. While it lives, no other can be had.
pub struct Writer {
    dir: PathBuf,
    fields: Fields,
    tantivy: IndexWriter,
    packer: Packing,
    /// What the last commit knew; the one being made is changed here.
    pub manifest: Manifest,
}

impl Writer {
    /// Opens the index in `dir` for writing; makes one where there is none.
    ///
    /// # Errors
    /// [`Error::NotAnIndex`] when the folder holds something else, [`Error::OtherVersion`], [`Error::Locked`], and what
    /// the system says.
    pub fn open(dir: &Path, resources: Resources) -> Result<Self> {
        if !holds_index(dir) {
            create(dir)?;
        }
        let (index, payload) = super::open_index(dir)?;
        let threads = resources.threads.clamp(1, 8);
        let memory = resources
            .memory
            .clamp(threads * LEAST_MEMORY, threads * MOST_MEMORY);
        let writer = lock(&index, threads, memory).map_err(|error| locked(dir, error))?;
        // Read under the lock: nobody else can have committed since.
        let manifest = match super::payload(&index, dir)?.or(payload) {
            Some(payload) => {
                manifest::read(dir, &payload.manifest).map_err(|error| Error::Read {
                    path: dir.join(payload.manifest),
                    error,
                })?
            }
            None => Manifest::default(),
        };
        note_holder(dir);
        remove_leftovers(dir).map_err(|error| Error::Write {
            path: dir.to_owned(),
            error,
        })?;
        let packer = if dir.join(DICTIONARY).exists() {
            Packing::Ready(open_packer(dir)?)
        } else {
            Packing::Sampling(Samples::default())
        };
        Ok(Writer {
            dir: dir.to_owned(),
            fields: Fields::of(&index.schema()),
            tantivy: writer,
            packer,
            manifest,
        })
    }

    /// The index as its readers see it now.
    pub fn archive(&self) -> Result<Archive> {
        Archive::of(self.tantivy.index().clone(), &self.dir)
    }

    /// Adds an article that came from the file with this key. It can be searched after the next commit.
    pub fn add(&mut self, article: Article, file_key: &str) -> Result<()> {
        match &mut self.packer {
            Packing::Ready(packer) => {
                let packed = packer.pack(&json(&article)?)?;
                self.tantivy.add_document(document::document(
                    &self.fields,
                    &article,
                    file_key,
                    &packed,
                ))?;
            }
            Packing::Sampling(waiting) => {
                waiting.bytes += article.body.len();
                waiting.articles.push((article, file_key.to_owned()));
                if waiting.articles.len() == store::SAMPLES || waiting.bytes >= store::SAMPLE_BYTES
                {
                    self.end_sampling()?;
                }
            }
        }
        Ok(())
    }

    /// Makes the dictionary of the articles that have waited for it, when they are enough for one, and adds them.
    fn end_sampling(&mut self) -> Result<()> {
        let Packing::Sampling(waiting) = &mut self.packer else {
            return Ok(());
        };
        let waiting = std::mem::take(waiting).articles;
        if waiting.len() >= store::FEWEST_SAMPLES {
            let samples = waiting
                .iter()
                .map(|(article, _)| json(article))
                .collect::<Result<Vec<_>>>()?;
            let written = |error| Error::Write {
                path: self.dir.join(DICTIONARY),
                error,
            };
            store::make_dictionary(&self.dir, &samples).map_err(written)?;
        }
        let mut packer = open_packer(&self.dir)?;
        for (article, file_key) in &waiting {
            let packed = packer.pack(&json(article)?)?;
            self.tantivy.add_document(document::document(
                &self.fields,
                article,
                file_key,
                &packed,
            ))?;
        }
        self.packer = Packing::Ready(packer);
        Ok(())
    }

    /// Removes what was added before from the file with this key.
    pub fn remove_file(&self, file_key: &str) {
        self.tantivy
            .delete_term(Term::from_field_text(self.fields.file, file_key));
    }

    /// Makes everything since the last commit visible at once, and the manifest with it.
    pub fn commit(&mut self) -> Result<()> {
        self.end_sampling()?;
        let mut commit = self.tantivy.prepare_commit()?;
        let written = |error| Error::Write {
            path: self.dir.clone(),
            error,
        };
        let name = manifest::write(&self.dir, &self.manifest, commit.opstamp()).map_err(written)?;
        let payload =
            serde_json::to_string(&Payload::new(name.clone())).map_err(std::io::Error::from)?;
        commit.set_payload(&payload);
        commit.commit()?;
        manifest::remove_others(&self.dir, &name).map_err(written)
    }

    /// Waits for the merging of segments, and gives the index free.
    pub fn finish(self) -> Result<()> {
        let holder = self.dir.join(HOLDER);
        self.tantivy.wait_merging_threads()?;
        // Whoever wrote it is gone; a stale one only makes a message less exact.
        let _ = fs::remove_file(holder);
        Ok(())
    }
}

/// Packs articles, or waits for enough of them to make a dictionary.
enum Packing {
    Ready(Packer),
    Sampling(Samples),
}

/// Articles that wait for a dictionary, each with the key of its file.
#[derive(Default)]
struct Samples {
    articles: Vec<(Article, String)>,
    /// The bytes of their bodies.
    bytes: usize,
}

fn open_packer(dir: &Path) -> Result<Packer> {
    Packer::open(dir).map_err(|error| Error::Read {
        path: dir.join(DICTIONARY),
        error,
    })
}

fn json(article: &Article) -> Result<Vec<u8>> {
    Ok(serde_json::to_vec(article).map_err(std::io::Error::from)?)
}

fn create(dir: &Path) -> Result<()> {
    let written = |error| Error::Write {
        path: dir.to_owned(),
        error,
    };
    fs::create_dir_all(dir).map_err(written)?;
    for entry in fs::read_dir(dir).map_err(written)? {
        let name = entry.map_err(written)?.file_name();
        // A repository keeps the folder with its README; an interrupted creation leaves files of tantivy behind.
        let ours = name
            .to_str()
            .is_some_and(|name| name.starts_with('.') || name == "README.md");
        if !ours {
            return Err(Error::NotAnIndex(dir.to_owned()));
        }
    }
    let settings = IndexSettings {
        // Articles are packed one by one: see `store`.
        docstore_compression: Compressor::None,
        // A span of days is a run of documents: see `search::days`.
        sort_by_field: Some(IndexSortByField {
            field: "first_day".into(),
            order: Order::Desc,
        }),
        ..IndexSettings::default()
    };
    let builder = tantivy::Index::builder()
        .schema(schema::schema())
        .settings(settings);
    match builder.create_in_dir(dir) {
        // Another process was faster: its index is as good.
        Ok(_) | Err(TantivyError::IndexAlreadyExists) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

/// Where a writer notes who it is, for the message that others get.
const HOLDER: &str = ".writer";

/// Removes what a killed process was writing: it has not got its name yet. Only for the holder of the lock.
fn remove_leftovers(dir: &Path) -> std::io::Result<()> {
    for entry in fs::read_dir(dir)? {
        let entry = entry?;
        let name = entry.file_name();
        // The second are tantivy's, on their way to `meta.json`.
        if name
            .to_str()
            .is_some_and(|name| name.ends_with(UNFINISHED) || name.starts_with(".tmp"))
        {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

fn note_holder(dir: &Path) {
    let note = format!(
        "process {}, since {}",
        std::process::id(),
        chrono::Utc::now().format("%Y-%m-%d %H:%M:%S UTC")
    );
    // Only a message depends on it.
    let _ = fs::write(dir.join(HOLDER), note);
}

/// Takes the lock. One that is held only for a moment is waited for: a process that this one has just started holds it too,
/// until it has become the other program.
fn lock(
    index: &Index,
    threads: usize,
    memory: usize,
) -> tantivy::Result<IndexWriter<TantivyDocument>> {
    for _ in 0..20 {
        match index.writer_with_num_threads(threads, memory) {
            Err(TantivyError::LockFailure(LockError::LockBusy, _)) => {
                std::thread::sleep(Duration::from_millis(25));
            }
            taken => return taken,
        }
    }
    index.writer_with_num_threads(threads, memory)
}

fn locked(dir: &Path, error: TantivyError) -> Error {
    match error {
        TantivyError::LockFailure(LockError::LockBusy, _) => Error::Locked {
            path: dir.to_owned(),
            holder: fs::read_to_string(dir.join(HOLDER)).ok(),
        },
        TantivyError::LockFailure(LockError::IoError(error), _) => Error::Write {
            path: dir.to_owned(),
            error: std::io::Error::other(error.to_string()),
        },
        other => other.into(),
    }
}
