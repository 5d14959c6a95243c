//! What an archive holds.

use std::io::ErrorKind;
use std::path::PathBuf;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::manifest::{self, Manifest, Payload};
use super::versions::aside;
use super::{Archive, payload, schema};
use crate::error::{Error, Result};
use crate::search::{FacetCount, FacetName};
use crate::text::edtf::day_of_number;

/// What an archive holds, as its last commit says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(as = ArchiveStatus)]
pub struct Status {
    /// The folder of the index.
    #[schema(value_type = String)]
    pub path: PathBuf,
    /// The layout of the index.
    pub format_version: String,
    /// How many articles can be found.
    pub articles: u64,
    /// How many files they came from, those without articles counted too.
    pub files: u64,
    /// How many records say what another one says.
    pub duplicates: u64,
    /// How many versions of articles were replaced or withdrawn.
    pub versions: u64,
    /// How many articles must not be seen yet.
    pub embargoed: u64,
    /// How many files and records were rejected.
    pub rejected: u64,
    /// The first day of the earliest article.
    pub first_date: Option<NaiveDate>,
    /// The first day of the latest article.
    pub last_date: Option<NaiveDate>,
    /// How many articles have no date.
    pub undated: u64,
    /// The languages, the most frequent first.
    pub languages: Vec<FacetCount>,
    /// The publications, the most frequent first.
    pub sources: Vec<FacetCount>,
    /// The folders and files that were indexed.
    pub roots: Vec<String>,
    /// How many bytes the index takes on the disk.
    pub bytes: u64,
    /// When it was last changed.
    pub last_indexed: Option<DateTime<Utc>>,
}

impl Archive {
    /// What the archive holds.
    pub fn status(&self) -> Result<Status> {
        let searcher = self.searcher();
        let (payload, manifest) = self.manifest()?;
        let entries = || manifest.roots.values().flat_map(|root| root.values());
        let articles = self.articles()?;
        let aside = aside(&searcher)?;
        let days = self.days(&searcher)?;
        let mut facets =
            self.facets_of_all(&searcher, &[FacetName::Language, FacetName::Source])?;
        let mut values = |name| facets.remove(&name).unwrap_or_default();
        Ok(Status {
            path: self.dir().to_owned(),
            format_version: schema::fingerprint(),
            articles,
            files: manifest.roots.values().map(|root| root.len() as u64).sum(),
            duplicates: aside.duplicates,
            versions: aside.versions,
            embargoed: aside.embargoed,
            rejected: entries().map(|entry| entry.rejected).sum(),
            first_date: days.keys().next().copied().and_then(day_of_number),
            last_date: days.keys().next_back().copied().and_then(day_of_number),
            undated: articles - days.values().sum::<u64>(),
            languages: values(FacetName::Language),
            sources: values(FacetName::Source),
            roots: manifest.roots.into_keys().collect(),
            bytes: bytes_below(self.dir()),
            last_indexed: payload.map(|payload| payload.committed),
        })
    }
}

impl Archive {
    /// The last commit's payload and manifest.
    fn manifest(&self) -> Result<(Option<Payload>, Manifest)> {
        let mut tried: Option<Payload> = None;
        loop {
            let Some(payload) = payload(&self.inner.index, self.dir())? else {
                return Ok((None, Manifest::default()));
            };
            match manifest::read(self.dir(), &payload.manifest) {
                Ok(manifest) => return Ok((Some(payload), manifest)),
                // A writer has committed since, and removed it: there is a newer one.
                Err(error)
                    if error.kind() == ErrorKind::NotFound && tried.as_ref() != Some(&payload) =>
                {
                    tried = Some(payload);
                }
                Err(error) => {
                    return Err(Error::Read {
                        path: self.dir().join(&payload.manifest),
                        error,
                    });
                }
            }
        }
    }
}

/// The bytes of the files in a folder.
fn bytes_below(dir: &std::path::Path) -> u64 {
    let entries = std::fs::read_dir(dir).into_iter().flatten().flatten();
    entries
        .filter_map(|entry| entry.metadata().ok())
        .filter(std::fs::Metadata::is_file)
        .map(|file| file.len())
        .sum()
}
