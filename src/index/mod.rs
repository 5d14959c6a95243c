//! Step 5, a stand-in: an archive is a folder with one file of articles, and a search looks for words in their text.
//!
//! It exists so that outputs, commands and server can be run before the index is there. It does not index.

pub mod sync;

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

use serde::Serialize;

use crate::search::{
    Bucket, FacetCount, Hit, QueryEcho, Request, Response, Snippet, SnippetField, Sort,
};
use crate::{Article, Error, Result};

/// A stand-in for the archive.
#[derive(Debug, Clone)]
pub struct Archive {
    path: PathBuf,
    articles: Arc<RwLock<Arc<Vec<Article>>>>,
}

/// The query in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Explanation {
    /// The canonical form.
    pub canonical: String,
    /// What the user should know.
    pub warnings: Vec<crate::search::Warning>,
    /// The tree, a node a line.
    pub lines: Vec<ExplanationLine>,
}

/// A node of the tree, in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ExplanationLine {
    /// How deep it stands.
    pub depth: usize,
    /// In words.
    pub text: String,
    /// How many articles it finds alone.
    pub articles: Option<u64>,
}

/// What is in the archive.
#[derive(Debug, Clone, Serialize)]
pub struct Status {
    /// The folder.
    pub path: PathBuf,
    /// The version of its form.
    pub format_version: u32,
    /// Articles.
    pub articles: u64,
    /// Files.
    pub files: u64,
    /// Rejected records.
    pub rejected: u64,
    /// The earliest day.
    pub first_date: Option<chrono::NaiveDate>,
    /// The latest day.
    pub last_date: Option<chrono::NaiveDate>,
    /// Articles without a date.
    pub undated: u64,
    /// Articles by language.
    pub languages: Vec<(String, u64)>,
    /// Articles by publication.
    pub sources: Vec<(String, u64)>,
    /// Bytes on disk.
    pub bytes: u64,
    /// When it was last indexed.
    pub last_indexed: Option<chrono::DateTime<chrono::Utc>>,
}

impl Archive {
    /// Opens.
    pub fn open(dir: &Path) -> Result<Archive> {
        Ok(Archive {
            path: dir.into(),
            articles: Arc::new(RwLock::new(Arc::new(Self::load(dir)?))),
        })
    }

    fn load(dir: &Path) -> Result<Vec<Article>> {
        let text =
            std::fs::read(dir.join("articles.json")).map_err(|_| Error::NoIndex(dir.into()))?;
        serde_json::from_slice(&text).map_err(|_| Error::NotAnIndex(dir.into()))
    }

    fn articles(&self) -> Arc<Vec<Article>> {
        Arc::clone(&self.articles.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn hits(&self, request: &Request) -> Result<Vec<Hit>> {
        if let Some(at) = request.query.find("headlin:") {
            let start = request.query[..at].chars().count();
            return Err(crate::query::QueryError {
                query: request.query.clone(),
                span: crate::query::tree::Span {
                    start,
                    end: start + 7,
                },
                message: "no field `headlin`".into(),
                hint: Some("did you mean `headline:`?".into()),
            }
            .into());
        }
        let words: Vec<String> = request
            .query
            .to_lowercase()
            .split_whitespace()
            .map(String::from)
            .collect();
        let mut hits = Vec::new();
        for article in self.articles().iter() {
            let text = format!("{} {}", article.headline, article.body).to_lowercase();
            if !words.iter().all(|word| match word.strip_prefix('-') {
                Some(word) => !text.contains(word),
                None => text.contains(word),
            }) {
                continue;
            }
            hits.push(Hit {
                rank: hits.len() as u64 + 1,
                score: 0.0,
                id: article.id.clone(),
                headline: article.headline.clone(),
                deck: article.deck.clone(),
                byline: article.byline.clone(),
                date: article.date,
                places: article.places.clone(),
                section: article.section.clone(),
                source: article.source.clone(),
                language: article.language.clone(),
                url: article.url.clone(),
                file: article.file.clone(),
                record: article.record,
                matches: 1,
                snippets: vec![Snippet {
                    field: SnippetField::Body,
                    text: article.body.replace('\n', " "),
                    highlights: vec![],
                }],
            });
        }
        Ok(hits)
    }

    /// Searches.
    pub fn search(&self, request: &Request) -> Result<Response> {
        let mut hits = self.hits(request)?;
        let total = hits.len() as u64;
        let skip: usize = request
            .after
            .as_deref()
            .map_or(Ok(0), str::parse)
            .map_err(|_| Error::Invalid {
                what: "--after".into(),
                why: "not a cursor of this search".into(),
            })?;
        hits = hits.into_iter().skip(skip).take(request.limit).collect();
        let seen = skip + hits.len();
        Ok(Response {
            query: QueryEcho {
                text: request.query.clone(),
                canonical: request.query.clone(),
                warnings: vec![],
            },
            total,
            sort: request.sort.unwrap_or(Sort::Relevance),
            took_ms: 0.5,
            next: (request.limit > 0 && (seen as u64) < total).then(|| seen.to_string()),
            hits,
            facets: request
                .facets
                .iter()
                .map(|&facet| {
                    (
                        facet,
                        vec![FacetCount {
                            value: "Invented".into(),
                            count: total,
                        }],
                    )
                })
                .collect::<BTreeMap<_, _>>(),
            timeline: request.timeline.map(|_| Vec::<Bucket>::new()),
        })
    }

    /// Exports.
    pub fn export(
        &self,
        request: &Request,
        each: &mut dyn FnMut(Hit) -> ControlFlow<()>,
    ) -> Result<Response> {
        for hit in self.hits(request)? {
            if each(hit).is_break() {
                break;
            }
        }
        self.search(&Request {
            limit: 0,
            ..request.clone()
        })
    }

    /// One article.
    pub fn article(&self, id: &str) -> Result<Article> {
        self.articles()
            .iter()
            .find(|article| article.id == id)
            .cloned()
            .ok_or_else(|| Error::NoArticle(id.into()))
    }

    /// Explains.
    pub fn explain(&self, request: &Request) -> Result<Explanation> {
        let articles = Some(self.hits(request)?.len() as u64);
        let line = |(depth, text): (usize, &str)| ExplanationLine {
            depth,
            text: text.into(),
            articles,
        };
        Ok(Explanation {
            canonical: request.query.clone(),
            warnings: vec![],
            lines: std::iter::once((0, "all of"))
                .chain(request.query.split_whitespace().map(|word| (1, word)))
                .map(line)
                .collect(),
        })
    }

    /// The state.
    pub fn status(&self) -> Result<Status> {
        Ok(Status {
            path: self.path.clone(),
            format_version: 1,
            articles: self.articles().len() as u64,
            files: 1,
            rejected: 0,
            first_date: None,
            last_date: None,
            undated: 0,
            languages: vec![],
            sources: vec![],
            bytes: 1,
            last_indexed: None,
        })
    }

    /// Newer commits.
    pub fn refresh(&self) -> Result<bool> {
        let articles = Arc::new(Self::load(&self.path)?);
        *self
            .articles
            .write()
            .unwrap_or_else(PoisonError::into_inner) = articles;
        Ok(true)
    }
}
