//! Where the links of a page lead: to the article, to the hits that follow, to the hits of one facet value or stretch.

use crate::search::{Bucket, FacetName, Match, Request};
use crate::serve::params::{address, article_address};

/// The article to read, with what was asked for marked in it.
pub(super) fn article(asked: &Request, id: &str) -> String {
    article_address(id, asked)
}

/// The hits that an article was opened from.
pub(super) fn hits(asked: &Request) -> String {
    address(asked)
}

/// The same request, from another place in the list on.
pub(super) fn page(asked: &Request, after: Option<&str>) -> String {
    address(&Request {
        after: after.map(String::from),
        ..asked.clone()
    })
}

/// The same request, only in this stretch of time.
pub(super) fn stretch(asked: &Request, bucket: &Bucket) -> String {
    address(&Request {
        from: Some(bucket.from.to_string()),
        to: Some(bucket.to.to_string()),
        after: None,
        ..asked.clone()
    })
}

/// The same request, only the hits that have this value of a facet.
pub(super) fn narrowed(asked: &Request, facet: FacetName, value: &str) -> String {
    let condition = condition(facet, value);
    let query = match asked.query.trim() {
        "" => condition,
        // With `--match any` two parts side by side would widen the search, and an OR would take the condition for its own.
        query
            if asked.matching == Match::Any
                || query.split_whitespace().any(|word| word == "OR") =>
        {
            format!("({query}) AND {condition}")
        }
        query => format!("{query} {condition}"),
    };
    address(&Request {
        query,
        after: None,
        ..asked.clone()
    })
}

/// A facet value in the query language.
fn condition(facet: FacetName, value: &str) -> String {
    let field = match facet {
        FacetName::Source => "source",
        FacetName::Section => "section",
        FacetName::Byline => "byline",
        FacetName::Place => "place",
        FacetName::Topic => "topic",
        FacetName::Language => "lang",
        FacetName::Year => "date",
    };
    let simple = !value.is_empty()
        && value
            .chars()
            .all(|letter| letter.is_ascii_alphanumeric() || letter == '-');
    if simple && matches!(facet, FacetName::Language | FacetName::Year) {
        return format!("{field}:{value}");
    }
    // A quotation ends at the next quotation mark of any kind; inside it they count for nothing anyway.
    let quoted: String = value
        .chars()
        .map(|letter| {
            if matches!(letter, '"' | '“' | '”' | '„' | '«' | '»') {
                ' '
            } else {
                letter
            }
        })
        .collect();
    format!("{field}:\"{}\"", quoted.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_facet_narrows_the_query() {
        let check =
            |query: &str, matching: Match, facet: FacetName, value: &str, expected: &str| {
                let asked = Request {
                    matching,
                    after: Some("x".into()),
                    ..Request::for_query(query)
                };
                let wanted = Request {
                    matching,
                    ..Request::for_query(expected)
                };
                assert_eq!(narrowed(&asked, facet, value), address(&wanted));
            };
        check(
            "",
            Match::All,
            FacetName::Source,
            "The Invented",
            "source:\"The Invented\"",
        );
        check(
            "truce",
            Match::All,
            FacetName::Year,
            "1963",
            "truce date:1963",
        );
        check(
            "a OR b",
            Match::All,
            FacetName::Place,
            "Cairo",
            "(a OR b) AND place:\"Cairo\"",
        );
        check(
            "a b",
            Match::Any,
            FacetName::Language,
            "pt-BR",
            "(a b) AND lang:pt-BR",
        );
        check(
            "a",
            Match::All,
            FacetName::Topic,
            "the \"big\" one",
            "a topic:\"the  big  one\"",
        );
    }
}
