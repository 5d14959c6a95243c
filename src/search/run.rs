//! From a request to its response.

use std::collections::BTreeMap;
use std::time::Instant;

use tantivy::Searcher;

use super::analysed::Analysed;
use super::bits::Bits;
use super::cursor::Cursor;
use super::deadline::Deadline;
use super::lower::{Lower, Lowered, has_words};
use super::rank::{self, Ranked};
use super::request::{Request, Sort};
use super::response::{Hit, QueryEcho, Response, Warning};
use super::vocabulary::Vocabulary;
use super::{facet, lines, narrow, snippet, timeline};
use crate::article::Article;
use crate::error::{Error, Result};
use crate::index::Archive;
use crate::query::tree::Node;
use crate::query::{self, Context, Parsed};

impl Archive {
    /// Answers a request.
    ///
    /// # Errors
    /// [`Error::Query`] for a query or date that cannot be understood, [`Error::Invalid`] for a number that is too large or a cursor
    /// that is none, and what the engine says.
    pub fn search(&self, request: &Request) -> Result<Response> {
        let begin = Instant::now();
        let more = ", more by the cursor in `next`";
        at_most("limit", request.limit, Request::MAX_LIMIT, more)?;
        at_most("values", request.values, Request::MAX_VALUES, "")?;
        let search = Search::new(self, request)?;
        let mut vocabulary = Vocabulary::default();
        let page = search.page(request.after.as_deref(), request.limit)?;
        let mut hits = Vec::with_capacity(page.ranked.len());
        for (rank, ranked) in (page.given + 1..).zip(&page.ranked) {
            search.deadline.check()?;
            hits.push(search.hit(rank, ranked, &mut vocabulary)?);
        }
        let mut response = search.response(&page, request)?;
        response.next = page.next();
        response.hits = hits;
        response.took_ms = begin.elapsed().as_secs_f64() * 1e3;
        Ok(response)
    }
}

/// Refuses a number that is larger than one may ask for.
fn at_most(what: &str, asked: usize, most: usize, or: &str) -> Result<()> {
    if asked <= most {
        return Ok(());
    }
    Err(Error::Invalid {
        what: what.into(),
        why: format!("{asked} is too many; at most {most}{or}"),
    })
}

/// A request, understood, against one commit.
pub(super) struct Search<'a> {
    pub(super) deadline: Deadline,
    pub(super) archive: &'a Archive,
    pub(super) searcher: Searcher,
    pub(super) facts: std::sync::Arc<crate::index::Facts>,
    pub(super) tree: Node,
    pub(super) echo: QueryEcho,
    /// The characters of context on each side of a match, where its lines are asked for.
    context: Option<u16>,
    /// Whether snippets carry the hash of their text.
    hashes: bool,
    sort: Sort,
    pub(super) lowered: Lowered,
    /// Names the request in its cursors.
    name: String,
}

/// Some of the hits.
pub(super) struct Page<'a> {
    total: u64,
    /// How many hits came before.
    pub(super) given: u64,
    pub(super) ranked: Vec<Ranked>,
    /// Whether others follow.
    more: bool,
    /// All that match, segment by segment.
    matches: Vec<Bits>,
    request: &'a str,
}

impl Page<'_> {
    /// The cursor of what follows, when something does.
    pub(super) fn next(&self) -> Option<String> {
        let last = self.ranked.last()?;
        let given = self.given + self.ranked.len() as u64;
        let cursor = Cursor {
            position: last.position.clone(),
            given,
            request: self.request.to_owned(),
        };
        self.more.then(|| cursor.encode())
    }
}

