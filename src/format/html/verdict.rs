//! Whether a page is an article at all. In doubt it is.

use super::address;
use super::page::Page;
use crate::format::{Draft, Rejection};
use crate::source::SkipReason;

/// What speaks for and against a page.
pub(crate) struct Signs<'a> {
    /// The page.
    pub(crate) page: &'a Page,
    /// Whether it says of itself that it is an article: by its type, or by a time of publication in its head.
    pub(crate) declared: bool,
    /// How many blocks of running text its text has.
    pub(crate) prose: usize,
    /// How much the text says, in letters.
    pub(crate) weight: i64,
    /// The address that the page gives as its own.
    pub(crate) own_address: Option<&'a str>,
}

/// Titles of pages that a server sends instead of an article.
#[rustfmt::skip]
const ERRORS: &[&str] = &[
    "404", "403 forbidden", "access denied", "are you a robot", "attention required", "error 404", "internal server error",
    "just a moment", "nicht gefunden", "page introuvable", "page not found", "página no encontrada", "seite nicht gefunden",
    "service unavailable", "not found",
];

/// The reason why a page is no article, when it is none.
pub(crate) fn rejection(signs: &Signs<'_>, draft: &Draft) -> Option<Rejection> {
    let article = &draft.article;
    let no_article = |detail: String| Some(Rejection::new(SkipReason::NotAnArticle, detail));
    let refresh = signs.page.elements("meta").find(|(_, meta)| meta.has_word("http-equiv", "refresh"));
    if let Some((_, meta)) = refresh
        && signs.prose == 0
        && signs.weight < 200
        && article.headline.len() < 200
        && !signs.declared
    {
        let target = meta.attribute("content").unwrap_or_default();
        return no_article(format!("a page that only leads to another: `{}`", crate::text::clean::line(target)));
    }
    if article.headline.is_empty() && article.body.is_empty() {
        return Some(Rejection::new(SkipReason::NoText, "a page without headline and text"));
    }
    let title = article.headline.to_lowercase();
    if signs.weight < 1_000 && ERRORS.iter().any(|error| title == *error || title.starts_with(&format!("{error} ")) || title.ends_with(&format!(" {error}"))) {
        return no_article(format!("an error page: `{}`", article.headline));
    }
    let at_root = signs.own_address.is_some_and(|own| address::origin(own).is_some() && address::article(own, None).is_none());
    if at_root && !signs.declared {
        return no_article("the front page of a site, by its own address".to_owned());
    }
    if !signs.declared && signs.prose == 0 && draft.date.is_none() {
        return no_article("a page without running text and without a date".to_owned());
    }
    None
}
