//! Step 6: Articles ↔ tantivy. [`Archive`] is an index opened for reading; [`writer::Writer`] the one that writes;
//! [`sync`] makes an index agree with the files.

mod backup;
mod check;
mod copy;
pub mod disk;
pub mod document;
mod earlier;
mod holder;
pub(crate) mod kept;
mod loss;
pub mod manifest;
mod queue;
mod reading;
mod rebuild;
mod repair;
pub mod schema;
mod seal;
mod status;
mod store;
mod swap;
pub mod sync;
pub mod terms;
pub mod tokenizer;
pub mod versions;
mod window;
pub mod writer;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use tantivy::directory::error::OpenReadError;
use tantivy::{
    Directory, DocAddress, Index, IndexReader, ReloadPolicy, Searcher, TantivyDocument,
    TantivyError,
};

use crate::article::Article;
use crate::error::{Error, Result};
use crate::search::{FacetName, Limits, Value};
use disk::Disk;
use manifest::Payload;
use reading::{Reading, of_last_commit};
use schema::Fields;
use store::Unpacker;
use versions::Columns;

pub use backup::{backup, restore};
pub use check::{Damage, Health, check};
pub use copy::Copied;
pub(crate) use copy::names_in as copy_names;
pub(crate) use holder::Held;
pub use rebuild::rebuild;
pub use repair::{Repair, repair};
pub use status::Status;

/// An index opened for reading. Cheap to clone; every clone sees the same commit.
#[derive(Clone)]
pub struct Archive {
    inner: Arc<Inner>,
    limits: Limits,
}

struct Inner {
    dir: PathBuf,
    fields: Fields,
    index: Index,
    reader: IndexReader,
    /// The commit that the reader has seen.
    seen: Mutex<Option<blake3::Hash>>,
    facts: Mutex<Option<Arc<Facts>>>,
}

/// How many articles there are of each day, as days since 1970-01-01.
type Days = Arc<BTreeMap<i64, u64>>;

/// What is computed once a commit.
pub(crate) struct Facts {
    /// The commit they hold for.
    pub(crate) generation: u64,
    /// The commit's own number, the same in every process.
    pub(crate) commit: u64,
    /// The codes of the stems that occur.
    pub(crate) stems: Vec<&'static str>,
    /// Reads the articles: an index gets its dictionary when it has enough of them.
    unpacker: Unpacker,
    /// The articles of the whole archive by their first day, once somebody has asked for them, and how many embargoes had
    /// ended then.
    days: Mutex<Option<(u64, Days)>>,
    /// What tells the standing of single documents, once somebody has asked for it.
    columns: OnceLock<Columns>,
    /// Every value of a facet, once somebody has asked for suggestions.
    values: Mutex<BTreeMap<FacetName, Arc<[Value]>>>,
}

impl Facts {
    /// The columns of the commit, which `searcher` sees.
    pub(crate) fn columns(&self, searcher: &Searcher) -> Result<&Columns> {
        if let Some(columns) = self.columns.get() {
            return Ok(columns);
        }
        let columns = Columns::open(searcher)?;
        Ok(self.columns.get_or_init(|| columns))
    }

    /// The articles of the whole archive by their first day, which `count` counts at the first time, and again when an
    /// embargo has ended.
    pub(crate) fn days(
        &self,
        searcher: &Searcher,
        count: impl FnOnce() -> Result<BTreeMap<i64, u64>>,
    ) -> Result<Days> {
        let now = chrono::Utc::now().timestamp();
        let ended = versions::ended_embargoes(searcher, now)?;
        let mut cached = self.days.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((then, days)) = cached.as_ref()
            && *then == ended
        {
            return Ok(Arc::clone(days));
        }
        let days = Arc::new(count()?);
        *cached = Some((ended, Arc::clone(&days)));
        Ok(days)
    }

    /// The values of a facet, which `read` reads at the first time.
    pub(crate) fn values_of(
        &self,
        facet: FacetName,
        read: impl FnOnce() -> Result<Vec<Value>>,
    ) -> Result<Arc<[Value]>> {
        let mut cached = self.values.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(values) = cached.get(&facet) {
            return Ok(values.clone());
        }
        let values: Arc<[Value]> = read()?.into();
        cached.insert(facet, values.clone());
        Ok(values)
    }
}

