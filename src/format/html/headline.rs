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
    /// Where the page does not state it: where its text is from.
    pub(crate) shown: &'static str,
}

/// How many statements of a headline are looked at, and how many bytes a title with the name of its site has.
const MOST: usize = 32;
const LONGEST: usize = 500;

/// Chooses among what is printed, what is stated (in the order of its weight) and the title of the page.
pub(crate) fn choose(page: &Page, stated: [&Stated; 3]) -> Headline {
    let printed = printed(page);
    let titles = stated
        .iter()
        .flat_map(|part| part.headline.iter().take(MOST));
    let all: Vec<&str> = printed
        .iter()
        .map(|(_, text)| text)
        .chain(titles)
        .map(String::as_str)
        .collect();
    let site = stated.iter().find_map(|part| part.publisher.as_deref());
    let told: Vec<&str> = stated
        .iter()
        .map(|part| {
            let text = part.headline.first().map_or("", String::as_str);
            without_site(text, site, &all)
        })
        .collect();
    // JSON-LD and metas in their own spelling: print sets a kicker into its headline without a mark between.
    for text in told.iter().take(2).filter(|text| !text.is_empty()) {
        if let Some((node, _)) = printed.iter().find(|(_, own)| folded(own) == folded(text)) {
            return Headline {
                text: (*text).to_owned(),
                node: Some(*node),
                shown: "",
            };
        }
    }
    let title = page
        .elements("title")
        .map(|(node, _)| page.text(node))
        .find(|text| !text.is_empty())
        .unwrap_or_default();
    let title = without_site(&title, site, &all);
    match told.iter().find(|text| !text.is_empty()) {
        Some(text) => Headline {
            text: (*text).to_owned(),
            node: nearest(&printed, text).map(|(node, _)| *node),
            shown: "",
        },
        None => unstated(&printed, title),
    }
}

/// The first headlines that are printed, with their elements.
fn printed(page: &Page) -> Vec<(NodeIndex, String)> {
    page.elements("h1")
        .map(|(node, _)| (node, page.text(node)))
        .filter(|(_, text)| !text.is_empty())
        .take(MOST)
        .collect()
}

/// The printed headline that a statement begins or ends with, or that begins or ends with it; else the first.
fn nearest<'a>(printed: &'a [(NodeIndex, String)], told: &str) -> Option<&'a (NodeIndex, String)> {
    let told = folded(told);
    printed
        .iter()
        .find(|(_, text)| begins_or_ends(&told, &folded(text)))
        .or(printed.first())
}

/// The headline of a page that has only a title: what is printed, unless that is a part of the title, such as the name
/// of the site; else the title.
fn unstated(printed: &[(NodeIndex, String)], title: &str) -> Headline {
    let whole = folded(title);
    let own = printed
        .iter()
        .find(|(_, text)| folded(text) == whole || !whole.contains(&folded(text)));
    match own {
        Some((node, text)) => Headline {
            text: text.clone(),
            node: Some(*node),
            shown: "h1",
        },
        None => Headline {
            text: title.to_owned(),
            node: printed.first().map(|(node, _)| *node),
            shown: "title",
        },
    }
}

/// For comparing: letters and digits in lower case.
pub(crate) fn folded(text: &str) -> String {
    text.chars()
        .filter(|letter| letter.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

fn begins_or_ends(one: &str, other: &str) -> bool {
    let (long, short) = if one.len() >= other.len() {
        (one, other)
    } else {
        (other, one)
    };
    short.len() >= 15 && (long.starts_with(short) || long.ends_with(short))
}

/// What stands between a title and the name of the site.
const SEPARATORS: &[&str] = &[
    " | ", " - ", " – ", " — ", " • ", " · ", " « ", " » ", " :: ", " * ", "｜", "：", "ㅣ", " ‹ ",
    " › ", " / ", "|",
];

/// A title without the name of the site after it: what stands before a separator, when another statement is just
/// that, when the site's name follows, or when it is much the longer part.
fn without_site<'a>(title: &'a str, site: Option<&str>, others: &[&str]) -> &'a str {
    let site = site.map(folded).filter(|site| !site.is_empty());
    let separators = if title.len() > LONGEST {
        &[]
    } else {
        SEPARATORS
    };
    for separator in separators {
        for (at, _) in title.match_indices(separator) {
            let (before, after) = (title[..at].trim(), folded(&title[at..]));
            let is_site = site.as_ref().is_some_and(|site| *site == after);
            if !before.is_empty()
                && (is_site || others.iter().any(|other| folded(other) == folded(before)))
            {
                return before;
            }
        }
    }
    match title.rsplit_once(" | ") {
        Some((before, after)) if before.len() > 2 * after.len() => before.trim(),
        _ => title,
    }
}
