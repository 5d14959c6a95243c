//! What a page shows, as its address says it: a [`Request`], and the values of facets that were chosen beside it.
//! Address → [`Asked`] → the request that is searched, and back to the addresses of links: every state has one.

use std::collections::BTreeMap;
use std::fmt::Write;

use axum::http::Uri;

use crate::output::feed::encode;
use crate::query::{Context, Dialect, Parsed, QueryError, parse};
use crate::search::{FacetName, QueryEcho, Request};
use crate::serve::params;
use crate::{Error, Result};

/// One state of the search page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Asked {
    /// What stands in the box and the fields beside it.
    pub(super) request: Request,
    /// The values chosen of each facet: an article has to have one of each.
    pub(super) chosen: BTreeMap<FacetName, Vec<String>>,
    /// Whether the query is explained in words.
    pub(super) explain: bool,
}

/// What of an article is to be seen, and the search that it was opened from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Opened {
    /// The article.
    pub(super) id: String,
    /// One of its versions, other than the current one.
    pub(super) version: Option<u32>,
    /// What differs between two of them.
    pub(super) difference: Option<(u32, u32)>,
    /// The search.
    pub(super) asked: Asked,
}

/// The parameters of an address that the page has beside those of a search.
const EXPLAIN: &str = "explain";

/// The state that an address names.
pub(super) fn read(uri: &Uri) -> Result<Asked> {
    of(params::pairs(uri)?)
}

/// The article that an address names.
pub(super) fn opened(uri: &Uri) -> Result<Opened> {
    let (own, others): (Vec<_>, Vec<_>) = params::pairs(uri)?
        .into_iter()
        .partition(|(name, _)| matches!(name.as_str(), "id" | "version" | "diff"));
    let value = |wanted: &str| {
        let mut values = own.iter().filter(|(name, _)| name == wanted);
        match (values.next(), values.next()) {
            (_, Some(_)) => Err(params::invalid(wanted, "given more than once".into())),
            (found, None) => Ok(found.map(|(_, value)| value.as_str())),
        }
    };
    let number = |name: &str, text: &str| {
        let wrong = |_| params::invalid(name, format!("`{text}` is no number of a version"));
        text.trim().parse::<u32>().map_err(wrong)
    };
    let numbers = |text: &str| {
        let Some((from, to)) = text.split_once("..") else {
            let why = format!("`{text}` is not of the form 1..2");
            return Err(params::invalid("diff", why));
        };
        Ok((number("diff", from)?, number("diff", to)?))
    };
    let id = value("id")?.ok_or_else(|| params::invalid("id", "it is missing".into()))?;
    Ok(Opened {
        id: id.to_owned(),
        version: value("version")?
            .map(|text| number("version", text))
            .transpose()?,
        difference: value("diff")?.map(numbers).transpose()?,
        asked: of(others)?,
    })
}

fn of(pairs: Vec<(String, String)>) -> Result<Asked> {
    let mut asked = Asked::default();
    let mut others = Vec::new();
    for (name, value) in pairs {
        if let Ok(facet) = name.parse::<FacetName>() {
            let values = asked.chosen.entry(facet).or_default();
            if !value.trim().is_empty() && !values.contains(&value) {
                values.push(value);
            }
        } else if name == EXPLAIN {
            asked.explain = !value.is_empty();
        } else {
            others.push((name, value));
        }
    }
    asked.chosen.retain(|_, values| !values.is_empty());
    asked.request = params::request(&others, &|_| true)?;
    // The page shows no lines of context.
    asked.request.context = None;
    Ok(asked)
}

impl Asked {
    /// The address of this state.
    pub(super) fn address(&self) -> String {
        params::address(&self.request) + &self.beside()
    }

    /// The address of the state that `change` makes of this one, at its first hits.
    pub(super) fn with(&self, change: impl FnOnce(&mut Asked)) -> String {
        let mut asked = self.clone();
        asked.request.after = None;
        change(&mut asked);
        asked.address()
    }

    /// The address of an article that was found here; `more` are parameters of its own, as `&version=2`.
    pub(super) fn article(&self, id: &str, more: &str) -> String {
        let asked = if *self == Asked::default() {
            String::new()
        } else {
            let search = params::written(&self.request, |name| name != "after");
            format!("&{}{}", search.join("&"), self.beside())
        };
        params::article_address(id, &Request::default()) + more + &asked
    }

