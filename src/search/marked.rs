//! One article, with the places where a query matches it: what is marked when a hit is opened.

use serde::{Deserialize, Serialize};

use super::analysed::Analysed;
use super::lines::passages;
use super::request::Request;
use super::response::{Passage, QueryEcho};
use super::run::Search;
use super::vocabulary::Vocabulary;
use crate::article::Article;
use crate::error::Result;
use crate::index::Archive;

/// An article and where a query matches it. In JSON it is the article with these members more.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Marked {
    /// The article, whole.
    #[serde(flatten)]
    pub article: Article,
    /// The query, as typed and as understood.
    pub query: QueryEcho,
    /// Whether the query finds this article. One that only asks for a date finds it without a match.
    pub found: bool,
    /// The matches, in order: as many as [`super::Hit::matches`] counts. Those of proximities may overlap.
    pub matches: Vec<Passage>,
    /// What is marked, in order, never overlapping: the words of the matches.
    pub marks: Vec<Passage>,
}

impl Archive {
    /// The article with this id, and where the query of a request matches it. Of the request, what says which articles are
    /// found is heeded: the query, how it is read, and the dates.
    ///
    /// # Errors
    /// [`crate::Error::NoArticle`] when there is none, and as [`Archive::search`].
    pub fn marked(&self, id: &str, request: &Request) -> Result<Marked> {
        let article = self.article(id)?;
        let search = Search::new(self, request)?;
        let mut vocabulary = Vocabulary::default();
        let analysed = Analysed::new(&article, &mut vocabulary);
        let matches = analysed.matches(&search.tree, &mut vocabulary)?;
        let found = matches.is_some();
        let matches = matches.unwrap_or_default();
        let (list, marks) = (
            passages(&analysed, &matches.list),
            passages(&analysed, &matches.marks),
        );
        Ok(Marked {
            article,
            query: search.echo,
            found,
            matches: list,
            marks,
        })
    }
}
