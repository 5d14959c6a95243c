//! Whether an index is whole: every byte of its files, every stored article, and the account of where they came from.
//!
//! Checksums come first. A torn file can make the engine panic, so a segment with a damaged file is named and not opened.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use serde::Serialize;
use tantivy::columnar::StrColumn;
use tantivy::index::SegmentComponent;
use tantivy::{DocId, Index, SegmentMeta, SegmentReader, TantivyDocument};

use super::manifest::{self, Manifest, Payload};
use super::schema::Fields;
use super::store::{self, DICTIONARY, Unpacker};
use super::{MANAGED, damaged, document, holds_index, last_commit, open_index};
use crate::error::{Error, Result};

/// How many documents of the store are kept unpacked.
const STORE_BLOCKS: usize = 1;

/// What was looked at, and what is wrong with it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Health {
    /// The files of the index whose bytes were compared with their checksums.
    pub files: u64,
    /// The articles that were read.
    pub articles: u64,
    /// The files that a run was reading when it was cut off. They are no damage: the next run reads them again.
    pub unfinished: u64,
    /// What is wrong; empty when the index is whole.
    pub damage: Vec<Damage>,
}

/// Something that is not as it was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum Damage {
    /// A file of the index is missing, or its bytes have changed.
    #[error("the file `{file}` {why}; {articles} articles cannot be read without it")]
    File {
        /// Its name in the folder of the index.
        file: String,
        /// What is wrong with it.
        why: String,
        /// How many articles its part of the index has.
        articles: u64,
    },
    /// The engine's list of its files cannot be read.
    #[error("the list of files `{file}` cannot be read ({why}), and nothing else without it")]
    List {
        /// Its name in the folder of the index.
        file: String,
        /// What is wrong with it.
        why: String,
    },
    /// The list of the files that articles came from cannot be read.
    #[error("the manifest `{file}` cannot be read: {why}")]
    Manifest {
        /// Its name in the folder of the index.
        file: String,
        /// What is wrong with it.
        why: String,
    },
    /// A stored article is not the one that is indexed.
    #[error("the article `{id}` cannot be read: {why}")]
    Article {
        /// Its id, as indexed.
        id: String,
        /// What is wrong with it.
        why: String,
    },
    /// A file has not as many articles as came from it.
    #[error("`{file}` of `{root}` has {found} articles in the index, and not {expected}")]
    Count {
        /// The root that was indexed.
        root: String,
        /// The file below it.
        file: String,
        /// How many articles came from it, as the manifest says.
        expected: u64,
        /// How many are in the index.
        found: u64,
    },
    /// A file of the watches cannot be read.
    #[error("`watches/{file}` cannot be read: {why}")]
    Watches {
        /// Its name in their folder.
        file: String,
        /// What is wrong with it.
        why: String,
    },
    /// Articles came from a file that the manifest does not name.
    #[error("{articles} articles came from a file that is not known")]
    Unowned {
        /// How many.
        articles: u64,
    },
}

/// Looks at every file and every article of the index in `dir`.
///
/// # Errors
/// [`Error::NoIndex`], [`Error::OtherVersion`], [`Error::NotAnIndex`], and [`Error::Damaged`] where nothing can be opened;
/// what else is damaged is no error, but in the [`Health`].
pub fn check(dir: &Path) -> Result<Health> {
    examine(dir).map(|findings| findings.health)
}

/// What a repair has to know.
#[derive(Default)]
pub(super) struct Findings {
    pub(super) health: Health,
    /// The segments that have a damaged file.
    pub(super) torn: BTreeSet<String>,
    /// The engine's list of its files is damaged: nothing else was looked at.
    pub(super) list: bool,
    /// The dictionary is damaged: no article was read.
    pub(super) dictionary: bool,
    /// What the commit says of itself, when something has been committed.
    pub(super) payload: Option<Payload>,
    /// The manifest, when there is one that can be read.
    pub(super) manifest: Option<Manifest>,
    /// How many articles of each file can be read, by its key.
    pub(super) found: BTreeMap<String, u64>,
    /// The keys of the files of which there are articles that cannot.
    pub(super) unreadable: BTreeSet<String>,
}