    fn beside(&self) -> String {
        let mut text = String::new();
        for (facet, values) in &self.chosen {
            for value in values {
                let _ = write!(text, "&{facet}={}", encode(value));
            }
        }
        if self.explain {
            let _ = write!(text, "&{EXPLAIN}=yes");
        }
        text
    }

    /// Whether this value of a facet is chosen.
    pub(super) fn has(&self, facet: FacetName, value: &str) -> bool {
        let values = self.chosen.get(&facet);
        values.is_some_and(|values| values.iter().any(|chosen| chosen == value))
    }

    /// The request for all of this, but for what was chosen of the facet `besides`.
    ///
    /// # Errors
    /// [`Error::Query`] when what stands in the box cannot be understood: conditions are joined only to a query that can.
    pub(super) fn narrowed(&self, besides: Option<FacetName>) -> Result<Request> {
        let parsed = self.parsed()?;
        let conditions: Vec<String> = self
            .chosen
            .iter()
            .filter(|(facet, _)| Some(**facet) != besides)
            .map(|(facet, values)| any_of(*facet, values))
            .collect();
        if conditions.is_empty() {
            return Ok(self.request.clone());
        }
        let conditions = conditions.join(" AND ");
        let query = match (self.request.dialect, self.request.query.trim()) {
            (_, "") => conditions,
            (Dialect::Morgue, _) => format!("({}) AND {conditions}", self.request.query),
            _ => format!("({}) AND {conditions}", parsed.tree),
        };
        Ok(Request {
            query,
            dialect: Dialect::Morgue,
            ..self.request.clone()
        })
    }

    /// What stands in the box, as it is understood.
    fn parsed(&self) -> Result<Parsed> {
        let today = || chrono::Local::now().date_naive();
        let context = Context {
            matching: self.request.matching,
            today: self.request.today.unwrap_or_else(today),
            dialect: self.request.dialect,
        };
        Ok(parse(&self.request.query, &context)?)
    }

    /// What was said of the query that was searched, said of what stands in the box.
    pub(super) fn echo(&self, mut echo: QueryEcho) -> QueryEcho {
        let Some(shift) = self.shift(&echo.text) else {
            return echo;
        };
        let length = self.request.query.chars().count();
        echo.text.clone_from(&self.request.query);
        echo.warnings.retain_mut(|warning| {
            warning.start = warning.start.saturating_sub(shift);
            warning.end = warning.end.saturating_sub(shift).min(length);
            warning.start < length || length == 0
        });
        echo
    }

    /// The same of an error.
    pub(super) fn error(&self, error: Error) -> Error {
        match error {
            Error::Query(error) => {
                let shift = self.shift(&error.query).unwrap_or(0);
                let mut span = error.span;
                span.start = span.start.saturating_sub(shift);
                span.end = span.end.saturating_sub(shift);
                Error::Query(QueryError {
                    query: self.request.query.clone(),
                    span,
                    ..error
                })
            }
            error => error,
        }
    }

    /// How far what stands in the box was moved in the query that was searched; none where both are the same.
    fn shift(&self, searched: &str) -> Option<usize> {
        (searched != self.request.query).then(|| usize::from(searched.starts_with('(')))
    }
}

