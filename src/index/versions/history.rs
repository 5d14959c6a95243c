//! The versions of an article: what it read before, and why it may not be read now.

use tantivy::{DocAddress, Searcher, Term};

use super::columns::documents_with;
use super::record::{effective, item_of_id};
use crate::article::{Article, Difference, Status, Version};
use crate::error::{Error, Result};
use crate::index::Archive;
use crate::text::difference::difference;
use crate::text::edtf::day_of_number;

impl Version {
    fn readable(self) -> Result<Article> {
        match self.embargo {
            Some(until) => Err(Error::Embargoed {
                id: self.article.id,
                until,
            }),
            None => Ok(self.article),
        }
    }
}

/// What may be told of an article that must not be seen yet.
fn sealed(article: Article) -> Article {
    Article {
        id: article.id,
        source_id: article.source_id,
        status: article.status,
        version: article.version,
        embargo: article.embargo,
        file: article.file,
        record: article.record,
        ..Article::default()
    }
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
        for address in documents_with(&searcher, &Term::from_field_text(self.fields().id, id))? {
            let standing = self.standing_at(&searcher, address)?;
            if standing.is_duplicate() {
                continue;
            }
            let article = self.article_at(&searcher, address)?;
            let embargo = standing.shown.filter(|shown| *shown > now);
            let dated = article.date.map(|date| date.first_day());
            versions.push(Version {
                number: standing.version.unwrap_or(1),
                since: standing.since.and_then(day_of_number).or(dated),
                current: standing.is_current(now),
                until: standing
                    .until
                    .filter(|_| !standing.is_current(now))
                    .and_then(day_of_number),
                embargo,
                also_in: self.copies(&searcher, address, &article)?,
                article: if embargo.is_some() {
                    sealed(article)
                } else {
                    article
                },
            });
        }
        if versions.is_empty() {
            return Err(Error::NoArticle(id.to_owned()));
        }
        versions.sort_by_key(|version| version.number);
        // What is held back is not read while there is something else to read.
        if versions.iter().any(|it| it.current && it.embargo.is_none()) {
            versions
                .iter_mut()
                .filter(|it| it.embargo.is_some())
                .for_each(|it| it.current = false);
        }
        Ok(versions)
    }

    /// One version of the article with this id, also when it was withdrawn.
    ///
    /// # Errors
    /// [`Error::NoArticle`], [`Error::Embargoed`]; [`Error::Invalid`] when it has no version of this number.
    pub fn version(&self, id: &str, number: u32) -> Result<Article> {
        let versions = self.versions(id)?;
        let last = versions.last().map_or(0, |version| version.number);
        let found = versions
            .into_iter()
            .find(|version| version.number == number);
        let version = found.ok_or_else(|| Error::Invalid {
            what: format!("version {number}"),
            why: format!("the article has the versions 1 to {last}"),
        })?;
        version.readable()
    }

    /// What differs between two versions of the article with this id.
    ///
    /// # Errors
    /// As [`Archive::version`].
    pub fn difference(&self, id: &str, from: u32, to: u32) -> Result<Difference> {
        let (old, new) = (self.version(id, from)?, self.version(id, to)?);
        let deck = |article: &Article| article.deck.clone().unwrap_or_default();
        Ok(Difference {
            from,
            to,
            headline: difference(&old.headline, &new.headline),
            deck: difference(&deck(&old), &deck(&new)),
            body: difference(&old.body, &new.body),
        })
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
        version.readable()
    }

    /// Who has withdrawn an article, and when: its own last version, or a notice.
    fn withdrawn(&self, id: &str, versions: &[Version]) -> Result<Error> {
        let last = versions.last();
        let by = match last {
            Some(last) if effective(&last.article) == Status::Usable => {
                let term = Term::from_field_i64(self.fields().withdraws, item_of_id(id));
                let searcher = self.searcher();
                let notice = documents_with(&searcher, &term)?.into_iter().next();
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
        })
    }

    /// The ids of the articles that say of themselves that they correct or continue this one.
    pub fn followed_by(&self, id: &str) -> Result<Vec<String>> {
        let searcher = self.searcher();
        let term = Term::from_field_text(self.fields().follows, id);
        let now = chrono::Utc::now().timestamp();
        let mut ids = Vec::new();
        for address in documents_with(&searcher, &term)? {
            if self.standing_at(&searcher, address)?.is_current(now) {
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
        for other in documents_with(
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
}
