//! Text out of HTML in a field: the `<p>…</p>` of an exported body, the `&amp;` of an exported headline.
//!
//! A scanner without a tree, for fragments inside of JSON and tables: nothing in it can nest too deeply. Whole pages
//! are read by the HTML format, which knows what of a page is the article.

use std::borrow::Cow;

/// Elements that stand on lines of their own.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "dd",
    "div",
    "dl",
    "dt",
    "figcaption",
    "figure",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "html",
    "li",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "ul",
];

/// Elements inside of a line.
const INLINES: &[&str] = &[
    "a", "abbr", "b", "br", "center", "cite", "code", "em", "font", "i", "iframe", "img", "ins",
    "mark", "noscript", "q", "s", "small", "span", "strong", "sub", "sup", "time", "u", "video",
];

/// Elements whose content nobody reads.
const UNSEEN: &[&str] = &["script", "style", "template"];

/// The text of a field: markup and references are undone when there are any, else it is given back as it is.
pub(crate) fn text(field: &str) -> Cow<'_, str> {
    if has_tags(field) {
        Cow::Owned(without_tags(field))
    } else {
        references(field)
    }
}

/// Whether there is an element of HTML in it. `a < b` and `<IBM>` are none.
fn has_tags(field: &str) -> bool {
    let mut rest = field;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        let name = tag_name(rest);
        let known = |table: &[&str]| table.iter().any(|known| known.eq_ignore_ascii_case(name));
        if rest.starts_with("!--") || known(BLOCKS) || known(INLINES) || known(UNSEEN) {
            return true;
        }
    }
    false
}

/// The name in what follows a `<`; empty when it is no tag.
fn tag_name(rest: &str) -> &str {
    let rest = rest.strip_prefix('/').unwrap_or(rest);
    let end = rest
        .bytes()
        .take(12)
        .position(|byte| !byte.is_ascii_alphanumeric())
        .unwrap_or(rest.len().min(12));
    match rest.get(end..end + 1) {
        Some(">" | "/" | " " | "\t" | "\n" | "\r") => &rest[..end],
        _ => "",
    }
}

/// Paragraphs divided by empty lines, with the tags gone.
fn without_tags(field: &str) -> String {
    let mut out = String::with_capacity(field.len());
    let mut rest = field;
    let mut no_comment_ends = false;
    while let Some(at) = rest.find('<') {
        seen(&mut out, &rest[..at]);
        rest = &rest[at + 1..];
        if rest.starts_with("!--") {
            let end = (!no_comment_ends).then(|| rest.find("-->")).flatten();
            no_comment_ends = end.is_none();
            rest = end.map_or(rest, |end| &rest[end + 3..]);
            continue;
        }
        // Where there is HTML, whatever looks like a tag is one: `<nitf:p>`, `<tobject.subject/>`.
        let name = tag_name(rest).to_ascii_lowercase();
        let begins = rest.strip_prefix('/').unwrap_or(rest);
        if !begins.starts_with(|c: char| c.is_ascii_alphabetic() || c == '!' || c == '?') {
            out.push('<');
            continue;
        }
        let closing = rest.starts_with('/');
        rest = rest.find('>').map_or("", |end| &rest[end + 1..]);
        if UNSEEN.contains(&name.as_str()) && !closing {
            let close = format!("</{name}");
            rest = ascii_find(rest, &close).map_or("", |end| &rest[end..]);
        } else if BLOCKS.contains(&name.as_str()) {
            // Cells of a row stay on one line.
            out.push_str(if name == "td" || name == "th" {
                "\t"
            } else {
                "\n\n"
            });
        } else if name == "br" {
            out.push('\n');
        }
    }
    seen(&mut out, rest);
    joined(&out)
}

/// Adds text as a browser shows it: its line ends are blanks.
fn seen(out: &mut String, text: &str) {
    if text.contains(['\n', '\r']) {
        out.push_str(&references(&text.replace(['\n', '\r'], " ")));
    } else {
        out.push_str(&references(text));
    }
}