/// Looks at everything. When a run commits meanwhile, what it has removed is not taken for damage.
pub(super) fn examine(dir: &Path) -> Result<Findings> {
    loop {
        let commit = last_commit(dir);
        let findings = Findings::of(dir);
        let whole = matches!(&findings, Ok(findings) if findings.health.damage.is_empty());
        if whole || last_commit(dir) == commit {
            return findings;
        }
    }
}

impl Findings {
    fn of(dir: &Path) -> Result<Self> {
        if !holds_index(dir) {
            return Err(Error::NoIndex(dir.to_owned()));
        }
        let list = dir.join(MANAGED);
        // What this user may not read is not damaged for that, and nothing to be repaired.
        match File::open(&list) {
            Err(error) if error.kind() == ErrorKind::PermissionDenied => {
                return Err(Error::Read { path: list, error });
            }
            _ => {}
        }
        let mut findings = Findings::default();
        if let Err(why) = read_list(dir) {
            findings.list = true;
            findings.health.damage.push(Damage::List {
                file: MANAGED.to_owned(),
                why,
            });
            return Ok(findings);
        }
        let (index, payload) = open_index(dir)?;
        findings.payload = payload;
        let metas = index.load_metas().map_err(|error| damaged(dir, error))?;
        for segment in &metas.segments {
            if !findings.health.files_of(&index, segment) {
                findings.torn.insert(segment.id().uuid_string());
            }
        }
        let all = metas.segments.iter().map(SegmentMeta::num_docs);
        findings.dictionary_of(dir, all.map(u64::from).sum());
        if !findings.dictionary {
            findings.articles_of(dir, &index)?;
        }
        findings.manifest_of(dir);
        Ok(findings)
    }

    /// Compares the dictionary, without which none of `all` articles can be read, with its checksum.
    fn dictionary_of(&mut self, dir: &Path, all: u64) {
        let Some(wanted) = self.payload.as_ref().and_then(|it| it.dictionary.as_ref()) else {
            return;
        };
        self.health.files += 1;
        let why = match store::checksum(dir) {
            Ok(Some(found)) if found == *wanted => return,
            Ok(Some(_)) => CHANGED.to_owned(),
            Ok(None) => "is missing".to_owned(),
            Err(error) => format!("cannot be read ({error})"),
        };
        self.dictionary = true;
        self.health.damage.push(Damage::File {
            file: DICTIONARY.to_owned(),
            why,
            articles: all,
        });
    }

    /// Reads the articles of all segments whose files are whole.
    fn articles_of(&mut self, dir: &Path, index: &Index) -> Result<()> {
        let unpacker = Unpacker::open(dir).map_err(|error| damaged(dir, error.into()))?;
        let fields = Fields::of(&index.schema());
        for segment in index.searchable_segments()? {
            if !self.torn.contains(&segment.id().uuid_string()) {
                let reader = SegmentReader::open(&segment).map_err(|error| damaged(dir, error))?;
                self.articles_in(&reader, &fields, &unpacker)?;
            }
        }
        Ok(())
    }

    /// Reads every article of a segment, and counts them by the file they came from.
    fn articles_in(
        &mut self,
        segment: &SegmentReader,
        fields: &Fields,
        unpacker: &Unpacker,
    ) -> Result<()> {
        let column = |name: &str| -> Result<StrColumn> {
            let column = segment.fast_fields().str(name)?;
            Ok(column.expect("every article has one"))
        };
        let (ids, files) = (column("id")?, column("file")?);
        let store = segment.get_store_reader(STORE_BLOCKS)?;
        for doc in segment.doc_ids_alive() {
            self.health.articles += 1;
            let (id, file) = (value(&ids, doc)?, value(&files, doc)?);
            let stored: TantivyDocument = store.get(doc)?;
            let why = match document::packed(fields, &stored).map(|bytes| unpacker.unpack(bytes)) {
                Some(Ok(article)) if article.id == id => {
                    *self.found.entry(file).or_insert(0) += 1;
                    continue;
                }
                Some(Ok(article)) => format!("the stored one is `{}`", article.id),
                Some(Err(error)) => error.to_string(),
                None => "nothing is stored".to_owned(),
            };
            self.unreadable.insert(file);
            self.health.damage.push(Damage::Article { id, why });
        }
        Ok(())
    }