/// One of these values of a facet, in the query language.
fn any_of(facet: FacetName, values: &[String]) -> String {
    let each: Vec<_> = values.iter().map(|value| facet.condition(value)).collect();
    match &each[..] {
        [one] => one.clone(),
        several => format!("({})", several.join(" OR ")),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::query::tree::Span;
    use crate::search::Warning;

    fn asked(address: &str) -> Asked {
        read(&address.parse().unwrap()).unwrap()
    }

    #[test]
    fn a_state_has_an_address() {
        for address in [
            "/?q=",
            "/?q=a%20%22b%22&from=1963&sort=newest&source=The%20Courier&source=%E6%96%B0&year=1963&explain=yes",
            "/?q=a&after=c%3A2&facet=source",
        ] {
            assert_eq!(asked(address).address(), address);
        }
        assert_eq!(asked("/?source=&explain=&q="), Asked::default());
        assert_eq!(asked("/?source=a&source=a").address(), "/?q=&source=a");
        assert_eq!(
            asked("/?q=a&after=x").with(|asked| asked.explain = true),
            "/?q=a&explain=yes"
        );
    }

    #[test]
    fn an_article_knows_where_it_was_opened() {
        let from = asked("/?q=a&after=x&source=b");
        let address = from.article("n:1", "&version=2");
        assert_eq!(address, "/article?id=n%3A1&version=2&q=a&source=b");
        let opened = opened(&address.parse().unwrap()).unwrap();
        assert_eq!(
            (opened.id.as_str(), opened.version, opened.difference),
            ("n:1", Some(2), None)
        );
        assert_eq!(opened.asked.address(), "/?q=a&source=b");
        assert_eq!(Asked::default().article("a", ""), "/article?id=a");
    }

    #[test]
    fn an_article_is_named_once_and_well() {
        let check = |address: &str, expected: &str| {
            let error = opened(&address.parse().unwrap()).unwrap_err();
            assert_eq!(error.to_string(), expected);
        };
        check("/article?q=a", "parameter `id`: it is missing");
        check("/article?id=a&id=b", "parameter `id`: given more than once");
        check(
            "/article?id=a&diff=1",
            "parameter `diff`: `1` is not of the form 1..2",
        );
        check(
            "/article?id=a&version=x",
            "parameter `version`: `x` is no number of a version",
        );
    }

    #[test]
    fn what_is_chosen_narrows_the_query() {
        let check = |address: &str, expected: &str| {
            assert_eq!(asked(address).narrowed(None).unwrap().query, expected);
        };
        check("/?q=a", "a");
        check("/?q=&source=The%20Invented", "source:\"The Invented\"");
        check(
            "/?q=a+OR+b&source=A&source=B&year=1963",
            "(a OR b) AND (source:\"A\" OR source:\"B\") AND date:1963",
        );
        check("/?q=a&language=pt-BR", "(a) AND lang:pt-BR");
        check(
            "/?q=a&topic=the+%22big%22+one*",
            "(a) AND topic:\"the  big  one*\"",
        );
        check(
            "/?q=a+or+b&dialect=nexis&source=A",
            "(a OR b) AND source:\"A\"",
        );
        let both = asked("/?q=a&source=A&year=1963");
        let besides = both.narrowed(Some(FacetName::Source)).unwrap();
        assert_eq!(besides.query, "(a) AND date:1963");
        // A query that is none does not become one by what stands around it.
        assert!(asked("/?q=a)+OR+(b&source=A").narrowed(None).is_err());
    }

    #[test]
    fn what_is_said_is_said_of_the_box() {
        let asked = asked("/?q=a+or+b&source=A");
        let warning = |start, end| Warning {
            start,
            end,
            message: String::new(),
        };
        let echo = asked.echo(QueryEcho {
            text: asked.narrowed(None).unwrap().query,
            canonical: String::new(),
            warnings: vec![warning(3, 5), warning(14, 20)],
        });
        assert_eq!(
            (echo.text.as_str(), echo.warnings),
            ("a or b", vec![warning(2, 4)])
        );
        let error = asked.error(Error::Query(QueryError {
            query: asked.narrowed(None).unwrap().query,
            span: Span::new(3, 5),
            message: String::new(),
            hint: None,
        }));
        let Error::Query(error) = error else { panic!() };
        assert_eq!((error.query.as_str(), error.span.start), ("a or b", 2));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn the_address_of_an_article_reads_back(id in "\\PC{0,20}", query in "\\S|\\S\\PC{0,20}\\S", source in "\\S\\PC{0,9}") {
            let asked = Asked {
                request: Request::for_query(query),
                chosen: BTreeMap::from([(FacetName::Source, vec![source])]),
                explain: false,
            };
            let read = opened(&asked.article(&id, "").parse().unwrap()).unwrap();
            prop_assert_eq!((read.id, read.asked), (id.clone(), asked.clone()));
            let named = opened(&params::article_address(&id, &asked.request).parse().unwrap()).unwrap();
            prop_assert_eq!((named.id, named.asked.request), (id, asked.request));
        }
    }
}
