//! In which language a text is.

/// The language of a text as a BCP 47 tag, when that is sure.
#[must_use]
pub fn detect(text: &str) -> Option<&'static str> {
    let _ = text;
    None
}

/// A BCP 47 tag from what a source says: `en_IN`, `eng`, `English`, `pt-br`.
#[must_use]
pub fn normalise(tag: &str) -> Option<String> {
    Some(tag.replace('_', "-"))
}