impl Archive {
    /// Opens the index in `dir`.
    ///
    /// # Errors
    /// [`Error::NoIndex`], [`Error::OtherVersion`], [`Error::Damaged`].
    pub fn open(dir: &Path) -> Result<Self> {
        if !holds_index(dir) {
            swap::complete(dir);
        }
        if !holds_index(dir) {
            return Err(Error::NoIndex(dir.to_owned()));
        }
        let (index, _) = open_index(dir)?;
        Archive::of(index, dir)
    }

    pub(crate) fn of(index: Index, dir: &Path) -> Result<Self> {
        let fields = Fields::of(&index.schema());
        // Before the reader, which may then see more, but never less than this.
        let seen = Mutex::new(last_commit(dir));
        let reader = of_last_commit(dir, || {
            let reader = index.reader_builder();
            reader.reload_policy(ReloadPolicy::Manual).try_into()
        });
        let reader = reader.map_err(|error| damaged(dir, error))?;
        let inner = Inner {
            dir: dir.to_owned(),
            fields,
            index,
            reader,
            seen,
            facts: Mutex::default(),
        };
        Ok(Archive {
            inner: Arc::new(inner),
            limits: Limits::default(),
        })
    }

    /// The same archive, that spends no more than this on an answer.
    #[must_use]
    pub fn with_limits(self, limits: Limits) -> Self {
        Archive { limits, ..self }
    }

    /// What may be spent on an answer.
    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    /// Looks for a newer commit; true when there is one, which is then seen.
    pub fn refresh(&self) -> Result<bool> {
        let now = last_commit(self.dir());
        let mut seen = self
            .inner
            .seen
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        // tantivy would open every segment again, though nothing has changed.
        if *seen == now && now.is_some() {
            return Ok(false);
        }
        // Another version of the program may have rebuilt it: this one cannot read that, and keeps what it has.
        payload(&self.inner.index, self.dir())?;
        of_last_commit(self.dir(), || self.inner.reader.reload())?;
        *seen = now;
        Ok(true)
    }

    /// A name of what is answered from now: of the commit that is seen, and of how many embargoes have ended. An answer that
    /// begins later is of this state, or of a newer one.
    ///
    /// # Errors
    /// What the engine says.
    pub fn state(&self) -> Result<String> {
        let mut hasher = blake3::Hasher::new();
        hasher.update(env!("CARGO_PKG_VERSION").as_bytes());
        hasher.update(schema::fingerprint().as_bytes());
        let seen = *self
            .inner
            .seen
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        hasher.update(seen.as_ref().map_or(&[], |hash| hash.as_bytes()));
        let now = chrono::Utc::now().timestamp();
        hasher.update(&versions::ended_embargoes(&self.searcher(), now)?.to_le_bytes());
        Ok(hasher.finalize().to_hex()[..32].to_owned())
    }

    /// The folder of the index.
    pub fn dir(&self) -> &Path {
        &self.inner.dir
    }

    pub(crate) fn article_at(&self, searcher: &Searcher, address: DocAddress) -> Result<Article> {
        let document: TantivyDocument = searcher.doc(address)?;
        let unpacked = match document::packed(self.fields(), &document) {
            Some(bytes) => self.facts(searcher)?.unpacker.unpack(bytes),
            None => Err(std::io::Error::other("a document holds no article")),
        };
        unpacked.map_err(|error| damaged(self.dir(), error.into()))
    }

    pub(crate) fn fields(&self) -> &Fields {
        &self.inner.fields
    }

    pub(crate) fn searcher(&self) -> Searcher {
        self.inner.reader.searcher()
    }

    /// What is known of the commit that `searcher` sees.
    pub(crate) fn facts(&self, searcher: &Searcher) -> Result<Arc<Facts>> {
        let generation = searcher.generation().generation_id();
        let mut cached = self
            .inner
            .facts
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if let Some(facts) = cached
            .as_ref()
            .filter(|facts| facts.generation == generation)
        {
            return Ok(facts.clone());
        }
        let unpacker =
            Unpacker::open(self.dir()).map_err(|error| damaged(self.dir(), error.into()))?;
        let stems = terms::stem_codes(searcher, self.fields().language)?;
        let facts = Arc::new(Facts {
            generation,
            commit: commit_number(searcher),
            stems,
            unpacker,
            days: Mutex::default(),
            columns: OnceLock::new(),
            values: Mutex::default(),
        });
        *cached = Some(facts.clone());
        Ok(facts)
    }
}

