//! The versions of an article: what it read before, and why it may not be read now.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use tantivy::{DocAddress, Searcher, Term};

use super::Standing;
use super::columns::{Identities, Standings};
use super::record::{Identity, effective, item_of_id};
use crate::article::{Article, Status};
use crate::error::{Error, Result};
use crate::index::Archive;
use crate::text::edtf::day_of_number;

/// A version of an article.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Version {
    /// Its place among the versions of its story, from 1; the highest is the latest.
    pub number: u32,
    /// The day from which the archive reads so, where it is known.
    pub since: Option<NaiveDate>,
    /// Whether the archive reads so now.
    pub current: bool,
    /// The day from which the archive no longer reads so, where it is known.
    pub until: Option<NaiveDate>,
    /// Not to be seen before this second (since 1970-01-01 UTC), where that is still to come.
    pub embargo: Option<i64>,
    /// The other files that hold the same.
    pub also_in: Vec<String>,
    /// The version itself.
    pub article: Article,
}

impl Archive {
    /// Every version of the article with this id, the earliest first: what was withdrawn and what must not be seen yet, too.
    ///
    /// # Errors
    /// [`Error::NoArticle`].
    pub fn versions(&self, id: &str) -> Result<Vec<Version>> {
        let searcher = self.searcher();
        let now = chrono::Utc::now().timestamp();
        let mut versions = Vec::new();
        for address in self.addresses(&searcher, &Term::from_field_text(self.fields().id, id))? {
            let standing = self.standing_at(&searcher, address)?;
            if standing.is_duplicate() {
                continue;
            }
            let article = self.article_at(&searcher, address)?;
            let dated = article.date.map(|date| date.first_day());
            versions.push(Version {
                number: standing.version.unwrap_or(1),
                since: standing.since.and_then(day_of_number).or(dated),
                current: standing.until.is_none(),
                until: standing.until.and_then(day_of_number),
                embargo: standing.shown.filter(|shown| *shown > now),
                also_in: self.copies(&searcher, address, &article)?,
                article,
            });
        }
        if versions.is_empty() {
            return Err(Error::NoArticle(id.to_owned()));
        }
        versions.sort_by_key(|version| version.number);
        Ok(versions)
    }

    /// The article with this id, as the archive reads it now.
    ///
    /// # Errors
    /// [`Error::NoArticle`]; [`Error::Withdrawn`] and [`Error::Embargoed`] when it must not be read.
    pub fn article(&self, id: &str) -> Result<Article> {
        let mut versions = self.versions(id)?;
        let at = versions.iter().position(|version| version.current);
        let Some(version) = at.map(|at| versions.swap_remove(at)) else {
            return Err(self.withdrawn(id, &versions)?);
        };
        match version.embargo {
            Some(until) => Err(Error::Embargoed {
                id: id.to_owned(),
                until,
            }),
            None => Ok(version.article),
        }
    }

    /// Who has withdrawn an article, and when: its own last version, or a notice.
    fn withdrawn(&self, id: &str, versions: &[Version]) -> Result<Error> {
        let last = versions.last();
        let by = match last {
            Some(last) if effective(&last.article) == Status::Usable => {
                let term = Term::from_field_i64(self.fields().withdraws, item_of_id(id));
                let searcher = self.searcher();
                let notice = self.addresses(&searcher, &term)?.into_iter().next();
                notice
                    .map(|at| self.article_at(&searcher, at))
                    .transpose()?
            }
            last => last.map(|last| last.article.clone()),
        };
        Ok(Error::Withdrawn {
            id: id.to_owned(),
            since: last.and_then(|last| last.until),
            notice: by.map(Box::new),
            versions: last.map_or(0, |last| last.number),
        })
    }

    /// The ids of the articles that say of themselves that they correct or continue this one.
    pub fn followed_by(&self, id: &str) -> Result<Vec<String>> {
        let searcher = self.searcher();
        let term = Term::from_field_text(self.fields().follows, id);
        let mut ids = Vec::new();
        for address in self.addresses(&searcher, &term)? {
            if self.standing_at(&searcher, address)?.until.is_none() {
                ids.push(self.article_at(&searcher, address)?.id);
            }
        }
        ids.sort();
        Ok(ids)
    }

    /// The other files that have the record at this address.
    fn copies(
        &self,
        searcher: &Searcher,
        address: DocAddress,
        article: &Article,
    ) -> Result<Vec<String>> {
        let (identity, _) = self.identity_at(searcher, address)?;
        let mut files = Vec::new();
        for other in self.addresses(
            searcher,
            &Term::from_field_i64(self.fields().item, identity.item),
        )? {
            if other != address
                && self.standing_at(searcher, other)?.is_duplicate()
                && self.identity_at(searcher, other)?.0.content == identity.content
            {
                files.push(self.article_at(searcher, other)?.file);
            }
        }
        files.retain(|file| *file != article.file);
        files.sort();
        files.dedup();
        Ok(files)
    }

    /// The living documents with a term.
    pub(crate) fn addresses(&self, searcher: &Searcher, term: &Term) -> Result<Vec<DocAddress>> {
        let mut found = Vec::new();
        for (ord, segment) in (0..).zip(searcher.segment_readers()) {
            let inverted = segment.inverted_index(term.field())?;
            let basic = tantivy::schema::IndexRecordOption::Basic;
            let Some(mut postings) = inverted.read_block_postings(term, basic)? else {
                continue;
            };
            while !postings.docs().is_empty() {
                let living = postings
                    .docs()
                    .iter()
                    .filter(|doc| !segment.is_deleted(**doc));
                found.extend(living.map(|doc| DocAddress::new(ord, *doc)));
                postings.advance();
            }
        }
        Ok(found)
    }

    /// How the document there stands among the versions of its item.
    pub(crate) fn standing_at(&self, searcher: &Searcher, address: DocAddress) -> Result<Standing> {
        Ok(Standings::open(searcher.segment_reader(address.segment_ord))?.of(address.doc_id))
    }

    /// By which numbers the document there is known, and the key of its file.
    pub(crate) fn identity_at(
        &self,
        searcher: &Searcher,
        address: DocAddress,
    ) -> Result<(Identity, String)> {
        let segment = searcher.segment_reader(address.segment_ord);
        let files = segment
            .fast_fields()
            .str("file")?
            .expect("every article has one");
        let mut key = String::new();
        if let Some(ord) = files.term_ords(address.doc_id).next() {
            files.ord_to_str(ord, &mut key)?;
        }
        Ok((Identities::open(segment)?.of(address.doc_id), key))
    }
}
