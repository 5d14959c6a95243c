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
    /// Its values in an address; none where that is the default.
    pub(super) get: fn(&Request) -> Vec<String>,
}

/// The row of a facet whose values are chosen.
macro_rules! only {
    ($facet:ident, $help:literal) => {
        Parameter {
            name: FacetName::$facet.name(),
            help: $help,
            value: Value::Texts,
            set: |request, text| {
                let values = request.only.entry(FacetName::$facet).or_default();
                if values.iter().all(|value| value != text) {
                    values.push(text.to_owned());
                }
                Ok(())
            },
            get: |request| {
                let values = request.only.get(&FacetName::$facet);
                values.cloned().unwrap_or_default()
            },
        }
    };
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
        get: |request| vec![request.query.clone()],
    },
    Parameter {
        name: "from",
        help: "Only articles dated then or later: `1963`, `1963-08`, `1963-08-14`, and every other date of the query language",
        value: Value::Text,
        set: |request, text| optional(&mut request.from, text),
        get: |request| written(request.from.as_ref()),
    },
    Parameter {
        name: "to",
        help: "Only articles dated then or earlier",
        value: Value::Text,
        set: |request, text| optional(&mut request.to, text),
        get: |request| written(request.to.as_ref()),
    },
    only!(
        Source,
        "Only articles of this publication, named as the facet `source` names it; may be repeated: either"
    ),
    only!(Section, "Only articles of this section; may be repeated"),
    only!(Byline, "Only articles by this author; may be repeated"),
    only!(Place, "Only articles that name this place; may be repeated"),
    only!(Topic, "Only articles with this topic; may be repeated"),
    only!(
        Language,
        "Only articles in this language, a BCP 47 tag; may be repeated"
    ),
    only!(Year, "Only articles of this year; may be repeated"),
    Parameter {
        name: "match",
        help: "Whether words without an operator must all occur, or any",
        value: Value::OneOf(|| names(Match::ALL, Match::name)),
        set: |request, text| text.parse().map(|value| request.matching = value),
        get: |request| unless(Request::default().matching, request.matching),
    },
    Parameter {
        name: "dialect",
        help: "The language that the query is written in",
        value: Value::OneOf(|| names(Dialect::ALL, Dialect::name)),
        set: |request, text| text.parse().map(|value| request.dialect = value),
        get: |request| unless(Request::default().dialect, request.dialect),
    },
    Parameter {
        name: "sort",
        help: "The order of the hits; relevance where the query has words, else newest",
        value: Value::OneOf(|| names(Sort::ALL, Sort::name)),
        set: |request, text| optional(&mut request.sort, text),
        get: |request| written(request.sort),
    },
    Parameter {
        name: "limit",
        help: "How many hits at most; 0 asks for counts only",
        value: Value::Number(Request::MAX_LIMIT),
        set: |request, text| number(text, Request::MAX_LIMIT).map(|limit| request.limit = limit),
        get: |request| unless(Request::DEFAULT_LIMIT, request.limit),
    },
    Parameter {
        name: "after",
        help: "Go on after the last hit of an earlier answer: its `next`",
        value: Value::Text,
        set: |request, text| optional(&mut request.after, text),
        get: |request| written(request.after.as_ref()),
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
            written((!names.is_empty()).then(|| names.join(",")))
        },
    },
    Parameter {
        name: "values",
        help: "How many values of each facet at most, the largest counts first",
        value: Value::Number(Request::MAX_VALUES),
        set: |request, text| {
            number(text, Request::MAX_VALUES).map(|values| request.values = values)
        },
        get: |request| unless(Request::DEFAULT_VALUES, request.values),
    },
    Parameter {
        name: "timeline",
        help: "Count the hits by this unit of time",
        value: Value::OneOf(|| names(Unit::ALL, Unit::name)),
        set: |request, text| optional(&mut request.timeline, text),
        get: |request| written(request.timeline),
    },
    Parameter {
        name: "context",
        help: "Add every match of each hit, with so many characters of context on each side",
        value: Value::Number(Request::MAX_CONTEXT as usize),
        set: |request, text| {
            number(text, Request::MAX_CONTEXT).map(|context| request.context = Some(context))
        },
        get: |request| written(request.context),
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
        get: |request| written(request.today),
    },
];

/// What the value of a parameter is.
pub(in crate::serve) enum Value {
    /// Any text.
    Text,
    /// Any text; the parameter may be repeated.
    Texts,
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

/// A number from 0 to this one.
fn number<T: FromStr + PartialOrd + std::fmt::Display + Copy>(
    text: &str,
    most: T,
) -> Result<T, String> {
    let number = text.parse().ok().filter(|number| *number <= most);
    number.ok_or_else(|| format!("`{text}` is no number from 0 to {most}"))
}

fn written(value: impl IntoIterator<Item: ToString>) -> Vec<String> {
    value.into_iter().map(|value| value.to_string()).collect()
}

fn unless<T: PartialEq + ToString + Copy>(default: T, value: T) -> Vec<String> {
    written((value != default).then_some(value))
}

fn optional<T: FromStr<Err: ToString>>(member: &mut Option<T>, text: &str) -> Result<(), String> {
    *member = Some(text.parse().map_err(|error: T::Err| error.to_string())?);
    Ok(())
}
