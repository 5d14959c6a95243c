//! What one part of a page (JSON-LD, metas, microdata) states about its article.

use crate::format::{MapField, Origin};

/// Statements as they were written; an empty list or `None` where the part is silent.
///
/// Lists are in the order of the page. Texts are one line of plain text, except [`Stated::body`]; dates are unread.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Stated {
    /// Whether it says that this is an article.
    pub(crate) is_article: bool,
    /// The headlines it gives, the best first.
    pub(crate) headline: Vec<String>,
    /// A description: the deck, or an advertisement for the page.
    pub(crate) deck: Option<String>,
    /// The text of the article, paragraphs divided by one empty line where the source divides them.
    pub(crate) body: Option<String>,
    /// The authors, each as written: one name, or several in one.
    pub(crate) authors: Vec<String>,
    /// When it was published: the statements, the best first.
    pub(crate) published: Vec<String>,
    /// When it was changed: the statements, the best first.
    pub(crate) updated: Vec<String>,
    /// The section of the publication.
    pub(crate) section: Option<String>,
    /// The publication.
    pub(crate) publisher: Option<String>,
    /// The language, as written.
    pub(crate) language: Option<String>,
    /// The addresses it gives for the article, the best first.
    pub(crate) url: Vec<String>,
    /// Keywords.
    pub(crate) topics: Vec<String>,
    /// Captions of pictures.
    pub(crate) captions: Vec<String>,
    /// The copyright line.
    pub(crate) copyright: Option<String>,
    /// Names of places.
    pub(crate) places: Vec<String>,
    /// The dateline.
    pub(crate) dateline: Option<String>,
    /// Every statement once more, with its field and the name under which it stands.
    pub(crate) told: Vec<(MapField, &'static str, String)>,
}

impl Stated {
    /// The name under which the value of a field stands, or a text that it is a part of.
    pub(crate) fn name_of(&self, field: MapField, value: &str) -> Option<&'static str> {
        let find = |fits: &dyn Fn(&str) -> bool| {
            let mut told = self.told.iter();
            told.find(|(own, _, text)| *own == field && fits(text))
                .map(|(_, name, _)| *name)
        };
        find(&|text| text == value)
            .or_else(|| find(&|text| text.contains(value) || value.ends_with(text)))
    }
}

/// What the three parts of a page are called, in the order of their weight.
const PARTS: [&str; 3] = ["JSON-LD", "meta", "microdata"];

/// The first part of a page that states the value of a field, and its name there.
pub(crate) fn origin(stated: [&Stated; 3], field: MapField, value: &str) -> Option<Origin> {
    let named = |(part, stated): (&'static str, &Stated)| {
        Some(Origin::Named(part, stated.name_of(field, value)?))
    };
    PARTS.into_iter().zip(stated).find_map(named)
}

/// Keywords from a field that holds several, divided by commas or semicolons.
pub(crate) fn keywords(field: &str) -> impl Iterator<Item = String> {
    field
        .split([',', ';', '،', '、'])
        .map(crate::text::clean::line)
        .filter(|word| !word.is_empty())
}
