//! The headline: what is printed above the text, where the page also states it; else what it states.
//!
//! Titles for search engines and for social media often differ from the headline in print. What is printed wins when
//! any statement agrees with it; otherwise it may be the name of the site or of a section.

use super::page::{NodeIndex, Page};
use super::stated::Stated;

/// The headline, and where it is printed.
#[derive(Debug, Default)]
pub(crate) struct Headline {
    /// Its text; empty when there is none.
    pub(crate) text: String,
    /// The element it is printed in.
    pub(crate) node: Option<NodeIndex>,
}

/// Chooses among what is printed, what is stated (in the order of its weight) and the title of the page.
pub(crate) fn choose(page: &Page, stated: [&Stated; 3]) -> Headline {
    let printed: Vec<(NodeIndex, String)> = page
        .elements("h1")
        .map(|(node, _)| (node, page.text(node)))
        .filter(|(_, text)| !text.is_empty())
        .collect();
    let title = page.elements("title").map(|(node, _)| page.text(node)).find(|text| !text.is_empty());
    let site = stated.iter().find_map(|part| part.publisher.as_deref());
    let all: Vec<&str> = printed
        .iter()
        .map(|(_, text)| text.as_str())
        .chain(stated.iter().flat_map(|part| part.headline.iter().map(String::as_str)))
        .collect();
    let told: Vec<&str> = stated
        .iter()
        .filter_map(|part| part.headline.first().map(String::as_str))
        .chain(title.as_deref())
        .map(|text| without_site(text, site, &all))
        .collect();
    let place_of = |text: &str| printed.iter().find(|(_, own)| folded(own) == folded(text)).map(|(node, _)| *node);
    // JSON-LD and metas in their own spelling: print sets a kicker into its headline without a mark between.
    let first_two = stated.iter().take(2).filter(|part| !part.headline.is_empty()).count();
    let stated_and_printed = told.iter().take(first_two).find_map(|text| Some((*text, place_of(text)?)));
    if let Some((text, node)) = stated_and_printed {
        return Headline { text: text.to_owned(), node: Some(node) };
    }
    let near = printed
        .iter()
        .find(|(_, text)| told.iter().any(|told| begins_or_ends(&folded(told), &folded(text))))
        .or(printed.first());
    let text = told.first().copied().or(near.map(|(_, text)| text.as_str())).unwrap_or_default().to_owned();
    Headline { text, node: near.map(|(node, _)| *node) }
}

/// For comparing: letters and digits in lower case.
pub(crate) fn folded(text: &str) -> String {
    text.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn begins_or_ends(one: &str, other: &str) -> bool {
    let (long, short) = if one.len() >= other.len() { (one, other) } else { (other, one) };
    short.len() >= 15 && (long.starts_with(short) || long.ends_with(short))
}

/// What stands between a title and the name of the site.
const SEPARATORS: &[&str] = &[" | ", " - ", " – ", " — ", " • ", " · ", " « ", " » ", " :: ", " * ", "｜", "：", "ㅣ", " ‹ ", " › ", " / ", "|"];

/// A title without the name of the site after it: what stands before a separator, when another statement is just
/// that, when the site's name follows, or when it is much the longer part.
fn without_site<'a>(title: &'a str, site: Option<&str>, others: &[&str]) -> &'a str {
    let site = site.map(folded).filter(|site| !site.is_empty());
    for separator in SEPARATORS {
        for (at, _) in title.match_indices(separator) {
            let (before, after) = (title[..at].trim(), folded(&title[at..]));
            let is_site = site.as_ref().is_some_and(|site| *site == after);
            if !before.is_empty() && (is_site || others.iter().any(|other| folded(other) == folded(before))) {
                return before;
            }
        }
    }
    match title.rsplit_once(" | ") {
        Some((before, after)) if before.len() > 2 * after.len() => before.trim(),
        _ => title,
    }
}
