//! What an agency says of a version of an item beside its text: status, number, embargo, what it follows, where it is from.
//!
//! The names are those of ninjs 1 to 3 and of the agencies' own JSON, compared without case and punctuation.

use std::borrow::Cow;

use super::super::{Draft, MapField, Part, story};
use super::Node;
use super::value::{date, first_text, text};
use crate::article::{Place, PlaceFrom, Status};
use crate::text::clean;
use crate::text::date::Reading;

/// What the status is called. Under the last name other things have one, too.
const STATUS: &[&str] = &["pubstatus", "publishingstatus", "status"];

/// Reads what `object` says of its version into the draft.
pub(super) fn fill(draft: &mut Draft, object: &Node<'_>) {
    let line = |names: &[&str]| {
        named(object, names)
            .and_then(text)
            .map(|text| clean::line(&text))
    };
    let article = &mut draft.article;
    let origins = &mut draft.origins;
    article.status = status(object);
    origins.note(Part::Status, "member pubstatus, publishingstatus or status");
    article.version = line(&["version", "versionnumber", "revision"])
        // A date, or a number of three parts, is no version that can be counted.
        .filter(|number| number.bytes().all(|c| c.is_ascii_digit() || c == b'.'))
        .filter(|number| number.matches('.').count() < 2)
        .and_then(|number| story::version(&number));
    article.follows =
        line(&["evolvedfrom", "rewriteof", "corrects", "replaces"]).filter(|id| !id.is_empty());
    origins.note(Part::Version, "member version, versionnumber or revision");
    origins.note(
        Part::Follows,
        "member evolvedfrom, rewriteof, corrects or replaces",
    );
    if let Some(located) = line(&["located"]).filter(|_| article.dateline.is_none()) {
        if !article
            .places
            .iter()
            .any(|place| place.name.eq_ignore_ascii_case(&located))
        {
            article
                .places
                .push(Place::named(located.clone(), PlaceFrom::Metadata));
            origins.also(MapField::Places, "member located");
        }
        origins.note(MapField::Dateline, "member located");
        article.dateline = Some(located).filter(|located| !located.is_empty());
    }
    let first = named(object, &["firstcreated"]).and_then(|node| date(node, None));
    let this = named(object, &["versioncreated"]).and_then(|node| date(node, None));
    if draft.updated.is_none() && first.is_some() && this.is_some() && first != this {
        draft.updated = this;
        origins.note(MapField::Updated, "member versioncreated");
    }
    countries(&mut draft.article.places, object);
    // The text is offered for download only.
    origins.note(Part::Stub, "a member renditions, and no text");
    draft.article.stub = draft.article.body.is_empty() && named(object, &["renditions"]).is_some();
}

/// Whether an object says that the item with its id, or the one that it corrects, may not be used.
pub(super) fn withdraws(object: &Node<'_>) -> bool {
    let text = |names: &[&str]| named(object, names).and_then(text);
    status(object) != Status::Usable && text(&["id", "uri", "guid"]).is_some()
}

/// Whether a member or column of this name may hold a status.
pub(crate) fn is_status(name: &str) -> bool {
    name.len() <= LONGEST && STATUS.contains(&squashed(name).as_str())
}

/// What an object says of its use: where it says so more than once, what holds it back counts.
fn status(object: &Node<'_>) -> Status {
    let members = object.members().iter();
    status_among(
        members
            .filter(|(name, _)| is_status(name))
            .map(|(_, node)| node),
    )
}

/// The first of these statuses that holds something back.
pub(crate) fn status_among<'n>(values: impl Iterator<Item = &'n Node<'n>>) -> Status {
    let mut statuses = values
        .filter_map(text)
        .map(|text| status_of(&clean::line(&text)));
    let found = statuses.find(|status| *status != Status::Usable);
    found.unwrap_or_default()
}

/// The status by its name; one that is not known holds nothing back.
fn status_of(name: &str) -> Status {
    match name
        .rsplit(':')
        .next()
        .unwrap_or_default()
        .to_lowercase()
        .as_str()
    {
        "canceled" | "cancelled" | "killed" | "kill" | "withdrawn" => Status::Canceled,
        "withheld" | "held" | "embargoed" => Status::Withheld,
        _ => Status::Usable,
    }
}

/// The embargo that a value is; what cannot be read is given back as it is printed. What says that there is none is none.
pub(super) fn embargo(node: &Node<'_>, language: Option<&str>) -> Option<Result<Reading, String>> {
    const NO: &[&str] = &["0", "false", "no", "-"];
    let printed = match node {
        Node::Bool(said) => said.then_some(Cow::Borrowed("true"))?,
        _ if node.is_void() => return None,
        _ => first_text(node).unwrap_or(Cow::Borrowed("an object without a date")),
    };
    let said = printed.trim();
    if NO.iter().any(|no| no.eq_ignore_ascii_case(said)) || story::is_placeholder(said) {
        return None;
    }
    let read = date(node, language);
    Some(read.ok_or_else(|| story::unreadable(&printed)))
}

/// The countries of places that have a code for them.
fn countries(places: &mut [Place], object: &Node<'_>) {
    let Some(Node::List(items)) = named(object, &["place", "places", "located", "locations"])
    else {
        return;
    };
    for item in items {
        let Some(name) = named(item, &["name", "literal"]).and_then(text) else {
            continue;
        };
        let Some(code) = country(item) else {
            continue;
        };
        let name = clean::line(&name);
        for place in places.iter_mut().filter(|place| place.name == name) {
            place.country = Some(code.clone());
        }
    }
}