    /// Reads the manifest, and compares what was found of each file with what it says.
    fn manifest_of(&mut self, dir: &Path) {
        let Some(payload) = &self.payload else {
            return;
        };
        match manifest::read(dir, &payload.manifest) {
            Ok(manifest) => {
                if !self.dictionary {
                    self.health
                        .account(&manifest, &self.found, &self.unreadable);
                }
                self.manifest = Some(manifest);
            }
            Err(error) => self.health.damage.push(Damage::Manifest {
                file: payload.manifest.clone(),
                why: error.to_string(),
            }),
        }
    }

    /// How many articles of the file with this key a repair can keep when the file is gone: an article that cannot be
    /// read goes with all others of its file.
    pub(super) fn kept(&self, key: &str) -> u64 {
        if self.unreadable.contains(key) {
            return 0;
        }
        self.found.get(key).copied().unwrap_or(0)
    }

    /// The keys of the files whose articles a repair must remove: what cannot be read, and what the manifest does not name.
    pub(super) fn removed(&self) -> Vec<String> {
        let mut removed: BTreeSet<String> = self.found.keys().cloned().collect();
        for (root, files) in self.manifest.iter().flat_map(|manifest| &manifest.roots) {
            for file in files.keys() {
                removed.remove(&manifest::file_key(root, file));
            }
        }
        removed.extend(self.unreadable.iter().cloned());
        removed.into_iter().collect()
    }
}

/// What is said of a file whose checksum is another.
const CHANGED: &str = "has other bytes than were written";

/// Whether the engine can read the list of its files; why not.
pub(super) fn read_list(dir: &Path) -> std::result::Result<(), String> {
    match std::fs::read(dir.join(MANAGED)) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(error.to_string()),
        Ok(list) => match serde_json::from_slice::<Vec<PathBuf>>(&list) {
            Ok(_) => Ok(()),
            Err(error) => Err(error.to_string()),
        },
    }
}

impl Health {
    /// Compares the files of a segment with their checksums; whether all are whole.
    fn files_of(&mut self, index: &Index, segment: &SegmentMeta) -> bool {
        let before = self.damage.len();
        for path in files_of(segment) {
            self.files += 1;
            let why = match index.directory().validate_checksum(&path) {
                Ok(true) => continue,
                Ok(false) => CHANGED.to_owned(),
                Err(error) => format!("cannot be read ({error})"),
            };
            self.damage.push(Damage::File {
                file: path.display().to_string(),
                why,
                articles: segment.num_docs().into(),
            });
        }
        self.damage.len() == before
    }

    /// Compares what was `found` of each file, by its key, with what the manifest says; what is `unreadable` has been told.
    fn account(
        &mut self,
        manifest: &Manifest,
        found: &BTreeMap<String, u64>,
        unreadable: &BTreeSet<String>,
    ) {
        let mut unowned = found.clone();
        for (root, files) in &manifest.roots {
            for (file, entry) in files {
                let key = manifest::file_key(root, file);
                let found = unowned.remove(&key).unwrap_or(0);
                if entry.is_unfinished() {
                    self.unfinished += 1;
                } else if found != entry.articles && !unreadable.contains(&key) {
                    self.damage.push(Damage::Count {
                        root: root.clone(),
                        file: file.clone(),
                        expected: entry.articles,
                        found,
                    });
                }
            }
        }
        let unowned = unowned.into_values();
        self.damage
            .extend(unowned.map(|articles| Damage::Unowned { articles }));
    }
}

/// The files that a segment must have.
pub(super) fn files_of(segment: &SegmentMeta) -> impl Iterator<Item = PathBuf> + use<> {
    let parts = [
        SegmentComponent::Terms,
        SegmentComponent::Postings,
        SegmentComponent::Positions,
        SegmentComponent::FieldNorms,
        SegmentComponent::FastFields,
        SegmentComponent::Store,
    ];
    let deletes = segment.has_deletes().then_some(SegmentComponent::Delete);
    let segment = segment.clone();
    parts
        .into_iter()
        .chain(deletes)
        .map(move |part| segment.relative_path(part))
}

fn value(column: &StrColumn, doc: DocId) -> Result<String> {
    let mut value = String::new();
    if let Some(ord) = column.term_ords(doc).next() {
        column.ord_to_str(ord, &mut value)?;
    }
    Ok(value)
}