/// Folds the white space of laid out text; two line ends divide paragraphs, as do two `<br>`.
fn joined(laid_out: &str) -> String {
    crate::text::clean::paragraphs(laid_out)
}

/// Where `name` is in `text`, in any case.
fn ascii_find(text: &str, name: &str) -> Option<usize> {
    text.as_bytes()
        .windows(name.len())
        .position(|window| window.eq_ignore_ascii_case(name.as_bytes()))
}

/// Decodes the references of HTML, also those that have lost their `&` (`#39;`), as exports that were cleaned twice do.
pub(crate) fn references(text: &str) -> Cow<'_, str> {
    if !text.contains(';') || !text.contains(['&', '#']) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['&', '#']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.bytes().take(12).position(|byte| byte == b';');
        if let Some((meaning, end)) = end.and_then(|end| Some((reference(&rest[..=end])?, end))) {
            out.push_str(&meaning);
            rest = &rest[end + 1..];
        } else {
            out.push_str(&rest[..1]);
            rest = &rest[1..];
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// What a reference with its `;` stands for.
fn reference(reference: &str) -> Option<Cow<'static, str>> {
    let known = match reference {
        "&amp;" | "&#38;" => "&",
        "&lt;" => "<",
        "&gt;" => ">",
        "&quot;" | "&#34;" | "#34;" => "\"",
        "&apos;" | "&#39;" | "#39;" | "&#039;" => "'",
        "&nbsp;" | "&#160;" => "\u{a0}",
        _ => "",
    };
    if !known.is_empty() {
        return Some(Cow::Borrowed(known));
    }
    let name = reference.strip_prefix('&').unwrap_or(reference);
    let name = name.strip_suffix(';')?;
    let digits = name
        .strip_prefix('#')
        .map(|number| number.trim_start_matches(['x', 'X']));
    let well_formed = match digits {
        // Without its `&` only a number of two or three digits is taken for a reference: `#1;` may be a rank.
        Some(digits) if !reference.starts_with('&') => {
            (2..=3).contains(&digits.len())
                && name.len() == digits.len() + 1
                && digits.bytes().all(|byte| byte.is_ascii_digit())
        }
        Some(digits) => !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_hexdigit()),
        None => {
            reference.starts_with('&')
                && !name.is_empty()
                && name.bytes().all(|byte| byte.is_ascii_alphanumeric())
        }
    };
    if !well_formed {
        return None;
    }
    let whole = if reference.starts_with('&') {
        reference.to_owned()
    } else {
        format!("&{reference}")
    };
    let meaning = dom_query::Document::fragment(whole.as_str()).text();
    (*meaning != *whole).then(|| Cow::Owned(meaning.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(field: &str, expected: &str) {
        assert_eq!(text(field), expected);
    }

    #[test]
    fn markup_becomes_paragraphs() {
        check(
            "<p>One\nline.</p><p>Two <b>bold</b>.</p>",
            "One line.\n\nTwo bold.",
        );
        check("A<br>B<br/><br/>C", "A B\n\nC");
        check("<div>x<script>var a = '<p>';</script>y</div>", "xy");
        check("<!-- no --><p>5 < 6 &amp; 7</p>", "5 < 6 & 7");
        check("<p>open <!-- for ever", "open !-- for ever");
    }

    #[test]
    fn plain_text_stays_as_it_is() {
        check("ACME <ACM> rises, 5 < 6", "ACME <ACM> rises, 5 < 6");
        check("first\n\nsecond; third", "first\n\nsecond; third");
        check("R&D; AT&T; #1; rank", "R&D; AT&T; #1; rank");
    }

    #[test]
    fn references_are_decoded() {
        check(
            "It&#39;s &quot;good&quot; caf&eacute; &#8212; it #39;is",
            "It's \"good\" café — it 'is",
        );
        check("&nosuchname; &#xZZ; &;", "&nosuchname; &#xZZ; &;");
    }
}
