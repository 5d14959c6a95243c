//! What a query means, part by part, and what its writer should know. Asks the archive about parts of the query as if each
//! were a query of its own; the words of it are [`crate::query::outline`]'s, the advice is [`super::advice`]'s.

use super::advice::{self, Asked};
use super::lower::Lowered;
use super::rank;
use super::request::{FacetName, Only, Request, Sort};
use super::response::QueryEcho;
use super::run::Search;
use crate::error::Result;
use crate::index::Archive;
use crate::query;
use crate::query::tree::{Field, Kind, Node, Span};

impl Archive {
    /// What a query means, in words.
    ///
    /// # Errors
    /// As [`Archive::search`].
    pub fn explain(&self, request: &Request) -> Result<Explanation> {
        let search = Search::new(self, request)?;
        let mut lines = Vec::new();
        for line in query::outline(&search.tree) {
            let articles = search.articles(line.node, line.field)?;
            lines.push(ExplainedLine {
                depth: line.depth,
                text: line.text,
                words: search.words_of(line.node, line.field)?,
                articles: Some(articles),
            });
        }
        let chosen = chosen(&request.only);
        if !chosen.is_empty() {
            lines = search.narrowed(&chosen, lines)?;
        }
        let nothing = lines.first().is_some_and(|line| line.articles == Some(0));
        let mut written = query::dialect::in_every_dialect(&search.tree);
        for written in &mut written {
            let unsaid = chosen
                .iter()
                .map(|(name, _)| format!("does not say which {name}"));
            written.notes.extend(unsaid);
        }
        Ok(Explanation {
            written,
            query: search.echo_with_advice(nothing)?,
            lines,
        })
    }
}

/// The facets of which something is chosen.
fn chosen(only: &Only) -> Vec<(FacetName, &Vec<String>)> {
    let chosen = only.iter().filter(|(_, values)| !values.is_empty());
    chosen.map(|(name, values)| (*name, values)).collect()
}

/// What a query means.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
pub struct Explanation {
    /// The query as typed and as understood.
    pub query: QueryEcho,
    /// Its parts, each with the number of articles that it finds by itself.
    pub lines: Vec<ExplainedLine>,
    /// The query in every dialect, morgue's own first, with what each cannot say.
    pub written: Vec<query::Written>,
}

/// A part of a query, in words.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
pub struct ExplainedLine {
    /// How deep it lies in the whole.
    pub depth: usize,
    /// What it means.
    pub text: String,
    /// How many words it stands for, when it is a wildcard or a fuzzy word.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub words: Option<u64>,
    /// How many articles it finds by itself.
    pub articles: Option<u64>,
}

impl Search<'_> {
    /// How many articles a node finds by itself.
    fn articles(&self, node: &Node, field: Option<Field>) -> Result<u64> {
        self.total(&self.lower().query(node, field, false)?)
    }

    fn total(&self, lowered: &Lowered) -> Result<u64> {
        let top = rank::top(
            &self.searcher,
            lowered,
            Sort::Newest,
            0,
            None,
            &self.deadline,
        )?;
        Ok(top.total)
    }

    /// The parts of the query, with what is chosen of facets as parts beside them.
    fn narrowed(
        &self,
        chosen: &[(FacetName, &Vec<String>)],
        parts: Vec<ExplainedLine>,
    ) -> Result<Vec<ExplainedLine>> {
        let line = |depth, text, articles| ExplainedLine {
            depth,
            text,
            words: None,
            articles: Some(articles),
        };
        let whole = line(0, "all of these:".into(), self.total(&self.lowered)?);
        let mut lines = vec![whole];
        match &self.tree.kind {
            Kind::All => {}
            Kind::And(_) => lines.extend(parts.into_iter().skip(1)),
            _ => lines.extend(parts.into_iter().map(|part| ExplainedLine {
                depth: part.depth + 1,
                ..part
            })),
        }
        let every = Node {
            kind: Kind::All,
            span: Span::default(),
        };
        for (name, values) in chosen {
            let mut alone = self.lower().query(&every, None, false)?;
            alone.narrow_to(&Only::from([(*name, (*values).clone())]));
            let values: Vec<_> = values.iter().map(|value| format!("\"{value}\"")).collect();
            let text = format!("with {} as {name}", values.join(" or "));
            lines.push(line(1, text, self.total(&alone)?));
        }
        Ok(lines)
    }

    fn asked<'s>(
        &'s self,
        nothing: bool,
        articles: &'s dyn Fn(&Node, Option<Field>) -> Result<u64>,
    ) -> Asked<'s> {
        Asked {
            fields: self.archive.fields(),
            searcher: &self.searcher,
            stems: &self.facts.stems,
            text: &self.echo.text,
            tree: &self.tree,
            nothing,
            articles,
        }
    }

    /// The query with all that its writer should know, in the order of its text.
    pub(super) fn echo_with_advice(&self, nothing: bool) -> Result<QueryEcho> {
        let articles = |node: &Node, field| self.articles(node, field);
        let advice = advice::advise(&self.asked(nothing, &articles))?;
        let mut echo = self.echo.clone();
        echo.warnings.extend(advice);
        echo.warnings.sort_by_key(|warning| warning.start);
        Ok(echo)
    }

    /// How many words a wildcard or fuzzy word stands for.
    fn words_of(&self, node: &Node, field: Option<Field>) -> Result<Option<u64>> {
        let articles = |node: &Node, field| self.articles(node, field);
        advice::words_of(&self.asked(false, &articles), node, field)
    }
}
