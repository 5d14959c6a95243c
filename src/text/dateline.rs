//! Datelines: `NEW YORK, March 2 (Reuters) -`.

/// The place and date that open a story.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dateline {
    /// The place as printed, without date and agency: `NEW YORK`, `AUSTIN, Texas`.
    pub place: String,
    /// The date as printed: `Feb. 1, 2017`, `Monday`.
    pub date: Option<String>,
    /// The agency as printed: `Reuters`.
    pub agency: Option<String>,
    /// How many bytes of the text it takes, with its dash and the blanks after it.
    pub length: usize,
}

/// The dateline that a text begins with; the text goes on at [`Dateline::length`].
#[must_use]
pub fn split(text: &str) -> Option<Dateline> {
    let _ = text;
    None
}

/// The dateline in a field that holds only that (dash and all). What follows the dash in the field
/// (`text[length..]`) belongs to the story.
#[must_use]
pub fn from_field(text: &str) -> Option<Dateline> {
    split(text)
}
