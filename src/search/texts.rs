//! The texts of an article that are searched, marked and cited, each by its field and its number in it.

use super::response::SnippetField;
use crate::article::Article;

/// A text of an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Text<'a> {
    /// What it is to the article.
    pub field: SnippetField,
    /// Which name of the byline or which caption, from 0; 0 for all other texts.
    pub part: usize,
    /// What it says.
    pub text: &'a str,
}

/// The texts of `article`, in the order in which they are indexed: the same as those of [`crate::index::document`].
pub fn texts(article: &Article) -> impl Iterator<Item = Text<'_>> {
    let Article {
        headline,
        deck,
        byline,
        body,
        captions,
        ..
    } = article;
    std::iter::once(one(SnippetField::Headline, headline))
        .chain(deck.iter().map(|deck| one(SnippetField::Deck, deck)))
        .chain(numbered(SnippetField::Byline, byline))
        .chain(std::iter::once(one(SnippetField::Body, body)))
        .chain(numbered(SnippetField::Caption, captions))
}

fn numbered(field: SnippetField, texts: &[String]) -> impl Iterator<Item = Text<'_>> {
    texts
        .iter()
        .enumerate()
        .map(move |(part, text)| Text { field, part, text })
}

fn one(field: SnippetField, text: &str) -> Text<'_> {
    Text {
        field,
        part: 0,
        text,
    }
}