impl<'a> Search<'a> {
    pub(super) fn new(archive: &'a Archive, request: &Request) -> Result<Self> {
        let deadline = Deadline::new(archive.limits());
        if let Some(context) = request.context
            && context > Request::MAX_CONTEXT
        {
            let why = format!("{context} is too much; at most {}", Request::MAX_CONTEXT);
            return Err(Error::Invalid {
                what: "context".into(),
                why,
            });
        }
        let searcher = archive.searcher();
        let facts = archive.facts(&searcher)?;
        let today = request
            .today
            .unwrap_or_else(|| chrono::Local::now().date_naive());
        let Parsed { tree, warnings } = query::parse(
            &request.query,
            &Context {
                matching: request.matching,
                today,
                dialect: request.dialect,
            },
        )?;
        let tree = narrow::to_days(tree, request, today)?;
        let warnings = warnings.into_iter();
        let echo = QueryEcho {
            text: request.query.clone(),
            canonical: tree.to_string(),
            warnings: warnings
                .map(|w| Warning {
                    start: w.span.start,
                    end: w.span.end,
                    message: w.message,
                })
                .collect(),
        };
        let lower = Lower::new(
            archive.fields(),
            &searcher,
            &facts.stems,
            &request.query,
            deadline,
        );
        let sort = request.sort.unwrap_or(if has_words(&tree) {
            Sort::Relevance
        } else {
            Sort::Newest
        });
        let mut lowered = lower.query(&tree, None, sort == Sort::Relevance)?;
        lowered.narrow_to(&request.only);
        let name = Cursor::request(&echo.canonical, &request.only, sort, facts.commit);
        deadline.check()?;
        Ok(Search {
            deadline,
            archive,
            searcher,
            facts,
            tree,
            echo,
            context: request.context,
            hashes: request.hashes,
            sort,
            lowered,
            name,
        })
    }

    pub(super) fn lower(&self) -> Lower<'_> {
        Lower::new(
            self.archive.fields(),
            &self.searcher,
            &self.facts.stems,
            &self.echo.text,
            self.deadline,
        )
    }

    pub(super) fn page(&self, after: Option<&str>, limit: usize) -> Result<Page<'_>> {
        let after = after
            .map(|cursor| Cursor::decode(cursor, &self.name))
            .transpose()?;
        let position = after.as_ref().map(|cursor| &cursor.position);
        // One hit more tells whether there are more: the total does not, when articles that were given are gone since.
        let wanted = if limit == 0 { 0 } else { limit + 1 };
        let mut top = rank::top(
            &self.searcher,
            &self.lowered,
            self.sort,
            wanted,
            position,
            &self.deadline,
        )?;
        let more = top.hits.len() > limit;
        top.hits.truncate(limit);
        let given = after.map_or(0, |cursor| cursor.given);
        Ok(Page {
            total: top.total,
            given,
            ranked: top.hits,
            more,
            matches: top.matches,
            request: &self.name,
        })
    }

    pub(super) fn hit(
        &self,
        rank: u64,
        ranked: &Ranked,
        vocabulary: &mut Vocabulary,
    ) -> Result<Hit> {
        let article = self.archive.article_at(&self.searcher, ranked.address)?;
        let analysed = Analysed::new(&article, vocabulary);
        let matches = analysed
            .matches(&self.tree, vocabulary)?
            .unwrap_or_default();
        let snippets = snippet::snippets(&analysed, &matches, self.hashes);
        let lines = self
            .context
            .map(|context| lines::lines(&analysed, &matches, context));
        let matches = u32::try_from(matches.list.len()).unwrap_or(u32::MAX);
        let Article {
            id,
            headline,
            deck,
            byline,
            date,
            places,
            section,
            source,
            language,
            url,
            file,
            record,
            ..
        } = article;
        Ok(Hit {
            rank,
            score: ranked.score,
            id,
            version: ranked.version,
            headline,
            deck,
            byline,
            date,
            places,
            section,
            source,
            language,
            url,
            file,
            record,
            matches,
            snippets,
            lines,
        })
    }

    /// All of the response but its hits.
    pub(super) fn response(&self, page: &Page<'_>, request: &Request) -> Result<Response> {
        let query = if request.after.is_none() {
            self.echo_with_advice(page.total == 0)?
        } else {
            self.echo.clone()
        };
        let (mut facets, mut others, mut buckets) = (BTreeMap::new(), BTreeMap::new(), None);
        if !request.facets.is_empty() || request.timeline.is_some() {
            let counts = facet::count(
                &self.searcher,
                &page.matches,
                &request.facets,
                request.timeline.is_some(),
                &self.deadline,
            )?;
            if let Some(unit) = request.timeline {
                let archive = || self.archive.days(&self.searcher);
                let all = self.facts.days(&self.searcher, archive)?;
                buckets = Some(timeline::timeline(unit, &counts.days, &all)?);
            }
            facets = counts.facets;
            for (name, values) in &mut facets {
                if let Some(more) = values
                    .len()
                    .checked_sub(request.values)
                    .filter(|more| *more > 0)
                {
                    others.insert(*name, more);
                    values.truncate(request.values);
                }
            }
        }
        Ok(Response {
            query,
            total: page.total,
            sort: self.sort,
            took_ms: 0.0,
            next: None,
            hits: Vec::new(),
            facets,
            others,
            timeline: buckets,
        })
    }
}
