//! The table of the parameters of a search: what each is, how it is read, how it is written.

use std::str::FromStr;

use crate::query::Dialect;
use crate::search::{FacetName, Match, Request, Sort, Unit};

/// One row of the table of parameters.
pub(in crate::serve) struct Parameter {
    pub(in crate::serve) name: &'static str,
    /// One line of help.
    pub(in crate::serve) help: &'static str,
    /// What its value is.
    pub(in crate::serve) value: Value,
    /// Takes its value over, or says what is wrong with it.
    pub(super) set: fn(&mut Request, &str) -> Result<(), String>,
    /// Its value in an address; `None` where that is the default.
    pub(super) get: fn(&Request) -> Option<String>,
}

/// The parameters of a search, in the order in which they stand in an address.
pub(in crate::serve) const PARAMETERS: &[Parameter] = &[
    Parameter {
        name: "q",
        help: "The query, in the query language. Without one, every article that the other parameters allow, newest first",
        value: Value::Text,
        set: |request, text| {
            text.clone_into(&mut request.query);
            Ok(())
        },
        get: |request| Some(request.query.clone()),
    },
    Parameter {
        name: "from",
        help: "Only articles dated then or later: `1963`, `1963-08`, `1963-08-14`, and every other date of the query language",
        value: Value::Text,
        set: |request, text| optional(&mut request.from, text),
        get: |request| request.from.clone(),
    },
    Parameter {
        name: "to",
        help: "Only articles dated then or earlier",
        value: Value::Text,
        set: |request, text| optional(&mut request.to, text),
        get: |request| request.to.clone(),
    },
    Parameter {
        name: "match",
        help: "Whether words without an operator must all occur, or any",
        value: Value::OneOf(|| names(Match::ALL, Match::name)),
        set: |request, text| text.parse().map(|value| request.matching = value),
        get: |request| {
            (request.matching != Request::default().matching).then(|| request.matching.to_string())
        },
    },
    Parameter {
        name: "dialect",
        help: "The language that the query is written in",
        value: Value::OneOf(|| names(Dialect::ALL, Dialect::name)),
        set: |request, text| text.parse().map(|value| request.dialect = value),
        get: |request| {
            (request.dialect != Request::default().dialect).then(|| request.dialect.to_string())
        },
    },
    Parameter {
        name: "sort",
        help: "The order of the hits; relevance where the query has words, else newest",
        value: Value::OneOf(|| names(Sort::ALL, Sort::name)),
        set: |request, text| optional(&mut request.sort, text),
        get: |request| request.sort.map(|sort| sort.to_string()),
    },
    Parameter {
        name: "limit",
        help: "How many hits at most; 0 asks for counts only",
        value: Value::Number(Request::MAX_LIMIT),
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
        help: "Go on after the last hit of an earlier answer: its `next`",
        value: Value::Text,
        set: |request, text| optional(&mut request.after, text),
        get: |request| request.after.clone(),
    },
    Parameter {
        name: "facet",
        help: "Count the hits by this; may be repeated, or joined by commas",
        value: Value::Several(|| names(FacetName::ALL, FacetName::name)),
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
        help: "Count the hits by this unit of time",
        value: Value::OneOf(|| names(Unit::ALL, Unit::name)),
        set: |request, text| optional(&mut request.timeline, text),
        get: |request| request.timeline.map(|unit| unit.to_string()),
    },
    Parameter {
        name: "context",
        help: "Add every match of each hit, with so many characters of context on each side",
        value: Value::Number(Request::MAX_CONTEXT as usize),
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
        help: "The day that `date:last-week` and its like start from, instead of the clock's",
        value: Value::Day,
        set: |request, text| {
            let wrong = |_| format!("`{text}` is no day of the form 1963-08-14");
            text.parse()
                .map_err(wrong)
                .map(|day| request.today = Some(day))
        },
        get: |request| request.today.map(|day| day.to_string()),
    },
];

/// What the value of a parameter is.
pub(in crate::serve) enum Value {
    /// Any text.
    Text,
    /// One of these names.
    OneOf(fn() -> Vec<&'static str>),
    /// Some of these names; the parameter may be repeated.
    Several(fn() -> Vec<&'static str>),
    /// A number from 0 to this one.
    Number(usize),
    /// A day: `1963-08-14`.
    Day,
}

fn names<T: Copy>(values: &[T], name: fn(T) -> &'static str) -> Vec<&'static str> {
    values.iter().map(|value| name(*value)).collect()
}

fn optional<T: FromStr<Err: ToString>>(member: &mut Option<T>, text: &str) -> Result<(), String> {
    *member = Some(text.parse().map_err(|error: T::Err| error.to_string())?);
    Ok(())
}
