//! The one writer of an index: long-lived, with bounded memory.

use std::fs;
use std::path::{Path, PathBuf};

use tantivy::directory::error::LockError;
use tantivy::store::{Compressor, ZstdCompressor};
use tantivy::{IndexSettings, IndexWriter, TantivyError, Term};

use super::manifest::{self, Manifest, Payload};
use super::schema::{self, Fields};
use super::{Archive, document, holds_index, tokenizer};
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
        let threads = std::thread::available_parallelism().map_or(2, usize::from).min(8);
        Resources { threads, memory: threads * (192 << 20) }
    }
}

/// The writer. While it lives, no other can be had.
pub struct Writer {
    dir: PathBuf,
    fields: Fields,
    writer: IndexWriter,
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
        let memory = resources.memory.max(resources.threads * 15_000_000);
        let writer = index.writer_with_num_threads(resources.threads, memory).map_err(|error| locked(dir, error))?;
        // Read under the lock: nobody else can have committed since.
        let manifest = match super::payload(&index, dir)?.or(payload) {
            Some(payload) => manifest::read(dir, &payload.manifest).map_err(|error| Error::Read { path: dir.join(payload.manifest), error })?,
            None => Manifest::default(),
        };
        note_holder(dir);
        Ok(Writer { dir: dir.to_owned(), fields: Fields::of(&index.schema()), writer, manifest })
    }

    /// The index as its readers see it now.
    pub fn archive(&self) -> Result<Archive> {
        Archive::of(self.writer.index().clone(), &self.dir)
    }

    /// Adds an article that came from the file with this key. It can be searched after the next commit.
    pub fn add(&self, article: &Article, file_key: &str) -> Result<()> {
        let document = document::document(&self.fields, article, file_key).map_err(std::io::Error::from)?;
        self.writer.add_document(document)?;
        Ok(())
    }

    /// Removes what was added before from the file with this key.
    pub fn remove_file(&self, file_key: &str) {
        self.writer.delete_term(Term::from_field_text(self.fields.file, file_key));
    }

    /// Makes everything since the last commit visible at once, and the manifest with it.
    pub fn commit(&mut self) -> Result<()> {
        let mut commit = self.writer.prepare_commit()?;
        let written = |error| Error::Write { path: self.dir.clone(), error };
        let name = manifest::write(&self.dir, &self.manifest, commit.opstamp()).map_err(written)?;
        let payload = serde_json::to_string(&Payload::new(name.clone())).map_err(std::io::Error::from)?;
        commit.set_payload(&payload);
        commit.commit()?;
        manifest::remove_others(&self.dir, &name).map_err(written)
    }

    /// Waits for the merging of segments, and gives the index free.
    pub fn finish(self) -> Result<()> {
        let holder = self.dir.join(HOLDER);
        self.writer.wait_merging_threads()?;
        // Whoever wrote it is gone; a stale one only makes a message less exact.
        let _ = fs::remove_file(holder);
        Ok(())
    }
}

/// How large a stretch of stored articles is compressed at once: see the decisions in `src/README.md`.
const STORE_BLOCK_BYTES: usize = 16 << 10;

fn create(dir: &Path) -> Result<()> {
    let written = |error| Error::Write { path: dir.to_owned(), error };
    fs::create_dir_all(dir).map_err(written)?;
    for entry in fs::read_dir(dir).map_err(written)? {
        let name = entry.map_err(written)?.file_name();
        // A repository keeps the folder with its README; an interrupted creation leaves files of tantivy behind.
        let ours = name.to_str().is_some_and(|name| name.starts_with('.') || name == "README.md");
        if !ours {
            return Err(Error::NotAnIndex(dir.to_owned()));
        }
    }
    let settings = IndexSettings {
        docstore_compression: Compressor::Zstd(ZstdCompressor { compression_level: None }),
        docstore_blocksize: STORE_BLOCK_BYTES,
        ..IndexSettings::default()
    };
    let builder = tantivy::Index::builder().schema(schema::schema()).settings(settings);
    let index = builder.create_in_dir(dir)?;
    tokenizer::register(index.tokenizers(), index.fast_field_tokenizer());
    Ok(())
}

/// Where a writer notes who it is, for the message that others get.
const HOLDER: &str = ".writer";

fn note_holder(dir: &Path) {
    let note = format!("process {}, since {}", std::process::id(), chrono::Utc::now().format("%Y-%m-%d %H:%M:%S UTC"));
    // Only a message depends on it.
    let _ = fs::write(dir.join(HOLDER), note);
}

fn locked(dir: &Path, error: TantivyError) -> Error {
    match error {
        TantivyError::LockFailure(LockError::LockBusy, _) => {
            Error::Locked { path: dir.to_owned(), holder: fs::read_to_string(dir.join(HOLDER)).ok() }
        }
        TantivyError::LockFailure(LockError::IoError(error), _) => {
            Error::Write { path: dir.to_owned(), error: std::io::Error::other(error.to_string()) }
        }
        other => other.into(),
    }
}
