//! The parameters of an address ↔ a [`Request`]: one row a parameter in [`PARAMETERS`], read and written by the same row.
//!
//! A parameter without a value (`from=`) is as if it were not there: a form sends its empty fields too. One that is not
//! known is an error, since a misspelt `form=1963` would otherwise answer for all years.

mod table;

use axum::extract::Query;
use axum::http::Uri;
use percent_encoding::percent_decode_str;

pub(super) use table::{PARAMETERS, Parameter, Value};

use crate::output::feed::encode;
use crate::search::{FacetName, Request};
use crate::{Error, Result};

/// Those of them that say which articles are found, and so what is marked in one.
pub(super) fn of_the_query(name: &str) -> bool {
    matches!(name, "q" | "from" | "to" | "match" | "dialect" | "today")
        || name.parse::<FacetName>().is_ok()
}

/// Those that say which of the hits are shown.
pub(super) const OF_A_PAGE: &[&str] = &["limit", "after"];

/// The request that an address makes.
pub(super) fn read(uri: &Uri) -> Result<Request> {
    request(&pairs(uri)?, &|_| true)
}

/// The request of a query alone: which articles are found, and nothing of how they are shown.
pub(super) fn of_query(uri: &Uri) -> Result<Request> {
    request(&pairs(uri)?, &of_the_query)
}

/// The version that is asked for, and the query that is to be marked, where the address has one.
pub(super) fn version_and_query(uri: &Uri) -> Result<(Option<u32>, Option<Request>)> {
    let (version, others) = apart(uri, "version")?;
    let version = version.map(|text| version_number("version", &text));
    Ok((version.transpose()?, marking(&others)?))
}

/// The name of an output, and a request for every hit.
pub(super) fn format_and_request(uri: &Uri) -> Result<(Option<String>, Request)> {
    let (format, others) = apart(uri, "format")?;
    Ok((
        format,
        request(&others, &|name| !OF_A_PAGE.contains(&name))?,
    ))
}

/// The request that an address makes, with another limit where it says none.
pub(super) fn with_limit(uri: &Uri, limit: usize) -> Result<Request> {
    let (given, _) = apart(uri, "limit")?;
    let request = read(uri)?;
    Ok(if given.is_some() {
        request
    } else {
        Request { limit, ..request }
    })
}

/// The value of one parameter, if it has any, and the others.
fn apart(uri: &Uri, name: &str) -> Result<(Option<String>, Pairs)> {
    let pairs = pairs(uri)?.into_iter();
    let (mut wanted, others): (Vec<_>, Vec<_>) = pairs.partition(|(other, _)| other == name);
    wanted.retain(|(_, value)| !value.trim().is_empty());
    if wanted.len() > 1 {
        return Err(invalid(name, "given more than once".into()));
    }
    Ok((wanted.pop().map(|(_, value)| value), others))
}

/// The values of these parameters, of routes that are no searches.
pub(super) fn named<const N: usize>(uri: &Uri, names: [&str; N]) -> Result<[Option<String>; N]> {
    let mut values = [const { None }; N];
    for (name, value) in pairs(uri)? {
        let Some(at) = names.iter().position(|other| *other == name) else {
            return Err(unknown(&name, &format!("there is {}", names.join(", "))));
        };
        if value.trim().is_empty() {
            continue;
        }
        if values[at].replace(value).is_some() {
            return Err(invalid(&name, "given more than once".into()));
        }
    }
    Ok(values)
}

/// A number within bounds.
pub(super) fn number(name: &str, text: &str, least: usize, most: usize) -> Result<usize> {
    let number = text.parse().ok();
    let number = number.filter(|number| (least..=most).contains(number));
    number.ok_or_else(|| {
        invalid(
            name,
            format!("`{text}` is no number from {least} to {most}"),
        )
    })
}

/// The number of a version.
pub(super) fn version_number(name: &str, text: &str) -> Result<u32> {
    let wrong = |_| invalid(name, format!("`{text}` is no number of a version"));
    text.parse().map_err(wrong)
}

fn marking(pairs: &[(String, String)]) -> Result<Option<Request>> {
    let request = request(pairs, &of_the_query)?;
    Ok((!request.query.is_empty()).then_some(request))
}

/// The request that these parameters make, of those that are `allowed`.
pub(super) fn request(
    pairs: &[(String, String)],
    allowed: &dyn Fn(&str) -> bool,
) -> Result<Request> {
    let mut request = Request::default();
    let mut seen: Vec<&str> = Vec::new();
    let known = || PARAMETERS.iter().filter(|row| allowed(row.name));
    for (name, value) in pairs {
        let Some(parameter) = known().find(|parameter| parameter.name == name) else {
            let names: Vec<_> = known().map(|parameter| parameter.name).collect();
            return Err(unknown(name, &format!("there is {}", names.join(", "))));
        };
        if value.trim().is_empty() {
            continue;
        }
        let repeats = matches!(parameter.value, Value::Several(_) | Value::Texts);
        if !repeats && seen.contains(&parameter.name) {
            return Err(invalid(name, "given more than once".into()));
        }
        seen.push(parameter.name);
        (parameter.set)(&mut request, value).map_err(|why| invalid(name, why))?;
    }
    Ok(request)
}

/// Checks that an address has no parameter.
pub(super) fn none(uri: &Uri) -> Result<()> {
    match pairs(uri)?.first() {
        Some((name, _)) => Err(unknown(name, "there is none here")),
        None => Ok(()),
    }
}

