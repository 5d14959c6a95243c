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

/// One line of what is known about an article: those of the texts (HTML) that say something, with dots between them. Each is
/// kept apart (`bdi`), so that a name from right to left does not move its neighbours.
pub(super) fn facts(texts: impl IntoIterator<Item = Option<String>>) -> String {
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

/// A message, with what stands between backquotes as code.
pub(super) fn with_code(message: &str) -> String {
    let parts: Vec<_> = message.split('`').collect();
    if parts.len() % 2 == 0 {
        return escape(message).into_owned();
    }
    each(parts.iter().enumerate(), |(at, part)| match at % 2 {
        0 => escape(part).into_owned(),
        _ => format!("<code>{}</code>", escape(part)),
    })
}

/// A query with the line below it that points at a place.
pub(super) fn pointed_at(caret: &str) -> String {
    let (query, line) = caret.rsplit_once('\n').unwrap_or((caret, ""));
    format!(
        "<pre>{}\n<span class=\"caret\">{}</span></pre>\n",
        escape(query),
        escape(line)
    )
}

/// ` lang="…"`, where the language is known: it tells the browser how to break lines and read aloud.
pub(super) fn lang(language: Option<&String>) -> String {
    language
        .map(|tag| format!(" lang=\"{}\"", escape(tag)))
        .unwrap_or_default()
}

/// A whole page.
pub(super) struct Page<'a> {
    /// What the window is called; text.
    pub(super) title: &'a str,
    /// Its content, HTML.
    pub(super) body: &'a str,
    /// Links in its head, HTML.
    pub(super) links: &'a str,
    /// The kind of page, for the style sheet.
    pub(super) class: &'a str,
}

impl Page<'_> {
    /// The page as HTML.
    pub(super) fn html(&self) -> String {
        let Page {
            title,
            body,
            links,
            class,
        } = self;
        format!(
            "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>{}</title>\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <meta name=\"color-scheme\" content=\"light dark\">\n\
             <link rel=\"icon\" href=\"/page/icon.svg\" type=\"image/svg+xml\">\n\
             <link rel=\"stylesheet\" href=\"/page/style.css\">\n\
             <script type=\"module\" src=\"/page/main.js\"></script>\n{links}</head>\n<body class=\"{class}\">\n\
             <a class=\"skip\" href=\"#main\">To the content</a>\n\
             <header class=\"masthead\"><a class=\"name\" href=\"/\">morgue</a>\
             <nav aria-label=\"About\"><a href=\"/help\">How to ask</a></nav></header>\n\
             <main id=\"main\" tabindex=\"-1\">\n{body}</main>\n\
             <p id=\"said\" class=\"unseen\" role=\"status\"></p>\n</body>\n</html>\n",
            escape(title)
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_quoted_is_code() {
        for (message, expected) in [
            ("no field `a<b`", "no field <code>a&lt;b</code>"),
            ("`a` is `b", "`a` is `b"),
            ("plain", "plain"),
        ] {
            assert_eq!(with_code(message), expected);
        }
    }

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
