//! What a page shows, as its address says it: address → [`Asked`], and back to the addresses of links: every state has one.

use axum::http::Uri;

use crate::Result;
use crate::search::{FacetName, Request};
use crate::serve::params;

/// One state of the search page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Asked {
    /// What stands in the box and the fields beside it, and what is chosen of the facets.
    pub(super) request: Request,
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

fn of(pairs: params::Pairs) -> Result<Asked> {
    let (own, others): (Vec<_>, Vec<_>) = pairs.into_iter().partition(|(name, _)| name == EXPLAIN);
    let mut request = params::request(&others, &|_| true)?;
    // The page shows no lines of context.
    request.context = None;
    Ok(Asked {
        request,
        explain: own.iter().any(|(_, value)| !value.is_empty()),
    })
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
        if self.explain {
            format!("&{EXPLAIN}=yes")
        } else {
            String::new()
        }
    }

    /// Whether this value of a facet is chosen.
    pub(super) fn has(&self, facet: FacetName, value: &str) -> bool {
        let values = self.request.only.get(&facet);
        values.is_some_and(|values| values.iter().any(|chosen| chosen == value))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::search::Only;

    fn asked(address: &str) -> Asked {
        read(&address.parse().unwrap()).unwrap()
    }

    #[test]
    fn a_state_has_an_address() {
        for address in [
            "/?q=",
            "/?q=a%20%22b%22&from=1963&source=The%20Courier&source=%E6%96%B0&year=1963&sort=newest&explain=yes",
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

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn the_address_of_an_article_reads_back(id in "\\PC{0,20}", query in "\\S|\\S\\PC{0,20}\\S", source in "\\S\\PC{0,9}") {
            let only = Only::from([(FacetName::Source, vec![source])]);
            let asked = Asked { request: Request { only, ..Request::for_query(query) }, explain: false };
            let read = opened(&asked.article(&id, "").parse().unwrap()).unwrap();
            prop_assert_eq!((read.id, read.asked), (id.clone(), asked.clone()));
            let named = opened(&params::article_address(&id, &asked.request).parse().unwrap()).unwrap();
            prop_assert_eq!((named.id, named.asked.request), (id, asked.request));
        }
    }
}