/// The address of the search page for a request: what [`read`] reads back.
pub(super) fn address(request: &Request) -> String {
    address_at("/", request)
}

/// The same at another path, which is written as it stands.
pub(super) fn address_at(path: &str, request: &Request) -> String {
    let parameters = written(request, |_| true);
    format!("{path}?{}", parameters.join("&"))
}

/// The address of an article, in which the query of a request is to be marked: what the page reads back.
pub(super) fn article_address(id: &str, request: &Request) -> String {
    let mut parameters = vec![format!("id={}", encode(id))];
    if !request.query.trim().is_empty() {
        parameters.extend(written(request, of_the_query));
    }
    format!("/article?{}", parameters.join("&"))
}

/// The parameters of a request as they stand in an address, of those that are `wanted`.
pub(super) fn written(request: &Request, wanted: impl Fn(&str) -> bool) -> Vec<String> {
    let wanted = PARAMETERS.iter().filter(|row| wanted(row.name));
    let written = |row: &'static Parameter| {
        let values = (row.get)(request).into_iter();
        values.map(|value| format!("{}={}", row.name, encode(&value)))
    };
    wanted.flat_map(written).collect()
}

/// Names and values, in their order.
pub(super) type Pairs = Vec<(String, String)>;

/// The parameters as they come, decoded. What is no UTF-8 would be searched as something else.
pub(super) fn pairs(uri: &Uri) -> Result<Pairs> {
    let wrong = |why: String| Error::Invalid {
        what: "the address".into(),
        why,
    };
    if let Err(error) = percent_decode_str(uri.query().unwrap_or_default()).decode_utf8() {
        return Err(wrong(format!("it is not encoded in UTF-8: {error}")));
    }
    let Query(pairs) =
        Query::try_from_uri(uri).map_err(|rejection| wrong(rejection.body_text()))?;
    Ok(pairs)
}

fn unknown(name: &str, there_is: &str) -> Error {
    Error::Invalid {
        what: format!("parameter `{name}`"),
        why: format!("not known; {there_is}"),
    }
}

pub(super) fn invalid(name: &str, why: String) -> Error {
    Error::Invalid {
        what: format!("parameter `{name}`"),
        why,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::query::Dialect;
    use crate::search::{Match, Only, Sort, Unit};

    fn check(address: &str, expected: Result<Request, &str>) {
        let read = read(&address.parse().unwrap()).map_err(|error| error.to_string());
        assert_eq!(read, expected.map_err(String::from), "{address}");
    }

    #[test]
    fn reads_what_is_asked() {
        check("/", Ok(Request::default()));
        check("/?", Ok(Request::default()));
        check(
            "/?q=gaza+%22prisoner%20swap%22",
            Ok(Request::for_query("gaza \"prisoner swap\"")),
        );
        check("/?q=&from=&to=&sort=", Ok(Request::default()));
        check(
            "/?q=a&source=A,+B&source=C&source=C&year=1963&from=1963-08&match=any&dialect=nexis&sort=oldest&limit=0&facet=source,year&facet=place&timeline=year&today=1963-08-14",
            Ok(Request {
                from: Some("1963-08".into()),
                only: Only::from([
                    (FacetName::Source, vec!["A, B".into(), "C".into()]),
                    (FacetName::Year, vec!["1963".into()]),
                ]),
                matching: Match::Any,
                dialect: Dialect::Nexis,
                sort: Some(Sort::Oldest),
                limit: 0,
                facets: vec![FacetName::Source, FacetName::Year, FacetName::Place],
                timeline: Some(Unit::Year),
                today: "1963-08-14".parse().ok(),
                ..Request::for_query("a")
            }),
        );
    }

    #[test]
    fn a_value_of_every_facet_can_be_chosen() {
        for facet in FacetName::ALL {
            let only = Only::from([(*facet, vec!["a b".into()])]);
            let request = Request {
                only,
                ..Request::default()
            };
            assert_eq!(address(&request), format!("/?q=&{facet}=a%20b"));
            check(&address(&request), Ok(request));
        }
    }

    #[test]
    fn refuses_what_it_does_not_know() {
        check(
            "/?form=1963",
            Err(
                "parameter `form`: not known; there is q, from, to, source, section, byline, place, topic, language, year, match, dialect, sort, limit, after, facet, values, timeline, context, today",
            ),
        );
        check("/?q=a&q=b", Err("parameter `q`: given more than once"));
        check(
            "/?limit=1001",
            Err("parameter `limit`: `1001` is no number from 0 to 1000"),
        );
        check(
            "/?limit=-1",
            Err("parameter `limit`: `-1` is no number from 0 to 1000"),
        );
        check(
            "/?sort=best",
            Err("parameter `sort`: no sort order `best`; there is relevance, newest, oldest"),
        );
        check(
            "/?today=1963-02-30",
            Err("parameter `today`: `1963-02-30` is no day of the form 1963-08-14"),
        );
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn an_address_reads_back(query in "\\S|\\S\\PC{0,20}\\S", after in proptest::option::of("[!-~]{1,9}"), limit in 0..=1000usize, topics in prop::collection::btree_set("\\S\\PC{0,9}", 1..4)) {
            let only = Only::from([(FacetName::Topic, topics.into_iter().collect())]);
            let request = Request { after, only, limit, sort: Some(Sort::Newest), ..Request::for_query(query) };
            let address = address(&request);
            prop_assert_eq!(read(&address.parse().unwrap()).unwrap(), request);
        }
    }
}
