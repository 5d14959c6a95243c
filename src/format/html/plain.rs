//! Values that carry markup although they should not (`<b>`, `&amp;`, `<p>…</p>`) → plain text.

use super::blocks;
use super::page::Page;
use crate::text::clean;

/// One line.
pub(crate) fn line(value: &str) -> String {
    if !value.contains(['<', '&']) {
        return clean::line(value);
    }
    let decoded = clean::entities(value);
    if has_tag(&decoded) { paragraphs_of(&decoded).join(" ") } else { clean::line(&decoded) }
}

/// Paragraphs divided by one empty line.
pub(crate) fn paragraphs(value: &str) -> String {
    let decoded = if value.contains('&') { clean::entities(value) } else { value.into() };
    if has_tag(&decoded) {
        return paragraphs_of(&decoded).join("\n\n");
    }
    clean::paragraphs(&decoded)
}

fn paragraphs_of(markup: &str) -> Vec<String> {
    blocks::blocks(&Page::parse(markup)).into_iter().map(|block| block.text).collect()
}

/// Whether there is a tag in it: `<` before a letter or a slash, and a `>` after that.
fn has_tag(text: &str) -> bool {
    let Some(last) = text.rfind('>') else { return false };
    text[..last]
        .split('<')
        .skip(1)
        .any(|rest| rest.starts_with(|letter: char| letter.is_ascii_alphabetic() || letter == '/'))
}
