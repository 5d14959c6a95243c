//! The frame of every page, and the one function through which all text of others goes into it.

use std::borrow::Cow;

use crate::output::marks::Piece;

/// Text as HTML, in elements and in quoted attributes alike. Control characters, which HTML does not allow, go, and so
/// do the two that turn the order of letters round; other directions are kept apart by the style sheet.
pub(super) fn escape(text: &str) -> Cow<'_, str> {
    let harmless = |letter: char| match letter {
        '&' | '<' | '>' | '"' | '\'' | '\u{202d}' | '\u{202e}' => false,
        '\n' | '\t' => true,
        letter => !letter.is_control(),
    };
    if text.chars().all(harmless) {
        return Cow::Borrowed(text);
    }
    let mut html = String::with_capacity(text.len() + 16);
    for letter in text.chars() {
        match letter {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            letter if harmless(letter) => html.push(letter),
            _ => {}
        }
    }
    Cow::Owned(html)
}

/// The HTML of each item, one after another.
pub(super) fn each<T>(items: impl IntoIterator<Item = T>, html: impl FnMut(T) -> String) -> String {
    items.into_iter().map(html).collect::<Vec<_>>().concat()
}

/// One line of what is known about an article: those of the texts that say something, with dots between them. Each is
/// kept apart (`bdi`), so that a name from right to left does not move its neighbours.
pub(super) fn facts(texts: impl IntoIterator<Item = Option<String>>) -> String {
    let texts = texts.into_iter().flatten();
    facts_in_html(texts.map(|text| Some(escape(&text).into_owned())))
}

/// As [`facts`], of texts that are HTML already.
pub(super) fn facts_in_html(texts: impl IntoIterator<Item = Option<String>>) -> String {
    let facts: Vec<String> = texts
        .into_iter()
        .flatten()
        .filter(|text| !text.trim().is_empty())
        .map(|text| format!("<bdi>{text}</bdi>"))
        .collect();
    format!("<p class=\"facts\">{}</p>\n", facts.join(" · "))
}

/// Pieces of text, matches marked.
pub(super) fn marked(pieces: &[Piece<'_>]) -> String {
    pieces
        .iter()
        .map(|piece| match (escape(piece.text), piece.marked) {
            (text, true) => format!("<mark>{text}</mark>"),
            (text, false) => text.into_owned(),
        })
        .collect()
}

/// ` lang="…"`, where the language is known: it tells the browser how to break lines and read aloud.
pub(super) fn lang(language: Option<&String>) -> String {
    language
        .map(|tag| format!(" lang=\"{}\"", escape(tag)))
        .unwrap_or_default()
}

/// A whole page. `title` is text, `body` is HTML.
pub(super) fn document(title: &str, body: &str) -> String {
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>{}</title>\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<link rel=\"icon\" href=\"data:,\">\n\
         <link rel=\"stylesheet\" href=\"/style.css\">\n</head>\n<body>\n\
         <header><a href=\"/\">morgue</a></header>\n<main>\n{body}</main>\n</body>\n</html>\n",
        escape(title)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_becomes_markup() {
        for (text, expected) in [
            (
                "<script>alert(1)</script>",
                "&lt;script&gt;alert(1)&lt;/script&gt;",
            ),
            ("\" onfocus='x'", "&quot; onfocus=&#39;x&#39;"),
            ("AT&T &lt;", "AT&amp;T &amp;lt;"),
            ("a\0b\u{1b}[1m\u{85}c", "ab[1mc"),
            ("two\nlines", "two\nlines"),
            ("žluťoučký 停戰", "žluťoučký 停戰"),
        ] {
            assert_eq!(escape(text), expected);
        }
    }
}
