//! Reads datelines. (A stub until the real one is merged.)

use std::sync::LazyLock;

use regex::Regex;

/// A dateline at the beginning of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dateline {
    /// The place as printed.
    pub place: String,
    /// The date as printed.
    pub date: Option<String>,
    /// The agency.
    pub agency: Option<String>,
    /// How many bytes it takes, with the dash and the blanks after it.
    pub length: usize,
}

static FORM: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^\s*(\p{Lu}[\p{Lu}'. /-]+(?:, ?\p{Lu}[\p{L}. ]+?)?)(?:,? ((?:\p{L}{3,9}\.? \d{1,2}|\d{1,2} \p{L}{3,9}\.?)(?:,? \d{4})?))?(?: ?\(([^)]{2,20})\)| ?/([^/]{2,20})/)?\s*(?:-{1,2}|–|—|_)\s+").expect("the form is a regular expression")
});

/// The dateline at the beginning of `text`, if there is one.
pub fn split(text: &str) -> Option<Dateline> {
    if let Some(found) = FORM.captures(text) {
        let part = |n: usize| found.get(n).map(|part| part.as_str().trim().to_owned());
        return Some(Dateline {
            place: part(1)?.trim_end_matches(',').to_owned(),
            date: part(2),
            agency: part(3).or_else(|| part(4)),
            length: found.get(0)?.end(),
        });
    }
    let line = text.lines().next()?.trim();
    let alone = !line.is_empty()
        && line.chars().count() <= 40
        && line.chars().any(char::is_uppercase)
        && line
            .chars()
            .all(|c| c.is_uppercase() || " -'./".contains(c))
        && line.split(' ').count() <= 4;
    alone.then(|| Dateline {
        place: line.to_owned(),
        date: None,
        agency: None,
        length: text.len() - text.trim_start().len() + line.len(),
    })
}
