//! Finds the elements of an article by name, and decodes what is in them.
//!
//! Texts of the collection hold bare `>` (`&lt;IBM>`), never a bare `<`, and references to control characters that
//! XML forbids. Tags are matched without regard to case. Nothing here knows what an element means.

use super::super::elements::find;

/// The begin tag of the element, without its brackets and name: ` TYPE="BRIEF"`; and what follows it.
fn opened<'a>(text: &'a str, name: &str) -> Option<(&'a str, &'a str)> {
    let tag = format!("<{name}");
    let mut from = 0;
    loop {
        let at = find(text.as_bytes(), tag.as_bytes(), from)? + tag.len();
        let rest = &text[at..];
        // `<TEXT` is not `<TEXTILE`.
        if rest.starts_with(['>', ' ', '\t', '\r', '\n']) {
            let end = rest.find('>')?;
            return Some((&rest[..end], &rest[end + 1..]));
        }
        from = at;
    }
}

/// What is in the first element of this name, still encoded: up to its end tag, or, when that is missing, up to the
/// next tag.
pub(super) fn content<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = opened(text, name)?;
    let end = find(rest.as_bytes(), format!("</{name}>").as_bytes(), 0)
        .or_else(|| rest.find('<'))
        .unwrap_or(rest.len());
    Some(&rest[..end])
}

/// What is in the first element of this name, which holds elements itself: up to its end tag, or, when that is missing,
/// up to the end.
pub(super) fn section<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = opened(text, name)?;
    let end = find(rest.as_bytes(), format!("</{name}>").as_bytes(), 0);
    Some(&rest[..end.unwrap_or(rest.len())])
}

/// The attribute of the first element of this name.
pub(super) fn attribute<'a>(text: &'a str, element: &str, name: &str) -> Option<&'a str> {
    let (attributes, _) = opened(text, element)?;
    let key = format!(" {name}=");
    let at = find(attributes.as_bytes(), key.as_bytes(), 0)? + key.len();
    let value = &attributes[at..];
    match value.chars().next()? {
        quote @ ('"' | '\'') => value[1..].split(quote).next(),
        _ => value.split_whitespace().next(),
    }
}

/// The members of a list: `<D>usa</D><D>west-germany</D>`.
pub(super) fn list(text: &str, name: &str) -> Vec<String> {
    let mut rest = content(text, name).unwrap_or_default();
    let mut members = Vec::new();
    while let Some((_, after)) = opened(rest, "D") {
        let end = after.find('<').unwrap_or(after.len());
        let member = crate::text::clean::line(&decode(&after[..end]));
        if !member.is_empty() {
            members.push(member);
        }
        rest = &after[end..];
    }
    members
}

/// What is left of the text of `<TEXT>` when the marked elements are taken out.
pub(super) fn unmarked(text: &str) -> String {
    const MARKED: [&str; 4] = ["TITLE", "AUTHOR", "DATELINE", "BODY"];
    // An end tag that was looked for in vain is not looked for again: there may be many begin tags.
    let mut endless = [false; 4];
    let mut left = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        left.push_str(&rest[..at]);
        let tag = &rest[at + 1..];
        let Some(end) = tag.find('>') else {
            rest = "";
            break;
        };
        let name = &tag[..end];
        rest = &tag[end + 1..];
        if let Some(nth) = MARKED
            .iter()
            .position(|known| known.eq_ignore_ascii_case(name))
        {
            let close = format!("</{}>", MARKED[nth]);
            let end = (!endless[nth])
                .then(|| find(rest.as_bytes(), close.as_bytes(), 0))
                .flatten();
            endless[nth] = end.is_none();
            rest = match end {
                Some(end) => &rest[end + close.len()..],
                None => rest.find('<').map_or("", |end| &rest[end..]),
            };
        }
    }
    left.push_str(rest);
    left
}

/// Decodes references. Those to control characters mark the wire's own layout and are dropped.
pub(super) fn decode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        // No reference of the collection is longer than `&quot;`; a bare `&` stays.
        let end = rest.bytes().take(10).position(|byte| byte == b';');
        if let Some((meaning, end)) = end.and_then(|end| Some((reference(&rest[1..end])?, end))) {
            out.push_str(&meaning);
            rest = &rest[end + 1..];
        } else {
            out.push('&');
            rest = &rest[1..];
        }
    }
    out.push_str(rest);
    out.retain(|c| !c.is_control() || matches!(c, '\n' | '\t'));
    out
}

/// What a reference stands for: nothing when it is one to a control character, `None` when it is no reference.
fn reference(name: &str) -> Option<String> {
    let meant = match name {
        "lt" => "<",
        "gt" => ">",
        "amp" => "&",
        "quot" => "\"",
        "apos" => "'",
        _ => {
            let number = name.strip_prefix('#')?.parse().ok()?;
            let seen = |c: &char| !c.is_control() || *c == '\n';
            return Some(
                char::from_u32(number)
                    .filter(seen)
                    .map(String::from)
                    .unwrap_or_default(),
            );
        }
    };
    Some(meant.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_decoded_and_control_characters_dropped() {
        let check = |text: &str, expected: &str| assert_eq!(decode(text), expected);
        check("ACME &lt;ACM> UP", "ACME <ACM> UP");
        check("&#5;&#22;AT&amp;T &#127;R & D", "AT&T R & D");
        check("&lt &; &#; &#xyz; &nosuch;", "&lt &; &#; &#xyz; &nosuch;");
        check("a&#1114112;b&#55296;c", "abc");
    }

    #[test]
    fn elements_end_at_the_next_tag_when_their_end_tag_is_missing() {
        assert_eq!(
            content("<TITLE>A > B<BODY>C</BODY>", "TITLE"),
            Some("A > B")
        );
        assert_eq!(content("<textile>no</textile>", "TEXT"), None);
        assert_eq!(content("<title>a</Title>", "TITLE"), Some("a"));
        assert_eq!(
            attribute("<REUTERS OLDID=\"5\" NEWID=\"7\">", "REUTERS", "NEWID"),
            Some("7")
        );
        assert_eq!(
            list("<PLACES><D>usa</D><D></D><D>peru</PLACES>", "PLACES"),
            ["usa", "peru"]
        );
        assert_eq!(unmarked("x<TITLE>y</TITLE>z<BODY>w"), "xz");
    }
}