/// A number that every commit changes: made of the segments and what is deleted from them.
fn commit_number(searcher: &Searcher) -> u64 {
    let mut hasher = blake3::Hasher::new();
    for segment in searcher.segment_readers() {
        hasher.update(segment.segment_id().uuid_string().as_bytes());
        hasher.update(&segment.num_deleted_docs().to_le_bytes());
    }
    let bytes = hasher.finalize();
    u64::from_le_bytes(bytes.as_bytes()[..8].try_into().expect("eight bytes"))
}

/// The part of a [`Payload`] that every version has.
#[derive(serde::Deserialize)]
struct FormatMark {
    format: String,
}

/// What tells the last commit of the index in `dir` from all others.
fn last_commit(dir: &Path) -> Option<blake3::Hash> {
    std::fs::read(dir.join(META))
        .ok()
        .map(|meta| blake3::hash(&meta))
}

/// The file of tantivy's that a commit replaces.
const META: &str = "meta.json";

/// tantivy's list of the files that it has made.
const MANAGED: &str = ".managed.json";

/// Whether a folder has an index, of any version.
fn holds_index(dir: &Path) -> bool {
    dir.join(META).is_file()
}

/// Opens the index in `dir` for reading, after checking that it is of this version; gives the payload of its last commit.
fn open_index(dir: &Path) -> Result<(Index, Option<Payload>)> {
    open_in(dir, Reading::open(dir))
}

/// The same for writing, on another disk.
fn open_index_on(disk: &Disk, dir: &Path) -> Result<(Index, Option<Payload>)> {
    open_in(dir, disk.directory(dir))
}

fn open_in(
    dir: &Path,
    directory: tantivy::Result<impl Directory>,
) -> Result<(Index, Option<Payload>)> {
    let directory = directory.map_err(|error| damaged(dir, error))?;
    seal::check(&dir.join(META)).map_err(|error| {
        let error = OpenReadError::wrap_io_error(error, META.into());
        damaged(dir, error.into())
    })?;
    let index = Index::open(directory).map_err(|error| match (of_other_version(dir), error) {
        (Some(found), _) => other_version(dir, found),
        (None, TantivyError::IncompatibleIndex(found)) => other_version(dir, format!("{found:?}")),
        (None, error) => damaged(dir, error),
    })?;
    let payload = payload(&index, dir)?;
    if payload.is_none() && index.schema() != schema::schema() {
        return Err(Error::NotAnIndex(dir.to_owned()));
    }
    tokenizer::register(index.tokenizers(), index.fast_field_tokenizer());
    Ok((index, payload))
}

/// What a commit says of its layout that the engine cannot read, if it is one of another version: that one may have another
/// engine.
fn of_other_version(dir: &Path) -> Option<String> {
    let meta = std::fs::read(dir.join(META)).ok()?;
    let meta: serde_json::Value = serde_json::from_slice(&meta).ok()?;
    let mark: FormatMark = serde_json::from_str(meta.get("payload")?.as_str()?).ok()?;
    (mark.format != schema::fingerprint()).then_some(mark.format)
}

/// The payload of the last commit; none when nothing has been committed yet.
fn payload(index: &Index, dir: &Path) -> Result<Option<Payload>> {
    let metas = index.load_metas().map_err(|error| damaged(dir, error))?;
    metas
        .payload
        .map(|text| parse_payload(&text, dir))
        .transpose()
}

/// The payload that a commit has as text.
fn parse_payload(text: &str, dir: &Path) -> Result<Payload> {
    // Other programs use tantivy too: theirs must not be called an old index of ours, which the hint would have removed.
    let mark: FormatMark =
        serde_json::from_str(text).map_err(|_| Error::NotAnIndex(dir.to_owned()))?;
    if mark.format != schema::fingerprint() {
        return Err(other_version(dir, mark.format));
    }
    serde_json::from_str(text).map_err(|_| other_version(dir, mark.format))
}

fn other_version(dir: &Path, found: String) -> Error {
    Error::OtherVersion {
        path: dir.to_owned(),
        is_newer: schema::is_newer(&found),
        found,
        wanted: schema::fingerprint(),
    }
}

fn damaged(dir: &Path, error: TantivyError) -> Error {
    Error::Damaged {
        path: dir.to_owned(),
        error,
    }
}
