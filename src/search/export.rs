//! Every hit of a request, one after another: from one commit, and in memory that does not grow with their number.

use std::ops::ControlFlow;
use std::time::Instant;

use super::deadline::Deadline;
use super::request::Request;
use super::response::{Hit, Response};
use super::run::Search;
use super::vocabulary::Vocabulary;
use crate::error::Result;
use crate::index::Archive;

/// How many hits are ranked at a time.
const PAGE: usize = 2_000;

/// Every hit of a request. What is written to the archive meanwhile is not seen.
pub struct Export<'a> {
    search: Search<'a>,
    head: Response,
    after: Option<String>,
}

impl Archive {
    /// Gets ready to give every hit of a request, whatever its `limit` says.
    ///
    /// # Errors
    /// As [`Archive::search`].
    pub fn exported(&self, request: &Request) -> Result<Export<'_>> {
        let begin = Instant::now();
        let search = Search::new(self, request)?;
        let page = search.page(request.after.as_deref(), 0)?;
        let mut head = search.response(&page, request)?;
        head.took_ms = begin.elapsed().as_secs_f64() * 1e3;
        Ok(Export {
            search,
            head,
            after: request.after.clone(),
        })
    }

    /// The same in one call: each hit in order, then the response, which has all but the hits.
    ///
    /// # Errors
    /// As [`Archive::search`].
    pub fn export(
        &self,
        request: &Request,
        each: &mut dyn FnMut(Hit) -> ControlFlow<()>,
    ) -> Result<Response> {
        let mut export = self.exported(request)?;
        export.each(each)?;
        Ok(export.head)
    }
}

impl Export<'_> {
    /// The response with all but the hits.
    #[must_use]
    pub fn head(&self) -> &Response {
        &self.head
    }

    /// Gives every hit in order, until it is told to stop. The time limit of the archive holds for each ranking of some
    /// thousand hits: how long their taker takes is no matter of the search.
    ///
    /// # Errors
    /// [`crate::Error::TooLong`], and what the engine says.
    pub fn each(&mut self, each: &mut dyn FnMut(Hit) -> ControlFlow<()>) -> Result<()> {
        loop {
            self.search.deadline = Deadline::new(self.search.archive.limits());
            let page = self.search.page(self.after.as_deref(), PAGE)?;
            let mut vocabulary = Vocabulary::default();
            for (rank, ranked) in (page.given + 1..).zip(&page.ranked) {
                if each(self.search.hit(rank, ranked, &mut vocabulary)?).is_break() {
                    return Ok(());
                }
            }
            let Some(after) = page.next() else {
                return Ok(());
            };
            self.after = Some(after);
        }
    }
}
