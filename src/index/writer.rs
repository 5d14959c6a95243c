//! The one writer of an index: long-lived, with bounded memory.

use std::fs;
use std::path::{Path, PathBuf};

use tantivy::index::Order;
use tantivy::store::Compressor;
use tantivy::{IndexSettings, IndexSortByField, IndexWriter, TantivyError, Term};

use super::disk::{Disk, UNFINISHED};
use super::holder;
use super::manifest::{self, Manifest, Payload};
use super::queue::{Queue, Queued};
use super::schema::{self, Fields};
use super::store::{self, DICTIONARY, Packer, Unpacker};
use super::swap;
use super::versions::batch::Batch;
use super::versions::known::{Known, Repeats};
use super::versions::record::Identity;
use super::versions::{Arrival, Standing, documents_with, settle};
use super::{Archive, damaged, document, holds_index, open_index_on};
use crate::article::Article;
use crate::error::{Error, Result};
use crate::intake::bytes_of;

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

/// One part of so many of this memory is for documents that wait; what they wait for has the whole of it.
const QUEUED: usize = 4;

/// The writer. While it lives, no other can be had.
pub struct Writer {
    dir: PathBuf,
    disk: Disk,
    pub(super) fields: Fields,
    pub(super) tantivy: IndexWriter<Queued>,
    queue: Queue,
    packer: Packing,
    /// Once something was packed: the dictionary is there by then.
    unpacker: Option<Unpacker>,
    /// What readers see, once somebody has asked for it.
    committed: Option<Archive>,
    /// What is known of items since the last commit.
    known: Option<Known>,
    repeats: Repeats,
    /// The records that came or went since the last commit.
    changes: u64,
    pub(super) batch: Batch,
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
        Writer::open_on(&Disk::default(), dir, resources)
    }

    /// The same on another disk.
    pub fn open_on(disk: &Disk, dir: &Path, resources: Resources) -> Result<Self> {
        if !holds_index(dir) {
            swap::complete(dir);
        }
        if !holds_index(dir) {
            create(disk, dir)?;
        }
        let (index, payload) = open_index_on(disk, dir)?;
        let threads = resources.threads.clamp(1, 8);
        let memory = resources
            .memory
            .clamp(threads * LEAST_MEMORY, threads * MOST_MEMORY);
        let writer = holder::patiently(|| index.writer_with_num_threads(threads, memory))
            .map_err(|error| holder::locked(dir, error))?;
        holder::confirm(dir)?;
        // tantivy counts from the number of the last commit, so the first change of a run would have the number of what was
        // committed before it. A merge of committed segments then applies a deletion to some and passes it over in others:
        // what was replaced stays beside what took its place. A number that nothing has keeps the two apart.
        writer.run([])?;
        // What a run that was cut off has left may have the very names that this one will give: a mark of deletions is
        // called by the number of its commit.
        writer.garbage_collect_files().wait()?;
        // Read under the lock: nobody else can have committed since.
        let manifest = match super::payload(&index, dir)?.or(payload) {
            Some(payload) => {
                store::confirm(dir, payload.dictionary.as_deref())
                    .map_err(|error| damaged(dir, error.into()))?;
                manifest::read(dir, &payload.manifest)
                    .map_err(|error| damaged(dir, error.into()))?
            }
            None => Manifest::default(),
        };
        holder::note(dir);
        remove_leftovers(disk, dir)
            .and_then(|()| swap::sweep(disk, dir))
            .map_err(|error| Error::Write {
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
            disk: disk.clone(),
            fields: Fields::of(&index.schema()),
            tantivy: writer,
            queue: Queue::new(memory / QUEUED),
            packer,
            unpacker: None,
            committed: None,
            known: None,
            repeats: Repeats::default(),
            changes: 0,
            batch: Batch::new(disk, dir),
            manifest,
        })
    }

    /// The index as its readers see it now.
    pub fn archive(&mut self) -> Result<Archive> {
        if let Some(committed) = &self.committed {
            return Ok(committed.clone());
        }
        let archive = Archive::of(self.tantivy.index().clone(), &self.dir)?;
        self.committed = Some(archive.clone());
        Ok(archive)
    }

    /// Adds an article that came from the file with this key; what it is to those that the archive has. It can be searched
    /// after the next commit, if it is what the archive then reads.
    pub fn add(&mut self, mut article: Article, file_key: &str) -> Result<Arrival> {
        let identity = self.identity(&mut article, file_key)?;
        self.insert(article, file_key, identity)
    }

    /// The numbers by which an article is known that comes from the file with this key.
    pub(super) fn identity(&mut self, article: &mut Article, file_key: &str) -> Result<Identity> {
        let repeats = &mut self.repeats;
        Identity::of(article, |item| repeats.next(file_key, item))
    }

    /// Adds an article that is known so.
    pub(super) fn insert(
        &mut self,
        article: Article,
        file_key: &str,
        identity: Identity,
    ) -> Result<Arrival> {
        self.count_change();
        let known = self.known()?;
        let contested = known.contested_by(&identity)?;
        let arrival = known.arrive(&identity, &article.file)?;
        self.batch.contested.extend(contested);
        match &mut self.packer {
            Packing::Ready(_) => self.take(&article, file_key, &identity)?,
            Packing::Sampling(waiting) => {
                waiting.bytes += article.body.len();
                waiting
                    .articles
                    .push((article, file_key.to_owned(), identity));
                if waiting.articles.len() == store::SAMPLES || waiting.bytes >= store::SAMPLE_BYTES
                {
                    self.end_sampling()?;
                }
            }
        }
        Ok(arrival)
    }

    /// Keeps a record for the case that others of its item come in; indexes it at once where it seems to be alone.
    fn take(&mut self, article: &Article, file_key: &str, identity: &Identity) -> Result<()> {
        let packed = self.pack(article)?;
        self.batch.push(*identity, file_key, &packed)?;
        if self.batch.contested.contains(&identity.item) {
            return Ok(());
        }
        let standing = settle::alone(article);
        self.index(article, file_key, identity, &standing, &packed)
    }

    /// Indexes a record that has been settled.
    pub(super) fn put(
        &mut self,
        article: &Article,
        file_key: &str,
        identity: &Identity,
        standing: &Standing,
    ) -> Result<()> {
        let packed = self.pack(article)?;
        self.index(article, file_key, identity, standing, &packed)
    }

    fn index(
        &mut self,
        article: &Article,
        file_key: &str,
        identity: &Identity,
        standing: &Standing,
        packed: &[u8],
    ) -> Result<()> {
        let document =
            document::document(&self.fields, article, file_key, packed, identity, standing);
        let bytes = bytes_of(article) + packed.len();
        let added = self.tantivy.add_document(self.queue.put(document, bytes));
        match added {
            // A thread of tantivy has failed. Why is heard where it is waited for.
            Err(failed @ TantivyError::ErrorInThread(_)) => {
                Err(self.tantivy.prepare_commit().err().unwrap_or(failed).into())
            }
            added => Ok(added.map(drop)?),
        }
    }

    fn pack(&mut self, article: &Article) -> Result<Vec<u8>> {
        let Packing::Ready(packer) = &mut self.packer else {
            unreachable!("articles are packed once the sampling has ended");
        };
        Ok(packer.pack(&json(article)?)?)
    }

    pub(super) fn unpack(&mut self, packed: &[u8]) -> Result<Article> {
        if self.unpacker.is_none() {
            self.unpacker = Some(Unpacker::open(&self.dir)?);
        }
        let unpacker = self.unpacker.as_ref().expect("it has just been opened");
        Ok(unpacker.unpack(packed)?)
    }

    /// The items that the archive has.
    pub(super) fn known(&mut self) -> Result<&mut Known> {
        if self.known.is_none() {
            self.known = Some(Known::of(self.archive()?));
        }
        Ok(self.known.as_mut().expect("it has just been made"))
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
                .map(|(article, ..)| json(article))
                .collect::<Result<Vec<_>>>()?;
            let written = |error| Error::Write {
                path: self.dir.join(DICTIONARY),
                error,
            };
            store::make_dictionary(&self.disk, &self.dir, &samples).map_err(written)?;
        }
        self.packer = Packing::Ready(open_packer(&self.dir)?);
        for (article, file_key, identity) in &waiting {
            self.take(article, file_key, identity)?;
        }
        Ok(())
    }

    /// A record came or went.
    pub(super) fn count_change(&mut self) {
        self.changes += 1;
    }

    /// How many records came or went since the last commit.
    pub fn changes(&self) -> u64 {
        self.changes
    }

    /// Removes what was added before the last commit from the file with this key; whether there was something.
    pub fn remove_file(&mut self, file_key: &str) -> Result<bool> {
        let archive = self.archive()?;
        let searcher = archive.searcher();
        let term = Term::from_field_text(self.fields.file, file_key);
        let addresses = documents_with(&searcher, &term)?;
        if addresses.is_empty() {
            return Ok(false);
        }
        for address in addresses {
            let (identity, _) = archive.identity_at(&searcher, address)?;
            let known = self.known()?;
            known.remove(&identity)?;
            let contested = known.contested_by(&identity)?;
            self.batch.contested.extend(contested);
            self.count_change();
        }
        self.batch.removed.insert(file_key.to_owned());
        self.tantivy.delete_term(term);
        Ok(true)
    }

    /// Calls every item contested: records are lost, and what they were to others is not known any more.
    fn contest_all(&mut self) -> Result<()> {
        let (archive, batch) = (self.archive()?, &mut self.batch);
        archive.identities(&mut |identity| {
            batch.contested.insert(identity.item);
        })
    }

    /// Makes everything since the last commit visible at once, and the manifest with it.
    pub fn commit(&mut self) -> Result<()> {
        self.end_sampling()?;
        if std::mem::take(&mut self.manifest.unsettled) {
            self.contest_all()?;
        }
        self.settle()?;
        let mut commit = self.tantivy.prepare_commit()?;
        let written = |error| Error::Write {
            path: self.dir.clone(),
            error,
        };
        let name = manifest::write(&self.disk, &self.dir, &self.manifest, commit.opstamp())
            .map_err(written)?;
        let dictionary = store::checksum(&self.dir)?;
        let payload = Payload::new(name.clone(), &self.manifest, dictionary);
        commit.set_payload(&serde_json::to_string(&payload).map_err(std::io::Error::from)?);
        commit.commit()?;
        (self.committed, self.known, self.changes) = (None, None, 0);
        self.batch.clear();
        manifest::remove_others(&self.disk, &self.dir, &name).map_err(written)
    }

    /// Waits for the merging of segments, and gives the index free.
    pub fn finish(self) -> Result<()> {
        holder::forget(&self.dir);
        self.tantivy.wait_merging_threads()?;
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
    articles: Vec<(Article, String, Identity)>,
    /// The bytes of their bodies.
    bytes: usize,
}

