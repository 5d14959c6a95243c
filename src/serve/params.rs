//! The parameters of an address ↔ a [`Request`]: one row a parameter in [`PARAMETERS`], read and written by the same row.
//!
//! A parameter without a value (`from=`) is as if it were not there: a form sends its empty fields too. One that is not
//! known is an error, since a misspelt `form=1963` would otherwise answer for all years.

use std::fmt::Write;
use std::str::FromStr;

use axum::extract::Query;
use axum::http::Uri;

use crate::search::Request;
use crate::{Error, Result};

/// One row of the table of parameters.
struct Parameter {
    name: &'static str,
    /// Whether it may come several times.
    repeats: bool,
    /// Takes its value over, or says what is wrong with it.
    set: fn(&mut Request, &str) -> Result<(), String>,
    /// Its value in an address; `None` where that is the default.
    get: fn(&Request) -> Option<String>,
}

/// The parameters of a search, in the order in which they stand in an address.
const PARAMETERS: &[Parameter] = &[
    Parameter {
        name: "q",
        repeats: false,
        set: |request, text| {
            text.clone_into(&mut request.query);
            Ok(())
        },
        get: |request| Some(request.query.clone()),
    },
    Parameter {
        name: "from",
        repeats: false,
        set: |request, text| optional(&mut request.from, text),
        get: |request| request.from.clone(),
    },
    Parameter {
        name: "to",
        repeats: false,
        set: |request, text| optional(&mut request.to, text),
        get: |request| request.to.clone(),
    },
    Parameter {
        name: "match",
        repeats: false,
        set: |request, text| text.parse().map(|value| request.matching = value),
        get: |request| {
            (request.matching != Request::default().matching).then(|| request.matching.to_string())
        },
    },
    Parameter {
        name: "dialect",
        repeats: false,
        set: |request, text| text.parse().map(|value| request.dialect = value),
        get: |request| {
            (request.dialect != Request::default().dialect).then(|| request.dialect.to_string())
        },
    },
    Parameter {
        name: "sort",
        repeats: false,
        set: |request, text| optional(&mut request.sort, text),
        get: |request| request.sort.map(|sort| sort.to_string()),
    },
    Parameter {
        name: "limit",
        repeats: false,
        set: |request, text| {
            let limit = text
                .parse()
                .ok()
                .filter(|limit| *limit <= Request::MAX_LIMIT);
            let wrong = || format!("`{text}` is no number from 0 to {}", Request::MAX_LIMIT);
            limit.ok_or_else(wrong).map(|limit| request.limit = limit)
        },
        get: |request| (request.limit != Request::DEFAULT_LIMIT).then(|| request.limit.to_string()),
    },
    Parameter {
        name: "after",
        repeats: false,
        set: |request, text| optional(&mut request.after, text),
        get: |request| request.after.clone(),
    },
    Parameter {
        name: "facet",
        repeats: true,
        set: |request, text| {
            for name in text.split(',') {
                let facet = name.trim().parse()?;
                if !request.facets.contains(&facet) {
                    request.facets.push(facet);
                }
            }
            Ok(())
        },
        get: |request| {
            let names: Vec<_> = request.facets.iter().map(|facet| facet.name()).collect();
            (!names.is_empty()).then(|| names.join(","))
        },
    },
    Parameter {
        name: "timeline",
        repeats: false,
        set: |request, text| optional(&mut request.timeline, text),
        get: |request| request.timeline.map(|unit| unit.to_string()),
    },
    Parameter {
        name: "context",
        repeats: false,
        set: |request, text| {
            let context = text
                .parse()
                .ok()
                .filter(|context| *context <= Request::MAX_CONTEXT);
            let wrong = || format!("`{text}` is no number from 0 to {}", Request::MAX_CONTEXT);
            request.context = Some(context.ok_or_else(wrong)?);
            Ok(())
        },
        get: |request| request.context.map(|context| context.to_string()),
    },
    Parameter {
        name: "today",
        repeats: false,
        set: |request, text| {
            let wrong = |_| format!("`{text}` is no day of the form 1963-08-14");
            text.parse()
                .map_err(wrong)
                .map(|day| request.today = Some(day))
        },
        get: |request| request.today.map(|day| day.to_string()),
    },
];

/// Those of them that say which articles are found, and so what is marked in one.
const OF_THE_QUERY: &[&str] = &["q", "from", "to", "match", "dialect", "today"];

fn optional<T: FromStr<Err: ToString>>(member: &mut Option<T>, text: &str) -> Result<(), String> {
    *member = Some(text.parse().map_err(|error: T::Err| error.to_string())?);
    Ok(())
}

/// The request that an address makes.
pub(super) fn read(uri: &Uri) -> Result<Request> {
    request(&pairs(uri)?, &|_| true)
}

/// The query that an address makes, where it has one: what is to be marked in an article.
pub(super) fn query(uri: &Uri) -> Result<Option<Request>> {
    marking(&pairs(uri)?)
}

fn marking(pairs: &[(String, String)]) -> Result<Option<Request>> {
    let request = request(pairs, &|name| OF_THE_QUERY.contains(&name))?;
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
        if !parameter.repeats && seen.contains(&parameter.name) {
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
    let parameters = written(request, |_| true);
    format!("/?{}", parameters.join("&"))
}

/// The address of an article, in which the query of a request is to be marked: what the page reads back.
pub(super) fn article_address(id: &str, request: &Request) -> String {
    let mut parameters = vec![format!("id={}", encode(id))];
    if !request.query.trim().is_empty() {
        parameters.extend(written(request, |name| OF_THE_QUERY.contains(&name)));
    }
    format!("/article?{}", parameters.join("&"))
}

/// The parameters of a request as they stand in an address, of those that are `wanted`.
pub(super) fn written(request: &Request, wanted: impl Fn(&str) -> bool) -> Vec<String> {
    let wanted = PARAMETERS.iter().filter(|row| wanted(row.name));
    let written = |row: &Parameter| {
        let value = (row.get)(request)?;
        Some(format!("{}={}", row.name, encode(&value)))
    };
    wanted.filter_map(written).collect()
}

/// Percent-encodes all but the unreserved characters of RFC 3986.
pub(super) fn encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            write!(encoded, "%{byte:02X}").expect("a string takes all that is written");
        }
    }
    encoded
}

/// The parameters as they come, decoded.
pub(super) fn pairs(uri: &Uri) -> Result<Vec<(String, String)>> {
    let Query(pairs) = Query::try_from_uri(uri).map_err(|rejection| Error::Invalid {
        what: "the address".into(),
        why: rejection.body_text(),
    })?;
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
    use crate::search::{FacetName, Match, Sort, Unit};

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
            "/?q=a&from=1963-08&match=any&dialect=nexis&sort=oldest&limit=0&facet=source,year&facet=place&timeline=year&today=1963-08-14",
            Ok(Request {
                from: Some("1963-08".into()),
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
    fn refuses_what_it_does_not_know() {
        check(
            "/?form=1963",
            Err(
                "parameter `form`: not known; there is q, from, to, match, dialect, sort, limit, after, facet, timeline, context, today",
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
        fn an_address_reads_back(query in "\\S|\\S\\PC{0,20}\\S", after in proptest::option::of("[!-~]{1,9}"), limit in 0..=1000usize) {
            let request = Request { after, limit, sort: Some(Sort::Newest), ..Request::for_query(query) };
            let address = address(&request);
            prop_assert_eq!(read(&address.parse().unwrap()).unwrap(), request);
        }
    }
}
