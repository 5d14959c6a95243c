//! Whether an index is whole: every byte of its files, every stored article, and the account of where they came from.
//!
//! Checksums come first. A torn file can make the engine panic, so a segment with a damaged file is named and not opened.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde::Serialize;
use tantivy::columnar::StrColumn;
use tantivy::index::SegmentComponent;
use tantivy::{DocId, Index, SegmentMeta, SegmentReader, TantivyDocument};

use super::manifest::{self, Manifest};
use super::schema::Fields;
use super::store::Unpacker;
use super::{damaged, document, holds_index, open_index};
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
/// [`Error::NoIndex`], [`Error::OtherVersion`], [`Error::NotAnIndex`]; what is damaged is no error, but in the [`Health`].
pub fn check(dir: &Path) -> Result<Health> {
    if !holds_index(dir) {
        return Err(Error::NoIndex(dir.to_owned()));
    }
    let (index, payload) = open_index(dir)?;
    let metas = index.load_metas().map_err(|error| damaged(dir, error))?;
    let mut health = Health::default();
    let whole: BTreeSet<String> = metas
        .segments
        .iter()
        .filter(|segment| health.files_of(&index, segment))
        .map(|segment| segment.id().uuid_string())
        .collect();
    let unpacker = Unpacker::open(dir).map_err(|error| damaged(dir, error.into()))?;
    let mut found = BTreeMap::new();
    for segment in index.searchable_segments()? {
        if whole.contains(&segment.id().uuid_string()) {
            let reader = SegmentReader::open(&segment).map_err(|error| damaged(dir, error))?;
            let fields = Fields::of(&index.schema());
            health.articles_of(&reader, &fields, &unpacker, &mut found)?;
        }
    }
    let Some(payload) = payload else {
        return Ok(health);
    };
    match manifest::read(dir, &payload.manifest) {
        Ok(manifest) => health.account(&manifest, found),
        Err(error) => health.damage.push(Damage::Manifest {
            file: payload.manifest,
            why: error.to_string(),
        }),
    }
    Ok(health)
}

impl Health {
    /// Compares the files of a segment with their checksums; whether all are whole.
    fn files_of(&mut self, index: &Index, segment: &SegmentMeta) -> bool {
        let before = self.damage.len();
        for path in files_of(segment) {
            self.files += 1;
            let why = match index.directory().validate_checksum(&path) {
                Ok(true) => continue,
                Ok(false) => "has other bytes than were written".to_owned(),
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

    /// Reads every article of a segment, and counts them by the file they came from.
    fn articles_of(
        &mut self,
        segment: &SegmentReader,
        fields: &Fields,
        unpacker: &Unpacker,
        found: &mut BTreeMap<String, u64>,
    ) -> Result<()> {
        let column = |name: &str| -> Result<StrColumn> {
            let column = segment.fast_fields().str(name)?;
            Ok(column.expect("every article has one"))
        };
        let (ids, files) = (column("id")?, column("file")?);
        let store = segment.get_store_reader(STORE_BLOCKS)?;
        for doc in segment.doc_ids_alive() {
            self.articles += 1;
            let (id, file) = (value(&ids, doc)?, value(&files, doc)?);
            *found.entry(file).or_insert(0) += 1;
            let stored: TantivyDocument = store.get(doc)?;
            let why = match document::packed(fields, &stored).map(|bytes| unpacker.unpack(bytes)) {
                Some(Ok(article)) if article.id == id => continue,
                Some(Ok(article)) => format!("the stored one is `{}`", article.id),
                Some(Err(error)) => error.to_string(),
                None => "nothing is stored".to_owned(),
            };
            self.damage.push(Damage::Article { id, why });
        }
        Ok(())
    }

    /// Compares what was `found` of each file, by its key, with what the manifest says.
    fn account(&mut self, manifest: &Manifest, mut found: BTreeMap<String, u64>) {
        for (root, files) in &manifest.roots {
            for (file, entry) in files {
                let key = manifest::file_key(root, file);
                let found = found.remove(&key).unwrap_or(0);
                if found != entry.articles {
                    self.damage.push(Damage::Count {
                        root: root.clone(),
                        file: file.clone(),
                        expected: entry.articles,
                        found,
                    });
                }
            }
        }
        self.damage.extend(
            found
                .into_values()
                .map(|articles| Damage::Unowned { articles }),
        );
    }
}

/// The files that a segment must have.
fn files_of(segment: &SegmentMeta) -> impl Iterator<Item = PathBuf> {
    let parts = [
        SegmentComponent::Terms,
        SegmentComponent::Postings,
        SegmentComponent::Positions,
        SegmentComponent::FieldNorms,
        SegmentComponent::FastFields,
        SegmentComponent::Store,
    ];
    let deletes = segment.has_deletes().then_some(SegmentComponent::Delete);
    parts
        .into_iter()
        .chain(deletes)
        .map(|part| segment.relative_path(part))
}

fn value(column: &StrColumn, doc: DocId) -> Result<String> {
    let mut value = String::new();
    if let Some(ord) = column.term_ords(doc).next() {
        column.ord_to_str(ord, &mut value)?;
    }
    Ok(value)
}