fn open_packer(dir: &Path) -> Result<Packer> {
    Packer::open(dir).map_err(|error| Error::Read {
        path: dir.join(DICTIONARY),
        error,
    })
}

pub(super) fn json(article: &Article) -> Result<Vec<u8>> {
    Ok(serde_json::to_vec(article).map_err(std::io::Error::from)?)
}

fn create(disk: &Disk, dir: &Path) -> Result<()> {
    let written = |error| Error::Write {
        path: dir.to_owned(),
        error,
    };
    disk.create_folder(dir).map_err(written)?;
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
    // Where another process was faster, its index is as good.
    builder.open_or_create(disk.directory(dir)?)?;
    Ok(())
}

/// Removes what a killed process was writing: it has not got its name yet. Only for the holder of the lock.
fn remove_leftovers(disk: &Disk, dir: &Path) -> std::io::Result<()> {
    for entry in fs::read_dir(dir)? {
        let entry = entry?;
        let name = entry.file_name();
        // The second are tantivy's, on their way to `meta.json`.
        if name
            .to_str()
            .is_some_and(|name| name.ends_with(UNFINISHED) || name.starts_with(".tmp"))
        {
            disk.remove(&entry.path())?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use tantivy::merge_policy::NoMergePolicy;

    use super::*;

    fn article(id: &str) -> Article {
        Article {
            id: id.into(),
            file: format!("{id}.txt"),
            record: 1,
            headline: "Ferry".into(),
            body: format!("The ferry of {id}."),
            ..Article::default()
        }
    }

    /// So many segments as a run that was killed before it merged them leaves behind: the next one merges them while it
    /// commits, and what it deletes must be gone from all of them.
    #[test]
    fn a_merge_passes_over_no_deletion() {
        let folder = tempfile::tempdir().unwrap();
        let resources = Resources {
            threads: 1,
            memory: LEAST_MEMORY,
        };
        let mut writer = Writer::open(folder.path(), resources).unwrap();
        writer.tantivy.set_merge_policy(Box::new(NoMergePolicy));
        for segment in 0..10 {
            // The first one stands first among them, as it is the largest.
            let count = if segment == 0 { 20 } else { 3 };
            for number in 0..count {
                let id = format!("{segment}-{number}");
                writer.add(article(&id), &id).unwrap();
            }
            writer.commit().unwrap();
        }
        // A commit that deletes something in a small one, with the number that the next run begins at.
        writer.remove_file("5-0").unwrap();
        writer.commit().unwrap();
        writer.finish().unwrap();

        let mut writer = Writer::open(folder.path(), resources).unwrap();
        writer.remove_file("5-1").unwrap();
        writer.add(article("5-1"), "5-1").unwrap();
        writer.commit().unwrap();
        writer.finish().unwrap();
        let archive = Archive::open(folder.path()).unwrap();
        let segments = archive.searcher().segment_readers().len();
        assert!(segments < 10, "they have been merged: {segments}");
        let term = Term::from_field_text(archive.fields().file, "5-1");
        let found = documents_with(&archive.searcher(), &term).unwrap();
        assert_eq!(found.len(), 1, "the old one is still there");
    }
}