/// The ISO 3166 code of a place, when it says that it has one.
fn country(place: &Node<'_>) -> Option<String> {
    let of = |names: &[&str]| named(place, names).and_then(text);
    let two = |code: &str| {
        let letters = code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_alphabetic());
        letters.then(|| code.to_ascii_uppercase())
    };
    if let Some(code) = of(&["countrycode", "countryisocode", "isocountrycode"]) {
        return two(code.trim());
    }
    let scheme = of(&["scheme", "uri"]).unwrap_or_default().to_lowercase();
    let iso = ["iso3166", "iso-3166", "countrycode", "country_code"]
        .iter()
        .any(|known| scheme.contains(known));
    if !iso {
        return None;
    }
    let last = scheme.rsplit(['/', ':']).next().unwrap_or_default();
    of(&["code", "qcode"])
        .and_then(|code| two(code.rsplit(':').next().unwrap_or_default().trim()))
        .or_else(|| two(last))
}

/// No name that is known is longer.
const LONGEST: usize = 24;

/// The letters and digits of a name, in lower case.
fn squashed(name: &str) -> String {
    name.chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|c| c.to_ascii_lowercase())
        .collect()
}

/// The member of one of these names, which are squashed; the first of them that is there.
fn named<'n>(object: &'n Node<'n>, names: &[&str]) -> Option<&'n Node<'n>> {
    names.iter().find_map(|wanted| {
        object
            .members()
            .iter()
            .find(|(name, value)| {
                name.len() <= LONGEST && !value.is_void() && squashed(name) == *wanted
            })
            .map(|(_, value)| value)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(json: &str, expected: (Status, Option<u32>, Option<&str>)) {
        let node: Node<'_> = serde_json::from_str(json).unwrap();
        let mut draft = Draft::default();
        fill(&mut draft, &node);
        let article = &draft.article;
        let found = (article.status, article.version, article.follows.as_deref());
        assert_eq!(found, expected, "{json}");
    }

    #[test]
    fn versions_are_told_by_the_names_of_ninjs() {
        check(
            r#"{"pubstatus": "canceled", "version": "3", "evolvedfrom": "urn:a:1"}"#,
            (Status::Canceled, Some(3), Some("urn:a:1")),
        );
        check(
            r#"{"pubStatus": "withheld", "version": 2}"#,
            (Status::Withheld, Some(2), None),
        );
        for canceled in ["canceled", "Cancelled", "killed", "kill", "withdrawn"] {
            for name in ["status", "pubStatus", "publishing_status"] {
                let json = format!(r#"{{"{name}": "{canceled}"}}"#);
                check(&json, (Status::Canceled, None, None));
            }
        }
        check(
            r#"{"pubstatus": "usable", "status": "withheld"}"#,
            (Status::Withheld, None, None),
        );
        for other in [r#""published""#, r#""draft""#, "200", "{}"] {
            let json = format!(r#"{{"status": {other}}}"#);
            check(&json, (Status::Usable, None, None));
        }
        check(
            r#"{"version": "1.10"}"#,
            (Status::Usable, Some(1_000_010), None),
        );
        check(r#"{"version": 3.0}"#, (Status::Usable, Some(3), None));
        check(r#"{"version": "1.2.3"}"#, (Status::Usable, None, None));
        check(r#"{"version": "a"}"#, (Status::Usable, None, None));
        check(r#"{"version": -1}"#, (Status::Usable, None, None));
    }

    #[test]
    fn an_embargo_is_read_or_told() {
        let check = |json: &str, expected: Option<Result<&str, &str>>| {
            let node: Node<'_> = serde_json::from_str(json).unwrap();
            let found = embargo(&node, None)
                .map(|read| read.map(|reading| reading.settle(None).unwrap().to_string()));
            let found = found
                .as_ref()
                .map(|read| read.as_deref().map_err(|text| &**text));
            assert_eq!(found, expected, "{json}");
        };
        check(
            r#""2099-05-03T10:00:00Z""#,
            Some(Ok("2099-05-03T10:00:00Z")),
        );
        check(r#"{"$date": "2099-05-03"}"#, Some(Ok("2099-05-03")));
        check("4081658400", Some(Ok("2099-05-05T10:00:00Z")));
        check(r#""31.12.2099""#, Some(Ok("2099-12-31")));
        for none in [
            "null",
            "false",
            "0",
            r#""0001-01-01T00:00:00""#,
            r#""""#,
            r#""no""#,
            r#""None""#,
        ] {
            check(none, None);
        }
        check(r#""2099-13-01""#, Some(Err("2099-13-01")));
        check(
            r#""until further notice""#,
            Some(Err("until further notice")),
        );
        check("true", Some(Err("true")));
        check(
            r#"{"until": "2099"}"#,
            Some(Err("an object without a date")),
        );
    }

    #[test]
    fn a_country_is_known_by_its_code() {
        let node: Node<'_> = serde_json::from_str(
            r#"{"place": [{"name": "Norway", "scheme": "http://cvx.iptc.org/iso3166-1a2/", "code": "no"}, {"name": "Oslo", "code": "os"}]}"#,
        )
        .unwrap();
        let mut places = ["Norway", "Oslo"].map(|name| Place::named(name, PlaceFrom::Metadata));
        countries(&mut places, &node);
        assert_eq!(places[0].country.as_deref(), Some("NO"));
        assert_eq!(places[1].country, None);
    }
}
